//! `tostring` and its like.

use super::{Failure, Function, Parameter, Returns, types};
use crate::{
    expression::evaluate::Scope,
    value::{ConversionError, Data, Type, Value, convert, is_convertible},
};

pub(super) static FUNCTIONS: &[Function] = &[
    conversion("tostring", to_string, types::returns_string),
    conversion("tonumber", to_number, types::returns_number),
    conversion("tobool", to_bool, types::returns_bool),
    conversion("tolist", to_list, |_| Ok(types::list_of_any())),
    conversion("toset", to_set, |_| Ok(types::set_of_any())),
    conversion("tomap", to_map, |_| Ok(types::map_of_any())),
];

const fn conversion(
    name: &'static str,
    call: fn(&[Value], &dyn Scope) -> Result<Value, Failure>,
    returns: Returns,
) -> Function {
    Function {
        name,
        parameters: const { &[Parameter::new("v", types::any).null().unknown().marked()] },
        variadic: None,
        returns,
        nullable: true,
        call,
    }
}

fn to_string(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    to(&arguments[0], Type::String)
}
fn to_number(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    to(&arguments[0], Type::Number)
}
fn to_bool(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    to(&arguments[0], Type::Bool)
}
fn to_list(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    to(&arguments[0], types::list_of_any())
}
fn to_set(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    to(&arguments[0], types::set_of_any())
}
fn to_map(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    to(&arguments[0], types::map_of_any())
}

/// Of a value that is unknown itself, not even the type of its elements is known afterwards, as in Terraform.
fn to(value: &Value, ty: Type) -> Result<Value, Failure> {
    let known = value.is_known() || !is_convertible(&value.ty(), &ty);
    if !known && ty.has_any() {
        return Ok(Value::unknown(ty).marked(value.marks));
    }
    convert(value, &ty).map_err(|error| Failure::Argument(0, explain(value, &ty, &error)))
}

/// These functions word failures in their own way, and show a string only if it is not sensitive.
fn explain(value: &Value, ty: &Type, error: &ConversionError) -> String {
    match (&value.data, ty) {
        (Data::String(_), Type::Bool | Type::Number) if value.is_sensitive() => {
            format!("cannot convert this sensitive string to {}", ty.friendly())
        }
        (Data::String(text), Type::Bool) => {
            format!("cannot convert {text:?} to bool; only the strings \"true\" or \"false\" are allowed")
        }
        (Data::String(text), Type::Number) => {
            format!("cannot convert {text:?} to number; given string must be a decimal representation of a number")
        }
        _ if value.ty() == *ty => error.to_string(),
        _ => format!("cannot convert {} to {}", value.ty().friendly(), ty.friendly_constraint()),
    }
}
