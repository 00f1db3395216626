//! The modules that a configuration calls, as a tree.

use crate::{
    address::ModulePath,
    lang::{
        configuration::{Configuration, ModuleCall},
        load::{Manifest, canonical},
    },
};
use serde_json::{Value as Json, json};

/// What `modules` prints.
pub fn render(configuration: &Configuration, manifest: &Manifest) -> String {
    let mut tree = String::new();
    branch(configuration, manifest, &ModulePath::root(), "", &mut tree);
    if tree.is_empty() {
        return "No modules found in configuration.\n".into();
    }
    format!("\nModules declared by configuration:\n.\n{tree}\n")
}

/// The modules that a module calls, each line behind `margin`.
fn branch(configuration: &Configuration, manifest: &Manifest, path: &ModulePath, margin: &str, out: &mut String) {
    let Some(module) = configuration.modules.get(path) else { return };
    let last = module.calls.len().saturating_sub(1);
    for (at, (name, call)) in module.calls.iter().enumerate() {
        let (line, below) = if at == last { ("└── ", "    ") } else { ("├── ", "│   ") };
        let child = path.child(name);
        let version = installed(manifest, &child);
        let mut about = String::new();
        if !version.is_empty() {
            about = format!(" {version}");
            let constraint = call.version.as_deref().map(canonical).unwrap_or_default();
            if !constraint.is_empty() && constraint != version {
                about += &format!(" ({constraint})");
            }
        }
        out.push_str(&format!("{margin}{line}\"{name}\"[{}]{about}\n", source(call)));
        branch(configuration, manifest, &child, &format!("{margin}{below}"), out);
    }
}

/// What `modules -json` prints: parents before children.
pub fn json(configuration: &Configuration, manifest: &Manifest) -> Json {
    let mut modules = Vec::new();
    records(configuration, manifest, &ModulePath::root(), &mut modules);
    // As Go writes a list that nothing was added to.
    let modules = if modules.is_empty() { Json::Null } else { Json::Array(modules) };
    json!({"format_version": "1.0", "modules": modules})
}

fn records(configuration: &Configuration, manifest: &Manifest, path: &ModulePath, out: &mut Vec<Json>) {
    let Some(module) = configuration.modules.get(path) else { return };
    for (name, call) in &module.calls {
        let child = path.child(name);
        out.push(json!({"key": name, "source": source(call), "version": installed(manifest, &child)}));
        records(configuration, manifest, &child, out);
    }
}

fn source(call: &ModuleCall) -> String {
    call.address.as_ref().map_or_else(|| call.source.clone(), ToString::to_string)
}

/// The version that is installed; empty where modules have none.
fn installed<'m>(manifest: &'m Manifest, path: &ModulePath) -> &'m str {
    manifest.0.get(&path.0.join(".")).map_or("", |it| &it.version)
}
