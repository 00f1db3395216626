//! `alltrue` and `anytrue`.

use super::{Failure, Function, Parameter, arguments::Arguments, types};
use crate::{
    expression::evaluate::Scope,
    value::{Data, Type, Value},
};

const LIST: &[Parameter] = &[Parameter::new("list", list_of_bool)];

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("alltrue", LIST, types::returns_bool, all_true),
    Function::new("anytrue", LIST, types::returns_bool, any_true),
];

fn list_of_bool() -> Type {
    Type::list(Type::Bool)
}

/// In order: what comes first, a false or an unknown value, decides. Null is false.
fn all_true(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    for element in arguments.elements(0) {
        match element.data {
            Data::Bool(true) => {}
            Data::Unknown(_) => return Ok(Value::unknown_not_null(Type::Bool)),
            _ => return Ok(Value::bool(false)),
        }
    }
    Ok(Value::bool(true))
}

fn any_true(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let elements = arguments.elements(0);
    if elements.iter().any(|it| it.as_bool() == Some(true)) {
        return Ok(Value::bool(true));
    }
    if elements.iter().any(|it| !it.is_known()) {
        return Ok(Value::unknown_not_null(Type::Bool));
    }
    Ok(Value::bool(false))
}
