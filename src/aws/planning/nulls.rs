//! Nulls inside of collections, which the SDK of the reference provider has no place for.

use crate::{
    provider::Problem,
    value::{Data, Path, PathStep, Value},
};
use std::collections::BTreeMap;

/// What is wrong with a null in a list or set of the configuration, at any depth.
pub fn refused(config: &Value) -> Option<Problem> {
    let path = first(config, &Path::default())?;
    let detail = "Null values are not allowed for this attribute value.";
    Some(Problem::fatal("Null value found in list", detail).at(path))
}

fn first(value: &Value, path: &Path) -> Option<Path> {
    match &value.data {
        Data::List(_, values) | Data::Tuple(values) => values.iter().enumerate().find_map(|(at, it)| {
            let path = path.then(PathStep::Index(at));
            if it.is_null() { Some(path) } else { first(it, &path) }
        }),
        // An element of a set has no place of its own.
        Data::Set(_, values) => {
            values.iter().find_map(|it| if it.is_null() { Some(path.clone()) } else { first(it, path) })
        }
        Data::Map(_, values) => values.iter().find_map(|(key, it)| first(it, &path.then(PathStep::Key(key.clone())))),
        Data::Object(values) => {
            values.iter().find_map(|(name, it)| first(it, &path.then(PathStep::Attribute(name.clone()))))
        }
        _ => None,
    }
}

/// `value` without the keys of maps that are null, at any depth: to the SDK they are not there. A map that has no others is
/// null.
pub fn without_null_entries(value: &Value) -> Value {
    let all = |values: &[Value]| values.iter().map(without_null_entries).collect::<Vec<_>>();
    let data = match &value.data {
        Data::Map(ty, entries) if entries.values().any(Value::is_null) => {
            let kept: BTreeMap<_, _> =
                entries.iter().filter(|(_, it)| !it.is_null()).map(|(key, it)| (key.clone(), it.clone())).collect();
            if kept.is_empty() { Data::Null(value.ty()) } else { Data::Map(ty.clone(), kept.into()) }
        }
        Data::List(ty, values) => Data::List(ty.clone(), all(values).into()),
        Data::Set(ty, values) if !ty.is_primitive() => {
            return Value::set(ty.clone(), all(values)).marked(value.marks);
        }
        Data::Object(entries) => {
            let kept = entries.iter().map(|(name, it)| (name.clone(), without_null_entries(it)));
            Data::Object(kept.collect::<BTreeMap<_, _>>().into())
        }
        _ => return value.clone(),
    };
    Value { data, marks: value.marks }
}
