//! CloudWatch Logs.

mod log_group;

use super::resource::{ResourceType, of};

pub(super) const RESOURCES: &[ResourceType] = &[of::<log_group::LogGroup>()];
