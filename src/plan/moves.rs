//! `moved` blocks: objects that state holds under one address and the configuration has under another.
//!
//! Before anything is planned, state is rewritten as if its objects had always been where the configuration has them
//! now. Terraform's rules: statements form chains in which the innermost address moves first; what is in the way
//! stays, and what would have moved there stays too; `x` and `x[0]` change into each other without a statement.

mod check;
mod convert;
mod pattern;

use crate::{
    address::{InstanceAddress, InstanceKey, Mode, ModuleAddress, ResourceAddress},
    diagnostic::{Diagnostic, Diagnostics, Span},
    graph,
    lang::configuration::Configuration,
    state::{Instance, Resource, State},
};
pub(super) use check::check;
pub(super) use convert::convert;
use pattern::Pattern;
use std::collections::{BTreeMap, BTreeSet};

/// One `moved` block, with addresses from the root.
struct Statement {
    from: Pattern,
    to: Pattern,
    span: Span,
}

/// What the moves of a configuration came to.
#[derive(Default)]
pub(super) struct Moves {
    /// The address that state has an object under, by the one that it is planned under.
    pub from: BTreeMap<InstanceAddress, InstanceAddress>,
    /// `(from, to)` of what could not move because something was there.
    blocked: BTreeSet<(String, String)>,
    pub diagnostics: Diagnostics,
}

/// Moves the objects of `state`. Statements that form a cycle move nothing.
pub(super) fn apply(configuration: &Configuration, state: &mut State) -> Moves {
    let statements = statements(configuration);
    let mut edges = Vec::new();
    for (later, a) in statements.iter().enumerate() {
        for (earlier, b) in statements.iter().enumerate() {
            if later != earlier && waits(a, b) {
                edges.push((earlier, later));
            }
        }
    }
    let mut moves = Moves::default();
    match graph::order(statements.len(), &edges) {
        Err(cycles) => {
            moves.diagnostics = cycles.iter().map(|it| check::cycle(configuration, &statements, it)).collect();
        }
        Ok(order) => {
            moves.imply(configuration, &statements, state);
            for at in order {
                let Statement { from, to, .. } = &statements[at];
                if from.is_module() {
                    moves.move_modules(from, to, state)
                } else {
                    moves.move_resources(from, to, state)
                }
            }
            moves.diagnostics.extend(moves.unresolved());
        }
    }
    moves
}

fn statements(configuration: &Configuration) -> Vec<Statement> {
    let all = configuration.modules.values().flat_map(|module| module.moved.iter().map(|it| (&module.path, it)));
    all.map(|(path, moved)| {
        let (from, to) = pattern::pair(path, &moved.from, &moved.to);
        Statement { from, to, span: moved.span }
    })
    .collect()
}

/// Whether `a` is to be applied after `b`: it goes on where `b` ends, or `b` is about something inside of what it is
/// about.
fn waits(a: &Statement, b: &Statement) -> bool {
    a.from.meets(&b.to)
        || a.from.is_within(&b.to)
        || a.to.is_within(&b.to)
        || b.from.is_within(&a.from)
        || b.to.is_within(&a.from)
}

impl Moves {
    /// `x` becomes `x[0]` where `count` was added, and the other way round, unless a statement is about `x`.
    fn imply(&mut self, configuration: &Configuration, statements: &[Statement], state: &mut State) {
        let zero = Some(InstanceKey::Index(0));
        let mut implied = Vec::new();
        for (address, recorded) in state.resources.iter().filter(|(address, _)| address.mode == Mode::Managed) {
            let path = address.path();
            let Some(module) = configuration.modules.get(&path.module) else { continue };
            let Some(block) = module.resource(&path) else { continue };
            let (from, to) = match (&block.count, &block.for_each) {
                (Some(_), _) => (None, zero.clone()),
                (None, None) => (zero.clone(), None),
                (None, Some(_)) => continue,
            };
            let has = |key| recorded.instances.contains_key(key);
            if has(&from) && !statements.iter().any(|it| it.from.selects(address) || it.to.selects(address)) {
                implied.push((address.instance(from), address.instance(to)));
            }
        }
        for (from, to) in implied {
            self.move_instance(from, to, state);
        }
    }

