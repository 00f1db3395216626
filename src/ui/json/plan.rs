//! `show -json` of a plan.

use super::{
    COMPATIBLE_WITH, checks, configuration,
    objects::{self, Entry},
    prior, values,
};
use crate::{
    address::Name,
    lang::configuration::Configuration,
    plan::{Action, OutputChange, Plan, Reason, ResourceChange, change::PlanMode},
    state::OutputValue,
    ui::plan::Lookup,
    value::{Path, PathStep, Type, Value, to_json},
};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// A plan, with the configuration that it is of. `timestamp` is when it was made, RFC 3339.
pub fn plan(plan: &Plan, configuration: &Configuration, timestamp: &str, schemas: &Lookup<'_>) -> Json {
    let lasting: Vec<&ResourceChange> = plan.lasting_changes().collect();
    let mut out = json!({ "format_version": "1.2", "terraform_version": COMPATIBLE_WITH });
    let variables = variables(plan, configuration);
    if !variables.is_empty() {
        out["variables"] = variables.into();
    }
    out["planned_values"] = planned_values(plan, schemas);
    // What only moved is a change of the plan, where the plan has changes.
    let drift = plan.drift.iter().filter(|it| plan.mode == PlanMode::RefreshOnly || it.action != Action::NoOp);
    let drift: Vec<Json> = drift.map(|it| change(it, schemas)).collect();
    if !drift.is_empty() {
        out["resource_drift"] = drift.into();
    }
    if !plan.relevant.is_empty() {
        let relevant = plan.relevant.iter();
        let relevant =
            relevant.map(|it| json!({ "resource": it.address.to_string(), "attribute": path(&it.attribute) }));
        out["relevant_attributes"] = relevant.collect();
    }
    if !lasting.is_empty() {
        out["resource_changes"] = lasting.into_iter().map(|it| change(it, schemas)).collect();
    }
    if !plan.outputs.is_empty() {
        let found = plan.outputs.iter().map(|(name, it)| (name.to_string(), output_change(it)));
        out["output_changes"] = found.collect();
    }
    let prior = prior::state(plan, configuration, schemas);
    if prior.exists() {
        out["prior_state"] = super::state(&prior, schemas);
    }
    out["configuration"] = configuration::configuration(configuration, schemas);
    // What is destroyed, or not within the targets, was not looked at.
    let expanded = plan.mode != PlanMode::Destroy && !plan.is_partial();
    if let Some(checks) = checks::checks(&plan.checks, configuration, expanded) {
        out["checks"] = checks;
    }
    out["timestamp"] = timestamp.into();
    out["applyable"] = is_applyable(plan).into();
    out["complete"] = (!plan.is_partial()).into();
    out["errored"] = false.into();
    out
}

/// The values of root variables: those that were given, and the defaults of the others.
fn variables(plan: &Plan, configuration: &Configuration) -> Map<String, Json> {
    let declared = configuration.root().variables.values();
    let defaults = declared.filter_map(|it| Some((&it.name, it.default.as_ref()?)));
    let values: BTreeMap<&Name, &Value> = defaults.chain(&plan.variables).collect();
    values.into_iter().map(|(name, value)| (name.to_string(), json!({ "value": to_json(value) }))).collect()
}

/// Whether applying would do anything.
fn is_applyable(plan: &Plan) -> bool {
    let changes = plan
        .lasting_changes()
        .any(|it| !matches!(it.action, Action::NoOp) || it.previous_address.is_some() || it.importing.is_some());
    let drifted = plan.drift.iter().any(|it| it.action != Action::NoOp);
    let drift = plan.mode == PlanMode::RefreshOnly && drifted;
    changes || drift || plan.outputs.values().any(|it| it.action != Action::NoOp)
}

fn planned_values(plan: &Plan, schemas: &Lookup<'_>) -> Json {
    // As Terraform, which leaves out what is deleted, and of what is forgotten only the values.
    let stays = |change: &&ResourceChange| {
        (!change.after.is_null() || change.action == Action::Forget) && change.deposed.is_none()
    };
    let mut changes: Vec<&ResourceChange> = plan.lasting_changes().filter(stays).collect();
    changes.sort_by_cached_key(|change| change.address.to_string());
    let entries = changes.into_iter().map(|change| {
        let schema = objects::schema_of(&change.address, &change.provider.address, schemas);
        Entry {
            address: &change.address,
            source: &change.provider.address.source,
            value: schema.as_ref().map_or_else(|| change.after.clone(), |it| objects::marked(&change.after, &it.block)),
            schema_version: schema.map_or(0, |it| it.version),
            depends_on: Vec::new(),
            tainted: false,
            deposed: None,
        }
    });
    let outputs: BTreeMap<Name, OutputValue> = plan
        .outputs
        .iter()
        .filter(|(_, it)| it.action != Action::Delete)
        .map(|(name, it)| {
            // Of a value that is null the plan does not keep the type.
            let ty = if it.after.is_null() { Type::Any } else { it.after.ty() };
            let value = it.after.clone();
            (name.clone(), OutputValue { value, ty, sensitive: is_secret(it) })
        })
        .collect();
    objects::tree(&outputs, entries.collect())
}

