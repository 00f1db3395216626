//! Everything that expressions can refer to, evaluated when it is asked for.
//!
//! Planning and applying use the same world: a value is evaluated once and kept as soon as it is wholly known;
//! what is still unknown is evaluated again after more objects exist.

use super::{
    ProviderKey,
    checks::Checks,
    expansion::{self, Expansion},
    order,
    problem::refused,
    scope::ModuleScope,
};
use crate::{
    address::{
        InstanceAddress, InstanceKey, ModuleAddress, ModulePath, Name, ProviderSource, ResourceAddress, ResourceMode,
        ResourcePath,
    },
    diagnostic::{Diagnostic, Diagnostics, Span, distinct, has_errors},
    lang::{
        configuration::{Configuration, Module, ModuleCall, Repetition, Resource},
        constant::constant,
        decode::decode,
        dependencies::{Graph, provider_block},
        evaluate::evaluate,
        load::Files,
        references::is_shared,
        syntax::tree::Expression,
        variables::{self, Origin},
    },
    provider::{ConfiguredProvider, Pace, Problem, Provider, ResourceSchema, Whole},
    schema::{Attribute, Schema, SchemaBlock, Source},
    value::{Marks, Type, Value},
};
use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet, HashMap},
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
    resources: HashMap<ResourceAddress, Instances>,
    configured: RefCell<HashMap<ProviderKey, Arc<dyn ConfiguredProvider>>>,
    cache: RefCell<Cache>,
    /// Whether pre- and postconditions only warn: nothing is going to change.
    pub(super) lenient: bool,
    /// What became of conditions.
    pub(super) checks: RefCell<Checks>,
    /// Errors of what was evaluated on demand.
    found: RefCell<Diagnostics>,
    create_first: OnceCell<BTreeSet<ResourcePath>>,
}

/// The instances of a resource and what they are now, or will be.
#[derive(Default)]
struct Instances {
    expansion: Expansion,
    values: BTreeMap<Option<InstanceKey>, Value>,
    /// All of them as one tuple or object, built when first referred to.
    whole: RefCell<Option<Value>>,
}

/// What is known of an expression in one instance of its module.
#[derive(Clone)]
enum Shared {
    Value(Value),
    /// Instances of its block do not share a value.
    Differs,
}

type Evaluated = HashMap<(ModuleAddress, Name), (Value, bool)>;

#[derive(Default)]
struct Cache {
    variables: Evaluated,
    locals: Evaluated,
    outputs: Evaluated,
    /// Of module calls that are repeated.
    wholes: Evaluated,
    calls: HashMap<(ModuleAddress, Name), Expansion>,
    shared: HashMap<(ModuleAddress, Span), Shared>,
    regions: HashMap<ModuleAddress, Option<Value>>,
    /// Of provider configurations.
    providers: HashMap<ProviderKey, Expansion>,
}

impl World {
    pub fn new(setting: Setting, pass: Pass) -> Self {
        Self {
            setting,
            pass,
            resources: HashMap::new(),
            configured: RefCell::default(),
            cache: RefCell::default(),
            lenient: false,
            checks: RefCell::default(),
            found: RefCell::default(),
            create_first: OnceCell::new(),
        }
    }

