//! `show -json` of plans and states says what Terraform's says, section by section and value by value, for every script of
//! tests/scenarios/documents, blocks and marks (`blocks` has the form of scripts), and so do the lines of `plan -json`, `apply -json`
//! and their kind for those of documents. What Terraform said is in
//! tests/scenarios/documents/recorded: of each step its sections, one a line, `=` where it is that of the step before.
//!
//! Where rforge says something else on purpose, the difference stands in recorded/NAME.difference as it does for `blocks`.
//!
//! `RFORGE_RECORD=1 cargo nextest run --no-default-features documents` records Terraform's answers anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use regex::Regex;
use serde_json::{Value, json};

use crate::{
    on_purpose,
    oracle::Oracle,
    script::{Part, parts},
    workspace::{Workspace, repository},
};

const FOLDERS: &[&str] = &["documents", "blocks", "marks"];

/// Script, step and section where rforge says something else on purpose.
const OTHERWISE: &[(&str, &str, &str)] = &[
    // What was generated is a part of the configuration that is planned; Terraform took its snapshot before.
    ("import_generate", "plan -generate-config-out=generated.tf", "plan.configuration"),
    // Terraform's refresh plans as if to apply, and leaves out data that would have to wait for changes to come.
    ("data", "run refresh -json", "stream"),
    ("data", "run refresh -json", "state.values"),
    ("data", "run refresh -json", "state.checks"),
    // What is destroyed is not checked, so that what only checks need is not read; Terraform reads it before it knows.
    ("data", "run destroy -auto-approve -json", "stream"),
    // Applying a plan does not repeat what planning has warned of.
    ("providers", "apply", "apply-stream"),
    // Usage is told to people.
    ("failures", "run plan -json -no-such-option", "stream"),
    // What an output guards is not looked at once it has failed.
    ("conditions", "plan -var=v=11", "plan-stream"),
];

#[test]
fn plans_and_states_are_told_as_terraform_tells_them() {
    let only = std::env::var("RFORGE_CASE").unwrap_or_default();
    let mut failures = Vec::new();
    for folder in FOLDERS {
        let folder = repository().join("tests/scenarios").join(folder);
        let mut scripts: Vec<_> = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
        scripts.retain(|it| it.extension().is_some_and(|it| it == "case") && it.to_string_lossy().contains(&only));
        scripts.sort();
        failures.extend(scripts.iter().filter_map(|script| check(script)));
    }
    assert!(failures.is_empty(), "(- Terraform, + rforge)\n{}", failures.join("\n"));
}

/// A step, and the sections of what is said of it.
type Answer = (String, BTreeMap<String, Value>);

fn check(script: &Path) -> Option<String> {
    let text = fs::read_to_string(script).unwrap();
    // The lines of streams are many, and no others in other scripts.
    let streams = script.parent().is_some_and(|it| it.ends_with("documents"));
    let name = script.file_stem().unwrap().to_str().unwrap();
    let recorded = repository().join(format!("tests/scenarios/documents/recorded/{name}.txt"));
    if std::env::var_os("RFORGE_RECORD").is_some() {
        let oracle = Oracle::find("documents").expect("recording needs the oracle");
        let answers = run(&text, streams, &|workspace, arguments| {
            if matches!(arguments[0], "plan" | "refresh") {
                oracle.run(workspace, &["init", "-no-color", "-input=false", "-backend=false"]);
            }
            oracle.run(workspace, arguments)
        });
        fs::create_dir_all(recorded.parent().unwrap()).unwrap();
        fs::write(&recorded, write(&answers)).unwrap();
    }
    let theirs = read(&fs::read_to_string(&recorded).expect("a recorded answer"));
    let ours = run(&text, streams, &|workspace, arguments| workspace.rforge(arguments));
    let mut differences = String::new();
    for ((step, theirs), (_, ours)) in theirs.iter().zip(&ours) {
        for section in theirs.keys().chain(ours.keys()).collect::<BTreeSet<_>>() {
            let null = Value::Null;
            let of = |all: &BTreeMap<String, Value>| all.get(section).unwrap_or(&null).clone();
            let (theirs, ours) = (of(theirs), of(ours));
            if theirs != ours && !OTHERWISE.contains(&(name, step, section)) {
                differences.push_str(&format!("== {step} == {section}\n"));
                on_purpose::compare(Some(&theirs), Some(&ours), "", &mut differences);
            }
        }
    }
    assert_eq!(theirs.len(), ours.len(), "{}: recorded of another script", script.display());
    on_purpose::check(&recorded.with_extension("difference"), &differences)
}

fn write(answers: &[Answer]) -> String {
    let mut out = String::new();
    let mut last: BTreeMap<&str, &Value> = BTreeMap::new();
    for (step, sections) in answers {
        out.push_str(&format!("== {step}\n"));
        for (name, value) in sections {
            let same = last.insert(name, value) == Some(value);
            let text = if same { "=".into() } else { value.to_string() };
            out.push_str(&format!("{name} {text}\n"));
        }
    }
    out
}

fn read(text: &str) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    let mut last: BTreeMap<String, Value> = BTreeMap::new();
    for line in text.lines() {
        if let Some(step) = line.strip_prefix("== ") {
            answers.push((step.into(), BTreeMap::new()));
            continue;
        }
        let (name, value) = line.split_once(' ').unwrap();
        let value = if value == "=" { last[name].clone() } else { stable(serde_json::from_str(value).unwrap()) };
        last.insert(name.into(), value.clone());
        answers.last_mut().unwrap().1.insert(name.into(), value);
    }
    answers
}

