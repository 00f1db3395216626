//! Which attributes of which objects have to do with what a plan changes: all that the changed blocks and outputs refer to,
//! directly or by way of locals, variables, outputs and other resources. By the configuration alone, as Terraform has it in
//! `relevant_attributes`, so that whoever shows drift can leave out what changes nothing.

use super::{
    change::{Action, OutputChange, PlanMode, Relevant, ResourceChange},
    world::World,
};
use crate::{
    address::{ModuleAddress, Name, ResourceAddress, ResourceMode},
    expression::{
        references::{Subject, Traversal, body_traversals, traversals},
        syntax::tree::{Block, Body},
    },
    lang::{
        configuration::{Module, Resource},
        dependencies::{Node, provider_for},
    },
    schema::{Nesting, SchemaBlock},
    value::{Path, PathStep},
};
use std::collections::{BTreeMap, BTreeSet};

/// A reference and where it stands. `owner` is the resource that `each` and `count` are those of.
struct Reference {
    module: ModuleAddress,
    owner: Option<ResourceAddress>,
    subject: Subject,
    rest: Vec<PathStep>,
}

/// `is_planned`: whether outputs are within the targets.
pub(super) fn relevant(
    world: &World,
    mode: PlanMode,
    changes: &[ResourceChange],
    outputs: &BTreeMap<Name, OutputChange>,
    is_planned: impl Fn(&Node) -> bool,
) -> Vec<Relevant> {
    let mut search = Search { world, seen: BTreeSet::new(), open: Vec::new(), found: BTreeMap::new() };
    let changed = changes.iter().filter(|it| it.action != Action::NoOp).map(|it| &it.address.resource);
    for resource in changed.collect::<BTreeSet<_>>() {
        search.resource(resource, &[]);
    }
    for (name, _) in outputs.iter().filter(|(_, it)| it.action != Action::NoOp) {
        search.output(&ModuleAddress::root(), name);
    }
    // Of outputs of modules nothing is recorded: each is a new one in every plan.
    let children = world.setting.configuration.modules.iter().filter(|(path, _)| !path.is_root());
    for (path, module) in children.filter(|_| mode != PlanMode::Destroy) {
        let planned = module.outputs.values().filter(|it| !it.ephemeral);
        let planned = planned.filter(|it| is_planned(&Node::Output(path.clone(), it.name.clone())));
        for output in planned {
            for instance in world.instances_of(path) {
                if world.output(&instance, &output.name).is_some_and(|it| !it.is_null()) {
                    search.output(&instance, &output.name);
                }
            }
        }
    }
    search.run();
    search.found.into_values().collect()
}

/// What tells one reference from another: the rest as text.
type Key = (ModuleAddress, Option<ResourceAddress>, Subject, String);

struct Search<'w> {
    world: &'w World,
    seen: BTreeSet<Key>,
    open: Vec<Reference>,
    /// By address and path, as text.
    found: BTreeMap<(String, String), Relevant>,
}

impl<'w> Search<'w> {
    fn run(&mut self) {
        while let Some(reference) = self.open.pop() {
            self.follow(&reference);
        }
    }

    /// Notes what stands in `module`.
    fn add(&mut self, module: &ModuleAddress, owner: Option<&ResourceAddress>, traversals: Vec<Traversal>) {
        for Traversal { subject, rest } in traversals {
            let repeated = matches!(subject, Subject::Each(_) | Subject::Count(_));
            let owner = owner.filter(|_| repeated).cloned();
            let path = Path(rest);
            let is_new = self.seen.insert((module.clone(), owner.clone(), subject.clone(), path.to_string()));
            if !is_new {
                continue;
            }
            self.find(module, &subject, &path);
            self.open.push(Reference { module: module.clone(), owner, subject, rest: path.0 });
        }
    }

    /// Notes the attribute that is referred to, if it is one of a resource.
    fn find(&mut self, module: &ModuleAddress, subject: &Subject, path: &Path) {
        let Subject::Resource { mode, type_name, name, index } = subject else { return };
        let (type_name, name) = (type_name.clone(), name.clone());
        let resource = ResourceAddress { module: module.clone(), mode: *mode, type_name, name };
        if self.block(&resource).is_some() {
            let address = resource.instance(index.clone());
            let key = (address.to_string(), path.to_string());
            self.found.insert(key, Relevant { address, attribute: path.clone() });
        }
    }

