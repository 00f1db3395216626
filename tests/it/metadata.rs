//! `metadata functions -json` gives the signatures that Terraform gives: names, types and which arguments may be null,
//! recorded from Terraform 1.11.4 with `RFORGE_RECORD=1`. Descriptions are our own.

use std::fs;

use serde_json::Value as Json;

use crate::{
    oracle::Oracle,
    workspace::{Workspace, repository},
};

const COMMAND: &[&str] = &["metadata", "functions", "-json"];

#[test]
fn functions_have_the_signatures_of_terraform() {
    let workspace = Workspace::new(None);
    let recorded = repository().join("tests/metadata/functions.json");
    let record = std::env::var_os("RFORGE_RECORD");
    if let Some(oracle) = record.and_then(|_| Oracle::find("functions_have_the_signatures_of_terraform")) {
        let mut answer: Json = serde_json::from_str(&oracle.must(&workspace, COMMAND).stdout).unwrap();
        undescribed(&mut answer);
        fs::write(&recorded, format!("{answer:#}\n")).unwrap();
    }
    let theirs: Json = serde_json::from_str(&fs::read_to_string(&recorded).unwrap()).unwrap();
    let mut ours: Json =
        serde_json::from_str(&workspace.rforge(COMMAND).expect(0, "metadata functions").stdout).unwrap();
    let signatures = ours["function_signatures"].as_object().unwrap();
    let silent = signatures.iter().find(|(_, it)| it["description"].as_str().is_none_or(str::is_empty));
    assert!(silent.is_none(), "without a description: {silent:?}");
    undescribed(&mut ours);
    let (theirs, ours) = (format!("{theirs:#}"), format!("{ours:#}"));
    let difference = similar::TextDiff::from_lines(&theirs, &ours);
    assert!(theirs == ours, "(- Terraform, + rforge)\n{}", difference.unified_diff());
}

fn undescribed(json: &mut Json) {
    match json {
        Json::Object(entries) => {
            entries.remove("description");
            entries.sort_keys();
            entries.values_mut().for_each(undescribed);
        }
        Json::Array(items) => items.iter_mut().for_each(undescribed),
        _ => {}
    }
}
