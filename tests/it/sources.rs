//! Files as they come: line ends of Windows, byte order marks, tests of Terraform beside the configuration, text that other
//! parsers refuse, and sizes and depths that nobody writes by hand. Each folder of tests/sources is a configuration whose
//! files have `.in` behind their names, with Terraform's answer, recorded with `RFORGE_RECORD=1`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value as Json, json};

use crate::{
    oracle::Oracle,
    process::Outcome,
    workspace::{Workspace, repository},
};

#[test]
fn are_read_as_terraform_reads_them() {
    let record = std::env::var_os("RFORGE_RECORD").and_then(|_| Oracle::find("are_read_as_terraform_reads_them"));
    let mut differing = Vec::new();
    for entry in fs::read_dir(repository().join("tests/sources")).unwrap() {
        let folder = entry.unwrap().path();
        let recorded = folder.join("answer.json");
        if let Some(oracle) = &record {
            let workspace = workspace(&folder);
            oracle.run(&workspace, &["init", "-backend=false"]);
            let answer = answer(|arguments| oracle.run(&workspace, arguments));
            fs::write(&recorded, serde_json::to_string_pretty(&answer).unwrap() + "\n").unwrap();
        }
        let workspace = workspace(&folder);
        let ours = answer(|arguments| workspace.rforge(arguments));
        let theirs: Json = serde_json::from_str(&fs::read_to_string(&recorded).unwrap()).unwrap();
        if !agrees(&ours, &theirs) {
            differing.push(format!("{}\n- {theirs}\n+ {ours}", folder.display()));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// A folder with the files of a case.
fn workspace(case: &Path) -> Workspace {
    let workspace = Workspace::new(None);
    copy(case, case, &workspace);
    workspace
}

fn copy(case: &Path, folder: &Path, to: &Workspace) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let target = to.path().join(path.strip_prefix(case).unwrap().with_extension(""));
        if path.is_dir() {
            fs::create_dir(to.path().join(path.strip_prefix(case).unwrap())).unwrap();
            copy(case, &path, to);
        } else if path.extension().is_some_and(|it| it == "in") {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// What a program makes of a configuration: its outputs, or what it finds wrong.
fn answer(run: impl Fn(&[&str]) -> Outcome) -> Json {
    let validated: Json = serde_json::from_str(&run(&["validate", "-json"]).stdout).unwrap();
    if validated["valid"] != true {
        return json!({ "errors": validated["diagnostics"].as_array().unwrap().iter().map(place).collect::<Vec<_>>() });
    }
    run(&["plan", "-out=plan"]).expect(0, "plan");
    let shown: Json = serde_json::from_str(&run(&["show", "-json", "plan"]).stdout).unwrap();
    json!({ "outputs": shown["planned_values"]["outputs"] })
}

/// `main.tf:3,5: Invalid character`
fn place(diagnostic: &Json) -> String {
    let (range, summary) = (&diagnostic["range"], diagnostic["summary"].as_str().unwrap());
    let (file, start) = (range["filename"].as_str().unwrap(), &range["start"]);
    format!("{file}:{},{}: {summary}", start["line"], start["column"])
}

/// Of a mistake, rforge has to find what Terraform says first; what follows from it may differ.
fn agrees(ours: &Json, theirs: &Json) -> bool {
    match theirs["errors"].get(0) {
        Some(first) => ours["errors"].as_array().is_some_and(|it| it.contains(first)),
        None => ours == theirs,
    }
}

/// Made when they are needed: a name, the text of main.tf, and the value of its output.
#[test]
fn may_be_deep_and_large() {
    let deep = |open: &str, close: &str| {
        let value = open.repeat(1_000) + "1" + &close.repeat(1_000);
        format!("output \"a\" {{\n  value = {value}\n}}\n")
    };
    let keys: String = (0..20_000).map(|it| format!("    key_{it} = [\"{it}\", {it}]\n")).collect();
    let large = format!(
        "locals {{\n  object = {{\n{keys}  }}\n}}\n\noutput \"a\" {{\n  value = local.object.key_19999[1]\n}}\n"
    );
    let cases = [
        ("parentheses", deep("(", ")"), json!(1)),
        ("calls", deep("max(0, ", ")"), json!(1)),
        ("templates", deep("\"${", "}\""), json!(1)),
        ("conditions", deep("true ? ", " : 2"), json!(1)),
        ("indices", deep("[", "][0]"), json!(1)),
        ("an object of 20,000 keys", large, json!(19_999)),
    ];
    for (name, text, expected) in cases {
        let workspace = Workspace::new(None);
        workspace.write("main.tf", &text);
        let answer = answer(|arguments| workspace.rforge(arguments));
        assert_eq!(answer["outputs"]["a"]["value"], expected, "{name}");
    }
}
