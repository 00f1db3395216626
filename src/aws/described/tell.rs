//! What a call is told: members out of attributes, by name and by type.

use super::{
    names::within,
    row::{Row, Step, Strings},
    scope::{Around, at},
};
use crate::{
    aws::wire::{
        Map, Value as Sent,
        model::{Kind, Member, Structure},
    },
    provider::Result,
    value::{Data, Type, Value, convert},
};
use aws_smithy_types::{DateTime, date_time::Format};
use base64::{Engine, engine::general_purpose::STANDARD};

/// Which attributes a call says by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said<'a> {
    /// All: a create, or what is put as a whole.
    All,
    /// Those that its operation has members for; of those kept as strings, the ones that changed.
    Changed(&'a [String]),
    /// What the operation cannot do without.
    Required,
}

/// The input of a call: what the row says, then what is named alike.
pub fn input(row: &Row, step: &Step, around: &Around, said: Said<'_>) -> Result<Map> {
    let mut input = Map::new();
    if let Some(bucket) = step.operation.input.bucket {
        let given = match step.given.get(bucket) {
            Some(it) => around.text(row, it)?,
            None => at(around.attributes(), "bucket").and_then(text).or(id_of(around)),
        };
        input.extend(given.map(|it| (bucket.to_owned(), Sent::String(it))));
    }
    let of_body = step.inside.as_ref().map(|it| it.0.split('.').next().unwrap_or_default());
    let outer = step.operation.input.members.iter().filter(|it| Some(it.name) != of_body);
    let by_name = if step.inside.is_some() { Said::Required } else { said };
    fill(row, step, outer, around, by_name, &mut input)?;
    if let Some((path, inner)) = &step.inside {
        let mut body = Map::new();
        // What is put as a whole is told as a whole.
        fill(row, step, inner.members.iter(), around, Said::All, &mut body)?;
        let mut whole = Sent::Map(input);
        *whole.entry(path) = Sent::Map(body);
        let Sent::Map(it) = whole else { unreachable!("a map above") };
        input = it;
    }
    Ok(input)
}

fn id_of(around: &Around) -> Option<String> {
    at(around.attributes(), "id").and_then(text)
}

fn fill<'m>(
    row: &Row,
    step: &Step,
    members: impl Iterator<Item = &'m Member>,
    around: &Around,
    said: Said<'_>,
    input: &mut Map,
) -> Result<()> {
    for it in members {
        let value = if let Some(given) = step.given.get(it.name) {
            member(row, "", &it.kind, &around.evaluated(row, given)?)
        } else if let Some(strings) = row.strings.as_ref().filter(|strings| strings.member == it.name) {
            of_strings(strings, &it.kind, around.attributes(), said)
        } else if said == Said::Required && !it.is_required {
            None
        } else {
            let alike = alike(row, it.name, around.attributes());
            alike.and_then(|(name, value)| member(row, name, &it.kind, value))
        };
        input.extend(value.map(|value| (it.name.to_owned(), value)));
    }
    Ok(())
}

/// The attributes that no member is by its name: tags have calls of their own, and where an object is, is no argument.
pub const APART: &[&str] = &["tags", "tags_all", "id", "region", "timeouts"];

/// The attribute that `member` is by its name.
fn alike<'v>(row: &Row, member: &str, attributes: &'v Value) -> Option<(&'v str, &'v Value)> {
    let known = attributes.as_entries()?.iter().filter(|(name, _)| !APART.contains(&&***name));
    let mut alike = known.filter(|(name, _)| row.is_named("", name, member, &row.nouns));
    alike.next().map(|(name, it)| (&**name, it))
}

/// The attributes that the service holds as strings: a map, or a list of keys and values.
fn of_strings(strings: &Strings, kind: &Kind, attributes: &Value, said: Said<'_>) -> Option<Sent> {
    let told = strings.keys.iter().filter_map(|(path, key)| {
        let first = path.split('.').next().unwrap_or_default();
        let value = at(attributes, path);
        match said {
            // Nothing is said of what is not set; a change says even that.
            Said::All => Some((key, value.filter(|it| !is_nothing(it)).and_then(text)?)),
            Said::Changed(those) if those.iter().any(|it| it == first) => {
                Some((key, value.and_then(text).unwrap_or_default()))
            }
            _ => None,
        }
    });
    let told: Vec<_> = told.collect();
    if told.is_empty() {
        return None;
    }
    let pair = |key: &String, value: String| {
        Sent::Map(Map::from([("Key".to_owned(), key.as_str().into()), ("Value".to_owned(), value.into())]))
    };
    Some(match kind {
        Kind::List(_) => Sent::List(told.into_iter().map(|(key, it)| pair(key, it)).collect()),
        _ => Sent::Map(told.into_iter().map(|(key, it)| (key.clone(), Sent::String(it))).collect()),
    })
}

/// Whether a value says nothing: null, or the zero of its type.
pub fn is_nothing(value: &Value) -> bool {
    match &value.data {
        Data::Null(_) => true,
        Data::Object(it) => it.values().all(is_nothing),
        Data::Tuple(it) => it.is_empty(),
        _ => value.is_zero(),
    }
}

/// A number, boolean or string as the text of it.
pub fn text(value: &Value) -> Option<String> {
    convert(value, &Type::String).ok()?.as_str().map(str::to_owned)
}

