//! Attributes out of what was answered, by name and by type.

use super::{
    names::{is_same, within},
    row::Row,
    scope::{Around, answered, at},
    tell::{APART, is_nothing, text, truth},
};
use crate::{
    aws::naming,
    provider::{Problem, Result},
    schema::{NestedBlock, Nesting, SchemaBlock, Source},
    value::{Data, Text, Type, Value, convert, json_text, to_json},
};
use std::collections::BTreeMap;

/// The attributes of an object, from what its reads tell together; tags, which have calls of their own, are not among them.
pub fn now(row: &Row, block: &SchemaBlock, around: &Around, answer: &Value, before: &Value) -> Result<Value> {
    let mut now = attributes(row, "", block, answer, &row.nouns)?;
    take_strings(row, block, answer, &mut now)?;
    let around = around.with("answer", answer.clone());
    for (path, it) in &row.values {
        put(row, block, path, around.evaluated(row, it)?, &mut now)?;
    }
    if let Some(it) = &row.generated
        && let Some(prefix) = &it.prefix
    {
        let suffix = match &it.suffix {
            Some(suffix) => around.over(Value::object(now.clone())).text(row, suffix)?.unwrap_or_default(),
            None => String::new(),
        };
        let name = now.get(it.attribute.as_str()).and_then(Value::as_str).unwrap_or_default();
        let prefix_of = naming::prefix_of(name.strip_suffix(suffix.as_str()).unwrap_or(name));
        now.insert(prefix.as_str().into(), Value::string(prefix_of));
    }
    keep(row, block, before, &mut now)?;
    for path in &row.empty {
        let Some(it) = block.attributes.get(path.as_str()) else { continue };
        if now.get(path.as_str()).is_none_or(Value::is_null) {
            now.extend(Value::zero(&it.ty).map(|zero| (path.as_str().into(), zero)));
        }
    }
    Ok(Value::object(now))
}

/// The attributes of `block`, from what an answer calls them.
pub fn attributes(
    row: &Row,
    path: &str,
    block: &SchemaBlock,
    answer: &Value,
    nouns: &[String],
) -> Result<BTreeMap<Text, Value>> {
    let null = Value::null(Type::Any);
    let found = |name: &str| {
        let full = within(path, name);
        if let Some(deep) = row.names.get(&full).filter(|it| it.contains('.')) {
            return deep.split('.').try_fold(answer, |it, step| it.get(step)).unwrap_or(&null);
        }
        let entries = answer.as_entries().into_iter().flatten();
        let mut named = entries.filter(|(member, it)| !it.is_null() && row.is_named(path, name, member, nouns));
        named.next().map_or(&null, |it| it.1)
    };
    let mut all = BTreeMap::new();
    let is_apart = |name: &str| path.is_empty() && APART.contains(&name);
    for (name, it) in block.attributes.iter().filter(|(name, _)| !is_apart(name)) {
        let value = attribute(&it.ty, found(name)).ok_or_else(|| unlike(row, &within(path, name)))?;
        all.insert(name.clone(), value);
    }
    for (name, it) in block.blocks.iter().filter(|(_, it)| it.nesting != Nesting::Single) {
        all.insert(name.clone(), nested(row, &within(path, name), it, found(name))?);
    }
    Ok(all)
}

fn unlike(row: &Row, path: &str) -> Problem {
    let detail = format!("What {} tells of `{path}` of {} is of another type.", row.service.title, row.name);
    Problem::fatal("Malformed answer from AWS", detail)
}

