//! Where in the source an attribute of a decoded value was written.

use super::generated;
use crate::{
    diagnostic::Span,
    lang::syntax::tree::{Body, Expression, ExpressionKind},
    value::{Data, Path, PathStep, Value},
};

/// The place in `body` that gave the value at `path`, as near as can be told: the value of an argument, an
/// element of it, or the header of a nested block. `None` if nothing in the body did.
pub fn attribute_span(body: &Body, path: &Path) -> Option<Span> {
    let [PathStep::Attribute(name) | PathStep::Key(name), below @ ..] = path.0.as_slice() else { return None };
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
    content.and_then(|body| attribute_span(body, &Path(below.to_vec()))).or(Some(block.header))
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
