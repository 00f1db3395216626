//! The one poller: everything that waits for an object to become ready, or to go, waits here.
//!
//! Objects of one provider and type that wait at the same time are read together, so that making 150 subnets takes
//! a few reads. A type has one read under way at most. An object is read when its wait begins, then with doubling pauses;
//! while objects of a type keep coming, its reads are spaced out so that they gather more of them. Where none can come
//! before a read has ended, because all that runs is waiting, or all of the type and nothing more may start, there is
//! nothing to gather, and the read is made at once.

use super::{
    stop::Stop,
    tempo::{Backoff, Tempo},
};
use crate::{
    address::Name,
    plan::ProviderKey,
    provider::{Class, ConfiguredProvider, Found, Id, Known, Live, Phase, Problem, Result},
};
use futures::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::{
    select,
    sync::{mpsc, oneshot},
    time::{Instant, sleep_until},
};

/// Why a wait ended without what it was for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Unsettled {
    /// The object will never be ready; the reason as the provider gives it.
    Failed(Live, String),
    /// It was not found for longer than anything new stays invisible.
    Vanished,
    /// Still pending at the deadline (or still there, when it was to go), as last seen.
    Late(Live),
    /// It cannot be read.
    Unreadable(Problem),
    /// The run was interrupted; as last seen, if it was.
    Interrupted(Option<Live>),
}

/// What to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    Ready,
    Gone,
}

/// The objects that one provider configuration has of one type.
#[derive(Clone)]
pub(super) struct Kind {
    pub key: ProviderKey,
    pub type_name: Name,
    pub provider: Arc<dyn ConfiguredProvider>,
    /// See [`crate::provider::Traits::local`].
    pub local: bool,
}

/// Provider and type.
type Key = (ProviderKey, Name);

enum Message {
    /// A task has begun, or ended, that may wait for an object of this kind; none: for nothing.
    Began(Option<Key>),
    Ended(Option<Key>),
    Wish(Kind, Waiting),
}

/// One object that somebody waits for.
struct Waiting {
    known: Known,
    until: Until,
    deadline: Instant,
    since: Instant,
    is_read: bool,
    /// Until when "not found" may mean "not visible yet".
    visible_by: Instant,
    due: Instant,
    backoff: Backoff,
    reply: oneshot::Sender<Result<Option<Live>, Unsettled>>,
}

/// Handle to the poller; cheap to clone.
#[derive(Clone)]
pub(super) struct Waiter {
    messages: mpsc::UnboundedSender<Message>,
    tempo: Tempo,
}

/// A task that is at work until this is dropped, except while it waits.
pub(super) struct AtWork {
    key: Option<Key>,
    messages: mpsc::UnboundedSender<Message>,
}

impl Drop for AtWork {
    fn drop(&mut self) {
        // The poller is gone only when the whole run is being dropped.
        let _ = self.messages.send(Message::Ended(self.key.take()));
    }
}

/// A waiter and the poller behind it, which has to be run for the waiter to work and ends with its last handle. There
/// will be `parallelism` tasks at most.
pub(super) fn poller(tempo: Tempo, parallelism: usize, stop: Stop) -> (Waiter, BoxFuture<'static, ()>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let poller = Poller { groups: HashMap::new(), tasks: 0, at_work: 0, parallelism, tempo, stop, stopping: false };
    (Waiter { messages: sender, tempo }, Box::pin(poller.poll(receiver)))
}

impl Waiter {
    /// To be held by each task; `kind` is what it may wait for.
    pub(super) fn at_work(&self, kind: Option<&Kind>) -> AtWork {
        let key = kind.map(Kind::key);
        let _ = self.messages.send(Message::Began(key.clone()));
        AtWork { key, messages: self.messages.clone() }
    }

    /// The object as it is once it is ready.
    pub(super) async fn ready(&self, kind: &Kind, known: Known, patience: Duration) -> Result<Live, Unsettled> {
        let live = self.wait(kind, known, patience, Until::Ready).await?;
        live.ok_or(Unsettled::Vanished)
    }

    /// Returns when the object is gone.
    pub(super) async fn gone(&self, kind: &Kind, known: Known, patience: Duration) -> Result<(), Unsettled> {
        self.wait(kind, known, patience, Until::Gone).await.map(drop)
    }

