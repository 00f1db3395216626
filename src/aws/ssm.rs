//! Systems Manager.

mod parameter;

use super::resource::{ResourceType, of};

pub const RESOURCES: &[ResourceType] = &[of::<parameter::Parameter>()];
