//! Where packages come from: a registry, mirrors, or several of them, each for some providers.

use super::{
    Failure, Package, Platform,
    mirror::Mirror,
    network::Network,
    registry::Registry,
    settings::{Installation, Settings, Way, implied_folders},
};
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, Diagnostics},
    install::hosts::Hosts,
    lang::load::Version,
};
use std::path::{Path, PathBuf};

/// What is asked for packages.
pub struct Origin {
    hosts: Hosts,
    selectors: Vec<Selector>,
    /// Whether it is one source that answers for itself, and not the first of several that has something.
    alone: bool,
}

/// A source, and the providers that it is for.
struct Selector {
    /// All, if there are none.
    include: Vec<Pattern>,
    exclude: Vec<Pattern>,
    source: Source,
}

enum Source {
    Mirror(Mirror),
    Network(Network),
    Registry(Registry),
}

/// Providers by name, each part of which may be `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern([String; 3]);

impl Pattern {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let parts: Vec<String> = text.split('/').map(str::to_lowercase).collect();
        let wrong = |why: &str| Err(format!("invalid provider matching pattern {text:?}: {why}"));
        let parts: [String; 3] = match &parts[..] {
            [namespace, name] => ["registry.terraform.io".into(), namespace.clone(), name.clone()],
            [host, namespace, name] => [host.clone(), namespace.clone(), name.clone()],
            _ => return wrong("must have either two or three slash-separated segments"),
        };
        if parts.iter().any(String::is_empty) {
            return wrong("must not have an empty segment");
        }
        Ok(Self(parts))
    }

    fn of(provider: &ProviderSource) -> Self {
        Self([&provider.host, &provider.namespace, &provider.name].map(|it| it.to_string()))
    }

    fn matches(&self, provider: &ProviderSource) -> bool {
        self.0.iter().zip(Self::of(provider).0).all(|(wanted, it)| wanted == "*" || *wanted == it)
    }
}

impl Selector {
    fn of(source: Source) -> Self {
        Self { include: Vec::new(), exclude: Vec::new(), source }
    }

    /// What is left out is so whatever is included.
    fn is_for(&self, provider: &ProviderSource) -> bool {
        let matches = |patterns: &[Pattern]| patterns.iter().any(|it| it.matches(provider));
        !matches(&self.exclude) && (self.include.is_empty() || matches(&self.include))
    }
}

impl Source {
    fn versions(&mut self, hosts: &Hosts, provider: &ProviderSource) -> Result<Vec<Version>, Failure> {
        match self {
            Self::Mirror(mirror) => mirror.versions(provider),
            Self::Network(network) => network.versions(hosts, provider),
            Self::Registry(registry) => registry.versions(hosts, provider),
        }
    }

    /// As a list of places that were searched names it.
    fn shown(&self, provider: &ProviderSource) -> String {
        match self {
            Self::Mirror(mirror) => mirror.folder.display().to_string(),
            Self::Network(network) => format!("provider mirror at {}", network.url),
            Self::Registry(_) => format!("provider registry {provider}"),
        }
    }
}

impl Origin {
    /// The registry that each provider names.
    pub fn registry() -> Self {
        Self::only(Source::Registry(Registry::default()))
    }

    /// A folder.
    pub fn folder(folder: &Path) -> Self {
        Self::only(Source::Mirror(Mirror::new(folder.to_owned())))
    }

    /// A network mirror at an https: URL.
    pub fn network(url: &str) -> Self {
        Self::only(Source::Network(Network::new(url)))
    }

    fn only(source: Source) -> Self {
        Self { hosts: Hosts::read(), selectors: vec![Selector::of(source)], alone: true }
    }

    /// Those folders and nothing else, as `init -plugin-dir` wants it.
    pub fn folders(folders: &[PathBuf]) -> Self {
        let selector = |it: &PathBuf| Selector::of(Source::Mirror(Mirror::new(it.clone())));
        Self { hosts: Hosts::read(), selectors: folders.iter().map(selector).collect(), alone: false }
    }

    /// What the settings say: without any, folders where people put packages, and the registries for what is in none of them.
    pub fn configured(settings: &Settings) -> Self {
        let selectors = match &settings.installation {
            Some(ways) => ways.iter().map(selector).collect(),
            None => implied(),
        };
        Self { hosts: Hosts::read(), selectors, alone: false }
    }

