//! Checks of what a block holds, and the parts of a block as constants.

use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span, nearest},
    expression::{
        constant::constant,
        syntax::{
            expression_at,
            lexer::Place,
            tree::{Attribute, Block, Body, Expression, ExpressionKind, Identifier},
        },
    },
    lang::target::not_static,
    value::{Type, Value, convert},
};
use std::borrow::Cow;

/// The arguments and nested blocks that a block may have.
#[derive(Clone, Copy, Default)]
pub(crate) struct BodySchema {
    pub required: &'static [&'static str],
    pub optional: &'static [&'static str],
    pub blocks: &'static [&'static str],
}

impl BodySchema {
    /// Reports what does not belong into `body` and what it lacks.
    pub(crate) fn check(&self, body: &Body, diagnostics: &mut Diagnostics) {
        let arguments = || self.required.iter().chain(self.optional).copied();
        for attribute in &body.attributes {
            let name = &*attribute.name.text;
            if arguments().any(|it| it == name) {
                continue;
            }
            let advice = if self.blocks.contains(&name) {
                format!(" Did you mean to define a block of type {name:?}?")
            } else {
                did_you_mean(name, arguments())
            };
            let (summary, detail) = unexpected_argument(&attribute.name, &advice);
            diagnostics.push(Diagnostic::error(summary, detail).at(attribute.name.span));
        }
        for block in &body.blocks {
            let name = &*block.kind.text;
            if !self.blocks.contains(&name) {
                let advice = if arguments().any(|it| it == name) {
                    format!(
                        " Did you mean to define argument {name:?}? If so, use the equals sign to assign it a value."
                    )
                } else {
                    did_you_mean(name, self.blocks.iter().copied())
                };
                let detail = format!("Blocks of type {name:?} are not expected here.{advice}");
                diagnostics.push(Diagnostic::error("Unsupported block type", detail).at(block.kind.span));
            } else if let Some(extra) = block.labels.first().filter(|_| !LABELLED.contains(&name)) {
                diagnostics.push(extraneous_label(name, &[], extra.span));
            }
        }
        for name in self.required.iter().filter(|name| attribute(body, name).is_none()) {
            diagnostics.push(missing_argument(name, body.opening()));
        }
    }
}

/// Summary and detail for an argument that has no place where it is.
pub(crate) fn unexpected_argument(name: &Identifier, advice: &str) -> (&'static str, String) {
    match name.is_quoted() {
        true => {
            ("Extraneous JSON object property", format!("No argument or block type is named {:?}.{advice}", name.text))
        }
        false => ("Unsupported argument", format!("An argument named {:?} is not expected here.{advice}", name.text)),
    }
}

/// The body without its escaping block `_ {}`, whose arguments and blocks are what they are even where they have the names of
/// meta-arguments. A second such block is reported.
pub(crate) fn unescaped<'b>(body: &'b Body, diagnostics: &mut Diagnostics) -> (Cow<'b, Body>, Option<Body>) {
    if !body.blocks.iter().any(|it| &*it.kind.text == "_") {
        return (Cow::Borrowed(body), None);
    }
    let (escapes, rest): (Vec<Block>, Vec<Block>) =
        body.blocks.iter().cloned().partition(|it| &*it.kind.text == "_" && it.labels.is_empty());
    for second in escapes.iter().skip(1) {
        let detail = "The special block type \"_\" can be used to force particular arguments to be interpreted as those of \
                      the resource type, module or provider rather than as meta-arguments, but each block can have only \
                      one such block.";
        diagnostics.push(Diagnostic::error("Duplicate escaping block", detail).at(second.header));
    }
    let escaped = escapes.into_iter().next().map(|it| it.body);
    let attributes = body.attributes.clone();
    (Cow::Owned(Body { attributes, blocks: rest, span: body.span }), escaped)
}

/// `body` with what stands in the escaping block.
pub(crate) fn with_escaped(mut body: Body, escaped: Option<Body>) -> Body {
    if let Some(escaped) = escaped {
        body.attributes.extend(escaped.attributes);
        body.blocks.extend(escaped.blocks);
    }
    body
}

/// The nested blocks that have labels, which those who decode them look at.
const LABELLED: &[&str] = &[
    "backend",
    "provider_meta",
    "provisioner",
    "data",
    "wave",
    "run",
    "provider",
    "mock_provider",
    "mock_resource",
    "mock_data",
];

