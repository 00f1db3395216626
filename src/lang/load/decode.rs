//! From the blocks of one module's files to a [`Module`].

mod calls;
mod lifecycle;
mod moves;
mod provisioners;
mod requirements;
mod resources;
mod settings;
mod values;

use super::content::{BodySchema, check_labels, check_name};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Sources, Span},
    expression::syntax::tree::{Attribute, Block, Identifier},
    lang::configuration::Module,
    value::Text,
};

/// What may stand at the top of a file, with the names of the labels.
const BLOCKS: &[(&str, &[&str])] = &[
    ("terraform", &[]),
    ("provider", &["name"]),
    ("variable", &["name"]),
    ("locals", &[]),
    ("output", &["name"]),
    ("module", &["name"]),
    ("resource", &["type", "name"]),
    ("data", &["type", "name"]),
    ("ephemeral", &["type", "name"]),
    ("moved", &[]),
    ("removed", &[]),
    ("import", &[]),
    ("check", &["name"]),
];

/// Whether `block` is of a type that there is, with the labels that such blocks have.
pub(super) fn is_complete(block: &Block) -> bool {
    BLOCKS.iter().any(|(kind, labels)| *kind == &*block.kind.text && labels.len() == block.labels.len())
}

pub(super) struct Decoder<'a> {
    sources: &'a Sources,
    diagnostics: &'a mut Diagnostics,
    /// Where the blocks stand of which a module may have one, of the latter one for each provider.
    required_providers: Option<Span>,
    provider_metas: Vec<(Text, Span)>,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(sources: &'a Sources, diagnostics: &'a mut Diagnostics) -> Self {
        Self { sources, diagnostics, required_providers: None, provider_metas: Vec::new() }
    }
}

impl Decoder<'_> {
    /// Decodes everything that the files of one module hold; its path, folder and source are left to the caller.
    pub(super) fn module(&mut self, attributes: &[Attribute], blocks: &[Block]) -> Module {
        for attribute in attributes {
            let detail = format!("An argument named {:?} is not expected here.", &*attribute.name.text);
            self.error("Unsupported argument", detail, attribute.name.span);
        }
        let mut module = Module::default();
        for block in blocks {
            self.block(block, &mut module);
        }
        module
    }

    fn block(&mut self, block: &Block, module: &mut Module) {
        let kind = &*block.kind.text;
        let Some((_, labels)) = BLOCKS.iter().find(|(name, _)| *name == kind) else {
            let known = BLOCKS.iter().map(|(name, _)| *name);
            let advice = super::content::did_you_mean(kind, known);
            let detail = format!("Blocks of type {kind:?} are not expected here.{advice}");
            return self.error("Unsupported block type", detail, block.kind.span);
        };
        if !self.labels(block, labels) {
            return;
        }
        match kind {
            "terraform" => self.terraform(block, module),
            "provider" => self.provider(block, module),
            "variable" => self.variable(block, module),
            "locals" => self.locals(block, module),
            "output" => self.output(block, module),
            "module" => self.call(block, module),
            "resource" | "data" | "ephemeral" => self.resource(block, module),
            "moved" => self.moved(block, module),
            "removed" => self.removed(block, module),
            "import" => self.import(block, module),
            _ => self.check(block, module),
        }
    }

    /// Whether `block` has as many labels as it must; reported if not.
    fn labels(&mut self, block: &Block, names: &[&str]) -> bool {
        check_labels(block, names, self.diagnostics)
    }

    fn error(&mut self, summary: impl Into<String>, detail: impl Into<String>, span: Span) {
        self.diagnostics.push(Diagnostic::error(summary, detail).at(span));
    }

    fn is_json(&self, span: Span) -> bool {
        self.sources.get(span.file).path.extension().is_some_and(|it| it == "json")
    }

    fn shape(&mut self, shape: &BodySchema, block: &Block) {
        shape.check(&block.body, self.diagnostics);
    }

    fn name(&mut self, name: &Identifier, what: &str) -> bool {
        check_name(name, what, self.diagnostics)
    }

    fn place(&self, span: Span) -> String {
        self.sources.place(span)
    }
}
