//! The steps of a plan and what each must wait for.
//!
//! What is made waits for what it refers to; what is deleted waits for the deletion, replacement or update of
//! all that refers to it. Instances of modules that are called several times wait only for their own.

mod edges;
mod waits;

use super::{
    change::{Action, ResourceChange, Step, StepKind, Steps},
    world::Setting,
};
use crate::{
    address::{ModuleAddress, Name, ProviderAddress, ResourceMode, ResourcePath},
    diagnostic::{Diagnostic, Diagnostics},
    graph,
    lang::dependencies::provider_node,
    state::State,
};
use edges::{Edges, Index, Which};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};
use waits::Waits;

/// Which resources are created before they are destroyed: those that say so, and all that these depend on.
pub(super) fn create_before_destroy(setting: &Setting) -> BTreeSet<ResourcePath> {
    let mut first: BTreeSet<ResourcePath> = BTreeSet::new();
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
            first.insert(path);
        }
    }
    let needed: Vec<ResourcePath> = setting.graph.needed_by(&first).into_iter().cloned().collect();
    first.extend(needed);
    first
}

/// Orders the work of `changes`, which are sorted by address; no-ops have no step.
pub(super) fn steps(setting: &Setting, prior: &State, changes: &[ResourceChange]) -> Result<Steps, Diagnostics> {
    let mut nodes = Vec::new();
    let mut chained = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        add_steps(at, change, prior.serial, &mut nodes, &mut chained);
    }
    let mut edges = Edges::new(nodes.len(), chained);
    // The steps of each resource in a module instance stand side by side, and wait for the same.
    let address = |step: &Step| &changes[step.change].address.resource;
    let mut bounds: Vec<usize> =
        (0..nodes.len()).filter(|at| *at == 0 || address(&nodes[*at]) != address(&nodes[at - 1])).collect();
    bounds.push(nodes.len());
    let runs = bounds.windows(2).map(|it| it[0]..it[1]);
    let runs: Vec<(ResourcePath, Range<usize>)> = runs.map(|it| (address(&nodes[it.start]).path(), it)).collect();
    let (mut makers, mut deleters) = (Index::new(changes, &nodes), Index::new(changes, &nodes));
    for (path, run) in &runs {
        for at in run.clone() {
            let index = if nodes[at].deletes() { &mut deleters } else { &mut makers };
            index.add(path, at);
        }
    }
    let mut waits = Waits::new(&setting.graph);
    let openings = openings(setting, changes);
    for (path, run) in &runs {
        let module = &address(&nodes[run.start]).module;
        let mut made = run.clone().filter(|at| !nodes[*at].deletes()).peekable();
        if made.peek().is_some() {
            let before = waits.before(path, module, &mut makers, &mut edges);
            for at in made {
                edges.extend(before.map(|before| (before, at)));
                if path.mode == ResourceMode::Ephemeral {
                    // What it is opened with goes after it.
                    for needed in setting.graph.needed_by([path]) {
                        let gone = deleters.before(needed, module, Which::Gone, &mut edges);
                        edges.extend(gone.map(|gone| (at, gone)));
                    }
                }
            }
        }
        // Instances have been made with the same, mostly.
        let mut alike: BTreeMap<(bool, &[ResourcePath]), Vec<usize>> = BTreeMap::new();
        for at in run.clone() {
            let step = &nodes[at];
            if step.deletes()
                && let Some(opened) = openings.get(&changes[step.change].provider.address)
            {
                for path in opened {
                    let opened = makers.after(path, module, &mut edges);
                    edges.extend(opened.map(|opened| (opened, at)));
                }
            }
            let recorded = recorded_dependencies(prior, &changes[step.change]);
            if !recorded.is_empty() {
                alike.entry((step.deletes(), recorded)).or_default().push(at);
            }
        }
        for ((deletes, recorded), steps) in alike {
            // The other one may be replaced, and this one need its successor: nothing can be moved over before.
            let which = if deletes { Which::All } else { Which::NotInTheWay };
            let others = recorded.iter().filter(|it| *it != path);
            let later: Vec<usize> = others.filter_map(|it| deleters.before(it, module, which, &mut edges)).collect();
            edges.between(&steps, &later);
        }
    }
    let without_held = edges.clone();
    hold(setting, changes, &nodes, &mut edges);
    // What the configuration says goes before what is usual: then a delete that comes too early is repeated.
    if edges.count() != without_held.count() && graph::order(edges.points, &edges.all).is_err() {
        edges = without_held;
    }
    edges.all.sort_unstable();
    edges.all.dedup();
    graph::order(edges.points, &edges.all).map_err(|cycles| {
        let steps = cycles.iter().flatten().filter_map(|at| nodes.get(*at));
        let names: Vec<String> = steps.map(|it| changes[it.change].address.to_string()).collect();
        vec![
            Diagnostic::error("Cycle", format!("These changes wait for each other: {}", names.join(", ")))
                .hint("Apply one of them first, with -target."),
        ]
    })?;
    Ok(Steps { joins: edges.points - nodes.len(), nodes, edges: edges.all })
}

/// The ephemeral resources that the provider of each change is configured with, where the plan opens any.
pub(super) fn openings<'c>(
    setting: &Setting,
    changes: &'c [ResourceChange],
) -> HashMap<&'c ProviderAddress, Vec<ResourcePath>> {
    let mut openings = HashMap::new();
    if changes.iter().all(|it| it.address.resource.mode != ResourceMode::Ephemeral) {
        return openings;
    }
    for change in changes.iter().filter(|it| it.address.resource.mode == ResourceMode::Managed) {
        let provider = &change.provider.address;
        openings.entry(provider).or_insert_with(|| {
            let node = provider_node(&setting.configuration, provider).and_then(|it| setting.graph.index(&it));
            let needed = node.into_iter().flat_map(|at| setting.graph.resources_needed(at));
            let paths = needed.filter_map(|at| setting.graph.resource(at));
            paths.filter(|it| it.mode == ResourceMode::Ephemeral).cloned().collect()
        });
    }
    openings
}

/// The deletions of each module that come before others because of their types (`Traits::deleted_after`).
fn hold(setting: &Setting, changes: &[ResourceChange], nodes: &[Step], edges: &mut Edges) {
    let mut by_type: BTreeMap<(&ModuleAddress, &str), Vec<usize>> = BTreeMap::new();
    for (at, step) in nodes.iter().enumerate() {
        let change = &changes[step.change];
        if change.action == Action::Delete {
            let resource = &change.address.resource;
            by_type.entry((&resource.module, &resource.type_name)).or_default().push(at);
        }
    }
    for ((module, type_name), held) in &by_type {
        let change = &changes[nodes[held[0]].change];
        let provider = setting.providers.get(&change.provider.address.source);
        let schema = provider.and_then(|it| it.schemas().resource(type_name));
        let holders = schema.into_iter().flat_map(|it| it.traits.deleted_after);
        for holders in holders.filter_map(|it| by_type.get(&(*module, *it))) {
            edges.between(holders, held);
        }
    }
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
fn recorded_dependencies<'s>(prior: &'s State, change: &ResourceChange) -> &'s [ResourcePath] {
    prior.object(&change.address, change.deposed.as_ref()).map_or(&[], |it| &it.dependencies)
}
