//! The process of a plugin: started with what go-plugin expects, and certainly ended.

use super::{handshake::Handshake, log::Lines, log::Log, tls::Identity};
use crate::{
    duration,
    provider::{Problem, Result},
};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use std::{
    io,
    os::unix::process::CommandExt,
    path::Path,
    process::{ChildStderr, ChildStdout, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    process::{ChildStderr as AsyncStderr, ChildStdout as AsyncStdout},
    sync::{oneshot, watch},
    task::AbortHandle,
    time::timeout,
};

/// What tells a plugin that it was started by a program that knows how to talk to it. It is no secret.
const COOKIE: (&str, &str) =
    ("TF_PLUGIN_MAGIC_COOKIE", "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2");

/// How long one that ends may take to be gone.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// How to start a plugin.
#[derive(Clone, Debug)]
pub struct Launch<'a> {
    /// The program.
    pub executable: &'a Path,
    /// What messages call it: `terraform-provider-aws`.
    pub name: &'a str,
    /// How long it may take until it can be talked to.
    pub patience: Duration,
}

impl<'a> Launch<'a> {
    /// With as much patience as Terraform has.
    pub fn new(executable: &'a Path, name: &'a str) -> Self {
        Self { executable, name, patience: Duration::from_secs(60) }
    }
}

/// A plugin that runs. It is killed when this is dropped.
pub(super) struct Process {
    /// None before it has started, and once it has ended, so that nobody kills another process that got its number.
    alive: Arc<Mutex<Option<Pid>>>,
    ended: watch::Receiver<bool>,
    /// Whether all that it wrote to its standard error was read.
    is_silent: watch::Receiver<bool>,
    readers: Vec<AbortHandle>,
    /// Where it puts its socket.
    _sockets: TempDir,
}

/// A process that was just started.
struct Started {
    stdout: ChildStdout,
    stderr: ChildStderr,
}

impl Process {
    /// Starts a plugin and waits until it says where it can be reached.
    pub(super) async fn start(launch: &Launch<'_>, log: &Arc<Log>, identity: &Identity) -> Result<(Self, Handshake)> {
        let failed = |error: io::Error| {
            let detail = format!("{} could not be started: {error}.", launch.executable.display());
            Problem::fatal("Failed to start a provider", detail)
        };
        let sockets = folder_for_sockets().map_err(failed)?;
        let mut command = Command::new(launch.executable);
        command
            .env(COOKIE.0, COOKIE.1)
            .env("PLUGIN_PROTOCOL_VERSIONS", "5,6")
            .env("PLUGIN_MIN_PORT", "10000")
            .env("PLUGIN_MAX_PORT", "25000")
            .env("PLUGIN_CLIENT_CERT", identity.pem())
            .env("PLUGIN_UNIX_SOCKET_DIR", sockets.path())
            // What we do not offer, whoever has started us.
            .env_remove("PLUGIN_MULTIPLEX_GRPC")
            .env_remove("PLUGIN_UNIX_SOCKET_GROUP")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // Ctrl-C is for us: what the plugin is to do about it, it is told.
            .process_group(0);
        die_with_us(&mut command);
        let alive = Arc::new(Mutex::new(None));
        let ((end, ended), (fall_silent, is_silent)) = (watch::channel(false), watch::channel(false));
        // From here on it ends if nobody waits for it any more.
        let mut process = Self { alive: alive.clone(), ended, is_silent, readers: Vec::new(), _sockets: sockets };
        let started = keep(command, alive, end).map_err(failed)?;
        let started = started.await.map_err(io::Error::other).and_then(|it| it).map_err(failed)?;
        let stdout = AsyncStdout::from_std(started.stdout).map_err(failed)?;
        let stderr = AsyncStderr::from_std(started.stderr).map_err(failed)?;
        let errors = log.clone();
        let read = async move {
            errors.read(stderr).await;
            let _ = fall_silent.send(true);
        };
        process.readers.push(tokio::spawn(read).abort_handle());

        let mut lines = Lines::new(stdout);
        let why = match timeout(launch.patience, lines.next()).await {
            Ok(Some(line)) => match Handshake::parse(&line) {
                Ok(handshake) => {
                    // Nobody is to print more, but a full pipe would stop who does.
                    let log = log.clone();
                    let rest = async move {
                        while let Some(line) = lines.next().await {
                            log.printed(&line);
                        }
                    };
                    process.readers.push(tokio::spawn(rest).abort_handle());
                    return Ok((process, handshake));
                }
                Err(why) => why,
            },
            Ok(None) => {
                process.ended(LAST_WORDS).await;
                "It ended before it said where it can be reached.".to_owned()
            }
            Err(_) => format!("It did not say within {} where it can be reached.", duration::shown(launch.patience)),
        };
        let mut detail = format!("{} is not usable as a provider. {why}", launch.executable.display());
        let last = log.crash().unwrap_or_else(|| log.last());
        if !last.is_empty() {
            detail += &format!("\n\nThe last that it said was:\n\n{last}");
        }
        let hint = "The program has to be a provider for Terraform 0.12 or later, built for this kind of machine.";
        Err(Problem { hint: Some(hint.into()), ..Problem::fatal("Failed to start a provider", detail) })
    }

