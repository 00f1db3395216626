//! What the environment and the command line may hold: any bytes at all.

use crate::diagnostic::{Diagnostic, Diagnostics};
use std::{
    env,
    ffi::{OsStr, OsString},
    path::Path,
};

/// Names of variables that mean something to rforge or to the SDK begin so.
const OURS: [&str; 3] = ["TF_", "RFORGE_", "AWS_"];
/// Those of ours that name files, which need not be text.
const PATHS: [&str; 3] = ["TF_DATA_DIR", "TF_LOG_PATH", "TF_CLI_CONFIG_FILE"];

/// What says how rforge calls itself, whatever its file is called.
const NAME: &str = "RFORGE_NAME";

/// Whether the process was called as Terraform: by a link of that name, or because `RFORGE_NAME` says so.
pub(super) fn named(words: &[OsString]) -> Result<bool, Diagnostics> {
    match env::var_os(NAME).filter(|it| !it.is_empty()) {
        Some(name) if name == "terraform" => Ok(true),
        Some(name) if name == "rforge" => Ok(false),
        Some(name) => {
            let detail = format!("{NAME} is {:?}; it takes \"rforge\" or \"terraform\".", name.display().to_string());
            Err(vec![Diagnostic::error("Invalid environment variable", detail)])
        }
        None => Ok(words.first().is_some_and(|it| Path::new(it).file_name() == Some(OsStr::new("terraform")))),
    }
}

/// Every variable that is text. Of ours all are, after [`check`].
pub(super) fn variables() -> impl Iterator<Item = (String, String)> {
    env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// Refuses words and variables that cannot be read: taken for unset they would mean something else.
pub(super) fn check(words: &[OsString]) -> Result<(), Diagnostics> {
    let is_ours = |name: &OsStr| {
        let name = name.to_string_lossy();
        OURS.iter().any(|it| name.starts_with(it)) && !PATHS.contains(&&*name)
    };
    let wrong =
        env::vars_os().filter(|(name, value)| is_ours(name) && (name.to_str().is_none() || value.to_str().is_none()));
    let wrong = wrong.map(|(name, _)| {
        let detail = format!("The environment variable {} is not UTF-8 encoded text.", name.display());
        Diagnostic::error("Invalid environment variable", detail)
    });
    let words = words.iter().filter(|it| it.to_str().is_none()).map(|it| {
        let detail = format!("The argument {:?} is not UTF-8 encoded text.", it.display().to_string());
        Diagnostic::error("Invalid command-line argument", detail)
    });
    let found: Diagnostics = wrong.chain(words).collect();
    if found.is_empty() { Ok(()) } else { Err(found) }
}
