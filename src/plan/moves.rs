//! `moved` blocks: objects that state holds under one address and the configuration has under another.
//!
//! Before anything is planned, state is rewritten as if its objects had always been where the configuration has them
//! now. Terraform's rules: statements form chains in which the innermost address moves first; what is in the way
//! stays, and what would have moved there stays too; `x` and `x[0]` change into each other without a statement.

mod check;
mod convert;
mod ends;
mod pattern;

use crate::{
    address::{InstanceAddress, InstanceKey, ModuleAddress, ResourceAddress, ResourceMode},
    diagnostic::{Diagnostic, Diagnostics, Span},
    graph,
    lang::configuration::Configuration,
    product::{COMMAND, PRODUCT},
    state::{Instance, Resource, State},
};
pub(super) use check::{check, excluded};
pub(super) use convert::convert;
use ends::Ends;
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
    let (sources, destinations) =
        (Ends::new(statements.iter().map(|it| &it.from)), Ends::new(statements.iter().map(|it| &it.to)));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, it) in statements.iter().enumerate() {
        let earlier = [destinations.meeting(&it.from), destinations.around(&it.from), destinations.around(&it.to)];
        pairs.extend(earlier.into_iter().flatten().map(|earlier| (earlier, at)));
        let later = [sources.around(&it.from), sources.around(&it.to)];
        pairs.extend(later.into_iter().flatten().map(|later| (at, later)));
    }
    pairs.retain(|(earlier, later)| earlier != later && waits(&statements[*later], &statements[*earlier]));
    pairs.sort_unstable();
    pairs.dedup();
    let mut moves = Moves::default();
    match graph::order(statements.len(), &pairs) {
        Err(cycles) => {
            moves.diagnostics = cycles.iter().map(|it| check::cycle(configuration, &statements, it)).collect();
        }
        Ok(order) => {
            moves.imply(configuration, &statements, [&sources, &destinations], state);
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
    fn imply(
        &mut self,
        configuration: &Configuration,
        statements: &[Statement],
        [sources, destinations]: [&Ends<'_>; 2],
        state: &mut State,
    ) {
        let zero = Some(InstanceKey::Index(0));
        let mut implied = Vec::new();
        for (address, recorded) in state.resources.iter().filter(|(address, _)| address.mode == ResourceMode::Managed) {
            let path = address.path();
            let Some(module) = configuration.modules.get(&path.module) else { continue };
            let Some(block) = module.resource(&path) else { continue };
            let (from, to) = match (&block.count, &block.for_each) {
                (Some(_), _) => (None, zero.clone()),
                (None, None) => (zero.clone(), None),
                (None, Some(_)) => continue,
            };
            let has = |key| recorded.instances.contains_key(key);
            let leaves = || sources.about(address).iter().any(|it| statements[*it].from.selects(address));
            let arrives = || destinations.about(address).iter().any(|it| statements[*it].to.selects(address));
            if has(&from) && !leaves() && !arrives() {
                implied.push((address.instance(from), address.instance(to)));
            }
        }
        for (from, to) in implied {
            self.move_instance(from, to, state);
        }
    }

    fn move_modules(&mut self, from: &Pattern, to: &Pattern, state: &mut State) {
        let modules: BTreeSet<ModuleAddress> = match from.only_module() {
            Some(module) => within(state, &module),
            None => state.resources.keys().map(|it| it.module.clone()).collect(),
        };
        for module in &modules {
            let Some(target) = from.destination(to, module) else { continue };
            if target == *module {
                continue;
            }
            if directly_in(state, &target).next().is_some() {
                self.blocked.insert((module.to_string(), target.to_string()));
                continue;
            }
            let resources: Vec<ResourceAddress> = directly_in(state, module).cloned().collect();
            for resource in &resources {
                self.move_resource(resource, ResourceAddress { module: target.clone(), ..resource.clone() }, state);
            }
        }
    }

    fn move_resources(&mut self, from: &Pattern, to: &Pattern, state: &mut State) {
        let selected = |it: &&ResourceAddress| from.selects(it);
        let found: Vec<ResourceAddress> = match from.only_module() {
            Some(module) => {
                from.resource_in(module).filter(|it| state.resources.contains_key(it)).into_iter().collect()
            }
            None => state.resources.keys().filter(selected).cloned().collect(),
        };
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
            "{PRODUCT} tried to adjust resource instance addresses in the prior state based on change information \
             recorded in the configuration, but some adjustments did not succeed due to existing objects already at \
             the intended addresses:{lines}\n\n{PRODUCT} has planned to destroy these objects. If {PRODUCT}'s proposed \
             changes aren't appropriate, you must first resolve the conflicts using the \"{COMMAND} state\" subcommands \
             and then create a new plan."
        );
        Some(Diagnostic::warning("Unresolved resource instance address changes", detail))
    }
}

/// The resources of a module instance, without those of modules that it calls.
fn directly_in<'s>(state: &'s State, module: &ModuleAddress) -> impl Iterator<Item = &'s ResourceAddress> {
    let first =
        ResourceAddress { module: module.clone(), mode: ResourceMode::Data, type_name: "".into(), name: "".into() };
    state.resources.range(first..).map(|(address, _)| address).take_while({
        let module = module.clone();
        move |it| it.module == module
    })
}

/// The module instances with resources that are `module` or lie in it.
fn within(state: &State, module: &ModuleAddress) -> BTreeSet<ModuleAddress> {
    let deepest = state.resources.last_key_value().map_or(0, |(address, _)| address.module.0.len());
    let mut found = BTreeSet::new();
    // The less nested are sorted before the deeper: those of one depth that lie in the module stand side by side.
    for depth in module.0.len()..=deepest {
        let least = (0..depth - module.0.len()).map(|_| ("".into(), None));
        let first = ModuleAddress(module.0.iter().cloned().chain(least).collect());
        let first = ResourceAddress { module: first, mode: ResourceMode::Data, type_name: "".into(), name: "".into() };
        let inside = state.resources.range(first..).map(|(address, _)| &address.module);
        found.extend(inside.take_while(|it| it.0.len() == depth && module.contains(it)).cloned());
    }
    found
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
