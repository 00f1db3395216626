//! `init` and `version`, called as Terraform: tests/packages/init has scripts, and beside each what Terraform 1.11.4 printed.
//!
//! Scripts are files and steps as those of tests/screens, with steps of their own: `== !packed FOLDER VERSION` and `== !unpacked FOLDER
//! VERSION` put the package of `acme/x` into a folder, `== !set NAME=VALUE` sets a variable for all steps that follow, `== !remove PATH`
//! removes a file or folder, `== !show PATH` prints a file. `<server>` is a registry, whose packages somebody has signed; that at
//! `<server>/w/` warns of them. `RFORGE_RECORD=1` asks Terraform anew, `RFORGE_BLESS=1` writes what we say otherwise to `NAME.ours`.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Child, Command, Stdio},
};

use regex::Regex;

use rforge::install::packages::LOCK_FILE;

use super::{
    installing::{installed, put, tree, unpacked},
    locked,
    publisher::{Pages, registry},
    requiring, signed,
};
use crate::{
    oracle::Oracle,
    process::{Outcome, in_terminal},
    script::{Part, on_purpose, parts},
    server::{Page, Server},
    workspace::{Workspace, repository, rforge},
};

#[test]
fn init_says_what_terraform_says() {
    let server = Server::start(pages());
    let record = std::env::var_os("RFORGE_RECORD").is_some();
    let mut differing = Vec::new();
    for script in crate::files::with_extensions(&repository().join("tests/packages/init"), &["case"]) {
        let chosen = std::env::var("RFORGE_CASE").unwrap_or_default();
        if script.display().to_string().contains(&chosen) {
            differing.extend(check(&script, &server, record));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn pages() -> Pages {
    let mut pages = registry(&|_| {});
    let warned: Pages = pages
        .iter()
        .filter_map(|(path, page)| Some((format!("/w/{}", path.strip_prefix("/p/")?), page.clone())))
        .collect();
    pages.extend(warned);
    let mut listed: serde_json::Value = serde_json::from_slice(&pages["/w/acme/x/versions"].body).unwrap();
    listed["warnings"] = serde_json::json!(["It is old.", "Use another one."]);
    pages.insert("/w/acme/x/versions".into(), Page::of(listed.to_string()));
    pages
}

fn check(script: &Path, server: &Server, record: bool) -> Option<String> {
    let text = fs::read_to_string(script).unwrap();
    let recorded = script.with_extension("txt");
    if record {
        fs::write(&recorded, run(&text, server, &|workspace| workspace.command("terraform"))).unwrap();
    }
    let theirs = fs::read_to_string(&recorded).unwrap_or_default();
    let ours = run(&text, server, &|workspace| {
        let mut command = workspace.command(rforge());
        command.env("RFORGE_NAME", "terraform");
        command
    });
    on_purpose(script, &theirs, &ours)
}

fn run(script: &str, server: &Server, program: &dyn Fn(&Workspace) -> Command) -> String {
    let workspace = Workspace::new(None);
    let folder = workspace.path().display().to_string();
    let filled = |text: &str| text.replace("<server>", &server.url).replace("<folder>", &folder);
    let (mut variables, mut out) = (Vec::<(String, String)>::new(), String::new());
    for part in parts(script) {
        let words = match part {
            Part::File(name, text) => {
                workspace.write(&name, &filled(&text));
                continue;
            }
            Part::Step(words) => words,
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            ["!packed", folder, version] => put(&workspace, folder, version, true),
            ["!unpacked", folder, version] => put(&workspace, folder, version, false),
            ["!set", set] => {
                let (name, value) = set.split_once('=').unwrap();
                variables.push((name.into(), filled(value)));
            }
            ["!remove", path] => {
                let path = workspace.path().join(path);
                if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
            }
            ["!show", path] => out += &format!("$ cat {path}\n{}\n", workspace.read(path)),
            _ => {
                let mut command = program(&workspace);
                // Terraform paints what goes to a pipe, too.
                let plain = ["init", "plan"].contains(&words[0]).then_some("-no-color");
                command
                    .args(&words)
                    .args(plain)
                    .envs(variables.iter().cloned())
                    .env("TF_REGISTRY_DISCOVERY_RETRY", "0");
                let Outcome { code, stdout, stderr } = Outcome::of(&mut command);
                let code = code.unwrap_or(-1);
                out +=
                    &format!("$ terraform {} # exit {code}\n{stdout}--- standard error\n{stderr}\n", words.join(" "));
            }
        }
    }
    stable(&out, &workspace)
}

/// Several at once in one folder, with one cache: each finds all in order, and nothing else is left.
#[test]
fn several_may_run_at_once() {
    let server = Server::start(pages());
    let workspace = requiring("< 2", Some(&server), "");
    let cache = workspace.path().join("cache");
    fs::create_dir(&cache).unwrap();
    for arguments in [&["init"][..], &["init", "-upgrade"]] {
        let start = |_| {
            let mut command = workspace.command(rforge());
            command.args(arguments).env("TF_PLUGIN_CACHE_DIR", &cache).stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        };
        let children: Vec<Child> = (0..6).map(start).collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(workspace.read(LOCK_FILE), locked("1.1.0", "< 2.0.0", &signed("1.1.0", &["linux_amd64"])));
        let link = "reg.test/acme/x/1.1.0/linux_amd64 -> <folder>/cache/reg.test/acme/x/1.1.0/linux_amd64";
        assert_eq!(installed(&workspace), [link]);
        assert_eq!(tree(&cache), unpacked("1.1.0"));
    }
}

/// What one installed and locked is all that the other needs.
#[test]
fn terraform_uses_what_rforge_installed_and_the_other_way_round() {
    if Oracle::find("terraform_uses_what_rforge_installed").is_none() {
        return;
    }
    let server = Server::start(pages());
    let check = |first: &Path, second: &Path| {
        let workspace = requiring("< 2", Some(&server), "");
        let init = |program: &Path| {
            let outcome = Outcome::of(workspace.command(program).args(["init", "-no-color"]));
            let outcome = outcome.expect(0, &program.display().to_string()).stdout;
            (outcome, workspace.read(LOCK_FILE), installed(&workspace))
        };
        let (before, after) = (init(first), init(second));
        assert!(before.0.contains("- Installed reg.test/acme/x v1.1.0 (self-signed"), "{}", before.0);
        assert!(after.0.contains("- Using previously-installed reg.test/acme/x v1.1.0\n"), "{}", after.0);
        assert_eq!((before.1, before.2), (after.1, after.2));
    };
    let (ours, theirs) = (rforge(), Path::new("terraform"));
    check(&ours, theirs);
    check(theirs, &ours);
}

/// Whoever waits at a screen sees how much has come, and nothing of that when it is there.
#[test]
fn a_download_shows_how_far_it_is() {
    let server = Server::start(pages());
    let drawn = Regex::new(r"reg\.test/acme/x v1\.1\.0 .*\d [KMG]?i?B/\d").unwrap();
    let workspace = requiring("< 2", Some(&server), "");
    let mut command = workspace.command(rforge());
    let on_screen = Outcome::of(&mut in_terminal(command.args(["init", "-no-color"]), "80")).stdout;
    assert!(drawn.is_match(&on_screen), "{on_screen:?}");
    assert!(on_screen.contains("- Installed reg.test/acme/x v1.1.0"), "{on_screen:?}");
    let cleared = on_screen.rsplit("\x1b[2K").next().unwrap();
    assert!(on_screen.contains("\x1b[2K") && !drawn.is_match(cleared), "{on_screen:?}");
    let workspace = requiring("< 2", Some(&server), "");
    let piped = Outcome::of(workspace.command(rforge()).args(["init", "-no-color"]));
    let piped = piped.stdout + &piped.stderr;
    assert!(!drawn.is_match(&piped), "{piped:?}");
}

/// A package is read as a whole once, and then as soon as one of its files is another one.
#[test]
fn what_was_found_to_be_right_is_noted() {
    let workspace = Workspace::new(None);
    workspace.write("main.tf", "resource \"acme_thing\" \"a\" {}\n");
    let package = "registry.terraform.io/hashicorp/acme/1.0.0/linux_amd64";
    let program = "terraform-provider-acme_v1.0.0";
    workspace.write(&format!("mirror/{package}/{program}"), "one");
    workspace.write(&format!("copy/{package}/{program}"), "one");
    let notes = workspace.path().join(".home/.cache/rforge/verified");
    let init = |from: &str, expected: &str, noted: usize| {
        let outcome = workspace.rforge(&["init", &format!("-plugin-dir={from}")]).expect(0, from);
        assert!(outcome.stdout.contains(&format!("{expected} hashicorp/acme v1.0.0")), "{}", outcome.stdout);
        assert_eq!(fs::read_dir(&notes).map_or(0, Iterator::count), noted);
    };
    init("mirror", "Installed", 0);
    init("mirror", "Using previously-installed", 1);
    init("mirror", "Using previously-installed", 1);
    // It is a link to the mirror.
    workspace.write(&format!("mirror/{package}/{program}"), "two");
    init("copy", "Installed", 1);
    init("copy", "Using previously-installed", 2);
}

/// What is said of one that is nowhere, where nobody needs Terraform's words: also what needs it.
#[test]
fn what_needs_a_provider_is_named() {
    let check = |main: &str, expected: &str| {
        let workspace = Workspace::new(None);
        workspace.write("main.tf", main);
        let said = workspace.rforge(&["init", "-no-color", "-plugin-dir=."]).expect(1, main).stderr;
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(expected), "{main}: {said}");
        assert!(!workspace.path().join(LOCK_FILE).exists(), "{main}");
    };
    let start = "Error: Failed to query available provider packages on main.tf line";
    let nowhere = |it: &str| {
        format!(
            "Could not retrieve the list of available versions for provider {it}: provider registry.terraform.io/{it} was not found \
             in any of the search locations - . Hint: "
        )
    };
    let two = "resource \"a_b\" \"c\" {}\ndata \"a_b\" \"c\" {}\n";
    let expected = format!(
        "{start} 1, in resource \"a_b\" \"c\": 1: resource \"a_b\" \"c\" {{}} {}It is needed by 2 resources: a_b.c, data.a_b.c.",
        nowhere("hashicorp/a")
    );
    check(two, &expected);
    let required = "terraform {\n  required_providers {\n    a = { source = \"b/a\" }\n  }\n}\n";
    check(required, &format!("{}A module requires it.", nowhere("b/a")));
    // Of a provider that is built in, what is served natively does not need it.
    let native = "resource \"random_pet\" \"a\" {}\nresource \"random_new\" \"a\" {}\n";
    check(native, &format!("{}It is needed by random_new.a.", nowhere("hashicorp/random")));
}

/// What rforge has built in is installed where the settings say that it does not serve it.
#[test]
fn settings_say_what_is_installed() {
    let workspace = Workspace::new(None);
    workspace.write("main.tf", "resource \"random_pet\" \"a\" {}\n");
    let base = "mirror/registry.terraform.io/hashicorp/random/3.7.2/linux_amd64";
    workspace.write(&format!("{base}/terraform-provider-random_v3.7.2_x5"), "#!/bin/sh\n");
    let check = |setting: &str, arguments: &[&str], line: &str| {
        if workspace.path().join(LOCK_FILE).exists() {
            fs::remove_file(workspace.path().join(LOCK_FILE)).unwrap();
            fs::remove_dir_all(workspace.path().join(".terraform")).unwrap();
        }
        workspace.write("rforge.hcl", setting);
        let outcome = workspace.rforge(&[&["init", "-plugin-dir=mirror"], arguments].concat()).expect(0, setting);
        assert!(outcome.stdout.contains(line), "{setting} {arguments:?}: {}", outcome.stdout);
        let version = workspace.rforge(&["version"]).expect(0, "version").stdout;
        let locked = if line.contains("4.1.0") { "4.1.0" } else { "3.7.2" };
        assert!(version.contains(&format!("+ provider registry.terraform.io/hashicorp/random v{locked}")), "{version}");
        workspace.path().join(LOCK_FILE).exists()
    };
    let (native, published) =
        ("random v3.7.2 is built in to rforge", "- Installed hashicorp/random v3.7.2 (unauthenticated)");
    assert!(!check("", &[], native));
    assert!(!check("", &["-native"], native));
    assert!(check("", &["-native=false"], published));
    assert!(!check("provider \"random\" {\n  native = true\n}\n", &[], native));
    assert!(check("provider \"random\" {\n  native = false\n}\n", &[], published));
    assert!(check("provider \"random\" {\n  native = [\"random_id\"]\n}\n", &[], published));
    assert!(!check("provider \"random\" {\n  native = [\"random_pet\"]\n}\n", &[], native));

    // What is not built in in a release that is asked for is published in one, without anybody saying so.
    let newer = base.replace("3.7.2", "4.1.0");
    workspace.write(&format!("{newer}/terraform-provider-random_v4.1.0_x5"), "#!/bin/sh\n");
    let of_version = |version: &str| {
        let text = format!(
            "terraform {{\n  required_providers {{\n    random = {{ source = \"hashicorp/random\", version = \"{version}\" }}\n  }}\n}}\n"
        );
        workspace.write("versions.tf", &text);
    };
    of_version(">= 4");
    assert!(check("", &[], "- Installed hashicorp/random v4.1.0 (unauthenticated)"));
    assert!(workspace.read(LOCK_FILE).contains("version     = \"4.1.0\""));
    let covered = workspace.rforge(&["providers", "-coverage"]).expect(0, "coverage").stdout;
    assert!(covered.contains("registry.terraform.io/hashicorp/random (published)"), "{covered}");
    // It is what serves the type: this one is no provider at all.
    let planned = workspace.rforge(&["plan", "-no-color"]).expect(1, "plan").stderr;
    assert!(planned.contains("terraform-provider-random_v4.1.0_x5"), "{planned}");
    fs::remove_dir_all(workspace.path().join(newer.rsplit_once('/').unwrap().0)).unwrap();

    // Constraints are met by releases that there are, and not by those that are built in. What is locked stays where rforge serves.
    fs::remove_file(workspace.path().join(LOCK_FILE)).unwrap();
    of_version("~> 9.0");
    let said = workspace.rforge(&["init", "-plugin-dir=mirror", "-native=false"]).expect(1, "9").stderr;
    assert!(said.contains("no available releases match the given"), "{said}");
    fs::remove_file(workspace.path().join("versions.tf")).unwrap();
    let lock = locked("1.0.0", "", &[]).replace("reg.test/acme/x", "registry.terraform.io/hashicorp/random");
    let lock = lock.replace("  hashes = [\n  ]\n", "");
    workspace.write(LOCK_FILE, &lock);
    workspace.rforge(&["init", "-plugin-dir=none"]).expect(0, "native");
    assert_eq!(workspace.read(LOCK_FILE), lock);
}

/// Without what is another one each time.
fn stable(text: &str, workspace: &Workspace) -> String {
    let key = Regex::new("(key ID |key_id: )[0-9A-F]{16}").unwrap();
    let text = text.replace(&workspace.path().display().to_string(), "<folder>");
    let line = |line: &str| match serde_json::from_str::<serde_json::Value>(line) {
        Ok(serde_json::Value::Object(mut object)) if object.contains_key("@message") => {
            object.remove("@timestamp");
            object.remove("rforge");
            let sorted: BTreeMap<_, _> = object.into_iter().collect();
            format!("{}\n", serde_json::to_string(&sorted).unwrap())
        }
        _ => format!("{}\n", line.trim_end()),
    };
    key.replace_all(&text, "$1<key>").lines().filter(|it| !it.starts_with("rforge v")).map(line).collect()
}
