//! Nested blocks of one type, with `dynamic` ones written out.

use super::{decode_body, missing};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span},
    expression::{
        evaluate::{Extended, Scope, described_references, evaluate},
        syntax::tree::{self, Body, ExpressionKind},
    },
    lang::target::not_static,
    schema::{NestedBlock, Nesting},
    value::{Data, Marks, Text, Type, Unknown, Value, convert},
};

/// The blocks of one type in a body.
#[derive(Default)]
pub(super) struct Expanded {
    pub items: Vec<Item>,
    /// Whether some `dynamic` block makes it unknown how many there are.
    pub unknown: bool,
    /// Of what the `dynamic` blocks iterate over.
    pub marks: Marks,
}

pub(super) struct Item {
    /// The key under [`Nesting::Map`], otherwise empty.
    pub label: Text,
    pub value: Value,
    pub span: Span,
}

pub(super) fn expand(
    blocks: &[&tree::Block],
    nested: &NestedBlock,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Expanded {
    let mut expanded = Expanded::default();
    for block in blocks {
        if &*block.kind.text == "dynamic" && !block.labels.is_empty() {
            Dynamic::expand(block, nested, scope, diagnostics, &mut expanded);
            continue;
        }
        let label = static_label(block, nested, diagnostics);
        let value = decode_body(&block.body, &nested.block, scope, diagnostics);
        expanded.items.push(Item { label, value, span: block.header });
    }
    expanded
}

fn static_label(block: &tree::Block, nested: &NestedBlock, diagnostics: &mut Diagnostics) -> Text {
    let kind = &block.kind.text;
    let wanted = usize::from(nested.nesting == Nesting::Map);
    if let Some(surplus) = block.labels.get(wanted) {
        let detail = match wanted {
            0 => format!("No labels are expected for {kind} blocks."),
            _ => format!("Only 1 labels (key) are expected for {kind} blocks."),
        };
        diagnostics.push(Diagnostic::error(format!("Extraneous label for {kind}"), detail).at(surplus.span));
    }
    if block.labels.len() < wanted {
        let detail = format!("All {kind} blocks must have 1 labels (key).");
        diagnostics.push(Diagnostic::error(format!("Missing key for {kind}"), detail).at(block.header));
    }
    block.labels.first().map_or_else(|| "".into(), |label| label.text.clone())
}

/// A `dynamic "x" { for_each, iterator, labels, content }`.
struct Dynamic<'t> {
    block: &'t tree::Block,
    content: &'t tree::Block,
    labels: Option<&'t tree::Expression>,
    nested: &'t NestedBlock,
}

impl<'t> Dynamic<'t> {
    fn expand(
        block: &'t tree::Block,
        nested: &'t NestedBlock,
        scope: &dyn Scope,
        diagnostics: &mut Diagnostics,
        expanded: &mut Expanded,
    ) {
        let argument = |name: &str| block.body.attributes.iter().find(|it| &*it.name.text == name).map(|it| &it.value);
        report_unexpected(&block.body, diagnostics);
        let Some(content) = block.body.blocks.iter().find(|it| &*it.kind.text == "content") else {
            let detail = "A dynamic block must have a nested block of type \"content\" to describe the body of each \
                          generated block.";
            diagnostics.push(Diagnostic::error("Missing dynamic content block", detail).at(block.header));
            expanded.unknown = true;
            return;
        };
        let Some(for_each) = argument("for_each") else {
            diagnostics.push(missing("for_each").at(block.body.opening()));
            expanded.unknown = true;
            return;
        };
        let Some(iterator) = iterator(block, diagnostics) else {
            expanded.unknown = true;
            return;
        };
        let dynamic = Dynamic { block, content, labels: argument("labels"), nested };
        let collection = evaluate(for_each, scope, diagnostics);
        expanded.marks = expanded.marks.with(collection.marks);
        let each = |key: Value, value: Value, diagnostics: &mut Diagnostics| {
            let object = Value::object([("key".into(), key), ("value".into(), value)].into());
            let names = [(&*iterator, object)];
            dynamic.item(&Extended { outer: scope, names: &names }, diagnostics)
        };
        let items: Vec<Option<Item>> = match &collection.data {
            Data::List(_, values) | Data::Tuple(values) => {
                let keys = (0..).map(|position: usize| Value::number(position));
                keys.zip(&**values).map(|(key, value)| each(key, value.clone(), diagnostics)).collect()
            }
            Data::Set(_, values) => values.iter().map(|it| each(it.clone(), it.clone(), diagnostics)).collect(),
            Data::Map(_, values) | Data::Object(values) => {
                let key = |name: &Text| Value::from(Data::String(name.clone()));
                values.iter().map(|(name, value)| each(key(name), value.clone(), diagnostics)).collect()
            }
            Data::Unknown(Unknown { ty, .. }) if !ty.is_primitive() => {
                // Once, for the errors that do not depend on the element.
                each(Value::unknown(Type::Any), Value::unknown(Type::Any), diagnostics);
                vec![None]
            }
            data => {
                let detail = match data {
                    Data::Null(_) => "Cannot use a null value in for_each.".to_owned(),
                    _ => format!(
                        "Cannot use a {} value in for_each. An iterable collection is required.",
                        collection.ty().friendly()
                    ),
                };
                let error = Diagnostic::error("Invalid dynamic for_each value", detail).at(for_each.span);
                diagnostics.push(Diagnostic { values: described_references(for_each, scope), ..error });
                vec![None]
            }
        };
        expanded.unknown |= items.iter().any(Option::is_none);
        expanded.items.extend(items.into_iter().flatten());
    }

