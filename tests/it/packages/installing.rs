//! Installing, as `init` will: in processes of their own, which find settings and folders where users have them.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use rforge::{
    diagnostic::{Diagnostics, Sources, has_errors},
    install::packages::{self, Event, LOCK_FILE, Locks, Mode, Origin, Platform, Request, Settings},
    lang::load::{LoadOptions, load},
};

use super::{
    HEADER, locked,
    publisher::{Pages, digest, files_hash, package, registry, zip},
    require, requiring, signed,
};
use crate::{
    process::Outcome,
    server::{AUTHORITY, Page, Server},
    workspace::Workspace,
};

/// What the process is to do that a test starts.
const HOW: &str = "RFORGE_TEST_INSTALL";

/// Installs what the configuration in this folder requires, if a test started this process for it.
#[test]
fn install_here() {
    let Ok(how) = std::env::var(HOW) else { return };
    let said = |word: &str| how.split(' ').any(|it| it == word);
    let (configuration, mut diagnostics) = load(Path::new(""), &LoadOptions::default());
    let requirements = packages::required(&configuration);
    let settings = Settings::read();
    let before = Locks::read(Path::new(LOCK_FILE), &mut Sources::default(), &mut diagnostics);
    let plugins: Vec<PathBuf> = how.split(' ').filter_map(|it| it.strip_prefix("from=")).map(PathBuf::from).collect();
    let mut origin = if plugins.is_empty() { Origin::configured(&settings) } else { Origin::folders(&plugins) };
    let overrides = settings.overrides.iter().map(|(source, made)| format!("override {source} at {}", made.display()));
    let mut lines: Vec<String> = overrides.collect();
    let request = Request {
        requirements: &requirements,
        others: &BTreeSet::new(),
        locks: &before,
        folder: Path::new(".terraform/providers"),
        platform: &Platform { system: "linux".into(), architecture: "amd64".into() },
        cache: settings.cache.as_ref(),
        mode: if said("upgrade") { Mode::Upgrade } else { Mode::Normal },
    };
    let installed = packages::ensure(&request, &mut origin, &mut |_, event| {
        lines.push(match event {
            Event::Querying { constraints, locked } => format!("query [{constraints}] {locked}"),
            Event::Present(version) => format!("present {version}"),
            Event::Cached(version) => format!("cached {version}"),
            Event::Fetching(version) => format!("fetching {version}"),
            Event::Fetched(version, vouched) => format!("fetched {version} {vouched}"),
            Event::Received(..) | Event::Incomplete => return,
        });
    });
    diagnostics.extend(packages::failures(&installed.missing));
    if installed.missing.is_empty() {
        diagnostics.extend(before.keep(&installed.locks, Path::new(LOCK_FILE), said("readonly")));
    }
    for (provider, lock) in installed.locks.0.iter().filter(|_| installed.missing.is_empty()) {
        let program = packages::locate(request.folder, provider, &installed.locks, request.platform).unwrap();
        assert!(program.ends_with(format!("terraform-provider-x_v{}", lock.version)), "{}", program.display());
        assert_ne!(fs::metadata(program).unwrap().permissions().mode() & 0o111, 0);
    }
    lines.extend(told(diagnostics.clone()));
    // The harness prints before and after.
    println!("\n<<<\n{}\n>>>", lines.join("\n"));
    assert!(!has_errors(&diagnostics));
}

fn told(diagnostics: Diagnostics) -> impl Iterator<Item = String> {
    diagnostics.into_iter().map(|it| format!("{}: {}", it.summary, it.detail))
}

fn installer(workspace: &Workspace, how: &str, variables: &[(&str, &str)]) -> Command {
    let mut command = workspace.command(std::env::current_exe().unwrap());
    command.args(["--exact", "packages::installing::install_here", "--nocapture"]);
    command.env(HOW, format!("- {how}")).env("TF_REGISTRY_DISCOVERY_RETRY", "0").envs(variables.iter().copied());
    command
}

/// What an installation says.
fn install(workspace: &Workspace, how: &str, variables: &[(&str, &str)]) -> Vec<String> {
    lines(workspace, &Outcome::of(&mut installer(workspace, how, variables)))
}

