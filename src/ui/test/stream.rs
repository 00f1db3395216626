//! The lines of `test -json`.

use super::{Counts, FileReport, Status, counts};
use crate::{
    diagnostic::{Diagnostic, Sources},
    product::PRODUCT,
    ui::stream::{self, line},
};
use serde_json::{Map, Value as Json, json};
use std::time::Duration;

/// Whose line it is.
fn of(mut line: Json, file: &str, run: Option<&str>) -> Json {
    line["@testfile"] = file.into();
    if let Some(run) = run {
        line["@testrun"] = run.into();
    }
    line
}

/// What there is to do: the files with the names of their runs.
pub fn found<'a>(files: impl Iterator<Item = (String, Vec<&'a str>)>) -> Json {
    let files: Vec<_> = files.collect();
    let runs: usize = files.iter().map(|it| it.1.len()).sum();
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let message = format!("Found {} and {}", count(files.len(), "file"), count(runs, "run block"));
    let all: Map<String, Json> = files.into_iter().map(|(name, runs)| (name, runs.into())).collect();
    line("info", &message, "test_abstract", json!({ "test_abstract": all }))
}

fn file(name: &str, message: &str, more: Json) -> Json {
    let mut about = json!({ "path": name });
    if let (Json::Object(about), Json::Object(more)) = (&mut about, more) {
        about.extend(more);
    }
    of(line("info", &format!("{name}... {message}"), "test_file", json!({ "test_file": about })), name, None)
}

pub fn file_starts(name: &str) -> Json {
    file(name, "in progress", json!({ "progress": "starting" }))
}

pub fn file_tears_down(name: &str) -> Json {
    file(name, "tearing down", json!({ "progress": "teardown" }))
}

pub fn file_ends(name: &str, status: Status) -> Json {
    file(name, status.word(), json!({ "progress": "complete", "status": status.name() }))
}

fn run(file: &str, name: &str, message: &str, more: Json) -> Json {
    let mut about = json!({ "path": file, "run": name });
    if let (Json::Object(about), Json::Object(more)) = (&mut about, more) {
        about.extend(more);
    }
    let line = line("info", &format!("  {name:?}... {message}"), "test_run", json!({ "test_run": about }));
    of(line, file, Some(name))
}

pub fn run_starts(file: &str, name: &str) -> Json {
    run(file, name, "in progress", json!({ "progress": "starting", "elapsed": 0 }))
}

/// A run that has gone on for a while.
pub fn run_goes_on(file: &str, name: &str, elapsed: Duration) -> Json {
    run(file, name, "in progress", json!({ "progress": "running", "elapsed": milliseconds(elapsed) }))
}

pub fn run_tears_down(file: &str, name: &str, elapsed: Duration) -> Json {
    run(file, name, "tearing down", json!({ "progress": "teardown", "elapsed": milliseconds(elapsed) }))
}

fn milliseconds(elapsed: Duration) -> u64 {
    elapsed.as_millis().try_into().unwrap_or(u64::MAX)
}

pub fn run_ends(file: &str, name: &str, status: Status) -> Json {
    run(file, name, status.word(), json!({ "progress": "complete", "status": status.name() }))
}

/// The plan or state of a run in Terraform's JSON: `what` is `plan` or `state`.
pub fn shown(file: &str, name: &str, what: &str, json: Json) -> Json {
    let message = format!("-verbose flag enabled, printing {what}");
    let kind = format!("test_{what}");
    let more = Json::Object([(kind.clone(), json)].into_iter().collect());
    of(line("info", &message, &kind, more), file, Some(name))
}

pub fn diagnostic(it: &Diagnostic, sources: &Sources, file: &str, run: Option<&str>) -> Json {
    of(stream::diagnostic(it, sources), file, run)
}

/// What is left after a run.
pub fn left(file: &str, name: &str, objects: &[String], state: &str) -> Json {
    let message = format!(
        "{PRODUCT} left some resources in state after executing {file}/{name}, they need to be cleaned up manually."
    );
    let objects: Vec<Json> = objects.iter().map(|it| json!({ "instance": it })).collect();
    let more = json!({ "test_cleanup": { "failed_resources": objects, "state": state } });
    of(line("error", &message, "test_cleanup", more), file, Some(name))
}

/// The last line.
pub fn conclusion(status: Status, files: &[FileReport]) -> Json {
    let Counts { passed, failed, errored, skipped } = counts(files);
    let plain = crate::ui::Style { color: false, width: usize::MAX, framed: false, user_data: false };
    let message = super::conclusion(status, files, plain);
    let summary = json!({
        "status": status.name(), "passed": passed, "failed": failed, "errored": errored, "skipped": skipped,
    });
    line("info", message.trim(), "test_summary", json!({ "test_summary": summary }))
}
