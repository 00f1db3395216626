//! Which providers a configuration and its state need, as a tree of modules.

use crate::{
    address::{ModulePath, ProviderSource},
    lang::{
        configuration::{Configuration, Module},
        dependencies::{implied_name, source_of},
        load::canonical,
    },
    state::State,
};
use std::collections::{BTreeMap, BTreeSet};

/// What `providers` prints.
pub fn render(configuration: &Configuration, state: &State) -> String {
    let mut out = String::from("\nProviders required by configuration:\n.\n");
    branch(configuration, &ModulePath::root(), "", &mut out);
    out.push('\n');
    let sources: BTreeSet<&ProviderSource> = state.resources.values().map(|it| &it.provider.source).collect();
    if !sources.is_empty() {
        out.push_str("Providers required by state:\n\n");
        for source in sources {
            out.push_str(&format!("    provider[{source}]\n\n"));
        }
    }
    out
}

/// The providers that the configuration and its state need.
pub fn sources(configuration: &Configuration, state: &State) -> BTreeSet<ProviderSource> {
    let required = configuration.modules.values().flat_map(|it| requirements(it).into_keys());
    required.chain(state.resources.values().map(|it| it.provider.source.clone())).collect()
}

/// The providers of a module, then the modules that it calls, each line behind `margin`.
fn branch(configuration: &Configuration, path: &ModulePath, margin: &str, out: &mut String) {
    let Some(module) = configuration.modules.get(path) else { return };
    let providers = requirements(module);
    let mut left = providers.len() + module.calls.len();
    // The start of the next line, and that of the lines below it.
    let mut twig = || {
        left -= 1;
        let (line, below) = if left == 0 { ("└── ", "    ") } else { ("├── ", "│   ") };
        (format!("{margin}{line}"), format!("{margin}{below}"))
    };
    for (source, constraint) in providers {
        let blank = if constraint.is_empty() { "" } else { " " };
        out.push_str(&format!("{}provider[{source}]{blank}{constraint}\n", twig().0));
    }
    for call in module.calls.keys() {
        let (line, below) = twig();
        out.push_str(&format!("{line}module.{call}\n"));
        branch(configuration, &path.child(call), &below, out);
    }
}

/// Each provider that a module names, or whose types it uses, with the constraint on its version.
fn requirements(module: &Module) -> BTreeMap<ProviderSource, String> {
    let mut found: BTreeMap<ProviderSource, String> = BTreeMap::new();
    for required in module.required_providers.values() {
        let constraint = required.version.as_deref().map(canonical).unwrap_or_default();
        found.insert(required.source.clone(), constraint);
    }
    let nested = module.checks.values().filter_map(|it| it.data.as_ref());
    let used = module.resources.values().chain(nested).map(|it| match &it.provider {
        Some(provider) => provider.name.clone(),
        None => implied_name(&it.type_name),
    });
    for name in module.providers.keys().map(|(name, _)| name.clone()).chain(used) {
        found.entry(source_of(module, &name)).or_default();
    }
    found
}
