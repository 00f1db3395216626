//! `-target`: a part of the configuration and everything it depends on.

use super::world::Setting;
use crate::{
    address::{InstanceAddress, ModulePath, ResourcePath, Target},
    lang::dependencies::Node,
    state::State,
};
use std::collections::{BTreeSet, HashMap};

/// The targets of a plan; none given means everything.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    given: Vec<Target>,
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

    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// As the user gave them.
    pub fn given(&self) -> Vec<String> {
        self.given.iter().map(ToString::to_string).collect()
    }

    pub fn matches(&self, instance: &InstanceAddress) -> bool {
        self.dependents.contains(instance) || self.given.iter().any(|target| target.contains(instance))
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
        let inside = |module: &ModulePath| path.module.0.starts_with(&module.0);
        let is_given = self.given.iter().any(|target| match target {
            Target::Module(module) => inside(&module.path()),
            Target::Resource(resource) => resource.path() == *path,
            Target::Instance(instance) => instance.resource.path() == *path,
        });
        is_given || self.dependent_resources.contains(path)
    }

    /// For each node of the graph, in its order.
    pub fn included(&self, setting: &Setting) -> Vec<Included> {
        let nodes = &setting.graph.nodes;
        if self.is_empty() {
            return vec![Included::Whole; nodes.len()];
        }
        let mut included = vec![Included::Nothing; nodes.len()];
        // From the last node to the first, so that a node is settled before what it depends on.
        for at in (0..nodes.len()).rev() {
            let targeted = matches!(&nodes[at], Node::Resource(path) if self.may_match(path));
            if targeted && included[at] == Included::Nothing {
                included[at] = Included::Matching;
            }
            if included[at] != Included::Nothing {
                for before in &setting.graph.needs[at] {
                    included[*before] = Included::Whole;
                }
            }
        }
        // Terraform plans a root output with targets only if it comes from what they name alone.
        for at in (0..nodes.len()).filter(|at| matches!(&nodes[*at], Node::Output(module, _) if module.is_root())) {
            let mut resources = setting.graph.resources_needed(at).peekable();
            if resources.peek().is_some() && resources.all(|it| included[it] != Included::Nothing) {
                included[at] = Included::Whole;
            }
        }
        included
    }
}
