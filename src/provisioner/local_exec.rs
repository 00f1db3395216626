//! `local-exec`: a command on the machine that rforge runs on.

use crate::{
    provider::{Problem, Result},
    value::{Value, quoted_string},
};
use std::{
    collections::VecDeque,
    io,
    path::Path,
    process::{ExitStatus, Stdio},
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::unix::pipe::Receiver,
    process::Command,
};

/// How much of the end of the output an error repeats, in bytes.
const REPEATED: usize = 8 * 1024;

/// Runs the command of `config`, which is wholly known and without marks. `tell` gets each line, first the command
/// itself unless it is quiet. If the future is dropped, the command is killed.
///
/// What stays in the background and keeps the output open is waited for, as Terraform waits for it.
pub async fn run(config: &Value, mut tell: impl FnMut(String)) -> Result<()> {
    let text = |name: &str| config.get(name).and_then(Value::as_str).filter(|it| !it.is_empty());
    let Some(line) = text("command") else {
        return Err(Problem::fatal(
            "Invalid local-exec provisioner command",
            "The command must be a non-empty string.",
        ));
    };
    let interpreter = config.get("interpreter").and_then(Value::as_elements).unwrap_or_default();
    let mut words: Vec<&str> = interpreter.iter().filter_map(Value::as_str).collect();
    if words.is_empty() {
        words = vec!["/bin/sh", "-c"];
    }
    words.push(line);

    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdin(Stdio::null()).kill_on_drop(true);
    for (name, value) in config.get("environment").and_then(Value::as_entries).into_iter().flatten() {
        if let Some(value) = value.as_str() {
            command.env(&**name, value);
        }
    }
    if let Some(folder) = text("working_dir") {
        command.current_dir(folder);
    }
    match config.get("quiet").and_then(Value::as_bool) {
        Some(true) => tell("local-exec: Executing: Suppressed by quiet=true".into()),
        _ => {
            let words: Vec<String> = words.iter().map(|it| quoted_string(it)).collect();
            tell(format!("Executing: [{}]", words.join(" ")));
        }
    }
    let mut end = VecDeque::new();
    let failure = match finish(command, &mut end, &mut tell).await {
        Ok(None) => return Ok(()),
        Ok(Some(failure)) => failure,
        Err(error) => match text("working_dir").filter(|it| !Path::new(it).is_dir()) {
            Some(folder) => format!("{folder:?} is no folder to run it in"),
            None => format!("{:?} cannot be run: {error}", words[0]),
        },
    };
    let output = String::from_utf8_lossy(end.make_contiguous()).into_owned();
    let detail = format!("Error running command '{line}': {failure}. Output: {output}");
    Err(Problem::fatal("local-exec provisioner error", detail))
}

/// Waits for the command; how it failed, if it did. `end` is left with the end of its output.
async fn finish(
    mut command: Command,
    end: &mut VecDeque<u8>,
    tell: &mut impl FnMut(String),
) -> io::Result<Option<String>> {
    // Both streams go through one pipe, so that their lines keep their order.
    let (reader, writer) = io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn()?;
    // With it go our copies of the writing end: what is read ends when the last process that has one does.
    drop(command);
    let mut lines = BufReader::new(Receiver::from_owned_fd(reader.into())?);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).await? > 0 {
        end.extend(&line);
        end.drain(..end.len().saturating_sub(REPEATED));
        tell(String::from_utf8_lossy(&line).trim_end().to_owned());
        line.clear();
    }
    let status = child.wait().await?;
    Ok(if status.success() { None } else { Some(failure(status)) })
}

/// `exit status 3`, `signal: 9 (SIGKILL)`
fn failure(status: ExitStatus) -> String {
    status.code().map_or_else(|| status.to_string(), |code| format!("exit status {code}"))
}
