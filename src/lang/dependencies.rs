//! The graph of a configuration: what must be evaluated before what. Instance keys play no part in it, one node
//! stands for all instances.

mod build;
mod called;
pub mod operation;
mod providers;

pub use build::is_cycle_of_several;
pub use called::called_providers;
pub use providers::{
    ProviderChoice, ProviderUse, implied_name, import_name, local_name, provider_block, provider_for, provider_node,
    provider_of, requirements, source_of, used_providers,
};

use crate::{
    address::{ModulePath, Name, ResourceMode, ResourcePath},
    diagnostic::Diagnostics,
    lang::configuration::Configuration,
};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// Something that is evaluated on its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A variable of this module. That of a child is the argument of its call.
    Variable(ModulePath, Name),
    Local(ModulePath, Name),
    Output(ModulePath, Name),
    /// `count` or `for_each` of the call that makes this module; everything inside waits for it, and through it
    /// for the `depends_on` of the call.
    Call(ModulePath),
    /// Everything inside of the module is done: what `depends_on = [module.a]` waits for.
    Close(ModulePath),
    /// A resource or data source, with all its instances.
    Resource(ResourcePath),
    /// A `provider` block, by its local name and alias.
    Provider(ModulePath, Name, Option<Name>),
    Check(ModulePath, Name),
}

/// The nodes of a configuration and what each one needs, free of cycles.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// In an order in which each stands after everything that it needs.
    pub nodes: Vec<Node>,
    /// For each node the indices of those it needs directly, ascending.
    pub needs: Vec<Vec<usize>>,
    index: HashMap<Node, usize>,
    /// For each node that was asked for what [`resource_dependencies`] says of it.
    recorded: Arc<Mutex<HashMap<usize, Arc<[ResourcePath]>>>>,
}

impl Graph {
    /// Fails with `Cycle: …` errors where the configuration has cycles.
    pub fn new(configuration: &Configuration) -> Result<Self, Diagnostics> {
        build::graph(configuration)
    }

    /// The resources that a node needs, directly or not, as indices of nodes, the nearest first.
    pub fn resources_needed(&self, at: usize) -> impl Iterator<Item = usize> {
        self.search([at], |_| true)
    }

    /// The resources on the way from some nodes to what they need. Where `goes_on` says no for one of them, what it needs
    /// is found only by another way.
    fn search(
        &self,
        from: impl IntoIterator<Item = usize>,
        goes_on: impl Fn(&ResourcePath) -> bool,
    ) -> impl Iterator<Item = usize> {
        let mut open: VecDeque<usize> = from.into_iter().flat_map(|at| &self.needs[at]).copied().collect();
        let mut seen: HashSet<usize> = open.iter().copied().collect();
        std::iter::from_fn(move || {
            while let Some(at) = open.pop_front() {
                let resource = match &self.nodes[at] {
                    Node::Resource(path) => Some(path),
                    _ => None,
                };
                if resource.is_none_or(&goes_on) {
                    open.extend(self.needs[at].iter().filter(|it| seen.insert(**it)));
                }
                if resource.is_some() {
                    return Some(at);
                }
            }
            None
        })
    }

    /// The resources that some others need, directly or not.
    pub fn needed_by<'r>(&self, resources: impl IntoIterator<Item = &'r ResourcePath>) -> Vec<&ResourcePath> {
        let nodes = resources.into_iter().filter_map(|it| self.index(&Node::Resource(it.clone())));
        self.search(nodes, |_| true).filter_map(|at| self.resource(at)).collect()
    }

    /// The resource that a node is.
    pub fn resource(&self, at: usize) -> Option<&ResourcePath> {
        if let Node::Resource(path) = &self.nodes[at] { Some(path) } else { None }
    }

    pub fn index(&self, node: &Node) -> Option<usize> {
        self.index.get(node).copied()
    }
}

/// All nodes of `configuration`, each after everything that it needs.
pub fn order(configuration: &Configuration) -> Result<Vec<Node>, Diagnostics> {
    Graph::new(configuration).map(|graph| graph.nodes)
}

/// Beyond so many resources that one depends on only the nearest are recorded: in a long chain all of them would be the
/// square of its length.
const RECORDED: usize = 500;

/// Every resource and data source that `resource` depends on, directly or through anything else, sorted: what
/// Terraform records as `dependencies` in state. Where they are very many, those through which the others are found:
/// between the two a chain of such records has the same order.
pub fn resource_dependencies(graph: &Graph, resource: &ResourcePath) -> Arc<[ResourcePath]> {
    let Some(node) = graph.index(&Node::Resource(resource.clone())) else { return Arc::default() };
    let mut recorded = graph.recorded.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = recorded.get(&node) {
        return known.clone();
    }
    let mut needed: Vec<usize> = graph.resources_needed(node).take(RECORDED + 1).collect();
    if needed.len() > RECORDED {
        // Of data sources nothing is recorded.
        needed = graph.search([node], |it| it.mode != ResourceMode::Managed).collect();
    }
    let mut paths: Vec<ResourcePath> = needed.iter().filter_map(|it| graph.resource(*it)).cloned().collect();
    paths.sort_by_cached_key(ToString::to_string);
    let paths: Arc<[ResourcePath]> = paths.into();
    recorded.insert(node, paths.clone());
    paths
}

impl fmt::Display for Node {
    /// As Terraform names it in messages: `module.a.var.b`, `aws_vpc.main`, `module.a (expand)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let within = |module: &ModulePath| if module.is_root() { String::new() } else { format!("{module}.") };
        match self {
            Self::Variable(module, name) => write!(f, "{}var.{name}", within(module)),
            Self::Local(module, name) => write!(f, "{}local.{name}", within(module)),
            Self::Output(module, name) => write!(f, "{}output.{name}", within(module)),
            Self::Call(module) => write!(f, "{module} (expand)"),
            Self::Close(module) => write!(f, "{module} (close)"),
            Self::Resource(path) => path.fmt(f),
            Self::Provider(module, name, None) => write!(f, "{}provider.{name}", within(module)),
            Self::Provider(module, name, Some(alias)) => write!(f, "{}provider.{name}.{alias}", within(module)),
            Self::Check(module, name) => write!(f, "{}check.{name}", within(module)),
        }
    }
}
