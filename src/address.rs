//! Names of things in a configuration and in state: modules, resources, instances, providers.
//!
//! A *path* is static, as written in the configuration; an *address* has instance keys and names
//! one thing that exists or will. Both print and parse in Terraform's notation.

#![warn(missing_docs)]

mod parse;
mod quote;

pub use parse::ParseError;
pub use quote::{by_number, escaped, is_visible, quoted};

use std::{cmp::Ordering, fmt, sync::Arc};

/// An identifier or a map key; cheap to clone.
pub type Name = Arc<str>;

/// The key of one instance of something that has `count` or `for_each`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum InstanceKey {
    /// Its number, of `count`.
    Index(u64),
    /// Its key, of `for_each`.
    Key(Name),
}

/// A module as the configuration nests it: `module.a.module.b`, without instance keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ModulePath(pub Vec<Name>);

/// One instance of a module: `module.a[0].module.b["x"]`. The root module is the empty address.
///
/// As in Terraform's lists, the less nested comes first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct ModuleAddress(pub Arc<[(Name, Option<InstanceKey>)]>);

/// What a resource is to Terraform. Data sources are listed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum ResourceMode {
    /// A data source, which is read and never changed.
    Data,
    /// A resource, which is created, changed and deleted.
    Managed,
    /// Opened in each run that needs it; neither plan nor state holds anything of it.
    Ephemeral,
}

/// A resource block as the configuration holds it, one for all module instances.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ResourcePath {
    /// The module that it is in.
    pub module: ModulePath,
    /// Whether it is managed, read or opened.
    pub mode: ResourceMode,
    /// `aws_vpc` of `aws_vpc.main`.
    pub type_name: Name,
    /// `main` of `aws_vpc.main`.
    pub name: Name,
}

/// A resource in one module instance; its `count` or `for_each` is not applied yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ResourceAddress {
    /// The module that it is in.
    pub module: ModuleAddress,
    /// Whether it is managed, read or opened.
    pub mode: ResourceMode,
    /// `aws_vpc` of `aws_vpc.main`.
    pub type_name: Name,
    /// `main` of `aws_vpc.main`.
    pub name: Name,
}

/// One instance of a resource: what state, plan and AWS have one object for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct InstanceAddress {
    /// The resource in its module instance.
    pub resource: ResourceAddress,
    /// Its key, if the resource has `count` or `for_each`.
    pub key: Option<InstanceKey>,
}

/// What the command line can name: `-target=module.a`, `state show aws_vpc.main`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// All that is in a module instance and below it.
    Module(ModuleAddress),
    /// All its instances.
    Resource(ResourceAddress),
    /// One of its instances, or the only one.
    Instance(InstanceAddress),
}

/// Where a provider comes from: `registry.terraform.io/hashicorp/aws`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ProviderSource {
    /// The registry: `registry.terraform.io`.
    pub host: Name,
    /// Whose provider it is in the registry: `hashicorp`.
    pub namespace: Name,
    /// What it is called there: `aws`.
    pub name: Name,
}

/// A provider configuration as state names it, `module.a.provider["…/aws"].west`, or one instance of a configuration
/// that has `for_each`: `provider["…/aws"].by_region["eu-west-1"]`, as OpenTofu writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ProviderAddress {
    /// The module that it is in.
    pub module: ModulePath,
    /// Where the provider comes from.
    pub source: ProviderSource,
    /// The name of a configuration besides the default one.
    pub alias: Option<Name>,
    /// Of the instance.
    pub key: Option<Name>,
}

impl ResourceMode {
    /// Every mode, in the order of Terraform's lists.
    pub const ALL: [Self; 3] = [Self::Data, Self::Managed, Self::Ephemeral];

    /// As state and JSON name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Managed => "managed",
            Self::Ephemeral => "ephemeral",
        }
    }
    /// The kind of block that declares it.
    pub fn block(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Managed => "resource",
            Self::Ephemeral => "ephemeral",
        }
    }
    /// What stands before the type in an address: `data.`, `ephemeral.` or nothing.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Data => "data.",
            Self::Managed => "",
            Self::Ephemeral => "ephemeral.",
        }
    }
}

