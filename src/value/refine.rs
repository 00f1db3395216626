//! What is known of a value before the value is.

use super::{Bounds, Data, Number, Type, Unknown, Value};
use std::{collections::BTreeMap, sync::Arc};

impl Value {
    /// The unknown value, or the value itself where what is known leaves no other. Of a list that has a certain length each
    /// element is unknown.
    pub fn refined(unknown: Unknown) -> Self {
        if !unknown.not_null {
            return Data::Unknown(unknown).into();
        }
        match (&unknown.ty, unknown.bounds.as_deref()) {
            (Type::Number, Some(Bounds::Range(Some(least), Some(most)))) if least == most => {
                Self::number(least.clone())
            }
            (Type::List(element), Some(Bounds::Length(least, most))) if least == most => {
                Self::list((**element).clone(), vec![Self::unknown((**element).clone()); *most])
            }
            // Elements of a larger set could be equal.
            (Type::Set(element), Some(Bounds::Length(least, most))) if least == most && *most <= 1 => {
                Self::set((**element).clone(), vec![Self::unknown((**element).clone()); *most])
            }
            (Type::Map(element), Some(Bounds::Length(_, 0))) => Self::map((**element).clone(), BTreeMap::new()),
            _ => Data::Unknown(unknown).into(),
        }
    }

    /// A number that is unknown but for its limits.
    pub fn number_between(least: Option<Number>, most: Option<Number>) -> Self {
        let bounds = Some(Arc::new(Bounds::Range(least, most)));
        Self::refined(Unknown { ty: Type::Number, not_null: true, bounds })
    }

    /// The least and the most elements that a collection, tuple or object can have; `None` of anything else.
    pub fn lengths(&self) -> Option<(usize, usize)> {
        match &self.data {
            // Elements of a set that are not known may turn out equal.
            Data::Set(_, values) if !self.is_wholly_known() => Some((values.len().min(1), values.len())),
            Data::Unknown(unknown) => match &unknown.ty {
                Type::Tuple(types) => Some((types.len(), types.len())),
                Type::Object(object) => Some((object.attributes.len(), object.attributes.len())),
                Type::List(_) | Type::Set(_) | Type::Map(_) => Some(unknown.length().unwrap_or((0, usize::MAX))),
                _ => None,
            },
            _ => self.length().map(|length| (length, length)),
        }
    }

    /// The least and the greatest that a number can be, where that is known.
    pub fn range(&self) -> (Option<&Number>, Option<&Number>) {
        match &self.data {
            Data::Number(number) => (Some(number), Some(number)),
            Data::Unknown(Unknown { bounds: Some(bounds), .. }) => match &**bounds {
                Bounds::Range(least, most) => (least.as_ref(), most.as_ref()),
                _ => (None, None),
            },
            _ => (None, None),
        }
    }

    /// Whether this number is certainly less than the other, or certainly greater.
    pub fn is_less(&self, other: &Self) -> Option<bool> {
        let (left, right) = (self.range(), other.range());
        let below =
            |most: Option<&Number>, least: Option<&Number>| most.zip(least).is_some_and(|(most, least)| most < least);
        match (below(left.1, right.0), below(right.1, left.0)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }
}
