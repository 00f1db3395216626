//! Runs commands of rforge, each in a process of its own, and says what they used.
//!
//! The kernel counts the CPU time of processes that ended, in hundredths of a second for all together.

use std::{
    fs,
    path::Path,
    process::{Command, ExitCode, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The argument that makes the program run a command of rforge in the working directory and print its peak memory.
const RUN: &str = "--run-and-report";

/// As large as that of `rforge` itself.
const STACK: usize = 256 << 20;

/// The length of the tick that `/proc/self/stat` counts in: 1/100 second on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

/// What one run takes.
#[derive(Clone, Copy)]
pub(crate) struct Used {
    pub(crate) milliseconds: f64,
    pub(crate) megabytes: f64,
}

/// To be called first: the exit code, if this process is one that [`used`] started.
pub(crate) fn run_and_report() -> Option<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next()? != RUN {
        return None;
    }
    let command: Vec<String> = arguments.collect();
    let run = move || rforge::cli::run(std::iter::once("rforge".to_owned()).chain(command).map(Into::into));
    let code = thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread").join().expect("no panic");
    let status = fs::read_to_string("/proc/self/status").expect("/proc");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    let kilobytes: f64 = peak.trim().trim_end_matches(" kB").parse().expect("kilobytes");
    println!("{}", kilobytes / 1024.0);
    Some(ExitCode::from(code))
}

/// Runs a command in a folder so many times; what each took, the most memory of all, and how long each lasted.
pub(crate) fn used(command: &[&str], folder: &Path, runs: usize) -> (Used, Duration) {
    let before = ticks_of_children();
    let began = Instant::now();
    let megabytes = (0..runs).map(|_| peak_of_run(command, folder)).fold(0.0, f64::max);
    let runs = runs as f64;
    let milliseconds = (ticks_of_children() - before) / TICKS_PER_SECOND * 1e3 / runs;
    (Used { milliseconds, megabytes }, began.elapsed().div_f64(runs))
}

/// The CPU time of all processes that this one started and that ended, in ticks.
fn ticks_of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("/proc");
    // After the name in parentheses, which may hold anything: their user and system time are the 14th and the 15th.
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    fields[13..15].iter().map(|it| it.parse::<f64>().expect("ticks")).sum()
}

/// Runs the command in the folder; peak megabytes.
fn peak_of_run(command: &[&str], folder: &Path) -> f64 {
    let mut process = Command::new(std::env::current_exe().expect("this program"));
    let process = process.arg(RUN).args(command).current_dir(folder).stderr(Stdio::inherit());
    let output = process.output().expect("a process");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{command:?} failed:\n{text}");
    text.lines().last().unwrap_or_default().parse().expect("megabytes")
}
