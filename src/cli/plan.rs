//! `plan`.

mod targets;

use super::{
    CHANGES, SUCCESS,
    args::{Given, Plan as Options, Planning},
    session::{
        self, Failed, Session,
        held::Held,
        open::{self, operation::PLAN},
    },
    terminal::{Terminal, print_json},
};
use crate::{
    address::InstanceAddress,
    diagnostic::{Diagnostic, Diagnostics, Sources},
    plan::{Plan, Request, change::PlanMode},
    product::{COMMAND, PRODUCT},
    state::{OpenState, Recorded},
    ui::{self, Style},
};
use std::path::Path;

pub(super) fn run(options: &Options, given: &[Given], terminal: &Terminal) -> u8 {
    match go(options, given, terminal) {
        Ok(changes) if changes && options.detailed_exitcode => CHANGES,
        Ok(_) => SUCCESS,
        Err(failed) => failed.show(terminal, options.json),
    }
}

fn go(options: &Options, given: &[Given], terminal: &Terminal) -> Result<bool, Failed> {
    if options.json {
        terminal.stream.set(true);
        terminal.json(&ui::stream::version());
    }
    terminal.diagnostics(&session::published::overridden(), &Sources::default());
    if !options.planning.destroy {
        require_configuration(
            "Plan requires configuration to be present. Planning without a configuration would mark everything for destruction, \
             which is normally not what is desired. If you would like to destroy everything, run plan with the -destroy option. \
             Otherwise, create a Terraform configuration file (.tf file) and try again.",
        )?;
    }
    // Without the lock the state is somebody else's to change.
    let input = options.variables.input && !options.json;
    match options.place.locking.lock {
        true => planned(options, Session::<OpenState>::open(PLAN, input, given, &options.place, terminal)?, terminal),
        false => planned(options, Session::<Recorded>::open(PLAN, input, given, &options.place, terminal)?, terminal),
    }
}

fn planned<S: Held>(options: &Options, mut session: Session<S>, terminal: &Terminal) -> Result<bool, Failed> {
    let mut request = request(&options.planning, &session)?;
    if let Some(path) = &options.generate_config_out {
        request.generated = session.generate(path)?;
    }
    let generated = !request.generated.is_empty();
    session.watch = options.json.then_some(print_json);
    let plan = session.plan(request);
    let plan = plan.inspect_err(|_| session.show_so_far(terminal, options.json))?;
    if options.json {
        stream(&plan, terminal);
        session::report(terminal, &plan.warnings, &session.sources(), true);
    } else {
        let schema = |key: &_, mode, name: &str| session.schema(key, mode, name);
        terminal.print(&ui::plan::render(&plan, &schema, terminal.style));
        terminal.diagnostics(&plan.warnings, &session.sources());
        terminal.print(&session.requests());
        terminal.print(&session.served(&plan));
    }
    if let Some(path) = options.generate_config_out.as_ref().filter(|_| generated && !options.json) {
        terminal.print(&format!(
            "\n{PRODUCT} has generated configuration and written it to {}. Please review the\nconfiguration and edit it as \
             necessary before adding it to version control.\n",
            path.display()
        ));
    }
    let changes = !session::is_empty(&plan);
    if let Some(path) = &options.out {
        session.save_plan(plan, path)?;
    }
    if !options.json && !terminal.in_automation && (changes || options.out.is_some()) {
        terminal.print(&next_step(options.out.as_deref(), terminal.style));
    }
    session.close(terminal);
    Ok(changes)
}

/// An error where there is no configuration, since a plan would destroy everything.
pub(super) fn require_configuration(detail: &str) -> Result<(), Failed> {
    if !open::is_empty() {
        return Ok(());
    }
    Err(Failed::new([Diagnostic::error("No configuration files", detail)]))
}

/// What to do with the plan. As Terraform, which says it to people and not to automation.
fn next_step(saved: Option<&Path>, style: Style) -> String {
    let rule = style.rule();
    match saved {
        None => {
            let note = format!(
                "Note: You didn't use the -out option to save this plan, so {PRODUCT} can't guarantee to take exactly these \
                 actions if you run \"{COMMAND} apply\" now."
            );
            format!("\n{rule}\n\n{}", style.paragraph(&note))
        }
        Some(path) => {
            let path = path.display();
            let note = format!(
                "Saved the plan to: {path}\n\nTo perform exactly these actions, run the following command to apply:\n    \
                 {COMMAND} apply \"{path}\""
            );
            format!("\n{rule}\n\n{}", style.paragraph(&note))
        }
    }
}

/// The plan as lines for machines.
pub(super) fn stream(plan: &Plan, terminal: &Terminal) {
    for line in ui::stream::plan(plan) {
        terminal.json(&line);
    }
}

/// What the flags ask for.
pub(super) fn request<S: Held>(options: &Planning, session: &Session<S>) -> Result<Request, Failed> {
    let targets = targets::read(&options.part).map_err(|mut failed| {
        if failed.sources.files().is_empty() {
            failed.sources = session.sources();
        }
        failed
    })?;
    let mut diagnostics = Diagnostics::new();
    let mut replace: Vec<InstanceAddress> = Vec::new();
    for given in &options.replace {
        match given.parse() {
            Ok(address) => replace.push(address),
            Err(error) => diagnostics.push(session::bad_address("force-replace address", given, &error)),
        }
    }
    if !diagnostics.is_empty() {
        return Err(Failed { diagnostics, sources: session.sources() });
    }
    let mode = mode(options)?;
    Ok(Request { mode, targets, replace, generated: Default::default(), refresh: options.refresh })
}

/// The kind of plan, if the other options suit it.
fn mode(options: &Planning) -> Result<PlanMode, Failed> {
    let mode = match (options.destroy, options.refresh_only) {
        (true, _) => PlanMode::Destroy,
        (_, true) => PlanMode::RefreshOnly,
        _ => PlanMode::Normal,
    };
    let mut diagnostics = Diagnostics::new();
    if mode == PlanMode::RefreshOnly && !options.refresh {
        let detail = "It doesn't make sense to use -refresh-only at the same time as -refresh=false: there would be \
                      nothing to do.";
        diagnostics.push(Diagnostic::error("Incompatible refresh options", detail));
    }
    if mode != PlanMode::Normal && !options.replace.is_empty() {
        let detail =
            "Forcing resource instance replacement (with -replace=...) is allowed only in normal planning mode.";
        diagnostics.push(Diagnostic::error("Unsupported plan mode", detail));
    }
    if diagnostics.is_empty() { Ok(mode) } else { Err(Failed::new(diagnostics)) }
}
