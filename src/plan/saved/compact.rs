//! Values of a plan as JSON that says nothing twice: types are in a table, values are written by position.
//!
//! A value is written relative to a type that both sides know, so that most of it needs no type of its own: a null is
//! `null`, what is unknown `{}`, an object the list of its attributes in the order of their names. What is of another type
//! than expected is `{"t": number of the type, "v": value}`, what is marked `{"m": marks, "v": value}`.

use crate::value::{Bounds, Data, Marks, Number, ObjectType, Text, Type, Unknown, Value};
use serde_json::{Map, Value as Json};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Writes values and collects their types.
#[derive(Default)]
pub(super) struct Writer {
    pub types: Vec<Type>,
    numbers: HashMap<Type, usize>,
    /// The same, by where a type of objects is in memory, which is kept for as long.
    objects: HashMap<*const ObjectType, (usize, Arc<ObjectType>)>,
}

impl Writer {
    /// The number of a type.
    pub(super) fn number(&mut self, ty: &Type) -> usize {
        if let Type::Object(object) = ty
            && let Some((number, _)) = self.objects.get(&Arc::as_ptr(object))
        {
            return *number;
        }
        let number = *self.numbers.entry(ty.clone()).or_insert(self.types.len());
        if number == self.types.len() {
            self.types.push(ty.clone());
        }
        if let Type::Object(object) = ty {
            self.objects.insert(Arc::as_ptr(object), (number, object.clone()));
        }
        number
    }

    pub(super) fn write(&mut self, value: &Value, expected: &Type, out: &mut String) {
        if !value.marks.is_empty() {
            out.push_str("{\"m\":");
            out.push_str(&json(&value.marks));
            out.push_str(",\"v\":");
            self.write_data(&value.data, expected, out);
            return out.push('}');
        }
        self.write_data(&value.data, expected, out);
    }

    fn write_data(&mut self, data: &Data, expected: &Type, out: &mut String) {
        match (data, expected) {
            (Data::Null(ty), _) if ty == expected => out.push_str("null"),
            (Data::Unknown(Unknown { ty, not_null, bounds }), _) if ty == expected => {
                out.push('{');
                if *not_null {
                    out.push_str("\"n\":true");
                }
                if let Some(bounds) = bounds {
                    out.push_str(if *not_null { ",\"b\":" } else { "\"b\":" });
                    out.push_str(&json(&**bounds));
                }
                out.push('}');
            }
            (Data::Bool(value), Type::Bool) => out.push_str(if *value { "true" } else { "false" }),
            (Data::Number(number), Type::Number) => out.push_str(&json(number)),
            (Data::String(text), Type::String) => write_text(text, out),
            (Data::List(of, values), Type::List(element)) | (Data::Set(of, values), Type::Set(element))
                if *of == **element =>
            {
                list(out, values.iter(), |it, out| self.write(it, of, out));
            }
            (Data::Map(of, entries), Type::Map(element)) if *of == **element => {
                list(out, entries.iter(), |(key, it), out| {
                    write_text(key, out);
                    out.push(',');
                    self.write(it, of, out);
                });
            }
            (Data::Tuple(values), Type::Tuple(types)) if values.len() == types.len() => {
                list(out, values.iter().zip(types.iter()), |(it, ty), out| self.write(it, ty, out));
            }
            (Data::Object(entries), Type::Object(object)) if entries.keys().eq(object.attributes.keys()) => {
                list(out, entries.values().zip(object.attributes.values()), |(it, ty), out| self.write(it, ty, out));
            }
            _ => {
                let own = Value::from(data.clone()).ty();
                out.push_str(&format!("{{\"t\":{},\"v\":", self.number(&own)));
                self.write_data(data, &own, out);
                out.push('}');
            }
        }
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("it can be written")
}

fn write_text(text: &str, out: &mut String) {
    if text.bytes().all(|it| it >= b' ' && it != b'"' && it != b'\\') {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&json(&text));
    }
}

