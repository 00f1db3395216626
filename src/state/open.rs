//! An open state: locked, its journal replayed, and kept on disk step by step while a plan is applied.

use super::{
    Intent, Location, Outcome, State,
    atomic::{remove_left_over, write_atomically},
    file,
    journal::{self, Claim, Entry, Journal, Refusal},
    lock::{self, Information, Lock, lock_handle},
};
use crate::diagnostic::{Diagnostic, Diagnostics};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Seek},
    path::Path,
    time::{Duration, Instant},
};

/// The state file is rewritten at most this often while journal entries come in…
const REST: Duration = Duration::from_secs(10);
/// …and takes at most one part in so many of the time.
const SHARE: u32 = 50;

#[derive(Clone, Debug)]
pub struct Options {
    /// False: no lock is taken, as `-lock=false` asks. The journal is respected all the same.
    pub lock: bool,
    pub lock_timeout: Duration,
    /// What the lock says its owner does: `OperationTypeApply`.
    pub operation: String,
}

/// A state that can be changed. What it says is on disk:
/// - what was given to [`OpenState::intend`] and [`OpenState::record`], when they return;
/// - what was changed in `state` directly, after [`OpenState::checkpoint`], which has to be called before the next
///   intent.
#[derive(Debug)]
pub struct OpenState {
    pub state: State,
    /// What an earlier run had begun and nobody knows the outcome of. Each has to be looked up and its outcome
    /// recorded before anything else is done to its object; recording takes it out of here.
    pub unresolved: Vec<Intent>,
    /// Warnings to show: a lock that was taken over.
    pub warnings: Diagnostics,
    location: Location,
    lock: Option<Lock>,
    /// This process, as the journal names it.
    owner: Information,
    /// What the state file says.
    written: State,
    digest: String,
    /// What was at `location.output` when it was read or written last. That it is still there says that nobody, with or
    /// without a lock, has written it meanwhile.
    output: String,
    /// What was read, for the backup, until that is written.
    original: Option<Vec<u8>>,
    /// Whether this run has raised the serial.
    raised: bool,
    journal: Option<Journal>,
    /// The journal that an earlier run left.
    inherited: Option<Claim>,
    /// Intents of this run, by sequence.
    pending: BTreeMap<u64, Intent>,
    sequence: u64,
    saved_at: Instant,
    save_took: Duration,
}

/// Opens the state at `location`: takes the lock, reads the file and replays the journal. Writes nothing.
pub fn open(location: Location, options: &Options) -> Result<OpenState, Diagnostics> {
    let mut warnings = Diagnostics::new();
    let journal_path = journal::path_of(&location.output);
    let lock = if options.lock {
        let locked = Lock::acquire(&location.output, &options.operation, options.lock_timeout);
        let (lock, taken_over) = locked.map_err(|it| vec![it])?;
        warnings.extend(taken_over);
        Some(lock)
    } else {
        None
    };
    let mut inherited = Claim::inherit(&journal_path, &location.output).map_err(|it| vec![refused(it, &location)])?;
    let entries = match &mut inherited {
        Some(claim) => claim.read(&journal_path).map_err(|it| vec![it])?,
        None => Vec::new(),
    };
    let output = match &lock {
        Some(lock) => read_handle(lock.file()).map_err(|error| vec![unread(&location.output, &error)])?,
        None => read_path(&location.output).map_err(|it| vec![it])?,
    };
    if lock.is_some() {
        let information = lock::information_path(&location.output);
        let own = [location.output.as_path(), &journal_path, &information];
        remove_left_over(&own.into_iter().chain(location.backup.as_deref()).collect::<Vec<_>>());
    }
    let read = read_with(&location, output, &entries)?;
    let Replay { mut replayed, written, text, digest, output } = read;
    // Found out now, and not when there is something to write.
    written.check_serial().map_err(|it| vec![it])?;
    if replayed.changed {
        // A plan that was made before the interrupted run is not one of this state.
        replayed.state.raise_serial().map_err(|it| vec![it])?;
    }
    let owner = match &lock {
        Some(lock) => lock.information().clone(),
        None => Information::new(&options.operation, &location.output),
    };
    let now = Instant::now();
    Ok(OpenState {
        state: replayed.state,
        unresolved: replayed.unresolved,
        warnings,
        lock,
        owner,
        written,
        digest,
        output,
        original: Some(text).filter(|it| !it.is_empty()),
        raised: replayed.changed,
        journal: None,
        inherited,
        pending: BTreeMap::new(),
        sequence: journal::last_sequence(&entries),
        saved_at: now,
        save_took: Duration::ZERO,
        location,
    })
}

