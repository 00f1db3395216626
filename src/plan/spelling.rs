//! How plans write JSON documents: as hashicorp/aws does, so that plans of either say the same of the same configuration.

use super::equal::sha1_of;
use crate::{
    schema::{SchemaBlock, Spelling},
    value::{Data, Text, Value},
};
use serde_json::Value as Json;
use std::{collections::BTreeMap, fmt::Write};

const VERSION: (&str, &str) = ("Version", "2012-10-17");

/// `wanted` in that spelling; as it is where it is no such document.
pub(super) fn spelled(spelling: Spelling, wanted: Value) -> Value {
    if spelling == Spelling::Sha1 {
        let digest = wanted.as_str().filter(|it| !it.is_empty()).map(sha1_of);
        return digest.map_or(wanted.clone(), |it| Value::string(&it).marked(wanted.marks));
    }
    let Some(json) = wanted.as_str().filter(|_| spelling != Spelling::AsWritten).and_then(parse) else { return wanted };
    let mut text = String::new();
    write(&json, spelling == Spelling::Policy, &mut text);
    Value { data: Data::String(text.as_str().into()), marks: wanted.marks }
}

/// The arguments of which a plan has only a digest, as `config` has them.
pub(super) fn in_full(block: &SchemaBlock, config: &Value) -> BTreeMap<Text, Value> {
    let digests = block.attributes.iter().filter(|(_, it)| it.spelling == Spelling::Sha1);
    let given = digests.filter_map(|(name, _)| Some((name.clone(), config.get(name)?.clone())));
    given.filter(|(_, it)| it.as_str().is_some()).collect()
}

fn parse(text: &str) -> Option<Json> {
    serde_json::from_str(text).ok().filter(|it: &Json| it.is_object() || it.is_array())
}

/// Go's form: keys in the order of their bytes, numbers as `float64` has them, and nothing that HTML could take for its own.
fn write(json: &Json, version_first: bool, out: &mut String) {
    match json {
        Json::Object(entries) => {
            let is_first = |key: &str| version_first && key == VERSION.0 && entries[key] == VERSION.1;
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| (!is_first(key), *key));
            enclose(out, '{', entries, '}', |(key, value), out| {
                text(key, out);
                out.push(':');
                write(value, false, out);
            });
        }
        Json::Array(items) => enclose(out, '[', items, ']', |item, out| write(item, false, out)),
        Json::String(it) => text(it, out),
        Json::Number(it) => number(it, out),
        Json::Null | Json::Bool(_) => out.push_str(&json.to_string()),
    }
}

fn enclose<T>(
    out: &mut String,
    open: char,
    items: impl IntoIterator<Item = T>,
    close: char,
    each: impl Fn(T, &mut String),
) {
    out.push(open);
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        each(item, out);
    }
    out.push(close);
}

fn text(it: &str, out: &mut String) {
    for part in Json::from(it).to_string().chars() {
        match part {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => drop(write!(out, "\\u{:04x}", u32::from(part))),
            _ => out.push(part),
        }
    }
}

fn number(it: &serde_json::Number, out: &mut String) {
    let Some(value) = it.as_f64() else { return out.push_str(&it.to_string()) };
    let size = value.abs();
    let _ = match size != 0.0 && !(1e-6..1e21).contains(&size) {
        true => {
            let exponential = format!("{value:e}");
            let sign = if size >= 1.0 { "e+" } else { "e" };
            write!(out, "{}", exponential.replace('e', sign))
        }
        false => write!(out, "{value}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What hashicorp/aws 5.100.0 plans for `assume_role_policy` of a role and `policy` of `aws_iam_policy`, and for `policy` of
    /// `aws_iam_role_policy` and of inline policies.
    #[test]
    fn documents_are_planned_as_terraform_plans_them() {
        let check = |given: &str, json: &str, policy: &str| {
            for (spelling, expected) in
                [(Spelling::Json, json), (Spelling::Policy, policy), (Spelling::AsWritten, given)]
            {
                assert_eq!(spelled(spelling, Value::string(given)), Value::string(expected), "{given} {spelling:?}");
            }
        };
        check(
            r#" {
              "Version": "2012-10-17",
              "Statement": [{ "Sid": "", "Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com", "AWS": ["b", "a"]},
                "Condition": {"Z": {"b": "<&>", "a": 1.50}}}],
              "Id": "x\u00e9\u003c"
            } "#,
            r#"{"Id":"xé\u003c","Statement":[{"Condition":{"Z":{"a":1.5,"b":"\u003c\u0026\u003e"}},"Effect":"Allow","Principal":{"AWS":["b","a"],"Service":"ec2.amazonaws.com"},"Sid":""}],"Version":"2012-10-17"}"#,
            r#"{"Version":"2012-10-17","Id":"xé\u003c","Statement":[{"Condition":{"Z":{"a":1.5,"b":"\u003c\u0026\u003e"}},"Effect":"Allow","Principal":{"AWS":["b","a"],"Service":"ec2.amazonaws.com"},"Sid":""}]}"#,
        );
        check(
            r#"{"Statement": [ ], "Version" : "2012-10-17" }"#,
            r#"{"Statement":[],"Version":"2012-10-17"}"#,
            r#"{"Version":"2012-10-17","Statement":[]}"#,
        );
        let old = r#"{"Statement":{"Effect":"Deny"},"Version":"2008-10-17"}"#;
        check(old, old, old);
        for no_document in ["", "text", "{\"a\":", "1"] {
            check(no_document, no_document, no_document);
        }
        let numbers = r#"[0,-1.5,1e21,123456789012345678,1e-7,100]"#;
        let written = r#"[0,-1.5,1e+21,123456789012345680,1e-7,100]"#;
        check(numbers, written, written);
    }
}