/// `[a,b]`
pub(super) fn list<T>(out: &mut String, items: impl Iterator<Item = T>, mut write: impl FnMut(T, &mut String)) {
    out.push('[');
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

/// Reads what [`Writer::write`] wrote with these types; none if it wrote something else.
pub(super) fn read(json: Json, expected: &Type, types: &[Type]) -> Option<Value> {
    Some(match (json, expected) {
        (Json::Null, ty) => Value::null(ty.clone()),
        (Json::Object(parts), ty) => return read_parts(parts, ty, types),
        (Json::Bool(value), Type::Bool) => Value::bool(value),
        (Json::String(text), Type::String) => Data::String(text.into()).into(),
        (number @ Json::String(_), Type::Number) => Value::number(serde_json::from_value::<Number>(number).ok()?),
        (Json::Array(values), Type::List(element)) => {
            Value::list((**element).clone(), read_all(values, element, types)?)
        }
        (Json::Array(values), Type::Set(element)) => {
            Data::Set((**element).clone(), read_all(values, element, types)?.into()).into()
        }
        (Json::Array(values), Type::Map(element)) => {
            let mut entries = BTreeMap::new();
            let mut values = values.into_iter();
            while let Some(key) = values.next() {
                let Json::String(key) = key else { return None };
                entries.insert(Text::from(key), read(values.next()?, element, types)?);
            }
            Value::map((**element).clone(), entries)
        }
        (Json::Array(values), Type::Tuple(elements)) if values.len() == elements.len() => {
            let values = values.into_iter().zip(elements.iter());
            Value::tuple(values.map(|(it, ty)| read(it, ty, types)).collect::<Option<_>>()?)
        }
        (Json::Array(values), Type::Object(object)) if values.len() == object.attributes.len() => {
            let attributes = values.into_iter().zip(&object.attributes);
            let attributes = attributes.map(|(it, (name, ty))| Some((name.clone(), read(it, ty, types)?)));
            Value::object(attributes.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

fn read_all(values: Vec<Json>, element: &Type, types: &[Type]) -> Option<Vec<Value>> {
    values.into_iter().map(|it| read(it, element, types)).collect()
}

/// What is more than a plain value of the type that is expected.
fn read_parts(mut parts: Map<String, Json>, ty: &Type, types: &[Type]) -> Option<Value> {
    let Some(value) = parts.remove("v") else {
        let not_null = parts.remove("n").is_some();
        let bounds = parts.remove("b").map(serde_json::from_value::<Bounds>).transpose().ok()?;
        return Some(Data::Unknown(Unknown { ty: ty.clone(), not_null, bounds: bounds.map(Arc::new) }).into());
    };
    if let Some(marks) = parts.remove("m") {
        return Some(read(value, ty, types)?.marked(serde_json::from_value::<Marks>(marks).ok()?));
    }
    let own = parts.remove("t")?.as_u64()?;
    read(value, types.get(usize::try_from(own).ok()?)?, types)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_were_written() {
        let object = |entries: &[(&str, Value)]| {
            Value::object(entries.iter().map(|(name, it)| (Text::from(*name), it.clone())).collect())
        };
        let bounded = |ty: Type, bounds| -> Value {
            Data::Unknown(Unknown { ty, not_null: true, bounds: Some(Arc::new(bounds)) }).into()
        };
        let map = Value::map(
            Type::String,
            [("b".into(), Value::string("x")), ("a".into(), Value::null(Type::String))].into(),
        );
        let values = [
            Value::null(Type::Any),
            Value::null(Type::list(Type::String)),
            Value::unknown(Type::String),
            Value::unknown_not_null(Type::Any),
            Value::unknown_with_prefix("ami-\"1\""),
            bounded(Type::set(Type::Bool), Bounds::Length(1, 7)),
            bounded(Type::Number, Bounds::Range(None, Some(Number::from(3)))),
            Value::bool(false).marked(Marks::SENSITIVE),
            Value::number(Number::infinity(true)),
            Value::number(Number::parse("0.1").unwrap()),
            Value::string("\u{1}\"\\\u{2028} {}"),
            Value::list(Type::Number, vec![Value::number(1), Value::unknown(Type::Number)]),
            Value::list(Type::Any, Vec::new()),
            Value::set(Type::String, vec![Value::string("b"), Value::string("a")]),
            map.clone(),
            Value::tuple(vec![Value::bool(true), map.clone().marked(Marks::SENSITIVE), Value::tuple(Vec::new())]),
            object(&[("m", Value::null(Type::Bool)), ("t", Value::number(2)), ("v", object(&[("n", map)]))]),
        ];
        let types: Vec<Type> = values.iter().map(Value::ty).chain([Type::Any, Type::String]).collect();
        // Whatever was expected.
        for expected in &types {
            for value in &values {
                let (mut writer, mut out) = (Writer::default(), String::new());
                writer.write(value, expected, &mut out);
                let read = read(serde_json::from_str(&out).unwrap(), expected, &writer.types);
                assert_eq!(read.as_ref(), Some(value), "{out} as {expected}");
            }
        }
    }
}
