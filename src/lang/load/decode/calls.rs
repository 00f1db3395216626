//! `module` blocks.

use super::Decoder;
use crate::{
    diagnostic::Span,
    expression::{
        constant::constant,
        syntax::tree::{Attribute, Block, Body, ExpressionKind, ObjectItem},
    },
    lang::{
        configuration::{Module, ModuleCall, ProviderReference},
        load::{
            content::{attribute, expression, text_argument, traversals, unescaped},
            version::{TERRAFORM_VERSION, Version, satisfies},
        },
        source::{Malformed, ModuleSource},
    },
    value::{Type, convert},
};

const META_ARGUMENTS: &[&str] = &["source", "version", "count", "for_each", "providers", "depends_on"];

impl Decoder<'_> {
    /// A module call. `region` stays among the arguments until the variables of the child are known.
    pub(super) fn call(&mut self, block: &Block, module: &mut Module) {
        let label = &block.labels[0];
        self.name(label, "module instance");
        let (body, escaped) = unescaped(&block.body, self.diagnostics);
        let (name, body) = (label.text.clone(), &*body);
        self.repetition(body);
        let is_reserved = |it: &&Block| matches!(&*it.kind.text, "lifecycle" | "locals" | "provider");
        for nested in body.blocks.iter().filter(is_reserved) {
            let detail = format!(
                "The block type name {:?} is reserved for use by Terraform in a future version.",
                nested.kind.text
            );
            self.error("Reserved block type name in module block", detail, nested.kind.span);
        }
        let source = self.required(block, "source").and_then(|_| text_argument(body, "source", self.diagnostics));
        if let Some(earlier) = module.calls.get(&name) {
            let place = self.place(earlier.span);
            let detail = format!(
                "A module call named {:?} was already defined at {place}. Module calls must have unique names within \
                 a module.",
                &*name
            );
            return self.error("Duplicate module call", detail, block.header);
        }
        let source_span = attribute(body, "source").map_or(block.header, |it| it.value.span);
        let version = self.module_version(body);
        let address = source.as_ref().and_then(|it| self.address(it, version.is_some(), source_span));
        let ordinary = body.attributes.iter().filter(|it| !META_ARGUMENTS.contains(&&*it.name.text));
        let arguments: Vec<&Attribute> = ordinary.chain(escaped.iter().flat_map(|it| &it.attributes)).collect();
        let blocks = body.blocks.iter().filter(|it| !is_reserved(it)).chain(escaped.iter().flat_map(|it| &it.blocks));
        let call = ModuleCall {
            name: name.clone(),
            source: source.unwrap_or_default(),
            address,
            source_span,
            version,
            count: expression(body, "count"),
            for_each: expression(body, "for_each"),
            providers: self.passed_providers(body),
            depends_on: traversals(body, "depends_on", self.diagnostics),
            region: None,
            names: arguments.iter().map(|it| it.name.clone()).collect(),
            blocks: blocks.cloned().collect(),
            arguments: arguments.iter().map(|it| (it.name.text.clone(), it.value.clone())).collect(),
            span: block.header,
            opening: body.opening(),
        };
        module.calls.insert(name, call);
    }

    pub(in crate::lang::load) fn module_version(&mut self, body: &Body) -> Option<String> {
        let written = attribute(body, "version")?;
        let value = constant(&written.value, self.diagnostics).filter(|it| !it.is_null())?;
        let Some(version) = convert(&value, &Type::String).ok().and_then(|it| it.as_str().map(str::to_owned)) else {
            let detail = "A string value is required for version.";
            self.error("Invalid version constraint", detail, written.value.span);
            return None;
        };
        let any = Version::parse(TERRAFORM_VERSION).and_then(|any| satisfies(&any, &version));
        if any.is_none() {
            let detail = "This string does not use correct version constraint syntax.";
            self.error("Invalid version constraint", detail, written.value.span);
        }
        Some(version)
    }

    pub(in crate::lang::load) fn address(&mut self, source: &str, versioned: bool, span: Span) -> Option<ModuleSource> {
        let parsed = if versioned { ModuleSource::parse_versioned(source) } else { ModuleSource::parse(source) };
        let (summary, detail) = match parsed {
            Ok(address) => return Some(address),
            Err(Malformed::MaybeRelative(path)) => (
                "Invalid module source address",
                format!(
                    "Terraform failed to determine your intended installation method for remote module package \
                     {path:?}.\n\nIf you intended this as a path relative to the current module, use \"./{path}\" \
                     instead. The \"./\" prefix indicates that the address is a relative filesystem path."
                ),
            ),
            Err(why) if versioned => (
                "Invalid registry module source address",
                format!(
                    "Failed to parse module registry address: {why}.\n\nTerraform assumed that you intended a module \
                     registry source address because you also set the argument \"version\", which applies only to \
                     registry modules."
                ),
            ),
            Err(why) => ("Invalid module source address", format!("Failed to parse module source address: {why}.")),
        };
        self.error(summary, detail, span);
        None
    }

    pub(in crate::lang::load) fn passed_providers(
        &mut self,
        body: &Body,
    ) -> Vec<(ProviderReference, ProviderReference)> {
        let Some(attribute) = attribute(body, "providers") else { return Vec::new() };
        let ExpressionKind::Object(items) = &*attribute.value.kind else {
            self.error("Invalid expression", "A static map expression is required.", attribute.value.start());
            return Vec::new();
        };
        let mut passed: Vec<(ProviderReference, ProviderReference)> = Vec::new();
        for ObjectItem { key, value } in items {
            let (Some(inner), Some(outer)) = (self.provider_reference(key), self.provider_reference(value)) else {
                continue;
            };
            let same = |it: &&(ProviderReference, _)| it.0.name == inner.name && it.0.alias == inner.alias;
            if let Some((earlier, _)) = passed.iter().find(same) {
                let place = self.place(earlier.span);
                let detail = format!(
                    "A provider configuration was already passed to {} at {place}. Each child provider configuration can \
                     be assigned only once.",
                    self.sources.text(earlier.span)
                );
                self.error("Duplicate provider address", detail, value.span);
                continue;
            }
            passed.push((inner, outer));
        }
        passed
    }
}
