//! What planning reads: objects of state are refreshed, data is read, ephemeral resources are opened.

use super::{line, resource};
use crate::{
    address::{InstanceAddress, ResourceMode},
    plan::{Asked, Lookup, ObjectKey, Purpose, Snapshot},
    provider::{Found, Id, Question},
    value::Value,
};
use serde_json::{Value as Json, json};
use std::time::Duration;

/// What is asked for, before it is answered.
pub struct Reading {
    objects: Vec<(ObjectKey, Id)>,
    data: Vec<InstanceAddress>,
}

impl Reading {
    pub fn of(lookups: &[Lookup]) -> Self {
        let mut reading = Self { objects: Vec::new(), data: Vec::new() };
        for lookup in lookups {
            match lookup {
                Lookup::Object(key, _, known) => reading.objects.push((key.clone(), known.id.clone())),
                Lookup::Data(address, ..) => reading.data.push(address.clone()),
                Lookup::Ask(asked, _, Question::Read { object, .. }) => {
                    let Asked::Object(_, key) = asked else { continue };
                    let id = object.get("id").and_then(Value::as_str).unwrap_or_default();
                    reading.objects.push((key.clone(), Id(id.to_owned())));
                }
                Lookup::Ask(..) => {}
            }
        }
        reading
    }

    pub fn begun(&self) -> Vec<Json> {
        let objects =
            self.objects.iter().map(|(key, id)| refresh(key, "Refreshing state...", "refresh_start", Some(id)));
        let data = self.data.iter().map(|it| match it.resource.mode {
            ResourceMode::Ephemeral => read(it, "Opening...", "ephemeral_op_start", None, None),
            _ => read(it, "Refreshing...", "apply_start", None, None),
        });
        objects.chain(data).collect()
    }

    /// What was answered; what could not be read is told by a diagnostic.
    pub fn done(&self, answers: &Snapshot, elapsed: Duration) -> Vec<Json> {
        let objects = self.objects.iter().filter_map(|(key, id)| {
            let is_there = match answers.objects.get(key) {
                Some(found) => matches!(found.as_ref().ok()?, Found::Live(_)),
                None => {
                    let answered = answers.answers.get(&Asked::Object(Purpose::Read, key.clone()))?;
                    !answered.1.as_ref().ok()?.object.is_null()
                }
            };
            Some(refresh(key, "Refresh complete", "refresh_complete", is_there.then_some(id)))
        });
        let data = self.data.iter().filter_map(|it| {
            let id = answers.data.get(it)?.as_ref().ok()?.get("id").and_then(Value::as_str);
            let after = format!("complete after {}", crate::ui::progress::whole(elapsed));
            Some(match it.resource.mode {
                ResourceMode::Ephemeral => {
                    read(it, &format!("Opening {after}"), "ephemeral_op_complete", None, Some(elapsed))
                }
                _ => read(it, &format!("Refresh {after}"), "apply_complete", id, Some(elapsed)),
            })
        });
        objects.chain(data).collect()
    }
}

fn refresh(key: &ObjectKey, does: &str, kind: &str, id: Option<&Id>) -> Json {
    let mut hook = json!({ "resource": resource(&key.address) });
    let message = with_id(format!("{}: {does}", key.address), id.map(|it| &*it.0), &mut hook);
    line("info", &message, kind, json!({ "hook": hook }))
}

fn read(address: &InstanceAddress, does: &str, kind: &str, id: Option<&str>, elapsed: Option<Duration>) -> Json {
    let action = if address.resource.mode == ResourceMode::Ephemeral { "open" } else { "read" };
    let mut hook = json!({ "resource": resource(address), "action": action });
    if let Some(elapsed) = elapsed {
        hook["elapsed_seconds"] = elapsed.as_secs().into();
    }
    let message = with_id(format!("{address}: {does}"), id, &mut hook);
    line("info", &message, kind, json!({ "hook": hook }))
}

fn with_id(message: String, id: Option<&str>, hook: &mut Json) -> String {
    match id.filter(|it| !it.is_empty()) {
        None => message,
        Some(id) => {
            hook["id_key"] = "id".into();
            hook["id_value"] = id.into();
            format!("{message} [id={id}]")
        }
    }
}
