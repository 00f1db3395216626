//! `moved`, `removed`, `import` and `check` blocks.

use super::Decoder;
use crate::lang::{
    configuration::{Check, Import, Module, Moved, Removed},
    load::content::{Shape, attribute, blocks, bool_argument, expression, traversal},
    syntax::tree::Block,
};

const MOVED: Shape = Shape { required: &["from", "to"], optional: &[], blocks: &[] };
const REMOVED: Shape =
    Shape { required: &["from"], optional: &[], blocks: &["lifecycle", "provisioner", "connection"] };
const REMOVED_LIFECYCLE: Shape = Shape { required: &["destroy"], optional: &[], blocks: &[] };
const IMPORT: Shape = Shape { required: &["to", "id"], optional: &["for_each", "provider"], blocks: &[] };
const CHECK: Shape = Shape { required: &[], optional: &[], blocks: &["data", "assert"] };

impl Decoder<'_> {
    pub(super) fn moved(&mut self, block: &Block, module: &mut Module) {
        self.shape(&MOVED, block);
        let mut address = |name| traversal(&attribute(&block.body, name)?.value, self.diagnostics);
        if let (Some(from), Some(to)) = (address("from"), address("to")) {
            module.moved.push(Moved { from, to, span: block.header });
        }
    }

    pub(super) fn removed(&mut self, block: &Block, module: &mut Module) {
        self.shape(&REMOVED, block);
        for unwanted in block.body.blocks.iter().filter(|it| matches!(&*it.kind.text, "provisioner" | "connection")) {
            let detail = "rforge does not run provisioners.";
            self.error("Provisioners are not supported", detail, unwanted.header);
        }
        let mut destroy = true;
        for lifecycle in blocks(&block.body, "lifecycle") {
            self.shape(&REMOVED_LIFECYCLE, lifecycle);
            destroy = bool_argument(&lifecycle.body, "destroy", self.diagnostics).unwrap_or(true);
        }
        let from = attribute(&block.body, "from").and_then(|it| traversal(&it.value, self.diagnostics));
        if let Some(from) = from {
            module.removed.push(Removed { from, destroy, span: block.header });
        }
    }

    pub(super) fn import(&mut self, block: &Block, module: &mut Module) {
        self.shape(&IMPORT, block);
        let body = &block.body;
        let (Some(to), Some(id)) = (expression(body, "to"), expression(body, "id")) else { return };
        let provider = attribute(body, "provider").and_then(|it| self.provider_reference(&it.value));
        module.imports.push(Import { to, id, for_each: expression(body, "for_each"), provider, span: block.header });
    }

    pub(super) fn check(&mut self, block: &Block, module: &mut Module) {
        self.shape(&CHECK, block);
        let label = &block.labels[0];
        self.name(label, "check block");
        let name = label.text.clone();
        if let Some(earlier) = module.checks.get(&name) {
            let place = self.place(earlier.span);
            let detail = format!(
                "A check block named {:?} was already declared at {place}. Check blocks must be unique within each \
                 module.",
                &*name
            );
            return self.error(format!("Duplicate check {:?} configuration", &*name), detail, block.header);
        }
        let mut data = None;
        for nested in blocks(&block.body, "data") {
            if !self.labels(nested, &["type", "name"]) {
                continue;
            }
            if data.is_some() {
                let detail = "A check block may have only one data block.";
                self.error("Multiple data resource blocks", detail, nested.header);
                continue;
            }
            data = self.resource_block(nested);
        }
        let earlier =
            data.as_ref().and_then(|it| module.resources.get(&(it.mode, it.type_name.clone(), it.name.clone())));
        if let (Some(earlier), Some(data)) = (earlier, &data) {
            let detail = self.duplicate(earlier);
            self.error(format!("Duplicate data {:?} configuration", &*data.type_name), detail, data.span);
        }
        let asserts: Vec<_> = blocks(&block.body, "assert").filter_map(|it| self.rule(it)).collect();
        if asserts.is_empty() && blocks(&block.body, "assert").next().is_none() {
            let detail = "Check blocks must have at least one assert block.";
            self.error("Zero assert blocks", detail, block.header);
        }
        module.checks.insert(name, Check { name: label.text.clone(), data, asserts, span: block.header });
    }
}