/// Whether `block` has as many labels as it must; reported if not.
pub(crate) fn check_labels(block: &Block, names: &[&str], diagnostics: &mut Diagnostics) -> bool {
    let kind = &block.kind.text;
    if let Some(missing) = names.get(block.labels.len()) {
        let detail = format!("All {kind} blocks must have {} labels ({}).", names.len(), names.join(", "));
        let error = Diagnostic::error(format!("Missing {missing} for {kind}"), detail);
        diagnostics.push(error.at(block.body.opening()));
        return false;
    }
    if let Some(extra) = block.labels.get(names.len()) {
        diagnostics.push(extraneous_label(kind, names, extra.span));
        return false;
    }
    true
}

/// A block of type `kind` has more labels than `names`.
pub(crate) fn extraneous_label(kind: &str, names: &[&str], extra: Span) -> Diagnostic {
    let detail = match names.len() {
        0 => format!("No labels are expected for {kind} blocks."),
        count => format!("Only {count} labels ({}) are expected for {kind} blocks.", names.join(", ")),
    };
    Diagnostic::error(format!("Extraneous label for {kind}"), detail).at(extra)
}

/// ` Did you mean "x"?`, or nothing where no candidate is near.
pub(crate) fn did_you_mean<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(given, candidates).map_or_else(String::new, |it| format!(" Did you mean {it:?}?"))
}

pub(crate) fn missing_argument(name: &str, place: Span) -> Diagnostic {
    let detail = format!("The argument {name:?} is required, but no definition was found.");
    Diagnostic::error("Missing required argument", detail).at(place)
}

pub(crate) fn attribute<'a>(body: &'a Body, name: &str) -> Option<&'a Attribute> {
    body.attributes.iter().find(|it| &*it.name.text == name)
}

pub(crate) fn expression(body: &Body, name: &str) -> Option<Expression> {
    attribute(body, name).map(|it| it.value.clone())
}

/// The nested blocks of type `kind`, without those that have labels that they must not have.
pub(crate) fn blocks<'a>(body: &'a Body, kind: &str) -> impl Iterator<Item = &'a Block> {
    body.blocks.iter().filter(move |it| &*it.kind.text == kind && (it.labels.is_empty() || LABELLED.contains(&kind)))
}

/// The body without the arguments and nested blocks of these names.
pub(crate) fn without(body: &Body, attributes: &[&str], blocks: &[&str]) -> Body {
    Body {
        attributes: body.attributes.iter().filter(|it| !attributes.contains(&&*it.name.text)).cloned().collect(),
        blocks: body.blocks.iter().filter(|it| !blocks.contains(&&*it.kind.text)).cloned().collect(),
        span: body.span,
    }
}

/// A constant argument of a primitive type; `None` if it is absent or wrong (which is reported).
pub(crate) fn constant_argument(body: &Body, name: &str, ty: &Type, diagnostics: &mut Diagnostics) -> Option<Value> {
    let attribute = attribute(body, name)?;
    let expression = &attribute.value;
    if matches!(&*expression.kind, ExpressionKind::Invalid) {
        return None;
    }
    // What refers to anything has no value here, of which Terraform complains as well.
    let problem = match constant(expression, diagnostics).map(|it| convert(&it, ty)) {
        Some(Ok(value)) if !value.is_null() => return Some(value),
        Some(Ok(_)) => "null value is not allowed".to_owned(),
        Some(Err(error)) => error.to_string(),
        None => "value must be known".to_owned(),
    };
    let detail = format!("Unsuitable value: {problem}");
    // JSON has no part of a string that would be its start.
    let place = if attribute.name.is_quoted() { expression.span } else { expression.start() };
    diagnostics.push(Diagnostic::error("Unsuitable value type", detail).at(place));
    None
}

pub(crate) fn text_argument(body: &Body, name: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    constant_argument(body, name, &Type::String, diagnostics)?.as_str().map(str::to_owned)
}

pub(crate) fn bool_argument(body: &Body, name: &str, diagnostics: &mut Diagnostics) -> Option<bool> {
    constant_argument(body, name, &Type::Bool, diagnostics)?.as_bool()
}

