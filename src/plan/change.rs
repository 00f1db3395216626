//! A plan: the changes it proposes, and their steps in order.

use crate::{
    address::{self, InstanceAddress, Name},
    diagnostic::Diagnostics,
    plan::{ProviderKey, checks::Checks},
    provider::Kept,
    state::State,
    value::{Path, Text, Value},
};
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub struct Plan {
    pub mode: PlanMode,
    /// Something went wrong: it is what was planned by then, to be shown and not to be applied.
    pub errored: bool,
    /// One for each instance that the configuration or state has, no-ops included, sorted by address; and one for each
    /// ephemeral resource instance that applying opens, with nothing of its value.
    pub changes: Vec<ResourceChange>,
    /// What changed outside of rforge since state was written, sorted by address.
    pub drift: Vec<ResourceChange>,
    pub outputs: BTreeMap<Name, OutputChange>,
    /// What the changes have to do with, sorted.
    pub relevant: Vec<Relevant>,
    pub steps: Steps,
    /// State as it is after reading: what applying starts from.
    pub prior_state: State,
    /// The values of root variables that were given, for a saved plan.
    pub variables: BTreeMap<Name, Value>,
    /// What `-target` limited the plan to, as given.
    pub targets: Vec<String>,
    /// What `-exclude` left out, as given.
    pub excluded: Vec<String>,
    /// What became of conditions so far.
    pub checks: Checks,
    pub warnings: Diagnostics,
}

/// An attribute that what changes refers to; of all instances where the address has no key.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Relevant {
    pub address: InstanceAddress,
    pub attribute: Path,
}

/// How many objects a plan touches, as its last line tells them. A replacement counts twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub add: usize,
    pub change: usize,
    pub destroy: usize,
    pub import: usize,
    pub forget: usize,
}

impl Plan {
    /// Whether `-target` or `-exclude` may have left something out.
    pub fn is_partial(&self) -> bool {
        !self.targets.is_empty() || !self.excluded.is_empty()
    }

    /// The changes that are shown to the user: what is opened for a run only is none.
    pub fn lasting_changes(&self) -> impl Iterator<Item = &ResourceChange> {
        self.changes.iter().filter(|it| it.address.resource.mode != address::ResourceMode::Ephemeral)
    }

    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for change in &self.changes {
            match change.action {
                Action::NoOp | Action::Read => {}
                Action::Create => counts.add += 1,
                Action::Update => counts.change += 1,
                Action::Delete => counts.destroy += 1,
                Action::Forget => counts.forget += 1,
                Action::DeleteThenCreate | Action::CreateThenDelete => {
                    counts.add += 1;
                    counts.destroy += 1;
                }
            }
            counts.import += usize::from(change.importing.is_some());
        }
        counts
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum PlanMode {
    #[default]
    Normal,
    RefreshOnly,
    Destroy,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct ResourceChange {
    pub address: InstanceAddress,
    /// Set where the change is of a deposed object.
    pub deposed: Option<Name>,
    /// Where the object was before a `moved` block applied.
    pub previous_address: Option<InstanceAddress>,
    /// Set where an `import` block takes the object in.
    pub importing: Option<Importing>,
    pub provider: ProviderKey,
    pub action: Action,
    pub reason: Option<Reason>,
    /// The object before, null if there is none. Marks are on the values.
    pub before: Value,
    /// The object after, unknown where only applying can tell; null if there will be none.
    pub after: Value,
    /// Arguments as the configuration has them of which `after` has only a digest. Saved plans do not have them.
    pub in_full: BTreeMap<Text, Value>,
    /// The paths whose change makes a replacement necessary.
    pub replace_paths: Vec<Path>,
    /// What the object's provider, another program, wants to be given when it deletes the one that is there, once it has planned that.
    pub deletion: Option<Kept>,
}

/// How an object is taken in.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Importing {
    /// As the block says it.
    pub id: String,
    /// The resource block that was generated for it.
    pub generated: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Action {
    NoOp,
    Create,
    /// A data source is read, an ephemeral resource opened.
    Read,
    Update,
    DeleteThenCreate,
    CreateThenDelete,
    Delete,
    Forget,
}

impl Action {
    /// Whether there is a new object.
    pub fn creates(self) -> bool {
        matches!(self, Self::Create | Self::DeleteThenCreate | Self::CreateThenDelete)
    }
}

/// Why an action was chosen, where that is not plain. Names as in Terraform's JSON (`action_reason`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Reason {
    ReplaceBecauseTainted,
    ReplaceBecauseCannotUpdate,
    ReplaceByRequest,
    ReplaceByTriggers,
    DeleteBecauseNoResourceConfig,
    DeleteBecauseWrongRepetition,
    DeleteBecauseCountIndex,
    DeleteBecauseEachKey,
    DeleteBecauseNoModule,
    DeleteBecauseNoMoveTarget,
    ReadBecauseConfigUnknown,
    ReadBecauseDependencyPending,
    ReadBecauseCheckNested,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct OutputChange {
    pub action: Action,
    pub before: Value,
    pub after: Value,
    pub sensitive: bool,
}

/// The work of a plan: a graph without cycles over indices of `nodes`, and of joins.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Steps {
    pub nodes: Vec<Step>,
    /// How many points there are, numbered from `nodes.len()` on, at which nothing is done: what comes after one waits for
    /// all that comes before it.
    pub joins: usize,
    /// `(earlier, later)`
    pub edges: Vec<(usize, usize)>,
}

impl Steps {
    /// The pairs of steps of which one goes right before the other, or by way of joins alone. There may be a great many.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        let mut earlier = vec![Vec::new(); self.nodes.len() + self.joins];
        for (before, after) in &self.edges {
            earlier[*after].push(*before);
        }
        let mut pairs = Vec::new();
        // For each step and join the last step whose search came by.
        let mut seen = vec![usize::MAX; earlier.len()];
        for step in 0..self.nodes.len() {
            let mut open = earlier[step].clone();
            while let Some(point) = open.pop() {
                if std::mem::replace(&mut seen[point], step) == step {
                    continue;
                }
                if point < self.nodes.len() { pairs.push((point, step)) } else { open.extend(&earlier[point]) }
            }
        }
        pairs.sort_unstable();
        pairs
    }
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Step {
    pub kind: StepKind,
    /// Index into [`Plan::changes`].
    pub change: usize,
}

impl Step {
    pub fn deletes(&self) -> bool {
        matches!(self.kind, StepKind::Delete { .. })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum StepKind {
    /// Makes the object. With a key, the current object is first set aside under it.
    Create {
        depose_as: Option<Name>,
    },
    Update,
    /// Deletes the current object, or the deposed one of that key.
    Delete {
        deposed: Option<Name>,
    },
    /// Reads a data source or opens an ephemeral resource.
    Read,
    Forget,
}
