//! `metadata functions -json`: the functions of the language as editors read them.

use crate::{
    diagnostic::Signature as Provided,
    expression::functions::{self, Parameter, Signature},
    provider::{self, Provider},
    value::{Type, type_to_json},
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

/// The functions of a provider by their names there: those that it has, and those of `provider::NAME` that are part of the language.
pub(super) fn of_provider(name: &str, provider: &dyn Provider) -> Map<String, Json> {
    let prefix = format!("provider::{name}::");
    let named = |it: &'static str| Some((it.strip_prefix(&prefix)?.to_owned(), metadata(&functions::signature(it)?)));
    let mut signatures: Vec<_> = functions::names().filter_map(named).collect();
    signatures.extend(provider.functions().iter().map(|(name, it)| (name.to_string(), provided(it))));
    signatures.sort_by(|one, other| one.0.cmp(&other.0));
    signatures.into_iter().collect()
}

fn provided(function: &provider::Function) -> Json {
    let mut out = json!({ "return_type": type_to_json(&function.returns) });
    let texts = [
        ("description", &function.description),
        ("summary", &function.summary),
        ("deprecation_message", &function.deprecated),
    ];
    for (name, text) in texts.into_iter().filter(|it| !it.1.is_empty()) {
        out[name] = text.as_str().into();
    }
    let parameter = |it: &provider::Parameter| {
        let mut out = json!({ "name": &*it.name, "type": type_to_json(&it.ty) });
        if !it.description.is_empty() {
            out["description"] = it.description.as_str().into();
        }
        if it.takes_null {
            out["is_nullable"] = true.into();
        }
        out
    };
    if !function.parameters.is_empty() {
        out["parameters"] = function.parameters.iter().map(parameter).collect();
    }
    if let Some(variadic) = &function.variadic {
        out["variadic_parameter"] = parameter(variadic);
    }
    out
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
pub fn call(called_as: &str, provided: Option<&Provided>) -> Json {
    let mut out = json!({ "called_as": called_as });
    let parameter = |name: &str, ty: &Type| json!({ "name": name, "type": type_to_json(ty) });
    let mut describe = |name: &str, parameters: Vec<Json>, variadic: Option<Json>, returns: &Type| {
        let mut described = json!({ "name": name, "params": parameters });
        if let Some(variadic) = variadic {
            described["variadic_param"] = variadic;
        }
        described["return_type"] = type_to_json(returns);
        out["signature"] = described;
    };
    if let Some(it) = provided {
        let named = |(name, ty): &(String, Type)| parameter(name, ty);
        describe(&it.name, it.parameters.iter().map(named).collect(), it.variadic.as_ref().map(named), &it.returns);
    } else if let Some(it) = functions::signature(called_as) {
        let named = |it: &Parameter| parameter(it.name, &(it.ty)());
        describe(it.name, it.parameters.iter().map(named).collect(), it.variadic.map(named), &it.returns);
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
