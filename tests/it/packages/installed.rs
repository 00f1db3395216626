//! What a command other than `init` finds of providers: their programs, or Terraform's words.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use rforge::{
    address::ProviderSource,
    diagnostic::Sources,
    install::packages::{self, LOCK_FILE, Locks, Platform, Wanted, overridden},
};

use super::{files_hash, installing::put, locked};
use crate::workspace::Workspace;

const NONE: &str = "reg.test/acme/x: required by this configuration but no version is selected";

/// What is said of `x`, required with these constraints, or only by state: where its program is, or what is wrong.
fn said(workspace: &Workspace, constraints: Option<&str>, overrides: &[PathBuf]) -> String {
    let mut found = Vec::new();
    let locks = Locks::read(&workspace.path().join(LOCK_FILE), &mut Sources::default(), &mut found);
    assert!(found.is_empty());
    let provider: ProviderSource = "reg.test/acme/x".parse().unwrap();
    let overrides = overrides.iter().map(|it| (provider.clone(), workspace.path().join(it))).collect();
    let wanted = Wanted {
        requirements: &constraints.map(|it| (provider.clone(), it.to_owned())).into_iter().collect(),
        recorded: &if constraints.is_none() { BTreeSet::from([provider.clone()]) } else { BTreeSet::new() },
        overrides: &overrides,
        in_automation: false,
    };
    let platform = Platform { system: "linux".into(), architecture: "amd64".into() };
    let found = packages::installed(&wanted, &locks, &workspace.path().join("base"), &platform);
    let text = match found {
        Ok(programs) => {
            let program = &programs[&provider];
            let version = program.version.as_ref().map_or("none".to_owned(), ToString::to_string);
            format!("{version} {}", program.path.display())
        }
        Err(diagnostics) => diagnostics.iter().map(|it| format!("{}: {}", it.summary, it.detail)).collect(),
    };
    text.replace(&workspace.path().display().to_string(), "<folder>")
}

#[test]
fn programs_are_found_as_they_are_locked() {
    let workspace = Workspace::new(None);
    let selections = "The following dependency selections recorded in the lock file are inconsistent with the current \
                      configuration:\n  - provider ";
    let first =
        "To make the initial dependency selections that will initialize the dependency lock file, run:\n  rforge init";
    let inconsistent =
        |what: &str, advice: &str| format!("Inconsistent dependency lock file: {selections}{what}\n\n{advice}");
    assert_eq!(said(&workspace, Some(""), &[]), inconsistent(NONE, first));
    let state = "Missing required provider: This state requires provider reg.test/acme/x, but that provider isn't available. You \
                 may be able to install it automatically by running:\n  rforge init";
    assert_eq!(said(&workspace, None, &[]), state);

    workspace.write(LOCK_FILE, &locked("1.0.0", "< 2.0.0", &[files_hash("1.0.0", "linux_amd64")]));
    let absent = |why: &str| {
        format!(
            "Required plugins are not installed: The installed provider plugins are not consistent with the packages selected in \
             the dependency lock file:\n  - reg.test/acme/x: {why}\n\nrforge uses external plugins to integrate with a variety \
             of different infrastructure services. To download the plugins required for this configuration, run:\n  rforge init"
        )
    };
    let no_package = absent("there is no package for reg.test/acme/x 1.0.0 cached in <folder>/base");
    assert_eq!(said(&workspace, Some("< 2.0.0"), &[]), no_package);
    assert_eq!(said(&workspace, None, &[]), no_package);

    put(&workspace, "base", "1.0.0", false);
    let program = "base/reg.test/acme/x/1.0.0/linux_amd64/terraform-provider-x_v1.0.0";
    let found = format!("1.0.0 <folder>/{program}");
    for constraints in [Some("< 2.0.0"), Some(""), Some(">= 1.0.0"), None] {
        assert_eq!(said(&workspace, constraints, &[]), found, "{constraints:?}");
    }
    let again =
        "To update the locked dependency selections to match a changed configuration, run:\n  rforge init -upgrade";
    let updated =
        "reg.test/acme/x: locked version selection 1.0.0 doesn't match the updated version constraints \"> 1.0.0\"";
    assert_eq!(said(&workspace, Some("> 1.0.0"), &[]), inconsistent(updated, again));
    workspace.write(LOCK_FILE, &locked("1.0.0", "> 1.0.0", &[files_hash("1.0.0", "linux_amd64")]));
    let edited = "reg.test/acme/x: version constraints \"> 1.0.0\" don't match the locked version selection 1.0.0";
    assert_eq!(said(&workspace, Some("> 1.0.0"), &[]), inconsistent(edited, again));

    // Nobody starts what is not what was locked.
    let whole = workspace.read(program);
    workspace.write(program, "#!/bin/sh\n");
    let damaged = "the cached package for reg.test/acme/x 1.0.0 (in <folder>/base) does not match any of the checksums recorded in \
                   the dependency lock file";
    assert_eq!(said(&workspace, None, &[]), absent(damaged));
    workspace.write(program, &whole);
    assert_eq!(said(&workspace, None, &[]), found);

    // What somebody works on is neither locked nor checked.
    fs::remove_file(workspace.path().join(LOCK_FILE)).unwrap();
    let made = [PathBuf::from("made")];
    let expected = "Failed to load plugin: The development override of provider reg.test/acme/x cannot be used: could not read \
                    package directory: No such file or directory (os error 2).";
    assert_eq!(said(&workspace, None, &made), expected);
    workspace.write("made/terraform-provider-x", "");
    assert_eq!(said(&workspace, Some("> 7"), &made), "none <folder>/made/terraform-provider-x");
}

#[test]
fn overrides_are_told_of() {
    let overrides = BTreeMap::from([("hashicorp/random".parse().unwrap(), PathBuf::from("/made"))]);
    let told = |by_init| overridden(&overrides, by_init).map(|it| format!("{}: {}", it.summary, it.detail));
    let start = "Provider development overrides are in effect: The following provider development overrides are set in the CLI \
                 configuration:\n - hashicorp/random in /made\n\n";
    assert_eq!(
        told(true).unwrap().strip_prefix(start).unwrap(),
        "Skip rforge init when using provider development overrides. It is not necessary and may error unexpectedly."
    );
    assert!(told(false).unwrap().starts_with(&format!("{start}The behavior may therefore not match any released")));
    assert!(overridden(&BTreeMap::new(), true).is_none());
}