fn lines(workspace: &Workspace, outcome: &Outcome) -> Vec<String> {
    let said = outcome.stdout.replace(&workspace.path().display().to_string(), "<folder>");
    let said = said.split_once("\n<<<\n").and_then(|it| it.1.split_once("\n>>>")).map(|it| it.0.to_owned());
    let said = said.unwrap_or_else(|| panic!("{}\n{}", outcome.stdout, outcome.stderr));
    said.lines().map(str::to_owned).collect()
}

/// The files below a folder, and where links lead.
pub(super) fn tree(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let entry = entry.unwrap();
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            let shown = path.strip_prefix(folder).unwrap().display().to_string();
            match () {
                () if kind.is_symlink() => {
                    found.push(format!("{shown} -> {}", fs::read_link(&path).unwrap().display()))
                }
                () if kind.is_dir() => folders.push(path),
                () => found.push(shown),
            }
        }
    }
    found.sort();
    found
}

pub(super) fn installed(workspace: &Workspace) -> Vec<String> {
    let base = workspace.path().display().to_string();
    tree(&workspace.path().join(".terraform/providers")).into_iter().map(|it| it.replace(&base, "<folder>")).collect()
}

pub(super) fn unpacked(version: &str) -> Vec<String> {
    ["LICENSE.txt".to_owned(), format!("terraform-provider-x_v{version}")]
        .map(|it| format!("reg.test/acme/x/{version}/linux_amd64/{it}"))
        .to_vec()
}

