//! The lock of a local state file.
//!
//! What excludes is the operating system's lock on the state file itself, the one that Terraform takes, so that
//! Terraform and rforge keep out of each other's way. Beside it lies Terraform's lock file, `.<name>.lock.info`,
//! which says who holds the lock; rforge adds its process and a heartbeat to it. That makes a lease of it, for
//! file systems that do not pass locks on to other machines: a lock file whose owner may still live is respected.

use super::description;
use crate::diagnostic::Diagnostic;
use jiff::{SignedDuration, Timestamp};
use rustix::{
    io::Errno,
    process::{Pid, test_kill_process},
};
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

const HEARTBEAT: Duration = Duration::from_secs(15);
/// An owner on another machine that has not shown itself for so long is gone.
const LEASE: SignedDuration = SignedDuration::from_secs(90);

/// Who holds a lock: Terraform's words, then ours.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Information {
    /// A UUID: the nonce of this lock.
    #[serde(rename = "ID")]
    pub id: String,
    /// `OperationTypeApply`
    pub operation: String,
    pub info: String,
    /// `user@host`
    pub who: String,
    pub version: String,
    /// RFC 3339, as `heartbeat` is.
    pub created: String,
    pub path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process: Option<Process>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heartbeat: Option<String>,
}

/// A process that stays the same one when process ids are used again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Process {
    pub host: String,
    pub id: i32,
    /// As the system counts it; empty where it does not say.
    pub started: String,
}

impl Information {
    pub(super) fn new(operation: &str, path: &Path) -> Self {
        let process = Process::current();
        let now = Timestamp::now().to_string();
        Self {
            id: uuid::Uuid::new_v4().to_string(),
            operation: operation.into(),
            info: String::new(),
            who: format!("{}@{}", user(), process.host),
            version: super::file::TERRAFORM_VERSION.into(),
            created: now.clone(),
            path: path.display().to_string(),
            process: Some(process),
            heartbeat: Some(now),
        }
    }

    /// Whether its owner is, or was, a process of this machine.
    pub(super) fn is_here(&self) -> bool {
        self.process.as_ref().is_some_and(|it| it.host == host())
    }

    /// Whether its owner may still be at work, as far as the operating system's lock on the file does not say.
    pub(super) fn may_live(&self, now: Timestamp) -> bool {
        match &self.process {
            // Terraform: it holds the lock on the file as long as it lives.
            None => false,
            Some(process) if process.host == host() => process.lives(),
            // One that is far in the future, or cannot be read, is no sign of life: it would be respected for ever.
            Some(_) => self
                .heartbeat
                .as_ref()
                .is_some_and(|beat| beat.parse::<Timestamp>().is_ok_and(|beat| now.duration_since(beat).abs() < LEASE)),
        }
    }
}

impl std::fmt::Display for Information {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // As Go prints a time.
        let created = match self.created.parse::<Timestamp>() {
            Ok(time) => time.strftime("%Y-%m-%d %H:%M:%S%.f +0000 UTC").to_string(),
            Err(_) => self.created.clone(),
        };
        writeln!(f, "Lock Info:")?;
        writeln!(f, "  ID:        {}", self.id)?;
        writeln!(f, "  Path:      {}", self.path)?;
        writeln!(f, "  Operation: {}", self.operation)?;
        writeln!(f, "  Who:       {}", self.who)?;
        writeln!(f, "  Version:   {}", self.version)?;
        writeln!(f, "  Created:   {created}")?;
        write!(f, "  Info:      {}", self.info)
    }
}

fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// The name of the user that the process runs as, or its number.
fn user() -> String {
    let id = rustix::process::getuid().as_raw().to_string();
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1) == Some(&id)).then(|| name.to_owned())
    });
    name.or_else(|| std::env::var("USER").ok()).unwrap_or(id)
}

impl Process {
    fn current() -> Self {
        let id = rustix::process::getpid().as_raw_nonzero().get();
        Self { host: host(), id, started: started(id) }
    }

    fn lives(&self) -> bool {
        let Some(id) = Pid::from_raw(self.id) else { return false };
        match test_kill_process(id) {
            Err(Errno::SRCH) => false,
            _ => started(self.id) == self.started,
        }
    }
}

