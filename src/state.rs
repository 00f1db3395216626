//! What rforge knows to exist: Terraform's state, version 4, with a journal and a lock beside it.

mod atomic;
pub mod checks;
mod description;
pub mod file;
pub mod journal;
mod json;
pub mod location;
pub mod lock;
mod misfit;
mod object;
pub mod open;
pub mod workspaces;

pub use checks::{CheckObject, CheckResult};
pub use journal::{Effect, Intent, Operation, Outcome};
pub use location::Location;
pub use object::ObjectError;
pub use open::{OpenState, Options, Recorded, open, read};

use crate::{
    address::{InstanceAddress, InstanceKey, Name, ProviderAddress, ResourceAddress, ResourcePath},
    diagnostic::Diagnostic,
    value::{Path, Type, Value},
};
use serde_json::value::RawValue;
use std::{collections::BTreeMap, sync::Arc};

#[derive(Clone, Debug, Default)]
pub struct State {
    /// Of the tool that wrote it last.
    pub terraform_version: String,
    pub serial: u64,
    /// A UUID, constant for the life of this state; empty until first written.
    pub lineage: String,
    pub outputs: BTreeMap<Name, OutputValue>,
    pub resources: BTreeMap<ResourceAddress, Resource>,
    /// Kept as it was read.
    pub check_results: Option<Arc<RawValue>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OutputValue {
    pub value: Value,
    pub ty: Type,
    pub sensitive: bool,
}

#[derive(Clone, Debug)]
pub struct Resource {
    /// The configuration; which instance of it each object belongs to stands with the instances.
    pub provider: ProviderAddress,
    pub instances: BTreeMap<Option<InstanceKey>, Instance>,
}

#[derive(Clone, Debug, Default)]
pub struct Instance {
    /// The instance of the provider, if its configuration has `for_each`.
    pub provider_key: Option<Name>,
    pub current: Option<Arc<Object>>,
    /// Objects that a create-before-destroy replacement has not destroyed yet, by their eight hex digits.
    pub deposed: BTreeMap<Name, Arc<Object>>,
}

/// One object that exists.
#[derive(Clone, Debug)]
pub struct Object {
    pub tainted: bool,
    pub schema_version: u64,
    /// A JSON object; decoded with the schema of its type when it is needed.
    pub attributes: Arc<RawValue>,
    pub sensitive_paths: Vec<Path>,
    /// Opaque to everyone but the provider that wrote it; base64 in the file.
    pub private: Option<Arc<str>>,
    /// Shared by the instances of a resource.
    pub dependencies: Arc<[ResourcePath]>,
    pub create_before_destroy: bool,
    /// Its block forbade to destroy it when it was last planned. Terraform, which drops this from the states that it writes, cannot
    /// tell once the block is gone.
    pub prevent_destroy: bool,
    /// As Terraform 1.12 and later write it; kept.
    pub identity: Option<Arc<RawValue>>,
    pub identity_schema_version: Option<u64>,
}

impl State {
    pub fn instance(&self, address: &InstanceAddress) -> Option<&Instance> {
        self.resources.get(&address.resource)?.instances.get(&address.key)
    }

    /// The current object of an instance, or the deposed one of that key.
    pub fn object(&self, address: &InstanceAddress, deposed: Option<&Name>) -> Option<&Arc<Object>> {
        let instance = self.instance(address)?;
        deposed.map_or(instance.current.as_ref(), |key| instance.deposed.get(key))
    }

    /// The provider that the objects of an instance belong to.
    pub fn provider(&self, address: &InstanceAddress) -> Option<ProviderAddress> {
        let resource = self.resources.get(&address.resource)?;
        let key = resource.instances.get(&address.key)?.provider_key.clone();
        Some(ProviderAddress { key, ..resource.provider.clone() })
    }

    /// Sets the current object of an instance, or the deposed one of that key. The resource takes on `provider`.
    pub fn put(
        &mut self,
        address: &InstanceAddress,
        deposed: Option<&Name>,
        provider: &ProviderAddress,
        object: Arc<Object>,
    ) {
        let resource = self
            .resources
            .entry(address.resource.clone())
            .or_insert_with(|| Resource { provider: provider.configuration(), instances: BTreeMap::new() });
        if !resource.provider.is_same_configuration(provider) {
            resource.provider = provider.configuration();
        }
        let instance = resource.instances.entry(address.key.clone()).or_default();
        instance.provider_key.clone_from(&provider.key);
        match deposed {
            Some(key) => drop(instance.deposed.insert(key.clone(), object)),
            None => instance.current = Some(object),
        }
    }

    /// Takes out the current object of an instance, or the deposed one of that key, and with it the instance and
    /// the resource if it was their last.
    pub fn take(&mut self, address: &InstanceAddress, deposed: Option<&Name>) -> Option<Arc<Object>> {
        let resource = self.resources.get_mut(&address.resource)?;
        let instance = resource.instances.get_mut(&address.key)?;
        let object = match deposed {
            Some(key) => instance.deposed.remove(key),
            None => instance.current.take(),
        };
        if instance.current.is_none() && instance.deposed.is_empty() {
            resource.instances.remove(&address.key);
        }
        if resource.instances.is_empty() {
            self.resources.remove(&address.resource);
        }
        object
    }

    /// Sets the current object of an instance aside under `key`, before its replacement is made.
    pub fn depose(&mut self, address: &InstanceAddress, key: &Name) {
        let Some(resource) = self.resources.get_mut(&address.resource) else { return };
        let Some(instance) = resource.instances.get_mut(&address.key) else { return };
        if let Some(object) = instance.current.take() {
            instance.deposed.insert(key.clone(), object);
        }
    }

    /// Makes the deposed object current again, if nothing has taken its place.
    pub fn restore(&mut self, address: &InstanceAddress, key: &Name) {
        let Some(resource) = self.resources.get_mut(&address.resource) else { return };
        let Some(instance) = resource.instances.get_mut(&address.key) else { return };
        if instance.current.is_none() {
            instance.current = instance.deposed.remove(key);
        }
    }

    /// A state that is written is a later one. Serials do not begin anew, as Terraform's do: an older state would be taken
    /// for a newer one.
    pub(super) fn raise_serial(&mut self) -> Result<(), Diagnostic> {
        self.serial = self.serial.checked_add(1).ok_or_else(|| self.exhausted())?;
        Ok(())
    }

    /// Whether it can be written: a run raises the serial once for what an interrupted one did, and once for itself.
    pub fn check_serial(&self) -> Result<(), Diagnostic> {
        if self.serial.checked_add(2).is_some() { Ok(()) } else { Err(self.exhausted()) }
    }

    fn exhausted(&self) -> Diagnostic {
        let detail = format!("The serial of the state is {}, and there is none after it.", self.serial);
        Diagnostic::error("State serial exhausted", detail).hint("Lower `serial` in the state file with an editor.")
    }

    /// Whether it was ever written.
    pub fn exists(&self) -> bool {
        !self.lineage.is_empty() || !self.is_empty()
    }

    /// Whether nothing is in it that would have to be kept.
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty() && self.outputs.is_empty()
    }
}

#[cfg(test)]
mod tests;
