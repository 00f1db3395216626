//! Configuration for imported objects that have none: `plan -generate-config-out`.

use super::{Lookup, ObjectKey, Snapshot, import, world::World};
use crate::{
    address::{InstanceAddress, ModuleAddress, ResourceMode, quoted},
    diagnostic::{Diagnostic, Diagnostics, Severity, has_errors},
    expression::functions::{write_lines, write_value},
    lang::{
        configuration::{Lifecycle, Repetition, Resource},
        dependencies::provider_for,
    },
    product::PRODUCT,
    provider::Provider,
    schema::{Attribute, Nesting, Schema, SchemaBlock, Source, Spelling},
    value::{Data, Path, PathStep, Text, Type, Value},
};
use std::{collections::BTreeMap, sync::Arc};

/// An object that an import block names and no resource block describes.
pub struct Undescribed {
    pub address: InstanceAddress,
    pub id: String,
    pub lookup: Lookup,
    schema: Arc<Schema>,
    definition: Arc<dyn Provider>,
    /// As the import block names it.
    provider: Option<String>,
}

/// The objects in the root module that configuration is to be generated for.
pub fn undescribed(world: &World) -> Result<Vec<Undescribed>, Diagnostics> {
    let configuration = &world.setting.configuration;
    let root = configuration.root();
    let mut found = Vec::new();
    let mut diagnostics = Diagnostics::new();
    for block in root.imports.iter().filter(|it| it.resource.module.is_root() && root.resource(&it.resource).is_none())
    {
        let stand_in = Resource {
            mode: ResourceMode::Managed,
            type_name: block.resource.type_name.clone(),
            name: block.resource.name.clone(),
            count: None,
            for_each: None,
            provider: block.provider.clone(),
            depends_on: Vec::new(),
            lifecycle: Lifecycle::default(),
            provisioners: Vec::new(),
            body: Default::default(),
            span: block.span,
            type_span: block.span,
        };
        let used = provider_for(configuration, &stand_in, &root.path);
        let source = &used.address.source;
        let Some(kind) = world.resource_schema(source, &stand_in.type_name) else {
            diagnostics.push(world.unsupported_type(source, &block.resource, block.to.span));
            continue;
        };
        let Some(definition) = world.definition(source) else { continue };
        for (address, wanted) in import::evaluate(world, &block.resource) {
            // There is no block that one generated block with an instance key could be.
            if address.key.is_some() {
                continue;
            }
            let module = ModuleAddress::root();
            let provider = match world.used_provider(&used, &module, &Repetition::default(), &address) {
                Ok(provider) => provider,
                Err(error) => {
                    diagnostics.push(*error);
                    continue;
                }
            };
            let key = provider.address.key.as_ref().map_or(String::new(), |key| format!("[{}]", quoted(key)));
            let object = ObjectKey { address: address.clone(), deposed: None };
            match import::lookup(&**definition, &object, &provider, &wanted.id, None) {
                Ok(lookup) => found.push(Undescribed {
                    lookup,
                    address,
                    id: wanted.id,
                    schema: kind.schema.clone(),
                    definition: definition.clone(),
                    provider: block
                        .provider
                        .as_ref()
                        .and_then(|it| Some(format!("{}.{}{key}", it.name, it.alias.as_ref()?))),
                }),
                Err(problem) => diagnostics
                    .push(super::problem::diagnostic(&problem, &Default::default(), Some(block.span)).on(&address)),
            }
        }
    }
    diagnostics.extend(world.take_diagnostics());
    if has_errors(&diagnostics) { Err(diagnostics) } else { Ok(found) }
}

/// The block for what was found of each object; what was not found is left for the plan to report.
pub fn blocks(undescribed: &[Undescribed], snapshot: &Snapshot) -> Vec<(InstanceAddress, String)> {
    let block = |it: &Undescribed| {
        let key = ObjectKey { address: it.address.clone(), deposed: None };
        let Some(Ok(Some((object, _)))) = import::found(snapshot, &key) else { return None };
        let resource = &it.address.resource;
        let mut out = format!("resource {:?} {:?} {{\n", &*resource.type_name, &*resource.name);
        let provider = it.provider.iter().map(|provider| ("provider".to_owned(), provider.clone()));
        let (arguments, stand_ins) = agreeing(it, arguments(&it.schema.block, &object));
        let writer = Writer { of: it };
        writer.body(&it.schema.block, &arguments, "", provider.collect(), 2, &mut out);
        if !stand_ins.is_empty() {
            // What stands in is no value for a new object.
            let names = stand_ins.join(", ");
            out.push_str(&format!(
                "  lifecycle {{\n    ignore_changes  = [{names}]\n    prevent_destroy = true\n  }}\n"
            ));
        }
        out.push('}');
        Some((it.address.clone(), out))
    };
    undescribed.iter().filter_map(block).collect()
}

