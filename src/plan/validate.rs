//! What can be said of a configuration without state, values of variables or requests.
//!
//! Every variable, instance key and object is unknown; each module is looked at once, however often it is called.

use super::{
    Lookup, ProviderKey, Snapshot,
    checks::{Checked, Condition},
    expansion::Expansion,
    ignore, import, problem, protect,
    provider::provider_key,
    rules::{self, Around},
    sensitive,
    world::{Pass, Setting, World},
};
use crate::{
    address::{ModuleAddress, ProviderAddress, ResourcePath},
    diagnostic::Diagnostics,
    lang::{
        configuration::Repetition,
        dependencies::{Node, provider_for, source_of, used_providers},
    },
    value::Value,
};

/// Every error that planning would find whatever the values are, as far as `snapshot` has the answers of providers; and what these
/// have yet to be asked.
pub fn validate(setting: Setting, snapshot: &Snapshot) -> (Diagnostics, Vec<Lookup>) {
    let graph = setting.graph.clone();
    let mut world = World::new(setting, Pass::Validating);
    world.questions.take_in(snapshot);
    let used = used_providers(&world.setting.configuration);
    world.report_missing_providers();
    for node in graph.nodes.iter().filter(|it| !matches!(it, Node::Provider(..)) || used.contains(it)) {
        visit(&mut world, node);
    }
    import::validate(&world);
    (world.take_diagnostics(), world.questions.take_wanted())
}

fn visit(world: &mut World, node: &Node) {
    match node {
        Node::Variable(path, name) => {
            for module in world.instances_of(path) {
                world.variable(&module, name);
                rules::validate_variable(world, &module, name);
            }
        }
        Node::Local(path, name) => {
            for module in world.instances_of(path) {
                world.local(&module, name);
            }
        }
        Node::Output(path, name) => {
            for module in world.instances_of(path) {
                rules::check_output(world, &module, name);
            }
        }
        Node::Call(path) => drop(world.instances_of(path)),
        Node::Close(_) => {}
        Node::Check(path, name) => {
            for module in world.instances_of(path) {
                rules::run_check(world, &module, name);
            }
        }
        Node::Provider(path, name, alias) => {
            for module in world.instances_of(path) {
                let Some(source) = world.module(&module).map(|it| source_of(it, name)) else { continue };
                let address = ProviderAddress { module: path.clone(), source, alias: alias.clone(), key: None };
                world.check_provider(&ProviderKey { address, module });
            }
        }
        Node::Resource(path) => {
            for module in world.instances_of(&path.module) {
                resource(world, path, &module);
            }
        }
    }
}

fn resource(world: &mut World, path: &ResourcePath, module: &ModuleAddress) {
    let configuration = world.setting.configuration.clone();
    let Some(resource) = configuration.modules.get(&path.module).and_then(|it| it.resource(path)) else { return };
    let used = provider_for(&configuration, resource, &path.module);
    let address = &used.address;
    let managed = world.schema(&address.source, path.mode, &path.type_name);
    let Some(schema) = managed.or_else(|| world.described(&address.source, path.mode, &path.type_name)) else {
        if world.definition(&address.source).is_some() {
            world.report(world.unsupported_type(&address.source, path, resource.type_span));
        }
        world.objects.declare(path.within(module), Expansion::Unknown);
        return;
    };
    let nothing = Repetition::default();
    let expansion = world.expand(module, resource.count.as_ref(), resource.for_each.as_ref());
    if let Err(error) = world.used_provider(&used, module, &nothing, &path.within(module).instance(None)) {
        world.report(*error);
    }
    let of = Checked::resource(&path.within(module), None);
    let unknown = Value::unknown(schema.block.implied_type());
    let around = Around { repetition: &nothing, this: Some(&unknown) };
    rules::check(world, &of, Condition::Precondition, &resource.lifecycle.preconditions, around);
    rules::check(world, &of, Condition::Postcondition, &resource.lifecycle.postconditions, around);
    protect::check(world, module, resource);
    world.check_provisioners(&resource.provisioners, module, &unknown);
    for it in ignore::check(&resource.lifecycle.ignore_changes, &schema.block, resource.type_span) {
        world.report(it);
    }
    match world.config(resource, &schema.block, module, &nothing) {
        Ok(config) => {
            let instance = path.within(module).instance(None);
            let problems = world.ask_of_config(&instance, &provider_key(address, module), &config);
            for it in problem::diagnostics(&problems.unwrap_or_default(), &resource.body, &config) {
                world.report(it.on(path.within(module)));
            }
        }
        Err(diagnostics) => diagnostics.into_iter().for_each(|it| world.report(it)),
    }
    let object = sensitive::mark(&schema.block, Value::unknown(schema.block.implied_type()));
    let address = path.within(module);
    world.objects.declare(address.clone(), expansion);
    world.objects.complete(&address.instance(None), Some(object));
}
