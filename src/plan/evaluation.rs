//! What a plan is applied with: the evaluated configuration, which learns of each object what has become of it.

use super::{
    ProviderKey,
    change::ResourceChange,
    checks::{Checked, Checks, Condition},
    prepare::Prepared,
    provisioners::{self, Provision},
    rules::{self, Around, check_output, run_check},
    world::World,
};
use crate::{
    address::{InstanceAddress, ModuleAddress, Name, ResourceMode},
    diagnostic::{Diagnostic, Diagnostics, has_errors},
    lang::configuration::Repetition,
    provider::{ConfiguredProvider, Problem, ResourceSchema},
    provisioner::When,
    schema::Schema,
    state::{CheckResult, OutputValue},
    value::Value,
};
use std::{collections::BTreeMap, sync::Arc};

/// What applying asks of the evaluated configuration.
pub trait Evaluation {
    /// Evaluates the instance's configuration with what is known now: what to send.
    fn prepare(&mut self, change: &ResourceChange) -> Result<Prepared, Diagnostics>;
    /// Tells what an instance is now (none: gone), so that later evaluations see it.
    fn complete(&mut self, address: &InstanceAddress, value: Option<Value>);
    fn provider(&mut self, key: &ProviderKey) -> Result<Arc<dyn ConfiguredProvider>, Diagnostics>;
    fn resource_schema(&self, key: &ProviderKey, type_name: &str) -> Option<ResourceSchema>;
    /// The schema of a resource type or data source.
    fn schema(&self, key: &ProviderKey, mode: ResourceMode, type_name: &str) -> Option<Arc<Schema>>;
    /// The `at`th provisioner of that time of an instance, where `object` is `self`; none if there are no more.
    fn provisioner(
        &mut self,
        address: &InstanceAddress,
        when: When,
        at: usize,
        object: &Value,
    ) -> Option<Result<Provision, Diagnostics>>;
    /// Checks the postconditions of an instance that was applied.
    fn postconditions(&mut self, address: &InstanceAddress) -> Diagnostics;
    /// What a provider says besides of data that it read for an instance.
    fn remarks(&self, _key: &ProviderKey, _address: &InstanceAddress, _read: &Value) -> Diagnostics {
        Diagnostics::new()
    }
    /// The root outputs as of now; one that is unknown is left out, and one that needs an instance that is not as planned.
    fn outputs(&mut self, unfinished: &[InstanceAddress]) -> (BTreeMap<Name, OutputValue>, Diagnostics);
    /// What became of conditions, after everything was done.
    fn check_results(&mut self, destroyed: bool) -> (Vec<CheckResult>, Diagnostics);
    /// The warning that what only a check wants to know could not be read; none: that is an error.
    fn unread(&self, address: &InstanceAddress, problem: &Problem) -> Option<Diagnostic>;
    /// A provider's problem with an instance, at the part of the configuration that is at fault.
    fn diagnose(&self, address: &InstanceAddress, problem: &Problem) -> Diagnostic;
    /// What the module of an object has to say to its provider.
    fn meta(&self, _change: &ResourceChange) -> Result<Option<Value>, Diagnostics> {
        Ok(None)
    }
    /// As [`Self::diagnose`], of a provider's own configuration.
    fn diagnose_provider(&self, key: &ProviderKey, problem: &Problem) -> Diagnostic;
}

/// For whoever wants to look at the world afterwards.
impl Evaluation for &mut World {
    fn prepare(&mut self, change: &ResourceChange) -> Result<Prepared, Diagnostics> {
        Evaluation::prepare(&mut **self, change)
    }
    fn complete(&mut self, address: &InstanceAddress, value: Option<Value>) {
        Evaluation::complete(&mut **self, address, value);
    }
    fn provider(&mut self, key: &ProviderKey) -> Result<Arc<dyn ConfiguredProvider>, Diagnostics> {
        Evaluation::provider(&mut **self, key)
    }
    fn resource_schema(&self, key: &ProviderKey, type_name: &str) -> Option<ResourceSchema> {
        Evaluation::resource_schema(&**self, key, type_name)
    }
    fn schema(&self, key: &ProviderKey, mode: ResourceMode, type_name: &str) -> Option<Arc<Schema>> {
        Evaluation::schema(&**self, key, mode, type_name)
    }
    fn provisioner(
        &mut self,
        address: &InstanceAddress,
        when: When,
        at: usize,
        object: &Value,
    ) -> Option<Result<Provision, Diagnostics>> {
        Evaluation::provisioner(&mut **self, address, when, at, object)
    }
    fn postconditions(&mut self, address: &InstanceAddress) -> Diagnostics {
        Evaluation::postconditions(&mut **self, address)
    }
    fn remarks(&self, key: &ProviderKey, address: &InstanceAddress, read: &Value) -> Diagnostics {
        Evaluation::remarks(&**self, key, address, read)
    }
    fn outputs(&mut self, unfinished: &[InstanceAddress]) -> (BTreeMap<Name, OutputValue>, Diagnostics) {
        Evaluation::outputs(&mut **self, unfinished)
    }
    fn check_results(&mut self, destroyed: bool) -> (Vec<CheckResult>, Diagnostics) {
        Evaluation::check_results(&mut **self, destroyed)
    }
    fn unread(&self, address: &InstanceAddress, problem: &Problem) -> Option<Diagnostic> {
        Evaluation::unread(&**self, address, problem)
    }
    fn diagnose(&self, address: &InstanceAddress, problem: &Problem) -> Diagnostic {
        Evaluation::diagnose(&**self, address, problem)
    }
    fn diagnose_provider(&self, key: &ProviderKey, problem: &Problem) -> Diagnostic {
        Evaluation::diagnose_provider(&**self, key, problem)
    }
    fn meta(&self, change: &ResourceChange) -> Result<Option<Value>, Diagnostics> {
        Evaluation::meta(&**self, change)
    }
}

