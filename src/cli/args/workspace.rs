//! The arguments of `workspace`.

use super::Locking;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Workspace {
    #[command(subcommand)]
    pub command: WorkspaceCommand,
}

#[derive(Debug, Subcommand)]
pub enum WorkspaceCommand {
    /// List the workspaces
    List,
    /// Show the name of the current workspace
    Show {
        #[arg(hide = true)]
        ignored: Vec<String>,
    },
    /// Create a new workspace and select it
    New {
        /// Copy this state file into the new workspace.
        #[arg(long, value_name = "PATH")]
        state: Option<PathBuf>,
        #[command(flatten)]
        locking: Locking,
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Select another workspace
    Select {
        /// Create the workspace if it does not exist.
        #[arg(long)]
        or_create: bool,
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Delete a workspace
    Delete {
        /// Delete it even if its state holds objects, which nothing will keep track of any more.
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        locking: Locking,
        #[arg(value_name = "NAME")]
        name: String,
    },
}
