//! `apply` and `destroy`.

use super::{
    FAILURE, SUCCESS,
    args::{Apply, Given},
    plan::{request, require_configuration, stream},
    session::{self, Failed, Session, open::operation::APPLY},
    terminal::{Terminal, print_json},
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Sources, has_errors},
    engine::Outcome,
    plan::{Plan, change::PlanMode, checks::FAILED_CHECK},
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
    let overridden = || terminal.diagnostics(&session::published::overridden(), &Sources::default());
    let outcome = match &options.plan_file {
        Some(file) => Session::of_saved_plan(file, input, given, &options.place, terminal)
            .inspect(|_| overridden())
            .map(|(session, plan)| (session, plan, true)),
        None => configured(options.planning.destroy, &overridden)
            .and_then(|()| Session::open(APPLY, input, given, &options.place, terminal))
            .and_then(|mut session| {
                session.watch = json.then_some(print_json);
                let planning = request(&options.planning, &session)?;
                let plan = session.plan(planning);
                let plan = plan.inspect_err(|_| session.show_so_far(terminal, json))?;
                Ok((session, plan, options.auto_approve))
            }),
    };
    let (session, plan, approved) = match outcome {
        Ok(ready) => ready,
        Err(failed) => return failed.show(terminal, options.json),
    };
    let mut warnings = session.notices.clone().around(Diagnostics::new());
    if options.plan_file.is_none() {
        show(&session, &plan, terminal, options.json);
        // Where nobody is asked, warnings stand where they are seen last.
        warnings = plan.warnings.clone();
    } else if json {
        ui::stream::saved(&plan).iter().for_each(print_json);
    }
    if !approved {
        session::report(terminal, &std::mem::take(&mut warnings), &session.sources(), json);
        if let Err(refused) = approve(&plan, terminal) {
            session.close(terminal);
            return refused.show(terminal, json);
        }
    }
    let sources = session.sources();
    let partial = plan.is_partial().then(|| incomplete(if plan.excluded.is_empty() { "-target" } else { "-exclude" }));
    // As Terraform: of a saved plan it is told that it was applied.
    let mode = if options.plan_file.is_some() { PlanMode::Normal } else { plan.mode };
    let closing = |progress: &Progress, outcome: &Outcome| progress.summary(outcome, mode);
    match session.apply(plan, &options.planning, terminal, options.json, closing) {
        Ok((mut outcome, closing)) => {
            outcome.diagnostics.extend(partial);
            add_warnings(&mut outcome.diagnostics, warnings);
            let failed = has_errors(&outcome.diagnostics) || outcome.interrupted;
            // What was left stands before the reasons, what was done behind the warnings.
            let (before, after) = if failed { (closing, String::new()) } else { (String::new(), closing) };
            terminal.print(&before);
            session::report(terminal, &outcome.diagnostics, &sources, options.json);
            if options.json && !failed {
                terminal.json(&ui::stream::apply_summary(&outcome, destroying));
                if !destroying {
                    terminal.json(&ui::stream::outputs(&outcome.state.outputs));
                }
            }
            terminal.print(&after);
            if failed { FAILURE } else { SUCCESS }
        }
        Err(failed) => failed.show(terminal, options.json),
    }
}

/// Adds the warnings of the plan to what applying it found. Checks were made again.
pub(super) fn add_warnings(found: &mut Diagnostics, warnings: Diagnostics) {
    found.extend(warnings.into_iter().filter(|it| it.summary != FAILED_CHECK));
}

/// Whether there is a configuration, which only destroying needs not; after what is told of it in any case.
fn configured(destroy: bool, told: &dyn Fn()) -> Result<(), Failed> {
    told();
    if destroy {
        return Ok(());
    }
    require_configuration(&format!(
        "Apply requires configuration to be present. Applying without a configuration would mark everything for destruction, \
         which is normally not what is desired. If you would like to destroy everything, run '{COMMAND} destroy' instead."
    ))
}

fn show(session: &Session, plan: &Plan, terminal: &Terminal, json: bool) {
    if json {
        return stream(plan, terminal);
    }
    terminal.print(&ui::plan::render(plan, &|key, mode, name| session.schema(key, mode, name), terminal.style));
    terminal.print(&session.requests());
    terminal.print(&session.served(plan));
}

fn approve(plan: &Plan, terminal: &Terminal) -> Result<(), Failed> {
    if session::is_empty(plan) {
        return Ok(());
    }
    match terminal.approve(&question(plan.mode)) {
        Some(true) => Ok(()),
        Some(false) => {
            let question = if plan.mode == PlanMode::Destroy { "Destroy" } else { "Apply" };
            terminal.print(&format!("{question} cancelled.\n"));
            Err(Failed::new([]))
        }
        None => {
            let error = Diagnostic::error(
                "error asking for approval: EOF",
                "There is nobody to ask: standard input is closed.",
            );
            Err(Failed::new([error.hint("Use -auto-approve, or apply a plan that was saved with -out.")]))
        }
    }
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
pub(super) fn incomplete(option: &str) -> Diagnostic {
    let detail = format!(
        "The plan was created with the {option} option in effect, so some changes requested in the configuration may have \
         been ignored and the output values may not be fully updated. Run the following command to verify that no other \
         changes are pending:\n    {COMMAND} plan\n\nNote that the {option} option is not suitable for routine use, and is \
         provided only for exceptional situations such as recovering from errors or mistakes, or when {PRODUCT} specifically \
         suggests to use it as part of an error message."
    );
    Diagnostic::warning("Applied changes may be incomplete", detail)
}
