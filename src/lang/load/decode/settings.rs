//! `terraform` and `provider` blocks.

use super::Decoder;
use crate::{
    address::Name,
    diagnostic::{Diagnostic, Diagnostics, Severity},
    expression::{
        constant::constant,
        syntax::{
            lexer,
            tree::{Attribute, Block, Body, Expression, ExpressionKind},
        },
    },
    lang::{
        configuration::{Backend, Module, ProviderBlock, ProviderMeta, ProviderReference, RequiredVersion},
        load::{
            content::{
                BodySchema, attribute, blocks, expression, text_argument, traversal, unescaped, with_escaped, without,
            },
            version::{TERRAFORM_VERSION, UNSUPPORTED_VERSION, Version, satisfies},
        },
    },
    value::{Type, convert},
};
use std::sync::Arc;

const TERRAFORM: BodySchema = BodySchema {
    required: &[],
    optional: &["required_version", "experiments", "language"],
    blocks: &["required_providers", "backend", "cloud", "provider_meta"],
};

impl Decoder<'_> {
    pub(super) fn terraform(&mut self, block: &Block, module: &mut Module) {
        self.shape(&TERRAFORM, block);
        let body = &block.body;
        if let Some(required) = attribute(body, "required_version") {
            self.required_version(required, module);
        }
        if let Some(experiments) = attribute(body, "experiments") {
            let detail = "rforge has none of Terraform's experiments. Remove the argument if its experiments became \
                          part of the language since.";
            self.error("Module uses experimental features", detail, experiments.name.span);
        }
        for required in blocks(body, "required_providers") {
            if !self.labels(required, &[]) {
                continue;
            }
            self.required_providers(required, module);
        }
        self.language(body);
        self.provider_meta(body, module);
        for backend in blocks(body, "backend") {
            let Some(kind) = backend.labels.first().filter(|_| backend.labels.len() == 1) else {
                self.labels(backend, &["type"]);
                continue;
            };
            if let Some(earlier) = &module.backend {
                let place = self.place(earlier.span);
                let detail = format!(
                    "A module may have only one backend configuration. The backend was previously configured at {place}."
                );
                self.error("Duplicate backend configuration", detail, backend.header);
                continue;
            }
            module.backend =
                Some(Backend { kind: kind.clone(), body: Arc::new(backend.body.clone()), span: backend.header });
        }
        blocks(body, "cloud").for_each(|it| self.cloud(it, module));
    }

    /// A `cloud` block is a backend of its own kind.
    fn cloud(&mut self, block: &Block, module: &mut Module) {
        let place = self.place(block.header);
        match &module.backend {
            Some(earlier) if &*earlier.kind.text == "cloud" => {
                let detail = format!(
                    "A module may have only one 'cloud' block configuring HCP Terraform or Terraform Enterprise. The \
                     'cloud' block was previously configured at {}.",
                    self.place(earlier.span)
                );
                self.error("Duplicate HCP Terraform configurations", detail, block.header);
            }
            Some(backend) => {
                let detail = format!(
                    "A module may declare either one 'cloud' block OR one 'backend' block configuring a state backend. \
                     The 'cloud' block is configured at {place}; a backend is configured at {}. Remove one of the two.",
                    self.place(backend.span)
                );
                self.error("Both a backend and cloud configuration are present", detail, backend.span);
            }
            None => {
                let body = Arc::new(block.body.clone());
                module.backend = Some(Backend { kind: block.kind.clone(), body, span: block.header });
            }
        }
    }

    fn language(&mut self, body: &Body) {
        let Some(language) = attribute(body, "language") else { return };
        let place = language.value.span;
        match &*language.value.kind {
            ExpressionKind::Name(edition) if &**edition == "TF2021" => {}
            ExpressionKind::Name(_) => {
                let detail = format!(
                    "Terraform v{TERRAFORM_VERSION} only supports language edition TF2021. This module requires a newer \
                     version of Terraform CLI."
                );
                self.error("Unsupported language edition", detail, place);
            }
            _ => {
                let detail = format!(
                    "The language argument expects a bare language edition keyword. Terraform {TERRAFORM_VERSION} \
                     supports only language edition TF2021, which is the default."
                );
                self.error("Invalid language edition", detail, place);
            }
        }
    }

    /// What a module tells the authors of a provider about itself.
    fn provider_meta(&mut self, body: &Body, module: &mut Module) {
        for block in blocks(body, "provider_meta") {
            if !self.labels(block, &["provider"]) {
                continue;
            }
            let name = &block.labels[0].text;
            if !self.provider_name(name, block.header) {
                continue;
            }
            if !self.no_blocks(&block.body) {
                continue;
            }
            for argument in &block.body.attributes {
                constant(&argument.value, self.diagnostics);
            }
            if let Some((_, earlier)) = self.provider_metas.iter().find(|it| it.0 == *name) {
                let detail = format!(
                    "A provider_meta block for provider {:?} was already declared at {}. Providers may only have one \
                     provider_meta block per module.",
                    &**name,
                    self.place(*earlier)
                );
                self.error("Duplicate provider_meta block", detail, block.header);
                continue;
            }
            self.provider_metas.push((name.clone(), block.header));
            let (label, body) = (block.labels[0].span, Arc::new(block.body.clone()));
            module.metas.push(ProviderMeta { name: name.clone(), label, body });
        }
    }

    fn required_version(&mut self, argument: &Attribute, module: &mut Module) {
        let summary = "Invalid version constraint";
        let Some(value) = constant(&argument.value, self.diagnostics) else { return };
        let Some(constraint) = convert(&value, &Type::String).ok().filter(|it| !it.is_null()) else {
            let detail = "A string value is required for required_version.";
            return self.error(summary, detail, argument.value.span);
        };
        let constraint = constraint.as_str().unwrap_or_default();
        if is_language_version(constraint).is_none() {
            let detail = "This string does not use correct version constraint syntax.";
            let error = Diagnostic::error(summary, detail).at(argument.value.span);
            return self.diagnostics.push(error.hint("It looks like \">= 1.5.0, < 2.0.0\"."));
        }
        let required =
            RequiredVersion { constraint: constraint.into(), value: argument.value.clone(), span: argument.span };
        module.required_version.push(required);
    }

    /// Reports the constraints of `module` on the version of the language that are not met.
    pub(in crate::lang::load) fn check_version(&mut self, module: &Module) {
        for required in &module.required_version {
            if is_language_version(&required.constraint) != Some(false) {
                continue;
            }
            let who = match module.path.is_root() {
                true => "This configuration".to_owned(),
                false => format!("Module {} (from {})", module.path, module.source),
            };
            let detail = format!(
                "{who} does not support Terraform version {TERRAFORM_VERSION}. To proceed, either choose another \
                 supported Terraform version or update this version constraint. Version constraints are normally set for \
                 good reason, so updating the constraint may lead to other errors or unexpected behavior."
            );
            let error = Diagnostic::error(UNSUPPORTED_VERSION, detail).at(required.span);
            let hint = format!("rforge implements the language of Terraform {TERRAFORM_VERSION}.");
            self.diagnostics.push(error.hint(hint));
        }
    }

    pub(in crate::lang::load) fn provider(&mut self, block: &Block, module: &mut Module) {
        let label = &block.labels[0];
        if !self.provider_name(&label.text, block.header) {
            return;
        }
        let name = label.text.clone();
        let alias: Option<Name> = text_argument(&block.body, "alias", self.diagnostics).map(Into::into);
        if let Some(alias) = alias.as_ref().filter(|it| lexer::identifier(it) != &***it) {
            let detail = format!(
                "An alias must be a valid name, and {:?} is none. A name must start with a letter or underscore and may \
                 contain only letters, digits, underscores, and dashes.",
                &**alias
            );
            self.error("Invalid provider configuration alias", detail, block.header);
        }
        if let Some(version) = attribute(&block.body, "version") {
            let detail = "Terraform 0.13 and earlier allowed provider version constraints inside the provider configuration \
                          block, but that is now deprecated and will be removed in a future version of Terraform. To \
                          silence this warning, move the provider version constraint into the required_providers block.";
            let warning =
                Diagnostic::warning("Version constraints inside provider configuration blocks are deprecated", detail);
            self.diagnostics.push(warning.at(version.value.span));
        }
        let for_each = expression(&block.body, "for_each");
        if let Some(for_each) = for_each.as_ref().filter(|_| alias.is_none()) {
            let detail = "The for_each argument is allowed only for provider configurations with an alias.";
            self.error("Alias required when using \"for_each\"", detail, for_each.span);
        }
        for reserved in ["count", "depends_on", "source"] {
            if let Some(it) = attribute(&block.body, reserved) {
                let detail = format!(
                    "The provider argument name {reserved:?} is reserved for use by Terraform in a future version."
                );
                self.error("Reserved argument name in provider block", detail, it.name.span);
            }
        }
        for nested in block.body.blocks.iter().filter(|it| matches!(&*it.kind.text, "lifecycle" | "locals")) {
            let kind = &nested.kind.text;
            let detail =
                format!("The block type name {:?} is reserved for use by Terraform in a future version.", &**kind);
            self.error("Reserved block type name in provider block", detail, nested.kind.span);
        }
        let key = (name.clone(), alias.clone());
        if let Some(earlier) = module.providers.get(&key) {
            let place = self.place(earlier.span);
            let detail = match &alias {
                None => format!(
                    "A default (non-aliased) provider configuration for {:?} was already given at {place}. If multiple \
                     configurations are required, set the \"alias\" argument for alternative configurations.",
                    &*name
                ),
                Some(alias) => format!(
                    "A provider configuration for {:?} with alias {:?} was already given at {place}. Each \
                     configuration for the same provider must have a distinct alias.",
                    &*name, &**alias
                ),
            };
            return self.error("Duplicate provider configuration", detail, block.header);
        }
        let (body, escaped) = unescaped(&block.body, self.diagnostics);
        let body: Arc<Body> = with_escaped(without(&body, &["alias", "for_each", "version"], &[]), escaped).into();
        module.providers.insert(key, ProviderBlock { name, alias, for_each, body, span: block.header });
    }

    /// `aws` or `aws.west`, also in the legacy quotes, or `aws.by_region[KEY]`.
    pub(super) fn provider_reference(&mut self, expression: &Expression) -> Option<ProviderReference> {
        let span = expression.span;
        let (configuration, key) = match &*expression.kind {
            ExpressionKind::Index(configuration, key) => (configuration, Some(key.clone())),
            _ => (expression, None),
        };
        let mut found = Diagnostics::new();
        let reference = traversal(configuration, &mut found).and_then(|it| match &*it.kind {
            ExpressionKind::Name(name) => Some((name.clone(), None)),
            ExpressionKind::Attribute(provider, alias) => match &*provider.kind {
                ExpressionKind::Name(name) => Some((name.clone(), Some(alias.text.clone()))),
                _ => None,
            },
            _ => None,
        });
        // In JSON references have no other form than strings.
        let is_json = self.is_json(span);
        self.diagnostics.extend(found.into_iter().filter(|it| it.severity == Severity::Warning && !is_json));
        let reference = reference.map(|(name, alias)| ProviderReference { name, alias, key, span });
        if let Some(reference) = &reference
            && !self.provider_name(&reference.name, span)
        {
            return None;
        }
        if reference.is_none() && !matches!(&*expression.kind, ExpressionKind::Invalid) {
            let detail = "The provider argument requires a provider type name, optionally followed by a period and \
                          then a configuration alias.";
            self.error("Invalid provider configuration reference", detail, span);
        }
        reference
    }
}

/// Whether the language is of a version that the constraint allows; none if it is no constraint.
fn is_language_version(constraint: &str) -> Option<bool> {
    Version::parse(TERRAFORM_VERSION).and_then(|version| satisfies(&version, constraint))
}
