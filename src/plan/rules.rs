//! Conditions that the configuration sets: validations, pre- and postconditions, checks, and what outputs become.

use super::{
    change::{Action, Mode as PlanMode, OutputChange},
    scope::ModuleScope,
    world::World,
};
use crate::{
    address::{ModuleAddress, Name},
    diagnostic::{Diagnostic, Diagnostics, Severity},
    lang::{
        configuration::{Repetition, Rule},
        variables::check_validations,
    },
    state::State,
    value::{Data, Marks, Type, Value, convert},
};
use std::collections::BTreeMap;

pub const PRECONDITION: &str = "Resource precondition failed";
pub const POSTCONDITION: &str = "Resource postcondition failed";
const OUTPUT: &str = "Module output value precondition failed";
const CHECK: &str = "Check block assertion failed";

/// Evaluates rules; one that is false is an error, one that is still unknown is left for later.
pub fn check(
    world: &World,
    rules: &[Rule],
    summary: &str,
    module: &ModuleAddress,
    repetition: &Repetition,
    this: Option<&Value>,
) {
    for rule in rules {
        if let Some(diagnostic) = failure(world, rule, summary, module, repetition, this) {
            world.report(diagnostic);
        }
    }
}

fn failure(
    world: &World,
    rule: &Rule,
    summary: &str,
    module: &ModuleAddress,
    repetition: &Repetition,
    this: Option<&Value>,
) -> Option<Diagnostic> {
    let scope = ModuleScope { world, module, repetition, this };
    let condition = world.evaluate_in(&rule.condition, &scope);
    if !condition.is_known() {
        return None;
    }
    let holds = match convert(&condition, &Type::Bool).map(|it| it.data) {
        Ok(Data::Bool(holds)) => holds,
        _ => {
            let detail = "Condition expression must return either true or false.";
            return Some(Diagnostic::error("Invalid condition result", detail).at(rule.condition.span));
        }
    };
    if holds {
        return None;
    }
    let message = world.evaluate_in(&rule.error_message, &scope);
    let detail = match (&message.data, message.is_sensitive()) {
        (_, true) => "The error message included a sensitive value, so it will not be displayed.",
        (Data::String(text), _) => text,
        _ => "Failed to evaluate the error message.",
    };
    Some(Diagnostic::error(summary, detail).at(rule.condition.span))
}

pub fn validate_variable(world: &World, module: &ModuleAddress, name: &Name) {
    let Some(variable) = world.module(module).and_then(|it| it.variables.get(name)) else { return };
    let argument = world.call_of(module).and_then(|(_, call, _)| call.arguments.get(name));
    let place = argument.map_or(variable.span, |it| it.span);
    let scope = ModuleScope { world, module, repetition: &Repetition::default(), this: None };
    let mut diagnostics = Diagnostics::new();
    check_validations(variable, place, &scope, &world.setting.configuration.sources, &mut diagnostics);
    diagnostics.into_iter().for_each(|it| world.report(it));
}

pub fn check_output(world: &World, module: &ModuleAddress, name: &Name) {
    let Some(output) = world.module(module).and_then(|it| it.outputs.get(name)) else { return };
    check(world, &output.preconditions, OUTPUT, module, &Repetition::default(), None);
    let value = world.output(module, name);
    if !output.sensitive && module.is_root() && value.is_some_and(|it| it.marks_within().contains(Marks::SENSITIVE)) {
        let detail = "To reduce the risk of accidentally exporting sensitive data that was intended to be only \
                      internal, rforge requires that any root module output containing sensitive data be explicitly \
                      marked as sensitive, to confirm your intent.";
        world.report(
            Diagnostic::error("Output refers to sensitive values", detail)
                .at(output.span)
                .hint("If you do intend to export this data, annotate the output value as sensitive: sensitive = true"),
        );
    }
}

/// A `check` block warns; it never stops a run.
pub fn run_check(world: &World, module: &ModuleAddress, name: &Name, repetition: &Repetition) {
    let Some(check) = world.module(module).and_then(|it| it.checks.get(name)) else { return };
    for rule in &check.asserts {
        if let Some(failure) = failure(world, rule, CHECK, module, repetition, None) {
            world.report(Diagnostic { severity: Severity::Warning, ..failure });
        }
    }
}

/// What the root outputs are in state, and what they will be.
pub fn output_changes(world: &World, recorded: &State, mode: PlanMode) -> BTreeMap<Name, OutputChange> {
    let root = ModuleAddress::root();
    let declared = &world.setting.configuration.root().outputs;
    let mut changes = BTreeMap::new();
    for (name, output) in declared.iter().filter(|_| mode != PlanMode::Destroy) {
        let Some(after) = world.output(&root, name) else { continue };
        let before = recorded.outputs.get(name);
        let action = match before {
            None if after.is_null() => Action::NoOp,
            None => Action::Create,
            Some(before) if before.value.equals_unmarked(&after) => Action::NoOp,
            Some(_) => Action::Update,
        };
        let before = before.map_or_else(|| Value::null(Type::Any), |it| it.value.clone());
        changes.insert(name.clone(), OutputChange { action, before, after, sensitive: output.sensitive });
    }
    for (name, output) in &recorded.outputs {
        if mode == PlanMode::Destroy || !declared.contains_key(name) {
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