    async fn wait(
        &self,
        kind: &Kind,
        known: Known,
        patience: Duration,
        until: Until,
    ) -> Result<Option<Live>, Unsettled> {
        let now = Instant::now();
        let (reply, answer) = oneshot::channel();
        let waiting = Waiting {
            known,
            until,
            deadline: now + patience,
            since: now,
            is_read: false,
            visible_by: now + self.tempo.invisible,
            due: now + self.tempo.gather,
            backoff: Backoff::new(&self.tempo),
            reply,
        };
        // The poller outlives its handles; it is gone only when the whole run is being dropped.
        if self.messages.send(Message::Wish(kind.clone(), waiting)).is_err() {
            return std::future::pending().await;
        }
        match answer.await {
            Ok(answer) => answer,
            Err(_) => std::future::pending().await,
        }
    }
}

impl Kind {
    fn key(&self) -> Key {
        (self.key.clone(), self.type_name.clone())
    }
}

/// The waits of one kind.
struct Group {
    /// None before anything has waited.
    kind: Option<Kind>,
    /// How many tasks of this kind are not waiting.
    at_work: usize,
    waiting: Vec<Waiting>,
    reading: bool,
    /// The next read is not sooner, and the one after that not sooner than `gap` later.
    not_before: Instant,
    gap: Duration,
}

/// The answers of one read, to be handed out.
struct Batch {
    key: Key,
    waiting: Vec<Waiting>,
    answers: Vec<Result<Found>>,
}

struct Poller {
    groups: HashMap<Key, Group>,
    /// How many tasks there are, and how many of them are not waiting.
    tasks: usize,
    at_work: usize,
    parallelism: usize,
    tempo: Tempo,
    /// Once it is set, what is waited for is read once more, at once: what is not ready then is not waited for.
    stop: Stop,
    stopping: bool,
}

impl Poller {
    async fn poll(mut self, mut inbox: mpsc::UnboundedReceiver<Message>) {
        let mut reads: FuturesUnordered<BoxFuture<'static, Batch>> = FuturesUnordered::new();
        let mut messages = Vec::new();
        loop {
            let now = Instant::now();
            let nothing_starts = self.at_work == 0 || self.tasks >= self.parallelism;
            for group in self.groups.values_mut() {
                if group.next_read(nothing_starts).is_some_and(|next| next <= now) {
                    reads.extend(group.read(now));
                }
            }
            let next = self.groups.values().filter_map(|it| it.next_read(nothing_starts)).min();
            let stop = self.stop.clone();
            select! {
                count = inbox.recv_many(&mut messages, 1024) => {
                    if count == 0 {
                        return;
                    }
                    messages.drain(..).for_each(|it| self.take(it));
                }
                Some(batch) = reads.next() => self.hand_out(batch),
                () = stop.wait(), if !self.stopping => {
                    self.stopping = true;
                    self.groups.values_mut().for_each(Group::hurry);
                }
                () = sleep_until(next.unwrap_or(now)), if next.is_some() => {}
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Began(key) => {
                self.tasks += 1;
                self.count(key, usize::saturating_add);
            }
            Message::Ended(key) => {
                self.tasks -= 1;
                self.count(key, usize::saturating_sub);
            }
            Message::Wish(kind, waiting) => {
                let key = kind.key();
                self.groups.entry(key.clone()).or_insert_with(|| Group::new(&self.tempo)).add(
                    kind,
                    waiting,
                    &self.tempo,
                );
                self.count(Some(key), usize::saturating_sub);
            }
        }
    }

    /// Counts one more or one less at work. A task that is given up while it waits was counted already.
    fn count(&mut self, key: Option<Key>, by: fn(usize, usize) -> usize) {
        self.at_work = by(self.at_work, 1);
        if let Some(key) = key {
            let group = self.groups.entry(key).or_insert_with(|| Group::new(&self.tempo));
            group.at_work = by(group.at_work, 1);
        }
    }

    fn hand_out(&mut self, batch: Batch) {
        let key = batch.key.clone();
        let Some(group) = self.groups.get_mut(&key) else { return };
        for _ in 0..group.hand_out(batch, &self.tempo, self.stopping) {
            self.count(Some(key.clone()), usize::saturating_add);
        }
    }
}

impl Group {
    fn new(tempo: &Tempo) -> Self {
        let not_before = Instant::now();
        Self { kind: None, at_work: 0, waiting: Vec::new(), reading: false, not_before, gap: tempo.first }
    }

