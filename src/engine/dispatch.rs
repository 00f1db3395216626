//! Runs the steps of a plan in order, as many at once as may be. The only place that changes state.
//!
//! One turn of the loop takes all messages that have come, records what they say in one write of the journal, then
//! starts every step that has become ready, with their intents in one more write. A step's call is made only after
//! its intent is on disk, and a task goes on after a create only when the object is.

mod order;
mod provision;
mod settle;
mod start;

use super::{
    event::{Event, Operation, Subject},
    execute::{Failure, Left, Message, Tools},
    stop::Stop,
    tempo::Tempo,
    wait,
};
use crate::{
    address::{self, InstanceAddress, Name},
    diagnostic::{Diagnostic, Diagnostics, gathered},
    plan::{Action, Evaluation, Plan, Prepared, ProviderKey, Provision, StepKind, change::PlanMode},
    provider::{Id, Kept, Problem},
    state::{self, OpenState, OutputValue, State},
};
use order::Order;
use provision::Provisioning;
use std::collections::{HashMap, HashSet};
use tokio::{
    select,
    sync::{
        mpsc::{self, UnboundedReceiver, UnboundedSender},
        oneshot,
    },
    task::{self, JoinSet},
    time::{Instant, sleep_until},
};

#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many steps may run at once. What bounds them in practice is the rate budget.
    pub parallelism: usize,
    pub tempo: Tempo,
}

impl Default for Options {
    fn default() -> Self {
        Self { parallelism: 64, tempo: Tempo::default() }
    }
}

/// What applying came to.
#[derive(Debug)]
pub struct Outcome {
    /// As it was saved.
    pub state: State,
    /// Everything that went wrong, and warnings.
    pub diagnostics: Diagnostics,
    pub counts: Counts,
    pub not_attempted: Vec<Subject>,
    pub interrupted: bool,
}

/// What was done; a replacement is one added and one destroyed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub imported: usize,
    pub added: usize,
    pub changed: usize,
    pub destroyed: usize,
}

/// Applies `plan`. Each message of `interrupts` is one interrupt by the user: after the first nothing new starts,
/// nothing is tried again and nothing is waited for, after the second what runs is given up, its intents left in the journal.
///
/// Whatever happens, state is saved and `open` closed; errors are in the outcome.
pub async fn apply<E: Evaluation>(
    plan: Plan,
    evaluation: E,
    open: OpenState,
    events: UnboundedSender<Event>,
    interrupts: UnboundedReceiver<()>,
    options: Options,
) -> Outcome {
    let (messages, inbox) = mpsc::unbounded_channel();
    let parallelism = options.parallelism.max(1);
    let stop = Stop::default();
    let (waiter, poller) = wait::poller(options.tempo, parallelism, stop.clone());
    let mut tasks = JoinSet::new();
    tasks.spawn(poller);
    let mut dispatcher = Dispatcher {
        order: Order::new(&plan.steps),
        plan,
        evaluation,
        open,
        events,
        tools: Tools { waiter, tempo: options.tempo, stop, messages },
        parallelism,
        tasks,
        running: HashMap::new(),
        intents: Vec::new(),
        starting: Vec::new(),
        provisions: Vec::new(),
        outcomes: Vec::new(),
        unsaved: Vec::new(),
        stopping: false,
        hopeless: HashSet::new(),
        interrupted: false,
        diagnostics: Diagnostics::new(),
        counts: Counts::default(),
    };
    dispatcher.begin();
    dispatcher.run(inbox, interrupts).await;
    dispatcher.end()
}

struct Dispatcher<E> {
    plan: Plan,
    evaluation: E,
    open: OpenState,
    events: UnboundedSender<Event>,
    tools: Tools,
    parallelism: usize,
    /// Executors and the poller; dropped with the dispatcher.
    tasks: JoinSet<()>,
    order: Order,
    running: HashMap<usize, Running>,
    /// Intents of this turn, and the tasks that may start when they are on disk.
    intents: Vec<state::Intent>,
    starting: Vec<super::execute::Task>,
    /// Provisioners that may start when what this turn has to record is on disk.
    provisions: Vec<(usize, Provision)>,
    /// What this turn has to record, and who waits for it to be on disk.
    outcomes: Vec<state::Outcome>,
    unsaved: Vec<oneshot::Sender<()>>,
    stopping: bool,
    /// Providers that nothing more is asked of.
    hopeless: HashSet<ProviderKey>,
    interrupted: bool,
    diagnostics: Diagnostics,
    counts: Counts,
}

