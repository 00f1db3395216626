//! Nothing is lost: rforge is killed (SIGKILL) at the k-th mutating request of an apply and of a destroy, for every k. The
//! next run converges; the API then holds each object once, and after destroy none. So for the demo, for what hangs together,
//! and for every type by itself: of these a part that is another one each day, all of it with `RFORGE_KILL=all`.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process::Stdio,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use serde_json::json;

use crate::{
    emulator::Emulator,
    stage::{Type, provider, types},
    workspace::{Workspace, repository},
};

const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];
const DESTROY: &[&str] = &["destroy", "-auto-approve", "-no-color"];

/// The file that a provisioner writes the id of its object to.
const PROVISIONED: &str = "provisioned";

/// Each on an emulator of its own.
const WORKERS: usize = 2;

#[test]
fn a_small_configuration_survives_a_kill_before_and_after_every_call() {
    let lay = |workspace: &Workspace| workspace.copy(&repository().join("tests/scenarios/kill"), ".");
    survives(&["kill_before", "kill_after"], lay);
}

#[test]
fn what_a_provider_made_that_has_to_be_opened_first_survives() {
    let lay = |workspace: &Workspace| workspace.copy(&repository().join("tests/scenarios/ephemeral_parameter"), ".");
    survives(&["kill_before", "kill_after"], lay);
}

#[test]
fn the_demo_survives_a_kill_after_every_call() {
    survives(&["kill_after"], lay_demo);
}

const KILLS: &[&str] = &["kill_before", "kill_after"];

/// `all`, or the number of a part.
const PART: &str = "RFORGE_KILL";

#[test]
fn every_type_survives_a_kill() {
    let part = std::env::var(PART).unwrap_or_else(|_| {
        let days = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / (24 * 60 * 60);
        days.to_string()
    });
    println!("{PART}={part}");
    let queue = Mutex::new(types());
    let failed = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let emulator = Emulator::start();
                while let Some(it) = { queue.lock().unwrap().pop() } {
                    // One type's failure says nothing of the others, but its objects are in their way.
                    if catch_unwind(AssertUnwindSafe(|| kill_in_life(&emulator, &it, &part))).is_err() {
                        failed.lock().unwrap().push(it.name);
                        emulator.reset();
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{PART}={part}: {} types failed: {}", failed.len(), failed.join(", "));
}

/// The rounds of one type that belong to the part.
fn kill_in_life(emulator: &Emulator, it: &Type, part: &str) {
    let lay = |workspace: &Workspace| {
        it.write(workspace, ".", "create");
        workspace.write("provider.tf", &provider());
    };
    let measured = measure(emulator, &lay);
    let rounds: Vec<(usize, &str)> =
        (1..=measured.calls).flat_map(|call| KILLS.iter().map(move |kill| (call, *kill))).collect();
    let chosen = match part {
        "all" => rounds.as_slice(),
        number => {
            let at = number.parse::<usize>().expect("a number, or all") % rounds.len();
            &rounds[at..=at]
        }
    };
    for (call, kill) in chosen {
        println!("{}: {kill} {call}", it.name);
        round(emulator, *call, kill, &measured, &lay);
    }
}

/// Lays out the repository's own configuration, its two regions and all.
pub(crate) fn lay_demo(workspace: &Workspace) {
    for file in ["versions.tf", "providers.tf", "variables.tf", "rforge.hcl"] {
        workspace.write(file, &std::fs::read_to_string(repository().join(file)).unwrap());
    }
    workspace.copy(&repository().join("modules"), "modules");
    workspace.copy(&repository().join("regions"), "regions");
}

fn survives(kills: &[&str], lay: impl Fn(&Workspace) + Sync) {
    let measured = measure(&Emulator::start(), &lay);
    assert!(measured.calls > 0, "the configuration makes objects");
    let rounds: Vec<(usize, &str)> =
        (1..=measured.calls).flat_map(|call| kills.iter().map(move |kill| (call, *kill))).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let emulator = Emulator::start();
                while let Some((call, kill)) = rounds.get(next.fetch_add(1, Ordering::Relaxed)) {
                    round(&emulator, *call, kill, &measured, &lay);
                }
            });
        }
    });
}

/// What happens when nothing disturbs apply and destroy.
struct Measured {
    /// How many mutating calls the longer of the two makes.
    calls: usize,
    /// What is alive in between.
    whole: Vec<String>,
    provisioned: bool,
}

fn measure(emulator: &Emulator, lay: &impl Fn(&Workspace)) -> Measured {
    let before = emulator.log().len();
    let workspace = Workspace::new(Some(&emulator.url()));
    lay(&workspace);
    workspace.rforge(APPLY).expect(0, "apply, undisturbed");
    let (seen, applied) = (emulator.log().len(), emulator.mutations(before));
    let whole = emulator.alive();
    workspace.rforge(DESTROY).expect(0, "destroy, undisturbed");
    assert_eq!(emulator.alive(), Vec::<String>::new(), "after destroy, undisturbed");
    let provisioned = workspace.path().join(PROVISIONED).exists();
    Measured { calls: applied.max(emulator.mutations(seen)), whole, provisioned }
}

/// One apply and one destroy, each killed at the given call and then run again.
fn round(emulator: &Emulator, call: usize, kill: &str, measured: &Measured, lay: &impl Fn(&Workspace)) {
    let workspace = Workspace::new(Some(&emulator.url()));
    lay(&workspace);
    let what = format!("{kill} at mutating call {call}");
    disturbed(emulator, &workspace, APPLY, call, kill);
    workspace.rforge(APPLY).expect(0, &format!("apply after {what} of apply"));
    assert_eq!(emulator.alive(), measured.whole, "after {what} of apply");
    if measured.provisioned {
        let (id, state) = (workspace.read(PROVISIONED), workspace.read("terraform.tfstate"));
        assert!(state.contains(id.trim()), "the object that stayed was provisioned last, after {what} of apply");
    }
    workspace.rforge(&["plan", "-detailed-exitcode", "-no-color"]).expect(0, &format!("plan after {what} of apply"));
    disturbed(emulator, &workspace, DESTROY, call, kill);
    workspace.rforge(DESTROY).expect(0, &format!("destroy after {what} of destroy"));
    assert_eq!(emulator.alive(), Vec::<String>::new(), "after {what} of destroy");
}

/// Runs rforge while the emulator waits to kill it. It may end before, where a run makes fewer calls than another.
fn disturbed(emulator: &Emulator, workspace: &Workspace, arguments: &[&str], call: usize, kill: &str) {
    let pid_file = workspace.path().join(".pid");
    emulator.fault(json!([{ "mutating": true, "nth": [call], "do": kill, "pid_file": pid_file }]));
    let mut command = workspace.command(crate::workspace::rforge());
    let mut process = command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    workspace.write(".pid", &process.id().to_string());
    process.wait().unwrap();
    emulator.fault(json!([]));
    std::fs::remove_file(pid_file).unwrap();
}
