//! What a host offers: its discovery document, or what the user's settings say in its place.

use super::hosts::Hosts;
use crate::web::{Client, Url, resolve};
use serde_json::Value as Json;

/// What one host offers, by the names of services (`modules.v1`).
#[derive(Clone, Debug, Default)]
pub(super) struct Services {
    /// Where it was read, which relative URLs start from.
    from: String,
    document: Json,
}

/// How to get a token by OAuth: the service `login.v1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginService {
    pub client: String,
    /// Where a person permits it, in a browser. None where only a password is taken.
    pub authorization: Option<String>,
    /// Where a code or a password becomes a token.
    pub token: String,
    pub takes_codes: bool,
    pub takes_passwords: bool,
    /// The first and the last one that may listen for the answer of the browser.
    pub ports: (u16, u16),
    pub scopes: Vec<String>,
}

/// Ports that any user may listen on.
const PORTS: (u16, u16) = (1024, u16::MAX);

impl Services {
    /// Asks the host, unless the settings know better.
    pub(super) fn find(hosts: &Hosts, client: &Client, host: &str) -> Result<Self, String> {
        let origin = format!("https://{host}");
        match hosts.services(host) {
            Some(document) => Ok(Self { from: format!("{origin}/.well-known/terraform.json"), document }),
            None => Self::discover(client, &origin, &hosts.authorization(host)),
        }
    }

    /// What the host at `origin` says; nothing if it has no document.
    pub(super) fn discover(client: &Client, origin: &str, headers: &[(&str, String)]) -> Result<Self, String> {
        let url = format!("{origin}/.well-known/terraform.json");
        let answer =
            client.get(&url, headers).map_err(|error| format!("failed to request discovery document: {error}"))?;
        if answer.status == 404 {
            return Ok(Self::default());
        }
        if !answer.is_success() {
            return Err(format!("failed to request discovery document: {url} answered {}", answer.status));
        }
        let from = answer.url.clone();
        let document: Json = serde_json::from_str(&answer.text()?)
            .map_err(|error| format!("failed to decode discovery document as a JSON object: {error}"))?;
        Ok(Self { from, document })
    }

    /// The URL of a service that is nothing else; it ends with a slash.
    pub(super) fn url(&self, name: &str) -> Option<String> {
        let url = resolve(&self.from, self.document[name].as_str()?);
        Some(if url.ends_with('/') { url } else { url + "/" })
    }

    /// `login.v1`, if there is any; or what is wrong with it.
    pub(super) fn login(&self) -> Result<Option<LoginService>, String> {
        let service = &self.document["login.v1"];
        if service.is_null() {
            return Ok(None);
        }
        if !service.is_object() {
            return Err(
                "Service login.v1 must be declared with an object value in the service discovery document".into()
            );
        }
        let property = |name: &str| service[name].as_str().filter(|it| !it.is_empty());
        let missing = |name: &str| format!("Service login.v1 definition is missing required property {name:?}");
        let texts = |name: &str| -> Option<Vec<&str>> {
            Some(service[name].as_array()?.iter().filter_map(Json::as_str).collect())
        };
        let grants = texts("grant_types").unwrap_or_else(|| vec!["authz_code"]);
        let (takes_codes, takes_passwords) = (grants.contains(&"authz_code"), grants.contains(&"password"));
        let client = property("client").ok_or_else(|| missing("client"))?;
        let url = |name: &str| {
            let url = resolve(&self.from, property(name).ok_or_else(|| missing(name))?);
            // A program of this machine opens it.
            match Url::parse(&url).scheme() {
                "http" | "https" => Ok(url),
                _ => Err(format!("Service login.v1 has a {name:?} that is no URL of a web server")),
            }
        };
        let authorization = if takes_codes { Some(url("authz")?) } else { None };
        let token = url("token")?;
        Ok(Some(LoginService {
            client: client.to_owned(),
            authorization,
            token,
            takes_codes,
            takes_passwords,
            ports: ports(&service["ports"])
                .map_err(|why| format!("Invalid \"ports\" definition for service login.v1: {why}"))?,
            scopes: texts("scopes").unwrap_or_default().into_iter().map(str::to_owned).collect(),
        }))
    }
}

