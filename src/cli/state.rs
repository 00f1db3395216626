//! `state`, `taint` and `untaint`: what is recorded, and changing it without touching an object.

mod edit;
mod moving;

use super::{
    FAILURE, SUCCESS,
    args::{State as Options, StateCommand, StateList, StateShow, Taint},
    session::{Failed, bad_address, open, published},
    terminal::Terminal,
};
use crate::{
    address::{InstanceAddress, Target},
    diagnostic::Diagnostic,
    plan::{self, Targets},
    product::{COMMAND, PRODUCT},
    state::State,
    ui,
};

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    ended(
        terminal,
        match &options.command {
            StateCommand::List(options) => list(options, terminal),
            StateCommand::Show(options) => show(options, terminal),
            StateCommand::Rm { edit, dry_run, addresses } => edit::remove(edit, *dry_run, addresses),
            StateCommand::Mv(options) => moving::run(options),
            StateCommand::Pull { .. } => edit::pull(terminal),
            StateCommand::Push(options) => edit::push(options),
            StateCommand::ForgetIntent { edit, address } => edit::forget_intent(edit, address),
            StateCommand::ReplaceProvider(options) => edit::replace_provider(options, terminal),
        },
    )
}

/// Marks an instance as tainted, or as not.
pub(super) fn taint(options: &Taint, tainted: bool, terminal: &Terminal) -> u8 {
    ended(terminal, edit::taint(options, tainted, terminal))
}

/// The lock of a file ends with the process that holds it.
pub(super) fn force_unlock(terminal: &Terminal) -> u8 {
    let error = Diagnostic::error(
        "Local state cannot be unlocked by another process",
        "The lock of a local state is gone once the process that held it has ended.",
    );
    ended(terminal, Err(Failed::new([error])))
}

fn ended(terminal: &Terminal, outcome: Result<String, Failed>) -> u8 {
    match outcome {
        Ok(text) => {
            terminal.print(&text);
            SUCCESS
        }
        Err(failed) => {
            failed.show(terminal, false);
            FAILURE
        }
    }
}

/// An error where there is no state file at all.
fn require(state: &State) -> Result<(), Failed> {
    if state.exists() {
        return Ok(());
    }
    let detail = format!(
        "State management commands require a state file. Run this command in a directory where {PRODUCT} has \
                  been run or use the -state flag to point the command to a specific state location."
    );
    Err(Failed::new([Diagnostic::error("No state file was found!", detail)]))
}

fn list(options: &StateList, terminal: &Terminal) -> Result<String, Failed> {
    let state = open::read_state(options.state.as_deref(), terminal)?;
    require(&state)?;
    let mut wanted: Vec<Target> = Vec::new();
    for given in &options.addresses {
        let target: Target = given.parse().map_err(|error| Failed::new([bad_address("address", given, &error)]))?;
        let mut instances = state
            .resources
            .iter()
            .flat_map(|(address, it)| it.instances.keys().map(|key| address.instance(key.clone())));
        if !instances.any(|it| target.contains(&it)) {
            return Err(Failed::new([unknown(&target)]));
        }
        wanted.push(target);
    }
    let targets = Targets::new(wanted);
    let mut text = String::new();
    for (address, resource) in &state.resources {
        for (key, instance) in &resource.instances {
            let address = address.instance(key.clone());
            let id = instance.current.as_ref().and_then(|it| {
                let json: serde_json::Value = serde_json::from_str(it.attributes.get()).ok()?;
                Some(json.get("id")?.as_str()?.to_owned())
            });
            let has_id = options.id.is_none() || options.id == id;
            if instance.current.is_some() && has_id && targets.allows(&address) {
                text.push_str(&format!("{address}\n"));
            }
        }
    }
    Ok(text)
}

fn unknown(target: &Target) -> Diagnostic {
    let (what, which) = match target {
        Target::Module(_) => ("module", "module at"),
        Target::Resource(_) => ("resource", "resource"),
        Target::Instance(_) => ("resource instance", "resource instance"),
    };
    let detail = format!("The current state contains no {which} {target}.");
    Diagnostic::error(format!("Unknown {what}"), detail).hint(format!(
        "If you have just added it to the configuration, run {COMMAND} apply first, which makes its entry in the state."
    ))
}

fn show(options: &StateShow, terminal: &Terminal) -> Result<String, Failed> {
    let state = open::read_state(options.state.as_deref(), terminal)?;
    require(&state)?;
    let given = &options.address;
    let address: InstanceAddress =
        given.parse().map_err(|error| Failed::new([bad_address("address", given, &error)]))?;
    let providers = published::of_state(&state);
    let resource = state.resources.get(&address.resource);
    let object = state.object(&address, None);
    let (Some(resource), Some(object)) = (resource, object) else {
        let detail = "The current state contains no resource instance with this address.";
        let error = Diagnostic::error(format!("No instance found for the given address {given}"), detail)
            .hint(format!("To list the addresses in the state, run: {COMMAND} state list"));
        return Err(Failed::new([error]));
    };
    let schema = open::schema(&providers, &resource.provider, address.resource.mode, &address.resource.type_name);
    let newer = schema.as_deref().and_then(|it| plan::newer(object, it, &address, &resource.provider.source));
    if let Some(newer) = newer {
        return Err(Failed::new([newer]));
    }
    Ok(ui::plan::render_object(&address, object, None, schema.as_deref(), terminal.style))
}
