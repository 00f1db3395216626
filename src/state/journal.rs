//! The journal beside a state file: what is about to be done and what came of it, a JSON object a line.
//!
//! The state file is rewritten seldom; the journal is on disk before and after every call that changes something.
//! Both together are the truth: [`replay`] applies to the state what was journaled since the state was written.
//!
//! Each line ends with a checksum of what is before it. A process that is killed can leave half a line at the end, which is passed
//! over; a line that is damaged in any other way is an error, since nobody can tell what it announced.
//!
//! Whoever writes a journal holds the operating system's lock on it and is named in it ([`Entry::Owner`]): it is taken over
//! only when its owner is gone, whether that one had locked the state or not.
//!
//! An [`Entry::Base`] says which state file the entries after it build on. A checkpoint first appends the digest of
//! the state file that it is about to write, so that whichever of the two files a killed process left is found in
//! the journal. Intents that stand before the first base are carried over: their effects are in that state already.

use super::{
    Object, State,
    atomic::write_atomically,
    description::is_locked,
    file, json,
    lock::{self, Information, is_held, lock_handle},
};
use crate::{
    address::{InstanceAddress, ModuleAddress, Name, ProviderAddress},
    diagnostic::Diagnostic,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{self, Read, Seek, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

/// What is about to be done to one object.
#[derive(Clone, Debug)]
pub struct Intent {
    /// Unique in the journal: [`OpenState::next_sequence`](super::OpenState::next_sequence).
    pub sequence: u64,
    pub address: InstanceAddress,
    /// Set where it is about a deposed object.
    pub deposed: Option<Name>,
    pub provider: ProviderAddress,
    /// The module instance whose configuration of the provider is used.
    pub provider_module: ModuleAddress,
    pub operation: Operation,
    /// The token of the creation, empty for other operations.
    pub token: String,
    /// A create that first sets the current object aside under this key.
    pub depose_as: Option<Name>,
    /// The object as planned, null where unknown: the natural key, and what state needs of an object that was made.
    /// See [`Object::encode_planned`].
    pub planned: Option<Arc<Object>>,
    /// When it was written, RFC 3339, for whoever has to look for what came of it.
    pub at: Option<Arc<str>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    Create,
    Update,
    Delete,
}

impl Operation {
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}

/// What came of an intent. An intent can have several, the last one holds; the first one resolves it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Of the intent; a sequence of its own where there was none (a data source that was read).
    pub sequence: u64,
    pub address: InstanceAddress,
    pub deposed: Option<Name>,
    pub provider: ProviderAddress,
    pub effect: Effect,
}

#[derive(Clone, Debug)]
pub enum Effect {
    /// The object is now this.
    Object(Arc<Object>),
    Gone,
    /// Nothing was done. A deposed object becomes current again.
    FailedCleanly,
}

#[derive(Clone, Debug)]
pub enum Entry {
    Intent(Intent),
    Outcome(Outcome),
    /// The digest of the state file that what follows builds on.
    Base(String),
    /// Who writes what follows.
    Owner(Box<Information>),
}

/// What identifies a state file: the SHA-256 of its text. A file that is not there is as an empty one.
pub fn digest(text: &[u8]) -> String {
    format!("{:x}", Sha256::digest(text))
}

/// `<state file>.journal`
pub fn path_of(state: &Path) -> PathBuf {
    let mut name = state.as_os_str().to_owned();
    name.push(".journal");
    name.into()
}

/// Applies the effect of an intent that is about to be carried out.
pub(super) fn begin(state: &mut State, intent: &Intent) {
    if let Some(key) = &intent.depose_as {
        state.depose(&intent.address, key);
    }
}

/// Applies an outcome; `intent` is the one that it resolves, if it is the first.
pub(super) fn finish(state: &mut State, outcome: &Outcome, intent: Option<&Intent>) {
    match &outcome.effect {
        Effect::Object(object) => {
            state.put(&outcome.address, outcome.deposed.as_ref(), &outcome.provider, object.clone());
        }
        Effect::Gone => drop(state.take(&outcome.address, outcome.deposed.as_ref())),
        Effect::FailedCleanly => {
            if let Some(key) = intent.and_then(|it| it.depose_as.as_ref()) {
                state.restore(&outcome.address, key);
            }
        }
    }
}

/// What state and journal come to.
pub struct Replayed {
    pub state: State,
    /// By sequence.
    pub unresolved: Vec<Intent>,
    /// Whether the journal held anything that the state file does not.
    pub changed: bool,
}

/// Applies to `state`, whose file has the digest `base`, what was journaled since it was written. None if the
/// journal belongs to another state file, so that what it says cannot be applied.
pub fn replay(mut state: State, base: &str, entries: &[Entry]) -> Option<Replayed> {
    let is_base = |entry: &Entry| matches!(entry, Entry::Base(digest) if digest == base);
    let since = entries.iter().rposition(is_base).or_else(|| {
        // If nothing but questions are left, they can be asked of a state that another tool has gone on with.
        let first = entries.iter().position(|entry| matches!(entry, Entry::Base(_))).unwrap_or(0);
        let is_question = |entry: &Entry| match entry {
            Entry::Intent(intent) => intent.depose_as.is_none(),
            Entry::Outcome(_) => false,
            Entry::Base(_) | Entry::Owner(_) => true,
        };
        entries[first..].iter().all(is_question).then_some(entries.len())
    })?;
    let mut pending: BTreeMap<u64, &Intent> = BTreeMap::new();
    let mut changed = false;
    for (position, entry) in entries.iter().enumerate() {
        let is_new = position > since;
        match entry {
            Entry::Base(_) | Entry::Owner(_) => {}
            Entry::Intent(intent) => {
                pending.insert(intent.sequence, intent);
                if is_new {
                    begin(&mut state, intent);
                    changed = true;
                }
            }
            Entry::Outcome(outcome) => {
                let intent = pending.remove(&outcome.sequence);
                if is_new {
                    finish(&mut state, outcome, intent);
                    changed = true;
                }
            }
        }
    }
    let unresolved = pending.into_values().cloned().collect();
    Some(Replayed { state, unresolved, changed })
}

/// The highest sequence that was used.
pub fn last_sequence(entries: &[Entry]) -> u64 {
    let sequence = |entry: &Entry| match entry {
        Entry::Intent(intent) => intent.sequence,
        Entry::Outcome(outcome) => outcome.sequence,
        Entry::Base(_) | Entry::Owner(_) => 0,
    };
    entries.iter().map(sequence).max().unwrap_or(0)
}

/// Who wrote a journal last, where it says so.
pub(super) fn owner(entries: &[Entry]) -> Option<&Information> {
    entries.iter().rev().find_map(|entry| match entry {
        Entry::Owner(owner) => Some(&**owner),
        _ => None,
    })
}

/// Why a journal is not this process's to write.
pub(super) enum Refusal {
    /// Its owner lives, and may be known.
    Owned(Option<Information>),
    Failed(io::Error),
}

/// The right to write a journal, which is held until it is dropped.
#[derive(Debug)]
pub struct Claim(File);

impl Claim {
    /// Takes over the journal at `path`; none if there is none.
    pub(super) fn inherit(path: &Path, state: &Path) -> Result<Option<Self>, Refusal> {
        Self::take(path, state, OpenOptions::new().read(true).write(true))
    }

    /// Begins a journal at `path`, where there is none or an empty one.
    pub(super) fn begin(path: &Path, state: &Path) -> Result<Self, Refusal> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let claim =
            Self::take(path, state, &options)?.ok_or_else(|| Refusal::Failed(io::ErrorKind::NotFound.into()))?;
        let is_empty = claim.0.metadata().map_err(Refusal::Failed)?.len() == 0;
        // One that came meanwhile and is owned no more says what was done to a state that this process does not know.
        if is_empty { Ok(claim) } else { Err(Refusal::Owned(owner_in(path))) }
    }

    fn take(path: &Path, state: &Path, options: &OpenOptions) -> Result<Option<Self>, Refusal> {
        let locked = lock::lock_path(path, options);
        let (file, has_locks) = match locked {
            Ok(None) => return Ok(None),
            Ok(Some(file)) => (file, true),
            Err(error) if is_held(&error) => return Err(Refusal::Owned(owner_in(path))),
            // A file system without locks: what the owner says of itself has to do.
            Err(_) => (options.open(path).map_err(Refusal::Failed)?, false),
        };
        match living_owner(path, state, has_locks) {
            Some(owner) => Err(Refusal::Owned(Some(owner))),
            None => Ok(Some(Self(file))),
        }
    }

    /// What the journal says.
    pub(super) fn read(&mut self, path: &Path) -> Result<Vec<Entry>, Diagnostic> {
        let mut text = Vec::new();
        let read = self.0.rewind().and_then(|()| self.0.read_to_end(&mut text));
        read.map_err(|error| unreadable(path, &error))?;
        parse(&text).map_err(|damage| damaged(path, damage))
    }
}

