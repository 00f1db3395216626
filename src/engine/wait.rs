//! The one poller: everything that waits for an object to become ready, or to go, waits here.
//!
//! Objects of one provider and type that wait at the same time are read together, so that making 150 subnets takes
//! a few reads. A type has one read under way at most. An object is read at once when its wait begins, then with
//! doubling pauses; while objects of a type keep coming, its reads are spaced out so that they gather more of them.

use super::tempo::{Backoff, Tempo};
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
}

struct Wish {
    kind: Kind,
    waiting: Waiting,
}

/// One object that somebody waits for.
struct Waiting {
    known: Known,
    until: Until,
    deadline: Instant,
    /// Until when "not found" may mean "not visible yet".
    visible_by: Instant,
    due: Instant,
    backoff: Backoff,
    reply: oneshot::Sender<Result<Option<Live>, Unsettled>>,
}

/// Handle to the poller; cheap to clone.
#[derive(Clone)]
pub(super) struct Waiter {
    wishes: mpsc::UnboundedSender<Wish>,
    tempo: Tempo,
}

/// A waiter and the poller behind it, which has to be run for the waiter to work and ends with its last handle.
pub(super) fn poller(tempo: Tempo) -> (Waiter, BoxFuture<'static, ()>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (Waiter { wishes: sender, tempo }, Box::pin(poll(receiver, tempo)))
}

impl Waiter {
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
            visible_by: now + self.tempo.invisible,
            due: now + self.tempo.gather,
            backoff: Backoff::new(&self.tempo),
            reply,
        };
        // The poller outlives its handles; it is gone only when the whole run is being dropped.
        if self.wishes.send(Wish { kind: kind.clone(), waiting }).is_err() {
            return std::future::pending().await;
        }
        match answer.await {
            Ok(answer) => answer,
            Err(_) => std::future::pending().await,
        }
    }
}

/// The waits of one kind.
struct Group {
    kind: Kind,
    waiting: Vec<Waiting>,
    reading: bool,
    /// The next read is not sooner, and the one after that not sooner than `gap` later.
    not_before: Instant,
    gap: Duration,
}

/// The answers of one read, to be handed out.
struct Batch {
    key: (ProviderKey, Name),
    waiting: Vec<Waiting>,
    answers: Vec<Result<Found>>,
}

async fn poll(mut wishes: mpsc::UnboundedReceiver<Wish>, tempo: Tempo) {
    let mut groups: HashMap<(ProviderKey, Name), Group> = HashMap::new();
    let mut reads: FuturesUnordered<BoxFuture<'static, Batch>> = FuturesUnordered::new();
    loop {
        let next = groups.values().filter_map(Group::next_read).min();
        select! {
            wish = wishes.recv() => {
                let Some(Wish { kind, waiting }) = wish else { return };
                let key = (kind.key.clone(), kind.type_name.clone());
                groups.entry(key).or_insert_with(|| Group::new(kind, &tempo)).add(waiting, &tempo);
            }
            Some(batch) = reads.next() => {
                if let Some(group) = groups.get_mut(&batch.key) {
                    group.hand_out(batch, &tempo);
                }
            }
            () = sleep_until(next.unwrap_or_else(Instant::now)), if next.is_some() => {
                let now = Instant::now();
                for group in groups.values_mut().filter(|it| it.next_read().is_some_and(|next| next <= now)) {
                    reads.push(group.read(now));
                }
            }
        }
    }
}

impl Group {
    fn new(kind: Kind, tempo: &Tempo) -> Self {
        Self { kind, waiting: Vec::new(), reading: false, not_before: Instant::now(), gap: tempo.first }
    }

    fn add(&mut self, waiting: Waiting, tempo: &Tempo) {
        let idle = self.waiting.is_empty() && !self.reading;
        if idle && Instant::now() > self.not_before + tempo.between_reads {
            self.gap = tempo.first;
        }
        self.waiting.push(waiting);
    }

    fn next_read(&self) -> Option<Instant> {
        if self.reading {
            return None;
        }
        self.waiting.iter().map(|it| it.due).min().map(|due| due.max(self.not_before))
    }

    /// Reads what is due, and what would be soon.
    fn read(&mut self, now: Instant) -> BoxFuture<'static, Batch> {
        let horizon = now + self.gap;
        let (due, later) = std::mem::take(&mut self.waiting).into_iter().partition(|it: &Waiting| it.due <= horizon);
        let waiting: Vec<Waiting> = due;
        self.waiting = later;
        self.reading = true;
        let kind = self.kind.clone();
        Box::pin(async move {
            let objects: Vec<Known> = waiting.iter().map(|it| it.known.clone()).collect();
            let answers = kind.provider.read(&kind.type_name, &objects).await;
            Batch { key: (kind.key, kind.type_name), waiting, answers }
        })
    }

    fn hand_out(&mut self, batch: Batch, tempo: &Tempo) {
        let now = Instant::now();
        self.reading = false;
        self.not_before = now + self.gap;
        self.gap = (self.gap * 2).min(tempo.between_reads);
        let answers = batch.answers.into_iter().map(Some).chain(std::iter::repeat_with(|| None));
        for (mut waiting, answer) in batch.waiting.into_iter().zip(answers) {
            let answer = answer.unwrap_or_else(|| Err(unanswered(&waiting.known.id)));
            match waiting.judge(answer, now) {
                // Whoever waited may have been given up: then nobody listens.
                Some(end) => drop(waiting.reply.send(end)),
                None => {
                    waiting.due = (now + waiting.backoff.pause()).min(waiting.deadline.max(now));
                    self.waiting.push(waiting);
                }
            }
        }
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

fn unanswered(id: &Id) -> Problem {
    Problem::fatal("Object not read", format!("The provider gave no answer for {}.", id.0))
}
