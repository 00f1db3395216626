//! Objects of state without what their type has not: an earlier release of their provider may have had more attributes.

use crate::value::Type;
use serde_json::Value as Json;
use std::borrow::Cow;

/// `attributes`, an object as JSON, as it is where all of it is of `ty`.
pub(super) fn known<'a>(attributes: &'a str, ty: &Type) -> Cow<'a, str> {
    // What cannot be read its provider will say.
    let mut json = serde_json::from_str::<Json>(attributes).unwrap_or_default();
    if strip(&mut json, ty) { json.to_string().into() } else { attributes.into() }
}

/// Whether there was anything to take away.
fn strip(json: &mut Json, ty: &Type) -> bool {
    let mut found = false;
    match (json, ty) {
        (Json::Array(values), Type::List(element) | Type::Set(element)) => {
            values.iter_mut().for_each(|it| found |= strip(it, element));
        }
        (Json::Object(values), Type::Map(element)) => {
            values.values_mut().for_each(|it| found |= strip(it, element));
        }
        (Json::Object(values), Type::Object(object)) => {
            let count = values.len();
            values.retain(|name, _| object.attributes.contains_key(name.as_str()));
            found = values.len() < count;
            for (name, value) in values {
                if let Some(attribute) = object.attributes.get(name.as_str()) {
                    found |= strip(value, attribute);
                }
            }
        }
        _ => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_type_has_not_is_taken_away() {
        let inner = || Type::object([("a", Type::Number)]);
        let ty = Type::object([
            ("name", Type::String),
            ("one", inner()),
            ("list", Type::List(inner().into())),
            ("map", Type::Map(inner().into())),
            ("any", Type::Any),
        ]);
        for (before, after) in [
            (r#"{"name":"n","old":1}"#, r#"{"name":"n"}"#),
            (r#"{"one":{"a":1.50,"b":2}, "list":[{"a":1,"b":2},null]}"#, r#"{"one":{"a":1.50},"list":[{"a":1},null]}"#),
            (r#"{"map":{"b":{"a":1,"b":2}},"any":{"b":1}}"#, r#"{"map":{"b":{"a":1}},"any":{"b":1}}"#),
            // As it is written, where nothing is taken away.
            (r#"{ "name": "n", "one": null }"#, r#"{ "name": "n", "one": null }"#),
            ("[", "["),
        ] {
            assert_eq!(known(before, &ty), after);
        }
    }
}
