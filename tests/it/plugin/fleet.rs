//! The published provider for AWS, with more than forty types of every kind of schema, planned, made, changed, replaced and destroyed on
//! plain moto: at each stage rforge's plan is Terraform's, as a document and as text; what one of them has made the other leaves
//! alone; and the states are the same. Changes and replacements are planned and not made, since moto cannot change much of it.
//!
//! The configuration is tests/scenarios/published, whose variable `stage` says what is to change. What is otherwise on purpose stands
//! in STAGE.difference there, with the reason.

use crate::{
    moto::Moto,
    on_purpose,
    oracle::Oracle,
    workspace::{Workspace, repository},
};
use regex::Regex;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::LazyLock,
};

const STAGES: &[&str] = &["create", "update", "replace"];

const QUIET: &[&str] = &["plan", "-detailed-exitcode", "-no-color"];

/// In builds that manage some of these types themselves, too.
const FOREIGN: &str = "-native=false";

fn data() -> PathBuf {
    repository().join("tests/scenarios/published")
}

/// One fleet, and who makes and changes it.
struct Fleet {
    workspace: Workspace,
    _moto: Moto,
    endpoint: String,
    is_ours: bool,
}

impl Fleet {
    fn new(oracle: &Oracle, is_ours: bool) -> Self {
        let moto = Moto::start();
        let endpoint = moto.url();
        let workspace = Workspace::new(Some(&endpoint));
        let fleet = Self { workspace, _moto: moto, endpoint, is_ours };
        fleet.lay(&data(), 0);
        oracle.must(&fleet.workspace, &["init", "-no-color"]);
        fleet
    }

    fn lay(&self, from: &std::path::Path, stage: usize) {
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == "tf") {
                let text = std::fs::read_to_string(&path).unwrap();
                self.workspace.write(path.file_name().unwrap().to_str().unwrap(), &text);
            }
        }
        let variables = format!("endpoint = \"{}\"\nstage = {stage}\n", self.endpoint);
        self.workspace.write("terraform.tfvars", &variables);
    }

    /// What differs between the plans of both.
    fn plan(&self, oracle: &Oracle, stage: usize) -> String {
        let (workspace, name) = (&self.workspace, STAGES[stage]);
        self.lay(&data(), stage);
        let whose = if self.is_ours { "rforge's" } else { "Terraform's" };
        let ours =
            workspace.rforge(&["plan", "-no-color", "-out=ours", FOREIGN]).expect(0, &format!("{name} on {whose}"));
        let theirs = oracle.must(workspace, &["plan", "-no-color", "-out=theirs"]);
        let shown = workspace.rforge(&["show", "-json", FOREIGN, "ours"]).expect(0, "rforge show");
        let document = oracle.must(workspace, &["show", "-json", "theirs"]);
        let mut found = String::new();
        on_purpose::compare(Some(&sections(&document.stdout)), Some(&sections(&shown.stdout)), "", &mut found);
        let (ours, theirs) = (told(&ours.stdout), told(&theirs.stdout));
        let lines = similar::TextDiff::from_lines(&theirs, &ours);
        let changes = lines.iter_all_changes().filter(|it| it.tag() != similar::ChangeTag::Equal);
        found.extend(changes.map(|it| format!("{} {}", it.tag(), it.value())));
        found
    }

    /// Makes what was planned, and plans again with both. The state that came of it.
    fn make(&self, oracle: &Oracle) -> Value {
        let (workspace, name) = (&self.workspace, STAGES[0]);
        let whose = if self.is_ours { "rforge's" } else { "Terraform's" };
        let apply = if self.is_ours { "ours" } else { "theirs" };
        match self.is_ours {
            true => drop(
                workspace.rforge(&["apply", "-no-color", FOREIGN, apply]).expect(0, &format!("rforge apply of {name}")),
            ),
            false => drop(oracle.must(workspace, &["apply", "-no-color", apply])),
        }
        oracle.run(workspace, QUIET).expect(0, &format!("terraform plan on {whose} after {name}"));
        workspace.rforge(&[QUIET, &[FOREIGN]].concat()).expect(0, &format!("rforge plan on {whose} after {name}"));
        serde_json::from_str(&workspace.read("terraform.tfstate")).unwrap()
    }
}

