//! What module calls pass to the providers of their modules, worded as Terraform does.

use super::{Checker, described};
use crate::{
    address::{Name, ProviderSource},
    diagnostic::{Diagnostic, Span},
    lang::{
        configuration::{Module, ModuleCall, ProviderReference},
        dependencies::source_of,
    },
    product::PRODUCT,
};
use std::collections::BTreeMap;

/// Local name and alias.
type Named<'a> = (&'a Name, Option<&'a Name>);

impl Checker<'_> {
    /// What the calls in this module pass, and what reaches this module.
    pub(super) fn passed_providers(&mut self) {
        self.duplicate_requirements();
        let module = self.module;
        for call in module.calls.values() {
            for (_, outer) in call.providers.iter().filter(|(_, outer)| outer.alias.is_none()) {
                self.passed_default(outer);
            }
        }
        let (Some(parent), Some(name)) = (module.path.parent(), module.path.0.last()) else { return };
        let configuration = self.configuration;
        let caller = &configuration.modules[&parent];
        let Some(call) = caller.calls.get(name) else { return };
        self.legacy(caller, call);
        for (inner, outer) in &call.providers {
            self.passed_in(caller, inner, outer);
        }
        self.redundant_blocks();
    }

    fn passed_default(&mut self, outer: &ProviderReference) {
        let module = self.module;
        let name = &outer.name;
        let source = shown(&ProviderSource::hashicorp(name));
        let here = described(&module.path);
        let is_configured = is_configured(module, (name, None));
        if !is_configured && !module.required_providers.contains_key(name) {
            let around = described(&module.path.parent().unwrap_or_default());
            let detail = format!(
                "There is no explicit declaration for local provider name \"{name}\" in {here}, so {PRODUCT} is assuming you \
                 mean to pass a configuration for provider {source:?}.\n\nTo clarify your intent and silence this warning, \
                 add to {around} a required_providers entry named \"{name}\" with source = {source:?}, or a different \
                 source address if appropriate."
            );
            return self.warning("Reference to undefined provider", detail, name_of(outer));
        }
        let (Some(parent), Some(call)) = (module.path.parent(), module.path.0.last()) else { return };
        let call = &self.configuration.modules[&parent].calls[call];
        let is_passed = call.providers.iter().any(|(inner, _)| inner.name == *name && inner.alias.is_none());
        if !is_configured && !is_passed {
            let around = described(&parent);
            let detail = format!(
                "The configuration for {here} expects to inherit a configuration for provider {source} with local name \
                 \"{name}\", but {around} doesn't pass a configuration under that name.\n\nTo satisfy this requirement, \
                 add an entry for \"{name}\" to the \"providers\" argument in the module \"{}\" block.",
                call.name
            );
            self.warning("Missing required provider configuration", detail, call.span);
        }
    }

    /// A module that configures providers itself can be called only once.
    fn legacy(&mut self, caller: &Module, call: &ModuleCall) {
        let module = self.module;
        if !module.providers.keys().any(|(name, alias)| is_configured(module, (name, alias.as_ref()))) {
            return;
        }
        let mut place = repetition(call);
        let mut path = caller.path.clone();
        while let (None, Some(parent), Some(name)) = (place, path.parent(), path.0.last()) {
            place = self.configuration.modules[&parent].calls.get(name).and_then(repetition);
            path = parent;
        }
        if let Some(place) = place {
            let detail = format!(
                "The module at {} is a legacy module which contains its own local provider configurations, and so calls \
                 to it may not use the count, for_each, or depends_on arguments.\n\nIf you also control the module {:?}, \
                 consider updating this module to instead expect provider configurations to be passed by its caller.",
                module.path, call.source
            );
            self.error("Module is incompatible with count, for_each, and depends_on", detail, place);
        }
    }

    fn passed_in(&mut self, caller: &Module, inner: &ProviderReference, outer: &ProviderReference) {
        let module = self.module;
        let (here, around) = (described(&module.path), described(&caller.path));
        let key = (&inner.name, inner.alias.as_ref());
        let name = written(inner);
        if is_configured(module, key) {
            let detail = format!(
                "The configuration of {here} has its own local configuration for {name}, and so it cannot accept an \
                 overridden configuration provided by {around}."
            );
            self.error("Cannot override provider configuration", detail, name_of(inner));
        }
        let (wanted, given) = (source_of(module, &inner.name), source_of(caller, &outer.name));
        let is_alias = |(local, alias): &(Name, Name)| *local == inner.name && Some(alias) == inner.alias.as_ref();
        let is_declared = match &inner.alias {
            None => module.required_providers.contains_key(&inner.name),
            Some(_) => module.required_providers.values().flat_map(|it| &it.aliases).any(is_alias),
        };
        let is_proxy =
            module.providers.contains_key(&(inner.name.clone(), inner.alias.clone())) && !is_configured(module, key);
        if !is_declared && !is_proxy {
            let source = shown(&wanted);
            match wanted == ProviderSource::hashicorp(&wanted.name) {
                true => {
                    let detail = format!(
                        "There is no explicit declaration for local provider name {name:?} in {here}, so {PRODUCT} is \
                         assuming you mean to pass a configuration for {source:?}.\n\nIf you also control the child \
                         module, add a required_providers entry named {name:?} with the source address {source:?}."
                    );
                    self.warning("Reference to undefined provider", detail, name_of(inner));
                }
                false => {
                    let detail = format!(
                        "The child module does not declare any provider requirement with the local name {name:?}.\n\nIf \
                         you also control the child module, you can add a required_providers entry named {name:?} with \
                         the source address {source:?} to accept this provider configuration."
                    );
                    self.error("Reference to undefined provider", detail, name_of(inner));
                }
            }
        }
        if wanted == given {
            return;
        }
        let (wanted, given) = (shown(&wanted), shown(&given));
        let other = module.required_providers.iter().find(|(_, it)| shown(&it.source) == given);
        let (detail, place) = match other {
            Some((other, _)) => (
                format!(
                    "The assigned configuration is for provider {wanted:?}, but local name {:?} in {around} represents \
                     {given:?}.\n\nTo pass this configuration to the child module, use the local name {:?} instead.",
                    &*inner.name, &**other
                ),
                name_of(inner),
            ),
            None => (
                format!(
                    "The local name {:?} in {around} represents provider {given:?}, but {name:?} in {here} represents \
                     {wanted:?}.\n\nEach provider has its own distinct configuration schema and provider types, so this \
                     module's {name:?} can be assigned only a configuration for {wanted}, which is not required by \
                     {here}.",
                    written(outer)
                ),
                name_of(outer),
            ),
        };
        self.error("Provider type mismatch", detail, place);
    }

    /// Empty provider blocks of a module, which were how it said what it wants to be passed.
    fn redundant_blocks(&mut self) {
        let module = self.module;
        let mut by_name: BTreeMap<&Name, Vec<(String, Span)>> = BTreeMap::new();
        for ((name, alias), block) in &module.providers {
            if !is_configured(module, (name, alias.as_ref())) {
                let written = alias.as_ref().map_or(name.to_string(), |alias| format!("{name}.{alias}"));
                by_name.entry(name).or_default().push((written, block.span));
            }
        }
        for (name, blocks) in by_name {
            let aliases = match blocks.iter().any(|(written, _)| written.contains('.')) {
                false => String::new(),
                true => {
                    let lines: String = blocks.iter().map(|(written, _)| format!("        {written},\n")).collect();
                    format!("      configuration_aliases = [\n{lines}      ]\n")
                }
            };
            let detail = format!(
                "Earlier versions of Terraform used empty provider blocks (\"proxy provider configurations\") for child \
                 modules to declare their need to be passed a provider configuration by their callers. That approach was \
                 ambiguous and is now deprecated.\n\nIf you control this module, you can migrate to the new declaration \
                 syntax by removing all of the empty provider \"{name}\" blocks and then adding or updating an entry like \
                 the following to the required_providers block of {}:\n    {name} = {{\n      source = \"{}\"\n{aliases}    }}",
                described(&module.path),
                shown(&source_of(module, name))
            );
            let first = blocks.iter().map(|(_, span)| *span).min().unwrap_or_default();
            self.warning("Redundant empty provider block", detail, first);
        }
    }

    /// One provider under two names in a module: it is not clear which is meant.
    fn duplicate_requirements(&mut self) {
        let module = self.module;
        let summary = "Duplicate required provider";
        let mut seen: BTreeMap<&ProviderSource, &Name> = BTreeMap::new();
        for (name, required) in &module.required_providers {
            let source = shown(&required.source);
            if let Some(earlier) = seen.insert(&required.source, name) {
                let detail = format!(
                    "Provider {source} with the local name \"{name}\" was previously required as \"{earlier}\". A provider \
                     can only be required once within required_providers."
                );
                self.warning(summary, detail, required.span);
                continue;
            }
            let implied = &required.source.name;
            let is_default = required.source == ProviderSource::hashicorp(implied);
            if is_default && name != implied && module.providers.keys().any(|(configured, _)| configured == implied) {
                let detail = format!(
                    "Provider {source} with the local name \"{name}\" was implicitly required via a configuration block as \
                     \"{implied}\". The provider configuration block name must match the name used in required_providers."
                );
                self.warning(summary, detail, required.span);
            }
        }
    }

    fn warning(&mut self, summary: &str, detail: String, span: Span) {
        self.diagnostics.push(Diagnostic::warning(summary, detail).at(span));
    }
}

/// Whether a block of `module` says more of a provider than its name.
fn is_configured(module: &Module, (name, alias): Named<'_>) -> bool {
    let block = module.providers.get(&(name.clone(), alias.cloned()));
    block.is_some_and(|it| it.for_each.is_some() || !it.body.attributes.is_empty() || !it.body.blocks.is_empty())
}

/// What makes a call one that is repeated or waits.
fn repetition(call: &ModuleCall) -> Option<Span> {
    let expressions = call.count.iter().chain(&call.for_each).chain(call.depends_on.first());
    expressions.map(|it| it.span).next()
}

/// Of its name alone.
fn name_of(reference: &ProviderReference) -> Span {
    Span { end: reference.span.start + reference.name.len() as u32, ..reference.span }
}

pub(super) fn written(reference: &ProviderReference) -> String {
    match &reference.alias {
        Some(alias) => format!("{}.{alias}", reference.name),
        None => reference.name.to_string(),
    }
}

/// As Terraform shows it to people: the usual host goes without saying.
fn shown(source: &ProviderSource) -> String {
    match &*source.host {
        "registry.terraform.io" => format!("{}/{}", source.namespace, source.name),
        _ => source.to_string(),
    }
}
