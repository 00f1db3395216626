//! The language's `==`.

use super::{Bounds, Data, Type, Unknown, Value};

impl Value {
    /// Whether the values are equal: a bool, unknown where that cannot be said yet. Values of different types
    /// differ, but all nulls are equal. Has the marks of both sides.
    pub fn equals(&self, other: &Self) -> Value {
        let marks = self.marks_within().with(other.marks_within());
        let equal = equal(self, other).map_or_else(|| Self::unknown_not_null(Type::Bool), Self::bool);
        equal.marked(marks)
    }
}

impl Value {
    /// Whether both are the same but for marks: an unknown value only to an unknown one, a null only to a null.
    pub fn equals_unmarked(&self, other: &Self) -> bool {
        let pairwise = |left: &[Value], right: &[Value]| {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.equals_unmarked(right))
        };
        match (&self.data, &other.data) {
            (Data::List(_, left), Data::List(_, right))
            | (Data::Set(_, left), Data::Set(_, right))
            | (Data::Tuple(left), Data::Tuple(right)) => std::sync::Arc::ptr_eq(left, right) || pairwise(left, right),
            (Data::Map(_, left), Data::Map(_, right)) | (Data::Object(left), Data::Object(right)) => {
                std::sync::Arc::ptr_eq(left, right)
                    || (left.keys().eq(right.keys())
                        && left.values().zip(right.values()).all(|(left, right)| left.equals_unmarked(right)))
            }
            (Data::Null(_), Data::Null(_)) | (Data::Unknown(_), Data::Unknown(_)) => true,
            (left, right) => left == right,
        }
    }
}

/// `None` if it is not known.
fn equal(left: &Value, right: &Value) -> Option<bool> {
    match (&left.data, &right.data) {
        (Data::Unknown(unknown), _) => equal_to_unknown(unknown, right),
        (_, Data::Unknown(unknown)) => equal_to_unknown(unknown, left),
        (Data::Null(_), Data::Null(_)) => Some(true),
        (Data::Bool(left), Data::Bool(right)) => Some(left == right),
        (Data::Number(left), Data::Number(right)) => Some(left == right),
        (Data::String(left), Data::String(right)) => Some(left == right),
        (Data::List(left_type, left), Data::List(right_type, right)) if same(left_type, right_type) => {
            all(left.len() == right.len(), left.iter().zip(&**right))
        }
        (Data::Tuple(left), Data::Tuple(right)) => all(left.len() == right.len(), left.iter().zip(&**right)),
        (Data::Set(left_type, left_values), Data::Set(right_type, right_values)) if same(left_type, right_type) => {
            if !left.is_wholly_known() || !right.is_wholly_known() {
                return None;
            }
            all(left_values.len() == right_values.len(), left_values.iter().zip(&**right_values))
        }
        (Data::Map(left_type, left), Data::Map(right_type, right)) if same(left_type, right_type) => {
            all(left.keys().eq(right.keys()), left.values().zip(right.values()))
        }
        (Data::Object(left), Data::Object(right)) => {
            all(left.keys().eq(right.keys()), left.values().zip(right.values()))
        }
        _ => Some(false),
    }
}

/// Whether two types can turn out to be one.
fn same(left: &Type, right: &Type) -> bool {
    match (left, right) {
        (Type::Any, _) | (_, Type::Any) => true,
        (Type::List(left), Type::List(right))
        | (Type::Set(left), Type::Set(right))
        | (Type::Map(left), Type::Map(right)) => same(left, right),
        (Type::Tuple(left), Type::Tuple(right)) => {
            left.len() == right.len() && left.iter().zip(&**right).all(|(left, right)| same(left, right))
        }
        (Type::Object(left), Type::Object(right)) => {
            let (left, right) = (&left.attributes, &right.attributes);
            left.keys().eq(right.keys()) && left.values().zip(right.values()).all(|(left, right)| same(left, right))
        }
        _ => left == right,
    }
}

/// The first pair that differs or is unknown decides, as in cty.
fn all<'v>(same_shape: bool, mut pairs: impl Iterator<Item = (&'v Value, &'v Value)>) -> Option<bool> {
    if !same_shape {
        return Some(false);
    }
    let decided = pairs.find_map(|(left, right)| match equal(left, right) {
        Some(true) => None,
        other => Some(other),
    });
    decided.unwrap_or(Some(true))
}

fn equal_to_unknown(unknown: &Unknown, other: &Value) -> Option<bool> {
    match &other.data {
        Data::Null(_) => return if unknown.not_null { Some(false) } else { None },
        Data::String(text) if unknown.prefix().is_some_and(|prefix| !text.starts_with(&**prefix)) => {
            return Some(false);
        }
        Data::Number(number) => {
            if let Some(Bounds::Range(least, most)) = unknown.bounds.as_deref()
                && (least.as_ref().is_some_and(|it| number < it) || most.as_ref().is_some_and(|it| number > it))
            {
                return Some(false);
            }
        }
        _ => {}
    }
    if let (Some((least, most)), Some((other_least, other_most))) = (unknown.length(), other.lengths())
        && (other_most < least || other_least > most)
    {
        return Some(false);
    }
    (!same(&other.ty(), &unknown.ty)).then_some(false)
}
