//! `test`: the runs of test files, one after the other.

mod expected;
mod file;
mod left;
mod mocks;
mod providers;
mod report;
mod run;
mod subject;
mod variables;

use super::{
    FAILURE, SUCCESS,
    args::{Given, Test as Options},
    interrupt::Interrupts,
    session::{Failed, open, test::Stops},
    terminal::{self, Terminal},
};
use crate::{
    diagnostic::{Diagnostic, has_errors},
    lang::load::{Files, load_tests},
    ui::test::{FileReport, GIVEN_UP, INTERRUPTED, Status, junit::junit, stream},
};
use file::execute;
use report::Reporter;
use std::sync::Arc;
use subject::{Suite, prepare};

pub(super) fn run(options: &Options, given: &[Given], terminal: &Terminal) -> u8 {
    let reporter = Reporter { terminal, json: options.json };
    if options.json {
        terminal.json(&crate::ui::stream::version());
    }
    if let Some(source) = &options.cloud_run {
        let detail =
            format!("-cloud-run={source} asks HCP Terraform to execute the tests, which is not possible here.");
        let error = Diagnostic::error("Remote tests are not supported", detail);
        return Failed::new([error.hint("Without -cloud-run they are executed on this machine.")])
            .show(terminal, options.json);
    }
    let (suite, reports) = match tested(options, given, &reporter) {
        Ok(done) => done,
        Err(failed) => return failed.show(terminal, options.json),
    };
    let status = reports.iter().map(|it| it.status).fold(Status::Pass, Status::max);
    // Where nothing was executed nothing has passed.
    let status =
        if reports.iter().any(|it| it.status > Status::Skip) || reports.is_empty() { status } else { Status::Skip };
    reporter.conclusion(status, &reports);
    let interrupted = suite.stops.first.is_set();
    let written = options.junit_xml.as_ref().map(|path| std::fs::write(path, junit(&reports)).map_err(|it| (path, it)));
    if let Some(Err((path, error))) = written {
        let detail = format!("The report cannot be written to {}: {error}.", path.display());
        return Failed::new([Diagnostic::error("Failed to write the JUnit report", detail)])
            .show(terminal, options.json);
    }
    if status <= Status::Pass && !interrupted { SUCCESS } else { FAILURE }
}

/// Executes the files that are asked for.
fn tested(options: &Options, given: &[Given], reporter: &Reporter<'_>) -> Result<(Suite, Vec<FileReport>), Failed> {
    let files = Arc::new(Files::disk());
    // What refers to nothing is told by the runs that it keeps from being executed.
    let (mut configuration, mut warnings) = open::declarations(&files)?;
    let mut tests =
        load_tests(&files, &open::root(), &options.test_directory, &mut configuration.sources, &mut warnings);
    if has_errors(&warnings) {
        warnings.sort_by_key(|it| it.subject);
        return Err(Failed { diagnostics: warnings, sources: configuration.sources });
    }
    let wanted = |name: String| options.filter.is_empty() || options.filter.contains(&name);
    tests.retain(|it| wanted(it.name()));
    let suite = prepare(files, configuration, &tests, given, options)?;
    left::check(&tests)?;
    if options.json {
        let runs = tests.iter().map(|it| (it.name(), it.runs.iter().map(|run| &*run.name).collect()));
        reporter.terminal.json(&stream::found(runs));
    }
    listen(&suite.stops, options.json);
    let reports = tests.iter().map(|test| execute(&suite, test, reporter)).collect();
    Ok((suite, reports))
}

/// Hears interrupts for as long as the process lives.
fn listen(stops: &Stops, json: bool) {
    let (mut interrupts, stops) = (Interrupts::listen(), stops.clone());
    let tell = move |text: &str| {
        if json {
            terminal::print_json(&crate::ui::stream::log(text));
        } else {
            terminal::error(text);
        }
    };
    let listener = std::thread::Builder::new().name("interrupts".into());
    // Where the system has no thread left, signals do what they do to any process.
    drop(listener.spawn(move || {
        while interrupts.0.blocking_recv().is_some() {
            if stops.first.is_set() {
                tell(GIVEN_UP);
                stops.second.set();
            } else {
                tell(INTERRUPTED);
                stops.first.set();
            }
        }
    }));
}
