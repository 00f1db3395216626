//! `import` blocks: objects that exist already and are taken into state by the plan that is being made.

use super::{
    Asked, Lookup, ObjectKey, ProviderKey, Purpose, Snapshot,
    change::{Importing, PlanMode},
    expansion::{Expansion, ephemeral_keys},
    planner::{Planner, Progress},
    problem,
    resource::Declared,
    sensitive,
    world::{Pass, World},
};
use crate::{
    address::{InstanceAddress, InstanceKey, ModuleAddress, Name, ResourceAddress, ResourcePath, Target},
    diagnostic::{Diagnostic, Diagnostics, Span},
    expression::syntax::tree::Expression,
    lang::{
        configuration::{Configuration, Import, Repetition},
        dependencies::resource_dependencies,
        target::target_with,
    },
    plan::recorded,
    product::{COMMAND, PRODUCT},
    provider::{Found, Kept, Problem, Provider, Question, ResourceMode},
    state::Object,
    value::{Data, Marks, Type, Value, convert},
};
use std::collections::{BTreeMap, HashMap};

/// The object that an instance takes in, and where the configuration says so.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub id: String,
    place: Span,
}

/// What `import` blocks ask for, and what came of it.
#[derive(Default)]
pub(super) struct Imports {
    /// Of the resources visited so far, in all instances of their modules.
    wanted: HashMap<ResourcePath, BTreeMap<InstanceAddress, Wanted>>,
    /// The ids of the objects that were found and are taken in.
    pub taken: HashMap<InstanceAddress, Importing>,
}

/// Targets that no block configures.
pub(super) fn unconfigured(configuration: &Configuration) -> Diagnostics {
    let summary = "Configuration for import target does not exist";
    let mut found = Diagnostics::new();
    for import in &configuration.root().imports {
        let ResourcePath { module, mode, type_name, name } = &import.resource;
        let address = import.resource.to_string();
        let detail = match configuration.modules.get(module) {
            Some(module) if module.resources.contains_key(&(*mode, type_name.clone(), name.clone())) => continue,
            Some(_) if module.is_root() => format!(
                "The configuration for the given import target {address} does not exist. If you wish to automatically \
                 generate config for this resource, use the -generate-config-out option within {COMMAND} plan. Otherwise, \
                 make sure the target resource exists within your configuration. For example:\n\n  {COMMAND} plan \
                 -generate-config-out=generated.tf"
            ),
            Some(_) => format!(
                "Resource {address} not found. Only resources within the root module are eligible for config generation."
            ),
            None => format!(
                "The configuration for the given import target {address} does not exist. All target instances must \
                 have an associated configuration to be imported."
            ),
        };
        found.push(Diagnostic::error(summary, detail).at(import.to.span));
    }
    found
}

/// Reports what is wrong with import blocks whatever the values of variables are.
pub(super) fn validate(world: &World) {
    let configuration = &world.setting.configuration;
    for import in &configuration.root().imports {
        // A resource of the root may be generated, one of a module that is not called may not.
        if !configuration.modules.contains_key(&import.resource.module) {
            let place = Some(import.to.span);
            unconfigured(configuration).into_iter().filter(|it| it.subject == place).for_each(|it| world.report(it));
            continue;
        }
        for repetition in repetitions(world, import) {
            if let Err(diagnostic) = one(world, import, &repetition) {
                world.report(*diagnostic);
            }
        }
    }
}

/// Evaluates the import blocks for one resource; what is wrong with them is reported.
pub(super) fn evaluate(world: &World, path: &ResourcePath) -> BTreeMap<InstanceAddress, Wanted> {
    let mut wanted = BTreeMap::new();
    for import in world.setting.configuration.root().imports.iter().filter(|it| it.resource == *path) {
        for repetition in repetitions(world, import) {
            match one(world, import, &repetition) {
                Ok((address, id)) => drop(wanted.insert(address, Wanted { id, place: import.to.span })),
                Err(diagnostic) => world.report(*diagnostic),
            }
        }
    }
    wanted
}

