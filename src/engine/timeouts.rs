//! How long the user is willing to wait: the `timeouts` block of a resource.

use crate::{duration, provider::Traits, value::Value};
use std::time::Duration;

/// How long the operation `name` (`create`, `update`, `delete`) on an object may take: what the `timeouts` block in
/// its `attributes` says, otherwise what its type says.
pub(super) fn patience(attributes: &Value, name: &str, traits: &Traits) -> Duration {
    let given = attributes.get("timeouts").and_then(|it| it.get(name)).and_then(Value::as_str);
    given.and_then(duration::length).unwrap_or(if name == "delete" { traits.delete_patience } else { traits.patience })
}
