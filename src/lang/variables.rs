//! Values of input variables: where those of the root come from, and what becomes of a value that is given.

mod given;
mod validation;

#[cfg(test)]
mod tests;

pub use given::{Assignment, Given, Origin, collect, interpret, missing, root_values};
pub use validation::{UNMET, check_validations};

use super::configuration::{TypeDefaults, Variable};
use crate::{
    diagnostic::{Diagnostic, Sources},
    value::{Data, Marks, Type, Value, convert},
};
use std::{collections::BTreeMap, sync::Arc};

/// The value that `variable` has when it is given `given`: with the default where nothing, or a null that it may
/// not be, is given, converted to its type, and marked as the block says.
///
/// The one place that decides this, for root and child variables. `origin` is where a wrong value is reported.
pub fn prepare(
    variable: &Variable,
    given: Option<Value>,
    origin: &Origin,
    sources: &Sources,
) -> Result<Value, Box<Diagnostic>> {
    let marks = |value: Value| value.marked(marks(variable));
    let given = given.filter(|value| variable.nullable || !value.is_null());
    let Some(value) = given else {
        return match &variable.default {
            Some(default) => Ok(marks(default.clone())),
            None => Err(origin.at(required(variable))),
        };
    };
    let converted = if value.is_null() {
        convert(&value, &variable.ty)
    } else {
        convert(&apply_defaults(&value, &variable.type_defaults), &variable.ty)
    };
    converted.map(marks).map_err(|error| {
        let detail = origin.unsuitable(variable, &sources.place(variable.span), &error.to_string());
        let error = Diagnostic::error("Invalid value for input variable", detail);
        match origin {
            // These have no place of their own.
            Origin::Environment | Origin::CommandLine | Origin::Prompt => Box::new(error.at(variable.span)),
            _ => origin.at(error),
        }
    })
}

/// What every value of the variable has, as its block says.
pub fn marks(variable: &Variable) -> Marks {
    let sensitive = if variable.sensitive { Marks::SENSITIVE } else { Marks::NONE };
    sensitive.with(if variable.ephemeral { Marks::EPHEMERAL } else { Marks::NONE })
}

fn required(variable: &Variable) -> Diagnostic {
    let detail = format!("The variable {:?} is required, but is not set.", &*variable.name);
    Diagnostic::error("Required variable not set", detail)
}

/// `value` with the defaults of optional attributes where it lacks them or has them null.
pub fn apply_defaults(value: &Value, defaults: &TypeDefaults) -> Value {
    if *defaults == TypeDefaults::default() {
        return value.clone();
    }
    let below = |name: &str| defaults.children.get(name).or_else(|| defaults.children.get(""));
    let apply = |name: &str, value: &Value| below(name).map_or_else(|| value.clone(), |it| apply_defaults(value, it));
    let each = |values: &[Value]| -> Vec<Value> {
        values.iter().enumerate().map(|(index, value)| apply(&index.to_string(), value)).collect()
    };
    let data = match &value.data {
        Data::Object(entries) | Data::Map(_, entries) => {
            let mut all: BTreeMap<_, Value> =
                entries.iter().map(|(name, value)| (name.clone(), apply(name, value))).collect();
            for (name, default) in &defaults.attributes {
                if all.get(name).is_none_or(Value::is_null) {
                    all.insert(name.clone(), apply(name, default));
                }
            }
            // What stays a map is one whose elements have defaults; one that becomes an object may get values of
            // several types.
            Data::Object(Arc::new(all))
        }
        // The conversion that follows finds the common type of the elements again.
        Data::List(_, values) | Data::Tuple(values) => Data::Tuple(Arc::new(each(values))),
        Data::Set(_, values) => Data::Tuple(Arc::new(each(values))),
        Data::Null(_) | Data::Unknown(_) | Data::Bool(_) | Data::Number(_) | Data::String(_) => return value.clone(),
    };
    Value { data, marks: value.marks }
}

/// What a variable without a type constraint takes a text for.
fn is_literal(variable: &Variable) -> bool {
    variable.literal || matches!(variable.ty, Type::Bool | Type::Number | Type::String)
}
