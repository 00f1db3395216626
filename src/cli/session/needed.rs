//! Which providers have to be installed for a configuration and its state: those that rforge has not built in, and those of
//! which something is used that it does not serve itself.

use super::open::Providers;
use crate::{
    address::{Name, ProviderSource, ResourceAddress, ResourceMode, ResourcePath},
    diagnostic::Span,
    install::packages::{self, Requirements},
    lang::{
        configuration::{Configuration, Module, Resource},
        dependencies::{called_providers, import_name, provider_for, source_of},
    },
    native::{Native, Natively},
    plan::needed_by,
    provider::Provider,
    state::{self, State},
};
use std::collections::{BTreeMap, BTreeSet};

/// What `init` installs, and everything that is started later has to be among it.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Needed {
    /// The published providers that the configuration needs, with its constraints.
    pub requirements: Requirements,
    /// Those that only state needs.
    pub recorded: BTreeSet<ProviderSource>,
    /// The providers that rforge serves wholly by itself.
    pub others: BTreeSet<ProviderSource>,
}

impl Needed {
    /// All that are published, with the constraints of those that have some.
    pub(crate) fn published(&self) -> Requirements {
        let recorded = self.recorded.iter().map(|it| (it.clone(), String::new()));
        self.requirements.clone().into_iter().chain(recorded).collect()
    }
}

/// What a configuration or a state has, by provider: the one place that looks.
#[derive(Default)]
pub(crate) struct Needs {
    /// The types of which it has something.
    pub types: BTreeMap<ProviderSource, BTreeSet<(ResourceMode, Name)>>,
    /// The providers whose functions are called: all but those of Terraform itself are published.
    pub called: BTreeSet<ProviderSource>,
    /// The types of which something says which region it is in.
    pub regional: BTreeSet<(ProviderSource, ResourceMode, Name)>,
    /// Whether a module call says it.
    pub regional_modules: bool,
}

impl Needs {
    pub(crate) fn of(configuration: Option<&Configuration>, state: Option<&State>) -> Self {
        let mut needs = Self::default();
        let modules = configuration.into_iter().flat_map(|it| it.modules.values().map(move |module| (it, module)));
        modules.for_each(|(configuration, module)| needs.add_module(configuration, module));
        configuration.into_iter().for_each(|it| needs.add_imports(it));
        state.iter().flat_map(|it| &it.resources).for_each(|(address, it)| needs.add_recorded(address, it));
        needs
    }

    pub(crate) fn add(&mut self, source: &ProviderSource, mode: ResourceMode, type_name: &Name) {
        self.types.entry(source.clone()).or_default().insert((mode, type_name.clone()));
    }

    fn add_module(&mut self, configuration: &Configuration, module: &Module) {
        let called = called_providers(module).into_iter().map(|name| source_of(module, &name));
        self.called.extend(called.filter(|it| !it.is_builtin()));
        self.regional_modules |= module.calls.values().any(|it| it.region.is_some());
        let nested = module.checks.values().filter_map(|it| it.data.as_ref());
        for resource in module.resources.values().chain(nested) {
            let source = provider_for(configuration, resource, &module.path).address.source;
            self.add(&source, resource.mode, &resource.type_name);
            if resource.body.attributes.iter().any(|it| &*it.name.text == "region") {
                self.regional.insert((source, resource.mode, resource.type_name.clone()));
            }
        }
    }

    /// Configuration may be generated for what is imported.
    fn add_imports(&mut self, configuration: &Configuration) {
        let root = configuration.root();
        let module = |path: &ResourcePath| configuration.modules.get(&path.module);
        let is_declared = |path: &ResourcePath| module(path).is_some_and(|it| it.resource(path).is_some());
        for import in root.imports.iter().filter(|it| !is_declared(&it.resource)) {
            self.add(&source_of(root, &import_name(import)), ResourceMode::Managed, &import.resource.type_name);
        }
    }

    fn add_recorded(&mut self, address: &ResourceAddress, resource: &state::Resource) {
        let source = &resource.provider.source;
        self.add(source, address.mode, &address.type_name);
        let mut objects = resource.instances.values().flat_map(|it| it.current.iter().chain(it.deposed.values()));
        if objects.any(|it| it.attributes.get().contains("\"region\"")) {
            self.regional.insert((source.clone(), address.mode, address.type_name.clone()));
        }
    }

