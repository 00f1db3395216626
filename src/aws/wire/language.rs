//! Values of the language to what a call takes, by a structure of the model, and answers to values of the language.
//!
//! Bytes are base64 there, and times are RFC 3339. What is not known yet cannot be sent; marks stay behind, so that who asks with
//! something sensitive has to mark what is answered.

use super::{
    model::{Kind, Service, Structure},
    value::{Map, Value},
};
use crate::value::{self, Data, Type, convert};
use aws_smithy_types::{DateTime, date_time::Format};
use base64::{Engine, engine::general_purpose::STANDARD};

/// The structure `shape` of the attributes of an object or map; nulls are left out.
///
/// # Errors
/// The path of what cannot be sent, and why.
pub fn structure(service: &'static Service, shape: &'static Structure, from: &value::Value) -> Result<Map, String> {
    let entries = known(from)?.as_entries().ok_or("takes a structure")?;
    let mut map = Map::new();
    for (name, it) in entries.iter().filter(|(_, it)| !it.is_null()) {
        let within = |why: String| format!("{name}: {why}");
        let to = match shape.member(name) {
            Some(member) => value(service, &member.kind, it).map_err(within)?,
            None if shape.bucket == Some(name) => value(service, &Kind::String, it).map_err(within)?,
            None => return Err(format!("{} has no member {name}", shape.name)),
        };
        map.insert(name.to_string(), to);
    }
    Ok(map)
}

fn value(service: &'static Service, kind: &Kind, from: &value::Value) -> Result<Value, String> {
    let from = known(from)?;
    if from.is_null() {
        return Ok(Value::Null);
    }
    let takes = || format!("takes {}", kind.noun());
    let text = || convert(from, &Type::String).ok().and_then(|it| it.as_str().map(str::to_owned)).ok_or_else(takes);
    let number = || convert(from, &Type::Number).ok().and_then(|it| it.as_number().cloned()).ok_or_else(takes);
    Ok(match kind {
        Kind::String => Value::String(text()?),
        Kind::Integer | Kind::Long => Value::Int(number()?.to_i64().ok_or_else(takes)?),
        Kind::Float | Kind::Double => Value::Float(number()?.to_f64()),
        Kind::Boolean => Value::Bool(convert(from, &Type::Bool).ok().and_then(|it| it.as_bool()).ok_or_else(takes)?),
        Kind::Blob => Value::Bytes(STANDARD.decode(text()?).map_err(|_| "takes bytes in base64".to_owned())?),
        Kind::Time => {
            let time = DateTime::from_str(&text()?, Format::DateTimeWithOffset);
            Value::Time(time.map_err(|_| "takes a time such as 2026-01-31T00:00:00Z".to_owned())?)
        }
        Kind::Document => document(from)?,
        Kind::List(item) => {
            let elements = from.as_elements().ok_or_else(takes)?.iter().enumerate();
            let list = elements.map(|(at, it)| value(service, &item.kind, it).map_err(|why| format!("{at}: {why}")));
            Value::List(list.collect::<Result<_, _>>()?)
        }
        Kind::Map(item) => {
            let entries = from.as_entries().ok_or_else(takes)?.iter().filter(|(_, it)| !it.is_null());
            let map = entries.map(|(key, it)| match value(service, &item.kind, it) {
                Ok(it) => Ok((key.to_string(), it)),
                Err(why) => Err(format!("{key}: {why}")),
            });
            Value::Map(map.collect::<Result<_, _>>()?)
        }
        Kind::Structure(name) => Value::Map(structure(service, service.structure(name), from)?),
    })
}

/// Whatever can be said in JSON.
fn document(from: &value::Value) -> Result<Value, String> {
    Ok(match &known(from)?.data {
        Data::Bool(it) => Value::Bool(*it),
        Data::Number(it) => match it.to_i64().filter(|_| it.is_integer()) {
            Some(it) => Value::Int(it),
            None => Value::Float(it.to_f64()),
        },
        Data::String(it) => Value::String(it.to_string()),
        Data::List(_, it) | Data::Set(_, it) | Data::Tuple(it) => {
            Value::List(it.iter().map(document).collect::<Result<_, _>>()?)
        }
        Data::Map(_, it) | Data::Object(it) => {
            let entries = it.iter().map(|(key, it)| Ok::<_, String>((key.to_string(), document(it)?)));
            Value::Map(entries.collect::<Result<_, _>>()?)
        }
        Data::Null(_) | Data::Unknown(_) => Value::Null,
    })
}

fn known(value: &value::Value) -> Result<&value::Value, String> {
    if value.is_known() { Ok(value) } else { Err("is not known yet".to_owned()) }
}

/// What was answered, as an object of what is there.
pub fn of_answer(answer: &Value) -> value::Value {
    match answer {
        Value::Null => value::Value::null(Type::Any),
        Value::Bool(it) => value::Value::bool(*it),
        Value::Int(it) => value::Value::number(*it),
        Value::Float(it) => number(*it),
        Value::String(it) => value::Value::string(it),
        Value::Bytes(it) => value::Value::string(STANDARD.encode(it)),
        Value::Time(it) => {
            it.fmt(Format::DateTime).map_or_else(|_| value::Value::null(Type::String), value::Value::string)
        }
        Value::List(it) => value::Value::tuple(it.iter().map(of_answer).collect()),
        Value::Map(it) => {
            value::Value::object(it.iter().map(|(key, it)| (key.as_str().into(), of_answer(it))).collect())
        }
    }
}

/// What a fraction looks like in decimal, which is what was sent.
fn number(it: f64) -> value::Value {
    match value::Number::parse(&it.to_string()) {
        Some(it) => value::Value::number(it),
        None => value::Value::null(Type::Number),
    }
}