    fn move_modules(&mut self, from: &Pattern, to: &Pattern, state: &mut State) {
        let modules: BTreeSet<ModuleAddress> = state.resources.keys().map(|it| it.module.clone()).collect();
        let resources: Vec<ResourceAddress> = state.resources.keys().cloned().collect();
        for module in &modules {
            let Some(target) = from.destination(to, module) else { continue };
            if target == *module {
                continue;
            }
            if state.resources.keys().any(|it| it.module == target) {
                self.blocked.insert((module.to_string(), target.to_string()));
                continue;
            }
            for resource in resources.iter().filter(|it| it.module == *module) {
                self.move_resource(resource, ResourceAddress { module: target.clone(), ..resource.clone() }, state);
            }
        }
    }

    fn move_resources(&mut self, from: &Pattern, to: &Pattern, state: &mut State) {
        let found: Vec<ResourceAddress> = state.resources.keys().filter(|it| from.selects(it)).cloned().collect();
        for resource in found {
            let Some(target) = from.resource_destination(to, &resource) else { continue };
            match from.instance_key().zip(to.instance_key()) {
                Some((from, to)) => {
                    self.move_instance(resource.instance(from.clone()), target.instance(to.clone()), state);
                }
                None if state.resources.contains_key(&target) => {
                    self.blocked.insert((resource.to_string(), target.to_string()));
                }
                None => self.move_resource(&resource, target, state),
            }
        }
    }

    fn move_resource(&mut self, from: &ResourceAddress, to: ResourceAddress, state: &mut State) {
        let Some(resource) = state.resources.remove(from) else { return };
        for key in resource.instances.keys() {
            self.note(from.instance(key.clone()), to.instance(key.clone()));
        }
        state.resources.insert(to, resource);
    }

    fn move_instance(&mut self, from: InstanceAddress, to: InstanceAddress, state: &mut State) {
        if from == to || state.instance(&from).is_none() {
            return;
        }
        if state.instance(&to).is_some() {
            self.blocked.insert((from.to_string(), to.to_string()));
            return;
        }
        let Some((provider, instance)) = take(state, &from) else { return };
        let empty = || Resource { provider, instances: BTreeMap::new() };
        let resource = state.resources.entry(to.resource.clone()).or_insert_with(empty);
        resource.instances.insert(to.key.clone(), instance);
        self.note(from, to);
    }

    /// In a chain the first address is the one that state has.
    fn note(&mut self, from: InstanceAddress, to: InstanceAddress) {
        let first = self.from.remove(&from).unwrap_or(from);
        self.from.insert(to, first);
    }

    fn unresolved(&self) -> Option<Diagnostic> {
        if self.blocked.is_empty() {
            return None;
        }
        let lines: String =
            self.blocked.iter().map(|(from, to)| format!("\n  - {from} could not move to {to}")).collect();
        let detail = format!(
            "rforge tried to adjust resource instance addresses in the prior state based on change information \
             recorded in the configuration, but some adjustments did not succeed due to existing objects already at \
             the intended addresses:{lines}\n\nrforge has planned to destroy these objects. If rforge's proposed \
             changes aren't appropriate, you must first resolve the conflicts using the \"rforge state\" subcommands \
             and then create a new plan."
        );
        Some(Diagnostic::warning("Unresolved resource instance address changes", detail))
    }
}

/// Takes an instance out of state, and its resource with the last one.
fn take(state: &mut State, address: &InstanceAddress) -> Option<(crate::address::ProviderAddress, Instance)> {
    let resource = state.resources.get_mut(&address.resource)?;
    let instance = resource.instances.remove(&address.key)?;
    let provider = resource.provider.clone();
    if resource.instances.is_empty() {
        state.resources.remove(&address.resource);
    }
    Some((provider, instance))
}