/// When a process was started: field 22 of its `stat`, where the system has that.
fn started(id: i32) -> String {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // The second field is the name in parentheses, which can hold anything.
    let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    after_name.split(' ').nth(19).unwrap_or_default().to_owned()
}

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    /// Holds the operating system's lock.
    file: File,
    path: PathBuf,
    information: Information,
    information_path: PathBuf,
    lost: Arc<AtomicBool>,
    stop: Option<mpsc::Sender<()>>,
    heart: Option<JoinHandle<()>>,
}

/// `.terraform.tfstate.lock.info` in the folder of the state file.
pub fn information_path(state: &Path) -> PathBuf {
    let name = state.file_name().unwrap_or_default().to_string_lossy();
    state.with_file_name(format!(".{}.lock.info", name.strip_prefix('.').unwrap_or(&name)))
}

impl Lock {
    /// Takes the lock of the state file at `path`, creating the file empty if it is not there, and waits up to
    /// `timeout` for one that is held. Gives a warning where the lock of a dead owner was taken over.
    pub fn acquire(path: &Path, operation: &str, timeout: Duration) -> Result<(Self, Option<Diagnostic>), Diagnostic> {
        let deadline = Instant::now() + timeout;
        let mut pause = Duration::from_secs(1);
        loop {
            match Self::attempt(path, operation) {
                Ok(locked) => return Ok(locked),
                Err(refusal) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if !refusal.held || left.is_zero() {
                        return Err(refusal.diagnostic());
                    }
                    thread::sleep(pause.min(left));
                    pause = (pause * 2).min(Duration::from_secs(16));
                }
            }
        }
    }

    fn attempt(path: &Path, operation: &str) -> Result<(Self, Option<Diagnostic>), Refusal> {
        let information_path = information_path(path);
        // From before there are files until it is known here that there are: else a process that is ended between leaves them.
        let mut held = held();
        let file = lock_file(path).map_err(|error| Refusal::new(error, &information_path))?;
        let found = read_information(&information_path);
        if let Some(holder) = &found
            && holder.may_live(Timestamp::now())
        {
            return Err(Refusal { reason: "the state is already locked".into(), held: true, holder: found });
        }
        let information = Information::new(operation, path);
        write_information(&information_path, &information).map_err(|error| Refusal {
            reason: error.to_string(),
            held: false,
            holder: None,
        })?;
        // Where the operating system's lock excludes nobody, two can have come this far: the last to write wins.
        let holder = read_information(&information_path);
        if holder.as_ref().is_none_or(|it| it.id != information.id) {
            return Err(Refusal {
                reason: "another process took the lock at the same time".into(),
                held: true,
                holder,
            });
        }
        held.push(Held {
            id: information.id.clone(),
            information_path: information_path.clone(),
            path: path.to_owned(),
        });
        drop(held);
        let lost = Arc::new(AtomicBool::new(false));
        let (stop, stopped) = mpsc::channel();
        let heart = thread::spawn({
            let (path, lost, information) = (information_path.clone(), lost.clone(), information.clone());
            move || beat(&path, information, &stopped, &lost)
        });
        let taken_over = found.map(|it| {
            Diagnostic::warning(
                "State lock taken over",
                format!(
                    "The owner of the state lock is gone without having given it up: {} ({}, since {}).",
                    it.who, it.operation, it.created
                ),
            )
            .hint("What it had begun is looked up from its journal before anything else is done.")
        });
        let path = path.to_owned();
        Ok((Self { file, path, information, information_path, lost, stop: Some(stop), heart: Some(heart) }, taken_over))
    }

    /// What others read of whoever holds it.
    pub(super) fn information(&self) -> &Information {
        &self.information
    }

    /// The locked state file.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// The handle of the file that has replaced the state file, locked by [`lock_handle`] before it did.
    pub fn moved_to(&mut self, file: File) {
        self.file = file;
    }

    /// Whether somebody else has taken the lock over meanwhile, taking this process for dead.
    pub fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }
}

/// A lock of this process, as one who does not have the [`Lock`] needs it to give it up.
struct Held {
    id: String,
    information_path: PathBuf,
    path: PathBuf,
}

/// The locks that this process holds. Whoever writes or removes a lock file does it with this.
static HELD: Mutex<Vec<Held>> = Mutex::new(Vec::new());

fn held() -> std::sync::MutexGuard<'static, Vec<Held>> {
    HELD.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Gives up all locks of a process that ends without returning from what it does, and lets it take no other.
