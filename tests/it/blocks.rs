//! The blocks of the language that are about state rather than objects (moved, import, removed, check, …) mean what
//! they mean to Terraform: tests/scenarios/blocks holds scripts, and beside each what Terraform made of it.
//!
//! A script is files and steps: `-- main.tf --` starts a file (an empty one is deleted), `== plan ARGS` plans and
//! `== apply ARGS` plans and applies what was planned. `RFORGE_RECORD=1 cargo nextest run blocks` records Terraform's
//! answers anew, for all scripts or those that `RFORGE_CASE` names in part.
//!
//! Scripts of tests/scenarios/marks are about what is sensitive: there the marks of plans and states are compared as well, and
//! `== show` and `== state ARGS` print.
//!
//! Where rforge says something else on purpose, the difference stands in NAME.difference with the reason in lines with `#` on top;
//! `RFORGE_BLESS=1` writes it anew.

use std::{fs, path::Path};

use regex::Regex;
use serde_json::{Value, json};

use crate::{
    on_purpose,
    oracle::Oracle,
    process::Outcome,
    script::{Part, parts},
    workspace::{Workspace, repository, rforge},
};

#[test]
fn blocks_mean_what_they_mean_to_terraform() {
    check_all("blocks");
}

#[test]
fn what_is_sensitive_changes_as_in_terraform() {
    check_all("marks");
}

fn check_all(folder: &str) {
    let only = std::env::var("RFORGE_CASE").unwrap_or_default();
    let folder = repository().join("tests/scenarios").join(folder);
    let mut scripts: Vec<_> = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
    scripts.retain(|it| it.extension().is_some_and(|it| it == "case") && it.to_string_lossy().contains(&only));
    scripts.sort();
    let failures: Vec<String> = scripts.iter().filter_map(|script| check(script)).collect();
    assert!(failures.is_empty(), "(- Terraform, + rforge)\n{}", failures.join("\n"));
}

/// Runs one script; the difference from what is recorded, if there is one.
fn check(script: &Path) -> Option<String> {
    let text = fs::read_to_string(script).unwrap();
    let recorded = script.with_extension("json");
    let marks = script.parent().is_some_and(|it| it.ends_with("marks"));
    if std::env::var_os("RFORGE_RECORD").is_some() {
        let oracle = Oracle::find("blocks").expect("recording needs the oracle");
        let answers = run(&text, marks, &|workspace, arguments| {
            if arguments[0] == "plan" {
                // What it finds wrong, planning finds wrong as well.
                oracle.run(workspace, &["init", "-no-color", "-input=false", "-backend=false"]);
            }
            oracle.run(workspace, arguments)
        });
        fs::write(&recorded, serde_json::to_string_pretty(&answers).unwrap() + "\n").unwrap();
    }
    let theirs: Value = serde_json::from_str(&fs::read_to_string(&recorded).expect("a recorded answer")).unwrap();
    let as_terraform = |workspace: &Workspace, arguments: &[&str]| {
        Outcome::of(workspace.command(rforge()).env("RFORGE_NAME", "terraform").args(arguments))
    };
    let ours = run(&text, marks, &as_terraform);
    let (theirs, ours) = (pretty(&theirs), pretty(&with_places_of(&theirs, ours)));
    let difference = similar::TextDiff::from_lines(&theirs, &ours)
        .unified_diff()
        .context_radius(0)
        .header("Terraform", "rforge")
        .to_string();
    let difference = if theirs == ours { String::new() } else { difference };
    on_purpose::check(&script.with_extension("difference"), &difference)
}

/// `ours` without the places of diagnostics that Terraform gives none: there rforge may know better.
fn with_places_of(theirs: &Value, mut ours: Value) -> Value {
    for (theirs, ours) in theirs.as_array().unwrap().iter().zip(ours.as_array_mut().unwrap()) {
        for name in ["planning", "applying"] {
            let Some(diagnostics) = ours.get_mut(name).and_then(Value::as_array_mut) else { continue };
            for it in diagnostics {
                let is_same = |other: &Value| other["what"] == it["what"] && other["place"] == "";
                if theirs[name].as_array().is_some_and(|all| all.iter().any(is_same)) {
                    it["place"] = "".into();
                }
            }
        }
    }
    ours
}

