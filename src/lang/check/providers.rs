//! Whether the provider configurations that resources and calls name exist.

use super::{Checker, described};
use crate::{
    diagnostic::Diagnostic,
    lang::configuration::{Module, ProviderReference},
};

impl Checker<'_> {
    pub(super) fn providers(&mut self) {
        let module = self.module;
        let nested = module.checks.values().filter_map(|check| check.data.as_ref());
        let resources = module.resources.values().chain(nested).filter_map(|it| it.provider.as_ref());
        let passed = module.calls.values().flat_map(|call| &call.providers).map(|(_, outer)| outer);
        let imports = module.imports.iter().filter_map(|it| it.provider.as_ref());
        for reference in resources.chain(passed).chain(imports) {
            if !is_declared(module, reference) {
                self.undeclared(reference);
            }
        }
        for call in module.calls.values() {
            let Some(child) = self.configuration.modules.get(&module.path.child(&call.name)) else { continue };
            for (name, required) in &child.required_providers {
                for (local, alias) in &required.aliases {
                    let is_it = |(inner, _): &&(ProviderReference, _)| {
                        inner.name == *local && inner.alias.as_ref() == Some(alias)
                    };
                    if call.providers.iter().find(is_it).is_none() {
                        let detail = format!(
                            "The child module requires an additional configuration for provider {}/{}, with the local \
                             name \"{name}.{alias}\".\n\nRefer to the module's documentation to understand the intended \
                             purpose of this additional provider configuration, and then add an entry for \
                             \"{name}.{alias}\" in the \"providers\" meta-argument in the module block to choose which \
                             provider configuration the module should use for that purpose.",
                            required.source.namespace, required.source.name
                        );
                        let error = Diagnostic::error("Missing required provider configuration", detail);
                        self.diagnostics.push(error.at(call.span));
                    }
                }
            }
            for (inner, _) in call.providers.iter().filter(|(inner, _)| inner.alias.is_some()) {
                if !is_declared(child, inner) {
                    let detail = format!(
                        "The configuration for module.{} has no provider configuration named {:?}: its \
                         required_providers need configuration_aliases for it.",
                        call.name,
                        written(inner)
                    );
                    let error = Diagnostic::error("Reference to undefined provider", detail);
                    self.diagnostics.push(error.at(inner.span));
                }
            }
        }
    }

    fn undeclared(&mut self, reference: &ProviderReference) {
        let module = self.module;
        let known: Vec<String> = module
            .providers
            .keys()
            .filter(|(name, _)| *name == reference.name)
            .filter_map(|(name, alias)| Some(format!("{name}.{}", alias.as_ref()?)))
            .collect();
        let detail = format!(
            "There is no provider configuration {:?} in {}.{}",
            written(reference),
            described(&module.path),
            super::did_you_mean(&written(reference), known.iter().map(|it| &**it))
        );
        let error = Diagnostic::error("Provider configuration not present", detail).at(reference.span);
        self.diagnostics.push(error.hint("Declare it by a provider block with that alias."));
    }
}

/// A default configuration needs no block.
fn is_declared(module: &Module, reference: &ProviderReference) -> bool {
    let Some(alias) = &reference.alias else { return true };
    let required = module.required_providers.values().flat_map(|it| &it.aliases);
    module.providers.contains_key(&(reference.name.clone(), reference.alias.clone()))
        || required.into_iter().any(|(name, it)| *name == reference.name && it == alias)
}

fn written(reference: &ProviderReference) -> String {
    match &reference.alias {
        Some(alias) => format!("{}.{alias}", reference.name),
        None => reference.name.to_string(),
    }
}
