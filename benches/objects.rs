//! What a few blocks cost that have very many instances, from the first plan to the last deletion, without AWS:
//! `cargo bench --no-default-features --bench objects`.

// A benchmark is there to print.
#![allow(clippy::print_stdout)]

mod measure;

use measure::Used;
use std::{fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    if let Some(code) = measure::run_and_report() {
        return code;
    }
    println!("| | objects | CPU ms | µs an object | peak MB | kB an object | seconds |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for objects in [10_000, 100_000] {
        life(objects);
    }
    for pairs in [1_000, 2_000, 4_000, 8_000] {
        let folder = folder(&counts(pairs));
        row("`plan -out`, a count that refers to a count", &["plan", "-out=plan"], folder.path(), 2 * pairs);
    }
    let folder = folder(&items(6_000));
    measure::used(&["apply", "-auto-approve"], folder.path(), 1);
    row("update of `terraform_data`", &["apply", "-auto-approve", "-var=text=new"], folder.path(), 6_000);
    ExitCode::SUCCESS
}

/// Objects of four types that live in state, a quarter each, most of which refer to another.
fn life(objects: usize) {
    let folder = folder(&kinds(objects / 4));
    let path = folder.path();
    row("`validate`", &["validate"], path, objects);
    row("first `plan`", &["plan"], path, objects);
    row("first `plan -out`", &["plan", "-out=plan"], path, objects);
    row("`apply` of the saved plan", &["apply", "plan"], path, objects);
    row("`plan` without changes", &["plan"], path, objects);
    row("`plan -out` without changes", &["plan", "-out=plan"], path, objects);
    row("`apply` that updates a half", &["apply", "-auto-approve", "-var=text=new"], path, objects);
    row("`destroy`", &["destroy", "-auto-approve"], path, objects);
}

fn folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("main.tf"), format!("variable \"text\" {{\n  default = \"old\"\n}}\n{text}"))
        .expect("a file");
    folder
}

fn row(name: &str, command: &[&str], folder: &Path, objects: usize) {
    let (Used { milliseconds, megabytes }, elapsed) = measure::used(command, folder, 1);
    let (each, memory) = (milliseconds * 1e3 / objects as f64, megabytes * 1024.0 / objects as f64);
    let seconds = elapsed.as_secs_f64();
    println!("| {name} | {objects} | {milliseconds:.0} | {each:.1} | {megabytes:.0} | {memory:.2} | {seconds:.1} |");
}

fn kinds(count: usize) -> String {
    format!(
        r#"
resource "random_id" "a" {{
  count       = {count}
  byte_length = 4
}}
resource "terraform_data" "b" {{
  count = {count}
  input = {{ id = random_id.a[count.index].hex, text = var.text }}
}}
resource "null_resource" "c" {{
  count    = {count}
  triggers = {{ id = random_id.a[count.index].id }}
}}
resource "terraform_data" "d" {{
  for_each = {{ for at, it in terraform_data.b : at => it.id }}
  input    = "${{each.value}} ${{var.text}}"
}}
"#
    )
}

fn counts(count: usize) -> String {
    format!(
        r#"
resource "terraform_data" "a" {{
  count = {count}
}}
resource "terraform_data" "b" {{
  count = {count}
  input = terraform_data.a[count.index].id
}}
"#
    )
}

fn items(count: usize) -> String {
    format!(
        r#"
resource "terraform_data" "a" {{
  count = {count}
  input = "${{var.text}} ${{count.index}}"
}}
"#
    )
}
