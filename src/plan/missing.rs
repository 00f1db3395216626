//! Providers that are not built in: one error for each, however much of the configuration needs it.

use super::world::World;
use crate::{
    address::{ProviderSource, ResourcePath},
    diagnostic::{Diagnostic, Span},
    lang::dependencies::provider_for,
};
use std::collections::BTreeMap;

/// How many resources an error names.
const NAMED: usize = 3;

impl World {
    /// Reports each provider that the configuration's resources need and nobody has.
    pub(super) fn report_missing_providers(&self) {
        let configuration = &self.setting.configuration;
        let mut missing: BTreeMap<ProviderSource, Vec<(ResourcePath, Span)>> = BTreeMap::new();
        for (module, declared) in &configuration.modules {
            let nested = declared.checks.values().filter_map(|check| check.data.as_ref());
            for resource in declared.resources.values().chain(nested) {
                let source = provider_for(configuration, resource, module).address.source;
                if self.definition(&source).is_none() {
                    let (type_name, name) = (resource.type_name.clone(), resource.name.clone());
                    let path = ResourcePath { module: module.clone(), mode: resource.mode, type_name, name };
                    missing.entry(source).or_default().push((path, resource.type_span));
                }
            }
        }
        for (source, mut needed) in missing {
            needed.sort_by_key(|(_, span)| *span);
            let named: Vec<String> = needed.iter().take(NAMED).map(|(path, _)| path.to_string()).collect();
            let who = match (needed.len(), needed.len().saturating_sub(NAMED)) {
                (1, _) => named.join(""),
                (all, 0) => format!("{all} resources: {}", named.join(", ")),
                (all, more) => format!("{all} resources: {} and {more} more", named.join(", ")),
            };
            self.report(missing_provider(&source, &format!(" It is needed by {who}.")).at(needed[0].1));
        }
    }
}

/// In Terraform's words; `who` says what needs it.
pub(super) fn missing_provider(source: &ProviderSource, who: &str) -> Diagnostic {
    let detail = format!("This configuration requires provider {source}, but that provider isn't available.{who}");
    Diagnostic::error("Missing required provider", detail).hint(
        "rforge's providers are built in (\"rforge version\" lists them): there is nothing to download. Manage what needs \
         this one with Terraform, in a configuration of its own.",
    )
}