/// What the file of generated blocks says.
pub fn file(undescribed: &[Undescribed], blocks: &[(InstanceAddress, String)]) -> String {
    let mut out = format!(
        "# __generated__ by {PRODUCT}\n# Please review these resources and move them into your main configuration files.\n"
    );
    for (address, block) in blocks {
        let id = undescribed.iter().find(|it| it.address == *address).map_or("", |it| &it.id);
        out.push_str(&format!("\n# __generated__ by {PRODUCT} from {id:?}\n{block}\n"));
    }
    out
}

/// Whether a configuration says it. An id that the provider chooses is no argument, whatever its schema says.
fn is_argument(name: &str, attribute: &Attribute) -> bool {
    let is_id = name == "id" && attribute.source == Source::OptionalComputed;
    attribute.is_configurable() && attribute.deprecated.is_none() && !is_id
}

/// The object with nothing but arguments; the other attributes are null.
fn arguments(schema: &SchemaBlock, object: &Value) -> Value {
    let Some(entries) = object.as_entries() else { return object.clone() };
    let argument = |(name, value): (&Text, &Value)| {
        let value = match (schema.attributes.get(name), schema.blocks.get(name)) {
            (Some(attribute), _) if !is_argument(name, attribute) => Value::null(attribute.ty.clone()),
            // Plugins of old say "" where nothing is set.
            (Some(attribute), _) if attribute.source != Source::Required && value.as_str() == Some("") => {
                Value::null(attribute.ty.clone())
            }
            (None, Some(nested)) => {
                let each = |values: &[Value]| values.iter().map(|it| arguments(&nested.block, it)).collect();
                let element = nested.block.implied_type();
                match &value.data {
                    Data::List(_, values) => Value::list(element, each(values)).marked(value.marks),
                    Data::Set(_, values) => Value::set(element, each(values)).marked(value.marks),
                    Data::Object(_) => arguments(&nested.block, value),
                    _ => value.clone(),
                }
            }
            _ => value.clone(),
        };
        (name.clone(), value)
    };
    Value::object(entries.iter().map(argument).collect()).marked(object.marks)
}

/// What stands for a secret that has to be given, and is not written into files.
const STAND_IN: &str = "(sensitive value)";

/// The arguments without those that the provider refuses beside the others, as long as leaving one out mends something. What says
/// nothing goes first, then what the provider would choose itself. Secrets are left out, too; the names are of those for which
/// something has to stand.
fn agreeing(of: &Undescribed, object: Value) -> (Value, Vec<Text>) {
    let block = &of.schema.block;
    let is_secret = |path: &Path| attribute(block, path).is_some_and(|(whole, it)| it.sensitive && whole == *path);
    let mut config = object.transform(&mut |at, it| is_secret(at).then(|| Value::null(it.ty())));
    let mut stand_ins = Vec::new();
    let type_name = &of.address.resource.type_name;
    let refused = |config: &Value| -> Vec<Path> {
        let problems = of.definition.validate(ResourceMode::Managed, type_name, &config.without_marks());
        problems.into_iter().filter(|it| it.severity == Severity::Error).filter_map(|it| it.attribute).collect()
    };
    let mut found = refused(&config);
    if !found.is_empty() && of.schema.null_is_zero {
        // Nothing is what says nothing: what it is refused beside may say something.
        let is_empty = |it: &Value| {
            it.as_elements().is_some_and(<[_]>::is_empty) || it.as_entries().is_some_and(BTreeMap::is_empty)
        };
        let is_optional = |at: &Path| attribute(block, at).is_some_and(|(_, it)| it.source == Source::Optional);
        config = config.transform(&mut |at, it| (is_empty(it) && is_optional(at)).then(|| Value::null(it.ty())));
        found = refused(&config);
    }
    let named = found.iter().filter_map(|path| attribute(&of.schema.block, path));
    let mut candidates: Vec<(Path, &Attribute)> = named.filter(|(_, it)| it.source != Source::Required).collect();
    candidates.sort_by_key(|(path, it)| {
        let is_zero = config.at(path).is_some_and(Value::is_zero);
        (!is_zero, it.source != Source::OptionalComputed, path.to_string())
    });
    candidates.dedup_by(|one, other| one.0 == other.0);
    for (path, attribute) in candidates {
        if found.is_empty() {
            break;
        }
        let without = config.transform(&mut |at, _| (*at == path).then(|| Value::null(attribute.ty.clone())));
        let left = refused(&without);
        if left.len() < found.len() {
            (config, found) = (without, left);
        }
    }
    let Some(entries) = object.as_entries() else { return (config, stand_ins) };
    let secrets = block.attributes.iter().filter(|(name, it)| {
        let is_text = it.ty == Type::String && entries.get(*name).and_then(Value::as_str).is_some();
        it.sensitive && is_argument(name, it) && is_text
    });
    for (name, secret) in secrets {
        let path = Path::attribute(name.clone());
        let with = config.transform(&mut |at, _| (*at == path).then(|| Value::string(STAND_IN)));
        let left = refused(&with);
        if left.len() < found.len() || secret.source == Source::Required {
            (config, found) = (with, left);
            stand_ins.push(name.clone());
        }
    }
    (config, stand_ins)
}