    /// From now on there is more to know: what was unknown is evaluated again.
    pub(super) fn begin_applying(&mut self) {
        self.pass = Pass::Applying;
        self.cache.get_mut().shared.clear();
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

    fn cached(
        &self,
        of: fn(&mut Cache) -> &mut Evaluated,
        module: &ModuleAddress,
        name: &Name,
        compute: impl FnOnce() -> Option<Value>,
    ) -> Option<Value> {
        let key = (module.clone(), name.clone());
        if let Some((value, settled)) = of(&mut self.cache.borrow_mut()).get(&key)
            && (*settled || self.pass != Pass::Applying)
        {
            return Some(value.clone());
        }
        let value = compute()?;
        let settled = value.is_wholly_known();
        of(&mut self.cache.borrow_mut()).insert(key, (value.clone(), settled));
        Some(value)
    }

    /// `var.name`, or none if it is not declared.
    pub fn variable(&self, module: &ModuleAddress, name: &Name) -> Option<Value> {
        let declared = self.module(module)?.variables.get(name)?;
        self.cached(
            |cache| &mut cache.variables,
            module,
            name,
            || {
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
            },
        )
    }

    /// `local.name`, or none if it is not declared.
    pub fn local(&self, module: &ModuleAddress, name: &Name) -> Option<Value> {
        let local = self.module(module)?.locals.get(name)?;
        self.cached(
            |cache| &mut cache.locals,
            module,
            name,
            || Some(self.evaluate(&local.value, module, &Repetition::default())),
        )
    }

    /// An output of one module instance, marked if it is declared sensitive; none if it is not declared.
    pub fn output(&self, module: &ModuleAddress, name: &Name) -> Option<Value> {
        let output = self.module(module)?.outputs.get(name)?;
        self.cached(
            |cache| &mut cache.outputs,
            module,
            name,
            || {
                let value = self.evaluate(&output.value, module, &Repetition::default());
                let sensitive = if output.sensitive { Marks::SENSITIVE } else { Marks::NONE };
                let ephemeral = if output.ephemeral { Marks::EPHEMERAL } else { Marks::NONE };
                Some(value.marked(sensitive.with(ephemeral)))
            },
        )
    }

    /// The value of an expression in some instance of its block, evaluated once if all have the same.
    pub(super) fn shared(
        &self,
        module: &ModuleAddress,
        expression: &Expression,
        make: &mut dyn FnMut() -> (Value, bool),
    ) -> Value {
        let key = (module.clone(), expression.span);
        let known = self.cache.borrow().shared.get(&key).cloned();
        match known {
            Some(Shared::Differs) => return make().0,
            Some(Shared::Value(value)) => return value,
            None if !is_shared(expression) => {
                self.cache.borrow_mut().shared.insert(key, Shared::Differs);
                return make().0;
            }
            None => {}
        }
        let (value, is_fine) = make();
        if is_fine && (self.pass != Pass::Applying || value.is_wholly_known()) {
            self.cache.borrow_mut().shared.insert(key, Shared::Value(value.clone()));
        }
        value
    }

    /// All outputs of all instances of a module, however they are called. `make` says what that is.
    pub(super) fn all_outputs(&self, module: &ModuleAddress, call: &Name, make: impl FnOnce() -> Value) -> Value {
        self.cached(|cache| &mut cache.wholes, module, call, || Some(make()))
            .unwrap_or_else(|| Value::unknown(Type::Any))
    }

    /// The parent module, the call in it and the repetition of that call which made this module instance.
    pub(super) fn call_of(&self, module: &ModuleAddress) -> Option<(ModuleAddress, &ModuleCall, Repetition)> {
        let parent = module.parent()?;
        let (name, key) = module.0.last()?;
        let call = self.module(&parent)?.calls.get(name)?;
        let mut repetition = self.call_expansion(&parent, call).repetition(key.as_ref());
        if self.pass == Pass::Applying && !repetition.is_settled() {
            self.cache.borrow_mut().calls.remove(&(parent.clone(), name.clone()));
            repetition = self.call_expansion(&parent, call).repetition(key.as_ref());
        }
        Some((parent, call, repetition))
    }

    /// How often a module call is repeated. Its keys never change; an `each.value` that was not known is looked up
    /// again by [`Self::call_of`], for that instance, so that asking here costs nothing however many there are.
    pub fn call_expansion(&self, module: &ModuleAddress, call: &ModuleCall) -> Expansion {
        let key = (module.clone(), call.name.clone());
        if let Some(expansion) = self.cache.borrow().calls.get(&key) {
            return expansion.clone();
        }
        let expansion = self.expand(module, call.count.as_ref(), call.for_each.as_ref());
        self.cache.borrow_mut().calls.insert(key, expansion.clone());
        expansion
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

    /// Every instance of a module that the configuration asks for.
    pub fn instances_of(&self, path: &ModulePath) -> Vec<ModuleAddress> {
        let mut instances = vec![ModuleAddress::root()];
        for name in &path.0 {
            instances = instances.iter().flat_map(|parent| self.children(parent, name)).collect();
        }
        instances
    }

    fn children(&self, parent: &ModuleAddress, name: &Name) -> Vec<ModuleAddress> {
        let Some(call) = self.module(parent).and_then(|it| it.calls.get(name)) else { return Vec::new() };
        let expansion = self.call_expansion(parent, call);
        let keys = if self.pass == Pass::Validating { vec![None] } else { expansion.keys() };
        keys.into_iter().map(|key| parent.child(name, key)).collect()
    }

    /// The region that a `region` argument of the module call, or of one above it, sets.
    pub fn region_of(&self, module: &ModuleAddress) -> Option<Value> {
        if let Some(region) = self.cache.borrow().regions.get(module) {
            return region.clone();
        }
        let (parent, call, repetition) = self.call_of(module)?;
        let region = match &call.region {
            Some(region) => Some(self.evaluate(region, &parent, &repetition)),
            None => self.region_of(&parent),
        };
        self.cache.borrow_mut().regions.insert(module.clone(), region.clone());
        region
    }

    /// Says how often a resource is repeated; its instances get their values by [`Self::complete`].
    pub fn declare(&mut self, address: ResourceAddress, expansion: Expansion) {
        self.resources.insert(address, Instances { expansion, ..Instances::default() });
    }

    /// Tells what an instance is now, or will be, so that later evaluations see it. None: it is gone.
    pub fn complete(&mut self, address: &InstanceAddress, value: Option<Value>) {
        let Some(instances) = self.resources.get_mut(&address.resource) else { return };
        instances.whole.take();
        let value = value.map(|it| it.marked(marks_of(address.resource.mode)));
        match value {
            Some(value) => instances.values.insert(address.key.clone(), value),
            None => instances.values.remove(&address.key),
        };
    }

    /// `each` and `count` of an instance, evaluated again if `each.value` was not known before.
    pub(super) fn repetition(&mut self, address: &InstanceAddress) -> Option<Repetition> {
        let repetition = self.expansion(&address.resource)?.repetition(address.key.as_ref());
        if self.pass != Pass::Applying || repetition.is_settled() {
            return Some(repetition);
        }
        let configuration = self.setting.configuration.clone();
        let path = address.resource.path();
        let key = (path.mode, path.type_name.clone(), path.name.clone());
        let resource = configuration.modules.get(&path.module)?.resources.get(&key)?;
        let expansion = self.expand(&address.resource.module, resource.count.as_ref(), resource.for_each.as_ref());
        let repetition = expansion.repetition(address.key.as_ref());
        self.resources.get_mut(&address.resource)?.expansion = expansion;
        Some(repetition)
    }

    pub fn expansion(&self, address: &ResourceAddress) -> Option<&Expansion> {
        self.resources.get(address).map(|it| &it.expansion)
    }

    pub fn instance(&self, address: &InstanceAddress) -> Option<&Value> {
        self.resources.get(&address.resource)?.values.get(&address.key)
    }

    /// What a reference to the whole resource gives: an object, a tuple (count) or an object by key (for_each).
    pub(super) fn whole(&self, address: &ResourceAddress) -> Option<Value> {
        let instances = self.resources.get(address)?;
        if let Some(whole) = &*instances.whole.borrow() {
            return Some(whole.clone());
        }
        let unknown = || Value::unknown(Type::Any).marked(marks_of(address.mode));
        let of = |key: Option<InstanceKey>| instances.values.get(&key).cloned().unwrap_or_else(unknown);
        let whole = match &instances.expansion {
            Expansion::Single => of(None),
            Expansion::Unknown => unknown(),
            Expansion::Count(count) => Value::tuple((0..*count).map(|at| of(Some(InstanceKey::Index(at)))).collect()),
            Expansion::Each(entries) => {
                let entries = entries.keys().map(|key| (key.clone(), of(Some(InstanceKey::Key(key.clone())))));
                Value::object(entries.collect())
            }
        };
        *instances.whole.borrow_mut() = Some(whole.clone());
        Some(whole)
    }

    pub fn definition(&self, source: &ProviderSource) -> Option<&Arc<dyn Provider>> {
        self.setting.providers.get(source)
    }

    pub fn resource_schema(&self, source: &ProviderSource, type_name: &str) -> Option<&ResourceSchema> {
        self.definition(source)?.schemas().resources.get(type_name)
    }

    pub fn schema(&self, source: &ProviderSource, mode: ResourceMode, type_name: &str) -> Option<Arc<Schema>> {
        self.definition(source)?.schemas().get(mode, type_name).cloned()
    }

    /// The schema of a type that its provider knows of and cannot manage yet.
    pub fn described(&self, source: &ProviderSource, mode: ResourceMode, type_name: &str) -> Option<Arc<Schema>> {
        self.definition(source)?.described(mode, type_name)
    }

    /// The provider with its configuration evaluated. Kept once that is wholly known.
    pub fn provider(&self, key: &ProviderKey) -> Result<Arc<dyn ConfiguredProvider>, Diagnostics> {
        if let Some(provider) = self.configured.borrow().get(key) {
            return Ok(provider.clone());
        }
        let source = &key.address.source;
        let Some(definition) = self.definition(source) else {
            return Err(vec![unknown_provider(source)]);
        };
        let block = provider_block(&self.setting.configuration, &key.address);
        let schema = &definition.schemas().provider.block;
        let empty = crate::lang::syntax::tree::Body::default();
        let body = block.map_or(&empty, |it| &*it.body);
        let Some(repetition) = self.provider_repetition(key) else {
            // Why nobody knows the instances is reported.
            let is_known = self.provider_instances(key) != Expansion::Unknown;
            let detail = format!("There is no provider instance {}.", key.address);
            return Err(is_known
                .then(|| Diagnostic::error("Provider instance not present", detail))
                .into_iter()
                .collect());
        };
        let config = self.decode(body, schema, &key.module, &repetition)?;
        let refused = refused(&**definition, body, &config);
        if has_errors(&refused) {
            return Err(refused);
        }
        let known = config.is_wholly_known();
        let configured = definition
            .configure(&config, self.setting.pace.clone())
            .map_err(|problem| vec![super::sensitive::conceal(self.diagnose_provider(key, &problem), &config)])?;
        let provider: Arc<dyn ConfiguredProvider> = Arc::new(Whole { definition: definition.clone(), configured });
        if known {
            self.configured.borrow_mut().insert(key.clone(), provider.clone());
        }
        Ok(provider)
    }

    pub(super) fn cached_provider_instances(&self, configuration: &ProviderKey) -> Option<Expansion> {
        self.cache.borrow().providers.get(configuration).cloned()
    }

    pub(super) fn cache_provider_instances(&self, configuration: ProviderKey, instances: Expansion) {
        self.cache.borrow_mut().providers.insert(configuration, instances);
    }

    /// The providers whose configuration is wholly known.
    pub fn configured(&self) -> Vec<(ProviderKey, Arc<dyn ConfiguredProvider>)> {
        let configured = self.configured.borrow();
        let mut all: Vec<_> = configured.iter().map(|(key, provider)| (key.clone(), provider.clone())).collect();
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        all
    }

    /// A problem of a provider as a whole, at its block.
    pub fn diagnose_provider(&self, key: &ProviderKey, problem: &Problem) -> Diagnostic {
        let block = provider_block(&self.setting.configuration, &key.address);
        let empty = crate::lang::syntax::tree::Body::default();
        let body = block.map_or(&empty, |it| &*it.body);
        super::problem::diagnostic(problem, body, block.map(|it| it.body.opening())).on(&key.address)
    }

    /// The provider, if its configuration is wholly known.
    pub fn settled_provider(&self, key: &ProviderKey) -> Result<Option<Arc<dyn ConfiguredProvider>>, Diagnostics> {
        self.provider(key)?;
        Ok(self.configured.borrow().get(key).cloned())
    }

    /// Evaluates a provider's configuration without connecting anything; errors are kept.
    pub(super) fn check_provider(&self, key: &ProviderKey) {
        let Some(definition) = self.definition(&key.address.source) else {
            return self.report(unknown_provider(&key.address.source));
        };
        let Some(block) = provider_block(&self.setting.configuration, &key.address) else { return };
        self.provider_instances(key);
        let schema = &definition.schemas().provider.block;
        let found = match self.decode(&block.body, schema, &key.module, &Repetition::default()) {
            Ok(config) => refused(&**definition, &block.body, &config),
            Err(found) => found,
        };
        self.found.borrow_mut().extend(found);
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
        body: &crate::lang::syntax::tree::Body,
        block: &SchemaBlock,
        module: &ModuleAddress,
        repetition: &Repetition,
    ) -> Result<Value, Diagnostics> {
        self.decode_in(body, block, &ModuleScope { world: self, module, repetition, this: None })
    }

    pub(super) fn decode_in(
        &self,
        body: &crate::lang::syntax::tree::Body,
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

/// What everything has that a resource of this mode gives.
pub(super) fn marks_of(mode: ResourceMode) -> Marks {
    if mode == ResourceMode::Ephemeral { Marks::EPHEMERAL } else { Marks::NONE }
}

fn unknown_provider(source: &ProviderSource) -> Diagnostic {
    Diagnostic::error(
        "Provider not available",
        format!("rforge has no provider {source}. Its providers are built in: there is nothing to download."),
    )
    .hint("Remove the resources of this provider, or manage them with Terraform in another configuration.")
}