impl ModulePath {
    /// The root module.
    pub fn root() -> Self {
        Self::default()
    }
    /// Whether it is the root module.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }
    /// The module that a call of this name leads to.
    pub fn child(&self, name: &Name) -> Self {
        let mut path = self.0.clone();
        path.push(name.clone());
        Self(path)
    }
    /// The module that calls it; the root module has none.
    pub fn parent(&self) -> Option<Self> {
        let (_, parents) = self.0.split_last()?;
        Some(Self(parents.to_vec()))
    }
}

impl ModuleAddress {
    /// The root module.
    pub fn root() -> Self {
        Self::default()
    }
    /// Whether it is the root module.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }
    /// The instance with this key of the module that a call of this name leads to.
    pub fn child(&self, name: &Name, key: Option<InstanceKey>) -> Self {
        Self(self.0.iter().cloned().chain([(name.clone(), key)]).collect())
    }
    /// The module instance that calls it; the root module has none.
    pub fn parent(&self) -> Option<Self> {
        let (_, parents) = self.0.split_last()?;
        Some(Self(parents.into()))
    }
    /// The module instance around it that lies `depth` calls below the root; itself where it does not lie deeper.
    pub fn outer(&self, depth: usize) -> Self {
        if depth >= self.0.len() { self.clone() } else { Self(self.0[..depth].into()) }
    }
    /// The same module without its instance keys.
    pub fn path(&self) -> ModulePath {
        ModulePath(self.0.iter().map(|(name, _)| name.clone()).collect())
    }
    /// Whether `self` is `other` or lies above it.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }
}

impl Ord for ModuleAddress {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for ModuleAddress {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl ResourceAddress {
    /// The block that declares it.
    pub fn path(&self) -> ResourcePath {
        ResourcePath {
            module: self.module.path(),
            mode: self.mode,
            type_name: self.type_name.clone(),
            name: self.name.clone(),
        }
    }
    /// Its instance with this key.
    pub fn instance(&self, key: Option<InstanceKey>) -> InstanceAddress {
        InstanceAddress { resource: self.clone(), key }
    }
}

impl ResourcePath {
    /// The same resource in one instance of its module.
    pub fn within(&self, module: &ModuleAddress) -> ResourceAddress {
        ResourceAddress {
            module: module.clone(),
            mode: self.mode,
            type_name: self.type_name.clone(),
            name: self.name.clone(),
        }
    }
}

impl ProviderAddress {
    /// The configuration that this is, or is an instance of.
    pub fn configuration(&self) -> Self {
        Self { key: None, ..self.clone() }
    }
    /// Whether both are the same configuration, or instances of it.
    pub fn is_same_configuration(&self, other: &Self) -> bool {
        (&self.module, &self.source, &self.alias) == (&other.module, &other.source, &other.alias)
    }
}

impl ProviderSource {
    /// A provider of the `hashicorp` namespace, as an unqualified local name implies.
    pub fn hashicorp(name: &str) -> Self {
        Self { host: "registry.terraform.io".into(), namespace: "hashicorp".into(), name: name.into() }
    }
    /// `terraform.io/builtin/terraform`, the home of `terraform_data`.
    pub fn builtin() -> Self {
        Self { host: "terraform.io".into(), namespace: "builtin".into(), name: "terraform".into() }
    }
    /// Whether it is part of Terraform itself.
    pub fn is_builtin(&self) -> bool {
        &*self.host == "terraform.io" && &*self.namespace == "builtin"
    }
}

impl fmt::Display for InstanceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Key(key) => write!(f, "[{}]", quoted(key)),
        }
    }
}

impl fmt::Display for ModulePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, name) in self.0.iter().enumerate() {
            write!(f, "{}module.{name}", if position == 0 { "" } else { "." })?;
        }
        Ok(())
    }
}

impl fmt::Display for ModuleAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (name, key)) in self.0.iter().enumerate() {
            write!(f, "{}module.{name}", if position == 0 { "" } else { "." })?;
            if let Some(key) = key {
                write!(f, "{key}")?;
            }
        }
        Ok(())
    }
}