/// The owner of a journal whom the operating system's lock on it does not tell of, if it may still be at work: on another
/// machine, or on any where the file system `has_locks` not.
fn living_owner(path: &Path, state: &Path, has_locks: bool) -> Option<Information> {
    let owner = owner_in(path)?;
    if has_locks && owner.is_here() {
        return None;
    }
    // Its signs of life stand with the lock, if it has one.
    let signs = lock::read_information(&lock::information_path(state)).filter(|it| it.id == owner.id);
    let owner = signs.unwrap_or(owner);
    owner.may_live(Timestamp::now()).then_some(owner)
}

fn owner_in(path: &Path) -> Option<Information> {
    let entries = parse(&std::fs::read(path).ok()?).ok()?;
    owner(&entries).cloned()
}

/// Whether a process writes the journal at `path` right now, and who that is where it is known.
pub(super) fn is_owned(path: &Path, state: &Path) -> bool {
    File::open(path).is_ok_and(|file| is_locked(&file) || living_owner(path, state, true).is_some())
}

/// An open journal file.
#[derive(Debug)]
pub struct Journal {
    file: File,
    /// Of what is known to be whole on disk.
    length: u64,
}

impl Journal {
    /// Replaces the journal at `path` by one that holds the unresolved intents, its owner, then the digest of the state file.
    pub(super) fn start<'i>(
        path: &Path,
        unresolved: impl IntoIterator<Item = &'i Intent>,
        owner: &Information,
        base: &str,
    ) -> io::Result<Self> {
        let mut text = Vec::new();
        for intent in unresolved {
            write_entry(&Entry::Intent(intent.clone()), &mut text);
        }
        write_entry(&Entry::Owner(Box::new(owner.clone())), &mut text);
        write_entry(&Entry::Base(base.into()), &mut text);
        let file = write_atomically(path, &text, |file| match lock_handle(file) {
            Err(error) if is_held(&error) => Err(error),
            _ => Ok(()),
        })?;
        Ok(Self { file, length: text.len() as u64 })
    }

    /// Appends all entries by one write and waits until they are on disk.
    pub(super) fn append(&mut self, entries: &[Entry]) -> io::Result<()> {
        let mut text = Vec::new();
        for entry in entries {
            write_entry(entry, &mut text);
        }
        let written = self.file.write_all(&text).and_then(|()| self.file.sync_data());
        match written {
            Ok(()) => self.length += text.len() as u64,
            // Half a line must not stand before the next one.
            Err(_) => {
                self.file.set_len(self.length)?;
                self.file.seek(io::SeekFrom::End(0))?;
            }
        }
        written
    }
}

