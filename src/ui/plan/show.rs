//! Objects and outputs as they are, for `show`, `state show` and `output`.

use super::{
    Lookup, block,
    difference::{self, Reading},
    forces::Forces,
    user_data,
    write::Writer,
};
use crate::{
    address::{InstanceAddress, Name, ResourceMode},
    plan::recorded,
    schema::Schema,
    state::{Object, OutputValue, State},
    ui::Style,
    value::{Marks, Type, Value, from_json},
};
use std::{collections::BTreeMap, fmt::Write};

/// An object in the language's notation, under its address.
pub fn render_object(
    address: &InstanceAddress,
    object: &Object,
    deposed: Option<&Name>,
    schema: Option<&Schema>,
    style: Style,
) -> String {
    let resource = &address.resource;
    let kind = resource.mode.block();
    let deposed = deposed.map_or(String::new(), |key| format!(" (deposed object {key})"));
    let tainted = if object.tainted { " (tainted)" } else { "" };
    let mut out =
        format!("# {address}:{tainted}{deposed}\n{kind} \"{}\" \"{}\" {{\n", resource.type_name, resource.name);
    let value = attributes(object, schema);
    let found = match schema {
        Some(schema) => {
            let value = user_data::hidden(&value, &schema.block, style);
            block::compare_blocks(Some(&value), Some(&value), &schema.block, &Forces::default())
        }
        None => block::compare_without_schema(Some(&value), Some(&value)),
    };
    let mut writer = Writer::showing(style);
    writer.block_body(&found, 1);
    out.push_str(&writer.out);
    out.push_str("}\n");
    out
}

/// What state holds of an object, with its marks. By the schema where there is one that fits.
pub(crate) fn attributes(object: &Object, schema: Option<&Schema>) -> Value {
    let json: serde_json::Value = serde_json::from_str(object.attributes.get()).unwrap_or_default();
    let typed = schema.and_then(|schema| from_json(&json, &schema.block.implied_type()).ok());
    let value = typed.or_else(|| from_json(&json, &Type::Any).ok()).unwrap_or_else(|| Value::null(Type::Any));
    let marks: Vec<_> = object.sensitive_paths.iter().map(|path| (path.clone(), Marks::SENSITIVE)).collect();
    let value = value.with_marks_at(&marks);
    match schema {
        Some(schema) => recorded::with_echoes(value, schema),
        None => value,
    }
}

/// Everything that state holds.
pub fn render_state(state: &State, schemas: &Lookup<'_>, style: Style) -> String {
    // Each module before those in it, and in each the data sources first, as in Terraform.
    let mut resources: Vec<_> = state.resources.iter().collect();
    resources.sort_by_key(|(it, _)| (&it.module.0, it.mode != ResourceMode::Data, &it.type_name, &it.name));
    let mut out = String::new();
    let mut last_module = None;
    for (address, resource) in resources {
        let schema = schemas(&resource.provider, address.mode, &address.type_name);
        for (key, instance) in &resource.instances {
            let address = address.instance(key.clone());
            let current = instance.current.iter().map(|object| (None, object));
            let deposed = instance.deposed.iter().map(|(key, object)| (Some(key), object));
            for (deposed, object) in current.chain(deposed) {
                let module = &address.resource.module;
                match &last_module {
                    None => {}
                    Some(last) if last == module => out.push('\n'),
                    Some(_) => out.push_str("\n\n"),
                }
                out.push_str(&render_object(&address, object, deposed, schema.as_deref(), style));
                last_module = Some(module.clone());
            }
        }
    }
    if out.is_empty() && state.outputs.is_empty() {
        return "The state file is empty. No resources are represented.\n".into();
    }
    if !state.outputs.is_empty() {
        let _ = write!(out, "\n\nOutputs:\n\n{}", render_outputs(&state.outputs, style));
    }
    out
}

/// `name = value` for each output.
pub fn render_outputs(outputs: &BTreeMap<Name, OutputValue>, style: Style) -> String {
    let mut writer = Writer::showing(style);
    for (name, output) in outputs {
        let value = output.value.clone();
        let value = if output.sensitive { value.marked(Marks::SENSITIVE) } else { value };
        let found = difference::compare(Some(&value), Some(&value), Reading::Typed, Forces::default());
        writer.output(name, 0, &found);
    }
    writer.out
}
