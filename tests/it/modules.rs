//! Installing modules: from a registry and other servers on loopback, from git repositories and folders. The summaries
//! and modules.json are those that Terraform 1.11.4 gave for the same configurations and servers. It does not take the
//! relative address of a page, and gives the errors of sockets and checksums in the words of Go.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Write},
    os::unix::fs::PermissionsExt,
    process::Command,
};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use flate2::{Compression, write::GzEncoder};
use sha1::Digest;

use crate::{
    process::Outcome,
    server::{Page, Server},
    workspace::{Workspace, rforge},
};

const MODULE: &str = "output \"where\" {\n  value = path.module\n}\n";

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A tar archive with `main.tf`, packed by xz.
const TAR_XZ: &str = "\
    /Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4Af/AGZdADaYSXKFAtLo4UzUOk3Exai1bNFFJUGpSkwKvk2ODt8uBcqEUfrq9dm8g161\
    186hIjdC2MWtdPsqpLqeAqv33rWgEaZjd8Bxiukt+LE2eZJUi6LPGF5FBlT7D/zNMRcE5ma7YHeTAAAAAPy3IQMQ4PjoAAGCAYAQ\
    AAD1XTJcscRn+wIAAAAABFla\
";

fn tar_gz(files: &[(&str, &str)]) -> Vec<u8> {
    tar(files, GzEncoder::new(Vec::new(), Compression::default())).finish().unwrap()
}

fn tar<W: Write>(files: &[(&str, &str)], packer: W) -> W {
    let mut builder = tar::Builder::new(packer);
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, content.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A registry at `registry.test`, and the settings that lead there.
fn registry(workspace: &Workspace) -> Server {
    let versions = r#"{"modules": [{"versions": [
        {"version": "1.0.0"}, {"version": "1.1.0"}, {"version": "2.0.0"}, {"version": "2.1.0-beta"}, {"version": "x"}
    ]}]}"#;
    let secret = Some("Authorization: Bearer open-sesame");
    let package = |version: &str| {
        let inner = format!("module \"inner\" {{\n  source = \"./modules/inner\"\n}}\n# {version}\n{MODULE}");
        tar_gz(&[("net/main.tf", &inner), ("net/modules/inner/main.tf", MODULE)])
    };
    let mut pages = BTreeMap::new();
    pages.insert("/m/acme/net/aws/versions".into(), Page { secret, ..Page::of(versions) });
    for version in ["1.0.0", "1.1.0", "2.0.0", "2.1.0-beta"] {
        let location = format!("/packages/{version}//net?archive=tar.gz");
        let page = Page { secret, ..Page::referring(&location) };
        pages.insert(format!("/m/acme/net/aws/{version}/download"), page);
        pages.insert(format!("/packages/{version}"), Page::of(package(version)));
    }
    let server = Server::start(pages);
    workspace.write(
        ".home/.terraformrc",
        &format!("host \"registry.test\" {{\n  services = {{ \"modules.v1\" = \"{}/m/\" }}\n}}\n", server.url),
    );
    workspace.write(
        ".home/.terraform.d/credentials.tfrc.json",
        r#"{"credentials": {"registry.test": {"token": "open-sesame"}}}"#,
    );
    server
}

fn call(source: &str, more: &str) -> String {
    format!("module \"net\" {{\n  source = \"{source}\"\n{more}}}\n")
}

/// What the command prints, without the workspace's path.
fn said(workspace: &Workspace, arguments: &[&str]) -> String {
    let Outcome { stdout, stderr, .. } = workspace.rforge(arguments);
    (stdout + &stderr).replace(&workspace.path().display().to_string(), "<folder>")
}

fn manifest(workspace: &Workspace) -> String {
    workspace.read(".terraform/modules/modules.json")
}

/// The folder may be one that cannot be written to, which is not a thing that a test can make for every user: `.terraform` is a file.
#[test]
fn nothing_is_written_where_nothing_is_called() {
    let workspace = Workspace::new(None);
    workspace.write("main.tf", "resource \"terraform_data\" \"a\" {}\n");
    for command in ["get", "init"] {
        workspace.rforge(&[command]).expect(0, command);
        assert!(!workspace.path().join(".terraform").exists(), "{command}");
    }
    workspace.write(".terraform", "");
    workspace.rforge(&["init"]).expect(0, "init");
    workspace.write("m/main.tf", "");
    workspace.write("main.tf", &call("./m", ""));
    assert!(said(&workspace, &["init"]).contains("Unable to write the module manifest file: Not a directory\n"));
}