fn ports(said: &Json) -> Result<(u16, u16), &'static str> {
    if said.is_null() {
        return Ok(PORTS);
    }
    let [first, last] = said.as_array().map_or(&[][..], Vec::as_slice) else {
        return Err("must be a two-element array");
    };
    let port = |it: &Json| {
        let number = it.as_f64().filter(|it| it.fract() == 0.0 && (1024.0..=65535.0).contains(it));
        number.map(|it| it as u16).ok_or("both ports must be whole numbers between 1024 and 65535")
    };
    match (port(first)?, port(last)?) {
        (first, last) if first > last => Err("minimum port cannot be greater than maximum port"),
        both => Ok(both),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(service: Json, expected: &str) {
        let from = "https://example.com/.well-known/terraform.json".to_owned();
        let services = Services { from, document: json!({ "login.v1": service }) };
        let found = match services.login() {
            Ok(None) => "none".to_owned(),
            Ok(Some(it)) => format!(
                "{} {} codes={} passwords={} {:?} {}",
                it.authorization.unwrap_or_default(),
                it.token,
                it.takes_codes,
                it.takes_passwords,
                it.ports,
                it.scopes.join(" ")
            ),
            Err(why) => why,
        };
        assert_eq!(found.trim(), expected, "{service}");
    }

    #[test]
    fn login_services_are_read_as_terraform_reads_them() {
        let whole = || json!({ "client": "c", "authz": "/authz", "token": "token" });
        let with = |name: &str, value: Json| {
            let mut service = whole();
            service[name] = value;
            service
        };
        let here = "https://example.com/authz https://example.com/.well-known/token codes=true passwords=false";
        check(Json::Null, "none");
        check(whole(), &format!("{here} (1024, 65535)"));
        check(with("ports", json!([2000, 2001])), &format!("{here} (2000, 2001)"));
        check(with("scopes", json!(["a", "b"])), &format!("{here} (1024, 65535) a b"));
        check(
            json!({ "client": "c", "grant_types": ["password"], "token": "http://127.0.0.1:1/t" }),
            "http://127.0.0.1:1/t codes=false passwords=true (1024, 65535)",
        );
        check(json!("x"), "Service login.v1 must be declared with an object value in the service discovery document");
        for name in ["client", "authz", "token"] {
            let why = format!("Service login.v1 definition is missing required property {name:?}");
            check(with(name, json!("")), &why);
            check(with(name, json!(1)), &why);
        }
        check(with("authz", json!("file:///bin")), "Service login.v1 has a \"authz\" that is no URL of a web server");
        for (ports, why) in [
            (json!([2000]), "must be a two-element array"),
            (json!("2000"), "must be a two-element array"),
            (json!([10, 2000]), "both ports must be whole numbers between 1024 and 65535"),
            (json!(["2000", 2001]), "both ports must be whole numbers between 1024 and 65535"),
            (json!([2000, 2001.5]), "both ports must be whole numbers between 1024 and 65535"),
            (json!([2001, 2000]), "minimum port cannot be greater than maximum port"),
        ] {
            check(with("ports", ports), &format!("Invalid \"ports\" definition for service login.v1: {why}"));
        }
    }

    #[test]
    fn hosts_are_asked_for_what_they_offer() {
        use std::io::{Read, Write};
        let cases = [
            ("200 OK", r#"{"modules.v1": "/v1/modules"}"#, Ok(Some("/v1/modules/"))),
            ("200 OK", r#"{"providers.v1": "/v1/providers/"}"#, Ok(None)),
            ("404 Not Found", "", Ok(None)),
            ("500 Internal Server Error", "", Err("answered 500")),
            ("200 OK", "<html>", Err("failed to decode discovery document")),
        ];
        for (status, body, expected) in cases {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            // Discovery itself always uses TLS; what is in the document does not depend on that.
            let origin = format!("http://{}", listener.local_addr().unwrap());
            let server = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                drop(stream.read(&mut [0; 4096]));
                let answer =
                    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
                stream.write_all(answer.as_bytes()).unwrap();
            });
            let found = Services::discover(&Client::default(), &origin, &[]).map(|it| it.url("modules.v1"));
            server.join().unwrap();
            match (expected, &found) {
                (Ok(path), Ok(url)) => assert_eq!(*url, path.map(|it| format!("{origin}{it}")), "{status} {body}"),
                (Err(why), Err(error)) => assert!(error.contains(why), "{error}"),
                _ => panic!("{status} {body}: {found:?}"),
            }
        }
    }
}
