//! Reads come in batches: a plan without changes costs at most one batch a type and region, whatever the size of the fleet.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    emulator::Emulator,
    kill::lay_demo,
    process::Outcome,
    stage::ask,
    workspace::{Workspace, repository, rforge},
};

const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];
const PLAN: &[&str] = &["plan", "-detailed-exitcode", "-no-color"];

/// What AWS answers for one object at a time only.
const ONE_BY_ONE: &[&str] = &[
    "DescribeVpcAttribute",
    "DescribeInstanceAttribute",
    "GetRole",
    "GetRolePolicy",
    "GetInstanceProfile",
    "GetPolicy",
    "GetPolicyVersion",
    "ListRolePolicies",
    "ListAttachedRolePolicies",
    "ListTagsForResource",
    "ListTagsLogGroup",
];

#[test]
fn an_idle_plan_of_the_demo_reads_each_type_once_a_region() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    lay_demo(&workspace);
    workspace.rforge(APPLY).expect(0, "apply");
    let seen = emulator.log().len();
    let planned = workspace.rforge(PLAN).expect(0, "plan");
    let requests = emulator.log().split_off(seen);
    for ((service, region, action), count) in batched(&requests) {
        assert!(count <= types_that_read_by(&action), "{service} {action} in {region}: {count} times");
    }
    let said = format!("Requests: {} ", requests.len());
    assert!(planned.stdout.contains(&said), "the plan does not say {said:?}:\n{}", planned.stdout);
}

#[test]
fn a_destroy_asks_for_nothing_too_early() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    workspace.copy(&repository().join("tests/scenarios/kill"), ".");
    workspace.rforge(APPLY).expect(0, "apply");
    let seen = emulator.log().len();
    workspace.rforge(&["destroy", "-auto-approve", "-no-color"]).expect(0, "destroy");
    let mut refused = emulator.log().split_off(seen);
    // The gateway that had the address is gone by then, and its association with it: that answer is expected.
    refused.retain(|it| it["status"] != 200 && it["action"] != "DisassociateAddress");
    assert!(refused.is_empty(), "refused: {refused:?}");
}

/// A request that waited for its turn for more than some seconds was taken for one whose answer is lost: it was looked for instead of
/// being sent, again and again.
#[test]
fn what_waits_for_its_turn_is_sent() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    let parameters = "resource \"aws_ssm_parameter\" \"p\" {\n  count = 4\n  name  = \"/p/${count.index}\"\n  type  = \"String\"\n  \
                      value = \"v\"\n}\n";
    workspace.write("main.tf", parameters);
    let applied = Outcome::of(workspace.command(rforge()).args(APPLY).env("RFORGE_RATE", "0.1")).expect(0, "apply");
    assert!(!applied.stdout.contains("Trying again"), "{}", applied.stdout);
    let sent = emulator.log().iter().filter(|it| it["action"] == "PutParameter").count();
    assert_eq!(sent, 4);
}

#[test]
fn a_fleet_ten_times_as_large_needs_no_more_batches() {
    let requests = |units: usize| {
        let emulator = Emulator::start();
        let workspace = Workspace::new(Some(&emulator.url()));
        workspace.copy(&repository().join("tests/bench/fleet"), ".");
        workspace.write("terraform.tfvars", &format!("units = {units}\n"));
        workspace.rforge(APPLY).expect(0, "apply");
        let seen = emulator.log().len();
        workspace.rforge(PLAN).expect(0, "plan");
        batched(&emulator.log().split_off(seen))
    };
    let (small, large) = (requests(2), requests(20));
    // Two of a kind are the fewest that make a batch; 20 units hold 80 rules: every list still fits one page.
    assert_eq!(small, large);
}

#[test]
fn what_a_listing_shows_otherwise_costs_a_request_more_at_most() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    workspace.copy(&repository().join("tests/bench/fleet"), ".");
    workspace.write("terraform.tfvars", "units = 10\n");
    workspace.rforge(APPLY).expect(0, "apply");
    let plan = |code: i32| {
        let seen = emulator.log().len();
        workspace.rforge(PLAN).expect(code, "plan");
        emulator.log().len() - seen
    };
    let idle = plan(0);
    let state: Value = serde_json::from_str(&workspace.read("terraform.tfstate")).unwrap();
    let subnets = state["resources"].as_array().unwrap().iter().filter(|it| it["type"] == "aws_subnet");
    let ids: Vec<&Value> =
        subnets.flat_map(|it| it["instances"].as_array().unwrap()).map(|it| &it["attributes"]["id"]).collect();
    assert!(ids.len() > 1, "the fleet has subnets");
    for changed in [1, ids.len()] {
        let tags = json!({ "Resources": ids[..changed], "Tags": [{ "Key": "changed", "Value": "behind its back" }] });
        ask(&workspace, "ec2", "create_tags", &tags);
        // AWS takes a list of ids, so that however many there are, they are asked for together.
        assert_eq!(plan(2), idle + 1, "{changed} of {} subnets changed", ids.len());
    }
}

/// How many types of the demo one action serves; each of them asks once.
fn types_that_read_by(action: &str) -> usize {
    match action {
        // aws_vpc (its main table), aws_route_table, aws_route_table_association, aws_default_route_table
        "DescribeRouteTables" => 4,
        // aws_vpc (its default group), aws_security_group, aws_default_security_group
        "DescribeSecurityGroups" => 3,
        // aws_iam_role, aws_iam_role_policy, aws_iam_role_policy_attachment
        "GetAccountAuthorizationDetails" => 3,
        // aws_vpc_security_group_ingress_rule, aws_vpc_security_group_egress_rule
        "DescribeSecurityGroupRules" => 2,
        _ => 1,
    }
}

/// How often each action was asked in each region, without those that AWS answers one by one.
fn batched(requests: &[Value]) -> BTreeMap<(String, String, String), usize> {
    let mut counts = BTreeMap::new();
    for request in requests {
        let text = |key: &str| request[key].as_str().unwrap().to_string();
        if !ONE_BY_ONE.contains(&text("action").as_str()) {
            *counts.entry((text("service"), text("region"), text("action"))).or_default() += 1;
        }
    }
    counts
}