/// What a plan says to people, from its first change to the last output. Before that rforge tells all changes outside of it that the plan
/// undoes, Terraform only what its changes refer to.
fn told(text: &str) -> String {
    let start = text.find("will perform the following actions").unwrap_or_default();
    let end = text.rfind("\n─────").unwrap_or(text.len());
    let lines = text.get(start..end).unwrap_or_default().lines();
    // Terraform counts no requests, and no objects.
    let lines: Vec<&str> = lines.filter(|it| !it.starts_with("Requests: ") && !it.starts_with("Objects: ")).collect();
    let text = lines.join("\n").trim_end().to_owned();
    format!("{}\n", ADDRESS.replace_all(&text, "127.0.0.1:PORT"))
}

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"127\.0\.0\.1:\d+").unwrap());

fn sections(document: &str) -> Value {
    let mut document: Value = serde_json::from_str(&ADDRESS.replace_all(document, "127.0.0.1:PORT")).unwrap();
    for name in ["timestamp", "format_version", "terraform_version"] {
        document.as_object_mut().unwrap().remove(name);
    }
    in_order(document)
}

/// Lists that Terraform has in no order: it looks for what an argument refers to, that is written as a block, in a map.
fn in_order(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let each = entries.into_iter().map(|(name, value)| {
                let mut value = in_order(value);
                if matches!(&*name, "references" | "replace_paths" | "relevant_attributes")
                    && let Value::Array(items) = &mut value
                {
                    items.sort_by_key(Value::to_string);
                }
                (name, value)
            });
            each.collect()
        }
        Value::Array(items) => items.into_iter().map(in_order).collect(),
        other => other,
    }
}

/// What two states say, told apart by more than the names that AWS gave. Each of theirs has one of ours in every place.
#[derive(Default)]
struct States {
    names: BTreeMap<String, String>,
    found: Vec<String>,
}

static TIME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\d{4}-\d\d-\d\d[T ]\d\d:").unwrap());

impl States {
    fn compare(&mut self, theirs: &Value, ours: &Value) {
        let instances = |state: &Value| -> BTreeMap<String, Value> {
            let mut out = BTreeMap::new();
            for resource in state["resources"].as_array().unwrap() {
                for instance in resource["instances"].as_array().unwrap() {
                    let of = |it: &str| resource[it].as_str().unwrap_or_default().to_owned();
                    let key = format!("{} {}.{} {}", of("mode"), of("type"), of("name"), instance["index_key"]);
                    out.insert(key, instance.clone());
                }
            }
            out
        };
        let order = |state: &Value| -> Vec<String> {
            state["resources"].as_array().unwrap().iter().map(|it| format!("{} {}", it["type"], it["name"])).collect()
        };
        if order(theirs) != order(ours) {
            self.found.push("the order of resources".into());
        }
        let (theirs_by_key, ours_by_key) = (instances(theirs), instances(ours));
        let keys: BTreeSet<&String> = theirs_by_key.keys().chain(ours_by_key.keys()).collect();
        let null = Value::Null;
        let pairs: Vec<_> = keys
            .into_iter()
            .map(|it| (it, theirs_by_key.get(it).unwrap_or(&null), ours_by_key.get(it).unwrap_or(&null)))
            .collect();
        for (_, theirs, ours) in &pairs {
            for name in ["id", "arn", "url", "key_id", "zone_id"] {
                let of = |it: &Value| it["attributes"][name].as_str().map(str::to_owned);
                if let (Some(theirs), Some(ours)) = (of(theirs), of(ours)) {
                    self.names.insert(theirs, ours);
                }
            }
        }
        for (key, theirs, ours) in &pairs {
            self.value(theirs, ours, key);
        }
        self.value(&theirs["outputs"], &ours["outputs"], "outputs");
        self.value(&theirs["check_results"], &ours["check_results"], "check_results");
    }

