//! Providers that are programs of others: they are locked, mirrored and installed from registries, mirrors and folders on this
//! machine. Words, locks and folders are those that Terraform 1.11.4 gave for the same; where a library of its language speaks, ours does.

mod init;
mod installed;
mod installing;
mod publisher;

use std::fs;

use rforge::install::packages::LOCK_FILE;

use crate::{
    process::Outcome,
    server::{Page, Server},
    workspace::Workspace,
};
use publisher::{PLATFORMS, Release, author, digest, files_hash, package, registry, stranger};

const HEADER: &str = "# This file is maintained automatically by \"terraform init\".\n\
                      # Manual edits may be lost in future updates.\n";

/// A workspace that requires `x` of the registry `reg.test`, which is at `server`.
fn requiring(constraint: &str, server: Option<&Server>, settings: &str) -> Workspace {
    let workspace = Workspace::new(None);
    require(&workspace, constraint);
    let host = server.map_or_else(String::new, |it| {
        format!("host \"reg.test\" {{\n  services = {{ \"providers.v1\" = \"{}/p/\" }}\n}}\n", it.url)
    });
    workspace.write(".home/.terraformrc", &(host + settings));
    workspace
}

fn require(workspace: &Workspace, constraint: &str) {
    let version = if constraint.is_empty() { String::new() } else { format!(", version = \"{constraint}\"") };
    let text = format!("x = {{ source = \"reg.test/acme/x\"{version} }}");
    workspace.write("main.tf", &format!("terraform {{\n  required_providers {{\n    {text}\n  }}\n}}\n"));
}

/// What a command says, as one line, with the workspace and the server left out.
fn words(workspace: &Workspace, server: Option<&Server>, outcome: &Outcome) -> String {
    let said = format!("{}{}", outcome.stdout, outcome.stderr);
    let said: Vec<&str> = said.split_whitespace().collect();
    let said = said.join(" ").replace(&workspace.path().display().to_string(), "<folder>");
    let address = server.map(|it| it.url.split("//").nth(1).unwrap_or_default().to_owned());
    address.map_or(said.clone(), |it| said.replace(&it, "<server>"))
}

fn locked(version: &str, constraints: &str, hashes: &[String]) -> String {
    let mut hashes: Vec<String> = hashes.iter().map(|it| format!("    \"{it}\",\n")).collect();
    hashes.sort();
    let (blank, constraints) = match constraints {
        "" => ("", String::new()),
        it => ("    ", format!("  constraints = \"{it}\"\n")),
    };
    let hashes = hashes.concat();
    format!(
        "{HEADER}\nprovider \"reg.test/acme/x\" {{\n  version{blank} = \"{version}\"\n{constraints}  hashes = [\n{hashes}  ]\n}}\n"
    )
}

/// The hashes of a version that somebody signed, with those of the files for these platforms.
fn signed(version: &str, platforms: &[&str]) -> Vec<String> {
    let archives = PLATFORMS.iter().map(|it| format!("zh:{}", digest(&package(version, it))));
    archives.chain(platforms.iter().map(|it| files_hash(version, it))).collect()
}

