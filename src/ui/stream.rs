//! The machine-readable lines of `-json`: one object a line, in the form of Terraform's "machine-readable UI".

mod reading;

use super::{
    diagnostics,
    json::{COMPATIBLE_WITH, reason_name},
    plan,
};
use crate::{
    diagnostic::{Diagnostic, Sources, has_errors},
    engine::{
        Outcome,
        event::{Event, Operation, Stage, Subject},
    },
    plan::{Action, Plan, ResourceChange, change::Reason},
    product,
    provider::Id,
    state::OutputValue,
    value::{to_json, type_to_json},
};
pub use reading::Reading;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

pub(super) fn line(level: &str, message: &str, kind: &str, more: Json) -> Json {
    let mut line = Map::new();
    line.insert("@level".into(), level.into());
    line.insert("@message".into(), message.into());
    line.insert("@module".into(), "terraform.ui".into());
    line.insert("@timestamp".into(), jiff::Timestamp::now().to_string().into());
    line.insert("type".into(), kind.into());
    if let Json::Object(more) = more {
        line.extend(more);
    }
    Json::Object(line)
}

/// The first line of every stream: what writes it, and in which version of the format.
pub fn version() -> Json {
    let version = env!("CARGO_PKG_VERSION");
    let more = json!({ "terraform": COMPATIBLE_WITH, "rforge": version, "ui": "1.2" });
    let message =
        if product::is_terraform() { format!("Terraform {COMPATIBLE_WITH}") } else { format!("rforge {version}") };
    line("info", &message, "version", more)
}

/// A step of `init`, with the code that scripts know it by.
pub fn init_output(code: &str, message: &str) -> Json {
    line("info", message, "init_output", json!({ "message_code": code }))
}

/// Something that is only told.
pub fn log(message: &str) -> Json {
    line("info", message, "log", Json::Null)
}

pub fn diagnostic(it: &Diagnostic, sources: &Sources) -> Json {
    let (level, word) = if it.is_error() { ("error", "Error") } else { ("warn", "Warning") };
    let message = format!("{word}: {}", diagnostics::shown(&it.summary, sources));
    line(level, &message, "diagnostic", json!({ "diagnostic": diagnostics::to_json(it, sources) }))
}

/// `validate -json`: one document.
pub fn validation(found: &[Diagnostic], sources: &Sources) -> Json {
    let errors = found.iter().filter(|it| it.is_error()).count();
    json!({
        "format_version": "1.0",
        "valid": !has_errors(found),
        "error_count": errors,
        "warning_count": found.len() - errors,
        "diagnostics": found.iter().map(|it| diagnostics::to_json(it, sources)).collect::<Vec<_>>(),
    })
}

/// The lines of a plan: drift, changes, their sum, and what becomes of the outputs.
pub fn plan(plan: &Plan) -> Vec<Json> {
    let mut lines = Vec::new();
    for change in plan::drift(plan) {
        let message = format!("{}: Drift detected ({})", change.address, verb(change));
        lines.push(line("info", &message, "resource_drift", json!({ "change": planned(change) })));
    }
    lines.extend(plan.lasting_changes().filter(|it| plan::is_shown(it)).map(planned_change));
    let counts = plan.counts();
    let message = plan::summary(&counts);
    let changes = json!({
        "add": counts.add, "change": counts.change, "import": counts.import, "remove": counts.destroy,
        "operation": "plan",
    });
    lines.push(line("info", &message, "change_summary", json!({ "changes": changes })));
    if !plan.outputs.is_empty() {
        let outputs: Map<String, Json> = plan
            .outputs
            .iter()
            .map(|(name, it)| {
                (name.to_string(), json!({ "sensitive": it.sensitive, "action": action_name(it.action) }))
            })
            .collect();
        let message = format!("Outputs: {}", outputs.len());
        lines.push(line("info", &message, "outputs", json!({ "outputs": outputs })));
    }
    lines
}

/// The changes of a plan that was saved, when it is applied.
pub fn saved(plan: &Plan) -> Vec<Json> {
    let changes = plan.lasting_changes().filter(|it| it.action != Action::NoOp);
    changes.map(planned_change).collect()
}

fn planned_change(change: &ResourceChange) -> Json {
    let message = format!("{}: Plan to {}", change.address, verb(change));
    line("info", &message, "planned_change", json!({ "change": planned(change) }))
}

fn planned(change: &ResourceChange) -> Json {
    let mut json = json!({ "resource": resource(&change.address), "action": verb(change) });
    if let Some(from) = &change.previous_address {
        json["previous_resource"] = resource(from);
    }
    if let Some(importing) = &change.importing {
        json["importing"] = json!({ "id": importing.id });
        if let Some(generated) = &importing.generated {
            json["generated_config"] = generated.as_str().into();
        }
    }
    if let Some(reason) = change.reason {
        json["reason"] = reason_of(reason).into();
    }
    json
}

fn verb(change: &ResourceChange) -> &'static str {
    match change.action {
        Action::NoOp if change.importing.is_some() => "import",
        Action::NoOp if change.previous_address.is_some() => "move",
        action => action_name(action),
    }
}

fn action_name(action: Action) -> &'static str {
    match action {
        Action::NoOp => "noop",
        Action::Create => "create",
        Action::Read => "read",
        Action::Update => "update",
        Action::DeleteThenCreate | Action::CreateThenDelete => "replace",
        Action::Delete => "delete",
        Action::Forget => "remove",
    }
}

