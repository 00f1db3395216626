//! Right and wrong values: `rforge validate -json` says of each block of tests/values what Terraform says, in its words
//! and places, and nothing of what Terraform accepts. The answers stand beside the blocks, with the version that gave
//! them; `RFORGE_RECORD=1` asks again.

use std::{fs, path::Path};

use rforge::{
    aws::AwsProvider,
    provider::{Provider, ResourceMode},
};
use serde_json::{Value as Json, json};

use crate::{
    files::with_extensions,
    oracle::Oracle,
    workspace::{Workspace, repository},
};

#[test]
fn the_same_values_are_refused_in_the_same_words() {
    let record = std::env::var_os("RFORGE_RECORD").and_then(|_| Oracle::find("values"));
    let mut differing = Vec::new();
    assert_eq!(without_values(), Vec::<String>::new(), "types of which no values are tried");
    for input in with_extensions(&repository().join("tests/values"), &["tf"]) {
        let workspace = Workspace::new(None);
        fs::copy(&input, workspace.path().join("main.tf")).unwrap();
        let recorded = input.with_extension("json");
        if let Some(oracle) = &record {
            fs::write(&recorded, answer(oracle, &workspace)).unwrap();
        }
        let theirs: Json = serde_json::from_str(&fs::read_to_string(&recorded).unwrap()).unwrap();
        let theirs: Vec<String> = theirs["said"].as_array().unwrap().iter().map(Json::to_string).collect();
        let ours: Vec<String> =
            said(&workspace.rforge(&["validate", "-json"]).stdout).iter().map(Json::to_string).collect();
        differing.extend(difference(&input, &theirs, &ours));
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// The files that are missing: of each type that rforge has there has to be one.
fn without_values() -> Vec<String> {
    let provider = AwsProvider::default();
    let schemas = provider.schemas();
    let files = ResourceMode::ALL.into_iter().flat_map(|mode| {
        let file = move |name: &str| format!("{}_{}.tf", mode.block(), name.trim_start_matches("aws_"));
        schemas.names(mode).into_iter().map(file).collect::<Vec<_>>()
    });
    files.filter(|it| !repository().join("tests/values").join(it).exists()).collect()
}

/// What Terraform says, and which releases of it and of its provider.
fn answer(oracle: &Oracle, workspace: &Workspace) -> String {
    oracle.must(workspace, &["init", "-backend=false"]);
    let version: Json = serde_json::from_str(&oracle.must(workspace, &["version", "-json"]).stdout).unwrap();
    let said = said(&oracle.run(workspace, &["validate", "-json"]).stdout);
    // One answer a line, which is what differences are read by.
    let said: Vec<String> = said.iter().map(Json::to_string).collect();
    let (terraform, providers) = (&version["terraform_version"], &version["provider_selections"]);
    format!("{{\"terraform\": {terraform}, \"providers\": {providers}, \"said\": [\n{}\n]}}\n", said.join(",\n"))
}

/// Line, severity, summary and detail of each, in the order of lines: Terraform has none of its own.
fn said(answer: &str) -> Vec<Json> {
    let answer: Json = serde_json::from_str(answer).unwrap_or_else(|error| panic!("{error}: {answer}"));
    let diagnostics = answer["diagnostics"].as_array().unwrap().iter();
    // That a plan would refuse a type is what rforge has to say, and Terraform not.
    let is_ours = |it: &&Json| it["summary"].as_str().is_some_and(|it| it.starts_with("rforge cannot "));
    let mut said: Vec<(u64, String, Json)> = diagnostics
        .filter(|it| !is_ours(it))
        .map(|it| {
            let line = it["range"]["start"]["line"].as_u64().unwrap_or_default();
            // What Terraform suggests at the end of a line stands in one of its own here.
            let detail = it["detail"].as_str().unwrap_or_default().replace("\n\nHint: ", " ");
            let one = json!([line, it["severity"], it["summary"], detail]);
            (line, one.to_string(), one)
        })
        .collect();
    said.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    // The provider may say a thing twice, of two elements that have no place of their own.
    said.dedup();
    said.into_iter().map(|it| it.2).collect()
}

fn difference(input: &Path, theirs: &[String], ours: &[String]) -> Option<String> {
    let (theirs, ours) = (theirs.join("\n"), ours.join("\n"));
    let text = similar::TextDiff::from_lines(&theirs, &ours);
    let shown = || text.unified_diff().context_radius(0).to_string();
    (theirs != ours).then(|| format!("{} (- Terraform, + rforge)\n{}", input.display(), shown()))
}