/// The blocks at `path` that `value` tells.
fn nested(row: &Row, path: &str, block: &NestedBlock, value: &Value) -> Result<Value> {
    let name = path.rsplit('.').next().unwrap_or_default();
    let one = [value.clone()];
    let items = match (value.as_elements(), value.as_entries()) {
        (Some(items), _) => items,
        (_, Some(map)) if map.contains_key("Quantity") && map.len() <= 2 => {
            map.get("Items").and_then(Value::as_elements).unwrap_or_default()
        }
        _ if value.is_null() => &[],
        _ => &one,
    };
    // What was not asked for is told as switched off: `{ "Enabled": false }`. `{}` was asked for.
    let is_off = |it: &Value| it.as_entries().is_none() && it.as_elements().is_none() && is_nothing(it);
    let is_asked_for = |it: &&Value| it.as_entries().is_none_or(|it| it.is_empty() || !it.values().all(is_off));
    let nouns = [name.to_owned()];
    let blocks = items.iter().filter(is_asked_for);
    let blocks = blocks.map(|it| attributes(row, path, &block.block, it, &nouns).map(Value::object));
    let (blocks, ty) = (blocks.collect::<Result<Vec<_>>>()?, block.block.implied_type());
    Ok(match block.nesting {
        Nesting::Set => Value::set(ty, blocks),
        _ => Value::list(ty, blocks),
    })
}

/// A value as the type of an attribute has it; `None` if it cannot.
pub fn attribute(ty: &Type, value: &Value) -> Option<Value> {
    let shaped = match (ty, &value.data) {
        (_, Data::Null(_)) => return Some(Value::null(ty.without_optional())),
        (Type::String, Data::Object(_) | Data::Map(..) | Data::Tuple(_) | Data::List(..)) => {
            Value::string(json_text(&to_json(value)))
        }
        (Type::Bool, Data::String(_)) => Value::bool(truth(value)?),
        (Type::List(inner) | Type::Set(inner), _) => {
            let items = match (value.as_elements(), value.as_entries()) {
                (Some(items), _) => items.to_vec(),
                (_, Some(map)) if map.contains_key("Quantity") => {
                    map.get("Items").and_then(Value::as_elements).unwrap_or_default().to_vec()
                }
                // A structure where the type has a list of one.
                _ => vec![value.clone()],
            };
            let items = items.iter().map(|it| attribute(inner, it)).collect::<Option<Vec<_>>>()?;
            match ty {
                Type::Set(_) => Value::set(inner.without_optional(), items),
                _ => Value::list(inner.without_optional(), items),
            }
        }
        (Type::Map(inner), _) => {
            let entries = value.as_entries()?.iter();
            let entries = entries.map(|(key, it)| Some((key.clone(), attribute(inner, it)?)));
            Value::map(inner.without_optional(), entries.collect::<Option<_>>()?)
        }
        (Type::Object(object), _) => {
            let entries = value.as_entries()?;
            let of = |name: &str| entries.iter().find(|(it, _)| is_same(name, it, &[])).map(|it| it.1);
            let null = Value::null(Type::Any);
            let fields = object.attributes.iter();
            let fields = fields.map(|(name, ty)| Some((name.clone(), attribute(ty, of(name).unwrap_or(&null))?)));
            Value::object(fields.collect::<Option<_>>()?)
        }
        _ => value.clone(),
    };
    convert(&shaped, ty).ok()
}

/// Puts the attributes that the service holds as strings.
pub fn take_strings(row: &Row, block: &SchemaBlock, answer: &Value, now: &mut BTreeMap<Text, Value>) -> Result<()> {
    let Some(strings) = &row.strings else { return Ok(()) };
    let told = answered(answer, &strings.member);
    let of = |key: &str| match told.as_elements() {
        Some(items) => {
            let pair = items.iter().find(|it| it.get("Key").and_then(Value::as_str) == Some(key));
            pair.and_then(|it| it.get("Value")).cloned()
        }
        None => told.get(key).cloned(),
    };
    for (path, key) in &strings.keys {
        put(row, block, path, of(key).unwrap_or_else(|| Value::null(Type::Any)), now)?;
    }
    Ok(())
}

