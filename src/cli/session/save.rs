//! Saved plans: written with mode 0600, read back with the configuration they were made from.

use super::{Failed, Session, held::Held};
use crate::{
    diagnostic::Diagnostic,
    plan::{
        Plan,
        saved::{self, SavedPlan},
    },
};
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

impl<S: Held> Session<S> {
    pub(crate) fn save_plan(&self, plan: Plan, path: &Path) -> Result<(), Failed> {
        let saved = SavedPlan {
            plan,
            timestamp: self.setting.plan_timestamp.to_string(),
            workspace: self.setting.workspace.clone(),
            lineage: self.open.state().lineage.clone(),
            serial: self.open.state().serial,
            ephemeral: self.ephemeral.clone(),
            only_published: self.setting.configuration.native.nothing,
            files: self.setting.files.snapshot(),
        };
        let bytes = saved::encode(&saved).map_err(|it| Failed::new([it]))?;
        write(path, &bytes).map_err(|error| {
            let detail = format!("The plan cannot be written to {}: {error}.", path.display());
            Failed::new([Diagnostic::error("Failed to save the plan", detail)])
        })
    }
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Reads a plan file; none if the file is something else (a state, for `show`).
pub(crate) fn read(path: &Path) -> Result<SavedPlan, Failed> {
    let failed = |it: Diagnostic| {
        Failed::new([Diagnostic {
            summary: format!("Failed to load {:?} as a plan file", path.display().to_string()),
            ..it
        }])
    };
    let bytes = std::fs::read(path).map_err(|error| {
        failed(match error.kind() {
            ErrorKind::IsADirectory => {
                let detail = "The specified path is a directory, not a plan file. You can use the global -chdir flag to use this \
                              directory as the configuration root.";
                Diagnostic::error("", detail)
            }
            _ => Diagnostic::error("", format!("The plan file {} cannot be read: {error}.", path.display())),
        })
    })?;
    saved::decode(&bytes).map_err(failed)
}
