//! Prior objects: what state records, brought up to date with what the provider says.

use super::{
    Lookup, ObjectKey, ProviderKey, Snapshot,
    change::{Action, PlanMode, ResourceChange},
    diff,
    planner::{Planner, Progress},
    problem, recorded, sensitive,
};
use crate::{
    address::{InstanceAddress, ProviderSource, ResourceMode},
    diagnostic::Diagnostic,
    lang::syntax::tree::Body,
    provider::{Found, Id, Known, Phase},
    schema::Schema,
    state::{Object, State},
    value::{Type, Value},
};
use std::sync::Arc;

/// Every managed object that a state holds. Data sources are read anew instead.
pub(super) fn objects_of(state: &State) -> Vec<ObjectKey> {
    let mut keys = Vec::new();
    for (address, resource) in state.resources.iter().filter(|(address, _)| address.mode == ResourceMode::Managed) {
        for (key, instance) in &resource.instances {
            let address = address.instance(key.clone());
            keys.extend(instance.current.as_ref().map(|_| ObjectKey { address: address.clone(), deposed: None }));
            keys.extend(
                instance.deposed.keys().map(|it| ObjectKey { address: address.clone(), deposed: Some(it.clone()) }),
            );
        }
    }
    keys
}

/// The object of that key, in `state`.
pub(super) fn object<'s>(state: &'s State, key: &ObjectKey) -> Option<&'s Arc<Object>> {
    state.object(&key.address, key.deposed.as_ref())
}

/// The error that a newer release of the provider wrote the object: what its attributes mean is not known here.
pub(super) fn newer(
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
    /// Makes the prior value of an object known, as `provider` has it. After [`Progress::Done`] it is in `priors`.
    pub(super) fn refresh(&mut self, key: &ObjectKey, provider: ProviderKey, snapshot: &Snapshot) -> Progress {
        if self.priors.contains_key(key) {
            return Progress::Done;
        }
        let recorded = self.recorded.clone();
        let Some(object) = object(&recorded, key) else {
            self.priors.insert(key.clone(), None);
            return Progress::Done;
        };
        let address = &key.address;
        // What another provider instance answered, when this one was not known yet, is no answer.
        let is_asked = self.owners.insert(key.clone(), provider.clone()).is_some_and(|it| it == provider);
        let source = &provider.address.source;
        let Some(kind) = self.world.resource_schema(source, &address.resource.type_name).cloned() else {
            match self.world.described(source, address.resource.mode, &address.resource.type_name) {
                Some(_) => self.note_unmanaged(address),
                None => self.diagnostics.push(no_type(address, &provider)),
            }
            self.priors.insert(key.clone(), None);
            return Progress::Done;
        };
        if let Some(newer) = newer(object, &kind.schema, address, source) {
            self.diagnostics.push(newer);
            self.priors.insert(key.clone(), None);
            return Progress::Done;
        }
        let ty = kind.schema.block.implied_type();
        let definition = self.world.definition(source).map(|it| &**it);
        let before = match recorded::value(object, &kind.schema, definition, &address.resource.type_name) {
            Ok(value) => value,
            Err(error) => {
                self.diagnostics
                    .push(Diagnostic::error("Invalid resource instance data in state", error.to_string()).on(address));
                self.priors.insert(key.clone(), None);
                return Progress::Done;
            }
        };
        if !self.request.refresh {
            self.priors.insert(key.clone(), Some(before));
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
                self.note_drift(key, &provider, Action::Delete, &before, None);
                self.prior.take(&key.address, key.deposed.as_ref());
                self.priors.insert(key.clone(), None);
                return Progress::Done;
            }
            Err(problem) => {
                let found = problem::diagnostic(problem, &Body::default(), None).on(address);
                self.diagnostics.push(sensitive::conceal(found, &before));
                self.priors.insert(key.clone(), Some(before));
                return Progress::Done;
            }
        };
        let marks = before.strip_marks().1;
        let now = live.attributes.clone().with_marks_at(&marks);
        let changed = !now.equals_unmarked(&before);
        let moved = self.request.mode == PlanMode::RefreshOnly && self.moves.from.contains_key(&key.address);
        if changed && diff::difference(&kind.schema, &before, &now).changed {
            self.note_drift(key, &provider, Action::Update, &before, Some(&now));
        } else if moved {
            self.note_drift(key, &provider, Action::NoOp, &before, Some(&now));
        }
        if changed || object.schema_version < kind.schema.version {
            let object = Object { schema_version: kind.schema.version, ..(**object).clone() };
            self.replace_attributes(key, &now, &ty, &object);
        } else if recorded.provider(address).as_ref() != Some(&provider.address) {
            self.put(key, (**object).clone());
        }
        if let Phase::Failed(_) = live.phase {
            self.taint(key);
        }
        self.priors.insert(key.clone(), Some(now));
        Progress::Done
    }

    fn note_drift(
        &mut self,
        key: &ObjectKey,
        provider: &ProviderKey,
        action: Action,
        before: &Value,
        now: Option<&Value>,
    ) {
        self.drift.push(ResourceChange {
            address: key.address.clone(),
            deposed: key.deposed.clone(),
            previous_address: None,
            importing: None,
            provider: provider.clone(),
            action,
            reason: None,
            before: before.clone(),
            after: now.cloned().unwrap_or_else(|| Value::null(before.ty())),
            replace_paths: Vec::new(),
        });
    }

    fn replace_attributes(&mut self, key: &ObjectKey, now: &Value, ty: &Type, object: &Object) {
        match object.with_attributes(now, ty) {
            Ok(object) => self.put(key, object),
            Err(error) => {
                let error = Diagnostic::error("Provider produced an invalid object", error.to_string());
                self.diagnostics.push(error.on(&key.address));
            }
        }
    }

    fn put(&mut self, key: &ObjectKey, object: Object) {
        let Some(provider) = self.owners.get(key) else { return };
        self.prior.put(&key.address, key.deposed.as_ref(), &provider.address, object.into());
    }

    fn taint(&mut self, key: &ObjectKey) {
        if let Some(object) = object(&self.prior, key).cloned() {
            self.put(key, Object { tainted: true, ..(*object).clone() });
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