    /// Every version that there is, in no order.
    pub(super) fn versions(&mut self, provider: &ProviderSource) -> Result<Vec<Version>, Failure> {
        if self.alone {
            let selector = self.selectors.first_mut().map(|it| it.source.versions(&self.hosts, provider));
            return selector.unwrap_or_else(|| Ok(Vec::new()));
        }
        if self.selectors.is_empty() {
            return Ok(Vec::new());
        }
        let (mut versions, mut places, mut unknown) = (Vec::new(), Vec::new(), false);
        for selector in self.selectors.iter_mut().filter(|it| it.is_for(provider)) {
            places.push(selector.source.shown(provider));
            match selector.source.versions(&self.hosts, provider) {
                Ok(found) => versions.extend(found),
                Err(Failure::Unknown(_)) => unknown = true,
                Err(Failure::NotFound(..)) => {}
                Err(other) => return Err(other),
            }
        }
        match versions.is_empty() {
            true if unknown => Err(Failure::Unknown(provider.clone())),
            true => Err(Failure::NotFound(provider.clone(), places)),
            false => Ok(versions),
        }
    }

    /// What registries say of providers that were looked for.
    pub fn warnings(&self) -> Diagnostics {
        let registries = self.selectors.iter().filter_map(|it| match &it.source {
            Source::Registry(registry) => Some(registry),
            _ => None,
        });
        let warning = |(provider, lines): (&ProviderSource, &Vec<String>)| {
            let lines: Vec<String> = lines.iter().map(|it| format!("- {it}")).collect();
            let detail = format!("The remote registry returned warnings for {provider}:\n{}", lines.join("\n"));
            Diagnostic::warning("Additional provider information from registry", detail)
        };
        registries.flat_map(|it| &it.warnings).map(warning).collect()
    }

    /// The package of one version, from the first source that has it.
    pub(super) fn package(
        &mut self,
        provider: &ProviderSource,
        version: &Version,
        platform: &Platform,
    ) -> Result<Package, Failure> {
        for selector in self.selectors.iter_mut().filter(|it| it.is_for(provider)) {
            let found = match &mut selector.source {
                Source::Mirror(mirror) => mirror.package(provider, version, platform),
                Source::Network(network) => network.package(&self.hosts, provider, version, platform),
                Source::Registry(registry) => registry.package(&self.hosts, provider, version, platform),
            };
            match found {
                Err(Failure::Unknown(_) | Failure::NotFound(..) | Failure::Unavailable(..)) => {}
                other => return other,
            }
        }
        Err(Failure::unavailable(provider, version, platform))
    }
}

fn selector(installation: &Installation) -> Selector {
    let source = match &installation.way {
        Way::Folder(folder) => Source::Mirror(Mirror::new(folder.clone())),
        Way::Network(url) => Source::Network(Network::new(url)),
        Way::Direct => Source::Registry(Registry::default()),
    };
    Selector { include: installation.include.clone(), exclude: installation.exclude.clone(), source }
}

/// Folders of the configuration, the user and the machine, and the registries for providers that are in none of them.
fn implied() -> Vec<Selector> {
    let (mut selectors, mut exclude) = (Vec::new(), Vec::new());
    for folder in implied_folders().into_iter().filter(|it| it.is_dir()) {
        let mut mirror = Mirror::new(folder);
        exclude.extend(mirror.found().into_iter().flat_map(|it| it.keys()).map(Pattern::of));
        selectors.push(Selector::of(Source::Mirror(mirror)));
    }
    selectors.push(Selector { include: Vec::new(), exclude, source: Source::Registry(Registry::default()) });
    selectors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_providers() {
        let aws = ProviderSource::hashicorp("aws");
        for (pattern, expected) in [
            ("hashicorp/aws", Ok(true)),
            ("HashiCorp/*", Ok(true)),
            ("*/*", Ok(true)),
            ("*/*/*", Ok(true)),
            ("registry.terraform.io/*/*", Ok(true)),
            ("example.com/*/*", Ok(false)),
            ("hashicorp/google", Ok(false)),
            ("acme/*", Ok(false)),
            ("aws", Err(())),
            ("a/b/c/d", Err(())),
            ("a//c", Err(())),
        ] {
            assert_eq!(Pattern::parse(pattern).map(|it| it.matches(&aws)).map_err(drop), expected, "{pattern}");
        }
    }
}