/// What is compared of answers: of diagnostics not what they say in full, which is only there to be read, and of
/// warnings beside errors nothing, since how far each tool came before it gave up is its own affair.
fn pretty(answers: &Value) -> String {
    let mut answers = answers.clone();
    for step in answers.as_array_mut().unwrap() {
        for name in ["planning", "applying"] {
            let Some(diagnostics) = step.get_mut(name).and_then(Value::as_array_mut) else { continue };
            let is_error = |it: &Value| it["what"].as_str().is_some_and(|it| it.starts_with("error"));
            if diagnostics.iter().any(is_error) {
                diagnostics.retain(is_error);
            }
            // What is an experiment to Terraform is none here.
            diagnostics.retain(|it| it["what"] != "warning: Config generation is experimental");
            for diagnostic in diagnostics {
                diagnostic.as_object_mut().unwrap().remove("detail");
            }
        }
    }
    serde_json::to_string_pretty(&answers).unwrap()
}

type Run<'a> = dyn Fn(&Workspace, &[&str]) -> Outcome + 'a;

/// With `marks`, what is sensitive is a part of the answers.
fn run(script: &str, marks: bool, tool: &Run<'_>) -> Value {
    let workspace = Workspace::new(None);
    let mut steps = Vec::new();
    for part in parts(script) {
        match part {
            Part::File(name, text) if text.is_empty() => fs::remove_file(workspace.path().join(name)).unwrap(),
            Part::File(name, text) => workspace.write(&name, &text),
            Part::Step(words) => {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                steps.push(match words[0] {
                    "show" | "state" => print(&workspace, &words, tool),
                    verb => take(&workspace, verb, &words[1..], marks, tool),
                });
            }
        }
    }
    Value::Array(steps)
}

/// What a command prints about the state.
fn print(workspace: &Workspace, words: &[&str], tool: &Run<'_>) -> Value {
    let printed = tool(workspace, words).expect(0, words[0]).stdout;
    json!({ "printed": printed.lines().map(stable_text).collect::<Vec<_>>() })
}

/// Plans, shows the plan and, if asked to, applies it.
fn take(workspace: &Workspace, verb: &str, arguments: &[&str], marks: bool, tool: &Run<'_>) -> Value {
    let planned = tool(workspace, &[&["plan", "-json", "-input=false", "-out=plan"], arguments].concat());
    let mut answer = json!({ "planning": diagnostics(&planned) });
    if let Ok(generated) = fs::read_to_string(workspace.path().join("generated.tf")) {
        answer["generated"] = generated.lines().map(stable_text).collect();
    }
    if planned.code != Some(0) {
        return answer;
    }
    let shown = tool(workspace, &["show", "-json", "plan"]).expect(0, "show -json");
    let plan: Value = serde_json::from_str(&shown.stdout).unwrap();
    for name in ["resource_changes", "resource_drift", "output_changes", "checks"] {
        if let Some(part) = plan.get(name) {
            answer[name] = stable(part);
        }
    }
    if marks {
        answer["sensitive"] = sensitive_of_plan(&plan);
    }
    let text = tool(workspace, &["show", "-no-color", "plan"]).expect(0, "show").stdout;
    answer["text"] = text.trim_start().lines().map(|line| stable_text(line.trim_end())).collect();
    if verb == "apply" {
        let applied = tool(workspace, &["apply", "-json", "plan"]);
        answer["applying"] = diagnostics(&applied);
        let state = fs::read_to_string(workspace.path().join("terraform.tfstate")).unwrap_or("{}".into());
        let state: Value = serde_json::from_str(&state).unwrap();
        for name in ["resources", "outputs", "check_results"] {
            answer["state"][name] = stable(&state[name]);
        }
        if marks {
            answer["state"]["sensitive"] = sensitive_of_state(&state);
        }
        let shown = tool(workspace, &["show", "-json"]).expect(0, "show -json of state");
        let shown: Value = serde_json::from_str(&shown.stdout).unwrap();
        if let Some(checks) = shown.get("checks") {
            answer["state"]["checks"] = stable(checks);
        }
    }
    answer
}