    fn module(&self, address: &ModuleAddress) -> Option<&'w Module> {
        self.world.module(address)
    }

    fn block(&self, address: &ResourceAddress) -> Option<&'w Resource> {
        self.world.resource(&address.path())
    }

    /// What the thing that is referred to refers to itself.
    fn follow(&mut self, reference: &Reference) {
        let module = &reference.module;
        match &reference.subject {
            Subject::Variable(name) => {
                let caller = module.parent().zip(module.0.last());
                let Some((caller, (call, _))) = caller else { return };
                let call = self.module(&caller).and_then(|it| it.calls.get(call));
                if let Some(argument) = call.and_then(|it| it.arguments.get(name)) {
                    self.add(&caller, None, traversals(argument));
                }
            }
            Subject::Local(name) => {
                if let Some(local) = self.module(module).and_then(|it| it.locals.get(name)) {
                    self.add(module, None, traversals(&local.value));
                }
            }
            Subject::Module { call, index, output } => {
                let called = module.child(call, index.clone());
                match output {
                    Some(name) => self.output(&called, name),
                    None => {
                        for name in self.module(&called).into_iter().flat_map(|it| it.outputs.keys()) {
                            self.output(&called, name);
                        }
                    }
                }
            }
            Subject::Each(_) | Subject::Count(_) => {
                let block = reference.owner.as_ref().and_then(|it| self.block(it));
                if let Some(keys) = block.and_then(|it| it.for_each.as_ref().or(it.count.as_ref())) {
                    self.add(module, None, traversals(keys));
                }
            }
            Subject::Resource { mode, type_name, name, .. } => {
                let (type_name, name) = (type_name.clone(), name.clone());
                let resource = ResourceAddress { module: module.clone(), mode: *mode, type_name, name };
                self.resource(&resource, &reference.rest);
            }
            Subject::Path(_) | Subject::Terraform(_) | Subject::SelfObject => {}
        }
    }

    fn output(&mut self, module: &ModuleAddress, name: &Name) {
        if let Some(output) = self.module(module).and_then(|it| it.outputs.get(name)) {
            self.add(module, None, traversals(&output.value));
        }
    }

    /// What the part of a resource's block that `rest` leads to refers to.
    fn resource(&mut self, resource: &ResourceAddress, rest: &[PathStep]) {
        let Some(block) = self.block(resource).filter(|it| it.mode != ResourceMode::Ephemeral) else { return };
        let provider = provider_for(&self.world.setting.configuration, block, &resource.module.path()).address;
        let Some(schema) = self.world.schema(&provider.source, block.mode, &block.type_name) else { return };
        self.add(&resource.module, Some(resource), part(&block.body, &schema.block, rest));
    }
}

/// What the part of a body that `rest` leads to refers to.
fn part(body: &Body, schema: &SchemaBlock, rest: &[PathStep]) -> Vec<Traversal> {
    let Some((step, rest)) = rest.split_first() else { return body_traversals(body) };
    let (PathStep::Attribute(name) | PathStep::Key(name)) = step else { return Vec::new() };
    if schema.attributes.contains_key(name) {
        let attribute = body.attributes.iter().find(|it| it.name.text == *name);
        return attribute.map_or_else(Vec::new, |it| traversals(&it.value));
    }
    let Some(nested) = schema.blocks.get(name) else { return Vec::new() };
    let is_dynamic = |block: &Block| &*block.kind.text == "dynamic";
    let is_meant = |block: &&Block| {
        let named = if is_dynamic(block) { block.labels.first() } else { Some(&block.kind) };
        named.is_some_and(|it| it.text == *name)
    };
    let mut blocks: Vec<&Block> = body.blocks.iter().filter(is_meant).collect();
    let rest = match (nested.nesting, rest.split_first()) {
        (Nesting::Single | Nesting::Group, _) | (_, None) => rest,
        (Nesting::List, Some((PathStep::Index(at), rest))) => {
            // Where blocks are made by others, which one is meant is not known.
            let fixed = blocks.iter().position(|it| is_dynamic(it)).unwrap_or(blocks.len());
            blocks = if *at < fixed { vec![blocks[*at]] } else { blocks.split_off(fixed) };
            rest
        }
        (Nesting::Map, Some((PathStep::Key(key) | PathStep::Attribute(key), rest))) => {
            blocks.retain(|it| is_dynamic(it) || it.labels.first().is_some_and(|it| it.text == *key));
            rest
        }
        _ => return Vec::new(),
    };
    let inside = |block: &Block| -> Vec<Traversal> {
        if !is_dynamic(block) {
            return part(&block.body, &nested.block, rest);
        }
        let made = block.body.attributes.iter().filter(|it| matches!(&*it.name.text, "for_each" | "labels"));
        let made = made.flat_map(|it| traversals(&it.value));
        let content = block.body.blocks.iter().filter(|it| &*it.kind.text == "content");
        made.chain(content.flat_map(|it| part(&it.body, &nested.block, rest))).collect()
    };
    blocks.into_iter().flat_map(inside).collect()
}
