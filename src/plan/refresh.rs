//! Prior objects: what state records, brought up to date with what the provider says.

use super::{
    Lookup, ObjectKey, ProviderKey, Snapshot,
    change::{Action, PlanMode},
    diff,
    planner::{Planner, Progress},
    problem, recorded, sensitive,
    target::Included,
};
use crate::{
    address::{InstanceAddress, ProviderSource, ResourceAddress, ResourceMode},
    diagnostic::Diagnostic,
    expression::syntax::tree::Body,
    lang::dependencies::Node,
    provider::{Found, Id, Known, Phase},
    schema::Schema,
    state::{Object, Resource, State},
    value::Value,
};
use std::sync::Arc;

/// Every managed object that a state holds. Data sources are read anew instead.
pub(super) fn objects_of(state: &State) -> Vec<ObjectKey> {
    let mut keys = Vec::new();
    for (address, resource) in state.resources.iter().filter(|(address, _)| address.mode == ResourceMode::Managed) {
        keys.extend(objects_of_resource(address, resource));
    }
    keys
}

pub(super) fn objects_of_resource(address: &ResourceAddress, resource: &Resource) -> Vec<ObjectKey> {
    let mut keys = Vec::new();
    for (key, instance) in &resource.instances {
        let address = address.instance(key.clone());
        keys.extend(instance.current.as_ref().map(|_| ObjectKey { address: address.clone(), deposed: None }));
        let deposed = instance.deposed.keys();
        keys.extend(deposed.map(|it| ObjectKey { address: address.clone(), deposed: Some(it.clone()) }));
    }
    keys
}

/// The object of that key, in `state`.
pub(super) fn object<'s>(state: &'s State, key: &ObjectKey) -> Option<&'s Arc<Object>> {
    state.object(&key.address, key.deposed.as_ref())
}

/// The error that a newer release of the provider wrote the object: what its attributes mean is not known here.
pub fn newer(
    object: &Object,
    schema: &Schema,
    address: &InstanceAddress,
    source: &ProviderSource,
) -> Option<Diagnostic> {
    let detail = || {
        format!(
            "The current state of {address} was created by a newer provider version than is currently selected. Upgrade the {} \
             provider to work with this state.",
            source.name
        )
    };
    let is_newer = object.schema_version > schema.version;
    is_newer.then(|| Diagnostic::error("Resource instance managed by newer provider version", detail()).on(address))
}

impl Planner {
    /// Makes the prior value of an object known, as `provider` has it. After [`Progress::Done`] it is settled in `prior`.
    pub(super) fn refresh(&mut self, key: &ObjectKey, provider: ProviderKey, snapshot: &Snapshot) -> Progress {
        if self.prior.is_settled(key) {
            return Progress::Done;
        }
        let recorded = self.prior.recorded.clone();
        let Some(object) = object(&recorded, key) else {
            self.prior.settle(key, None);
            return Progress::Done;
        };
        let address = &key.address;
        // What another provider instance answered, when this one was not known yet, is no answer.
        let is_asked = self.prior.set_owner(key, &provider);
        let source = &provider.address.source;
        let Some(kind) = self.world.resource_schema(source, &address.resource.type_name) else {
            match self.world.described(source, address.resource.mode, &address.resource.type_name) {
                Some(_) => self.note_unmanaged(address),
                None => self.diagnostics.push(no_type(address, &provider)),
            }
            self.prior.settle(key, None);
            return Progress::Done;
        };
        if let Some(newer) = newer(object, &kind.schema, address, source) {
            self.diagnostics.push(newer);
            self.prior.settle(key, None);
            return Progress::Done;
        }
        if kind.traits.asked {
            return self.refresh_as_told(key, &provider, object, &kind.schema);
        }
        let definition = self.world.definition(source).map(|it| &**it);
        let before = match recorded::value(object, &kind.schema, definition, &address.resource.type_name) {
            Ok(value) => value,
            Err(error) => {
                self.diagnostics
                    .push(Diagnostic::error("Invalid resource instance data in state", error.to_string()).on(address));
                self.prior.settle(key, None);
                return Progress::Done;
            }
        };
        if !self.request.refresh || self.is_left_alone(&key.address) {
            self.prior.settle(key, Some(before));
            return Progress::Done;
        }
        let id = before.get("id").and_then(Value::as_str).unwrap_or_default();
        let Some(answer) = snapshot.objects.get(key).filter(|_| is_asked) else {
            let known = Known { id: Id(id.to_owned()), attributes: before.strip_marks().0 };
            return Progress::Lacks(vec![Lookup::Object(key.clone(), provider, known)]);
        };
        let live = match answer {
            Ok(Found::Live(live)) => live,
            Ok(Found::Gone) => {
                self.prior.note_drift(key, Action::Delete, &before, None);
                self.prior.remove(key);
                return Progress::Done;
            }
            Err(problem) => {
                let found = problem::diagnostic(problem, &Body::default(), None).on(address);
                self.diagnostics.push(sensitive::conceal(found, &before));
                self.prior.settle(key, Some(before));
                return Progress::Done;
            }
        };
        let marks = before.strip_marks().1;
        let now = live.attributes.clone().with_marks_at(&marks);
        let changed = !now.equals_unmarked(&before);
        let moved = self.request.mode == PlanMode::RefreshOnly && self.moves.from.contains_key(&key.address);
        if changed && diff::difference(&kind.schema, &before, &now).changed {
            self.prior.note_drift(key, Action::Update, &before, Some(&now));
        } else if moved {
            self.prior.note_drift(key, Action::NoOp, &before, Some(&now));
        }
        if changed || object.schema_version < kind.schema.version {
            let object = Object { schema_version: kind.schema.version, ..(**object).clone() };
            self.replace_attributes(key, &now, &kind.schema, &object);
        } else if recorded.provider(address).as_ref() != Some(&provider.address) {
            self.prior.put(key, (**object).clone());
        }
        if let Phase::Failed(_) = live.phase {
            self.prior.taint(key);
        }
        self.prior.settle(key, Some(now));
        Progress::Done
    }

    /// What targets leave out, and what is only to be forgotten, is taken as state has it.
    pub(super) fn is_left_alone(&self, address: &InstanceAddress) -> bool {
        let path = address.resource.path();
        let targeted = match self.includes(&Node::Resource(path.clone())) {
            Some(Included::Whole) => true,
            Some(Included::Nothing) => false,
            Some(Included::Matching) | None => self.request.targets.allows(address),
        };
        let forgotten = self.request.mode == PlanMode::Normal
            && self.world.resource(&path).is_none()
            && self.forgotten.contains(&path);
        !targeted || forgotten
    }

    pub(super) fn replace_attributes(&mut self, key: &ObjectKey, now: &Value, schema: &Schema, object: &Object) {
        match recorded::changed(object, now, schema) {
            Ok(object) => self.prior.put(key, object),
            Err(error) => {
                let error = Diagnostic::error("Provider produced an invalid object", error.to_string());
                self.diagnostics.push(error.on(&key.address));
            }
        }
    }
}

pub(super) fn no_type(address: &InstanceAddress, provider: &ProviderKey) -> Diagnostic {
    Diagnostic::error(
        "Unsupported resource type",
        format!(
            "rforge's provider {} has no resource type \"{}\" yet.",
            provider.address.source, address.resource.type_name
        ),
    )
    .on(address)
}
