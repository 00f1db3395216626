//! The types that rforge manages itself, beside the published provider for them: the same configurations on the same state, planned and
//! read by both. Where they may differ stands in tests/scenarios/native.txt, with the reason. Nothing of it is compared with
//! Terraform, which `parity` and `states` do for the configurations of tests/scenarios/types; here the provider is asked about many more.

mod variants;

use crate::{
    emulator::Emulator,
    moto::Moto,
    on_purpose,
    oracle::Oracle,
    parity,
    stage::{STAGES, write_all},
    workspace::{Workspace, repository},
};
use regex::Regex;
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    sync::LazyLock,
};
use variants::Variant;

/// Who plans: rforge itself, or the published provider under it.
const SIDES: [&str; 2] = ["-native=true", "-native=false"];

/// Fails where something differs that tests/scenarios/native.txt does not have, or where it has what does not differ.
fn check(name: &str, found: &str) {
    let text = std::fs::read_to_string(repository().join("tests/scenarios/native.txt")).unwrap();
    // `TEST TYPE WHAT [VARIANT]`
    let known: Vec<Vec<&str>> = text
        .lines()
        .filter(|it| !it.is_empty() && !it.starts_with('#'))
        .map(|it| it.split(' ').collect::<Vec<_>>())
        .filter(|it| it[0] == name)
        .collect();
    let is_same = |known: &&Vec<&str>, line: &str| {
        let parts = PARTS.captures(line).unwrap_or_else(|| panic!("{line}"));
        let is = |at: usize, part: &str| known.get(at).is_none_or(|it| *it == "*" || *it == &parts[part]);
        is(1, "type") && is(2, "what") && is(3, "name")
    };
    let unknown: Vec<&str> = found.lines().filter(|line| !known.iter().any(|it| is_same(&it, line))).collect();
    let unused: Vec<String> =
        known.iter().filter(|it| !found.lines().any(|line| is_same(it, line))).map(|it| it.join(" ")).collect();
    assert!(
        unknown.is_empty() && unused.is_empty(),
        "(published -> native)\n{}\nWhat does not differ any more: {unused:#?}",
        unknown.join("\n")
    );
}

/// What differs: of which type, in which object, what.
static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    let object = r"module\.\w+\.(data\.)?(?<type>aws_\w+)\.(?<name>\w+)";
    let what = r"(after/|after_unknown/)?(?<what>\w+)";
    Regex::new(&format!("^[^/]*/((changes|read)/)?{object}(\\[.*?\\])?/{what}")).unwrap()
});

/// What release 6 added is not compared.
fn compare(theirs: &Value, ours: &Value, place: &str, found: &mut String) {
    let (theirs, ours) = (parity::comparable(theirs), parity::comparable(ours));
    on_purpose::compare(Some(&theirs), Some(&ours), place, found);
}

/// The plan of one side, as a document.
fn plan(workspace: &Workspace, side: &str, refresh: bool, what: &str) -> Value {
    let refresh = format!("-refresh={refresh}");
    let code = workspace.rforge(&["plan", "-no-color", "-out=plan", &refresh, side]);
    code.expect(0, &format!("plan {side} of {what}"));
    let shown = workspace.rforge(&["show", "-json", side, "plan"]).expect(0, "show");
    serde_json::from_str(&shown.stdout).unwrap()
}

/// What a plan says of each object: what was read of it, and what is to become of it.
fn told(document: &Value) -> Value {
    let read = of_objects(&document["prior_state"]["values"]["root_module"]);
    json!({ "changes": parity::changes(document), "read": read })
}

/// Writes where the plans of both say something else. What the published provider takes for a change outside of Terraform is often
/// only spelt otherwise (null for nothing); what rforge takes for one has to be one.
fn compare_plans(theirs: &Value, ours: &Value, place: &str, found: &mut String) {
    compare(&told(theirs), &told(ours), place, found);
    let drift = |it: &Value| -> BTreeSet<String> {
        let all = it["resource_drift"].as_array().into_iter().flatten();
        // The region that state of release 5 does not say is none.
        let drifted = all.filter(|it| {
            let [before, after] = ["before", "after"].map(|of| parity::comparable(&it["change"][of]));
            before != after
        });
        drifted.map(|it| it["address"].to_string()).collect()
    };
    for address in drift(ours).difference(&drift(theirs)) {
        writeln!(found, "{place}/{}/drift: only native", address.trim_matches('"')).unwrap();
    }
}

fn of_objects(module: &Value) -> Value {
    let list = |name: &str| module[name].as_array().cloned().unwrap_or_default();
    let own = list("resources")
        .into_iter()
        .map(|it| (it["address"].as_str().unwrap().to_owned(), parity::without_nothing(&it["values"])));
    let inner = list("child_modules").into_iter().flat_map(|it| match of_objects(&it) {
        Value::Object(entries) => entries,
        _ => Map::new(),
    });
    Value::Object(own.chain(inner).collect())
}

