//! `rforge validate -json` reports what Terraform reports, in the same places: the broken configurations of
//! tests/validation, the modules of NAME.in in NAME/, with the answers of Terraform 1.11.4, recorded with `RFORGE_RECORD=1`.

use std::{fs, path::Path};

use serde_json::{Value as Json, json};

use crate::{
    files::with_extensions,
    oracle::Oracle,
    workspace::{Workspace, repository},
};

#[test]
fn the_same_mistakes_in_the_same_places() {
    let record = std::env::var_os("RFORGE_RECORD").and_then(|_| Oracle::find("the_same_mistakes_in_the_same_places"));
    let mut differing = Vec::new();
    for input in with_extensions(&repository().join("tests/validation"), &["in"]) {
        let workspace = Workspace::new(None);
        fs::copy(&input, workspace.path().join("main.tf")).unwrap();
        let modules = input.with_extension("");
        if modules.is_dir() {
            workspace.copy(&modules, ".");
        }
        let recorded = input.with_extension("json");
        if let Some(oracle) = &record {
            oracle.run(&workspace, &["init", "-backend=false"]);
            fs::write(&recorded, oracle.run(&workspace, &["validate", "-json"]).stdout).unwrap();
        }
        let ours = workspace.rforge(&["validate", "-json"]);
        let ours: Json = serde_json::from_str(&ours.stdout).unwrap_or_else(|error| panic!("{input:?}: {error}"));
        let theirs: Json = serde_json::from_str(&fs::read_to_string(&recorded).unwrap()).unwrap();
        differing.extend(difference(&input, &theirs, &ours));
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// What is compared, one line a finding. Details may say more than Terraform's, as may the values that are shown with
/// them; and Terraform has no order of its own.
fn difference(input: &Path, theirs: &Json, ours: &Json) -> Option<String> {
    let text = |answer: &Json| {
        let mut lines: Vec<String> = answer["diagnostics"].as_array().unwrap().iter().map(finding).collect();
        lines.sort();
        lines.insert(0, format!("{} {} {}", answer["valid"], answer["error_count"], answer["warning_count"]));
        lines.join("\n")
    };
    let (theirs, ours) = (text(theirs), text(ours));
    let shown = || similar::TextDiff::from_lines(&theirs, &ours).unified_diff().to_string();
    (theirs != ours).then(|| format!("{} (- Terraform, + rforge)\n{}", input.display(), shown()))
}

fn finding(diagnostic: &Json) -> String {
    let mut snippet = diagnostic["snippet"].clone();
    if let Some(snippet) = snippet.as_object_mut() {
        snippet.remove("values");
        // In JSON it is the path of properties to the mistake, which rforge does not tell.
        if diagnostic["range"]["filename"].as_str().is_some_and(|it| it.ends_with(".json")) {
            snippet.remove("context");
        }
    }
    json!([diagnostic["severity"], diagnostic["summary"], diagnostic["range"], snippet]).to_string()
}
