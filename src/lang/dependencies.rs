//! The graph of a configuration: what must be evaluated before what. Instance keys play no part in it, one node
//! stands for all instances.

mod build;
pub mod operation;
mod providers;

pub use providers::{
    ProviderChoice, ProviderUse, implied_name, local_name, provider_block, provider_for, provider_node, provider_of,
    source_of, used_providers,
};

use crate::{
    address::{ModulePath, Name, ResourcePath},
    diagnostic::Diagnostics,
    lang::configuration::Configuration,
};
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, OnceLock},
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
    /// See [`Graph::ancestors`]; made when first asked for, as `validate` has no use for it.
    ancestors: OnceLock<Vec<Arc<[usize]>>>,
}

impl Graph {
    /// Fails with `Cycle: …` errors where the configuration has cycles.
    pub fn new(configuration: &Configuration) -> Result<Self, Diagnostics> {
        build::graph(configuration)
    }

    /// The resources that a node needs, directly or not, as indices of nodes.
    pub fn resources_needed(&self, at: usize) -> &[usize] {
        &self.ancestors()[at]
    }

    pub fn index(&self, node: &Node) -> Option<usize> {
        self.index.get(node).copied()
    }

    /// For each node the indices of all resources that it needs, directly or not, ascending. Of a chain of resources
    /// that is quadratic, as what Terraform writes into state is.
    fn ancestors(&self) -> &[Arc<[usize]>] {
        self.ancestors.get_or_init(|| build::ancestors(&self.nodes, &self.needs))
    }
}

/// All nodes of `configuration`, each after everything that it needs.
pub fn order(configuration: &Configuration) -> Result<Vec<Node>, Diagnostics> {
    Graph::new(configuration).map(|graph| graph.nodes)
}

/// Every resource and data source that `resource` depends on, directly or through anything else, sorted: what
/// Terraform records as `dependencies` in state.
pub fn resource_dependencies(graph: &Graph, resource: &ResourcePath) -> Vec<ResourcePath> {
    let Some(node) = graph.index(&Node::Resource(resource.clone())) else { return Vec::new() };
    let mut paths: Vec<ResourcePath> = graph.ancestors()[node]
        .iter()
        .filter_map(|it| if let Node::Resource(path) = &graph.nodes[*it] { Some(path.clone()) } else { None })
        .collect();
    paths.sort_by_cached_key(ToString::to_string);
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
