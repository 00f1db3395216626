//! What changes something is asked of AWS as Terraform asks it: the configurations of tests/scenarios/sent, made, changed and made
//! anew from an import, with the requests of Terraform beside them. `RFORGE_RECORD=1` asks it again.

use std::{collections::BTreeMap, fs, path::Path};

use regex::Regex;
use serde_json::{Value, json};

use crate::{
    emulator::Emulator,
    oracle::Oracle,
    workspace::{Workspace, repository},
};

const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];
const PLAN: &[&str] = &["plan", "-detailed-exitcode", "-no-color"];

/// The folder, the actions to look at, and what the names of the parameters to look at contain.
const FOLDERS: &[(&str, &[&str], &str)] = &[
    (
        "requirements",
        &["CreateAutoScalingGroup", "UpdateAutoScalingGroup", "CreateLaunchTemplate", "CreateLaunchTemplateVersion"],
        "InstanceRequirements",
    ),
    ("policies", &["PutScalingPolicy"], ""),
    // What is not sent, since policies of that kind have it not, is planned again and again by either of the two.
    ("others", &["PutScalingPolicy"], ""),
];

/// What is imported again at the end, by its address.
const IMPORTS: &[(&str, &str)] = &[
    ("aws_launch_template.full", "id"),
    ("aws_launch_template.zero", "id"),
    ("aws_autoscaling_policy.pred2", "g/pred2"),
    ("aws_autoscaling_policy.pred3", "g/pred3"),
];

#[test]
fn requests_are_those_of_terraform() {
    let mut differences = Vec::new();
    let record = std::env::var_os("RFORGE_RECORD").and_then(|_| Oracle::find("sent"));
    for (name, actions, part) in FOLDERS {
        let folder = repository().join("tests/scenarios/sent").join(name);
        let recorded = folder.join("requests.json");
        if let Some(oracle) = &record {
            let theirs = requests(&folder, actions, part, |workspace, arguments| {
                if arguments == APPLY {
                    oracle.must(workspace, &["init"]);
                    oracle.must(workspace, arguments);
                }
            });
            fs::write(&recorded, format!("{:#}\n", Value::from(theirs))).unwrap();
        }
        let ours = requests(&folder, actions, part, |workspace, arguments| {
            workspace.rforge(arguments).expect(0, &format!("{name}: rforge {}", arguments.join(" ")));
        });
        let theirs: Value = serde_json::from_str(&fs::read_to_string(&recorded).unwrap()).unwrap();
        let (theirs, ours) = (format!("{theirs:#}"), format!("{:#}", Value::from(ours)));
        let difference = similar::TextDiff::from_lines(&theirs, &ours);
        if theirs != ours {
            differences.push(format!("{name} (- Terraform, + rforge)\n{}", difference.unified_diff()));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The requests of a life: made, planned again, changed, planned again, imported, and gone.
fn requests(folder: &Path, actions: &[&str], part: &str, run: impl Fn(&Workspace, &[&str])) -> Vec<Value> {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    let mut seen = Vec::new();
    let lasts = folder.join("update.tf").exists();
    for stage in ["create", "update"].into_iter().filter(|it| lasts || *it == "create") {
        let text = fs::read_to_string(folder.join(stage).with_extension("tf")).unwrap();
        workspace.write("main.tf", &text);
        let before = emulator.log().len();
        run(&workspace, APPLY);
        let log = emulator.log().split_off(before);
        let chosen = log.iter().filter(|it| actions.iter().any(|action| it["action"] == **action));
        seen.extend(chosen.filter_map(|it| said(stage, it, part)));
        if lasts {
            run(&workspace, PLAN);
        }
    }
    for (address, id) in IMPORTS {
        let (kind, name) = address.split_once('.').unwrap();
        let state: Value = serde_json::from_str(&workspace.read("terraform.tfstate")).unwrap();
        let resources = state["resources"].as_array().unwrap();
        let Some(object) = resources.iter().find(|it| it["type"] == kind && it["name"] == name) else { continue };
        let attributes = &object["instances"][0]["attributes"];
        let id = attributes[*id].as_str().unwrap_or(id);
        run(&workspace, &["state", "rm", address]);
        run(&workspace, &["import", "-no-color", address, id]);
        run(&workspace, PLAN);
    }
    run(&workspace, &["destroy", "-auto-approve", "-no-color"]);
    // Requests that wait for nothing come in no particular order.
    seen.sort_by_key(Value::to_string);
    if !lasts {
        // What a create has not brought about, rforge tries once more.
        seen.dedup();
    }
    seen
}

/// A request in what can be compared: without what names it, and what AWS made up.
fn said(stage: &str, request: &Value, part: &str) -> Option<Value> {
    let made_up = Regex::new(r"\b(lt|subnet|ami)-[0-9a-f]{8,17}\b").unwrap();
    let mut parameters: BTreeMap<String, String> = request["said"]
        .as_object()?
        .iter()
        .filter(|(name, _)| !["Action", "Version", "ClientToken"].contains(&name.as_str()) && name.contains(part))
        .map(|(name, value)| (name.clone(), made_up.replace_all(value.as_str().unwrap_or_default(), "#").into_owned()))
        .map(|(name, value)| (name, value.strip_suffix(".0").map_or(value.clone(), str::to_owned)))
        .collect();
    // Terraform's updates say of what is not set that it is zero, its creates do not.
    for name in ["Cooldown", "EstimatedInstanceWarmup"] {
        if stage == "update" && parameters.get(name).is_some_and(|it| it == "0") {
            parameters.remove(name);
        }
    }
    in_order(&mut parameters);
    (!parameters.is_empty()).then(|| json!({ "stage": stage, "action": request["action"], "said": parameters }))
}

/// Sorts the texts of each list (`AcceleratorType.1`): those of a set come in no particular order.
fn in_order(parameters: &mut BTreeMap<String, String>) {
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in parameters.iter() {
        if let Some((list, _)) = name.rsplit_once('.').filter(|(_, at)| at.parse::<usize>().is_ok()) {
            lists.entry(list.to_owned()).or_default().push(value.clone());
        }
    }
    for (list, mut values) in lists {
        values.sort();
        let numbered = values.into_iter().enumerate().map(|(at, value)| (format!("{list}.{}", at + 1), value));
        parameters.extend(numbered);
    }
}
