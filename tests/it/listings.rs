//! A listing confirms, the object's own read decides: what listings leave out or show late changes no plan.

use serde_json::json;

use crate::{emulator::Emulator, stage::write_all, workspace::Workspace};

const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];
const DESTROY: &[&str] = &["destroy", "-auto-approve", "-no-color"];
const PLAN: &[&str] = &["plan", "-detailed-exitcode", "-no-color"];

/// What listings keep (emulator/listings.py).
const MODES: [&str; 3] = ["listing_sparse", "listing_short", "listing_stale"];

/// The listings by which objects of state are read.
const LISTINGS: &str = "Describe(Vpcs|Subnets|InternetGateways|RouteTables|NetworkAcls|SecurityGroups|SecurityGroupRules\
                        |Addresses|NatGateways|Instances|Volumes|KeyPairs|LaunchTemplates|LaunchTemplateVersions)\
                        |GetAccountAuthorizationDetails|ListRoles|ListInstanceProfiles";

#[test]
fn plans_are_the_same_whatever_listings_leave_out() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    write_all(&workspace, "create");
    workspace.rforge(APPLY).expect(0, "apply");
    for mode in MODES {
        disturb(&emulator, mode);
        workspace.rforge(PLAN).expect(0, &format!("plan without changes, {mode}"));
    }
    emulator.fault(json!([]));
    write_all(&workspace, "update");
    let undisturbed = changes(&workspace.rforge(PLAN).expect(2, "plan of the update").stdout);
    for mode in MODES {
        disturb(&emulator, mode);
        let disturbed = changes(&workspace.rforge(PLAN).expect(2, &format!("plan of the update, {mode}")).stdout);
        assert_eq!(disturbed, undisturbed, "{mode}");
    }
    workspace.rforge(APPLY).expect(0, "update with listings that are behind");
    workspace.rforge(PLAN).expect(0, "plan after the update, with listings that are behind");
    workspace.rforge(DESTROY).expect(0, "destroy with listings that are behind");
    emulator.fault(json!([]));
    assert_eq!(emulator.alive(), Vec::<String>::new());
}

#[test]
fn what_is_made_is_found_though_listings_are_behind() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    write_all(&workspace, "create");
    disturb(&emulator, "listing_stale");
    workspace.rforge(APPLY).expect(0, "apply");
    emulator.fault(json!([]));
    workspace.rforge(PLAN).expect(0, "plan");
}

/// An API may ignore what it is asked for, and know objects that nobody can read.
#[test]
fn objects_of_others_are_not_looked_at() {
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    emulator.fault(json!([{ "action": "Describe.*", "do": "listing_strangers" }]));
    write_all(&workspace, "create");
    workspace.rforge(APPLY).expect(0, "apply");
    workspace.rforge(PLAN).expect(0, "plan without changes");
    write_all(&workspace, "update");
    workspace.rforge(APPLY).expect(0, "update");
    workspace.rforge(PLAN).expect(0, "plan after the update");
    workspace.rforge(DESTROY).expect(0, "destroy");
    emulator.fault(json!([]));
    assert_eq!(emulator.alive(), Vec::<String>::new());
}

fn disturb(emulator: &Emulator, mode: &str) {
    emulator.fault(json!([{ "action": LISTINGS, "do": mode }]));
}

/// A plan without the line that counts requests.
fn changes(plan: &str) -> String {
    plan.lines().filter(|line| !line.starts_with("Requests:")).map(|line| format!("{line}\n")).collect()
}
