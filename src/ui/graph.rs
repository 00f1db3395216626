//! Graphs in the DOT language, as Terraform writes them.

use crate::{
    address::{Mode, ModulePath, ResourcePath},
    lang::dependencies::{
        Graph, Node,
        operation::{Operation, Shape, Vertex, resources},
    },
    plan::{Plan, Step, StepKind},
};
use std::collections::{HashMap, HashSet};

/// The resources, clustered by module, and what each directly waits for.
pub fn summary(graph: &Graph) -> String {
    let mut order: Vec<(&ResourcePath, Vec<&ResourcePath>)> = Vec::new();
    let path = |at: usize| if let Node::Resource(path) = &graph.nodes[at] { Some(path) } else { None };
    for (at, needs) in resources(graph) {
        let Some(resource) = path(at) else { continue };
        order.push((resource, needs.into_iter().filter_map(path).collect()));
    }
    let key =
        |it: &ResourcePath| (it.module.to_string(), it.mode == Mode::Managed, it.type_name.clone(), it.name.clone());
    order.sort_by_cached_key(|(path, _)| key(path));
    let rank: HashMap<&ResourcePath, usize> = order.iter().enumerate().map(|(at, (path, _))| (*path, at)).collect();
    let mut out = String::from("digraph G {\n  rankdir = \"RL\";\n  node [shape = rect, fontname = \"sans-serif\"];\n");
    if order.is_empty() {
        out.push_str("  /* This configuration does not contain any resources.         */\n");
        out.push_str("  /* For a more detailed graph, try: rforge graph -type=plan    */\n");
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
    for (at, vertex) in operation.vertices.iter().enumerate() {
        let Some((label, shape)) = &vertex.drawn else { continue };
        let shape = match shape {
            Shape::Box => "box",
            Shape::Diamond => "diamond",
            Shape::Note => "note",
        };
        lines.push(format!("\t\t{} [label = {}, shape = \"{shape}\"]\n", name(at), quoted(label)));
    }
    lines.sort();
    let edges = operation.edges.iter().map(|(later, earlier)| format!("\t\t{} -> {}\n", name(*later), name(*earlier)));
    let mut edges: Vec<String> = edges.collect();
    edges.sort();
    lines.append(&mut edges);
    format!(
        "digraph {{\n\tcompound = \"true\"\n\tnewrank = \"true\"\n\tsubgraph \"root\" {{\n{}\t}}\n}}\n",
        lines.concat()
    )
}

/// The steps of a plan: what applying it would do.
pub fn steps(plan: &Plan) -> String {
    let vertex = |step: &Step| {
        let address = plan.changes[step.change].address.to_string();
        let name = match &step.kind {
            StepKind::Create { .. } | StepKind::Update => address.clone(),
            StepKind::Read => format!("{address} (read)"),
            StepKind::Forget => format!("{address} (forget)"),
            StepKind::Delete { deposed: None } => format!("{address} (destroy)"),
            StepKind::Delete { deposed: Some(key) } => format!("{address} (destroy deposed {key})"),
        };
        Vertex { name, drawn: Some((address, Shape::Box)) }
    };
    let mut vertices: Vec<Vertex> = plan.steps.nodes.iter().map(vertex).collect();
    let waiting: HashSet<usize> = plan.steps.edges.iter().map(|(earlier, _)| *earlier).collect();
    let root = vertices.len();
    let last = (0..root).filter(|it| !waiting.contains(it)).map(|it| (root, it));
    let edges = plan.steps.edges.iter().map(|(earlier, later)| (*later, *earlier)).chain(last).collect();
    vertices.push(Vertex { name: "root".into(), drawn: None });
    operation(&Operation { vertices, edges })
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
