//! Whole runs with the small provider, found through `dev_overrides`, in both versions of the protocol. The program is called
//! `terraform`, so that it prints what Terraform does.
//!
//! A file of `tests/it/plugin/runs/` has cases, each in a folder of its own: `=== NAME` begins one (`=== NAME (6)`: in that
//! version only), `-- main.tf --` a file, and a line that starts with `$ ` is a shell command with what it prints below, as in
//! transcripts. `FILE.terraform` is what Terraform 1.11.4 prints at the same commands: where exit codes or errors differ from that,
//! the case says why in a line `# otherwise: …`; of a case `=== NAME (same)` every letter is the same. `RFORGE_BLESS=1` writes anew what rforge prints, `RFORGE_RECORD=1` what Terraform does.

use super::{NAME, serve};
use crate::{
    process::Outcome,
    transcript::Stable,
    workspace::{Workspace, repository, rforge},
};
use std::{fmt::Write, fs, os::unix::fs::PermissionsExt, path::Path, process::Stdio, sync::Mutex};

/// What commands may call.
const SHELL: &str = r#"
# What the provider was asked since; what is asked at the same time has no order, and is left out.
log() { grep -sv '^Validate\|^Get\|^meta\|^identified\|^moved' provider.log; rm -f provider.log; }
# What came beside the values.
beside() { grep -s '^meta\|^identified\|^moved' provider.log | sort | uniq -c | sed 's/^ *//'; rm -f provider.log; }
asked() { grep -v '^given\|^configured\|^started\|^ended\|^meta\|^identified\|^moved' provider.log | sort | uniq -c | sed 's/^ *//'; rm -f provider.log; }
objects() { jq -r '.resources[] | select(.mode == "managed") | . as $r | .instances[] | [$r.module, $r.type, $r.name, (.index_key // "" | tostring), (if .deposed then "deposed" else "" end), (.status // ""), ((.private // "") | @base64d), "v\(.schema_version)", (.attributes | with_entries(select(.value != null)) | tojson)] | map(select(. != null and . != "")) | join(" ")' "${1:-terraform.tfstate}"; }
identities() { jq -r '.resources[] | select(.mode == "managed") | . as $r | .instances[] | [$r.type, $r.name, ((.private // "") | @base64d), (.identity | tojson), "v\(.identity_schema_version)"] | join(" ")' terraform.tfstate; }
journal() { test ! -e terraform.tfstate.journal || sed 's/ [0-9a-f]*$//' terraform.tfstate.journal | jq -Rr 'fromjson? | .. | objects | select(has("operation")) | "intent: \(.operation) \(.address)"'; }
# Begins a command that the provider leaves hanging.
begin() { rm -f provider.log; "$@" >printed 2>&1 & running=$!; n=0; until grep -qs ^hanging provider.log || [ $n -gt 400 ]; do n=$((n+1)); sleep 0.02; done; [ $n -le 400 ] || { echo 'It does not hang:'; cat printed; kill -KILL $running; }; plugin=$(sed -n 's/^hanging //p' provider.log); }
# What the lock says of a command while its provider hangs.
locked() { behave="hang $1"; shift; export behave; begin terraform "$@"; unset behave; jq -r .Operation .terraform.tfstate.lock.info; kill -KILL $running; killed >killed; kill -KILL $plugin 2>/dev/null; rm -f .terraform.tfstate.lock.info; }
end() { wait $running; code=$?; cat printed; return $code; }
# What comes of a signal to $running, which shells tell in different ways.
killed() { wait $running 2>/dev/null; gone $plugin; }
# How often a command says that somebody works on a provider, and what it ends with; or what it says.
told() { terraform "$@" </dev/null >said 2>&1; code=$?; echo "$(grep -c 'development overrides are in effect' said), exit $code"; }
overrides() { terraform "$@" 2>&1 | sed -n -e 's/^Warning: Provider dev/Told: Provider dev/' -e '/^Told:/,/^releases\|^necessary/p' -e '/^{"@level":"warn"/ s/"@timestamp":"[^"]*",//p' -e '/^  *"summary"/,/"detail"/p' -e '/^Success/,$p'; }
# What validate says of each of these in ignore_changes.
ignoring() { mkdir -p try; for it; do sed "s/ignore_changes.*/ignore_changes = [$it]/" main.tf >try/main.tf; terraform -chdir=try validate -json | jq -r --arg of "$it" '.diagnostics | map(select(.summary | startswith("Provider dev") | not) | "\(.severity): \(.summary) at \(.range.start.line):\(.range.start.column) to \(.range.end.column)\n\(.detail)") | sort | "\($of)\n" + join("\n")'; done; }
gone() { n=0; while kill -0 "$1" 2>/dev/null && [ $n -lt 100 ]; do n=$((n+1)); sleep 0.02; done; if kill -0 "$1" 2>/dev/null; then echo alive; else echo gone; fi; }
"#;