/// The attribute that `path` leads to or into, and the way to it.
fn attribute<'s>(schema: &'s SchemaBlock, path: &Path) -> Option<(Path, &'s Attribute)> {
    let mut block = schema;
    let mut way = Vec::new();
    for step in &path.0 {
        way.push(step.clone());
        let PathStep::Attribute(name) = step else { continue };
        match block.blocks.get(name) {
            Some(nested) => block = &nested.block,
            None => return Some((Path(way), block.attributes.get(name)?)),
        }
    }
    None
}

/// Writes the arguments of an object.
struct Writer<'a> {
    of: &'a Undescribed,
}

impl Writer<'_> {
    /// What is in a block, or in the blocks `path` of another one.
    fn body(
        &self,
        schema: &SchemaBlock,
        value: &Value,
        path: &str,
        mut lines: Vec<(String, String)>,
        indent: usize,
        out: &mut String,
    ) {
        let none = Value::null(Type::Any);
        let type_name = &self.of.address.resource.type_name;
        let is_written = |name: &str| self.of.definition.is_generated(type_name, &self.of.id, &format!("{path}{name}"));
        for (name, attribute) in schema.attributes.iter().filter(|(name, it)| is_argument(name, it) && is_written(name))
        {
            let value = value.get(name).unwrap_or(&none);
            lines.push((name.to_string(), argument(attribute, value, indent)));
        }
        write_lines(lines, indent, out);
        for (name, nested) in schema.blocks.iter().filter(|(name, _)| is_written(name)) {
            let Some(value) = value.get(name).filter(|it| !it.is_null() && it.is_known()) else { continue };
            let path = format!("{path}{name}.");
            let mut block = |label: Option<&Text>, value: &Value| {
                let label = label.map_or(String::new(), |it| format!(" {it:?}"));
                let margin = " ".repeat(indent);
                out.push_str(&format!("{margin}{name}{label} {{\n"));
                self.body(&nested.block, value, &path, Vec::new(), indent + 2, out);
                out.push_str(&format!("{margin}}}\n"));
            };
            match nested.nesting {
                Nesting::Single | Nesting::Group => block(None, value),
                Nesting::List | Nesting::Set => {
                    value.as_elements().into_iter().flatten().for_each(|it| block(None, it))
                }
                Nesting::Map => {
                    let entries: Option<&BTreeMap<Text, Value>> = value.as_entries();
                    entries.into_iter().flatten().for_each(|(label, it)| block(Some(label), it));
                }
            }
        }
    }
}

fn argument(attribute: &Attribute, value: &Value, indent: usize) -> String {
    if attribute.sensitive && value.as_str() == Some(STAND_IN) {
        return format!("{STAND_IN:?} # write the value here and take it out of lifecycle before a new object is made");
    }
    if attribute.spelling == Spelling::Sha1 && !value.is_null() {
        return "null # only its digest is known".into();
    }
    if attribute.sensitive || !value.marks_within().is_empty() {
        return "null # sensitive".into();
    }
    let mut out = String::new();
    match &value.data {
        // Plugins of old say "" where nothing is set.
        Data::String(text) if text.is_empty() && attribute.source != Source::Required => out.push_str("null"),
        Data::String(text) => match serde_json::from_str::<serde_json::Value>(text) {
            Ok(json) if json.is_object() || json.is_array() => {
                let inner = crate::value::from_json(&json, &Type::Any).unwrap_or_else(|_| value.clone());
                out.push_str("jsonencode(");
                write_value(&inner, indent, &mut out);
                out.push(')');
            }
            _ => write_value(value, indent, &mut out),
        },
        _ => write_value(value, indent, &mut out),
    }
    out
}

/// Refuses a file that is there already, or one that would not be read.
pub fn unfit(path: &std::path::Path, exists: bool) -> Option<Diagnostic> {
    if exists {
        let detail = format!(
            "{PRODUCT} can only write generated config into a new file. Either choose a different target location \
                      or move all existing configuration out of the target file, delete it and try again."
        );
        return Some(Diagnostic::error("Target generated file already exists", detail));
    }
    let is_read = path.extension().is_some_and(|it| it == "tf");
    (!is_read).then(|| {
        let detail = "Configuration is read from files whose name ends in .tf.";
        Diagnostic::error("Invalid target for generated configuration", detail)
    })
}

#[cfg(test)]
mod tests;