    /// The providers that have to be published: something of them rforge does not serve itself.
    pub(crate) fn published(&self, providers: &Providers, said: &Native) -> BTreeSet<ProviderSource> {
        let is_published = |(source, types): &(&ProviderSource, &BTreeSet<(ResourceMode, Name)>)| {
            let natively = said.of(source);
            let serves = |it: &dyn Provider| types.iter().all(|(mode, name)| natively.serves(it, *mode, name));
            !source.is_builtin() && !providers.get(*source).is_some_and(|it| serves(&**it))
        };
        let used = self.types.iter().filter(is_published).map(|it| it.0);
        used.chain(&self.called).cloned().collect()
    }
}

/// Of the configurations the first is that of the root; others are of modules that tests execute.
pub(crate) fn needed(configurations: &[&Configuration], state: Option<&State>, providers: &Providers) -> Needed {
    let recorded = Needs::of(None, state);
    let said = configurations.first().map(|it| it.native.clone()).unwrap_or_default();
    let mut published = recorded.published(providers, &said);
    for configuration in configurations {
        published.extend(Needs::of(Some(configuration), None).published(providers, &configuration.native));
    }
    let is_said = |source: &ProviderSource| configurations.iter().any(|it| *it.native.of(source) == Natively::None);
    let mut needed = Needed::default();
    for (source, constraints) in packages::required_by(configurations.iter().copied()) {
        let is_built_in = providers.contains_key(&source) && !is_said(&source);
        match is_built_in && !published.contains(&source) || source.is_builtin() {
            true => drop(needed.others.insert(source)),
            false => drop(needed.requirements.insert(source, constraints)),
        }
    }
    for source in recorded.types.into_keys().filter(|it| !needed.requirements.contains_key(it)) {
        let list = if published.contains(&source) { &mut needed.recorded } else { &mut needed.others };
        list.insert(source);
    }
    needed
}

