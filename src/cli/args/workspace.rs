//! The arguments of `workspace`.

use super::Locking;
use clap::{ArgAction, Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Workspace {
    #[command(subcommand)]
    pub command: WorkspaceCommand,
    /// Print without color
    #[arg(long, global = true)]
    pub no_color: bool,
}

#[derive(Debug, Subcommand)]
pub enum WorkspaceCommand {
    /// List the workspaces
    List,
    /// Show the name of the current workspace
    Show,
    /// Create a new workspace and select it
    New {
        /// Copy this state file into the new workspace
        #[arg(long, value_name = "PATH")]
        state: Option<PathBuf>,
        #[command(flatten)]
        locking: Locking,
        name: String,
    },
    /// Select another workspace
    Select {
        /// Create the workspace if it does not exist
        #[arg(long, default_value_t = false, num_args = 0..=1, require_equals = true, default_missing_value = "true", action = ArgAction::Set)]
        or_create: bool,
        name: String,
    },
    /// Delete a workspace
    Delete {
        /// Delete it even if its state holds objects, which nothing will keep track of any more
        #[arg(long, default_value_t = false, num_args = 0..=1, require_equals = true, default_missing_value = "true", action = ArgAction::Set)]
        force: bool,
        #[command(flatten)]
        locking: Locking,
        name: String,
    },
}
