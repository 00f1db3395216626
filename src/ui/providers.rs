//! Which providers a configuration and its state need, as a tree of modules.

use crate::{
    address::{ModulePath, ProviderSource},
    lang::{configuration::Configuration, dependencies::requirements, load::canonical},
    state::State,
};
use std::collections::BTreeSet;

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
        let constraint = constraint.as_deref().map(canonical).unwrap_or_default();
        let blank = if constraint.is_empty() { "" } else { " " };
        out.push_str(&format!("{}provider[{source}]{blank}{constraint}\n", twig().0));
    }
    for call in module.calls.keys() {
        let (line, below) = twig();
        out.push_str(&format!("{line}module.{call}\n"));
        branch(configuration, &path.child(call), &below, out);
    }
}
