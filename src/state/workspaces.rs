//! The workspaces of a configuration: the default one, and a folder for each of the others.

use super::location::{self, Backend, DEFAULT};
use crate::diagnostic::Diagnostic;
use std::{fs, io, path::Path, path::PathBuf};

/// Where the workspaces of one configuration are.
pub struct Workspaces {
    root: PathBuf,
    folder: PathBuf,
}

impl Workspaces {
    pub fn of(root: &Path, backend: Option<Backend<'_>>) -> Result<Self, Diagnostic> {
        Ok(Self { root: root.into(), folder: location::workspaces_folder(root, backend)? })
    }

    /// The default one, then the others by name.
    pub fn names(&self) -> Result<Vec<String>, Diagnostic> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries.collect::<io::Result<Vec<_>>>(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        };
        let entries = entries.map_err(|error| self.failed("listed", &error))?;
        let folders = entries.into_iter().filter(|it| it.path().is_dir());
        let mut names: Vec<String> = folders.filter_map(|it| it.file_name().into_string().ok()).collect();
        names.sort();
        names.insert(0, DEFAULT.into());
        Ok(names)
    }

    pub fn exists(&self, name: &str) -> bool {
        name == DEFAULT || self.folder.join(name).is_dir()
    }

    /// Makes a workspace without state.
    pub fn create(&self, name: &str) -> Result<(), Diagnostic> {
        fs::create_dir_all(self.folder.join(name)).map_err(|error| self.failed("made", &error))
    }

    /// Removes a workspace with its state, and all backups of it.
    pub fn remove(&self, name: &str) -> Result<(), Diagnostic> {
        fs::remove_dir_all(self.folder.join(name)).map_err(|error| self.failed("deleted", &error))
    }

    /// Notes that commands are about this workspace from now on.
    pub fn select(&self, name: &str) -> Result<(), Diagnostic> {
        let file = location::selection(&self.root);
        let folder = file.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).and_then(|()| fs::write(&file, name)).map_err(|error| {
            let detail = format!("{} could not be written: {error}.", file.display());
            Diagnostic::error("Failed to select workspace", detail)
        })
    }

    fn failed(&self, what: &str, error: &io::Error) -> Diagnostic {
        let detail = format!("Workspaces in {} could not be {what}: {error}.", self.folder.display());
        Diagnostic::error("Failed to access workspaces", detail)
    }
}