pub fn abandon() {
    let held = held();
    for lock in held.iter() {
        if read_information(&lock.information_path).is_some_and(|it| it.id == lock.id) {
            drop(std::fs::remove_file(&lock.information_path));
            if std::fs::metadata(&lock.path).is_ok_and(|it| it.len() == 0) {
                drop(std::fs::remove_file(&lock.path));
            }
        }
    }
    // What the process still does until it has ended takes no lock and shows no sign of life.
    std::mem::forget(held);
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(heart) = self.heart.take() {
            drop(heart.join());
        }
        let mut held = held();
        held.retain(|it| it.id != self.information.id);
        if self.is_lost() {
            return;
        }
        // Errors leave a lock file that the next run takes over.
        drop(std::fs::remove_file(&self.information_path));
        // The empty file that was made to be locked; not what somebody without a lock has put in its place.
        if self.file.metadata().is_ok_and(|it| it.len() == 0) && is_at(&self.file, &self.path) {
            drop(std::fs::remove_file(&self.path));
        }
    }
}

/// Takes the operating system's lock that Terraform takes, for as long as this handle is open. The configuration may read the
/// file that it is about, to hash it, to archive it, to take it for a remote state, and that does not give the lock up.
pub(super) fn lock_handle(file: &File) -> io::Result<()> {
    description::lock(file)
}

/// Opens and locks the file that is at `path`, whatever others put there meanwhile. None if there is none.
pub(super) fn lock_path(path: &Path, options: &OpenOptions) -> io::Result<Option<File>> {
    loop {
        let file = match options.open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        lock_handle(&file)?;
        // The file that was opened may have been replaced before it was locked.
        if is_at(&file, path) {
            return Ok(Some(file));
        }
    }
}

/// Whether the open file is what is at `path` now.
fn is_at(file: &File, path: &Path) -> bool {
    let identity = |it: std::fs::Metadata| (it.dev(), it.ino());
    file.metadata().map(identity).ok().is_some_and(|opened| std::fs::metadata(path).map(identity).ok() == Some(opened))
}

/// Whether an error of [`lock_handle`] says that another process has the lock, rather than that the file system has no locks.
pub(super) fn is_held(error: &io::Error) -> bool {
    [Errno::AGAIN, Errno::ACCESS].iter().any(|it| error.raw_os_error() == Some(it.raw_os_error()))
}

fn lock_file(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    lock_path(path, &options)?.ok_or_else(|| io::ErrorKind::NotFound.into())
}

pub(super) fn read_information(path: &Path) -> Option<Information> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

fn write_information(path: &Path, information: &Information) -> io::Result<()> {
    let text = serde_json::to_vec(information)?;
    super::atomic::write_atomically(path, &text, |_| Ok(())).map(drop)
}

/// Shows that the owner lives, until it is told to stop.
fn beat(path: &Path, mut information: Information, stopped: &mpsc::Receiver<()>, lost: &AtomicBool) {
    while stopped.recv_timeout(HEARTBEAT) == Err(mpsc::RecvTimeoutError::Timeout) {
        let _held = held();
        if read_information(path).is_none_or(|it| it.id != information.id) {
            lost.store(true, Ordering::Relaxed);
            return;
        }
        information.heartbeat = Some(Timestamp::now().to_string());
        // A missed beat is made up for by the next.
        drop(write_information(path, &information));
    }
}

/// Why the lock was not taken.
struct Refusal {
    reason: String,
    /// By somebody who may give it up.
    held: bool,
    holder: Option<Information>,
}

impl Refusal {
    fn new(error: io::Error, information_path: &Path) -> Self {
        if is_held(&error) {
            let holder = read_information(information_path);
            return Self { reason: "resource temporarily unavailable".into(), held: true, holder };
        }
        Self { reason: error.to_string(), held: false, holder: None }
    }

    fn diagnostic(self) -> Diagnostic {
        let mut detail = format!("Error message: {}\n", self.reason);
        if let Some(holder) = self.holder {
            detail += &format!("{holder}\n");
        }
        detail += "\nA state lock protects the state from being written by multiple users at the same time. Please resolve \
                   the issue above and try again. For most commands, you can disable locking with the \"-lock=false\" \
                   flag, but this is not recommended.";
        Diagnostic::error("Error acquiring the state lock", detail)
    }
}
