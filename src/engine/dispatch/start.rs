//! Turns ready steps into tasks.

use super::{
    Dispatcher, Evaluation, Running,
    provision::{self, Then},
};
use crate::{
    address::Name,
    diagnostic::{Diagnostic, Diagnostics},
    engine::{
        event::Event,
        execute::{Task, Whole, Work, execute},
        wait::Kind,
    },
    plan::{Action, Prepared, ResourceChange, StepKind, recorded},
    provider::{Change, Creation, Id, Kept, Known, ResourceSchema, Wanted},
    state::{Intent, Operation},
    value::Value,
};
use std::sync::Arc;
use tokio::time::Instant;
use uuid::Uuid;

/// What a step needs before it can run.
enum Start {
    Task {
        kind: Kind,
        work: Work,
        intent: Option<Intent>,
        id: Option<Id>,
        prepared: Option<Prepared>,
    },
    /// The object is what it should be, but what state says of it is not: no call is needed.
    Unchanged(Prepared),
    Forget,
}

impl<E: Evaluation> Dispatcher<E> {
    /// Starts everything that is ready, as far as `parallelism` allows. The intents are written together.
    pub(super) fn start(&mut self) {
        while !self.stopping && self.running.len() < self.parallelism {
            let Some(step) = self.order.next() else { break };
            if self.is_hopeless(step) {
                self.order.skip(step);
                continue;
            }
            let sequence = self.open.next_sequence();
            match self.prepare(step, sequence) {
                Ok(start) => self.take_up(step, sequence, start),
                Err(diagnostics) => self.failed(step, diagnostics),
            }
        }
        self.record();
        for (step, provision) in std::mem::take(&mut self.provisions) {
            let task = self.tasks.spawn(provision::run(step, provision, self.tools.clone()));
            if let Some(running) = self.running.get_mut(&step) {
                running.task = Some(task.id());
            }
        }
        let intents = std::mem::take(&mut self.intents);
        let tasks = std::mem::take(&mut self.starting);
        if !intents.is_empty()
            && let Err(error) = self.open.intend(&intents)
        {
            self.stop_for(error);
            for task in tasks {
                self.failed(task.step, Diagnostics::new());
            }
            return;
        }
        // None of them waits before all are counted.
        let tasks: Vec<_> = tasks.into_iter().map(|it| (self.tools.waiter.at_work(it.awaited()), it)).collect();
        for (at_work, task) in tasks {
            let step = task.step;
            let handle = self.tasks.spawn(execute(task, at_work));
            if let Some(running) = self.running.get_mut(&step) {
                running.task = Some(handle.id());
            }
        }
    }

    /// Whether the step would ask a provider that can do nothing any more.
    fn is_hopeless(&self, step: usize) -> bool {
        let step = &self.plan.steps.nodes[step];
        !matches!(step.kind, StepKind::Forget) && self.hopeless.contains(&self.plan.changes[step.change].provider)
    }

    fn prepare(&mut self, step: usize, sequence: u64) -> Result<Start, Diagnostics> {
        let node = &self.plan.steps.nodes[step];
        let change = &self.plan.changes[node.change];
        let intend = |operation| Intent {
            sequence,
            address: change.address.clone(),
            deposed: None,
            provider: change.provider.address.clone(),
            provider_module: change.provider.module.clone(),
            operation,
            token: String::new(),
            depose_as: None,
            planned: None,
            at: None,
        };
        let kind = |evaluation: &mut E| -> Result<Kind, Diagnostics> {
            let provider = evaluation.provider(&change.provider)?;
            let type_name = change.address.resource.type_name.clone();
            let resource = evaluation.resource_schema(&change.provider, &type_name);
            let local = resource.is_some_and(|it| it.traits.local);
            Ok(Kind { key: change.provider.clone(), type_name, provider, local })
        };
        let task = |kind, work, intent, id, prepared| Start::Task { kind, work, intent, id, prepared };
        Ok(match &node.kind {
            StepKind::Forget => Start::Forget,
            StepKind::Create { depose_as } => {
                let prepared = self.evaluation.prepare(change)?;
                let kind = kind(&mut self.evaluation)?;
                let resource = resource_schema(&self.evaluation, change)?;
                let creation = Creation {
                    planned: prepared.planned.without_marks(),
                    config: prepared.config.without_marks(),
                    token: Uuid::new_v4().to_string(),
                };
                let mut planned = recorded::planned_object(&prepared.planned, &resource.schema);
                planned.dependencies.clone_from(&prepared.dependencies);
                planned.create_before_destroy = prepared.create_before_destroy;
                planned.prevent_destroy = prepared.prevent_destroy;
                planned.tainted = prepared.provisioned;
                let intent = Intent {
                    token: creation.token.clone(),
                    depose_as: depose_as.clone(),
                    planned: Some(Arc::new(planned)),
                    at: resource
                        .traits
                        .asked
                        .then(|| jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into()),
                    ..intend(Operation::Create)
                };
                let work = match resource.traits.asked {
                    true => {
                        let prior = Value::null(creation.planned.ty());
                        whole(change, &resource, prior, Some(&prepared), Kept::default(), self.evaluation.meta(change)?)
                    }
                    false => Work::Create(creation, resource),
                };
                task(kind, work, Some(intent), None, Some(prepared))
            }
            StepKind::Update => {
                let prepared = self.evaluation.prepare(change)?;
                let (before, after) = (prepared.before.without_marks(), prepared.planned.without_marks());
                if before == after {
                    return Ok(Start::Unchanged(prepared));
                }
                let kind = kind(&mut self.evaluation)?;
                let resource = resource_schema(&self.evaluation, change)?;
                let id = id(&before);
                if resource.traits.asked {
                    let (kept, meta) = (self.kept(change, None), self.evaluation.meta(change)?);
                    let work = whole(change, &resource, before, Some(&prepared), kept, meta);
                    return Ok(task(kind, work, Some(intend(Operation::Update)), Some(id), Some(prepared)));
                }
                let sent = Change { before, after, config: prepared.config.without_marks() };
                let work = Work::Update(id.clone(), sent, resource);
                task(kind, work, Some(intend(Operation::Update)), Some(id), Some(prepared))
            }
            StepKind::Delete { deposed } => {
                let kind = kind(&mut self.evaluation)?;
                let resource = resource_schema(&self.evaluation, change)?;
                let attributes = change.before.without_marks();
                let id = id(&attributes);
                let intent = Intent { deposed: deposed.clone(), ..intend(Operation::Delete) };
                if resource.traits.asked {
                    // One that is set aside by this run was not there to be planned.
                    let is_planned = change.action != Action::CreateThenDelete;
                    let planned = change.deletion.clone().filter(|_| is_planned);
                    let kept = planned.clone().unwrap_or_else(|| self.kept(change, deposed.as_ref()));
                    let meta = self.evaluation.meta(change)?;
                    let mut work = whole(change, &resource, attributes, None, kept, meta);
                    if let Work::Change(whole) = &mut work {
                        whole.is_planned = planned.is_some();
                    }
                    return Ok(task(kind, work, Some(intent), Some(id), None));
                }
                let known = Known { id: id.clone(), attributes };
                task(kind, Work::Delete(known, resource.traits), Some(intent), Some(id), None)
            }
            StepKind::Read => {
                let prepared = self.evaluation.prepare(change)?;
                let kind = kind(&mut self.evaluation)?;
                let (config, meta) = (prepared.config.without_marks(), self.evaluation.meta(change)?);
                let wanted = Wanted { address: change.address.clone(), config, meta };
                let work = Work::Read(change.address.resource.mode, wanted);
                task(kind, work, None, None, Some(prepared))
            }
        })
    }

