//! What to say when no value of a type converts to another.

use super::super::{ObjectType, Type};
use super::is_convertible;

/// What is wrong with a value of type `got` where `want` is needed; they do not convert.
pub fn message(got: &Type, want: &Type) -> String {
    match (got, want) {
        (Type::Object(got), Type::Object(want)) => object(got, want),
        (Type::Tuple(_), Type::List(element)) if **element == Type::Any => {
            "all list elements must have the same type".into()
        }
        (Type::Tuple(_), Type::Set(element)) if **element == Type::Any => {
            "all set elements must have the same type".into()
        }
        (Type::Object(_), Type::Map(element)) if **element == Type::Any => {
            "all map elements must have the same type".into()
        }
        (Type::Tuple(got), Type::List(want) | Type::Set(want)) => {
            let wrong = got.iter().enumerate().find(|(_, it)| !is_convertible(it, want));
            wrong.map_or_else(
                || "all elements must have the same type".into(),
                |(position, it)| format!("element {position}: {}", message(it, want)),
            )
        }
        (Type::Object(got), Type::Map(want)) => {
            let wrong = got.attributes.iter().find(|(_, it)| !is_convertible(it, want));
            wrong.map_or_else(
                || "all map elements must have the same type".into(),
                |(name, it)| format!("element {name:?}: {}", message(it, want)),
            )
        }
        (Type::List(got) | Type::Set(got), Type::List(want)) => {
            format!("incorrect list element type: {}", message(got, want))
        }
        (Type::List(got) | Type::Set(got), Type::Set(want)) => {
            format!("incorrect set element type: {}", message(got, want))
        }
        (Type::Map(got), Type::Map(want)) => format!("incorrect map element type: {}", message(got, want)),
        _ => format!("{} required", want.friendly_constraint()),
    }
}

fn object(got: &ObjectType, want: &ObjectType) -> String {
    let mut missing = Vec::new();
    for (name, wanted) in &want.attributes {
        match got.attributes.get(name) {
            Some(it) if !is_convertible(it, wanted) => return format!("attribute {name:?}: {}", message(it, wanted)),
            None if !want.optional.contains(name) => missing.push(format!("{name:?}")),
            _ => {}
        }
    }
    match missing.as_slice() {
        [] => "incompatible object type".into(),
        [one] => format!("attribute {one} is required"),
        [one, two] => format!("attributes {one} and {two} are required"),
        [some @ .., last] => format!("attributes {}, and {last} are required", some.join(", ")),
    }
}
