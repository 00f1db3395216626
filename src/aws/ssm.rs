//! Systems Manager.

mod parameter;
mod parameter_data;

use super::resource::{DataType, ResourceType, data, of};

pub const RESOURCES: &[ResourceType] = &[of::<parameter::Parameter>()];

pub const DATA: &[DataType] = &[data::<parameter_data::ParameterData>()];
