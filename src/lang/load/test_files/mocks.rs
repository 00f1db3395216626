//! `mock_provider` and `override_…` blocks, and the files of mocks that they name.

use super::super::{
    Files,
    content::{BodySchema, attribute, check_labels, text_argument},
    parse_file,
};
use crate::{
    address::{Name, ResourceMode, Target},
    diagnostic::{Diagnostic, Diagnostics, Sources, Span},
    expression::{
        constant::constant,
        syntax::tree::{Block, Body, ExpressionKind},
    },
    lang::{
        target::target,
        test_file::{MockProvider, MockedType, Override},
    },
    value::Value,
};
use std::{collections::BTreeMap, path::Path};

const PROVIDER: BodySchema = BodySchema {
    required: &[],
    optional: &["alias", "source", "override_during"],
    blocks: &["mock_resource", "mock_data", "override_resource", "override_data", "override_module"],
};
const FILE: BodySchema = BodySchema {
    required: &[],
    optional: &[],
    blocks: &["mock_resource", "mock_data", "override_resource", "override_data", "override_module"],
};
const TYPE: BodySchema = BodySchema { required: &[], optional: &["defaults", "override_during"], blocks: &[] };
const OVERRIDE: BodySchema =
    BodySchema { required: &[], optional: &["target", "values", "override_during"], blocks: &[] };
const OVERRIDE_MODULE: BodySchema =
    BodySchema { required: &[], optional: &["target", "outputs", "override_during"], blocks: &[] };

pub(super) struct Mocks<'a> {
    pub files: &'a Files,
    pub sources: &'a mut Sources,
    pub diagnostics: &'a mut Diagnostics,
}