    /// Waits until it has ended and its last words are known, or patience has. True if it has ended.
    pub(super) async fn ended(&self, patience: Duration) -> bool {
        let (mut ended, mut is_silent) = (self.ended.clone(), self.is_silent.clone());
        let has_ended = timeout(patience, ended.wait_for(|it| *it)).await.is_ok();
        if has_ended {
            // What it has started may go on, and could still write.
            drop(timeout(patience, is_silent.wait_for(|it| *it)).await);
        }
        has_ended
    }

    /// Ends it, and whatever it started, at once.
    pub(super) fn kill(&self) {
        let alive = self.alive.lock().unwrap_or_else(|it| it.into_inner());
        if let Some(pid) = *alive {
            // It can only be gone, which is what is wanted.
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        self.readers.iter().for_each(AbortHandle::abort);
    }
}

/// A folder that is ours alone. The name of a socket must not be longer than about a hundred bytes.
fn folder_for_sockets() -> io::Result<TempDir> {
    let usual = std::env::temp_dir();
    let folder = if usual.as_os_str().len() > 60 { Path::new("/tmp") } else { &usual };
    tempfile::Builder::new().prefix("rforge-plugin").tempdir_in(folder)
}

/// Starts a process in a thread of its own, which waits for its end: what is to die with its parent dies with the thread that
/// started it, and threads of the runtime come and go.
fn keep(
    mut command: Command,
    alive: Arc<Mutex<Option<Pid>>>,
    end: watch::Sender<bool>,
) -> io::Result<oneshot::Receiver<io::Result<Started>>> {
    let (tell, told) = oneshot::channel();
    std::thread::Builder::new().name("plugin".into()).spawn(move || {
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => return drop(tell.send(Err(error))),
        };
        let pid = Pid::from_child(&child);
        *alive.lock().unwrap_or_else(|it| it.into_inner()) = Some(pid);
        let started = match (child.stdout.take(), child.stderr.take()) {
            (Some(stdout), Some(stderr)) => Ok(Started { stdout, stderr }),
            _ => Err(io::Error::other("it has no output")),
        };
        if tell.send(started).is_err() {
            // Whoever wanted it is gone.
            let _ = kill_process_group(pid, Signal::KILL);
        }
        // Until it is waited for, nobody else gets its number.
        while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT)
        {
        }
        *alive.lock().unwrap_or_else(|it| it.into_inner()) = None;
        let status = child.wait();
        tracing::debug!(pid = pid.as_raw_nonzero().get(), ?status, "a plugin ended");
        let _ = end.send(true);
    })?;
    Ok(told)
}

/// However this process ends, the one that is started ends too.
#[cfg(target_os = "linux")]
fn die_with_us(command: &mut Command) {
    use rustix::process::{getpid, getppid, set_parent_process_death_signal};
    let parent = getpid();
    let ask = move || {
        set_parent_process_death_signal(Some(Signal::KILL))?;
        // It may have ended before that was asked for.
        if getppid() == Some(parent) { Ok(()) } else { Err(io::Error::other("its parent is gone")) }
    };
    // SAFETY: between fork and exec nothing may be called that takes locks or memory, and these are two bare system calls.
    unsafe { command.pre_exec(ask) };
}

#[cfg(not(target_os = "linux"))]
fn die_with_us(_command: &mut Command) {}