/// A step that runs.
struct Running {
    subject: Subject,
    id: Option<Id>,
    /// Of its intent, or of its outcome where it has none.
    sequence: u64,
    prepared: Option<Prepared>,
    /// What state is to keep for the provider, once that has said so.
    kept: Option<Kept>,
    /// Set while provisioners run.
    provisioning: Option<Provisioning>,
    task: Option<task::Id>,
    since: Instant,
    next_sign: Instant,
}

impl Running {
    /// Whether provisioners follow the creation that this is.
    fn is_provisioned(&self) -> bool {
        self.prepared.as_ref().is_some_and(|it| it.provisioned)
    }
}

impl<E: Evaluation> Dispatcher<E> {
    fn tell(&self, event: Event) {
        // Nobody may be listening.
        drop(self.events.send(event));
    }

    /// State starts as the plan found the world to be.
    fn begin(&mut self) {
        self.tell(Event::Planned { steps: self.plan.steps.nodes.len() });
        let found = std::mem::take(&mut self.plan.prior_state);
        self.open.state.resources = found.resources;
        self.save();
        for change in &self.plan.changes {
            let Some(importing) = &change.importing else { continue };
            self.counts.imported += 1;
            self.tell(Event::Imported { address: change.address.clone(), id: importing.id.clone() });
        }
    }

    async fn run(&mut self, mut inbox: UnboundedReceiver<Message>, mut interrupts: UnboundedReceiver<()>) {
        let mut listening = true;
        let mut messages = Vec::new();
        loop {
            self.start();
            if self.running.is_empty() {
                return;
            }
            let next_sign = self.running.values().map(|it| it.next_sign).min().unwrap_or_else(Instant::now);
            select! {
                _ = inbox.recv_many(&mut messages, 1024) => {
                    for message in messages.drain(..) {
                        self.settle(message);
                    }
                    self.record();
                }
                interrupt = interrupts.recv(), if listening => match interrupt {
                    None => listening = false,
                    Some(()) => {
                        let at_once = self.interrupted;
                        self.tell(Event::Interrupted { running: self.running.len(), at_once });
                        self.interrupted = true;
                        self.stopping = true;
                        self.tools.stop.set();
                        if at_once {
                            while let Ok(message) = inbox.try_recv() {
                                self.settle(message);
                            }
                            self.record();
                            return self.give_up();
                        }
                    }
                },
                () = sleep_until(next_sign) => self.show_signs(),
                Some(Err(panic)) = self.tasks.join_next() => self.lost(panic.id()),
            }
        }
    }

    fn show_signs(&mut self) {
        let now = Instant::now();
        for running in self.running.values_mut().filter(|it| it.next_sign <= now) {
            running.next_sign = now + self.tools.tempo.progress;
            let Running { subject, id, since, .. } = running;
            let elapsed = now.duration_since(*since);
            drop(self.events.send(Event::Progress { subject: subject.clone(), id: id.clone(), elapsed }));
        }
    }

    /// A task panicked: a defect of a provider, which must not take the other steps with it.
    fn lost(&mut self, task: task::Id) {
        let Some(step) = self.running.iter().find(|(_, it)| it.task == Some(task)).map(|(step, _)| *step) else {
            return self.give_up();
        };
        let problem = Problem::fatal("Provider failed", "It panicked. This is a defect of rforge: please report it.");
        self.settle(Message::Finished { step, result: Err(Failure { problem, left: Left::Uncertain }) });
    }

    /// Leaves what runs to the journal: the next run finds out what came of it.
    fn give_up(&mut self) {
        self.stopping = true;
        self.tasks.abort_all();
        let mut subjects: Vec<Subject> = self.running.drain().map(|(_, it)| it.subject).collect();
        subjects.sort_by(|a, b| a.address.cmp(&b.address));
        for subject in subjects {
            let diagnostic = Diagnostic::error(
                "Interrupted",
                format!(
                    "The {} of {} was given up; it may have taken effect.",
                    subject.operation.name(),
                    subject.address
                ),
            );
            let diagnostic = diagnostic.on(&subject.address);
            self.diagnostics
                .push(diagnostic.hint("The next run looks up what came of it before it does anything else."));
        }
    }

