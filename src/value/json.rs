//! Values and types as JSON, as Terraform writes them into state and plan files.

use super::{ConversionError, Data, Number, ObjectType, Path, PathStep, Text, Type, Value};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use std::{collections::BTreeMap, sync::Arc};

/// Reads `json` as a value of `ty`; with [`Type::Any`], as `jsondecode` would.
///
/// A part of `ty` that is `Any` is expected as [`to_json_as`] writes it: `{"value": …, "type": …}`. Attributes
/// that `ty` has not are passed over, those that `json` has not are null.
pub fn from_json(json: &Json, ty: &Type) -> Result<Value, ConversionError> {
    if *ty == Type::Any {
        return Ok(decode(json));
    }
    read(json, ty).map_err(|(mut path, message)| {
        path.reverse();
        ConversionError::at(&Path(path), &message)
    })
}

/// As `jsondecode`: arrays are tuples.
fn decode(json: &Json) -> Value {
    match json {
        Json::Null => Value::null(Type::Any),
        Json::Bool(value) => Value::bool(*value),
        Json::Number(number) => Value::number(number_of(number)),
        Json::String(text) => Value::string(text),
        Json::Array(values) => Value::tuple(values.iter().map(decode).collect()),
        Json::Object(values) => Value::object(values.iter().map(|(name, value)| (text(name), decode(value))).collect()),
    }
}

/// JSON can write any number that [`Number`] can hold; what is too large to expand is infinite.
fn number_of(number: &serde_json::Number) -> Number {
    let digits = number.as_str();
    Number::parse(digits).unwrap_or_else(|| match digits.contains("e-") || digits.contains("E-") {
        true => Number::zero(),
        false => Number::infinity(digits.starts_with('-')),
    })
}

/// In normal form, as strings of the language are.
fn text(name: &str) -> Text {
    match Value::string(name).data {
        Data::String(text) => text,
        _ => name.into(),
    }
}

/// What is wrong, and the steps to it from the inside out.
type Wrong = (Vec<PathStep>, String);

fn below(step: PathStep) -> impl FnOnce(Wrong) -> Wrong {
    |(mut path, message)| {
        path.push(step);
        (path, message)
    }
}

fn read(json: &Json, ty: &Type) -> Result<Value, Wrong> {
    let wrong = || Err((Vec::new(), format!("{} required", ty.friendly())));
    Ok(match (json, ty) {
        (json, Type::Any) => read_any(json)?,
        (Json::Null, ty) => Value::null(ty.without_optional()),
        (Json::Bool(value), Type::Bool) => Value::bool(*value),
        (Json::Bool(value), Type::String) => Value::string(if *value { "true" } else { "false" }),
        (Json::Number(number), Type::Number) => Value::number(number_of(number)),
        (Json::Number(number), Type::String) => Value::string(number_of(number).to_string()),
        (Json::String(text), Type::String) => Value::string(text),
        (Json::String(text), Type::Number) => match Number::parse(text) {
            Some(number) => Value::number(number),
            None => return wrong(),
        },
        (Json::String(text), Type::Bool) => match text.as_str() {
            "true" | "1" => Value::bool(true),
            "false" | "0" => Value::bool(false),
            _ => return wrong(),
        },
        (Json::Array(values), Type::List(element)) => {
            let (element, values) = of_one_type(element, read_all(values, |_| element)?)?;
            Value::list(element, values)
        }
        (Json::Array(values), Type::Set(element)) => {
            let (element, values) = of_one_type(element, read_all(values, |_| element)?)?;
            Value::set(element, values)
        }
        (Json::Array(values), Type::Tuple(types)) if values.len() == types.len() => {
            Value::tuple(read_all(values, |position| &types[position])?)
        }
        (Json::Object(entries), Type::Map(element)) => {
            let mut values = Vec::with_capacity(entries.len());
            for (name, json) in entries {
                values.push(read(json, element).map_err(below(PathStep::Key(text(name))))?);
            }
            let (element, values) = of_one_type(element, values)?;
            Value::map(element, entries.keys().map(|name| text(name)).zip(values).collect())
        }
        (Json::Object(entries), Type::Object(object)) => {
            let mut values = BTreeMap::new();
            for (name, ty) in &object.attributes {
                let value = match entries.get(&**name) {
                    Some(json) => read(json, ty).map_err(below(PathStep::Attribute(name.clone())))?,
                    None => Value::null(ty.without_optional()),
                };
                values.insert(name.clone(), value);
            }
            Value::object(values)
        }
        _ => return wrong(),
    })
}

