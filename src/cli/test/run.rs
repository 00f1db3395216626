//! One run of a test file: a plan, what it is applied to, and its assertions.

use super::{
    expected::Expected,
    file::{Applied, Progress},
    left, mocks, providers,
    report::Reporter,
    subject::Suite,
    variables,
};
use crate::{
    address::{ModuleAddress, Name, ProviderSource},
    cli::{
        apply::incomplete,
        session::{Failed, Session, open, published, test::budget},
    },
    diagnostic::{Diagnostics, has_errors},
    lang::{
        check::check,
        configuration::Configuration,
        test_file::{Names, Run, TestFile},
    },
    plan::{Asserted, Plan, Request, Setting, Targets, World, assert_all, change::PlanMode},
    provider::Provider,
    state::State,
    ui::{
        self,
        test::{Found, RunReport, Status},
    },
    value::{Type, Value},
};
use serde_json::Value as Json;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

/// What `-verbose` shows in JSON.
type Shown = Option<(&'static str, Json)>;

/// What a run has come to so far.
#[derive(Default)]
struct Course {
    status: Status,
    diagnostics: Diagnostics,
    text: Option<String>,
    json: Shown,
    /// Mocks, and what they stand for.
    stand_for: Vec<(ProviderSource, ProviderSource)>,
}

pub(super) fn execute(
    suite: &Suite,
    test: &TestFile,
    at: usize,
    progress: &mut Progress,
    reporter: &Reporter<'_>,
) -> (RunReport, Shown) {
    let began = (jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(), Instant::now());
    let name = &test.runs[at].name;
    let subject = suite.modules.get(&(test.path.clone(), name.clone()));
    let (mut configuration, test) = match subject {
        Some(subject) => (subject.configuration.clone(), &subject.file),
        None => (suite.configuration.clone(), test),
    };
    let run = &test.runs[at];
    let mut course = Course::default();
    let found = of(suite, test, at, &mut configuration, progress, &mut course, reporter);
    let (failed, sources) = match found {
        Ok(()) => (Diagnostics::new(), configuration.sources),
        Err(failed) => (failed.diagnostics, failed.sources),
    };
    if has_errors(&failed) {
        course.status = Status::Error;
    }
    course.diagnostics.extend(failed);
    let found = Found { diagnostics: course.diagnostics, sources };
    let report = RunReport {
        name: run.name.to_string(),
        status: course.status.max(Status::Pass),
        found,
        took: Some((began.0, began.1.elapsed())),
        assertions: run.asserts.len(),
        shown: course.text,
    };
    (report, course.json.map(|(what, json)| (what, in_the_name_of(json, &course.stand_for))))
}

/// What is shown names the providers that mocks stand for.
fn in_the_name_of(json: Json, stand_for: &[(ProviderSource, ProviderSource)]) -> Json {
    let renamed = |text: String| {
        let of = stand_for.iter().find(|it| it.0.to_string() == text);
        of.map_or(text, |it| it.1.to_string())
    };
    match json {
        Json::Object(entries) => {
            let all = entries.into_iter().map(|(key, it)| (renamed(key), in_the_name_of(it, stand_for)));
            Json::Object(all.collect())
        }
        Json::Array(elements) => elements.into_iter().map(|it| in_the_name_of(it, stand_for)).collect(),
        Json::String(text) => renamed(text).into(),
        other => other,
    }
}

/// Executes a run. What keeps it from being executed is an error.
fn of(
    suite: &Suite,
    test: &TestFile,
    at: usize,
    configuration: &mut Configuration,
    progress: &mut Progress,
    course: &mut Course,
    reporter: &Reporter<'_>,
) -> Result<(), Failed> {
    let run = &test.runs[at];
    let failed =
        |diagnostics, configuration: &Configuration| Failed { diagnostics, sources: configuration.sources.clone() };
    let undeclared = check(configuration);
    if has_errors(&undeclared) {
        return Err(failed(undeclared, configuration));
    }
    let expected = Expected::of(run).map_err(|it| failed(it, configuration))?;
    let known = test.runs.iter().map(|it| it.name.clone()).collect();
    let mut names = Names { runs: progress.outputs.clone(), known, ..Names::default() };
    let mut found = Diagnostics::new();
    let values = variables::values(suite, configuration, test, run, &mut names, &mut found);
    if has_errors(&found) {
        return Err(failed(found, configuration));
    }
    course.diagnostics.extend(found);
    let wrong = providers::replace(configuration, test, run, &names);
    if has_errors(&wrong) {
        return Err(failed(wrong, configuration));
    }
    let real = published::of_configuration(configuration)?;
    let (mocks, warnings) = mocks::install(configuration, test, run, real.clone());
    course.diagnostics.extend(warnings);
    let graph = open::graph(configuration)?;
    let budget = budget(&suite.stops.first)?;
    let mut setting = open::setting(
        configuration.clone(),
        graph,
        suite.files.clone(),
        values,
        suite.workspace.clone(),
        budget.clone(),
    );
    let mut providers = (*real).clone();
    providers.extend(mocks.providers);
    setting.providers = providers.into();
    course.stand_for = mocks.stand_for;
    let key = left::key(run);
    let place = left::place(test, &key);
    let mut session = Session::of_test(setting.clone(), place.clone(), budget)?;
    let (plan, world) = match session.planned(request(run)) {
        Ok(planned) => planned,
        Err(found) if run.applies => {
            course.status = Status::Error;
            course.diagnostics.extend(expected.explain(found.diagnostics));
            return Ok(());
        }
        Err(found) => {
            let rest = expected.settle(found.diagnostics);
            course.status = if has_errors(&rest) { Status::Error } else { Status::Pass };
            course.diagnostics.extend(rest);
            // What failed as expected leaves something that assertions can be about.
            if let Some((plan, world)) = session.take_so_far().filter(|_| course.status == Status::Pass) {
                if suite.verbose {
                    show_plan(&plan, &setting, course, reporter);
                }
                let planned = plan.outputs.keys().cloned().collect();
                conclude(&world, &names, run, &planned, progress, course);
            }
            return Ok(());
        }
    };
    if !run.applies {
        course.diagnostics.extend(expected.settle(plan.warnings.clone()));
        if has_errors(&course.diagnostics) {
            course.status = Status::Error;
            return Ok(());
        }
        if suite.verbose {
            show_plan(&plan, &setting, course, reporter);
        }
        let planned = plan.outputs.keys().cloned().collect();
        conclude(&world, &names, run, &planned, progress, course);
        return Ok(());
    }
    let planned = plan.outputs.keys().cloned().collect();
    // What checks have found while planning they find again, or not any more.
    course.diagnostics.extend(plan.warnings.iter().filter(|it| it.condition_of.is_none()).cloned());
    let targeted = !plan.targets.is_empty();
    progress.applied.insert(key.clone(), Applied { at, setting: setting.clone(), holds: true });
    let (outcome, world) = session.carry_out(plan, suite.stops.clone())?;
    if let Some(applied) = progress.applied.get_mut(&key) {
        applied.holds = !left::objects(&outcome.state).is_empty() || outcome.interrupted;
    }
    let mut found = outcome.diagnostics;
    if targeted {
        found.push(incomplete("-target"));
    }
    course.diagnostics.extend(expected.settle(found));
    if has_errors(&course.diagnostics) {
        course.status = Status::Error;
        return Ok(());
    }
    if suite.verbose {
        show_state(&outcome.state, &setting, course, reporter);
    }
    conclude(&world, &names, run, &planned, progress, course);
    Ok(())
}

fn request(run: &Run) -> Request {
    let options = &run.options;
    Request {
        mode: if options.refresh_only { PlanMode::RefreshOnly } else { PlanMode::Normal },
        targets: Targets::new(options.targets.clone()),
        replace: options.replace.clone(),
        generated: Default::default(),
        refresh: options.refresh,
    }
}

/// Checks the assertions, and keeps the outputs for the runs that follow: those that targets left out, and what failed as expected,
/// as null.
fn conclude(
    world: &World,
    names: &Names,
    run: &Run,
    planned: &BTreeSet<Name>,
    progress: &mut Progress,
    course: &mut Course,
) {
    let root = ModuleAddress::root();
    let value = |name: &Name| match planned.contains(name) {
        true => world.output(&root, name),
        false => Some(Value::null(Type::Any)),
    };
    let declared = world.setting.configuration.root().outputs.keys();
    let outputs: BTreeMap<Name, Value> = declared.filter_map(|name| Some((name.clone(), value(name)?))).collect();
    let (asserted, found) = assert_all(world, names, &outputs, &run.asserts);
    let worst = asserted.iter().map(|it| match it {
        Asserted::Holds => Status::Pass,
        Asserted::Fails => Status::Fail,
        Asserted::Broken => Status::Error,
    });
    course.status = worst.fold(Status::Pass, Status::max);
    course.diagnostics.extend(found);
    progress.outputs.insert(run.name.clone(), Value::object(outputs));
}

fn show_plan(plan: &Plan, setting: &Setting, course: &mut Course, reporter: &Reporter<'_>) {
    let schemas = |address: &_, mode, name: &str| open::schema(&setting.providers, address, mode, name);
    if !reporter.json {
        course.text = Some(ui::plan::render(plan, &schemas, reporter.terminal.style));
        return;
    }
    let whole = ui::json::plan(plan, &setting.configuration, &setting.plan_timestamp, &schemas);
    let mut shown = serde_json::json!({ "plan_format_version": whole["format_version"] });
    let parts = ["output_changes", "resource_changes", "resource_drift", "relevant_attributes"];
    for part in parts.into_iter().filter(|it| !whole[*it].is_null()) {
        shown[part] = whole[part].clone();
    }
    add_schemas(&mut shown, setting);
    course.json = Some(("plan", shown));
}

fn show_state(state: &State, setting: &Setting, course: &mut Course, reporter: &Reporter<'_>) {
    let schemas = |address: &_, mode, name: &str| open::schema(&setting.providers, address, mode, name);
    if !reporter.json {
        course.text = Some(ui::plan::render_state(state, &schemas, reporter.terminal.style));
        return;
    }
    let whole = ui::json::state(state, &schemas);
    let mut shown = serde_json::json!({
        "state_format_version": whole["format_version"],
        "root_module": whole["values"]["root_module"],
    });
    if let Some(outputs) = whole["values"].get("outputs") {
        shown["outputs"] = outputs.clone();
    }
    add_schemas(&mut shown, setting);
    course.json = Some(("state", shown));
}

/// The schemas of the providers that the configuration uses.
fn add_schemas(shown: &mut Json, setting: &Setting) {
    let used = setting.configuration.modules.iter().flat_map(|(path, module)| {
        let of = |it| crate::lang::dependencies::provider_for(&setting.configuration, it, path).address.source;
        module.resources.values().map(of)
    });
    let used: BTreeSet<_> = used.collect();
    let providers: Vec<(_, &std::sync::Arc<dyn Provider>)> =
        used.iter().filter_map(|it| setting.providers.get_key_value(it)).collect();
    let schemas = ui::json::schemas(providers);
    shown["provider_format_version"] = schemas["format_version"].clone();
    if let Some(all) = schemas.get("provider_schemas") {
        shown["provider_schemas"] = all.clone();
    }
}