    /// Writes the state file.
    fn save(&mut self) {
        match self.open.checkpoint() {
            Ok(()) => self.tell(Event::StateSaved),
            Err(error) => self.stop_for(error),
        }
    }

    /// Starts nothing more: what is done can no longer be recorded.
    fn stop_for(&mut self, error: Diagnostic) {
        self.stopping = true;
        if !self.diagnostics.contains(&error) {
            self.diagnostics.push(error);
        }
    }

    fn end(mut self) -> Outcome {
        let not_attempted: Vec<Subject> = self.order.not_attempted().map(|step| self.subject(step)).collect();
        for subject in &not_attempted {
            self.tell(Event::NotAttempted { subject: subject.clone() });
        }
        if self.interrupted && !not_attempted.is_empty() {
            self.diagnostics.push(
                Diagnostic::error(
                    "Interrupted",
                    match not_attempted.len() {
                        1 => "1 step was not attempted.".into(),
                        several => format!("{several} steps were not attempted."),
                    },
                )
                .hint("The next plan shows what is left."),
            );
        }
        let complete = not_attempted.is_empty() && !self.order.failed();
        self.set_outputs();
        self.set_check_results();
        if complete && self.plan.mode == PlanMode::Destroy && !self.plan.is_partial() {
            self.open.state.resources.retain(|address, _| address.mode == address::ResourceMode::Managed);
        }
        self.save();
        let Self { open, mut diagnostics, counts, interrupted, .. } = self;
        let state = open.state.clone();
        if let Err(error) = open.close() {
            diagnostics.push(error);
        }
        let diagnostics = gathered(diagnostics);
        Outcome { state, diagnostics, counts, not_attempted, interrupted }
    }

    /// Outputs that need what failed stay as they were, as in Terraform, unless the plan knew them.
    fn set_outputs(&mut self) {
        let unfinished = self.unfinished();
        let (mut outputs, diagnostics) = self.evaluation.outputs(&unfinished);
        self.diagnostics.extend(diagnostics);
        for (name, it) in self.plan.outputs.iter().filter(|_| !unfinished.is_empty()) {
            if it.after.is_wholly_known() && !it.after.is_null() && !outputs.contains_key(name) {
                let (value, _) = it.after.strip_marks();
                outputs.insert(name.clone(), OutputValue { ty: value.ty(), value, sensitive: it.sensitive });
            }
        }
        if self.plan.mode == PlanMode::Destroy {
            let plan = &self.plan;
            let deleted = |name: &Name| plan.outputs.get(name).is_some_and(|it| it.action == Action::Delete);
            self.open.state.outputs.retain(|name, _| !deleted(name));
            return;
        }
        let plan = &self.plan;
        self.open.state.outputs.retain(|name, _| plan.outputs.get(name).is_none_or(|it| it.action != Action::Delete));
        self.open.state.outputs.extend(outputs.into_iter().filter(|(name, _)| plan.outputs.contains_key(name)));
    }

    /// The instances that were not made or changed as it was planned.
    fn unfinished(&self) -> Vec<InstanceAddress> {
        let steps = self.order.not_done().map(|step| &self.plan.steps.nodes[step]).filter(|it| !it.deletes());
        steps.map(|it| self.plan.changes[it.change].address.clone()).collect()
    }

    fn set_check_results(&mut self) {
        let (results, diagnostics) = self.evaluation.check_results(self.plan.mode == PlanMode::Destroy);
        self.diagnostics.extend(diagnostics);
        self.open.state.check_results = state::checks::encode(&results);
    }

    fn subject(&self, step: usize) -> Subject {
        let step = &self.plan.steps.nodes[step];
        let change = &self.plan.changes[step.change];
        let (operation, deposed) = match &step.kind {
            StepKind::Create { .. } => (Operation::Create, None),
            StepKind::Update => (Operation::Update, None),
            StepKind::Read if change.address.resource.mode == address::ResourceMode::Ephemeral => {
                (Operation::Open, None)
            }
            StepKind::Read => (Operation::Read, None),
            StepKind::Delete { deposed } => (Operation::Delete, deposed.clone()),
            StepKind::Forget => (Operation::Forget, change.deposed.clone()),
        };
        Subject { address: change.address.clone(), deposed, operation }
    }
}
