//! Changing the state without touching an object. What was there is kept in a file of its own, whose name has the time.

use super::require;
use crate::{
    address::{InstanceAddress, ProviderSource, Target},
    cli::{
        args::{Locking, Replacing, StateEdit, StatePush, Taint},
        session::{Failed, bad_address, open},
        terminal::Terminal,
    },
    diagnostic::Diagnostic,
    engine,
    plan::Targets,
    product::{COMMAND, PRODUCT},
    state::{Effect, Location, OpenState, State, file},
};
use std::{
    fs,
    io::{self, Read},
    sync::Arc,
    time::SystemTime,
};

/// The state, locked, with nothing in it that an interrupted run left open.
pub(super) fn opened(edit: &StateEdit, operation: &str) -> Result<OpenState, Failed> {
    at(open::location_of_state(edit.state.as_deref())?, edit.backup.as_deref(), &edit.locking, operation)
}

/// The state in that place, likewise. The backup cannot be done without.
pub(super) fn at(
    mut located: Location,
    backup: Option<&str>,
    locking: &Locking,
    operation: &str,
) -> Result<OpenState, Failed> {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |it| it.as_secs());
    let beside = || format!("{}.{seconds}.backup", located.output.display());
    let backup = backup.filter(|it| *it != "-").map(str::to_owned);
    located.backup = Some(backup.unwrap_or_else(beside).into());
    let opened = open::lock(located, locking, operation)?;
    if opened.unresolved.is_empty() {
        return Ok(opened);
    }
    let detail = "An earlier run was interrupted, and what it had begun is not known yet.";
    Err(Failed::new([
        Diagnostic::error("State is not settled", detail).hint(format!("Run {COMMAND} plan, which finds it out."))
    ]))
}

pub(super) fn closed(opened: OpenState) -> Result<(), Failed> {
    opened.close().map_err(|it| Failed::new([it]))
}

pub(super) fn target(given: &str) -> Result<Target, Failed> {
    given.parse().map_err(|error| Failed::new([bad_address("target address", given, &error)]))
}

/// Forgets what the addresses name.
pub(super) fn remove(edit: &StateEdit, dry_run: bool, addresses: &[String]) -> Result<String, Failed> {
    let targets = Targets::new(addresses.iter().map(|it| target(it)).collect::<Result<_, _>>()?);
    let mut opened = opened(edit, "state-rm")?;
    require(&opened.state)?;
    let all = opened.state.resources.iter();
    let all = all.flat_map(|(address, it)| it.instances.keys().map(|key| address.instance(key.clone())));
    let chosen: Vec<InstanceAddress> = all.filter(|it| targets.allows(it)).collect();
    if dry_run {
        let lines: String = chosen.iter().map(|it| format!("Would remove {it}\n")).collect();
        return Ok(if lines.is_empty() { "Would have removed nothing.\n".into() } else { lines });
    }
    if chosen.is_empty() {
        let detail = format!(
            "No matching objects found. To view the available instances, use \"{COMMAND} state list\". Please \
                      modify the address to reference a specific instance."
        );
        return Err(Failed::new([Diagnostic::error("Invalid target address", detail)]));
    }
    for address in &chosen {
        if let Some(resource) = opened.state.resources.get_mut(&address.resource) {
            resource.instances.remove(&address.key);
            if resource.instances.is_empty() {
                opened.state.resources.remove(&address.resource);
            }
        }
    }
    closed(opened)?;
    let lines: String = chosen.iter().map(|it| format!("Removed {it}\n")).collect();
    Ok(format!("{lines}Successfully removed {} resource instance(s).\n", chosen.len()))
}

/// Takes back that an object was being made when a run was cut off.
pub(super) fn forget_intent(edit: &StateEdit, given: &str) -> Result<String, Failed> {
    let address: InstanceAddress =
        given.parse().map_err(|error| Failed::new([bad_address("address", given, &error)]))?;
    let mut opened = open::lock(open::location_of_state(edit.state.as_deref())?, &edit.locking, "state-forget-intent")?;
    let is_settled = engine::settle(&mut opened, &address, &Effect::FailedCleanly).map_err(|it| Failed::new([it]))?;
    if !is_settled {
        let detail = format!("No run was cut off while it made {address}, or it is known what came of that.");
        return Err(Failed::new([Diagnostic::error("Nothing to forget", detail)]));
    }
    closed(opened)?;
    Ok(format!("{address} counts as not made. The next plan makes it.\n"))
}

/// The state as its file has it; nothing if there is none.
pub(super) fn pull(terminal: &Terminal) -> Result<String, Failed> {
    let state = open::read_state(None, terminal)?;
    if !state.exists() {
        return Ok(String::new());
    }
    let text = String::from_utf8_lossy(&file::encode(&state)).into_owned();
    Ok(if text.ends_with('\n') { text } else { text + "\n" })
}

/// Puts a state file in the place of the state.
pub(super) fn push(options: &StatePush) -> Result<String, Failed> {
    let read = match options.path.to_str() {
        Some("-") => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        }
        _ => fs::read(&options.path),
    };
    let bytes = read.map_err(|error| {
        let summary = format!("Error reading source state {:?}: {error}", options.path.display().to_string());
        Failed::new([Diagnostic::error(summary, "")])
    })?;
    if bytes.is_empty() {
        let summary = format!("Error reading source state {:?}: no state", options.path.display().to_string());
        return Err(Failed::new([Diagnostic::error(summary, "")]));
    }
    let given = file::decode(&bytes).map_err(Failed::new)?;
    given.check_serial().map_err(|it| Failed::new([it]))?;
    let located = open::location_of_state(None)?;
    let mut opened = open::lock(located, &options.locking, "state-push")?;
    if !options.force {
        fits(&given, &opened.state)?;
    }
    let current = &opened.state;
    let (exists, is_same) = (current.exists(), is_same(&given, current));
    if is_same && (given.serial, &given.lineage) == (current.serial, &current.lineage) {
        return Ok(String::new());
    }
    let serial = given.serial;
    opened.state = given;
    // Writing raises it. As in Terraform, a state that says something else than the one before gets the next serial, and
    // another the one that it has.
    opened.state.serial = if exists && !is_same { serial } else { serial.saturating_sub(1) };
    closed(opened)?;
    Ok(String::new())
}