/// Puts `value`, as the attribute or block at `path` has it.
pub fn put(row: &Row, block: &SchemaBlock, path: &str, value: Value, now: &mut BTreeMap<Text, Value>) -> Result<()> {
    let Some((first, rest)) = path.split_once('.') else {
        let typed = match (block.attributes.get(path), block.blocks.get(path)) {
            (Some(it), _) => attribute(&it.ty, &value).ok_or_else(|| unlike(row, path))?,
            (_, Some(it)) => nested(row, path, it, &value)?,
            _ => value,
        };
        now.insert(path.into(), typed);
        return Ok(());
    };
    let Some(nested) = block.blocks.get(first) else { return Ok(()) };
    let ty = nested.block.implied_type();
    let there = now.get(first).and_then(Value::as_elements).and_then(<[Value]>::first);
    if there.is_none() && is_nothing(&value) {
        now.entry(first.into()).or_insert_with(|| Value::list(ty, Vec::new()));
        return Ok(());
    }
    let mut inner = match there.and_then(Value::as_entries) {
        Some(it) => it.clone(),
        None => attributes(row, first, &nested.block, &Value::null(Type::Any), &[])?,
    };
    put(row, &nested.block, rest, value, &mut inner)?;
    let one = vec![Value::object(inner)];
    now.insert(first.into(), if nested.nesting == Nesting::Set { Value::set(ty, one) } else { Value::list(ty, one) });
    Ok(())
}

/// What of `before` the service tells nothing about.
pub fn keep(row: &Row, block: &SchemaBlock, before: &Value, now: &mut BTreeMap<Text, Value>) -> Result<()> {
    for path in &row.kept {
        let kept = at(before, path).filter(|it| it.is_known() && !it.is_null()).cloned();
        // Of what was imported nothing is known but what is usual.
        let usual = || match block.attributes.get(path.as_str()).map(|it| &it.source) {
            Some(Source::Default(it)) => it.clone(),
            _ => Value::null(Type::Any),
        };
        put(row, block, path, kept.unwrap_or_else(usual), now)?;
    }
    Ok(())
}

/// Equal as AWS sees it: nothing is nothing, JSON is what it says, sets are in no order.
pub fn is_alike(a: &Value, b: &Value) -> bool {
    if is_nothing(a) && is_nothing(b) {
        return true;
    }
    if let (Some(x), Some(y)) = (a.as_entries(), b.as_entries()) {
        let null = Value::null(Type::Any);
        return x.keys().chain(y.keys()).all(|it| is_alike(x.get(it).unwrap_or(&null), y.get(it).unwrap_or(&null)));
    }
    if let (Some(x), Some(y)) = (a.as_elements(), b.as_elements()) {
        if !matches!(a.data, Data::Set(..)) {
            return x.len() == y.len() && x.iter().zip(y).all(|(x, y)| is_alike(x, y));
        }
        let mut rest: Vec<_> = y.iter().collect();
        let mut has = |it| rest.iter().position(|other| is_alike(it, other)).map(|at| rest.swap_remove(at)).is_some();
        return x.len() == y.len() && x.iter().all(&mut has);
    }
    match (text(a), text(b)) {
        (Some(x), Some(y)) if x.starts_with(['{', '[']) && y.starts_with(['{', '[']) => {
            let json = |it: &str| serde_json::from_str::<serde_json::Value>(it).ok();
            x == y || json(&x).is_some_and(|x| Some(x) == json(&y))
        }
        (x, y) => x == y,
    }
}

/// The names in `block` of what `before` does not have as `after` says it, but for tags.
pub fn changed(
    block: &SchemaBlock,
    before: &Value,
    after: &Value,
    unset: impl Fn(&str) -> Option<Value>,
) -> Vec<String> {
    let null = Value::null(Type::Any);
    let pair = |name: &str| (before.get(name).unwrap_or(&null), after.get(name).unwrap_or(&null));
    let differs = |name: &str, is_left: bool| {
        let (old, new) = pair(name);
        // Null is left to the service where it may choose.
        let is_same = new.is_null() && is_left || is_alike(old, new);
        let is_unset = || is_nothing(new) && unset(name).is_some_and(|it| is_alike(&it, old));
        !is_same && !is_unset()
    };
    let attributes = block.attributes.iter().filter(|(_, it)| it.is_configurable());
    let attributes = attributes.filter(|(name, it)| differs(name, it.is_computed())).map(|it| it.0);
    let blocks = block.blocks.iter().filter(|(name, it)| it.nesting != Nesting::Single && differs(name, it.computed));
    let names = attributes.chain(blocks.map(|it| it.0)).map(|it| it.to_string());
    names.filter(|it| !APART.contains(&it.as_str())).collect()
}
