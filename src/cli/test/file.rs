//! One test file: its runs, then the end of what they have made.

use super::{Suite, left, mocks, report::Reporter, run};
use crate::{
    address::Name,
    cli::session::{
        Failed, Session,
        test::{Stops, budget},
    },
    diagnostic::{Diagnostics, has_errors},
    lang::test_file::TestFile,
    plan::{Request, Setting, change::PlanMode},
    ui::test::{FileReport, Found, RunReport, Status},
    value::Value,
};
use std::collections::BTreeMap;

/// What goes from one run of a file to the next.
#[derive(Default)]
pub(super) struct Progress {
    /// The outputs of the runs so far.
    pub outputs: BTreeMap<Name, Value>,
    /// By key: which run has applied last, and with what.
    pub applied: BTreeMap<String, Applied>,
}

/// A run that has applied something.
pub(super) struct Applied {
    /// Which of the runs of its file.
    pub at: usize,
    pub setting: Setting,
    /// Whether there are objects to be destroyed.
    pub holds: bool,
}

pub(super) fn execute(suite: &Suite, test: &TestFile, reporter: &Reporter<'_>) -> FileReport {
    let name = test.name();
    let mut report = FileReport { name: name.clone(), ..FileReport::default() };
    let mut progress = Progress::default();
    reporter.file_starts(&name);
    for (at, run) in test.runs.iter().enumerate() {
        let skipped = report.status == Status::Error || suite.stops.first.is_set();
        let (done, shown) = if skipped {
            (RunReport { name: run.name.to_string(), status: Status::Skip, ..RunReport::default() }, None)
        } else {
            reporter.while_running(&name, &run.name, || run::execute(suite, test, at, &mut progress, reporter))
        };
        reporter.run_ends(&name, &done, shown);
        report.status = report.status.max(done.status);
        report.runs.push(done);
    }
    if test.runs.is_empty() {
        report.status = Status::Pass;
    }
    reporter.file_tears_down(&name);
    if !tear_down(suite, test, progress, reporter) {
        report.status = Status::Error;
    }
    let missing = test.overrides.iter().filter_map(|it| mocks::missing(&suite.configuration, it));
    report.found = Found { diagnostics: missing.collect(), sources: suite.configuration.sources.clone() };
    reporter.file_ends(&report);
    report
}

/// Destroys what the runs have made, those that came last first. Whether nothing is left.
fn tear_down(suite: &Suite, test: &TestFile, progress: Progress, reporter: &Reporter<'_>) -> bool {
    let mut applied: Vec<(String, Applied)> = progress.applied.into_iter().collect();
    applied.sort_by_key(|it| std::cmp::Reverse(it.1.at));
    let mut clean = true;
    for (key, it) in applied {
        if it.holds {
            let (file, run) = (test.name(), &test.runs[it.at].name);
            clean &= reporter.while_tearing_down(&file, run, || destroy(suite, test, &key, it, reporter));
        }
    }
    if clean {
        left::clear(test);
    }
    clean
}

fn destroy(suite: &Suite, test: &TestFile, key: &str, applied: Applied, reporter: &Reporter<'_>) -> bool {
    let place = left::place(test, key);
    let sources = applied.setting.configuration.sources.clone();
    // The interrupt that ended the runs does not keep their objects from being destroyed; one more does.
    let stops = Stops { first: suite.stops.second.clone(), second: suite.stops.second.clone() };
    let outcome = if stops.first.is_set() {
        Err(Failed { diagnostics: Diagnostics::new(), sources: sources.clone() })
    } else {
        budget(&stops.first).and_then(|budget| {
            let setting = Setting { pace: budget.clone(), ..applied.setting };
            let mut session = Session::of_test(setting, place.clone(), budget)?;
            let request = Request { mode: PlanMode::Destroy, refresh: true, ..Request::default() };
            let plan = session.plan(request)?;
            Ok(session.carry_out(plan, stops)?.0)
        })
    };
    let (objects, found) = match outcome {
        Ok(outcome) => {
            let found = Found { diagnostics: outcome.diagnostics, sources };
            (left::objects(&outcome.state), found)
        }
        Err(failed) => {
            let objects = left::recorded(&place);
            (objects, Found { diagnostics: failed.diagnostics, sources: failed.sources })
        }
    };
    let clean = objects.is_empty() && !has_errors(&found.diagnostics);
    if !clean {
        let (file, run) = (test.name(), &test.runs[applied.at].name);
        reporter.left(&file, run, &found, &objects, &place.display().to_string());
    }
    clean
}
