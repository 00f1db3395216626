//! The provider registry protocol: which versions a provider has, where a package is, and what vouches for it.

use super::{Checks, Failure, Location, Package, Platform, signature::SigningKey, version};
use crate::{
    address::ProviderSource,
    install::{hosts::Hosts, services::Services},
    lang::load::Version,
    product::COMMAND,
    web::{Answer, Client, Url, resolve},
};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashMap},
    io::Read,
    time::Duration,
};

/// The longest list of checksums, or signature, that is read.
const LONGEST: u64 = 16 << 20;
/// Major versions of the protocol between Terraform and its providers that are spoken.
const PROTOCOLS: [&str; 2] = ["5", "6"];

/// Asks registries, each question once.
#[derive(Default)]
pub(super) struct Registry {
    client: Client,
    services: HashMap<String, Result<String, Failure>>,
    listed: BTreeMap<ProviderSource, Vec<Version>>,
    /// What they say of providers, of which versions were asked for.
    pub warnings: BTreeMap<ProviderSource, Vec<String>>,
}

#[derive(Deserialize)]
struct Versions {
    #[serde(default)]
    versions: Vec<Listed>,
    #[serde(default)]
    warnings: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Listed {
    version: String,
}

/// What a registry says of one package.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Described {
    protocols: Vec<String>,
    os: String,
    arch: String,
    filename: String,
    download_url: String,
    shasum: String,
    shasums_url: String,
    shasums_signature_url: String,
    signing_keys: Keys,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Keys {
    gpg_public_keys: Option<Vec<Key>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Key {
    ascii_armor: String,
    trust_signature: Option<String>,
}

impl Registry {
    pub(super) fn versions(&mut self, hosts: &Hosts, provider: &ProviderSource) -> Result<Vec<Version>, Failure> {
        if let Some(listed) = self.listed.get(provider) {
            return Ok(listed.clone());
        }
        let path = format!("{}/{}/versions", provider.namespace, provider.name);
        let answer = self.get(hosts, provider, &path)?;
        if answer.status == 404 {
            return Err(Failure::Unknown(provider.clone()));
        }
        let failed = |error: String| failed(provider, &error);
        let text = answer.text().map_err(failed)?;
        let listed: Versions = serde_json::from_str(&text).map_err(|error| failed(error.to_string()))?;
        let warnings = listed.warnings.unwrap_or_default();
        if !warnings.is_empty() {
            self.warnings.insert(provider.clone(), warnings);
        }
        let read = |it: &Listed| {
            let what = &it.version;
            version(what)
                .map_err(|why| failed(format!("registry response includes invalid version string {what:?}: {why}")))
        };
        let versions: Vec<Version> = listed.versions.iter().map(read).collect::<Result<_, _>>()?;
        self.listed.insert(provider.clone(), versions.clone());
        Ok(versions)
    }

    pub(super) fn package(
        &mut self,
        hosts: &Hosts,
        provider: &ProviderSource,
        version: &Version,
        platform: &Platform,
    ) -> Result<Package, Failure> {
        let Platform { system, architecture } = platform;
        let path = format!("{}/{}/{version}/download/{system}/{architecture}", provider.namespace, provider.name);
        let answer = self.get(hosts, provider, &path)?;
        if answer.status == 404 {
            return Err(Failure::unavailable(provider, version, platform));
        }
        let failed = |error: String| failed(provider, &error);
        let (from, text) = (answer.url.clone(), answer.text().map_err(failed)?);
        let said: Described = serde_json::from_str(&text).map_err(|error| failed(error.to_string()))?;
        let speaks = |it: &String| PROTOCOLS.contains(&it.split('.').next().unwrap_or_default());
        if !said.protocols.is_empty() && !said.protocols.iter().any(speaks) {
            let why = format!("provider {provider} {version} is not supported by this version of {COMMAND}");
            return Err(Failure::Other(why));
        }
        if said.os != *system || said.arch != *architecture {
            return Err(Failure::Other(format!(
                "registry response to request for {platform} archive has incorrect target {}_{}",
                said.os, said.arch
            )));
        }
        let url = |what: &str, written: &str| {
            let url = resolve(&from, written);
            match Url::parse(&url).scheme() {
                "http" | "https" => Ok(url),
                _ => Err(Failure::Other(format!(
                    "registry response includes invalid {what}: must use http or https scheme"
                ))),
            }
        };
        let location = Location::There(url("download URL", &said.download_url)?);
        let is_digest = said.shasum.len() == 64 && said.shasum.chars().all(|it| it.is_ascii_hexdigit());
        if !is_digest {
            return Err(failed(format!("registry response includes invalid SHA256 hash {:?}", said.shasum)));
        }
        let document = self.file(&url("SHASUMS URL", &said.shasums_url)?);
        let document = document
            .map_err(|error| failed(format!("failed to retrieve authentication checksums for provider: {error}")))?;
        let signature = self.file(&url("SHASUMS signature URL", &said.shasums_signature_url)?);
        let signature = signature
            .map_err(|error| failed(format!("failed to retrieve cryptographic signature for provider: {error}")))?;
        let keys = said.signing_keys.gpg_public_keys.into_iter().flatten();
        let keys = keys.map(|it| SigningKey { armor: it.ascii_armor, trust: it.trust_signature.unwrap_or_default() });
        let checks = Checks::Signed {
            file: said.filename,
            digest: said.shasum.to_lowercase(),
            document,
            signature,
            keys: keys.collect(),
        };
        Ok(Package { location, checks })
    }

    fn file(&self, url: &str) -> Result<Vec<u8>, String> {
        let answer = ask(&self.client, url, &[])?;
        if !answer.is_success() {
            return Err(format!("{} returned from {}", answer.reason(), Url::parse(url).host()));
        }
        let mut content = Vec::new();
        answer.reader().take(LONGEST + 1).read_to_end(&mut content).map_err(|error| error.to_string())?;
        match content.len() as u64 > LONGEST {
            true => Err(format!("it is longer than {LONGEST} bytes")),
            false => Ok(content),
        }
    }

    /// What the registry of a provider answers, be it that there is no such thing.
    fn get(&mut self, hosts: &Hosts, provider: &ProviderSource, path: &str) -> Result<Answer, Failure> {
        let host = &*provider.host;
        let service = match self.services.get(host) {
            Some(known) => known.clone(),
            None => {
                let found = service(hosts, &self.client, host);
                self.services.insert(host.to_owned(), found.clone());
                found
            }
        }?;
        let headers = hosts.authorization(host);
        let answer = ask(&self.client, &format!("{service}{path}"), &headers).map_err(|it| failed(provider, &it))?;
        match answer.status {
            200 | 404 => Ok(answer),
            401 | 403 if headers.is_empty() => {
                Err(Failure::Other(format!("host {host} requires authentication credentials")))
            }
            401 | 403 => Err(Failure::Other(format!("host {host} rejected the given authentication credentials"))),
            _ => Err(failed(provider, &format!("{} returned from {}", answer.reason(), Url::parse(&service).host()))),
        }
    }
}

fn failed(provider: &ProviderSource, error: &str) -> Failure {
    let provider = super::shown(provider);
    Failure::Other(format!("could not query provider registry for {provider}: {error}"))
}

/// The URL below which a host answers questions on providers; it ends with a slash.
fn service(hosts: &Hosts, client: &Client, host: &str) -> Result<String, Failure> {
    let services = Services::find(hosts, client, host)
        .map_err(|error| Failure::Other(format!("could not connect to {host}: {error}")))?;
    let missing = || Failure::Other(format!("host {host} does not offer a Terraform provider registry"));
    services.url("providers.v1").ok_or_else(missing)
}

/// Asks once more, or as often as `TF_REGISTRY_DISCOVERY_RETRY` says, where there is no answer or a server has trouble.
pub(super) fn ask(client: &Client, url: &str, headers: &[(&str, String)]) -> Result<Answer, String> {
    let set = std::env::var("TF_REGISTRY_DISCOVERY_RETRY").ok().and_then(|it| it.parse::<u32>().ok());
    let attempts = set.unwrap_or(1).saturating_add(1);
    let mut attempt = 1;
    loop {
        let why = match client.get(url, headers) {
            Ok(answer) if answer.status < 500 || answer.status == 501 => return Ok(answer),
            Ok(answer) => format!("{} returned from {}", answer.reason(), Url::parse(url).host()),
            Err(error) => error,
        };
        if attempt >= attempts {
            return Err(match attempts {
                1 => format!("the request failed, please try again later: {why}"),
                _ => format!("the request failed after {attempts} attempts, please try again later: {why}"),
            });
        }
        attempt += 1;
        std::thread::sleep(Duration::from_secs(1));
    }
}
