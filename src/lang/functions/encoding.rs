//! Functions from and to text formats.

use super::{Failure, Function, Parameter, types};
use crate::{
    lang::evaluate::Scope,
    value::{Type, Value, to_json},
};

pub static FUNCTIONS: &[Function] = &[Function {
    name: "jsonencode",
    parameters: &[Parameter::new("val", types::any).null().unknown()],
    variadic: None,
    returns: types::returns_string,
    nullable: false,
    call: json_encode,
}];

fn json_encode(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    if !arguments[0].is_wholly_known() {
        return Ok(Value::unknown_not_null(Type::String));
    }
    let json = to_json(&arguments[0]).to_string();
    // As Go does, so that the text can stand inside HTML.
    let escaped = json
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    Ok(Value::string(escaped))
}
