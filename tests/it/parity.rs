//! `show -json` of a plan agrees with Terraform's on addresses, actions and known values, for every type's create, update
//! and replace.
//!
//! What Terraform plans is recorded in tests/scenarios/parity: the state before each stage and the plan of it. Plans are made
//! with -refresh=false, so that a recorded state needs no objects. `RFORGE_RECORD=1 cargo nextest run parity` records anew.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde_json::{Map, Value, json};

use crate::{
    emulator::Emulator,
    later::is_later,
    on_purpose,
    oracle::Oracle,
    stage::{STAGES, write_all},
    workspace::{Workspace, repository},
};

const PLAN: &[&str] = &["plan", "-refresh=false", "-out=plan", "-no-color"];

const STREAM: &[&str] = &["plan", "-refresh=false", "-json"];

#[test]
fn plans_agree_with_recorded_ones() {
    if std::env::var_os("RFORGE_RECORD").is_some() {
        record();
    }
    let emulator = Emulator::start();
    let mut differences = Vec::new();
    for stage in STAGES {
        let workspace = Workspace::new(Some(&emulator.url()));
        write_all(&workspace, stage);
        if let Ok(state) = fs::read_to_string(recorded(stage, "state")) {
            workspace.write("terraform.tfstate", &state);
        }
        workspace.rforge(PLAN).expect(0, &format!("rforge plan of {stage}"));
        let shown = workspace.rforge(&["show", "-json", "plan"]).expect(0, "rforge show");
        let ours = changes(&serde_json::from_str(&shown.stdout).unwrap());
        let text = fs::read_to_string(recorded(stage, "plan")).expect("the recorded plan");
        let theirs: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
        compare(stage, &theirs, &ours, &mut differences);
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// What release 6 added stands in no document of release 5.
pub(crate) const RELEASE_5: &str = r#"
    terraform {
      required_providers {
        aws = {
          source  = "hashicorp/aws"
          version = "~> 5.0"
        }
      }
    }
"#;

/// Everything that the documents say, value by value. What is to differ stands in STAGE.difference with the reason.
#[test]
fn documents_agree_with_recorded_ones() {
    let emulator = Emulator::start();
    let mut failures = Vec::new();
    for stage in STAGES {
        let workspace = Workspace::new(Some(&emulator.url()));
        write_all(&workspace, stage);
        workspace.write("versions.tf", RELEASE_5);
        if let Ok(state) = fs::read_to_string(recorded(stage, "state")) {
            workspace.write("terraform.tfstate", &state);
        }
        workspace.rforge(PLAN).expect(0, &format!("rforge plan of {stage}"));
        let shown = workspace.rforge(&["show", "-json", "plan"]).expect(0, "rforge show");
        let ours: Value = serde_json::from_str(&shown.stdout).unwrap();
        let theirs: Value = serde_json::from_str(&fs::read_to_string(recorded(stage, "document")).unwrap()).unwrap();
        let mut differences = String::new();
        for name in SECTIONS {
            let (theirs, ours) = (comparable(&theirs[name]), comparable(&ours[name]));
            on_purpose::compare(Some(&theirs), Some(&ours), name, &mut differences);
        }
        failures.extend(on_purpose::check(&recorded(stage, "document").with_extension("difference"), &differences));
        let ours = stream(&workspace.rforge(STREAM).expect(0, "rforge plan -json").stdout);
        let theirs = fs::read_to_string(recorded(stage, "stream")).unwrap();
        let theirs: Vec<&str> = theirs.lines().collect();
        let missing = theirs.iter().filter(|it| !ours.iter().any(|our| our == *it)).map(|it| format!("- {it}\n"));
        let more = ours.iter().filter(|it| !theirs.contains(&it.as_str())).map(|it| format!("+ {it}\n"));
        let differences: String = missing.chain(more).collect();
        failures.extend(on_purpose::check(&recorded(stage, "stream").with_extension("difference"), &differences));
    }
    assert!(failures.is_empty(), "(Terraform -> rforge)\n{}", failures.join("\n"));
}

const SECTIONS: &[&str] = &[
    "planned_values",
    "resource_changes",
    "resource_drift",
    "output_changes",
    "prior_state",
    "configuration",
    "relevant_attributes",
    "checks",
    "applyable",
    "complete",
    "errored",
];

/// What release 6 added, which the schemas of every release have here.
const LATER: &[&str] = &[
    "region",
    "allow_unsafe_filter",
    "auto_provision_zones",
    "auto_scaling_ips",
    "availability_mode",
    "availability_zone_address",
    "deletion_protection_enabled",
    "force_destroy",
    "placement_group_id",
    "primary_network_interface",
    "regional_nat_gateway_address",
    "regional_nat_gateway_auto_mode",
];

/// The same of what has this attribute, a gateway; the names are older elsewhere.
const NAT: &[&str] = &["route_table_id", "vpc_id"];
const NAT_GATEWAY: &str = "secondary_private_ip_address_count";

/// What is compared: nothing that is of the day, and lists in an order where theirs have none.
pub(crate) fn comparable(section: &Value) -> Value {
    match section {
        Value::Object(fields) => {
            let is_later = |key: &str| LATER.contains(&key) || NAT.contains(&key) && fields.contains_key(NAT_GATEWAY);
            let of = |(key, value): (&String, &Value)| {
                let value = match (key.as_str(), value) {
                    ("replace_paths", Value::Array(paths)) => sorted(paths).into(),
                    ("creation_date" | "root_snapshot_id" | "snapshot_id", Value::String(_)) => json!("of the day"),
                    _ => comparable(value),
                };
                (key.clone(), value)
            };
            Value::Object(fields.iter().filter(|(key, _)| !is_later(key)).map(of).collect())
        }
        Value::Array(items) if items.iter().all(|it| it.get("attribute").is_some() && it.get("resource").is_some()) => {
            sorted(items).into()
        }
        Value::Array(items) => Value::Array(items.iter().map(comparable).collect()),
        other => other.clone(),
    }
}

/// The lines of `-json` but the first, which says who writes, sorted and without times.
fn stream(text: &str) -> Vec<String> {
    let time = regex::Regex::new(r"after \d+s").unwrap();
    let of = |line: &str| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        line.as_object_mut().unwrap().remove("@timestamp");
        if let Some(hook) = line.get_mut("hook").and_then(Value::as_object_mut) {
            hook.remove("elapsed_seconds");
        }
        line.sort_all_objects();
        time.replace_all(&line.to_string(), "after 0s").into_owned()
    };
    let mut lines: Vec<String> = text.lines().map(of).filter(|it| !it.contains(r#""type":"version""#)).collect();
    lines.sort();
    lines
}

/// The sections, a line each.
fn write(document: &Value) -> String {
    let lines: Vec<String> = SECTIONS.iter().map(|it| format!("{}: {}", json!(it), document[it])).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

fn recorded(stage: &str, what: &str) -> PathBuf {
    repository().join(format!("tests/scenarios/parity/{stage}.{what}.json"))
}

fn record() {
    let oracle = Oracle::find("parity").expect("recording needs the oracle");
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    fs::create_dir_all(recorded("create", "plan").parent().unwrap()).unwrap();
    for stage in STAGES {
        write_all(&workspace, stage);
        workspace.write("versions.tf", RELEASE_5);
        if stage == STAGES[0] {
            oracle.must(&workspace, &["init", "-no-color"]);
        } else {
            fs::write(recorded(stage, "state"), workspace.read("terraform.tfstate")).unwrap();
        }
        oracle.must(&workspace, PLAN);
        let shown = oracle.must(&workspace, &["show", "-json", "plan"]);
        let document: Value = serde_json::from_str(&shown.stdout).unwrap();
        fs::write(recorded(stage, "document"), write(&document)).unwrap();
        let lines = stream(&oracle.must(&workspace, STREAM).stdout);
        fs::write(recorded(stage, "stream"), lines.join("\n") + "\n").unwrap();
        let changes = changes(&document);
        fs::write(recorded(stage, "plan"), serde_json::to_string_pretty(&changes).unwrap() + "\n").unwrap();
        oracle.must(&workspace, &["apply", "-no-color", "plan"]);
    }
    // `states` compares with what came of the last stage too.
    fs::write(recorded("done", "state"), workspace.read("terraform.tfstate")).unwrap();
}

/// By address: the actions, the values known after, which of them are not known, and what forces replacement.
pub(crate) fn changes(plan: &Value) -> BTreeMap<String, Value> {
    let list = plan["resource_changes"].as_array().expect("resource_changes");
    let entries = list.iter().filter(|it| it["mode"] == "managed").map(|it| {
        let change = &it["change"];
        let kept = json!({
            "actions": change["actions"],
            "after": without_nothing(&change["after"]),
            "after_unknown": without_nothing(&change["after_unknown"]),
            "replace_paths": change.get("replace_paths").cloned().unwrap_or(Value::Null),
        });
        (it["address"].as_str().unwrap().to_string(), kept)
    });
    entries.collect()
}

/// Without nulls, false and empty collections: "not there", "null" and "not unknown" are written differently by version.
pub(crate) fn without_nothing(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().map(|(key, value)| (key.clone(), without_nothing(value)));
            Value::Object(kept.filter(|(_, value)| !is_nothing(value)).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_nothing).collect()),
        other => other.clone(),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.iter().all(is_nothing),
        Value::Object(fields) => fields.values().all(is_nothing),
        _ => false,
    }
}

fn compare(
    stage: &str,
    theirs: &BTreeMap<String, Value>,
    ours: &BTreeMap<String, Value>,
    differences: &mut Vec<String>,
) {
    let addresses: std::collections::BTreeSet<&String> = theirs.keys().chain(ours.keys()).collect();
    for address in addresses {
        let name = format!("{stage} {address}");
        difference(&name, theirs.get(address), ours.get(address), differences);
    }
}

/// Where rforge plans otherwise, and why. Applying comes to the same object.
const DIFFERENT: &[(&str, &str)] = &[
    ("aws_autoscaling_group.*.mixed_instances_policy", "rforge knows that a block that is not there stays away"),
    ("aws_security_group_rule.*.source_security_group_id", "likewise"),
    ("aws_autoscaling_group.*.availability_zones", "rforge plans it as unknown where the subnets change"),
    ("aws_instance.*.public_dns", "rforge plans it as unknown where the instance is stopped to change"),
    ("aws_instance.*.public_ip", "likewise"),
    ("aws_route_table_association.*.id", "another route table gives the association another id"),
    ("aws_autoscaling_group.*.capacity_reservation_specification", "rforge does not keep a block of zero values"),
    ("aws_instance.*.credit_specification", "rforge does not keep what the block does not say"),
    ("aws_eip_association.aws_instance.*.actions[0]", "without a refresh that is an update"),
];

fn is_meant(name: &str) -> bool {
    DIFFERENT.iter().any(|(place, _)| {
        let (type_name, attribute) = place.split_once(".*.").unwrap();
        name.contains(&format!(".{type_name}.")) && name.ends_with(&format!(".{attribute}"))
    })
}

/// Whether two texts are the same JSON, as policies are.
fn same_json(theirs: Option<&Value>, ours: Option<&Value>) -> bool {
    let parsed = |value: Option<&Value>| serde_json::from_str::<BTreeMap<String, Value>>(value?.as_str()?).ok();
    parsed(theirs).is_some_and(|theirs| parsed(ours) == Some(theirs))
}

fn difference(name: &str, theirs: Option<&Value>, ours: Option<&Value>, differences: &mut Vec<String>) {
    if is_meant(name) || same_json(theirs, ours) {
        return;
    }
    match (theirs, ours) {
        (Some(Value::Object(theirs)), Some(Value::Object(ours))) => {
            let keys: std::collections::BTreeSet<&String> = theirs.keys().chain(ours.keys()).collect();
            for key in keys.into_iter().filter(|key| !is_later(name, key)) {
                difference(&format!("{name}.{key}"), theirs.get(key), ours.get(key), differences);
            }
        }
        // Terraform's older plugins know nothing of a set in part: one unknown element makes it unknown.
        (Some(Value::Bool(true)), Some(Value::Array(items))) if items.iter().all(|it| *it == Value::Bool(true)) => {}
        (Some(Value::Array(theirs)), Some(Value::Array(ours))) if theirs.len() == ours.len() => {
            let (theirs, ours) = if name.ends_with("replace_paths") {
                (sorted(theirs), sorted(ours))
            } else {
                (theirs.clone(), ours.clone())
            };
            for (at, (theirs, ours)) in theirs.iter().zip(&ours).enumerate() {
                difference(&format!("{name}[{at}]"), Some(theirs), Some(ours), differences);
            }
        }
        (theirs, ours) if theirs.map(Value::to_string) == ours.map(Value::to_string) => {}
        (theirs, ours) => {
            let shown = |value: Option<&Value>| value.map_or("nothing".to_string(), Value::to_string);
            differences.push(format!("{name}: terraform {}, rforge {}", shown(theirs), shown(ours)));
        }
    }
}

/// What forces replacement comes in no particular order.
fn sorted(paths: &[Value]) -> Vec<Value> {
    let mut paths = paths.to_vec();
    paths.sort_by_key(Value::to_string);
    paths
}