#[test]
fn registry_modules_are_installed_by_version() {
    let workspace = Workspace::new(None);
    let server = registry(&workspace);
    workspace.write("main.tf", &call("registry.test/acme/net/aws", "  version = \"~> 1.0\"\n"));
    workspace.write(".terraform.lock.hcl", "# mine\n");
    assert!(said(&workspace, &["validate"]).contains("Error: Module not installed"));
    let installed = "\
        Initializing the backend...\n\
        Initializing modules...\n\
        Downloading registry.test/acme/net/aws 1.1.0 for net...\n\
        - net in .terraform/modules/net/net\n\
        - net.inner in .terraform/modules/net/net/modules/inner\n";
    let printed = said(&workspace, &["init"]);
    assert!(printed.starts_with(installed), "{printed}");
    assert_eq!(
        manifest(&workspace),
        "{\"Modules\":[{\"Key\":\"\",\"Source\":\"\",\"Dir\":\".\"},\
         {\"Key\":\"net\",\"Source\":\"registry.test/acme/net/aws\",\"Version\":\"1.1.0\",\
         \"Dir\":\".terraform/modules/net/net\"},\
         {\"Key\":\"net.inner\",\"Source\":\"./modules/inner\",\"Dir\":\".terraform/modules/net/net/modules/inner\"}]}"
    );
    assert_eq!(server.requests(), ["/m/acme/net/aws/versions", "/m/acme/net/aws/1.1.0/download", "/packages/1.1.0"]);
    assert_eq!(workspace.read(".terraform.lock.hcl"), "# mine\n");
    workspace.rforge(&["validate"]).expect(0, "validate");

    // What is there and suits is used as it is; -update asks again.
    assert_eq!(said(&workspace, &["get"]), "");
    assert_eq!(server.requests(), [""; 0]);
    assert!(said(&workspace, &["get", "-update"]).starts_with("Downloading registry.test/acme/net/aws 1.1.0 for net"));

    // Another constraint is found out before anything is planned.
    workspace.write("main.tf", &call("registry.test/acme/net/aws", "  version = \">= 2.0.0\"\n"));
    let changed = said(&workspace, &["plan"]);
    assert!(changed.contains("Error: Module version requirements have changed"), "{changed}");
    let words: Vec<&str> = changed.split_whitespace().collect();
    assert!(words.join(" ").contains("the installed version (1.1.0) is no longer acceptable."), "{changed}");
    assert!(said(&workspace, &["get"]).starts_with("Downloading registry.test/acme/net/aws 2.0.0 for net..."));

    // A prerelease has to be named.
    workspace.write("main.tf", &call("registry.test/acme/net/aws//modules/inner", "  version = \"2.1.0-beta\"\n"));
    let beta = said(&workspace, &["get"]);
    assert!(beta.starts_with("Downloading registry.test/acme/net/aws 2.1.0-beta for net..."), "{beta}");
    assert!(manifest(&workspace).contains("\"Dir\":\".terraform/modules/net/net/modules/inner\""));
}

