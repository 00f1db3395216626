//! `-target`: a part of the configuration and everything it depends on. `-exclude`: all but a part, and but everything that
//! depends on it.

use super::world::Setting;
use crate::{
    address::{InstanceAddress, ResourcePath, Target},
    lang::dependencies::{Graph, Node},
    state::State,
};
use std::collections::{BTreeSet, HashMap};

/// The targets of a plan; none given means everything.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    given: Vec<Target>,
    /// What is left out, which excludes targets.
    excluded: Vec<Target>,
    /// Of which resources nothing is planned, since they depend on what is left out; where everything is destroyed, since that
    /// depends on them.
    held: BTreeSet<ResourcePath>,
    /// What is destroyed with them, and the resources of that.
    dependents: BTreeSet<InstanceAddress>,
    dependent_resources: BTreeSet<ResourcePath>,
}

/// How much of a node of the configuration is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Included {
    Whole,
    /// Only the instances that a target names.
    Matching,
    Nothing,
}

impl Targets {
    pub fn new(given: Vec<Target>) -> Self {
        Self { given, ..Self::default() }
    }

    /// Everything but these.
    pub fn excluding(excluded: Vec<Target>) -> Self {
        Self { excluded, ..Self::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.excluded.is_empty()
    }

    /// The option that they are given with.
    pub fn option(&self) -> &'static str {
        if self.excluded.is_empty() { "-target" } else { "-exclude" }
    }

    /// As the user gave them.
    pub fn given(&self) -> Vec<String> {
        self.given.iter().map(ToString::to_string).collect()
    }

    /// What is left out, as the user gave it.
    pub fn excluded(&self) -> Vec<String> {
        self.excluded.iter().map(ToString::to_string).collect()
    }

    /// Whether a target names `instance`, or nothing leaves it out.
    pub fn matches(&self, instance: &InstanceAddress) -> bool {
        if !self.excluded.is_empty() {
            return !self.excluded.iter().any(|it| it.contains(instance))
                && !self.held.contains(&instance.resource.path());
        }
        self.dependents.contains(instance) || self.given.iter().any(|target| target.contains(instance))
    }

    /// Finds what hangs on what is left out. As in OpenTofu, what depends on one instance counts as depending on all.
    pub fn with_held(mut self, graph: &Graph, state: &State, destroys: bool) -> Self {
        if self.excluded.is_empty() {
            return self;
        }
        let count = graph.nodes.len();
        let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (at, needs) in graph.needs.iter().enumerate() {
            for before in needs {
                let (from, to) = if destroys { (at, *before) } else { (*before, at) };
                next[from].push(to);
            }
        }
        // What state says of what depended on what, for what is no longer configured too.
        let mut recorded: HashMap<ResourcePath, Vec<ResourcePath>> = HashMap::new();
        for (address, resource) in &state.resources {
            let objects = resource.instances.values().flat_map(|it| it.current.iter().chain(it.deposed.values()));
            for needed in objects.flat_map(|it| it.dependencies.iter()) {
                let (from, to) =
                    if destroys { (address.path(), needed.clone()) } else { (needed.clone(), address.path()) };
                recorded.entry(from).or_default().push(to);
            }
        }
        let configured =
            graph.nodes.iter().filter_map(|it| if let Node::Resource(path) = it { Some(path.clone()) } else { None });
        let all: BTreeSet<ResourcePath> = configured.chain(state.resources.keys().map(|it| it.path())).collect();
        let index = |path: &ResourcePath| graph.index(&Node::Resource(path.clone()));
        let mut seen = vec![false; count];
        let mut open: Vec<ResourcePath> = all.into_iter().filter(|it| names(&self.excluded, it)).collect();
        let mut done: BTreeSet<ResourcePath> = open.iter().cloned().collect();
        while let Some(path) = open.pop() {
            let mut reached: Vec<ResourcePath> = recorded.remove(&path).unwrap_or_default();
            let mut nodes: Vec<usize> = index(&path).into_iter().collect();
            while let Some(at) = nodes.pop() {
                if std::mem::replace(&mut seen[at], true) {
                    continue;
                }
                for to in &next[at] {
                    if let Node::Resource(path) = &graph.nodes[*to] {
                        reached.push(path.clone());
                    }
                    nodes.push(*to);
                }
            }
            for path in reached {
                self.held.insert(path.clone());
                if done.insert(path.clone()) {
                    open.push(path);
                }
            }
        }
        self
    }

