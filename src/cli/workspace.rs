//! `workspace`: several states of one configuration.

use super::{
    SUCCESS,
    args::{Locking, Workspace as Options, WorkspaceCommand},
    session::{Failed, open},
    terminal::Terminal,
};
use crate::{
    diagnostic::Diagnostic,
    product::{COMMAND, PRODUCT},
    state::{
        Location, State,
        location::{self, DEFAULT, Paths},
        workspaces::Workspaces,
    },
    value::Value,
};
use std::path::Path;

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    let result = match &options.command {
        WorkspaceCommand::List => list(),
        WorkspaceCommand::Show { .. } => current().map(|it| format!("{it}\n")),
        WorkspaceCommand::New { state, locking, name } => new(name, state.as_deref(), locking),
        WorkspaceCommand::Select { or_create, name } => select(name, *or_create),
        WorkspaceCommand::Delete { force, locking, name } => delete(name, *force, locking),
    };
    match result {
        Ok(text) => {
            terminal.print(&text);
            SUCCESS
        }
        Err(failed) => failed.show(terminal, false),
    }
}

/// The workspaces that there are, for completion; what is wrong does not matter there.
pub(super) fn names() -> Option<Vec<String>> {
    Place::find().ok()?.workspaces().ok()?.names().ok()
}

fn list() -> Result<String, Failed> {
    let current = current()?;
    let names = Place::find()?.workspaces()?.names().map_err(refused)?;
    let lines = names.iter().map(|name| format!("{} {name}\n", if *name == current { '*' } else { ' ' }));
    let mut text = lines.collect::<String>() + "\n";
    if location::override_of_workspace().is_some() {
        text += "\n\nThe active workspace is being overridden using the TF_WORKSPACE environment\nvariable.\n\n";
    }
    Ok(text)
}

fn new(name: &str, state: Option<&Path>, locking: &Locking) -> Result<String, Failed> {
    check_name(name)?;
    if location::override_of_workspace().is_some() {
        let detail = "The workspace is currently overridden using the TF_WORKSPACE environment variable. You cannot \
                      create a new workspace when using this setting.\n\nTo create a new workspace, either unset this \
                      environment variable or update it to match the workspace name you are trying to create, and \
                      then run this command again.";
        return Err(refused(Diagnostic::error("Workspace is overridden", detail)));
    }
    let place = Place::find()?;
    let workspaces = place.workspaces()?;
    if workspaces.exists(name) {
        return Err(refused(Diagnostic::error(format!("Workspace \"{name}\" already exists"), "")));
    }
    let copied = match state {
        None => None,
        Some(path) => Some(open::state_file(path).unwrap_or_else(|| Err(no_state(path)))?),
    };
    workspaces.create(name).map_err(refused)?;
    if let Some(copied) = copied {
        let mut opened = open::lock(place.location(name)?, locking, "workspace-new")?;
        opened.state = State { serial: opened.state.serial, ..copied };
        opened.close().map_err(refused)?;
    }
    workspaces.select(name).map_err(refused)?;
    Ok(created(name))
}

fn select(name: &str, or_create: bool) -> Result<String, Failed> {
    check_name(name)?;
    if location::override_of_workspace().is_some() {
        let detail = "The selected workspace is currently overridden using the TF_WORKSPACE environment variable.\n\n\
                      To select a new workspace, either update this environment variable or unset it and then run this \
                      command again.";
        return Err(refused(Diagnostic::error("Workspace is overridden", detail)));
    }
    let workspaces = Place::find()?.workspaces()?;
    if current().is_ok_and(|current| current == name) {
        return Ok(String::new());
    }
    let exists = workspaces.exists(name);
    if !exists {
        if !or_create {
            return Err(refused(missing(name)));
        }
        workspaces.create(name).map_err(refused)?;
    }
    workspaces.select(name).map_err(refused)?;
    Ok(if exists { format!("Switched to workspace \"{name}\".\n") } else { created(name) })
}

