//! Records the data anew: `RFORGE_RECORD=1`, or `make conformance`, which then shows what changed.

use std::{io::Write, process::Stdio, sync::Mutex};

use serde_json::Value as Json;

use super::cases::{Case, File, Item, error};
use crate::{oracle::Oracle, workspace::Workspace};

/// Asks Terraform for each case of the kind, if that is wanted and it is here. `RFORGE_RECORD=new` asks only for those
/// that have no answer yet.
pub(super) fn record(kind: &str) {
    let Ok(which) = std::env::var("RFORGE_RECORD") else { return };
    let Some(oracle) = Oracle::find("conformance") else { return };
    let files = Mutex::new(super::files(kind).into_iter());
    let work = || {
        let workspace = Workspace::new(None);
        workspace.copy(&super::folder().join("scope"), ".");
        let next = || files.lock().unwrap().next();
        while let Some((name, mut file)) = next() {
            record_file(&oracle, &workspace, &mut file, which == "new");
            file.write(&super::folder().join(kind).join(name + ".txt"));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
}

fn record_file(oracle: &Oracle, workspace: &Workspace, file: &mut File, only_new: bool) {
    for item in &mut file.items {
        if let Item::Case(case) = item
            && (!only_new || case.recorded.is_empty())
        {
            case.recorded = answer(oracle, workspace, case);
        }
    }
}

fn answer(oracle: &Oracle, workspace: &Workspace, case: &Case) -> String {
    workspace.write("case.tf", &case.configuration());
    let mut name = "local.case";
    if let Some((ty, _)) = case.given() {
        name = "module.given.value";
        workspace.write("given/given.tf", &(Case::variable(ty) + "output \"value\" {\n  value = var.given\n}\n"));
        workspace.write("given.tf", "module \"given\" {\n  source = \"./given\"\n  given = local.case\n}\n");
        workspace.write(".terraform/modules/modules.json", INSTALLED);
    }
    let value = match console(oracle, workspace, name) {
        Ok(value) => value,
        Err(framed) => {
            let errors = planning_errors(oracle, workspace).unwrap_or_else(|| framed_errors(&framed));
            return without_place(&errors);
        }
    };
    let ty = console(oracle, workspace, &format!("type({name})")).expect("the type of a value");
    format!("= {}\n: {}", value.trim_end_matches('\n'), one_line(&ty))
}

/// What `terraform init` says of the module that a variable is in.
const INSTALLED: &str =
    r#"{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"given","Source":"./given","Dir":"given"}]}"#;

/// An error without the variable that it is about.
fn without_place(error: &str) -> String {
    match error.split_once(": The given value is not suitable").and_then(|(summary, rest)| {
        let (_, why) = rest.split_once("1,1-17: ")?;
        Some(format!("{summary}: {why}"))
    }) {
        Some(short) => short,
        None => error.to_owned(),
    }
}

/// What `terraform console` prints for the expression, or the errors, after which it still ends with 0.
fn console(oracle: &Oracle, workspace: &Workspace, expression: &str) -> Result<String, String> {
    let mut command = oracle.command(workspace, &["console", "-no-color"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("terraform console");
    child.stdin.take().unwrap().write_all(expression.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    if output.stderr.is_empty() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

/// The errors of planning, which come as data. None if planning succeeds, since it does not call what differs each time.
fn planning_errors(oracle: &Oracle, workspace: &Workspace) -> Option<String> {
    let output = oracle.run(workspace, &["plan", "-json"]).stdout;
    let documents = serde_json::Deserializer::from_str(&output).into_iter::<Json>().map(Result::unwrap);
    let diagnostics = documents.filter_map(|it| it.get("diagnostic").cloned()).filter(|it| it["severity"] == "error");
    let lines: Vec<String> = diagnostics
        .map(|it| error(it["summary"].as_str().unwrap(), without_trace(it["detail"].as_str().unwrap())))
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The error out of the frame that the console draws around it: summary, excerpt and detail, with blank lines between.
fn framed_errors(framed: &str) -> String {
    let lines: Vec<&str> = framed.lines().map(|line| line.trim_start_matches(['╷', '│', '╵']).trim()).collect();
    let text = lines.join("\n");
    let parts: Vec<&str> = text.trim().split("\n\n").collect();
    error(parts[0].trim_start_matches("Error: "), &parts[2..].join(" "))
}

/// Of a panic in Terraform, only what it was.
fn without_trace(detail: &str) -> &str {
    detail.split("\ngoroutine ").next().unwrap_or_default()
}

/// What `type()` prints, in the syntax of constraints: `object({a=string})`.
fn one_line(ty: &str) -> String {
    let joined: String = ty.lines().map(str::trim).collect();
    joined.replace(": ", "=").replace(",})", "})").replace(",])", "])").replace(",)", ")")
}
