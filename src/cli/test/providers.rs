//! The providers of a test file in the place of those of the configuration that it tests.

use crate::{
    address::{ModulePath, Name},
    diagnostic::{Diagnostic, Diagnostics, Span},
    expression::{
        evaluate::evaluate,
        references::first_names,
        syntax::tree::{Block, Body, Expression, ExpressionKind},
    },
    lang::{
        configuration::{Configuration, ProviderBlock, ProviderReference},
        test_file::{Names, Run, TestFile},
    },
};
use std::sync::Arc;

/// Puts the provider blocks of `file` into the root of `configuration`: those that the run passes, or all.
pub(super) fn replace(configuration: &mut Configuration, file: &TestFile, run: &Run, names: &Names) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut replacements: Vec<(Name, Option<Name>, ProviderBlock)> = Vec::new();
    if run.providers.is_empty() {
        for ((name, alias), block) in &file.providers {
            replacements.push((name.clone(), alias.clone(), block.clone()));
        }
    }
    for (inner, outer) in &run.providers {
        match file.providers.get(&(outer.name.clone(), outer.alias.clone())) {
            Some(block) => replacements.push((inner.name.clone(), inner.alias.clone(), block.clone())),
            // It is a mock.
            None if file.mock_providers.iter().any(|it| it.name == outer.name && it.alias == outer.alias) => {}
            None => {
                let detail = "This provider block references a provider definition that does not exist.";
                let summary = format!("Missing provider definition for {}", written(outer));
                let name = Span { end: outer.span.start + outer.name.len() as u32, ..outer.span };
                found.push(Diagnostic::error(summary, detail).at(name));
            }
        }
    }
    let Some(root) = configuration.modules.get_mut(&ModulePath::root()) else { return found };
    for (name, alias, block) in replacements {
        let body = Arc::new(settled(&block.body, names, &mut found));
        let block = ProviderBlock { name: name.clone(), alias: alias.clone(), body, ..block };
        root.providers.insert((name, alias), block);
    }
    found
}

fn written(reference: &ProviderReference) -> String {
    match &reference.alias {
        Some(alias) => format!("{}.{alias}", reference.name),
        None => reference.name.to_string(),
    }
}

/// `body` with values in the place of what names variables and runs: to the configuration it is put into they mean nothing, or
/// something else.
fn settled(body: &Body, names: &Names, found: &mut Diagnostics) -> Body {
    let mut settled = body.clone();
    for attribute in &mut settled.attributes {
        settle(&mut attribute.value, names, found);
    }
    settled.blocks =
        body.blocks.iter().map(|it| Block { body: self::settled(&it.body, names, found), ..it.clone() }).collect();
    settled
}

fn settle(expression: &mut Expression, names: &Names, found: &mut Diagnostics) {
    let known = first_names(expression);
    if !known.is_empty() && known.iter().all(|it| matches!(&*it.text, "var" | "run")) {
        let value = evaluate(expression, names, found);
        *expression.kind = ExpressionKind::Literal(value);
    }
}
