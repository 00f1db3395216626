//! `providers lock`: checksums of packages for `.terraform.lock.hcl`, without installing anything.

use crate::{
    address::ProviderSource,
    cli::{
        FAILURE, SUCCESS,
        args::ProvidersLock as Options,
        session::{Failed, open},
        terminal::Terminal,
    },
    diagnostic::{Diagnostic, Diagnostics, has_errors},
    install::packages::{
        self, Event, LOCK_FILE, Lock, Locks, Mode, Origin, Platform, Request, Requirements, Settings, ensure, shown,
    },
    lang::load::{self, Files},
    product::PRODUCT,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    let (mut origin, platforms) = match (origin(options), platforms(&options.platform)) {
        (Err(error), _) => return Failed::new([error]).show(terminal, false),
        (_, Err(errors)) => return Failed::new(errors).show(terminal, false),
        (Ok(origin), Ok(platforms)) => (origin, platforms),
    };
    let (configuration, mut diagnostics) = load::load_from(&Files::disk(), &open::root(), &open::load_options());
    let mut sources = configuration.sources.clone();
    let mut requirements = packages::required(&configuration);
    diagnostics.extend(only(&mut requirements, &options.providers));
    requirements.retain(|it, _| !it.is_builtin());
    let before = Locks::read(Path::new(LOCK_FILE), &mut sources, &mut diagnostics);
    if has_errors(&diagnostics) {
        return Failed { diagnostics, sources }.show(terminal, false);
    }
    let mut found = BTreeMap::new();
    for platform in &platforms {
        match obtain(options, &requirements, &before, platform, &mut origin, terminal) {
            Ok(locks) => drop(found.insert(platform, locks)),
            Err(error) => {
                diagnostics.push(error);
                return Failed { diagnostics, sources }.show(terminal, false);
            }
        }
    }
    let (after, changed) = merged(&requirements, &before, &found, terminal);
    diagnostics.extend(after.write(Path::new(LOCK_FILE)).err());
    terminal.diagnostics(&diagnostics, &sources);
    if has_errors(&diagnostics) {
        return FAILURE;
    }
    let style = terminal.style;
    let success = style.bold(&style.green("Success!"));
    terminal.print(&match changed {
        true => {
            let done = style.bold(&format!("{PRODUCT} has updated the lock file."));
            format!(
                "\n{success} {done}\n\nReview the changes in .terraform.lock.hcl and then commit to your\nversion control system \
                 to retain the new checksums.\n\n"
            )
        }
        false => {
            let done = format!("{PRODUCT} has validated the lock file and found no need for changes.");
            format!("\n{success} {}\n", style.bold(&done))
        }
    });
    SUCCESS
}

fn origin(options: &Options) -> Result<Origin, Diagnostic> {
    match (&options.fs_mirror, &options.net_mirror) {
        (Some(_), Some(_)) => {
            let detail = "The -fs-mirror and -net-mirror command line options are mutually-exclusive.";
            Err(Diagnostic::error("Invalid installation method options", detail))
        }
        (Some(folder), None) => Ok(Origin::folder(folder)),
        (None, Some(url)) if !url.starts_with("https://") => {
            let detail = "The -net-mirror option requires a valid https: URL as the mirror base URL.";
            Err(Diagnostic::error("Invalid network mirror URL", detail))
        }
        (None, Some(url)) => Ok(Origin::network(url)),
        (None, None) => Ok(Origin::registry()),
    }
}

/// The platforms that are named, each once, or this one.
pub(super) fn platforms(named: &[String]) -> Result<Vec<Platform>, Diagnostics> {
    if named.is_empty() {
        return Ok(vec![Platform::current()]);
    }
    let (mut platforms, mut wrong) = (Vec::new(), Diagnostics::new());
    for name in named {
        match Platform::parse(name) {
            Ok(platform) if platforms.contains(&platform) => {}
            Ok(platform) => platforms.push(platform),
            Err(why) => {
                let detail =
                    format!("The string {name:?} given in the -platform option is not a valid target platform: {why}.");
                wrong.push(Diagnostic::error("Invalid target platform", detail));
            }
        }
    }
    if wrong.is_empty() { Ok(platforms) } else { Err(wrong) }
}