/// Appends the digest of the state file that is about to be written to a journal that an earlier run left, whose
/// last line may have been cut off.
pub(super) fn announce(claim: &mut Claim, digest: &str) -> io::Result<()> {
    let mut text = Vec::new();
    claim.0.rewind()?;
    claim.0.read_to_end(&mut text)?;
    let mut line = Vec::new();
    match tail(&text) {
        Tail::Whole => line.push(b'\n'),
        Tail::Torn => claim.0.set_len(whole_lines(&text).len() as u64)?,
    }
    write_entry(&Entry::Base(digest.into()), &mut line);
    claim.0.seek(io::SeekFrom::End(0))?;
    claim.0.write_all(&line)?;
    claim.0.sync_all()
}

fn whole_lines(text: &[u8]) -> &[u8] {
    &text[..text.iter().rposition(|it| *it == b'\n').map_or(0, |end| end + 1)]
}

/// Reads a journal; none where there is no file. A last line that was cut off is passed over.
pub fn read(path: &Path) -> Result<Vec<Entry>, Diagnostic> {
    match std::fs::read(path) {
        Ok(text) => parse(&text).map_err(|damage| damaged(path, damage)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(unreadable(path, &error)),
    }
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error("Failed to read the journal", format!("Cannot read {}: {error}.", path.display()))
}

pub(super) fn damaged(path: &Path, (line, detail): (usize, String)) -> Diagnostic {
    Diagnostic::error("Damaged journal", format!("Line {line} of {} cannot be read: {detail}.", path.display())).hint(
        "The journal says what an interrupted run did after the state file was written. Restore the file from a copy, or \
         move it away to go on with the state file alone, after checking each object that it names: what that run made or \
         deleted has to be imported, or removed from state, by hand.",
    )
}

/// What stands after the last line end.
enum Tail {
    /// Nothing, or what a process that was killed had written of a line.
    Torn,
    /// A line that lacks nothing but its end.
    Whole,
}

fn tail(text: &[u8]) -> Tail {
    let tail = &text[whole_lines(text).len()..];
    if !tail.is_empty() && checked(tail).is_ok_and(|(_, is_checked)| is_checked) { Tail::Whole } else { Tail::Torn }
}

/// The entries of whole lines; an error comes with its line.
pub(super) fn parse(text: &[u8]) -> Result<Vec<Entry>, (usize, String)> {
    let mut entries = Vec::new();
    let mut lists = file::Lists::default();
    let whole = whole_lines(text);
    let lines = whole.strip_suffix(b"\n").unwrap_or(whole).split(|it| *it == b'\n').filter(|_| !whole.is_empty());
    let rest = &text[whole.len()..];
    let lines = lines.chain(matches!(tail(text), Tail::Whole).then_some(rest));
    let mut count = 0;
    for line in lines {
        count += 1;
        let json = checked(line).map(|(json, _)| json);
        let entry = json
            .and_then(|json| serde_json::from_slice(json).map_err(|error| error.to_string()))
            .and_then(|it| read_entry(it, &mut lists));
        entries.push(entry.map_err(|detail| (count, detail))?);
    }
    // Nobody who is killed writes more than the line: its end was there and is another byte now.
    if let Tail::Torn = tail(text)
        && let Some((_, but_last)) = rest.split_last()
        && checked(but_last).is_ok_and(|(_, is_checked)| is_checked)
    {
        return Err((count + 1, "its end is damaged".into()));
    }
    Ok(entries)
}

/// How many hexadecimal digits of the SHA-256 of a line stand behind it.
const CHECKSUM: usize = 16;

fn checksum(text: &[u8]) -> String {
    let mut digest = digest(text);
    digest.truncate(CHECKSUM);
    digest
}

/// What a line says, and whether it has a checksum, which those of earlier versions have not.
fn checked(line: &[u8]) -> Result<(&[u8], bool), String> {
    if line.ends_with(b"}") {
        return Ok((line, false));
    }
    let (text, sum) = line.split_at(line.len().saturating_sub(CHECKSUM + 1));
    match sum.strip_prefix(b" ") {
        Some(sum) if sum == checksum(text).as_bytes() => Ok((text, true)),
        _ => Err("it does not have the checksum that it was written with".into()),
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum EntryText {
    Intent(IntentText),
    Outcome(OutcomeText),
    Base(String),
    Owner(Box<Information>),
}

#[derive(Serialize, Deserialize)]
struct IntentText {
    sequence: u64,
    operation: Operation,
    address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deposed: Option<Name>,
    provider: String,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    provider_module: String,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    token: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    depose_as: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    planned: Option<file::ObjectText>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<Arc<str>>,
}

#[derive(Serialize, Deserialize)]
struct OutcomeText {
    sequence: u64,
    address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deposed: Option<Name>,
    provider: String,
    effect: EffectText,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EffectText {
    Object(file::ObjectText),
    Gone,
    FailedCleanly,
}

fn write_entry(entry: &Entry, out: &mut Vec<u8>) {
    let text = match entry {
        Entry::Base(digest) => EntryText::Base(digest.clone()),
        Entry::Owner(owner) => EntryText::Owner(owner.clone()),
        Entry::Intent(intent) => EntryText::Intent(IntentText {
            sequence: intent.sequence,
            operation: intent.operation,
            address: intent.address.to_string(),
            deposed: intent.deposed.clone(),
            provider: intent.provider.to_string(),
            provider_module: intent.provider_module.to_string(),
            token: intent.token.clone(),
            depose_as: intent.depose_as.clone(),
            planned: intent.planned.as_deref().map(file::write_object),
            at: intent.at.clone(),
        }),
        Entry::Outcome(outcome) => EntryText::Outcome(OutcomeText {
            sequence: outcome.sequence,
            address: outcome.address.to_string(),
            deposed: outcome.deposed.clone(),
            provider: outcome.provider.to_string(),
            effect: match &outcome.effect {
                Effect::Object(object) => EffectText::Object(file::write_object(object)),
                Effect::Gone => EffectText::Gone,
                Effect::FailedCleanly => EffectText::FailedCleanly,
            },
        }),
    };
    // Attributes are kept as they were read, over many lines.
    let start = out.len();
    json::compact(&serde_json::to_vec(&text).expect("an entry can be written"), out);
    let sum = checksum(&out[start..]);
    out.extend([b" ", sum.as_bytes(), b"\n"].concat());
}

fn read_entry(text: EntryText, lists: &mut file::Lists) -> Result<Entry, String> {
    let mut object = |text, name: &str| match file::read_object(text, name, lists) {
        Ok(object) => Ok(Arc::new(object)),
        Err(problem) => Err(problem.detail),
    };
    Ok(match text {
        EntryText::Base(digest) => Entry::Base(digest),
        EntryText::Owner(owner) => Entry::Owner(owner),
        EntryText::Intent(text) => Entry::Intent(Intent {
            sequence: text.sequence,
            address: address(&text.address)?,
            deposed: text.deposed,
            provider: address(&text.provider)?,
            provider_module: address(&text.provider_module)?,
            operation: text.operation,
            token: text.token,
            depose_as: text.depose_as,
            planned: text.planned.map(|planned| object(planned, &text.address)).transpose()?,
            at: text.at,
        }),
        EntryText::Outcome(text) => Entry::Outcome(Outcome {
            sequence: text.sequence,
            address: address(&text.address)?,
            deposed: text.deposed,
            provider: address(&text.provider)?,
            effect: match text.effect {
                EffectText::Object(it) => Effect::Object(object(it, &text.address)?),
                EffectText::Gone => Effect::Gone,
                EffectText::FailedCleanly => Effect::FailedCleanly,
            },
        }),
    })
}

fn address<T: std::str::FromStr<Err = crate::address::ParseError>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error| format!("{text:?} is not an address: {error}"))
}
