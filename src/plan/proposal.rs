//! The changes that are planned so far.

use super::change::{Action, ResourceChange};
use crate::address::{InstanceAddress, ResourcePath};
use std::collections::{BTreeSet, HashMap};

#[derive(Default)]
pub(super) struct Proposal {
    pub changes: Vec<ResourceChange>,
    /// Where the change of an instance that stays, or comes, is in `changes`.
    by_address: HashMap<InstanceAddress, usize>,
    changing: BTreeSet<ResourcePath>,
}

impl Proposal {
    /// What comes of an instance of a managed resource.
    pub(super) fn instance(&mut self, change: ResourceChange) {
        if change.action != Action::NoOp {
            self.note_changing(change.address.resource.path());
        }
        self.by_address.insert(change.address.clone(), self.changes.len());
        self.changes.push(change);
    }

    /// An object that goes, which nothing refers to any more.
    pub(super) fn deletion(&mut self, change: ResourceChange) {
        self.note_changing(change.address.resource.path());
        self.changes.push(change);
    }

    /// Data that is read, or an ephemeral resource that is opened.
    pub(super) fn read(&mut self, change: ResourceChange) {
        self.changes.push(change);
    }

    pub(super) fn of(&self, instance: &InstanceAddress) -> Option<&ResourceChange> {
        self.by_address.get(instance).map(|it| &self.changes[*it])
    }

    pub(super) fn note_changing(&mut self, path: ResourcePath) {
        self.changing.insert(path);
    }

    /// Whether a resource has a change that is not a no-op: data that depends on it waits.
    pub(super) fn is_changing(&self, path: &ResourcePath) -> bool {
        self.changing.contains(path)
    }
}

#[cfg(test)]
mod tests;
