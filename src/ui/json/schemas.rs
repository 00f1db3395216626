//! `providers schema -json`: what the blocks of each provider may hold, as editors and policy tools read it.
//!
//! What rforge serves itself has no descriptions here: its own are for those who read its source, and it copies none. What a published
//! provider tells of itself is handed on.

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
    let mut out = json!({ "provider": schema(own, provider.is_asked(None)) });
    if *source == ProviderSource::builtin() {
        // Terraform's own has no configuration at all, where that of others is empty.
        out["provider"] = json!({ "version": own.version });
    }
    set_unless_empty(&mut out, "resource_schemas", types(provider, ResourceMode::Managed));
    set_unless_empty(&mut out, "data_source_schemas", types(provider, ResourceMode::Data));
    set_unless_empty(&mut out, "ephemeral_resource_schemas", types(provider, ResourceMode::Ephemeral));
    set_unless_empty(&mut out, "functions", functions::of_provider(&source.name, provider));
    out
}

/// Every type that a configuration may name, those that can only be checked included.
fn types(provider: &dyn Provider, mode: ResourceMode) -> Map<String, Json> {
    let schemas = provider.schemas();
    let is_told = |name: &str| provider.is_asked(Some((mode, name)));
    let of = |name: &'static str| Some((name, schema(schemas.get(mode, name)?, is_told(name))));
    let own = schemas.names(mode).into_iter().filter_map(of);
    let mut all: BTreeMap<&str, Json> = own.collect();
    for name in provider.described_types(mode) {
        if let Some(described) = provider.described(mode, name) {
            all.insert(name, schema(&described, false));
        }
    }
    all.into_iter().map(|(name, it)| (name.to_owned(), it)).collect()
}

/// `told`: by a published provider, whose words are handed on.
fn schema(schema: &Schema, told: bool) -> Json {
    json!({ "version": schema.version, "block": block(&schema.block, told) })
}

fn block(block: &SchemaBlock, told: bool) -> Json {
    let mut out = json!({});
    set_unless_empty(&mut out, "attributes", attributes(&block.attributes, told));
    let blocks = block.blocks.iter().map(|(name, it)| (name.to_string(), nested(it, told)));
    set_unless_empty(&mut out, "block_types", blocks.collect());
    describe(&mut out, block.description, block.markdown, told);
    if told && block.deprecated {
        out["deprecated"] = true.into();
    }
    out
}

fn describe(out: &mut Json, description: &str, markdown: bool, told: bool) {
    if told && !description.is_empty() {
        out["description"] = description.into();
    }
    out["description_kind"] = if told && markdown { "markdown" } else { "plain" }.into();
}

fn attributes(attributes: &BTreeMap<Text, Attribute>, told: bool) -> Map<String, Json> {
    attributes.iter().map(|(name, it)| (name.to_string(), attribute(it, told))).collect()
}

fn attribute(attribute: &Attribute, told: bool) -> Json {
    let configurable = attribute.is_configurable();
    let required = attribute.source == Source::Required;
    // The frameworks of the providers that ours stand for call computed what has a default.
    let computed = attribute.is_computed() || matches!(attribute.source, Source::Default(_));
    let mut out = match &attribute.nested {
        None => json!({ "type": type_to_json(&attribute.ty) }),
        Some(nested) => {
            let mut inside = json!({});
            set_unless_empty(&mut inside, "attributes", attributes(&nested.attributes, told));
            inside["nesting_mode"] = nested.nesting.name().into();
            json!({ "nested_type": inside })
        }
    };
    describe(&mut out, attribute.description, attribute.markdown, told);
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

fn nested(nested: &NestedBlock, told: bool) -> Json {
    let mut out = json!({ "nesting_mode": nested.nesting.name(), "block": block(&nested.block, told) });
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
        assert_eq!(essential(&block(&schema.block, true)), essential(&recorded["managed"]["test_thing"]));
    }
}