#[test]
fn packages_are_locked_as_terraform_locks_them() {
    let server = Server::start(registry(&|_| {}));
    let workspace = requiring("< 2", Some(&server), "");
    let lock = |arguments: &[&str], code: i32| {
        let outcome = workspace.rforge(&[&["providers", "lock", "-platform=linux_amd64"], arguments].concat());
        words(&workspace, Some(&server), &outcome.expect(code, "providers lock"))
    };
    let first = lock(&[], 0);
    let expected = "- Fetching reg.test/acme/x 1.1.0 for linux_amd64... - Retrieved reg.test/acme/x 1.1.0 for linux_amd64 \
                    (self-signed, key ID ";
    assert!(first.starts_with(expected), "{first}");
    assert!(first.contains("This was a new provider and the checksums for this platform are now tracked"), "{first}");
    assert!(first.contains("Success! rforge has updated the lock file. Review the changes"), "{first}");
    assert_eq!(workspace.read(LOCK_FILE), locked("1.1.0", "< 2.0.0", &signed("1.1.0", &["linux_amd64"])));

    let more = lock(&["-platform=darwin_arm64"], 0);
    assert!(more.contains("for darwin_arm64; Additional checksums for this platform"), "{more}");
    assert!(more.contains("for linux_amd64; All checksums for this platform were already tracked"), "{more}");
    assert_eq!(workspace.read(LOCK_FILE), locked("1.1.0", "< 2.0.0", &signed("1.1.0", &PLATFORMS)));

    // What is locked stays, whatever there is now; the constraints are those of now.
    require(&workspace, "");
    let same = lock(&["-platform=linux_amd64", "reg.test/acme/x"], 0);
    assert!(same.contains("Success! rforge has validated the lock file and found no need for changes."), "{same}");
    assert_eq!(workspace.read(LOCK_FILE), locked("1.1.0", "", &signed("1.1.0", &PLATFORMS)));
    require(&workspace, "> 1.1.0");
    let refused = lock(&[], 1);
    let expected = "some providers could not be installed: - reg.test/acme/x: locked provider reg.test/acme/x 1.1.0 does not \
                    match configured version constraint > 1.1.0; must use rforge init -upgrade to allow selection of new \
                    versions.";
    assert!(refused.contains("Error: Could not retrieve providers for locking"), "{refused}");
    assert!(refused.contains(expected), "{refused}");
}

