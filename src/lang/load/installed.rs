//! The modules that `init` installed, Terraform's or ours: `.terraform/modules/modules.json`.

use super::{
    Files, ModuleFolders, ModuleRequest, clean,
    version::{Version, satisfies},
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    lang::source::ModuleSource,
    product::COMMAND,
    value::json_text,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// Where modules are, by the names of the calls that lead to them: `""` is the root, `a.b` the module that `a` calls `b`.
#[derive(Clone, Debug, Default)]
pub struct Manifest(pub BTreeMap<String, Record>);

/// An installed module.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Record {
    #[serde(rename = "Key")]
    pub key: String,
    /// The normalised source address.
    #[serde(rename = "Source")]
    pub source: String,
    /// Only modules of registries have versions.
    #[serde(rename = "Version", default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// Relative to the working directory.
    #[serde(rename = "Dir")]
    pub folder: PathBuf,
}

#[derive(Deserialize, Serialize)]
struct File {
    #[serde(rename = "Modules")]
    modules: Vec<Record>,
}

impl Manifest {
    /// The file in the folder `modules` of the data folder.
    pub fn path(data_folder: &Path) -> PathBuf {
        data_folder.join("modules/modules.json")
    }

    /// What is installed. A manifest that is absent or unreadable lists nothing.
    pub fn read(files: &Files, data_folder: &Path) -> Self {
        let content = files.read(&Self::path(data_folder)).ok();
        content.and_then(|it| Self::parse(&it).ok()).unwrap_or_default()
    }

    /// Old versions of Terraform wrote sources as they stood in the configuration; here they are normalised.
    pub fn parse(content: &[u8]) -> Result<Self, serde_json::Error> {
        if content.is_empty() {
            return Ok(Self::default());
        }
        let mut records = serde_json::from_slice::<File>(content)?.modules;
        for record in records.iter_mut().filter(|it| !it.source.is_empty()) {
            if let Ok(source) = ModuleSource::parse(&record.source) {
                record.source = source.to_string();
            }
        }
        Ok(Self(records.into_iter().map(|it| (it.key.clone(), it)).collect()))
    }

    /// As Terraform writes it, to the byte.
    pub fn render(&self) -> String {
        let file = File { modules: self.0.values().cloned().collect() };
        json_text(&file)
    }
}

/// The modules of a configuration that is only read.
#[derive(Debug)]
pub struct Installed(Manifest);

impl Installed {
    /// Each call of a module that is not listed is reported.
    pub fn read(files: &Files, data_folder: &Path) -> Self {
        Self(Manifest::read(files, data_folder))
    }

    /// Those that the module `key` calls, as it sees them.
    pub fn within(self, key: &str) -> Self {
        let of =
            |(path, record): (String, Record)| Some((path.strip_prefix(key)?.strip_prefix('.')?.to_owned(), record));
        Self(Manifest(self.0.0.into_iter().filter_map(of).collect()))
    }
}

impl ModuleFolders for Installed {
    fn folder(&mut self, request: &ModuleRequest<'_>, diagnostics: &mut Diagnostics) -> Option<PathBuf> {
        let ModuleRequest { path, caller, call, .. } = request;
        let address = call.address.as_ref()?;
        let record = self.0.0.get(&path.0.join("."));
        if let ModuleSource::Local(local) = address {
            // Such a module is where its caller is and needs no installation.
            return Some(clean(&caller.join(local)));
        }
        let again = format!("Run \"{COMMAND} init\" to install all modules required by this configuration.");
        let Some(record) = record else {
            let detail = format!("This module is not yet installed. {again}");
            let error = Diagnostic::error("Module not installed", detail).at(call.span);
            diagnostics.push(error.hint(format!("`{COMMAND} init` or `{COMMAND} get` does.")));
            return None;
        };
        if record.source != address.to_string() {
            let detail = format!("The source address was changed since this module was installed. {again}");
            diagnostics.push(Diagnostic::error("Module source has changed", detail).at(call.source_span));
        }
        let version = Version::parse(&record.version);
        let unacceptable = match (&call.version, &version) {
            (Some(_), None) => Some(String::new()),
            (Some(wanted), Some(version)) if satisfies(version, wanted) == Some(false) => Some(format!(" ({version})")),
            _ => None,
        };
        if let Some(version) = unacceptable {
            let detail = format!(
                "The version requirements have changed since this module was installed and the installed \
                 version{version} is no longer acceptable. {again}"
            );
            diagnostics
                .push(Diagnostic::error("Module version requirements have changed", detail).at(call.source_span));
        }
        Some(clean(&record.folder))
    }
}
