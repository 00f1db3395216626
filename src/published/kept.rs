//! What state keeps of an object for its provider, as calls take and give it.

use crate::{
    plugin::{Answer, Kind, Plugin, dynamic},
    provider::{Identity, Kept, Problem, Result},
    value::{Value, from_json},
};
use base64::{Engine, engine::general_purpose::STANDARD};

/// The provider's private data.
pub(super) fn private(kept: &Kept) -> Result<Vec<u8>> {
    let Some(text) = &kept.private else { return Ok(Vec::new()) };
    STANDARD.decode(text.as_bytes()).map_err(|error| {
        Problem::fatal(
            "Invalid private data in state",
            format!("What state keeps for the provider is damaged: {error}."),
        )
    })
}

/// What identifies the object. None where state does not say it, as Terraform before 1.12 does not.
pub(super) fn identity(kind: Kind<'_>, kept: &Kept) -> Result<Option<Value>> {
    let (Some(schema), Some(identity)) = (kind.identity, &kept.identity) else { return Ok(None) };
    if identity.version != schema.version {
        return Ok(None);
    }
    let damaged = |why: String| {
        let detail = format!("The identity that state keeps of an object of {} is damaged: {why}.", kind.name);
        Problem::fatal("Invalid resource identity in state", detail)
    };
    let json = serde_json::from_str(&identity.json).map_err(|error| damaged(error.to_string()))?;
    from_json(&json, &schema.ty()).map(Some).map_err(|error| damaged(error.to_string()))
}

/// What is to be kept; where the provider says no identity, the one of before.
pub(super) fn known(
    kind: Kind<'_>,
    private: &[u8],
    identity: Option<&Value>,
    before: Option<&Identity>,
) -> Result<Kept> {
    let (Some(schema), Some(identity)) = (kind.identity, identity.filter(|it| !it.is_null())) else {
        return Ok(of(private, before));
    };
    let invalid = |what: &str| {
        let detail = format!(
            "The provider returned an identity {what} for an object of {}.\n\nThis is a bug in the provider, which should be \
             reported in the provider's own issue tracker.",
            kind.name
        );
        Problem::fatal("Provider produced invalid identity", detail)
    };
    if !identity.is_wholly_known() {
        return Err(invalid("with unknown values"));
    }
    let json = dynamic::to_json_bytes(identity, &schema.ty()).ok().and_then(|it| String::from_utf8(it).ok());
    let json = json.ok_or_else(|| invalid("of another type"))?.into();
    Ok(of(private, Some(&Identity { version: schema.version, json })))
}

pub(super) fn of(private: &[u8], identity: Option<&Identity>) -> Kept {
    Kept { private: (!private.is_empty()).then(|| STANDARD.encode(private).into()), identity: identity.cloned() }
}

/// The same with the identity as this release of the provider has it.
pub(super) async fn upgraded(plugin: &Plugin, kind: Kind<'_>, kept: Kept) -> Result<(Kept, Vec<Problem>)> {
    let (Some(schema), Some(identity)) = (kind.identity, &kept.identity) else { return Ok((kept, Vec::new())) };
    if identity.version == schema.version {
        return Ok((kept, Vec::new()));
    }
    if identity.version > schema.version {
        let detail = format!(
            "The identity of an object of {} was written by a newer release of the provider than the one that is selected. \
             Upgrade the provider to work with this state.",
            kind.name
        );
        return Err(Problem::fatal("Resource instance managed by newer provider version", detail));
    }
    let Answer { value, problems } = plugin.upgrade_identity(kind, identity.version, identity.json.as_bytes()).await?;
    let identity = known(kind, &[], value.as_ref(), None)?.identity;
    Ok((Kept { identity, ..kept }, problems))
}
