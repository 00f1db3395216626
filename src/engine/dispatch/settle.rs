//! Takes in what tasks report: state, the evaluated configuration and the order of steps move on together.

use super::{Dispatcher, Evaluation, Running, provision::Then};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, has_errors},
    engine::{
        event::{Event, Operation},
        execute::{Failure, Left, Message},
    },
    plan::recorded,
    provider::{Created, Id},
    state::{Effect, Object, Outcome},
    value::Value,
};
use std::sync::Arc;

impl<E: Evaluation> Dispatcher<E> {
    /// Takes one message in. What it changes in state is recorded by the next [`Self::record`].
    pub(super) fn settle(&mut self, message: Message) {
        match message {
            Message::Created { step, created, saved } => {
                self.created(step, created);
                self.unsaved.push(saved);
            }
            Message::Told { step, kept, id, problems } => {
                let Some(running) = self.running.get_mut(&step) else { return };
                running.kept = Some(kept);
                running.id = running.id.take().or(id.map(Id));
                let address = running.subject.address.clone();
                let said = problems.iter().map(|it| self.evaluation.diagnose(&address, it));
                self.diagnostics.extend(said);
            }
            Message::Retrying { step, problem } => {
                if let Some(running) = self.running.get(&step) {
                    let told = self.evaluation.diagnose(&running.subject.address, &problem);
                    let reason = format!("{}: {}", told.summary, told.detail);
                    self.tell(Event::Retrying { subject: running.subject.clone(), class: problem.class, reason });
                }
            }
            Message::Output { step, line } => self.told(step, line),
            Message::Provisioned { step, result } => self.provisioned(step, result),
            Message::Finished { step, result: Ok(value) } => self.succeeded(step, value),
            Message::Finished { step, result: Err(failure) } => self.broke(step, failure),
        }
    }

    /// Makes what was settled durable, in one write; only then does anyone rely on it.
    pub(super) fn record(&mut self) {
        let outcomes = std::mem::take(&mut self.outcomes);
        let unsaved = std::mem::take(&mut self.unsaved);
        if outcomes.is_empty() {
            return;
        }
        match self.open.record(&outcomes) {
            Ok(()) => {
                for saved in unsaved {
                    // A task that was given up does not listen.
                    let _ = saved.send(());
                }
            }
            Err(error) => self.stop_for(error),
        }
    }

    /// The object exists: with its first attributes it is in state from now on.
    fn created(&mut self, step: usize, created: Created) {
        let is_provisioned = self.running.get(&step).is_some_and(Running::is_provisioned);
        self.put(step, &created.attributes.without_unknowns(), is_provisioned);
        if let Some(running) = self.running.get_mut(&step) {
            running.id = Some(created.id);
        }
    }

    /// What the step's calls do is done.
    pub(super) fn succeeded(&mut self, step: usize, value: Value) {
        match self.running.get(&step) {
            Some(running) if running.is_provisioned() => self.provision(step, value, Then::Finish),
            _ => self.concluded(step, value),
        }
    }

    /// The step did what it was to do; `value` is the object as it is now, without marks, null if it is gone.
    pub(super) fn concluded(&mut self, step: usize, value: Value) {
        let Some(running) = self.running.get(&step) else { return };
        let subject = running.subject.clone();
        let address = subject.address.clone();
        if subject.operation == Operation::Delete {
            self.effect(step, Effect::Gone);
            if subject.deposed.is_none() {
                self.evaluation.complete(&address, None);
            }
        } else {
            if subject.operation != Operation::Open {
                self.put(step, &value, false);
            }
            let value = self.marked(step, &value);
            if subject.operation == Operation::Read {
                let provider = &self.plan.changes[self.plan.steps.nodes[step].change].provider;
                self.diagnostics.extend(self.evaluation.remarks(provider, &address, &value));
            }
            self.evaluation.complete(&address, Some(value));
            let diagnostics = self.evaluation.postconditions(&address);
            let is_refused = has_errors(&diagnostics);
            self.diagnostics.extend(diagnostics);
            if is_refused {
                // What is wrong with it is not that it was not made.
                self.order.fail(step);
                return self.tell_completed(step);
            }
        }
        match subject.operation {
            Operation::Create => self.counts.added += 1,
            Operation::Update => self.counts.changed += 1,
            Operation::Delete => self.counts.destroyed += 1,
            Operation::Read | Operation::Open | Operation::Forget => {}
        }
        self.completed(step);
    }

    pub(super) fn forgotten(&mut self, step: usize) {
        let Some(running) = self.running.get(&step) else { return };
        let subject = running.subject.clone();
        if subject.deposed.is_none() {
            self.evaluation.complete(&subject.address, None);
        }
        self.effect(step, Effect::Gone);
        self.completed(step);
    }

    fn completed(&mut self, step: usize) {
        self.order.done(step);
        self.tell_completed(step);
    }

    fn tell_completed(&mut self, step: usize) {
        let Some(running) = self.running.remove(&step) else { return };
        let elapsed = running.since.elapsed();
        self.tell(Event::Completed { subject: running.subject, id: running.id, elapsed });
    }

