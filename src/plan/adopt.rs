//! Taking an existing object into state: what `import` needs of a configuration.

use super::{
    Lookup, ObjectKey, ProviderKey,
    expansion::Expansion,
    import,
    world::{Setting, World},
};
use crate::{
    address::{InstanceAddress, ResourceMode},
    diagnostic::{Diagnostic, Diagnostics, has_errors},
    lang::dependencies::{provider_for, resource_dependencies},
    plan::recorded,
    provider::{ConfiguredProvider, Kept},
    state::Object,
    value::Value,
};
use std::sync::Arc;

/// An object that is to be read and then taken into state.
pub struct Adoption {
    pub provider: Arc<dyn ConfiguredProvider>,
    pub key: ProviderKey,
    pub lookup: Lookup,
    world: World,
    address: InstanceAddress,
}

/// What is wrong if no resource block is for `address`, in Terraform's words.
pub fn check_declared(setting: &Setting, address: &InstanceAddress) -> Result<(), Diagnostic> {
    let path = address.resource.path();
    if path.mode != ResourceMode::Managed {
        let summary = "A managed resource address is required. Importing into a data resource is not allowed.";
        return Err(Diagnostic::error(summary, ""));
    }
    let Some(module) = setting.configuration.modules.get(&path.module) else {
        let detail = format!(
            "{} is not defined in the configuration. Please add configuration for this module before importing into it.",
            address.resource.module
        );
        return Err(Diagnostic::error("Import to non-existent module", detail));
    };
    if module.resource(&path).is_some() {
        return Ok(());
    }
    let whose = match address.resource.module.to_string() {
        root if root.is_empty() => "the root module".into(),
        module => module,
    };
    let detail = format!(
        "Before importing this resource, please create its configuration in {whose}. For example:\n\nresource {:?} {:?} {{\n  # \
         (resource arguments)\n}}",
        &*path.type_name, &*path.name
    );
    let summary = format!("resource address \"{address}\" does not exist in the configuration.");
    Err(Diagnostic::error(summary, detail))
}

/// Finds out which object `id` names, for the resource block that `address` has in the configuration. The world knows the
/// data sources that say which instances there are.
pub fn adoption(world: World, address: &InstanceAddress, id: &str) -> Result<Adoption, Diagnostics> {
    let path = address.resource.path();
    let Some(resource) = world.resource(&path) else {
        return Err(check_declared(&world.setting, address).err().into_iter().collect());
    };
    let used = provider_for(&world.setting.configuration, resource, &path.module);
    let source = &used.address.source;
    let Some(definition) = world.definition(source).cloned() else {
        return Err(vec![world.unsupported_type(source, &path, resource.type_span)]);
    };
    if world.resource_schema(source, &path.type_name).is_none() {
        return Err(vec![world.unmanaged_type(source, &path, resource.span)]);
    }
    let module = &address.resource.module;
    let expansion = world.expand(module, resource.count.as_ref(), resource.for_each.as_ref());
    let modules = world.instances_of(&path.module);
    let is_outside = !modules.is_empty() && !modules.contains(module);
    if is_outside || expansion != Expansion::Unknown && !expansion.contains(address.key.as_ref()) {
        let detail = format!(
            "The configuration for the given import {address} does not exist. All target instances must have an associated \
             configuration to be imported."
        );
        let error = Diagnostic::error("Configuration for import target does not exist", detail).at(resource.span);
        return Err(vec![error]);
    }
    let repetition = expansion.repetition(address.key.as_ref());
    let key = world.used_provider(&used, module, &repetition, address).map_err(|it| vec![*it])?;
    let object = ObjectKey { address: address.clone(), deposed: None };
    let meta = world.meta(address, &key)?;
    let lookup =
        import::lookup(&*definition, &object, &key, id, meta).map_err(|it| vec![world.diagnose(address, &it)])?;
    let provider = world.provider(&key)?;
    let found = world.take_diagnostics();
    if has_errors(&found) {
        return Err(found);
    }
    Ok(Adoption { provider, key, lookup, address: address.clone(), world })
}

impl Adoption {
    /// The object as state will hold it.
    pub fn object(&self, attributes: &Value, kept: Kept) -> Result<Object, Diagnostic> {
        let path = self.address.resource.path();
        let schema = self.world.schema(&self.key.address.source, ResourceMode::Managed, &path.type_name);
        let schema = schema.ok_or_else(|| Diagnostic::error("Unsupported resource type", path.to_string()))?;
        let value = super::sensitive::mark(&schema.block, attributes.clone());
        let object = recorded::object(&value, &schema)
            .map_err(|error| Diagnostic::error("Provider produced an invalid object", error.to_string()))?;
        let dependencies = resource_dependencies(&self.world.setting.graph, &path);
        Ok(recorded::keeping(Object { dependencies, ..object }, kept))
    }
}
