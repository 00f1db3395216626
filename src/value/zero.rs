//! Values that say nothing: `false`, 0, `""`, and collections without elements.

use super::{Data, Type, Value};
use std::collections::BTreeMap;

impl Value {
    /// The value of a type that says nothing; none where every value says something.
    pub fn zero(ty: &Type) -> Option<Self> {
        Some(match ty {
            Type::Bool => Self::bool(false),
            Type::Number => Self::number(0),
            Type::String => Self::string(""),
            Type::List(element) => Self::list((**element).clone(), Vec::new()),
            Type::Set(element) => Self::set((**element).clone(), Vec::new()),
            Type::Map(element) => Self::map((**element).clone(), BTreeMap::new()),
            Type::Any | Type::Tuple(_) | Type::Object(_) => return None,
        })
    }

    /// Whether it says nothing. Null is not such a value.
    pub fn is_zero(&self) -> bool {
        match &self.data {
            Data::Bool(value) => !value,
            Data::Number(number) => number.is_zero(),
            Data::String(text) => text.is_empty(),
            Data::List(_, values) | Data::Set(_, values) => values.is_empty(),
            Data::Map(_, entries) => entries.is_empty(),
            Data::Null(_) | Data::Unknown(_) | Data::Tuple(_) | Data::Object(_) => false,
        }
    }
}
