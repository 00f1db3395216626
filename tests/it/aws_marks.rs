//! Arguments of AWS types become sensitive and stop being so: planned as Terraform plans it, and applied without a call
//! that changes anything.
//!
//! What Terraform plans is recorded in tests/scenarios/aws_marks; `RFORGE_RECORD=1 cargo nextest run aws_marks` records anew.

use std::{collections::BTreeMap, fs};

use serde_json::{Value, json};

use crate::{
    emulator::Emulator,
    oracle::Oracle,
    process::Outcome,
    workspace::{Workspace, repository},
};

#[test]
fn marks_are_planned_as_by_terraform_and_change_nothing_in_aws() {
    let folder = repository().join("tests/scenarios/aws_marks");
    let configure = |workspace: &Workspace, name: &str| {
        workspace.write("main.tf", &fs::read_to_string(folder.join(name)).unwrap());
    };
    if std::env::var_os("RFORGE_RECORD").is_some() {
        let oracle = Oracle::find("aws_marks").expect("recording needs the oracle");
        let emulator = Emulator::start();
        let workspace = Workspace::new(Some(&emulator.url()));
        configure(&workspace, "plain.tf");
        oracle.must(&workspace, &["init", "-no-color"]);
        oracle.must(&workspace, &["apply", "-auto-approve", "-no-color"]);
        configure(&workspace, "sensitive.tf");
        let planned = planned(&|arguments| oracle.run(&workspace, arguments));
        fs::write(folder.join("plan.json"), serde_json::to_string_pretty(&planned).unwrap() + "\n").unwrap();
    }
    let theirs: Value = serde_json::from_str(&fs::read_to_string(folder.join("plan.json")).unwrap()).unwrap();
    let emulator = Emulator::start();
    let workspace = Workspace::new(Some(&emulator.url()));
    let applied = |arguments: &[&str], what: &str| {
        let from = emulator.log().len();
        workspace.rforge(&[&["apply", "-auto-approve"], arguments].concat()).expect(0, what);
        workspace.rforge(&["plan", "-detailed-exitcode"]).expect(0, &format!("plan after {what}"));
        emulator.mutations(from)
    };
    configure(&workspace, "plain.tf");
    applied(&[], "create");
    configure(&workspace, "sensitive.tf");
    let ours = planned(&|arguments| workspace.rforge(arguments));
    let pretty = |it: &Value| serde_json::to_string_pretty(it).unwrap();
    assert!(ours == theirs, "{}", similar::TextDiff::from_lines(&pretty(&theirs), &pretty(&ours)).unified_diff());
    assert_eq!(applied(&["plan"], "marks"), 0);
    configure(&workspace, "plain.tf");
    assert_eq!(applied(&[], "no marks"), 0);
}

/// What a plan does to each object, what of it becomes sensitive, and what stops being so.
fn planned(tool: &dyn Fn(&[&str]) -> Outcome) -> Value {
    tool(&["plan", "-out=plan", "-no-color"]).expect(0, "plan");
    let shown = tool(&["show", "-json", "plan"]).expect(0, "show");
    let plan: Value = serde_json::from_str(&shown.stdout).unwrap();
    let changes = plan["resource_changes"].as_array().unwrap().iter().map(|it| {
        let change = &it["change"];
        let (before, after) = (marked(&change["before_sensitive"]), marked(&change["after_sensitive"]));
        let new = |these: &[String], those: &[String]| -> Vec<String> {
            these.iter().filter(|it| !those.contains(it)).cloned().collect()
        };
        let told = json!([change["actions"], new(&after, &before), new(&before, &after)]);
        (it["address"].as_str().unwrap().to_owned(), told)
    });
    json!(changes.collect::<BTreeMap<String, Value>>())
}

/// The paths of what is sensitive.
fn marked(sensitive: &Value) -> Vec<String> {
    let below = |name: String, it: &Value| marked(it).into_iter().map(move |path| format!("{name}{path}"));
    match sensitive {
        Value::Bool(true) => vec![String::new()],
        Value::Array(items) => items.iter().enumerate().flat_map(|(at, it)| below(format!("[{at}]"), it)).collect(),
        Value::Object(fields) => fields.iter().flat_map(|(name, it)| below(format!(".{name}"), it)).collect(),
        _ => Vec::new(),
    }
}
