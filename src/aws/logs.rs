//! CloudWatch Logs.

mod log_group;

use super::resource::{Kind, of};

pub(super) const RESOURCES: &[&dyn Kind] = &[of::<log_group::LogGroup>()];
