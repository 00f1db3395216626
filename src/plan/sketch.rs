//! Schemas and values as tests write them.
//!
//! A schema is JSON. An attribute is its flags and its type, `"optional computed sensitive string"`; one with attributes inside has
//! `{"nested": "list", "is": "optional", "attributes": {…}}`, and a block `{"block": "list", "of": {…}}`. Required is what is
//! neither optional nor computed. In values `"?"` is unknown, `"!x"` a sensitive `"x"`, and `{"!": …}` anything else that is
//! sensitive; `%` marks what is ephemeral in the same way. What an object leaves out is null, or no block.

use crate::{
    schema::{Attribute, NestedAttributes, NestedBlock, Nesting, SchemaBlock, Source},
    value::{Data, Marks, Type, Value, from_json, to_json, type_from_json},
};
use serde_json::{Map, Value as Json};
use std::sync::Arc;

pub(crate) fn schema(json: &Json) -> SchemaBlock {
    let mut block = SchemaBlock::default();
    for (name, json) in entries(json) {
        match json.get("block") {
            Some(mode) => {
                let nested = NestedBlock {
                    nesting: nesting(mode),
                    block: schema(&json["of"]),
                    min_items: 0,
                    max_items: 0,
                    force_new: false,
                    computed: false,
                };
                block.blocks.insert(name.as_str().into(), nested);
            }
            None => drop(block.attributes.insert(name.as_str().into(), attribute(json))),
        }
    }
    block
}

fn entries(json: &Json) -> &Map<String, Json> {
    json.as_object().expect("an object")
}

fn nesting(mode: &Json) -> Nesting {
    match mode.as_str() {
        Some("single") => Nesting::Single,
        Some("group") => Nesting::Group,
        Some("list") => Nesting::List,
        Some("set") => Nesting::Set,
        Some("map") => Nesting::Map,
        _ => panic!("{mode} is no way to nest"),
    }
}

fn attribute(json: &Json) -> Attribute {
    let nested = json.get("nested").map(|mode| NestedAttributes {
        nesting: nesting(mode),
        attributes: entries(&json["attributes"])
            .iter()
            .map(|(name, it)| (name.as_str().into(), attribute(it)))
            .collect(),
    });
    let said = if nested.is_some() { json["is"].as_str() } else { json.as_str() };
    let mut words: Vec<&str> = said.unwrap_or_default().split_whitespace().collect();
    let ty = match &nested {
        Some(nested) => nested.constraint(),
        None => ty(words.pop().expect("a type")),
    };
    let source = match (words.contains(&"optional"), words.contains(&"computed")) {
        (true, true) => Source::OptionalComputed,
        (true, false) => Source::Optional,
        (false, true) => Source::Computed,
        (false, false) => Source::Required,
    };
    Attribute {
        sensitive: words.contains(&"sensitive"),
        write_only: words.contains(&"write_only"),
        nested: nested.map(Arc::new),
        ..Attribute::new(ty, source)
    }
}

/// `string`, or as JSON has types: `["list","string"]`.
fn ty(text: &str) -> Type {
    let json = serde_json::from_str(text).unwrap_or_else(|_| Json::from(text));
    type_from_json(&json).expect("a type")
}

pub(crate) fn object(schema: &SchemaBlock, json: &Json) -> Value {
    let value = value(json, &schema.implied_type());
    let Some(entries) = value.as_entries() else { return value };
    let mut entries = entries.clone();
    for (name, nested) in schema.blocks.iter().filter(|(_, it)| it.nesting == Nesting::Group) {
        if entries[name].is_null() {
            entries.insert(name.clone(), nested.absent());
        }
    }
    schema.whole(Value::object(entries))
}

pub(crate) fn value(json: &Json, ty: &Type) -> Value {
    let all = |element: &Type| json.as_array().expect("an array").iter().map(|it| value(it, element)).collect();
    for (sign, marks) in [("!", Marks::SENSITIVE), ("%", Marks::EPHEMERAL)] {
        if let Some(inner) = json.get(sign) {
            return value(inner, ty).marked(marks);
        }
        if let Some(rest) = json.as_str().and_then(|it| it.strip_prefix(sign)) {
            return value(&Json::from(rest), ty).marked(marks);
        }
    }
    match (json, ty) {
        (Json::Null, ty) => Value::null(ty.clone()),
        (Json::String(text), ty) if text == "?" => Value::unknown(ty.clone()),
        (_, Type::List(element)) => Value::list((**element).clone(), all(element)),
        (_, Type::Set(element)) => Value::set((**element).clone(), all(element)),
        (_, Type::Map(element)) => {
            let entries = entries(json).iter().map(|(key, it)| (key.as_str().into(), value(it, element)));
            Value::map((**element).clone(), entries.collect())
        }
        (_, Type::Object(object)) => {
            let entries = entries(json);
            assert!(entries.keys().all(|it| object.attributes.contains_key(it.as_str())), "{json} fits {ty}");
            let each =
                |(name, ty): (&_, &_)| (Arc::clone(name), value(entries.get(&**name).unwrap_or(&Json::Null), ty));
            Value::object(object.attributes.iter().map(each).collect())
        }
        (_, ty) => from_json(json, ty).expect("fits its type"),
    }
}

/// As [`value`] reads it, but without what is null or has no elements.
pub(crate) fn shown(value: &Value) -> Json {
    if value.marks != Marks::NONE {
        let sign = if value.is_sensitive() { "!" } else { "%" };
        let inner = shown(&Value { data: value.data.clone(), marks: Marks::NONE });
        return match inner.as_str() {
            Some(text) => format!("{sign}{text}").into(),
            None => Json::Object([(sign.to_owned(), inner)].into_iter().collect()),
        };
    }
    let entries = || value.as_entries().into_iter().flatten().map(|(name, it)| (name.to_string(), shown(it)));
    match &value.data {
        Data::Unknown(_) => "?".into(),
        Data::List(..) | Data::Set(..) | Data::Tuple(_) => value.children().map(shown).collect(),
        Data::Map(..) => Json::Object(entries().collect()),
        Data::Object(_) => Json::Object(entries().filter(|(_, it)| !is_nothing(it)).collect()),
        _ => to_json(value),
    }
}

fn is_nothing(json: &Json) -> bool {
    json.is_null() || json.as_array().is_some_and(Vec::is_empty) || json.as_object().is_some_and(Map::is_empty)
}
