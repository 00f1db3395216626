//! After each apply rforge's state holds what Terraform's holds, attribute by attribute; null and empty are not the same.
//!
//! Terraform's states are those that `parity` recorded: what was before a stage is what came of the one before it. Nothing is
//! refreshed in between, since a refresh of Terraform's spells nulls in another way than its apply did.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use regex::Regex;
use serde_json::Value;

use crate::{
    emulator::Emulator,
    later::is_later,
    stage::{STAGES, write_all},
    workspace::{Workspace, repository},
};

const APPLY: &[&str] = &["apply", "-auto-approve", "-refresh=false", "-no-color"];

/// The name of the record with the state that came of a stage.
const AFTER: [&str; 3] = ["update", "replace", "done"];

/// Where rforge's state is another one, and why.
const DIFFERENT: &[(&str, &str)] = &[
    ("aws_iam_policy.*.policy_id", "moto's listing of policies has no ids; Terraform asks for each policy"),
    ("aws_iam_role_policy.*.policy", "Terraform writes the version first, rforge what the configuration says"),
    ("aws_iam_role.*.inline_policy", "likewise"),
    (
        "aws_autoscaling_group.*.availability_zones",
        "Terraform keeps the zones of the subnets before, which it had planned",
    ),
    (
        "aws_autoscaling_group.*.capacity_reservation_specification[0]",
        "moto says nothing of it; a block within a block is not null either",
    ),
];

#[test]
fn states_agree_attribute_by_attribute() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    let made_up = MadeUp::new();
    let mut differences = Vec::new();
    for (stage, record) in STAGES.into_iter().zip(AFTER) {
        write_all(&workspace, stage);
        workspace.rforge(APPLY).expect(0, &format!("rforge apply at {stage}"));
        let record = repository().join(format!("tests/scenarios/parity/{record}.state.json"));
        let theirs = objects(&fs::read_to_string(record).expect("the recorded state"), &made_up);
        let ours = objects(&workspace.read("terraform.tfstate"), &made_up);
        for address in theirs.keys().chain(ours.keys()).collect::<BTreeSet<_>>() {
            difference(&format!("{stage} {address}"), theirs.get(address), ours.get(address), &mut differences);
        }
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// The attributes of every object, by address.
fn objects(state: &str, made_up: &MadeUp) -> BTreeMap<String, Value> {
    let state: Value = serde_json::from_str(state).unwrap();
    let mut objects = BTreeMap::new();
    for resource in state["resources"].as_array().unwrap() {
        let text = |key: &str| resource[key].as_str().unwrap_or_default();
        for instance in resource["instances"].as_array().unwrap() {
            let key = instance.get("index_key").map_or_else(String::new, |it| format!("[{it}]"));
            let address = format!("{} {}.{}.{}{key}", text("mode"), text("module"), text("type"), text("name"));
            objects.insert(address, made_up.masked(&instance["attributes"]));
        }
    }
    objects
}

/// What AWS makes up: another one in each run.
struct MadeUp(Vec<Regex>);

impl MadeUp {
    fn new() -> Self {
        let made_up = [
            r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            r"\b[0-9a-f]{26}\b",
            r"^r-rtb-[0-9a-f]+$",
            r"-[0-9a-f]{8,17}\b",
            r"\b\d{4}-\d\d-\d\dT[0-9:.]+Z?",
            r"\b[A-Z0-9]{20,21}\b",
            r"^[a-z0-9]{20}$",
            r"\b\d+[-.]\d+[-.]\d+[-.]\d+\b$",
            r"ip-\d+-\d+-\d+-\d+|ec2-\d+-\d+-\d+-\d+",
            r"^sgrule-\d+$",
        ];
        Self(made_up.map(|it| Regex::new(it).unwrap()).to_vec())
    }

    /// Collections are sorted: that the order of a list is right `swap` shows, and sets come in no particular one.
    fn masked(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                self.0.iter().fold(text.clone(), |text, it| it.replace_all(&text, "#").into_owned()).into()
            }
            Value::Array(items) => {
                let mut items: Vec<Value> = items.iter().map(|it| self.masked(it)).collect();
                items.sort_by_key(Value::to_string);
                items.into()
            }
            Value::Object(entries) => {
                Value::Object(entries.iter().map(|(key, it)| (key.clone(), self.masked(it))).collect())
            }
            other => other.clone(),
        }
    }
}

fn is_meant(place: &str) -> bool {
    DIFFERENT.iter().any(|(meant, _)| {
        let (type_name, attribute) = meant.split_once(".*.").unwrap();
        place.contains(&format!(".{type_name}.")) && place.contains(&format!(".{attribute}"))
    })
}

fn difference(place: &str, theirs: Option<&Value>, ours: Option<&Value>, differences: &mut Vec<String>) {
    match (theirs, ours) {
        (Some(Value::Object(theirs)), Some(Value::Object(ours))) => {
            let keys = theirs.keys().chain(ours.keys()).filter(|it| !is_later(place, it));
            for key in keys.collect::<BTreeSet<_>>() {
                difference(&format!("{place}.{key}"), theirs.get(key), ours.get(key), differences);
            }
        }
        (Some(Value::Array(theirs)), Some(Value::Array(ours))) if theirs.len() == ours.len() => {
            for (at, (theirs, ours)) in theirs.iter().zip(ours).enumerate() {
                difference(&format!("{place}[{at}]"), Some(theirs), Some(ours), differences);
            }
        }
        (theirs, ours) if theirs.map(Value::to_string) == ours.map(Value::to_string) || is_meant(place) => {}
        (theirs, ours) => {
            let shown = |value: Option<&Value>| value.map_or("nothing".to_string(), Value::to_string);
            differences.push(format!("{place}: terraform {}, rforge {}", shown(theirs), shown(ours)));
        }
    }
}