#[test]
fn folders_are_filled_as_terraform_fills_them() {
    let server = Server::start(registry(&|_| {}));
    let workspace = requiring("< 2", Some(&server), "");
    workspace.write("more.tf", "resource \"terraform_data\" \"x\" {}\n");
    let mirror = |arguments: &[&str], code: i32| {
        let outcome = workspace.rforge(&[&["providers", "mirror"], arguments].concat());
        words(&workspace, Some(&server), &outcome.expect(code, "providers mirror"))
    };
    let built_in = "- Skipping terraform.io/builtin/terraform because it is built in to rforge CLI";
    let package_of =
        |platform: &str| format!("- Downloading package for {platform}... - Package authenticated: self-signed ");
    let (linux, darwin) = ("-platform=linux_amd64", "-platform=darwin_arm64");
    let expected = format!(
        "- Mirroring reg.test/acme/x... - Selected v1.1.0 to meet constraints < 2.0.0 {}{built_in}",
        package_of("linux_amd64")
    );
    assert_eq!(mirror(&[linux, "out"], 0), expected);
    let place = "out/reg.test/acme/x";
    let file = |version: &str, platform: &str| format!("terraform-provider-x_{version}_{platform}.zip");
    let archives = |version: &str, platforms: &[&str]| {
        let one = |it: &&str| {
            let (hash, file) = (files_hash(version, it), file(version, it));
            format!(
                "    \"{it}\": {{\n      \"hashes\": [\n        \"{hash}\"\n      ],\n      \"url\": \"{file}\"\n    }}"
            )
        };
        let all: Vec<String> = platforms.iter().map(one).collect();
        format!("{{\n  \"archives\": {{\n{}\n  }}\n}}", all.join(",\n"))
    };
    let read = |name: &str| workspace.read(&format!("{place}/{name}"));
    assert_eq!(read("index.json"), "{\n  \"versions\": {\n    \"1.1.0\": {}\n  }\n}");
    assert_eq!(read("1.1.0.json"), archives("1.1.0", &["linux_amd64"]));
    let packed = fs::read(workspace.path().join(place).join(file("1.1.0", "linux_amd64"))).unwrap();
    assert!(packed == package("1.1.0", "linux_amd64"));

    // What is there stays in the index; what is locked goes before what is new.
    workspace.rforge(&["providers", "lock"]).expect(0, "lock");
    require(&workspace, "");
    let said = mirror(&[linux, darwin, "out"], 0);
    let expected = format!("- Selected v1.1.0 to match dependency lock file {}", package_of("linux_amd64"));
    assert!(said.contains(&expected), "{said}");
    assert_eq!(read("1.1.0.json"), archives("1.1.0", &["darwin_arm64", "linux_amd64"]));
    let said = mirror(&["-lock-file=false", linux, "out"], 0);
    assert!(said.contains("- Selected v2.0.0 with no constraints"), "{said}");
    let versions = "{\n  \"versions\": {\n    \"1.1.0\": {},\n    \"2.0.0\": {}\n  }\n}";
    assert_eq!(read("index.json"), versions);
    let mut names: Vec<String> = fs::read_dir(workspace.path().join(place))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected = ["1.1.0.json", "2.0.0.json", "index.json"].map(str::to_owned).into_iter();
    let files = [("1.1.0", "darwin_arm64"), ("1.1.0", "linux_amd64"), ("2.0.0", "linux_amd64")];
    assert_eq!(names, expected.chain(files.map(|(version, it)| file(version, it))).collect::<Vec<_>>());

    // Such a folder is a mirror.
    workspace.rforge(&["providers", "lock", "-fs-mirror=out", linux, darwin]).expect(0, "lock");
    let said = mirror(&["-platform=linux_arm", "out"], 1);
    let expected = "Error: Provider release not available Failed to download reg.test/acme/x v1.1.0 for linux_arm: provider \
                    reg.test/acme/x 1.1.0 is not available for linux_arm.";
    assert!(said.contains(expected), "{said}");
    require(&workspace, "> 1.1.0");
    let said = mirror(&["out"], 1);
    let expected = "Error: Inconsistent dependency lock file To update the locked dependency selections to match a changed \
                    configuration, run: rforge init -upgrade got:[provider reg.test/acme/x: locked version selection 1.1.0 \
                    doesn't match the updated version constraints \"> 1.1.0\"]";
    assert!(said.contains(expected), "{said}");
    require(&workspace, "> 5");
    let said = mirror(&["-lock-file=false", "out"], 1);
    let expected = "Error: Provider not available Failed to download reg.test/acme/x from its origin registry: no releases match \
                    the given constraints > 5.0.0.";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn options_of_lock_and_mirror_are_checked() {
    let workspace = requiring("", None, "");
    let check = |arguments: &[&str], expected: &str| {
        let outcome = workspace.rforge(&[&["providers"], arguments].concat()).expect(1, &format!("{arguments:?}"));
        let said = words(&workspace, None, &outcome);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    };
    for command in ["lock", "mirror"] {
        for platform in ["foo", "linux_amd64_x", "_", "../x_y"] {
            let option = format!("-platform={platform}");
            let expected = format!(
                "Error: Invalid target platform The string \"{platform}\" given in the -platform option is not a valid target \
                 platform: must be two words separated by an underscore."
            );
            let arguments = [command, &option, "out"];
            check(if command == "lock" { &arguments[..2] } else { &arguments }, &expected);
        }
    }
    check(&["lock", "-fs-mirror=a", "-net-mirror=b"], "Error: Invalid installation method options");
    check(&["lock", "-net-mirror=http://x/"], "Error: Invalid network mirror URL");
    check(&["lock", "a/b/c/d"], "Error: Invalid provider source string");
    check(
        &["lock", "acme/y"],
        "The provider registry.terraform.io/acme/y is not required by the current configuration.",
    );
    check(&["lock", "-fs-mirror=none"], "- reg.test/acme/x: cannot search none: ");
    check(&["mirror"], "Error: No output directory specified");
    check(&["mirror", "a", "b"], "Error: No output directory specified");
}

/// What is wrong with an answer of a registry is an error, and nothing is kept of it.
#[test]
fn what_is_wrong_with_a_release_is_found() {
    let check = |what: &str, change: &dyn Fn(&mut Release), expected: &str| {
        let server = Server::start(registry(change));
        let workspace = requiring("1.0.0", Some(&server), "");
        let outcome = workspace.rforge(&["providers", "lock", "-platform=linux_amd64"]).expect(1, what);
        let said = words(&workspace, Some(&server), &outcome);
        assert!(said.contains(expected), "{what}: {said}");
        assert!(!workspace.path().join(LOCK_FILE).exists(), "{what}");
    };
    let set = |name: &'static str, value: serde_json::Value| {
        move |release: &mut Release| release.description[name] = value.clone()
    };
    check("other archive", &|it| it.package.body.push(b'x'), "- reg.test/acme/x: archive has incorrect checksum zh:");
    check("truncated", &|it| it.package.body.truncate(100), "- reg.test/acme/x: archive has incorrect checksum zh:");
    let broken_off = |it: &mut Release| it.package.headers = vec![("Content-Length", "100000".into())];
    check("broken off", &broken_off, "- reg.test/acme/x: <server>: ");
    check("no archive", &set("download_url", "/none".into()), "<server>: bad response code: 404.");
    check(
        "strange URL",
        &set("download_url", "file:///etc/passwd".into()),
        "registry response includes invalid download URL: must use http or https scheme.",
    );
    check("other digest", &set("shasum", "00".repeat(32).into()), "checksum list has unexpected SHA-256 hash ");
    check(
        "no digest",
        &set("shasum", "zz".into()),
        "could not query provider registry for reg.test/acme/x: registry response includes invalid SHA256 hash \"zz\"",
    );
    let other = |it: &mut Release| it.document = format!("{}  other.zip\n", "0".repeat(64)).into_bytes();
    let expected = "checksum list has no SHA-256 hash for \"terraform-provider-x_1.0.0_linux_amd64.zip\".";
    check("other list", &other, expected);
    check("no list", &|it| it.document = b"<html>".to_vec(), expected);
    check(
        "lost list",
        &set("shasums_url", "/none".into()),
        "failed to retrieve authentication checksums for provider: 404 Not Found returned from <server>.",
    );
    check(
        "lost signature",
        &set("shasums_signature_url", "/none".into()),
        "failed to retrieve cryptographic signature for provider: 404 Not Found returned from <server>.",
    );
    check(
        "signature of something else",
        &|it| it.signature = Some(author().sign(b"something else")),
        "error checking signature: ",
    );
    let unknown = "- reg.test/acme/x: authentication signature from unknown issuer.";
    check("signed by somebody", &|it| it.signature = Some(stranger().sign(&it.document)), unknown);
    check("no keys", &set("signing_keys", serde_json::json!({ "gpg_public_keys": null })), unknown);
    check("no signature", &|it| it.signature = Some(Vec::new()), "error checking signature: ");
    check("garbage", &|it| it.signature = Some(b"garbage".to_vec()), "error checking signature: ");
    let keys = |key: &str, trust: &str| serde_json::json!({ "gpg_public_keys": [{ "ascii_armor": key, "trust_signature": trust }] });
    check("no key", &set("signing_keys", keys("nonsense", "")), "error decoding signing key: ");
    let public = author().public();
    check("no trust", &set("signing_keys", keys(&public, "nonsense")), "error decoding trust signature: ");
    check("other trust", &set("signing_keys", keys(&public, &public)), "error verifying trust signature: ");
    check(
        "other system",
        &set("os", "plan9".into()),
        "registry response to request for linux_amd64 archive has incorrect target plan9_amd64.",
    );
    check(
        "other protocol",
        &set("protocols", serde_json::json!(["99.0"])),
        "provider reg.test/acme/x 1.0.0 is not supported by this version of rforge.",
    );
}

