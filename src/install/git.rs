//! Packages in git repositories, by the `git` program, so that its settings and credentials count.

use super::url::Url;
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use std::{
    env,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Clones the repository at `url` into `target`. Its arguments: `ref`, a branch, tag or commit; `depth`; `sshkey`, a
/// private key in base64.
pub fn clone(mut url: Url, target: &Path) -> Result<(), String> {
    let git = program().ok_or("git must be available and on the PATH")?;
    let reference = url.take("ref").filter(|it| !it.is_empty());
    let depth = url.take("depth").map(|it| it.parse::<u32>().map_err(|error| format!("invalid depth {it:?}: {error}")));
    let depth = depth.transpose()?.filter(|it| *it > 0);
    let key = url.take("sshkey").filter(|it| !it.is_empty()).map(|it| key_file(&it)).transpose()?;
    let ssh = key.as_ref().map(|file| format!("ssh -i {}", file.path().display()));
    if reference.as_ref().is_some_and(|it| it.starts_with('-')) {
        return Err("a git ref may not begin with a dash".into());
    }
    let run = |arguments: &[&str], folder: Option<&Path>| -> Result<(), String> {
        let mut command = Command::new(&git);
        command.args(arguments).stdin(Stdio::null());
        if let Some(folder) = folder {
            command.current_dir(folder);
        }
        if let Some(ssh) = &ssh {
            command.env("GIT_SSH_COMMAND", ssh);
        }
        let output = command.output().map_err(|error| format!("{}: {error}", git.display()))?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        let code = output.status.code().map_or_else(|| "a signal".to_owned(), |it| it.to_string());
        Err(format!("{} exited with {code}: {}", git.display(), String::from_utf8_lossy(&said)))
    };
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

/// Where `git` is.
fn program() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join("git")).find(|it| it.is_file())
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
