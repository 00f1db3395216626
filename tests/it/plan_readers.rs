//! Programs that read what Terraform prints find in ours what they look for: headings, counts, addresses and the drift note for pull
//! requests (tfcmt, Atlantis, dflook's actions), the version for terragrunt. What each of them looks for is from its sources, as of
//! November 2026; how it is looked for here is ours.

use crate::workspace::{Workspace, rforge};
use regex::Regex;
use std::process::Stdio;

const FIRST: &str = r#"
resource "local_file" "drifted" {
  filename = "drifted"
  content  = "as it was"
}
resource "terraform_data" "updated" {
  input = 1
}
resource "terraform_data" "replaced" {
  triggers_replace = 1
}
resource "terraform_data" "asked" {
}
resource "terraform_data" "gone" {
}
resource "terraform_data" "old_name" {
}
output "kept" {
  value = 1
}
"#;

const THEN: &str = r#"
resource "local_file" "drifted" {
  filename = "drifted"
  content  = "as it was"
}
resource "terraform_data" "updated" {
  input = 2
}
resource "terraform_data" "replaced" {
  triggers_replace = 2
}
resource "terraform_data" "asked" {
}
resource "terraform_data" "new_name" {
}
resource "terraform_data" "created" {
}
moved {
  from = terraform_data.old_name
  to   = terraform_data.new_name
}
output "kept" {
  value = 2
}
"#;

#[test]
fn what_programs_look_for_is_there() {
    let workspace = Workspace::new(None);
    // As the clients do: by a link whose name is Terraform's, found in the path.
    std::os::unix::fs::symlink(rforge(), workspace.path().join("terraform")).unwrap();
    workspace.write("main.tf", FIRST);
    let first = said(&workspace, "plan -no-color -input=false");
    check(
        "tfcmt: first plan",
        tfcmt(&first),
        "Plan: 6 to add, 0 to change, 0 to destroy. | created local_file.drifted, terraform_data.asked, \
           terraform_data.gone, terraform_data.old_name, terraform_data.replaced, terraform_data.updated",
    );
    check(
        "apply",
        summary(&said(&workspace, "apply -no-color -auto-approve")),
        "Apply complete! Resources: 6 added, 0 changed, 0 destroyed.",
    );
    let nothing = said(&workspace, "plan -no-color -input=false");
    check("tfcmt: no changes", tfcmt(&nothing), "No changes. Your infrastructure matches the configuration. | ");
    check("Atlantis: no changes", atlantis(&nothing), "No changes. Your infrastructure matches the configuration.");
    check("dflook: no changes", dflook(&nothing), "No changes. Your infrastructure matches the configuration.");

    std::fs::remove_file(workspace.path().join("drifted")).unwrap();
    workspace.write("main.tf", THEN);
    let then = said(&workspace, "plan -no-color -input=false -replace=terraform_data.asked");
    check(
        "tfcmt: changes",
        tfcmt(&then),
        "Plan: 4 to add, 1 to change, 3 to destroy. | outside: 21 lines | created local_file.drifted, terraform_data.created | deleted \
         terraform_data.gone | moved terraform_data.old_name to terraform_data.new_name | replaced terraform_data.asked, \
         terraform_data.replaced | updated terraform_data.updated",
    );
    check(
        "Atlantis: changes",
        atlantis(&then),
        "**Note: Objects have changed outside of Terraform** Plan: 4 to add, 1 to change, 3 to destroy.",
    );
    check("dflook: changes", dflook(&then), "Note: Objects have changed outside of Terraform");

    let version = said(&workspace, "--version");
    check("terragrunt: implementation and version", terragrunt(&version), "terraform 1.11.4");
    let pinned = Regex::new(r"^Terraform v(.*)").unwrap();
    check("dflook: version", pinned.captures(&version).map(|it| it[1].to_owned()).unwrap_or_default(), "1.11.4");
}

fn check(what: &str, found: String, expected: &str) {
    assert_eq!(found, expected, "{what}");
}

fn said(workspace: &Workspace, arguments: &str) -> String {
    let mut command = workspace.command(workspace.path().join("terraform"));
    let output = command.args(arguments.split(' ')).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The line that says what comes of it, what changed outside, and the addresses of each kind of change.
fn tfcmt(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let result = lines.iter().find(|it| it.starts_with("Plan: ") || it.starts_with("No changes.")).expect("a result");
    let mut found = vec![(*result).to_owned()];
    if let Some(from) = lines.iter().position(|it| *it == "Note: Objects have changed outside of Terraform") {
        // It fails where this line does not follow.
        let to =
            lines.iter().position(|it| it.starts_with("Unless you have made equivalent changes to your configuration"));
        found.push(format!("outside: {} lines", to.expect("the end of what changed outside") - from));
    }
    let is_planned = !result.starts_with("No changes.");
    assert_eq!(
        lines.contains(&"Terraform will perform the following actions:"),
        is_planned,
        "the heading of the changes"
    );
    let kinds = [
        ("created", r"^ *# (.*) will be created$"),
        ("deleted", r"^ *# (.*) will be destroyed$"),
        ("moved", r"^ *# (.*?) has moved to (.*?)$"),
        ("replaced", r"^ *# (.*?)(?:(?: is tainted, so)? must be replaced| will be replaced, as requested)$"),
        ("updated", r"^ *# (.*) will be updated in-place$"),
    ];
    for (kind, pattern) in kinds {
        let pattern = Regex::new(pattern).unwrap();
        let addresses = lines.iter().filter_map(|line| pattern.captures(line)).map(|it| match it.get(2) {
            Some(to) => format!("{} to {}", &it[1], to.as_str()),
            None => it[1].to_owned(),
        });
        let addresses: Vec<String> = addresses.collect();
        if !addresses.is_empty() {
            found.push(format!("{kind} {}", addresses.join(", ")));
        }
    }
    if found.len() == 1 { format!("{} | ", found[0]) } else { found.join(" | ") }
}

/// What stands above the plan in a pull request.
fn atlantis(text: &str) -> String {
    let note = Regex::new("Note: Objects have changed outside of Terraform").unwrap();
    let counts = Regex::new(r"Plan: (?:(\d+) to import, )?(\d+) to add, (\d+) to change, (\d+) to destroy.").unwrap();
    let nothing =
        Regex::new(r"No changes. (Infrastructure is up-to-date|Your infrastructure matches the configuration).")
            .unwrap();
    let summary = counts.find(text).or_else(|| nothing.find(text)).map_or("", |it| it.as_str());
    note.find(text).map_or_else(String::new, |it| format!("**{}** ", it.as_str())) + summary
}

/// The line from which on the plan is shown.
fn dflook(text: &str) -> String {
    let starts = [
        "Terraform used the selected providers to generate the following execution",
        "Terraform will perform the following actions",
        "Note: Objects have changed outside of Terraform",
        "No changes",
        "Error",
    ];
    let first = text.lines().find(|line| starts.iter().any(|start| line.starts_with(start)));
    first.unwrap_or_default().to_owned()
}

/// Which program it is, and in which version.
fn terragrunt(text: &str) -> String {
    let first = Regex::new(r"^(\S+)\s(v?\d+\.\d+\.\d+)").unwrap();
    let found = first.captures(text).expect("a version");
    format!("{} {}", found[1].to_lowercase(), found[2].trim_start_matches('v'))
}

fn summary(text: &str) -> String {
    text.lines().find(|it| it.starts_with("Apply complete!")).unwrap_or_default().to_owned()
}
