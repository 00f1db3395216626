//! `checks` of a plan or a state: what became of conditions, by what declares them.

use crate::{
    address::{InstanceAddress, InstanceKey, ModuleAddress, ResourcePath},
    lang::configuration::Configuration,
    plan::checks::{Checked, Checks, What},
};
use serde_json::{Value as Json, json, value::RawValue};

/// None where nothing has conditions. `expanded`: whether instances were looked at.
pub(super) fn checks(checks: &Checks, configuration: &Configuration, expanded: bool) -> Option<Json> {
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

/// `checks` of a state, from its `check_results`. None where there are none, or none that can be read.
pub(super) fn recorded(results: &RawValue) -> Option<Json> {
    let results: Vec<Json> = serde_json::from_str(results.get()).ok()?;
    let mut list: Vec<(&str, Json)> =
        results.iter().filter_map(|it| Some((text(it, "config_addr"), result(it)?))).collect();
    list.sort_by_key(|it| it.0);
    if list.is_empty() { None } else { Some(list.into_iter().map(|(_, it)| it).collect()) }
}

fn text<'j>(json: &'j Json, key: &str) -> &'j str {
    json[key].as_str().unwrap_or_default()
}

fn result(result: &Json) -> Option<Json> {
    let (kind, declared) = (text(result, "object_kind"), text(result, "config_addr"));
    let mut address = if kind == "resource" {
        let path: ResourcePath = declared.parse().ok()?;
        let what = What::Resource(path.mode, path.type_name, path.name);
        with_module(declaration(&what), &path.module.to_string())
    } else {
        // The name of none of them has a dot, whatever the keys before it have.
        let (within, name) = declared.rsplit_once('.')?;
        let module = within.rsplit_once('.').map_or("", |(module, _)| module);
        let what = match kind {
            "check" => What::Check(name.into()),
            "output" => What::Output(name.into()),
            _ => What::Variable(name.into()),
        };
        with_module(declaration(&what), module)
    };
    address["to_display"] = declared.into();
    let mut out = json!({ "address": address, "status": text(result, "status") });
    let mut objects: Vec<&Json> = result["objects"].as_array().into_iter().flatten().collect();
    objects.sort_by_key(|it| text(it, "object_addr"));
    if !objects.is_empty() {
        out["instances"] = objects.into_iter().filter_map(|it| object(kind, it)).collect();
    }
    Some(out)
}

fn with_module(mut address: Json, module: &str) -> Json {
    if !module.is_empty() {
        address["module"] = module.into();
    }
    address
}

fn object(kind: &str, object: &Json) -> Option<Json> {
    let address = text(object, "object_addr");
    let checked = if kind == "resource" {
        let parsed: InstanceAddress = address.parse().ok()?;
        Checked::resource(&parsed.resource, parsed.key)
    } else {
        let (within, name) = address.rsplit_once('.')?;
        let module = match within.rsplit_once('.') {
            Some((module, _)) => module.parse().ok()?,
            None => ModuleAddress::root(),
        };
        Checked::of(&module, What::Variable(name.into()))
    };
    let mut described = instance(&checked);
    described["to_display"] = address.into();
    let mut out = json!({ "address": described, "status": text(object, "status") });
    let messages: Vec<Json> =
        object["failure_messages"].as_array().into_iter().flatten().map(|it| json!({ "message": it })).collect();
    if !messages.is_empty() {
        out["problems"] = messages.into();
    }
    Some(out)
}

fn declaration(what: &What) -> Json {
    match what {
        What::Check(name) => json!({ "kind": "check", "name": name }),
        What::Output(name) => json!({ "kind": "output_value", "name": name }),
        What::Variable(name) => json!({ "kind": "var", "name": name }),
        What::Resource(of, kind, name) => json!({ "kind": "resource", "mode": of.name(), "type": kind, "name": name }),
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
