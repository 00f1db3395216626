//! The steps of a plan and what each must wait for.
//!
//! What is made waits for what it refers to; what is deleted waits for the deletion, replacement or update of
//! all that refers to it. Instances of modules that are called several times wait only for their own.

mod waits;

use super::{
    ObjectKey,
    change::{Action, ResourceChange, Step, StepKind, Steps},
    refresh,
    world::Setting,
};
use crate::{
    address::{Mode, ModuleAddress, Name, ProviderAddress, ResourcePath},
    diagnostic::{Diagnostic, Diagnostics},
    graph,
    lang::dependencies::{Node, provider_node, resource_dependencies},
    state::State,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use waits::Waits;

/// Which resources are created before they are destroyed: those that say so, and all that these depend on.
pub(super) fn create_before_destroy(setting: &Setting) -> BTreeSet<ResourcePath> {
    let mut first = BTreeSet::new();
    for module in setting.configuration.modules.values() {
        for ((mode, type_name, name), resource) in &module.resources {
            if resource.lifecycle.create_before_destroy != Some(true) {
                continue;
            }
            let path = ResourcePath {
                module: module.path.clone(),
                mode: *mode,
                type_name: type_name.clone(),
                name: name.clone(),
            };
            first.extend(resource_dependencies(&setting.graph, &path));
            first.insert(path);
        }
    }
    first
}

/// Steps of one resource, found by the module instance they are in.
#[derive(Default)]
struct Index<'c> {
    all: HashMap<&'c ResourcePath, Vec<usize>>,
    /// By how many module calls two resources share, then by the instance of those calls.
    near: HashMap<(&'c ResourcePath, usize), HashMap<ModuleAddress, Vec<usize>>>,
}

impl<'c> Index<'c> {
    /// The steps of `path` that the instance in `module` can have to do with.
    fn near(
        &mut self,
        path: &'c ResourcePath,
        module: &ModuleAddress,
        changes: &[ResourceChange],
        steps: &[Step],
    ) -> &[usize] {
        let shared = path.module.0.iter().zip(module.0.iter()).take_while(|(a, b)| **a == b.0).count();
        let all = &self.all;
        let by_module = self.near.entry((path, shared)).or_insert_with(|| {
            let mut by_module: HashMap<ModuleAddress, Vec<usize>> = HashMap::new();
            for step in all.get(path).into_iter().flatten() {
                let address = &changes[steps[*step].change].address.resource.module;
                by_module.entry(ModuleAddress(address.0[..shared].into())).or_default().push(*step);
            }
            by_module
        });
        by_module.get(&ModuleAddress(module.0[..shared].into())).map_or(&[], Vec::as_slice)
    }
}

/// Orders the work of `changes`; no-ops have no step.
pub(super) fn steps(setting: &Setting, prior: &State, changes: &[ResourceChange]) -> Result<Steps, Diagnostics> {
    let mut nodes = Vec::new();
    let mut edges = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        add_steps(at, change, prior.serial, &mut nodes, &mut edges);
    }
    let paths: Vec<ResourcePath> = changes.iter().map(|it| it.address.resource.path()).collect();
    let (mut makers, mut deleters) = (Index::default(), Index::default());
    for (at, step) in nodes.iter().enumerate() {
        let index = if matches!(step.kind, StepKind::Delete { .. }) { &mut deleters } else { &mut makers };
        index.all.entry(&paths[step.change]).or_default().push(at);
    }
    let mut waits = Waits::new(&setting.graph, changes, &nodes);
    // Once for each resource in a module instance, not for each of its own instances.
    let mut before: HashMap<(&ResourcePath, &ModuleAddress), Vec<usize>> = HashMap::new();
    let openings = openings(setting, changes);
    let recorded: Vec<Vec<ResourcePath>> = changes.iter().map(|it| recorded_dependencies(prior, it)).collect();
    for (at, step) in nodes.iter().enumerate() {
        let change = &changes[step.change];
        let module = &change.address.resource.module;
        let deletes = matches!(step.kind, StepKind::Delete { .. });
        if !deletes {
            let path = &paths[step.change];
            let before = before.entry((path, module)).or_insert_with(|| waits.before(path, module, &mut makers));
            edges.extend(before.iter().map(|before| (*before, at)));
            if path.mode == Mode::Ephemeral {
                // What it is opened with goes after it.
                for needed in needed(setting, path) {
                    let gone = deleters.near(needed, module, changes, &nodes).iter();
                    let gone = gone.filter(|it| changes[nodes[**it].change].action == Action::Delete);
                    edges.extend(gone.map(|after| (at, *after)));
                }
            }
        }
        if deletes && let Some(opened) = openings.get(&change.provider.address) {
            let opened = opened.iter().flat_map(|path| makers.near(path, module, changes, &nodes).to_vec());
            edges.extend(opened.map(|before| (before, at)));
        }
        for path in &recorded[step.change] {
            for delete in deleters.near(path, module, changes, &nodes) {
                // The other one is replaced, and this one needs its successor: nothing can be moved over before.
                let in_the_way = !deletes
                    && changes[nodes[*delete].change].action == Action::DeleteThenCreate
                    && nodes[*delete].kind == (StepKind::Delete { deposed: None });
                if *delete != at && !in_the_way {
                    edges.push((at, *delete));
                }
            }
        }
    }
    let held = held(setting, changes, &nodes);
    let with_held: Vec<(usize, usize)> = edges.iter().copied().chain(held).collect();
    // What the configuration says goes before what is usual: then a delete that comes too early is repeated.
    if graph::order(nodes.len(), &with_held).is_ok() {
        edges = with_held;
    }
    edges.sort_unstable();
    edges.dedup();
    graph::order(nodes.len(), &edges).map_err(|cycles| {
        let names: Vec<String> =
            cycles.iter().flatten().map(|at| changes[nodes[*at].change].address.to_string()).collect();
        vec![
            Diagnostic::error("Cycle", format!("These changes wait for each other: {}", names.join(", ")))
                .hint("Apply one of them first, with -target."),
        ]
    })?;
    Ok(Steps { nodes, edges })
}

