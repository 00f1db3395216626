//! Values to requests and answers to values, through the schemas of AWS's own codecs.

use super::{
    model::{Item, Kind, Member, Protocol, Service, Structure},
    value::{Map, Value},
};
use aws_smithy_schema::{
    Schema, prelude,
    serde::{SerdeError, SerializableStruct, ShapeDeserializer, ShapeSerializer},
};
use aws_smithy_types::{Blob, Document, Number};

type Result<T> = std::result::Result<T, SerdeError>;

/// A map that is written as the structure `shape`.
pub(super) struct Written<'a> {
    pub service: &'static Service,
    pub shape: &'static Structure,
    pub value: &'a Map,
}

impl Written<'_> {
    /// A JSON document that is all of the body has no name around it.
    fn schema_of(&self, member: &'static Member) -> &'static Schema<'static> {
        match &member.kind {
            Kind::Structure(name)
                if member.schema.http_payload().is_some() && self.service.protocol == Protocol::RestJson =>
            {
                &self.service.structure(name).schema
            }
            _ => member.schema,
        }
    }
}

impl SerializableStruct for Written<'_> {
    fn schema(&self) -> &Schema<'_> {
        &self.shape.schema
    }

    fn serialize_members(&self, to: &mut dyn ShapeSerializer) -> Result<()> {
        for member in &self.shape.members {
            match self.value.get(member.name) {
                None | Some(Value::Null) => {}
                // Nothing to say is no header, as opposed to an empty one.
                Some(Value::List(it)) if it.is_empty() && member.schema.http_header().is_some() => {}
                Some(value) => write(self.service, &member.kind, self.schema_of(member), value, to)
                    .map_err(|it| SerdeError::custom(format!("{}: {it}", member.name)))?,
            }
        }
        Ok(())
    }
}

/// What of `value` the structure does not know, or lacks: the path of it and why. Never what a value says, which may be a secret.
pub(super) fn mistake(service: &'static Service, shape: &'static Structure, value: &Map) -> Option<String> {
    if let Some(name) = value.keys().find(|it| shape.member(it).is_none() && shape.bucket != Some(it.as_str())) {
        return Some(format!("{} has no member {name}", shape.name));
    }
    if shape.is_union && value.values().filter(|it| !it.is_null()).count() != 1 {
        return Some(format!("{} takes one of its members", shape.name));
    }
    shape.members.iter().find_map(|member| match value.get(member.name).filter(|it| !it.is_null()) {
        None if member.is_required && !member.is_token => Some(format!("{} needs {}", shape.name, member.name)),
        None => None,
        Some(value) => mistake_of(service, &member.kind, value).map(|it| format!("{}: {it}", member.name)),
    })
}

fn mistake_of(service: &'static Service, kind: &Kind, value: &Value) -> Option<String> {
    match (kind, value) {
        (Kind::Structure(name), Value::Map(map)) => mistake(service, service.structure(name), map),
        (Kind::List(item), Value::List(list)) => list.iter().find_map(|it| mistake_of(service, &item.kind, it)),
        (Kind::Map(item), Value::Map(map)) => map.values().find_map(|it| mistake_of(service, &item.kind, it)),
        (Kind::Document, _)
        | (Kind::String, Value::String(_))
        | (Kind::Integer | Kind::Long, Value::Int(_))
        | (Kind::Float | Kind::Double, Value::Int(_) | Value::Float(_))
        | (Kind::Boolean, Value::Bool(_))
        | (Kind::Blob, Value::Bytes(_))
        | (Kind::Time, Value::Time(_)) => None,
        _ => Some(format!("takes {}, not {}", kind.noun(), value.noun())),
    }
}

impl Kind {
    /// What it takes, to be told to people.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Integer | Self::Long => "a whole number",
            Self::Float | Self::Double => "a number",
            Self::Boolean => "a boolean",
            Self::Blob => "bytes",
            Self::Time => "a time",
            Self::Document => "a document",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
            Self::Structure(_) => "a structure",
        }
    }
}

fn write(
    service: &'static Service,
    kind: &Kind,
    schema: &Schema<'_>,
    value: &Value,
    to: &mut dyn ShapeSerializer,
) -> Result<()> {
    match (kind, value) {
        (Kind::String, Value::String(it)) => to.write_string(schema, it),
        (Kind::Integer, Value::Int(it)) => {
            let it = i32::try_from(*it).map_err(|_| SerdeError::invalid_input("it is out of range"))?;
            to.write_integer(schema, it)
        }
        (Kind::Long, Value::Int(it)) => to.write_long(schema, *it),
        (Kind::Float, Value::Float(it)) => to.write_float(schema, *it as f32),
        (Kind::Float, Value::Int(it)) => to.write_float(schema, *it as f32),
        (Kind::Double, Value::Float(it)) => to.write_double(schema, *it),
        (Kind::Double, Value::Int(it)) => to.write_double(schema, *it as f64),
        (Kind::Boolean, Value::Bool(it)) => to.write_boolean(schema, *it),
        (Kind::Blob, Value::Bytes(it)) => to.write_blob(schema, Blob::new(it.clone())),
        (Kind::Time, Value::Time(it)) => to.write_timestamp(schema, it),
        (Kind::Document, it) => to.write_document(schema, &document(it)),
        (Kind::List(item), Value::List(list)) => to.write_list_with_length(schema, list.len(), &|to| {
            list.iter().try_for_each(|it| write_item(service, item, it, to))
        }),
        (Kind::Map(item), Value::Map(map)) => to.write_map_with_length(schema, map.len(), &|to| {
            map.iter().try_for_each(|(key, it)| {
                to.write_string(&prelude::STRING, key)?;
                write_item(service, item, it, to)
            })
        }),
        (Kind::Structure(name), Value::Map(value)) => {
            to.write_struct(schema, &Written { service, shape: service.structure(name), value })
        }
        (kind, value) => Err(SerdeError::invalid_input(format!("takes {}, not {}", kind.noun(), value.noun()))),
    }
}

