//! `resource`, `data` and `ephemeral` blocks.

use super::Decoder;
use crate::{
    address::ResourceMode,
    expression::syntax::tree::Block,
    lang::{
        configuration::{Lifecycle, Module, Resource},
        load::content::{attribute, blocks, check_name_as, expression, traversals, unescaped, with_escaped, without},
    },
};
use std::sync::Arc;

const META_ARGUMENTS: &[&str] = &["count", "for_each", "provider", "depends_on"];
const META_BLOCKS: &[&str] = &["lifecycle", "locals"];
const MANAGED_META_BLOCKS: &[&str] = &["lifecycle", "locals", "provisioner", "connection"];

impl Decoder<'_> {
    pub(super) fn resource(&mut self, block: &Block, module: &mut Module) {
        let Some(resource) = self.resource_block(block) else { return };
        let key = (resource.mode, resource.type_name.clone(), resource.name.clone());
        let earlier = module.resources.get(&key);
        // A data source inside of a check shares the names of the others.
        let nested = module.checks.values().filter_map(|check| check.data.as_ref());
        let mut nested = nested.filter(|it| (it.mode, &it.type_name, &it.name) == (key.0, &key.1, &key.2));
        if let Some(earlier) = earlier.or_else(|| nested.next()) {
            let detail = self.duplicate(earlier);
            let kind = resource.mode.block();
            return self.error(format!("Duplicate {kind} {:?} configuration", &*key.1), detail, block.header);
        }
        module.resources.insert(key, resource);
    }

    pub(super) fn duplicate(&self, earlier: &Resource) -> String {
        let kind = match earlier.mode {
            ResourceMode::Managed => "",
            ResourceMode::Data => "data ",
            ResourceMode::Ephemeral => "ephemeral ",
        };
        format!(
            "A {} {kind}resource named {:?} was already declared at {}. Resource names must be unique per type in each \
             module.",
            earlier.type_name,
            &*earlier.name,
            self.place(earlier.span)
        )
    }

    /// A block with two labels, type and name.
    pub(super) fn resource_block(&mut self, block: &Block) -> Option<Resource> {
        let (type_name, name) = (&block.labels[0], &block.labels[1]);
        let mode = ResourceMode::ALL.into_iter().find(|it| it.block() == &*block.kind.text)?;
        let (what, named) = match mode {
            ResourceMode::Managed => ("Invalid resource type name", "resource"),
            ResourceMode::Data => ("Invalid data source name", "data resource"),
            ResourceMode::Ephemeral => ("Invalid ephemeral resource type", "ephemeral resource"),
        };
        if !(check_name_as(type_name, what, self.diagnostics) & self.name(name, named)) {
            return None;
        }
        let (body, escaped) = unescaped(&block.body, self.diagnostics);
        let body = &*body;
        self.repetition(body);
        for reserved in blocks(body, "locals") {
            let detail = "The block type name \"locals\" is reserved for use by Terraform in a future version.";
            let summary = format!("Reserved block type name in {} block", mode.block());
            self.error(summary, detail, reserved.kind.span);
        }
        let mut lifecycles = blocks(body, "lifecycle");
        let lifecycle = lifecycles.next().map_or_else(Lifecycle::default, |it| self.lifecycle(it, mode));
        if let Some(second) = lifecycles.next() {
            let detail = "This resource already has a lifecycle block.";
            self.error("Duplicate lifecycle block", detail, second.header);
        }
        let meta_blocks = if mode == ResourceMode::Managed { MANAGED_META_BLOCKS } else { META_BLOCKS };
        let resource = Resource {
            mode,
            type_name: type_name.text.clone(),
            name: name.text.clone(),
            count: expression(body, "count"),
            for_each: expression(body, "for_each"),
            provider: attribute(body, "provider").and_then(|it| self.provider_reference(&it.value)),
            depends_on: traversals(body, "depends_on", self.diagnostics),
            lifecycle,
            provisioners: match mode {
                ResourceMode::Managed => self.provisioners(body, "resource"),
                ResourceMode::Data | ResourceMode::Ephemeral => Vec::new(),
            },
            body: Arc::new(with_escaped(without(body, META_ARGUMENTS, meta_blocks), escaped)),
            span: block.header,
            type_span: type_name.span,
        };
        self.self_references(&resource);
        Some(resource)
    }
}
