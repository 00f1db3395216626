//! What stands in for providers, resources and modules while a run is executed.

use crate::{
    address::{ModulePath, Name, ProviderAddress, ProviderSource, ResourceMode, ResourcePath, Target},
    cli::session::open,
    diagnostic::{Diagnostic, Diagnostics, Sources},
    lang::{
        configuration::{Configuration, Module, ProviderReference, STAND_IN_HOST},
        dependencies::{provider_for, source_of},
        test_file::{MockProvider, MockedType, Override, Run, TestFile},
    },
    provider::Provider,
    providers::mock::{Mock, Mocked},
    value::Value,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The mocks by the source that they have, and the source of the provider that each stands for.
#[derive(Default)]
pub(super) struct Mocks {
    pub providers: BTreeMap<ProviderSource, Arc<dyn Provider>>,
    pub stand_for: Vec<(ProviderSource, ProviderSource)>,
}

/// Puts what `file` and `run` mock into `configuration`; with what the run should be warned of.
pub(super) fn install(
    configuration: &mut Configuration,
    file: &TestFile,
    run: &Run,
    real: open::Providers,
) -> (Mocks, Diagnostics) {
    let mut installer = Installer {
        types: used_types(configuration),
        real,
        mocked: BTreeMap::new(),
        mocks: Mocks::default(),
        configuration,
    };
    let chosen = chosen(file, run);
    for (name, alias, mock) in &chosen {
        installer.provider(name, alias.as_ref(), mock);
    }
    let of_providers = chosen.iter().flat_map(|it| &it.2.overrides);
    let all: Vec<&Override> = run.overrides.iter().chain(&file.overrides).chain(of_providers).collect();
    let mut done = BTreeSet::new();
    for one in all.into_iter().filter(|it| done.insert(it.target.to_string())) {
        installer.replace(one);
    }
    let mocks = installer.mocks;
    let warnings = run.overrides.iter().filter_map(|it| missing(configuration, it)).collect();
    (mocks, warnings)
}

/// The mock providers that a run uses, by what the configuration calls them.
fn chosen<'f>(file: &'f TestFile, run: &Run) -> Vec<(Name, Option<Name>, &'f MockProvider)> {
    if run.providers.is_empty() {
        return file.mock_providers.iter().map(|it| (it.name.clone(), it.alias.clone(), it)).collect();
    }
    let of = |(inner, outer): &(ProviderReference, _)| {
        let outer: &ProviderReference = outer;
        let mock = file.mock_providers.iter().find(|it| it.name == outer.name && it.alias == outer.alias)?;
        Some((inner.name.clone(), inner.alias.clone(), mock))
    };
    run.providers.iter().filter_map(of).collect()
}

/// The types of all resources, which mocks have to know.
fn used_types(configuration: &Configuration) -> BTreeSet<(ResourceMode, String)> {
    let of = |module: &Module| {
        let nested: Vec<_> = module.checks.values().filter_map(|it| it.data.as_ref()).collect();
        let all = module.resources.values().chain(nested);
        all.map(|it| (it.mode, it.type_name.to_string())).collect::<Vec<_>>()
    };
    configuration.modules.values().flat_map(of).collect()
}

struct Installer<'c> {
    configuration: &'c mut Configuration,
    types: BTreeSet<(ResourceMode, String)>,
    real: open::Providers,
    /// What is known of the types of each mock provider.
    mocked: BTreeMap<ProviderSource, Vec<Mocked>>,
    mocks: Mocks,
}

