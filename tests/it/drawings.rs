//! `graph` and `providers` print what Terraform prints: for each configuration of tests/drawings the answers of Terraform
//! 1.11.4, recorded with `RFORGE_RECORD=1`.

use std::fs;

use crate::{
    oracle::Oracle,
    workspace::{Workspace, repository},
};

/// The file of an answer, and the command that gives it.
const DRAWINGS: &[(&str, &[&str])] = &[
    ("graph.dot", &["graph"]),
    ("plan.dot", &["graph", "-type=plan"]),
    ("refresh.dot", &["graph", "-type=plan-refresh-only"]),
    ("apply.dot", &["graph", "-type=apply", "-draw-cycles"]),
    ("providers.txt", &["providers"]),
];

#[test]
fn as_terraform_draws() {
    let record = std::env::var_os("RFORGE_RECORD").and_then(|_| Oracle::find("as_terraform_draws"));
    for folder in fs::read_dir(repository().join("tests/drawings")).unwrap().map(|entry| entry.unwrap().path()) {
        let workspace = Workspace::new(None);
        workspace.copy(&folder, ".");
        if let Some(oracle) = &record {
            oracle.must(&workspace, &["init"]);
        }
        for (file, command) in DRAWINGS {
            if let Some(oracle) = &record {
                fs::write(folder.join(file), sorted(file, oracle.must(&workspace, command).stdout)).unwrap();
            }
            let expected = fs::read_to_string(folder.join(file)).unwrap_or_default();
            let actual = workspace.rforge(command).expect(0, &format!("{}: {command:?}", folder.display())).stdout;
            let difference = similar::TextDiff::from_lines(&expected, &actual);
            let what = folder.join(file).display().to_string();
            assert!(expected == actual, "{what} (- Terraform, + rforge):\n{}", difference.unified_diff());
        }
    }
}

/// The steps of plans: of one that changes what `before.tf` made into what `after.tf` says, of one that destroys it, and
/// of destroying without a plan.
#[test]
fn as_terraform_draws_plans() {
    let record = std::env::var_os("RFORGE_RECORD").and_then(|_| Oracle::find("as_terraform_draws_plans"));
    let folder = repository().join("tests/plan_drawings");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let draw = |run: &dyn Fn(&Workspace, &[&str]) -> String| {
        let workspace = Workspace::new(None);
        workspace.write("main.tf", &read("before.tf"));
        run(&workspace, &["init"]);
        run(&workspace, &["apply", "-auto-approve"]);
        workspace.write("main.tf", &read("after.tf"));
        run(&workspace, &["plan", "-out=changes"]);
        run(&workspace, &["plan", "-destroy", "-out=destruction"]);
        [
            ("changes.dot", run(&workspace, &["graph", "-plan=changes"])),
            ("destruction.dot", run(&workspace, &["graph", "-plan=destruction"])),
            ("destroy.dot", run(&workspace, &["graph", "-type=plan-destroy"])),
        ]
    };
    if let Some(oracle) = &record {
        for (file, text) in draw(&|workspace, command| oracle.must(workspace, command).stdout) {
            fs::write(folder.join(file), text).unwrap();
        }
    }
    for (file, actual) in draw(&|workspace, command| workspace.rforge(command).expect(0, &command.join(" ")).stdout) {
        let expected = read(file);
        let difference = similar::TextDiff::from_lines(&expected, &actual);
        assert!(expected == actual, "{file} (- Terraform, + rforge):\n{}", difference.unified_diff());
    }
}

/// Terraform has no order for the providers of a module.
fn sorted(file: &str, text: String) -> String {
    if file != "providers.txt" {
        return text;
    }
    let is_provider = |line: &&str| line.contains("── provider[");
    let provider = |line: &str| line.split_once("provider[").map(|(_, rest)| rest.to_owned());
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let mut at = 0;
    while at < lines.len() {
        let count = lines[at..].iter().map(String::as_str).take_while(is_provider).count();
        let mut names: Vec<String> = lines[at..at + count].iter().filter_map(|it| provider(it)).collect();
        names.sort();
        for (line, name) in lines[at..at + count].iter_mut().zip(names) {
            let start = line.split_once("provider[").map_or("", |(start, _)| start);
            *line = format!("{start}provider[{name}");
        }
        at += count.max(1);
    }
    lines.join("\n")
}
