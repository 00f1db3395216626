//! What `rforge.hcl` says of providers, beside what there is: names that nothing has are most likely misspelt. None of it is an
//! error, since what rforge does not serve the published provider does.

use super::open::Providers;
use crate::{
    address::{ProviderSource, ResourceMode},
    diagnostic::{Diagnostic, Diagnostics, nearest},
    install::packages::{required, shown},
    lang::{configuration::Configuration, fleet::Said},
    provider::Provider,
};

const MODES: [ResourceMode; 3] = [ResourceMode::Managed, ResourceMode::Data, ResourceMode::Ephemeral];

pub(crate) fn check(configuration: &Configuration, providers: &Providers) -> Diagnostics {
    let used = required(configuration);
    let of = |(source, said): (&ProviderSource, &Said)| match used.contains_key(source) {
        true => unknown(source, said, providers.get(source).map(|it| &**it)),
        false => vec![unused(configuration, source, said)],
    };
    configuration.said.iter().flat_map(of).collect()
}

fn unused(configuration: &Configuration, source: &ProviderSource, said: &Said) -> Diagnostic {
    let root = configuration.root();
    let required = required(configuration);
    // By its source where it was said so, else by what the root calls it.
    let by_source: Vec<String> = required.keys().filter(|it| !it.is_builtin()).map(shown).collect();
    let implied = required.keys().filter(|it| **it == ProviderSource::hashicorp(&it.name)).map(|it| &*it.name);
    let known: Vec<&str> = match said.name.contains('/') {
        true => by_source.iter().map(|it| &**it).collect(),
        false => root.required_providers.keys().map(|it| &**it).chain(implied).collect(),
    };
    let detail =
        format!("Nothing in the configuration uses the provider {}: what is said of it has no effect.", shown(source));
    suggesting(Diagnostic::warning("Provider that nothing uses", detail).at(said.span), &said.name, &known)
}

fn unknown(source: &ProviderSource, said: &Said, native: Option<&dyn Provider>) -> Diagnostics {
    let Some(native) = native else {
        let named = said.types.first().map(|(_, span)| {
            let detail = format!("Nothing of the provider {} is built in to rforge.", shown(source));
            Diagnostic::warning("Types that rforge does not serve itself", detail).at(*span)
        });
        return named.into_iter().collect();
    };
    let schemas = native.schemas();
    let known: Vec<&str> = MODES.iter().flat_map(|mode| schemas.names(*mode)).collect();
    let unknown = said.types.iter().filter(|(name, _)| !known.contains(&&**name));
    let told = unknown.map(|(name, span)| {
        let detail = format!("rforge has no type {:?} of the provider {} built in.", &**name, shown(source));
        suggesting(Diagnostic::warning("Type that rforge does not serve itself", detail).at(*span), name, &known)
    });
    told.collect()
}

fn suggesting(warning: Diagnostic, name: &str, known: &[&str]) -> Diagnostic {
    match nearest(name, known.iter().copied()) {
        Some(near) => warning.hint(format!("Did you mean {near:?}?")),
        None => warning,
    }
}
