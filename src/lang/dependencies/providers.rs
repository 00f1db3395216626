//! Which provider configuration a resource uses: its own module's, an inherited one, or one passed to the module.

use super::Node;
use crate::{
    address::{ModulePath, Name, ProviderAddress, ProviderSource},
    expression::syntax::tree::Expression,
    lang::configuration::{Configuration, Import, Module, ProviderBlock, ProviderReference, Resource, is_stand_in},
};
use std::collections::{BTreeMap, HashSet};

/// Where the provider that a module calls `name` comes from.
pub fn source_of(module: &Module, name: &Name) -> ProviderSource {
    match module.required_providers.get(name) {
        Some(required) => required.source.clone(),
        None if &**name == "terraform" => ProviderSource::builtin(),
        None => ProviderSource::hashicorp(name),
    }
}

/// What `module` calls the provider of `source`.
pub fn local_name(module: &Module, source: &ProviderSource) -> Name {
    let required = module.required_providers.iter().find(|(_, required)| required.source == *source);
    required.map_or_else(|| source.name.clone(), |(name, _)| name.clone())
}

/// The local name of the provider that `resource` names, or that its type implies.
pub fn implied_name(type_name: &str) -> Name {
    type_name.split_once('_').map_or(type_name, |(prefix, _)| prefix).into()
}

/// A provider configuration, and which instance of it where it has `for_each`.
#[derive(Clone, Debug)]
pub struct ProviderUse<'c> {
    /// Without a key. The module is the one that holds the `provider` block, or the root for a provider without one.
    pub address: ProviderAddress,
    pub key: Option<ProviderChoice<'c>>,
}

/// What says which instance of a provider configuration is used.
#[derive(Clone, Debug)]
pub struct ProviderChoice<'c> {
    pub key: &'c Expression,
    /// The module whose call passes the provider with this key; none if the reference itself has it.
    pub call: Option<ModulePath>,
}

/// Each provider that a module names, or whose types it uses, with the constraint on its version as it is written.
pub fn requirements(module: &Module) -> BTreeMap<ProviderSource, Option<String>> {
    let mut found: BTreeMap<ProviderSource, Option<String>> = BTreeMap::new();
    for required in module.required_providers.values() {
        // A module may have several names for one provider.
        let all = found.entry(required.source.clone()).or_default();
        *all = match (all.take(), &required.version) {
            (Some(one), Some(other)) => Some(format!("{one}, {other}")),
            (one, other) => one.or_else(|| other.clone()),
        };
    }
    let nested = module.checks.values().filter_map(|it| it.data.as_ref());
    let used = module.resources.values().chain(nested).map(|it| match &it.provider {
        Some(provider) => provider.name.clone(),
        None => implied_name(&it.type_name),
    });
    // Configuration may be generated for what is imported.
    let undeclared =
        module.imports.iter().filter(|it| !it.resource.module.is_root() || module.resource(&it.resource).is_none());
    let imported = undeclared.map(import_name);
    for name in module.providers.keys().map(|(name, _)| name.clone()).chain(used).chain(imported) {
        found.entry(source_of(module, &name)).or_default();
    }
    found
}

/// What the root module calls the provider of what is imported.
pub fn import_name(import: &Import) -> Name {
    match &import.provider {
        Some(provider) => provider.name.clone(),
        None => implied_name(&import.resource.type_name),
    }
}

/// What `resource` of `module` uses.
pub fn provider_for<'c>(
    configuration: &'c Configuration,
    resource: &'c Resource,
    module: &ModulePath,
) -> ProviderUse<'c> {
    match &resource.provider {
        Some(reference) => provider_of(configuration, reference, module),
        None => stood_in(configuration, resolve(configuration, module, &implied_name(&resource.type_name), None)),
    }
}

/// With what stands in for the provider, if anything does.
fn stood_in<'c>(configuration: &Configuration, found: ProviderUse<'c>) -> ProviderUse<'c> {
    let address = configuration.stand_ins.for_provider(found.address.clone());
    if address == found.address { found } else { ProviderUse { address, key: None } }
}

/// What `reference` means in `module`.
pub fn provider_of<'c>(
    configuration: &'c Configuration,
    reference: &'c ProviderReference,
    module: &ModulePath,
) -> ProviderUse<'c> {
    let found = resolve(configuration, module, &reference.name, reference.alias.as_ref());
    let own = reference.key.as_ref().map(|key| ProviderChoice { key, call: None });
    stood_in(configuration, ProviderUse { key: own.or(found.key), ..found })
}

/// The block that configures `address`, if there is one. What stands in for a provider is configured nowhere, whatever block
/// configures that provider.
pub fn provider_block<'a>(configuration: &'a Configuration, address: &ProviderAddress) -> Option<&'a ProviderBlock> {
    if is_stand_in(&address.source) {
        return None;
    }
    let module = configuration.modules.get(&address.module)?;
    module.providers.get(&(local_name(module, &address.source), address.alias.clone()))
}

/// The node of the block that configures `address`; the graph has none where there is no such block.
pub fn provider_node(configuration: &Configuration, address: &ProviderAddress) -> Option<Node> {
    if is_stand_in(&address.source) {
        return None;
    }
    let module = configuration.modules.get(&address.module)?;
    let name = local_name(module, &address.source);
    Some(Node::Provider(address.module.clone(), name, address.alias.clone()))
}

/// The nodes of all provider blocks that some resource uses. Terraform does not look at the others.
pub fn used_providers(configuration: &Configuration) -> HashSet<Node> {
    let mut used = HashSet::new();
    for (path, module) in &configuration.modules {
        let nested = module.checks.values().filter_map(|check| check.data.as_ref());
        for resource in module.resources.values().chain(nested) {
            used.extend(provider_node(configuration, &provider_for(configuration, resource, path).address));
        }
    }
    used
}

/// Follows `name` and `alias` from `path` upwards: through `providers` of the module calls, and for a default
/// configuration by inheritance.
fn resolve<'c>(
    configuration: &'c Configuration,
    path: &ModulePath,
    name: &Name,
    alias: Option<&Name>,
) -> ProviderUse<'c> {
    let module = &configuration.modules[path];
    let source = source_of(module, name);
    let here = |path: &ModulePath| {
        let address =
            ProviderAddress { module: path.clone(), source: source.clone(), alias: alias.cloned(), key: None };
        ProviderUse { address, key: None }
    };
    let (Some(parent), Some(call)) = (path.parent(), path.0.last()) else { return here(path) };
    let caller = &configuration.modules[&parent];
    let passed = caller.calls.get(call).into_iter().flat_map(|call| &call.providers);
    let passed = passed.into_iter().find(|(inner, _)| inner.name == *name && inner.alias.as_ref() == alias);
    if let Some((_, outer)) = passed {
        let found = resolve(configuration, &parent, &outer.name, outer.alias.as_ref());
        let own = outer.key.as_ref().map(|key| ProviderChoice { key, call: Some(path.clone()) });
        return ProviderUse { key: own.or(found.key), ..found };
    }
    // Only default configurations are inherited. An alias that nobody passed is reported by the reference check.
    if alias.is_some() || module.providers.contains_key(&(name.clone(), None)) {
        return here(path);
    }
    resolve(configuration, &parent, &local_name(caller, &source), None)
}
