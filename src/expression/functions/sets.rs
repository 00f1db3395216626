//! Functions over sets.

use super::{Failure, Function, Parameter, arguments::Arguments, types};
use crate::{
    expression::{evaluate::Scope, limits::check_elements},
    value::{Marks, Members, Type, Value, convert, unify},
};

const FIRST: &[Parameter] = &[Parameter::new("first_set", types::set_of_any)];

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("setintersection", FIRST, combined_type, |it, _| combine(it, true, intersect))
        .variadic(Parameter::new("other_sets", types::set_of_any)),
    Function::new("setunion", FIRST, combined_type, |it, _| combine(it, false, unite))
        .variadic(Parameter::new("other_sets", types::set_of_any)),
    Function::new(
        "setsubtract",
        &[Parameter::new("a", types::set_of_any), Parameter::new("b", types::set_of_any)],
        combined_type,
        |it, _| combine(it, true, subtract),
    ),
    Function::new("setproduct", &[], product_type, product)
        .variadic(Parameter::new("sets", types::any).marked().typed()),
];

fn element_type(value: &Value) -> Type {
    match value.ty() {
        Type::List(element) | Type::Set(element) => (*element).clone(),
        _ => Type::Any,
    }
}

/// The type that all sets convert to. An empty set of no certain type goes with any.
fn combined_type(sets: &[Value]) -> Result<Type, Failure> {
    let is_typed = |it: &&Value| it.length() != Some(0) || element_type(it) != Type::Any;
    let types: Vec<Type> = sets.iter().filter(is_typed).map(element_type).collect();
    let element = if types.is_empty() { Some(Type::Any) } else { unify(&types) };
    Ok(Type::set(element.ok_or("given sets must all have compatible element types")?))
}

/// Converts all sets to one type and folds them. `compares` says whether it has to be known which elements are equal.
fn combine(sets: &[Value], compares: bool, step: fn(Vec<Value>, &[Value]) -> Vec<Value>) -> Result<Value, Failure> {
    let ty = combined_type(sets)?;
    if compares && !sets.iter().all(Value::is_wholly_known) {
        return Ok(Value::unknown_not_null(ty));
    }
    let converted: Vec<Value> =
        sets.iter().map(|it| convert(it, &ty)).collect::<Result<_, _>>().map_err(|it| Failure::Call(it.0))?;
    let first = converted.elements(0).to_vec();
    let result = (1..converted.len()).fold(first, |result, position| step(result, converted.elements(position)));
    let Type::Set(element) = ty else { return Ok(Value::unknown(ty)) };
    Ok(Value::set((*element).clone(), result))
}

fn intersect(left: Vec<Value>, right: &[Value]) -> Vec<Value> {
    let right = Members::of(right);
    left.into_iter().filter(|it| right.contain(it)).collect()
}

fn unite(mut left: Vec<Value>, right: &[Value]) -> Vec<Value> {
    left.extend_from_slice(right);
    left
}

fn subtract(left: Vec<Value>, right: &[Value]) -> Vec<Value> {
    let right = Members::of(right);
    left.into_iter().filter(|it| !right.contain(it)).collect()
}

/// A list of tuples if all arguments are lists, else a set of them.
fn product_type(arguments: &[Value]) -> Result<Type, Failure> {
    if arguments.len() < 2 {
        return Err("at least two arguments are required".into());
    }
    let mut ordered = true;
    let mut types = Vec::new();
    for (position, argument) in arguments.iter().enumerate() {
        types.push(match argument.ty() {
            Type::Any => return Ok(Type::Any),
            Type::List(element) => (*element).clone(),
            Type::Set(element) => {
                ordered = false;
                (*element).clone()
            }
            Type::Tuple(elements) if elements.is_empty() => Type::Any,
            Type::Tuple(elements) => {
                let why = "all elements must be of the same type";
                unify(&elements).ok_or_else(|| Failure::Argument(position, why.into()))?
            }
            _ => return Err(Failure::Argument(position, "a set or a list is required".into())),
        });
    }
    let row = Type::Tuple(types.into());
    Ok(if ordered { Type::list(row) } else { Type::set(row) })
}

/// Every combination with one element of each, the last changing fastest.
fn product(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let ty = product_type(arguments)?;
    let marks = arguments.iter().fold(Marks::NONE, |marks, it| marks.with(it.marks));
    // Elements of a set that are not known may turn out equal.
    if arguments.iter().any(|it| it.lengths().is_some_and(|(least, most)| least < most)) {
        return Ok(Value::unknown_not_null(ty).marked(marks));
    }
    let (Type::List(row) | Type::Set(row)) = &ty else { return Ok(Value::unknown(ty).marked(marks)) };
    let Type::Tuple(types) = &**row else { return Ok(Value::unknown(ty).marked(marks)) };
    let count = arguments.iter().try_fold(1usize, |count, it| count.checked_mul(it.length()?));
    check_elements(count.unwrap_or(usize::MAX))?;
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    for (position, ty) in types.iter().enumerate() {
        let elements = arguments.elements(position).iter().map(|it| convert(it, ty));
        let elements: Vec<Value> =
            elements.collect::<Result<_, _>>().map_err(|it| Failure::Argument(position, it.0))?;
        let longer =
            |row: &Vec<Value>| elements.iter().map(|it| [row.as_slice(), std::slice::from_ref(it)].concat()).collect();
        rows = rows.iter().flat_map(|row| -> Vec<Vec<Value>> { longer(row) }).collect();
    }
    let rows = rows.into_iter().map(Value::tuple).collect();
    let row = (**row).clone();
    let result = if let Type::List(_) = ty { Value::list(row, rows) } else { Value::set(row, rows) };
    Ok(result.marked(marks))
}
