//! `refresh`: brings state up to date with what is there, without asking.

use super::{
    FAILURE, SUCCESS,
    apply::add_warnings,
    args::{Given, Planning, Refresh as Options},
    plan::request,
    session::{self, Session, open::operation::REFRESH},
    terminal::{Terminal, print_json},
};
use crate::{
    diagnostic::{Diagnostic, has_errors},
    ui::{self, progress::Progress},
};

pub(super) fn run(options: &Options, given: &[Given], terminal: &Terminal) -> u8 {
    let planning = Planning {
        destroy: false,
        refresh_only: true,
        refresh: true,
        replace: Vec::new(),
        part: options.part.clone(),
        parallelism: engine_parallelism(),
    };
    if options.json {
        terminal.stream.set(true);
        terminal.json(&ui::stream::version());
    }
    let planned = Session::open(REFRESH, options.variables.input && !options.json, given, &options.place, terminal)
        .and_then(|mut session: Session| {
            if session.open.state.resources.is_empty() {
                let detail =
                    "There are currently no remote objects tracked in the state, so there is nothing to refresh.";
                let warning = Diagnostic::warning("Empty or non-existent state", detail);
                session::report(terminal, &[warning], &session.sources(), options.json);
            }
            let request = request(&planning, &session)?;
            session.watch = options.json.then_some(print_json);
            let plan = session.plan(request)?;
            let sources = session.sources();
            let closing = |progress: &Progress, outcome: &_| match options.json {
                true => String::new(),
                false => progress.outputs(outcome),
            };
            let warnings = plan.warnings.clone();
            let (mut outcome, closing) = session.apply(plan, &planning, terminal, options.json, closing)?;
            add_warnings(&mut outcome.diagnostics, warnings);
            Ok((outcome, closing, sources))
        });
    match planned {
        Ok((outcome, closing, sources)) => {
            session::report(terminal, &outcome.diagnostics, &sources, options.json);
            terminal.print(&closing);
            if has_errors(&outcome.diagnostics) {
                return FAILURE;
            }
            if options.json {
                terminal.json(&ui::stream::outputs(&outcome.state.outputs));
            }
            SUCCESS
        }
        Err(failed) => failed.show(terminal, options.json),
    }
}

fn engine_parallelism() -> usize {
    crate::engine::Options::default().parallelism
}
