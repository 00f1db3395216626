//! `configuration` of a plan: the blocks as written, each expression by its constant value or by what it refers to.

use super::{
    expression::{dependency, expression},
    providers::Providers,
};
use crate::{
    address::{Name, ResourceMode},
    diagnostic::Sources,
    expression::syntax::tree::{Body, Expression},
    lang::{
        configuration::{Configuration, Module, ModuleCall, Output, Provisioner, Resource, Variable},
        dependencies::provider_for,
    },
    schema::{Nesting, SchemaBlock},
    ui::plan::Lookup,
    value::{Type, to_json},
};
use serde_json::{Map, Value as Json, json};

pub(super) fn configuration(configuration: &Configuration, schemas: &Lookup<'_>) -> Json {
    let arguments = |module: &Module, name: &Name, alias: Option<&Name>| {
        let block = module.providers.get(&(name.clone(), alias.cloned()));
        // Nobody keeps schemas of provider blocks here: nested blocks are taken as lists.
        block.map_or(Json::Null, |it| body(&configuration.sources, &it.body, None))
    };
    let writer = Writer { configuration, schemas, providers: Providers::of(configuration, &arguments) };
    let mut out = Map::new();
    out.insert("root_module".into(), writer.module(configuration.root()));
    let providers = writer.providers.written();
    if !providers.is_empty() {
        out.insert("provider_config".into(), providers.into());
    }
    out.into()
}

struct Writer<'a> {
    configuration: &'a Configuration,
    schemas: &'a Lookup<'a>,
    providers: Providers,
}

impl Writer<'_> {
    fn sources(&self) -> &Sources {
        &self.configuration.sources
    }

    fn expression(&self, written: &Expression) -> Json {
        expression(written, self.sources())
    }

    fn body(&self, written: &Body, schema: Option<&SchemaBlock>) -> Json {
        body(self.sources(), written, schema)
    }

    fn module(&self, module: &Module) -> Json {
        let mut out = Map::new();
        let mut put = |name: &str, value: Json| {
            let is_empty = value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty);
            if !is_empty {
                out.insert(name.into(), value);
            }
        };
        put("outputs", module.outputs.iter().map(|(name, it)| (name.to_string(), self.output(it))).collect());
        // Ephemeral resources are left out, as Terraform leaves them out. The data of checks is among the others.
        let of = |mode| module.resources.values().filter(move |it| it.mode == mode);
        let mut data: Vec<&Resource> = of(ResourceMode::Data).collect();
        data.extend(module.checks.values().filter_map(|it| it.data.as_ref()));
        data.sort_by(|a, b| (&a.type_name, &a.name).cmp(&(&b.type_name, &b.name)));
        let resources = of(ResourceMode::Managed).chain(data);
        put("resources", resources.map(|it| self.resource(module, it)).collect());
        put("module_calls", module.calls.iter().map(|(name, it)| (name.to_string(), self.call(module, it))).collect());
        put("variables", module.variables.iter().map(|(name, it)| (name.to_string(), variable(it))).collect());
        out.into()
    }

    fn output(&self, output: &Output) -> Json {
        let mut out = json!({ "expression": self.expression(&output.value) });
        if output.sensitive {
            out["sensitive"] = true.into();
        }
        if let Some(text) = &output.description {
            out["description"] = text.as_str().into();
        }
        self.depends_on(&output.depends_on, &mut out);
        out
    }

    fn resource(&self, module: &Module, resource: &Resource) -> Json {
        let provider = provider_for(self.configuration, resource, &module.path).address;
        let schema = (self.schemas)(&provider, resource.mode, &resource.type_name);
        let mut out = json!({
            "address": format!("{}{}.{}", resource.mode.prefix(), resource.type_name, resource.name),
            "mode": resource.mode.name(),
            "type": &*resource.type_name,
            "name": &*resource.name,
            "provider_config_key": self.providers.key_of(&module.path, resource),
            "schema_version": schema.as_ref().map_or(0, |it| it.version),
        });
        let provisioners = resource.provisioners.iter().map(|it| self.provisioner(it));
        if provisioners.len() > 0 {
            out["provisioners"] = provisioners.collect();
        }
        let expressions = self.body(&resource.body, schema.as_ref().map(|it| &it.block));
        if expressions.as_object().is_some_and(|it| !it.is_empty()) {
            out["expressions"] = expressions;
        }
        self.repetition(resource.count.as_ref(), resource.for_each.as_ref(), &mut out);
        self.depends_on(&resource.depends_on, &mut out);
        out
    }

    fn provisioner(&self, provisioner: &Provisioner) -> Json {
        let mut out = json!({ "type": &*provisioner.kind.text });
        let expressions = self.body(&provisioner.body, None);
        if expressions.as_object().is_some_and(|it| !it.is_empty()) {
            out["expressions"] = expressions;
        }
        out
    }

    fn call(&self, module: &Module, call: &ModuleCall) -> Json {
        let mut out = json!({ "source": call.source });
        let arguments: Map<String, Json> =
            call.arguments.iter().map(|(name, it)| (name.to_string(), self.expression(it))).collect();
        if !arguments.is_empty() {
            out["expressions"] = arguments.into();
        }
        if let Some(child) = self.configuration.modules.get(&module.path.child(&call.name)) {
            out["module"] = self.module(child);
        }
        if let Some(version) = &call.version {
            out["version_constraint"] = version.as_str().into();
        }
        self.repetition(call.count.as_ref(), call.for_each.as_ref(), &mut out);
        self.depends_on(&call.depends_on, &mut out);
        out
    }

    fn repetition(&self, count: Option<&Expression>, for_each: Option<&Expression>, out: &mut Json) {
        for (name, expression) in [("count_expression", count), ("for_each_expression", for_each)] {
            let found = expression.map(|it| self.expression(it));
            if let Some(found) = found.filter(|it| *it != json!({})) {
                out[name] = found;
            }
        }
    }

    fn depends_on(&self, expressions: &[Expression], out: &mut Json) {
        if !expressions.is_empty() {
            out["depends_on"] = expressions.iter().map(|it| dependency(it, self.sources())).collect();
        }
    }
}

