//! Programs of this machine that fetch for us, so that their settings and credentials count.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Where the program of that name is.
pub(super) fn find(name: &str) -> Result<PathBuf, String> {
    let folders = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&folders).map(|folder| folder.join(name)).find(|it| it.is_file());
    found.ok_or_else(|| format!("{name} must be available and on the PATH"))
}

/// What the program prints. An error, with all that it said, unless it ends well.
pub(super) fn run(
    program: &Path,
    arguments: &[&str],
    folder: Option<&Path>,
    environment: &[(&str, &str)],
) -> Result<Vec<u8>, String> {
    let mut command = Command::new(program);
    command.args(arguments).envs(environment.iter().copied()).stdin(Stdio::null());
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    let output = command.output().map_err(|error| format!("{}: {error}", program.display()))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = [output.stdout, output.stderr].concat();
    let code = output.status.code().map_or_else(|| "a signal".to_owned(), |it| it.to_string());
    Err(format!("{} exited with {code}: {}", program.display(), String::from_utf8_lossy(&said)))
}
