//! `rforge fmt` writes what `terraform fmt` writes: for the nasty inputs of tests/formatting (recorded with
//! `RFORGE_RECORD=1`), for this repository, and for other trees where Terraform is installed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    files::{has_extension, with_extensions},
    oracle::Oracle,
    process::Outcome,
    workspace::{Workspace, repository, rforge},
};

const EXTENSIONS: [&str; 3] = ["tf", "tfvars", "hcl"];

/// Each `NAME.in` is formatted to `NAME.out`.
#[test]
fn recorded_inputs() {
    let record = std::env::var_os("RFORGE_RECORD").and_then(|_| Oracle::find("recorded_inputs"));
    let workspace = Workspace::new(None);
    for input in with_extensions(&repository().join("tests/formatting"), &["in"]) {
        let expected = input.with_extension("out");
        if let Some(oracle) = &record {
            fs::copy(&input, workspace.path().join("recorded.tf")).unwrap();
            oracle.must(&workspace, &["fmt", "recorded.tf"]);
            fs::copy(workspace.path().join("recorded.tf"), &expected).unwrap();
        }
        fs::copy(&input, workspace.path().join("case.tf")).unwrap();
        workspace.rforge(&["fmt", "case.tf"]).expect(0, &input.display().to_string());
        compare(&input, &fs::read_to_string(&expected).unwrap_or_default(), &workspace.read("case.tf"));
    }
}

/// `fmt -diff` of each `NAME.in` is NAME.diff, hunk for hunk.
#[test]
fn recorded_differences() {
    let record = std::env::var_os("RFORGE_RECORD").and_then(|_| Oracle::find("recorded_differences"));
    let workspace = Workspace::new(None);
    for input in with_extensions(&repository().join("tests/formatting"), &["in"]) {
        let expected = input.with_extension("diff");
        let command = ["fmt", "-no-color", "-diff", "case.tf"];
        if let Some(oracle) = &record {
            fs::copy(&input, workspace.path().join("case.tf")).unwrap();
            fs::write(&expected, oracle.must(&workspace, &command).stdout).unwrap();
        }
        fs::copy(&input, workspace.path().join("case.tf")).unwrap();
        let ours = workspace.rforge(&command).expect(0, &input.display().to_string()).stdout;
        compare(&input, &fs::read_to_string(&expected).unwrap_or_default(), &ours);
    }
}

#[test]
fn this_repository_is_formatted() {
    let workspace = Workspace::new(None);
    // What is there to be refused need not have a form.
    let tests = fs::read_dir(repository().join("tests")).unwrap().map(|it| it.unwrap().path());
    let tests = tests.filter(|it| it.is_dir() && !it.ends_with("validation"));
    let folders = ["modules", "regions"].map(|it| repository().join(it)).into_iter().chain(tests);
    for targets in [vec![".".into()], ["-recursive".into()].into_iter().chain(folders).collect()] {
        let mut command = workspace.command(rforge());
        command.args(["fmt", "-check", "-diff"]).args(targets).current_dir(repository());
        Outcome::of(&mut command).expect(0, "fmt -check");
    }
}

/// Both format every file of this repository and of the folders in `RFORGE_FORMAT` (by default the sketches beside it), once as
/// it is and once without its indentation and with one blank where there are several.
#[test]
fn as_terraform_does() {
    let Some(oracle) = Oracle::find("as_terraform_does") else { return };
    let more = std::env::var("RFORGE_FORMAT").unwrap_or_else(|_| "../shared/sketches".into());
    let more = more.split(':').map(|it| repository().join(it));
    let mut inputs = own_files();
    inputs.extend(more.flat_map(|folder| with_extensions(&folder, &EXTENSIONS)));
    let (ours, theirs) = (Workspace::new(None), Workspace::new(None));
    let mut names = BTreeMap::new();
    for (number, path) in inputs.iter().enumerate() {
        let text = fs::read_to_string(path).unwrap();
        let squeezed: String =
            text.lines().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" ") + "\n").collect();
        for (kind, text) in [("plain", &text), ("squeezed", &squeezed)] {
            let name = format!("{kind}-{number}.tf");
            ours.write(&name, text);
            theirs.write(&name, text);
            names.insert(name, path);
        }
    }
    // Either may refuse a file; what one leaves alone the other does.
    oracle.run(&theirs, &["fmt", "-no-color", "-list=false"]);
    ours.rforge(&["fmt", "-no-color", "-list=false"]);
    for (name, path) in names {
        compare(path, &theirs.read(&name), &ours.read(&name));
    }
}

fn compare(path: &Path, expected: &str, actual: &str) {
    let difference = similar::TextDiff::from_lines(expected, actual);
    let path = path.display();
    assert!(expected == actual, "{path} (- Terraform, + rforge):\n{}", difference.unified_diff());
}

/// Everything of this repository that fmt looks at.
fn own_files() -> Vec<PathBuf> {
    let folders = ["modules", "regions", "tests"].map(|it| repository().join(it));
    let mut found: Vec<PathBuf> = folders.iter().flat_map(|folder| with_extensions(folder, &EXTENSIONS)).collect();
    let root = fs::read_dir(repository()).unwrap().map(|entry| entry.unwrap().path());
    found.extend(root.filter(|path| path.is_file() && has_extension(path, &EXTENSIONS)));
    found
}
