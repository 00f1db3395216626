//! `rforge.hcl`: which regions a root module rolls out to, and in which waves; which types of providers rforge serves itself.

use super::{
    configuration::Module,
    dependencies::source_of,
    load::content::{BodySchema, attribute, blocks, check_labels, constant_argument, did_you_mean},
};
use crate::{
    address::{Name, ProviderSource},
    diagnostic::{Diagnostic, Diagnostics, Span},
    expression::{
        constant::constant,
        syntax::tree::{Block, Body, Expression, ExpressionKind},
    },
    native::Natively,
    value::Type,
};
use std::collections::BTreeMap;

/// The `rollout` block.
#[derive(Clone, Debug, PartialEq)]
pub struct Rollout {
    /// The regions whose files `regions/<name>.tf` join the root module, sorted.
    pub regions: Vec<Name>,
    /// In their order. Every region is in one of them, unless there are none.
    pub waves: Vec<Wave>,
    pub span: Span,
}

/// Regions that are changed together, after those of the waves before.
#[derive(Clone, Debug, PartialEq)]
pub struct Wave {
    pub name: Name,
    pub regions: Vec<Name>,
    /// How many regions are changed at the same time; no limit if `None`.
    pub max_concurrent: Option<usize>,
    pub span: Span,
}

const FILE: BodySchema = BodySchema { required: &[], optional: &[], blocks: &["rollout", "provider"] };
const PROVIDER: BodySchema = BodySchema { required: &["native"], optional: &[], blocks: &[] };
const ROLLOUT: BodySchema = BodySchema { required: &["regions"], optional: &[], blocks: &["wave"] };
const WAVE: BodySchema = BodySchema { required: &[], optional: &["regions", "max_concurrent"], blocks: &[] };

/// Decodes `rforge.hcl`. `available` are the regions that have a file.
pub fn decode(body: &Body, available: &[Name], diagnostics: &mut Diagnostics) -> Option<Rollout> {
    FILE.check(body, diagnostics);
    let mut rollouts = blocks(body, "rollout");
    let block = rollouts.next()?;
    for second in rollouts {
        let detail = "There may be only one rollout block.";
        diagnostics.push(Diagnostic::error("Duplicate rollout block", detail).at(second.header));
    }
    ROLLOUT.check(&block.body, diagnostics);
    let argument = attribute(&block.body, "regions").map(|it| &it.value);
    let listed = argument.map_or_else(Vec::new, |it| names(it, available, diagnostics));
    for (region, span) in listed.iter().filter(|(region, _)| !available.contains(region)) {
        let advice = did_you_mean(region, available.iter().map(|it| &**it));
        let detail = format!("The region {:?} has no file regions/{region}.tf beside rforge.hcl.{advice}", &**region);
        diagnostics.push(Diagnostic::error("Region without a file", detail).at(*span));
    }
    let mut regions: Vec<Name> = listed.into_iter().map(|(region, _)| region).collect();
    regions.sort();
    regions.dedup();
    let waves = waves(&block.body, &regions, diagnostics);
    let without = regions.iter().find(|it| !waves.is_empty() && !waves.iter().any(|wave| wave.regions.contains(it)));
    if let Some(region) = without {
        let detail = format!("The region {:?} is in no wave.", &**region);
        let error = Diagnostic::error("Region without a wave", detail).at(block.header);
        diagnostics.push(error.hint("A wave without regions takes all that no other wave names."));
    }
    Some(Rollout { regions, waves, span: block.header })
}

fn waves(body: &Body, regions: &[Name], diagnostics: &mut Diagnostics) -> Vec<Wave> {
    let mut waves: Vec<Wave> = Vec::new();
    let mut rest = None;
    for block in blocks(body, "wave") {
        WAVE.check(&block.body, diagnostics);
        let Some(name) = wave_name(block, &waves, diagnostics) else { continue };
        let named = match attribute(&block.body, "regions") {
            Some(argument) => names(&argument.value, regions, diagnostics),
            None if rest.is_none() => {
                rest = Some(waves.len());
                Vec::new()
            }
            None => {
                let detail = "Only one wave may go without regions: it takes all that no other wave names.";
                diagnostics.push(Diagnostic::error("Missing required argument", detail).at(block.header));
                Vec::new()
            }
        };
        for (region, span) in &named {
            if !regions.contains(region) {
                let advice = did_you_mean(region, regions.iter().map(|it| &**it));
                let detail = format!("The rollout does not list the region {:?}.{advice}", &**region);
                diagnostics.push(Diagnostic::error("Wave of an unlisted region", detail).at(*span));
            }
            if let Some(earlier) = waves.iter().find(|wave| wave.regions.contains(region)) {
                let detail = format!("The wave {:?} has the region {:?} already.", &*earlier.name, &**region);
                diagnostics.push(Diagnostic::error("Region in two waves", detail).at(*span));
            }
        }
        let max_concurrent = max_concurrent(&block.body, diagnostics);
        let regions = named.into_iter().map(|(region, _)| region).collect();
        waves.push(Wave { name, regions, max_concurrent, span: block.header });
    }
    if let Some(rest) = rest {
        let left = regions.iter().filter(|it| !waves.iter().any(|wave| wave.regions.contains(it)));
        waves[rest].regions = left.cloned().collect();
    }
    waves
}

