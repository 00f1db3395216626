//! Functions over sets.

use super::{Failure, Function, Parameter, arguments::Arguments, types};
use crate::{
    lang::evaluate::Scope,
    value::{Data, Marks, Type, Value, convert, unify},
};

const FIRST: &[Parameter] = &[Parameter::new("first_set", types::set_of_any)];

pub static FUNCTIONS: &[Function] = &[
    Function::new("setintersection", FIRST, types::returns_any, |it, _| combine(it, intersect))
        .variadic(Parameter::new("other_sets", types::set_of_any)),
    Function::new("setunion", FIRST, types::returns_any, |it, _| combine(it, unite))
        .variadic(Parameter::new("other_sets", types::set_of_any)),
    Function::new(
        "setsubtract",
        &[Parameter::new("a", types::set_of_any), Parameter::new("b", types::set_of_any)],
        types::returns_any,
        |it, _| combine(it, subtract),
    ),
    Function::new("setproduct", &[], types::returns_any, product).variadic(Parameter::new("sets", types::any).marked()),
];

fn element_type(value: &Value) -> Type {
    match &value.data {
        Data::List(element, _) | Data::Set(element, _) => element.clone(),
        _ => Type::Any,
    }
}

/// Converts all sets to one type and folds them.
fn combine(sets: &[Value], step: fn(Vec<Value>, &[Value]) -> Vec<Value>) -> Result<Value, Failure> {
    // An empty set of no certain type goes with any.
    let types: Vec<Type> = sets.iter().map(element_type).filter(|it| *it != Type::Any).collect();
    let element = if types.is_empty() { Some(Type::Any) } else { unify(&types) };
    let element = element.ok_or("given sets must all have compatible element types")?;
    let ty = Type::set(element.clone());
    if !sets.iter().all(Value::is_wholly_known) {
        return Ok(Value::unknown_not_null(ty));
    }
    let converted: Vec<Value> =
        sets.iter().map(|it| convert(it, &ty)).collect::<Result<_, _>>().map_err(|it| Failure::Call(it.0))?;
    let first = converted.elements(0).to_vec();
    let result = (1..converted.len()).fold(first, |result, position| step(result, converted.elements(position)));
    Ok(Value::set(element, result))
}

fn intersect(left: Vec<Value>, right: &[Value]) -> Vec<Value> {
    left.into_iter().filter(|it| right.contains(it)).collect()
}

fn unite(mut left: Vec<Value>, right: &[Value]) -> Vec<Value> {
    left.extend_from_slice(right);
    left
}

fn subtract(left: Vec<Value>, right: &[Value]) -> Vec<Value> {
    left.into_iter().filter(|it| !right.contains(it)).collect()
}

/// Every combination with one element of each, the last changing fastest: a set of tuples if all are sets, else a
/// list.
fn product(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    if arguments.len() < 2 {
        return Err("at least two arguments are required".into());
    }
    let marks = arguments.iter().fold(Marks::NONE, |marks, it| marks.with(it.marks));
    let mut all_sets = true;
    let mut types = Vec::new();
    for (position, argument) in arguments.iter().enumerate() {
        match &argument.data {
            Data::Set(element, _) => types.push(element.clone()),
            Data::List(element, _) => {
                all_sets = false;
                types.push(element.clone());
            }
            Data::Tuple(elements) => {
                all_sets = false;
                let given: Vec<Type> = elements.iter().map(Value::ty).collect();
                let element = if given.is_empty() { Some(Type::Any) } else { unify(&given) };
                let why = "all elements must be of the same type";
                types.push(element.ok_or_else(|| Failure::Argument(position, why.into()))?);
            }
            _ => return Err(Failure::Argument(position, "a set or a list is required".into())),
        }
    }
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    for (position, ty) in types.iter().enumerate() {
        let mut longer = Vec::new();
        for row in &rows {
            for element in arguments.elements(position) {
                let element = convert(element, ty).map_err(|it| Failure::Argument(position, it.0))?;
                longer.push(row.iter().cloned().chain([element]).collect());
            }
        }
        rows = longer;
    }
    let element = Type::Tuple(types.into());
    let rows = rows.into_iter().map(Value::tuple).collect();
    let result = if all_sets { Value::set(element, rows) } else { Value::list(element, rows) };
    Ok(result.marked(marks))
}
