//! `required_providers` blocks, and what providers may be called.

use super::Decoder;
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostics, Span},
    expression::{
        constant::constant,
        syntax::tree::{Attribute, Block, Body, Expression, ExpressionKind, ObjectItem},
    },
    lang::{
        configuration::{Module, ProviderReference, RequiredProvider},
        load::{
            content::{list_items, literal_text},
            version::{TERRAFORM_VERSION, Version, satisfies},
        },
    },
    value::{Type, Value, convert},
};

impl Decoder<'_> {
    pub(super) fn required_providers(&mut self, block: &Block, module: &mut Module) {
        if let Some(earlier) = self.required_providers.replace(block.header) {
            let place = self.place(earlier);
            let detail = format!(
                "A module may have only one required providers configuration. The required providers were previously \
                 configured at {place}."
            );
            return self.error("Duplicate required providers configuration", detail, block.header);
        }
        self.no_blocks(&block.body);
        for entry in &block.body.attributes {
            if let Some(required) = self.requirement(entry) {
                module.required_providers.insert(entry.name.text.clone(), required);
            }
        }
    }

    /// Whether a body that may have arguments alone has no blocks; those are reported.
    pub(super) fn no_blocks(&mut self, body: &Body) -> bool {
        for nested in &body.blocks {
            let summary = format!("Unexpected {:?} block", &*nested.kind.text);
            self.error(summary, "Blocks are not allowed here.", nested.kind.span);
        }
        body.blocks.is_empty()
    }

    /// One entry: an object or, as Terraform 0.12 had it, a version alone.
    fn requirement(&mut self, entry: &Attribute) -> Option<RequiredProvider> {
        let (name, place) = (&entry.name.text, entry.value.span);
        let implied = if &**name == "terraform" { ProviderSource::builtin() } else { ProviderSource::hashicorp(name) };
        let mut required = RequiredProvider { source: implied, version: None, aliases: Vec::new(), span: place };
        let alone = match &*entry.value.kind {
            ExpressionKind::Object(_) => None,
            _ => constant(&entry.value, &mut Diagnostics::new()).filter(|it| it.ty().is_primitive()),
        };
        if let Some(version) = alone {
            match convert(&version, &Type::String).ok().filter(|_| literal_text(&entry.value).is_some()) {
                Some(version) => self.provider_version(version.as_str().unwrap_or_default(), place, &mut required),
                None => {
                    let detail = format!("A string value is required for {name}.");
                    self.error("Invalid version constraint", detail, place);
                }
            }
            if let Err(problem) = normalized(name) {
                self.error("Invalid provider name", problem, place);
            }
            return Some(required);
        }
        if !self.provider_name(name, place) {
            return None;
        }
        let ExpressionKind::Object(items) = &*entry.value.kind else {
            let detail = "required_providers entries must be strings or objects.";
            self.error("Invalid required_providers object", detail, place);
            return None;
        };
        for ObjectItem { key, value } in items {
            match literal_text(key).unwrap_or_default() {
                "configuration_aliases" => self.aliases(name, value, &mut required),
                "version" => match text(value) {
                    Some(version) => self.provider_version(&version, value.span, &mut required),
                    None => {
                        let detail = "Version must be specified as a string.";
                        self.error("Invalid version constraint", detail, value.span);
                    }
                },
                "source" => match text(value) {
                    Some(source) => self.source(&source, value.span, &mut required),
                    None => self.error("Invalid source", "Source must be specified as a string.", value.span),
                },
                _ => {
                    let detail = "required_providers objects can only contain \"version\", \"source\" and \
                                  \"configuration_aliases\" attributes. To configure a provider, use a \"provider\" \
                                  block.";
                    self.error("Invalid required_providers object", detail, key.span);
                    break;
                }
            }
        }
        Some(required)
    }

    fn aliases(&mut self, name: &str, value: &Expression, required: &mut RequiredProvider) {
        for item in list_items(value, self.diagnostics) {
            let Some(ProviderReference { name: found, alias, .. }) = self.provider_reference(item) else { continue };
            if *found != *name {
                let detail = format!(
                    "Configuration aliases must be prefixed with the provider name. Expected {name:?}, but found {found:?}."
                );
                self.error("Invalid configuration_aliases value", detail, value.span);
                continue;
            }
            // The name alone stands for the default configuration, which there is in any case.
            required.aliases.extend(alias.map(|alias| (found, alias)));
        }
    }

    fn source(&mut self, source: &str, place: Span, required: &mut RequiredProvider) {
        let parts: Vec<&str> = source.split('/').collect();
        let (name, namespace) = (parts.last().copied().unwrap_or_default(), parts.iter().rev().nth(1));
        if let (Ok(parsed), 1..=3) = (source.parse(), parts.len()) {
            let mut named = vec![("type", name)];
            named.extend(namespace.map(|it| ("namespace", *it)));
            for (what, part) in named {
                if let Err(problem) = normalized(part) {
                    let detail = format!("Invalid provider {what} {part:?} in source {source:?}: {problem}\"");
                    return self.error(format!("Invalid provider {what}"), detail, place);
                }
            }
            if let Some((summary, detail)) = unfit(&parsed, parts.len(), source) {
                return self.error(summary, detail, place);
            }
            required.source = parsed;
            return;
        }
        let detail = "The \"source\" attribute must be in the format \"[hostname/][namespace/]name\"";
        self.error("Invalid provider source string", detail, place);
    }

    fn provider_version(&mut self, version: &str, span: Span, required: &mut RequiredProvider) {
        let any = Version::parse(TERRAFORM_VERSION).and_then(|any| satisfies(&any, version));
        if any.is_none() {
            let detail = "This string does not use correct version constraint syntax.";
            self.error("Invalid version constraint", detail, span);
        }
        required.version = Some(version.to_owned());
    }

    /// Whether a module may call a provider `name`; reported if not.
    pub(super) fn provider_name(&mut self, name: &str, place: Span) -> bool {
        let detail = match normalized(name) {
            Ok(normalized) if normalized == name => return true,
            Ok(normalized) => {
                format!("Provider names must be normalized. Replace {name:?} with {normalized:?} to fix this error.")
            }
            Err(problem) => format!("{name} is an invalid provider local name: {problem}"),
        };
        self.error("Invalid provider local name", detail, place);
        false
    }
}

