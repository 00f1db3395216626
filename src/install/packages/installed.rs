//! What a command that starts providers needs of them: their programs, as they are locked; or what Terraform says where they are not
//! there.

use super::{Locks, Platform, Requirements, executable, inconsistent, locate};
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, Diagnostics},
    lang::load::Version,
    product::{COMMAND, PRODUCT},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// The providers whose programs are needed.
pub struct Wanted<'a> {
    /// Those that the configuration needs, with its constraints.
    pub requirements: &'a Requirements,
    /// Those that state has objects of.
    pub recorded: &'a BTreeSet<ProviderSource>,
    /// Folders of those that somebody works on, which are not locked: [`super::Settings::overrides`].
    pub overrides: &'a BTreeMap<ProviderSource, PathBuf>,
    /// Whether a program runs this, so that it is of no use to tell it of commands.
    pub in_automation: bool,
}

/// A provider as it is installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    pub path: PathBuf,
    /// None where somebody works on it.
    pub version: Option<Version>,
}

/// The programs of all that are wanted; or why some cannot be had. `base` is `.terraform/providers`.
///
/// That reads each package as a whole, since its checksum has to be one of those that are locked.
pub fn installed(
    wanted: &Wanted<'_>,
    locks: &Locks,
    base: &Path,
    platform: &Platform,
) -> Result<BTreeMap<ProviderSource, Program>, Diagnostics> {
    let (mut programs, mut absent, mut overridden) = (BTreeMap::new(), Vec::new(), Diagnostics::new());
    let all: BTreeSet<&ProviderSource> = wanted.requirements.keys().chain(wanted.recorded).collect();
    for provider in all {
        if let Some(folder) = wanted.overrides.get(provider) {
            match executable(folder, provider) {
                Ok(path) => drop(programs.insert(provider.clone(), Program { path, version: None })),
                Err(why) => {
                    let detail = format!("The development override of provider {provider} cannot be used: {why}.");
                    overridden.push(Diagnostic::error("Failed to load plugin", detail));
                }
            }
        } else if let Some(lock) = locks.0.get(provider) {
            match locate(base, provider, locks, platform) {
                Ok(path) => {
                    let version = Some(lock.version.clone());
                    programs.insert(provider.clone(), Program { path, version });
                }
                Err(why) => absent.push(format!("\n  - {provider}: {why}")),
            }
        }
    }
    if !absent.is_empty() {
        return Err(vec![not_installed(&absent, wanted.in_automation)]);
    }
    let locked = wanted.requirements.iter().filter(|(it, _)| !wanted.overrides.contains_key(it));
    let locked = locked.map(|(source, constraints)| (source.clone(), constraints.clone())).collect();
    let wrong = inconsistent(&locked, locks);
    if !wrong.is_empty() {
        return Err(vec![not_consistent(&wrong, locks)]);
    }
    let not_locked = |it: &&ProviderSource| !wanted.overrides.contains_key(it) && !locks.0.contains_key(it);
    overridden.extend(wanted.recorded.iter().filter(not_locked).map(|source| {
        let detail = format!(
            "This state requires provider {source}, but that provider isn't available. You may be able to install it \
             automatically by running:\n  {COMMAND} init"
        );
        Diagnostic::error("Missing required provider", detail)
    }));
    if overridden.is_empty() { Ok(programs) } else { Err(overridden) }
}

fn not_installed(absent: &[String], in_automation: bool) -> Diagnostic {
    let advice = match in_automation {
        true => format!("You must install the required plugins before running {PRODUCT} operations."),
        false => format!("To download the plugins required for this configuration, run:\n  {COMMAND} init"),
    };
    let detail = format!(
        "The installed provider plugins are not consistent with the packages selected in the dependency lock file:{}\n\n\
         {PRODUCT} uses external plugins to integrate with a variety of different infrastructure services. {advice}",
        absent.concat()
    );
    Diagnostic::error("Required plugins are not installed", detail)
}

fn not_consistent(wrong: &[String], locks: &Locks) -> Diagnostic {
    let advice = match locks.0.is_empty() {
        true => format!(
            "To make the initial dependency selections that will initialize the dependency lock file, run:\n  {COMMAND} init"
        ),
        false => format!(
            "To update the locked dependency selections to match a changed configuration, run:\n  {COMMAND} init -upgrade"
        ),
    };
    let lines: String = wrong.iter().map(|it| format!("\n  - {it}")).collect();
    let detail = format!(
        "The following dependency selections recorded in the lock file are inconsistent with the current \
         configuration:{lines}\n\n{advice}"
    );
    Diagnostic::error("Inconsistent dependency lock file", detail)
}

/// What is to be said where some of the providers are those that somebody works on; `init` says something of its own.
pub fn overridden(overrides: &BTreeMap<ProviderSource, PathBuf>, by_init: bool) -> Option<Diagnostic> {
    if overrides.is_empty() {
        return None;
    }
    let lines: String =
        overrides.iter().map(|(source, it)| format!("\n - {} in {}", super::shown(source), it.display())).collect();
    let what = match by_init {
        true => format!(
            "Skip {COMMAND} init when using provider development overrides. It is not necessary and may error unexpectedly."
        ),
        false => {
            "The behavior may therefore not match any released version of the provider and applying changes may cause \
                  the state to become incompatible with published releases."
                .to_owned()
        }
    };
    let detail =
        format!("The following provider development overrides are set in the CLI configuration:{lines}\n\n{what}");
    Some(Diagnostic::warning("Provider development overrides are in effect", detail))
}
