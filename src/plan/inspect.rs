//! Looking without planning: what expressions are worth while every object is as state records it.

use super::{
    expansion::Expansion,
    recorded, refresh, rules, sensitive,
    world::{Pass, Setting, World},
};
use crate::{
    address::{ModuleAddress, ResourcePath},
    diagnostic::Diagnostic,
    lang::dependencies::{Node, provider_for},
    state::State,
};

/// The configuration with the objects of `state`. A resource that state does not hold is unknown as a whole, as it is in
/// Terraform's console. What is wrong with variables, locals and outputs is kept in the world.
pub fn inspect(setting: Setting, state: &State) -> World {
    let graph = setting.graph.clone();
    let mut world = World::new(setting, Pass::Planning);
    world.report_missing_providers();
    for node in &graph.nodes {
        match node {
            Node::Resource(path) => {
                for module in world.instances_of(&path.module) {
                    recall(&mut world, path, &module, state);
                }
            }
            Node::Variable(path, name) => {
                for module in world.instances_of(path) {
                    world.variable(&module, name);
                    rules::validate_variable(&world, &module, name);
                }
            }
            Node::Local(path, name) => {
                for module in world.instances_of(path) {
                    world.local(&module, name);
                }
            }
            Node::Output(path, name) => {
                for module in world.instances_of(path) {
                    world.output(&module, name);
                }
            }
            Node::Call(_) | Node::Close(_) | Node::Provider(..) | Node::Check(..) => {}
        }
    }
    world
}

fn recall(world: &mut World, path: &ResourcePath, module: &ModuleAddress, state: &State) {
    let configuration = world.setting.configuration.clone();
    let key = (path.mode, path.type_name.clone(), path.name.clone());
    let Some(resource) = configuration.modules.get(&path.module).and_then(|it| it.resources.get(&key)) else { return };
    let source = provider_for(&configuration, resource, &path.module).address.source;
    let mut expansion = world.expand(module, resource.count.as_ref(), resource.for_each.as_ref());
    let address = path.within(module);
    if !state.resources.contains_key(&address) {
        expansion = Expansion::Unknown;
    }
    let keys = expansion.keys();
    world.objects.declare(address.clone(), expansion);
    let Some(schema) = world.schema(&source, path.mode, &path.type_name) else {
        if world.definition(&source).is_some() {
            world.report(world.unsupported_type(&source, path, resource.type_span));
        }
        return;
    };
    let definition = world.definition(&source).cloned();
    for key in keys {
        let address = address.instance(key);
        let Some(object) = state.object(&address, None) else { continue };
        if let Some(newer) = refresh::newer(object, &schema, &address, &source) {
            world.report(newer);
            continue;
        }
        match recorded::value(object, &schema, definition.as_deref(), &path.type_name) {
            Ok(value) => world.objects.complete(&address, Some(sensitive::mark(&schema.block, value))),
            Err(error) => {
                let error = Diagnostic::error("Invalid resource instance data in state", error.to_string());
                world.report(error.on(&address));
            }
        }
    }
}