fn repetitions(world: &World, import: &Import) -> Vec<Repetition> {
    let Some(for_each) = &import.for_each else { return vec![Repetition::default()] };
    let value = world.evaluate(for_each, &ModuleAddress::root(), &Repetition::default());
    let fail = |detail: &str| {
        world.report(Diagnostic::error("Invalid for_each argument", detail).at(for_each.span));
        Vec::new()
    };
    if value.marks_within().contains(Marks::EPHEMERAL) {
        return fail(&ephemeral_keys());
    }
    if value.is_null() && world.pass != Pass::Validating {
        return fail("The given \"for_each\" argument value is null. A map, or set of strings is allowed.");
    }
    if value.is_null() || !value.is_wholly_known() {
        if world.pass == Pass::Validating {
            return Vec::new();
        }
        return fail(&format!(
            "The \"for_each\" expression includes values derived from other resource attributes that cannot be \
             determined until apply, and so {PRODUCT} cannot determine the full set of values that might be used to \
             import this resource."
        ));
    }
    let of = |key, value: &Value| Repetition { key: Some(key), each_value: Some(value.clone()) };
    match (&value.data, value.as_elements()) {
        (Data::Map(_, entries) | Data::Object(entries), _) => {
            entries.iter().map(|(key, value)| of(InstanceKey::Key(key.clone()), value)).collect()
        }
        (Data::Set(..), Some(elements)) => {
            elements.iter().map(|it| of(InstanceKey::Key(Name::from(it.as_str().unwrap_or_default())), it)).collect()
        }
        (_, Some(elements)) => (0..).zip(elements).map(|(at, it)| of(InstanceKey::Index(at), it)).collect(),
        _ => fail("The \"for_each\" expression must be a collection."),
    }
}

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// The instance that a block names and the id of its object.
fn one(world: &World, import: &Import, repetition: &Repetition) -> Result<(InstanceAddress, String)> {
    let root = ModuleAddress::root();
    let invalid = |summary: &str, detail: &str, span| Err(Box::new(Diagnostic::error(summary, detail).at(span)));
    let mut is_open = false;
    let mut key_of = |key: &Expression| {
        let value = world.evaluate(key, &root, repetition);
        if value.marks.contains(Marks::SENSITIVE) {
            let detail = "Import address index expression cannot be sensitive.";
            return Err(Box::new(Diagnostic::error("Invalid index expression", detail).at(key.span)));
        }
        let is_known = value.is_known() || world.pass != Pass::Validating;
        is_open |= !is_known;
        Ok(is_known.then_some(value))
    };
    let address = match target_with(&import.to, &mut key_of)? {
        Target::Instance(instance) => instance,
        Target::Resource(resource) => resource.instance(None),
        Target::Module(_) => {
            return invalid("Invalid address", "A resource instance address is required here.", import.to.span);
        }
    };
    if let Some(resource) = world.resource(&import.resource).filter(|_| !is_open) {
        let detail = match (&address.key, &resource.count, &resource.for_each) {
            (None, Some(_), _) => Some("The target resource is using count."),
            (None, _, Some(_)) => Some("The target resource is using for_each."),
            (Some(InstanceKey::Index(_)), None, _) => Some("The target resource does not use count."),
            (Some(InstanceKey::Key(_)), _, None) => Some("The target resource does not use for_each."),
            _ => None,
        };
        if let Some(detail) = detail {
            return invalid("Invalid import 'to' expression", detail, import.to.span);
        }
    }
    let id = world.evaluate(&import.id, &root, repetition);
    let summary = "Invalid import id argument";
    if id.is_null() {
        return invalid(summary, "The import ID cannot be null.", import.id.span);
    }
    if !id.is_known() {
        if world.pass == Pass::Validating {
            return Ok((address, String::new()));
        }
        let detail = format!(
            "The import block \"id\" argument depends on resource attributes that cannot be determined until \
                      apply, so {PRODUCT} cannot plan to import this resource."
        );
        return invalid(summary, &detail, import.id.span);
    }
    let id = match convert(&id, &Type::String) {
        Ok(id) => id.as_str().unwrap_or_default().to_owned(),
        Err(error) => {
            return invalid("Incorrect value type", &format!("Invalid expression value: {error}."), import.id.span);
        }
    };
    if id.is_empty() {
        let detail = "The import ID value evaluates to an empty string, please provide a non-empty value.";
        return invalid(summary, detail, import.id.span);
    }
    Ok((address, id))
}

/// What is asked for the object that an import names.
pub(super) fn lookup(
    definition: &dyn Provider,
    key: &ObjectKey,
    provider: &ProviderKey,
    id: &str,
    meta: Option<Value>,
) -> crate::provider::Result<Lookup> {
    let type_name = key.address.resource.type_name.clone();
    if definition.is_asked(Some((ResourceMode::Managed, &type_name))) {
        let question = Question::Import { type_name, id: id.into(), meta };
        return Ok(Lookup::Ask(Asked::Object(Purpose::Import, key.clone()), provider.clone(), question));
    }
    let known = definition.import(&type_name, id)?;
    Ok(Lookup::Object(key.clone(), provider.clone(), known))
}

/// What came of it, with what state is to keep for the provider. The inner none: there is no such object.
pub fn found(snapshot: &Snapshot, key: &ObjectKey) -> Option<crate::provider::Result<Option<(Value, Kept)>>> {
    if let Some(answer) = snapshot.objects.get(key) {
        return Some(answer.clone().map(|it| match it {
            Found::Live(live) => Some((live.attributes, Kept::default())),
            Found::Gone => None,
        }));
    }
    let answered = snapshot.answers.get(&Asked::Object(Purpose::Import, key.clone()))?;
    Some(answered.1.clone().and_then(|reply| {
        let error = reply.problems.into_iter().find(Problem::is_error);
        match error {
            Some(error) => Err(error),
            None => Ok((!reply.object.is_null()).then_some((reply.object, reply.kept))),
        }
    }))
}

