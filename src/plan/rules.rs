//! Conditions that the configuration sets: validations, pre- and postconditions, checks, and what outputs become.

use super::{
    change::{Action, OutputChange, PlanMode},
    checks::{Checked, Condition, FAILED_CHECK, Status, What},
    scope::ModuleScope,
    world::{Pass, World},
};
use crate::{
    address::{InstanceAddress, ModuleAddress, Name, ResourceAddress, ResourcePath},
    diagnostic::{Diagnostic, Diagnostics, Severity, has_errors},
    expression::evaluate::compared_references,
    lang::{
        configuration::{Check, Repetition, Rule},
        rule::{CONDITION, Verdict, inspect, judge},
        variables::{UNMET, check_validations},
    },
    product::PRODUCT,
    provider::Problem,
    state::State,
    value::{Marks, Type, Value},
};
use std::collections::BTreeMap;

const HIDDEN: &str =
    "This check failed, but has an invalid error message as described in the other accompanying messages.";

/// What the names in conditions stand for besides the objects of their module.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub repetition: &'a Repetition,
    /// `self`
    pub this: Option<&'a Value>,
}

/// Evaluates the conditions of an object; one that is false is an error, one that is still unknown is left for later.
/// Whether there was no error.
pub(super) fn check(world: &World, of: &Checked, condition: Condition, rules: &[Rule], around: Around<'_>) -> bool {
    let mut is_fine = true;
    let scope = ModuleScope { world, module: &of.module, repetition: around.repetition, this: around.this };
    for (at, rule) in rules.iter().enumerate() {
        let mut found = Diagnostics::new();
        let verdict = match (&of.what, world.pass) {
            // What has no instances has no conditions to meet, and those of checks are no errors.
            (What::Resource(..), Pass::Validating) => {
                inspect(rule, false, &scope, &mut found);
                Verdict::Unknown
            }
            (What::Check(_), Pass::Validating) => {
                inspect(rule, true, &scope, &mut found);
                Verdict::Unknown
            }
            _ => judge(rule, CONDITION, &scope, &mut found),
        };
        if let Some(told) = told(world, of, condition, rule, &verdict) {
            let values = compared_references(&rule.condition, &scope);
            found.push(Diagnostic { values, condition_of: Some(of.to_string()), ..told });
        }
        is_fine &= !has_errors(&found);
        found.into_iter().for_each(|it| world.report(it));
        world.note(of, condition, at, &verdict);
    }
    is_fine
}

/// What a verdict is told with, if it is. Checks warn; they never stop a run.
fn told(world: &World, of: &Checked, condition: Condition, rule: &Rule, verdict: &Verdict) -> Option<Diagnostic> {
    let (severity, summary) = match (condition, &of.what) {
        (Condition::Assert, _) => (Severity::Warning, FAILED_CHECK),
        (Condition::Postcondition, _) => (Severity::Error, "Resource postcondition failed"),
        (_, What::Output(_)) => (Severity::Error, "Module output value precondition failed"),
        _ => (Severity::Error, "Resource precondition failed"),
    };
    let place = rule.condition.span;
    match verdict {
        Verdict::Fails(message) => {
            let severity = if world.lenient { Severity::Warning } else { severity };
            let failure = Diagnostic::error(summary, message.as_deref().unwrap_or(HIDDEN)).at(place);
            Some(Diagnostic { severity, ..failure })
        }
        Verdict::Unknown if condition == Condition::Assert && world.pass == Pass::Planning => {
            let detail = "The condition could not be evaluated at this time, a result will be known when this plan is \
                          applied.";
            Some(Diagnostic::warning("Check block assertion known after apply", detail).at(place))
        }
        _ => None,
    }
}

impl World {
    /// Keeps what became of a condition.
    pub(super) fn note(&self, of: &Checked, condition: Condition, at: usize, verdict: &Verdict) {
        let (status, message) = match verdict {
            Verdict::Holds => (Status::Pass, None),
            Verdict::Unknown => (Status::Unknown, None),
            Verdict::Fails(message) => (Status::Fail, message.clone()),
            Verdict::Broken => (Status::Error, None),
        };
        self.checks.borrow_mut().note(of, condition, at, status, message);
    }
}

impl World {
    /// The check that a data source belongs to, if it belongs to one.
    pub fn check_around(&self, path: &ResourcePath) -> Option<&Check> {
        self.setting.configuration.modules.get(&path.module)?.check_around(path)
    }

    /// The instance of that check.
    pub(super) fn check_of(&self, address: &ResourceAddress) -> Option<Checked> {
        let check = self.check_around(&address.path())?;
        Some(Checked::of(&address.module, What::Check(check.name.clone())))
    }

