//! A saved plan: the plan and all that applying it needs, so that neither changed `.tf` files nor other variables
//! can make it something else. Reading and writing the file is the caller's part.

use super::{
    Plan,
    change::{Mode, OutputChange, ResourceChange, Steps},
    checks::Checks,
};
use crate::{
    address::Name,
    diagnostic::Diagnostic,
    state::{State, file},
    value::Value,
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

/// The version of the format; a file of another one is refused.
const FORMAT: u32 = 1;

/// A plan with the files and the state it was made from.
pub struct SavedPlan {
    pub plan: Plan,
    /// RFC 3339: when planning began.
    pub timestamp: String,
    pub workspace: Name,
    /// Of the state that was planned on: applying to any other is refused.
    pub lineage: String,
    pub serial: u64,
    /// The ephemeral variables that were given a value, and have to be given one again.
    pub ephemeral: BTreeSet<Name>,
    /// Every file that was read, by its path relative to the working directory.
    pub files: BTreeMap<PathBuf, Arc<[u8]>>,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    rforge_plan: u32,
    rforge_version: String,
    timestamp: String,
    workspace: Name,
    lineage: String,
    serial: u64,
    mode: Mode,
    targets: Vec<String>,
    variables: BTreeMap<Name, Value>,
    ephemeral: BTreeSet<Name>,
    changes: Vec<ResourceChange>,
    drift: Vec<ResourceChange>,
    outputs: BTreeMap<Name, OutputChange>,
    steps: Steps,
    checks: Checks,
    prior_state: Box<RawValue>,
    /// In base64.
    files: BTreeMap<PathBuf, String>,
}

/// The bytes of the file. It holds sensitive values: the caller writes it with mode 0600.
pub fn encode(saved: &SavedPlan) -> Result<Vec<u8>, Diagnostic> {
    let broken = |error: serde_json::Error| Diagnostic::error("Failed to save the plan", error.to_string());
    let plan = &saved.plan;
    let state = String::from_utf8_lossy(&file::encode(&plan.prior_state)).into_owned();
    let envelope = Envelope {
        rforge_plan: FORMAT,
        rforge_version: env!("CARGO_PKG_VERSION").into(),
        timestamp: saved.timestamp.clone(),
        workspace: saved.workspace.clone(),
        lineage: saved.lineage.clone(),
        serial: saved.serial,
        mode: plan.mode,
        targets: plan.targets.clone(),
        variables: plan.variables.clone(),
        ephemeral: saved.ephemeral.clone(),
        changes: plan.changes.clone(),
        drift: plan.drift.clone(),
        outputs: plan.outputs.clone(),
        steps: plan.steps.clone(),
        checks: plan.checks.clone(),
        prior_state: RawValue::from_string(state).map_err(broken)?,
        files: saved.files.iter().map(|(path, bytes)| (path.clone(), BASE64.encode(bytes))).collect(),
    };
    serde_json::to_vec(&envelope).map_err(broken)
}

/// Reads what [`encode`] wrote. Anything else, a cut file included, is a diagnostic.
pub fn decode(bytes: &[u8]) -> Result<SavedPlan, Diagnostic> {
    let invalid = |why: String| {
        Diagnostic::error("Failed to read the plan file", format!("This is not a plan that rforge saved: {why}."))
            .hint("Make a new one with: rforge plan -out=FILE")
    };
    let envelope: Envelope = serde_json::from_slice(bytes).map_err(|error| invalid(error.to_string()))?;
    if envelope.rforge_plan != FORMAT {
        let why = format!("its format is {}, and this version of rforge reads {FORMAT}", envelope.rforge_plan);
        return Err(invalid(why));
    }
    let steps = envelope.steps.nodes.len();
    let dangling = envelope.steps.nodes.iter().any(|it| it.change >= envelope.changes.len())
        || envelope.steps.edges.iter().any(|(from, to)| *from >= steps || *to >= steps);
    if dangling {
        return Err(invalid("a step names a change that is not there".into()));
    }
    let files = envelope.files.into_iter().map(|(path, text)| Ok((path, BASE64.decode(text)?.into())));
    let files = files.collect::<Result<_, base64::DecodeError>>().map_err(|error| invalid(error.to_string()))?;
    let prior_state: State = file::decode(envelope.prior_state.get().as_bytes())
        .map_err(|errors| invalid(errors.first().map_or_else(String::new, |it| it.detail.clone())))?;
    Ok(SavedPlan {
        plan: Plan {
            mode: envelope.mode,
            changes: envelope.changes,
            drift: envelope.drift,
            outputs: envelope.outputs,
            steps: envelope.steps,
            prior_state,
            variables: envelope.variables,
            targets: envelope.targets,
            checks: envelope.checks,
            warnings: Vec::new(),
        },
        timestamp: envelope.timestamp,
        workspace: envelope.workspace,
        lineage: envelope.lineage,
        serial: envelope.serial,
        ephemeral: envelope.ephemeral,
        files,
    })
}