fn read_all<'t>(values: &[Json], ty: impl Fn(usize) -> &'t Type) -> Result<Vec<Value>, Wrong> {
    let element = |(position, json)| read(json, ty(position)).map_err(below(PathStep::Index(position)));
    values.iter().enumerate().map(element).collect()
}

/// Elements that were read as `Any` have to agree on a type.
fn of_one_type(element: &Type, values: Vec<Value>) -> Result<(Type, Vec<Value>), Wrong> {
    if !element.has_any() || values.is_empty() {
        return Ok((element.without_optional(), values));
    }
    let list = super::convert(&Value::tuple(values), &Type::list(element.clone())).map_err(|it| (Vec::new(), it.0))?;
    match list.data {
        Data::List(element, values) => Ok((element, Arc::unwrap_or_clone(values))),
        _ => Err((Vec::new(), "all elements must have the same type".into())),
    }
}

fn read_any(json: &Json) -> Result<Value, Wrong> {
    if let Json::Object(entries) = json
        && entries.len() == 2
        && let (Some(value), Some(ty)) = (entries.get("value"), entries.get("type"))
        && let Ok(ty) = type_from_json(ty)
    {
        return if ty == Type::Any { Ok(decode(value)) } else { read(value, &ty) };
    }
    Ok(decode(json))
}

/// Writes a known value; marks are left out. An unknown value becomes null.
pub fn to_json(value: &Value) -> Json {
    match &value.data {
        Data::Null(_) | Data::Unknown(_) => Json::Null,
        Data::Bool(value) => Json::Bool(*value),
        Data::Number(number) => number_to_json(number),
        Data::String(text) => Json::String(text.to_string()),
        Data::List(_, values) | Data::Set(_, values) | Data::Tuple(values) => {
            Json::Array(values.iter().map(to_json).collect())
        }
        Data::Map(_, values) | Data::Object(values) => {
            Json::Object(values.iter().map(|(name, value)| (name.to_string(), to_json(value))).collect())
        }
    }
}

fn number_to_json(number: &Number) -> Json {
    if number.is_infinite() {
        Json::Null
    } else {
        Json::Number(serde_json::Number::from_string_unchecked(number.to_string()))
    }
}

/// As [`to_json`], with the type written beside the value where `ty` leaves it open, so that the same value can
/// be read back: `{"value": "x", "type": "string"}`. A null says nothing of its type.
pub fn to_json_as(value: &Value, ty: &Type) -> Json {
    match (&value.data, ty) {
        (Data::Null(_) | Data::Unknown(_), _) => Json::Null,
        (_, Type::Any) => json!({ "value": to_json(value), "type": type_to_json(&value.ty()) }),
        (Data::Object(values), Type::Object(object)) if ty.has_any() => {
            let attribute = |(name, value): (&Text, &Value)| {
                let ty = object.attributes.get(name);
                (name.to_string(), ty.map_or_else(|| to_json(value), |ty| to_json_as(value, ty)))
            };
            Json::Object(values.iter().map(attribute).collect())
        }
        (Data::Tuple(values), Type::Tuple(types)) if ty.has_any() => {
            Json::Array(values.iter().zip(&**types).map(|(value, ty)| to_json_as(value, ty)).collect())
        }
        (Data::List(_, values) | Data::Set(_, values), Type::List(element) | Type::Set(element)) if ty.has_any() => {
            Json::Array(values.iter().map(|value| to_json_as(value, element)).collect())
        }
        (Data::Map(_, values), Type::Map(element)) if ty.has_any() => {
            Json::Object(values.iter().map(|(name, value)| (name.to_string(), to_json_as(value, element))).collect())
        }
        _ => to_json(value),
    }
}