type Run<'a> = dyn Fn(&Workspace, &[&str]) -> crate::process::Outcome + 'a;

fn run(script: &str, streams: bool, tool: &Run<'_>) -> Vec<Answer> {
    let workspace = Workspace::new(None);
    let mut answers = Vec::new();
    for part in parts(script) {
        match part {
            Part::File(name, text) if text.is_empty() => fs::remove_file(workspace.path().join(name)).unwrap(),
            Part::File(name, text) => workspace.write(&name, &text),
            Part::Step(words) => {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                let mut sections = take(&workspace, &words, tool);
                sections.retain(|name, _| streams || !name.ends_with("stream"));
                answers.push((words.join(" "), sections));
            }
        }
    }
    answers
}

fn take(workspace: &Workspace, words: &[&str], tool: &Run<'_>) -> BTreeMap<String, Value> {
    let mut sections = BTreeMap::new();
    let (verb, arguments) = words.split_first().unwrap();
    match *verb {
        "plan" | "apply" => {
            let planned = tool(workspace, &[&["plan", "-json", "-input=false", "-out=plan"], arguments].concat());
            sections.insert("plan-stream".into(), stream(&planned));
            if planned.code != Some(0) {
                return sections;
            }
            let shown = tool(workspace, &["show", "-json", "plan"]).expect(0, "show -json");
            sections.extend(split("plan", &shown.stdout));
            if *verb == "apply" {
                sections.insert("apply-stream".into(), stream(&tool(workspace, &["apply", "-json", "plan"])));
            }
        }
        "run" => {
            let done = tool(workspace, arguments);
            if arguments.contains(&"-json") {
                sections.insert("stream".into(), stream(&done));
            }
        }
        _ => return sections,
    }
    if *verb != "plan" {
        let shown = tool(workspace, &["show", "-json"]).expect(0, "show -json of state");
        sections.extend(split("state", &shown.stdout));
    }
    sections
}

/// The lines of a `-json` stream. What happens at the same time is in the order of addresses, and diagnostics, which have tests of
/// their own, come last and by their first line.
fn stream(outcome: &crate::process::Outcome) -> Value {
    let lines = outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| line.into()));
    let mut lines: Vec<Value> = lines.map(stable).collect();
    for line in &mut lines {
        if line["type"] == "version" {
            *line = json!([line["type"], line["terraform"], line["ui"]]);
        } else if line["type"] == "diagnostic" {
            *line = json!([line["@level"], line["@message"]]);
        }
    }
    let (mut diagnostics, lines): (Vec<Value>, Vec<Value>) = lines.into_iter().partition(|it| it.is_array());
    diagnostics.sort_by_key(Value::to_string);
    diagnostics.dedup();
    let failed = outcome.code != Some(0);
    // How far a plan came that failed is another test's affair.
    let applied = lines.iter().any(|it| {
        it["type"].as_str().is_some_and(|it| it.starts_with("apply_") || it.starts_with("provision_"))
            && it["hook"]["action"] != "read"
    });
    if failed && !applied {
        diagnostics.retain(|it| it[0] != "warn");
        return diagnostics.into();
    }
    let mut sorted: Vec<Value> = Vec::new();
    for group in lines.chunk_by(|a, b| part_of(a).is_some() && part_of(a) == part_of(b)) {
        let mut group = group.to_vec();
        if part_of(&group[0]).is_some() {
            let address = |it: &Value| it[part_of(it).unwrap_or_default()]["resource"]["addr"].to_string();
            group.sort_by_key(address);
        }
        sorted.extend(group);
    }
    sorted.into_iter().chain(diagnostics).collect()
}

fn part_of(line: &Value) -> Option<&'static str> {
    ["hook", "change"].into_iter().find(|it| line.get(it).is_some())
}

/// The sections of a document, each by its name.
fn split(what: &str, document: &str) -> Vec<(String, Value)> {
    let document: Value = serde_json::from_str(document).unwrap();
    let Value::Object(sections) = stable(document) else { panic!("{what} is no object") };
    sections.into_iter().map(|(name, value)| (format!("{what}.{name}"), value)).collect()
}

/// Without what differs from run to run, and in order where Terraform has none.
fn stable(value: Value) -> Value {
    match value {
        Value::String(text) => stable_text(&text).into(),
        Value::Array(items) => items.into_iter().map(stable).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| {
                let mut value = stable(value);
                let order = |it: &Value| it.to_string();
                match (name.as_str(), &mut value) {
                    ("timestamp" | "@timestamp", _) => value = "<time>".into(),
                    ("elapsed_seconds", _) => value = 0.into(),
                    ("deposed" | "deposed_key", Value::String(key)) => *key = "<key>".into(),
                    ("relevant_attributes" | "problems", Value::Array(items)) => items.sort_by_key(order),
                    _ => {}
                }
                (name, value)
            });
            fields.collect()
        }
        // Terraform writes a zero with its sign.
        Value::Number(number) if number.as_f64() == Some(0.0) => 0.into(),
        other => other,
    }
}

static TIME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(after) \d+s\b").unwrap());
static UUID: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b").unwrap());

fn stable_text(text: &str) -> String {
    let text = UUID.replace_all(text, "<uuid>");
    TIME.replace_all(&text, "$1 0s").replace("Terraform", "rforge")
}
