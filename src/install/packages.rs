//! Installs providers that are programs of others, as `terraform init` does: a version that all modules accept, or the one that
//! `.terraform.lock.hcl` holds to, from wherever the settings say, checked before it is used, in `.terraform/providers`.
//!
//! Nothing here starts a provider.

mod download;
mod hash;
mod installed;
mod locks;
mod mirror;
mod network;
mod origin;
mod place;
mod publish;
mod registry;
mod settings;
mod signature;
mod verified;

pub use installed::{Program, Wanted, installed, overridden};
pub use locks::{LOCK_FILE, Lock, Locks};
pub use origin::Origin;
pub use place::{executable, folder, locate};
pub use publish::{Mirroring, mirror};
pub(super) use settings::problems;
pub use settings::{Cache, Settings};

use super::hosts;
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, Diagnostics},
    lang::{
        configuration::Configuration,
        dependencies::requirements,
        load::{Version, canonical, names_exactly, satisfies},
    },
    product::COMMAND,
};
use signature::SigningKey;
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fmt,
    path::Path,
};

/// The version constraints of all modules together, in their canonical form, by provider. Empty where there are none.
pub type Requirements = BTreeMap<ProviderSource, String>;

/// What a package is built for: `linux_amd64`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Platform {
    pub system: String,
    pub architecture: String,
}

/// Who signed the checksums of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signer {
    HashiCorp,
    Partner,
    Community,
}

/// What is known of where a package comes from, once it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vouched {
    /// Nobody vouches for it.
    Unauthenticated,
    /// It is what the mirror says that it is.
    Checksum,
    /// With the number of the key.
    Signed(Signer, String),
}

/// Why a provider cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// With the places where it was looked for.
    #[error("provider {0} was not found in any of the search locations{places}", places = listed(.1))]
    NotFound(ProviderSource, Vec<String>),
    /// Its registry does not know it.
    #[error("provider registry {host} does not have a provider named {0}", host = .0.host)]
    Unknown(ProviderSource),
    /// Not for this platform.
    #[error("provider {0} is not available for {1}")]
    Unavailable(String, String),
    #[error("{0}")]
    Other(String),
}

/// A provider that is not installed, and why.
#[derive(Clone, Debug)]
pub struct Missing {
    /// The version that was chosen, if it got that far.
    pub version: Option<Version>,
    pub why: Failure,
}

/// What is done, for who waits.
#[derive(Debug)]
pub enum Event<'e> {
    /// Versions are looked for: any that meets the constraints, or the one that is locked.
    Querying {
        constraints: &'e str,
        locked: bool,
    },
    /// It is there already.
    Present(&'e Version),
    /// It is in the shared cache.
    Cached(&'e Version),
    Fetching(&'e Version),
    /// So many bytes of it have come, of so many, if anybody knows.
    Received(&'e Version, u64, Option<u64>),
    Fetched(&'e Version, &'e Vouched),
    /// Of what is locked now only the hash for this platform is known: nobody signed those of the others.
    Incomplete,
}

/// How far what is locked counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `init`: the version and the hashes.
    Normal,
    /// `init -upgrade`: neither, but hashes of a version that stays.
    Upgrade,
    /// `providers lock`: the version; what its package is, is found out.
    Record,
}

/// What to install.
pub struct Request<'a> {
    pub requirements: &'a Requirements,
    /// What is required besides, and needs no package: what is locked of it stays.
    pub others: &'a BTreeSet<ProviderSource>,
    pub locks: &'a Locks,
    /// `.terraform/providers`
    pub folder: &'a Path,
    pub platform: &'a Platform,
    pub cache: Option<&'a Cache>,
    pub mode: Mode,
}

/// What there is now.
#[derive(Debug)]
pub struct Installed {
    /// Of what is required and could be had, and the former ones of what could not.
    pub locks: Locks,
    pub missing: BTreeMap<ProviderSource, Missing>,
}

/// Where a package is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Location {
    Here(hash::Packed),
    There(String),
}

/// A package, and what it is to be checked by.
struct Package {
    location: Location,
    checks: Checks,
}

