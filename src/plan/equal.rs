//! When two values mean the same to the provider.

use crate::{
    schema::{Attribute, Equality},
    value::Value,
};
use serde_json::Value as Json;
use sha1::{Digest, Sha1};
use std::net::IpAddr;

/// Whether `wanted` is what `prior` already says, for this attribute of a type with that `null_is_zero`.
pub(super) fn equivalent(attribute: &Attribute, null_is_zero: bool, prior: &Value, wanted: &Value) -> bool {
    if same(null_is_zero, prior, wanted) {
        return true;
    }
    let (Some(prior), Some(wanted)) = (prior.as_str(), wanted.as_str()) else { return false };
    match attribute.equality {
        Equality::Exact => false,
        Equality::CaseInsensitive => prior.eq_ignore_ascii_case(wanted),
        Equality::Network => match (network(prior), network(wanted)) {
            (Some(prior), Some(wanted)) => prior == wanted,
            _ => false,
        },
        Equality::Sha1 => prior == sha1_of(wanted),
        Equality::Json => matches!((parse(prior), parse(wanted)), (Some(a), Some(b)) if a == b),
        Equality::Policy => {
            matches!((parse(prior), parse(wanted)), (Some(a), Some(b)) if policy(&a) == policy(&b))
        }
    }
}

/// The form in which state keeps `user_data`: the hash of what the instance gets.
///
/// Text that is base64 already is decoded first, as Terraform's AWS provider does.
pub fn sha1_of(text: &str) -> String {
    use base64::Engine;
    let decoded = base64::engine::general_purpose::STANDARD.decode(text).ok();
    let bytes = decoded.as_deref().unwrap_or(text.as_bytes());
    Sha1::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Equality without marks: that a value became sensitive is not a change of the object.
pub(super) fn same(null_is_zero: bool, before: &Value, after: &Value) -> bool {
    let nothing = |it: &Value| it.is_null() || it.is_zero();
    before.equals_unmarked(after) || (null_is_zero && nothing(before) && nothing(after))
}

fn network(text: &str) -> Option<(IpAddr, u8)> {
    match text.parse::<ipnet::IpNet>() {
        Ok(net) => Some((net.network(), net.prefix_len())),
        Err(_) => text.parse::<IpAddr>().ok().map(|it| (it, if it.is_ipv4() { 32 } else { 128 })),
    }
}

fn parse(text: &str) -> Option<Json> {
    serde_json::from_str(text).ok()
}

/// An IAM policy with its freedoms taken away: one-element lists are scalars, lists are ordered, `true` is
/// `"true"`. IAM treats all of these alike (IAM user guide, policy grammar).
fn policy(json: &Json) -> Json {
    match json {
        Json::Array(items) if items.len() == 1 => policy(&items[0]),
        Json::Array(items) => {
            let mut items: Vec<Json> = items.iter().map(policy).collect();
            items.sort_by_cached_key(Json::to_string);
            Json::Array(items)
        }
        Json::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().map(|(key, it)| (key.clone(), policy(it))).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Json::Object(entries.into_iter().collect())
        }
        Json::Bool(value) => Json::String(value.to_string()),
        Json::Number(number) => Json::String(number.to_string()),
        it => it.clone(),
    }
}