/// What runs of test files test, and what that calls, has keys of its own in the list of modules.
#[test]
fn modules_of_test_files_are_installed() {
    let workspace = Workspace::new(None);
    let _server = registry(&workspace);
    let origin = repository(&workspace);
    workspace.write("main.tf", "output \"nothing\" {\n  value = null\n}\n");
    let run = |name: &str, source: &str, more: &str| {
        format!(
            "run \"{name}\" {{\n  module {{\n    source = \"{source}\"\n{more}  }}\n  assert {{\n    condition     = output.where != \"\"\n    error_message = \"no\"\n  }}\n}}\n"
        )
    };
    let registered = run("registered", "registry.test/acme/net/aws", "    version = \"~> 1.0\"\n");
    workspace.write("tests/a.tftest.hcl", &(registered + &run("beside", "./setup", "")));
    workspace.write("setup/main.tf", &(MODULE.to_owned() + &call(&format!("{origin}//net?ref=v1"), "")));
    let uninstalled = said(&workspace, &["test"]);
    assert!(uninstalled.contains("Error: Module not installed"), "{uninstalled}");

    let printed = said(&workspace, &["get"]);
    let expected = "\
        Downloading registry.test/acme/net/aws 1.1.0 for test.tests.a.registered...\n\
        - test.tests.a.registered in .terraform/modules/test.tests.a.registered/net\n\
        - test.tests.a.registered.inner in .terraform/modules/test.tests.a.registered/net/modules/inner\n\
        - test.tests.a.beside in setup\n\
        Downloading git::file://<folder>/origin?ref=v1 for test.tests.a.beside.net...\n\
        - test.tests.a.beside.net in .terraform/modules/test.tests.a.beside.net/net\n\
        - test.tests.a.beside.net.other in .terraform/modules/test.tests.a.beside.net/other\n";
    assert_eq!(printed, expected);
    let ours = manifest(&workspace);
    let tested = said(&workspace, &["test"]);
    assert!(tested.contains("2 passed, 0 failed."), "{tested}");
    if let Some(oracle) = crate::oracle::Oracle::find("modules_of_test_files_are_installed") {
        assert_eq!(oracle.must(&workspace, &["get", "-no-color"]).stdout, "", "nothing is left to do");
        assert_eq!(manifest(&workspace), ours);
        oracle.must(&workspace, &["test"]);
    }

    // Test files elsewhere, and sources that no run can have.
    workspace.write("tests/a.tftest.hcl", "");
    workspace.write("more/b.tftest.hcl", &run("fetched", &origin, ""));
    let refused = said(&workspace, &["get", "-test-directory=more"]);
    assert!(refused.contains("Error: Invalid module source address"), "{refused}");
    assert!(refused.contains("Only local or registry module sources are currently supported"), "{refused}");
    workspace.write("more/b.tftest.hcl", &run("nowhere", "./nowhere", ""));
    let refused = said(&workspace, &["init", "-test-directory=more"]);
    assert!(refused.contains("Error: Unreadable module directory"), "{refused}");
}

#[test]
fn registries_may_refuse() {
    let workspace = Workspace::new(None);
    let _server = registry(&workspace);
    let cases = [
        (
            call("registry.test/acme/net/aws", "  version = \"> 3.0\"\n"),
            "Error: Unresolvable module version constraint",
            "There is no available version of module \"registry.test/acme/net/aws\" (main.tf:1) which matches the given \
             version constraint. The newest available version is 2.0.0.",
        ),
        (
            call("registry.test/acme/none/aws", ""),
            "Error: Module not found",
            "Module \"net\" (from main.tf:1) cannot be found in the module registry at registry.test.",
        ),
        (
            call("registry.test/acme/net/aws//none", ""),
            "Error: Unreadable module subdirectory",
            "The directory .terraform/modules/net/net/none does not exist.",
        ),
    ];
    for (configuration, summary, detail) in cases {
        workspace.write("main.tf", &configuration);
        let printed = workspace.rforge(&["get"]).expect(1, &configuration).stderr;
        let unwrapped = printed.replace('\n', " ");
        assert!(printed.contains(summary) && unwrapped.contains(detail), "{printed}");
    }
    workspace.write("main.tf", &call("registry.test/acme/net/aws", ""));
    let get = |token: &str| Outcome::of(workspace.command(rforge()).arg("get").env("TF_TOKEN_registry_test", token));
    let refused = get("wrong").expect(1, "a token of the environment goes before files").stderr;
    assert!(refused.contains("Error: Error accessing remote module registry") && refused.contains("401"), "{refused}");
    get("open-sesame").expect(0, "the right token");
}