/// State and journal as they belong together.
struct Replay {
    replayed: journal::Replayed,
    /// What the state file says, its text and the digest of that.
    written: State,
    text: Vec<u8>,
    digest: String,
    /// The digest of what is at `location.output`.
    output: String,
}

/// Replays the journal on the state file that it belongs to; `output` is what is at `location.output`.
fn read_with(location: &Location, output: Vec<u8>, entries: &[Entry]) -> Result<Replay, Diagnostics> {
    let output_digest = journal::digest(&output);
    let apart = location.input != location.output;
    let mut text = if apart { read_path(&location.input).map_err(|it| vec![it])? } else { output.clone() };
    // An interrupted run that wrote elsewhere than it read is gone on with from where it wrote.
    let is_base = |text: &[u8]| {
        let digest = journal::digest(text);
        entries.iter().any(|entry| matches!(entry, Entry::Base(base) if *base == digest))
    };
    if apart && !entries.is_empty() && !is_base(&text) && is_base(&output) {
        text = output;
    }
    let written = file::decode(&text)?;
    let digest = journal::digest(&text);
    let Some(replayed) = journal::replay(written.clone(), &digest, entries) else {
        return Err(vec![foreign(location, &journal::path_of(&location.output))]);
    };
    Ok(Replay { replayed, written, text, digest, output: output_digest })
}

/// A state as those see it who must not change it: nothing that can be done with it writes anything.
#[derive(Debug, Default)]
pub struct Recorded {
    pub state: State,
    /// What a run had begun and had not ended when this was read.
    pub begun: Vec<Intent>,
    /// That run, if it is still at work.
    pub running: bool,
}

/// Reads the state at `location` as it is now, beside whoever is changing it. Takes no lock.
pub fn read(location: &Location) -> Result<Recorded, Diagnostics> {
    let journal_path = journal::path_of(&location.output);
    let mut before: Option<(Vec<u8>, Vec<u8>)> = None;
    loop {
        // The journal first: what it says of a state file that is replaced meanwhile is in that file.
        let journal_text = match std::fs::read(&journal_path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read.map_err(|error| vec![journal::unreadable(&journal_path, &error)])?,
        };
        let output = read_path(&location.output).map_err(|it| vec![it])?;
        let read = journal::parse(&journal_text).map_err(|it| vec![journal::damaged(&journal_path, it)]);
        let read = read.and_then(|entries| read_with(location, output.clone(), &entries));
        match read {
            Ok(Replay { mut replayed, .. }) => {
                if replayed.changed {
                    replayed.state.raise_serial().map_err(|it| vec![it])?;
                }
                let running = journal::is_owned(&journal_path, &location.output);
                return Ok(Recorded { state: replayed.state, begun: replayed.unresolved, running });
            }
            // The two do not belong together if one was replaced between reading them, which shows by their having changed.
            Err(problems) => {
                let now = (journal_text, output);
                if before.as_ref() == Some(&now) {
                    return Err(problems);
                }
                before = Some(now);
            }
        }
    }
}

impl Recorded {
    /// What whoever relies on it should know: that it is changing, or that the outcome of something is not known.
    pub fn note(&self) -> Option<Diagnostic> {
        let begun: String =
            self.begun.iter().map(|it| format!("\n  - {} ({})", it.address, it.operation.name())).collect();
        if begun.is_empty() {
            return None;
        }
        Some(match self.running {
            true => Diagnostic::warning(
                "State is being changed",
                format!("Another run is under way. It has begun this and not ended it yet:{begun}"),
            )
            .hint("What is shown here is the state without that."),
            false => Diagnostic::warning(
                "Outcome of an interrupted run not known",
                format!("An earlier run was cut off. It had begun this, and what came of it is not known:{begun}"),
            )
            .hint("The next run that locks the state finds it out, before it does anything else."),
        })
    }
}

