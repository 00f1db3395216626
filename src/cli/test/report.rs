//! Tells how tests go, to people or to programs.

use crate::{
    cli::terminal::{self, Terminal},
    diagnostic::Severity,
    ui::test::{self, FileReport, Found, RunReport, Status, stream},
};
use serde_json::Value as Json;
use std::{
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

/// How often programs are told that something still goes on, as Terraform tells them.
const BEAT: Duration = Duration::from_secs(2);

pub(super) struct Reporter<'t> {
    pub terminal: &'t Terminal,
    pub json: bool,
}

impl Reporter<'_> {
    fn tell(&self, text: impl FnOnce() -> String, json: impl FnOnce() -> Json) {
        if self.json { self.terminal.json(&json()) } else { self.terminal.print(&text()) }
    }

    pub(super) fn file_starts(&self, file: &str) {
        self.tell(|| test::file_starts(file, self.terminal.style), || stream::file_starts(file));
    }

    pub(super) fn file_tears_down(&self, file: &str) {
        self.tell(|| test::file_tears_down(file, self.terminal.style), || stream::file_tears_down(file));
    }

    pub(super) fn file_ends(&self, file: &FileReport) {
        let FileReport { name, status, found, .. } = file;
        self.tell(|| test::file_ends(name, *status, self.terminal.style), || stream::file_ends(name, *status));
        self.found(name, None, found);
    }

    /// Executes a run, and tells programs that it does.
    pub(super) fn while_running<T>(&self, file: &str, run: &str, execute: impl FnOnce() -> T) -> T {
        self.beating(&stream::run_starts(file, run), &|elapsed| stream::run_goes_on(file, run, elapsed), execute)
    }

    /// The same for the end of what it has made.
    pub(super) fn while_tearing_down<T>(&self, file: &str, run: &str, destroy: impl FnOnce() -> T) -> T {
        let line = |elapsed| stream::run_tears_down(file, run, elapsed);
        self.beating(&line(Duration::ZERO), &line, destroy)
    }

    /// Does something, with a line for programs before it, and one each time that it has gone on for a while.
    fn beating<T>(&self, first: &Json, next: &(dyn Fn(Duration) -> Json + Sync), act: impl FnOnce() -> T) -> T {
        if !self.json {
            return act();
        }
        self.terminal.json(first);
        let began = Instant::now();
        thread::scope(|scope| {
            let (done, end) = channel::<()>();
            let beat = move || {
                while end.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                    terminal::print_json(&next(began.elapsed()));
                }
            };
            // Where the system has no thread left, nobody is told.
            drop(thread::Builder::new().name("beat".into()).spawn_scoped(scope, beat));
            let result = act();
            drop(done);
            result
        })
    }

    /// `shown`: what `-verbose` shows of it, in JSON.
    pub(super) fn run_ends(&self, file: &str, run: &RunReport, shown: Option<(&'static str, Json)>) {
        self.tell(|| test::run_ends(run, self.terminal.style), || stream::run_ends(file, &run.name, run.status));
        if let Some((what, json)) = shown.filter(|_| self.json) {
            self.terminal.json(&stream::shown(file, &run.name, what, json));
        }
        self.found(file, Some(&run.name), &run.found);
        let warns = run.found.diagnostics.iter().any(|it| it.severity == Severity::Warning);
        if warns && !self.json {
            self.terminal.print("\n");
        }
    }

    fn found(&self, file: &str, run: Option<&str>, found: &Found) {
        if !self.json {
            return self.terminal.diagnostics(&found.sorted(), &found.sources);
        }
        for it in &found.diagnostics {
            self.terminal.json(&stream::diagnostic(it, &found.sources, file, run));
        }
    }

    /// What was made for a run and could not be destroyed: the objects, and the file of their state.
    pub(super) fn left(&self, file: &str, run: &str, found: &Found, objects: &[String], state: &str) {
        if self.json {
            self.terminal.json(&stream::left(file, run, objects, state));
            return self.found(file, Some(run), found);
        }
        let which = format!("{file}/{run}");
        terminal::error(&test::not_destroyed(&which, self.terminal.style));
        self.found(file, Some(run), found);
        if !objects.is_empty() {
            terminal::error(&test::left(&which, objects, state, self.terminal.style));
        }
    }

    pub(super) fn conclusion(&self, status: Status, files: &[FileReport]) {
        self.tell(|| test::conclusion(status, files, self.terminal.style), || stream::conclusion(status, files));
    }
}
