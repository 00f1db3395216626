//! What `plan -generate-config-out` writes of objects of every AWS type is accepted by the plan that follows, which changes nothing
//! but what is listed here with the reason, and by Terraform's `validate` where the machine has it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    emulator::Emulator,
    oracle::Oracle,
    stage::{STAGES, filled, provider, types, write_all},
    workspace::Workspace,
};

/// The types whose objects the plan after the import changes, what it does, and why.
const CHANGED: &[(&str, &str, &str)] = &[(
    "aws_autoscaling_group",
    "0 to add, 1 to change",
    "how long to wait for capacity is the configuration's own, and moto does not tell how capacity is distributed",
)];

#[test]
fn what_is_generated_is_accepted() {
    let emulator = Emulator::start();
    let made = Workspace::new(Some(&emulator.url()));
    // Import ids are of the last stage.
    write_all(&made, STAGES[2]);
    made.rforge(&["apply", "-auto-approve", "-no-color"]).expect(0, "apply of all types");
    let state: Value = serde_json::from_str(&made.read("terraform.tfstate")).unwrap();
    let together = Workspace::new(Some(&emulator.url()));
    together.write("main.tf", &provider());
    let mut failures = Vec::new();
    for it in types() {
        let address = it.facts["address"].as_str().unwrap();
        let id = filled(it.facts["import"].as_str().unwrap(), &attributes(&state, &it.name, address));
        let workspace = Workspace::new(Some(&emulator.url()));
        let import = format!("{}\nimport {{\n  to = {address}\n  id = \"{id}\"\n}}\n", provider());
        workspace.write("main.tf", &import);
        let outcome = workspace.rforge(&["plan", "-no-color", "-generate-config-out=generated.tf"]);
        let changes = CHANGED.iter().find(|(name, ..)| *name == it.name).map_or("0 to add, 0 to change", |it| it.1);
        if outcome.code != Some(0) || !outcome.stdout.contains(&format!("Plan: 1 to import, {changes}")) {
            failures.push(format!("{}: {}\n{}", it.name, outcome.stdout, outcome.stderr));
        }
        together.write(&format!("{}.tf", it.name), &workspace.read("generated.tf"));
    }
    assert!(failures.is_empty(), "{} types\n{}", failures.len(), failures.join("\n"));
    let Some(oracle) = Oracle::find("generated") else { return };
    oracle.must(&together, &["init", "-no-color"]);
    oracle.must(&together, &["validate", "-no-color"]);
}

/// The string attributes of the subject of a type.
fn attributes(state: &Value, type_name: &str, address: &str) -> BTreeMap<String, String> {
    let module = format!("module.{type_name}");
    let (kind, name) = address.split_once('.').unwrap();
    let resource = state["resources"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["module"] == *module && it["type"] == kind && it["name"] == name);
    let attributes = resource.expect("the subject in the state")["instances"][0]["attributes"].as_object().unwrap();
    attributes.iter().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_string()))).collect()
}