/// Why the journal cannot be written.
fn refused(refusal: Refusal, location: &Location) -> Diagnostic {
    let path = journal::path_of(&location.output);
    let owner = match refusal {
        Refusal::Failed(error) => return failed("open the journal", &path, &error),
        Refusal::Owned(owner) => owner,
    };
    let owner = owner.map_or_else(String::new, |it| format!("\n{it}\n"));
    Diagnostic::error(
        "State is being changed by another run",
        format!(
            "The journal {} belongs to a run that is under way. What that has begun is its own to end: going on beside it \
             would lose objects or make them twice.{owner}",
            path.display()
        ),
    )
    .hint("Wait until the other run has ended, or end it. Commands that only read need not wait: use plan -lock=false.")
}

/// The state file is not what this run knows.
fn overwritten(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "State was changed meanwhile",
        format!(
            "{} was written by something else after this run had read it, so that it is not written over.",
            path.display()
        ),
    )
    .hint("Run the command again: it will see what has changed. Without -lock=false this cannot happen.")
}

fn foreign(location: &Location, journal: &Path) -> Diagnostic {
    let (state, journal) = (location.output.display(), journal.display());
    Diagnostic::error(
        "State and journal disagree",
        format!(
            "The journal {journal} holds what an interrupted run did after it last wrote {state}, but that file was \
             changed by something else since."
        ),
    )
    .hint(format!(
        "If {state} is right as it is, move {journal} away. Otherwise restore the state file that the journal belongs \
         to; the journal is applied when it is opened next."
    ))
}

impl OpenState {
    /// A number for an intent.
    pub fn next_sequence(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }

    /// Puts intents on disk, all by one write, before the calls that they announce are made.
    pub fn intend(&mut self, intents: &[Intent]) -> Result<(), Diagnostic> {
        let entries: Vec<Entry> = intents.iter().cloned().map(Entry::Intent).collect();
        self.append(&entries)?;
        for intent in intents {
            journal::begin(&mut self.state, intent);
            self.pending.insert(intent.sequence, intent.clone());
        }
        Ok(())
    }

    /// Puts outcomes on disk, all by one write, and into `state`. Now and then the state file is written too.
    ///
    /// `state` has them also where an error says that they are not on disk.
    pub fn record(&mut self, outcomes: &[Outcome]) -> Result<(), Diagnostic> {
        let entries: Vec<Entry> = outcomes.iter().cloned().map(Entry::Outcome).collect();
        let appended = self.append(&entries);
        for outcome in outcomes {
            let inherited = self.unresolved.iter().position(|it| it.sequence == outcome.sequence);
            let inherited = inherited.map(|position| self.unresolved.remove(position));
            let intent = inherited.or_else(|| self.pending.remove(&outcome.sequence));
            journal::finish(&mut self.state, outcome, intent.as_ref());
        }
        appended?;
        if self.saved_at.elapsed() > REST.max(self.save_took * SHARE) {
            self.checkpoint()?;
        }
        Ok(())
    }

    /// Writes the state file, if anything has changed, and begins the journal anew with what is unresolved.
    pub fn checkpoint(&mut self) -> Result<(), Diagnostic> {
        self.check_lock()?;
        let began = Instant::now();
        let Some(text) = self.changed_text()? else { return Ok(()) };
        self.claim()?;
        let digest = journal::digest(&text);
        self.announce(&digest)?;
        self.write_state(&text, digest)?;
        self.begin_journal()?;
        self.saved_at = Instant::now();
        self.save_took = began.elapsed();
        Ok(())
    }

    /// The file that is written.
    pub fn path(&self) -> &Path {
        &self.location.output
    }