struct Case {
    name: String,
    /// The lines as they are in the file, those of what was printed left out.
    parts: Vec<Part>,
}

enum Part {
    File(String, String),
    Command(String),
    Comment(String),
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut in_file = false;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("=== ") {
            cases.push(Case { name: name.to_owned(), parts: Vec::new() });
            in_file = false;
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(name) = line.strip_prefix("-- ").and_then(|it| it.strip_suffix(" --")) {
            case.parts.push(Part::File(name.to_owned(), String::new()));
            in_file = true;
        } else if let Some(command) = line.strip_prefix("$ ") {
            case.parts.push(Part::Command(command.to_owned()));
            in_file = false;
        } else if let (true, Some(Part::File(_, text))) = (in_file, case.parts.last_mut()) {
            text.push_str(line);
            text.push('\n');
        } else if line.starts_with("# ") {
            case.parts.push(Part::Comment(line.to_owned()));
        }
    }
    cases
}

/// Who runs the commands.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    Rforge,
    Terraform,
}

fn run(case: &Case, protocol: u8, who: Who) -> String {
    let workspace = Workspace::new(None);
    let place = tempfile::tempdir().unwrap();
    provide(&workspace, place.path(), protocol);
    let program = match who {
        Who::Rforge => rforge(),
        Who::Terraform => which("terraform").unwrap(),
    };
    std::os::unix::fs::symlink(program, place.path().join("terraform")).unwrap();
    let prelude = format!("exec 2>&1; PATH={}:$PATH\n{SHELL}", place.path().display());
    let times = regex::Regex::new(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \+0000 UTC|Who: +\S+").unwrap();
    // Terraform warns of what we do here each time.
    let overridden =
        regex::Regex::new(r"(?s)\nWarning: Provider development overrides are in effect.*?published\s+releases\.\n?")
            .unwrap();
    let colors = regex::Regex::new("\x1b\\[[0-9;]*m").unwrap();
    let deposed = regex::Regex::new(r"deposed (object )?[0-9a-f]{8}\b").unwrap();
    let mut stable = Stable::new(workspace.path());
    let mut text = String::new();
    for part in &case.parts {
        match part {
            Part::File(name, content) => {
                workspace.write(name, content);
                _ = write!(text, "-- {name} --\n{content}");
            }
            Part::Comment(line) => _ = writeln!(text, "{line}"),
            Part::Command(command) => {
                // What hangs is to end, and be told.
                let mut shell = workspace.command("timeout");
                shell.args(["20", "sh", "-c", &format!("{prelude}\n{command}")]).stdin(Stdio::null());
                shell.env("TF_CLI_CONFIG_FILE", workspace.path().join(".home/terraformrc"));
                if who == Who::Terraform {
                    shell.env("TF_CLI_ARGS", "-no-color");
                }
                shell.env(serve::LOG, workspace.path().join("provider.log"));
                let outcome = Outcome::of(&mut shell);
                let printed = stable.text(&outcome.stdout).replace("plugin6.(*GRPC", "plugin.(*GRPC");
                let printed = colors.replace_all(&printed, "");
                let printed = times.replace_all(&printed, "<time or person>");
                let printed = overridden.replace_all(&printed, "");
                let printed = deposed.replace_all(&printed, "deposed $1<key>").into_owned();
                let printed = printed.replace(&place.path().display().to_string(), "<plugins>");
                _ = write!(text, "$ {command}\n{}", indented(&printed));
                if outcome.code != Some(0) {
                    _ = writeln!(text, "[exit {}]", outcome.code.map_or("by signal".to_string(), |it| it.to_string()));
                }
            }
        }
    }
    text
}

/// What is printed may look like the file's own lines.
fn indented(printed: &str) -> String {
    printed.lines().map(|line| format!("{}\n", format!("  {line}").trim_end())).collect()
}

/// The script that is the provider, and the settings that name it.
fn provide(workspace: &Workspace, folder: &Path, protocol: u8) {
    let script = format!(
        "#!/bin/sh\n{}=\"{protocol} ${{behave:-quiet}}\" exec '{}' --exact plugin::serve::serve --nocapture 3>&1 >/dev/null\n",
        serve::VARIABLE,
        std::env::current_exe().unwrap().display()
    );
    // Of the second one rforge has a few types itself.
    for name in [NAME, "terraform-provider-null"] {
        let path = folder.join(name);
        fs::write(&path, &script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let overrides = ["test", "null"].map(|it| format!("    \"hashicorp/{it}\" = \"{}\"\n", folder.display()));
    let settings =
        format!("provider_installation {{\n  dev_overrides {{\n{}  }}\n  direct {{}}\n}}\n", overrides.concat());
    workspace.write(".home/terraformrc", &settings);
}

fn which(program: &str) -> Option<std::path::PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|it| it.join(program)).find(|it| it.is_file())
}

/// Of each command the exit code and the errors, however they are broken into lines. What rforge adds to those as a hint is its own.
fn outcomes(text: &str) -> Vec<String> {
    let mut outcomes: Vec<(String, Vec<String>, String)> = Vec::new();
    let (mut in_error, mut in_hint) = (false, false);
    for line in text.lines() {
        if line.starts_with("$ ") {
            outcomes.push((line.to_owned(), Vec::new(), String::new()));
            (in_error, in_hint) = (false, false);
            continue;
        }
        let Some((_, errors, code)) = outcomes.last_mut() else { continue };
        let said = line.trim();
        in_hint = !said.is_empty() && (in_hint || said.starts_with("Hint:"));
        match said {
            _ if line.starts_with("[exit") => *code = line.to_owned(),
            _ if said.starts_with("Error: ") => {
                errors.push(said.to_owned());
                in_error = true;
            }
            _ if said.starts_with("Warning: ") => in_error = false,
            // Where it is rforge says of more errors than Terraform.
            _ if said.starts_with("with ") || said.starts_with("on ") && said.contains(" line ") => {}
            _ if said.split_once(": ").is_some_and(|it| it.0.parse::<u32>().is_ok()) => {}
            _ if in_error && !in_hint => errors.last_mut().unwrap().push_str(&format!(" {said}")),
            _ => {}
        }
    }
    let told = |(command, errors, code): (String, Vec<String>, String)| {
        let mut errors: Vec<String> =
            errors.iter().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        // Terraform tells of a crash once more, of a provider without a block that it may need one, and of a stack with whichever
        // error is the first.
        errors.retain(|it| !it.contains("plugin crashed!") && !it.contains("requires explicit configuration."));
        for error in &mut errors {
            *error = error.replace(" (source code not available)", "");
            let end = error.find(" Stack trace from").unwrap_or(error.len());
            error.truncate(end);
        }
        errors.sort();
        errors.dedup();
        [vec![command, code], errors].concat().join("\n  ")
    };
    outcomes.into_iter().map(told).collect()
}

fn check(name: &str) {
    let file = repository().join("tests/it/plugin/runs").join(format!("{name}.txt"));
    let recorded = file.with_extension("terraform");
    let text = fs::read_to_string(&file).unwrap();
    let wanted = std::env::var("RFORGE_CASE").unwrap_or_default();
    let (is_blessing, is_recording) =
        (std::env::var_os("RFORGE_BLESS").is_some(), std::env::var_os("RFORGE_RECORD").is_some());
    let cases = cases(&text);
    let apart = Mutex::new(Vec::new());
    let printed = each(&cases, |case| {
        let is_wanted = case.name.contains(&wanted);
        let versions: &[u8] = if case.name.ends_with("(6)") { &[6] } else { &[6, 5] };
        let who = if is_recording { Who::Terraform } else { Who::Rforge };
        let ours = is_recording && case.name.contains("(ours)");
        let all = versions.iter().filter(|_| is_wanted && !ours).map(|it| run(case, *it, who)).collect::<Vec<_>>();
        if let [six, five] = &all[..]
            && !is_recording
            && !six.split_whitespace().eq(five.split_whitespace())
        {
            let difference = similar::TextDiff::from_lines(six, five).unified_diff().to_string();
            apart.lock().unwrap().push(format!("{} (- in version 6, + in 5):\n{difference}", case.name));
        }
        all.into_iter().next()
    });
    let together = |with: &str, all: &[Option<String>]| -> String {
        let texts = text_of(with);
        let one = |(case, printed): (&Case, &Option<String>)| {
            let old = texts.iter().find(|it| it.0 == case.name).map(|it| it.1.clone());
            let body = printed.clone().or(old)?;
            Some(format!("=== {}\n{}\n", case.name, body.trim_end()))
        };
        let parts: Vec<String> = cases.iter().zip(all).filter_map(one).collect();
        parts.join("\n")
    };
    let terraform = fs::read_to_string(&recorded).unwrap_or_default();
    if is_recording {
        fs::write(&recorded, together(&terraform, &printed)).unwrap();
        return;
    }
    let actual = together(&text, &printed);
    if is_blessing {
        fs::write(&file, &actual).unwrap();
    } else {
        let difference = similar::TextDiff::from_lines(&text, &actual);
        assert!(text == actual, "{name} (- expected, + printed):\n{}", difference.unified_diff().context_radius(8));
    }
    let mut differing = apart.into_inner().unwrap();
    for (case, of_terraform) in text_of(&terraform) {
        let Some((_, ours)) = text_of(&actual).into_iter().find(|it| it.0 == case) else { continue };
        // What is meant for programs is the same, word for word.
        let of = |text: &str| if case.contains("(same)") { vec![text.to_owned()] } else { outcomes(text) };
        let (theirs, own) = (of(&of_terraform), of(&ours));
        let is_said = ours.lines().any(|it| it.starts_with("# otherwise: "));
        if (theirs != own) != is_said {
            let (theirs, own) = (theirs.join("\n"), own.join("\n"));
            let difference = similar::TextDiff::from_lines(&theirs, &own).unified_diff().to_string();
            differing.push(format!("{case} (- Terraform, + rforge; said to be otherwise: {is_said})\n{difference}"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// Cases and all of their lines.
fn text_of(text: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("=== "), all.last_mut()) {
            (Some(name), _) => all.push((name.to_owned(), String::new())),
            (None, Some((_, body))) => {
                body.push_str(line);
                body.push('\n');
            }
            _ => {}
        }
    }
    all
}

/// Several cases at once, each by a thread.
fn each<R: Send>(cases: &[Case], work: impl Fn(&Case) -> R + Sync) -> Vec<R> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let done: Vec<Mutex<Option<R>>> = cases.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(case) = cases.get(at) else { break };
                    *done[at].lock().unwrap() = Some(work(case));
                }
            });
        }
    });
    done.into_iter().map(|it| it.into_inner().unwrap().unwrap()).collect()
}

#[test]
fn lives() {
    check("lives");
}

#[test]
fn settings() {
    check("settings");
}

#[test]
fn ignored() {
    check("ignored");
}

#[test]
fn mishaps() {
    check("mishaps");
}

#[test]
fn crashes() {
    check("crashes");
}

#[test]
fn deletions() {
    check("deletions");
}

#[test]
fn meta() {
    check("meta");
}

#[test]
fn identities() {
    check("identities");
}

#[test]
fn both() {
    check("both");
}

#[test]
fn cut_off() {
    check("cut_off");
}