/// Puts the package of `x` into a folder, packed or not.
pub(super) fn put(workspace: &Workspace, folder: &str, version: &str, packed: bool) {
    let place = workspace.path().join(folder).join("reg.test/acme/x");
    if packed {
        fs::create_dir_all(&place).unwrap();
        let name = format!("terraform-provider-x_{version}_linux_amd64.zip");
        return fs::write(place.join(name), package(version, "linux_amd64")).unwrap();
    }
    let place = place.join(version).join("linux_amd64");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("LICENSE.txt"), "Anybody may do anything.\n").unwrap();
    let program = place.join(format!("terraform-provider-x_v{version}"));
    fs::write(&program, format!("#!/bin/sh\n# {version} linux_amd64\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn from_a_registry() {
    let server = Server::start(registry(&|_| {}));
    let workspace = requiring("< 2", Some(&server), "");
    let fetched = ["query [< 2.0.0] false", "fetching 1.1.0", "fetched 1.1.0 self-signed"];
    assert_eq!(install(&workspace, "", &[]), fetched);
    assert_eq!(installed(&workspace), unpacked("1.1.0"));
    let lock = locked("1.1.0", "< 2.0.0", &signed("1.1.0", &["linux_amd64"]));
    assert_eq!(workspace.read(LOCK_FILE), lock);

    // What is there as it is locked is not asked for again, but for its version.
    server.requests();
    assert_eq!(install(&workspace, "", &[]), ["query [< 2.0.0] true", "present 1.1.0"]);
    assert_eq!(server.requests(), ["/p/acme/x/versions"]);

    // What was damaged is replaced.
    let program = ".terraform/providers/reg.test/acme/x/1.1.0/linux_amd64/terraform-provider-x_v1.1.0";
    workspace.write(program, "damaged");
    assert_eq!(install(&workspace, "", &[])[1..], fetched[1..]);
    assert_eq!(installed(&workspace), unpacked("1.1.0"));
    assert!(workspace.read(program).starts_with("#!/bin/sh"));

    // Another constraint needs an upgrade, and what is not required any more is forgotten.
    require(&workspace, "> 1.1.0");
    let refused = install(&workspace, "", &[]);
    assert!(refused[1].contains("does not match configured version constraint > 1.1.0; must use"), "{refused:?}");
    assert_eq!(workspace.read(LOCK_FILE), lock);
    assert_eq!(
        install(&workspace, "upgrade", &[]),
        ["query [> 1.1.0] false", "fetching 2.0.0", "fetched 2.0.0 self-signed"]
    );
    assert_eq!(workspace.read(LOCK_FILE), locked("2.0.0", "> 1.1.0", &signed("2.0.0", &["linux_amd64"])));
    workspace.write("main.tf", "terraform {}\n");
    assert_eq!(install(&workspace, "", &[]), [""; 0]);
    assert_eq!(workspace.read(LOCK_FILE), HEADER);
}

#[test]
fn constraints_of_all_modules_count_together() {
    let server = Server::start(registry(&|_| {}));
    let workspace = requiring(">= 1.0, < 3", Some(&server), "");
    let inner = |constraint: &str| {
        let requirement = format!("x = {{ source = \"reg.test/acme/x\", version = \"{constraint}\" }}");
        workspace.write("m/main.tf", &format!("terraform {{\n  required_providers {{\n    {requirement}\n  }}\n}}\n"));
    };
    let calls = "module \"one\" {\n  source = \"./m\"\n}\nmodule \"two\" {\n  source = \"./m\"\n}\n";
    workspace.write("calls.tf", calls);
    inner("~> 1.0, >=1.0.0, != 1.0.5, < 3.0.0");
    workspace.rforge(&["get"]).expect(0, "get");
    let all = ">= 1.0.0, ~> 1.0, != 1.0.5, < 3.0.0";
    assert_eq!(install(&workspace, "", &[])[0], format!("query [{all}] false"));
    assert_eq!(workspace.read(LOCK_FILE), locked("1.1.0", all, &signed("1.1.0", &["linux_amd64"])));
    fs::remove_file(workspace.path().join(LOCK_FILE)).unwrap();
    inner("2.1.0-beta1");
    assert_eq!(
        install(&workspace, "", &[])[1],
        "Failed to query available provider packages: Could not retrieve the list of \
        available versions for provider reg.test/acme/x: no available releases match the given constraints >= 1.0.0, \
        2.1.0-beta1, < 3.0.0"
    );
    require(&workspace, "");
    assert_eq!(install(&workspace, "", &[])[2], "fetched 2.1.0-beta1 self-signed");
}

/// What is locked is what is installed, wherever it comes from.
#[test]
fn hashes_that_are_locked_hold() {
    let server = Server::start(registry(&|_| {}));
    let checksums = |hashes: &[String]| {
        let workspace = requiring("1.0.0", Some(&server), "");
        workspace.write(LOCK_FILE, &locked("1.0.0", "1.0.0", hashes));
        workspace
    };
    let (right, files) =
        (format!("zh:{}", digest(&package("1.0.0", "linux_amd64"))), files_hash("1.0.0", "linux_amd64"));
    let (wrong, other) = ("zh:00".to_owned(), "h1:AAAA".to_owned());
    let strange = "h9:AAAA".to_owned();
    let mismatch = "Failed to install provider: Error while installing reg.test/acme/x v1.0.0: the current package for \
                    reg.test/acme/x 1.0.0 doesn't match any of the checksums previously recorded in the dependency lock file; \
                    for more information: https://www.terraform.io/language/provider-checksum-verification";
    for (hashes, matches) in [
        (vec![right.clone(), wrong.clone()], true),
        (vec![files.clone(), wrong.clone(), strange.clone()], true),
        (vec![strange.clone()], true),
        (vec![wrong.clone()], false),
        (vec![other.clone()], false),
        (vec![wrong.clone(), other.clone(), strange.clone()], false),
    ] {
        let workspace = checksums(&hashes);
        let before = workspace.read(LOCK_FILE);
        let said = install(&workspace, "", &[]);
        let last = if matches { "fetched 1.0.0 self-signed" } else { mismatch };
        assert_eq!(said[2], last, "{hashes:?}");
        if matches {
            let mut all = signed("1.0.0", &["linux_amd64"]);
            all.extend(hashes.clone());
            all.sort();
            all.dedup();
            assert_eq!(workspace.read(LOCK_FILE), locked("1.0.0", "1.0.0", &all), "{hashes:?}");
        } else {
            assert_eq!(workspace.read(LOCK_FILE), before, "{hashes:?}");
            assert_eq!(installed(&workspace), [""; 0], "{hashes:?}");
        }
    }
    // A folder has no archive: hashes of one say nothing of it.
    for (hash, expected) in
        [(&right, "fetched 1.0.0 unauthenticated"), (&wrong, "fetched 1.0.0 unauthenticated"), (&other, "")]
    {
        let workspace = checksums(std::slice::from_ref(hash));
        put(&workspace, "mirror", "1.0.0", false);
        let said = install(&workspace, "from=mirror", &[]);
        match expected {
            "" => {
                assert!(said[2].contains("the local package for reg.test/acme/x 1.0.0 doesn't match any"), "{said:?}")
            }
            expected => assert_eq!(said[2], expected, "{hash}"),
        }
    }
    // `init -lockfile=readonly` keeps nothing, and other providers are an error.
    let workspace = checksums(std::slice::from_ref(&right));
    let before = workspace.read(LOCK_FILE);
    assert!(install(&workspace, "readonly", &[])[3].starts_with("Provider lock file not updated: "));
    assert_eq!(workspace.read(LOCK_FILE), before);
    fs::remove_file(workspace.path().join(LOCK_FILE)).unwrap();
    assert!(install(&workspace, "readonly", &[])[3].starts_with("Provider dependency changes detected: "));
    assert!(!workspace.path().join(LOCK_FILE).exists());
}

/// Archives that are signed, and no packages.
#[test]
fn packages_that_are_none_are_refused() {
    let many: Vec<u8> = vec![0; 80 << 20];
    let cases: &[(&str, Vec<u8>, &str)] = &[
        ("no archive", b"<html>".to_vec(), "the archive cannot be unpacked: "),
        (
            "no program",
            zip(&[("README", b"")]),
            "provider binary not found: could not find executable file starting with",
        ),
        (
            "above",
            zip(&[("../terraform-provider-x", b"")]),
            "entry contains '..' or leads outside: ../terraform-provider-x",
        ),
        ("absolute", zip(&[("/terraform-provider-x", b""), ("a/../../../b", b"")]), "leads outside: a/../../../b"),
        ("bomb", zip(&[("terraform-provider-x_v1.0.0", &many)]), "it holds more than 65 MiB, which no package does"),
    ];
    for (what, archive, expected) in cases {
        let server = Server::start(registry(&|release| {
            let digest = digest(archive);
            release.description["shasum"] = digest.clone().into();
            let name = release.description["filename"].as_str().unwrap().to_owned();
            release.document = format!("{digest}  {name}\n").into_bytes();
            release.package = Page::of(archive.clone());
        }));
        let workspace = requiring("1.0.0", Some(&server), "");
        let said = install(&workspace, "", &[]);
        assert!(said[2].contains(expected), "{what}: {said:?}");
        assert_eq!(installed(&workspace), [""; 0], "{what}");
        assert!(!workspace.path().join("terraform-provider-x").exists());
    }
}

#[test]
fn from_folders() {
    let server = Server::start(registry(&|_| {}));
    let check = |settings: &str, how: &str, folders: &[(&str, &str, bool)], expected: &[&str], files: &[String]| {
        let workspace = requiring("", Some(&server), settings);
        folders.iter().for_each(|(folder, version, packed)| put(&workspace, folder, version, *packed));
        let variables = [("XDG_DATA_DIRS", "none")];
        let said = install(&workspace, how, &variables);
        let said: Vec<&str> = said[1..].iter().map(String::as_str).collect();
        assert_eq!(said, expected, "{settings} {how} {folders:?}");
        assert_eq!(installed(&workspace), files, "{settings} {how} {folders:?}");
        if let Some(version) = expected.last().and_then(|it| it.strip_suffix(" unauthenticated")) {
            let version = version.rsplit(' ').next().unwrap();
            assert_eq!(workspace.read(LOCK_FILE), locked(version, "", &[files_hash(version, "linux_amd64")]));
        }
    };
    let link = |folder: &str, version: &str| {
        vec![format!(
            "reg.test/acme/x/{version}/linux_amd64 -> <folder>/{folder}/reg.test/acme/x/{version}/linux_amd64"
        )]
    };
    let packed = ["fetching 1.0.0", "fetched 1.0.0 unauthenticated"];
    let newer = ["fetching 1.2.0", "fetched 1.2.0 unauthenticated"];
    check("", "from=mirror", &[("mirror", "1.0.0", true)], &packed, &unpacked("1.0.0"));
    check("", "from=mirror", &[("mirror", "1.0.0", false)], &packed, &link("mirror", "1.0.0"));
    check("", "from=a from=b", &[("a", "1.0.0", true), ("b", "1.2.0", false)], &newer, &link("b", "1.2.0"));
    let places = ["terraform.d/plugins", ".home/.terraform.d/plugins", ".home/.local/share/terraform/plugins"];
    for place in places {
        // What is in such a folder is not asked of its registry.
        check("", "", &[(place, "1.0.0", true)], &packed, &unpacked("1.0.0"));
        check("", "", &[(place, "1.2.0", false)], &newer, &link(place, "1.2.0"));
    }
    let registry = ["fetching 2.0.0", "fetched 2.0.0 self-signed"];
    let none = "Failed to query available provider packages: Could not retrieve the list of available versions for provider \
                reg.test/acme/x: provider reg.test/acme/x was not found in any of the search locations";
    let mirror = |more: &str| format!("  filesystem_mirror {{\n    path = \"mirror\"\n{more}  }}\n");
    let block = |methods: &str| format!("provider_installation {{\n{methods}}}\n");
    let folders = [("mirror", "1.0.0", true)];
    let direct = "  direct {\n    exclude = [\"reg.test/*/*\"]\n  }\n";
    for (methods, expected, files) in [
        (mirror(""), packed.to_vec(), unpacked("1.0.0")),
        (mirror("") + "  direct {}\n", registry.to_vec(), unpacked("2.0.0")),
        (mirror("") + direct, packed.to_vec(), unpacked("1.0.0")),
        (mirror("    include = [\"reg.test/acme/*\"]\n"), packed.to_vec(), unpacked("1.0.0")),
        (mirror("    include = [\"acme/*\"]\n"), vec![none], vec![]),
        (mirror("    exclude = [\"*/acme/x\"]\n"), vec![none], vec![]),
        (mirror("    exclude = [\"*/acme/x\"]\n") + "  direct {}\n", registry.to_vec(), unpacked("2.0.0")),
        (
            String::new(),
            vec![
                "Failed to query available provider packages: Could not retrieve the list of available versions for provider \
                  reg.test/acme/x: no available releases match the given constraints",
            ],
            vec![],
        ),
    ] {
        check_lines(&block(&methods), &folders, &expected, &files, &check);
    }
    // One that is not there is told of; it names where it looked.
    let workspace = requiring("", None, &block(&mirror("")));
    fs::create_dir(workspace.path().join("mirror")).unwrap();
    assert_eq!(install(&workspace, "", &[])[1..], [none, "", "  - mirror"]);
}

type Check<'a> = &'a dyn Fn(&str, &str, &[(&str, &str, bool)], &[&str], &[String]);

/// Of an error only the first line, and the last one where more follows.
fn check_lines(settings: &str, folders: &[(&str, &str, bool)], expected: &[&str], files: &[String], check: Check<'_>) {
    let advice = [
        "",
        "To see which modules are currently depending on reg.test/acme/x and what versions are specified, run the following \
         command:",
        "    rforge providers",
    ];
    match expected {
        [only] if only.contains("search locations") => check(settings, "", folders, &[only], files),
        [only] => check(settings, "", folders, &[&[*only][..], &advice].concat(), files),
        _ => check(settings, "", folders, expected, files),
    }
}

#[test]
fn from_a_network_mirror() {
    let base = "/mirror/reg.test/acme/x";
    let file = "terraform-provider-x_1.0.0_linux_amd64.zip";
    let archive = package("1.0.0", "linux_amd64");
    let pages = |hashes: &str| -> Pages {
        let version = format!(r#"{{"archives": {{"linux_amd64": {{"url": "{file}"{hashes}}}}}}}"#);
        [
            (format!("{base}/index.json"), Page::of(r#"{"versions": {"1.0.0": {}, "x": {}}}"#)),
            (format!("{base}/1.0.0.json"), Page::of(version)),
            (format!("{base}/{file}"), Page::of(archive.clone())),
        ]
        .into()
    };
    let (files, zip) = (files_hash("1.0.0", "linux_amd64"), format!("zh:{}", digest(&archive)));
    for (hashes, expected) in [
        (String::new(), "fetched 1.0.0 unauthenticated".to_owned()),
        (format!(r#", "hashes": ["{files}"]"#), "fetched 1.0.0 verified checksum".into()),
        (format!(r#", "hashes": ["{zip}", "h1:AAAA"]"#), "fetched 1.0.0 verified checksum".into()),
        (
            r#", "hashes": ["h1:AAAA"]"#.into(),
            "provider package doesn't match the expected checksum \"h1:AAAA\"".into(),
        ),
        (r#", "hashes": ["h1:AAAA", "zh:BB"]"#.into(), "provider package doesn't match the any of the expected".into()),
        (r#", "hashes": ["AAAA"]"#.into(), "provider mirror returned invalid provider hash \"AAAA\"".into()),
    ] {
        let server = Server::start_secure(pages(&hashes));
        let settings =
            format!("provider_installation {{\n  network_mirror {{\n    url = \"{}/mirror/\"\n  }}\n}}\n", server.url);
        let workspace = requiring("", None, &settings);
        let trusted = [("SSL_CERT_FILE", AUTHORITY)];
        let said = install(&workspace, "", &trusted);
        assert!(said.last().unwrap().contains(&expected), "{hashes}: {said:?}");
        if expected.starts_with("fetched") {
            assert_eq!(workspace.read(LOCK_FILE), locked("1.0.0", "", &[files_hash("1.0.0", "linux_amd64")]));
            assert_eq!(installed(&workspace), unpacked("1.0.0"));
        }
        // Nobody who is not trusted is asked for anything.
        let workspace = requiring("", None, &settings);
        let said = install(&workspace, "", &[]);
        assert!(said[1].contains("failed to query provider mirror"), "{said:?}");
        // `providers lock -net-mirror` asks the same mirror.
        let url = format!("-net-mirror={}/mirror", server.url);
        let mut command = workspace.command(crate::workspace::rforge());
        command.args(["providers", "lock", "-platform=linux_amd64", &url]).envs(trusted);
        let code = if expected.starts_with("fetched") { 0 } else { 1 };
        Outcome::of(&mut command).expect(code, &hashes);
    }
}

#[test]
fn caches_are_shared() {
    let server = Server::start(registry(&|_| {}));
    let workspace = requiring("1.0.0", Some(&server), "");
    let cache = workspace.path().join("cache");
    fs::create_dir(&cache).unwrap();
    let variables = [("TF_PLUGIN_CACHE_DIR", cache.to_str().unwrap())];
    let fetched = ["query [1.0.0] false", "fetching 1.0.0", "fetched 1.0.0 self-signed"];
    assert_eq!(install(&workspace, "", &variables), fetched);
    let link = "reg.test/acme/x/1.0.0/linux_amd64 -> <folder>/cache/reg.test/acme/x/1.0.0/linux_amd64";
    assert_eq!(installed(&workspace), [link]);
    assert_eq!(tree(&cache), unpacked("1.0.0"));
    let again = |lock: bool, more: &[(&str, &str)]| {
        fs::remove_dir_all(workspace.path().join(".terraform")).unwrap();
        if !lock {
            fs::remove_file(workspace.path().join(LOCK_FILE)).unwrap();
        }
        install(&workspace, "", &[&variables[..], more].concat())
    };
    assert_eq!(again(true, &[]), ["query [1.0.0] true", "cached 1.0.0"]);
    assert_eq!(installed(&workspace), [link]);
    // Without a lock the hashes of all platforms would be missing.
    assert_eq!(again(false, &[]), fetched);
    let may = [("TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE", "1")];
    assert_eq!(again(false, &may), ["query [1.0.0] false", "cached 1.0.0"]);
    assert_eq!(workspace.read(LOCK_FILE), locked("1.0.0", "1.0.0", &[files_hash("1.0.0", "linux_amd64")]));
    // What somebody spoilt there is fetched again.
    workspace.write("cache/reg.test/acme/x/1.0.0/linux_amd64/terraform-provider-x_v1.0.0", "spoilt");
    assert_eq!(again(true, &[])[1..], fetched[1..]);
    assert_eq!(tree(&cache), unpacked("1.0.0"));
    // A setting says the same as the variable.
    let settings = workspace.read(".home/.terraformrc") + &format!("plugin_cache_dir = \"{}\"\n", cache.display());
    workspace.write(".home/.terraformrc", &settings);
    fs::remove_dir_all(workspace.path().join(".terraform")).unwrap();
    assert_eq!(install(&workspace, "", &[])[1], "cached 1.0.0");
}

/// Many at once in one folder, with one cache: each finds all in order, and nothing is left over.
#[test]
fn at_once() {
    let server = Server::start(registry(&|_| {}));
    let workspace = requiring("1.0.0", Some(&server), "");
    let cache = workspace.path().join("cache");
    for cached in [false, true] {
        drop(fs::remove_dir_all(workspace.path().join(".terraform")));
        drop(fs::remove_file(workspace.path().join(LOCK_FILE)));
        fs::create_dir_all(&cache).unwrap();
        let variables = [("TF_PLUGIN_CACHE_DIR", cache.to_str().unwrap())];
        let start = |_| -> Child {
            let mut command = installer(&workspace, "", if cached { &variables } else { &[] });
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let children: Vec<Child> = (0..6).map(start).collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        }
        assert_eq!(workspace.read(LOCK_FILE), locked("1.0.0", "1.0.0", &signed("1.0.0", &["linux_amd64"])));
        let link = "reg.test/acme/x/1.0.0/linux_amd64 -> <folder>/cache/reg.test/acme/x/1.0.0/linux_amd64";
        assert_eq!(installed(&workspace), if cached { vec![link.to_owned()] } else { unpacked("1.0.0") });
        assert_eq!(tree(&cache), if cached { unpacked("1.0.0") } else { vec![] });
    }
}

/// Connections that break: what is left of a package is asked for, as long as something comes.
#[test]
fn downloads_go_on() {
    let check = |what: &str, in_parts: bool, breaks_after: usize, expected: Result<usize, &str>| {
        let server = Server::start(registry(&|release| {
            release.package = Page { in_parts, breaks_after: Some(breaks_after), ..release.package.clone() };
        }));
        let workspace = requiring("1.0.0", Some(&server), "");
        let said = install(&workspace, "", &[]);
        let asked = server.requests().iter().filter(|it| it.ends_with("/package.zip")).count();
        match expected {
            Ok(requests) => {
                assert_eq!(said[1..], ["fetching 1.0.0", "fetched 1.0.0 self-signed"], "{what}");
                assert_eq!(asked, requests, "{what}");
                assert_eq!(installed(&workspace), unpacked("1.0.0"), "{what}");
            }
            Err(expected) => {
                assert!(said.iter().any(|it| it.contains(expected)), "{what}: {said:?}");
                assert_eq!(installed(&workspace), [""; 0], "{what}");
            }
        }
    };
    let length = package("1.0.0", "linux_amd64").len();
    check("whole", true, usize::MAX, Ok(1));
    check("in two", true, length.div_ceil(2), Ok(2));
    check("in many", true, length.div_ceil(7), Ok(7));
    check("again from the start", false, length / 2, Err("Error while installing reg.test/acme/x v1.0.0: 127.0.0.1"));
    check("nothing comes", true, 0, Err("Error while installing reg.test/acme/x v1.0.0: 127.0.0.1"));
}

/// Folders of providers that somebody works on are named in quotes.
#[test]
fn settings_say_where_providers_are_made() {
    let overridden =
        "provider_installation {\n  dev_overrides {\n    \"reg.test/acme/x\" = \"/made\"\n  }\n  direct {}\n}\n";
    let workspace = requiring("", None, overridden);
    let outcome = workspace.rforge(&["providers"]).expect(0, "providers");
    assert_eq!(outcome.stderr, "");
    assert_eq!(install(&workspace, "", &[])[0], "override reg.test/acme/x at /made");
}

#[test]
fn settings_that_mean_nothing_are_told_of() {
    let check = |block: &str, expected: &str| {
        let workspace = requiring("", None, block);
        let outcome = workspace.rforge(&["providers"]).expect(0, block);
        let said = super::words(&workspace, None, &outcome);
        assert!(said.contains("There are some problems with the CLI configuration:"), "{block}: {said}");
        assert!(said.contains(expected), "{block}: {said}");
    };
    let method = "Error: Invalid provider_installation method block";
    let within = |method: &str| format!("provider_installation {{\n{method}\n}}\n");
    check("provider_installation \"x\" {\n}\n", "The provider_installation block at 1:1 must not have any labels.");
    check(&within("  foo {}"), "Unknown provider installation method \"foo\" at 2:3.");
    check(&within("  x = 1"), "The items inside the provider_installation block at 1:1 must all be blocks.");
    check(
        &within("  direct \"x\" {}"),
        "The blocks inside the provider_installation block at 1:1 may not have any labels.",
    );
    check(&within("  filesystem_mirror {}"), "\"path\" argument is required.");
    check(&within("  network_mirror {}"), "\"url\" argument is required.");
    check(
        &within("  network_mirror {\n    url = \"http://x/\"\n  }"),
        "Error: Invalid URL for provider installation source",
    );
    check(&within("  direct {}\n  dev_overrides {}"), "The dev_overrides block at 3:3 must appear before all other");
    check(&within("  foo {}"), method);
    let expected = "invalid provider inclusion patterns: invalid provider matching pattern \"x\": must have either two or \
                    three slash-separated segments.";
    check(&within("  direct {\n    include = [\"x\"]\n  }"), expected);
    check(
        "plugin_cache_dir = \"/nonexistent\"\n",
        "Error: The specified plugin cache dir /nonexistent cannot be opened: ",
    );
}
