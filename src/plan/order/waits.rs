//! What a step that makes something waits for.

use super::edges::{Edges, Index, shared};
use crate::{
    address::{ModuleAddress, ResourcePath},
    lang::dependencies::{Graph, Node},
};
use std::collections::HashMap;

/// Finds the nearest steps before others. A step further away is waited for by those in between, and naming it again would
/// cost the square of the length of a chain.
pub(super) struct Waits<'c> {
    graph: &'c Graph,
    /// Where everything is done that a node of the graph stands for, seen from a module instance; none if nothing is to do.
    done: HashMap<(usize, ModuleAddress), Option<usize>>,
}

impl<'c> Waits<'c> {
    pub(super) fn new(graph: &'c Graph) -> Self {
        Self { graph, done: HashMap::new() }
    }

    /// The point where all is made that a resource in this module instance refers to, directly or through what has no step.
    pub(super) fn before(
        &mut self,
        path: &ResourcePath,
        module: &ModuleAddress,
        makers: &mut Index<'_>,
        edges: &mut Edges,
    ) -> Option<usize> {
        let start = self.graph.index(&Node::Resource(path.clone()))?;
        let needs = self.needs(start, module);
        let mut open = needs.clone();
        // Not by recursion, which a long chain of what has no step would exhaust the stack with.
        while let Some((node, from)) = open.last().cloned() {
            if self.done.contains_key(&(node, from.clone())) {
                open.pop();
                continue;
            }
            let mut points: Vec<usize> = Vec::new();
            let mut further = Vec::new();
            let is_covered = match &self.graph.nodes[node] {
                Node::Resource(needed) => {
                    points.extend(makers.after(needed, &from, edges));
                    !points.is_empty() && waits_for_the_rest(needed, &from, makers)
                }
                _ => false,
            };
            if !is_covered {
                further = self.needs(node, &from);
            }
            let missing = further.iter().filter(|it| !self.done.contains_key(*it));
            let before = open.len();
            open.extend(missing.cloned());
            if open.len() == before {
                points.extend(further.iter().filter_map(|it| self.done[it]));
                let point = self.join(points, edges);
                self.done.insert((node, from), point);
                open.pop();
            }
        }
        let points = needs.iter().filter_map(|it| self.done[it]).collect();
        self.join(points, edges)
    }

    fn join(&self, mut points: Vec<usize>, edges: &mut Edges) -> Option<usize> {
        points.sort_unstable();
        points.dedup();
        edges.after(&points)
    }

    /// What a node needs, each with the part of the module instance `from` that it has to do with: arguments of a call are
    /// evaluated where the call is.
    fn needs(&self, node: usize, from: &ModuleAddress) -> Vec<(usize, ModuleAddress)> {
        let seen = |needed: usize| {
            let (module, above) = match &self.graph.nodes[needed] {
                Node::Variable(module, _) | Node::Call(module) => (module, 1),
                Node::Local(module, _) | Node::Output(module, _) | Node::Check(module, _) => (module, 0),
                Node::Provider(module, ..) | Node::Close(module) => (module, 0),
                Node::Resource(path) => (&path.module, 0),
            };
            from.outer(shared(module, from).min(module.0.len().saturating_sub(above)))
        };
        self.graph.needs[node].iter().map(|it| (*it, seen(*it))).collect()
    }
}

/// Whether the steps of a needed resource wait for everything that it needs and that is near to `module` too: they do if
/// they are in the same module instance or one around it, or in modules that have but one instance.
fn waits_for_the_rest(needed: &ResourcePath, module: &ModuleAddress, makers: &mut Index<'_>) -> bool {
    shared(&needed.module, module) == needed.module.0.len() || makers.are_in_single_modules(needed, module)
}
