//! Calls that took effect, and whose answers nobody can read: nothing is lost, nothing is made twice, and nothing is called a
//! failure that was none.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    emulator::Emulator,
    stage::{STAGES, write_all},
    workspace::Workspace,
};

const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];
const DESTROY: &[&str] = &["destroy", "-auto-approve", "-no-color"];
const PLAN: &[&str] = &["plan", "-detailed-exitcode", "-no-color"];

/// How an answer is spoilt (emulator/faults.py).
const SPOILT: [&str; 6] =
    ["answer_empty", "answer_garbage", "answer_truncated", "answer_page", "answer_bare", "answer_cut"];

/// Each on an emulator of its own.
const WORKERS: usize = 2;

/// What is alive after each stage, and which actions change something in each, the last of them the end.
struct Measured {
    alive: Vec<Vec<String>>,
    actions: Vec<BTreeSet<(String, String)>>,
}

#[test]
fn an_answer_that_cannot_be_read_loses_and_doubles_nothing() {
    let measured = measure();
    std::thread::scope(|scope| {
        for faults in SPOILT.chunks(SPOILT.len() / WORKERS) {
            let measured = &measured;
            scope.spawn(move || {
                let emulator = Emulator::start();
                faults.iter().for_each(|fault| spoilt(&emulator, fault, measured));
            });
        }
    });
}

#[test]
fn a_reading_that_stays_unreadable_is_said() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    workspace.write("main.tf", "data \"aws_vpc\" \"it\" {\n  default = true\n}\n");
    emulator.fault(json!([{ "action": "DescribeVpcs", "do": "answer_page" }]));
    let refused = workspace.rforge(&["plan", "-no-color"]).expect(1, "plan behind a proxy");
    let said = "ec2 DescribeVpcs: the answer could not be read";
    assert!(refused.stderr.contains(said), "no {said:?} in\n{}", refused.stderr);
}

/// Objects with a name that only one can have. The default network's id is known to the API alone.
const NAMED: &str = r#"
data "aws_vpc" "it" {
  default = true
}

locals {
  trust = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] }
  allow = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:Get*", Resource = "*" }] }
}

resource "aws_iam_policy" "it" {
  name   = "there"
  path   = "/some/"
  policy = jsonencode(local.allow)
}

resource "aws_iam_role" "it" {
  for_each           = toset(["there"])
  name               = each.key
  assume_role_policy = jsonencode(local.trust)
}

resource "aws_iam_instance_profile" "it" {
  name = "there"
}

resource "aws_launch_template" "it" {
  name          = "there"
  instance_type = "t3.micro"
}

resource "aws_security_group" "it" {
  name   = "there"
  vpc_id = data.aws_vpc.it.id
}

resource "aws_cloudwatch_log_group" "it" {
  name = "there"
}

resource "aws_ssm_parameter" "it" {
  name  = "/there"
  type  = "String"
  value = "something"
}
"#;

#[test]
fn what_is_there_already_is_said_with_the_import_that_takes_it_over() {
    let emulator = Emulator::start();
    let [theirs, ours] = [(), ()].map(|()| Workspace::new(Some(&emulator.url())));
    for workspace in [&theirs, &ours] {
        workspace.write("main.tf", NAMED);
    }
    theirs.rforge(APPLY).expect(0, "apply");
    let alive = emulator.alive();
    let refused = ours.rforge(APPLY).expect(1, "apply of what is there");
    // Lines are broken where the terminal ends.
    let said: Vec<&str> = refused.stderr.split_whitespace().collect();
    let imports: BTreeSet<[&str; 2]> =
        said.windows(4).filter(|it| it[..2] == ["rforge", "import"]).map(|it| [it[2], it[3]]).collect();
    assert_eq!(imports.len(), NAMED.matches("resource \"").count(), "imports that are told in\n{}", refused.stderr);
    for import in imports {
        let [address, id] = import.map(|it| it.trim_matches('\''));
        ours.rforge(&["import", "-no-color", address, id]).expect(0, &format!("import {address}"));
    }
    ours.rforge(PLAN).expect(0, "plan after the imports");
    assert_eq!(emulator.alive(), alive);
}

/// The life of all types together, undisturbed.
fn measure() -> Measured {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    let mut measured = Measured { alive: Vec::new(), actions: Vec::new() };
    let mut run = |arguments: &[&str], what: &str| {
        let seen = emulator.log().len();
        workspace.rforge(arguments).expect(0, what);
        measured.alive.push(emulator.alive());
        measured.actions.push(emulator.log().split_off(seen).iter().filter_map(changing).collect());
    };
    for stage in STAGES {
        write_all(&workspace, stage);
        run(APPLY, stage);
    }
    run(DESTROY, "destroy");
    measured
}

/// Service and action of a call that can change something.
fn changing(call: &Value) -> Option<(String, String)> {
    let text = |key: &str| call[key].as_str().unwrap().to_owned();
    (call["mutating"] == true).then(|| (text("service"), text("action")))
}

/// The same life, with the first answer to each action spoilt in every run.
fn spoilt(emulator: &Emulator, fault: &str, measured: &Measured) {
    let workspace = Workspace::new(Some(&emulator.url()));
    let disturb = |at: usize| {
        let rules = measured.actions[at].iter().map(|(service, action)| {
            json!({ "service": service, "action": action, "mutating": true, "nth": [1], "do": fault })
        });
        emulator.fault(rules.collect());
    };
    for (at, stage) in STAGES.iter().enumerate() {
        write_all(&workspace, stage);
        disturb(at);
        workspace.rforge(APPLY).expect(0, &format!("{stage}, {fault}"));
        emulator.fault(json!([]));
        assert_eq!(emulator.alive(), measured.alive[at], "alive after {stage}, {fault}");
        workspace.rforge(PLAN).expect(0, &format!("plan after {stage}, {fault}"));
    }
    disturb(STAGES.len());
    workspace.rforge(DESTROY).expect(0, &format!("destroy, {fault}"));
    emulator.fault(json!([]));
    assert_eq!(emulator.alive(), Vec::<String>::new(), "alive after destroy, {fault}");
}