    /// What state keeps of an object for its provider.
    fn kept(&self, change: &ResourceChange, deposed: Option<&Name>) -> Kept {
        self.open.state.object(&change.address, deposed).map(|it| recorded::kept(it)).unwrap_or_default()
    }

    /// Whether provisioners of destruction, if there are any, run before it: as in Terraform, not for what is tainted. They do for what
    /// was set aside by a replacement that made the new object first, which Terraform deletes without a word.
    fn runs_provisioners(&self, deletion: &Intent) -> bool {
        let object = self.open.state.object(&deletion.address, deletion.deposed.as_ref());
        object.is_some_and(|it| !it.tainted)
    }

    fn take_up(&mut self, step: usize, sequence: u64, start: Start) {
        let subject = self.subject(step);
        let now = Instant::now();
        let running = |id, sequence, prepared| {
            let next_sign = now + self.tools.tempo.progress;
            Running {
                subject: subject.clone(),
                id,
                sequence,
                prepared,
                kept: None,
                provisioning: None,
                task: None,
                since: now,
                next_sign,
            }
        };
        match start {
            Start::Task { kind, work, intent, id, prepared } => {
                let running = running(id.clone(), sequence, prepared);
                self.running.insert(step, running);
                self.tell(Event::Started { subject, id });
                let task = Task { step, kind, work, tools: self.tools.clone() };
                match (&task.work, intent) {
                    (Work::Delete(known, _), Some(intent)) if self.runs_provisioners(&intent) => {
                        self.provision(step, known.attributes.clone(), Then::Delete(Box::new(task), intent));
                    }
                    (_, intent) => {
                        self.intents.extend(intent);
                        self.starting.push(task);
                    }
                }
            }
            Start::Unchanged(prepared) => {
                let value = prepared.planned.without_marks();
                let id = Some(id(&value));
                let running = running(id.clone(), sequence, Some(prepared));
                self.running.insert(step, running);
                self.tell(Event::Started { subject, id });
                self.succeeded(step, value);
            }
            Start::Forget => {
                let running = running(None, sequence, None);
                self.running.insert(step, running);
                self.forgotten(step);
            }
        }
    }
}

fn resource_schema<E: Evaluation>(evaluation: &E, change: &ResourceChange) -> Result<ResourceSchema, Diagnostics> {
    let type_name = &change.address.resource.type_name;
    evaluation.resource_schema(&change.provider, type_name).ok_or_else(|| {
        let source = &change.provider.address.source;
        vec![
            Diagnostic::error("Invalid resource type", format!("The provider {source} does not support {type_name}."))
                .on(&change.address),
        ]
    })
}

/// The change as its provider, another program, makes it. Without `prepared` the object goes.
fn whole(
    change: &ResourceChange,
    resource: &ResourceSchema,
    prior: Value,
    prepared: Option<&Prepared>,
    kept: Kept,
    meta: Option<Value>,
) -> Work {
    let null = || Value::null(resource.schema.block.implied_type());
    Work::Change(Box::new(Whole {
        address: change.address.clone(),
        schema: resource.schema.clone(),
        prior,
        promised: prepared.map_or_else(null, |it| it.planned.without_marks()),
        config: prepared.map_or_else(null, |it| it.config.without_marks()),
        kept,
        is_planned: false,
        meta,
        ignore: prepared.map(|it| it.ignore.clone()).unwrap_or_default(),
    }))
}

/// The `id` of an object that exists.
fn id(attributes: &Value) -> Id {
    Id(attributes.get("id").and_then(Value::as_str).unwrap_or_default().to_owned())
}
