//! `configuration` of a plan: the blocks as written, each expression by its constant value or by what it refers to.

use crate::{
    address::{ModulePath, ResourceMode},
    diagnostic::{Sources, Span},
    lang::{
        configuration::{Configuration, Module, ModuleCall, Output, ProviderBlock, Provisioner, Resource, Variable},
        constant::constant,
        dependencies::{local_name, provider_for, source_of},
        references::{Subject, references},
        syntax::{
            lexer::identifier,
            tree::{Body, Expression},
        },
    },
    schema::{Nesting, SchemaBlock},
    ui::plan::Lookup,
    value::{Type, to_json},
};
use serde_json::{Map, Value as Json, json};

pub(super) fn configuration(configuration: &Configuration, schemas: &Lookup<'_>) -> Json {
    let writer = Writer { configuration, schemas };
    let mut out = Map::new();
    let mut providers = Map::new();
    for (path, module) in &configuration.modules {
        for block in module.providers.values() {
            let (key, found) = writer.provider(path, module, block);
            providers.insert(key, found);
        }
        // Providers that are used without a block of their own.
        for resource in module.resources.values() {
            let address = provider_for(configuration, resource, path).address;
            if address.module.is_root() && address.alias.is_none() {
                let root = configuration.root();
                let name = local_name(root, &address.source);
                let full = address.source.to_string();
                providers.entry(name.to_string()).or_insert_with(|| json!({ "name": &*name, "full_name": full }));
            }
        }
    }
    if !providers.is_empty() {
        out.insert("provider_config".into(), providers.into());
    }
    out.insert("root_module".into(), writer.module(configuration.root()));
    out.into()
}

struct Writer<'a> {
    configuration: &'a Configuration,
    schemas: &'a Lookup<'a>,
}