impl Evaluation for World {
    fn prepare(&mut self, change: &ResourceChange) -> Result<Prepared, Diagnostics> {
        let address = &change.address;
        let located = |it: Diagnostic| Diagnostic { address: it.address.or(Some(address.to_string())), ..it };
        let prepared = match self.repetition(address) {
            Some(repetition) => self.prepare_inner(change, &repetition),
            None => Err(vec![Diagnostic::error("Resource is not expanded", "Its module has no such instance.")]),
        };
        let mut found = self.take_diagnostics();
        match prepared {
            Ok(prepared) if !has_errors(&found) => Ok(prepared),
            Ok(_) => Err(found.into_iter().map(located).collect()),
            Err(diagnostics) => {
                found.extend(diagnostics);
                Err(found.into_iter().map(located).collect())
            }
        }
    }

    fn complete(&mut self, address: &InstanceAddress, value: Option<Value>) {
        self.objects.complete(address, value);
    }

    fn provider(&mut self, key: &ProviderKey) -> Result<Arc<dyn ConfiguredProvider>, Diagnostics> {
        World::provider(self, key)
    }

    fn resource_schema(&self, key: &ProviderKey, type_name: &str) -> Option<ResourceSchema> {
        World::resource_schema(self, &key.address.source, type_name)
    }

    fn schema(&self, key: &ProviderKey, mode: ResourceMode, type_name: &str) -> Option<Arc<Schema>> {
        World::schema(self, &key.address.source, mode, type_name)
    }

    fn provisioner(
        &mut self,
        address: &InstanceAddress,
        when: When,
        at: usize,
        object: &Value,
    ) -> Option<Result<Provision, Diagnostics>> {
        let configuration = self.setting.configuration.clone();
        let (blocks, module) = provisioners::blocks(&configuration, &address.resource)?;
        let block = blocks.iter().filter(|it| it.when == when).nth(at)?;
        let repetition = match when {
            When::Create => self.repetition(address).unwrap_or_default(),
            When::Destroy => Repetition { key: address.key.clone(), each_value: None },
        };
        let provision = self.provision(block, &module, &repetition, object);
        let found = self.take_diagnostics();
        Some(match provision {
            Ok(provision) if found.is_empty() => Ok(provision),
            Ok(_) => Err(found),
            Err(mut diagnostics) => {
                diagnostics.extend(found);
                Err(diagnostics)
            }
        })
    }

    fn postconditions(&mut self, address: &InstanceAddress) -> Diagnostics {
        let path = address.resource.path();
        let repetition = self.repetition(address);
        if let (Some(resource), Some(repetition), Some(value)) =
            (self.resource(&path), repetition, self.objects.instance(address))
        {
            let of = Checked::resource(&address.resource, address.key.clone());
            let around = Around { repetition: &repetition, this: Some(value) };
            rules::check(self, &of, Condition::Postcondition, &resource.lifecycle.postconditions, around);
        }
        self.take_diagnostics()
    }

    fn remarks(&self, key: &ProviderKey, address: &InstanceAddress, read: &Value) -> Diagnostics {
        World::remarks(self, &key.address.source, address, read)
    }

    fn outputs(&mut self, unfinished: &[InstanceAddress]) -> (BTreeMap<Name, OutputValue>, Diagnostics) {
        // What an instance has become that failed afterwards is for people to see, not for others to go by.
        let held: Vec<_> = unfinished.iter().map(|it| (it, self.objects.instance(it).cloned())).collect();
        unfinished.iter().for_each(|it| self.objects.complete(it, None));
        let root = ModuleAddress::root();
        let mut outputs = BTreeMap::new();
        for (name, output) in &self.setting.configuration.root().outputs {
            let is_fine = check_output(self, &root, name);
            let Some(value) = self.output(&root, name).filter(|_| is_fine) else { continue };
            if value.is_wholly_known() && !output.ephemeral && !value.is_null() {
                let (value, _) = value.strip_marks();
                let ty = value.ty();
                outputs.insert(name.clone(), OutputValue { value, ty, sensitive: output.sensitive });
            }
        }
        held.into_iter().for_each(|(address, value)| self.objects.complete(address, value));
        (outputs, self.take_diagnostics())
    }

    fn check_results(&mut self, destroyed: bool) -> (Vec<CheckResult>, Diagnostics) {
        let configuration = self.setting.configuration.clone();
        if destroyed {
            return (Checks::results_of_destruction(&configuration), Diagnostics::new());
        }
        for (path, module) in &configuration.modules {
            for instance in self.instances_of(path) {
                module.checks.keys().for_each(|name| run_check(self, &instance, name));
                if !path.is_root() {
                    // Those of the root were evaluated for their values.
                    for name in module.outputs.keys() {
                        check_output(self, &instance, name);
                    }
                }
            }
        }
        (self.checks.borrow().results(&configuration), self.take_diagnostics())
    }

    fn unread(&self, address: &InstanceAddress, problem: &Problem) -> Option<Diagnostic> {
        World::unread(self, address, problem)
    }

    fn diagnose(&self, address: &InstanceAddress, problem: &Problem) -> Diagnostic {
        World::diagnose(self, address, problem)
    }

    fn diagnose_provider(&self, key: &ProviderKey, problem: &Problem) -> Diagnostic {
        World::diagnose_provider(self, key, problem)
    }

    fn meta(&self, change: &ResourceChange) -> Result<Option<Value>, Diagnostics> {
        World::meta(self, &change.address, &change.provider)
    }
}