#[test]
fn archives_are_unpacked_and_checked() {
    let workspace = Workspace::new(None);
    let zipped = zip(&[("main.tf", MODULE), ("sub/main.tf", MODULE)]);
    let sum: String = sha2::Sha256::digest(&zipped).iter().map(|it| format!("{it:02x}")).collect();
    let outside = zip(&[("../outside.tf", MODULE)]);
    let page =
        |text: &str| Page::of(format!("<html><head><meta name=\"terraform-get\" content=\"{text}\"></head></html>"));
    let bucket = Page { secret: Some("Credential=test/"), ..Page::of(zipped.clone()) };
    let packer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    let bzip2 = tar(&[("main.tf", MODULE)], packer).finish().unwrap();
    let login = Page { secret: Some("Authorization: Basic bWU6b3Blbi1zZXNhbWU="), ..Page::of(zipped.clone()) };
    workspace.write(".home/.netrc", "machine 127.0.0.1\n  login me\n  password open-sesame\n");
    let listed = "<ListBucketResult><Contents><Key>mods/net/main.tf</Key></Contents></ListBucketResult>";
    let server = Server::start(
        [
            ("/a.zip", Page::of(zipped.clone())),
            ("/latest", Page::of(zipped.clone())),
            ("/a.tgz", Page::of(tar_gz(&[("main.tf", MODULE)]))),
            ("/release.tar.gz", Page::of(tar_gz(&[("net-1a2b3c/main.tf", MODULE)]))),
            ("/header", Page::referring("./a.zip//sub")),
            ("/page", page("/a.tgz")),
            ("/loop", page("/loop")),
            ("/empty", Page::of("<html></html>")),
            ("/outside.zip", Page::of(outside)),
            ("/a.tar.bz2", Page::of(bzip2)),
            ("/a.txz", Page::of(BASE64.decode(TAR_XZ).unwrap())),
            ("/a.xz", Page::of("xz")),
            ("/secret/a.zip", login.clone()),
            ("/secret/page", Page { headers: vec![("X-Terraform-Get", "a.zip".into())], ..login.clone() }),
            ("/bucket/mods/net.zip", bucket.clone()),
            ("/bucket/", Page::of(listed)),
            ("/bucket/mods/net/main.tf", Page { body: MODULE.into(), ..bucket }),
        ]
        .map(|(path, page)| (path.to_string(), page))
        .into(),
    );
    let good = [
        "URL/a.zip",
        "URL/a.zip//sub",
        "URL/latest?archive=zip",
        "URL/a.tgz",
        "URL/release.tar.gz//*",
        "URL/a.tar.bz2",
        "URL/a.txz",
        "URL/secret/a.zip",
        "URL/secret/page",
        "URL/header",
        "URL/page",
        "URL/a.zip?checksum=sha256:SUM",
        "URL/a.zip?checksum=SUM",
        "s3::URL/bucket/mods/net.zip",
        "s3::URL/bucket/mods/net",
    ];
    for source in good {
        let source = source.replace("URL", &server.url).replace("SUM", &sum);
        workspace.write("main.tf", &call(&source, ""));
        workspace.rforge(&["get"]).expect(0, &source);
        workspace.rforge(&["validate"]).expect(0, &source);
    }
    let bad = [
        ("URL/none.zip", "bad response code: 404"),
        ("URL/none", "error downloading 'URL/none': bad response code: 404"),
        ("URL/loop", "too many X-Terraform-Get redirects"),
        ("URL/empty", "no source URL was returned"),
        ("URL/a.zip?checksum=md5:0", "Checksums did not match for a.zip. Expected: 0"),
        ("URL/page?checksum=md5:0", "checksum cannot be specified for directory download"),
        ("URL/outside.zip", "leads outside"),
        ("URL/a.xz", "xz-compressed files can only unarchive to a single file"),
        ("gcs::https://www.googleapis.com/storage/v1/mods/net", "rforge does not read Google Cloud Storage"),
        ("hg::URL/x", "hg must be available and on the PATH"),
        ("s3::URL/bucket/none.zip", "S3 answered 404 for bucket/none.zip"),
        ("foo::URL/x", "download not supported for scheme 'foo'"),
    ];
    for (source, expected) in bad {
        let replaced = |text: &str| text.replace("URL/", &format!("{}/", server.url));
        workspace.write("main.tf", &call(&replaced(source), ""));
        let printed = workspace.rforge(&["get"]).expect(1, source).stderr;
        let unwrapped = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(unwrapped.contains(&replaced(expected)), "{source}: {printed}");
        assert!(printed.contains("Error: Failed to download module"), "{printed}");
    }
    assert!(!workspace.path().join(".terraform/modules/outside.tf").exists());
}

/// A repository with a tag, a branch and a module in a folder.
fn repository(workspace: &Workspace) -> String {
    let git = |arguments: &[&str]| {
        let mut command: Command = workspace.command("git");
        command.current_dir(workspace.path().join("origin"));
        command.args(["-c", "user.name=n", "-c", "user.email=e@example.com"]).args(arguments);
        Outcome::of(&mut command).expect(0, &format!("git {arguments:?}"));
    };
    workspace.write("origin/main.tf", MODULE);
    git(&["init", "-q", "-b", "main", "."]);
    for (version, content) in [("v1", "# one"), ("v2", "# two")] {
        workspace
            .write("origin/net/main.tf", &format!("{content}\nmodule \"other\" {{\n  source = \"../other\"\n}}\n"));
        workspace.write("origin/other/main.tf", content);
        git(&["add", "-A"]);
        git(&["commit", "-qm", version]);
        git(&["tag", version]);
    }
    format!("git::file://{}/origin", workspace.path().display())
}

