//! What a step that makes something waits for.

use super::Index;
use crate::{
    address::{ModuleAddress, ResourcePath},
    lang::dependencies::{Graph, Node},
    plan::change::{ResourceChange, Step},
};

/// Finds the nearest steps before others. A step further away is waited for by those in between, and naming it again would
/// cost the square of the length of a chain.
pub(super) struct Waits<'c> {
    graph: &'c Graph,
    changes: &'c [ResourceChange],
    steps: &'c [Step],
    /// For each node of the graph the last search that came by.
    seen: Vec<usize>,
    searches: usize,
}

impl<'c> Waits<'c> {
    pub(super) fn new(graph: &'c Graph, changes: &'c [ResourceChange], steps: &'c [Step]) -> Self {
        Self { graph, changes, steps, seen: vec![0; graph.nodes.len()], searches: 0 }
    }

    /// The steps that make what a resource in this module instance refers to, directly or through what has no step.
    pub(super) fn before(&mut self, path: &ResourcePath, module: &ModuleAddress, makers: &mut Index<'c>) -> Vec<usize> {
        let Some(start) = self.graph.index(&Node::Resource(path.clone())) else { return Vec::new() };
        self.searches += 1;
        let mut found = Vec::new();
        let mut open: Vec<usize> = self.graph.needs[start].clone();
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut self.seen[node], self.searches) == self.searches {
                continue;
            }
            if let Node::Resource(needed) = &self.graph.nodes[node] {
                let near = makers.near(needed, module, self.changes, self.steps);
                found.extend_from_slice(near);
                if !near.is_empty() && self.waits_for_the_rest(needed, module, near) {
                    continue;
                }
            }
            open.extend_from_slice(&self.graph.needs[node]);
        }
        found
    }

    /// Whether the steps of a needed resource wait for everything that it needs and that is near to `module` too: they do if
    /// they are in the same module instance or one around it, or in modules that have but one instance.
    fn waits_for_the_rest(&self, needed: &ResourcePath, module: &ModuleAddress, near: &[usize]) -> bool {
        let within = needed.module.0.iter().zip(module.0.iter()).filter(|(a, b)| **a == b.0).count();
        let address = |step: &usize| &self.changes[self.steps[*step].change].address.resource.module;
        within == needed.module.0.len() || near.iter().all(|it| address(it).0.iter().all(|(_, key)| key.is_none()))
    }
}
