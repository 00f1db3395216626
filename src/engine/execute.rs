//! The protocol of one step. It runs as a task of its own, owns what it needs, and tells the dispatcher what
//! happened.
//!
//! A create goes: call, save what it returned, wait until ready, and if the object is not yet what was planned,
//! update it. What is left after a failure decides what the next plan proposes:
//!
//! | failed | the object | next plan |
//! |---|---|---|
//! | the create call | does not exist | create |
//! | the answer of a create that cannot be found again | may exist; the intent stays in the journal | looked up again |
//! | getting ready (failed, or too late) | is tainted, as in Terraform | replace |
//! | reading it | is kept as create returned it | update where it differs |
//! | the update that finishes it, or an update | is kept as it was read last | update |
//! | a delete | is kept | delete |

mod whole;

use super::{
    finish::unfinished,
    look::parted,
    stop::Stop,
    tempo::{Backoff, Tempo},
    timeouts::patience,
    wait::{AtWork, Kind, Unsettled, Waiter},
};
use crate::{
    address::ResourceMode,
    product::COMMAND,
    provider::{
        Change, Class, Created, Creation, Id, Kept, Known, Live, Phase, Problem, ResourceSchema, Traits, Wanted,
    },
    value::Value,
};
use std::time::Duration;
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, sleep},
};
pub(super) use whole::Whole;

/// One step, with everything it needs.
pub(super) struct Task {
    /// Index of the step.
    pub step: usize,
    pub kind: Kind,
    pub work: Work,
    pub tools: Tools,
}

pub(super) enum Work {
    Create(Creation, ResourceSchema),
    Update(Id, Change, ResourceSchema),
    Delete(Known, Traits),
    /// By a provider that is another program.
    Change(Box<Whole>),
    /// A data source, or an ephemeral resource.
    Read(ResourceMode, Wanted),
}

/// What all tasks share.
#[derive(Clone)]
pub(super) struct Tools {
    pub waiter: Waiter,
    pub tempo: Tempo,
    /// Set when the run is interrupted: nothing is in flight between tries, so that there is no next one.
    pub stop: Stop,
    pub messages: mpsc::UnboundedSender<Message>,
}

/// What a task tells the dispatcher.
pub(super) enum Message {
    /// The object exists. The task goes on when `saved` is answered; if it is dropped, the save failed.
    Created { step: usize, created: Created, saved: oneshot::Sender<()> },
    /// What the provider has to say of what it did, and what state is to keep for it, ahead of the last message.
    Told { step: usize, kept: Kept, id: Option<String>, problems: Vec<Problem> },
    /// The step is held up and tried again.
    Retrying { step: usize, problem: Problem },
    /// A line that the provisioner prints which runs for the step.
    Output { step: usize, line: String },
    /// The last message of a provisioner.
    Provisioned { step: usize, result: Result<(), Problem> },
    /// The last message of a task: the object as it is now (null: gone), or what went wrong.
    Finished { step: usize, result: Result<Value, Failure> },
}

#[derive(Debug)]
pub(super) struct Failure {
    pub problem: Problem,
    pub left: Left,
}

/// What a failed step left behind.
#[derive(Debug)]
pub(super) enum Left {
    /// All is as it was.
    Unchanged,
    Object {
        attributes: Value,
        tainted: bool,
    },
    /// It is gone all the same.
    Gone,
    /// It cannot be said: the intent stays open, and the next run looks.
    Uncertain,
}

impl Failure {
    fn unchanged(problem: Problem) -> Self {
        Self { problem, left: Left::Unchanged }
    }
    fn object(problem: Problem, attributes: Value, tainted: bool) -> Self {
        Self { problem, left: Left::Object { attributes, tainted } }
    }
}

impl Task {
    /// The kind of object that it may wait for.
    pub(super) fn awaited(&self) -> Option<&Kind> {
        (!matches!(self.work, Work::Read(..))).then_some(&self.kind)
    }
}

/// Runs the task; its last message is [`Message::Finished`].
pub(super) async fn execute(task: Task, at_work: AtWork) {
    let Task { step, kind, work, tools } = task;
    let run = Run { step, kind, tools };
    let result = match work {
        Work::Create(creation, resource) => run.create(creation, resource).await,
        Work::Update(id, change, resource) => run.update(id, change, resource).await,
        Work::Delete(known, traits) => run.delete(known, traits).await,
        Work::Change(change) => run.change(*change).await,
        Work::Read(mode, config) => run.read(mode, config).await,
    };
    drop(at_work);
    run.tell(Message::Finished { step, result });
}

struct Run {
    step: usize,
    kind: Kind,
    tools: Tools,
}

/// How often an object that differs from what was sent is read again: reads may lag behind an update.
const REREADS: u32 = 2;

