//! Whatever is odd around rforge, in the environment, the folders and the files that it finds: it never panics and never
//! waits for ever, and what it cannot read it names.

use std::{
    ffi::OsStr,
    fs,
    os::unix::{ffi::OsStrExt, fs::symlink},
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    time::Duration,
};

use crate::workspace::{Workspace, rforge};

/// Far more than any of these commands needs.
const PATIENCE: Duration = Duration::from_secs(60);

const COMMANDS: &[&[&str]] = &[
    &["plan"],
    &["init"],
    &["get"],
    &["validate"],
    &["apply", "-auto-approve"],
    &["refresh"],
    &["import", "terraform_data.a", "x"],
    &["console"],
    &["show"],
    &["output"],
    &["state", "list"],
    &["state", "rm", "terraform_data.none"],
    &["taint", "terraform_data.none"],
    &["graph"],
    &["providers"],
    &["modules", "-json"],
    &["metadata", "functions", "-json"],
    &["workspace", "list"],
    &["workspace", "new", "other"],
    &["fmt"],
    &["version"],
    &["force-unlock", "-force", "x"],
    &["destroy", "-auto-approve"],
];

const NOT_TEXT: &[u8] = b"a\xff";

/// A variable, its value (none: it is not there), and what `plan` says of it (nothing: it succeeds).
const VARIABLES: &[(&str, Option<&[u8]>, &str)] = &[
    ("OTHER", Some(NOT_TEXT), ""),
    ("TF_VAR_x", Some(NOT_TEXT), "The environment variable TF_VAR_x is not UTF-8"),
    ("TF_WORKSPACE", Some(NOT_TEXT), "The environment variable TF_WORKSPACE is not UTF-8"),
    ("TF_CLI_ARGS", Some(NOT_TEXT), "The environment variable TF_CLI_ARGS is not UTF-8"),
    ("TF_TOKEN_x", Some(NOT_TEXT), "The environment variable TF_TOKEN_x is not UTF-8"),
    ("TF_DATA_DIR", Some(NOT_TEXT), ""),
    ("TF_LOG_PATH", Some(b"/"), ""),
    ("TF_LOG", Some(b"trace"), ""),
    ("HOME", None, ""),
    ("HOME", Some(b"/dev/null"), ""),
    ("HOME", Some(NOT_TEXT), ""),
    ("PATH", None, ""),
    ("TMPDIR", Some(b"/none"), ""),
];

/// What is odd, how it comes about, and what `plan` says of it.
type Surroundings = (&'static str, fn(&Workspace, &mut Command), &'static str);

const FOLDERS: &[Surroundings] = &[
    (
        "a folder whose name is not text",
        |workspace, command| {
            let folder = workspace.path().join(OsStr::from_bytes(NOT_TEXT));
            fs::create_dir(&folder).unwrap();
            fs::copy(workspace.path().join("main.tf"), folder.join("main.tf")).unwrap();
            command.current_dir(folder);
        },
        "",
    ),
    (
        "a file whose name is not text",
        |workspace, _| fs::write(workspace.path().join(OsStr::from_bytes(b"a\xff.tf")), "").unwrap(),
        "its name is not UTF-8",
    ),
    (
        "values in a file whose name is not text",
        |workspace, _| fs::write(workspace.path().join(OsStr::from_bytes(b"a\xff.auto.tfvars")), "").unwrap(),
        "its name is not UTF-8",
    ),
    (
        "another file whose name is not text",
        |workspace, _| fs::write(workspace.path().join(OsStr::from_bytes(NOT_TEXT)), "").unwrap(),
        "",
    ),
    ("a folder x.tf", |workspace, _| fs::create_dir(workspace.path().join("x.tf")).unwrap(), ""),
    ("a link that leads nowhere", |workspace, _| link("none", workspace, "x.tf"), "could not be read"),
    ("a link to itself", |workspace, _| link("x.tf", workspace, "x.tf"), "could not be read"),
    ("a pipe x.tf", |workspace, _| pipe(workspace, "x.tf"), "it is not a regular file"),
    ("a pipe with values", |workspace, _| pipe(workspace, "x.auto.tfvars"), "it is not a regular file"),
    ("a device x.tf", |workspace, _| link("/dev/zero", workspace, "x.tf"), "it is not a regular file"),
    ("no folder .terraform", |workspace, _| workspace.write(".terraform", ""), ""),
    ("a folder modules.json", |workspace, _| workspace.write(".terraform/modules/modules.json/x", ""), ""),
    ("a folder environment", |workspace, _| workspace.write(".terraform/environment/x", ""), ""),
    ("a folder as state", |workspace, _| workspace.write("terraform.tfstate/x", ""), "Is a directory"),
    ("an empty state", |workspace, _| workspace.write("terraform.tfstate", ""), ""),
    ("a state that is none", |workspace, _| workspace.write("terraform.tfstate", "\u{0}"), "rror"),
    ("a folder as journal", |workspace, _| workspace.write("terraform.tfstate.journal/x", ""), "journal"),
    ("no folder of workspaces", |workspace, _| workspace.write("terraform.tfstate.d", ""), ""),
    ("a folder as values", |workspace, _| workspace.write("terraform.tfvars/x", ""), ""),
    ("a folder as rollout", |workspace, _| workspace.write("rforge.hcl/x", ""), ""),
];

fn link(to: &str, workspace: &Workspace, name: &str) {
    symlink(to, workspace.path().join(name)).unwrap();
}

fn pipe(workspace: &Workspace, name: &str) {
    let made = Command::new("mkfifo").arg(workspace.path().join(name)).status().unwrap();
    assert!(made.success());
}

