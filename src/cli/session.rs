//! One run: configuration, variables, state and providers, opened in the order that lets each rely on the last.

mod apply;
mod generate;
pub(super) mod held;
mod import;
pub(super) mod inspect;
pub(super) mod modules;
pub(super) mod needed;
pub(super) mod open;
pub(crate) mod published;
pub(super) mod requirements;
mod said;
pub(super) mod save;
mod saved_variables;
pub(super) mod test;
pub(super) mod validate;

use super::terminal::Terminal;
use crate::{
    address::{InstanceAddress, Name, ProviderAddress, ResourceMode},
    diagnostic::{Diagnostic, Diagnostics, Sources, Span, distinct, gathered, has_errors},
    engine::{self, budget::Budget, tempo::Tempo},
    plan::{Action, Plan, Planner, Planning, ProviderKey, Request, Setting, Snapshot, World, of_block},
    provider::{Problem, ProviderSource},
    schema::Schema,
    state::{Intent, OpenState},
    ui,
};
use held::Held;
use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
    time::Instant,
};
use tokio::runtime::Runtime;

/// `S` is how it holds the state: [`OpenState`] to change it, or [`Recorded`](crate::state::Recorded) to read it.
pub(super) struct Session<S = OpenState> {
    pub(super) setting: Setting,
    pub(super) open: S,
    budget: Arc<Budget>,
    /// The ephemeral variables that were given a value.
    ephemeral: BTreeSet<Name>,
    tempo: Tempo,
    runtime: Runtime,
    /// Where it is told what planning reads, if anyone wants to know.
    pub(super) watch: Option<fn(&serde_json::Value)>,
    pub(super) notices: Notices,
    /// What a plan that failed had come to.
    so_far: Option<Box<Plan>>,
    world_so_far: Option<World>,
    /// Whether an object is being taken into state, whatever became of earlier attempts to make it.
    settles: bool,
}

/// Warnings that stand with those of a plan, where Terraform has them.
#[derive(Clone, Default)]
pub(super) struct Notices {
    /// Of the values of variables: they come first.
    pub(super) variables: Diagnostics,
    /// Of the configuration, whatever the values are: they come last.
    pub(super) configuration: Diagnostics,
}

impl Notices {
    /// What a plan says between them; nothing twice.
    pub(super) fn around(self, plan: Diagnostics) -> Diagnostics {
        let mut all = self.variables;
        all.extend(plan);
        add_warnings(&mut all, self.configuration);
        all
    }
}

/// Why a command cannot go on.
pub(super) struct Failed {
    pub diagnostics: Diagnostics,
    pub sources: Sources,
}

impl Failed {
    pub(super) fn new(diagnostics: impl Into<Diagnostics>) -> Self {
        Self { diagnostics: diagnostics.into(), sources: Sources::default() }
    }

    /// Prints what is wrong; the exit code of the process.
    pub(super) fn show(&self, terminal: &Terminal, json: bool) -> u8 {
        report(terminal, &self.diagnostics, &self.sources, json);
        super::FAILURE
    }
}

/// Prints diagnostics in the form that the command was asked for.
pub(super) fn report(terminal: &Terminal, diagnostics: &[Diagnostic], sources: &Sources, json: bool) {
    if json {
        for diagnostic in diagnostics {
            terminal.json(&ui::stream::diagnostic(diagnostic, sources));
        }
    } else {
        terminal.diagnostics(diagnostics, sources);
    }
}

pub(super) fn bad_address(flag: &str, given: &str, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::error(format!("Invalid {flag} \"{given}\""), error.to_string())
}

/// Whether applying the plan would change nothing.
pub(super) fn is_empty(plan: &Plan) -> bool {
    let quiet = |action| action == Action::NoOp;
    plan.lasting_changes().all(|it| quiet(it.action) && it.previous_address.is_none() && it.importing.is_none())
        && plan.outputs.values().all(|it| quiet(it.action))
        && (plan.mode != crate::plan::change::PlanMode::RefreshOnly || plan.drift.is_empty())
}

/// Closes what was opened.
fn closing(setting: &Setting) -> Diagnostics {
    let diagnostic = |(address, it): (Option<InstanceAddress>, Problem)| match address {
        Some(address) => of_block(&setting.configuration, &address, &it),
        // Whatever it was to close: who should have done it does not answer.
        None => {
            let error = Diagnostic::error(it.summary, it.detail);
            Diagnostic { severity: it.severity, hint: it.hint, cause: it.cause.map(|it| it.name), ..error }
        }
    };
    crate::published::close().into_iter().map(diagnostic).collect()
}