#[test]
fn git_repositories_are_cloned() {
    let workspace = Workspace::new(None);
    let origin = repository(&workspace);
    let shown = "git::file://<folder>/origin";
    workspace.write("root/main.tf", &call(&format!("{origin}//net?ref=v1"), ""));
    let expected = format!(
        "Downloading {shown}?ref=v1 for net...\n- net in .terraform/modules/net/net\n\
         - net.other in .terraform/modules/net/other\n"
    );
    assert_eq!(said(&workspace, &["-chdir=root", "get"]), expected);
    assert_eq!(workspace.read("root/.terraform/modules/net/other/main.tf"), "# one");
    for (source, content) in
        [("?ref=v2", "# two"), ("?ref=main&depth=1", "# two"), ("?ref=v1&depth=1", "# one"), ("", "# two")]
    {
        workspace.write("root/main.tf", &call(&format!("{origin}//net{source}"), ""));
        let stale = said(&workspace, &["-chdir=root", "validate"]);
        assert!(stale.contains("Error: Module source has changed"), "{stale}");
        workspace.rforge(&["-chdir=root", "init"]).expect(0, source);
        assert_eq!(workspace.read("root/.terraform/modules/net/other/main.tf"), content, "{source}");
        workspace.rforge(&["-chdir=root", "validate"]).expect(0, source);
    }
    let bad = [
        ("//net?ref=none", "exited with 1: error: pathspec 'none' did not match any file(s) known to git"),
        ("/none", "exited with 128: Cloning into '.terraform/modules/net'..."),
        ("//none", "Error: Failed to expand subdir globs"),
        ("?ref=--upload-pack=x", "a git ref may not begin with a dash"),
    ];
    for (source, expected) in bad {
        workspace.write("root/main.tf", &call(&format!("{origin}{source}"), ""));
        let printed = workspace.rforge(&["-chdir=root", "get"]).expect(1, source).stderr;
        let unwrapped = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(unwrapped.contains(expected), "{source}: {printed}");
    }
    // A path must stay in the package that it is in.
    workspace.write("origin/net/main.tf", &call("../../elsewhere", ""));
    workspace.write("root/main.tf", &call(&format!("{}//net", workspace.path().join("origin").display()), ""));
    let escapes = workspace.rforge(&["-chdir=root", "get"]).expect(1, "escapes").stderr;
    assert!(escapes.contains("Error: Local module path escapes module package"), "{escapes}");
}

/// There is no Mercurial on most machines: a program of its name shows how it is called, and makes a module.
#[test]
fn mercurial_repositories_are_cloned() {
    let workspace = Workspace::new(None);
    let script = "#!/bin/sh\necho \"$@\" >> $HOME/hg.log\nif [ $1 = clone ]; then mkdir $5; fi\nif [ $1 = update ]; then \
                  echo 'output \"a\" { value = 1 }' > main.tf; fi\n";
    workspace.write(".home/bin/hg", script);
    let program = workspace.path().join(".home/bin/hg");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    workspace.write("main.tf", &call("hg::http://example.test/net?rev=v1", ""));
    let get = || Outcome::of(workspace.command(rforge()).args(["get", "-update"]).env("PATH", &path));
    get().expect(0, "hg");
    workspace.rforge(&["validate"]).expect(0, "validate");
    workspace.write("main.tf", &call("hg::http://example.test/net", ""));
    get().expect(0, "hg");
    let clone = "clone --noupdate -- http://example.test/net .terraform/modules/net\n";
    assert_eq!(workspace.read(".home/hg.log"), format!("{clone}update --rev=v1\n{clone}update\n"));
}

