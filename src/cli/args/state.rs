//! The arguments of `state`, and of the commands that mark objects in it.

use super::Locking;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct State {
    #[command(subcommand)]
    pub command: StateCommand,
}

#[derive(Debug, Subcommand)]
pub enum StateCommand {
    /// List resources in the state
    ///
    /// Prints the addresses of the instances that state holds: all of them, or those in the given modules and
    /// resources.
    List(StateList),
    /// Show a resource in the state
    Show(StateShow),
    /// Remove instances from the state
    ///
    /// What is removed goes on to exist, and rforge knows nothing of it any more. An address of a module or of a
    /// resource with several instances stands for all of them.
    Rm {
        #[command(flatten)]
        edit: StateEdit,
        /// Only say what would be removed.
        #[arg(long)]
        dry_run: bool,
        #[arg(required = true, value_name = "ADDRESS")]
        addresses: Vec<String>,
    },
    /// Move an item in the state
    ///
    /// Gives a resource, instance or module that state holds another address. Moved blocks in the configuration do
    /// the same as part of a plan.
    Mv(StateMove),
    /// Pull current state and output to stdout
    Pull {
        #[arg(hide = true)]
        ignored: Vec<String>,
    },
    /// Replace the state with a file
    ///
    /// Refused where the file holds another state or an older one, unless -force is given.
    Push(StatePush),
    /// Forget what an interrupted run had begun
    ///
    /// Says that there is no object which a run made when it was cut off, so that it is planned anew. Only of objects of
    /// providers that cannot tell: the others are looked up.
    ForgetIntent {
        #[command(flatten)]
        edit: StateEdit,
        #[arg(value_name = "ADDRESS")]
        address: String,
    },
    /// Replace provider in the state
    ///
    /// The resources of one provider become those of another, asked for once.
    ReplaceProvider(Replacing),
}

/// Where the state that is changed is.
#[derive(Debug, Args)]
pub struct StateEdit {
    /// Path of the state file. Without it, that of the current workspace.
    #[arg(long, value_name = "PATH")]
    pub state: Option<PathBuf>,
    /// Path of the backup of state.
    #[arg(long, value_name = "PATH")]
    pub backup: Option<String>,
    #[command(flatten)]
    pub locking: Locking,
    #[arg(long, hide = true)]
    ignore_remote_version: bool,
}

#[derive(Debug, Args)]
pub struct StateMove {
    #[command(flatten)]
    pub edit: StateEdit,
    /// Path of another state file, to move the item into. It is made if need be.
    #[arg(long, value_name = "PATH")]
    pub state_out: Option<PathBuf>,
    /// Path of the backup of the file of -state-out.
    #[arg(long, value_name = "PATH")]
    pub backup_out: Option<String>,
    /// Only say what would be moved.
    #[arg(long)]
    pub dry_run: bool,
    #[arg(value_name = "SOURCE")]
    pub source: String,
    #[arg(value_name = "DESTINATION")]
    pub destination: String,
}

#[derive(Debug, Args)]
pub struct StatePush {
    #[command(flatten)]
    pub locking: Locking,
    #[arg(long, hide = true)]
    ignore_remote_version: bool,
    /// Write it even if it is another state, or an older one.
    #[arg(long)]
    pub force: bool,
    /// A state file; "-" is standard input.
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
}

#[derive(Debug, Args)]
pub struct Replacing {
    #[command(flatten)]
    pub edit: StateEdit,
    /// Do not ask.
    #[arg(long)]
    pub auto_approve: bool,
    #[arg(value_name = "FROM")]
    pub from: String,
    #[arg(value_name = "TO")]
    pub to: String,
}

#[derive(Debug, Args)]
pub struct Taint {
    #[command(flatten)]
    pub edit: StateEdit,
    /// Succeed even if there is no such instance.
    #[arg(long)]
    pub allow_missing: bool,
    #[arg(value_name = "ADDRESS")]
    pub address: String,
}

#[derive(Debug, Args)]
pub struct StateList {
    /// Path of the state file. Without it, that of the current workspace.
    #[arg(long, value_name = "PATH")]
    pub state: Option<PathBuf>,
    /// Only instances with this id.
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    #[arg(value_name = "ADDRESS")]
    pub addresses: Vec<String>,
}

#[derive(Debug, Args)]
pub struct StateShow {
    /// Path of the state file. Without it, that of the current workspace.
    #[arg(long, value_name = "PATH")]
    pub state: Option<PathBuf>,
    #[arg(value_name = "ADDRESS")]
    pub address: String,
}