fn no_provider(intent: &Intent) -> Diagnostic {
    let detail = format!(
        "A run was cut off while it made {}, and the configuration of {}, which could tell what came of it, is not known \
         before something is applied.",
        intent.address, intent.provider
    );
    Diagnostic::error("Interrupted create not found out", detail)
        .on(&intent.address)
        .hint("Give the provider arguments that are known, until this run has found the object.")
}

impl<S: Held> Session<S> {
    pub(super) fn sources(&self) -> Sources {
        self.setting.configuration.sources.clone()
    }

    pub(super) fn schema(&self, address: &ProviderAddress, mode: ResourceMode, type_name: &str) -> Option<Arc<Schema>> {
        open::schema(&self.setting.providers, address, mode, type_name)
    }

    pub(super) fn plan(&mut self, request: Request) -> Result<Plan, Failed> {
        self.planned(request).map(|(plan, _)| plan)
    }

    /// Plans, looking up what planning asks for, round by round. The world is as it will be once the plan is applied.
    pub(super) fn planned(&mut self, request: Request) -> Result<(Plan, World), Failed> {
        let result = self.planned_in_rounds(request);
        // What an import asks next may need what is open.
        if self.settles {
            return result;
        }
        let found = closing(&self.setting);
        match result {
            Ok((plan, world)) if has_errors(&found) => {
                self.so_far = Some(Box::new(Plan { errored: true, ..plan }));
                self.world_so_far = Some(world);
                Err(self.failed(found))
            }
            Ok((mut plan, world)) => {
                plan.warnings.extend(found);
                Ok((plan, world))
            }
            Err(mut failed) => {
                failed.diagnostics.extend(found);
                Err(failed)
            }
        }
    }

    fn planned_in_rounds(&mut self, request: Request) -> Result<(Plan, World), Failed> {
        let schema = |source: &ProviderSource, name: &str| self.setting.providers.get(source)?.schemas().resource(name);
        // Each import settles one of several.
        let lost = if self.settles { Diagnostics::new() } else { engine::lost(self.open.unresolved(), schema) };
        if !lost.is_empty() {
            return Err(self.failed(lost));
        }
        // As in Terraform, what has no instances has to be right too, whatever the variables are.
        let unset = Setting { variables: Arc::default(), ..self.setting.clone() };
        let mut found = self.runtime.block_on(engine::validate(unset));
        if has_errors(&found) {
            return Err(self.failed_plan(found));
        }
        add_warnings(&mut found, std::mem::take(&mut self.notices.configuration));
        self.notices.configuration = found;
        let mut planner = Planner::new(self.setting.clone(), self.open.state().clone(), request.clone());
        if let Some(refused) = planner.refusal() {
            return Err(self.failed_plan(refused));
        }
        let mut snapshot = Snapshot::default();
        let mut checked = BTreeSet::new();
        loop {
            let planning = match planner.plan(&snapshot) {
                Ok(planning) => planning,
                Err(found) => {
                    // Where credentials or the connection are at fault, nothing is known of what is there.
                    let is_grounded = found.iter().all(|it| it.cause.is_none());
                    let so_far = if is_grounded { planner.so_far() } else { planner.so_far_at_home() };
                    self.so_far = Some(Box::new(so_far));
                    self.world_so_far = Some(planner.into_world());
                    return Err(self.failed_plan(found));
                }
            };
            let check = engine::check_providers(planner.world(), &mut checked);
            if let Err(found) = self.runtime.block_on(check) {
                return Err(self.given_up(&mut planner, found));
            }
            let lookups = match planning {
                Planning::Ready(plan) if self.is_settled() => {
                    let confirmation = engine::confirm_providers(planner.world());
                    if let Err(found) = self.runtime.block_on(confirmation) {
                        planner.take_back(*plan);
                        return Err(self.given_up(&mut planner, found));
                    }
                    let mut plan = *plan;
                    plan.warnings = std::mem::take(&mut self.notices).around(plan.warnings);
                    return Ok((plan, planner.into_world()));
                }
                Planning::Ready(_) => {
                    // Only now is there what the providers of these are configured with.
                    let warnings = S::recover(self, planner.world())?;
                    if let Some(intent) = self.open.unresolved().first() {
                        let found = vec![no_provider(intent)];
                        return Err(self.given_up(&mut planner, found));
                    }
                    let (mut plan, world) = self.planned(request)?;
                    plan.warnings.extend(warnings);
                    return Ok((plan, world));
                }
                Planning::Needs(lookups) => lookups,
            };
            let reading = self.watch.map(|tell| (tell, ui::stream::Reading::of(&lookups), Instant::now()));
            if let Some((tell, reading, _)) = &reading {
                reading.begun().iter().for_each(tell);
            }
            let world = planner.world();
            let definition = |key: &ProviderKey| world.definition(&key.address.source).cloned();
            let looked = self.runtime.block_on(async {
                let provider = |key: &ProviderKey| world.provider(key);
                let refused = |key: &ProviderKey, problem: &Problem| world.diagnose_provider(key, problem);
                let lookups = engine::ask(lookups, &mut snapshot, definition, provider, refused).await?;
                engine::look(lookups, &mut snapshot, provider, refused, &self.tempo).await
            });
            if let Err(found) = looked {
                return Err(self.given_up(&mut planner, found));
            }
            if let Some((tell, reading, since)) = &reading {
                reading.done(&snapshot, since.elapsed()).iter().for_each(tell);
            }
        }
    }