/// What a registry answers that has no such release.
#[test]
fn registries_that_do_not_answer_are_told_of() {
    let check = |versions: Option<Page>, constraint: &str, expected: &str| {
        let mut pages = registry(&|_| {});
        pages.remove("/p/acme/x/versions");
        pages.extend(versions.map(|it| ("/p/acme/x/versions".to_owned(), it)));
        let server = Server::start(pages);
        let workspace = requiring(constraint, Some(&server), "");
        let outcome = workspace.rforge(&["providers", "lock", "-platform=linux_arm"]).expect(1, expected);
        let said = words(&workspace, Some(&server), &outcome);
        assert!(said.contains(expected), "{expected}: {said}");
    };
    let page = |status: u16, body: &str| Some(Page { status, ..Page::of(body) });
    let listing = |version: &str| page(200, &format!(r#"{{"versions": [{{"version": "{version}"}}]}}"#));
    let query = "could not query provider registry for reg.test/acme/x: ";
    check(None, "", "provider registry reg.test does not have a provider named reg.test/acme/x.");
    check(page(401, ""), "", "host reg.test requires authentication credentials.");
    check(page(500, ""), "", &format!("{query}the request failed after 2 attempts, please try again later: 500 "));
    check(page(200, "<html>"), "", query);
    check(page(200, "{}"), "", "no available releases match the given constraints.");
    check(listing("1.0.0"), "> 5", "no available releases match the given constraints > 5.0.0.");
    check(listing("1.0.0-rc1"), "", "no available releases match the given constraints.");
    check(listing("1.0.0"), "", "provider reg.test/acme/x 1.0.0 is not available for linux_arm.");
    check(
        listing("v1.0.0"),
        "",
        "registry response includes invalid version string \"v1.0.0\": a \"v\" prefix should not",
    );
    check(listing("1.0.0-../../../x"), "", "registry response includes invalid version string");
    // Nobody is there at all.
    let workspace =
        requiring("", None, "host \"reg.test\" {\n  services = { \"providers.v1\" = \"http://127.0.0.1:1/\" }\n}\n");
    let outcome = workspace.rforge(&["providers", "lock"]).expect(1, "no network");
    let said = words(&workspace, None, &outcome);
    assert!(
        said.contains(&format!("{query}the request failed after 2 attempts, please try again later: Get ")),
        "{said}"
    );
}

#[test]
fn lock_files_are_read_as_terraform_reads_them() {
    let read = |name: &str| workspace_file(&format!("locks/{name}"));
    for case in fs::read_dir(crate::workspace::repository().join("tests/packages/locks")).unwrap() {
        let name = case.unwrap().file_name().into_string().unwrap();
        let Some(name) = name.strip_suffix(".hcl") else { continue };
        let workspace = Workspace::new(None);
        workspace.write("main.tf", "terraform {}\n");
        workspace.write(LOCK_FILE, &read(&format!("{name}.hcl")));
        if std::env::var_os("RFORGE_RECORD").is_some()
            && let Some(oracle) = crate::oracle::Oracle::find("lock_files")
        {
            let outcome = oracle.run(&workspace, &["providers", "lock", "-no-color"]);
            let said = told(&outcome) + "----\n" + &workspace.read(LOCK_FILE);
            fs::write(crate::workspace::repository().join(format!("tests/packages/locks/{name}.txt")), said).unwrap();
            workspace.write(LOCK_FILE, &read(&format!("{name}.hcl")));
        }
        let command = &mut workspace.command(crate::workspace::rforge());
        let outcome = Outcome::of(command.args(["providers", "lock", "-no-color"]).env("RFORGE_NAME", "terraform"));
        let said = told(&outcome) + "----\n" + &workspace.read(LOCK_FILE);
        assert_eq!(said, read(&format!("{name}.txt")), "{name}");
    }
}

fn workspace_file(name: &str) -> String {
    let path = crate::workspace::repository().join("tests/packages").join(name);
    fs::read_to_string(&path).unwrap_or_default()
}

/// What was said, without lines of sources, which Terraform does not have of this file, and without empty lines.
fn told(outcome: &Outcome) -> String {
    let text = format!("{}{}", outcome.stdout, outcome.stderr);
    let is_source = |line: &str| {
        let (number, _) = line.trim_start().split_once(':').unwrap_or_default();
        line.starts_with("  ") && !number.is_empty() && number.chars().all(|it| it.is_ascii_digit())
    };
    let kept =
        text.lines().filter(|it| !it.is_empty() && !it.contains("(source code not available)") && !is_source(it));
    let kept = kept.map(|line| match line.split_once(", in ") {
        Some((place, _)) if line.starts_with("  on ") => format!("{place}:\n"),
        _ => format!("{line}\n"),
    });
    kept.collect()
}
