//! A configuration: the blocks of a root module and of every module it calls, decoded but not evaluated.

use super::{
    fleet::{Rollout, Said},
    source::ModuleSource,
};
use crate::{
    address::{
        InstanceAddress, InstanceKey, ModuleAddress, ModulePath, Name, ProviderAddress, ProviderSource,
        ResourceAddress, ResourceMode, ResourcePath, Target,
    },
    diagnostic::{Sources, Span},
    expression::syntax::tree::{Block, Body, Expression, Identifier},
    native::Native,
    provisioner::When,
    value::{Type, Value},
};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

#[derive(Clone, Debug, Default)]
pub struct Configuration {
    pub sources: Sources,
    /// The root module is at the empty path.
    pub modules: BTreeMap<ModulePath, Module>,
    /// What `rforge.hcl` says, where the root has one.
    pub rollout: Option<Rollout>,
    /// Which types of providers rforge serves itself.
    pub native: Native,
    /// Where `rforge.hcl` says that.
    pub said: BTreeMap<ProviderSource, Said>,
    pub stand_ins: StandIns,
}

/// The host that stand-ins come from: no provider of any registry has it, so that what a stand-in has made is never taken for
/// an object of the provider that it stands for.
pub const STAND_IN_HOST: &str = "mocks.test";

/// Whether it is the source of a stand-in.
pub fn is_stand_in(source: &ProviderSource) -> bool {
    &*source.host == STAND_IN_HOST
}

/// What is asked instead of providers while tests run, by what it is asked for. They are configured nowhere.
#[derive(Clone, Debug, Default)]
pub struct StandIns {
    pub providers: BTreeMap<ProviderAddress, ProviderSource>,
    pub resources: BTreeMap<ResourceAddress, ProviderSource>,
    pub instances: BTreeMap<InstanceAddress, ProviderSource>,
    /// The outputs of modules with nothing behind them: of one instance, or, without its last key, of all that a call makes.
    pub modules: BTreeMap<ModuleAddress, Value>,
}

impl StandIns {
    /// What this instance of a module tells instead of its outputs, if it is not to be looked into.
    pub fn outputs_of(&self, module: &ModuleAddress) -> Option<&Value> {
        if self.modules.is_empty() {
            return None;
        }
        self.modules.get(module).or_else(|| {
            let (name, _) = module.0.last()?;
            self.modules.get(&module.parent()?.child(name, None))
        })
    }

    /// What stands in for the provider of this instance alone, or of all instances of its resource.
    pub fn of(&self, instance: &InstanceAddress) -> Option<ProviderAddress> {
        let source = self.instances.get(instance).or_else(|| self.resources.get(&instance.resource))?;
        Some(stand_in(source))
    }

    /// The provider, or what stands in for it.
    pub fn for_provider(&self, address: ProviderAddress) -> ProviderAddress {
        self.providers.get(&address).map_or(address, stand_in)
    }
}

fn stand_in(source: &ProviderSource) -> ProviderAddress {
    ProviderAddress { module: ModulePath::root(), source: source.clone(), alias: None, key: None }
}

/// A constraint on the version of the language.
#[derive(Clone, Debug)]
pub struct RequiredVersion {
    pub constraint: String,
    pub value: Expression,
    /// The whole argument.
    pub span: Span,
}

#[derive(Clone, Debug, Default)]
pub struct Module {
    pub path: ModulePath,
    /// Where its files are, relative to the working directory: `path.module`.
    pub folder: PathBuf,
    /// The source as the call gives it, `""` for the root.
    pub source: String,
    pub required_version: Vec<RequiredVersion>,
    /// Local names of providers and where they come from.
    pub required_providers: BTreeMap<Name, RequiredProvider>,
    pub backend: Option<Backend>,
    pub metas: Vec<ProviderMeta>,
    /// By local name and alias.
    pub providers: BTreeMap<(Name, Option<Name>), ProviderBlock>,
    pub variables: BTreeMap<Name, Variable>,
    pub locals: BTreeMap<Name, Local>,
    pub outputs: BTreeMap<Name, Output>,
    pub calls: BTreeMap<Name, ModuleCall>,
    pub resources: BTreeMap<(ResourceMode, Name, Name), Resource>,
    pub moved: Vec<Moved>,
    pub removed: Vec<Removed>,
    pub imports: Vec<Import>,
    pub checks: BTreeMap<Name, Check>,
}

