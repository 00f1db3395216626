//! The providers of a run: those that are built in, and programs of others for what these do not serve.

use super::{
    Failed,
    needed::{Needed, Needs, needed},
    open, requirements,
};
use crate::{
    address::{ProviderSource, ResourceMode},
    diagnostic::{Diagnostic, Diagnostics, Sources, has_errors},
    install::packages::{self, LOCK_FILE, Locks, Platform, Requirements, Settings, Wanted},
    lang::configuration::Configuration,
    native::{self, Native, Natively},
    plan::{Plan, Setting},
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

/// `setting` with the programs that serve what nothing built in does.
pub(crate) fn complete(setting: Setting, state: Option<&State>) -> Result<Setting, Failed> {
    let configuration = &setting.configuration;
    let providers = of(configuration, state, &setting.providers)?;
    Ok(Setting { providers, ..setting })
}

/// The providers that serve what a configuration has.
pub(crate) fn of_configuration(configuration: &Configuration) -> Result<open::Providers, Failed> {
    of(configuration, None, &open::providers_of(configuration))
}

fn of(
    configuration: &Configuration,
    state: Option<&State>,
    native: &open::Providers,
) -> Result<open::Providers, Failed> {
    let (needs, needed) = (Needs::of(Some(configuration), state), needed(&[configuration], state, native));
    let providers = with_published(native, &needs, &configuration.native, &needed);
    providers.map_err(|mut diagnostics| {
        requirements::explain(&mut diagnostics, configuration, native);
        Failed { diagnostics, sources: configuration.sources.clone() }
    })
}

/// The providers that serve what `state` has, as far as they can be had: state can be shown without them, too.
pub(crate) fn of_state(state: &State) -> open::Providers {
    known(&Needs::of(None, Some(state)))
}

/// The same of a plan.
pub(crate) fn of_plan(plan: &Plan) -> open::Providers {
    let mut needs = Needs::of(None, Some(&plan.prior_state));
    for change in plan.changes.iter().chain(&plan.drift) {
        let resource = &change.address.resource;
        needs.add(&change.provider.address.source, resource.mode, &resource.type_name);
    }
    known(&needs)
}

fn known(needs: &Needs) -> open::Providers {
    let (native, said) = (open::providers(), native::called());
    let recorded = needs.published(&native, &said);
    with_published(&native, needs, &said, &Needed { recorded, ..Needed::default() }).unwrap_or(native)
}

fn with_published(
    native: &open::Providers,
    needs: &Needs,
    said: &Native,
    needed: &Needed,
) -> Result<open::Providers, Diagnostics> {
    if needed.requirements.is_empty() && needed.recorded.is_empty() {
        return Ok(native.clone());
    }
    let mut providers = (**native).clone();
    let mut found = Diagnostics::new();
    let folder = open::load_options().data_folder;
    let cache = folder.join("rforge/schemas");
    for (source, origin) in origins(native, said, needs, needed, &folder)? {
        match Published::open(&source, origin, Some(&cache)).map(|it| in_regions(it, &source, needs, native, said)) {
            Ok(published) => {
                let served: Arc<dyn Provider> = match providers.get(&source) {
                    Some(native) => {
                        Arc::new(Served::new(native.clone(), Arc::new(published), said.of(&source).clone()))
                    }
                    None => Arc::new(published),
                };
                providers.insert(source, served);
            }
            Err(problem) => {
                let error = Diagnostic::error(problem.summary, problem.detail);
                found.push(Diagnostic { hint: problem.hint, ..error });
            }
        }
    }
    if found.is_empty() { Ok(Arc::new(providers)) } else { Err(found) }
}

/// With `region` as an argument of its types where something that it serves has it, of which it does not know that.
fn in_regions(
    published: Published,
    source: &ProviderSource,
    needs: &Needs,
    native: &open::Providers,
    said: &Native,
) -> Published {
    let is_native =
        |mode: ResourceMode, name: &str| native.get(source).is_some_and(|it| said.of(source).serves(&**it, mode, name));
    let lacks = |(of, mode, name): &(ProviderSource, ResourceMode, Arc<str>)| {
        let told = || published.schemas().get(*mode, name).is_some_and(|it| !it.block.has("region"));
        of == source && !is_native(*mode, name) && told()
    };
    match needs.regional_modules || needs.regional.iter().any(lacks) {
        true => published.in_regions(),
        false => published,
    }
}

/// What commands say first that may start providers that somebody works on; whether they do, Terraform does not ask either.
pub(crate) fn overridden() -> Diagnostics {
    packages::overridden(&Settings::read().overrides, false).into_iter().collect()
}

/// Where the programs of these providers are. Of one that is built in, too, and that nobody has installed, none is needed as long as
/// nobody has said so: what it cannot manage is told as such.
fn origins(
    native: &open::Providers,
    said: &Native,
    needs: &Needs,
    needed: &Needed,
    folder: &Path,
) -> Result<Vec<(ProviderSource, Origin)>, Diagnostics> {
    let running = std::env::var(reattach::VARIABLE).map(|it| reattach::parse(&it)).unwrap_or(Ok(BTreeMap::new()));
    let mut running = running.map_err(|it| vec![Diagnostic::error(it.summary, it.detail)])?;
    let mut found = Diagnostics::new();
    let locks = Locks::read(&open::root().join(LOCK_FILE), &mut Sources::default(), &mut found);
    if has_errors(&found) {
        return Err(found);
    }
    let overrides = Settings::read().overrides;
    let mut origins = Vec::new();
    let (mut required, mut recorded) = (Requirements::new(), BTreeSet::new());
    for source in needed.requirements.keys().chain(&needed.recorded) {
        if let Some(running) = running.remove(source) {
            origins.push((source.clone(), Origin::Running(running)));
            continue;
        }
        let is_installed = locks.0.contains_key(source) || overrides.contains_key(source);
        if native.contains_key(source) && *said.of(source) == Natively::All && !is_installed {
            continue;
        }
        // What is only required is nobody's loss.
        if !is_installed && !needs.types.contains_key(source) && !needs.called.contains(source) {
            continue;
        }
        match needed.requirements.get(source) {
            Some(constraints) => drop(required.insert(source.clone(), constraints.clone())),
            None => drop(recorded.insert(source.clone())),
        }
    }
    let in_automation = std::env::var_os("TF_IN_AUTOMATION").is_some_and(|it| !it.is_empty());
    let wanted = Wanted { requirements: &required, recorded: &recorded, overrides: &overrides, in_automation };
    let programs = packages::installed(&wanted, &locks, &folder.join("providers"), &Platform::current())?;
    origins.extend(programs.into_iter().map(|(source, it)| (source, Origin::Executable(it.path))));
    Ok(origins)
}
