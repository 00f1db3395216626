//! What there is before anything is changed: state as it was read, and as it is by the answers of providers.

use super::{
    ObjectKey, ProviderKey,
    change::{Action, ResourceChange},
    recorded, refresh,
};
use crate::{
    address::ResourceAddress,
    provider::Kept,
    state::{Object, State},
    value::Value,
};
use std::{collections::HashMap, sync::Arc};

pub(super) struct Prior {
    /// As it was read, with every object where the configuration has it now.
    pub recorded: Arc<State>,
    /// As it is, according to the answers so far.
    pub state: State,
    /// What differs between the two.
    pub drift: Vec<ResourceChange>,
    /// The objects that nothing more is asked about. None: gone, or not to be had.
    values: HashMap<ObjectKey, Option<Value>>,
    /// The provider that each object of state was asked of, or would be.
    owners: HashMap<ObjectKey, ProviderKey>,
}

impl Prior {
    pub(super) fn new(state: State) -> Self {
        let recorded = Arc::new(state.clone());
        Self { recorded, state, drift: Vec::new(), values: HashMap::new(), owners: HashMap::new() }
    }

    /// Whether nothing more is asked about the object.
    pub(super) fn is_settled(&self, key: &ObjectKey) -> bool {
        self.values.contains_key(key)
    }

    pub(super) fn value(&self, key: &ObjectKey) -> Option<&Value> {
        self.values.get(key)?.as_ref()
    }

    /// Nothing more is asked about the object. None: it is gone, or not to be had.
    pub(super) fn settle(&mut self, key: &ObjectKey, value: Option<Value>) {
        self.values.insert(key.clone(), value);
    }

    pub(super) fn owner(&self, key: &ObjectKey) -> Option<&ProviderKey> {
        self.owners.get(key)
    }

    /// Says which provider the object is asked of; whether that is who was asked before.
    pub(super) fn set_owner(&mut self, key: &ObjectKey, owner: &ProviderKey) -> bool {
        self.owners.insert(key.clone(), owner.clone()).is_some_and(|it| it == *owner)
    }

    /// The objects that state has of a resource.
    pub(super) fn of_resource(&self, address: &ResourceAddress) -> Vec<ObjectKey> {
        self.recorded.resources.get(address).map_or_else(Vec::new, |it| refresh::objects_of_resource(address, it))
    }

    pub(super) fn put(&mut self, key: &ObjectKey, object: Object) {
        let Some(owner) = self.owners.get(key) else { return };
        self.state.put(&key.address, key.deposed.as_ref(), &owner.address, object.into());
    }

    /// Notes whether the configuration forbids to destroy the object.
    pub(super) fn protect(&mut self, key: &ObjectKey, prevent_destroy: bool) {
        if let Some(object) =
            refresh::object(&self.state, key).filter(|it| it.prevent_destroy != prevent_destroy).cloned()
        {
            self.put(key, Object { prevent_destroy, ..(*object).clone() });
        }
    }

    /// What state keeps of an object for its provider.
    pub(super) fn kept(&self, key: &ObjectKey) -> Kept {
        refresh::object(&self.state, key).map(|it| recorded::kept(it)).unwrap_or_default()
    }

    pub(super) fn is_protected(&self, key: &ObjectKey) -> bool {
        refresh::object(&self.state, key).is_some_and(|it| it.prevent_destroy)
    }

    pub(super) fn taint(&mut self, key: &ObjectKey) {
        if let Some(object) = refresh::object(&self.state, key).cloned() {
            self.put(key, Object { tainted: true, ..(*object).clone() });
        }
    }

    pub(super) fn is_tainted(&self, key: &ObjectKey) -> bool {
        refresh::object(&self.state, key).is_some_and(|it| it.tainted)
    }

    /// The object is not there any more.
    pub(super) fn remove(&mut self, key: &ObjectKey) {
        self.state.take(&key.address, key.deposed.as_ref());
        self.settle(key, None);
    }

    pub(super) fn note_drift(&mut self, key: &ObjectKey, action: Action, before: &Value, now: Option<&Value>) {
        let Some(provider) = self.owners.get(key).cloned() else { return };
        self.drift.push(ResourceChange {
            address: key.address.clone(),
            deposed: key.deposed.clone(),
            previous_address: None,
            importing: None,
            provider,
            action,
            reason: None,
            before: before.clone(),
            after: now.cloned().unwrap_or_else(|| Value::null(before.ty())),
            in_full: Default::default(),
            replace_paths: Vec::new(),
            deletion: None,
        });
    }
}

#[cfg(test)]
mod tests;
