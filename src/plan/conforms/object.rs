//! Whether what came of a plan is what was planned.

use super::{Mismatch, block_holds_secrets, field, holds_secrets, is_secret, types::conforms};
use crate::{
    schema::{Attribute, NestedBlock, Nesting, SchemaBlock},
    value::{Bounds, Data, Members, Path, PathStep, Text, Type, Unknown, Value, go_value, mismatch, quoted_string},
};
use std::collections::BTreeMap;

/// What of `actual` is not what `planned` promised. What was unknown may have become anything of its type that it could be.
pub fn check_object(schema: &SchemaBlock, planned: &Value, actual: &Value) -> Vec<Mismatch> {
    let mut found = Vec::new();
    block(schema, planned, actual, &Path::default(), &mut found);
    found
}

const SECRET: &str = "inconsistent values for sensitive attribute";

fn block(schema: &SchemaBlock, planned: &Value, actual: &Value, path: &Path, found: &mut Vec<Mismatch>) {
    let root = if path.0.is_empty() { "Root object " } else { "" };
    match (planned.is_null(), actual.is_null()) {
        (true, false) => return found.push(Mismatch::new(path, format!("{root}was absent, but now present"))),
        (false, true) => return found.push(Mismatch::new(path, format!("{root}was present, but now absent"))),
        (true, true) => return,
        (false, false) => {}
    }
    for (name, it) in &schema.attributes {
        let part = |of: &Value| field(of, name, || it.ty.without_optional());
        attribute(it, &part(planned), &part(actual), &path.then(PathStep::Attribute(name.clone())), found);
    }
    for (name, nested) in &schema.blocks {
        let part = |of: &Value| field(of, name, || nested.implied_type());
        blocks(nested, &part(planned), &part(actual), &path.then(PathStep::Attribute(name.clone())), found);
    }
}

fn blocks(nested: &NestedBlock, planned: &Value, actual: &Value, path: &Path, found: &mut Vec<Mismatch>) {
    if matches!(nested.nesting, Nesting::Single | Nesting::Group) {
        // A dynamic block may have come to nothing.
        if planned.is_known() || !actual.is_null() {
            block(&nested.block, planned, actual, path, found);
        }
        return;
    }
    let count =
        |planned: usize, actual: usize| Mismatch::new(path, format!("block count changed from {planned} to {actual}"));
    match (&planned.data, &actual.data) {
        (Data::List(_, planned) | Data::Tuple(planned), Data::List(_, actual) | Data::Tuple(actual)) => {
            if planned.len() != actual.len() {
                return found.push(count(planned.len(), actual.len()));
            }
            for (at, (planned, actual)) in planned.iter().zip(&**actual).enumerate() {
                block(&nested.block, planned, actual, &path.then(PathStep::Index(at)), found);
            }
        }
        (Data::Map(_, planned), Data::Map(_, actual)) => {
            if planned.len() != actual.len() {
                return found.push(count(planned.len(), actual.len()));
            }
            for (key, planned) in &**planned {
                if let Some(actual) = actual.get(key) {
                    block(&nested.block, planned, actual, &path.then(PathStep::Key(key.clone())), found);
                }
            }
        }
        (Data::Object(planned), Data::Object(actual)) => labelled(&nested.block, planned, actual, path, found),
        (Data::Set(_, planned), Data::Set(_, actual)) => {
            let fits = |planned: &Value, actual: &Value| {
                let mut found = Vec::new();
                block(&nested.block, planned, actual, &path.then(PathStep::Element(actual.clone())), &mut found);
                found.is_empty()
            };
            let before = found.len();
            set(planned, actual, fits, path, found);
            if planned.len() < actual.len() {
                let what = format!("block set length changed from {} to {}", planned.len(), actual.len());
                found.push(Mismatch::new(path, what));
            }
            if found.len() > before && block_holds_secrets(&nested.block) {
                found.truncate(before);
                found.push(Mismatch::new(path, SECRET));
            }
        }
        _ => {}
    }
}

/// Blocks whose types differ from one to the other.
fn labelled(
    schema: &SchemaBlock,
    planned: &BTreeMap<Text, Value>,
    actual: &BTreeMap<Text, Value>,
    path: &Path,
    found: &mut Vec<Mismatch>,
) {
    for (key, planned) in planned {
        match actual.get(key) {
            Some(actual) => block(schema, planned, actual, &path.then(PathStep::Attribute(key.clone())), found),
            None => found.push(Mismatch::new(path, format!("block key {} has vanished", quoted_string(key)))),
        }
    }
    for key in actual.keys().filter(|it| !planned.contains_key(*it)) {
        found.push(Mismatch::new(path, format!("new block key {} has appeared", quoted_string(key))));
    }
}