fn wave_name(block: &Block, waves: &[Wave], diagnostics: &mut Diagnostics) -> Option<Name> {
    let [label] = &block.labels[..] else {
        let detail = "All wave blocks must have 1 labels (name).";
        diagnostics.push(Diagnostic::error("Missing name for wave", detail).at(block.header));
        return None;
    };
    if waves.iter().any(|wave| wave.name == label.text) {
        let detail = format!("A wave named {:?} was already declared.", &*label.text);
        diagnostics.push(Diagnostic::error("Duplicate wave", detail).at(block.header));
        return None;
    }
    Some(label.text.clone())
}

fn max_concurrent(body: &Body, diagnostics: &mut Diagnostics) -> Option<usize> {
    let value = constant_argument(body, "max_concurrent", &Type::Number, diagnostics)?;
    let number = value.as_number().and_then(|it| it.to_usize()).filter(|it| *it > 0);
    if number.is_none() {
        let span = attribute(body, "max_concurrent").map_or(body.span, |it| it.value.span);
        let detail = "A whole number of at least 1 is required.";
        diagnostics.push(Diagnostic::error("Invalid max_concurrent", detail).at(span));
    }
    number
}

/// What a `provider` block says, and of which provider: by its local name in the root module, or by its source.
#[derive(Clone, Debug)]
pub struct Said {
    pub name: Name,
    pub span: Span,
    pub natively: Natively,
    /// The types that it names, each with its place.
    pub types: Vec<(Name, Span)>,
}

/// What `rforge.hcl` says of providers.
pub fn native(body: &Body, diagnostics: &mut Diagnostics) -> Vec<Said> {
    let mut said = Vec::new();
    for block in blocks(body, "provider") {
        if !check_labels(block, &["name"], diagnostics) {
            continue;
        }
        PROVIDER.check(&block.body, diagnostics);
        let Some(argument) = attribute(&block.body, "native") else { continue };
        let (name, span) = (block.labels[0].text.clone(), block.labels[0].span);
        let types = types(&argument.value);
        said.extend(natively(&argument.value, diagnostics).map(|natively| Said { name, span, natively, types }));
    }
    said
}

/// The same by the sources that providers of `root` have.
pub fn by_source(said: Vec<Said>, root: &Module, diagnostics: &mut Diagnostics) -> BTreeMap<ProviderSource, Said> {
    let mut found = BTreeMap::new();
    for said in said {
        let (name, span) = (&said.name, said.span);
        let source = if name.contains('/') { name.parse().ok() } else { Some(source_of(root, name)) };
        let mut refuse = |summary: &str, detail: String| {
            diagnostics.push(Diagnostic::error(summary, detail).at(span));
        };
        match source {
            None => refuse("Invalid provider", format!("{:?} is not the source of a provider.", &**name)),
            Some(source) if source.is_builtin() => {
                let detail = format!("The provider {source} is part of the language: nobody else serves it.");
                refuse("Invalid provider", detail);
            }
            Some(source) if found.contains_key(&source) => {
                let detail = format!("There may be only one block for the provider {source}.");
                refuse("Duplicate provider block", detail);
            }
            Some(source) => drop(found.insert(source, said)),
        }
    }
    found
}

fn natively(expression: &Expression, diagnostics: &mut Diagnostics) -> Option<Natively> {
    let value = constant(expression, diagnostics)?;
    let listed = || {
        let texts = value.as_elements()?.iter().map(|it| it.as_str().map(str::to_owned));
        texts.collect::<Option<_>>().map(Natively::Only)
    };
    let said = match value.as_bool() {
        Some(true) => Some(Natively::All),
        Some(false) => Some(Natively::None),
        None => listed(),
    };
    if said.is_none() {
        let detail = "true, false or a list of names of types is required: those that rforge serves itself.";
        diagnostics.push(Diagnostic::error("Invalid native", detail).at(expression.span));
    }
    said
}

fn types(list: &Expression) -> Vec<(Name, Span)> {
    let ExpressionKind::Tuple(elements) = &*list.kind else { return Vec::new() };
    let name = |it: &Expression| match &*it.kind {
        ExpressionKind::Literal(value) => value.as_str().map(|name| (name.into(), it.span)),
        _ => None,
    };
    elements.iter().filter_map(name).collect()
}

/// A list of regions, or `"*"` for `all`; each with its place.
fn names(expression: &Expression, all: &[Name], diagnostics: &mut Diagnostics) -> Vec<(Name, Span)> {
    let Some(value) = constant(expression, diagnostics) else { return Vec::new() };
    let span = expression.span;
    if value.as_str() == Some("*") {
        return all.iter().map(|region| (region.clone(), span)).collect();
    }
    let texts = value.as_elements().and_then(|it| it.iter().map(|it| it.as_str()).collect::<Option<Vec<_>>>());
    let Some(texts) = texts else {
        let detail = "A list of region names or \"*\" is required.";
        diagnostics.push(Diagnostic::error("Invalid regions", detail).at(span));
        return Vec::new();
    };
    texts.into_iter().map(|region| (region.into(), span)).collect()
}
