//! `moved`, `removed`, `import` and `check` blocks.

use super::Decoder;
use crate::{
    address::{InstanceAddress, ParseError, ResourceMode, Target},
    diagnostic::Diagnostic,
    expression::syntax::tree::{Block, Expression, ExpressionKind},
    lang::{
        configuration::{Check, Import, Module, Moved, Removed},
        load::content::{BodySchema, attribute, blocks, bool_argument, expression, literal_text},
        target::{after_resource, first_key, target, target_with},
    },
    provisioner::When,
};

const MOVED: BodySchema = BodySchema { required: &["from", "to"], optional: &[], blocks: &[] };
const REMOVED: BodySchema =
    BodySchema { required: &["from"], optional: &[], blocks: &["lifecycle", "provisioner", "connection"] };
const REMOVED_LIFECYCLE: BodySchema = BodySchema { required: &[], optional: &["destroy"], blocks: &[] };
const IMPORT: BodySchema = BodySchema { required: &["to", "id"], optional: &["for_each", "provider"], blocks: &[] };
const CHECK: BodySchema = BodySchema { required: &[], optional: &[], blocks: &["data", "assert"] };

impl Decoder<'_> {
    pub(super) fn moved(&mut self, block: &Block, module: &mut Module) {
        self.shape(&MOVED, block);
        let from = attribute(&block.body, "from").and_then(|it| self.target(&it.value));
        let to = attribute(&block.body, "to").and_then(|it| self.target(&it.value));
        let (Some(from), Some(to)) = (from, to) else { return };
        if matches!(from, Target::Module(_)) != matches!(to, Target::Module(_)) {
            let detail =
                "The \"from\" and \"to\" addresses must either both refer to resources or both refer to modules.";
            return self.error("Invalid \"moved\" addresses", detail, block.header);
        }
        module.moved.push(Moved { from, to, span: block.header });
    }

    pub(super) fn removed(&mut self, block: &Block, module: &mut Module) {
        self.shape(&REMOVED, block);
        let provisioners = self.provisioners(&block.body, "\"removed\" block");
        for provisioner in provisioners.iter().filter(|it| it.when != When::Destroy) {
            let detail = "Only destroy-time provisioners are valid in \"removed\" blocks. To declare a destroy-time \
                          provisioner, use:\n    when = destroy";
            self.error("Invalid provisioner block", detail, provisioner.span);
        }
        let mut destroy = true;
        for lifecycle in blocks(&block.body, "lifecycle") {
            self.shape(&REMOVED_LIFECYCLE, lifecycle);
            destroy = bool_argument(&lifecycle.body, "destroy", self.diagnostics).unwrap_or(true);
        }
        let Some(attribute) = attribute(&block.body, "from") else { return };
        if let Some(extra) = after_resource(&attribute.value).filter(|_| !self.is_json(attribute.value.span)) {
            let detail = "Resource address must be a resource (e.g. \"test_instance.foo\"), not a resource instance (e.g. \
                          \"test_instance.foo[1]\").";
            return self.error("Resource instance keys not allowed", detail, extra);
        }
        let Some(from) = self.target(&attribute.value) else { return };
        if let (Target::Module(_), Some(provisioner)) = (&from, provisioners.first()) {
            let detail = "Provisioners are valid only when a removed block targets a managed resource.";
            self.error("Invalid provisioner block", detail, provisioner.span);
        }
        let keys = first_key(&attribute.value);
        match (&from, keys) {
            (Target::Module(_), Some(key)) => {
                let detail = "Module address must be a module (e.g. \"module.foo\"), not a module instance (e.g. \
                              \"module.foo[1]\").";
                self.error("Module instance keys not allowed", detail, key);
            }
            (Target::Resource(resource) | Target::Instance(InstanceAddress { resource, .. }), _)
                if resource.mode == ResourceMode::Data =>
            {
                let detail = "Data sources are never destroyed, so they are not valid targets of removed blocks. To \
                              remove the data source from state, remove the data source block from configuration.";
                self.error("Data source address not allowed", detail, attribute.value.span);
            }
            (Target::Resource(_), Some(key)) => {
                let detail = "Module address must be a module (e.g. \"module.foo\"), not a module instance (e.g. \
                              \"module.foo[1]\").";
                self.error("Module instance keys not allowed", detail, key);
            }
            (Target::Instance(_), Some(key)) => {
                let detail = "Resource address must be a resource (e.g. \"test_instance.foo\"), not a resource \
                              instance (e.g. \"test_instance.foo[1]\").";
                self.error("Resource instance keys not allowed", detail, key);
            }
            _ => module.removed.push(Removed { from, destroy, provisioners, span: block.header }),
        }
    }

    pub(super) fn import(&mut self, block: &Block, module: &mut Module) {
        self.shape(&IMPORT, block);
        let body = &block.body;
        let (Some(to), Some(id)) = (expression(body, "to"), expression(body, "id")) else { return };
        // Only with for_each can keys be expressions, and then only their places count here.
        let found = match attribute(body, "for_each") {
            Some(_) => target_with(&to, &mut |_| Ok(None)).map_err(|error| self.diagnostics.push(*error)).ok(),
            None => self.target(&to),
        };
        let place = attribute(body, "to").map_or(to.span, |it| it.span);
        let resource = match found {
            Some(Target::Resource(resource) | Target::Instance(InstanceAddress { resource, .. })) => resource,
            Some(Target::Module(_)) => {
                let detail = "A resource instance address is required here. The module path must be followed by a \
                              resource instance specification.";
                return self.error("Invalid address", detail, to.span);
            }
            None => return,
        };
        if resource.mode != ResourceMode::Managed {
            return self.error("Invalid import address", "Only managed resources can be imported.", place);
        }
        let provider = attribute(body, "provider").and_then(|it| self.provider_reference(&it.value));
        let for_each = expression(body, "for_each");
        let is_same = |it: &&Import| it.for_each.is_none() && for_each.is_none() && same_place(&it.to, &to);
        if let Some(earlier) = module.imports.iter().find(is_same) {
            let name = self.sources.text(to.span);
            let detail = format!(
                "An import block for the resource {name:?} was already declared at {}. A resource can have only one \
                 import block.",
                self.place(earlier.span)
            );
            return self.error(format!("Duplicate import configuration for {name:?}"), detail, to.span);
        }
        let provider_span = attribute(body, "provider").map(|it| it.span);
        let (resource, span) = (resource.path(), block.header);
        module.imports.push(Import { to, resource, id, for_each, provider, provider_span, span });
    }

    /// The address that an expression writes down, in JSON as a string.
    fn target(&mut self, expression: &Expression) -> Option<Target> {
        if matches!(&*expression.kind, ExpressionKind::Invalid) {
            return None;
        }
        let is_json = self.is_json(expression.span);
        let found = match literal_text(expression).filter(|_| is_json) {
            Some(text) => text.parse().map_err(|error: ParseError| {
                Box::new(Diagnostic::error("Invalid address", error.to_string()).at(expression.span))
            }),
            None => target(expression),
        };
        found.map_err(|error| self.diagnostics.push(*error)).ok()
    }

    pub(super) fn check(&mut self, block: &Block, module: &mut Module) {
        self.shape(&CHECK, block);
        let label = &block.labels[0];
        self.name(label, "check block");
        let name = label.text.clone();
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
            for name in ["count", "for_each"] {
                if let Some(it) = attribute(&nested.body, name) {
                    let detail =
                        "The \"count\" and \"for_each\" meta-arguments are not supported within nested data blocks.";
                    self.error(format!("Invalid {name:?} attribute"), detail, it.name.span);
                }
            }
            for lifecycle in blocks(&nested.body, "lifecycle") {
                let detail = "Nested data blocks do not support \"lifecycle\" blocks as the lifecycle is managed by the \
                              containing block.";
                self.error("Invalid lifecycle block", detail, lifecycle.header);
            }
            data = self.resource_block(nested);
        }
        let earlier =
            data.as_ref().and_then(|it| module.resources.get(&(it.mode, it.type_name.clone(), it.name.clone())));
        if let (Some(earlier), Some(data)) = (earlier, &data) {
            let detail = self.duplicate(earlier);
            self.error(format!("Duplicate data {:?} configuration", &*data.type_name), detail, data.span);
        }
        let mut asserts = Vec::new();
        for it in blocks(&block.body, "assert") {
            let before = self.diagnostics.len();
            // One with mistakes asserts nothing.
            asserts.extend(self.rule(it).filter(|_| self.diagnostics.len() == before));
        }
        if asserts.is_empty() {
            let detail = "Check blocks must have at least one assert block.";
            self.error("Zero assert blocks", detail, block.header);
        }
        if let Some(earlier) = module.checks.get(&name) {
            let place = self.place(earlier.span);
            let detail = format!(
                "A check block named {:?} was already declared at {place}. Check blocks must be unique within each \
                 module.",
                &*name
            );
            return self.error(format!("Duplicate check {:?} configuration", &*name), detail, block.header);
        }
        module.checks.insert(name, Check { name: label.text.clone(), data, asserts, span: block.header });
    }
}

/// Whether two addresses with constant keys are the same.
fn same_place(a: &Expression, b: &Expression) -> bool {
    matches!((target(a), target(b)), (Ok(a), Ok(b)) if a == b)
}
