//! `version`.

use super::{SUCCESS, args::Version as Options, session::open, terminal::Terminal};
use crate::{
    address::ProviderSource,
    diagnostic::{Sources, has_errors},
    install::packages::{self, LOCK_FILE, Lock, Locks, Platform},
    lang::{dependencies::requirements, load::Files},
    product,
    ui::json::COMPATIBLE_WITH,
};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    let version = env!("CARGO_PKG_VERSION");
    let platform = format!("{}_{}", std::env::consts::OS, architecture());
    let selections = selections();
    if options.json {
        let selections: serde_json::Map<_, _> =
            selections.into_iter().map(|(source, version)| (source, version.into())).collect();
        terminal.indented_json(&json!({
            "terraform_version": COMPATIBLE_WITH,
            "rforge_version": version,
            "platform": platform,
            "provider_selections": selections,
            "terraform_outdated": false,
        }));
    } else {
        // What looks for a version takes the first line.
        terminal.print(&match product::is_terraform() {
            true => format!("Terraform v{COMPATIBLE_WITH}\non {platform}\nrforge v{version}\n"),
            false => format!("rforge v{version}\non {platform}\nCompatible with Terraform v{COMPATIBLE_WITH}\n"),
        });
        for (source, version) in selections {
            terminal.print(&format!("+ provider {source} v{version}\n"));
        }
    }
    SUCCESS
}

/// The versions of providers: those that are locked, and those that built-in ones stand for. Terraform names those that the
/// configuration uses.
fn selections() -> BTreeMap<String, String> {
    let built_in = open::providers();
    let of_built_in = built_in.iter().filter_map(|(source, it)| Some((source.clone(), *it.versions().first()?)));
    let mut found: BTreeMap<_, String> = of_built_in.map(|(source, version)| (source, version.to_owned())).collect();
    if product::is_terraform() {
        let used: BTreeSet<_> = match open::declarations(&Files::disk()) {
            Ok((configuration, _)) => {
                configuration.modules.values().flat_map(|it| requirements(it).into_keys()).collect()
            }
            Err(_) => BTreeSet::new(),
        };
        found.retain(|source, _| used.contains(source));
    }
    let mut wrong = Vec::new();
    let locks = Locks::read(Path::new(LOCK_FILE), &mut Sources::default(), &mut wrong);
    if !has_errors(&wrong) {
        let (base, platform) = (open::load_options().data_folder.join("providers"), Platform::current());
        // Of what is built in and locked nothing may be installed.
        let counts = |source: &ProviderSource, lock: &Lock| {
            let is_installed = || packages::folder(&base, source, &lock.version, &platform).exists();
            product::is_terraform() || !built_in.contains_key(source) || is_installed()
        };
        let locked = locks.0.into_iter().filter(|(source, lock)| counts(source, lock));
        found.extend(locked.map(|(source, lock)| (source, lock.version.to_string())));
    }
    found.into_iter().map(|(source, version)| (source.to_string(), version)).collect()
}

/// As Go names it, and with it Terraform.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}
