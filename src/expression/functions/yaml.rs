//! `yamlencode` and `yamldecode`.

mod decode;
mod emit;
mod tabs;

use super::{Failure, Function, Parameter, arguments::Arguments, types};
use crate::{
    expression::{evaluate::Scope, limits::check_encoded},
    value::{Type, Value},
};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("yamlencode", &[Parameter::new("value", types::any).null().unknown()], types::returns_string, encode),
    Function::new("yamldecode", &[Parameter::new("src", types::string)], types::returns_any, decode),
];

fn encode(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    if !arguments[0].is_wholly_known() {
        return Ok(Value::unknown_not_null(Type::String));
    }
    check_encoded(&arguments[0])?;
    Ok(Value::string(emit::document(&arguments[0])))
}

fn decode(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    decode::document(arguments.text(0)).map_err(Failure::Call)
}
