//! What a run tells the user interface while it applies.

use crate::{
    address::{InstanceAddress, Name},
    diagnostic::Diagnostics,
    provider::{Class, Id},
    provisioner::Kind,
};
use std::time::Duration;

/// What a step does to which object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    pub address: InstanceAddress,
    /// Set where the object is a deposed one.
    pub deposed: Option<Name>,
    pub operation: Operation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    Create,
    Read,
    Open,
    Update,
    Delete,
    /// Taken out of state; the object stays.
    Forget,
}

impl Operation {
    /// As `action` in the hooks of Terraform's `-json` output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Open => "open",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Forget => "remove",
        }
    }
}

/// How far a provisioner is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// `provision_start`
    Started,
    /// `provision_progress`: a line of what it prints, or what is shown in its place.
    Output(String),
    /// `provision_complete`
    Completed,
    /// `provision_errored`
    Failed,
}

#[derive(Clone, Debug)]
pub enum Event {
    /// How many steps there are, before the first starts.
    Planned { steps: usize },
    /// An object that planning found was taken into state. The id is the one that the configuration names it by.
    Imported { address: InstanceAddress, id: String },
    /// `apply_start`; the id where the object exists already.
    Started { subject: Subject, id: Option<Id> },
    /// `apply_progress`, every ten seconds.
    Progress { subject: Subject, id: Option<Id>, elapsed: Duration },
    /// Something holds the step up and it is tried again; told when the reason is new.
    Retrying { subject: Subject, class: Class, reason: String },
    /// A provisioner of the step's object goes on.
    Provisioning { address: InstanceAddress, provisioner: Kind, stage: Stage },
    /// `apply_complete`
    Completed { subject: Subject, id: Option<Id>, elapsed: Duration },
    /// `apply_errored`. The diagnostics come again in the outcome.
    Failed { subject: Subject, id: Option<Id>, elapsed: Duration, diagnostics: Diagnostics },
    /// Something that the step needs failed, or the run was interrupted.
    NotAttempted { subject: Subject },
    /// Interrupted: nothing new starts. `at_once` for the second time: what runs is given up.
    Interrupted { running: usize, at_once: bool },
    /// The state file is written.
    StateSaved,
}