impl Installer<'_> {
    /// A new mock of the provider of `source`.
    fn mock(&mut self, source: &ProviderSource, mocked: Vec<Mocked>) -> Option<ProviderSource> {
        let inner = self.real.get(source).or_else(|| self.mocks.providers.get(source))?.clone();
        let namespace: Name = format!("{}-{}", source.namespace, self.mocks.providers.len()).into();
        let own = ProviderSource { host: STAND_IN_HOST.into(), namespace, name: source.name.clone() };
        let stands_for = self.mocks.stand_for.iter().find(|it| it.0 == *source).map_or(source, |it| &it.1).clone();
        self.mocks.stand_for.push((own.clone(), stands_for));
        self.mocks.providers.insert(own.clone(), Arc::new(Mock::new(inner, &self.types, mocked.clone())));
        self.mocked.insert(own.clone(), mocked);
        Some(own)
    }

    fn provider(&mut self, name: &Name, alias: Option<&Name>, mock: &MockProvider) {
        let source = source_of(self.configuration.root(), name);
        let sources = self.configuration.sources.clone();
        let of = |it: &MockedType| Mocked {
            mode: it.mode,
            type_name: Some(it.type_name.to_string()),
            values: it.values.clone(),
            while_planning: it.while_planning,
            place: sources.place(it.span),
        };
        let Some(own) = self.mock(&source, mock.types.iter().map(of).collect()) else { return };
        let address = ProviderAddress { module: ModulePath::root(), source, alias: alias.cloned(), key: None };
        self.configuration.stand_ins.providers.insert(address, own);
    }

    /// Puts what is overridden where planning finds it; what is not there is overridden by nothing.
    fn replace(&mut self, one: &Override) {
        match &one.target {
            Target::Module(module) => {
                self.configuration.stand_ins.modules.insert(module.clone(), one.values.clone());
            }
            Target::Resource(address) => {
                if let Some(own) = self.resource(&address.path(), one) {
                    self.configuration.stand_ins.resources.insert(address.clone(), own);
                }
            }
            Target::Instance(address) => {
                if let Some(own) = self.resource(&address.resource.path(), one) {
                    self.configuration.stand_ins.instances.insert(address.clone(), own);
                }
            }
        }
    }

    fn resource(&mut self, path: &ResourcePath, one: &Override) -> Option<ProviderSource> {
        let resource = self.configuration.modules.get(&path.module)?.resource(path)?;
        let source = provider_for(self.configuration, resource, &path.module).address.source;
        let mut mocked = vec![of_override(one, path.mode, &self.configuration.sources)];
        // What the provider mocks of other attributes holds besides.
        if let Some(of_provider) = self.mocked.get(&source) {
            let same = |it: &&Mocked| it.mode == path.mode && it.type_name.as_deref() == Some(&*path.type_name);
            let beneath = of_provider.iter().find(same).map(|it| it.values.clone());
            mocked[0].values = over(&mocked[0].values, beneath.as_ref());
        }
        self.mock(&source, mocked)
    }
}

fn of_override(one: &Override, mode: ResourceMode, sources: &Sources) -> Mocked {
    let (values, place) = (one.values.clone(), sources.place(one.span));
    Mocked { mode, type_name: None, values, while_planning: one.while_planning, place }
}

/// `values` with those of `beneath` that it does not have.
fn over(values: &Value, beneath: Option<&Value>) -> Value {
    let (Some(own), Some(beneath)) = (values.as_entries(), beneath.and_then(Value::as_entries)) else {
        return values.clone();
    };
    let mut all = beneath.clone();
    all.extend(own.iter().map(|(name, it)| (name.clone(), it.clone())));
    Value::object(all)
}

/// The warning that nothing is where an override points to.
pub(super) fn missing(configuration: &Configuration, one: &Override) -> Option<Diagnostic> {
    let path = match &one.target {
        Target::Module(module) => {
            return (!configuration.modules.contains_key(&module.path())).then(|| warning(one));
        }
        Target::Resource(it) => it.path(),
        Target::Instance(it) => it.resource.path(),
    };
    let is_there = configuration.modules.get(&path.module).is_some_and(|it| it.resource(&path).is_some());
    (!is_there).then(|| warning(one))
}

fn warning(one: &Override) -> Diagnostic {
    let detail = format!(
        "The override target {} does not exist within the configuration under test. This could indicate a typo in the target \
         address or an unnecessary override.",
        one.target
    );
    Diagnostic::warning("Invalid override target", detail).at(one.target_span)
}
