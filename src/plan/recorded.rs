//! What state records of an object as a value of its type, and back.

use super::sensitive;
use crate::{
    provider::{Identity, Kept, Provider},
    schema::Schema,
    state::{Object, ObjectError},
    value::Value,
};
use serde_json::value::RawValue;
use std::sync::Arc;

/// As the provider of today has it, whichever release of it has written the object; no nested blocks are null in it, whoever
/// has written the state.
pub(super) fn value(
    object: &Object,
    schema: &Schema,
    provider: Option<&dyn Provider>,
    type_name: &str,
) -> Result<Value, ObjectError> {
    let value = object.decode(&schema.block.implied_type())?;
    let value = match provider.filter(|_| object.schema_version < schema.version) {
        Some(provider) => {
            let upgraded = provider.upgrade(type_name, object.schema_version, value);
            sensitive::mark(&schema.block, upgraded)
        }
        None => value,
    };
    Ok(sensitive::mark_echoes(&schema.block, schema.block.whole(value)))
}

/// `value` with what echoes a secret marked as that is.
pub fn with_echoes(value: Value, schema: &Schema) -> Value {
    sensitive::mark_echoes(&schema.block, value)
}

/// `value`, which must be known, as state records it.
pub fn object(value: &Value, schema: &Schema) -> Result<Object, ObjectError> {
    Object::encode(
        &sensitive::unmark_echoes(&schema.block, value.clone()),
        &schema.block.implied_type(),
        schema.version,
    )
}

/// `object` with other attributes, which must be known.
pub fn changed(object: &Object, value: &Value, schema: &Schema) -> Result<Object, ObjectError> {
    object.with_attributes(&sensitive::unmark_echoes(&schema.block, value.clone()), &schema.block.implied_type())
}

/// What state keeps of an object for its provider alone.
pub fn kept(object: &Object) -> Kept {
    // However whoever wrote the state has laid it out.
    let compact = |raw: &RawValue| serde_json::from_str(raw.get()).map(|it: serde_json::Value| it.to_string()).ok();
    let identity = object
        .identity
        .as_deref()
        .and_then(compact)
        .map(|json| Identity { version: object.identity_schema_version.unwrap_or_default(), json: json.into() });
    Kept { private: object.private.clone(), identity }
}

/// `object` with that kept of it.
pub fn keeping(object: Object, kept: Kept) -> Object {
    let raw = |json: &str| RawValue::from_string(json.to_owned()).ok().map(Arc::from);
    let (identity, version) = match &kept.identity {
        Some(identity) => (raw(&identity.json), Some(identity.version)),
        None => (None, None),
    };
    Object { private: kept.private, identity, identity_schema_version: version, ..object }
}

/// As [`object`], with null for what is unknown.
pub fn planned_object(value: &Value, schema: &Schema) -> Object {
    let value = sensitive::unmark_echoes(&schema.block, value.clone());
    Object::encode_planned(&value, &schema.block.implied_type(), schema.version)
}