/// The items of an argument that must be written as a list.
pub(crate) fn list_items<'a>(expression: &'a Expression, diagnostics: &mut Diagnostics) -> &'a [Expression] {
    if let ExpressionKind::Tuple(items) = &*expression.kind {
        return items;
    }
    let error = Diagnostic::error("Invalid expression", "A static list expression is required.");
    diagnostics.push(error.at(expression.start()));
    &[]
}

/// A list of references such as `depends_on`.
pub(crate) fn traversals(body: &Body, name: &str, diagnostics: &mut Diagnostics) -> Vec<Expression> {
    let Some(attribute) = attribute(body, name) else { return Vec::new() };
    let items = list_items(&attribute.value, diagnostics);
    items.iter().filter_map(|item| traversal(item, diagnostics)).collect()
}

/// `item` as a reference: names, attribute access and constant keys. A quoted one, as Terraform 0.11 had it, is
/// read as what stands between the quotes.
pub(crate) fn traversal(item: &Expression, diagnostics: &mut Diagnostics) -> Option<Expression> {
    if let Some(text) = literal_text(item) {
        // The key of an object may be a name without quotes.
        let is_quoted = item.span.end - item.span.start > text.len() as u32;
        if is_quoted {
            diagnostics.push(quoted_reference(item.span));
        }
        let place = Place { file: item.span.file, offset: item.span.start + u32::from(is_quoted) };
        let quoted = as_traversal(&expression_at(text, place, diagnostics));
        if quoted.is_none() {
            diagnostics.push(not_static(item.span));
        }
        return quoted;
    }
    let traversal = as_traversal(item);
    if traversal.is_none() && !matches!(&*item.kind, ExpressionKind::Invalid) {
        diagnostics.push(not_static(item.span));
    }
    traversal
}

fn quoted_reference(span: Span) -> Diagnostic {
    let detail = "In this context, references are expected literally rather than in quotes. Terraform 0.11 and earlier \
                  required quotes, but quoted references are now deprecated and will be removed in a future version of \
                  Terraform. Remove the quotes surrounding this reference to silence this warning.";
    Diagnostic::warning("Quoted references are deprecated", detail).at(span)
}

fn keyword(item: &Expression) -> Option<&'static str> {
    let ExpressionKind::Literal(value) = &*item.kind else { return None };
    match value.as_bool() {
        Some(true) => Some("true"),
        Some(false) => Some("false"),
        None => value.is_null().then_some("null"),
    }
}

/// The expression with a name at its root, if it is nothing but names and constant keys. To a reference the keywords are
/// names like others.
fn as_traversal(expression: &Expression) -> Option<Expression> {
    let kind = match &*expression.kind {
        ExpressionKind::Name(_) => return Some(expression.clone()),
        ExpressionKind::Literal(_) => ExpressionKind::Name(keyword(expression)?.into()),
        ExpressionKind::Attribute(object, name) => ExpressionKind::Attribute(as_traversal(object)?, name.clone()),
        ExpressionKind::Index(object, key) if matches!(&*key.kind, ExpressionKind::Literal(_)) => {
            ExpressionKind::Index(as_traversal(object)?, key.clone())
        }
        _ => return None,
    };
    Some(Expression { kind: Box::new(kind), span: expression.span })
}

/// The text of a string without a template part.
pub(crate) fn literal_text(expression: &Expression) -> Option<&str> {
    if let ExpressionKind::Literal(value) = &*expression.kind { value.as_str() } else { None }
}

/// Whether `name` can be the name of something; reported as `Invalid {what} name` if not.
pub(crate) fn check_name(name: &Identifier, what: &str, diagnostics: &mut Diagnostics) -> bool {
    check_name_as(name, &format!("Invalid {what} name"), diagnostics)
}

/// As [`check_name`], reported as `summary`.
pub(crate) fn check_name_as(name: &Identifier, summary: &str, diagnostics: &mut Diagnostics) -> bool {
    if is_identifier(&name.text) {
        return true;
    }
    let detail = "A name must start with a letter or underscore and may contain only letters, digits, underscores, \
                  and dashes.";
    diagnostics.push(Diagnostic::error(summary, detail).at(name.span));
    false
}

fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first == '_' || first.is_alphabetic())
        && characters.all(|it| it == '_' || it == '-' || it.is_alphanumeric())
}
