//! `providers schema -json`: what the blocks of each provider may hold, as editors and policy tools read it.
//!
//! Attributes and blocks have no descriptions here, since rforge has none of its own and copies none; every
//! `description_kind` is `plain`.

use super::functions;
use crate::{
    provider::{Provider, ProviderSource, ResourceMode},
    schema::{Attribute, NestedBlock, Schema, SchemaBlock, Source},
    value::{Text, type_to_json},
};
use serde_json::{Map, Value as Json, json};
use std::{collections::BTreeMap, sync::Arc};

const FORMAT: &str = "1.0";

/// The schemas of these providers, in Terraform's format 1.0.
pub fn schemas<'a>(providers: impl IntoIterator<Item = (&'a ProviderSource, &'a Arc<dyn Provider>)>) -> Json {
    let providers: Map<_, _> =
        providers.into_iter().map(|(source, it)| (source.to_string(), of(source, &**it))).collect();
    let mut out = json!({ "format_version": FORMAT });
    set_unless_empty(&mut out, "provider_schemas", providers);
    out
}

fn of(source: &ProviderSource, provider: &dyn Provider) -> Json {
    let own = &provider.schemas().provider;
    let mut out = json!({ "provider": schema(own) });
    if *source == ProviderSource::builtin() {
        // Terraform's own has no configuration at all, where that of others is empty.
        out["provider"] = json!({ "version": own.version });
    }
    set_unless_empty(&mut out, "resource_schemas", types(provider, ResourceMode::Managed));
    set_unless_empty(&mut out, "data_source_schemas", types(provider, ResourceMode::Data));
    set_unless_empty(&mut out, "ephemeral_resource_schemas", types(provider, ResourceMode::Ephemeral));
    set_unless_empty(&mut out, "functions", functions::of_provider(&source.name));
    out
}

/// Every type that a configuration may name, those that can only be checked included.
fn types(provider: &dyn Provider, mode: ResourceMode) -> Map<String, Json> {
    let schemas = provider.schemas();
    let own = schemas.names(mode).into_iter().filter_map(|name| Some((name, schema(schemas.get(mode, name)?))));
    let mut all: BTreeMap<&str, Json> = own.collect();
    for name in provider.described_types(mode) {
        if let Some(described) = provider.described(mode, name) {
            all.insert(name, schema(&described));
        }
    }
    all.into_iter().map(|(name, it)| (name.to_owned(), it)).collect()
}

fn schema(schema: &Schema) -> Json {
    json!({ "version": schema.version, "block": block(&schema.block) })
}

fn block(block: &SchemaBlock) -> Json {
    let mut out = json!({});
    set_unless_empty(&mut out, "attributes", attributes(&block.attributes));
    let blocks = block.blocks.iter().map(|(name, it)| (name.to_string(), nested(it)));
    set_unless_empty(&mut out, "block_types", blocks.collect());
    out["description_kind"] = "plain".into();
    out
}

fn attributes(attributes: &BTreeMap<Text, Attribute>) -> Map<String, Json> {
    attributes.iter().map(|(name, it)| (name.to_string(), attribute(it))).collect()
}

fn attribute(attribute: &Attribute) -> Json {
    let configurable = attribute.is_configurable();
    let required = attribute.source == Source::Required;
    // The frameworks of the providers that ours stand for call computed what has a default.
    let computed = attribute.is_computed() || matches!(attribute.source, Source::Default(_));
    let mut out = match &attribute.nested {
        None => json!({ "type": type_to_json(&attribute.ty) }),
        Some(nested) => {
            let mut inside = json!({});
            set_unless_empty(&mut inside, "attributes", attributes(&nested.attributes));
            inside["nesting_mode"] = nested.nesting.name().into();
            json!({ "nested_type": inside })
        }
    };
    out["description_kind"] = "plain".into();
    let flags = [
        ("deprecated", attribute.deprecated.is_some()),
        ("required", required),
        ("optional", configurable && !required),
        ("computed", computed),
        ("sensitive", attribute.sensitive),
        ("write_only", attribute.write_only),
    ];
    for (flag, _) in flags.into_iter().filter(|it| it.1) {
        out[flag] = true.into();
    }
    out
}

fn nested(nested: &NestedBlock) -> Json {
    let mut out = json!({ "nesting_mode": nested.nesting.name(), "block": block(&nested.block) });
    for (bound, items) in [("min_items", nested.min_items), ("max_items", nested.max_items)] {
        if items > 0 {
            out[bound] = items.into();
        }
    }
    out
}

fn set_unless_empty(out: &mut Json, key: &str, entries: Map<String, Json>) {
    if !entries.is_empty() {
        out[key] = entries.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What of a schema in Terraform's words says what objects may hold.
    fn essential(json: &Json) -> Json {
        let Some(entries) = json.as_object() else { return json.clone() };
        let told =
            |name: &str| !["description", "description_kind", "required", "optional", "computed"].contains(&name);
        let entries = entries.iter().filter(|(name, it)| told(name) || it.is_object());
        Json::Object(entries.map(|(name, it)| (name.clone(), essential(it))).collect())
    }

    #[test]
    fn attributes_inside_attributes_are_told_as_terraform_does() {
        let recorded = crate::ui::recorded::folder().join("schemas.json");
        let recorded: Json = serde_json::from_slice(&std::fs::read(recorded).unwrap()).unwrap();
        let schema = crate::ui::recorded::schemas()(ResourceMode::Managed, "test_thing").unwrap();
        assert_eq!(essential(&block(&schema.block)), essential(&recorded["managed"]["test_thing"]));
    }
}
