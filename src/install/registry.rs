//! The module registry protocol: which versions a module has, and where one of them is.

use super::{hosts::Hosts, services::Services};
use crate::{
    lang::{load::Version, source::RegistryModule},
    web::{Answer, Client, resolve},
};
use serde::Deserialize;
use std::collections::HashMap;

/// Why a registry does not tell.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("the registry has no such module")]
    NotFound,
    #[error("{0}")]
    Other(String),
}

impl From<String> for Failure {
    fn from(error: String) -> Self {
        Self::Other(error)
    }
}

/// Asks registries, each question once.
#[derive(Default)]
pub(super) struct Registry {
    client: Client,
    hosts: Option<Hosts>,
    services: HashMap<String, String>,
    versions: HashMap<String, Vec<Version>>,
}

#[derive(Deserialize)]
struct Versions {
    modules: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    versions: Vec<ListedVersion>,
}

#[derive(Deserialize)]
struct ListedVersion {
    version: String,
}

#[derive(Deserialize)]
struct Location {
    location: Option<String>,
}

impl Registry {
    /// Every version of a module that can be read as one.
    pub(super) fn versions(&mut self, module: &RegistryModule) -> Result<Vec<Version>, Failure> {
        let package = module.package();
        if let Some(versions) = self.versions.get(&package) {
            return Ok(versions.clone());
        }
        let answer = self.get(&module.host, &format!("{}/versions", path(module)))?;
        if answer.status == 404 {
            return Err(Failure::NotFound);
        }
        if !answer.is_success() {
            return Err(Failure::Other(format!("error looking up module versions: {}", answer.status)));
        }
        let answer: Versions = serde_json::from_str(&answer.text()?).map_err(|error| error.to_string())?;
        let listed =
            answer.modules.into_iter().next().ok_or_else(|| {
                Failure::Other("the registry returned an invalid response: it lists no module".into())
            })?;
        let versions: Vec<Version> = listed.versions.iter().filter_map(|it| Version::parse(&it.version)).collect();
        self.versions.insert(package, versions.clone());
        Ok(versions)
    }

    /// The source address of one version.
    pub(super) fn location(&mut self, module: &RegistryModule, version: &Version) -> Result<String, String> {
        let what = format!("{} version {version}", module.package());
        let answer = self.get(&module.host, &format!("{}/{version}/download", path(module)))?;
        if !answer.is_success() {
            let status = answer.status;
            return Err(format!("error getting download location for {what}: the registry answered {status}"));
        }
        let (header, url) = (answer.header("x-terraform-get").map(str::to_owned), answer.url.clone());
        let location = match header.filter(|it| !it.is_empty()) {
            Some(location) => Some(location),
            // Newer registries say it in the body.
            None if answer.status == 200 => {
                serde_json::from_str::<Location>(&answer.text()?).ok().and_then(|it| it.location)
            }
            None => None,
        };
        let location = location.filter(|it| !it.is_empty());
        let location =
            location.ok_or_else(|| format!("failed to get download URL for {what}: the response has none"))?;
        let is_relative = ["/", "./", "../"].iter().any(|it| location.starts_with(it));
        Ok(if is_relative { resolve(&url, &location) } else { location })
    }

    fn get(&mut self, host: &str, path: &str) -> Result<Answer, String> {
        let service = self.service(host)?;
        let headers = self.hosts().authorization(host);
        self.client.get(&format!("{service}{path}"), &headers)
    }

    /// The URL below which a host answers questions on modules; it ends with a slash.
    fn service(&mut self, host: &str) -> Result<String, String> {
        if let Some(service) = self.services.get(host) {
            return Ok(service.clone());
        }
        let hosts = self.hosts.get_or_insert_with(Hosts::read);
        let services = Services::find(hosts, &self.client, host)?;
        let missing = || format!("host https://{host} does not offer a module registry");
        let service = services.url("modules.v1").ok_or_else(missing)?;
        self.services.insert(host.to_owned(), service.clone());
        Ok(service)
    }

    fn hosts(&mut self) -> &Hosts {
        self.hosts.get_or_insert_with(Hosts::read)
    }
}

fn path(module: &RegistryModule) -> String {
    format!("{}/{}/{}", module.namespace, module.name, module.system)
}
