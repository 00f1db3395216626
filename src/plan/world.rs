//! Everything that expressions can refer to, evaluated when it is asked for.
//!
//! Planning and applying use the same world: a value is evaluated once and kept as soon as it is wholly known;
//! what is still unknown is evaluated again after more objects exist.

use super::{
    checks::Checks,
    connections::Connections,
    expansion::{self, Expansion},
    meta::Metas,
    objects::Objects,
    order,
    questions::Questions,
    scope::ModuleScope,
    values::{Named, Values},
};
use crate::{
    address::{InstanceAddress, ModuleAddress, ModulePath, Name, ProviderSource, ResourceMode, ResourcePath},
    diagnostic::{Diagnostic, Diagnostics, distinct, has_errors},
    expression::{constant::constant, evaluate::evaluate, syntax::tree::Expression},
    lang::{
        configuration::{Configuration, Module, ModuleCall, Repetition, Resource},
        decode::decode,
        dependencies::{Graph, provider_for},
        load::Files,
        variables::{self, Origin},
    },
    provider::{Pace, Provider, ResourceSchema},
    schema::{Attribute, Schema, SchemaBlock, Source},
    value::{Marks, Text, Type, Value},
};
use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

/// What a run starts from; shared by planning and applying.
#[derive(Clone)]
pub struct Setting {
    pub configuration: Arc<Configuration>,
    pub graph: Arc<Graph>,
    pub files: Arc<Files>,
    pub providers: Arc<BTreeMap<ProviderSource, Arc<dyn Provider>>>,
    pub pace: Arc<dyn Pace>,
    /// The values of root variables, converted and marked.
    pub variables: Arc<BTreeMap<Name, Value>>,
    pub workspace: Name,
    /// What `timestamp()` gives, RFC 3339 in UTC; none while planning.
    pub timestamp: Option<Arc<str>>,
    /// RFC 3339, UTC: when planning began.
    pub plan_timestamp: Arc<str>,
    /// `path.cwd`: absolute.
    pub working_folder: PathBuf,
}

/// What a world is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Nothing has a value; each module and resource stands for all its instances.
    Validating,
    Planning,
    Applying,
}

pub struct World {
    pub setting: Setting,
    pub pass: Pass,
    pub(super) objects: Objects,
    pub(super) connections: Connections,
    pub(super) questions: Questions,
    pub(super) values: Values,
    /// Whether pre- and postconditions only warn: nothing is going to change.
    pub(super) lenient: bool,
    /// What became of conditions.
    pub(super) checks: RefCell<Checks>,
    /// Errors of what was evaluated on demand.
    found: RefCell<Diagnostics>,
    create_first: OnceCell<BTreeSet<ResourcePath>>,
    pub(super) metas: Metas,
}

impl World {
    pub fn new(setting: Setting, pass: Pass) -> Self {
        Self {
            setting,
            pass,
            objects: Objects::default(),
            connections: Connections::default(),
            questions: Questions::default(),
            values: Values::default(),
            lenient: false,
            checks: RefCell::default(),
            found: RefCell::default(),
            create_first: OnceCell::new(),
            metas: Metas::default(),
        }
    }

    /// From now on there is more to know: what was unknown is evaluated again.
    pub(super) fn begin_applying(&mut self) {
        self.pass = Pass::Applying;
        self.values.forget_shared();
    }

    pub fn module(&self, module: &ModuleAddress) -> Option<&Module> {
        self.setting.configuration.modules.get(&module.path())
    }

    /// Whether instances of a resource are created before the ones that they replace are destroyed.
    pub(super) fn creates_first(&self, path: &ResourcePath) -> bool {
        self.create_first.get_or_init(|| order::create_before_destroy(&self.setting)).contains(path)
    }

    /// The block that configures a resource, if there still is one.
    pub fn resource(&self, path: &ResourcePath) -> Option<&Resource> {
        self.setting.configuration.modules.get(&path.module)?.resource(path)
    }

