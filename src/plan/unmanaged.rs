//! Types that rforge knows by their schema and cannot manage yet. A plan that has an object of one fails, and names
//! every place of every such type at once, before anything is asked of the provider or changed.

use super::{
    Planner,
    target::Included,
    world::{Pass, Setting, World},
};
use crate::{
    address::{InstanceAddress, Name, ResourceMode, ResourcePath},
    diagnostic::{Diagnostic, Diagnostics, Severity, Span},
    lang::{configuration::Resource, dependencies::provider_for},
    product::COMMAND,
    provider::ProviderSource,
    schema::Schema,
    value::Value,
};
use std::collections::BTreeMap;

/// How many places a message names.
const NAMED: usize = 5;

/// What a plan would have to manage and cannot.
#[derive(Debug, Default)]
pub(super) struct Unmanaged(BTreeMap<(ResourceMode, Name), Uses>);

#[derive(Debug, Default)]
struct Uses {
    /// Resources of the configuration that have instances, and the place of each block.
    configured: BTreeMap<ResourcePath, Span>,
    /// Objects that another tool put into state.
    recorded: Vec<InstanceAddress>,
}

impl Planner {
    /// Checks a resource of a type that cannot be managed, so that what is wrong with it is reported too.
    pub(super) fn visit_unmanaged(
        &mut self,
        path: &ResourcePath,
        resource: &Resource,
        schema: &Schema,
        included: Included,
    ) {
        for module in self.world.instances_of(&path.module) {
            let expansion = self.world.expand(&module, resource.count.as_ref(), resource.for_each.as_ref());
            let address = path.within(&module);
            self.world.objects.declare(address.clone(), expansion.clone());
            for key in expansion.keys() {
                let instance = address.instance(key);
                let value = Value::unknown(schema.block.implied_type());
                self.world.objects.complete(&instance, Some(value));
                if included == Included::Nothing || self.request.mode == super::change::PlanMode::Destroy {
                    continue;
                }
                let repetition = expansion.repetition(instance.key.as_ref());
                if let Err(found) = self.world.config(resource, &schema.block, &module, &repetition) {
                    self.diagnostics.extend(found.into_iter().map(|it| it.on(&instance)));
                }
                let uses = self.unmanaged.0.entry((path.mode, path.type_name.clone())).or_default();
                uses.configured.insert(path.clone(), resource.span);
            }
        }
    }

    /// Notes an object of state whose type cannot be managed.
    pub(super) fn note_unmanaged(&mut self, address: &InstanceAddress) {
        let resource = &address.resource;
        let uses = self.unmanaged.0.entry((resource.mode, resource.type_name.clone())).or_default();
        uses.recorded.push(address.clone());
    }

    /// One error for each type.
    pub(super) fn report_unmanaged(&mut self) {
        for ((mode, type_name), uses) in std::mem::take(&mut self.unmanaged).0 {
            self.diagnostics.push(error(&self.world, mode, &type_name, &uses));
        }
    }
}

impl World {
    /// The error of something that only works with objects of a type that can be managed.
    pub(super) fn unmanaged_type(&self, source: &ProviderSource, path: &ResourcePath, span: Span) -> Diagnostic {
        if self.described(source, path.mode, &path.type_name).is_none() {
            return self.unsupported_type(source, path, span);
        }
        let uses = Uses { configured: [(path.clone(), span)].into(), recorded: Vec::new() };
        error(self, path.mode, &path.type_name, &uses)
    }
}

/// What `validate` says of types that a plan which needs them will refuse: a warning for each.
pub fn unmanageable(setting: Setting) -> Diagnostics {
    let world = World::new(setting, Pass::Validating);
    let configuration = world.setting.configuration.clone();
    let mut types: BTreeMap<(ResourceMode, Name), Uses> = BTreeMap::new();
    for (module, it) in &configuration.modules {
        for resource in it.resources.values() {
            let path = ResourcePath {
                module: module.clone(),
                mode: resource.mode,
                type_name: resource.type_name.clone(),
                name: resource.name.clone(),
            };
            let source = provider_for(&configuration, resource, module).address.source;
            let is_managed = world.schema(&source, path.mode, &path.type_name).is_some();
            if !is_managed && world.described(&source, path.mode, &path.type_name).is_some() {
                let uses = types.entry((path.mode, path.type_name.clone())).or_default();
                uses.configured.insert(path, resource.span);
            }
        }
    }
    let warning = |((mode, type_name), uses): (&(ResourceMode, Name), &Uses)| Diagnostic {
        severity: Severity::Warning,
        ..error(&world, *mode, type_name, uses)
    };
    types.iter().map(warning).collect()
}

fn error(world: &World, mode: ResourceMode, type_name: &str, uses: &Uses) -> Diagnostic {
    let sources = &world.setting.configuration.sources;
    let configured = uses.configured.iter().map(|(path, span)| format!("{path} ({})", sources.place(*span)));
    let places: Vec<String> = configured.chain(uses.recorded.iter().map(|it| format!("{it} (in state)"))).collect();
    let more = match places.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("\n  and {more} more"),
    };
    let named: Vec<String> = places.iter().take(NAMED).map(|it| format!("\n  {it}")).collect();
    let (doing, what) = match mode {
        ResourceMode::Managed => ("manage", "resource type"),
        ResourceMode::Data => ("read", "data source"),
        ResourceMode::Ephemeral => ("open", "ephemeral resource"),
    };
    let detail = format!(
        "rforge knows the arguments of the {what} {type_name:?} and checks them, but it cannot {doing} it. A plan that \
         needs it is refused before anything is changed. It is used by:{}{more}",
        named.concat()
    );
    let error = Diagnostic::error(format!("rforge cannot {doing} {type_name} yet"), detail);
    let error = error.hint(format!(
        "Leave it to Terraform, in a configuration of its own, or keep it out of this plan with count = 0 or -target. \
         `{COMMAND} validate` checks it all the same."
    ));
    match uses.configured.values().next() {
        Some(span) => error.at(*span),
        None => error,
    }
}
