//! `metadata functions -json`: the functions of the language as editors read them.

use crate::{
    expression::functions::{self, Parameter, Signature},
    value::type_to_json,
};
use serde_json::{Map, Value as Json, json};

const FORMAT: &str = "1.0";

/// Every function, under its name and with the prefix `core::`.
pub fn functions() -> Json {
    let names = functions::names().chain(["can", "try"]).filter(|name| !name.contains("::"));
    let mut signatures: Vec<(String, Json)> =
        names.filter_map(|name| Some((name.to_owned(), metadata(&functions::signature(name)?)))).collect();
    signatures.extend(signatures.clone().into_iter().map(|(name, it)| (format!("core::{name}"), it)));
    signatures.sort_by(|one, other| one.0.cmp(&other.0));
    json!({ "format_version": FORMAT, "function_signatures": signatures.into_iter().collect::<Map<_, _>>() })
}

/// The functions of `provider::NAME`, by their names there.
pub(super) fn of_provider(name: &str) -> Map<String, Json> {
    let prefix = format!("provider::{name}::");
    let named = |it: &'static str| Some((it.strip_prefix(&prefix)?.to_owned(), metadata(&functions::signature(it)?)));
    let mut signatures: Vec<_> = functions::names().filter_map(named).collect();
    signatures.sort_by(|one, other| one.0.cmp(&other.0));
    signatures.into_iter().collect()
}

fn metadata(signature: &Signature) -> Json {
    let mut out = json!({});
    if let Some(description) = functions::description(signature.name) {
        out["description"] = description.into();
    }
    out["return_type"] = type_to_json(&signature.returns);
    if !signature.parameters.is_empty() {
        out["parameters"] = signature.parameters.iter().map(parameter).collect();
    }
    if let Some(variadic) = signature.variadic {
        out["variadic_parameter"] = parameter(variadic);
    }
    out
}

/// The function that a diagnostic is about, in the format of its snippet.
pub fn call(called_as: &str) -> Json {
    let mut out = json!({ "called_as": called_as });
    if let Some(signature) = functions::signature(called_as) {
        let parameter = |it: &Parameter| json!({ "name": it.name, "type": type_to_json(&(it.ty)()) });
        let mut described = json!({
            "name": signature.name,
            "params": signature.parameters.iter().map(parameter).collect::<Json>(),
        });
        if let Some(variadic) = signature.variadic {
            described["variadic_param"] = parameter(variadic);
        }
        described["return_type"] = type_to_json(&signature.returns);
        out["signature"] = described;
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
