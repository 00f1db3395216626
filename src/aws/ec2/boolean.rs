//! Booleans as the calls take them that modify one attribute.

use aws_sdk_ec2::types::AttributeBooleanValue;

pub(super) fn flag(value: bool) -> AttributeBooleanValue {
    AttributeBooleanValue::builder().value(value).build()
}
