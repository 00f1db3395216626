//! Packages in git repositories, by the `git` program.

use super::program;
use crate::web::Url;
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use std::{io::Write, path::Path};

/// Clones the repository at `url` into `target`. Its arguments: `ref`, a branch, tag or commit; `depth`; `sshkey`, a
/// private key in base64.
pub(super) fn clone(mut url: Url, target: &Path) -> Result<(), String> {
    let git = program::find("git")?;
    let reference = url.take("ref").filter(|it| !it.is_empty());
    // One that is no number counts as none, as with Terraform.
    let depth = url.take("depth").and_then(|it| it.parse::<u32>().ok()).filter(|it| *it > 0);
    let key = url.take("sshkey").filter(|it| !it.is_empty()).map(|it| key_file(&it)).transpose()?;
    let ssh = key.as_ref().map(|file| format!("ssh -i {}", file.path().display()));
    if reference.as_ref().is_some_and(|it| it.starts_with('-')) {
        return Err("a git ref may not begin with a dash".into());
    }
    let environment: Vec<(&str, &str)> = ssh.iter().map(|it| ("GIT_SSH_COMMAND", &**it)).collect();
    let run = |arguments: &[&str], folder: Option<&Path>| program::run(&git, arguments, folder, &environment).map(drop);
    let (url, path, depth) = (url.to_string(), target.display().to_string(), depth.map(|it| it.to_string()));
    let mut arguments = vec!["clone"];
    if let Some(depth) = &depth {
        arguments.extend(["--depth", depth]);
        arguments.extend(reference.iter().flat_map(|it| ["--branch", it]));
    }
    arguments.extend(["--", &url, &path]);
    run(&arguments, None).map_err(|error| match (&depth, &reference) {
        (Some(_), Some(_)) => format!("{error} (note that setting 'depth' requires 'ref' to be a branch or tag name)"),
        _ => error,
    })?;
    if let (None, Some(reference)) = (&depth, &reference) {
        run(&["checkout", reference], Some(target))?;
    }
    let mut submodules = vec!["submodule", "update", "--init", "--recursive"];
    submodules.extend(depth.iter().flat_map(|it| ["--depth", it]));
    run(&submodules, Some(target))
}

/// A file that only its owner can read, gone when dropped.
fn key_file(encoded: &str) -> Result<tempfile::NamedTempFile, String> {
    let key = BASE64.decode(encoded.replace(' ', "+")).map_err(|error| format!("invalid sshkey: {error}"))?;
    let written = tempfile::NamedTempFile::new().and_then(|mut file| {
        file.write_all(&key)?;
        Ok(file)
    });
    written.map_err(|error| format!("the SSH key cannot be written: {error}"))
}
