//! Values of calls as the scripts have them: bytes are `{"$bytes": base64}`, times `{"$time": RFC 3339}`.

use aws_smithy_types::{DateTime, date_time::Format};
use base64::{Engine, engine::general_purpose::STANDARD};
use rforge::aws::wire::{Map, Value, model::Service, services};
use serde_json::{Value as Json, json};

pub(super) fn service(name: &str) -> &'static Service {
    services::service(name).unwrap_or_else(|| panic!("{name} is not recorded"))
}

pub(super) fn told(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(it) => json!(it),
        Value::Int(it) => json!(it),
        Value::Float(it) => json!(it),
        Value::String(it) => json!(it),
        Value::Bytes(it) => json!({ "$bytes": STANDARD.encode(it) }),
        Value::Time(it) => json!({ "$time": it.fmt(Format::DateTime).unwrap() }),
        Value::List(it) => Json::Array(it.iter().map(told).collect()),
        Value::Map(it) => Json::Object(it.iter().map(|(key, it)| (key.clone(), told(it))).collect()),
    }
}

pub(super) fn input(json: &Json) -> Map {
    let Value::Map(map) = given(json) else { panic!("an input is an object, not {json}") };
    map
}

fn given(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(it) => Value::Bool(*it),
        Json::Number(it) => it.as_i64().map_or_else(|| Value::Float(it.as_f64().unwrap()), Value::Int),
        Json::String(it) => Value::String(it.clone()),
        Json::Array(it) => Value::List(it.iter().map(given).collect()),
        Json::Object(it) => {
            let tagged = |tag: &str| it.get(tag).and_then(Json::as_str);
            match (tagged("$bytes"), tagged("$time")) {
                (Some(bytes), _) => Value::Bytes(STANDARD.decode(bytes).unwrap()),
                (_, Some(time)) => Value::Time(DateTime::from_str(time, Format::DateTimeWithOffset).unwrap()),
                _ => Value::Map(it.iter().map(|(key, it)| (key.clone(), given(it))).collect()),
            }
        }
    }
}
