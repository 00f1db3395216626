//! Expressions of the configuration: their constant value, or what they refer to.

use crate::{
    diagnostic::Sources,
    expression::{
        constant::constant,
        references::{Subject, Traversal, traversals},
        syntax::tree::Expression,
    },
    value::{PathStep, Type, from_json, to_json},
};
use serde_json::{Map, Value as Json};

/// `{"constant_value": …}`, or `{"references": […]}`; neither for a call of a function with constants.
pub(super) fn expression(expression: &Expression, sources: &Sources) -> Json {
    let mut out = Map::new();
    let names: Vec<Json> = traversals(expression).iter().flat_map(names).map(Json::from).collect();
    let file = sources.get(expression.span.file);
    if file.path.extension().is_some_and(|it| it == "json") {
        // What JSON has is a constant as it is written, templates in its strings and all.
        let written = serde_json::from_str(sources.text(expression.span)).ok();
        if let Some(value) = written.and_then(|it: Json| from_json(&it, &Type::Any).ok()) {
            out.insert("constant_value".into(), to_json(&value));
        }
    } else if names.is_empty()
        && let Some(value) = constant(expression, &mut Vec::new())
    {
        out.insert("constant_value".into(), to_json(&value));
    }
    if !names.is_empty() {
        out.insert("references".into(), names.into());
    }
    out.into()
}

/// A reference as written, then step by step what it is a part of: `aws_vpc.a[0].tags.k`, `aws_vpc.a[0].tags`, `aws_vpc.a[0]`,
/// `aws_vpc.a`.
fn names(traversal: &Traversal) -> Vec<String> {
    let wholes = wholes(&traversal.subject);
    let mut parts = vec![wholes[0].clone()];
    for step in &traversal.rest {
        let around = parts.last().map_or("", String::as_str);
        parts.push(match step {
            PathStep::Attribute(name) => format!("{around}.{name}"),
            PathStep::Key(key) => format!("{around}[{key:?}]"),
            PathStep::Index(at) => format!("{around}[{at}]"),
            PathStep::Element(_) => around.to_owned(),
        });
    }
    parts.into_iter().rev().chain(wholes.into_iter().skip(1)).collect()
}

/// What a reference is to, and what that is one of.
fn wholes(subject: &Subject) -> Vec<String> {
    match subject {
        Subject::Variable(name) => vec![format!("var.{name}")],
        Subject::Local(name) => vec![format!("local.{name}")],
        Subject::Each(name) => vec![format!("each.{name}")],
        Subject::Count(name) => vec![format!("count.{name}")],
        Subject::Path(name) => vec![format!("path.{name}")],
        Subject::Terraform(name) => vec![format!("terraform.{name}")],
        Subject::SelfObject => vec!["self".into()],
        Subject::Module { call, index, output } => {
            let call = format!("module.{call}");
            let instance = index.as_ref().map_or_else(|| call.clone(), |index| format!("{call}{index}"));
            match output {
                Some(output) => vec![format!("{instance}.{output}"), instance],
                None if index.is_some() => vec![instance, call],
                None => vec![call],
            }
        }
        Subject::Resource { mode, type_name, name, index } => {
            let resource = format!("{}{type_name}.{name}", mode.prefix());
            let instance = index.as_ref().map(|index| format!("{resource}{index}"));
            instance.into_iter().chain([resource]).collect()
        }
    }
}

/// One of `depends_on`: what it names as a whole.
pub(super) fn dependency(expression: &Expression, sources: &Sources) -> Json {
    let named = traversals(expression).first().map(|it| wholes(&it.subject).swap_remove(0));
    named.unwrap_or_else(|| sources.text(expression.span).to_owned()).into()
}