/// Whether a state is a later one of the same line.
fn fits(given: &State, current: &State) -> Result<(), Failed> {
    // What has nothing in it has nothing to lose.
    if current.is_empty() {
        return Ok(());
    }
    if given.lineage != current.lineage {
        let (given, current) = (&given.lineage, &current.lineage);
        return Err(failed(format!(
            "cannot import state with lineage {given:?} over unrelated state with lineage {current:?}"
        )));
    }
    if given.serial < current.serial {
        let (given, current) = (given.serial, current.serial);
        return Err(failed(format!("cannot import state with serial {given} over newer state with serial {current}")));
    }
    if given.serial == current.serial && !is_same(given, current) {
        let serial = given.serial;
        return Err(failed(format!(
            "cannot overwrite existing state with serial {serial} with a different state that has the same serial"
        )));
    }
    Ok(())
}

/// Whether two states say the same, whoever wrote them and when.
fn is_same(left: &State, right: &State) -> bool {
    let plain = |it: &State| {
        file::encode(&State { serial: 0, lineage: String::new(), terraform_version: String::new(), ..it.clone() })
    };
    plain(left) == plain(right)
}

fn failed(why: String) -> Failed {
    Failed::new([Diagnostic::error(format!("Failed to write state: {why}"), "")])
}

/// Says that objects belong to another provider.
pub(super) fn replace_provider(options: &Replacing, terminal: &Terminal) -> Result<String, Failed> {
    let source = |given: &str| -> Result<ProviderSource, Failed> {
        let invalid = |error: &dyn std::fmt::Display| Diagnostic::error("Invalid provider source", error.to_string());
        given.parse().map_err(|error| Failed::new([invalid(&error)]))
    };
    let (from, to) = (source(&options.from)?, source(&options.to)?);
    let mut opened = opened(&options.edit, "state-replace-provider")?;
    require(&opened.state)?;
    let resources = opened.state.resources.iter_mut().filter(|(_, it)| it.provider.source == from);
    let mut changed: Vec<_> = resources.collect();
    if changed.is_empty() {
        return Ok("No matching resources found.\n".into());
    }
    let mut text = format!(
        "{PRODUCT} will perform the following actions:\n\n  ~ Updating provider:\n    - {from}\n    + {to}\n\n"
    );
    text += &format!("Changing {} resources:\n\n", changed.len());
    changed.iter().for_each(|(address, _)| text += &format!("  {address}\n"));
    terminal.print(&text);
    let question = "Do you want to make these changes?\nOnly 'yes' will be accepted to continue.";
    if !options.auto_approve && terminal.approve(question) != Some(true) {
        return Ok("Cancelled replacing providers.\n".into());
    }
    changed.iter_mut().for_each(|(_, it)| it.provider.source = to.clone());
    let count = changed.len();
    closed(opened)?;
    Ok(format!("\nSuccessfully replaced provider for {count} resources.\n"))
}

/// Marks an instance, so that the next plan replaces it, or takes the mark away.
pub(super) fn taint(options: &Taint, tainted: bool, terminal: &Terminal) -> Result<String, Failed> {
    let given = &options.address;
    let address: InstanceAddress =
        given.parse().map_err(|error| Failed::new([bad_address("address", given, &error)]))?;
    let mut opened = opened(&options.edit, if tainted { "taint" } else { "untaint" })?;
    let resource = opened.state.resources.get_mut(&address.resource);
    let instance = resource.and_then(|it| it.instances.get_mut(&address.key));
    let Some(object) = instance.and_then(|it| it.current.as_mut()) else {
        let missing = "No such resource instance";
        if options.allow_missing {
            let detail = format!(
                "Resource instance {address} was not found, but this is not an error because -allow-missing was set."
            );
            terminal.diagnostics(&[Diagnostic::warning(missing, detail)], &Default::default());
            return Ok(String::new());
        }
        if opened.state.resources.is_empty() {
            let detail = "The state currently contains no resource instances whatsoever. This may occur if the \
                          configuration has never been applied or if it has recently been destroyed.";
            return Err(Failed::new([Diagnostic::error(missing, detail)]));
        }
        let detail = format!(
            "There is no resource instance in the state with the address {address}. If the resource configuration has \
             just been added, you must run \"{COMMAND} apply\" once to create the corresponding instance(s) before they can \
             be tainted."
        );
        return Err(Failed::new([Diagnostic::error(missing, detail)]));
    };
    if !tainted && !object.tainted {
        let detail = format!("Resource instance {address} is not currently tainted, and so it cannot be untainted.");
        return Err(Failed::new([Diagnostic::error("Resource instance is not tainted", detail)]));
    }
    Arc::make_mut(object).tainted = tainted;
    closed(opened)?;
    let what = if tainted { "marked as tainted" } else { "successfully untainted" };
    Ok(format!("Resource instance {address} has been {what}.\n"))
}
