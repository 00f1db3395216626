//! The addresses that one end of a `moved` block stands for.

use crate::address::{InstanceKey, ModuleAddress, ModulePath, Name, ResourceAddress, ResourceMode, Target};
use std::fmt;

/// An address from the root, with places that any key fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) modules: Vec<(Name, Key)>,
    /// None: it is about the module.
    pub(super) resource: Option<(ResourceMode, Name, Name, Key)>,
    /// How many of `modules` lead to the module that the block stands in.
    depth: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Of the module that the block stands in, or of all instances of what moves as a whole.
    Any,
    Exactly(Option<InstanceKey>),
}

impl Key {
    fn fits(&self, key: Option<&InstanceKey>) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(own) => own.as_ref() == key,
        }
    }

    fn meets(&self, other: &Self) -> bool {
        *self == Self::Any || *other == Self::Any || self == other
    }
}

/// Both ends of a block in `module`. An end without a key stands for all instances if the other end has none either,
/// otherwise for the one instance without a key.
pub(super) fn pair(module: &ModulePath, from: &Target, to: &Target) -> (Pattern, Pattern) {
    let has_key = |target: &Target| match target {
        Target::Module(module) => module.0.last().is_some_and(|(_, key)| key.is_some()),
        Target::Resource(_) => false,
        Target::Instance(_) => true,
    };
    let whole = !has_key(from) && !has_key(to);
    (pattern(module, from, whole), pattern(module, to, whole))
}

fn pattern(within: &ModulePath, target: &Target, whole: bool) -> Pattern {
    let last = |key: Option<InstanceKey>| if whole { Key::Any } else { Key::Exactly(key) };
    let (module, resource, key) = match target {
        Target::Module(module) => (module, None, None),
        Target::Resource(resource) => (&resource.module, Some(resource), None),
        Target::Instance(instance) => (&instance.resource.module, Some(&instance.resource), instance.key.clone()),
    };
    let mut modules: Vec<(Name, Key)> = within.0.iter().map(|name| (name.clone(), Key::Any)).collect();
    modules.extend(module.0.iter().map(|(name, key)| (name.clone(), Key::Exactly(key.clone()))));
    if let (None, Some((_, key)), Some((_, given))) = (resource, modules.last_mut(), module.0.last()) {
        *key = last(given.clone());
    }
    let resource = resource.map(|it| (it.mode, it.type_name.clone(), it.name.clone(), last(key)));
    Pattern { modules, resource, depth: within.0.len() }
}

impl Pattern {
    pub(super) fn is_module(&self) -> bool {
        self.resource.is_none()
    }

    /// The module that the block stands in.
    pub(super) fn module(&self) -> ModulePath {
        ModulePath(self.modules[..self.depth].iter().map(|(name, _)| name.clone()).collect())
    }

    /// The key that an instance must have; none if it is about a whole resource or about a module.
    pub(super) fn instance_key(&self) -> Option<&Option<InstanceKey>> {
        match &self.resource {
            Some((.., Key::Exactly(key))) => Some(key),
            _ => None,
        }
    }

    /// Whether all instances of a resource or of a module call are meant.
    pub(super) fn is_whole(&self) -> bool {
        self.last_key() == Some(&Key::Any)
    }

    pub(super) fn last_key(&self) -> Option<&Key> {
        match &self.resource {
            Some((.., key)) => Some(key),
            None => self.modules.last().map(|(_, key)| key),
        }
    }

    /// The one module instance that it is or is in, if it is one.
    pub(super) fn only_module(&self) -> Option<ModuleAddress> {
        let step = |(name, key): &(Name, Key)| match key {
            Key::Any => None,
            Key::Exactly(key) => Some((name.clone(), key.clone())),
        };
        Some(ModuleAddress(self.modules.iter().map(step).collect::<Option<_>>()?))
    }

