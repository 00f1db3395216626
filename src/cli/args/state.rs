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
    List(StateList),
    /// Show a resource in the state
    Show(StateShow),
    /// Remove instances from the state
    Rm {
        #[command(flatten)]
        edit: StateEdit,
        /// Only say what would be removed
        #[arg(long)]
        dry_run: bool,
        #[arg(required = true)]
        addresses: Vec<String>,
    },
    /// Move an item in the state
    Mv(StateMove),
    /// Pull current state and output to stdout
    Pull,
    /// Replace the state with a file
    Push(StatePush),
    /// Replace provider in the state
    ReplaceProvider(Replacing),
}

/// Where the state that is changed is.
#[derive(Debug, Args)]
pub struct StateEdit {
    /// Path of the state file; defaults to that of the current workspace
    #[arg(long, value_name = "PATH")]
    pub state: Option<PathBuf>,
    /// Path of the backup
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
    /// Only say what would be moved
    #[arg(long)]
    pub dry_run: bool,
    pub source: String,
    pub destination: String,
}

#[derive(Debug, Args)]
pub struct StatePush {
    #[command(flatten)]
    pub locking: Locking,
    #[arg(long, hide = true)]
    ignore_remote_version: bool,
    /// Write it even if it is another state, or an older one
    #[arg(long)]
    pub force: bool,
    /// A state file; "-" is standard input
    pub path: PathBuf,
}

#[derive(Debug, Args)]
pub struct Replacing {
    #[command(flatten)]
    pub edit: StateEdit,
    /// Skip interactive approval
    #[arg(long)]
    pub auto_approve: bool,
    pub from: String,
    pub to: String,
}

#[derive(Debug, Args)]
pub struct Taint {
    #[command(flatten)]
    pub edit: StateEdit,
    /// Succeed even if there is no such instance
    #[arg(long)]
    pub allow_missing: bool,
    pub address: String,
}

#[derive(Debug, Args)]
pub struct StateList {
    #[arg(long, value_name = "PATH")]
    pub state: Option<PathBuf>,
    /// Only those with this id
    #[arg(long)]
    pub id: Option<String>,
    /// Only those in these modules, or these resources
    pub addresses: Vec<String>,
}

#[derive(Debug, Args)]
pub struct StateShow {
    #[arg(long, value_name = "PATH")]
    pub state: Option<PathBuf>,
    #[arg(long)]
    pub no_color: bool,
    pub address: String,
}