fn write_item(service: &'static Service, item: &Item, value: &Value, to: &mut dyn ShapeSerializer) -> Result<()> {
    match &item.kind {
        _ if value.is_null() => to.write_null(&item.schema),
        // As generated code does: a structure in a list is written by its own schema.
        kind @ Kind::Structure(name) => write(service, kind, &service.structure(name).schema, value, to),
        kind => write(service, kind, &item.schema, value, to),
    }
}

/// Reads `shape`; members that are not there are left out.
pub(super) fn read(
    service: &'static Service,
    shape: &'static Structure,
    schema: &Schema<'_>,
    from: &mut dyn ShapeDeserializer,
) -> Result<Map> {
    let mut map = Map::new();
    from.read_struct(schema, &mut |member, from| {
        // Without an index it is a union's member that came after this model was recorded.
        let Some(member) = member.member_index().and_then(|it| shape.members.get(it)) else { return Ok(()) };
        if from.is_null() {
            return from.read_null();
        }
        map.insert(member.name.to_owned(), read_value(service, &member.kind, member.schema, from)?);
        Ok(())
    })?;
    Ok(map)
}

fn read_value(
    service: &'static Service,
    kind: &Kind,
    schema: &Schema<'_>,
    from: &mut dyn ShapeDeserializer,
) -> Result<Value> {
    Ok(match kind {
        Kind::String => Value::String(from.read_string(schema)?),
        Kind::Integer => Value::Int(from.read_integer(schema)?.into()),
        Kind::Long => Value::Int(from.read_long(schema)?),
        Kind::Float => Value::Float(from.read_float(schema)?.into()),
        Kind::Double => Value::Float(from.read_double(schema)?),
        Kind::Boolean => Value::Bool(from.read_boolean(schema)?),
        Kind::Blob => Value::Bytes(from.read_blob(schema)?.into_inner()),
        Kind::Time => Value::Time(from.read_timestamp(schema)?),
        Kind::Document => value(from.read_document(schema)?),
        Kind::Structure(name) => {
            let shape = service.structure(name);
            Value::Map(read(service, shape, &shape.schema, from)?)
        }
        Kind::List(item) => {
            let mut list = Vec::new();
            from.read_list(schema, &mut |from| {
                list.push(read_item(service, item, from)?);
                Ok(())
            })?;
            Value::List(list)
        }
        Kind::Map(item) => {
            let mut map = Map::new();
            from.read_map(schema, &mut |key, from| {
                map.insert(key, read_item(service, item, from)?);
                Ok(())
            })?;
            Value::Map(map)
        }
    })
}

fn read_item(service: &'static Service, item: &Item, from: &mut dyn ShapeDeserializer) -> Result<Value> {
    if from.is_null() {
        from.read_null()?;
        return Ok(Value::Null);
    }
    read_value(service, &item.kind, &item.schema, from)
}

fn document(it: &Value) -> Document {
    match it {
        Value::Null => Document::Null,
        Value::Bool(it) => Document::Bool(*it),
        Value::Int(it) if *it >= 0 => Document::Number(Number::PosInt(it.unsigned_abs())),
        Value::Int(it) => Document::Number(Number::NegInt(*it)),
        Value::Float(it) => Document::Number(Number::Float(*it)),
        Value::String(it) => Document::String(it.clone()),
        Value::Bytes(it) => Document::String(String::from_utf8_lossy(it).into_owned()),
        Value::Time(it) => Document::String(it.to_string()),
        Value::List(it) => Document::Array(it.iter().map(document).collect()),
        Value::Map(it) => Document::Object(it.iter().map(|(k, v)| (k.clone(), document(v))).collect()),
    }
}

fn value(it: Document) -> Value {
    match it {
        Document::Null => Value::Null,
        Document::Bool(it) => Value::Bool(it),
        Document::Number(Number::PosInt(it)) => i64::try_from(it).map_or(Value::Float(it as f64), Value::Int),
        Document::Number(Number::NegInt(it)) => Value::Int(it),
        Document::Number(Number::Float(it)) => Value::Float(it),
        Document::String(it) => Value::String(it),
        Document::Array(it) => Value::List(it.into_iter().map(value).collect()),
        Document::Object(it) => Value::Map(it.into_iter().map(|(k, v)| (k, value(v))).collect()),
    }
}
