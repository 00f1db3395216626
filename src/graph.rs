//! Directed graphs over indices: order, cycles, and what is ready to run. Pure, and without knowledge of what a
//! node stands for.

use petgraph::graph::{DiGraph, NodeIndex};
use std::{cmp::Reverse, collections::BinaryHeap};

/// The nodes that can start now, as others finish. A node starts when everything before it succeeded.
#[derive(Clone, Debug)]
pub struct Ready {
    followers: Vec<Vec<usize>>,
    /// How many nodes each one still waits for.
    waits: Vec<usize>,
    skipped: Vec<bool>,
    ready: BinaryHeap<Reverse<usize>>,
}

impl Ready {
    /// `edges` are `(earlier, later)`; repeated ones do no harm. Nodes of a cycle never become ready.
    pub fn new(count: usize, edges: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut followers = vec![Vec::new(); count];
        let mut waits = vec![0; count];
        for (earlier, later) in edges {
            followers[earlier].push(later);
            waits[later] += 1;
        }
        let ready = (0..count).filter(|node| waits[*node] == 0).map(Reverse).collect();
        Self { followers, waits, skipped: vec![false; count], ready }
    }

    /// Takes the ready node of the lowest index.
    pub fn take(&mut self) -> Option<usize> {
        self.ready.pop().map(|Reverse(node)| node)
    }

    /// Marks a taken node as done, which may make others ready.
    pub fn succeed(&mut self, node: usize) {
        for index in 0..self.followers[node].len() {
            let follower = self.followers[node][index];
            self.waits[follower] -= 1;
            if self.waits[follower] == 0 && !self.skipped[follower] {
                self.ready.push(Reverse(follower));
            }
        }
    }

    /// Marks a taken node as failed. Returns the nodes that can therefore never start, each once over the life
    /// of this set, in ascending order.
    pub fn fail(&mut self, node: usize) -> Vec<usize> {
        let mut skipped = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            for &follower in &self.followers[node] {
                if !self.skipped[follower] {
                    self.skipped[follower] = true;
                    skipped.push(follower);
                    open.push(follower);
                }
            }
        }
        skipped.sort_unstable();
        skipped
    }
}

/// All nodes, each after those it waits for, and otherwise by index. `edges` are `(earlier, later)`.
///
/// Fails with the cycles, see [`cycles`].
pub fn order(count: usize, edges: &[(usize, usize)]) -> Result<Vec<usize>, Vec<Vec<usize>>> {
    let mut ready = Ready::new(count, edges.iter().copied());
    let mut order = Vec::with_capacity(count);
    while let Some(node) = ready.take() {
        order.push(node);
        ready.succeed(node);
    }
    if order.len() == count { Ok(order) } else { Err(cycles(count, edges)) }
}

/// The sets of nodes that reach each other, and the nodes that have an edge to themselves. Each in ascending
/// order, as are the sets by their first node.
pub fn cycles(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut graph = DiGraph::<(), ()>::with_capacity(count, edges.len());
    for _ in 0..count {
        graph.add_node(());
    }
    for (earlier, later) in edges {
        graph.add_edge(NodeIndex::new(*earlier), NodeIndex::new(*later), ());
    }
    // Kosaraju rather than Tarjan: petgraph's Tarjan recurses, and a long chain would exhaust the stack.
    let components = petgraph::algo::kosaraju_scc(&graph);
    let looped = |node: &NodeIndex| graph.contains_edge(*node, *node);
    let mut cycles: Vec<Vec<usize>> = components
        .iter()
        .filter(|nodes| nodes.len() > 1 || nodes.iter().any(looped))
        .map(|nodes| nodes.iter().map(|node| node.index()).collect())
        .collect();
    cycles.iter_mut().for_each(|cycle| cycle.sort_unstable());
    cycles.sort_unstable();
    cycles
}

/// `edges` without those that a longer way makes superfluous. They are `(earlier, later)`, without cycles.
pub fn reduced(count: usize, edges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let Ok(order) = order(count, edges) else { return edges.to_vec() };
    let mut position = vec![0; count];
    for (at, node) in order.iter().enumerate() {
        position[*node] = at;
    }
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (earlier, later) in edges {
        before[*later].push(*earlier);
    }
    let mut kept = Vec::new();
    // The last node whose search came by.
    let mut seen = vec![usize::MAX; count];
    for later in 0..count {
        if let [only] = before[later][..] {
            kept.push((only, later));
            continue;
        }
        let mut direct = before[later].clone();
        direct.sort_unstable_by_key(|it| Reverse(position[*it]));
        let Some(first) = direct.last().map(|it| position[*it]) else { continue };
        // What stands later in the order cannot be reached from what stands earlier.
        for earlier in direct {
            if seen[earlier] == later {
                continue;
            }
            kept.push((earlier, later));
            let mut open = vec![earlier];
            while let Some(node) = open.pop() {
                if seen[node] != later && position[node] >= first {
                    seen[node] = later;
                    open.extend(&before[node]);
                }
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_and_cycles() {
        type Edges = &'static [(usize, usize)];
        let cases: &[(usize, Edges, Result<Vec<usize>, Vec<Vec<usize>>>)] = &[
            (0, &[], Ok(vec![])),
            (3, &[], Ok(vec![0, 1, 2])),
            (3, &[(2, 1), (1, 0), (2, 1)], Ok(vec![2, 1, 0])),
            (4, &[(3, 0), (0, 2)], Ok(vec![1, 3, 0, 2])),
            (2, &[(1, 1)], Err(vec![vec![1]])),
            (6, &[(0, 1), (1, 2), (2, 0), (2, 3), (5, 4), (4, 5)], Err(vec![vec![0, 1, 2], vec![4, 5]])),
        ];
        for (count, edges, expected) in cases {
            assert_eq!(&order(*count, edges), expected, "{edges:?}");
        }
    }

    #[test]
    fn only_edges_that_no_other_way_replaces_are_kept() {
        let cases: &[(usize, &[(usize, usize)], &[(usize, usize)])] = &[
            (3, &[(0, 1), (1, 2), (0, 2)], &[(0, 1), (1, 2)]),
            (4, &[(3, 1), (1, 0), (3, 0), (3, 2), (2, 0), (3, 0)], &[(1, 0), (2, 0), (3, 1), (3, 2)]),
            (5, &[(0, 1), (1, 2), (2, 3), (0, 3), (0, 4), (1, 4)], &[(0, 1), (1, 2), (1, 4), (2, 3)]),
            (2, &[], &[]),
        ];
        for (count, edges, expected) in cases {
            let mut kept = reduced(*count, edges);
            kept.sort_unstable();
            assert_eq!(kept, *expected, "{edges:?}");
        }
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let mut edges: Vec<(usize, usize)> = (0..200_000).map(|node| (node, node + 1)).collect();
        assert_eq!(order(200_001, &edges).map(|order| order.len()), Ok(200_001));
        edges.push((200_000, 0));
        assert_eq!(order(200_001, &edges).map_err(|cycles| cycles[0].len()), Err(200_001));
    }

    #[test]
    fn a_failure_skips_what_follows_and_nothing_else() {
        let mut ready = Ready::new(6, [(0, 2), (1, 2), (2, 3), (1, 4), (0, 5)]);
        assert_eq!((ready.take(), ready.take(), ready.take()), (Some(0), Some(1), None));
        assert_eq!(ready.fail(0), [2, 3, 5]);
        ready.succeed(1);
        assert_eq!((ready.take(), ready.take()), (Some(4), None));
    }
}