/// Where the configuration first wants the published provider, and what wants it.
pub(crate) fn wanted_by(
    configuration: &Configuration,
    source: &ProviderSource,
    providers: &Providers,
) -> Option<(Span, String)> {
    let served = |it: &Resource| {
        let natively = configuration.native.of(source);
        providers.get(source).is_some_and(|provider| natively.serves(&**provider, it.mode, &it.type_name))
    };
    let mut wanting: Vec<(Span, ResourcePath)> = Vec::new();
    for (path, module) in &configuration.modules {
        let nested = module.checks.values().filter_map(|it| it.data.as_ref());
        let of_source = |it: &&Resource| provider_for(configuration, it, path).address.source == *source && !served(it);
        wanting.extend(module.resources.values().chain(nested).filter(of_source).map(|it| {
            let (type_name, name) = (it.type_name.clone(), it.name.clone());
            (it.type_span, ResourcePath { module: path.clone(), mode: it.mode, type_name, name })
        }));
    }
    needed_by(wanting).or_else(|| {
        let mut required = configuration.modules.values().flat_map(|it| it.required_providers.values());
        required.find(|it| it.source == *source).map(|it| (it.span, "A module requires it.".to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cli::session::open,
        lang::load::{Files, LoadOptions, load_from},
    };
    use std::{collections::BTreeMap, path::Path};

    const STATE: &str = r#"{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "a", "outputs": {}, "resources": [
        {"mode": "managed", "type": "TYPE", "name": "a", "provider": "provider[\"registry.terraform.io/hashicorp/random\"]",
         "instances": [{"schema_version": 0, "attributes": {"id": "a"}}]}]}"#;

    /// The files of a configuration by their names, with what each is.
    fn of(files: &[(&str, &str)], in_state: Option<&str>) -> String {
        let files = files.iter().map(|(name, text)| (name.into(), text.as_bytes().into())).collect::<BTreeMap<_, _>>();
        let (configuration, found) = load_from(&Files::saved(files), Path::new("."), &LoadOptions::default());
        assert!(!crate::diagnostic::has_errors(&found), "{found:?}");
        let state = in_state.map(|it| state::file::decode(STATE.replace("TYPE", it).as_bytes()).unwrap());
        let Needed { requirements, recorded, others } = needed(&[&configuration], state.as_ref(), &open::providers());
        let short = |it: &ProviderSource| format!("{}/{}", it.namespace, it.name);
        let requirements: Vec<String> =
            requirements.iter().map(|(it, wanted)| format!("{} {wanted}", short(it))).collect();
        let list = |it: &BTreeSet<ProviderSource>| it.iter().map(short).collect::<Vec<_>>().join(", ");
        format!("{} | {} | {}", requirements.join(", "), list(&recorded), list(&others))
    }

    #[test]
    fn what_rforge_does_not_serve_is_needed() {
        let all = "resource \"random_pet\" \"a\" {}\nresource \"random_id\" \"a\" {\n  byte_length = 1\n}\n";
        let required = "terraform {\n  required_providers {\n    random = { source = \"hashicorp/random\", version = \"~> 3.0\" }\n    \
                        y = { source = \"acme/y\", version = \">= 1\" }\n  }\n}\n";
        let native = |value: &str| format!("provider \"random\" {{\n  native = {value}\n}}\n");
        let check = |text: &str, setting: &str, in_state: Option<&str>, expected: &str| {
            let setting = if setting.is_empty() { String::new() } else { native(setting) };
            let found = of(&[("main.tf", text), ("rforge.hcl", &setting)], in_state);
            assert_eq!(found, expected, "{text}{setting}{in_state:?}");
        };
        // What is built in and does all that is used is not; what is not built in is, be it only required.
        check(all, "", None, " |  | hashicorp/random");
        check(required, "", None, "acme/y >= 1.0.0 |  | hashicorp/random");
        check("resource \"terraform_data\" \"a\" {}\n", "", None, " |  | builtin/terraform");
        check("resource \"gone_pet\" \"a\" {}\n", "", None, "hashicorp/gone  |  | ");
        // Types that it does not have, wherever they stand.
        check("resource \"random_new\" \"a\" {}\n", "", None, "hashicorp/random  |  | ");
        check("data \"random_pet\" \"a\" {}\n", "", None, "hashicorp/random  |  | ");
        check("ephemeral \"random_pet\" \"a\" {}\n", "", None, "hashicorp/random  |  | ");
        let nested = "check \"a\" {\n  data \"random_x\" \"a\" {}\n  assert {\n    condition     = data.random_x.a.id != \"\"\n    error_message = \"No.\"\n  }\n}\n";
        check(nested, "", None, "hashicorp/random  |  | ");
        let import = |ty: &str| format!("import {{\n  to = {ty}.a\n  id = \"a\"\n}}\n");
        check(&import("random_new"), "", None, "hashicorp/random  |  | ");
        check(&import("random_pet"), "", None, " |  | hashicorp/random");
        check(&import("gone_pet"), "", None, "hashicorp/gone  |  | ");
        // Functions are all of published providers, but for Terraform's own.
        let call = |name: &str| {
            format!("{required}output \"o\" {{\n  value = [for it in [1] : \"${{provider::{name}::f(it)}}\"]\n}}\n")
        };
        check(&call("random"), "", None, "acme/y >= 1.0.0, hashicorp/random ~> 3.0 |  | ");
        check(&call("terraform"), "", None, "acme/y >= 1.0.0 |  | hashicorp/random");
        // What is said of a provider.
        check(all, "true", None, " |  | hashicorp/random");
        check(all, "false", None, "hashicorp/random  |  | ");
        check(all, "[\"random_pet\"]", None, "hashicorp/random  |  | ");
        check(all, "[\"random_pet\", \"random_id\"]", None, " |  | hashicorp/random");
        check(required, "false", None, "acme/y >= 1.0.0, hashicorp/random ~> 3.0 |  | ");
        // State needs what the configuration does not; the constraints of the configuration count all the same.
        check("terraform {}\n", "", Some("random_pet"), " |  | hashicorp/random");
        check("terraform {}\n", "", Some("random_new"), " | hashicorp/random | ");
        check("terraform {}\n", "false", Some("random_pet"), " | hashicorp/random | ");
        check(required, "", Some("random_new"), "acme/y >= 1.0.0, hashicorp/random ~> 3.0 |  | ");
    }
}
