//! Which provider configuration a resource uses: its own module's, an inherited one, or one passed to the module.

use crate::{
    address::{ModulePath, Name, ProviderAddress, ProviderSource},
    lang::configuration::{Configuration, Module, ProviderBlock, ProviderReference, Resource},
};

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

/// The provider configuration that `resource` of `module` uses. The module of the address is the one that holds
/// the `provider` block, or the root for a provider without one.
pub fn provider_for(configuration: &Configuration, resource: &Resource, module: &ModulePath) -> ProviderAddress {
    match &resource.provider {
        Some(reference) => resolve(configuration, module, &reference.name, reference.alias.as_ref()),
        None => resolve(configuration, module, &implied_name(&resource.type_name), None),
    }
}

/// What `reference` means in `module`.
pub fn provider_of(
    configuration: &Configuration,
    reference: &ProviderReference,
    module: &ModulePath,
) -> ProviderAddress {
    resolve(configuration, module, &reference.name, reference.alias.as_ref())
}

/// The block that configures `address`, if there is one.
pub fn provider_block<'a>(configuration: &'a Configuration, address: &ProviderAddress) -> Option<&'a ProviderBlock> {
    let module = configuration.modules.get(&address.module)?;
    module.providers.get(&(local_name(module, &address.source), address.alias.clone()))
}

/// Follows `name` and `alias` from `path` upwards: through `providers` of the module calls, and for a default
/// configuration by inheritance.
fn resolve(configuration: &Configuration, path: &ModulePath, name: &Name, alias: Option<&Name>) -> ProviderAddress {
    let module = &configuration.modules[path];
    let source = source_of(module, name);
    let here =
        |path: &ModulePath| ProviderAddress { module: path.clone(), source: source.clone(), alias: alias.cloned() };
    let (Some(parent), Some(call)) = (path.parent(), path.0.last()) else { return here(path) };
    let caller = &configuration.modules[&parent];
    let passed = caller.calls.get(call).into_iter().flat_map(|call| &call.providers);
    let passed = passed.into_iter().find(|(inner, _)| inner.name == *name && inner.alias.as_ref() == alias);
    if let Some((_, outer)) = passed {
        return resolve(configuration, &parent, &outer.name, outer.alias.as_ref());
    }
    // Only default configurations are inherited. An alias that nobody passed is reported by the reference check.
    if alias.is_some() || module.providers.contains_key(&(name.clone(), None)) {
        return here(path);
    }
    resolve(configuration, &parent, &local_name(caller, &source), None)
}