    /// The provider could not do it.
    fn broke(&mut self, step: usize, failure: Failure) {
        let Some(running) = self.running.get(&step) else { return };
        let subject = running.subject.clone();
        if failure.problem.cause.as_ref().is_some_and(|it| it.is_final) {
            let change = &self.plan.changes[self.plan.steps.nodes[step].change];
            self.hopeless.insert(change.provider.clone());
        }
        if let Some(warning) = self.evaluation.unread(&subject.address, &failure.problem) {
            self.diagnostics.push(warning);
            // As in Terraform, state then says what was to be read.
            let planned = self.running.get(&step).and_then(|it| it.prepared.as_ref()).map(|it| it.planned.clone());
            if let Some(planned) = planned {
                let read = planned.without_unknowns();
                self.put(step, &read, false);
                self.evaluation.complete(&subject.address, Some(read));
            }
            return self.completed(step);
        }
        match failure.left {
            Left::Unchanged => self.effect(step, Effect::FailedCleanly),
            Left::Uncertain => {}
            Left::Gone => {
                self.effect(step, Effect::Gone);
                if subject.deposed.is_none() {
                    self.evaluation.complete(&subject.address, None);
                }
            }
            Left::Object { attributes, tainted } => {
                let is_provisioned = self.running.get(&step).is_some_and(Running::is_provisioned);
                self.put(step, &attributes, tainted || is_provisioned);
                let value = self.marked(step, &attributes);
                self.evaluation.complete(&subject.address, Some(value));
            }
        }
        let diagnostic = match failure.problem.is_of_configuration() {
            true => {
                let change = &self.plan.changes[self.plan.steps.nodes[step].change];
                self.evaluation.diagnose_provider(&change.provider, &failure.problem)
            }
            false => self.evaluation.diagnose(&subject.address, &failure.problem),
        };
        self.failed(step, vec![diagnostic]);
    }

    /// What needs the step will not be attempted.
    pub(super) fn failed(&mut self, step: usize, diagnostics: Diagnostics) {
        self.order.fail(step);
        let (subject, id, elapsed) = match self.running.remove(&step) {
            Some(running) => (running.subject, running.id, running.since.elapsed()),
            None => (self.subject(step), None, Default::default()),
        };
        self.diagnostics.extend(diagnostics.iter().cloned());
        self.tell(Event::Failed { subject, id, elapsed, diagnostics });
    }

    /// Adds what an object has become to what is to be recorded.
    pub(super) fn put(&mut self, step: usize, attributes: &Value, tainted: bool) {
        match self.encode(step, attributes, tainted) {
            Ok(object) => self.effect(step, Effect::Object(Arc::new(object))),
            Err(diagnostic) => self.diagnostics.push(diagnostic),
        }
    }

    fn effect(&mut self, step: usize, effect: Effect) {
        let change = &self.plan.changes[self.plan.steps.nodes[step].change];
        let Some(running) = self.running.get(&step) else { return };
        self.outcomes.push(Outcome {
            sequence: running.sequence,
            address: change.address.clone(),
            deposed: running.subject.deposed.clone(),
            provider: change.provider.address.clone(),
            effect,
        });
    }

    /// The object for state. What only its provider understands is kept when it is updated.
    fn encode(&self, step: usize, attributes: &Value, tainted: bool) -> Result<Object, Diagnostic> {
        let change = &self.plan.changes[self.plan.steps.nodes[step].change];
        let resource = &change.address.resource;
        let invalid =
            |detail: String| Diagnostic::error("Provider produced an invalid object", detail).on(&change.address);
        let schema = self.evaluation.schema(&change.provider, resource.mode, &resource.type_name);
        let schema = schema.ok_or_else(|| invalid("It has no schema of that type.".into()))?;
        let value = self.marked(step, attributes);
        let mut object = recorded::object(&value, &schema).map_err(|error| invalid(error.to_string()))?;
        object.tainted = tainted;
        let Some(running) = self.running.get(&step) else { return Ok(object) };
        if let Some(prepared) = &running.prepared {
            object.dependencies.clone_from(&prepared.dependencies);
            object.create_before_destroy = prepared.create_before_destroy;
            object.prevent_destroy = prepared.prevent_destroy;
        }
        if running.subject.operation == Operation::Update
            && let Some(before) = self.open.state.object(&change.address, None)
        {
            object.private.clone_from(&before.private);
            object.identity.clone_from(&before.identity);
            object.identity_schema_version = before.identity_schema_version;
        }
        Ok(match &running.kept {
            Some(kept) => recorded::keeping(object, kept.clone()),
            None => object,
        })
    }

    /// `attributes` with the marks of the plan: what came from a sensitive value is sensitive.
    pub(super) fn marked(&self, step: usize, attributes: &Value) -> Value {
        let prepared = self.running.get(&step).and_then(|it| it.prepared.as_ref());
        let marks = prepared.map(|it| it.planned.strip_marks().1).unwrap_or_default();
        let value = attributes.with_marks_at(&marks);
        if marks.is_empty() {
            return value;
        }
        let change = &self.plan.changes[self.plan.steps.nodes[step].change];
        let resource = &change.address.resource;
        match self.evaluation.schema(&change.provider, resource.mode, &resource.type_name) {
            Some(schema) => recorded::with_echoes(value, &schema),
            None => value,
        }
    }
}
