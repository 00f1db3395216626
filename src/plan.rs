//! What will be done and in which order, decided before anything is done. Pure: no IO, no clock.
//!
//! Planning asks, it does not fetch: [`Planning::Needs`] lists what has to be looked up before it can go on.

pub mod accept;
mod adopt;
mod assertion;
pub mod change;
pub mod checks;
mod claims;

pub mod conforms;
mod connections;
mod data;
mod diff;
mod ephemeral;
mod equal;
mod evaluation;
mod expansion;
pub mod generate;
mod ignore;
mod import;
mod inspect;
mod meta;
mod missing;
mod moves;
mod objects;
mod order;
mod planner;
mod prepare;
mod prior;
mod problem;
mod proposal;
mod proposed;
mod protect;
mod provider;
mod provisioners;
mod questions;
pub mod recorded;
mod refresh;
mod relevant;
mod removed;
mod resource;
mod rules;
pub mod saved;
mod scope;
mod sensitive;
#[cfg(test)]
pub(crate) mod sketch;
mod spelling;
mod strip;
mod target;
mod told;
mod traversal;
mod trigger;
mod unmanaged;
mod validate;
mod values;
mod world;

use crate::{
    address::{InstanceAddress, ModuleAddress, Name, ProviderAddress},
    provider::{Found, Known, Problem, Question, Result, Wanted},
    value::Value,
};
pub use adopt::{Adoption, adoption, check_declared};
pub use assertion::{Asserted, assert_all};
pub use change::{Action, Importing, OutputChange, Plan, Reason, Relevant, ResourceChange, Step, StepKind, Steps};
pub use diff::{difference, propose};
pub use equal::sha1_of;
pub use evaluation::Evaluation;
pub use ignore::apply as ignored;
pub use import::found;
pub use inspect::inspect;
pub use missing::needed_by;
pub use planner::{Planner, Request};
pub use prepare::Prepared;
pub use problem::of_block;
pub use provisioners::Provision;
pub use questions::{Answers, Asked, Purpose};
pub use refresh::newer;
use std::collections::HashMap;
pub use target::Targets;
pub use told::planning;
pub use unmanaged::unmanageable;
pub use validate::validate;
pub use world::{Pass, Setting, World};

pub enum Planning {
    Needs(Vec<Lookup>),
    Ready(Box<Plan>),
}

/// A configured provider: the configuration block, in one instance of its module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ProviderKey {
    pub address: ProviderAddress,
    pub module: ModuleAddress,
}

/// A question that planning has. Many of one provider and type become one request.
#[derive(Clone, Debug)]
pub enum Lookup {
    Object(ObjectKey, ProviderKey, Known),
    Data(InstanceAddress, ProviderKey, Wanted),
    /// What only its provider, another program, can tell.
    Ask(Asked, ProviderKey, Question),
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
    /// What providers have to say of data besides.
    pub said: HashMap<InstanceAddress, Vec<Problem>>,
    pub answers: Answers,
}
