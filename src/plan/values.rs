//! What was evaluated already. A value is kept as soon as it is wholly known; while applying, what is still unknown is
//! evaluated again, since more objects exist.

use super::{expansion::Expansion, world::Pass};
use crate::{
    address::{ModuleAddress, Name},
    diagnostic::Span,
    expression::{references::is_shared, syntax::tree::Expression},
    value::Value,
};
use std::{cell::RefCell, collections::HashMap};

/// What has a name in a module and a value for each instance of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Named {
    Variable,
    Local,
    Output,
    /// All outputs of all instances of a module call.
    Outputs,
}

#[derive(Default)]
pub(super) struct Values {
    /// With whether the value is final.
    named: RefCell<HashMap<(Named, ModuleAddress, Name), (Value, bool)>>,
    shared: RefCell<HashMap<(ModuleAddress, Span), Shared>>,
    calls: RefCell<HashMap<(ModuleAddress, Name), Expansion>>,
    regions: RefCell<HashMap<ModuleAddress, Option<Value>>>,
}

/// What is known of an expression in one instance of its module.
#[derive(Clone)]
enum Shared {
    Value(Value),
    /// Instances of its block do not share a value.
    Differs,
}

impl Values {
    /// The value of that name, computed if nothing is kept of it. None is not kept.
    pub(super) fn named(
        &self,
        (kind, module, name): (Named, &ModuleAddress, &Name),
        pass: Pass,
        compute: impl FnOnce() -> Option<Value>,
    ) -> Option<Value> {
        let key = (kind, module.clone(), name.clone());
        if let Some((value, is_final)) = self.named.borrow().get(&key)
            && (*is_final || pass != Pass::Applying)
        {
            return Some(value.clone());
        }
        let value = compute()?;
        let is_final = value.is_wholly_known();
        self.named.borrow_mut().insert(key, (value.clone(), is_final));
        Some(value)
    }

    /// The value of an expression in some instance of its block, evaluated once if all have the same. `make` gives it, and
    /// whether nothing was wrong with it.
    pub(super) fn shared(
        &self,
        module: &ModuleAddress,
        expression: &Expression,
        pass: Pass,
        make: &mut dyn FnMut() -> (Value, bool),
    ) -> Value {
        let key = (module.clone(), expression.span);
        let known = self.shared.borrow().get(&key).cloned();
        match known {
            Some(Shared::Differs) => return make().0,
            Some(Shared::Value(value)) => return value,
            None if !is_shared(expression) => {
                self.shared.borrow_mut().insert(key, Shared::Differs);
                return make().0;
            }
            None => {}
        }
        let (value, is_fine) = make();
        if is_fine && (pass != Pass::Applying || value.is_wholly_known()) {
            self.shared.borrow_mut().insert(key, Shared::Value(value.clone()));
        }
        value
    }

    /// From now on there is more to know of what instances share.
    pub(super) fn forget_shared(&mut self) {
        self.shared.get_mut().clear();
    }

    /// How often a module call is repeated.
    pub(super) fn call(&self, module: &ModuleAddress, name: &Name, make: impl FnOnce() -> Expansion) -> Expansion {
        let key = (module.clone(), name.clone());
        if let Some(expansion) = self.calls.borrow().get(&key) {
            return expansion.clone();
        }
        let expansion = make();
        self.calls.borrow_mut().insert(key, expansion.clone());
        expansion
    }

    pub(super) fn forget_call(&self, module: &ModuleAddress, name: &Name) {
        self.calls.borrow_mut().remove(&(module.clone(), name.clone()));
    }

    /// The region that is set for a module instance. `make` fails for the root, of which nothing is kept.
    pub(super) fn region(&self, module: &ModuleAddress, make: impl FnOnce() -> Option<Option<Value>>) -> Option<Value> {
        if let Some(region) = self.regions.borrow().get(module) {
            return region.clone();
        }
        let region = make()?;
        self.regions.borrow_mut().insert(module.clone(), region.clone());
        region
    }
}

#[cfg(test)]
mod tests;