    pub(super) fn count_found(&self) -> usize {
        self.found.borrow().len()
    }

    /// Whether there is an error among what was found after the first `count`.
    pub(super) fn found_errors_since(&self, count: usize) -> bool {
        self.found.borrow().iter().skip(count).any(Diagnostic::is_error)
    }

    /// Takes what was found wrong since the last call, as it is.
    pub(super) fn take_found(&self) -> Diagnostics {
        self.found.take()
    }

    /// Takes what was found wrong since the last call. The same error of a value that was evaluated twice comes once.
    pub fn take_diagnostics(&self) -> Diagnostics {
        distinct(self.found.take())
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// Evaluates an expression of `module`; what is wrong with it is kept for [`Self::take_diagnostics`].
    pub fn evaluate(&self, expression: &Expression, module: &ModuleAddress, repetition: &Repetition) -> Value {
        self.evaluate_in(expression, &ModuleScope { world: self, module, repetition, this: None })
    }

    pub(super) fn evaluate_in(&self, expression: &Expression, scope: &ModuleScope<'_>) -> Value {
        let mut diagnostics = Diagnostics::new();
        let value = evaluate(expression, scope, &mut diagnostics);
        self.found.borrow_mut().append(&mut diagnostics);
        value
    }

    /// `var.name`, or none if it is not declared.
    pub fn variable(&self, module: &ModuleAddress, name: &Name) -> Option<Value> {
        let declared = self.module(module)?.variables.get(name)?;
        self.values.named((Named::Variable, module, name), self.pass, || {
            let Some((parent, call, repetition)) = self.call_of(module) else {
                let value = self.setting.variables.get(name).cloned();
                let unknown = || Value::unknown(declared.ty.clone()).marked(variables::marks(declared));
                return Some(value.unwrap_or_else(unknown));
            };
            let argument = call.arguments.get(name);
            let before = self.found.borrow().len();
            let given = argument.map(|it| self.evaluate(it, &parent, &repetition));
            if has_errors(&self.found.borrow()[before..]) {
                return Some(Value::unknown(declared.ty.clone()).marked(variables::marks(declared)));
            }
            if let (Some(argument), Some(given)) = (argument, &given)
                && !declared.ephemeral
                && given.marks_within().contains(Marks::EPHEMERAL)
            {
                let detail = "This input variable is not declared as accepting ephemeral values, so it cannot be \
                              set to a result derived from an ephemeral value.";
                self.report(Diagnostic::error("Ephemeral value not allowed", detail).at(argument.span));
            }
            let origin = Origin::Call(argument.map_or(call.opening, |it| it.span));
            let sources = &self.setting.configuration.sources;
            let value = variables::prepare(declared, given, &origin, sources).unwrap_or_else(|error| {
                self.report(*error);
                Value::unknown(declared.ty.clone())
            });
            // What is said inside of a module while validating is to hold whoever calls it.
            Some(match self.pass {
                Pass::Validating => Value::unknown(declared.ty.clone()).marked(value.marks),
                _ => value,
            })
        })
    }

    /// `local.name`, or none if it is not declared.
    pub fn local(&self, module: &ModuleAddress, name: &Name) -> Option<Value> {
        let local = self.module(module)?.locals.get(name)?;
        self.values.named((Named::Local, module, name), self.pass, || {
            Some(self.evaluate(&local.value, module, &Repetition::default()))
        })
    }

    /// An output of one module instance, marked if it is declared sensitive; none if it is not declared.
    pub fn output(&self, module: &ModuleAddress, name: &Name) -> Option<Value> {
        let output = self.module(module)?.outputs.get(name)?;
        self.values.named((Named::Output, module, name), self.pass, || {
            let value = match self.stands_in_for(module) {
                Some(outputs) => outputs.get(name).cloned().unwrap_or_else(|| Value::null(Type::Any)),
                None => self.evaluate(&output.value, module, &Repetition::default()),
            };
            let sensitive = if output.sensitive { Marks::SENSITIVE } else { Marks::NONE };
            let ephemeral = if output.ephemeral { Marks::EPHEMERAL } else { Marks::NONE };
            Some(value.marked(sensitive.with(ephemeral)))
        })
    }

    /// All outputs of all instances of a module, however they are called. `make` says what that is.
    pub(super) fn all_outputs(&self, module: &ModuleAddress, call: &Name, make: impl FnOnce() -> Value) -> Value {
        self.values
            .named((Named::Outputs, module, call), self.pass, || Some(make()))
            .unwrap_or_else(|| Value::unknown(Type::Any))
    }

    /// The parent module, the call in it and the repetition of that call which made this module instance.
    pub(super) fn call_of(&self, module: &ModuleAddress) -> Option<(ModuleAddress, &ModuleCall, Repetition)> {
        let parent = module.parent()?;
        let (name, key) = module.0.last()?;
        let call = self.module(&parent)?.calls.get(name)?;
        let mut repetition = self.call_expansion(&parent, call).repetition(key.as_ref());
        if self.pass == Pass::Applying && !repetition.is_settled() {
            self.values.forget_call(&parent, name);
            repetition = self.call_expansion(&parent, call).repetition(key.as_ref());
        }
        Some((parent, call, repetition))
    }

    /// How often a module call is repeated. Its keys never change; an `each.value` that was not known is looked up
    /// again by [`Self::call_of`], for that instance, so that asking here costs nothing however many there are.
    pub fn call_expansion(&self, module: &ModuleAddress, call: &ModuleCall) -> Expansion {
        self.values.call(module, &call.name, || self.expand(module, call.count.as_ref(), call.for_each.as_ref()))
    }

    /// How often a block is repeated. While validating that stays unknown, and only the expression is looked at.
    pub(super) fn expand(
        &self,
        module: &ModuleAddress,
        count: Option<&Expression>,
        for_each: Option<&Expression>,
    ) -> Expansion {
        expansion::expand(self, module, count, for_each)
    }

    /// Every instance of a module that the configuration asks for, without those that something stands in for, and what is in them.
    pub fn instances_of(&self, path: &ModulePath) -> Vec<ModuleAddress> {
        let mut instances = vec![ModuleAddress::root()];
        for name in &path.0 {
            instances = instances.iter().flat_map(|parent| self.children(parent, name)).collect();
            instances.retain(|it| self.stands_in_for(it).is_none());
        }
        instances
    }

    /// The outputs that are told instead of those of this module instance. What is valid has to be so with and without them.
    fn stands_in_for(&self, module: &ModuleAddress) -> Option<&Value> {
        let stand_ins = &self.setting.configuration.stand_ins;
        if self.pass == Pass::Validating { None } else { stand_ins.outputs_of(module) }
    }

    fn children(&self, parent: &ModuleAddress, name: &Name) -> Vec<ModuleAddress> {
        let Some(call) = self.module(parent).and_then(|it| it.calls.get(name)) else { return Vec::new() };
        let expansion = self.call_expansion(parent, call);
        let keys = if self.pass == Pass::Validating { vec![None] } else { expansion.keys() };
        keys.into_iter().map(|key| parent.child(name, key)).collect()
    }

    /// The region that a `region` argument of the module call, or of one above it, sets.
    pub fn region_of(&self, module: &ModuleAddress) -> Option<Value> {
        self.values.region(module, || {
            let (parent, call, repetition) = self.call_of(module)?;
            Some(match &call.region {
                Some(region) => Some(self.evaluate(region, &parent, &repetition)),
                None => self.region_of(&parent),
            })
        })
    }

    /// `each` and `count` of an instance, evaluated again if `each.value` was not known before.
    pub(super) fn repetition(&mut self, address: &InstanceAddress) -> Option<Repetition> {
        let repetition = self.objects.expansion(&address.resource)?.repetition(address.key.as_ref());
        if self.pass != Pass::Applying || repetition.is_settled() {
            return Some(repetition);
        }
        let configuration = self.setting.configuration.clone();
        let path = address.resource.path();
        let key = (path.mode, path.type_name.clone(), path.name.clone());
        let resource = configuration.modules.get(&path.module)?.resources.get(&key)?;
        let expansion = self.expand(&address.resource.module, resource.count.as_ref(), resource.for_each.as_ref());
        let repetition = expansion.repetition(address.key.as_ref());
        self.objects.declare_again(&address.resource, expansion);
        Some(repetition)
    }

    /// What machines run when they start, as objects have it: the texts that are not shown to everybody.
    pub fn user_data(&self) -> BTreeSet<Text> {
        let mut texts = BTreeSet::new();
        for (address, value) in self.objects.all() {
            let path = address.path();
            let Some(resource) = self.resource(&path) else { continue };
            let source = provider_for(&self.setting.configuration, resource, &path.module).address.source;
            let Some(schema) = self.schema(&source, path.mode, &path.type_name) else { continue };
            let attributes = schema.block.attributes.iter().filter(|(_, it)| it.holds_user_data());
            texts.extend(attributes.filter_map(|(name, _)| Some(Text::from(value.get(name)?.as_str()?))));
        }
        texts.remove("");
        texts
    }

    pub fn definition(&self, source: &ProviderSource) -> Option<&Arc<dyn Provider>> {
        self.setting.providers.get(source)
    }

    pub fn resource_schema(&self, source: &ProviderSource, type_name: &str) -> Option<ResourceSchema> {
        self.definition(source)?.schemas().resource(type_name)
    }

    pub fn schema(&self, source: &ProviderSource, mode: ResourceMode, type_name: &str) -> Option<Arc<Schema>> {
        self.definition(source)?.schemas().get(mode, type_name).cloned()
    }

    /// The schema of a type that its provider knows of and cannot manage yet.
    pub fn described(&self, source: &ProviderSource, mode: ResourceMode, type_name: &str) -> Option<Arc<Schema>> {
        self.definition(source)?.described(mode, type_name)
    }

    /// The kind of the backend that the root names, and its arguments.
    pub fn backend(&self) -> Option<Result<(String, Value), Diagnostics>> {
        let backend = self.setting.configuration.root().backend.as_ref()?;
        let kind = backend.kind.text.to_string();
        if kind != "local" {
            return Some(Ok((kind, Value::null(Type::Any))));
        }
        // State is found before anything has a value.
        let mut found = Diagnostics::new();
        for attribute in &backend.body.attributes {
            constant(&attribute.value, &mut found);
        }
        if has_errors(&found) {
            return Some(Err(found));
        }
        let text = || Attribute::new(Type::String, Source::Optional);
        let attributes = [("path".into(), text()), ("workspace_dir".into(), text())].into();
        let schema = SchemaBlock { attributes, ..SchemaBlock::default() };
        let arguments = self.decode(&backend.body, &schema, &ModuleAddress::root(), &Repetition::default());
        Some(arguments.map(|it| (kind, it)))
    }

    /// Evaluates a body against a schema; errors are given back rather than kept.
    pub(super) fn decode(
        &self,
        body: &crate::expression::syntax::tree::Body,
        block: &SchemaBlock,
        module: &ModuleAddress,
        repetition: &Repetition,
    ) -> Result<Value, Diagnostics> {
        self.decode_in(body, block, &ModuleScope { world: self, module, repetition, this: None })
    }

    pub(super) fn decode_in(
        &self,
        body: &crate::expression::syntax::tree::Body,
        block: &SchemaBlock,
        scope: &ModuleScope<'_>,
    ) -> Result<Value, Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        let value = decode(body, block, scope, &mut diagnostics);
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Err(diagnostics);
        }
        self.found.borrow_mut().append(&mut diagnostics);
        Ok(value)
    }
}
