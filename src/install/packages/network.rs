//! The network mirror protocol: JSON files that say which versions a server has, and where their packages are.

use super::{Checks, Failure, Location, Package, Platform, hash, version};
use crate::{
    address::ProviderSource,
    install::hosts::Hosts,
    lang::load::Version,
    web::{Answer, Client, Url, resolve},
};
use serde::Deserialize;
use std::collections::BTreeMap;

pub(super) struct Network {
    /// Ends with a slash.
    pub url: String,
    client: Client,
}

#[derive(Deserialize)]
struct Index {
    #[serde(default)]
    versions: BTreeMap<String, serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Archives {
    #[serde(default)]
    archives: BTreeMap<String, Archive>,
}

#[derive(Deserialize)]
struct Archive {
    url: String,
    #[serde(default)]
    hashes: Vec<String>,
}

impl Network {
    pub(super) fn new(url: &str) -> Self {
        Self { url: format!("{}/", url.trim_end_matches('/')), client: Client::default() }
    }

    pub(super) fn versions(&self, hosts: &Hosts, provider: &ProviderSource) -> Result<Vec<Version>, Failure> {
        let answer = self.get(hosts, provider, "index.json")?;
        if answer.status == 404 {
            return Err(Failure::NotFound(provider.clone(), vec![self.url.clone()]));
        }
        let index: Index = self.read(answer)?;
        // Terraform leaves out what it cannot read, too.
        Ok(index.versions.keys().filter_map(|it| version(it).ok()).collect())
    }

    pub(super) fn package(
        &self,
        hosts: &Hosts,
        provider: &ProviderSource,
        version: &Version,
        platform: &Platform,
    ) -> Result<Package, Failure> {
        let answer = self.get(hosts, provider, &format!("{version}.json"))?;
        let unavailable = || Failure::unavailable(provider, version, platform);
        if answer.status == 404 {
            return Err(unavailable());
        }
        let from = answer.url.clone();
        let mut archives: Archives = self.read(answer)?;
        let archive = archives.archives.remove(&platform.to_string()).ok_or_else(unavailable)?;
        if let Some(wrong) = archive.hashes.iter().find(|it| hash::scheme(it).is_none()) {
            return Err(Failure::Other(format!(
                "provider mirror returned invalid provider hash {wrong:?}: hash string must start with a scheme keyword \
                 followed by a colon"
            )));
        }
        let url = resolve(&from, &archive.url);
        if !matches!(Url::parse(&url).scheme(), "http" | "https") {
            let detail = format!("provider mirror returned invalid URL {url:?}: must use http or https scheme");
            return Err(Failure::Other(detail));
        }
        let checks = match archive.hashes.is_empty() {
            true => Checks::None,
            false => Checks::Hashes(hash::known(&archive.hashes.into_iter().collect())),
        };
        Ok(Package { location: Location::There(url), checks })
    }

    /// What the mirror answers, be it that it has no such file.
    fn get(&self, hosts: &Hosts, provider: &ProviderSource, file: &str) -> Result<Answer, Failure> {
        let url = format!("{}{provider}/{file}", self.url);
        let headers = hosts.authorization(Url::parse(&self.url).host());
        let answer = self.client.get(&url, &headers).map_err(|error| self.failed(&error))?;
        match answer.status {
            200 | 404 => Ok(answer),
            401 | 403 if headers.is_empty() => Err(self.failed("requires authentication credentials")),
            401 | 403 => Err(self.failed("rejected the given authentication credentials")),
            status => Err(self.failed(&format!("server returned unsuccessful status {status}"))),
        }
    }

    fn read<T: for<'d> Deserialize<'d>>(&self, answer: Answer) -> Result<T, Failure> {
        let text = answer.text().map_err(|error| self.failed(&error))?;
        serde_json::from_str(&text)
            .map_err(|error| self.failed(&format!("invalid response content from mirror server: {error}")))
    }

    fn failed(&self, error: &str) -> Failure {
        Failure::Other(format!("failed to query provider mirror {}: {error}", self.url))
    }
}