    /// One generated block; `None` if its label is wrong or not known.
    fn item(&self, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Option<Item> {
        let span = self.block.header;
        let label = self.label(scope, diagnostics);
        let value = decode_body(&self.content.body, &self.nested.block, scope, diagnostics);
        Some(Item { label: label?, value, span })
    }

    fn label(&self, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Option<Text> {
        if self.nested.nesting != Nesting::Map {
            return Some("".into());
        }
        let labels = self.labels.map(|labels| evaluate(labels, scope, diagnostics));
        let label = labels.as_ref().and_then(|it| it.as_elements()).and_then(<[Value]>::first);
        match label.map(|label| convert(label, &Type::String)) {
            Some(Ok(Value { data: Data::String(label), .. })) => Some(label),
            Some(Ok(Value { data: Data::Unknown(_), .. })) => None,
            _ => {
                let detail = "Cannot use this value as a dynamic block label. A list of one string is required.";
                let at = self.labels.map_or(self.block.header, |labels| labels.span);
                diagnostics.push(Diagnostic::error("Invalid dynamic block label", detail).at(at));
                None
            }
        }
    }
}

/// What the element is called inside `content`: the name in `iterator`, or the type of block.
fn iterator(block: &tree::Block, diagnostics: &mut Diagnostics) -> Option<Text> {
    let Some(written) = block.body.attributes.iter().find(|it| &*it.name.text == "iterator") else {
        return block.labels.first().map(|label| label.text.clone());
    };
    let error = match &*written.value.kind {
        ExpressionKind::Name(name) => return Some(name.clone()),
        // As JSON has to write it.
        ExpressionKind::Literal(Value { data: Data::String(name), .. }) if written.name.is_quoted() => {
            return Some(name.clone());
        }
        ExpressionKind::Attribute(..) | ExpressionKind::Index(..) => {
            Diagnostic::error("Invalid dynamic iterator name", "Dynamic iterator must be a single variable name.")
                .at(written.value.span)
        }
        _ => not_static(written.value.span),
    };
    diagnostics.push(error);
    None
}

fn report_unexpected(body: &Body, diagnostics: &mut Diagnostics) {
    for attribute in &body.attributes {
        if !matches!(&*attribute.name.text, "for_each" | "iterator" | "labels") {
            let detail = format!("An argument named {:?} is not expected here.", attribute.name.text);
            diagnostics.push(Diagnostic::error("Unsupported argument", detail).at(attribute.name.span));
        }
    }
    let contents = body.blocks.iter().filter(|it| &*it.kind.text == "content");
    for surplus in contents.skip(1) {
        let detail = "Only one nested content block is allowed for each dynamic block.";
        diagnostics.push(Diagnostic::error("Extraneous dynamic content block", detail).at(surplus.header));
    }
    for block in body.blocks.iter().filter(|it| &*it.kind.text != "content") {
        let detail = format!("Blocks of type {:?} are not expected here.", block.kind.text);
        diagnostics.push(Diagnostic::error("Unsupported block type", detail).at(block.kind.span));
    }
}