/// `TF_LOG` tells of each request, and not who asks.
#[test]
fn requests_are_logged() {
    let workspace = Workspace::new(None);
    let server = registry(&workspace);
    workspace.write("main.tf", &call("registry.test/acme/net/aws", "  version = \"1.0.0\"\n"));
    let logged = Outcome::of(workspace.command(rforge()).arg("get").env("TF_LOG", "DEBUG")).expect(0, "get").stderr;
    let requests: Vec<&str> = logged.lines().filter(|it| it.contains("GET ")).collect();
    let paths = ["/m/acme/net/aws/versions: 200", "/m/acme/net/aws/1.0.0/download: 204", "/packages/1.0.0: 200"];
    assert_eq!(requests.len(), paths.len(), "{logged}");
    for (line, path) in requests.iter().zip(paths) {
        assert!(line.contains(&format!("GET {}{path} after ", server.url)), "{line}");
    }
    assert!(!logged.contains("open-sesame"), "{logged}");
    let quiet = Outcome::of(workspace.command(rforge()).args(["get", "-update"]).env("TF_LOG", "WARN"));
    assert_eq!(quiet.expect(0, "get").stderr, "");
}

/// The token of a host for which nothing else has one comes from the program that the settings name.
#[test]
fn a_helper_knows_tokens() {
    let workspace = Workspace::new(None);
    let _server = registry(&workspace);
    let settings = workspace.read(".home/.terraformrc");
    workspace.write(".home/.terraform.d/credentials.tfrc.json", "{}");
    let helper = "credentials_helper \"vault\" {\n  args = [\"--from\", \"there\"]\n}\n";
    workspace.write(".home/.terraformrc", &format!("{settings}{helper}"));
    let script = "#!/bin/sh\necho \"$@\" >> $HOME/asked\necho '{\"token\": \"open-sesame\"}'\n";
    let place = ".home/.terraform.d/plugins/terraform-credentials-vault";
    workspace.write("main.tf", &call("registry.test/acme/net/aws", "  version = \"1.0.0\"\n"));
    let refused = workspace.rforge(&["get"]).expect(1, "without the helper").stderr;
    assert!(refused.contains("401"), "{refused}");
    workspace.write(place, script);
    fs::set_permissions(workspace.path().join(place), fs::Permissions::from_mode(0o755)).unwrap();
    workspace.rforge(&["get"]).expect(0, "with the helper");
    assert_eq!(workspace.read(".home/asked"), "--from there get registry.test\n");
    // What the environment says goes before it.
    workspace.write("main.tf", &call("registry.test/acme/net/aws", "  version = \"1.1.0\"\n"));
    let wrong = Outcome::of(workspace.command(rforge()).arg("get").env("TF_TOKEN_registry_test", "wrong"));
    assert!(wrong.expect(1, "a wrong token").stderr.contains("401"));
}

#[test]
fn a_module_becomes_the_working_directory() {
    let workspace = Workspace::new(None);
    let origin = repository(&workspace);
    fs::create_dir(workspace.path().join("empty")).unwrap();
    let source = format!("-from-module={origin}//other?ref=v1");
    let printed = workspace.rforge(&["-chdir=empty", "init", &source]).expect(0, "init").stdout;
    assert!(printed.starts_with("Copying configuration from \"git::file://"), "{printed}");
    assert_eq!(workspace.read("empty/main.tf"), "# one");
    let again = workspace.rforge(&["-chdir=empty", "init", &source]).expect(1, "not empty").stderr;
    assert!(again.contains("Error: Can't populate non-empty directory"), "{again}");
}

#[test]
fn terraform_uses_what_rforge_installed_and_the_other_way_round() {
    let Some(oracle) = crate::oracle::Oracle::find("terraform_uses_what_rforge_installed") else { return };
    let workspace = Workspace::new(None);
    let origin = repository(&workspace);
    workspace.write("main.tf", &call(&format!("{origin}//net?ref=v1"), ""));
    let installed = said(&workspace, &["get"]);
    let ours = manifest(&workspace);
    assert_eq!(oracle.must(&workspace, &["get", "-no-color"]).stdout, "", "nothing is left to do");
    oracle.must(&workspace, &["validate"]);
    assert_eq!(manifest(&workspace), ours);
    fs::remove_dir_all(workspace.path().join(".terraform")).unwrap();
    let theirs = oracle.must(&workspace, &["get", "-no-color"]).stdout;
    assert_eq!(theirs.replace(&workspace.path().display().to_string(), "<folder>"), installed);
    assert_eq!(manifest(&workspace), ours);
    assert_eq!(said(&workspace, &["get"]), "");
    workspace.rforge(&["validate"]).expect(0, "validate");
}
