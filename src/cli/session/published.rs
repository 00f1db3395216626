//! The providers of a run: those that are built in, and programs of others for what these do not manage.

use super::{Failed, open};
use crate::{
    address::{ProviderSource, ResourceMode},
    diagnostic::{Diagnostic, Diagnostics, Sources},
    install::packages::{self, LOCK_FILE, Locks, Platform},
    lang::{configuration::Configuration, dependencies::provider_for},
    plan::Setting,
    plugin::reattach,
    provider::Provider,
    published::{Origin, Published, Served},
    state::State,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

/// The types of which a configuration and a state have something, by provider.
type Needs = BTreeMap<ProviderSource, BTreeSet<(ResourceMode, Arc<str>)>>;

pub(super) fn needs(configuration: &Configuration, state: Option<&State>) -> Needs {
    let mut needs = Needs::new();
    for (module, declared) in &configuration.modules {
        let nested = declared.checks.values().filter_map(|check| check.data.as_ref());
        for resource in declared.resources.values().chain(nested) {
            let source = provider_for(configuration, resource, module).address.source;
            needs.entry(source).or_default().insert((resource.mode, resource.type_name.clone()));
        }
    }
    for (address, resource) in state.iter().flat_map(|it| &it.resources) {
        let types = needs.entry(resource.provider.source.clone()).or_default();
        types.insert((address.mode, address.type_name.clone()));
    }
    needs
}

/// `setting` with the programs that serve what nothing built in does, as far as they are installed.
pub(crate) fn complete(setting: Setting, state: Option<&State>) -> Result<Setting, Failed> {
    let needs = needs(&setting.configuration, state);
    let providers = with_published(&setting.providers, &needs);
    let sources = || setting.configuration.sources.clone();
    let providers = providers.map_err(|diagnostics| Failed { diagnostics, sources: sources() })?;
    Ok(Setting { providers, ..setting })
}

/// The providers that serve what `state` has.
pub(crate) fn of_state(state: &State) -> Result<open::Providers, Failed> {
    let needs = needs(&Configuration::default(), Some(state));
    with_published(&open::providers(), &needs).map_err(Failed::new)
}

fn with_published(native: &open::Providers, needs: &Needs) -> Result<open::Providers, Diagnostics> {
    let is_native = |it: &dyn Provider, types: &BTreeSet<(ResourceMode, Arc<str>)>| {
        types.iter().all(|(mode, name)| it.schemas().get(*mode, name).is_some())
    };
    let foreign: Vec<&ProviderSource> = needs
        .iter()
        .filter(|(source, types)| {
            !source.is_builtin() && !native.get(*source).is_some_and(|it| is_native(&**it, types))
        })
        .map(|(source, _)| source)
        .collect();
    if foreign.is_empty() {
        return Ok(native.clone());
    }
    let mut providers = (**native).clone();
    let mut found = Diagnostics::new();
    let folder = open::load_options().data_folder;
    let cache = folder.join("schemas");
    for (source, origin) in origins(&foreign, &folder, &mut found) {
        match Published::open(source, origin, Some(&cache)) {
            Ok(published) => {
                let published: Arc<dyn Provider> = match providers.get(source) {
                    Some(native) => Arc::new(Served::new(native.clone(), Arc::new(published))),
                    None => Arc::new(published),
                };
                providers.insert(source.clone(), published);
            }
            Err(problem) => {
                let error = Diagnostic::error(problem.summary, problem.detail);
                found.push(Diagnostic { hint: problem.hint, ..error });
            }
        }
    }
    if found.is_empty() { Ok(Arc::new(providers)) } else { Err(found) }
}

/// Where the programs of these providers are, as far as they are anywhere.
fn origins<'s>(
    sources: &[&'s ProviderSource],
    folder: &Path,
    found: &mut Diagnostics,
) -> Vec<(&'s ProviderSource, Origin)> {
    let running = match std::env::var(reattach::VARIABLE).map(|it| reattach::parse(&it)) {
        Ok(Ok(running)) => running,
        Ok(Err(problem)) => {
            found.push(Diagnostic::error(problem.summary, problem.detail));
            return Vec::new();
        }
        Err(_) => BTreeMap::new(),
    };
    let locks = Locks::read(&open::root().join(LOCK_FILE), &mut Sources::default(), found);
    let platform = Platform::current();
    let origin = |source: &&'s ProviderSource| {
        if let Some(running) = running.get(*source) {
            return Some((*source, Origin::Running(running.clone())));
        }
        let program = packages::locate(&folder.join("providers"), source, &locks, &platform).ok()?;
        Some((*source, Origin::Executable(program)))
    };
    sources.iter().filter_map(origin).collect()
}