    /// With what `state` says to depend on the targets, directly or not: it is destroyed before they are.
    pub fn with_dependents(mut self, state: &State) -> Self {
        let mut dependents: HashMap<&ResourcePath, Vec<InstanceAddress>> = HashMap::new();
        let mut open: Vec<ResourcePath> = Vec::new();
        for (address, resource) in &state.resources {
            for (key, instance) in &resource.instances {
                let address = address.instance(key.clone());
                if self.matches(&address) {
                    open.push(address.resource.path());
                }
                let objects = instance.current.iter().chain(instance.deposed.values());
                for needed in objects.flat_map(|it| it.dependencies.iter()) {
                    dependents.entry(needed).or_default().push(address.clone());
                }
            }
        }
        let mut seen = BTreeSet::new();
        while let Some(path) = open.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            for dependent in dependents.remove(&path).into_iter().flatten() {
                open.push(dependent.resource.path());
                self.dependents.insert(dependent);
            }
        }
        self.dependent_resources = self.dependents.iter().map(|it| it.resource.path()).collect();
        self
    }

    /// Whether a deletion of `instance` is within the plan.
    pub fn allows(&self, instance: &InstanceAddress) -> bool {
        self.is_empty() || self.matches(instance)
    }

    fn may_match(&self, path: &ResourcePath) -> bool {
        if !self.excluded.is_empty() {
            return !self.held.contains(path) && !self.excluded.iter().any(|it| names_all(it, path));
        }
        names(&self.given, path) || self.dependent_resources.contains(path)
    }

    /// For each node of the graph, in its order.
    pub fn included(&self, setting: &Setting) -> Vec<Included> {
        let nodes = &setting.graph.nodes;
        if self.is_empty() {
            return vec![Included::Whole; nodes.len()];
        }
        let mut included = vec![Included::Nothing; nodes.len()];
        // What is destroyed may need what is not.
        let is_held = |at: usize| {
            !self.excluded.is_empty()
                && matches!(&nodes[at], Node::Resource(path) if !self.may_match(path) || names(&self.excluded, path))
        };
        // From the last node to the first, so that a node is settled before what it depends on.
        for at in (0..nodes.len()).rev() {
            let targeted = matches!(&nodes[at], Node::Resource(path) if self.may_match(path));
            if targeted {
                // What else needs it gets the other instances as they are.
                included[at] = Included::Matching;
            }
            if included[at] != Included::Nothing {
                for before in setting.graph.needs[at].iter().filter(|it| !is_held(**it)) {
                    included[*before] = Included::Whole;
                }
            }
        }
        // Terraform plans a root output with targets only if it comes from what they name alone.
        for at in (0..nodes.len()).filter(|at| matches!(&nodes[*at], Node::Output(module, _) if module.is_root())) {
            let mut resources = setting.graph.resources_needed(at).peekable();
            if resources.peek().is_some() && resources.all(|it| included[it] != Included::Nothing) {
                include(at, &setting.graph, &mut included);
            }
        }
        included
    }
}

/// Whether any of `targets` is about the resource, or an instance of it.
fn names(targets: &[Target], path: &ResourcePath) -> bool {
    targets.iter().any(|target| match target {
        Target::Module(module) => path.module.0.starts_with(&module.path().0),
        Target::Resource(resource) => resource.path() == *path,
        Target::Instance(instance) => instance.resource.path() == *path,
    })
}

/// Whether `target` is about the resource with all its instances.
fn names_all(target: &Target, path: &ResourcePath) -> bool {
    let module = match target {
        Target::Module(module) => module,
        Target::Resource(resource) => &resource.module,
        Target::Instance(_) => return false,
    };
    module.0.iter().all(|(_, key)| key.is_none()) && names(std::slice::from_ref(target), path)
}

/// Includes a node and what it needs, where that is not included already.
fn include(at: usize, graph: &Graph, included: &mut [Included]) {
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        if included[at] == Included::Nothing {
            included[at] = Included::Whole;
            open.extend(&graph.needs[at]);
        }
    }
}