fn attribute(schema: &Attribute, planned: &Value, actual: &Value, path: &Path, found: &mut Vec<Mismatch>) {
    let before = found.len();
    if *planned != Value::null(Type::Any) && *planned != Value::unknown(Type::Any) {
        let (wanted, given) = (planned.ty(), actual.ty());
        if conforms(&given, &wanted).is_empty() {
            value(planned, actual, path, found);
        } else {
            let what = format!("wrong final value type: {}", mismatch(&given, &wanted));
            found.push(Mismatch::new(path, what));
        }
    }
    if found.len() > before && (holds_secrets(schema) || is_secret(planned) || is_secret(actual)) {
        found.truncate(before);
        found.push(Mismatch::new(path, SECRET));
    }
}

/// Of values of one type.
fn value(planned: &Value, actual: &Value, path: &Path, found: &mut Vec<Mismatch>) {
    let mut wrong = |what: String| found.push(Mismatch::new(path, what));
    match (&planned.data, &actual.data) {
        (Data::Unknown(unknown), _) => {
            if !includes(unknown, actual) {
                let (actual, planned) = (go_value(actual), go_value(planned));
                wrong(format!("final value {actual} does not conform to planning placeholder {planned}"));
            }
        }
        (Data::Null(_), Data::Null(_)) => {}
        (_, Data::Null(_)) => wrong(format!("was {}, but now null", go_value(planned))),
        // Nothing was promised of it, not even its type.
        (Data::Null(Type::Any), _) => {}
        (Data::Null(_), _) => wrong(format!("was null, but now {}", go_value(actual))),
        (_, Data::Unknown(_)) => wrong("was known, but now unknown".into()),
        (Data::List(_, planned) | Data::Tuple(planned), Data::List(_, actual) | Data::Tuple(actual)) => {
            for at in 0..planned.len().max(actual.len()) {
                match (planned.get(at), actual.get(at)) {
                    (Some(planned), Some(actual)) => value(planned, actual, &path.then(PathStep::Index(at)), found),
                    (Some(_), None) => found.push(Mismatch::new(path, format!("element {at} has vanished"))),
                    (None, _) => found.push(Mismatch::new(path, format!("new element {at} has appeared"))),
                }
            }
        }
        (Data::Map(_, planned), Data::Map(_, actual)) => {
            for (key, planned) in &**planned {
                match actual.get(key) {
                    Some(actual) => value(planned, actual, &path.then(PathStep::Key(key.clone())), found),
                    None => {
                        found.push(Mismatch::new(path, format!("element {} has vanished", quoted_string(key))));
                    }
                }
            }
            for key in actual.keys().filter(|it| !planned.contains_key(*it)) {
                found.push(Mismatch::new(path, format!("new element {} has appeared", quoted_string(key))));
            }
        }
        (Data::Object(planned), Data::Object(actual)) => {
            for (name, planned) in &**planned {
                if let Some(actual) = actual.get(name) {
                    value(planned, actual, &path.then(PathStep::Attribute(name.clone())), found);
                }
            }
        }
        (Data::Set(_, planned), Data::Set(_, actual)) => {
            let fits = |planned: &Value, actual: &Value| {
                let mut found = Vec::new();
                value(planned, actual, &path.then(PathStep::Element(actual.clone())), &mut found);
                found.is_empty()
            };
            set(planned, actual, fits, path, found);
            if planned.len() < actual.len() {
                let what = format!("length changed from {} to {}", planned.len(), actual.len());
                found.push(Mismatch::new(path, what));
            }
        }
        (left, right) if left == right => {}
        _ => wrong(format!("was {}, but now {}", go_value(planned), go_value(actual))),
    }
}

/// Each element of one set has to fit some of the other, and the other way round. Equal ones do, and are found at once.
fn set(
    planned: &[Value],
    actual: &[Value],
    fits: impl Fn(&Value, &Value) -> bool,
    path: &Path,
    found: &mut Vec<Mismatch>,
) {
    let (these, those) = (Members::of(planned), Members::of(actual));
    let before = found.len();
    for planned in planned.iter().filter(|it| !those.contain(it)) {
        if !actual.iter().any(|it| fits(planned, it)) {
            let what =
                format!("planned set element {} does not correlate with any element in actual", go_value(planned));
            found.push(Mismatch::new(path, what));
        }
    }
    // They would tell the same from the other side.
    if found.len() > before {
        return;
    }
    for actual in actual.iter().filter(|it| !these.contain(it)) {
        if !planned.iter().any(|it| fits(it, actual)) {
            let what = format!("actual set element {} does not correlate with any element in plan", go_value(actual));
            found.push(Mismatch::new(path, what));
        }
    }
}

/// Whether an unknown value can have become this one, which is of its type.
fn includes(unknown: &Unknown, actual: &Value) -> bool {
    if actual.is_null() {
        return !unknown.not_null;
    }
    match (unknown.bounds.as_deref(), &actual.data) {
        (Some(Bounds::Prefix(prefix)), Data::String(text)) => text.starts_with(&**prefix),
        (Some(Bounds::Range(least, most)), Data::Number(number)) => {
            least.as_ref().is_none_or(|it| it <= number) && most.as_ref().is_none_or(|it| it >= number)
        }
        (Some(Bounds::Length(least, most)), _) => {
            actual.lengths().is_none_or(|(fewest, greatest)| greatest >= *least && fewest <= *most)
        }
        _ => true,
    }
}
