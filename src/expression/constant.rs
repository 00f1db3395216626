//! Expressions that may refer to nothing: defaults, values of `.tfvars` files, constant arguments.

use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span, has_errors},
    expression::{
        evaluate::{Scope, Step, evaluate},
        references::first_names,
        syntax::tree::{Expression, ExpressionKind, Identifier, Splat, TemplatePart},
    },
    value::{Type, Value},
};
use std::{io, path::Path, sync::Arc};

/// The value of `expression`, which may use neither names nor functions; `None` after an error.
pub fn constant(expression: &Expression, diagnostics: &mut Diagnostics) -> Option<Value> {
    let mut found = Vec::new();
    for name in first_names(expression) {
        found.push(Diagnostic::error("Variables not allowed", "Variables may not be used here.").at(name.span));
    }
    if let Some(span) = call(expression) {
        found.push(Diagnostic::error("Function calls not allowed", "Functions may not be called here.").at(span));
    }
    if found.is_empty() {
        let value = evaluate(expression, &Nothing, &mut found);
        if !has_errors(&found) {
            diagnostics.append(&mut found);
            return Some(value);
        }
    }
    diagnostics.append(&mut found);
    None
}

/// The first function call inside of `expression`.
fn call(expression: &Expression) -> Option<Span> {
    match &*expression.kind {
        ExpressionKind::Call(_) => Some(expression.span),
        ExpressionKind::Literal(_) | ExpressionKind::Name(_) | ExpressionKind::Invalid => None,
        ExpressionKind::Template(template) => template.parts.iter().find_map(|part| match part {
            TemplatePart::Literal(..) => None,
            TemplatePart::Interpolation(inner) => call(inner),
            TemplatePart::If { condition, .. } => call(condition),
            TemplatePart::For { collection, .. } => call(collection),
        }),
        ExpressionKind::Attribute(inner, _)
        | ExpressionKind::Unary(_, inner)
        | ExpressionKind::Parentheses(inner)
        | ExpressionKind::Splat(Splat { source: inner, .. }) => call(inner),
        ExpressionKind::Index(left, right) | ExpressionKind::Binary(_, left, right) => {
            call(left).or_else(|| call(right))
        }
        ExpressionKind::Conditional(condition, then, otherwise) => {
            call(condition).or_else(|| call(then)).or_else(|| call(otherwise))
        }
        ExpressionKind::Tuple(items) => items.iter().find_map(call),
        ExpressionKind::Object(items) => items.iter().find_map(|item| call(&item.key).or_else(|| call(&item.value))),
        ExpressionKind::For(it) => call(&it.collection)
            .or_else(|| it.key.as_ref().and_then(call))
            .or_else(|| call(&it.value))
            .or_else(|| it.condition.as_ref().and_then(call)),
    }
}

/// A scope in which nothing has a name.
struct Nothing;

impl Scope for Nothing {
    fn resolve(&self, root: &Identifier, _: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
        let error = Diagnostic::error("Variables not allowed", "Variables may not be used here.");
        Err(Box::new(error.at(root.span)))
    }
    fn read_file(&self, _: &Path) -> io::Result<Arc<[u8]>> {
        Err(io::ErrorKind::Unsupported.into())
    }
    fn timestamp(&self) -> Value {
        Value::unknown(Type::String)
    }
    fn plan_timestamp(&self) -> Value {
        Value::unknown(Type::String)
    }
}