    fn is_settled(&self) -> bool {
        self.settles || self.open.unresolved().is_empty()
    }

    /// AWS did not answer.
    fn given_up(&mut self, planner: &mut Planner, found: Diagnostics) -> Failed {
        let mut diagnostics = planner.take_errors();
        diagnostics.extend(found);
        self.so_far = Some(Box::new(planner.so_far_at_home()));
        self.failed_plan(distinct(diagnostics))
    }

    /// A plan that failed: what is to be said of the configuration and its variables is said all the same.
    fn failed_plan(&mut self, found: Diagnostics) -> Failed {
        let found = std::mem::take(&mut self.notices).around(found);
        self.failed(found)
    }

    /// Shows what a plan that failed had come to.
    pub(super) fn show_so_far(&self, terminal: &Terminal, json: bool) {
        let Some(plan) = &self.so_far else { return };
        match json {
            true => ui::stream::plan(plan).iter().for_each(|line| terminal.json(line)),
            false => {
                terminal.print(&ui::plan::render(plan, &|key, mode, name| self.schema(key, mode, name), terminal.style))
            }
        }
    }

    /// `Requests: 12 (ec2 9, iam 3)`
    pub(super) fn requests(&self) -> String {
        let mut services: std::collections::BTreeMap<&str, u64> = Default::default();
        let counts = self.budget.counts();
        for (request, count) in &counts {
            *services.entry(request.service).or_default() += count;
        }
        let total: u64 = services.values().sum();
        let parts: Vec<String> = services.iter().map(|(service, count)| format!("{service} {count}")).collect();
        match parts.is_empty() {
            true => "\nRequests: 0\n".into(),
            false => format!("\nRequests: {total} ({})\n", parts.join(", ")),
        }
    }

    /// How many objects of a plan each served, where some were served by published providers.
    pub(super) fn served(&self, plan: &Plan) -> String {
        let mut counts: std::collections::BTreeMap<Option<ProviderSource>, usize> = Default::default();
        for change in &plan.changes {
            let (source, resource) = (&change.provider.address.source, &change.address.resource);
            let what = Some((resource.mode, &*resource.type_name));
            let is_published = self.setting.providers.get(source).is_some_and(|it| it.is_asked(what));
            *counts.entry(is_published.then(|| source.clone())).or_default() += 1;
        }
        ui::providers::served(&counts)
    }

    /// Gives the state back unchanged.
    pub(super) fn close(self, terminal: &Terminal) {
        let sources = self.sources();
        if let Err(error) = self.open.close() {
            terminal.diagnostics(&[error], &sources);
        }
    }

    pub(super) fn failed(&self, diagnostics: Diagnostics) -> Failed {
        Failed { diagnostics: gathered(diagnostics), sources: self.sources() }
    }
}

impl Session {
    /// Finds out what came of what an interrupted run began, as far as the providers of `world` are configured; warnings.
    pub(super) fn recover(&mut self, world: &World) -> Result<Diagnostics, Failed> {
        let schema = |source: &ProviderSource, type_name: &str| world.resource_schema(source, type_name);
        let recovery = engine::recover(&mut self.open, |key| world.settled_provider(key), schema, &self.tempo);
        let found = self.runtime.block_on(recovery);
        if has_errors(&found) { Err(self.failed(found)) } else { Ok(found) }
    }
}

/// Adds what is known whatever the values are and planning has not said again.
fn add_warnings(warnings: &mut Diagnostics, found: Diagnostics) {
    let told: HashSet<(String, Option<Span>)> = warnings.iter().map(|it| (it.summary.clone(), it.subject)).collect();
    warnings.extend(found.into_iter().filter(|it| !told.contains(&(it.summary.clone(), it.subject))));
}
