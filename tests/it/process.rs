//! Running a program and keeping what it said.

use std::process::Command;

/// How a program ended.
pub(crate) struct Outcome {
    /// None if a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    /// Runs the command to its end.
    pub(crate) fn of(command: &mut Command) -> Outcome {
        let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        Outcome {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Fails the test, showing everything that was said, unless the program ended with this code.
    pub(crate) fn expect(self, code: i32, what: &str) -> Outcome {
        assert!(self.code == Some(code), "{what}: exit {:?}, not {code}\n{}\n{}", self.code, self.stdout, self.stderr);
        self
    }
}
