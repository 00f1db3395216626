//! The graph as Terraform draws it: with providers and their ends, and without edges that others make superfluous.

use super::{Graph, Node, provider_block, provider_for};
use crate::{
    address::ProviderAddress,
    graph::reduced,
    lang::configuration::{Configuration, Resource},
};
use std::collections::BTreeMap;

/// How a vertex is drawn that is more than an end of edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A resource.
    Box,
    /// A provider configuration.
    Diamond,
    /// A root variable.
    Note,
}

#[derive(Clone, Debug)]
pub struct Vertex {
    pub name: String,
    /// What it is drawn as, if it is drawn for itself.
    pub drawn: Option<(String, Shape)>,
}

/// The vertices and edges of an operation. An edge leads from what waits to what it waits for.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    pub vertices: Vec<Vertex>,
    pub edges: Vec<(usize, usize)>,
}

/// What planning or applying visits, and in which order. Only planning reports the results of checks.
pub fn operation(configuration: &Configuration, graph: &Graph, reports: bool) -> Operation {
    let mut drawing = Drawing { configuration, reports, operation: Operation::default(), providers: BTreeMap::new() };
    let root = drawing.vertex("root".into(), None);
    // The vertices of a node: what others wait for.
    let mut places: Vec<Option<usize>> = Vec::with_capacity(graph.nodes.len());
    for (at, node) in graph.nodes.iter().enumerate() {
        let place = drawing.node(node);
        if let Some(place) = place {
            let needed = graph.needs[at].iter().filter_map(|it| places[*it]);
            drawing.operation.edges.extend(needed.map(|needed| (place, needed)));
        }
        if let (Node::Resource(path), Some(place)) = (node, place)
            && let Some(resource) = configuration.modules.get(&path.module).and_then(|it| it.resource(path))
        {
            drawing.provider(resource, node, place, graph, &places);
        }
        places.push(place);
    }
    let Operation { vertices, mut edges } = drawing.operation;
    edges.extend((0..vertices.len()).filter(|it| *it != root).map(|it| (root, it)));
    let edges: Vec<(usize, usize)> = edges.into_iter().map(|(later, earlier)| (earlier, later)).collect();
    let edges = reduced(vertices.len(), &edges).into_iter().map(|(earlier, later)| (later, earlier)).collect();
    Operation { vertices, edges }
}

struct Drawing<'c> {
    configuration: &'c Configuration,
    reports: bool,
    operation: Operation,
    /// For each provider configuration in use its beginning and its end.
    providers: BTreeMap<ProviderAddress, (usize, usize)>,
}

impl Drawing<'_> {
    fn vertex(&mut self, name: String, drawn: Option<(String, Shape)>) -> usize {
        self.operation.vertices.push(Vertex { name, drawn });
        self.operation.vertices.len() - 1
    }

    /// The vertex of a node; none for a provider, which is drawn where a resource uses it.
    fn node(&mut self, node: &Node) -> Option<usize> {
        let name = node.to_string();
        Some(match node {
            Node::Provider(..) => return None,
            Node::Call(_) | Node::Close(_) => self.vertex(name, None),
            Node::Variable(path, _) if path.is_root() => self.vertex(name.clone(), Some((name, Shape::Note))),
            Node::Resource(_) => self.vertex(format!("{name} (expand)"), Some((name, Shape::Box))),
            Node::Variable(..) | Node::Local(..) | Node::Output(..) => self.vertex(format!("{name} (expand)"), None),
            Node::Check(..) => {
                let check = self.vertex(format!("{name} (expand)"), None);
                if self.reports {
                    let report = self.vertex(format!("{name} (report)"), None);
                    self.operation.edges.push((check, report));
                }
                check
            }
        })
    }

    fn provider(&mut self, resource: &Resource, node: &Node, place: usize, graph: &Graph, places: &[Option<usize>]) {
        let Node::Resource(path) = node else { return };
        let address = provider_for(self.configuration, resource, &path.module).address;
        let known = self.providers.get(&address).copied();
        let (begin, end) = known.unwrap_or_else(|| {
            let name = address.to_string();
            let begin = self.vertex(name.clone(), Some((name.clone(), Shape::Diamond)));
            let end = self.vertex(format!("{name} (close)"), None);
            self.operation.edges.push((end, begin));
            if let Some(block) = provider_block(self.configuration, &address) {
                let key = Node::Provider(address.module.clone(), block.name.clone(), address.alias.clone());
                let needs = graph.index(&key).map_or(&[][..], |it| &graph.needs[it]);
                self.operation.edges.extend(needs.iter().filter_map(|it| Some((begin, places[*it]?))));
            }
            self.providers.insert(address.clone(), (begin, end));
            (begin, end)
        });
        self.operation.edges.extend([(place, begin), (end, place)]);
    }
}

/// For each resource the resources that it waits for, directly or through anything but resources, and not through
/// another of them. Both are indices into [`Graph::nodes`].
pub fn resources(graph: &Graph) -> Vec<(usize, Vec<usize>)> {
    let is_resource = |it: &usize| matches!(graph.nodes[*it], Node::Resource(_));
    let mut edges: Vec<(usize, usize)> = Vec::new();
    // The last resource whose search came by.
    let mut seen = vec![usize::MAX; graph.nodes.len()];
    for later in (0..graph.nodes.len()).filter(is_resource) {
        let mut open = graph.needs[later].clone();
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut seen[node], later) == later {
                continue;
            }
            match is_resource(&node) {
                true => edges.push((node, later)),
                false => open.extend(&graph.needs[node]),
            }
        }
    }
    let mut direct: BTreeMap<usize, Vec<usize>> =
        (0..graph.nodes.len()).filter(is_resource).map(|it| (it, Vec::new())).collect();
    for (earlier, later) in reduced(graph.nodes.len(), &edges) {
        direct.entry(later).or_default().push(earlier);
    }
    direct.into_iter().collect()
}
