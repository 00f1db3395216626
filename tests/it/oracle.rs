//! Terraform itself with its AWS provider, where the machine has both: the reference to compare with.

use std::path::PathBuf;

use crate::{
    process::Outcome,
    workspace::{Workspace, repository},
};

/// The oracle's exit code for "not on this machine".
const ABSENT: i32 = 77;

/// The terraform-oracle script, once it has shown that it works here.
pub(crate) struct Oracle {
    script: PathBuf,
}

impl Oracle {
    /// The oracle, or None after saying why the test is skipped. RFORGE_ORACLE names the script.
    pub(crate) fn find(test: &str) -> Option<Oracle> {
        let named = std::env::var_os("RFORGE_ORACLE").map(PathBuf::from);
        let script = named.unwrap_or_else(|| repository().join("../shared/tools/terraform-oracle"));
        if !script.exists() {
            println!("{test}: skipped, {} does not exist", script.display());
            return None;
        }
        let oracle = Oracle { script };
        // HOME stays the caller's, since the script keeps what it finds there.
        let code = std::process::Command::new(&oracle.script).arg("version").output().unwrap().status.code();
        if code == Some(ABSENT) {
            println!("{test}: skipped, this machine has no terraform or no AWS provider");
            return None;
        }
        Some(oracle)
    }

    /// terraform with these arguments, in the workspace.
    pub(crate) fn command(&self, workspace: &Workspace, arguments: &[&str]) -> std::process::Command {
        let mut command = workspace.command(&self.script);
        command.args(arguments).env("TF_IN_AUTOMATION", "1").env("HOME", std::env::var("HOME").unwrap_or_default());
        command
    }

    /// Runs terraform in the workspace.
    pub(crate) fn run(&self, workspace: &Workspace, arguments: &[&str]) -> Outcome {
        Outcome::of(&mut self.command(workspace, arguments))
    }

    /// Runs terraform and fails the test unless it succeeds.
    pub(crate) fn must(&self, workspace: &Workspace, arguments: &[&str]) -> Outcome {
        self.run(workspace, arguments).expect(0, &format!("terraform {}", arguments.join(" ")))
    }
}