impl Run {
    /// The dispatcher is only ever gone when the task is being dropped.
    fn tell(&self, message: Message) {
        drop(self.tools.messages.send(message));
    }

    fn attempts(&self, patience: Duration) -> Attempts {
        Attempts {
            deadline: Instant::now() + patience,
            visible_by: None,
            backoff: Backoff::new(&self.tools.tempo),
            told: None,
        }
    }

    /// Pauses before another attempt, or gives the problem back when there must be none.
    async fn again(&self, attempts: &mut Attempts, problem: Problem) -> Result<(), Problem> {
        let now = Instant::now();
        let mut deadline = attempts.deadline;
        if problem.class == Class::NotYetVisible {
            // What AWS has not shown by then is not there.
            deadline = deadline.min(*attempts.visible_by.get_or_insert(now + self.tools.tempo.invisible));
        }
        if matches!(problem.class, Class::Fatal | Class::Exists) || now >= deadline {
            return Err(problem);
        }
        if self.tools.stop.is_set() {
            return Err(interrupted(problem));
        }
        if attempts.told != Some(problem.class) {
            attempts.told = Some(problem.class);
            self.tell(Message::Retrying { step: self.step, problem: problem.clone() });
        }
        let paused = self.tools.stop.unless(sleep(attempts.backoff.pause())).await;
        paused.ok_or_else(|| interrupted(problem))
    }

    async fn create(&self, creation: Creation, resource: ResourceSchema) -> Result<Value, Failure> {
        let mut attempts = self.attempts(patience(&creation.config, "create", &resource.traits));
        let created = self.make(&creation, &resource.traits, &mut attempts).await?;
        let id = created.id.clone();
        let complete = !resource.traits.settles && created.attributes.is_wholly_known();
        // What is unknown stays so for whoever reads the object: it has no spelling of "nothing" to keep to.
        let known = Known { id: id.clone(), attributes: created.attributes.without_marks() };
        let (saved, answer) = oneshot::channel();
        self.tell(Message::Created { step: self.step, created, saved });
        if answer.await.is_err() {
            let problem = Problem::fatal("State not saved", "The object was made, but that could not be recorded.");
            return Err(Failure { problem, left: Left::Uncertain });
        }

        let live = if complete {
            Live { attributes: known.attributes, phase: Phase::Ready }
        } else {
            self.appeared(known, &mut attempts).await?
        };
        self.finish(id, live, &creation.config, &resource, &mut attempts).await
    }

    /// The object once it is ready after its create.
    async fn appeared(&self, known: Known, attempts: &mut Attempts) -> Result<Live, Failure> {
        let name = known.id.0.clone();
        let attributes = known.attributes.without_unknowns();
        let left = attempts.deadline.saturating_duration_since(Instant::now());
        self.tools.waiter.ready(&self.kind, known, left).await.map_err(|unsettled| match unsettled {
            Unsettled::Failed(live, reason) => Failure::object(never_ready(&name, &reason), live.attributes, true),
            Unsettled::Late(live) => Failure::object(too_late(&name, "ready"), live.attributes, true),
            // It is as good as it was: the next plan goes on with it.
            Unsettled::Interrupted(live) => {
                let attributes = live.map_or(attributes, |it| it.attributes);
                Failure::object(not_awaited(&name, "ready"), attributes, false)
            }
            Unsettled::Vanished => Failure::object(vanished(&name), attributes, false),
            Unsettled::Unreadable(problem) => Failure::object(problem, attributes, false),
        })
    }

    /// The create call. One whose answer was lost is looked up, and sent again only when it can be told that it
    /// had no effect.
    async fn make(&self, creation: &Creation, traits: &Traits, attempts: &mut Attempts) -> Result<Created, Failure> {
        let Kind { type_name, provider, .. } = &self.kind;
        let mut lost = false;
        loop {
            let problem = match provider.create(type_name, creation).await {
                Ok(created) => return Ok(created),
                Err(problem) => problem,
            };
            lost |= problem.class == Class::OutcomeUnknown || problem.unsure;
            if lost && !traits.findable {
                return Err(Failure { problem: may_exist(problem), left: Left::Uncertain });
            }
            // After a lost answer, a refusal may be because the first call worked: "already exists" proves that something is
            // there, however long a listing hides it.
            if lost && matches!(problem.class, Class::OutcomeUnknown | Class::Fatal | Class::Exists) {
                let exists = problem.class == Class::Exists;
                let patience = if exists { self.tools.tempo.invisible } else { self.tools.tempo.lost(traits) };
                let found = self.find(creation, patience, attempts).await;
                if let Some(created) = found.map_err(|problem| Failure { problem, left: Left::Uncertain })? {
                    return Ok(created);
                }
            }
            let left = if lost { Left::Uncertain } else { Left::Unchanged };
            self.again(attempts, problem).await.map_err(|problem| Failure { problem, left })?;
        }
    }

