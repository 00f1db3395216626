//! Which versions of providers a configuration asks for, and whether those that are built in stand for them: what does not is published.

use super::open::Providers;
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, Diagnostics, Span},
    install::packages::shown,
    lang::{
        configuration::{Configuration, Resource},
        dependencies::provider_for,
        load::{Version, satisfies_major},
    },
    native::Natively,
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
    let all = joined(constraints);
    let suits = |version: &str| all.is_empty() || Version::parse(version).is_some_and(|it| satisfies_major(&it, &all));
    versions.iter().copied().find(|it| suits(it))
}

/// The major version that the constraints ask for, if it is one before all that the provider stands for.
fn older_major(versions: &[&'static str], constraints: &[(&str, Span)]) -> Option<u64> {
    let all = joined(constraints);
    let oldest = Version::parse(oldest(versions)?)?.major();
    (0..oldest).rev().find(|major| Version::parse(&format!("{major}.0.0")).is_some_and(|it| satisfies_major(&it, &all)))
}

fn oldest(versions: &[&'static str]) -> Option<&'static str> {
    versions.iter().copied().min_by_key(|it| Version::parse(it))
}

/// What each provider that is built in stands for in this configuration.
pub(crate) fn selections(
    configuration: &Configuration,
    providers: &Providers,
) -> BTreeMap<ProviderSource, &'static str> {
    let constraints = constraints(configuration);
    let of = |(source, provider): (&ProviderSource, &std::sync::Arc<dyn crate::provider::Provider>)| {
        let constraints = constraints.get(source).map_or(&[][..], Vec::as_slice);
        let versions = provider.versions();
        let older = || older_major(versions, constraints).and_then(|_| oldest(versions));
        Some((source.clone(), selected(versions, constraints).or_else(older)?))
    };
    providers.iter().filter_map(of).collect()
}

/// Settles who serves the providers of which nothing built in meets the constraints: the published ones. One warning for each that is
/// asked for in a major version before those that are built in, which stand in for it.
pub(crate) fn settle(configuration: &mut Configuration, providers: &Providers) -> Diagnostics {
    for source in unmet(configuration, providers).into_keys() {
        configuration.native.providers.insert(source, Natively::None);
    }
    let mut diagnostics = Diagnostics::new();
    for (source, constraints) in constraints(configuration) {
        let versions = providers.get(source).map_or(&[][..], |it| it.versions());
        // Of what is published, there are the releases that there are.
        let is_published = *configuration.native.of(source) == Natively::None;
        if is_published || versions.is_empty() || selected(versions, &constraints).is_some() {
            continue;
        }
        let at = constraints.iter().find(|it| selected(versions, &[**it]).is_none()).or(constraints.last());
        if let (Some(major), Some(oldest)) = (older_major(versions, &constraints), oldest(versions)) {
            let read = used_types(configuration, source);
            let warning = older_release(&shown(source), &joined(&constraints), major, oldest, &read);
            diagnostics.push(match at {
                Some((_, span)) => warning.at(*span),
                None => warning,
            });
        }
    }
    diagnostics
}

/// The providers that are built in in no release that meets the constraints, nor stands in for one that does; and that in words.
pub(crate) fn unmet(configuration: &Configuration, providers: &Providers) -> BTreeMap<ProviderSource, String> {
    let of = |(source, constraints): (&ProviderSource, Vec<(&str, Span)>)| {
        let versions = providers.get(source)?.versions();
        let is_met = selected(versions, &constraints).is_some() || older_major(versions, &constraints).is_some();
        if versions.is_empty() || is_met {
            return None;
        }
        let majors: Vec<String> =
            versions.iter().map(|it| format!("{}.x", it.split('.').next().unwrap_or(it))).collect();
        let told = format!(
            "The provider {} that is built in to rforge stands for the versions {}, which do not meet {}: only one that is \
             published can serve this configuration. Where it suits what is built in, relax the constraint.",
            shown(source),
            majors.join(" and "),
            joined(&constraints)
        );
        Some((source.clone(), told))
    };
    constraints(configuration).into_iter().filter_map(of).collect()
}

/// Errors that tell of a provider that cannot be had, with why it is not served by what is built in.
pub(crate) fn explain(errors: &mut Diagnostics, configuration: &Configuration, providers: &Providers) {
    for (source, told) in unmet(configuration, providers) {
        let (whole, short) = (source.to_string(), shown(&source));
        for error in errors.iter_mut().filter(|it| it.detail.contains(&whole) || it.detail.contains(&short)) {
            error.hint = Some(match error.hint.take() {
                Some(hint) => format!("{hint} {told}"),
                None => told.clone(),
            });
        }
    }
}

fn joined(constraints: &[(&str, Span)]) -> String {
    let mut all: Vec<&str> = constraints.iter().map(|it| it.0).collect();
    all.dedup();
    all.join(", ")
}

/// How many types a warning names.
const NAMED: usize = 8;

fn older_release(source: &str, constraints: &str, major: u64, oldest: &str, read: &[String]) -> Diagnostic {
    let rules = oldest.split('.').next().unwrap_or(oldest);
    let named = read.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let what = match read.len().saturating_sub(NAMED) {
        _ if read.is_empty() => "Whatever is of it".to_owned(),
        0 => named,
        more => format!("{named} and {more} more types"),
    };
    let detail = format!(
        "The constraints {constraints} on provider {source} ask for a release {major}.x, and the one that is built in to rforge \
         begins with {rules}.x. {what} will be read by the rules of {rules}.x ({oldest}): arguments that were removed or \
         changed their meaning since {major}.x are reported or do what they do there."
    );
    Diagnostic::warning(format!("Provider {source} is read by the rules of release {rules}"), detail).hint(format!(
        "Read the upgrade guide from {major} to {rules} of the provider, then allow {rules}.x in required_providers."
    ))
}

/// The types of resources and data sources in the configuration that are of a provider.
fn used_types(configuration: &Configuration, source: &ProviderSource) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for module in configuration.modules.values() {
        let of_source = |it: &&Resource| provider_for(configuration, it, &module.path).address.source == *source;
        let types =
            module.resources.values().filter(of_source).map(|it| format!("{}{}", it.mode.prefix(), it.type_name));
        found.extend(types);
    }
    found.sort();
    found.dedup();
    found
}
