//! Graphs in the DOT language, as Terraform writes them.

use crate::{
    address::{ModulePath, ResourceMode, ResourcePath},
    lang::dependencies::{
        Graph, Node,
        operation::{Operation, Outline, Work, resources},
    },
    plan::{Plan, Step, StepKind},
    product::COMMAND,
    state::State,
};
use std::collections::HashMap;

/// The resources, clustered by module, and what each directly waits for.
pub fn summary(graph: &Graph) -> String {
    let mut order: Vec<(&ResourcePath, Vec<&ResourcePath>)> = Vec::new();
    let path = |at: usize| if let Node::Resource(path) = &graph.nodes[at] { Some(path) } else { None };
    for (at, needs) in resources(graph) {
        let Some(resource) = path(at) else { continue };
        order.push((resource, needs.into_iter().filter_map(path).collect()));
    }
    let key = |it: &ResourcePath| {
        (it.module.to_string(), it.mode == ResourceMode::Managed, it.type_name.clone(), it.name.clone())
    };
    order.sort_by_cached_key(|(path, _)| key(path));
    let rank: HashMap<&ResourcePath, usize> = order.iter().enumerate().map(|(at, (path, _))| (*path, at)).collect();
    let mut out = String::from("digraph G {\n  rankdir = \"RL\";\n  node [shape = rect, fontname = \"sans-serif\"];\n");
    if order.is_empty() {
        out.push_str("  /* This configuration does not contain any resources.         */\n");
        out.push_str(&format!("  /* For a more detailed graph, try: {COMMAND} graph -type=plan    */\n"));
    }
    let root = ModulePath::root();
    let mut module = &root;
    for (path, _) in &order {
        if path.module != *module {
            if !module.is_root() {
                out.push_str("  }\n");
            }
            module = &path.module;
            let name = module.to_string();
            let cluster = quoted(&format!("cluster_{name}"));
            out.push_str(&format!(
                "  subgraph {cluster} {{\n    label = {}\n    fontname = \"sans-serif\"\n",
                quoted(&name)
            ));
        }
        let local = ResourcePath { module: ModulePath::root(), ..(*path).clone() };
        let indent = if module.is_root() { "  " } else { "    " };
        out.push_str(&format!("{indent}{} [label={}];\n", quoted(&path.to_string()), quoted(&local.to_string())));
    }
    if !module.is_root() {
        out.push_str("  }\n");
    }
    for (path, needs) in &mut order {
        needs.sort_by_key(|it| rank.get(it));
        for needed in needs {
            out.push_str(&format!("  {} -> {};\n", quoted(&path.to_string()), quoted(&needed.to_string())));
        }
    }
    out + "}\n"
}

/// Everything that an operation visits.
pub fn operation(operation: &Operation) -> String {
    let name = |at: usize| quoted(&format!("[root] {}", operation.vertices[at].name));
    let mut lines: Vec<String> = Vec::new();
    let mut order: Vec<usize> = (0..operation.vertices.len()).collect();
    order.sort_by_key(|at| &operation.vertices[*at].name);
    for at in order {
        let Some((label, shape)) = &operation.vertices[at].drawn else { continue };
        let shape = match shape {
            Outline::Box => "box",
            Outline::Diamond => "diamond",
            Outline::Note => "note",
        };
        lines.push(format!("\t\t{} [label = {}, shape = \"{shape}\"]\n", name(at), quoted(label)));
    }
    let edges = operation.edges.iter().map(|(later, earlier)| format!("\t\t{} -> {}\n", name(*later), name(*earlier)));
    let mut edges: Vec<String> = edges.collect();
    edges.sort();
    edges.dedup();
    lines.append(&mut edges);
    format!(
        "digraph {{\n\tcompound = \"true\"\n\tnewrank = \"true\"\n\tsubgraph \"root\" {{\n{}\t}}\n}}\n",
        lines.concat()
    )
}

/// What applying the plan would do, in the order of its steps.
pub fn work_of_plan(plan: &Plan) -> Vec<Work> {
    let work = |step: &Step| {
        let change = &plan.changes[step.change];
        let address = change.address.to_string();
        let (name, makes) = match &step.kind {
            StepKind::Create { .. } | StepKind::Update | StepKind::Read => (address, true),
            StepKind::Forget => (format!("{address} (forget)"), false),
            StepKind::Delete { deposed: None } => (format!("{address} (destroy)"), false),
            StepKind::Delete { deposed: Some(key) } => (format!("{address} (destroy deposed {key})"), false),
        };
        let (resource, provider) = (change.address.resource.path(), change.provider.address.clone());
        Work { resource, name, provider, makes, after: Vec::new() }
    };
    let mut all: Vec<Work> = plan.steps.nodes.iter().map(work).collect();
    for (earlier, later) in plan.steps.pairs() {
        all[later].after.push(earlier);
    }
    all
}

/// The deletion of everything that state holds: before an object those that it depends on.
pub fn work_of_destruction(state: &State) -> Vec<Work> {
    let mut all: Vec<Work> = Vec::new();
    let mut made_of: HashMap<ResourcePath, Vec<usize>> = HashMap::new();
    let mut dependencies: Vec<&[ResourcePath]> = Vec::new();
    for (address, resource) in state.resources.iter().filter(|(address, _)| address.mode == ResourceMode::Managed) {
        for instance in resource.instances.values() {
            let current = instance.current.iter().map(|object| (String::new(), object));
            let deposed = instance.deposed.iter().map(|(key, object)| (format!(" deposed {key}"), object));
            for (which, object) in current.chain(deposed) {
                let path = address.path();
                made_of.entry(path.clone()).or_default().push(all.len());
                dependencies.push(&object.dependencies);
                let (name, provider) = (format!("{path} (destroy{which})"), resource.provider.clone());
                all.push(Work { resource: path, name, provider, makes: false, after: Vec::new() });
            }
        }
    }
    for (at, dependencies) in dependencies.into_iter().enumerate() {
        for needed in dependencies.iter().filter_map(|it| made_of.get(it)).flatten() {
            all[*needed].after.push(at);
        }
    }
    all
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
