//! The scripts that complete commands are scripts of their shells, and do it there.

use std::process::Command;

use crate::{process::Outcome, workspace::Workspace};

/// Runs `script` in a shell, if this machine has it.
fn shell(workspace: &Workspace, name: &str, script: &str) -> Option<Outcome> {
    if Command::new(name).arg("--version").output().is_err() {
        println!("skipped: {name} is not on this machine");
        return None;
    }
    let mut command = workspace.command(name);
    let folder = crate::workspace::rforge().parent().unwrap().display().to_string();
    command.env("PATH", format!("{folder}:{}", std::env::var("PATH").unwrap_or_default()));
    Some(Outcome::of(command.args(["-c", script])))
}

#[test]
fn scripts_are_read_by_their_shells() {
    let workspace = Workspace::new(None);
    for (name, only_read) in [("bash", "bash -n"), ("zsh", "zsh -n"), ("fish", "fish --no-execute")] {
        let script = workspace.rforge(&["completion", name]).expect(0, name).stdout;
        workspace.write("script", &script);
        if let Some(outcome) = shell(&workspace, name, &format!("{only_read} script")) {
            assert_eq!(outcome.expect(0, name).stderr, "", "{name}");
        }
    }
}

/// What bash has registered after it read the script, called as bash calls it: with the word that it replaces, for which
/// `=` begins another one.
#[test]
fn bash_asks_rforge() {
    let workspace = Workspace::new(None);
    for (line, word, expected) in [
        ("rforge wor", "wor", "workspace \n"),
        ("rforge state m", "m", "mv \n"),
        ("rforge apply -auto", "-auto", "-auto-approve \n"),
        ("rforge plan -refresh=f", "f", "false \n"),
        ("rforge frobnicate ", "", ""),
    ] {
        let script = format!(
            "source <(rforge completion bash)\neval set -- \"$(complete -p rforge)\"\n\
             [[ $4 == -C ]] && env COMP_LINE='{line}' COMP_POINT={} \"$5\" rforge '{word}' before",
            line.len()
        );
        let Some(outcome) = shell(&workspace, "bash", &script) else { return };
        assert_eq!(outcome.stdout, expected, "{line}: {}", outcome.stderr);
    }
}
