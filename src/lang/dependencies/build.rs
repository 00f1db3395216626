//! Makes the graph out of a configuration.

use super::{Graph, Node, ProviderChoice, ProviderUse, provider_for, provider_node};
use crate::{
    address::{ModulePath, ResourcePath},
    diagnostic::{Diagnostic, Diagnostics, Span},
    expression::{
        references::{Reference, Subject, body_references, references},
        syntax::tree::{Body, Expression},
    },
    graph,
    lang::configuration::{Configuration, Module, Resource, Rule},
};
use std::collections::HashMap;

/// The graph of `configuration`, in order.
pub(super) fn graph(configuration: &Configuration) -> Result<Graph, Diagnostics> {
    let nodes: Vec<Node> = configuration.modules.values().flat_map(|module| nodes_of(configuration, module)).collect();
    let index: HashMap<&Node, usize> = nodes.iter().enumerate().map(|(index, node)| (node, index)).collect();
    let mut edges: Vec<(usize, usize)> = Vec::new();
    for (position, node) in nodes.iter().enumerate() {
        for needed in needs(configuration, node) {
            // What is not declared has been reported by the reference check.
            edges.extend(index.get(&needed).map(|needed| (*needed, position)));
        }
    }
    for (position, node) in nodes.iter().enumerate() {
        if let Some(module) = module_of(node).filter(|_| !matches!(node, Node::Close(_))) {
            edges.extend(index.get(&Node::Close(module.clone())).map(|close| (position, *close)));
        }
    }
    for import in &configuration.root().imports {
        let mut needs = Needs { module: &ModulePath::root(), found: Vec::new() };
        needs.expressions([&import.to, &import.id].into_iter().chain(&import.for_each));
        let Some(position) = index.get(&Node::Resource(import.resource.clone())) else { continue };
        // `to` names the resource itself.
        let needed = needs.found.iter().filter_map(|it| index.get(it)).filter(|it| *it != position);
        edges.extend(needed.map(|needed| (*needed, *position)));
    }
    edges.sort_unstable();
    edges.dedup();
    match graph::order(nodes.len(), &edges) {
        Ok(order) => Ok(ordered(nodes, &order, &edges)),
        Err(cycles) => Err(cycles.iter().map(|cycle| cycle_error(configuration, &nodes, cycle)).collect()),
    }
}

/// Numbers the nodes by `order`.
fn ordered(nodes: Vec<Node>, order: &[usize], edges: &[(usize, usize)]) -> Graph {
    let mut position = vec![0; nodes.len()];
    for (new, old) in order.iter().enumerate() {
        position[*old] = new;
    }
    let mut needs = vec![Vec::new(); nodes.len()];
    for (earlier, later) in edges {
        needs[position[*later]].push(position[*earlier]);
    }
    needs.iter_mut().for_each(|it| it.sort_unstable());
    let mut slots: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
    let nodes: Vec<Node> = order.iter().filter_map(|old| slots[*old].take()).collect();
    let index = nodes.iter().cloned().enumerate().map(|(index, node)| (node, index)).collect();
    Graph { nodes, needs, index, recorded: Default::default() }
}

fn module_of(node: &Node) -> Option<&ModulePath> {
    match node {
        Node::Variable(module, _)
        | Node::Local(module, _)
        | Node::Output(module, _)
        | Node::Call(module)
        | Node::Provider(module, ..)
        | Node::Check(module, _) => Some(module),
        Node::Resource(path) => Some(&path.module),
        // It closes into the module around it.
        Node::Close(_) => None,
    }
}

fn nodes_of(configuration: &Configuration, module: &Module) -> Vec<Node> {
    let path = &module.path;
    let mut nodes = Vec::new();
    if !path.is_root() {
        nodes.push(Node::Call(path.clone()));
    }
    nodes.extend(module.variables.keys().map(|name| Node::Variable(path.clone(), name.clone())));
    nodes
        .extend(module.providers.keys().map(|(name, alias)| Node::Provider(path.clone(), name.clone(), alias.clone())));
    nodes.extend(module.locals.keys().map(|name| Node::Local(path.clone(), name.clone())));
    let nested = module.checks.values().filter_map(|check| check.data.as_ref());
    for it in module.resources.values().chain(nested) {
        let (type_name, name) = (it.type_name.clone(), it.name.clone());
        nodes.push(Node::Resource(ResourcePath { module: path.clone(), mode: it.mode, type_name, name }));
    }
    nodes.extend(module.outputs.keys().map(|name| Node::Output(path.clone(), name.clone())));
    nodes.extend(module.checks.keys().map(|name| Node::Check(path.clone(), name.clone())));
    if !path.is_root() && configuration.modules.contains_key(path) {
        nodes.push(Node::Close(path.clone()));
    }
    nodes
}

/// The references of one node, in the module whose names they use.
struct Needs<'a> {
    module: &'a ModulePath,
    found: Vec<Node>,
}

impl Needs<'_> {
    fn expression(&mut self, expression: &Expression) {
        self.all(references(expression, &mut Vec::new()));
    }
    fn expressions<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expression>) {
        expressions.into_iter().for_each(|it| self.expression(it));
    }
    fn rules(&mut self, rules: &[Rule]) {
        self.expressions(rules.iter().flat_map(|rule| [&rule.condition, &rule.error_message]));
    }
    fn body(&mut self, body: &Body) {
        self.all(body_references(body, &mut Vec::new()));
    }
    fn all(&mut self, references: Vec<Reference>) {
        self.found.extend(references.into_iter().filter_map(|it| target(self.module, it.subject)));
    }
}

