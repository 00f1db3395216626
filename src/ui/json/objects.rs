//! Objects in the tree of their modules, as `values` of state and `planned_values` of a plan have them.

use super::values;
use crate::{
    address::{InstanceAddress, InstanceKey, ModuleAddress, Name, ProviderSource, ResourceMode},
    schema::{Attribute, Nesting, Schema, SchemaBlock},
    state::OutputValue,
    ui::plan::Lookup,
    value::{Data, Marks, Value, to_json, type_to_json},
};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// One resource instance.
pub(super) struct Entry<'a> {
    pub address: &'a InstanceAddress,
    pub source: &'a ProviderSource,
    pub value: Value,
    pub schema_version: u64,
    pub depends_on: Vec<String>,
    pub tainted: bool,
    pub deposed: Option<&'a Name>,
}

/// `values`: outputs, and the modules with their resources, in the order of `entries`.
pub(super) fn tree(outputs: &BTreeMap<Name, OutputValue>, entries: Vec<Entry<'_>>) -> Json {
    let mut modules = Modules::default();
    for entry in entries {
        let module = &entry.address.resource.module;
        modules.place(module);
        modules.resources.entry(module.clone()).or_default().push(resource(&entry));
    }
    let mut out = Map::new();
    if !outputs.is_empty() {
        out.insert("outputs".into(), outputs.iter().map(|(name, it)| (name.to_string(), output(it))).collect());
    }
    out.insert("root_module".into(), modules.write(&ModuleAddress::root()));
    out.into()
}

#[derive(Default)]
struct Modules {
    resources: BTreeMap<ModuleAddress, Vec<Json>>,
    children: BTreeMap<ModuleAddress, BTreeSet<ModuleAddress>>,
}

impl Modules {
    /// Makes a module known to those around it.
    fn place(&mut self, module: &ModuleAddress) {
        let mut child = module.clone();
        while let Some(parent) = child.parent() {
            let is_new = self.children.entry(parent.clone()).or_default().insert(child);
            if !is_new {
                break;
            }
            child = parent;
        }
    }

    fn write(&mut self, address: &ModuleAddress) -> Json {
        let mut out = Map::new();
        if let Some(resources) = self.resources.remove(address) {
            out.insert("resources".into(), resources.into());
        }
        if !address.is_root() {
            out.insert("address".into(), address.to_string().into());
        }
        let children = self.children.remove(address).unwrap_or_default();
        if !children.is_empty() {
            out.insert("child_modules".into(), children.iter().map(|child| self.write(child)).collect());
        }
        out.into()
    }
}

fn resource(entry: &Entry<'_>) -> Json {
    let resource = &entry.address.resource;
    let mut out = Map::new();
    out.insert("address".into(), entry.address.to_string().into());
    identify(entry.address, entry.source, &mut out);
    out.insert("schema_version".into(), entry.schema_version.into());
    // Where nothing at all is known Terraform leaves it out.
    let known = values::known(&entry.value);
    if known.as_object().is_some_and(|it| !it.is_empty()) {
        out.insert("values".into(), known);
    }
    out.insert("sensitive_values".into(), values::sensitive(&entry.value));
    if !entry.depends_on.is_empty() && resource.mode == ResourceMode::Managed {
        out.insert("depends_on".into(), entry.depends_on.clone().into());
    }
    if entry.tainted {
        out.insert("tainted".into(), true.into());
    }
    if let Some(key) = entry.deposed {
        out.insert("deposed_key".into(), key.to_string().into());
    }
    out.into()
}

/// The fields that say which resource it is, apart from its address.
pub(super) fn identify(address: &InstanceAddress, source: &ProviderSource, out: &mut Map<String, Json>) {
    let resource = &address.resource;
    out.insert("mode".into(), resource.mode.name().into());
    out.insert("type".into(), resource.type_name.to_string().into());
    out.insert("name".into(), resource.name.to_string().into());
    match &address.key {
        None => {}
        Some(InstanceKey::Index(index)) => drop(out.insert("index".into(), (*index).into())),
        Some(InstanceKey::Key(key)) => drop(out.insert("index".into(), key.to_string().into())),
    }
    out.insert("provider_name".into(), source.to_string().into());
}

fn output(output: &OutputValue) -> Json {
    let mut out = json!({ "sensitive": output.sensitive });
    if output.value.is_wholly_known() {
        out["value"] = to_json(&output.value);
        out["type"] = type_to_json(&output.ty);
    }
    out
}

/// An object with the marks that its schema gives its attributes.
pub(super) fn marked(value: &Value, schema: &SchemaBlock) -> Value {
    let value = members_marked(value, &schema.attributes);
    if schema.blocks.is_empty() {
        return value;
    }
    let Some(entries) = value.as_entries() else { return value };
    let part = |(name, part): (&Name, &Value)| {
        let nested = schema.blocks.get(name);
        (
            name.clone(),
            nested.map_or_else(
                || part.clone(),
                |nested| each_marked(nested.nesting, part, &|it| marked(it, &nested.block)),
            ),
        )
    };
    Value { data: Value::object(entries.iter().map(part).collect()).data, marks: value.marks }
}

fn members_marked(value: &Value, schema: &BTreeMap<Name, Attribute>) -> Value {
    let Some(entries) = value.as_entries() else { return value.clone() };
    if !schema.values().any(|it| it.sensitive || it.nested.is_some()) {
        return value.clone();
    }
    let part = |(name, part): (&Name, &Value)| {
        let found = match schema.get(name) {
            Some(attribute) if attribute.sensitive => part.clone().marked(Marks::SENSITIVE),
            Some(Attribute { nested: Some(nested), .. }) => {
                each_marked(nested.nesting, part, &|it| members_marked(it, &nested.attributes))
            }
            _ => part.clone(),
        };
        (name.clone(), found)
    };
    Value { data: Value::object(entries.iter().map(part).collect()).data, marks: value.marks }
}

/// Each object that a value consists of. Marks inside a set are the set's.
fn each_marked(nesting: Nesting, value: &Value, mark: &dyn Fn(&Value) -> Value) -> Value {
    let each = |values: &[Value]| -> Vec<Value> { values.iter().map(mark).collect() };
    let named = |values: &BTreeMap<Name, Value>| -> BTreeMap<Name, Value> {
        values.iter().map(|(key, it)| (key.clone(), mark(it))).collect()
    };
    let data = match (nesting, &value.data) {
        (Nesting::Single | Nesting::Group, _) => return mark(value).marked(value.marks),
        (_, Data::List(ty, values)) => Data::List(ty.clone(), each(values).into()),
        (_, Data::Tuple(values)) => Data::Tuple(each(values).into()),
        (_, Data::Set(ty, values)) => return Value::set(ty.clone(), each(values)).marked(value.marks),
        (_, Data::Map(ty, values)) => Data::Map(ty.clone(), named(values).into()),
        (_, Data::Object(values)) => Data::Object(named(values).into()),
        _ => return value.clone(),
    };
    Value { data, marks: value.marks }
}

/// The schema of an instance's type.
pub(super) fn schema_of(
    address: &InstanceAddress,
    provider: &crate::address::ProviderAddress,
    schemas: &Lookup<'_>,
) -> Option<std::sync::Arc<Schema>> {
    schemas(provider, address.resource.mode, &address.resource.type_name)
}