fn resource(f: &mut fmt::Formatter<'_>, root: bool, mode: ResourceMode, type_name: &str, name: &str) -> fmt::Result {
    let dot = if root { "" } else { "." };
    write!(f, "{dot}{}{type_name}.{name}", mode.prefix())
}

impl fmt::Display for ResourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.module.fmt(f)?;
        resource(f, self.module.is_root(), self.mode, &self.type_name, &self.name)
    }
}

impl fmt::Display for ResourceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.module.fmt(f)?;
        resource(f, self.module.is_root(), self.mode, &self.type_name, &self.name)
    }
}

impl fmt::Display for InstanceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.resource.fmt(f)?;
        self.key.as_ref().map_or(Ok(()), |key| key.fmt(f))
    }
}

impl fmt::Display for ProviderSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.host, self.namespace, self.name)
    }
}

impl fmt::Display for ProviderAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dot = if self.module.is_root() { "" } else { "." };
        write!(f, "{}{dot}provider[\"{}\"]", self.module, self.source)?;
        self.alias.as_ref().map_or(Ok(()), |alias| write!(f, ".{alias}"))?;
        self.key.as_ref().map_or(Ok(()), |key| write!(f, "[{}]", quoted(key)))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Module(module) => module.fmt(f),
            Self::Resource(resource) => resource.fmt(f),
            Self::Instance(instance) => instance.fmt(f),
        }
    }
}

impl Target {
    /// Whether `address` is what this names or lies inside. A module or resource without a key stands for all of
    /// its instances.
    pub fn contains(&self, address: &InstanceAddress) -> bool {
        let found = &address.resource;
        let is_in = |outer: &ModuleAddress| {
            let mut steps = outer.0.iter().zip(found.module.0.iter());
            outer.0.len() <= found.module.0.len()
                && steps.all(|((name, key), (inner, inner_key))| name == inner && (key.is_none() || key == inner_key))
        };
        let is_resource = |it: &ResourceAddress| {
            (it.mode, &it.type_name, &it.name) == (found.mode, &found.type_name, &found.name)
                && it.module.0.len() == found.module.0.len()
                && is_in(&it.module)
        };
        match self {
            Self::Module(module) => is_in(module),
            Self::Resource(resource) => is_resource(resource),
            Self::Instance(instance) => instance.key == address.key && is_resource(&instance.resource),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `terraform plan` of 1.11.4 listed them.
    #[test]
    fn addresses_sort_as_in_terraform() {
        let expected = [
            "data.t_d.s",
            "t_d.b[\"10\"]",
            "t_d.b[\"9\"]",
            "t_d.b[\"a\"]",
            "t_d.z[2]",
            "t_d.z[10]",
            "module.a[2].t_d.i",
            "module.a[10].t_d.i",
            "module.zz.t_d.i",
            "module.a[10].module.n.t_d.deep",
            "module.zz.module.n.t_d.deep",
        ];
        let mut addresses: Vec<InstanceAddress> = expected.iter().rev().map(|it| it.parse().unwrap()).collect();
        addresses.sort();
        assert_eq!(addresses.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn targets_contain_what_lies_inside() {
        let cases = [
            ("module.a", "module.a.t_d.x", true),
            ("module.a", "module.a[0].module.b.data.t_d.x[1]", true),
            ("module.a[0]", "module.a[1].t_d.x", false),
            ("module.a.module.b", "module.a.t_d.x", false),
            ("t_d.x", "t_d.x[\"k\"]", true),
            ("t_d.x", "data.t_d.x", false),
            ("t_d.x", "module.a.t_d.x", false),
            ("module.a.t_d.x", "module.a[3].t_d.x[0]", true),
            ("t_d.x[0]", "t_d.x[0]", true),
            ("t_d.x[0]", "t_d.x[1]", false),
            ("t_d.x[0]", "t_d.x", false),
        ];
        for (target, address, expected) in cases {
            let target: Target = target.parse().unwrap();
            assert_eq!(target.contains(&address.parse().unwrap()), expected, "{target} {address}");
        }
    }
}
