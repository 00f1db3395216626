//! The life of each AWS type through the CLI: create, no change, update, replace, import, deletion behind rforge's back,
//! destroy. The data is in tests/scenarios/types.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Mutex,
};

use serde_json::Value;

use crate::{
    emulator::{Emulator, python},
    process::Outcome,
    stage::{STAGES, Type, provider, types},
    workspace::{Workspace, repository},
};

const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];
const PLAN: &[&str] = &["plan", "-detailed-exitcode", "-no-color"];

/// How often what lingers is looked for.
const READS: usize = 100;

#[test]
fn every_type_lives() {
    let queue = Mutex::new(types());
    let failed = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let emulator = Emulator::start();
                while let Some(it) = { queue.lock().unwrap().pop() } {
                    // One type's failure says nothing of the others; its message has been printed.
                    if catch_unwind(AssertUnwindSafe(|| live(&emulator, &it))).is_err() {
                        failed.lock().unwrap().push(it.name);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{} types failed: {}", failed.len(), failed.join(", "));
}

fn live(emulator: &Emulator, it: &Type) {
    let workspace = Workspace::new(Some(&emulator.url()));
    let must = |arguments: &[&str], code: i32, what: &str| {
        workspace.rforge(arguments).expect(code, &format!("{} {what}: rforge {}", it.name, arguments.join(" ")))
    };
    for stage in STAGES.into_iter().filter(|stage| it.has(stage)) {
        it.write(&workspace, ".", stage);
        workspace.write("provider.tf", &provider());
        let planned = must(PLAN, 2, stage);
        assert!(
            planned.stdout.contains(word(stage)),
            "{} {stage}: no {:?} in\n{}",
            it.name,
            word(stage),
            planned.stdout
        );
        must(APPLY, 0, stage);
        must(PLAN, 0, &format!("after {stage}"));
    }
    let state: Value = serde_json::from_str(&workspace.read("terraform.tfstate")).unwrap();
    let attributes = subject(&state, it.facts["address"].as_str().unwrap());
    import(&workspace, it, &attributes);
    if let Some(calls) = it.facts["delete"].as_array() {
        let before = emulator.alive().len();
        calls.iter().for_each(|call| ask(&workspace, call, &attributes));
        // What AWS takes its time to delete is there until then.
        let gone = it.facts["lingers"] != true || (0..READS).any(|_| emulator.alive().len() < before);
        assert!(gone, "{}: still there after {READS} looks", it.name);
        let planned = must(PLAN, 2, "after deletion behind its back");
        assert!(planned.stdout.contains("will be created"), "{}: not created again in\n{}", it.name, planned.stdout);
        must(APPLY, 0, "after deletion behind its back");
        must(PLAN, 0, "after healing");
    }
    must(&["destroy", "-auto-approve", "-no-color"], 0, "at its end");
}

/// What a plan of each stage must say of some object.
fn word(stage: &str) -> &'static str {
    match stage {
        "create" => "will be created",
        "update" => "will be updated in-place",
        _ => "must be replaced",
    }
}

/// Forgets the subject and imports it again: the next plan has nothing to change.
fn import(workspace: &Workspace, it: &Type, attributes: &BTreeMap<String, String>) {
    let address = it.facts["address"].as_str().unwrap();
    let id = filled(it.facts["import"].as_str().unwrap(), attributes);
    let name = &it.name;
    forget(workspace, address);
    workspace.rforge(&["import", "-no-color", address, &id]).expect(0, &format!("{name}: import {id}"));
    // An import cannot tell what AWS never answers; Terraform's first plan after it has a change too.
    if it.facts["import_differs"] != true {
        workspace.rforge(PLAN).expect(0, &format!("{name}: plan after import"));
    }
}

/// Takes the object out of the state file, as if it had never been in it.
fn forget(workspace: &Workspace, address: &str) {
    let (kind, name) = address.split_once('.').unwrap();
    let mut state: Value = serde_json::from_str(&workspace.read("terraform.tfstate")).unwrap();
    state["resources"].as_array_mut().unwrap().retain(|it| it["type"] != kind || it["name"] != name);
    workspace.write("terraform.tfstate", &state.to_string());
}

fn ask(workspace: &Workspace, call: &Value, attributes: &BTreeMap<String, String>) {
    let parameters = filled(&call["parameters"].to_string(), attributes);
    let words = [call["service"].as_str().unwrap(), call["action"].as_str().unwrap(), &parameters];
    let mut command = workspace.command(python());
    command.args(["-m", "emulator.ask"]).args(words).env("PYTHONPATH", repository().join("tests"));
    Outcome::of(&mut command).expect(0, &words.join(" "));
}

/// The string attributes of an object in a state file.
fn subject(state: &Value, address: &str) -> BTreeMap<String, String> {
    let (kind, name) = address.split_once('.').unwrap();
    let resources = state["resources"].as_array().unwrap();
    let resource =
        resources.iter().find(|it| it["type"] == kind && it["name"] == name).expect("the subject in the state");
    let attributes = resource["instances"][0]["attributes"].as_object().unwrap();
    attributes.iter().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_string()))).collect()
}

/// Replaces `{attribute}` by its value.
fn filled(template: &str, attributes: &BTreeMap<String, String>) -> String {
    attributes.iter().fold(template.to_string(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
