//! One Ctrl-C, or one SIGTERM, ends a run that waits or tries again, with what it made in state or journal. These tests say
//! nothing about time: a run that went on waiting would never end.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::workspace::{Workspace, rforge};

fn start(workspace: &Workspace, arguments: &[&str]) -> Child {
    let mut command = workspace.command(rforge());
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn interrupt(process: &Child, signal: Signal) {
    kill_process(Pid::from_child(process), signal).unwrap();
}

/// Returns once the program has said what it does about signals.
fn wait_for_handlers(process: &Child) {
    let caught = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap_or_default();
        let mask = status.lines().find_map(|it| it.strip_prefix("SigCgt:")).map(str::trim).unwrap_or("0");
        u64::from_str_radix(mask, 16).unwrap_or_default()
    };
    let both = 1 << (Signal::INT.as_raw() - 1) | 1 << (Signal::TERM.as_raw() - 1);
    while caught() & both != both {
        std::thread::yield_now();
    }
}

/// Reads what the program prints until a line has `text`.
fn wait_for_line(process: &mut Child, text: &str) {
    let lines = BufReader::new(process.stdout.as_mut().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|it| it.contains(text)), "it never prints {text:?}");
}

#[test]
fn what_waits_on_this_machine_ends() {
    let sleep = "resource \"time_sleep\" \"a\" {\n  create_duration = \"100h\"\n}\n";
    let command = "resource \"terraform_data\" \"a\" {\n  provisioner \"local-exec\" {\n    command = \"exec sleep 360000\"\n  }\n}\n";
    for signal in [Signal::INT, Signal::TERM] {
        for (text, made) in [(sleep, false), (command, true)] {
            let workspace = Workspace::new(None);
            workspace.write("main.tf", text);
            let mut process = start(&workspace, &["apply", "-auto-approve", "-no-color"]);
            wait_for_line(&mut process, if made { "Executing" } else { "Creating..." });
            interrupt(&process, signal);
            assert_eq!(process.wait().unwrap().code(), Some(1));
            let state = std::fs::read_to_string(workspace.path().join("terraform.tfstate")).unwrap_or_default();
            assert_eq!(state.contains("\"status\": \"tainted\""), made, "{state}");
            assert!(!workspace.path().join(".terraform.tfstate.lock.info").exists());
        }
    }
}

/// Programs that read how tests go are told of it, and what goes on is ended and destroyed.
#[test]
fn tests_say_that_they_were_interrupted() {
    let command = "resource \"terraform_data\" \"a\" {\n  provisioner \"local-exec\" {\n    command = \"exec sleep 360000\"\n  }\n}\n";
    let workspace = Workspace::new(None);
    workspace.write("main.tf", command);
    workspace.write("a.tftest.hcl", "run \"a\" {}\nrun \"b\" {}\n");
    let mut process = start(&workspace, &["test", "-json"]);
    wait_for_line(&mut process, "running");
    interrupt(&process, Signal::INT);
    let ended = process.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    let lines: Vec<serde_json::Value> = said.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let is_told = |it: &serde_json::Value| {
        it["type"] == "log" && it["@message"].as_str().is_some_and(|it| it.contains("Interrupt received."))
    };
    assert_eq!(lines.iter().filter(|it| is_told(it)).count(), 1, "{said}");
    assert!(lines.iter().any(|it| it["test_run"]["run"] == "b" && it["test_run"]["status"] == "skip"), "{said}");
}

/// Nothing is changed yet while a lock, an answer or a server is waited for.
#[test]
fn what_has_changed_nothing_ends_at_once() {
    let deaf = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let remote = format!(
        "data \"terraform_remote_state\" \"a\" {{\n  backend = \"http\"\n  config  = {{ address = \"http://{}/\" }}\n}}\n",
        deaf.local_addr().unwrap()
    );
    let data = "resource \"terraform_data\" \"a\" {}\n";
    let slow = "resource \"time_sleep\" \"a\" {\n  create_duration = \"100h\"\n}\n";
    for (text, arguments) in [
        (data, &["apply", "-no-color"] as &[&str]),
        (&remote, &["plan", "-no-color"]),
        ("variable \"a\" {}\n", &["plan", "-no-color"]),
        (slow, &["plan", "-no-color", "-lock-timeout=100h"]),
    ] {
        for signal in [Signal::INT, Signal::TERM] {
            let workspace = Workspace::new(None);
            workspace.write("main.tf", text);
            let mut holder = (text == slow).then(|| start(&workspace, &["apply", "-auto-approve", "-no-color"]));
            if let Some(holder) = &mut holder {
                wait_for_line(holder, "Creating...");
            }
            let mut process = start(&workspace, arguments);
            // Open until the end: nobody answers.
            let _input = process.stdin.take();
            wait_for_handlers(&process);
            interrupt(&process, signal);
            let ended = process.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            assert_eq!(ended.status.code(), Some(1), "{arguments:?}: {said}");
            assert!(said.contains("Error: operation canceled"), "{said}");
            assert_eq!(workspace.path().join(".terraform.tfstate.lock.info").exists(), holder.is_some());
            if let Some(mut holder) = holder {
                interrupt(&holder, signal);
                assert_eq!(holder.wait().unwrap().code(), Some(1));
            }
        }
    }
}

