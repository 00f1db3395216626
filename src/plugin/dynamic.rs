//! Values as messages have them: MessagePack, which we write, or JSON, which a provider may answer.

use super::{message::DynamicValue, msgpack};
use crate::value::{Data, Type, Value, from_json, to_json_as};

/// `value` where `ty` is expected, without its marks.
pub fn to_message(value: &Value, ty: &Type) -> Result<DynamicValue, String> {
    Ok(DynamicValue { msgpack: msgpack::write(value, ty)?, json: Vec::new() })
}

/// The value that a message is; null where there is none.
pub fn from_message(message: Option<&DynamicValue>, ty: &Type) -> Result<Value, String> {
    match message {
        Some(message) if !message.msgpack.is_empty() => msgpack::read(&message.msgpack, ty),
        Some(message) if !message.json.is_empty() => read_json(&message.json, ty),
        _ => Ok(Value::null(ty.without_optional())),
    }
}

/// As JSON, which is what state and older providers have. It cannot say that something is unknown or infinite.
pub fn to_json_bytes(value: &Value, ty: &Type) -> Result<Vec<u8>, String> {
    let mut problem = None;
    value.walk(&mut |path, value| {
        let is_infinite = value.as_number().is_some_and(|it| it.is_infinite());
        if is_infinite || matches!(value.data, Data::Unknown(_)) {
            let what = if is_infinite { "infinite" } else { "unknown" };
            problem.get_or_insert_with(|| format!("{}JSON has no word for what is {what}", path.prefix()));
        }
        problem.is_none()
    });
    problem.map_or_else(|| Ok(to_json_as(value, ty).to_string().into_bytes()), Err)
}

fn read_json(json: &[u8], ty: &Type) -> Result<Value, String> {
    // The parser has a limit of depth.
    let json = serde_json::from_slice::<serde_json::Value>(json).map_err(|it| it.to_string())?;
    if *ty == Type::Any {
        // By itself this would be read as a value that says nothing of its type.
        let read = from_json(&serde_json::json!({ "it": json }), &Type::object([("it", Type::Any)]));
        return read.map_err(|it| it.0).map(|it| it.get("it").cloned().unwrap_or(it));
    }
    from_json(&json, ty).map_err(|it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Number;

    #[test]
    fn values_come_back_from_json() {
        let number = Value::number(Number::parse(&format!("{}.5", "12".repeat(70))).unwrap());
        let object = Type::object([("a", Type::Any), ("b", Type::set(Type::Number))]);
        let value = Value::object(
            [
                ("a".into(), Value::list(Type::String, vec![Value::string("x")])),
                ("b".into(), Value::set(Type::Number, vec![number])),
            ]
            .into(),
        );
        for (value, ty) in [
            (Value::null(Type::String), Type::String),
            (value.clone(), object),
            (value, Type::Any),
            (Value::bool(true), Type::Any),
        ] {
            let json = to_json_bytes(&value, &ty).unwrap();
            let message = DynamicValue { msgpack: Vec::new(), json };
            assert_eq!(from_message(Some(&message), &ty), Ok(value));
        }
        assert_eq!(from_message(None, &Type::Bool), Ok(Value::null(Type::Bool)));
        assert!(to_json_bytes(&Value::tuple(vec![Value::unknown(Type::Bool)]), &Type::Any).is_err());
        assert!(to_json_bytes(&Value::number(Number::infinity(true)), &Type::Number).is_err());
        for json in ["", "{", "[1]", &"[".repeat(1000)] {
            let message = DynamicValue { msgpack: Vec::new(), json: json.into() };
            assert!(from_message(Some(&message), &Type::Bool).is_err() || json.is_empty(), "{json}");
        }
    }
}