impl Planner {
    /// The imports of a resource, evaluated when they are first asked for.
    fn imports_of(&mut self, path: &ResourcePath) -> &BTreeMap<InstanceAddress, Wanted> {
        if self.request.mode == PlanMode::Normal && !self.imports.wanted.contains_key(path) {
            let wanted = evaluate(&self.world, path);
            self.imports.wanted.insert(path.clone(), wanted);
        }
        self.imports.wanted.entry(path.clone()).or_default()
    }

    /// Asks for the objects that the instances of `address` take in. After [`Progress::Done`] they are in `prior`,
    /// as if state had always had them.
    pub(super) fn import_all(
        &mut self,
        address: &ResourceAddress,
        expansion: &Expansion,
        block: &Declared<'_>,
        snapshot: &Snapshot,
    ) -> Progress {
        let of_address = |it: &(&InstanceAddress, &Wanted)| it.0.resource == *address;
        let wanted: Vec<(InstanceAddress, Wanted)> = self
            .imports_of(&address.path())
            .iter()
            .filter(of_address)
            .map(|(instance, wanted)| (instance.clone(), wanted.clone()))
            .collect();
        let mut lacking = Vec::new();
        for (instance, wanted) in wanted {
            let key = ObjectKey { address: instance, deposed: None };
            // What state has already is not imported again.
            if self.prior.recorded.object(&key.address, None).is_some() || self.prior.is_settled(&key) {
                continue;
            }
            // Instances that are not configured are reported once all are planned.
            if !expansion.contains(key.address.key.as_ref()) {
                continue;
            }
            let of_instance = self.block_of(block, &key.address, expansion).map_err(|it| *it);
            match of_instance.and_then(|block| self.import(&key, &wanted, &block, snapshot)) {
                Ok(lookup) => lacking.extend(lookup),
                Err(diagnostic) => {
                    self.diagnostics.push(diagnostic.on(&key.address));
                    self.prior.settle(&key, None);
                }
            }
        }
        if lacking.is_empty() { Progress::Done } else { Progress::Lacks(lacking) }
    }

    /// The question that is still open, or none after the object was taken in.
    fn import(
        &mut self,
        key: &ObjectKey,
        wanted: &Wanted,
        block: &Declared<'_>,
        snapshot: &Snapshot,
    ) -> std::result::Result<Option<Lookup>, Diagnostic> {
        let resource = block.resource;
        let failed = |it: &_| problem::diagnostic(it, &resource.body, Some(resource.body.opening()));
        let Some(definition) = self.world.definition(&block.provider.address.source) else { return Ok(None) };
        let Some(answer) = found(snapshot, key) else {
            let meta = self.world.meta(&key.address, &block.provider);
            // What is wrong with it is told with the change.
            let meta = meta.unwrap_or_default();
            let lookup = lookup(&**definition, key, &block.provider, &wanted.id, meta);
            return lookup.map(Some).map_err(|it| failed(&it));
        };
        match answer {
            Ok(Some((attributes, kept))) => {
                let object = recorded::keeping(self.imported(&key.address, block, &attributes)?, kept);
                self.prior.state.put(&key.address, None, &block.provider.address, object.into());
                self.prior.settle(key, Some(attributes));
                let generated = self.request.generated.get(&key.address).cloned();
                self.imports.taken.insert(key.address.clone(), Importing { id: wanted.id.clone(), generated });
                Ok(None)
            }
            Ok(None) => {
                let detail = format!(
                    "While attempting to import an existing object to {:?}, the provider detected that no object \
                     exists with the given id. Only pre-existing objects can be imported; check that the id is \
                     correct and that it is associated with the provider's configured region or endpoint, or use \
                     \"{COMMAND} apply\" to create a new remote object for this resource.",
                    key.address.to_string()
                );
                Err(Diagnostic::error("Cannot import non-existent remote object", detail).at(wanted.place))
            }
            Err(problem) => Err(failed(&problem)),
        }
    }

    /// The object as state will hold it.
    fn imported(
        &self,
        address: &InstanceAddress,
        block: &Declared<'_>,
        attributes: &Value,
    ) -> std::result::Result<Object, Diagnostic> {
        let schema = &block.schema;
        let value = sensitive::mark(&schema.block, attributes.clone());
        let object = recorded::object(&value, schema)
            .map_err(|error| Diagnostic::error("Provider produced an invalid object", error.to_string()))?;
        let dependencies = resource_dependencies(&self.world.setting.graph, &address.resource.path());
        Ok(Object { dependencies, ..object })
    }

    /// Reports imports into instances of `path` that the configuration does not have.
    pub(super) fn check_imports(&mut self, path: &ResourcePath) {
        let Some(imports) = self.imports.wanted.get(path) else { return };
        let is_missing = |it: &&InstanceAddress| {
            !self.world.objects.expansion(&it.resource).is_some_and(|expansion| expansion.contains(it.key.as_ref()))
        };
        for address in imports.keys().filter(is_missing) {
            let detail = format!(
                "The configuration for the given import {address} does not exist. All target instances must have an \
                 associated configuration to be imported."
            );
            self.diagnostics.push(Diagnostic::error("Configuration for import target does not exist", detail));
        }
    }
}