/// Whatever it is doing: a lock file is not left between being made and being known of.
#[test]
fn locks_are_given_up() {
    for moment in 0..60 {
        let workspace = Workspace::new(None);
        workspace.write("main.tf", "resource \"terraform_data\" \"a\" {}\n");
        let mut process = start(&workspace, &["apply", "-no-color"]);
        let _input = process.stdin.take();
        wait_for_handlers(&process);
        std::thread::sleep(std::time::Duration::from_micros(250 * moment));
        interrupt(&process, Signal::INT);
        let ended = process.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(1), "{}", String::from_utf8_lossy(&ended.stderr));
        for left in [".terraform.tfstate.lock.info", "terraform.tfstate"] {
            assert!(!workspace.path().join(left).exists(), "after {moment}: {left}");
        }
    }
}

#[cfg(feature = "aws")]
#[test]
fn tries_of_requests_end() {
    use crate::emulator::Emulator;
    use serde_json::json;

    const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];
    const DESTROY: &[&str] = &["destroy", "-auto-approve", "-no-color"];
    let main =
        "resource \"aws_vpc\" \"a\" {\n  cidr_block           = \"10.0.0.0/16\"\n  enable_dns_hostnames = true\n}\n";
    let fault = |action: &str, what: &str| json!({ "action": action, "do": what, "code": "DependencyViolation" });
    let cases = [
        (APPLY, vec![fault("CreateVpc", "throttle")], "CreateVpc"),
        // It is made, which cannot be found out now: the next run does.
        (APPLY, vec![fault("CreateVpc", "reset_after"), fault("DescribeVpcs", "throttle")], "DescribeVpcs"),
        (APPLY, vec![fault("DescribeVpc.*", "throttle")], "DescribeVpcs"),
        (APPLY, vec![fault("ModifyVpcAttribute", "throttle")], "ModifyVpcAttribute"),
        (DESTROY, vec![fault("DeleteVpc", "throttle")], "DeleteVpc"),
        (DESTROY, vec![fault("DeleteVpc", "error")], "DeleteVpc"),
        (DESTROY, vec![fault("DeleteVpc", "reset_before")], "DeleteVpc"),
    ];
    let emulator = Emulator::start();
    for (arguments, faults, action) in cases {
        for signal in [Signal::INT, Signal::TERM] {
            let workspace = Workspace::new(Some(&emulator.url()));
            workspace.write("main.tf", main);
            if arguments == DESTROY {
                workspace.rforge(APPLY).expect(0, "apply, undisturbed");
            }
            emulator.fault(json!(faults));
            let before = emulator.log().len();
            let process = start(&workspace, arguments);
            while !emulator.log()[before..].iter().any(|it| it["action"] == action) {
                std::thread::yield_now();
            }
            interrupt(&process, signal);
            let ended = process.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            assert_eq!(ended.status.code(), Some(1), "{action}: {said}");
            emulator.fault(json!([]));
            workspace.rforge(APPLY).expect(0, &format!("apply after {action} was interrupted: {said}"));
            let vpcs = |alive: Vec<String>| alive.iter().filter(|it| it.ends_with(" vpc")).count();
            assert_eq!(vpcs(emulator.alive()), 1, "{action}: {said}");
            workspace.rforge(&["plan", "-detailed-exitcode", "-no-color"]).expect(0, action);
            workspace.rforge(DESTROY).expect(0, action);
            assert_eq!(vpcs(emulator.alive()), 0, "{action}");
        }
    }
}

/// A test that waits ends: what its runs have made is destroyed after one interrupt, and left and named after two.
#[test]
fn a_test_destroys_what_it_made() {
    let made = "resource \"terraform_data\" \"made\" {\n  provisioner \"local-exec\" {\n    when    = destroy\n    command = \"echo gone >> gone; test ! -e stuck || exec sleep 360000\"\n  }\n}\n";
    let waits = "resource \"terraform_data\" \"waits\" {\n  depends_on = [terraform_data.made]\n  provisioner \"local-exec\" {\n    command = \"touch begun; exec sleep 360000\"\n  }\n}\n";
    for stuck in [false, true] {
        let workspace = Workspace::new(None);
        workspace.write("main.tf", &format!("{made}{waits}"));
        workspace.write("a.tftest.hcl", "run \"waits\" {}\nrun \"never\" {}\n");
        if stuck {
            workspace.write("stuck", "");
        }
        let exists = |name: &str| workspace.path().join(name).exists();
        let process = start(&workspace, &["test", "-no-color"]);
        while !exists("begun") {
            std::thread::yield_now();
        }
        interrupt(&process, Signal::INT);
        if stuck {
            while !exists("gone") {
                std::thread::yield_now();
            }
            interrupt(&process, Signal::INT);
        }
        let outcome = process.wait_with_output().unwrap();
        let printed = String::from_utf8_lossy(&outcome.stdout) + String::from_utf8_lossy(&outcome.stderr);
        assert_eq!(outcome.status.code(), Some(1), "{printed}");
        assert!(printed.contains("run \"never\"... skip"), "{printed}");
        assert!(exists("gone"), "{printed}");
        assert_eq!(exists(".terraform/tests/a.tftest.hcl/main.tfstate"), stuck, "{printed}");
        assert_eq!(printed.contains("terraform_data.made\n"), stuck, "{printed}");
    }
}