fn reason_of(reason: Reason) -> &'static str {
    match reason {
        Reason::ReplaceBecauseTainted => "tainted",
        Reason::ReplaceBecauseCannotUpdate => "cannot_update",
        Reason::ReplaceByRequest => "requested",
        Reason::ReplaceByTriggers => "replace_triggered_by",
        other => reason_name(other),
    }
}

fn resource(address: &crate::address::InstanceAddress) -> Json {
    let resource = &address.resource;
    let local = crate::address::ResourceAddress { module: Default::default(), ..resource.clone() };
    let key = match &address.key {
        None => Json::Null,
        Some(crate::address::InstanceKey::Index(at)) => json!(at),
        Some(crate::address::InstanceKey::Key(key)) => json!(key),
    };
    json!({
        "addr": address.to_string(),
        "module": resource.module.to_string(),
        "resource": local.instance(address.key.clone()).to_string(),
        "implied_provider": resource.type_name.split('_').next().unwrap_or_default(),
        "resource_type": resource.type_name,
        "resource_name": resource.name,
        "resource_key": key,
    })
}

/// The lines of one event; most have one.
pub fn event(event: &Event) -> Vec<Json> {
    let hook = |subject: &Subject, id: &Option<Id>, elapsed: Option<u64>| {
        let mut hook = json!({ "resource": resource(&subject.address), "action": subject.operation.name() });
        if let Some(id) = id {
            hook["id_key"] = "id".into();
            hook["id_value"] = id.0.as_str().into();
        }
        if let Some(elapsed) = elapsed {
            hook["elapsed_seconds"] = elapsed.into();
        }
        json!({ "hook": hook })
    };
    let one = |level, subject: &Subject, stage, more| {
        let message = super::progress::message(event).unwrap_or_default();
        // Reading has another name here than for people.
        let message = match subject.operation {
            Operation::Read => message.replace(": Reading...", ": Refreshing...").replace(": Read ", ": Refresh "),
            _ => message,
        };
        // Programs go by the hook, where Terraform does not tell deposed objects apart.
        let deposed = subject.deposed.as_ref().map(|key| format!(" (deposed object {key})"));
        let message = deposed.map_or(message.clone(), |it| message.replacen(&it, "", 1));
        let kind = if subject.operation == Operation::Open { "ephemeral_op" } else { "apply" };
        vec![line(level, &message, &format!("{kind}_{stage}"), more)]
    };
    match event {
        // What is only taken out of state is told by the plan.
        Event::Started { subject, .. } | Event::Completed { subject, .. } if subject.operation == Operation::Forget => {
            Vec::new()
        }
        Event::Started { subject, id } => one("info", subject, "start", hook(subject, id, None)),
        Event::Progress { subject, id, elapsed } => {
            one("info", subject, "progress", hook(subject, id, Some(elapsed.as_secs())))
        }
        Event::Completed { subject, id, elapsed } => {
            let id = if subject.operation == Operation::Delete { &None } else { id };
            one("info", subject, "complete", hook(subject, id, Some(elapsed.as_secs())))
        }
        Event::Failed { subject, elapsed, .. } => {
            let kind = if subject.operation == Operation::Open { "ephemeral_op_errored" } else { "apply_errored" };
            let message = super::progress::errored(subject, *elapsed);
            vec![line("info", &message, kind, hook(subject, &None, Some(elapsed.as_secs())))]
        }
        Event::Provisioning { address, provisioner, stage } => {
            let name = provisioner.name();
            let mut hook = json!({ "resource": resource(address), "provisioner": name });
            let (stage, message) = match stage {
                Stage::Started => ("start", format!("{address}: Provisioning with '{name}'...")),
                Stage::Output(line) => {
                    hook["output"] = line.as_str().into();
                    ("progress", format!("{address}: ({name}): {line}"))
                }
                Stage::Completed => ("complete", format!("{address}: ({name}) Provisioning complete")),
                Stage::Failed => ("errored", format!("{address}: ({name}) Provisioning errored")),
            };
            vec![line("info", &message, &format!("provision_{stage}"), json!({ "hook": hook }))]
        }
        _ => Vec::new(),
    }
}

/// `destroying`: whether the command was `destroy`.
pub fn apply_summary(outcome: &Outcome, destroying: bool) -> Json {
    let counts = outcome.counts;
    let (operation, message) = match destroying {
        true => ("destroy", format!("Destroy complete! Resources: {} destroyed.", counts.destroyed)),
        false => ("apply", super::progress::applied(&counts)),
    };
    let changes = json!({
        "add": counts.added, "change": counts.changed, "import": counts.imported, "remove": counts.destroyed, "operation": operation,
    });
    line("info", &message, "change_summary", json!({ "changes": changes }))
}

/// The root outputs; sensitive values are left out, as Terraform leaves them out of the stream.
pub fn outputs(outputs: &BTreeMap<crate::address::Name, OutputValue>) -> Json {
    let outputs: Map<String, Json> = outputs
        .iter()
        .map(|(name, it)| {
            let mut json = json!({ "sensitive": it.sensitive, "type": type_to_json(&it.ty) });
            if !it.sensitive {
                json["value"] = to_json(&it.value);
            }
            (name.to_string(), json)
        })
        .collect();
    let message = format!("Outputs: {}", outputs.len());
    line("info", &message, "outputs", json!({ "outputs": outputs }))
}
