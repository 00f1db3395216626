//! Functions over maps and objects.

use super::{Failure, Function, Parameter, arguments::Arguments, types};
use crate::{
    expression::evaluate::Scope,
    value::{Data, Text, Type, Unknown, Value},
};
use std::collections::BTreeMap;

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("keys", &[Parameter::new("inputMap", types::any).unknown().marked()], types::returns_any, keys),
    Function::new("values", &[Parameter::new("mapping", types::any).marked()], returned_values, values),
    Function::new(
        "zipmap",
        &[Parameter::new("keys", types::list_of_string), Parameter::new("values", types::any).marked()],
        zipped_type,
        zip_map,
    ),
    Function::new("transpose", &[Parameter::new("values", map_of_lists)], |_| Ok(map_of_lists()), transpose),
];

fn map_of_lists() -> Type {
    Type::map(Type::list(Type::String))
}

/// The names of an object are known even when it is not. A map's keys are not secret, but the marks stay on them
/// as Terraform keeps them.
fn keys(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let map = &arguments[0];
    let names =
        |names: Vec<&Text>| names.into_iter().map(|name| Data::String(name.clone()).into()).collect::<Vec<Value>>();
    let result = match &map.data {
        Data::Map(_, entries) => Value::list(Type::String, names(entries.keys().collect())),
        Data::Object(entries) => Value::tuple(names(entries.keys().collect())),
        Data::Unknown(Unknown { ty: Type::Object(object), .. }) => {
            Value::tuple(names(object.attributes.keys().collect()))
        }
        Data::Unknown(Unknown { ty: Type::Map(_), .. }) => Value::unknown_not_null(Type::list(Type::String)),
        Data::Unknown(Unknown { ty: Type::Any, .. }) => Value::unknown(Type::Any),
        _ => return Err(Failure::Argument(0, "must have map or object type".into())),
    };
    Ok(result.marked(map.marks))
}

fn returned_values(arguments: &[Value]) -> Result<Type, Failure> {
    match types::first(arguments) {
        Type::Map(element) => Ok(Type::List(element)),
        Type::Object(object) => Ok(Type::Tuple(object.attributes.values().cloned().collect::<Vec<_>>().into())),
        Type::Any => Ok(Type::Any),
        _ => Err("values() requires a map as the first argument".into()),
    }
}

fn values(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let map = &arguments[0];
    let result = match &map.data {
        Data::Map(element, entries) => Value::list(element.clone(), entries.values().cloned().collect()),
        Data::Object(entries) => Value::tuple(entries.values().cloned().collect()),
        _ => Value::unknown(returned_values(arguments)?),
    };
    Ok(result.marked(map.marks))
}

fn zipped_type(arguments: &[Value]) -> Result<Type, Failure> {
    match arguments.get(1).map(Value::ty) {
        Some(Type::List(element)) => Ok(Type::Map(element)),
        Some(Type::Any | Type::Tuple(_)) => Ok(Type::Any),
        _ => Err("values argument must be a list or tuple value".into()),
    }
}

fn zip_map(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let (keys, values) = (arguments.elements(0), arguments.elements(1));
    let list = &arguments[1];
    let ty = zipped_type(arguments)?;
    if !arguments[0].is_wholly_known() {
        return Ok(Value::unknown(ty).marked(list.marks));
    }
    if keys.len() != values.len() {
        let why = format!("number of keys ({}) does not match number of values ({})", keys.len(), values.len());
        return Err(why.into());
    }
    let mut entries = BTreeMap::new();
    for (position, (key, value)) in keys.iter().zip(values).enumerate() {
        let Data::String(key) = &key.data else {
            return Err(format!("keys list has null value at index {position}").into());
        };
        entries.insert(key.clone(), value.clone());
    }
    let result = match &list.data {
        Data::List(element, _) => Value::map(element.clone(), entries),
        _ => Value::object(entries),
    };
    Ok(result.marked(list.marks))
}

fn transpose(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let map = &arguments[0];
    if !map.is_wholly_known() {
        return Ok(Value::unknown_not_null(map_of_lists()));
    }
    let mut turned: BTreeMap<Text, Vec<Value>> = BTreeMap::new();
    for (name, list) in map.as_entries().into_iter().flatten() {
        let Some(elements) = list.as_elements() else { return Err("input must not contain null list".into()) };
        for element in elements {
            let Data::String(key) = &element.data else {
                return Err("input list must not contain null string".into());
            };
            turned.entry(key.clone()).or_default().push(Data::String(name.clone()).into());
        }
    }
    let entries = turned.into_iter().map(|(key, names)| (key, Value::list(Type::String, names))).collect();
    Ok(Value::map(Type::list(Type::String), entries))
}