/// The resources that `path` needs, directly or not.
fn needed<'c>(setting: &'c Setting, path: &ResourcePath) -> impl Iterator<Item = &'c ResourcePath> {
    let node = setting.graph.index(&Node::Resource(path.clone()));
    let needed = node.map_or(&[][..], |at| setting.graph.resources_needed(at));
    needed.iter().filter_map(|it| if let Node::Resource(path) = &setting.graph.nodes[*it] { Some(path) } else { None })
}

/// The ephemeral resources that the provider of each change is configured with, where the plan opens any.
pub(super) fn openings<'c>(
    setting: &Setting,
    changes: &'c [ResourceChange],
) -> HashMap<&'c ProviderAddress, Vec<ResourcePath>> {
    let mut openings = HashMap::new();
    if changes.iter().all(|it| it.address.resource.mode != Mode::Ephemeral) {
        return openings;
    }
    for change in changes.iter().filter(|it| it.address.resource.mode == Mode::Managed) {
        let provider = &change.provider.address;
        openings.entry(provider).or_insert_with(|| {
            let node = provider_node(&setting.configuration, provider).and_then(|it| setting.graph.index(&it));
            let needed = node.map_or(&[][..], |at| setting.graph.resources_needed(at));
            let paths = needed.iter().filter_map(|it| match &setting.graph.nodes[*it] {
                Node::Resource(path) if path.mode == Mode::Ephemeral => Some(path.clone()),
                _ => None,
            });
            paths.collect()
        });
    }
    openings
}

/// The most waits of one type for another in a module: beyond, repeating a delete that comes too early costs less.
const PAIRS: usize = 10_000;

/// The deletions of each module that come before others because of their types (`Traits::deleted_after`).
fn held(setting: &Setting, changes: &[ResourceChange], nodes: &[Step]) -> Vec<(usize, usize)> {
    let mut by_type: HashMap<(&ModuleAddress, &str), Vec<usize>> = HashMap::new();
    for (at, step) in nodes.iter().enumerate() {
        let change = &changes[step.change];
        if change.action == Action::Delete {
            let resource = &change.address.resource;
            by_type.entry((&resource.module, &resource.type_name)).or_default().push(at);
        }
    }
    let mut edges = Vec::new();
    for ((module, type_name), held) in &by_type {
        let change = &changes[nodes[held[0]].change];
        let provider = setting.providers.get(&change.provider.address.source);
        let schema = provider.and_then(|it| it.schemas().resources.get(*type_name));
        let holders = schema.into_iter().flat_map(|it| it.traits.deleted_after);
        for holders in holders.filter_map(|it| by_type.get(&(*module, *it))) {
            if holders.len() * held.len() <= PAIRS {
                edges.extend(holders.iter().flat_map(|holder| held.iter().map(|it| (*holder, *it))));
            }
        }
    }
    edges
}

fn add_steps(at: usize, change: &ResourceChange, serial: u64, nodes: &mut Vec<Step>, edges: &mut Vec<(usize, usize)>) {
    let mut add = |kind| nodes.push(Step { kind, change: at });
    match change.action {
        Action::NoOp => return,
        Action::Create => add(StepKind::Create { depose_as: None }),
        Action::Read => add(StepKind::Read),
        Action::Update => add(StepKind::Update),
        Action::Delete => add(StepKind::Delete { deposed: change.deposed.clone() }),
        Action::Forget => add(StepKind::Forget),
        Action::DeleteThenCreate => {
            add(StepKind::Delete { deposed: None });
            add(StepKind::Create { depose_as: None });
        }
        Action::CreateThenDelete => {
            let key = deposed_key(change, serial);
            add(StepKind::Create { depose_as: Some(key.clone()) });
            add(StepKind::Delete { deposed: Some(key) });
        }
    }
    if matches!(change.action, Action::DeleteThenCreate | Action::CreateThenDelete) {
        edges.push((nodes.len() - 2, nodes.len() - 1));
    }
}

/// Eight hex digits, as Terraform's; from the address and serial, so that a plan leaves nothing to chance.
fn deposed_key(change: &ResourceChange, serial: u64) -> Name {
    let digest = Sha256::digest(format!("{} {serial}", change.address));
    digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect::<String>().into()
}

/// What the object that exists was made with.
fn recorded_dependencies(prior: &State, change: &ResourceChange) -> Vec<ResourcePath> {
    let key = ObjectKey { address: change.address.clone(), deposed: change.deposed.clone() };
    refresh::object(prior, &key).map(|it| it.dependencies.clone()).unwrap_or_default()
}