enum Checks {
    None,
    /// It must have one of these.
    Hashes(BTreeSet<String>),
    Signed {
        /// What the list of checksums calls it.
        file: String,
        digest: String,
        document: Vec<u8>,
        signature: Vec<u8>,
        keys: Vec<SigningKey>,
    },
}

impl Platform {
    /// The one that this runs on.
    pub fn current() -> Self {
        let go = |name: &str| hosts::platform(name).to_owned();
        Self { system: go(env::consts::OS), architecture: go(env::consts::ARCH) }
    }

    /// `linux_amd64`; or what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let is_word = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_alphanumeric());
        match text.split_once('_') {
            Some((system, architecture)) if is_word(system) && is_word(architecture) => {
                Ok(Self { system: system.into(), architecture: architecture.into() })
            }
            _ => Err("must be two words separated by an underscore"),
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}_{}", self.system, self.architecture)
    }
}

impl fmt::Display for Vouched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unauthenticated => "unauthenticated",
            Self::Checksum => "verified checksum",
            Self::Signed(Signer::HashiCorp, _) => "signed by HashiCorp",
            Self::Signed(Signer::Partner, _) => "signed by a HashiCorp partner",
            Self::Signed(Signer::Community, _) => "self-signed",
        })
    }
}

impl Vouched {
    /// The number of the key of somebody else than HashiCorp.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Signed(Signer::Partner | Signer::Community, key) => Some(key),
            _ => None,
        }
    }
}

impl Failure {
    fn unavailable(provider: &ProviderSource, version: &Version, platform: &Platform) -> Self {
        Self::Unavailable(format!("{provider} {version}"), platform.to_string())
    }
}

fn listed(places: &[String]) -> String {
    let lines: String = places.iter().map(|it| format!("\n  - {it}")).collect();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

/// A provider as messages name it: without the registry where that is the usual one.
pub fn shown(provider: &ProviderSource) -> String {
    let whole = provider.to_string();
    whole.strip_prefix("registry.terraform.io/").unwrap_or(&whole).to_owned()
}

/// One version of a provider. It becomes part of paths, so that it has no characters of other things.
fn version(text: &str) -> Result<Version, String> {
    if text.starts_with('v') {
        return Err("a \"v\" prefix should not be used".into());
    }
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let is_number = |it: &str| !it.is_empty() && it.len() < 20 && it.chars().all(|it| it.is_ascii_digit());
    let parts: Vec<&str> = core.split('.').collect();
    let allowed = text.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '+'));
    let parsed = Version::parse(text).filter(|_| allowed && parts.len() <= 3 && parts.iter().all(|it| is_number(it)));
    parsed.ok_or_else(|| {
        "invalid specification; required format is three positive integers separated by periods".to_owned()
    })
}

/// What all modules of a configuration require together, the providers that are part of Terraform among it.
pub fn required(configuration: &Configuration) -> Requirements {
    required_by([configuration])
}

/// What all modules of several configurations require together.
pub fn required_by<'c>(configurations: impl IntoIterator<Item = &'c Configuration>) -> Requirements {
    let mut found: BTreeMap<ProviderSource, Vec<String>> = BTreeMap::new();
    let modules = configurations.into_iter().flat_map(|it| it.modules.values());
    for (source, constraint) in modules.flat_map(requirements) {
        found.entry(source).or_default().extend(constraint);
    }
    found.into_iter().map(|(source, all)| (source, canonical(&all.join(", ")))).collect()
}

/// Whether a version meets the constraints. A prerelease has to be named.
fn meets(version: &Version, constraints: &str) -> bool {
    match constraints.is_empty() {
        true => !version.is_prerelease(),
        false => {
            satisfies(version, constraints) == Some(true)
                && (!version.is_prerelease() || names_exactly(version, constraints))
        }
    }
}

