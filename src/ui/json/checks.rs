//! `checks` of a plan: what became of conditions, by what declares them.

use super::objects::mode;
use crate::{
    address::InstanceKey,
    lang::configuration::Configuration,
    plan::checks::{Checked, Checks, What},
};
use serde_json::{Value as Json, json};

/// None where nothing has conditions. `expanded`: whether instances were looked at.
pub fn checks(checks: &Checks, configuration: &Configuration, expanded: bool) -> Option<Json> {
    let list: Vec<Json> = checks
        .summaries(configuration, expanded)
        .into_iter()
        .map(|summary| {
            let mut address = declaration(&summary.what);
            if !summary.module.is_root() {
                address["module"] = summary.module.to_string().into();
            }
            address["to_display"] = summary.to_string().into();
            let mut out = json!({ "address": address, "status": summary.status.name() });
            if !summary.instances.is_empty() {
                out["instances"] = summary
                    .instances
                    .iter()
                    .map(|(it, status, problems)| {
                        let mut out = json!({ "address": instance(it), "status": status.name() });
                        if !problems.is_empty() {
                            out["problems"] = problems.iter().map(|it| json!({ "message": it })).collect();
                        }
                        out
                    })
                    .collect();
            }
            out
        })
        .collect();
    if list.is_empty() { None } else { Some(list.into()) }
}

fn declaration(what: &What) -> Json {
    match what {
        What::Check(name) => json!({ "kind": "check", "name": name }),
        What::Output(name) => json!({ "kind": "output_value", "name": name }),
        What::Variable(name) => json!({ "kind": "var", "name": name }),
        What::Resource(of, kind, name) => json!({ "kind": "resource", "mode": mode(*of), "type": kind, "name": name }),
    }
}

fn instance(checked: &Checked) -> Json {
    let mut out = json!({ "to_display": checked.to_string() });
    if !checked.module.is_root() {
        out["module"] = checked.module.to_string().into();
    }
    match &checked.key {
        None => {}
        Some(InstanceKey::Index(at)) => out["instance_key"] = json!(at),
        Some(InstanceKey::Key(key)) => out["instance_key"] = json!(key),
    }
    out
}