/// Each stage of every type's life, planned by both: on a state that rforge's own types have written, and on one that the published
/// provider has. What each of them makes of it is planned again by both, so that both have read it.
#[test]
fn plans_and_reads_are_those_of_the_published_provider() {
    let Some(oracle) = Oracle::find("plans_and_reads_are_those_of_the_published_provider") else { return };
    let run = |maker: &'static str| {
        let emulator = Emulator::start();
        let workspace = Workspace::new(Some(&emulator.url()));
        let mut found = String::new();
        for stage in STAGES {
            write_all(&workspace, stage);
            workspace.write("versions.tf", parity::RELEASE_5);
            if stage == STAGES[0] {
                oracle.must(&workspace, &["init", "-no-color"]);
            }
            let [ours, theirs] = SIDES.map(|side| plan(&workspace, side, true, stage));
            compare_plans(&theirs, &ours, stage, &mut found);
            workspace.rforge(&["apply", "-auto-approve", "-no-color", maker]).expect(0, &format!("{stage} by {maker}"));
            let [ours, theirs] = SIDES.map(|side| plan(&workspace, side, true, stage));
            compare_plans(&theirs, &ours, &format!("after {stage}"), &mut found);
        }
        workspace.rforge(&["destroy", "-auto-approve", "-no-color", maker]).expect(0, "destroy");
        check(if maker == SIDES[0] { "made_native" } else { "made_published" }, &found);
    };
    std::thread::scope(|scope| SIDES.map(|side| scope.spawn(move || run(side))).map(|it| it.join().unwrap()));
}

/// What is asked of both sides about a configuration: what is wrong with it, file by file, or what comes of it.
struct Answers {
    /// By file.
    problems: BTreeMap<String, BTreeSet<String>>,
    document: Option<Value>,
}

fn answers(workspace: &Workspace, arguments: &[&str], side: &str) -> Answers {
    let outcome = workspace.rforge(&[arguments, &["-json", side]].concat());
    let mut problems: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let lines = outcome.stdout.lines().filter_map(|it| serde_json::from_str::<Value>(it).ok());
    let whole = serde_json::from_str::<Value>(&outcome.stdout).ok();
    let diagnostics = whole.iter().flat_map(|it| it["diagnostics"].as_array().cloned().unwrap_or_default());
    let diagnostics: Vec<Value> = diagnostics.chain(lines.map(|it| it["diagnostic"].clone())).collect();
    for it in diagnostics.iter().filter(|it| it["severity"] == "error") {
        let file = it["range"]["filename"].as_str().unwrap_or_default().to_owned();
        let text = |name: &str| it[name].as_str().unwrap_or_default();
        // Hints are rforge's own.
        let text = format!("{}: {}", text("summary"), text("detail").split("Hint: ").next().unwrap_or_default().trim());
        problems.entry(file).or_default().insert(text);
    }
    assert!(outcome.code == Some(0) || !problems.is_empty(), "{arguments:?} {side}:\n{}", outcome.stderr);
    let document = (arguments[0] == "plan" && outcome.code == Some(0)).then(|| {
        let shown = workspace.rforge(&["show", "-json", side, "plan"]).expect(0, "show");
        serde_json::from_str(&shown.stdout).unwrap()
    });
    Answers { problems, document }
}

/// Asks both until what is left of the variants is planned by both, and writes what differs.
fn ask(workspace: &Workspace, variants: &mut Vec<Variant>, arguments: &[&str], place: &str, found: &mut String) {
    loop {
        let [ours, theirs] = SIDES.map(|side| answers(workspace, arguments, side));
        let files: BTreeSet<&String> = ours.problems.keys().chain(theirs.problems.keys()).collect();
        for file in &files {
            let of = |it: &Answers| it.problems.get(*file).cloned().unwrap_or_default();
            let (ours, theirs) = (of(&ours), of(&theirs));
            let name = file.trim_start_matches("modules/").trim_end_matches(".tf");
            let object = name.split_once('/').map(|(of, name)| format!("{place}/module.{of}.{of}.{name}"));
            let object = object.unwrap_or_else(|| panic!("{ours:#?}\n{theirs:#?}"));
            let mut tell = |who: &str, it: &String| writeln!(found, "{object}/refused: only {who}: {it:?}").unwrap();
            theirs.difference(&ours).for_each(|it| tell("published", it));
            ours.difference(&theirs).for_each(|it| tell("native", it));
        }
        if files.is_empty() {
            if let (Some(theirs), Some(ours)) = (theirs.document, ours.document) {
                compare(&json!(parity::changes(&theirs)), &json!(parity::changes(&ours)), place, found);
            }
            return;
        }
        let is_refused = |it: &Variant| files.contains(&it.file());
        let before = variants.len();
        variants.iter().filter(|it| is_refused(it)).for_each(|it| it.remove(workspace));
        variants.retain(|it| !is_refused(it));
        assert!(variants.len() < before, "what is wrong is no variant:\n{:#?}\n{:#?}", ours.problems, theirs.problems);
    }
}

/// Each argument of each type by itself: left out, as it is in another stage, or with some value of its type. What is wrong with that,
/// what is made of it, and what becomes of an object that was as in the first stage.
#[test]
fn single_arguments_are_planned_as_by_the_published_provider() {
    let Some(oracle) = Oracle::find("single_arguments_are_planned_as_by_the_published_provider") else { return };
    let moto = Moto::start();
    let workspace = Workspace::new(Some(&moto.url()));
    write_all(&workspace, STAGES[0]);
    workspace.write("versions.tf", parity::RELEASE_5);
    oracle.must(&workspace, &["init", "-no-color"]);
    let mut variants = variants::all();
    println!("{} variants", variants.len());
    variants.iter().for_each(|it| it.write(&workspace));
    let mut found = String::new();
    ask(&workspace, &mut variants, &["validate"], "validate", &mut found);
    let plan = &["plan", "-refresh=false", "-out=plan"];
    let mut to_create = variants.clone();
    ask(&workspace, &mut to_create, plan, "create", &mut found);
    variants.iter().for_each(|it| it.write(&workspace));
    workspace.write("terraform.tfstate", &variants::state(&variants).to_string());
    ask(&workspace, &mut variants, plan, "update", &mut found);
    println!("{} created, {} updated", to_create.len(), variants.len());
    check("arguments", &found);
}