    /// Writes the state file if anything has changed, ends the journal unless something is unresolved, and gives up
    /// the lock.
    pub fn close(mut self) -> Result<(), Diagnostic> {
        self.checkpoint()?;
        let is_ours = self.journal.is_some() || self.inherited.is_some();
        if is_ours && self.pending.is_empty() && self.unresolved.is_empty() {
            let path = journal::path_of(&self.location.output);
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(failed("remove the journal", &path, &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn check_lock(&self) -> Result<(), Diagnostic> {
        match &self.lock {
            Some(lock) if lock.is_lost() => Err(Diagnostic::error(
                "State lock lost",
                "Another process has taken over the state lock, so that nothing can be written any more.",
            )
            .hint("The journal keeps what was done; the next run reads it.")),
            _ => Ok(()),
        }
    }

    fn append(&mut self, entries: &[Entry]) -> Result<(), Diagnostic> {
        if entries.is_empty() {
            return Ok(());
        }
        self.check_lock()?;
        if self.journal.is_none() {
            // What an earlier run journaled goes into the state file first: its journal may end in half a line.
            self.checkpoint()?;
        }
        if self.journal.is_none() {
            self.claim()?;
            self.begin_journal()?;
        }
        let path = journal::path_of(&self.location.output);
        let journal = self.journal.as_mut().expect("begun above");
        journal.append(entries).map_err(|error| failed("write the journal", &path, &error))
    }

    /// Makes sure that this process alone writes the journal, and that the state is still the one that it knows.
    fn claim(&mut self) -> Result<(), Diagnostic> {
        if self.journal.is_none() && self.inherited.is_none() {
            let path = journal::path_of(&self.location.output);
            let claim = Claim::begin(&path, &self.location.output);
            self.inherited = Some(claim.map_err(|it| refused(it, &self.location))?);
            if journal::digest(&read_path(&self.location.output)?) != self.output {
                // The claim is empty: nothing is lost with it.
                drop(std::fs::remove_file(&path));
                return Err(overwritten(&self.location.output));
            }
        }
        Ok(())
    }

    /// The text to write, with its serial raised once a run; none if the state is as it was read or written.
    fn changed_text(&mut self) -> Result<Option<Vec<u8>>, Diagnostic> {
        let state = &mut self.state;
        state.terraform_version = file::TERRAFORM_VERSION.into();
        self.written.terraform_version.clone_from(&state.terraform_version);
        let text = file::encode(state);
        if text == file::encode(&self.written) {
            return Ok(None);
        }
        if self.raised && !state.lineage.is_empty() {
            return Ok(Some(text));
        }
        if state.lineage.is_empty() {
            state.lineage = uuid::Uuid::new_v4().to_string();
        }
        if !self.raised {
            state.raise_serial()?;
            self.raised = true;
        }
        Ok(Some(file::encode(state)))
    }

    /// First stage of a checkpoint: the journal names the state file that is about to be written.
    fn announce(&mut self, digest: &str) -> Result<(), Diagnostic> {
        let path = journal::path_of(&self.location.output);
        let announced = match &mut self.journal {
            Some(journal) => journal.append(&[Entry::Base(digest.into())]),
            None => self.inherited.as_mut().map_or(Ok(()), |claim| journal::announce(claim, digest)),
        };
        announced.map_err(|error| failed("write the journal", &path, &error))
    }

    /// Second stage: the state file is replaced; before the first time, what was read is kept as backup.
    fn write_state(&mut self, text: &[u8], digest: String) -> Result<(), Diagnostic> {
        if let (Some(original), Some(backup)) = (&self.original, &self.location.backup) {
            write_atomically(backup, original, |_| Ok(()))
                .map_err(|error| failed("write the backup", backup, &error))?;
        }
        self.original = None;
        let path = &self.location.output;
        let locked = self.lock.is_some();
        let handle = write_atomically(path, text, |file| if locked { lock_handle(file) } else { Ok(()) })
            .map_err(|error| failed("write the state file", path, &error))?;
        if let Some(lock) = &mut self.lock {
            lock.moved_to(handle);
        }
        self.written = self.state.clone();
        self.output.clone_from(&digest);
        self.digest = digest;
        Ok(())
    }

    /// Third stage: the journal begins anew.
    fn begin_journal(&mut self) -> Result<(), Diagnostic> {
        let path = journal::path_of(&self.location.output);
        let unresolved = self.unresolved.iter().chain(self.pending.values());
        let journal = Journal::start(&path, unresolved, &self.owner, &self.digest);
        self.journal = Some(journal.map_err(|error| failed("write the journal", &path, &error))?);
        self.inherited = None;
        Ok(())
    }
}

fn failed(what: &str, path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error("Failed to save state", format!("Cannot {what} {}: {error}.", path.display()))
}

fn unread(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error("Failed to read state", format!("The state file {} could not be read: {error}.", path.display()))
}

fn read_path(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    match std::fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read.map_err(|error| unread(path, &error)),
    }
}

/// Reads a locked file from its beginning.
fn read_handle(mut file: &File) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests;
