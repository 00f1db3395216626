//! Which versions of providers a configuration asks for, and whether those that are built in stand for them.

use super::open::Providers;
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, Diagnostics, Span},
    lang::{
        configuration::Configuration,
        load::{Version, satisfies_major},
    },
};
use std::collections::BTreeMap;

/// The version constraints of all modules, by provider.
fn constraints(configuration: &Configuration) -> BTreeMap<&ProviderSource, Vec<(&str, Span)>> {
    let mut constraints: BTreeMap<&ProviderSource, Vec<(&str, Span)>> = BTreeMap::new();
    for required in configuration.modules.values().flat_map(|it| it.required_providers.values()) {
        let version = required.version.as_deref().map(|it| (it, required.span));
        constraints.entry(&required.source).or_default().extend(version);
    }
    constraints
}

/// The release that a built-in provider stands for here: the first that meets every constraint. None if none does, or
/// if it has no versions.
fn selected(versions: &[&'static str], constraints: &[(&str, Span)]) -> Option<&'static str> {
    let all = constraints.iter().map(|it| it.0).collect::<Vec<_>>().join(", ");
    let suits = |version: &str| all.is_empty() || Version::parse(version).is_some_and(|it| satisfies_major(&it, &all));
    versions.iter().copied().find(|it| suits(it))
}

/// What each provider that is built in stands for in this configuration.
pub(crate) fn selections(
    configuration: &Configuration,
    providers: &Providers,
) -> BTreeMap<ProviderSource, &'static str> {
    let constraints = constraints(configuration);
    let of = |(source, provider): (&ProviderSource, &std::sync::Arc<dyn crate::provider::Provider>)| {
        let constraints = constraints.get(source).map_or(&[][..], Vec::as_slice);
        Some((source.clone(), selected(provider.versions(), constraints)?))
    };
    providers.iter().filter_map(of).collect()
}

/// One error for each provider whose constraints nothing built in can meet.
pub(crate) fn check(configuration: &Configuration, providers: &Providers) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for (source, constraints) in constraints(configuration) {
        let versions = providers.get(source).map_or(&[][..], |it| it.versions());
        if versions.is_empty() || selected(versions, &constraints).is_some() {
            continue;
        }
        let mut all: Vec<&str> = constraints.iter().map(|it| it.0).collect();
        all.dedup();
        let at = constraints.iter().find(|it| selected(versions, &[**it]).is_none()).or(constraints.last());
        let source = source.to_string();
        // Hosts are left out where they are the usual one, as in Terraform's message.
        let source = source.strip_prefix("registry.terraform.io/").unwrap_or(&source);
        let detail = format!(
            "Could not retrieve the list of available versions for provider {source}: no available releases match the \
             given constraints {}",
            all.join(", ")
        );
        let majors: Vec<String> =
            versions.iter().map(|it| format!("{}.x", it.split('.').next().unwrap_or(it))).collect();
        let error = Diagnostic::error("Failed to query available provider packages", detail);
        let error = error.hint(format!(
            "The provider that is built in to rforge stands for the versions {}. Where the configuration suits one of \
             them, relax the constraint.",
            majors.join(" and ")
        ));
        diagnostics.push(match at {
            Some((_, span)) => error.at(*span),
            None => error,
        });
    }
    diagnostics
}
