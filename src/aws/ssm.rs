//! Systems Manager.

mod parameter;
mod parameter_data;
mod parameter_ephemeral;

use super::resource::{DataType, Kind, data, of};

pub(super) const RESOURCES: &[&dyn Kind] = &[of::<parameter::Parameter>()];

pub(super) const DATA: &[DataType] = &[data::<parameter_data::ParameterData>()];

pub(super) const EPHEMERAL: &[DataType] = &[data::<parameter_ephemeral::ParameterEphemeral>()];
