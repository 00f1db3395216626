//! States in files.

use super::config::Config;
use crate::provider::Result;
use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

pub(super) const ARGUMENTS: &[&str] = &["path", "workspace_dir"];

/// Where the local backend keeps the state of the workspace.
pub(super) fn path(config: &Config, workspace: Option<&str>) -> Result<PathBuf> {
    let (path, folder) = (config.text("path")?, config.text("workspace_dir")?);
    Ok(match workspace {
        None => path.unwrap_or_else(|| "terraform.tfstate".into()).into(),
        Some(workspace) => {
            let folder = PathBuf::from(folder.unwrap_or_else(|| "terraform.tfstate.d".into()));
            folder.join(workspace).join("terraform.tfstate")
        }
    })
}

/// The state; none if there is none.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, String> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}.", path.display())),
    }
}