    fn add(&mut self, kind: Kind, waiting: Waiting, tempo: &Tempo) {
        let idle = self.waiting.is_empty() && !self.reading;
        if idle && Instant::now() > self.not_before + tempo.between_reads {
            self.gap = tempo.first;
        }
        self.kind.get_or_insert(kind);
        self.waiting.push(waiting);
    }

    /// `nothing_starts`: before a wait has ended, no other task begins.
    fn next_read(&self, nothing_starts: bool) -> Option<Instant> {
        if self.reading {
            return None;
        }
        let is_local = self.kind.as_ref().is_some_and(|it| it.local);
        let is_complete = is_local || (nothing_starts && self.at_work == 0);
        let next = |it: &Waiting| if is_complete && !it.is_read { it.since } else { it.due.max(self.not_before) };
        self.waiting.iter().map(next).min()
    }

    /// Reads what is due, and what would be soon.
    fn read(&mut self, now: Instant) -> Option<BoxFuture<'static, Batch>> {
        let kind = self.kind.clone()?;
        let horizon = now + self.gap;
        let is_due = |it: &Waiting| it.due <= horizon || !it.is_read;
        let (due, later) = std::mem::take(&mut self.waiting).into_iter().partition(is_due);
        let waiting: Vec<Waiting> = due;
        self.waiting = later;
        self.reading = true;
        Some(Box::pin(async move {
            let objects: Vec<Known> = waiting.iter().map(|it| it.known.clone()).collect();
            let answers = kind.provider.read_named(&kind.type_name, &objects).await;
            Batch { key: kind.key(), waiting, answers }
        }))
    }

    fn hurry(&mut self) {
        let now = Instant::now();
        self.not_before = now;
        self.waiting.iter_mut().for_each(|it| it.due = now);
    }

    /// How many waits have ended.
    fn hand_out(&mut self, batch: Batch, tempo: &Tempo, stopping: bool) -> usize {
        let now = Instant::now();
        self.reading = false;
        self.not_before = if stopping { now } else { now + self.gap };
        self.gap = (self.gap * 2).min(tempo.between_reads);
        let mut ended = 0;
        let answers = batch.answers.into_iter().map(Some).chain(std::iter::repeat_with(|| None));
        for (mut waiting, answer) in batch.waiting.into_iter().zip(answers) {
            let answer = answer.unwrap_or_else(|| Err(unanswered(&waiting.known.id)));
            let seen = stopping.then(|| answer.clone());
            match waiting.judge(answer, now).or_else(|| seen.map(given_up)) {
                // Whoever waited may have been given up: then nobody listens.
                Some(end) => ended += usize::from(waiting.reply.send(end).is_ok()),
                None => {
                    waiting.is_read = true;
                    waiting.due = (now + waiting.backoff.pause()).min(waiting.deadline.max(now));
                    self.waiting.push(waiting);
                }
            }
        }
        ended
    }
}

impl Waiting {
    /// How the wait ends after this answer; none: it goes on.
    fn judge(&self, answer: Result<Found>, now: Instant) -> Option<Result<Option<Live>, Unsettled>> {
        let late = now >= self.deadline;
        match (self.until, answer) {
            (_, Err(problem)) if problem.class == Class::Fatal || late => Some(Err(Unsettled::Unreadable(problem))),
            (_, Err(_)) => None,
            (Until::Gone, Ok(Found::Gone)) => Some(Ok(None)),
            (Until::Ready, Ok(Found::Gone)) => (late || now >= self.visible_by).then_some(Err(Unsettled::Vanished)),
            (until, Ok(Found::Live(live))) => match (until, &live.phase) {
                (Until::Ready, Phase::Ready) => Some(Ok(Some(live))),
                (Until::Ready, Phase::Failed(reason)) => {
                    let reason = reason.clone();
                    Some(Err(Unsettled::Failed(live, reason)))
                }
                _ => late.then_some(Err(Unsettled::Late(live))),
            },
        }
    }
}

/// How a wait ends after this answer when there is to be no other one.
fn given_up(answer: Result<Found>) -> Result<Option<Live>, Unsettled> {
    Err(match answer {
        Ok(Found::Live(live)) => Unsettled::Interrupted(Some(live)),
        Ok(Found::Gone) => Unsettled::Interrupted(None),
        Err(problem) => Unsettled::Unreadable(problem),
    })
}

fn unanswered(id: &Id) -> Problem {
    Problem::fatal("Object not read", format!("The provider gave no answer for {}.", id.0))
}
