//! `check_results`: what became of the conditions of the configuration when state was last written.

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::sync::Arc;

/// What is known of one declaration that has conditions.
#[derive(Clone, Debug, Serialize)]
pub struct CheckResult {
    /// `resource`, `output`, `check` or `var`
    pub object_kind: &'static str,
    pub config_addr: String,
    /// `pass`, `fail`, `error` or `unknown`
    pub status: &'static str,
    /// None if it has no instances, or they are not known, as after all was destroyed.
    pub objects: Option<Vec<CheckObject>>,
}

/// One instance of it.
#[derive(Clone, Debug, Serialize)]
pub struct CheckObject {
    pub object_addr: String,
    pub status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failure_messages: Vec<String>,
}

/// As the state file holds them; nothing where nothing has conditions.
pub fn encode(results: &[CheckResult]) -> Option<Arc<RawValue>> {
    if results.is_empty() { None } else { to_raw_value(results).ok().map(Arc::from) }
}
