//! The schema of a type that a row describes: as it was recorded, with how it plans, and with what the row says of attributes.

use super::row::Row;
use crate::{
    aws::catalogue::{Behaviour, Catalogue},
    provider::ResourceMode,
    schema::{Attribute, Schema, SchemaBlock, Source},
    value::{Value, convert},
};

/// The schema that was recorded of a type, with its defaults, and which changes replace an object.
pub fn recorded(catalogue: &Catalogue, behaviour: &Behaviour, name: &str) -> Option<Schema> {
    let mut schema = Schema::clone(&*catalogue.schema(ResourceMode::Managed, name)?);
    let how = behaviour.of(name)?;
    schema.null_is_zero = how.null_is_zero;
    for (path, json) in how.defaults {
        let Some(it) = attribute(&mut schema.block, path) else { continue };
        let value = serde_json::from_str(json).ok().and_then(|json| crate::value::from_json(&json, &it.ty).ok());
        if let (Source::Optional, Some(value)) =
            (&it.source, value.and_then(|value: Value| convert(&value, &it.ty).ok()))
        {
            it.source = Source::Default(value);
        }
    }
    for path in how.force_new.into_iter().chain(["region"]) {
        replaces(&mut schema.block, path);
    }
    for path in how.unknown {
        if let Some(it) = schema.block.blocks.get_mut(path) {
            it.computed = true;
        }
    }
    Some(schema)
}

/// With what the row says.
pub fn dress(row: &Row, schema: &mut Schema) {
    for path in &row.kept {
        if let Some(it) = attribute(&mut schema.block, path) {
            it.config_only = true;
        }
    }
    for (path, document) in &row.documents {
        if let Some(it) = attribute(&mut schema.block, path) {
            (it.equality, it.spelling) = *document;
        }
    }
}

fn attribute<'b>(block: &'b mut SchemaBlock, path: &str) -> Option<&'b mut Attribute> {
    match path.split_once('.') {
        None => block.attributes.get_mut(path),
        Some((first, rest)) => attribute(&mut block.blocks.get_mut(first)?.block, rest),
    }
}

fn replaces(block: &mut SchemaBlock, path: &str) {
    if let Some(it) = attribute(block, path) {
        it.force_new = true;
        return;
    }
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let Some(nested) = block.blocks.get_mut(first) else { return };
    match rest {
        Some(rest) => replaces(&mut nested.block, rest),
        None => nested.force_new = true,
    }
}
