//! `metadata functions -json`: the functions of the language as editors read them.

use crate::{
    lang::functions::{self, Function, Parameter},
    value::{Type, Value, type_to_json},
};
use serde_json::{Map, Value as Json, json};

const FORMAT: &str = "1.0";

/// Functions whose result Terraform types by their arguments alone, so that without any it has no type. rforge knows it.
const UNTYPED: &[&str] = &["contains", "format", "formatlist", "index", "parseint", "setproduct", "sum"];

/// Every function, under its name and with the prefix `core::`.
pub fn functions() -> Json {
    let mut signatures: Vec<(String, Json)> = functions::names()
        .filter(|name| !name.contains("::"))
        .filter_map(|name| Some((name.to_owned(), signature(functions::function(name)?))))
        .collect();
    // The two that take expressions are no functions to the evaluator.
    let expression = |name: &str| json!({ "name": name, "type": "dynamic" });
    signatures.push((
        "can".into(),
        json!({
            "description": functions::description("can"),
            "return_type": "bool",
            "parameters": [expression("expression")],
        }),
    ));
    signatures.push((
        "try".into(),
        json!({
            "description": functions::description("try"),
            "return_type": "dynamic",
            "variadic_parameter": expression("expressions"),
        }),
    ));
    signatures.extend(signatures.clone().into_iter().map(|(name, it)| (format!("core::{name}"), it)));
    signatures.sort_by(|one, other| one.0.cmp(&other.0));
    json!({ "format_version": FORMAT, "function_signatures": signatures.into_iter().collect::<Map<_, _>>() })
}

fn signature(function: &Function) -> Json {
    let unknown: Vec<Value> = function.parameters.iter().map(|it| Value::unknown((it.ty)())).collect();
    let untyped = UNTYPED.contains(&function.name);
    let returns = if untyped { Type::Any } else { (function.returns)(&unknown).unwrap_or(Type::Any) };
    let mut out = json!({
        "description": functions::description(function.name),
        "return_type": type_to_json(&returns),
    });
    if !function.parameters.is_empty() {
        out["parameters"] = function.parameters.iter().map(parameter).collect();
    }
    if let Some(variadic) = &function.variadic {
        out["variadic_parameter"] = parameter(variadic);
    }
    out
}

fn parameter(parameter: &Parameter) -> Json {
    let mut out = json!({ "name": parameter.name });
    if parameter.takes_null {
        out["is_nullable"] = true.into();
    }
    out["type"] = type_to_json(&(parameter.ty)());
    out
}
