//! What the references in an expression stood for, to be shown with an error.

use super::{Scope, access};
use crate::{
    address::quoted,
    diagnostic::Diagnostics,
    expression::syntax::tree::{Expression, ExpressionKind, Template, TemplatePart},
    value::{Data, Marks, Type, Value, quoted_string},
};

/// The references in `expression`: names with the attributes and literal indices that follow them, each as long
/// as it goes.
pub fn references(expression: &Expression) -> Vec<&Expression> {
    let mut found = Vec::new();
    collect(expression, &mut found);
    found
}

fn collect<'e>(expression: &'e Expression, found: &mut Vec<&'e Expression>) {
    use ExpressionKind as Kind;
    if is_reference(expression) {
        found.push(expression);
        return;
    }
    let mut all = |children: &[&'e Expression]| children.iter().for_each(|it| collect(it, found));
    match &*expression.kind {
        Kind::Literal(_) | Kind::Name(_) | Kind::Invalid => {}
        Kind::Template(template) => collect_template(template, found),
        Kind::Attribute(inner, _) | Kind::Unary(_, inner) | Kind::Parentheses(inner) => all(&[inner]),
        Kind::Index(left, right) | Kind::Binary(_, left, right) => all(&[left, right]),
        Kind::Splat(splat) => all(&[&splat.source, &splat.each]),
        Kind::Call(call) => call.arguments.iter().for_each(|it| collect(it, found)),
        Kind::Conditional(condition, then, otherwise) => all(&[condition, then, otherwise]),
        Kind::Tuple(elements) => elements.iter().for_each(|it| collect(it, found)),
        Kind::Object(items) => items.iter().for_each(|it| all(&[&it.key, &it.value])),
        Kind::For(it) => {
            all(&[&it.collection, &it.value]);
            it.key.iter().chain(&it.condition).for_each(|it| collect(it, found));
        }
    }
}

fn collect_template<'e>(template: &'e Template, found: &mut Vec<&'e Expression>) {
    for part in &template.parts {
        match part {
            TemplatePart::Literal(..) => {}
            TemplatePart::Interpolation(expression) => collect(expression, found),
            TemplatePart::If { condition, then, otherwise, .. } => {
                collect(condition, found);
                collect_template(then, found);
                otherwise.iter().for_each(|it| collect_template(it, found));
            }
            TemplatePart::For { collection, body, .. } => {
                collect(collection, found);
                collect_template(body, found);
            }
        }
    }
}

/// Whether it is a name, attributes and literal indices, and nothing else.
pub(super) fn is_reference(expression: &Expression) -> bool {
    match &*expression.kind {
        ExpressionKind::Name(name) => &**name != "*",
        ExpressionKind::Attribute(inner, _) => is_reference(inner),
        ExpressionKind::Index(inner, key) => matches!(&*key.kind, ExpressionKind::Literal(_)) && is_reference(inner),
        _ => false,
    }
}

/// Each reference in `expression` with a description of its value, sorted by name. Of a reference that has none,
/// the longest part that has one.
pub fn described_references(expression: &Expression, scope: &dyn Scope) -> Vec<(String, String)> {
    described(expression, scope, &|value| Some(describe(value)))
}

/// The same where it is not because of it that something is sensitive or unknown: Terraform then says nothing of the one, and
/// of the other no more than its type.
pub fn compared_references(expression: &Expression, scope: &dyn Scope) -> Vec<(String, String)> {
    let compared = |value: &Value| match &value.data {
        _ if value.is_sensitive() => None,
        Data::Unknown(unknown) if unknown.ty == Type::Any => None,
        Data::Unknown(unknown) => Some(format!("is a {}", unknown.ty.friendly())),
        _ => Some(describe(value)),
    };
    described(expression, scope, &compared)
}

type Describe<'d> = dyn Fn(&Value) -> Option<String> + 'd;

fn described(expression: &Expression, scope: &dyn Scope, describe: &Describe<'_>) -> Vec<(String, String)> {
    let mut values: Vec<(String, String)> =
        references(expression).into_iter().filter_map(|reference| longest(reference, scope, describe)).collect();
    values.sort();
    values.dedup();
    values
}

fn longest(reference: &Expression, scope: &dyn Scope, describe: &Describe<'_>) -> Option<(String, String)> {
    if let Ok(value) = access::try_access(reference, scope, &mut Diagnostics::new()) {
        // What is kept nowhere is not printed either.
        let is_kept = !value.marks.contains(Marks::EPHEMERAL);
        return Some((name(reference), describe(&value).filter(|_| is_kept)?));
    }
    match &*reference.kind {
        ExpressionKind::Attribute(inner, _) | ExpressionKind::Index(inner, _) => longest(inner, scope, describe),
        _ => None,
    }
}

fn name(reference: &Expression) -> String {
    match &*reference.kind {
        ExpressionKind::Name(name) => name.to_string(),
        ExpressionKind::Attribute(inner, attribute) => format!("{}.{}", name(inner), attribute.text),
        ExpressionKind::Index(inner, key) => match &*key.kind {
            ExpressionKind::Literal(Value { data: Data::String(text), .. }) => {
                format!("{}[{}]", name(inner), quoted(text))
            }
            ExpressionKind::Literal(Value { data: Data::Number(number), .. }) => format!("{}[{number}]", name(inner)),
            _ => format!("{}[…]", name(inner)),
        },
        _ => String::new(),
    }
}

/// How many characters of a string are shown.
const LONGEST_SHOWN: usize = 2_000;

/// A few words on a value, to follow the name of what has it: `is 3`, `is list of string with 2 elements`. Never
/// shows what is sensitive.
pub fn describe(value: &Value) -> String {
    if value.is_sensitive() {
        return "has a sensitive value".into();
    }
    let elements = |count: usize, kind: &str| match count {
        0 => format!("is empty {kind}"),
        1 => format!("is {kind} with 1 element"),
        count => format!("is {kind} with {count} elements"),
    };
    match &value.data {
        Data::Null(_) => "is null".into(),
        Data::Unknown(unknown) if unknown.ty == Type::Any => "will be known only after apply".into(),
        Data::Unknown(unknown) => format!("is a {}, known only after apply", unknown.ty.friendly()),
        Data::Bool(value) => format!("is {value}"),
        Data::Number(number) => format!("is {number}"),
        Data::String(text) => match text.char_indices().nth(LONGEST_SHOWN) {
            Some((end, _)) => format!("is {} and goes on", quoted_string(&text[..end])),
            None => format!("is {}", quoted_string(text)),
        },
        Data::List(..) | Data::Set(..) | Data::Map(..) => {
            elements(value.length().unwrap_or_default(), &value.ty().friendly())
        }
        Data::Tuple(values) => elements(values.len(), "tuple"),
        Data::Object(attributes) => match attributes.len() {
            0 => "is object with no attributes".into(),
            1 => format!("is object with 1 attribute {:?}", attributes.keys().next().map_or("", |it| &**it)),
            count => format!("is object with {count} attributes"),
        },
    }
}
