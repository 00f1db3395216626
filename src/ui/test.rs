//! How tests go: lines as Terraform prints them, its stream of JSON, and JUnit's XML.

pub mod junit;
pub mod stream;

use super::Style;
use crate::{
    diagnostic::{Diagnostics, Severity, Sources},
    product::{COMMAND, PRODUCT},
};
use std::time::Duration;

/// How a run, a file or all of them fared: the worst of its parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    #[default]
    Pending,
    Skip,
    Pass,
    /// An assertion does not hold.
    Fail,
    /// It could not be executed, or something else than an assertion is wrong.
    Error,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Skip => "skip",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Error => "error",
        }
    }

    /// To people an error is a failure as well.
    fn word(self) -> &'static str {
        if self == Self::Error { "fail" } else { self.name() }
    }

    fn painted(self, style: Style) -> String {
        match self {
            Self::Fail | Self::Error => style.red(self.word()),
            Self::Pass => style.green(self.word()),
            Self::Skip | Self::Pending => style.gray(self.word()),
        }
    }
}

/// What is found wrong with a run or a file, and where its places are.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub diagnostics: Diagnostics,
    pub sources: Sources,
}

impl Found {
    /// As people read them: warnings first, then what has no place, then by place.
    pub fn sorted(&self) -> Diagnostics {
        let mut sorted = self.diagnostics.clone();
        sorted.sort_by_cached_key(|it| {
            let place = it.subject.map(|at| (self.sources.get(at.file).path.clone(), at.start, at.end));
            (it.severity == Severity::Error, place)
        });
        sorted
    }
}

/// A run that was executed, or passed over.
#[derive(Clone, Debug, Default)]
pub struct RunReport {
    pub name: String,
    pub status: Status,
    pub found: Found,
    /// When it began, RFC 3339, and how long it took; none if it was passed over.
    pub took: Option<(String, Duration)>,
    /// How many assertions it has.
    pub assertions: usize,
    /// `-verbose`: the plan or the state, as text.
    pub shown: Option<String>,
}

/// A test file with what became of its runs so far.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    pub name: String,
    pub status: Status,
    pub runs: Vec<RunReport>,
    pub found: Found,
}

/// How many runs have passed, failed, could not be executed and were passed over.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
    pub errored: usize,
    pub skipped: usize,
}

pub fn counts(files: &[FileReport]) -> Counts {
    let mut counts = Counts::default();
    for run in files.iter().flat_map(|it| &it.runs) {
        match run.status {
            Status::Pending | Status::Skip => counts.skipped += 1,
            Status::Pass => counts.passed += 1,
            Status::Fail => counts.failed += 1,
            Status::Error => counts.errored += 1,
        }
    }
    counts
}

pub fn file_starts(file: &str, style: Style) -> String {
    format!("{file}... {}\n", style.gray("in progress"))
}

pub fn file_tears_down(file: &str, style: Style) -> String {
    format!("{file}... {}\n", style.gray("tearing down"))
}

pub fn file_ends(file: &str, status: Status, style: Style) -> String {
    format!("{file}... {}\n", status.painted(style))
}

/// The line of a run, and with `-verbose` what it planned or made.
pub fn run_ends(run: &RunReport, style: Style) -> String {
    let shown = run.shown.as_ref().map_or_else(String::new, |it| format!("\n{}\n", it.trim_start_matches('\n')));
    format!("  run {:?}... {}\n{shown}", run.name, run.status.painted(style))
}

/// The last line.
pub fn conclusion(status: Status, files: &[FileReport], style: Style) -> String {
    let Counts { passed, failed, errored, skipped } = counts(files);
    let skipped = if skipped > 0 { format!(", {skipped} skipped") } else { String::new() };
    if status <= Status::Skip {
        return format!("\nExecuted 0 tests{skipped}.\n");
    }
    let word = if status == Status::Pass { style.green("Success!") } else { style.red("Failure!") };
    format!("\n{word} {passed} passed, {} failed{skipped}.\n", failed + errored)
}

/// `file/run`, whose objects could not be destroyed.
pub fn not_destroyed(which: &str, style: Style) -> String {
    let text = format!("{PRODUCT} encountered an error destroying resources created while executing {which}.");
    style.wrap(&text).join("\n") + "\n"
}

/// What is left, and where the state of it is.
pub fn left(which: &str, objects: &[String], state: &str, style: Style) -> String {
    let text = format!(
        "{PRODUCT} left the following resources in state after executing {which}, and they need to be cleaned up manually:"
    );
    let objects: String = objects.iter().map(|it| format!("  - {it}\n")).collect();
    let place = format!("Their state is in {state}: \"{COMMAND} destroy -state={state}\" destroys them.");
    format!("\n{}\n{objects}{place}\n", style.wrap(&text).join("\n"))
}

/// What the first interrupt is answered with.
pub const INTERRUPTED: &str = "\nInterrupt received.\nThe run under way is ended, then what the tests have made is destroyed. \
    To leave it, interrupt again.\n";
/// And the second one.
pub const GIVEN_UP: &str = "\nTwo interrupts received. What the tests have made is left as it is.\n";
