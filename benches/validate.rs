//! What `validate` costs in CPU seconds and memory, from 1,000 to 100,000 lines:
//! `cargo bench --no-default-features --bench validate`.
//!
//! Each tree is validated by a process of its own, which reads what it used from `/proc/self` when it is done.

use std::{
    fmt::Write,
    fs, io,
    path::Path,
    process::{Command, ExitCode, Stdio},
    thread,
};

/// The argument that makes this program validate the working directory and print what that took.
const VALIDATE: &str = "--validate-and-report";

/// As large as that of `rforge` itself.
const STACK: usize = 256 << 20;

/// The length of the tick that `/proc/self/stat` counts in: 1/100 second on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

/// How often each tree is validated; the least CPU time counts, as everything else is noise.
const RUNS: usize = 3;

fn main() -> ExitCode {
    if std::env::args().any(|it| it == VALIDATE) {
        return validate();
    }
    println!("{:<34} {:>8} {:>10} {:>12} {:>10}", "tree", "lines", "CPU s", "µs a line", "peak MB");
    for calls in [10, 100, 1_000] {
        report(&format!("{calls} module calls"), &|folder| modules(folder, calls));
    }
    for objects in [100, 1_000, 10_000] {
        report(&format!("{objects} resources in a file"), &|folder| resources(folder, objects));
    }
    report("an object of 20,000 keys", &|folder| object(folder, 20_000));
    ExitCode::SUCCESS
}

/// Makes a tree, validates it, and prints a line.
fn report(name: &str, make: &dyn Fn(&Path) -> io::Result<usize>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lines = make(folder.path()).expect("a tree");
    let (mut seconds, mut megabytes) = (f64::INFINITY, 0.0_f64);
    for _ in 0..RUNS {
        let used = used(folder.path());
        seconds = seconds.min(used.0);
        megabytes = megabytes.max(used.1);
    }
    let each = seconds * 1e6 / lines as f64;
    println!("{name:<34} {lines:>8} {seconds:>10.2} {each:>12.2} {megabytes:>10.1}");
}

/// CPU seconds and peak megabytes of a process that validates the folder.
fn used(folder: &Path) -> (f64, f64) {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    let output = command.arg(VALIDATE).current_dir(folder).stderr(Stdio::inherit()).output().expect("a process");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "the tree is not valid:\n{text}");
    let line = text.lines().last().unwrap_or_default();
    let mut numbers = line.split(' ').map(|it| it.parse().expect("a number"));
    (numbers.next().expect("seconds"), numbers.next().expect("megabytes"))
}

fn validate() -> ExitCode {
    let run = || rforge::cli::run(["rforge", "validate"].map(Into::into));
    let code = thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread").join().expect("no panic");
    let stat = fs::read_to_string("/proc/self/stat").expect("/proc");
    // After the name in parentheses, which may hold anything: user and system time are the 12th and the 13th.
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks: f64 = fields[11..13].iter().map(|it| it.parse::<f64>().expect("ticks")).sum();
    let status = fs::read_to_string("/proc/self/status").expect("/proc");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    let kilobytes: f64 = peak.trim().trim_end_matches(" kB").parse().expect("kilobytes");
    println!("{} {}", ticks / TICKS_PER_SECOND, kilobytes / 1024.0);
    ExitCode::from(code)
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