/// What it printed; none if it had to be ended.
fn finish(child: Child) -> Option<Output> {
    let (id, (tell, told)) = (child.id(), mpsc::channel());
    std::thread::spawn(move || tell.send(child.wait_with_output()));
    let output = told.recv_timeout(PATIENCE);
    if output.is_err() {
        Command::new("kill").args(["-9", &id.to_string()]).status().unwrap();
    }
    output.ok()?.ok()
}

/// Runs the command; what is wrong with how it ended, and what it printed.
fn run(mut command: Command, what: &str) -> Result<(Option<i32>, String), String> {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let Some(output) = finish(child) else { return Err(format!("{what}: hangs")) };
    let printed = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let code = output.status.code();
    if printed.contains("panicked") || !matches!(code, Some(0..=2)) {
        return Err(format!("{what}: {code:?}\n{printed}"));
    }
    Ok((code, printed))
}

/// Every command, in surroundings that `prepare` makes odd; what went wrong.
fn check(name: &str, said: &str, prepare: &dyn Fn(&Workspace, &mut Command)) -> Vec<String> {
    let mut failures = Vec::new();
    for arguments in COMMANDS {
        let workspace = Workspace::new(None);
        workspace.write("main.tf", "variable \"x\" {\n  default = 1\n}\nresource \"terraform_data\" \"a\" {}\n");
        let mut command = workspace.command(rforge());
        command.args(*arguments);
        prepare(&workspace, &mut command);
        let what = format!("{name}, {arguments:?}");
        match run(command, &what) {
            Err(failure) => failures.push(failure),
            Ok((code, printed)) if **arguments == ["plan"] => {
                let words = printed.split_whitespace().collect::<Vec<_>>().join(" ");
                if code != Some(i32::from(!said.is_empty())) || !words.contains(said) {
                    failures.push(format!("{what}: {code:?}, not {said:?}\n{printed}"));
                }
            }
            Ok(_) => {}
        }
    }
    failures
}

#[test]
fn no_variable_makes_it_panic_or_hang() {
    let mut failures = Vec::new();
    for (name, value, said) in VARIABLES {
        let what = format!("{name}={:?}", value.map(String::from_utf8_lossy));
        failures.extend(check(&what, said, &|_, command| match value {
            Some(value) => {
                command.env(name, OsStr::from_bytes(value)).env(OsStr::from_bytes(NOT_TEXT), "x");
            }
            None => {
                command.env_remove(name);
            }
        }));
    }
    failures.extend(check("no environment", "", &|_, command| {
        command.env_clear();
    }));
    assert!(failures.is_empty(), "{}", failures.join("\n----\n"));
}

#[test]
fn no_file_or_folder_makes_it_panic_or_hang() {
    let failures = FOLDERS.iter().flat_map(|(name, prepare, said)| check(name, said, prepare));
    let failures: Vec<String> = failures.collect();
    assert!(failures.is_empty(), "{}", failures.join("\n----\n"));
}

#[test]
fn a_folder_that_is_gone_makes_it_neither_panic_nor_hang() {
    for arguments in COMMANDS {
        let workspace = Workspace::new(None);
        let mut command = workspace.command("sh");
        let script = "mkdir gone && cd gone && rmdir ../gone && exec \"$0\" \"$@\"";
        command.args(["-c", script]).arg(rforge()).args(*arguments);
        run(command, &format!("{arguments:?}")).unwrap();
    }
}

#[test]
fn words_that_are_not_text_are_refused() {
    let workspace = Workspace::new(None);
    let mut command = workspace.command(rforge());
    command.arg("plan").arg(OsStr::from_bytes(b"-out=a\xff"));
    let (code, printed) = run(command, "plan").unwrap();
    assert!(code == Some(1) && printed.contains("is not UTF-8 encoded text"), "{printed}");
}

/// Arguments with what makes a terminal do something (`!` stands for it), and the variables beside them.
const ACTING: &[(&[&str], Option<(&str, &str)>)] = &[
    (&["-chdir=![8mhidden", "plan"], None),
    (&["![31mplan"], None),
    (&["plan", "-var-file=![31mred"], None),
    (&["plan", "-var=![31mred=1"], None),
    (&["plan", "-target=![31mred"], None),
    (&["plan"], Some(("TF_WORKSPACE", "![31mred"))),
    (&["plan"], Some(("TF_CLI_ARGS", "-![31mred"))),
    (&["plan"], Some(("TF_VAR_x", "![31mred"))),
    (&["show", "![31mred"], None),
    (&["workspace", "select", "![31mred"], None),
    (&["state", "rm", "![31mred"], None),
    (&["import", "terraform_data.a", "![31mred"], None),
    (&["apply", "-auto-approve"], None),
];

#[test]
fn nothing_from_outside_acts_on_the_terminal() {
    let mut failures = Vec::new();
    for (arguments, variable) in ACTING {
        let workspace = Workspace::new(None);
        workspace.write(
            "main.tf",
            "variable \"x\" {\n  type    = number\n  default = 1\n}\nresource \"terraform_data\" \"a\" {\n  input = \"\u{1b}[31mred\"\n  \
             provisioner \"local-exec\" {\n    command = \"printf '\\\\033[31mred\\\\033[2J'\"\n  }\n}\n",
        );
        let mut command = workspace.command(rforge());
        command.args(arguments.iter().map(|it| it.replace('!', "\u{1b}")));
        command.envs(variable.iter().map(|(name, it)| (name, it.replace('!', "\u{1b}"))));
        match run(command, &format!("{arguments:?} {variable:?}")) {
            Err(failure) => failures.push(failure),
            Ok((_, printed)) if printed.contains('\u{1b}') => failures.push(printed),
            Ok(_) => {}
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n----\n"));
}