fn delete(name: &str, force: bool, locking: &Locking) -> Result<String, Failed> {
    check_name(name)?;
    let place = Place::find()?;
    let workspaces = place.workspaces()?;
    if !workspaces.exists(name) {
        return Err(refused(missing(name)));
    }
    if current()? == name {
        let detail = "You cannot delete the currently active workspace. Please switch to another workspace and try \
                      again.";
        return Err(refused(Diagnostic::error(format!("Workspace \"{name}\" is your active workspace"), detail)));
    }
    if name == DEFAULT {
        return Err(refused(Diagnostic::error("cannot delete default state", "")));
    }
    let opened = open::lock(place.location(name)?, locking, "workspace-delete")?;
    // What an interrupted run may have made is tracked as well.
    let is_empty = opened.state.resources.is_empty() && opened.unresolved.is_empty();
    if !is_empty && !force {
        let error = not_empty(name, &opened.state);
        opened.close().map_err(refused)?;
        return Err(refused(error));
    }
    opened.close().map_err(refused)?;
    workspaces.remove(name).map_err(refused)?;
    let warning = format!(
        "WARNING: \"{name}\" was non-empty.\nThe resources managed by the deleted workspace may still exist,\nbut are no \
         longer manageable by {PRODUCT} since the state has\nbeen deleted.\n\n"
    );
    Ok(format!("Deleted workspace \"{name}\"!\n{}", if is_empty { "" } else { &warning }))
}

/// What the configuration says of where state is.
struct Place {
    backend: Option<(String, Value)>,
}

impl Place {
    fn find() -> Result<Self, Failed> {
        Ok(Self { backend: open::backend()? })
    }

    fn backend(&self) -> Option<location::Backend<'_>> {
        self.backend.as_ref().map(|(kind, arguments)| location::Backend { kind, arguments })
    }

    fn workspaces(&self) -> Result<Workspaces, Failed> {
        Workspaces::of(&open::root(), self.backend()).map_err(refused)
    }

    fn location(&self, workspace: &str) -> Result<Location, Failed> {
        Location::find(&open::root(), workspace, self.backend(), &Paths::default()).map_err(refused)
    }
}

fn current() -> Result<String, Failed> {
    location::workspace(&open::root()).map_err(refused)
}

fn refused(error: Diagnostic) -> Failed {
    Failed::new([error])
}

fn check_name(name: &str) -> Result<(), Failed> {
    if location::is_workspace(name) {
        return Ok(());
    }
    let summary = format!("The workspace name \"{name}\" is not allowed");
    let detail = "The name must contain only URL safe characters, and no path separators.";
    Err(refused(Diagnostic::error(summary, detail)))
}

fn no_state(path: &Path) -> Failed {
    let detail = format!("{} is not a state file that can be read.", path.display());
    refused(Diagnostic::error("Failed to read state", detail))
}

fn created(name: &str) -> String {
    format!(
        "Created and switched to workspace \"{name}\"!\n\nYou're now on a new, empty workspace. Workspaces isolate their \
         state,\nso if you run \"{COMMAND} plan\" {PRODUCT} will not see any existing state\nfor this configuration.\n"
    )
}

fn missing(name: &str) -> Diagnostic {
    let detail = "You can create this workspace with the \"new\" subcommand or include the \"-or-create\" flag with the \
                  \"select\" subcommand.";
    Diagnostic::error(format!("Workspace \"{name}\" doesn't exist"), detail)
}

fn not_empty(name: &str, state: &State) -> Diagnostic {
    let instances = state.resources.iter().flat_map(|(address, resource)| {
        resource.instances.keys().map(|key| format!("\n  - {}", address.instance(key.clone())))
    });
    let detail = format!(
        "Workspace \"{name}\" is currently tracking the following resource instances:{}\n\nDeleting this workspace would \
         cause {PRODUCT} to lose track of any associated remote objects, which would then require you to delete them \
         manually outside of {PRODUCT}. You should destroy these objects with {PRODUCT} before deleting the workspace.",
        instances.collect::<String>()
    );
    Diagnostic::error("Workspace is not empty", detail).hint(
        format!("If you want to delete this workspace anyway, and have {PRODUCT} forget about these managed objects, use the -force \
         option to disable this safety check."),
    )
}