/// Leaves those that are named, if any are.
fn only(requirements: &mut Requirements, named: &[String]) -> Diagnostics {
    let (mut sources, mut wrong) = (BTreeSet::new(), Diagnostics::new());
    for name in named {
        match name.parse::<ProviderSource>() {
            Ok(source) => {
                if !requirements.contains_key(&source) {
                    let detail = format!("The provider {source} is not required by the current configuration.");
                    wrong.push(Diagnostic::error("Invalid provider argument", detail));
                }
                sources.insert(source);
            }
            Err(_) => {
                let detail = "The \"source\" attribute must be in the format \"[hostname/][namespace/]name\"";
                wrong.push(Diagnostic::error("Invalid provider source string", detail));
            }
        }
    }
    if !named.is_empty() {
        requirements.retain(|it, _| sources.contains(it));
    }
    wrong
}

/// What the packages for one platform are, which go as soon as that is known.
fn obtain(
    options: &Options,
    requirements: &Requirements,
    before: &Locks,
    platform: &Platform,
    origin: &mut Origin,
    terminal: &Terminal,
) -> Result<Locks, Diagnostic> {
    let place = tempfile::Builder::new().prefix("terraform-providers-lock").tempdir();
    let place = place.map_err(|error| {
        let detail =
            format!("Failed to create a temporary directory for staging the requested provider packages: {error}.");
        Diagnostic::error("Could not create temporary directory", detail)
    })?;
    let cache = options.enable_plugin_cache.then(Settings::read).and_then(|it| it.cache);
    let request = Request {
        requirements,
        others: &BTreeSet::new(),
        locks: before,
        folder: place.path(),
        platform,
        cache: cache.as_ref(),
        mode: Mode::Record,
    };
    let installed = ensure(&request, origin, &mut |provider, event| match event {
        Event::Fetching(version) => {
            terminal.print(&format!("- Fetching {} {version} for {platform}...\n", shown(provider)));
        }
        Event::Fetched(version, vouched) => {
            let key = vouched.key().map_or_else(String::new, |it| format!(", key ID {}", terminal.style.bold(it)));
            let provider = shown(provider);
            terminal.print(&format!("- Retrieved {provider} {version} for {platform} ({vouched}{key})\n"));
        }
        _ => {}
    });
    if installed.missing.is_empty() {
        return Ok(installed.locks);
    }
    let lines = installed.missing.iter().map(|(provider, missing)| format!("- {provider}: {}", missing.why));
    let detail = format!(
        "{PRODUCT} failed to fetch the requested providers for {platform} in order to calculate their checksums: some \
         providers could not be installed:\n{}.",
        lines.collect::<Vec<_>>().join("\n")
    );
    Err(Diagnostic::error("Could not retrieve providers for locking", detail))
}

/// What was locked before with what was found out, and whether that is more; it says so.
fn merged(
    requirements: &Requirements,
    before: &Locks,
    found: &BTreeMap<&Platform, Locks>,
    terminal: &Terminal,
) -> (Locks, bool) {
    let (mut after, mut changed) = (before.clone(), false);
    for provider in requirements.keys() {
        let old = before.0.get(provider);
        for (platform, lock) in found.iter().filter_map(|(platform, locks)| Some((platform, locks.0.get(provider)?))) {
            let (is_new, what) = match old {
                None => (
                    true,
                    "This was a new provider and the checksums for this platform are now tracked in the lock file",
                ),
                Some(old) if lock.hashes.is_subset(&old.hashes) => {
                    (false, "All checksums for this platform were already tracked in the lock file")
                }
                Some(_) => (true, "Additional checksums for this platform are now tracked in the lock file"),
            };
            changed |= is_new;
            terminal.print(&format!("- Obtained {} checksums for {platform}; {what}\n", shown(provider)));
            let mut hashes = lock.hashes.clone();
            hashes.extend(after.0.get(provider).into_iter().flat_map(|it| it.hashes.iter().cloned()));
            after.0.insert(provider.clone(), Lock { hashes, ..lock.clone() });
        }
    }
    (after, changed)
}
