//! Nested blocks in JSON: properties that only the schema tells from arguments.

use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span},
    expression::syntax::tree::{
        Attribute, Block as SyntaxBlock, Body, Expression, ExpressionKind, Identifier, ObjectItem,
    },
    schema::{Nesting, SchemaBlock},
    value::{Data, Value},
};

/// `body` with the arguments that are blocks by the schema made such; `None` if there are none.
pub(super) fn with_blocks(body: &Body, block: &SchemaBlock, diagnostics: &mut Diagnostics) -> Option<Body> {
    let is_block = |it: &Attribute| it.name.is_quoted() && block.blocks.contains_key(&it.name.text);
    if !body.attributes.iter().any(is_block) {
        return None;
    }
    let (blocks, attributes): (Vec<Attribute>, Vec<Attribute>) = body.attributes.iter().cloned().partition(is_block);
    let mut body = Body { attributes, blocks: body.blocks.clone(), span: body.span };
    for written in &blocks {
        let labelled = block.blocks[&written.name.text].nesting == Nesting::Map;
        add(&written.name, &written.value, labelled, &mut Vec::new(), &mut body.blocks, diagnostics);
    }
    Some(body)
}

/// An object is a block, a tuple several; with a label yet to come, an object has the labels as its keys.
fn add(
    kind: &Identifier,
    value: &Expression,
    labelled: bool,
    labels: &mut Vec<Identifier>,
    blocks: &mut Vec<SyntaxBlock>,
    diagnostics: &mut Diagnostics,
) {
    match &*value.kind {
        ExpressionKind::Literal(Value { data: Data::Null(_), .. }) => {}
        ExpressionKind::Tuple(values) => {
            values.iter().for_each(|value| add(kind, value, labelled, labels, blocks, diagnostics));
        }
        ExpressionKind::Object(items) if labelled && labels.is_empty() => {
            for item in items {
                labels.extend(name_of(item, diagnostics));
                add(kind, &item.value, labelled, labels, blocks, diagnostics);
                labels.clear();
            }
        }
        ExpressionKind::Object(items) => {
            let attribute = |item: &ObjectItem| {
                let name = name_of(item, diagnostics)?;
                let span = name.span.to(item.value.span);
                Some(Attribute { name, value: item.value.clone(), span })
            };
            let attributes = items.iter().filter_map(attribute).collect();
            let header = Span { end: value.span.start + 1, ..value.span };
            let end = Span { start: value.span.end.saturating_sub(1), ..value.span };
            let body = Body { attributes, blocks: Vec::new(), span: end };
            let span = kind.span.to(value.span);
            blocks.push(SyntaxBlock { kind: kind.clone(), labels: labels.clone(), body, header, span });
        }
        _ => {
            let detail =
                format!("Either a JSON object or a JSON array is required, representing {:?} blocks.", kind.text);
            diagnostics.push(Diagnostic::error("Incorrect JSON value type", detail).at(value.span));
        }
    }
}

fn name_of(item: &ObjectItem, diagnostics: &mut Diagnostics) -> Option<Identifier> {
    match &*item.key.kind {
        ExpressionKind::Literal(Value { data: Data::String(text), .. }) => {
            Some(Identifier { text: text.clone(), span: item.key.span })
        }
        _ => {
            let detail = "The name of an argument cannot be computed.";
            diagnostics.push(Diagnostic::error("Invalid argument name", detail).at(item.key.span));
            None
        }
    }
}