fn change(change: &ResourceChange, schemas: &Lookup<'_>) -> Json {
    let mut out = Map::new();
    out.insert("address".into(), change.address.to_string().into());
    if let Some(from) = &change.previous_address {
        out.insert("previous_address".into(), from.to_string().into());
    }
    if !change.address.resource.module.is_root() {
        out.insert("module_address".into(), change.address.resource.module.to_string().into());
    }
    objects::identify(&change.address, &change.provider.address.source, &mut out);
    if let Some(key) = &change.deposed {
        out.insert("deposed".into(), key.to_string().into());
    }
    let schema = objects::schema_of(&change.address, &change.provider.address, schemas);
    let marked = |value: &Value| schema.as_ref().map_or_else(|| value.clone(), |it| objects::marked(value, &it.block));
    let after = marked(&change.after);
    let mut inner = beside(&marked(&change.before), &after);
    inner["actions"] = actions(change.action);
    inner["after"] = values::known(&after);
    inner["after_unknown"] = if after.is_wholly_known() { json!({}) } else { values::unknown(&after) };
    if !change.replace_paths.is_empty() {
        inner["replace_paths"] = change.replace_paths.iter().map(path).collect();
    }
    if let Some(importing) = &change.importing {
        inner["importing"] = json!({ "id": importing.id });
        if let Some(generated) = &importing.generated {
            inner["generated_config"] = generated.as_str().into();
        }
    }
    out.insert("change".into(), inner);
    if let Some(reason) = change.reason {
        out.insert("action_reason".into(), reason_name(reason).into());
    }
    out.into()
}

/// The parts that changes of resources and of outputs have in common.
fn beside(before: &Value, after: &Value) -> Json {
    json!({
        "actions": [],
        "before": values::known(before),
        "before_sensitive": values::sensitive(before),
        "after_sensitive": values::sensitive(after),
    })
}

fn output_change(change: &OutputChange) -> Json {
    let mut out = beside(&change.before, &change.after);
    out["actions"] = actions(change.action);
    if change.after.is_known() {
        out["after"] = values::known(&change.after);
    }
    out["after_unknown"] = if change.after.is_wholly_known() { false.into() } else { values::unknown(&change.after) };
    out["before_sensitive"] = is_secret(change).into();
    out["after_sensitive"] = is_secret(change).into();
    out
}

/// An output is sensitive as a whole, also the value that it does not have yet, or has no longer.
fn is_secret(change: &OutputChange) -> bool {
    change.sensitive || change.before.is_sensitive()
}

fn actions(action: Action) -> Json {
    match action {
        Action::NoOp => json!(["no-op"]),
        Action::Create => json!(["create"]),
        Action::Read => json!(["read"]),
        Action::Update => json!(["update"]),
        Action::DeleteThenCreate => json!(["delete", "create"]),
        Action::CreateThenDelete => json!(["create", "delete"]),
        Action::Delete => json!(["delete"]),
        Action::Forget => json!(["forget"]),
    }
}

fn path(path: &Path) -> Json {
    let step = |step: &PathStep| match step {
        PathStep::Attribute(name) | PathStep::Key(name) => json!(&**name),
        PathStep::Index(index) => json!(index),
        PathStep::Element(value) => values::known(value),
    };
    path.0.iter().map(step).collect()
}

/// `action_reason`
pub fn reason_name(reason: Reason) -> &'static str {
    match reason {
        Reason::ReplaceBecauseTainted => "replace_because_tainted",
        Reason::ReplaceBecauseCannotUpdate => "replace_because_cannot_update",
        Reason::ReplaceByRequest => "replace_by_request",
        Reason::ReplaceByTriggers => "replace_by_triggers",
        Reason::DeleteBecauseNoResourceConfig => "delete_because_no_resource_config",
        Reason::DeleteBecauseWrongRepetition => "delete_because_wrong_repetition",
        Reason::DeleteBecauseCountIndex => "delete_because_count_index",
        Reason::DeleteBecauseEachKey => "delete_because_each_key",
        Reason::DeleteBecauseNoModule => "delete_because_no_module",
        Reason::DeleteBecauseNoMoveTarget => "delete_because_no_move_target",
        Reason::ReadBecauseConfigUnknown => "read_because_config_unknown",
        Reason::ReadBecauseDependencyPending => "read_because_dependency_pending",
        Reason::ReadBecauseCheckNested => "read_because_check_nested",
    }
}
