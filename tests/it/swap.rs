//! One state, two tools: what rforge applied Terraform leaves alone, and the other way round, for every AWS type.

use crate::{
    emulator::Emulator,
    oracle::Oracle,
    stage::{STAGES, write_all},
    workspace::Workspace,
};

const APPLY: &[&str] = &["apply", "-auto-approve", "-no-color"];
const PLAN: &[&str] = &["plan", "-detailed-exitcode", "-no-color"];

#[test]
fn terraform_plans_no_change_after_rforge() {
    let Some(oracle) = Oracle::find("swap") else { return };
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    for stage in STAGES {
        write_all(&workspace, stage);
        workspace.rforge(APPLY).expect(0, &format!("rforge apply at {stage}"));
        if stage == STAGES[0] {
            oracle.must(&workspace, &["init", "-no-color"]);
        }
        oracle.run(&workspace, PLAN).expect(0, &format!("terraform plan after rforge's {stage}"));
    }
    oracle.must(&workspace, &["destroy", "-auto-approve", "-no-color"]);
    assert_eq!(emulator.alive(), Vec::<String>::new());
}

#[test]
fn rforge_plans_no_change_after_terraform() {
    let Some(oracle) = Oracle::find("swap") else { return };
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    for stage in STAGES {
        write_all(&workspace, stage);
        if stage == STAGES[0] {
            oracle.must(&workspace, &["init", "-no-color"]);
        }
        oracle.must(&workspace, APPLY);
        workspace.rforge(PLAN).expect(0, &format!("rforge plan after terraform's {stage}"));
    }
    workspace.rforge(&["destroy", "-auto-approve", "-no-color"]).expect(0, "rforge destroy");
    assert_eq!(emulator.alive(), Vec::<String>::new());
}
