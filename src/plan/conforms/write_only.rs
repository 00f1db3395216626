//! What only the provider gets to see: nothing that it answers may have it.

use crate::{
    schema::{Attribute, Nesting, SchemaBlock},
    value::{Data, Path, PathStep, Text, Value},
};
use std::collections::BTreeMap;

/// The write-only attributes that `value` has a value for. A provider must not answer any.
pub fn set_write_only(schema: &SchemaBlock, value: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    block(schema, value, &Path::default(), &mut |path, value| {
        if !value.is_null() {
            found.push(path);
        }
    });
    found
}

/// `value` with null for whatever is write-only.
pub fn without_write_only(schema: &SchemaBlock, value: &Value) -> Value {
    let found = set_write_only(schema, value);
    if found.is_empty() {
        return value.clone();
    }
    value.transform(&mut |path, it| found.contains(path).then(|| Value::null(it.ty()).marked(it.marks)))
}

/// The write-only attributes of `value`, whether they have one or not.
pub(super) fn write_only(schema: &SchemaBlock, value: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    block(schema, value, &Path::default(), &mut |path, _| found.push(path));
    found
}

type Visit<'v> = &'v mut dyn FnMut(Path, &Value);

fn block(schema: &SchemaBlock, value: &Value, path: &Path, visit: Visit<'_>) {
    attributes(&schema.attributes, value, path, visit);
    for (name, nested) in schema.blocks.iter().filter(|(_, it)| block_has(&it.block)) {
        let Some(value) = value.get(name) else { continue };
        let path = path.then(PathStep::Attribute(name.clone()));
        each(nested.nesting, value, &path, &mut |path, value| block(&nested.block, value, &path, visit));
    }
}

fn attributes(schema: &BTreeMap<Text, Attribute>, value: &Value, path: &Path, visit: Visit<'_>) {
    for (name, attribute) in schema.iter().filter(|(_, it)| has(it)) {
        let Some(value) = value.get(name) else { continue };
        let path = path.then(PathStep::Attribute(name.clone()));
        match &attribute.nested {
            _ if attribute.write_only => visit(path, value),
            Some(nested) => {
                each(nested.nesting, value, &path, &mut |path, value| {
                    attributes(&nested.attributes, value, &path, visit);
                });
            }
            None => {}
        }
    }
}

/// Each object that a value consists of.
fn each(nesting: Nesting, value: &Value, path: &Path, visit: Visit<'_>) {
    match (nesting, &value.data) {
        (Nesting::Single | Nesting::Group, _) => visit(path.clone(), value),
        (_, Data::List(_, values) | Data::Tuple(values)) => {
            values.iter().enumerate().for_each(|(at, it)| visit(path.then(PathStep::Index(at)), it));
        }
        (_, Data::Set(_, values)) => {
            values.iter().for_each(|it| visit(path.then(PathStep::Element(it.clone())), it));
        }
        (_, Data::Map(_, values)) => {
            values.iter().for_each(|(key, it)| visit(path.then(PathStep::Key(key.clone())), it));
        }
        (_, Data::Object(values)) => {
            values.iter().for_each(|(key, it)| visit(path.then(PathStep::Attribute(key.clone())), it));
        }
        _ => {}
    }
}

fn has(attribute: &Attribute) -> bool {
    attribute.write_only || attribute.nested.as_ref().is_some_and(|it| it.attributes.values().any(has))
}

fn block_has(block: &SchemaBlock) -> bool {
    block.attributes.values().any(has) || block.blocks.values().any(|it| block_has(&it.block))
}