impl Mocks<'_> {
    pub(super) fn provider(&mut self, block: &Block) -> Option<MockProvider> {
        if !check_labels(block, &["name"], self.diagnostics) {
            return None;
        }
        let body = &block.body;
        PROVIDER.check(body, self.diagnostics);
        let alias: Option<Name> = text_argument(body, "alias", self.diagnostics).map(Into::into);
        let while_planning = self.during(body).unwrap_or(false);
        let mut provider = MockProvider {
            name: block.labels[0].text.clone(),
            alias,
            types: Vec::new(),
            overrides: Vec::new(),
            span: block.labels[0].span,
        };
        self.within(body, while_planning, &mut provider);
        if let Some(folder) = text_argument(body, "source", self.diagnostics) {
            self.folder(Path::new(&folder), while_planning, &mut provider);
        }
        Some(provider)
    }

    /// What the files of a folder of mocks say.
    fn folder(&mut self, folder: &Path, while_planning: bool, provider: &mut MockProvider) {
        let names = self.files.names(folder).unwrap_or_default();
        for name in names.iter().filter(|it| it.ends_with(".tfmock.hcl") && !it.starts_with('.')) {
            if let Some(body) = parse_file(self.files, &folder.join(name), self.sources, self.diagnostics) {
                FILE.check(&body, self.diagnostics);
                self.within(&body, while_planning, provider);
            }
        }
    }

    fn within(&mut self, body: &Body, while_planning: bool, provider: &mut MockProvider) {
        for block in &body.blocks {
            let mode = match &*block.kind.text {
                "mock_resource" => ResourceMode::Managed,
                "mock_data" => ResourceMode::Data,
                _ => continue,
            };
            let Some(mocked) = self.mocked_type(block, mode, while_planning) else { continue };
            let same = |it: &&MockedType| (it.mode, &it.type_name) == (mode, &mocked.type_name);
            match provider.types.iter().find(same) {
                Some(earlier) => {
                    let (kind, place) = (&block.kind.text, self.sources.place(earlier.span));
                    let detail =
                        format!("A {kind} block for {} has already been defined at {place}.", mocked.type_name);
                    let error = Diagnostic::error(format!("Duplicate {kind} block"), detail);
                    self.diagnostics.push(error.at(block.labels[0].span));
                }
                None => provider.types.push(mocked),
            }
        }
        let overrides = self.overrides(body, while_planning);
        provider.overrides.extend(overrides);
    }

    fn mocked_type(&mut self, block: &Block, mode: ResourceMode, while_planning: bool) -> Option<MockedType> {
        if !check_labels(block, &["type"], self.diagnostics) {
            return None;
        }
        TYPE.check(&block.body, self.diagnostics);
        // What is no object is no mistake to Terraform, and mocks nothing.
        let values = attribute(&block.body, "defaults").and_then(|it| constant(&it.value, self.diagnostics));
        let values = values.filter(|it| it.as_entries().is_some()).unwrap_or_else(nothing);
        let while_planning = self.during(&block.body).unwrap_or(while_planning);
        let type_name = block.labels[0].text.clone();
        Some(MockedType { mode, type_name, values, while_planning, span: block.header })
    }

    /// The override blocks of `body`.
    pub(super) fn overrides(&mut self, body: &Body, while_planning: bool) -> Vec<Override> {
        let mut found: Vec<Override> = Vec::new();
        for block in body.blocks.iter().filter(|it| it.kind.text.starts_with("override_")) {
            let Some(one) = self.one_override(block, while_planning) else { continue };
            if let Some(earlier) = found.iter().find(|it| it.target == one.target) {
                let (kind, place) = (&block.kind.text, self.sources.place(earlier.span));
                let detail = format!("An {kind} block targeting {} has already been defined at {place}.", one.target);
                let error = Diagnostic::error(format!("Duplicate {kind} block"), detail);
                self.diagnostics.push(error.at(block.header));
                continue;
            }
            found.push(one);
        }
        found
    }

    fn one_override(&mut self, block: &Block, while_planning: bool) -> Option<Override> {
        let kind = &*block.kind.text;
        let (shape, argument, what) = match kind {
            "override_resource" => (OVERRIDE, "values", "resources"),
            "override_data" => (OVERRIDE, "values", "data sources"),
            "override_module" => (OVERRIDE_MODULE, "outputs", "modules"),
            // What is unknown is reported as such.
            _ => return None,
        };
        shape.check(&block.body, self.diagnostics);
        let while_planning = self.during(&block.body).unwrap_or(while_planning);
        let Some(written) = attribute(&block.body, "target") else {
            let detail = format!("{kind} blocks must specify a target address.");
            self.diagnostics.push(Diagnostic::error("Missing target attribute", detail).at(block.header));
            return None;
        };
        let values = self.object(block, argument);
        let target = match target(&written.value) {
            Ok(target) => target,
            Err(error) => {
                self.diagnostics.push(*error);
                return None;
            }
        };
        let mode = match &target {
            Target::Module(_) => None,
            Target::Resource(it) => Some(it.mode),
            Target::Instance(it) => Some(it.resource.mode),
        };
        let fits = match kind {
            "override_resource" => mode == Some(ResourceMode::Managed),
            "override_data" => mode == Some(ResourceMode::Data),
            _ => mode.is_none(),
        };
        if !fits {
            let detail = format!("You can only target {what} from {kind} blocks, not {target}.");
            self.diagnostics.push(Diagnostic::error("Invalid override target", detail).at(written.span));
            return None;
        }
        let values = values.unwrap_or_else(nothing);
        Some(Override { target, values, while_planning, span: block.header, target_span: written.span })
    }

    /// An argument that is an object of constants; an empty one where there is none.
    fn object(&mut self, block: &Block, name: &str) -> Option<Value> {
        let Some(written) = attribute(&block.body, name) else { return Some(nothing()) };
        let value = constant(&written.value, self.diagnostics)?;
        if value.as_entries().is_some() {
            return Some(value);
        }
        let kind = &block.kind.text;
        let article = if name == "outputs" { "an" } else { "a" };
        let detail = format!("{kind} blocks must specify {article} {name} attribute that is an object.");
        self.report(format!("Invalid {name} attribute"), detail, written.span);
        None
    }

    /// Whether `override_during` says that values are told while planning.
    fn during(&mut self, body: &Body) -> Option<bool> {
        let written = attribute(body, "override_during")?;
        match &*written.value.kind {
            ExpressionKind::Name(word) if &**word == "plan" => return Some(true),
            ExpressionKind::Name(word) if &**word == "apply" => return Some(false),
            _ => {}
        }
        let detail = "The override_during attribute must be a value of plan or apply.";
        self.report("Invalid override_during value".into(), detail.into(), written.span);
        None
    }

    fn report(&mut self, summary: String, detail: String, span: Span) {
        self.diagnostics.push(Diagnostic::error(summary, detail).at(span));
    }
}

fn nothing() -> Value {
    Value::object(BTreeMap::new())
}
