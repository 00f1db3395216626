//! The modules that `terraform init` installed.

use super::{Files, clean};
use crate::address::ModulePath;
use serde::Deserialize;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// Folders of modules by their path: what `.terraform/modules/modules.json` says.
#[derive(Debug, Default)]
pub struct Installed(HashMap<String, PathBuf>);

#[derive(Deserialize)]
struct Manifest {
    #[serde(rename = "Modules")]
    modules: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "Key")]
    key: String,
    #[serde(rename = "Dir")]
    folder: PathBuf,
}

impl Installed {
    /// A manifest that is absent or unreadable lists nothing: each call of such a module is then reported.
    pub fn read(files: &Files, data_folder: &Path) -> Self {
        let content = files.read(&data_folder.join("modules/modules.json"));
        let manifest = content.ok().and_then(|content| serde_json::from_slice::<Manifest>(&content).ok());
        let entries = manifest.into_iter().flat_map(|it| it.modules);
        Self(entries.map(|it| (it.key, clean(&it.folder))).collect())
    }

    pub fn folder(&self, path: &ModulePath) -> Option<PathBuf> {
        self.0.get(&path.0.join(".")).cloned()
    }
}