    fn value(&mut self, theirs: &Value, ours: &Value, place: &str) {
        match (theirs, ours) {
            _ if theirs == ours => {}
            (Value::Object(one), Value::Object(other)) => {
                for key in one.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
                    let (one, other) = (one.get(key), other.get(key));
                    match (one, other) {
                        (Some(one), Some(other)) => self.value(one, other, &format!("{place}/{key}")),
                        _ => self.found.push(format!("{place}/{key}: {one:?} -> {other:?}")),
                    }
                }
            }
            (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
                // A set is in the order of its elements, in which names are that differ.
                let sorted = |items: &[Value], names: &BTreeMap<String, String>| {
                    let mut items: Vec<Value> = items.iter().map(|it| named(it, names)).collect();
                    if items.iter().all(|it| it.is_string() || it.is_object()) {
                        items.sort_by_key(Value::to_string);
                    }
                    items
                };
                let (one, other) = (sorted(one, &self.names), sorted(other, &BTreeMap::new()));
                for (at, (one, other)) in one.iter().zip(&other).enumerate() {
                    self.value(one, other, &format!("{place}/{at}"));
                }
            }
            (Value::String(one), Value::String(other)) => {
                let is_time = TIME.is_match(one) && TIME.is_match(other);
                let known = self.names.entry(one.clone()).or_insert_with(|| other.clone());
                if !is_time && known != other {
                    self.found.push(format!("{place}: {one} -> {other}, which is {known} elsewhere"));
                }
            }
            _ => self.found.push(format!("{place}: {theirs} -> {ours}")),
        }
    }
}

/// A value with the other state's names of what AWS has named.
fn named(value: &Value, names: &BTreeMap<String, String>) -> Value {
    match value {
        Value::String(it) => names.get(it).unwrap_or(it).clone().into(),
        Value::Array(items) => items.iter().map(|it| named(it, names)).collect(),
        Value::Object(entries) => entries.iter().map(|(key, it)| (key.clone(), named(it, names))).collect(),
        other => other.clone(),
    }
}

#[test]
fn a_fleet_lives_as_with_terraform() {
    if std::env::var_os("RFORGE_FLEET").is_none() {
        return println!("a_fleet_lives_as_with_terraform: skipped, it takes ten minutes: RFORGE_FLEET=1 has it run");
    }
    let Some(oracle) = Oracle::find("a_fleet_lives_as_with_terraform") else { return };
    if super::aws::executable("a_fleet_lives_as_with_terraform").is_none() {
        return;
    }
    let life = |is_ours| {
        let fleet = Fleet::new(&oracle, is_ours);
        let first = fleet.plan(&oracle, 0);
        let made = fleet.make(&oracle);
        let plans = (1..STAGES.len()).map(|stage| fleet.plan(&oracle, stage));
        let plans: Vec<String> = [first].into_iter().chain(plans).collect();
        (plans, made, fleet)
    };
    let (ours, theirs) = std::thread::scope(|scope| {
        let (ours, theirs) = (scope.spawn(|| life(true)), scope.spawn(|| life(false)));
        (ours.join().unwrap(), theirs.join().unwrap())
    });
    let mut failures = Vec::new();
    for (stage, (ours, theirs)) in STAGES.iter().zip(ours.0.iter().zip(&theirs.0)) {
        let file = data().join(format!("{stage}.difference"));
        failures.extend(on_purpose::check(&file, theirs));
        failures.extend(on_purpose::check(&file, ours));
    }
    let mut states = States::default();
    states.compare(&theirs.1, &ours.1);
    failures.extend(states.found.iter().map(|it| format!("state: {it}")));
    assert!(failures.is_empty(), "(Terraform -> rforge)\n{}", failures.join("\n"));
    // Whoever has made it, rforge destroys it.
    for fleet in [ours.2, theirs.2] {
        let destroyed = fleet.workspace.rforge(&["destroy", "-auto-approve", "-no-color", FOREIGN]);
        destroyed.expect(0, &format!("rforge destroy, is_ours {}", fleet.is_ours));
        let state: Value = serde_json::from_str(&fleet.workspace.read("terraform.tfstate")).unwrap();
        assert_eq!(state["resources"], serde_json::json!([]));
    }
}
