//! The evaluated configuration as the dispatcher sees it.

use super::dispatch::Evaluation;
use crate::{
    address::{InstanceAddress, Mode, Name},
    diagnostic::{Diagnostic, Diagnostics},
    plan::{Prepared, ProviderKey, Provision, ResourceChange, World},
    provider::{ConfiguredProvider, Problem, ResourceSchema},
    provisioner::When,
    schema::Schema,
    state::{CheckResult, OutputValue},
    value::Value,
};
use std::{collections::BTreeMap, sync::Arc};

impl Evaluation for World {
    fn prepare(&mut self, change: &ResourceChange) -> Result<Prepared, Diagnostics> {
        World::prepare(self, change)
    }
    fn complete(&mut self, address: &InstanceAddress, value: Option<Value>) {
        World::complete(self, address, value);
    }
    fn provider(&mut self, key: &ProviderKey) -> Result<Arc<dyn ConfiguredProvider>, Diagnostics> {
        World::provider(self, key)
    }
    fn resource_schema(&self, key: &ProviderKey, type_name: &str) -> Option<ResourceSchema> {
        World::resource_schema(self, &key.address.source, type_name).cloned()
    }
    fn schema(&self, key: &ProviderKey, mode: Mode, type_name: &str) -> Option<Arc<Schema>> {
        World::schema(self, &key.address.source, mode, type_name)
    }
    fn provisioner(
        &mut self,
        address: &InstanceAddress,
        when: When,
        at: usize,
        object: &Value,
    ) -> Option<Result<Provision, Diagnostics>> {
        World::provisioner(self, address, when, at, object)
    }
    fn postconditions(&mut self, address: &InstanceAddress) -> Diagnostics {
        World::postconditions(self, address)
    }
    fn outputs(&mut self) -> (BTreeMap<Name, OutputValue>, Diagnostics) {
        World::outputs(self)
    }
    fn check_results(&mut self, destroyed: bool) -> (Vec<CheckResult>, Diagnostics) {
        World::check_results(self, destroyed)
    }
    fn unread(&self, address: &InstanceAddress, problem: &Problem) -> Option<Diagnostic> {
        World::unread(self, address, problem)
    }
    fn diagnose(&self, address: &InstanceAddress, problem: &Problem) -> Diagnostic {
        World::diagnose(self, address, problem)
    }
}