    /// Looks for what a lost create may have made.
    async fn find(
        &self,
        creation: &Creation,
        patience: Duration,
        attempts: &mut Attempts,
    ) -> Result<Option<Created>, Problem> {
        let visible_by = Instant::now() + patience;
        let mut backoff = Backoff::new(&self.tools.tempo);
        loop {
            match self.kind.provider.find(&self.kind.type_name, creation).await {
                Ok(Some(created)) => return Ok(Some(created)),
                Ok(None) if Instant::now() >= visible_by => return Ok(None),
                Ok(None) => {
                    let paused = self.tools.stop.unless(sleep(backoff.pause())).await;
                    let unknown = || {
                        let detail = "Whether the object was made was not known yet when the run was interrupted.";
                        Problem::new(Class::OutcomeUnknown, "Interrupted", detail)
                    };
                    paused.ok_or_else(unknown)?;
                }
                Err(problem) => self.again(attempts, problem).await?,
            }
        }
    }

    async fn update(&self, id: Id, change: Change, resource: ResourceSchema) -> Result<Value, Failure> {
        let mut attempts = self.attempts(patience(&change.config, "update", &resource.traits));
        let known = Known { id: id.clone(), attributes: change.after.without_marks() };
        let before = change.before.without_marks();
        self.send_update(&id, &change, &mut attempts).await?;
        let live = self.settled(known, &before, &mut attempts).await?;
        self.finish(id, live, &change.config, &resource, &mut attempts).await
    }

    /// Sends the update until it is through. The same update twice leaves the same object, so that a lost answer is no reason to
    /// stop; but what one has done that was lost, another may be refused for. Then the refusal is given back, and reading tells
    /// what is left to do.
    async fn send_update(&self, id: &Id, change: &Change, attempts: &mut Attempts) -> Result<Option<Problem>, Failure> {
        let mut lost = false;
        while let Err(problem) = self.kind.provider.update(&self.kind.type_name, id, change).await {
            lost |= problem.unsure;
            // "Not found" too: what was replaced can have another id since.
            if lost && matches!(problem.class, Class::Fatal | Class::Exists | Class::NotYetVisible) {
                return Ok(Some(problem));
            }
            lost |= problem.class == Class::OutcomeUnknown;
            if let Err(problem) = self.again(attempts, problem).await {
                let known = Known { id: id.clone(), attributes: change.before.without_marks() };
                return Err(match self.tools.waiter.ready(&self.kind, known, Duration::ZERO).await {
                    Ok(live) | Err(Unsettled::Late(live)) => Failure::object(problem, live.attributes, false),
                    Err(_) => Failure::object(problem, change.before.without_marks(), false),
                });
            }
        }
        Ok(None)
    }

    /// The object once it is ready after an update; `before` is what it was when nothing newer can be read.
    async fn settled(&self, known: Known, before: &Value, attempts: &mut Attempts) -> Result<Live, Failure> {
        let name = known.id.0.clone();
        let left = attempts.deadline.saturating_duration_since(Instant::now());
        let failed = |problem, attributes: &Value| Failure::object(problem, attributes.clone(), false);
        self.tools.waiter.ready(&self.kind, known, left).await.map_err(|unsettled| match unsettled {
            Unsettled::Failed(live, reason) => failed(never_ready(&name, &reason), &live.attributes),
            Unsettled::Late(live) => failed(too_late(&name, "ready"), &live.attributes),
            Unsettled::Interrupted(live) => {
                failed(not_awaited(&name, "ready"), live.as_ref().map_or(before, |it| &it.attributes))
            }
            Unsettled::Vanished => failed(vanished(&name), before),
            Unsettled::Unreadable(problem) => failed(problem, before),
        })
    }

    /// Brings a live object to what the configuration asks for: the update that the next plan would propose.
    async fn finish(
        &self,
        id: Id,
        mut live: Live,
        config: &Value,
        resource: &ResourceSchema,
        attempts: &mut Attempts,
    ) -> Result<Value, Failure> {
        let differs = |live: &Live| {
            unfinished(&*self.kind.provider, &self.kind.type_name, &resource.schema, &live.attributes, config)
                .map_err(|problem| Failure::object(problem, live.attributes.clone(), false))
        };
        loop {
            let Some(after) = differs(&live)? else { return Ok(live.attributes) };
            let known = Known { id: id.clone(), attributes: after.without_marks() };
            let change = Change { before: live.attributes.clone(), after, config: config.clone() };
            let refused = self.send_update(&id, &change, attempts).await?;
            live = self.settled(known.clone(), &live.attributes, attempts).await?;
            for _ in 0..REREADS {
                if differs(&live)?.is_none() {
                    break;
                }
                if self.tools.stop.unless(sleep(attempts.backoff.pause())).await.is_none() {
                    break;
                }
                live = self.settled(known.clone(), &live.attributes, attempts).await?;
            }
            // Only a refusal after a lost answer leaves something to do, and each costs an answer.
            let Some(problem) = refused else { return Ok(live.attributes) };
            if Instant::now() >= attempts.deadline || self.tools.stop.is_set() {
                return Err(Failure::object(problem, live.attributes, false));
            }
        }
    }

