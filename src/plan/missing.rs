//! Providers that are not there: one error for each, however much of the configuration needs it.

use super::world::World;
use crate::{
    address::{ProviderSource, ResourcePath},
    diagnostic::{Diagnostic, Span},
    lang::dependencies::provider_for,
    product::COMMAND,
};
use std::collections::BTreeMap;

/// How many resources an error names.
const NAMED: usize = 3;

/// Where the first of these resources is, and who they are: `It is needed by foo_one.a.`
pub fn needed_by(mut needing: Vec<(Span, ResourcePath)>) -> Option<(Span, String)> {
    needing.sort_by_key(|it| it.0);
    let first = needing.first()?.0;
    let named: Vec<String> = needing.iter().take(NAMED).map(|(_, path)| path.to_string()).collect();
    let who = match (needing.len(), needing.len().saturating_sub(NAMED)) {
        (1, _) => named.join(""),
        (all, 0) => format!("{all} resources: {}", named.join(", ")),
        (all, more) => format!("{all} resources: {} and {more} more", named.join(", ")),
    };
    Some((first, format!("It is needed by {who}.")))
}

impl World {
    /// In the order of their names.
    pub(super) fn report_missing_providers(&self) {
        let configuration = &self.setting.configuration;
        let mut missing: BTreeMap<ProviderSource, Vec<(Span, ResourcePath)>> = BTreeMap::new();
        for (module, declared) in &configuration.modules {
            let nested = declared.checks.values().filter_map(|check| check.data.as_ref());
            for resource in declared.resources.values().chain(nested) {
                let source = provider_for(configuration, resource, module).address.source;
                if self.definition(&source).is_none() {
                    let (type_name, name) = (resource.type_name.clone(), resource.name.clone());
                    let path = ResourcePath { module: module.clone(), mode: resource.mode, type_name, name };
                    missing.entry(source).or_default().push((resource.type_span, path));
                }
            }
        }
        for (source, needing) in missing {
            if let Some((at, who)) = needed_by(needing) {
                self.report(self.missing_provider(&source, &format!(" {who}")).at(at));
            }
        }
    }

    /// In Terraform's words; `who` says what needs it.
    pub(super) fn missing_provider(&self, source: &ProviderSource, who: &str) -> Diagnostic {
        let detail = format!("This configuration requires provider {source}, but that provider isn't available.{who}");
        Diagnostic::error("Missing required provider", detail).hint(format!("{COMMAND} init installs it."))
    }
}
