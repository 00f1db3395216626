//! A body and a schema to a value: the arguments and nested blocks of a resource, data source or provider.
//!
//! `validate` and `plan` share this: with a scope in which nothing is known decoding checks all that can be said without
//! values.

mod expand;
mod json;
mod place;
#[cfg(test)]
mod tests;

pub use place::attribute_span;

use super::load::content::{extraneous_label, unexpected_argument};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span, nearest},
    expression::{
        evaluate::{Scope, described_references, evaluate},
        syntax::tree::{self, Body, Identifier},
    },
    schema::{Attribute, NestedBlock, Nesting, SchemaBlock, Source},
    value::{Data, Text, Type, Value, convert},
};
use expand::{Expanded, expand};
use std::{collections::BTreeMap, sync::Arc};

/// An object of the type that `block` implies. Arguments that are not set are null; what is wrong is reported
/// and unknown.
pub fn decode(body: &Body, block: &SchemaBlock, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Value {
    decode_body(body, block, scope, diagnostics)
}

/// What a body holds, by name.
struct Contents<'t> {
    attributes: BTreeMap<&'t str, &'t tree::Attribute>,
    /// Nested blocks; a `dynamic` one under the name of what it makes.
    blocks: BTreeMap<&'t str, Vec<&'t tree::Block>>,
}

