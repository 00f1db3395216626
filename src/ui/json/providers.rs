//! `provider_config`: which provider configurations there are, and which of them a module's own name for one means.

use crate::{
    address::{ModulePath, Name, ProviderSource},
    lang::{
        configuration::{Configuration, Module, Resource},
        dependencies::{implied_name, source_of},
        load::canonical,
    },
};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// What each module calls a provider, by the key that the format has for it.
#[derive(Default)]
pub(super) struct Providers(BTreeMap<String, Entry>);

struct Entry {
    described: Json,
    source: ProviderSource,
    /// The key of the configuration of a module above that is meant.
    outer: Option<String>,
}

/// What `module` calls a provider, as a key.
fn key(module: &ModulePath, name: &str) -> String {
    if module.is_root() { name.to_owned() } else { format!("{module}:{name}") }
}

fn written(name: &str, alias: Option<&Name>) -> String {
    alias.map_or_else(|| name.to_owned(), |alias| format!("{name}.{alias}"))
}

impl Providers {
    /// `arguments` writes those of a provider block.
    pub(super) fn of(configuration: &Configuration, arguments: &dyn Fn(&Module, &Name, Option<&Name>) -> Json) -> Self {
        let mut found = Self::default();
        // A module comes after the one that calls it.
        for (path, module) in &configuration.modules {
            found.add_blocks(path, module, arguments);
            found.add_required(path, module);
            found.add_implied(path, module);
            found.add_passed(configuration, path, module);
        }
        found
    }

    /// What is written in the document: configurations that are not those of a module above.
    pub(super) fn written(self) -> Map<String, Json> {
        let own = self.0.into_iter().filter(|(_, it)| it.outer.is_none());
        own.map(|(key, it)| (key, it.described)).collect()
    }

    /// The key of the configuration that a resource of `module` uses.
    pub(super) fn key_of(&self, module: &ModulePath, resource: &Resource) -> String {
        let name = match &resource.provider {
            Some(reference) => written(&reference.name, reference.alias.as_ref()),
            None => implied_name(&resource.type_name).to_string(),
        };
        let own = key(module, &name);
        let outer = self.0.get(&own).and_then(|it| it.outer.clone());
        outer.filter(|it| self.0.contains_key(it)).unwrap_or(own)
    }

    fn add_blocks(
        &mut self,
        path: &ModulePath,
        module: &Module,
        arguments: &dyn Fn(&Module, &Name, Option<&Name>) -> Json,
    ) {
        for block in module.providers.values() {
            let mut entry = entry(path, module, &block.name, source_of(module, &block.name));
            if let Some(alias) = &block.alias {
                entry.described["alias"] = alias.to_string().into();
            }
            let expressions = arguments(module, &block.name, block.alias.as_ref());
            if expressions.as_object().is_some_and(|it| !it.is_empty()) {
                entry.described["expressions"] = expressions;
            }
            self.0.insert(key(path, &written(&block.name, block.alias.as_ref())), entry);
        }
    }

    /// `required_providers` without a block.
    fn add_required(&mut self, path: &ModulePath, module: &Module) {
        for (name, required) in &module.required_providers {
            for (_, alias) in &required.aliases {
                let own = key(path, &written(name, Some(alias)));
                self.0.entry(own).or_insert_with(|| entry(path, module, name, required.source.clone()));
            }
            self.add_inherited(path, module, name, &required.source);
        }
    }

    /// Providers that are used and named nowhere.
    fn add_implied(&mut self, path: &ModulePath, module: &Module) {
        let nested = module.checks.values().filter_map(|check| check.data.as_ref());
        let resources = module.resources.values().chain(nested);
        let names: BTreeSet<Name> = resources
            .map(|it| it.provider.as_ref().map_or_else(|| implied_name(&it.type_name), |it| it.name.clone()))
            .collect();
        for name in names {
            let source = source_of(module, &name);
            self.add_inherited(path, module, &source.name.clone(), &source);
        }
    }

    /// A name that means what it means in the module above, if that has it.
    fn add_inherited(&mut self, path: &ModulePath, module: &Module, name: &Name, source: &ProviderSource) {
        let own = key(path, name);
        if !self.0.contains_key(&own) {
            let outer = path.parent().and_then(|parent| self.origin(key(&parent, name), source));
            self.0.insert(own, Entry { outer, ..entry(path, module, name, source.clone()) });
        }
    }

    /// `providers` of the calls in a module.
    fn add_passed(&mut self, configuration: &Configuration, path: &ModulePath, module: &Module) {
        for call in module.calls.values() {
            let child = path.child(&call.name);
            let Some(called) = configuration.modules.get(&child) else { continue };
            for (inner, outer) in &call.providers {
                let name = written(&inner.name, inner.alias.as_ref());
                let source = source_of(called, &inner.name);
                let origin = self.origin(key(path, &written(&outer.name, outer.alias.as_ref())), &source);
                let mut described = json!({ "name": name, "full_name": source.to_string() });
                described["module_address"] = child.to_string().into();
                self.0.insert(key(&child, &name), Entry { described, source, outer: origin });
            }
        }
    }

    /// The configuration that a key stands for in the end, as long as it is one of the same provider.
    fn origin(&self, start: String, source: &ProviderSource) -> Option<String> {
        let mut found = None;
        let mut next = Some(start);
        while let Some(key) = next {
            let Some(entry) = self.0.get(&key).filter(|it| it.source == *source) else { break };
            next = entry.outer.clone();
            found = Some(key);
        }
        found
    }
}

fn entry(path: &ModulePath, module: &Module, name: &Name, source: ProviderSource) -> Entry {
    let mut described = json!({ "name": &**name, "full_name": source.to_string() });
    let required = module.required_providers.values().filter(|it| it.source == source);
    let constraints: Vec<&str> = required.filter_map(|it| it.version.as_deref()).collect();
    if !constraints.is_empty() {
        described["version_constraint"] = canonical(&constraints.join(", ")).into();
    }
    if !path.is_root() {
        described["module_address"] = path.to_string().into();
    }
    Entry { described, source, outer: None }
}