/// Which parts of what a plan changes are sensitive, before and after.
fn sensitive_of_plan(plan: &Value) -> Value {
    let resources = plan["resource_changes"].as_array().into_iter().flatten();
    let resources = resources.map(|it| (it["address"].as_str().unwrap().to_owned(), &it["change"]));
    let outputs = plan["output_changes"].as_object().into_iter().flatten();
    let outputs = outputs.map(|(name, change)| (format!("output.{name}"), change));
    resources.chain(outputs).map(|(name, it)| (name, json!([it["before_sensitive"], it["after_sensitive"]]))).collect()
}

/// The paths that a state calls sensitive.
fn sensitive_of_state(state: &Value) -> Value {
    let mut found = serde_json::Map::new();
    for resource in state["resources"].as_array().into_iter().flatten() {
        for instance in resource["instances"].as_array().unwrap() {
            let name = format!("{}.{} {}", resource["type"], resource["name"], instance["index_key"]);
            let paths = instance["sensitive_attributes"].as_array().into_iter().flatten().map(|path| {
                let step = |it: &Value| it["value"].get("value").unwrap_or(&it["value"]).to_string();
                path.as_array().unwrap().iter().map(step).collect::<Vec<_>>().join(" ")
            });
            found.insert(name, paths.collect());
        }
    }
    found.into()
}

fn diagnostics(outcome: &Outcome) -> Value {
    let lines = outcome.stdout.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let found = lines.filter(|it| it["type"] == "diagnostic").map(|it| {
        let it = &it["diagnostic"];
        let place = match it["range"]["filename"].as_str() {
            Some(file) => format!("{file}:{}", it["range"]["start"]["line"]),
            None => String::new(),
        };
        json!({
            "what": stable_text(&format!("{}: {}", it["severity"].as_str().unwrap(), it["summary"].as_str().unwrap())),
            "place": place,
            "detail": it["detail"],
        })
    });
    let mut found: Vec<Value> = found.collect();
    found.sort_by_key(Value::to_string);
    found.into()
}

/// What other tests compare or the text of the plan shows as well, or what is nobody's concern.
const LEFT_OUT: &[&str] = &[
    "before",
    "after",
    "after_unknown",
    "before_sensitive",
    "after_sensitive",
    "after_identity",
    "before_identity",
    "mode",
    "type",
    "name",
    "index",
    "module_address",
    "provider_name",
    "provider",
    "private",
    "schema_version",
    "sensitive_attributes",
    "identity_schema_version",
    "identity",
];

/// In order, without what differs from run to run.
fn stable(value: &Value) -> Value {
    match value {
        Value::String(text) => stable_text(text),
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(stable).collect();
            // Terraform writes the results of checks in any order.
            items.sort_by_key(|it| {
                ["config_addr", "object_addr"].map(|name| it.get(name).and_then(Value::as_str).map(str::to_owned))
            });
            items.into()
        }
        Value::Object(fields) => {
            // What tells one resource from another in state.
            let names = ["module", "mode", "type", "name"].map(|it| fields.get(it).and_then(Value::as_str));
            let mut kept = serde_json::Map::new();
            if fields.contains_key("instances") {
                let names: Vec<&str> = names.into_iter().flatten().collect();
                kept.insert("address".into(), names.join(".").into());
            }
            let mut fields: Vec<_> = fields.iter().filter(|it| !LEFT_OUT.contains(&it.0.as_str())).collect();
            fields.sort_by_key(|it| it.0);
            kept.extend(fields.into_iter().map(|(name, value)| (name.clone(), stable(value))));
            kept.into()
        }
        other => other.clone(),
    }
}

fn stable_text(text: &str) -> Value {
    let uuid = Regex::new(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b").unwrap();
    uuid.replace_all(text, "<uuid>").into()
}