    async fn delete(&self, known: Known, traits: Traits) -> Result<Value, Failure> {
        let Kind { type_name, provider, .. } = &self.kind;
        let mut attempts = self.attempts(patience(&known.attributes, "delete", &traits));
        while let Err(problem) = provider.delete(type_name, &known).await {
            if let Err(problem) = self.again(&mut attempts, problem).await {
                return Err(Failure::unchanged(self.blocked(problem, &known.id).await));
            }
        }
        let ty = known.attributes.ty();
        if traits.lingers {
            let name = known.id.0.clone();
            let left = attempts.deadline.saturating_duration_since(Instant::now());
            self.tools.waiter.gone(&self.kind, known, left).await.map_err(|unsettled| {
                Failure::unchanged(match unsettled {
                    Unsettled::Unreadable(problem) => problem,
                    Unsettled::Interrupted(_) => not_awaited(&name, "gone"),
                    _ => too_late(&name, "gone"),
                })
            })?;
        }
        Ok(Value::null(ty))
    }

    /// Says what still uses the object.
    async fn blocked(&self, mut problem: Problem, id: &Id) -> Problem {
        if problem.class == Class::Dependency {
            let blockers = self.kind.provider.blockers(&self.kind.type_name, id).await;
            if !blockers.is_empty() {
                problem.detail = format!("{} It is still used by: {}.", problem.detail, blockers.join(", "));
                problem.hint.get_or_insert_with(|| "Remove what uses it, then apply again.".into());
            }
        }
        problem
    }

    async fn read(&self, mode: ResourceMode, wanted: Wanted) -> Result<Value, Failure> {
        let mut attempts = self.attempts(self.tools.tempo.throttled);
        let Kind { type_name, provider, .. } = &self.kind;
        let wanted = [wanted];
        loop {
            // A read can be given up at any time.
            let Some(mut answers) = self.tools.stop.unless(provider.look(mode, type_name, &wanted)).await else {
                return Err(Failure::unchanged(interrupted(Problem::fatal("Interrupted", "It was being read."))));
            };
            let problem = match answers.pop() {
                Some(Ok(told)) => {
                    let (value, problems) = parted(told);
                    if !problems.is_empty() {
                        self.tell(Message::Told { step: self.step, kept: Kept::default(), id: None, problems });
                    }
                    match value {
                        Ok(value) => return Ok(value),
                        Err(problem) => problem,
                    }
                }
                Some(Err(problem)) => problem,
                None => Problem::fatal("No answer", "The provider gave no answer."),
            };
            self.again(&mut attempts, problem).await.map_err(Failure::unchanged)?;
        }
    }
}

/// The attempts of one step at what it is there for.
struct Attempts {
    deadline: Instant,
    /// Until when something else may be invisible; set when it first was.
    visible_by: Option<Instant>,
    backoff: Backoff,
    /// The reason for retrying that the user was told last.
    told: Option<Class>,
}

fn may_exist(problem: Problem) -> Problem {
    let detail = format!(
        "{} The answer to the request that creates the object was lost, so it may exist, and it is of a type that \
         cannot be found again.",
        problem.detail
    );
    let hint = format!(
        "Look for it before the next apply, which makes another one: if it is there, take it into state with \
                `{COMMAND} import ADDRESS ID`, or delete it."
    );
    Problem { detail, hint: Some(hint), ..problem }
}

fn interrupted(problem: Problem) -> Problem {
    let detail = format!("{} It was not tried again, since the run was interrupted.", problem.detail);
    Problem { detail, ..problem }
}

fn not_awaited(id: &str, what: &str) -> Problem {
    let detail = format!("Waiting for {id} to be {what} was ended, since the run was interrupted.");
    let problem = Problem::fatal("Interrupted", detail);
    Problem { hint: Some("The next plan goes on with it.".into()), ..problem }
}

fn never_ready(id: &str, reason: &str) -> Problem {
    Problem::fatal("Object failed", format!("{id} exists, but will not become ready: {reason}"))
}

fn too_late(id: &str, what: &str) -> Problem {
    Problem::fatal("Timeout", format!("{id} exists, but did not get {what} in time."))
}

fn vanished(id: &str) -> Problem {
    Problem::fatal("Object not found", format!("{id} was made, but can no longer be found."))
}
