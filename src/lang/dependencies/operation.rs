//! The graph as Terraform draws it: with providers and their ends, and without edges that others make superfluous.

use super::{Graph, Node, provider_block, provider_for};
use crate::{
    address::{ProviderAddress, ResourcePath},
    graph::reduced,
    lang::configuration::Configuration,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How a vertex is drawn that is more than an end of edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outline {
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
    pub drawn: Option<(String, Outline)>,
}

/// The vertices and edges of an operation. An edge leads from what waits to what it waits for.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    pub vertices: Vec<Vertex>,
    pub edges: Vec<(usize, usize)>,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Only planning reports the results of checks.
    Plan,
    Apply,
    /// Of the configuration only the outputs of the root and what provider configurations need are visited.
    Destroy,
}

/// What is to be done with one object.
#[derive(Clone, Debug)]
pub struct Work {
    pub resource: ResourcePath,
    /// `a.b[0]`, `a.b[0] (destroy)`
    pub name: String,
    pub provider: ProviderAddress,
    /// Whether it makes the object what its block says, so that what needs the resource waits for it.
    pub makes: bool,
    /// What it waits for among all work, by index.
    pub after: Vec<usize>,
}

/// What an operation visits, and in which order: the configuration, and the work that is known already.
pub fn operation(configuration: &Configuration, graph: &Graph, purpose: Purpose, work: &[Work]) -> Operation {
    let mut drawing = Drawing {
        configuration,
        graph,
        purpose,
        operation: Operation::default(),
        places: Vec::with_capacity(graph.nodes.len()),
        providers: BTreeMap::new(),
    };
    let root = drawing.vertex("root".into(), None);
    let needed = drawing.needed_by_providers(work);
    let vertices: Vec<usize> =
        work.iter().map(|it| drawing.vertex(it.name.clone(), Some((it.resource.to_string(), Outline::Box)))).collect();
    let mut makers: HashMap<&ResourcePath, Vec<usize>> = HashMap::new();
    for (it, vertex) in work.iter().zip(&vertices).filter(|(it, _)| it.makes) {
        makers.entry(&it.resource).or_default().push(*vertex);
    }
    for (at, node) in graph.nodes.iter().enumerate() {
        let is_visited = purpose != Purpose::Destroy || needed.contains(&at);
        let places = if is_visited { drawing.visit(at, node, &makers) } else { drawing.output(node) };
        drawing.places.push(places);
    }
    for (it, vertex) in work.iter().zip(&vertices) {
        let (begin, end) = drawing.provider(&it.provider);
        drawing.operation.edges.extend([(*vertex, begin), (end, *vertex)]);
        drawing.operation.edges.extend(it.after.iter().map(|earlier| (*vertex, vertices[*earlier])));
    }
    let Operation { vertices, mut edges } = drawing.operation;
    edges.extend((0..vertices.len()).filter(|it| *it != root).map(|it| (root, it)));
    let edges: Vec<(usize, usize)> = edges.into_iter().map(|(later, earlier)| (earlier, later)).collect();
    let edges = reduced(vertices.len(), &edges).into_iter().map(|(earlier, later)| (later, earlier)).collect();
    Operation { vertices, edges }
}

struct Drawing<'c> {
    configuration: &'c Configuration,
    graph: &'c Graph,
    purpose: Purpose,
    operation: Operation,
    /// The vertices of each node so far: what others wait for.
    places: Vec<Vec<usize>>,
    /// For each provider configuration in use its beginning and its end.
    providers: BTreeMap<ProviderAddress, (usize, usize)>,
}

impl Drawing<'_> {
    fn vertex(&mut self, name: String, drawn: Option<(String, Outline)>) -> usize {
        self.operation.vertices.push(Vertex { name, drawn });
        self.operation.vertices.len() - 1
    }

    /// Draws a node with what it needs.
    fn visit(&mut self, at: usize, node: &Node, makers: &HashMap<&ResourcePath, Vec<usize>>) -> Vec<usize> {
        let Some(place) = self.node(node) else { return Vec::new() };
        let needed = self.graph.needs[at].iter().flat_map(|it| &self.places[*it]);
        self.operation.edges.extend(needed.map(|needed| (place, *needed)));
        let mut places = vec![place];
        if let Node::Resource(path) = node {
            let made = makers.get(path).map_or(&[][..], Vec::as_slice);
            self.operation.edges.extend(made.iter().map(|it| (*it, place)));
            places.extend(made);
            if let Some(resource) = self.configuration.modules.get(&path.module).and_then(|it| it.resource(path)) {
                let address = provider_for(self.configuration, resource, &path.module).address;
                let (begin, end) = self.provider(&address);
                self.operation.edges.extend([(place, begin), (end, place)]);
            }
        }
        places
    }

    /// The outputs of the root are forgotten by what destroys, whatever they were made of.
    fn output(&mut self, node: &Node) -> Vec<usize> {
        match node {
            Node::Output(path, _) if path.is_root() => self.node(node).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The vertex of a node; none for a provider, which is drawn where a resource uses it.
    fn node(&mut self, node: &Node) -> Option<usize> {
        let name = node.to_string();
        Some(match node {
            Node::Provider(..) => return None,
            Node::Call(_) | Node::Close(_) => self.vertex(name, None),
            Node::Variable(path, _) if path.is_root() => self.vertex(name.clone(), Some((name, Outline::Note))),
            Node::Resource(_) => self.vertex(format!("{name} (expand)"), Some((name, Outline::Box))),
            Node::Variable(..) | Node::Local(..) | Node::Output(..) => self.vertex(format!("{name} (expand)"), None),
            Node::Check(..) => {
                let check = self.vertex(format!("{name} (expand)"), None);
                if self.purpose == Purpose::Plan {
                    let report = self.vertex(format!("{name} (report)"), None);
                    self.operation.edges.push((check, report));
                }
                check
            }
        })
    }

    /// Where the use of a provider configuration begins and ends.
    fn provider(&mut self, address: &ProviderAddress) -> (usize, usize) {
        if let Some(known) = self.providers.get(address) {
            return *known;
        }
        let name = address.to_string();
        let begin = self.vertex(name.clone(), Some((name.clone(), Outline::Diamond)));
        let end = self.vertex(format!("{name} (close)"), None);
        self.operation.edges.push((end, begin));
        let needs = self.block(address).map_or(&[][..], |it| &self.graph.needs[it]);
        let needs = needs.iter().flat_map(|it| self.places.get(*it).into_iter().flatten());
        self.operation.edges.extend(needs.map(|it| (begin, *it)));
        self.providers.insert(address.clone(), (begin, end));
        (begin, end)
    }

    /// The node of the block that configures a provider, if there is one.
    fn block(&self, address: &ProviderAddress) -> Option<usize> {
        let block = provider_block(self.configuration, address)?;
        self.graph.index(&Node::Provider(address.module.clone(), block.name.clone(), address.alias.clone()))
    }

    /// What the configurations of the providers that work uses need, directly or not, but for resources.
    fn needed_by_providers(&self, work: &[Work]) -> HashSet<usize> {
        let providers: BTreeSet<&ProviderAddress> = work.iter().map(|it| &it.provider).collect();
        let mut open: Vec<usize> = providers.into_iter().filter_map(|it| self.block(it)).collect();
        let mut needed = HashSet::new();
        while let Some(at) = open.pop() {
            if !matches!(self.graph.nodes[at], Node::Resource(_)) && needed.insert(at) {
                open.extend(&self.graph.needs[at]);
            }
        }
        needed
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
