//! One value as the three documents that the formats spread it over: what is known, what is not, what is sensitive.

use crate::value::{Data, Type, Value, to_json};
use serde_json::{Map, Value as Json};

/// What is known of a value: attributes that are unknown are left out, unknown elements of a list are null.
pub(super) fn known(value: &Value) -> Json {
    match &value.data {
        Data::Unknown(_) => Json::Null,
        Data::List(_, values) | Data::Set(_, values) | Data::Tuple(values) => values.iter().map(known).collect(),
        Data::Map(_, values) | Data::Object(values) => {
            let known = values.iter().filter(|(_, value)| value.is_known());
            Json::Object(known.map(|(name, value)| (name.to_string(), self::known(value))).collect())
        }
        Data::Null(_) | Data::Bool(_) | Data::Number(_) | Data::String(_) => to_json(value),
    }
}

/// `true` where a value is unknown; in objects, only what is or contains something.
pub(super) fn unknown(value: &Value) -> Json {
    marks(value, &|value| !value.is_known())
}

/// `true` where a value is sensitive. An unknown collection counts as an empty one.
pub(super) fn sensitive(value: &Value) -> Json {
    match &value.data {
        _ if value.is_sensitive() => true.into(),
        Data::Unknown(unknown) => match unknown.ty {
            Type::List(_) | Type::Set(_) | Type::Tuple(_) => Json::Array(Vec::new()),
            Type::Map(_) | Type::Object(_) => Json::Object(Map::new()),
            _ => false.into(),
        },
        _ => marks(value, &Value::is_sensitive),
    }
}

fn marks(value: &Value, is_marked: &dyn Fn(&Value) -> bool) -> Json {
    if is_marked(value) {
        return true.into();
    }
    let inside = |value: &Value| {
        let is_unknown = matches!(value.data, Data::Unknown(_));
        if is_unknown && !is_marked(value) { sensitive(value) } else { marks(value, is_marked) }
    };
    match &value.data {
        Data::List(_, values) | Data::Set(_, values) | Data::Tuple(values) => values.iter().map(inside).collect(),
        Data::Map(_, values) | Data::Object(values) => {
            let found = values.iter().map(|(name, value)| (name.to_string(), inside(value)));
            Json::Object(found.filter(|(_, found)| *found != false).collect())
        }
        _ => false.into(),
    }
}
