//! Installing the modules of the configuration in the working directory.

use super::open;
use crate::{
    cli::terminal::Terminal,
    diagnostic::{Diagnostic, Diagnostics},
    install::{self, Credentials, Options, Outcome, Progress},
    lang::load::{Files, LoadOptions},
};
use std::{env, path::Path};

/// Installs what is called and is not installed yet, saying what is done; `heading` stands above it.
pub fn install(update: bool, heading: &str, terminal: &Terminal) -> Outcome {
    let LoadOptions { data_folder } = open::load_options();
    let options = Options { data_folder, update, credentials: &credentials };
    let mut report = |progress: Progress<'_>| {
        terminal.print(&match progress {
            Progress::Calls => heading.to_owned(),
            Progress::Downloading { package, version: Some(version), key } => {
                format!("Downloading {package} {version} for {key}...\n")
            }
            Progress::Downloading { package, version: None, key } => format!("Downloading {package} for {key}...\n"),
            Progress::Installed { key, folder } => format!("- {key} in {}\n", folder.display()),
        });
    };
    install::install(&Files::disk(), &open::root(), &options, &mut report)
}

/// Copies the module at `source` into the working directory, which must have no configuration yet.
pub fn copy(source: &str, terminal: &Terminal) -> Result<(), Diagnostics> {
    let names = Files::disk().names(Path::new(".")).unwrap_or_default();
    if names.iter().any(|it| it.ends_with(".tf") || it.ends_with(".tf.json")) {
        let detail = "The target directory already contains Terraform configuration files, which -from-module would \
                      overwrite. Use an empty directory.";
        return Err(vec![Diagnostic::error("Can't populate non-empty directory", detail)]);
    }
    terminal.print(&format!("Copying configuration from {source:?}...\n"));
    install::copy(source, Path::new("."), &credentials).map_err(|error| {
        let detail = format!("Could not download the module {source:?}: {error}");
        vec![Diagnostic::error("Failed to download module", detail)]
    })
}

/// Those of the environment, else what the SDK finds on this machine.
fn credentials() -> Option<Credentials> {
    let variable = |name| env::var(name).ok().filter(|it| !it.is_empty());
    let found = variable("AWS_ACCESS_KEY_ID").zip(variable("AWS_SECRET_ACCESS_KEY"));
    let found = found.map(|(access_key, secret_key)| Credentials {
        access_key,
        secret_key,
        session_token: variable("AWS_SESSION_TOKEN"),
    });
    #[cfg(feature = "aws")]
    let found = found.or_else(|| {
        let (access_key, secret_key, session_token) = crate::aws::machine_credentials()?;
        Some(Credentials { access_key, secret_key, session_token })
    });
    found
}
