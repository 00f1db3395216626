//! What the instances of every resource are now, or will be.

use super::expansion::Expansion;
use crate::{
    address::{InstanceAddress, InstanceKey, ResourceAddress, ResourceMode},
    value::{Marks, Type, Value},
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
};

#[derive(Default)]
pub(super) struct Objects(HashMap<ResourceAddress, Instances>);

#[derive(Default)]
struct Instances {
    expansion: Expansion,
    values: BTreeMap<Option<InstanceKey>, Value>,
    /// All of them as one tuple or object, built when first referred to.
    whole: RefCell<Option<Value>>,
}

impl Objects {
    /// Says how often a resource is repeated; its instances get their values by [`Self::complete`].
    pub(super) fn declare(&mut self, address: ResourceAddress, expansion: Expansion) {
        self.0.insert(address, Instances { expansion, ..Instances::default() });
    }

    /// The same resource, repeated as often as before, of which more is known now.
    pub(super) fn declare_again(&mut self, address: &ResourceAddress, expansion: Expansion) {
        if let Some(instances) = self.0.get_mut(address) {
            instances.expansion = expansion;
        }
    }

    /// Tells what an instance is now, or will be, so that later evaluations see it. None: it is gone.
    pub(super) fn complete(&mut self, address: &InstanceAddress, value: Option<Value>) {
        let Some(instances) = self.0.get_mut(&address.resource) else { return };
        instances.whole.take();
        match value {
            Some(value) => instances.values.insert(address.key.clone(), value.marked(marks_of(address.resource.mode))),
            None => instances.values.remove(&address.key),
        };
    }

    pub(super) fn expansion(&self, address: &ResourceAddress) -> Option<&Expansion> {
        self.0.get(address).map(|it| &it.expansion)
    }

    pub(super) fn instance(&self, address: &InstanceAddress) -> Option<&Value> {
        self.0.get(&address.resource)?.values.get(&address.key)
    }

    /// Every instance of every resource.
    pub(super) fn all(&self) -> impl Iterator<Item = (&ResourceAddress, &Value)> {
        self.0.iter().flat_map(|(address, it)| it.values.values().map(move |value| (address, value)))
    }

    /// What a reference to the whole resource gives: an object, a tuple (count) or an object by key (for_each).
    pub(super) fn whole(&self, address: &ResourceAddress) -> Option<Value> {
        let instances = self.0.get(address)?;
        if let Some(whole) = &*instances.whole.borrow() {
            return Some(whole.clone());
        }
        let unknown = || Value::unknown(Type::Any).marked(marks_of(address.mode));
        let of = |key: Option<InstanceKey>| instances.values.get(&key).cloned().unwrap_or_else(unknown);
        let whole = match &instances.expansion {
            Expansion::Single => of(None),
            Expansion::Unknown => unknown(),
            Expansion::Count(count) => Value::tuple((0..*count).map(|at| of(Some(InstanceKey::Index(at)))).collect()),
            Expansion::Each(entries) => {
                let entries = entries.keys().map(|key| (key.clone(), of(Some(InstanceKey::Key(key.clone())))));
                Value::object(entries.collect())
            }
        };
        *instances.whole.borrow_mut() = Some(whole.clone());
        Some(whole)
    }
}

/// What everything has that a resource of this mode gives.
pub(super) fn marks_of(mode: ResourceMode) -> Marks {
    if mode == ResourceMode::Ephemeral { Marks::EPHEMERAL } else { Marks::NONE }
}

#[cfg(test)]
mod tests;
