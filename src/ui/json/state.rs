//! `show -json` of state.

use super::{
    COMPATIBLE_WITH, checks,
    objects::{self, Entry},
};
use crate::{
    address::ResourceMode,
    state::State,
    ui::plan::{Lookup, show::attributes},
};
use serde_json::{Value as Json, json};

/// A state; without `values` if there is none yet.
pub fn state(state: &State, schemas: &Lookup<'_>) -> Json {
    let mut out = json!({ "format_version": "1.0", "terraform_version": COMPATIBLE_WITH });
    if state.resources.is_empty() && state.outputs.is_empty() {
        out.as_object_mut().map(|it| it.remove("terraform_version"));
        return out;
    }
    let mut resources: Vec<_> = state.resources.iter().collect();
    resources.sort_by_key(|(it, _)| (it.mode != ResourceMode::Data, &it.type_name, &it.name));
    let addresses: Vec<_> = resources
        .into_iter()
        .flat_map(|(address, resource)| {
            let instances = resource.instances.iter();
            instances.map(move |(key, instance)| (address.instance(key.clone()), resource, instance))
        })
        .collect();
    let mut entries = Vec::new();
    for (address, resource, instance) in &addresses {
        let schema = objects::schema_of(address, &resource.provider, schemas);
        let current = instance.current.iter().map(|object| (None, object));
        for (deposed, object) in current.chain(instance.deposed.iter().map(|(key, it)| (Some(key), it))) {
            let value = attributes(object, schema.as_deref());
            let value = schema.as_deref().map_or_else(|| value.clone(), |it| objects::marked(&value, &it.block));
            entries.push(Entry {
                address,
                source: &resource.provider.source,
                value,
                schema_version: object.schema_version,
                depends_on: object.dependencies.iter().map(ToString::to_string).collect(),
                tainted: object.tainted,
                deposed,
            });
        }
    }
    out["values"] = objects::tree(&state.outputs, entries);
    if let Some(checks) = state.check_results.as_deref().and_then(checks::recorded) {
        out["checks"] = checks;
    }
    out
}