impl Writer<'_> {
    fn sources(&self) -> &Sources {
        &self.configuration.sources
    }

    fn provider(&self, path: &ModulePath, module: &Module, block: &ProviderBlock) -> (String, Json) {
        let alias = block.alias.as_ref().map_or(String::new(), |alias| format!(".{alias}"));
        let prefix = if path.is_root() { String::new() } else { format!("{path}:") };
        let mut out = json!({ "name": &*block.name, "full_name": source_of(module, &block.name).to_string() });
        if let Some(alias) = &block.alias {
            out["alias"] = json!(&**alias);
        }
        if !path.is_root() {
            out["module_address"] = path.to_string().into();
        }
        if let Some(version) = module.required_providers.get(&block.name).and_then(|it| it.version.as_ref()) {
            out["version_constraint"] = version.as_str().into();
        }
        // Nobody keeps schemas of provider blocks here: nested blocks are taken as lists.
        let expressions = self.body(&block.body, None);
        if expressions.as_object().is_some_and(|it| !it.is_empty()) {
            out["expressions"] = expressions;
        }
        (format!("{prefix}{}{alias}", block.name), out)
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
        // Ephemeral resources are left out, as Terraform leaves them out.
        let of = |mode| module.resources.values().filter(move |it| it.mode == mode);
        let resources = of(ResourceMode::Managed).chain(of(ResourceMode::Data));
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
        let holder = self.configuration.modules.get(&provider.module).unwrap_or(module);
        let alias = provider.alias.as_ref().map_or(String::new(), |alias| format!(".{alias}"));
        let prefix = if provider.module.is_root() { String::new() } else { format!("{}:", provider.module) };
        let mut out = json!({
            "address": format!("{}{}.{}", resource.mode.prefix(), resource.type_name, resource.name),
            "mode": resource.mode.name(),
            "type": &*resource.type_name,
            "name": &*resource.name,
            "provider_config_key": format!("{prefix}{}{alias}", local_name(holder, &provider.source)),
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
            out["depends_on"] = expressions.iter().map(|it| Json::from(self.sources().text(it.span))).collect();
        }
    }

    /// The arguments of a block, and those of the blocks in it.
    fn body(&self, body: &Body, schema: Option<&SchemaBlock>) -> Json {
        let mut out = Map::new();
        for attribute in &body.attributes {
            out.insert(attribute.name.text.to_string(), self.expression(&attribute.value));
        }
        for block in &body.blocks {
            let kind = &*block.kind.text;
            // What a dynamic block makes is not written anywhere.
            if matches!(kind, "dynamic" | "lifecycle") {
                continue;
            }
            if let Some(Type::List(element) | Type::Set(element)) =
                schema.and_then(|it| it.attributes.get(kind)).map(|it| &it.ty)
            {
                self.block_as_attribute(kind, &block.body, element, &mut out);
                continue;
            }
            let nested = schema.and_then(|it| it.blocks.get(kind));
            let found = self.body(&block.body, nested.map(|it| &it.block));
            match nested.map(|it| it.nesting) {
                Some(Nesting::Single) => drop(out.insert(kind.into(), found)),
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
    fn block_as_attribute(&self, kind: &str, body: &Body, element: &Type, out: &mut Map<String, Json>) {
        let entry = out.entry(kind).or_insert_with(|| json!({}));
        let mut names: Vec<Json> = entry["references"].as_array().cloned().unwrap_or_default();
        let mut constant = Map::new();
        if let Type::Object(object) = element {
            constant.extend(object.attributes.keys().map(|name| (name.to_string(), Json::Null)));
        }
        for attribute in &body.attributes {
            let mut found = self.expression(&attribute.value);
            names.extend(found["references"].as_array().cloned().unwrap_or_default());
            constant.insert(attribute.name.text.to_string(), found["constant_value"].take());
        }
        if !names.is_empty() {
            names.dedup();
            *entry = json!({ "references": names });
        } else if let Some(list) = entry.get_mut("constant_value").and_then(Json::as_array_mut) {
            list.push(constant.into());
        } else {
            *entry = json!({ "constant_value": [constant] });
        }
    }

    /// `{"constant_value": …}`, or `{"references": […]}`; neither for a call of a function with constants.
    fn expression(&self, expression: &Expression) -> Json {
        let mut names: Vec<String> = Vec::new();
        for reference in references(expression, &mut Vec::new()) {
            for name in self.names(&reference.subject, reference.span) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        if !names.is_empty() {
            return json!({ "references": names });
        }
        match constant(expression, &mut Vec::new()) {
            Some(value) => json!({ "constant_value": to_json(&value) }),
            None => json!({}),
        }
    }

    /// A reference as written, then what it is a part of: `aws_vpc.a[0].id`, `aws_vpc.a[0]`, `aws_vpc.a`.
    fn names(&self, subject: &Subject, span: Span) -> Vec<String> {
        let base = match subject {
            Subject::Variable(name) => vec![format!("var.{name}")],
            Subject::Local(name) => vec![format!("local.{name}")],
            Subject::Each(name) => vec![format!("each.{name}")],
            Subject::Count(name) => vec![format!("count.{name}")],
            Subject::Path(name) => vec![format!("path.{name}")],
            Subject::Terraform(name) => vec![format!("terraform.{name}")],
            Subject::SelfObject => vec!["self".into()],
            Subject::Module { call, index, output } => {
                let call = format!("module.{call}");
                let instance = index.as_ref().map(|index| format!("{call}{index}"));
                let call = instance.unwrap_or(call);
                let output = output.as_ref().map(|output| format!("{call}.{output}"));
                output.into_iter().chain([call]).collect()
            }
            Subject::Resource { mode, type_name, name, index } => {
                let resource = format!("{}{type_name}.{name}", mode.prefix());
                let instance = index.as_ref().map(|index| format!("{resource}{index}"));
                instance.into_iter().chain([resource]).collect()
            }
        };
        let source = &self.sources().get(span.file).text;
        let rest = traversal(&source[span.end as usize..]);
        let whole = (!rest.is_empty()).then(|| format!("{}{rest}", base[0]));
        whole.into_iter().chain(base).collect()
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

/// The attributes and literal indices that `text` starts with.
fn traversal(text: &str) -> &str {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let step = if let Some(after) = rest.strip_prefix('.') {
            let name = identifier(after).len();
            if name == 0 { 0 } else { name + 1 }
        } else if rest.starts_with('[') {
            rest.find(']').filter(|at| is_literal(&rest[1..*at])).map_or(0, |at| at + 1)
        } else {
            0
        };
        if step == 0 {
            return &text[..end];
        }
        end += step;
    }
}

fn is_literal(index: &str) -> bool {
    let text = index.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    match text {
        Some(text) => !text.contains(['"', '$', '%', '\\']),
        None => !index.is_empty() && index.bytes().all(|it| it.is_ascii_digit()),
    }
}