#[derive(Clone, Debug)]
pub struct RequiredProvider {
    pub source: ProviderSource,
    pub version: Option<String>,
    /// `(local name, alias)` pairs of `configuration_aliases`.
    pub aliases: Vec<(Name, Name)>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Backend {
    pub kind: Identifier,
    pub body: Arc<Body>,
    pub span: Span,
}

/// What a module has to say to a provider.
#[derive(Clone, Debug)]
pub struct ProviderMeta {
    /// The local name.
    pub name: Name,
    /// Where that is written.
    pub label: Span,
    pub body: Arc<Body>,
}

#[derive(Clone, Debug)]
pub struct ProviderBlock {
    pub name: Name,
    pub alias: Option<Name>,
    /// Only with an alias: one instance for each key.
    pub for_each: Option<Expression>,
    /// Without `alias`, `for_each` and `version`.
    pub body: Arc<Body>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Variable {
    pub name: Name,
    /// The constraint, `Any` by default, with `optional()` attributes noted in it.
    pub ty: Type,
    /// What `optional(type, default)` gives, by the path of the attribute.
    pub type_defaults: TypeDefaults,
    /// Whether `-var` and `TF_VAR_` give its text as it is, rather than an expression.
    pub literal: bool,
    pub default: Option<Value>,
    pub description: Option<String>,
    pub sensitive: bool,
    pub ephemeral: bool,
    pub nullable: bool,
    pub validations: Vec<Rule>,
    pub span: Span,
    /// Of a root variable: the expression in a file that its value is from.
    pub given: Option<Span>,
}

/// The default values of optional attributes inside a type constraint.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TypeDefaults {
    /// Of the attributes of this object.
    pub attributes: BTreeMap<Name, Value>,
    /// Of what lies below: an attribute name, or `""` for the elements of a collection.
    pub children: BTreeMap<Name, TypeDefaults>,
}

/// A `validation`, `precondition`, `postcondition` or `assert` block.
#[derive(Clone, Debug)]
pub struct Rule {
    pub condition: Expression,
    pub error_message: Expression,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Local {
    pub name: Name,
    pub value: Expression,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Output {
    pub name: Name,
    pub value: Expression,
    pub description: Option<String>,
    pub sensitive: bool,
    pub ephemeral: bool,
    pub depends_on: Vec<Expression>,
    pub preconditions: Vec<Rule>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct ModuleCall {
    pub name: Name,
    /// As it is written.
    pub source: String,
    /// What `source` means; none if it is malformed, which is reported.
    pub address: Option<ModuleSource>,
    /// Of the argument `source`, or of the block without one.
    pub source_span: Span,
    /// A version constraint, which only addresses of registries can have.
    pub version: Option<String>,
    pub count: Option<Expression>,
    pub for_each: Option<Expression>,
    /// What the child calls the provider, and what it is here.
    pub providers: Vec<(ProviderReference, ProviderReference)>,
    pub depends_on: Vec<Expression>,
    /// `region`, unless the module declares a variable of that name: the region of all it makes (ours).
    pub region: Option<Expression>,
    /// The arguments: the variables of the child.
    pub arguments: BTreeMap<Name, Expression>,
    /// The names of the arguments where they are written, and the nested blocks, of which a module has none.
    pub names: Vec<Identifier>,
    pub blocks: Vec<Block>,
    pub span: Span,
    /// Where an argument that is missing is reported.
    pub opening: Span,
}

/// `aws`, `aws.west` or, of a configuration with `for_each`, `aws.by_region[each.key]`
#[derive(Clone, Debug)]
pub struct ProviderReference {
    pub name: Name,
    pub alias: Option<Name>,
    pub key: Option<Expression>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Resource {
    pub mode: ResourceMode,
    pub type_name: Name,
    pub name: Name,
    pub count: Option<Expression>,
    pub for_each: Option<Expression>,
    pub provider: Option<ProviderReference>,
    pub depends_on: Vec<Expression>,
    pub lifecycle: Lifecycle,
    pub provisioners: Vec<Provisioner>,
    /// The arguments of the type, without the meta-arguments and blocks above.
    pub body: Arc<Body>,
    /// Its header.
    pub span: Span,
    /// The label that says its type.
    pub type_span: Span,
}

/// What runs beside an object.
#[derive(Clone, Debug)]
pub struct Provisioner {
    /// Which one: its label.
    pub kind: Identifier,
    pub when: When,
    /// `on_failure = continue`: that it fails is no error.
    pub continues: bool,
    /// The arguments of its `connection` block over those of the resource's; none if neither has one.
    pub connection: Option<Arc<Body>>,
    /// Its other arguments.
    pub body: Arc<Body>,
    /// Its header.
    pub span: Span,
}

#[derive(Clone, Debug, Default)]
pub struct Lifecycle {
    pub create_before_destroy: Option<bool>,
    /// A constant, or made of variables and local values.
    pub prevent_destroy: Option<Expression>,
    pub ignore_changes: IgnoreChanges,
    pub replace_triggered_by: Vec<Expression>,
    pub preconditions: Vec<Rule>,
    pub postconditions: Vec<Rule>,
}

#[derive(Clone, Debug, Default)]
pub enum IgnoreChanges {
    #[default]
    Nothing,
    All,
    /// Traversals relative to the resource: `tags["Name"]`, `ebs_block_device[0].size`.
    These(Vec<Expression>),
}

#[derive(Clone, Debug)]
pub struct Moved {
    /// Both relative to the module of the block, and both of a module or both of a resource.
    pub from: Target,
    pub to: Target,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Removed {
    /// A module or a resource, without instance keys, relative to the module of the block.
    pub from: Target,
    /// Whether what state has there is destroyed, or only forgotten.
    pub destroy: bool,
    /// Those of destruction.
    pub provisioners: Vec<Provisioner>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Import {
    /// A resource or an instance of one; with `for_each` its keys may be expressions.
    pub to: Expression,
    /// The resource that `to` names, in the root module's terms.
    pub resource: ResourcePath,
    pub id: Expression,
    pub for_each: Option<Expression>,
    pub provider: Option<ProviderReference>,
    /// Of the argument `provider`.
    pub provider_span: Option<Span>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Check {
    pub name: Name,
    pub data: Option<Resource>,
    pub asserts: Vec<Rule>,
    pub span: Span,
}

/// `each.key`, `each.value`, `count.index` of the instance that is being evaluated.
#[derive(Clone, Debug, Default)]
pub struct Repetition {
    pub key: Option<InstanceKey>,
    pub each_value: Option<Value>,
}

impl Repetition {
    /// Whether `each.value` is wholly known, as keys always are.
    pub fn is_settled(&self) -> bool {
        self.each_value.as_ref().is_none_or(Value::is_wholly_known)
    }
}

impl Module {
    /// The block of a resource, which may be the data source inside of a check.
    pub fn resource(&self, path: &ResourcePath) -> Option<&Resource> {
        let key = (path.mode, path.type_name.clone(), path.name.clone());
        self.resources.get(&key).or_else(|| self.check_around(path)?.data.as_ref())
    }

    /// The check that a data source belongs to, if it belongs to one.
    pub fn check_around(&self, path: &ResourcePath) -> Option<&Check> {
        let is_it =
            |data: &Resource| (data.mode, &data.type_name, &data.name) == (path.mode, &path.type_name, &path.name);
        self.checks.values().find(|check| check.data.as_ref().is_some_and(is_it))
    }
}

impl Configuration {
    pub fn root(&self) -> &Module {
        &self.modules[&ModulePath::root()]
    }
}