    /// The warning that the data source of a check could not be read; none if it belongs to no check, so that this is
    /// an error.
    pub fn unread(&self, address: &InstanceAddress, problem: &Problem) -> Option<Diagnostic> {
        let check = self.check_of(&address.resource)?;
        let error = self.diagnose(address, problem);
        let message = format!("{}: {}", error.summary, error.detail);
        self.note(&check, Condition::Read, 0, &Verdict::Fails(Some(message)));
        Some(Diagnostic { severity: Severity::Warning, condition_of: Some(check.to_string()), ..error })
    }
}

pub(super) fn validate_variable(world: &World, module: &ModuleAddress, name: &Name) {
    let Some(variable) = world.module(module).and_then(|it| it.variables.get(name)) else { return };
    let argument = world.call_of(module).and_then(|(_, call, _)| call.arguments.get(name));
    let given = if module.is_root() { variable.given } else { None };
    let place = argument.map(|it| it.span).or(given).unwrap_or(variable.span);
    let scope = ModuleScope { world, module, repetition: &Repetition::default(), this: None };
    let mut diagnostics = Diagnostics::new();
    let sources = &world.setting.configuration.sources;
    let verdicts = check_validations(variable, place, &scope, sources, &mut diagnostics);
    let of = Checked::of(module, What::Variable(name.clone()));
    for found in diagnostics {
        // What is wrong with the rule itself is of nobody's value.
        let is_failure = found.summary == UNMET;
        world.report(Diagnostic { condition_of: is_failure.then(|| of.to_string()), ..found });
    }
    for (at, verdict) in verdicts.iter().enumerate() {
        world.note(&of, Condition::Validation, at, verdict);
    }
}

pub(super) fn check_output(world: &World, module: &ModuleAddress, name: &Name) -> bool {
    let Some(output) = world.module(module).and_then(|it| it.outputs.get(name)) else { return true };
    let of = Checked::of(module, What::Output(name.clone()));
    let around = Around { repetition: &Repetition::default(), this: None };
    let is_fine = check(world, &of, Condition::Precondition, &output.preconditions, around);
    let marks = world.output(module, name).map_or(Marks::NONE, |it| it.marks_within());
    if !output.ephemeral && marks.contains(Marks::EPHEMERAL) {
        let detail = "This output value is not declared as returning an ephemeral value, so it cannot be set to a \
                      result derived from an ephemeral value.";
        world.report(Diagnostic::error("Ephemeral value not allowed", detail).at(output.value.span));
    }
    if !output.sensitive && module.is_root() && marks.contains(Marks::SENSITIVE) {
        let detail = format!(
            "To reduce the risk of accidentally exporting sensitive data that was intended to be only \
                      internal, {PRODUCT} requires that any root module output containing sensitive data be explicitly \
                      marked as sensitive, to confirm your intent."
        );
        world.report(
            Diagnostic::error("Output refers to sensitive values", detail)
                .at(output.span)
                .hint("If you do intend to export this data, annotate the output value as sensitive: sensitive = true"),
        );
    }
    is_fine
}

/// Evaluates the assertions of a check, unless what it reads could not be read.
pub(super) fn run_check(world: &World, module: &ModuleAddress, name: &Name) {
    let Some(check) = world.module(module).and_then(|it| it.checks.get(name)) else { return };
    let of = Checked::of(module, What::Check(name.clone()));
    if world.checks.borrow().is_unread(&of) {
        return;
    }
    let around = Around { repetition: &Repetition::default(), this: None };
    self::check(world, &of, Condition::Assert, &check.asserts, around);
}

/// What the root outputs are in state, and what they will be.
pub(super) fn output_changes(
    world: &World,
    recorded: &State,
    mode: PlanMode,
    planned: impl Fn(&Name) -> bool,
) -> BTreeMap<Name, OutputChange> {
    let root = ModuleAddress::root();
    let declared = &world.setting.configuration.root().outputs;
    let mut changes = BTreeMap::new();
    for (name, output) in declared.iter().filter(|(name, _)| mode != PlanMode::Destroy && planned(name)) {
        let Some(after) = world.output(&root, name) else { continue };
        let before = recorded.outputs.get(name);
        let action = match before {
            None if after.is_null() => Action::NoOp,
            None => Action::Create,
            Some(before) if before.value.equals_unmarked(&after) && before.sensitive == output.sensitive => {
                Action::NoOp
            }
            Some(_) => Action::Update,
        };
        let before = before.map_or_else(
            || Value::null(Type::Any),
            |it| {
                let marks = if it.sensitive { Marks::SENSITIVE } else { Marks::NONE };
                it.value.clone().marked(marks)
            },
        );
        changes.insert(name.clone(), OutputChange { action, before, after, sensitive: output.sensitive });
    }
    for (name, output) in &recorded.outputs {
        if planned(name) && (mode == PlanMode::Destroy || !declared.contains_key(name)) {
            let change = OutputChange {
                action: Action::Delete,
                before: output.value.clone(),
                after: Value::null(Type::Any),
                sensitive: output.sensitive,
            };
            changes.insert(name.clone(), change);
        }
    }
    changes
}
