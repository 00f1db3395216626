//! What `validate` and `plan` cost in CPU time and memory, from 1,000 to 100,000 lines, and how they grow:
//! `cargo bench --no-default-features --bench validate`.
//!
//! CPU time is counted in hundredths of a second, so small trees are run often enough to add up. What the same command
//! takes in an empty folder is taken off from what is given for a line.

// A benchmark is there to print.
#![allow(clippy::print_stdout)]

mod measure;

use measure::Used;
use std::{fmt::Write, fs, io, path::Path, process::ExitCode};

/// How many lines are read in a series of runs, at least, and how many series there are. The quickest counts, as everything
/// else is noise.
const LINES: usize = 200_000;
const SERIES: usize = 3;

fn main() -> ExitCode {
    if let Some(code) = measure::run_and_report() {
        return code;
    }
    println!("| | lines | CPU ms | µs a line | peak MB | kB a line |");
    println!("|---|--:|--:|--:|--:|--:|");
    let validate = Table::new("validate");
    for calls in [10, 100, 1_000] {
        validate.row(&format!("{calls} module calls"), &|folder| modules(folder, calls));
    }
    for objects in [200, 2_000, 20_000] {
        validate.row(&format!("{objects} resources in a chain"), &|folder| resources(folder, objects));
    }
    validate.row("an object of 20,000 keys", &|folder| object(folder, 20_000));
    let plan = Table::new("plan");
    for objects in [200, 2_000, 20_000] {
        plan.row(&format!("{objects} resources in a chain"), &|folder| resources(folder, objects));
    }
    ExitCode::SUCCESS
}

/// The measurements of one command.
struct Table {
    command: &'static str,
    /// In an empty folder.
    start: Used,
}

impl Table {
    fn new(command: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("main.tf"), "").expect("an empty file");
        Self { command, start: used(command, folder.path(), 1_000) }
    }

    /// Makes a tree, runs the command in it, and prints a line.
    fn row(&self, name: &str, make: &dyn Fn(&Path) -> io::Result<usize>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let lines = make(folder.path()).expect("a tree");
        let Used { milliseconds, megabytes } = used(self.command, folder.path(), lines);
        let each = (milliseconds - self.start.milliseconds) * 1e3 / lines as f64;
        let memory = (megabytes - self.start.megabytes) * 1024.0 / lines as f64;
        println!(
            "| `{}`, {name} | {lines} | {milliseconds:.1} | {each:.1} | {megabytes:.0} | {memory:.2} |",
            self.command
        );
    }
}

fn used(command: &str, folder: &Path, lines: usize) -> Used {
    let series = (0..SERIES).map(|_| measure::used(&[command], folder, (LINES / lines).max(1)).0);
    let quicker = |a: Used, b: Used| Used {
        megabytes: a.megabytes.max(b.megabytes),
        ..if a.milliseconds <= b.milliseconds { a } else { b }
    };
    series.reduce(quicker).expect("some series")
}

/// A root that calls so many modules, 100 lines for each call with what it calls.
fn modules(folder: &Path, calls: usize) -> io::Result<usize> {
    let mut root = String::new();
    let mut installed = r#"{"Key":"","Source":"","Dir":"."}"#.to_owned();
    let mut lines = 0;
    for call in 0..calls {
        let _ = write!(
            root,
            "module \"part_{call}\" {{\n  source = \"./part_{call}\"\n  name   = \"part-{call}\"\n  labels = \
             {{ number = \"{call}\" }}\n}}\n\n"
        );
        let _ = write!(installed, r#",{{"Key":"part_{call}","Source":"./part_{call}","Dir":"part_{call}"}}"#);
        let text = module();
        lines += text.lines().count();
        fs::create_dir(folder.join(format!("part_{call}")))?;
        fs::write(folder.join(format!("part_{call}/main.tf")), text)?;
    }
    fs::create_dir_all(folder.join(".terraform/modules"))?;
    fs::write(folder.join(".terraform/modules/modules.json"), format!("{{\"Modules\":[{installed}]}}"))?;
    fs::write(folder.join("main.tf"), &root)?;
    Ok(lines + root.lines().count())
}

/// 94 lines: variables, locals that use functions, resources that refer to each other, outputs.
fn module() -> String {
    let mut text = String::from(
        "variable \"name\" {\n  type = string\n}\n\nvariable \"labels\" {\n  type    = map(string)\n  default = {}\n}\n\n\
         locals {\n  upper = upper(var.name)\n  all   = merge(var.labels, { name = local.upper })\n  list  = [for key, \
         value in local.all : \"${key}=${value}\" if value != \"\"]\n}\n\n",
    );
    for number in 0..11 {
        let input = match number {
            0 => "local.list".to_owned(),
            _ => format!("terraform_data.item_{}.output", number - 1),
        };
        let _ = write!(
            text,
            "resource \"terraform_data\" \"item_{number}\" {{\n  input = {{\n    from = {input}\n    name = \
             format(\"%s-%03d\", var.name, {number})\n  }}\n}}\n"
        );
    }
    text + "\noutput \"name\" {\n  value = local.upper\n}\n\noutput \"last\" {\n  value = terraform_data.item_10.id\n}\n"
}

/// A root of so many resources, each of which refers to the one before.
fn resources(folder: &Path, count: usize) -> io::Result<usize> {
    let mut text = String::from("resource \"terraform_data\" \"item_0\" {\n}\n");
    for number in 1..count {
        let before = number - 1;
        let _ = write!(
            text,
            "\nresource \"terraform_data\" \"item_{number}\" {{\n  input = [terraform_data.item_{before}.id]\n}}\n"
        );
    }
    fs::write(folder.join("main.tf"), &text)?;
    Ok(text.lines().count())
}

/// One object of so many keys.
fn object(folder: &Path, keys: usize) -> io::Result<usize> {
    let mut text = String::from("locals {\n  object = {\n");
    for key in 0..keys {
        let _ = writeln!(text, "    key_{key} = [\"{key}\", {key}]");
    }
    text += "  }\n}\n\noutput \"count\" {\n  value = length(local.object)\n}\n";
    fs::write(folder.join("main.tf"), &text)?;
    Ok(text.lines().count())
}