impl<'t> Contents<'t> {
    fn new(body: &'t Body) -> Self {
        let attributes = body.attributes.iter().map(|it| (&*it.name.text, it)).collect();
        let mut blocks: BTreeMap<&str, Vec<&tree::Block>> = BTreeMap::new();
        for block in &body.blocks {
            // Reported, and otherwise no block at all.
            if &*block.kind.text == "dynamic" && block.labels.len() > 1 {
                continue;
            }
            blocks.entry(&generated(block).text).or_default().push(block);
        }
        Self { attributes, blocks }
    }
    fn blocks(&self, name: &str) -> &[&'t tree::Block] {
        self.blocks.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The type of block that `block` stands for: its own, or what a `dynamic` one makes.
fn generated(block: &tree::Block) -> &Identifier {
    match block.labels.first() {
        Some(label) if &*block.kind.text == "dynamic" => label,
        _ => &block.kind,
    }
}

fn decode_body(body: &Body, block: &SchemaBlock, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Value {
    let rewritten = json::with_blocks(body, block, diagnostics);
    let contents = Contents::new(rewritten.as_ref().unwrap_or(body));
    report_unexpected(rewritten.as_ref().unwrap_or(body), &contents, block, diagnostics);
    let mut values = BTreeMap::new();
    for (name, attribute) in &block.attributes {
        let blocks = contents.blocks(name);
        let value = if let Some(written) = contents.attributes.get(&**name) {
            decode_attribute(written, attribute, scope, diagnostics)
        } else if !blocks.is_empty()
            && let Some(nested) = as_block(attribute)
        {
            decode_nested(name, blocks, &nested, body.opening(), scope, diagnostics)
        } else {
            if attribute.source == Source::Required {
                diagnostics.push(missing(name).at(body.opening()));
            }
            Value::null(attribute.ty.clone())
        };
        values.insert(name.clone(), value);
    }
    for (name, nested) in &block.blocks {
        let value = decode_nested(name, contents.blocks(name), nested, body.opening(), scope, diagnostics);
        values.insert(name.clone(), value);
    }
    Value::object(values)
}

fn missing(name: &str) -> Diagnostic {
    let detail = format!("The argument {name:?} is required, but no definition was found.");
    Diagnostic::error("Missing required argument", detail)
}

fn decode_attribute(
    written: &tree::Attribute,
    attribute: &Attribute,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Value {
    let name = &written.name.text;
    if !attribute.is_configurable() {
        let detail = format!(
            "Can't configure a value for {name:?}: its value will be decided automatically based on the result of \
             applying this configuration."
        );
        diagnostics.push(Diagnostic::error("Value for unconfigurable attribute", detail).at(written.span));
        return Value::null(attribute.ty.clone());
    }
    let value = evaluate(&written.value, scope, diagnostics);
    match convert(&value, &attribute.ty) {
        Ok(value) => {
            if value.is_null() && attribute.source == Source::Required {
                diagnostics.push(missing(name).at(written.span));
            }
            value
        }
        Err(wrong) => {
            let detail = format!("Inappropriate value for attribute {name:?}: {wrong}.");
            let error = Diagnostic::error("Incorrect attribute value type", detail).at(written.value.span);
            diagnostics.push(Diagnostic { values: described_references(&written.value, scope), ..error });
            Value::unknown(attribute.ty.clone())
        }
    }
}

/// Attributes that are lists or sets of objects may be written as blocks too, as Terraform lets `ingress` of a
/// security group. All arguments of such a block are optional.
fn as_block(attribute: &Attribute) -> Option<NestedBlock> {
    let (nesting, element) = match &attribute.ty {
        // What the provider declares as an attribute with attributes inside is written as one.
        _ if !attribute.is_configurable() || attribute.nested.is_some() => return None,
        Type::List(element) => (Nesting::List, element),
        Type::Set(element) => (Nesting::Set, element),
        _ => return None,
    };
    let Type::Object(object) = &**element else { return None };
    let optional = |(name, ty): (&Text, &Type)| (name.clone(), Attribute::new(ty.clone(), Source::Optional));
    let attributes = object.attributes.iter().map(optional).collect();
    let block = SchemaBlock { attributes, ..SchemaBlock::default() };
    Some(NestedBlock { nesting, block, min_items: 0, max_items: 0, force_new: false, computed: false })
}

fn decode_nested(
    name: &Text,
    blocks: &[&tree::Block],
    nested: &NestedBlock,
    opening: Span,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Value {
    let expanded = expand(blocks, nested, scope, diagnostics);
    check_count(name, &expanded, nested, opening, diagnostics);
    let Expanded { items, unknown, marks } = expanded;
    if unknown {
        return Value::unknown(nested.implied_type()).marked(marks);
    }
    if matches!(nested.nesting, Nesting::Single | Nesting::Group) {
        let first = items.into_iter().next().map(|item| item.value);
        return first.unwrap_or_else(|| nested.absent()).marked(marks);
    }
    collection(nested, items).marked(marks)
}

fn collection(nested: &NestedBlock, items: Vec<expand::Item>) -> Value {
    let element = nested.block.implied_type();
    let entries = |items: Vec<expand::Item>| items.into_iter().map(|it| (it.label, it.value)).collect();
    if element.has_any() {
        // The elements say what the schema leaves open.
        let collected = match nested.nesting {
            Nesting::Map => Value::object(entries(items)),
            _ => Value::tuple(items.into_iter().map(|it| it.value).collect()),
        };
        return convert(&collected, &nested.implied_type()).unwrap_or_else(|_| Value::unknown(nested.implied_type()));
    }
    match nested.nesting {
        Nesting::Map => Value::map(element, entries(items)),
        Nesting::Set => Value::set(element, items.into_iter().map(|it| it.value).collect()),
        _ => Data::List(element, Arc::new(items.into_iter().map(|it| it.value).collect())).into(),
    }
}

fn check_count(name: &str, expanded: &Expanded, nested: &NestedBlock, opening: Span, diagnostics: &mut Diagnostics) {
    let Expanded { items, unknown, .. } = expanded;
    let (least, most) = (nested.min_items as usize, nested.max_items as usize);
    if matches!(nested.nesting, Nesting::Single | Nesting::Group) {
        if let Some(second) = items.get(1) {
            let detail = format!("Only one block of type {name:?} is allowed.");
            diagnostics.push(Diagnostic::error(format!("Duplicate {name} block"), detail).at(second.span));
        }
        if items.is_empty() && least > 0 && !unknown {
            let detail = format!("A block of type {name:?} is required here.");
            diagnostics.push(Diagnostic::error(format!("Missing {name} block"), detail).at(opening));
        }
        return;
    }
    if items.len() < least && !unknown {
        let detail = format!("At least {least} {name:?} blocks are required.");
        diagnostics.push(Diagnostic::error(format!("Insufficient {name} blocks"), detail).at(opening));
    }
    if let Some(surplus) = items.get(most)
        && most > 0
    {
        let detail = format!("No more than {most} {name:?} blocks are allowed");
        diagnostics.push(Diagnostic::error(format!("Too many {name} blocks"), detail).at(surplus.span));
    }
}

/// Reports arguments and blocks that the schema does not have.
fn report_unexpected(body: &Body, contents: &Contents<'_>, block: &SchemaBlock, diagnostics: &mut Diagnostics) {
    for dynamic in body.blocks.iter().filter(|it| &*it.kind.text == "dynamic") {
        if let Some(extra) = dynamic.labels.get(1) {
            diagnostics.push(extraneous_label("dynamic", &["type"], extra.span));
        }
    }
    for (name, written) in &contents.attributes {
        if block.attributes.contains_key(*name) {
            continue;
        }
        let (summary, detail) = unexpected_argument(&written.name, "");
        let error = Diagnostic::error(summary, detail).at(written.name.span);
        let configurable = block.attributes.iter().filter(|(_, it)| it.is_configurable()).map(|(name, _)| &**name);
        diagnostics.push(if block.blocks.contains_key(*name) {
            error.hint(format!("Did you mean to define a block of type {name:?}?"))
        } else {
            with_hint(error, nearest(name, configurable))
        });
    }
    for (name, blocks) in &contents.blocks {
        let attribute = block.attributes.get(*name);
        let as_attribute = attribute.is_some_and(|it| as_block(it).is_some());
        if block.blocks.contains_key(*name) || (as_attribute && !contents.attributes.contains_key(*name)) {
            continue;
        }
        for written in blocks {
            if &*written.kind.text == "dynamic" && written.labels.is_empty() {
                let detail = "All dynamic blocks must have 1 labels (type).";
                diagnostics.push(Diagnostic::error("Missing type for dynamic", detail).at(written.body.opening()));
                continue;
            }
            let detail = format!("Blocks of type {name:?} are not expected here.");
            let error = Diagnostic::error("Unsupported block type", detail).at(generated(written).span);
            diagnostics.push(if as_attribute {
                error.hint(format!("The argument {name:?} is set already; use either the argument or blocks."))
            } else if attribute.is_some() {
                error.hint(format!(
                    "Did you mean to define argument {name:?}? If so, use the equals sign to assign it a value."
                ))
            } else {
                with_hint(error, nearest(name, block.blocks.keys().map(|it| &**it)))
            });
        }
    }
}

fn with_hint(error: Diagnostic, candidate: Option<&str>) -> Diagnostic {
    match candidate {
        Some(candidate) => error.hint(format!("Did you mean {candidate:?}?")),
        None => error,
    }
}