/// What a reference in `module` waits for.
pub(super) fn target(module: &ModulePath, subject: Subject) -> Option<Node> {
    let module = module.clone();
    match subject {
        Subject::Variable(name) => Some(Node::Variable(module, name)),
        Subject::Local(name) => Some(Node::Local(module, name)),
        Subject::Module { call, output: Some(output), .. } => Some(Node::Output(module.child(&call), output)),
        Subject::Module { call, output: None, .. } => Some(Node::Close(module.child(&call))),
        Subject::Resource { mode, type_name, name, .. } => {
            Some(Node::Resource(ResourcePath { module, mode, type_name, name }))
        }
        Subject::Each(_) | Subject::Count(_) | Subject::Path(_) | Subject::Terraform(_) | Subject::SelfObject => None,
    }
}

/// What `node` needs directly, declared or not.
fn needs(configuration: &Configuration, node: &Node) -> Vec<Node> {
    let Some(path) = module_of(node) else {
        let Node::Close(path) = node else { return Vec::new() };
        return configuration.modules[path].calls.keys().map(|call| Node::Close(path.child(call))).collect();
    };
    let module = &configuration.modules[path];
    let mut needs = Needs { module: path, found: Vec::new() };
    let parent = path.parent();
    let call =
        parent.as_ref().zip(path.0.last()).and_then(|(parent, name)| configuration.modules[parent].calls.get(name));
    match node {
        Node::Call(_) => {
            let (Some(parent), Some(call)) = (&parent, call) else { return Vec::new() };
            let mut outside = Needs { module: parent, found: Vec::new() };
            outside.expressions(call.count.iter().chain(&call.for_each).chain(&call.region).chain(&call.depends_on));
            outside.found.push(Node::Call(parent.clone()));
            return outside.found;
        }
        Node::Variable(_, name) => {
            if let (Some(parent), Some(call)) = (&parent, call) {
                let mut outside = Needs { module: parent, found: Vec::new() };
                outside.expressions(call.arguments.get(name));
                needs.found.append(&mut outside.found);
            }
            needs.rules(&module.variables[name].validations);
            // A validation is about the variable itself.
            needs.found.retain(|needed| needed != node);
        }
        Node::Local(_, name) => needs.expression(&module.locals[name].value),
        Node::Output(_, name) => {
            let output = &module.outputs[name];
            needs.expression(&output.value);
            needs.expressions(&output.depends_on);
            needs.rules(&output.preconditions);
        }
        Node::Resource(resource) => {
            if let Some(block) = module.resource(resource) {
                resource_needs(configuration, block, node, &mut needs);
            }
        }
        Node::Provider(_, name, alias) => {
            let block = &module.providers[&(name.clone(), alias.clone())];
            needs.expressions(&block.for_each);
            needs.body(&block.body);
        }
        Node::Check(_, name) => needs.rules(&module.checks[name].asserts),
        Node::Close(_) => {}
    }
    if !path.is_root() {
        needs.found.push(Node::Call(path.clone()));
    }
    needs.found
}

fn resource_needs(configuration: &Configuration, block: &Resource, node: &Node, needs: &mut Needs<'_>) {
    let lifecycle = &block.lifecycle;
    needs.rules(&lifecycle.preconditions);
    needs.rules(&lifecycle.postconditions);
    for provisioner in &block.provisioners {
        needs.body(&provisioner.body);
        provisioner.connection.iter().for_each(|it| needs.body(it));
    }
    needs.expressions(&block.depends_on);
    // A condition or a provisioner may name the object that it is about, and waiting for oneself is no wait.
    needs.found.retain(|needed| needed != node);
    needs.body(&block.body);
    needs.expressions(block.count.iter().chain(&block.for_each));
    needs.expressions(&lifecycle.replace_triggered_by);
    needs.expressions(&lifecycle.prevent_destroy);
    let ProviderUse { address: provider, key } = provider_for(configuration, block, needs.module);
    if let Some(ProviderChoice { key, call }) = key {
        let caller = call.and_then(|it| it.parent());
        let mut place = Needs { module: caller.as_ref().unwrap_or(needs.module), found: Vec::new() };
        place.expression(key);
        needs.found.append(&mut place.found);
    }
    needs.found.extend(provider_node(configuration, &provider));
}

/// Whether an error of [`graph`] is about more than something that refers to itself.
pub fn is_cycle_of_several(error: &Diagnostic) -> bool {
    error.summary.contains(BETWEEN)
}

/// Between the members of a cycle, whose names have no such thing in them.
const BETWEEN: &str = ", ";

fn cycle_error(configuration: &Configuration, nodes: &[Node], cycle: &[usize]) -> Diagnostic {
    let names: Vec<String> = cycle.iter().map(|it| nodes[*it].to_string()).collect();
    let detail = "Each of these needs the value of another one of them, so that none can be first.";
    let error = Diagnostic::error(format!("Cycle: {}", names.join(BETWEEN)), detail)
        .hint("Take away one of the references among them, or depends_on where it only states an order.");
    match cycle.iter().find_map(|it| span(configuration, &nodes[*it])) {
        Some(span) => error.at(span),
        None => error,
    }
}

fn span(configuration: &Configuration, node: &Node) -> Option<Span> {
    let module = configuration.modules.get(module_of(node)?)?;
    match node {
        Node::Variable(_, name) => Some(module.variables[name].span),
        Node::Local(_, name) => Some(module.locals[name].span),
        Node::Output(_, name) => Some(module.outputs[name].span),
        Node::Resource(path) => module.resource(path).map(|it| it.span),
        Node::Provider(_, name, alias) => Some(module.providers[&(name.clone(), alias.clone())].span),
        Node::Check(_, name) => Some(module.checks[name].span),
        Node::Call(_) | Node::Close(_) => None,
    }
}
