//! Running a program and keeping what it said.

use crate::workspace::repository;
use std::process::{Command, Stdio};

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

/// The same command in a terminal of so many columns.
pub(crate) fn in_terminal(command: &Command, columns: &str) -> Command {
    let mut terminal = Command::new("python3");
    terminal.arg(repository().join("tests/screens/terminal.py")).arg(columns).arg(command.get_program());
    terminal.args(command.get_args()).env_clear().env("TERM", "xterm-256color").stdin(Stdio::null());
    terminal.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = command.get_current_dir() {
        terminal.current_dir(folder);
    }
    terminal
}
