//! Providers that are not built in: one error for each, however much of the configuration needs it.

use super::world::World;
use crate::{
    address::{ProviderSource, ResourcePath},
    diagnostic::{Diagnostic, Span},
    lang::{
        configuration::{Configuration, is_stand_in},
        dependencies::provider_for,
    },
    product::PRODUCT,
    provider::Provider,
};
use std::{collections::BTreeMap, sync::Arc};

/// How many resources an error names.
const NAMED: usize = 3;

type Providers = BTreeMap<ProviderSource, Arc<dyn Provider>>;

/// A provider that the configuration's resources need and nobody has.
pub struct MissingProvider {
    pub source: ProviderSource,
    /// Where the first of them is.
    pub at: Span,
    /// `It is needed by foo_one.a.`
    pub who: String,
}

/// Each of them, in the order of their names.
pub fn missing_providers(configuration: &Configuration, providers: &Providers) -> Vec<MissingProvider> {
    let mut missing: BTreeMap<ProviderSource, Vec<(ResourcePath, Span)>> = BTreeMap::new();
    for (module, declared) in &configuration.modules {
        let nested = declared.checks.values().filter_map(|check| check.data.as_ref());
        for resource in declared.resources.values().chain(nested) {
            let source = provider_for(configuration, resource, module).address.source;
            if !providers.contains_key(&source) {
                let (type_name, name) = (resource.type_name.clone(), resource.name.clone());
                let path = ResourcePath { module: module.clone(), mode: resource.mode, type_name, name };
                missing.entry(source).or_default().push((path, resource.type_span));
            }
        }
    }
    let missing = missing.into_iter().map(|(source, mut needed)| {
        needed.sort_by_key(|(_, span)| *span);
        let named: Vec<String> = needed.iter().take(NAMED).map(|(path, _)| path.to_string()).collect();
        let who = match (needed.len(), needed.len().saturating_sub(NAMED)) {
            (1, _) => named.join(""),
            (all, 0) => format!("{all} resources: {}", named.join(", ")),
            (all, more) => format!("{all} resources: {} and {more} more", named.join(", ")),
        };
        MissingProvider { source, at: needed[0].1, who: format!("It is needed by {who}.") }
    });
    missing.collect()
}

/// How many names stand in a line.
const IN_LINE: usize = 6;

/// What to do about a provider that is not among these.
pub fn built_in(providers: &Providers) -> String {
    // What tests put in place of others is none of them.
    let real = providers.keys().filter(|it| !is_stand_in(it));
    let mut names: Vec<&str> = real.map(|it| &*it.name).collect();
    // The one that a configuration is mostly about stands at the end, where it is seen.
    names.sort_by_key(|it| (*it == "aws", *it));
    let lines: Vec<String> = names.chunks(IN_LINE).map(|it| format!("    {}", it.join(", "))).collect();
    format!(
        "{PRODUCT}'s providers are built in, there is nothing to download. They are:\n{}\nManage what needs this one with \
         Terraform, in a configuration of its own.",
        lines.join(",\n")
    )
}

impl World {
    pub(super) fn report_missing_providers(&self) {
        for MissingProvider { source, at, who } in
            missing_providers(&self.setting.configuration, &self.setting.providers)
        {
            self.report(self.missing_provider(&source, &format!(" {who}")).at(at));
        }
    }

    /// In Terraform's words; `who` says what needs it.
    pub(super) fn missing_provider(&self, source: &ProviderSource, who: &str) -> Diagnostic {
        let detail = format!("This configuration requires provider {source}, but that provider isn't available.{who}");
        Diagnostic::error("Missing required provider", detail).hint(built_in(&self.setting.providers))
    }
}