/// JSON as Go writes it, and with it Terraform: what could mean something in HTML is escaped.
pub fn json_text(json: &impl Serialize) -> String {
    escaped(serde_json::to_string(json).unwrap_or_default())
}

/// The same, indented by two spaces a level.
pub fn indented_json_text(json: &impl Serialize) -> String {
    escaped(serde_json::to_string_pretty(json).unwrap_or_default())
}

fn escaped(json: String) -> String {
    const ESCAPES: [(char, &str); 5] =
        [('<', "\\u003c"), ('>', "\\u003e"), ('&', "\\u0026"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];
    // Outside of strings there are none of them.
    ESCAPES.iter().fold(json, |text, (from, to)| if text.contains(*from) { text.replace(*from, to) } else { text })
}

/// `"string"`, `["list","string"]`, `["object",{"a":"number"}]`
pub fn type_to_json(ty: &Type) -> Json {
    match ty {
        Type::Any => json!("dynamic"),
        Type::Bool => json!("bool"),
        Type::Number => json!("number"),
        Type::String => json!("string"),
        Type::List(element) => json!(["list", type_to_json(element)]),
        Type::Set(element) => json!(["set", type_to_json(element)]),
        Type::Map(element) => json!(["map", type_to_json(element)]),
        Type::Tuple(elements) => json!(["tuple", elements.iter().map(type_to_json).collect::<Vec<_>>()]),
        Type::Object(object) => {
            let attributes: Map<String, Json> =
                object.attributes.iter().map(|(name, ty)| (name.to_string(), type_to_json(ty))).collect();
            if object.optional.is_empty() {
                return json!(["object", attributes]);
            }
            let optional: Vec<&str> = object.optional.iter().map(|name| &**name).collect();
            json!(["object", attributes, optional])
        }
    }
}

/// Reads what [`type_to_json`] writes.
pub fn type_from_json(json: &Json) -> Result<Type, ConversionError> {
    let wrong = || ConversionError::new(format!("not a type: {json}"));
    match json {
        Json::String(name) => match name.as_str() {
            "dynamic" => Ok(Type::Any),
            "bool" => Ok(Type::Bool),
            "number" => Ok(Type::Number),
            "string" => Ok(Type::String),
            _ => Err(wrong()),
        },
        Json::Array(parts) => match (parts.first().and_then(Json::as_str), parts.get(1..).unwrap_or_default()) {
            (Some("list"), [element]) => type_from_json(element).map(Type::list),
            (Some("set"), [element]) => type_from_json(element).map(Type::set),
            (Some("map"), [element]) => type_from_json(element).map(Type::map),
            (Some("tuple"), [Json::Array(elements)]) => {
                Ok(Type::Tuple(Arc::new(elements.iter().map(type_from_json).collect::<Result<_, _>>()?)))
            }
            (Some("object"), [Json::Object(attributes), optional @ ..]) => {
                let attribute = |(name, ty): (&String, &Json)| Ok((text(name), type_from_json(ty)?));
                let attributes = attributes.iter().map(attribute).collect::<Result<_, ConversionError>>()?;
                let optional = optional.first().and_then(Json::as_array).into_iter().flatten();
                let optional = optional.filter_map(Json::as_str).map(text).collect();
                Ok(Type::Object(ObjectType { attributes, optional }.into()))
            }
            _ => Err(wrong()),
        },
        _ => Err(wrong()),
    }
}