/// Installs what is required and is not there.
pub fn ensure(
    request: &Request<'_>,
    origin: &mut Origin,
    report: &mut dyn FnMut(&ProviderSource, Event<'_>),
) -> Installed {
    let mut installed = Installed { locks: request.locks.clone(), missing: BTreeMap::new() };
    let mut chosen = Vec::new();
    for (provider, constraints) in request.requirements {
        match choose(request, origin, provider, constraints, report) {
            Ok(version) => chosen.push((provider, constraints, version)),
            Err(why) => drop(installed.missing.insert(provider.clone(), Missing { version: None, why })),
        }
    }
    for (provider, constraints, version) in chosen {
        match place::provide(request, origin, provider, &version, report) {
            // What is there as it was locked changes nothing.
            Ok(None) => {}
            Ok(Some(hashes)) => {
                let lock = Lock { version, constraints: constraints.clone(), hashes };
                installed.locks.0.insert(provider.clone(), lock);
            }
            Err(why) => {
                installed.missing.insert(provider.clone(), Missing { version: Some(version), why });
            }
        }
    }
    let is_needed = |it: &ProviderSource| request.requirements.contains_key(it) || request.others.contains(it);
    installed.locks.0.retain(|it, _| is_needed(it));
    installed
}

/// The version to install: the one that is locked, or the newest that all accept.
fn choose(
    request: &Request<'_>,
    origin: &mut Origin,
    provider: &ProviderSource,
    constraints: &str,
    report: &mut dyn FnMut(&ProviderSource, Event<'_>),
) -> Result<Version, Failure> {
    let locked = request.locks.0.get(provider).filter(|_| request.mode != Mode::Upgrade).map(|it| &it.version);
    report(provider, Event::Querying { constraints, locked: locked.is_some() });
    if let Some(locked) = locked.filter(|it| !(constraints.is_empty() || meets(it, constraints))) {
        return Err(Failure::Other(format!(
            "locked provider {provider} {locked} does not match configured version constraint {constraints}; must use \
             {COMMAND} init -upgrade to allow selection of new versions"
        )));
    }
    let suits = |it: &Version| locked.map_or_else(|| meets(it, constraints), |locked| it == locked);
    let found = origin.versions(provider)?.into_iter().filter(|it| suits(it)).max();
    found.ok_or_else(|| {
        Failure::Other(match locked {
            Some(locked) => format!("the previously-selected version {locked} is no longer available"),
            None => format!("no available releases match the given constraints {constraints}").trim_end().to_owned(),
        })
    })
}

/// One error for each provider that `init` could not install.
pub fn failures(missing: &BTreeMap<ProviderSource, Missing>) -> Diagnostics {
    let error = |(provider, missing): (&ProviderSource, &Missing)| {
        let (shown, why) = (shown(provider), &missing.why);
        if let Some(version) = &missing.version {
            let detail = format!("Error while installing {shown} v{version}: {why}");
            return Diagnostic::error("Failed to install provider", detail);
        }
        let detail = format!("Could not retrieve the list of available versions for provider {shown}: {why}");
        let advice = match why {
            Failure::NotFound(..) => String::new(),
            Failure::Unknown(_) => format!(
                "\n\nAll modules should specify their required_providers so that external consumers will get the correct \
                 providers when using a module. To see which modules are currently depending on {shown}, run the following \
                 command:\n    {COMMAND} providers"
            ),
            _ => format!(
                "\n\nTo see which modules are currently depending on {shown} and what versions are specified, run the \
                 following command:\n    {COMMAND} providers"
            ),
        };
        Diagnostic::error("Failed to query available provider packages", detail + &advice)
    };
    missing.iter().map(error).collect()
}

/// What of the requirements the lock file does not meet, in the words of all commands that need providers.
pub fn inconsistent(requirements: &Requirements, locks: &Locks) -> Vec<String> {
    let wrong = |(provider, constraints): (&ProviderSource, &String)| match locks.0.get(provider) {
        _ if provider.is_builtin() => None,
        None => Some(format!("provider {provider}: required by this configuration but no version is selected")),
        Some(lock) if constraints.is_empty() || meets(&lock.version, constraints) => None,
        Some(lock) if lock.constraints == *constraints => Some(format!(
            "provider {provider}: version constraints {constraints:?} don't match the locked version selection {}",
            lock.version
        )),
        Some(lock) => Some(format!(
            "provider {provider}: locked version selection {} doesn't match the updated version constraints {constraints:?}",
            lock.version
        )),
    };
    requirements.iter().filter_map(wrong).collect()
}
