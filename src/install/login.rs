//! A host that somebody logs in to or out of: what it offers, and where its token is kept.

use super::{
    credentials,
    hosts::{Hosts, Kept, Place, credentials_file},
    program,
    services::{LoginService, Services},
};
use crate::web::{
    Client, Url,
    request::{Failure, Request, Trust},
};
use serde_json::Value as Json;
use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

/// How long a server may take to answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

pub struct Host {
    pub name: String,
    hosts: Hosts,
}

/// The name of a host as it is compared, or why it cannot be one.
pub fn host_name(text: &str) -> Result<String, String> {
    let (name, port) = text.split_once(':').map_or((text, None), |(name, port)| (name, Some(port)));
    if text.is_empty() {
        return Err("empty string is not a valid hostname".into());
    }
    let is_letter = |it: char| it.is_alphanumeric() || it == '-';
    if let Some(wrong) = name.chars().find(|it| !is_letter(*it) && *it != '.') {
        return Err(format!("idna: disallowed rune U+{:04X}", u32::from(wrong)));
    }
    if name.split('.').any(str::is_empty) {
        return Err("idna: invalid label \"\"".into());
    }
    let name = name.to_lowercase();
    match port {
        None | Some("443") => Ok(name),
        Some(port) if port.is_empty() || port.contains(|it: char| !it.is_ascii_digit()) => {
            Err("port portion contains non-digit characters".into())
        }
        Some(port) => match port.parse::<u16>() {
            Ok(port) => Ok(format!("{name}:{port}")),
            Err(_) => Err("port number is greater than 65535".into()),
        },
    }
}

impl Host {
    pub fn new(name: String) -> Self {
        Self { name, hosts: Hosts::read() }
    }

    pub fn kept(&self) -> Kept {
        self.hosts.kept(&self.name)
    }

    pub fn place(&self) -> Place {
        self.hosts.place()
    }

    /// The file for tokens, whether it is used or not.
    pub fn file(&self) -> PathBuf {
        credentials_file().unwrap_or_default()
    }

    /// What the host offers for logging in: OAuth, or what is wrong with that, and the URL of the API that makes tokens.
    pub fn offers(&self) -> Result<(Result<Option<LoginService>, String>, Option<String>), String> {
        let services = Services::find(&self.hosts, &Client::default(), &self.name)?;
        Ok((services.login(), services.url("tfe.v2")))
    }

    /// Whether a token could be kept, as far as can be told without one.
    pub fn check(&self) -> Result<(), String> {
        match self.place() {
            Place::File(path) => credentials::check(&path),
            Place::Helper(_) => Ok(()),
        }
    }

    pub fn store(&self, token: &str) -> Result<(), String> {
        // What a program says of its input may quote it.
        self.hosts.store(&self.name, token).map_err(|why| why.replace(token, "(sensitive value)"))
    }

    pub fn forget(&self) -> Result<(), String> {
        self.hosts.forget(&self.name)
    }
}

/// Has a browser open this page, if this machine has one.
pub fn browse(url: &str) -> bool {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let Ok(opener) = program::find(opener) else { return false };
    let mut command = Command::new(opener);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_ok()
}

/// Where a person makes tokens for the API at this URL.
pub fn tokens_page(service: &str) -> String {
    let url = Url::parse(service);
    format!("{}://{}/app/settings/tokens?source=terraform-login", url.scheme(), url.host())
}

/// Who the API at this URL says that a token belongs to.
pub fn owner_of(service: &str, token: &str) -> Result<String, String> {
    let headers = [("Accept", "application/vnd.api+json".to_owned()), ("Authorization", format!("Bearer {token}"))];
    let (status, body) = send("GET", &format!("{service}account/details"), &headers, None)?;
    match status {
        200..300 => {
            let document: Json = serde_json::from_slice(&body).unwrap_or_default();
            let name = document["data"]["attributes"]["username"].as_str();
            name.map(str::to_owned)
                .ok_or_else(|| "Failed to retrieve user account details: no user in the answer".into())
        }
        401 => Err("Token is invalid: unauthorized".into()),
        404 => Err("Failed to retrieve user account details: resource not found".into()),
        _ => Err(format!("Failed to retrieve user account details: the server answered {status}")),
    }
}

/// The status and the body of an answer. What is sent is in no error.
pub(super) fn send(
    method: &str,
    url: &str,
    headers: &[(&str, String)],
    body: Option<String>,
) -> Result<(u16, Vec<u8>), String> {
    let request = Request {
        method: method.into(),
        url: url.into(),
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        body,
        timeout: Some(PATIENCE),
        trust: Trust::default(),
    };
    match request.send() {
        Ok(answer) => Ok((answer.status, answer.body)),
        Err(Failure::Unanswered { message, .. } | Failure::Invalid(message) | Failure::CutOff(message)) => Err(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_hosts_are_compared_in_one_form() {
        for (text, expected) in [
            ("app.terraform.io", Ok("app.terraform.io")),
            ("Example.COM:443", Ok("example.com")),
            ("example.com:8443", Ok("example.com:8443")),
            ("localhost", Ok("localhost")),
            ("", Err("empty string is not a valid hostname")),
            ("bad host!", Err("idna: disallowed rune U+0020")),
            ("a..b", Err("idna: invalid label \"\"")),
            ("a/b", Err("idna: disallowed rune U+002F")),
            ("a:99x", Err("port portion contains non-digit characters")),
            ("a:", Err("port portion contains non-digit characters")),
            ("a:65536", Err("port number is greater than 65535")),
        ] {
            assert_eq!(host_name(text), expected.map(str::to_owned).map_err(str::to_owned), "{text}");
        }
    }
}