/// The member of `kind` that says `value`; `None` for what is better left out. `path` is that of the attribute.
pub fn member(row: &Row, path: &str, kind: &Kind, value: &Value) -> Option<Sent> {
    // An optional block is a list of one.
    let single = || match value.as_elements() {
        Some([it]) => it,
        _ => value,
    };
    Some(match kind {
        Kind::String => Sent::String(text(single()).filter(|it| !it.is_empty())?),
        Kind::Integer | Kind::Long => Sent::Int(convert(single(), &Type::Number).ok()?.as_number()?.to_i64()?),
        Kind::Float | Kind::Double => Sent::Float(convert(single(), &Type::Number).ok()?.as_number()?.to_f64()),
        Kind::Boolean => Sent::Bool(truth(single())?),
        Kind::Blob => match value.get("base64").and_then(Value::as_str) {
            Some(it) => Sent::Bytes(STANDARD.decode(it).ok()?),
            None => Sent::Bytes(text(value).filter(|it| !it.is_empty())?.into_bytes()),
        },
        Kind::Time => Sent::Time(DateTime::from_str(value.as_str()?, Format::DateTimeWithOffset).ok()?),
        Kind::Document => document(value),
        Kind::List(item) => match value.as_elements() {
            Some([]) => return None,
            Some(items) => Sent::List(items.iter().filter_map(|it| member(row, path, &item.kind, it)).collect()),
            None if value.is_null() || value.as_entries().is_some() => return None,
            None => Sent::List(vec![member(row, path, &item.kind, value)?]),
        },
        Kind::Map(item) => {
            let entries = single().as_entries().filter(|it| !it.is_empty())?.iter();
            // Empty strings are values of maps.
            let entries = entries.filter_map(|(key, it)| match (&item.kind, it.as_str()) {
                (Kind::String, Some(text)) => Some((key.to_string(), Sent::from(text))),
                _ => Some((key.to_string(), member(row, path, &item.kind, it)?)),
            });
            Sent::Map(entries.collect())
        }
        Kind::Structure(name) => {
            let shape = row.service.structure(name);
            match value.as_elements() {
                // CloudFront counts.
                Some(items) if counts(shape) => counted(row, path, shape, items, value)?,
                Some([]) => return None,
                _ => Sent::Map(members(row, path, shape, single())?),
            }
        }
    })
}

/// The members of `shape` that `object` tells, by name.
fn members(row: &Row, path: &str, shape: &Structure, object: &Value) -> Option<Map> {
    let entries = object.as_entries()?;
    let noun = [path.rsplit('.').next().unwrap_or_default().to_owned()];
    let told = shape.members.iter().filter_map(|it| {
        let (name, value) = entries.iter().find(|(name, _)| row.is_named(path, name, it.name, &noun))?;
        Some((it.name.to_owned(), member(row, &within(path, name), &it.kind, value)?))
    });
    let mut told: Map = told.collect();
    // An attribute may be deeper than its block: `cached_methods` is of AllowedMethods.
    for (name, value) in entries {
        let full = within(path, name);
        let Some((outer, inner)) = row.names.get(&full).and_then(|it| it.split_once('.')) else { continue };
        let Some(Kind::Structure(holder)) = shape.member(outer).map(|it| &it.kind) else { continue };
        let Some(deep) = row.service.structure(holder).member(inner) else { continue };
        if let (Some(value), Some(Sent::Map(map))) = (member(row, &full, &deep.kind, value), told.get_mut(outer)) {
            map.insert(inner.to_owned(), value);
        }
    }
    if let (Some(_), Some(Sent::List(items))) = (shape.member("Quantity"), told.get("Items")) {
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        told.insert("Quantity".to_owned(), Sent::Int(count));
    }
    Some(told)
}

/// A list with its length beside it.
pub fn counts(shape: &Structure) -> bool {
    const PARTS: &[&str] = &["Quantity", "Items", "Enabled", "CachedMethods"];
    shape.member("Quantity").is_some() && shape.members.iter().all(|it| PARTS.contains(&it.name))
}

fn counted(row: &Row, path: &str, shape: &Structure, items: &[Value], value: &Value) -> Option<Sent> {
    if items.is_empty() {
        return None;
    }
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let list = member(row, path, &shape.member("Items")?.kind, value);
    let mut map = Map::from([("Quantity".to_owned(), Sent::Int(count))]);
    map.extend(list.map(|it| ("Items".to_owned(), it)));
    if shape.member("Enabled").is_some() {
        map.insert("Enabled".to_owned(), Sent::Bool(true));
    }
    Some(Sent::Map(map))
}

/// What switches say, too.
pub fn truth(value: &Value) -> Option<bool> {
    match value.as_str().map(str::to_lowercase).as_deref() {
        Some("enabled") => Some(true),
        Some("disabled") => Some(false),
        _ => convert(value, &Type::Bool).ok()?.as_bool(),
    }
}

fn document(value: &Value) -> Sent {
    match &value.data {
        Data::Null(_) | Data::Unknown(_) => Sent::Null,
        Data::Bool(it) => Sent::Bool(*it),
        Data::Number(it) => match it.to_i64().filter(|_| it.is_integer()) {
            Some(it) => Sent::Int(it),
            None => Sent::Float(it.to_f64()),
        },
        Data::String(it) => Sent::String(it.to_string()),
        Data::List(_, it) | Data::Set(_, it) | Data::Tuple(it) => Sent::List(it.iter().map(document).collect()),
        Data::Map(_, it) | Data::Object(it) => {
            Sent::Map(it.iter().map(|(key, it)| (key.to_string(), document(it))).collect())
        }
    }
}
