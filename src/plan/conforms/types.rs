//! Whether an object has the type that its schema says.

use super::Mismatch;
use crate::{
    schema::SchemaBlock,
    value::{Path, PathStep, Type, Value, quoted_string},
};

/// What of the type of `value` is not as the schema says. Nothing of a null of the right type.
pub fn check_type(schema: &SchemaBlock, value: &Value) -> Vec<Mismatch> {
    conforms(&value.ty(), &schema.implied_type())
}

/// What keeps values of one type from being values of another, where `Any` takes whatever there is.
pub(super) fn conforms(given: &Type, wanted: &Type) -> Vec<Mismatch> {
    let mut found = Vec::new();
    compare(given, wanted, &Path::default(), &mut found);
    found
}

fn compare(given: &Type, wanted: &Type, path: &Path, found: &mut Vec<Mismatch>) {
    // Which element it is does not matter, so its place is an unknown one.
    let any = |element: &Type| path.then(PathStep::Element(Value::unknown(element.clone())));
    match (given, wanted) {
        (_, Type::Any) => {}
        _ if given == wanted => {}
        (Type::Object(given), Type::Object(wanted)) => {
            let (given, wanted) = (&given.attributes, &wanted.attributes);
            for name in given.keys().filter(|it| !wanted.contains_key(*it)) {
                found.push(Mismatch::new(path, format!("unsupported attribute {}", quoted_string(name))));
            }
            for name in wanted.keys().filter(|it| !given.contains_key(*it)) {
                found.push(Mismatch::new(path, format!("missing required attribute {}", quoted_string(name))));
            }
            for (name, wanted) in wanted {
                if let Some(given) = given.get(name) {
                    compare(given, wanted, &path.then(PathStep::Attribute(name.clone())), found);
                }
            }
        }
        (Type::Tuple(given), Type::Tuple(wanted)) if given.len() == wanted.len() => {
            for (at, (given, wanted)) in given.iter().zip(&**wanted).enumerate() {
                compare(given, wanted, &path.then(PathStep::Index(at)), found);
            }
        }
        (Type::Tuple(given), Type::Tuple(wanted)) => {
            let what = format!("{} elements are required, but got {}", wanted.len(), given.len());
            found.push(Mismatch::new(path, what));
        }
        (Type::List(given), Type::List(wanted))
        | (Type::Map(given), Type::Map(wanted))
        | (Type::Set(given), Type::Set(wanted)) => compare(given, wanted, &any(given), found),
        _ => {
            let what = format!("{} required, but received {}", wanted.friendly(), given.friendly());
            found.push(Mismatch::new(path, what));
        }
    }
}
