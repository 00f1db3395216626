//! A saved plan: the plan and all that applying it needs, so that neither changed `.tf` files nor other variables
//! can make it something else. Reading and writing the file is the caller's part.

mod changes;
mod compact;

use super::{
    Plan,
    change::{OutputChange, PlanMode, Relevant, Steps},
    checks::Checks,
};
use crate::{
    address::Name,
    diagnostic::Diagnostic,
    product::COMMAND,
    state::{State, file},
    value::Value,
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use changes::Tables;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

/// The version of the format; a file of another one is refused.
const FORMAT: u32 = 4;

/// What a file begins with. Format, checksum of what follows, and a line end come after it.
const HEADER: &str = "rforge plan ";

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
    /// Whether nothing was served by what is built in: `-native=false`.
    pub only_published: bool,
    /// Every file that was read, by its path relative to the working directory.
    pub files: BTreeMap<PathBuf, Arc<[u8]>>,
}

#[derive(Serialize, Deserialize)]
struct Envelope<'p> {
    rforge_version: Cow<'p, str>,
    timestamp: Cow<'p, str>,
    workspace: Cow<'p, Name>,
    lineage: Cow<'p, str>,
    serial: u64,
    mode: PlanMode,
    targets: Cow<'p, [String]>,
    #[serde(default)]
    excluded: Cow<'p, [String]>,
    variables: Cow<'p, BTreeMap<Name, Value>>,
    ephemeral: Cow<'p, BTreeSet<Name>>,
    #[serde(default)]
    only_published: bool,
    tables: Tables,
    changes: Box<RawValue>,
    drift: Box<RawValue>,
    outputs: Cow<'p, BTreeMap<Name, OutputChange>>,
    relevant: Cow<'p, [Relevant]>,
    steps: Cow<'p, Steps>,
    checks: Cow<'p, Checks>,
    prior_state: Box<RawValue>,
    /// In base64.
    files: BTreeMap<PathBuf, String>,
}

/// The bytes of the file. It holds sensitive values: the caller writes it with mode 0600.
pub fn encode(saved: &SavedPlan) -> Result<Vec<u8>, Diagnostic> {
    let broken = |error: serde_json::Error| Diagnostic::error("Failed to save the plan", error.to_string());
    let plan = &saved.plan;
    let raw = |text: String| RawValue::from_string(text).map_err(broken);
    let mut writer = changes::Writer::default();
    let (changes, drift) = (raw(writer.write(&plan.changes))?, raw(writer.write(&plan.drift))?);
    let envelope = Envelope {
        rforge_version: env!("CARGO_PKG_VERSION").into(),
        timestamp: Cow::Borrowed(&saved.timestamp),
        workspace: Cow::Borrowed(&saved.workspace),
        lineage: Cow::Borrowed(&saved.lineage),
        serial: saved.serial,
        mode: plan.mode,
        targets: Cow::Borrowed(&plan.targets),
        excluded: Cow::Borrowed(&plan.excluded),
        variables: Cow::Borrowed(&plan.variables),
        ephemeral: Cow::Borrowed(&saved.ephemeral),
        only_published: saved.only_published,
        tables: writer.tables(),
        changes,
        drift,
        outputs: Cow::Borrowed(&plan.outputs),
        relevant: Cow::Borrowed(&plan.relevant),
        steps: Cow::Borrowed(&plan.steps),
        checks: Cow::Borrowed(&plan.checks),
        prior_state: raw(file::encode_compact(&plan.prior_state))?,
        files: saved.files.iter().map(|(path, bytes)| (path.clone(), BASE64.encode(bytes))).collect(),
    };
    Ok(seal(&serde_json::to_vec(&envelope).map_err(broken)?))
}

/// Puts the header before what a plan file holds.
pub fn seal(body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{HEADER}{FORMAT} {}\n", checksum(body)).into_bytes();
    bytes.extend(body);
    bytes
}

/// Of a plan that is damaged, nothing is applied: half of it may still read well.
fn checksum(body: &[u8]) -> String {
    format!("{:x}", Sha256::digest(body))
}

/// What the file holds below its header, or why it is not that of a whole plan.
fn body(bytes: &[u8]) -> Result<&[u8], String> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(
            "This is a ZIP archive, as plans of Terraform and OpenTofu are, and only rforge's own can be applied"
                .into(),
        );
    }
    let header = bytes.iter().position(|it| *it == b'\n').map(|end| bytes.split_at(end));
    let header =
        header.and_then(|(line, rest)| Some((std::str::from_utf8(line).ok()?.strip_prefix(HEADER)?, &rest[1..])));
    let Some((header, body)) = header else {
        return Err("This is no saved plan: it does not begin as one".into());
    };
    let (format, sum) = header.split_once(' ').unwrap_or((header, ""));
    if format != FORMAT.to_string() {
        return Err(format!("This plan has the format {format}, and this version of rforge reads {FORMAT}"));
    }
    match sum == checksum(body) {
        true => Ok(body),
        false => Err("This plan is damaged: it does not have the checksum that it was written with".into()),
    }
}

/// Reads what [`encode`] wrote. Anything else, a cut file included, is a diagnostic.
pub fn decode(bytes: &[u8]) -> Result<SavedPlan, Diagnostic> {
    let invalid = |why: String| {
        Diagnostic::error("Failed to read the plan file", format!("{why}."))
            .hint(format!("Make a new one with: {COMMAND} plan -out=FILE"))
    };
    let body = body(bytes).map_err(invalid)?;
    let envelope: Envelope<'_> =
        serde_json::from_slice(body).map_err(|error| invalid(format!("This plan is damaged: {error}")))?;
    let changes = changes::read(&envelope.changes, &envelope.tables).map_err(invalid)?;
    let drift = changes::read(&envelope.drift, &envelope.tables).map_err(invalid)?;
    let steps = envelope.steps.nodes.len().saturating_add(envelope.steps.joins);
    let dangling = envelope.steps.nodes.iter().any(|it| it.change >= changes.len())
        || envelope.steps.edges.iter().any(|(from, to)| *from >= steps || *to >= steps);
    if dangling {
        return Err(invalid("This plan is damaged: a step names a change that is not there".into()));
    }
    let files = envelope.files.into_iter().map(|(path, text)| Ok((path, BASE64.decode(text)?.into())));
    let files = files
        .collect::<Result<_, base64::DecodeError>>()
        .map_err(|error| invalid(format!("This plan is damaged: {error}")))?;
    let prior_state: State = file::decode(envelope.prior_state.get().as_bytes()).map_err(|errors| {
        let why = errors.first().map_or_else(String::new, |it| it.detail.clone());
        invalid(why.trim_end_matches('.').to_owned())
    })?;
    Ok(SavedPlan {
        plan: Plan {
            mode: envelope.mode,
            errored: false,
            changes,
            drift,
            outputs: envelope.outputs.into_owned(),
            relevant: envelope.relevant.into_owned(),
            steps: envelope.steps.into_owned(),
            prior_state,
            variables: envelope.variables.into_owned(),
            targets: envelope.targets.into_owned(),
            excluded: envelope.excluded.into_owned(),
            checks: envelope.checks.into_owned(),
            warnings: Vec::new(),
        },
        timestamp: envelope.timestamp.into_owned(),
        workspace: envelope.workspace.into_owned(),
        lineage: envelope.lineage.into_owned(),
        serial: envelope.serial,
        ephemeral: envelope.ephemeral.into_owned(),
        only_published: envelope.only_published,
        files,
    })
}
