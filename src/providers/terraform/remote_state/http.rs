//! States that a server keeps at a URL.

use super::config::Config;
use crate::{
    provider::Result,
    web::{Client, basic},
};
use std::{env, io::Read};

pub(super) const ARGUMENTS: &[&str] = &[
    "address",
    "client_ca_certificate_pem",
    "client_certificate_pem",
    "client_private_key_pem",
    "lock_address",
    "lock_method",
    "password",
    "retry_max",
    "retry_wait_max",
    "retry_wait_min",
    "skip_cert_verification",
    "unlock_address",
    "unlock_method",
    "update_method",
    "username",
];

const UNSUPPORTED: &[&str] =
    &["client_ca_certificate_pem", "client_certificate_pem", "client_private_key_pem", "skip_cert_verification"];

pub(super) struct Address {
    url: String,
    authorization: Option<String>,
}

/// What is not said, the environment says, as for Terraform's backend.
pub(super) fn address(config: &Config, workspace: Option<&str>) -> Result<Address> {
    config.refuse(UNSUPPORTED)?;
    if workspace.is_some() {
        return Err(config.invalid("workspaces not supported"));
    }
    let variable = |name| env::var(name).ok().filter(|it| !it.is_empty());
    let url = config.text("address")?.or_else(|| variable("TF_HTTP_ADDRESS"));
    let url = url.ok_or_else(|| config.invalid("address argument is required"))?;
    if !url.starts_with("http://") && !url.starts_with("https://") {
        return Err(config.invalid("address must be HTTP or HTTPS"));
    }
    let username = config.text("username")?.or_else(|| variable("TF_HTTP_USERNAME"));
    let password = config.text("password")?.or_else(|| variable("TF_HTTP_PASSWORD")).unwrap_or_default();
    Ok(Address { url, authorization: username.map(|it| basic(&it, &password)) })
}

/// The state; none if the server has none.
pub(super) fn read(address: &Address) -> Result<Option<Vec<u8>>, String> {
    let headers: Vec<_> = address.authorization.iter().map(|it| ("Authorization", it.clone())).collect();
    let answer = Client::default().get(&address.url, &headers)?;
    match answer.status {
        200 => {}
        204 | 404 => return Ok(None),
        401 => return Err("HTTP remote state endpoint requires auth".into()),
        403 => return Err("HTTP remote state endpoint invalid auth".into()),
        500 => return Err("HTTP remote state internal server error".into()),
        other => return Err(format!("Unexpected HTTP response code {other}")),
    }
    let mut content = Vec::new();
    answer.reader().read_to_end(&mut content).map_err(|error| format!("Failed to read remote state: {error}"))?;
    Ok((!content.is_empty()).then_some(content))
}
