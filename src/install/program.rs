//! Programs of this machine that fetch for us, so that their settings and credentials count.

use std::{
    env,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
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
    said(program, command.output())
}

/// The same with something to read.
pub(super) fn feed(program: &Path, arguments: &[&str], input: &str) -> Result<Vec<u8>, String> {
    let mut command = Command::new(program);
    let command = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
    if let Some(mut stdin) = child.stdin.as_ref() {
        // Who ends without having read it says so by how it ends.
        stdin.write_all(input.as_bytes()).unwrap_or(());
    }
    said(program, child.wait_with_output())
}

fn said(program: &Path, ended: io::Result<Output>) -> Result<Vec<u8>, String> {
    let output = ended.map_err(|error| format!("{}: {error}", program.display()))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = [output.stdout, output.stderr].concat();
    let code = output.status.code().map_or_else(|| "a signal".to_owned(), |it| it.to_string());
    Err(format!("{} exited with {code}: {}", program.display(), String::from_utf8_lossy(&said)))
}
