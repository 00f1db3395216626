//! What state records of an object as a value of its type.

use super::sensitive;
use crate::{
    provider::Provider,
    schema::Schema,
    state::{Object, ObjectError},
    value::Value,
};

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
    Ok(schema.block.whole(value))
}
