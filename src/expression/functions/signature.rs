//! What a function takes and gives, as it is told to users and editors.

use super::{Parameter, function, types};
use crate::value::{Type, Value};

pub struct Signature {
    pub name: &'static str,
    pub parameters: &'static [Parameter],
    /// What takes any number of arguments more.
    pub variadic: Option<&'static Parameter>,
    /// [`Type::Any`] if it depends on the arguments.
    pub returns: Type,
}

/// Functions whose result Terraform types by their arguments alone, so that without any it has no type. rforge knows it.
const UNTYPED: &[&str] = &["contains", "format", "formatlist", "index", "parseint", "setproduct", "sum"];

/// The signature of the function of that name, with or without the prefix `core::`.
pub fn signature(name: &str) -> Option<Signature> {
    match name.strip_prefix("core::").unwrap_or(name) {
        // The two that take expressions are no functions to the evaluator.
        "can" => {
            static PARAMETERS: &[Parameter] = &[Parameter::new("expression", types::any)];
            Some(Signature { name: "can", parameters: PARAMETERS, variadic: None, returns: Type::Bool })
        }
        "try" => {
            static VARIADIC: Parameter = Parameter::new("expressions", types::any);
            Some(Signature { name: "try", parameters: &[], variadic: Some(&VARIADIC), returns: Type::Any })
        }
        name => {
            let function = function(name)?;
            let unknown: Vec<Value> = function.parameters.iter().map(|it| Value::unknown((it.ty)())).collect();
            let returns = match UNTYPED.contains(&function.name) {
                true => Type::Any,
                false => (function.returns)(&unknown).unwrap_or(Type::Any),
            };
            let (parameters, variadic) = (function.parameters, function.variadic.as_ref());
            Some(Signature { name: function.name, parameters, variadic, returns })
        }
    }
}
