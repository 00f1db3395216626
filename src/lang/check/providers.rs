//! Whether the provider configurations that resources and calls name exist.

use super::{Checker, described, passed::written};
use crate::{
    address::{ResourceMode, ResourcePath},
    diagnostic::Diagnostic,
    expression::{
        references::first_names,
        syntax::tree::{Expression, ExpressionKind},
    },
    lang::configuration::{Module, ProviderBlock, ProviderReference},
    product::COMMAND,
};

impl Checker<'_> {
    pub(super) fn providers(&mut self) {
        let module = self.module;
        let nested = module.checks.values().filter_map(|check| check.data.as_ref());
        let resources = module.resources.values().chain(nested).filter_map(|it| it.provider.as_ref());
        let passed = module.calls.values().flat_map(|call| &call.providers).map(|(_, outer)| outer);
        let imports = module.imports.iter().filter_map(|it| it.provider.as_ref());
        let of_resources = resources.chain(imports).map(|it| ("resource", it));
        for (what, reference) in of_resources.chain(passed.map(|it| ("module", it))) {
            match is_declared(module, reference) || self.is_passed(reference) {
                true => self.instance_key(what, reference),
                false => self.undeclared(reference),
            }
        }
        self.repetitions();
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
            for key in call.providers.iter().filter_map(|(inner, _)| inner.key.as_ref()) {
                let detail = "Instance keys are not allowed on the left side of a provider configuration assignment.";
                self.error("Invalid module provider configuration", detail, key.span);
            }
        }
        self.imports();
        self.passed_providers();
    }

    /// An import goes to the provider of the resource; only where the resource is to be generated the block names it.
    fn imports(&mut self) {
        let summary = "Invalid import provider argument";
        for import in &self.module.imports {
            let (Some(reference), Some(place)) = (&import.provider, import.provider_span) else { continue };
            let path = &import.resource;
            let rest = match self.configuration.modules.get(&path.module).and_then(|it| it.resource(path)) {
                _ if !path.module.is_root() => {
                    "Use the providers argument within the module block to configure providers for all resources within a \
                     module, including imported resources."
                }
                Some(resource) => {
                    let is_same = |it: &ProviderReference| (&it.name, &it.alias) == (&reference.name, &reference.alias);
                    if resource.provider.as_ref().is_some_and(is_same) {
                        continue;
                    }
                    "Use the provider argument in the target resource block to configure the provider for a resource with \
                     explicit provider configuration."
                }
                None => continue,
            };
            let detail = format!(
                "The provider argument can only be specified in import blocks that will generate configuration.\n\n{rest}"
            );
            self.error(summary, detail, place);
        }
    }

    /// Whether the call of this module passes a provider under that name.
    fn is_passed(&self, reference: &ProviderReference) -> bool {
        let (Some(parent), Some(name)) = (self.module.path.parent(), self.module.path.0.last()) else { return false };
        let call = self.configuration.modules[&parent].calls.get(name);
        let is_it =
            |(inner, _): &(ProviderReference, _)| (&inner.name, &inner.alias) == (&reference.name, &reference.alias);
        call.is_some_and(|call| call.providers.iter().any(is_it))
    }

    /// A configuration with `for_each` is referred to with a key, and no other is. Worded as OpenTofu does.
    fn instance_key(&mut self, what: &str, reference: &ProviderReference) {
        let block = self.module.providers.get(&(reference.name.clone(), reference.alias.clone()));
        let (detail, span) = match (&reference.key, block) {
            (None, Some(ProviderBlock { for_each: Some(_), .. })) => (
                "A reference to a provider configuration which uses for_each requires an instance key. Passing a \
                 collection of provider instances into a child module is not allowed."
                    .to_owned(),
                reference.span,
            ),
            (Some(key), _) if reference.alias.is_none() => (
                "An instance key can be specified only for a provider configuration which has an alias and uses \
                 for_each."
                    .to_owned(),
                key.span,
            ),
            (Some(key), Some(ProviderBlock { for_each: None, .. })) => (
                "An instance key can be specified only for a provider configuration that uses for_each.".to_owned(),
                key.span,
            ),
            (Some(_), None) => {
                let alias = reference.alias.as_deref().unwrap_or_default();
                let detail = format!(
                    "This module doesn't declare a provider {:?} block with alias = {alias:?}, which is required for \
                     use with for_each.",
                    &*reference.name
                );
                (detail, reference.span)
            }
            _ => return,
        };
        self.error(&format!("Invalid {what} provider configuration"), detail, span);
    }

    /// What gives providers their instances: it must be known before anything is planned, and should not be what gives
    /// resources theirs.
    fn repetitions(&mut self) {
        let module = self.module;
        for block in module.providers.values() {
            let Some(for_each) = &block.for_each else { continue };
            let what = format!("provider.{}.{}.for_each", block.name, block.alias.as_deref().unwrap_or_default());
            self.fixed(for_each, &what);
        }
        for resource in module.resources.values().filter(|it| it.mode == ResourceMode::Managed) {
            let (type_name, name) = (resource.type_name.clone(), resource.name.clone());
            let path = ResourcePath { module: module.path.clone(), mode: resource.mode, type_name, name };
            let target = path.to_string();
            self.same_collection("resource", &target, resource.provider.as_ref(), resource.for_each.as_ref());
        }
        for call in module.calls.values() {
            let target = module.path.child(&call.name).to_string();
            for (_, outer) in &call.providers {
                self.same_collection("module", &target, Some(outer), call.for_each.as_ref());
            }
        }
    }

    fn same_collection(
        &mut self,
        what: &str,
        target: &str,
        reference: Option<&ProviderReference>,
        for_each: Option<&Expression>,
    ) {
        let Some((reference, for_each)) = reference.filter(|it| it.key.is_some()).zip(for_each) else { return };
        let block = self.module.providers.get(&(reference.name.clone(), reference.alias.clone()));
        let Some(of_provider) = block.and_then(|it| it.for_each.as_ref()) else { return };
        let sources = &self.configuration.sources;
        let text = |it: &Expression| sources.text(within(it).span).split_whitespace().collect::<String>();
        if first_names(for_each).is_empty() || text(for_each) != text(of_provider) {
            return;
        }
        let detail = format!(
            "This provider configuration uses the same for_each expression as a {what}, which means that subsequent \
             removal of elements from this collection would cause a planning error.\n\nA provider instance destroys what \
             it made, so it has to outlive all of its objects by at least one apply. Let the provider's for_each give a \
             superset of the instances of what uses it.\n\nTo destroy these objects before removing the element, apply \
             a targeted destroy first:\n    {COMMAND} destroy -target={target}"
        );
        let warning = Diagnostic::warning(format!("Provider configuration for_each matches {what}"), detail);
        self.diagnostics.push(warning.at(for_each.span));
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

/// Without parentheses around it.
fn within(expression: &Expression) -> &Expression {
    match &*expression.kind {
        ExpressionKind::Parentheses(inner) => within(inner),
        _ => expression,
    }
}

/// A default configuration needs no block.
fn is_declared(module: &Module, reference: &ProviderReference) -> bool {
    let Some(alias) = &reference.alias else { return true };
    let required = module.required_providers.values().flat_map(|it| &it.aliases);
    module.providers.contains_key(&(reference.name.clone(), reference.alias.clone()))
        || required.into_iter().any(|(name, it)| *name == reference.name && it == alias)
}
