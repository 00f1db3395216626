//! The life of each AWS type through the CLI: create, no change, update, replace, import, deletion behind rforge's back,
//! destroy. The data is in tests/scenarios/types. All of it on our emulator, and on moto as it is, for nothing may depend on what
//! we have corrected; types that moto itself is in the way of are listed with the reason.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Mutex,
};

use serde_json::Value;

use crate::{
    emulator::Emulator,
    moto::Moto,
    stage::{STAGES, Type, ask, filled, provider, types},
    workspace::Workspace,
};

const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];
const PLAN: &[&str] = &["plan", "-detailed-exitcode", "-no-color"];

/// How often what lingers is looked for.
const READS: usize = 100;

/// The types whose life plain moto cuts short, and why.
const MOTO: &[(&str, &str)] = &[
    ("aws_autoscaling_group", "UpdateAutoScalingGroup forgets DefaultCooldown"),
    ("aws_autoscaling_policy", "a policy without cooldown gets one of 300 seconds"),
    ("aws_launch_template", "DescribeLaunchTemplates shows the tags of the day of creation for ever"),
    ("aws_nat_gateway", "DeleteNatGateway does not give the address back, so that it cannot be used again"),
    ("aws_vpc_security_group_egress_rule", "ModifySecurityGroupRules wants ports where all protocols are meant"),
    ("aws_vpc_security_group_ingress_rule", "ModifySecurityGroupRules wants ports where all protocols are meant"),
];

#[test]
fn every_type_lives() {
    let failed = lives(Emulator::start, |emulator, it| live(&emulator.url(), || emulator.alive().len(), it));
    assert!(failed.is_empty(), "{} types failed: {}", failed.len(), failed.join(", "));
}

#[test]
fn every_type_lives_on_plain_moto() {
    // What moto deletes is gone at once.
    let failed = lives(Moto::start, |moto, it| live(&moto.url(), || 0, it));
    let mut known: Vec<&str> = MOTO.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(failed, known, "types that fail on plain moto, and those that are listed with a reason");
}

/// Runs the life of each type on one of two APIs; gives the names of those that failed, sorted.
fn lives<Api>(start: fn() -> Api, live: impl Fn(&Api, &Type) + Sync) -> Vec<String> {
    let queue = Mutex::new(types());
    let failed = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let api = start();
                while let Some(it) = { queue.lock().unwrap().pop() } {
                    // One type's failure says nothing of the others; its message has been printed.
                    if catch_unwind(AssertUnwindSafe(|| live(&api, &it))).is_err() {
                        failed.lock().unwrap().push(it.name);
                    }
                }
            });
        }
    });
    let mut failed = failed.into_inner().unwrap();
    failed.sort();
    failed
}

fn live(url: &str, count: impl Fn() -> usize, it: &Type) {
    let workspace = Workspace::new(Some(url));
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
        let before = count();
        calls.iter().for_each(|call| {
            let text = |key: &str| call[key].as_str().unwrap();
            let parameters = filled(&call["parameters"].to_string(), &attributes);
            ask(&workspace, text("service"), text("action"), &serde_json::from_str(&parameters).unwrap());
        });
        // What AWS takes its time to delete is there until then.
        let gone = it.facts["lingers"] != true || before == 0 || (0..READS).any(|_| count() < before);
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

/// The string attributes of an object in a state file.
fn subject(state: &Value, address: &str) -> BTreeMap<String, String> {
    let (kind, name) = address.split_once('.').unwrap();
    let resources = state["resources"].as_array().unwrap();
    let resource =
        resources.iter().find(|it| it["type"] == kind && it["name"] == name).expect("the subject in the state");
    let attributes = resource["instances"][0]["attributes"].as_object().unwrap();
    attributes.iter().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_string()))).collect()
}
