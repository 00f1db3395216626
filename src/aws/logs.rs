//! CloudWatch Logs.

mod log_group;

use super::resource::{ResourceType, of};

pub const RESOURCES: &[ResourceType] = &[of::<log_group::LogGroup>()];
