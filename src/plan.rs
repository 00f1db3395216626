//! What will be done and in which order, decided before anything is done. Pure: no IO, no clock.
//!
//! Planning asks, it does not fetch: [`Planning::Needs`] lists what has to be looked up before it can go on.

pub mod change;

use crate::{
    address::{InstanceAddress, ModuleAddress, Name, ProviderAddress},
    provider::{Found, Known, Result},
    value::Value,
};
pub use change::{Action, OutputChange, Plan, Reason, ResourceChange, Step, StepKind, Steps};
use std::collections::HashMap;

pub enum Planning {
    Needs(Vec<Lookup>),
    Ready(Box<Plan>),
}

/// A configured provider: the configuration block, in one instance of its module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProviderKey {
    pub address: ProviderAddress,
    pub module: ModuleAddress,
}

/// A question that planning has. Many of one provider and type become one request.
#[derive(Clone, Debug)]
pub enum Lookup {
    Object(ObjectKey, ProviderKey, Known),
    Data(InstanceAddress, ProviderKey, Value),
}

/// An object of state: the current one of an instance, or a deposed one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectKey {
    pub address: InstanceAddress,
    pub deposed: Option<Name>,
}

/// The answers so far.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub objects: HashMap<ObjectKey, Result<Found>>,
    pub data: HashMap<InstanceAddress, Result<Value>>,
}
