//! From the blocks of a test file to a [`TestFile`].

use super::super::{
    content::{attribute, blocks, bool_argument, list_items, text_argument, traversals},
    decode::Decoder,
};
use super::mocks::Mocks;
use crate::{
    address::{InstanceAddress, Name, Target},
    diagnostic::{Diagnostic, Diagnostics, Sources},
    expression::syntax::tree::{Block, Body, Expression, ExpressionKind},
    lang::{
        configuration::Module,
        source::ModuleSource,
        target::target,
        test_file::{MockProvider, PlanOptions, Run, TestFile, TestedModule},
    },
};
use std::{collections::BTreeMap, path::PathBuf};

pub(super) fn file(path: PathBuf, body: &Body, mut mocks: Mocks<'_>) -> TestFile {
    let mut module = Module::default();
    for block in blocks(body, "provider").filter(|it| it.labels.len() == 1) {
        Decoder::new(mocks.sources, mocks.diagnostics).provider(block, &mut module);
    }
    let mut mock_providers: Vec<MockProvider> = Vec::new();
    for block in body.blocks.iter().filter(|it| &*it.kind.text == "mock_provider") {
        let Some(mock) = mocks.provider(block) else { continue };
        let key = (mock.name.clone(), mock.alias.clone());
        let earlier = mock_providers.iter().find(|it| (&it.name, &it.alias) == (&mock.name, &mock.alias));
        let earlier = earlier.map(|it| it.span).or_else(|| module.providers.get(&key).map(|it| it.span));
        match earlier {
            Some(earlier) => {
                let name =
                    mock.alias.as_ref().map_or_else(|| mock.name.to_string(), |it| format!("{}.{it}", mock.name));
                let place = mocks.sources.place(earlier);
                let detail = format!("A provider for {name} is already defined at {place}.");
                mocks.diagnostics.push(Diagnostic::error("Duplicate provider block", detail).at(block.header));
            }
            None => mock_providers.push(mock),
        }
    }
    let overrides = mocks.overrides(body, false);
    let variables = blocks(body, "variables").flat_map(|it| variables(&it.body, mocks.diagnostics)).collect();
    let runs = blocks(body, "run").filter(|it| it.labels.len() == 1);
    let runs = runs.map(|it| run(it, &mut mocks)).collect();
    TestFile { path, variables, providers: module.providers, runs, mock_providers, overrides }
}

fn variables(body: &Body, diagnostics: &mut Diagnostics) -> BTreeMap<Name, Expression> {
    for nested in &body.blocks {
        let summary = format!("Unexpected {:?} block", nested.kind.text);
        diagnostics.push(Diagnostic::error(summary, "Blocks are not allowed here.").at(nested.kind.span));
    }
    body.attributes.iter().map(|it| (it.name.text.clone(), it.value.clone())).collect()
}

fn run(block: &Block, mocks: &mut Mocks<'_>) -> Run {
    let body = &block.body;
    let overrides = mocks.overrides(body, false);
    let Mocks { sources, diagnostics, .. } = mocks;
    let (sources, diagnostics) = (&**sources, &mut **diagnostics);
    let command = keyword(body, "command", &["apply", "plan"], ": apply or plan.", diagnostics);
    let options = blocks(body, "plan_options").map(|it| plan_options(&it.body, diagnostics)).last();
    let variables = blocks(body, "variables").flat_map(|it| self::variables(&it.body, diagnostics)).collect();
    let expect_failures = traversals(body, "expect_failures", diagnostics);
    let state_key = text_argument(body, "state_key", diagnostics);
    let mut decoder = Decoder::new(sources, diagnostics);
    let providers = decoder.passed_providers(body);
    let asserts = blocks(body, "assert").filter_map(|it| decoder.rule(it)).collect();
    let module = blocks(body, "module").filter_map(|it| tested_module(it, sources, diagnostics)).last();
    Run {
        name: block.labels[0].text.clone(),
        applies: command != Some("plan"),
        options: options.unwrap_or_default(),
        variables,
        providers,
        asserts,
        module,
        expect_failures,
        state_key,
        overrides,
        span: block.header,
    }
}

fn tested_module(block: &Block, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<TestedModule> {
    let body = &block.body;
    let written = attribute(body, "source")?;
    let source = text_argument(body, "source", diagnostics)?;
    let mut decoder = Decoder::new(sources, diagnostics);
    let version = decoder.module_version(body);
    let address = decoder.address(&source, version.is_some(), written.value.span)?;
    if let ModuleSource::Remote(_) = address {
        let detail = "Only local or registry module sources are currently supported from within test run blocks.";
        diagnostics.push(Diagnostic::error("Invalid module source address", detail).at(written.span));
        return None;
    }
    Some(TestedModule { source, address, version, source_span: written.value.span, span: block.header })
}

/// One of the words that an argument may be, without quotes.
fn keyword(
    body: &Body,
    name: &str,
    words: &[&'static str],
    which: &str,
    diagnostics: &mut Diagnostics,
) -> Option<&'static str> {
    let attribute = attribute(body, name)?;
    let given = match &*attribute.value.kind {
        ExpressionKind::Name(given) => Some(&**given),
        _ => None,
    };
    let word = words.iter().copied().find(|it| Some(*it) == given);
    if word.is_none() && !matches!(&*attribute.value.kind, ExpressionKind::Invalid) {
        let detail = format!("The {name:?} argument requires one of the following keywords without quotes{which}");
        diagnostics.push(Diagnostic::error(format!("Invalid {name:?} keyword"), detail).at(attribute.value.span));
    }
    word
}

fn plan_options(body: &Body, diagnostics: &mut Diagnostics) -> PlanOptions {
    let mode = keyword(body, "mode", &["refresh-only", "normal"], ": normal or refresh-only", diagnostics);
    // The lexer takes the name of the mode for one word.
    let refresh_only = mode == Some("refresh-only");
    let refresh = bool_argument(body, "refresh", diagnostics).unwrap_or(true);
    let mut addresses = |name: &str| -> Vec<(Target, Expression)> {
        let Some(attribute) = attribute(body, name) else { return Vec::new() };
        let mut found = Vec::new();
        for item in list_items(&attribute.value, diagnostics) {
            match target(item) {
                Ok(it) => found.push((it, item.clone())),
                Err(error) => diagnostics.push(*error),
            }
        }
        found
    };
    let targets = addresses("target").into_iter().map(|it| it.0).collect();
    let mut replace: Vec<InstanceAddress> = Vec::new();
    let replaced = addresses("replace");
    for (address, written) in replaced {
        match address {
            Target::Instance(it) => replace.push(it),
            Target::Resource(it) => replace.push(it.instance(None)),
            Target::Module(_) => {
                let detail = "The \"replace\" argument takes addresses of resource instances.";
                diagnostics.push(Diagnostic::error("Invalid address", detail).at(written.span));
            }
        }
    }
    if let Some(given) = attribute(body, "refresh").filter(|_| refresh_only && !refresh) {
        let detail = "The \"refresh\" option cannot be set to false when running a test in \"refresh-only\" mode.";
        diagnostics.push(Diagnostic::error("Incompatible plan options", detail).at(given.span));
    }
    if let Some(given) = attribute(body, "replace").filter(|_| refresh_only && !replace.is_empty()) {
        let detail = "The \"replace\" option cannot be used when running a test in \"refresh-only\" mode.";
        diagnostics.push(Diagnostic::error("Incompatible plan options", detail).at(given.span));
    }
    PlanOptions { refresh_only, refresh, targets, replace }
}
