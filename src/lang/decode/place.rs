//! Where in the source an attribute of a decoded value was written.

use super::generated;
use crate::{
    diagnostic::Span,
    expression::syntax::tree::{Body, Expression, ExpressionKind},
    value::{Data, Path, PathStep, Value},
};

/// The place in `body` that gave the value at `path`, as near as can be told: the value of an argument, an
/// element of it, or the opening of the nested block that lacks it. `None` if nothing in the body did.
pub fn attribute_span(body: &Body, path: &Path) -> Option<Span> {
    // A block as such is told at what it stands in, as Terraform does, or where it opens if that is another block.
    let is_block = |name: &str| body.blocks.iter().any(|it| *generated(it).text == *name);
    match path.0.as_slice() {
        [PathStep::Attribute(name)] if is_block(name) => None,
        path => span_within(body, path),
    }
}

fn span_within(body: &Body, path: &[PathStep]) -> Option<Span> {
    let [PathStep::Attribute(name) | PathStep::Key(name), below @ ..] = path else { return None };
    let is_element = matches!(below, [_]);
    if let Some(attribute) = body.attributes.iter().find(|it| it.name.text == *name) {
        return Some(inside(&attribute.value, below));
    }
    let blocks: Vec<_> = body.blocks.iter().filter(|it| generated(it).text == *name).collect();
    let (chosen, below) = match below {
        [PathStep::Index(index), below @ ..] => (blocks.get(*index), below),
        [PathStep::Key(key), below @ ..] => {
            (blocks.iter().find(|it| it.labels.last().is_some_and(|label| label.text == *key)), below)
        }
        [PathStep::Element(_), below @ ..] => (None, below),
        below => (None, below),
    };
    // Which element of a set a block is, or which a `dynamic` block made, the source does not say: the first will do.
    let block = chosen.or(blocks.first())?;
    let content = match &*block.kind.text {
        "dynamic" => block.body.blocks.iter().find(|it| &*it.kind.text == "content").map(|it| &it.body),
        _ => Some(&block.body),
    };
    // What has no place of its own is told at the body that lacks it.
    match below {
        [] if is_element => Some(block.header),
        below => content.map(|body| span_within(body, below).unwrap_or(body.opening())),
    }
}

/// The part of a tuple or object constructor that `path` leads to.
fn inside(expression: &Expression, path: &[PathStep]) -> Span {
    let part = match (&*expression.kind, path.first()) {
        (ExpressionKind::Parentheses(inner), Some(_)) => return inside(inner, path),
        (ExpressionKind::Tuple(elements), Some(PathStep::Index(index))) => elements.get(*index),
        (ExpressionKind::Object(items), Some(PathStep::Attribute(name) | PathStep::Key(name))) => {
            let is_key = |key: &Expression| matches!(&*key.kind, ExpressionKind::Literal(Value { data: Data::String(text), .. }) if text == name);
            items.iter().find(|item| is_key(&item.key)).map(|item| &item.value)
        }
        _ => None,
    };
    part.map_or(expression.span, |part| inside(part, &path[1..]))
}
