//! Test files of others go as with Terraform. They are never kept here: RFORGE_PUBLIC_TESTS names folders, parted by colons, with
//! a clone of a public module in each. Of those that Terraform can initialize with what this machine has, each is tested by both.

use std::{fs, path::Path};

use crate::{
    oracle::Oracle,
    process::Outcome,
    test_command::{report, text},
    workspace::{Workspace, rforge},
};

#[test]
fn test_files_of_others_go_as_with_terraform() {
    const NAME: &str = "test_files_of_others_go_as_with_terraform";
    let Some(oracle) = Oracle::find(NAME) else { return };
    let Some(folders) = std::env::var_os("RFORGE_PUBLIC_TESTS") else {
        return println!("{NAME}: skipped, RFORGE_PUBLIC_TESTS names no folders");
    };
    let mut failures = Vec::new();
    for folder in std::env::split_paths(&folders) {
        let mut clones: Vec<_> = fs::read_dir(&folder).expect("a folder").map(|it| it.unwrap().path()).collect();
        clones.retain(|it| it.is_dir());
        clones.sort();
        failures.extend(clones.iter().filter_map(|clone| check(clone, &oracle)));
    }
    assert!(failures.is_empty(), "(- Terraform, + rforge)\n{}", failures.join("\n"));
}

fn check(clone: &Path, oracle: &Oracle) -> Option<String> {
    let workspace = Workspace::new(None);
    workspace.copy(clone, ".");
    let init = ["init", "-no-color", "-input=false", "-backend=false"];
    let skipped = |why: &str| println!("{}: skipped, {why}", clone.display());
    if oracle.run(&workspace, &init).code != Some(0) {
        skipped("Terraform cannot initialize it here");
        return None;
    }
    if !cfg!(feature = "aws") && workspace.rforge(&init).code != Some(0) {
        skipped("it needs a provider that is not in this build");
        return None;
    }
    let arguments = ["test", "-no-color", "-junit-xml=report.xml"];
    let theirs = told(&workspace, oracle.run(&workspace, &arguments));
    let ours = Outcome::of(workspace.command(rforge()).args(arguments).env("RFORGE_NAME", "terraform"));
    let ours = told(&workspace, ours);
    let difference = similar::TextDiff::from_lines(&theirs, &ours).unified_diff().to_string();
    (theirs != ours).then(|| format!("{}\n{difference}", clone.display()))
}

/// What was printed and reported, without what is another one each time.
fn told(workspace: &Workspace, outcome: Outcome) -> String {
    let answer = [text(&outcome.stdout), text(&outcome.stderr), report(workspace).unwrap_or_default()];
    let made_up = regex::Regex::new(r#"is \\"[a-z0-9]{8}\\""#).unwrap();
    let told = format!("exit {:?}\n{}", outcome.code, serde_json::to_string_pretty(&answer).unwrap());
    made_up.replace_all(&told, "is MADE UP").into_owned()
}