    /// Whether one address can be what both stand for.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.modules.len() == other.modules.len()
            && begins(&other.modules, &self.modules)
            && match (&self.resource, &other.resource) {
                (None, None) => true,
                (Some(a), Some(b)) => (a.0, &a.1, &a.2) == (b.0, &b.1, &b.2) && a.3.meets(&b.3),
                _ => false,
            }
    }

    /// Whether `outer` is a module, and this something inside of it.
    pub(super) fn is_within(&self, outer: &Self) -> bool {
        let deeper = self.resource.is_some() || self.modules.len() > outer.modules.len();
        outer.is_module() && deeper && begins(&outer.modules, &self.modules)
    }

    /// Whether it is about this resource or an instance of it.
    pub(super) fn selects(&self, address: &ResourceAddress) -> bool {
        self.resource.as_ref().is_some_and(|(mode, type_name, name, _)| {
            (*mode, type_name, name) == (address.mode, &address.type_name, &address.name)
                && self.modules.len() == address.module.0.len()
                && self.leads_to(&address.module)
        })
    }

    fn leads_to(&self, module: &ModuleAddress) -> bool {
        self.modules.len() <= module.0.len()
            && self
                .modules
                .iter()
                .zip(module.0.iter())
                .all(|((name, key), found)| *name == found.0 && key.fits(found.1.as_ref()))
    }

    /// The resource that it is about, in a module instance.
    pub(super) fn resource_in(&self, module: ModuleAddress) -> Option<ResourceAddress> {
        let (mode, type_name, name, _) = self.resource.as_ref()?;
        Some(ResourceAddress { module, mode: *mode, type_name: type_name.clone(), name: name.clone() })
    }

    /// Where `module`, which is what this stands for or lies inside, comes to lie if this moves to `to`.
    pub(super) fn destination(&self, to: &Self, module: &ModuleAddress) -> Option<ModuleAddress> {
        if !self.is_module() || !self.leads_to(module) {
            return None;
        }
        let (_, own) = &module.0[self.modules.len() - 1];
        let inside = &module.0[self.modules.len()..];
        Some(ModuleAddress(to.steps(module, own).chain(inside.iter().cloned()).collect()))
    }

    /// Where the resource, which this [selects](Self::selects), comes to lie if this moves to `to`.
    pub(super) fn resource_destination(&self, to: &Self, address: &ResourceAddress) -> Option<ResourceAddress> {
        to.resource_in(ModuleAddress(to.steps(&address.module, &None).collect()))
    }

    /// The modules of this pattern where the block stands in the instance that `module` lies in, and where what moves
    /// as a whole keeps the key that it has.
    fn steps(
        &self,
        module: &ModuleAddress,
        own: &Option<InstanceKey>,
    ) -> impl Iterator<Item = (Name, Option<InstanceKey>)> {
        self.modules.iter().enumerate().map(|(at, (name, key))| match key {
            Key::Exactly(key) => (name.clone(), key.clone()),
            Key::Any if at < self.depth => module.0[at].clone(),
            Key::Any => (name.clone(), own.clone()),
        })
    }

    /// The address where the block stands in this instance of its module; a whole is named without a key.
    pub(super) fn within(&self, module: &ModuleAddress) -> Target {
        let modules = ModuleAddress(self.steps(module, &None).collect());
        match &self.resource {
            None => Target::Module(modules),
            Some((mode, type_name, name, key)) => {
                let resource =
                    ResourceAddress { module: modules, mode: *mode, type_name: type_name.clone(), name: name.clone() };
                match key {
                    Key::Any => Target::Resource(resource),
                    Key::Exactly(key) => Target::Instance(resource.instance(key.clone())),
                }
            }
        }
    }
}

fn begins(outer: &[(Name, Key)], inner: &[(Name, Key)]) -> bool {
    outer.len() <= inner.len() && outer.iter().zip(inner).all(|(a, b)| a.0 == b.0 && a.1.meets(&b.1))
}

impl fmt::Display for Pattern {
    /// `module.a[*].aws_vpc.b`: the module that the block stands in with `[*]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (name, _)) in self.modules[..self.depth].iter().enumerate() {
            write!(f, "{}module.{name}[*]", if position == 0 { "" } else { "." })?;
        }
        let relative = Self { modules: self.modules[self.depth..].to_vec(), resource: self.resource.clone(), depth: 0 };
        write!(f, "{}{}", if self.depth == 0 { "" } else { "." }, relative.within(&ModuleAddress::root()))
    }
}
