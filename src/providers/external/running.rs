//! Programs that are running, none of which outlives the process that waits for it.

use rustix::process::{Pid, Signal, kill_process};
use std::{
    collections::BTreeSet,
    io,
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{ExitStatus, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    process::Command,
};

/// The longest answer that is taken, and how much of the end of what it says of errors.
const LONGEST: usize = 20 << 20;
const ERRORS: usize = 64 << 10;

pub(super) struct Answer {
    pub output: Vec<u8>,
    pub errors: String,
    /// How it ended, unless well.
    pub state: Option<String>,
}

static RUNNING: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

fn running() -> MutexGuard<'static, BTreeSet<i32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Kills all programs, for a process that ends without returning from what it does.
pub fn abandon() {
    for program in running().iter().filter_map(|it| Pid::from_raw(*it)) {
        let _ = kill_process(program, Signal::KILL);
    }
}

struct Registered(i32);

impl Registered {
    fn new(id: Option<u32>) -> Self {
        let id = id.and_then(|it| i32::try_from(it).ok()).unwrap_or_default();
        running().insert(id);
        Self(id)
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        running().remove(&self.0);
    }
}

/// Runs the program at `path` with `input`. It is killed if the future is dropped.
pub(super) async fn run(path: &Path, words: &[&str], folder: Option<&str>, input: &[u8]) -> Result<Answer, String> {
    let mut command = Command::new(path);
    command.arg0(words[0]).args(&words[1..]).kill_on_drop(true);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    let no_folder = |error: io::Error| match folder.filter(|it| !Path::new(it).is_dir()) {
        Some(folder) => format!("chdir {folder}: no such file or directory"),
        None => format!("fork/exec {}: {}", path.display(), error.to_string().to_lowercase()),
    };
    let mut child = command.spawn().map_err(no_folder)?;
    let _registered = Registered::new(child.id());
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut stdin), Some(stdout), Some(stderr)) = (stdin, stdout, stderr) else {
        return Err("it has no streams".into());
    };
    let write = async {
        // A program need not read what it is asked.
        drop(stdin.write_all(input).await);
        drop(stdin);
        Ok(())
    };
    let ((), output, errors) = tokio::try_join!(write, whole(stdout), end(stderr))?;
    let status = child.wait().await.map_err(|error| error.to_string())?;
    let errors = String::from_utf8_lossy(&errors).into_owned();
    Ok(Answer { output, errors, state: (!status.success()).then(|| state(status)) })
}

async fn whole(stream: impl AsyncRead + Unpin) -> Result<Vec<u8>, String> {
    let mut output = Vec::new();
    let read = stream.take(LONGEST as u64 + 1).read_to_end(&mut output).await;
    read.map_err(|error| error.to_string())?;
    match output.len() > LONGEST {
        true => Err(format!("killed, since its output is longer than {} MiB", LONGEST >> 20)),
        false => Ok(output),
    }
}

async fn end(mut stream: impl AsyncRead + Unpin) -> Result<Vec<u8>, String> {
    let (mut end, mut piece) = (Vec::new(), vec![0; 8 << 10]);
    loop {
        match stream.read(&mut piece).await.map_err(|error| error.to_string())? {
            0 => return Ok(end),
            read => end.extend(&piece[..read]),
        }
        if end.len() > 2 * ERRORS {
            end.drain(..end.len() - ERRORS);
        }
    }
}

/// `exit status 3`, `signal: killed`
fn state(status: ExitStatus) -> String {
    let signal = match status.signal() {
        None => return format!("exit status {}", status.code().unwrap_or_default()),
        Some(signal) => signal,
    };
    const NAMES: &[(i32, &str)] = &[
        (1, "hangup"),
        (2, "interrupt"),
        (3, "quit"),
        (6, "aborted"),
        (9, "killed"),
        (11, "segmentation fault"),
        (13, "broken pipe"),
        (14, "alarm clock"),
        (15, "terminated"),
    ];
    let name = NAMES.iter().find(|(number, _)| *number == signal).map(|it| it.1.to_owned());
    let dumped = if status.core_dumped() { " (core dumped)" } else { "" };
    format!("signal: {}{dumped}", name.unwrap_or_else(|| format!("signal {signal}")))
}