/// The arguments of a block, and those of the blocks in it.
fn body(sources: &Sources, written: &Body, schema: Option<&SchemaBlock>) -> Json {
    let mut out = Map::new();
    for attribute in &written.attributes {
        out.insert(attribute.name.text.to_string(), expression(&attribute.value, sources));
    }
    for block in &written.blocks {
        let kind = &*block.kind.text;
        // What a dynamic block makes is not written anywhere.
        if matches!(kind, "dynamic" | "lifecycle") {
            continue;
        }
        if let Some(Type::List(element) | Type::Set(element)) =
            schema.and_then(|it| it.attributes.get(kind)).map(|it| &it.ty)
        {
            block_as_attribute(sources, kind, &block.body, element, &mut out);
            continue;
        }
        let nested = schema.and_then(|it| it.blocks.get(kind));
        let found = body(sources, &block.body, nested.map(|it| &it.block));
        match nested.map(|it| it.nesting) {
            Some(Nesting::Single | Nesting::Group) => drop(out.insert(kind.into(), found)),
            Some(Nesting::Map) => {
                let entry = out.entry(kind).or_insert_with(|| json!({}));
                entry[block.labels.first().map_or("", |it| &*it.text)] = found;
            }
            _ => {
                let entry = out.entry(kind).or_insert_with(|| json!([]));
                if let Some(list) = entry.as_array_mut() {
                    list.push(found);
                }
            }
        }
    }
    out.into()
}

/// A block where the schema has an attribute: one more element of its value.
fn block_as_attribute(sources: &Sources, kind: &str, written: &Body, element: &Type, out: &mut Map<String, Json>) {
    let entry = out.entry(kind).or_insert_with(|| json!({}));
    let mut names: Vec<Json> = entry["references"].as_array().cloned().unwrap_or_default();
    let mut constant = Map::new();
    if let Type::Object(object) = element {
        constant.extend(object.attributes.keys().map(|name| (name.to_string(), Json::Null)));
    }
    for attribute in &written.attributes {
        let mut found = expression(&attribute.value, sources);
        names.extend(found["references"].as_array().cloned().unwrap_or_default());
        constant.insert(attribute.name.text.to_string(), found["constant_value"].take());
    }
    if !names.is_empty() {
        *entry = json!({ "references": names });
    } else if let Some(list) = entry.get_mut("constant_value").and_then(Json::as_array_mut) {
        list.push(constant.into());
    } else {
        *entry = json!({ "constant_value": [constant] });
    }
}

fn variable(variable: &Variable) -> Json {
    let mut out = Map::new();
    if let Some(default) = &variable.default {
        out.insert("default".into(), to_json(default));
    }
    if let Some(text) = &variable.description {
        out.insert("description".into(), text.as_str().into());
    }
    if variable.sensitive {
        out.insert("sensitive".into(), true.into());
    }
    out.into()
}
