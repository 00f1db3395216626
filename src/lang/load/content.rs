//! Checks of what a block holds, and the parts of a block as constants.

use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span, nearest},
    lang::{
        constant::constant,
        syntax::tree::{Attribute, Block, Body, Expression, ExpressionKind, Identifier},
        target::not_static,
    },
    value::{Type, Value, convert},
};

/// The arguments and nested blocks that a block may have.
#[derive(Clone, Copy, Default)]
pub struct Shape {
    pub required: &'static [&'static str],
    pub optional: &'static [&'static str],
    pub blocks: &'static [&'static str],
}

impl Shape {
    /// Reports what does not belong into `body` and what it lacks.
    pub fn check(&self, body: &Body, diagnostics: &mut Diagnostics) {
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
            let (summary, detail) = match attribute.name.is_quoted() {
                true => {
                    ("Extraneous JSON object property", format!("No argument or block type is named {name:?}.{advice}"))
                }
                false => ("Unsupported argument", format!("An argument named {name:?} is not expected here.{advice}")),
            };
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
            }
        }
        for name in self.required.iter().filter(|name| attribute(body, name).is_none()) {
            diagnostics.push(missing_argument(name, body.opening()));
        }
    }
}

/// ` Did you mean "x"?`, or nothing where no candidate is near.
pub fn did_you_mean<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(given, candidates).map_or_else(String::new, |it| format!(" Did you mean {it:?}?"))
}

pub fn missing_argument(name: &str, place: Span) -> Diagnostic {
    let detail = format!("The argument {name:?} is required, but no definition was found.");
    Diagnostic::error("Missing required argument", detail).at(place)
}

pub fn attribute<'a>(body: &'a Body, name: &str) -> Option<&'a Attribute> {
    body.attributes.iter().find(|it| &*it.name.text == name)
}

pub fn expression(body: &Body, name: &str) -> Option<Expression> {
    attribute(body, name).map(|it| it.value.clone())
}

pub fn blocks<'a>(body: &'a Body, kind: &str) -> impl Iterator<Item = &'a Block> {
    body.blocks.iter().filter(move |it| &*it.kind.text == kind)
}

/// The body without the arguments and nested blocks of these names.
pub fn without(body: &Body, attributes: &[&str], blocks: &[&str]) -> Body {
    Body {
        attributes: body.attributes.iter().filter(|it| !attributes.contains(&&*it.name.text)).cloned().collect(),
        blocks: body.blocks.iter().filter(|it| !blocks.contains(&&*it.kind.text)).cloned().collect(),
        span: body.span,
    }
}

/// A constant argument of a primitive type; `None` if it is absent, null or wrong (which is reported).
pub fn constant_argument(body: &Body, name: &str, ty: &Type, diagnostics: &mut Diagnostics) -> Option<Value> {
    let expression = &attribute(body, name)?.value;
    let value = constant(expression, diagnostics)?;
    match convert(&value, ty) {
        Ok(value) => (!value.is_null()).then_some(value),
        Err(error) => {
            let detail = format!("Unsuitable value: {error}");
            diagnostics.push(Diagnostic::error("Unsuitable value type", detail).at(expression.start()));
            None
        }
    }
}

pub fn text_argument(body: &Body, name: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    constant_argument(body, name, &Type::String, diagnostics)?.as_str().map(str::to_owned)
}

pub fn bool_argument(body: &Body, name: &str, diagnostics: &mut Diagnostics) -> Option<bool> {
    constant_argument(body, name, &Type::Bool, diagnostics)?.as_bool()
}

/// The items of an argument that must be written as a list.
pub fn list_items<'a>(expression: &'a Expression, diagnostics: &mut Diagnostics) -> &'a [Expression] {
    if let ExpressionKind::Tuple(items) = &*expression.kind {
        return items;
    }
    let error = Diagnostic::error("Invalid expression", "A static list expression is required.");
    diagnostics.push(error.at(expression.span));
    &[]
}

/// A list of references such as `depends_on`.
pub fn traversals(body: &Body, name: &str, diagnostics: &mut Diagnostics) -> Vec<Expression> {
    let Some(attribute) = attribute(body, name) else { return Vec::new() };
    let items = list_items(&attribute.value, diagnostics);
    items.iter().filter_map(|item| traversal(item, diagnostics)).collect()
}

/// `item` as a reference: names, attribute access and constant keys. A quoted one, as Terraform 0.11 had it, is
/// taken apart.
pub fn traversal(item: &Expression, diagnostics: &mut Diagnostics) -> Option<Expression> {
    if let Some(text) = literal_text(item) {
        let mut names = text.split('.');
        let first = ExpressionKind::Name(names.next()?.into());
        let start = Expression { kind: Box::new(first), span: item.span };
        return Some(names.fold(start, |object, name| {
            let name = Identifier { text: name.into(), span: item.span };
            Expression { kind: Box::new(ExpressionKind::Attribute(object, name)), span: item.span }
        }));
    }
    if is_traversal(item) {
        return Some(item.clone());
    }
    if !matches!(&*item.kind, ExpressionKind::Invalid) {
        diagnostics.push(not_static(item.span));
    }
    None
}

fn is_traversal(expression: &Expression) -> bool {
    match &*expression.kind {
        ExpressionKind::Name(_) => true,
        ExpressionKind::Attribute(object, _) => is_traversal(object),
        ExpressionKind::Index(object, key) => is_traversal(object) && matches!(&*key.kind, ExpressionKind::Literal(_)),
        _ => false,
    }
}

/// The text of a string without a template part.
pub fn literal_text(expression: &Expression) -> Option<&str> {
    if let ExpressionKind::Literal(value) = &*expression.kind { value.as_str() } else { None }
}

/// Whether `name` can be the name of something; reported as `Invalid {what} name` if not.
pub fn check_name(name: &Identifier, what: &str, diagnostics: &mut Diagnostics) -> bool {
    if is_identifier(&name.text) {
        return true;
    }
    let detail = "A name must start with a letter or underscore and may contain only letters, digits, underscores, \
                  and dashes.";
    diagnostics.push(Diagnostic::error(format!("Invalid {what} name"), detail).at(name.span));
    false
}

fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first == '_' || first.is_alphabetic())
        && characters.all(|it| it == '_' || it == '-' || it.is_alphanumeric())
}
