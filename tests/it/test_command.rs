//! `test` says what Terraform says: tests/scenarios/test_command holds configurations with test files, and beside each what
//! Terraform printed for it, to people, as JSON and as JUnit's XML.
//!
//! `RFORGE_RECORD=1 cargo nextest run test_command` records Terraform's answers anew, for all folders or those that `RFORGE_CASE`
//! names in part.

use std::{collections::BTreeMap, fs, path::Path};

use regex::Regex;
use serde_json::{Value, json};

use crate::{
    oracle::Oracle,
    process::Outcome,
    workspace::{Workspace, repository, rforge},
};

/// What is asked for each folder.
const COMMANDS: &[&[&str]] = &[&["test", "-no-color"], &["test", "-json", "-junit-xml=report.xml"]];
/// And for those in which something is to be seen of plans and states.
const SHOWING: &[&[&str]] = &[&["test", "-no-color", "-verbose"], &["test", "-json", "-verbose"]];
const SHOWN: &[&str] = &["basics", "plan_options", "mocks", "expect_failures", "expected_then_asserted"];

#[test]
fn tests_go_as_with_terraform() {
    let only = std::env::var("RFORGE_CASE").unwrap_or_default();
    let folder = repository().join("tests/scenarios/test_command");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
    cases.retain(|it| it.is_dir() && it.to_string_lossy().contains(&only));
    cases.sort();
    assert!(!cases.is_empty());
    let failures: Vec<String> = cases.iter().filter_map(|case| check(case)).collect();
    assert!(failures.is_empty(), "(- Terraform, + rforge)\n{}", failures.join("\n"));
}

/// Executes the tests of one folder; the difference from what is recorded, if there is one.
fn check(case: &Path) -> Option<String> {
    let recorded = case.join("terraform.json");
    if std::env::var_os("RFORGE_RECORD").is_some() {
        let oracle = Oracle::find("test_command").expect("recording needs the oracle");
        let answers = run(case, &|workspace, arguments| {
            oracle.run(workspace, &["init", "-no-color", "-input=false", "-backend=false"]);
            oracle.run(workspace, arguments)
        });
        fs::write(&recorded, serde_json::to_string_pretty(&answers).unwrap() + "\n").unwrap();
    }
    let theirs: Value = serde_json::from_str(&fs::read_to_string(&recorded).expect("a recorded answer")).unwrap();
    let ours = run(case, &|workspace, arguments| {
        // As what it is compared with.
        Outcome::of(workspace.command(rforge()).args(arguments).env("RFORGE_NAME", "terraform"))
    });
    let (theirs, ours) = (serde_json::to_string_pretty(&theirs).unwrap(), serde_json::to_string_pretty(&ours).unwrap());
    let difference = similar::TextDiff::from_lines(&theirs, &ours).unified_diff().to_string();
    (theirs != ours).then(|| format!("{}\n{difference}", case.display()))
}

type Run<'a> = dyn Fn(&Workspace, &[&str]) -> Outcome + 'a;

fn run(case: &Path, tool: &Run<'_>) -> Value {
    let answer = |command: &&[&str]| {
        // What one command leaves is not there for the next.
        let workspace = Workspace::new(None);
        workspace.copy(case, ".");
        let outcome = tool(&workspace, command);
        let mut answer = json!({ "command": command.join(" "), "code": outcome.code });
        if command.contains(&"-json") {
            answer["lines"] = lines(&outcome.stdout);
        } else {
            answer["stdout"] = text(&outcome.stdout);
            answer["stderr"] = text(&outcome.stderr);
        }
        if let Some(report) = report(&workspace) {
            answer["report"] = report;
        }
        answer
    };
    let shown = SHOWN.iter().any(|it| case.ends_with(it));
    COMMANDS.iter().chain(SHOWING.iter().filter(|_| shown)).map(answer).collect()
}

/// The report for JUnit, if one was written.
pub(crate) fn report(workspace: &Workspace) -> Option<Value> {
    let report = fs::read_to_string(workspace.path().join("report.xml")).ok()?;
    let took = Regex::new(r#" time="[^"]*" timestamp="[^"]*""#).unwrap();
    Some(stable(&took.replace_all(&report, "")).lines().map(Value::from).collect())
}

/// The text without what is another one each time. Where the state of what is left is, only rforge tells.
pub(crate) fn text(printed: &str) -> Value {
    stable(printed).lines().filter(|it| !it.contains(".terraform/tests")).collect()
}

fn stable(text: &str) -> String {
    let id = Regex::new("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").unwrap();
    let made_up = Regex::new(r#"(= )"[a-z0-9]{8}""#).unwrap();
    let text = id.replace_all(text, "UUID");
    let text = made_up.replace_all(&text, "$1\"MADE UP\"");
    text.into_owned()
}

/// The lines of a stream; what is found wrong in one run is in no order.
fn lines(stream: &str) -> Value {
    let mut out: Vec<Value> = Vec::new();
    let mut diagnostics: Vec<Value> = Vec::new();
    for line in stable(stream).lines() {
        let mut line: Value = serde_json::from_str(line).unwrap_or_else(|_| line.into());
        if line["type"] == "version" {
            continue;
        }
        if let Some(line) = line.as_object_mut() {
            line.remove("@timestamp");
            for (key, unneeded) in
                [("test_run", "elapsed"), ("test_cleanup", "state"), ("test_plan", "provider_schemas")]
                    .into_iter()
                    .chain([("test_state", "provider_schemas")])
            {
                line.get_mut(key).and_then(Value::as_object_mut).map(|it| it.remove(unneeded));
            }
        }
        // Terraform has no order for these.
        if let Some(relevant) = line.pointer_mut("/test_plan/relevant_attributes").and_then(Value::as_array_mut) {
            relevant.sort_by_key(Value::to_string);
        }
        let line = sorted(&line, line["type"] == "test_plan" || line["type"] == "test_state");
        if line["type"] == "diagnostic" {
            diagnostics.push(line);
            continue;
        }
        diagnostics.sort_by_key(Value::to_string);
        out.append(&mut diagnostics);
        // That something still goes on is told as often as it takes.
        if line["type"] != "test_run" || out.last() != Some(&line) {
            out.push(line);
        }
    }
    diagnostics.sort_by_key(Value::to_string);
    out.append(&mut diagnostics);
    out.into()
}

/// With the keys of objects in order, and what mocks make up as such.
fn sorted(json: &Value, mocked: bool) -> Value {
    let is_made_up =
        |text: &str| text.len() == 8 && text.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
    match json {
        Value::Object(entries) => {
            let ordered: BTreeMap<_, _> = entries.iter().map(|(key, it)| (key.clone(), sorted(it, mocked))).collect();
            ordered.into_iter().collect()
        }
        Value::Array(elements) => elements.iter().map(|it| sorted(it, mocked)).collect(),
        Value::String(text) if mocked && is_made_up(text) => "MADE UP".into(),
        other => other.clone(),
    }
}
