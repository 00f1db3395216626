//! `apply` and `destroy`.

use super::{
    FAILURE, SUCCESS,
    args::{Apply, Given},
    plan::{request, require_configuration, stream},
    session::{self, Failed, Session},
    terminal::{Terminal, print_json},
};
use crate::{
    diagnostic::{Diagnostic, has_errors},
    engine::Outcome,
    plan::{Plan, change::PlanMode},
    product::{COMMAND, PRODUCT},
    ui::{self, progress::Progress},
};

pub(super) fn destroy(options: &Apply, given: &[Given], terminal: &Terminal) -> u8 {
    if let Some(file) = &options.plan_file {
        let hint = format!("If this plan was created using plan -destroy, apply it using: {COMMAND} apply {file:?}");
        let error = Diagnostic::error("Destroy can't be called with a plan file", "").hint(hint);
        return Failed::new([error]).show(terminal, options.json);
    }
    go(options, given, terminal, true)
}

pub(super) fn run(options: &Apply, given: &[Given], terminal: &Terminal) -> u8 {
    go(options, given, terminal, false)
}

/// `destroying`: whether the command is `destroy`.
fn go(options: &Apply, given: &[Given], terminal: &Terminal, destroying: bool) -> u8 {
    let json = options.json;
    if json {
        terminal.stream.set(true);
        terminal.json(&ui::stream::version());
        if !options.auto_approve && options.plan_file.is_none() {
            let detail = format!(
                "{PRODUCT} cannot ask for interactive approval when -json is set. You can either apply a saved \
                          plan file, or enable the -auto-approve option."
            );
            return Failed::new([Diagnostic::error("Plan file or auto-approve required", detail)]).show(terminal, json);
        }
    }
    let input = options.variables.input && !json;
    let outcome = match &options.plan_file {
        Some(file) => Session::of_saved_plan(file, input, given, &options.place, terminal)
            .map(|(session, plan)| (session, plan, true)),
        None => configured(options.planning.destroy)
            .and_then(|()| Session::open(input, given, &options.place, terminal))
            .and_then(|mut session| {
                session.watch = json.then_some(print_json);
                let planning = request(&options.planning, &session)?;
                let plan = session.plan(planning)?;
                Ok((session, plan, options.auto_approve))
            }),
    };
    let (session, plan, approved) = match outcome {
        Ok(ready) => ready,
        Err(failed) => return failed.show(terminal, options.json),
    };
    if !approved && !approve(&session, &plan, terminal) {
        let question = if plan.mode == PlanMode::Destroy { "Destroy" } else { "Apply" };
        terminal.print(&format!("{question} cancelled.\n"));
        session.close(terminal);
        return FAILURE;
    }
    if options.plan_file.is_none() && approved {
        show(&session, &plan, terminal, options.json);
    } else if json {
        ui::stream::saved(&plan).iter().for_each(print_json);
    }
    let sources = session.sources();
    let partial = plan.is_partial().then(|| incomplete(if plan.excluded.is_empty() { "-target" } else { "-exclude" }));
    let mode = plan.mode;
    let closing = |progress: &Progress, outcome: &Outcome| progress.summary(outcome, mode);
    let outcome = session.apply(plan, &options.planning, terminal, options.json, closing);
    match outcome {
        Ok(mut outcome) => {
            outcome.diagnostics.extend(partial);
            let failed = has_errors(&outcome.diagnostics);
            session::report(terminal, &outcome.diagnostics, &sources, options.json);
            if options.json && !failed && !outcome.interrupted {
                terminal.json(&ui::stream::apply_summary(&outcome, destroying));
                if !destroying {
                    terminal.json(&ui::stream::outputs(&outcome.state.outputs));
                }
            }
            if failed || outcome.interrupted { FAILURE } else { SUCCESS }
        }
        Err(failed) => failed.show(terminal, options.json),
    }
}

/// Whether there is a configuration, which only destroying needs not.
fn configured(destroy: bool) -> Result<(), Failed> {
    if destroy {
        return Ok(());
    }
    require_configuration(&format!("If you would like to destroy everything, run {COMMAND} destroy."))
}

fn show(session: &Session, plan: &Plan, terminal: &Terminal, json: bool) {
    if json {
        return stream(plan, session, terminal);
    }
    terminal.print(&ui::plan::render(plan, &|key, mode, name| session.schema(key, mode, name), terminal.style));
    terminal.diagnostics(&plan.warnings, &session.sources());
    terminal.print(&session.requests());
}

fn approve(session: &Session, plan: &Plan, terminal: &Terminal) -> bool {
    show(session, plan, terminal, false);
    if session::is_empty(plan) {
        return true;
    }
    terminal.approve(&question(plan.mode))
}

fn question(mode: PlanMode) -> String {
    match mode {
        PlanMode::Normal => format!(
            "Do you want to perform these actions?\n  {PRODUCT} will perform the actions described above.\n  Only 'yes' will be \
             accepted to approve."
        ),
        PlanMode::Destroy => format!(
            "Do you really want to destroy all resources?\n  {PRODUCT} will destroy all your managed infrastructure, as shown \
             above.\n  There is no undo. Only 'yes' will be accepted to confirm."
        ),
        PlanMode::RefreshOnly => format!(
            "Would you like to update the {PRODUCT} state to reflect these detected changes?\n  {PRODUCT} will write these \
             changes to the state without modifying any real infrastructure.\n  There is no undo. Only 'yes' will be accepted to \
             confirm."
        ),
    }
}

/// What Terraform warns of after an apply with targets.
fn incomplete(option: &str) -> Diagnostic {
    let detail = format!(
        "The plan was created with the {option} option in effect, so some changes requested in the configuration may have \
         been ignored and the output values may not be fully updated. Run the following command to verify that no other \
         changes are pending:\n    {COMMAND} plan\n\nNote that the {option} option is not suitable for routine use, and is \
         provided only for exceptional situations such as recovering from errors or mistakes, or when {PRODUCT} specifically \
         suggests to use it as part of an error message."
    );
    Diagnostic::warning("Applied changes may be incomplete", detail)
}
