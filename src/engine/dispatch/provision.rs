//! Provisioners: between an object's creation and the end of its step, or before its deletion begins.
//!
//! While those of a new object run, it is in state as tainted: if the process dies meanwhile, nobody knows which of
//! them did their work, and the next plan replaces the object, as it does after one that failed.

use super::{Dispatcher, Evaluation};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    engine::{
        event::{Event, Stage},
        execute::{Message, Task, Tools},
    },
    plan::Provision,
    provider::Problem,
    provisioner::{Kind, When, local_exec},
    state::Intent,
    value::{Marks, Value},
};

/// The provisioners of one step.
pub(super) struct Provisioning {
    /// Which of them runs.
    at: usize,
    /// What `self` stands for: the object that was made, or the one that is to be deleted.
    object: Value,
    then: Then,
    running: Option<Provision>,
}

/// What follows when they all have run.
pub(super) enum Then {
    /// The step is done.
    Finish,
    Delete(Box<Task>, Intent),
}

impl Then {
    fn when(&self) -> When {
        match self {
            Self::Finish => When::Create,
            Self::Delete(..) => When::Destroy,
        }
    }
}

impl<E: Evaluation> Dispatcher<E> {
    /// Runs the provisioners of a step that is running, if it has any, then does what follows.
    pub(super) fn provision(&mut self, step: usize, object: Value, then: Then) {
        if let Then::Finish = then {
            // The configuration of a provisioner may name the object in any way.
            let Some(running) = self.running.get(&step) else { return };
            let address = running.subject.address.clone();
            let value = self.marked(step, &object);
            self.evaluation.complete(&address, Some(value));
            self.put(step, &object, true);
        }
        self.next_provisioner(step, Provisioning { at: 0, object, then, running: None });
    }

    fn next_provisioner(&mut self, step: usize, mut provisioning: Provisioning) {
        let Some(running) = self.running.get(&step) else { return };
        let address = running.subject.address.clone();
        let when = provisioning.then.when();
        let object = self.marked(step, &provisioning.object);
        match self.evaluation.provisioner(&address, when, provisioning.at, &object) {
            None => match provisioning.then {
                Then::Finish => self.concluded(step, provisioning.object),
                Then::Delete(task, intent) => {
                    self.intents.push(intent);
                    self.starting.push(*task);
                }
            },
            Some(Err(diagnostics)) => self.failed(step, diagnostics),
            Some(Ok(provision)) => {
                self.tell(Event::Provisioning { address, provisioner: provision.kind, stage: Stage::Started });
                self.provisions.push((step, provision.clone()));
                provisioning.running = Some(provision);
                if let Some(running) = self.running.get_mut(&step) {
                    running.provisioning = Some(provisioning);
                }
            }
        }
    }

    /// What a provisioner prints may be sensitive where its arguments are.
    pub(super) fn told(&self, step: usize, line: String) {
        let Some(running) = self.running.get(&step) else { return };
        let Some(provision) = running.provisioning.as_ref().and_then(|it| it.running.as_ref()) else { return };
        let line = match hidden(provision.marks) {
            Some(reason) => format!("(output suppressed due to {reason} value in config)"),
            None => line,
        };
        let address = running.subject.address.clone();
        self.tell(Event::Provisioning { address, provisioner: provision.kind, stage: Stage::Output(line) });
    }

    pub(super) fn provisioned(&mut self, step: usize, result: Result<(), Problem>) {
        let Some(running) = self.running.get_mut(&step) else { return };
        let address = running.subject.address.clone();
        let Some(mut provisioning) = running.provisioning.take() else { return };
        let Some(provision) = provisioning.running.take() else { return };
        let stage = if result.is_ok() { Stage::Completed } else { Stage::Failed };
        self.tell(Event::Provisioning { address: address.clone(), provisioner: provision.kind, stage });
        if let Err(problem) = result
            && !provision.continues
        {
            let mut diagnostic = Diagnostic::error(problem.summary, problem.detail).at(provision.place).on(&address);
            if let Some(reason) = hidden(provision.marks) {
                diagnostic.detail =
                    format!("The provisioner failed. How is not shown, due to {reason} value in its configuration.");
            }
            return self.failed(step, Diagnostics::from([diagnostic]));
        }
        provisioning.at += 1;
        self.next_provisioner(step, provisioning);
    }
}

/// What keeps the output of a provisioner from being shown.
fn hidden(marks: Marks) -> Option<&'static str> {
    match (marks.contains(Marks::SENSITIVE), marks.contains(Marks::EPHEMERAL)) {
        (true, true) => Some("sensitive, ephemeral"),
        (true, false) => Some("sensitive"),
        (false, true) => Some("ephemeral"),
        (false, false) => None,
    }
}

/// The task of one provisioner; its last message is [`Message::Provisioned`].
pub(super) async fn run(step: usize, provision: Provision, tools: Tools) {
    // The dispatcher is only ever gone when the task is being dropped.
    let tell = |message| drop(tools.messages.send(message));
    let result = match provision.kind {
        Kind::LocalExec => {
            let run = local_exec::run(&provision.config, |line| tell(Message::Output { step, line }));
            // As in Terraform, which kills the command. What it did is not known, and the object is tainted.
            tools.stop.unless(run).await.unwrap_or_else(|| {
                let detail = "The command was killed, since the run was interrupted.";
                Err(Problem::fatal("local-exec provisioner error", detail))
            })
        }
        Kind::RemoteExec | Kind::File => {
            let detail = "It would need a connection to another machine. Planning has refused it.";
            Err(Problem::fatal("Provisioner not supported", detail))
        }
    };
    tell(Message::Provisioned { step, result });
}