/// What is wrong with a source of so many parts, each of which may be one.
fn unfit(parsed: &ProviderSource, parts: usize, written: &str) -> Option<(&'static str, String)> {
    let allowed = |it: &char| it.is_alphanumeric() || matches!(it, '-' | '.' | ':');
    if let Some(wrong) = parsed.host.chars().find(|it| !allowed(it)) {
        let detail = format!(
            "Invalid provider source hostname namespace \"\" in source {written:?}: idna: disallowed rune U+{:04X}\"",
            u32::from(wrong)
        );
        return Some(("Invalid provider source hostname", detail));
    }
    let short = parsed.name.strip_prefix("terraform-").filter(|_| parts > 1)?;
    let detail = match short.strip_prefix("provider-").filter(|it| normalized(it).is_ok()) {
        Some(name) => {
            let shown = |name: &str| {
                let whole = ProviderSource { name: name.into(), ..parsed.clone() }.to_string();
                whole.strip_prefix("registry.terraform.io/").unwrap_or(&whole).to_owned()
            };
            format!(
                "Provider source {:?} has a type with the prefix \"terraform-provider-\", which isn't valid. Although that \
                 prefix is often used in the names of version control repositories for Terraform providers, provider \
                 source strings should not include it.\n\nDid you mean {:?}?",
                shown(&parsed.name),
                shown(name)
            )
        }
        None => format!(
            "Provider source {:?} has a type with the prefix \"terraform-\", which isn't allowed because it would be \
             redundant to name a Terraform provider with that prefix. If you are the author of this provider, rename it \
             to not include the prefix.",
            parsed.to_string()
        ),
    };
    Some(("Invalid provider type", detail))
}

/// The text that `expression` is, if it is constant.
fn text(expression: &Expression) -> Option<String> {
    let value: Value = constant(expression, &mut Diagnostics::new())?;
    value.as_str().map(str::to_owned)
}

/// The name of a provider or of a namespace as the registry has it, or what is wrong with it.
fn normalized(part: &str) -> Result<String, &'static str> {
    if part.is_empty() {
        return Err("must have at least one character");
    }
    let allowed = |it: char| it.is_alphanumeric() || it == '-';
    if !part.chars().all(allowed) || part.starts_with('-') || part.ends_with('-') {
        return Err("must contain only letters, digits, and dashes, and may not use leading or trailing dashes");
    }
    if part.contains("--") {
        return Err("cannot use multiple consecutive dashes");
    }
    Ok(part.to_lowercase())
}
