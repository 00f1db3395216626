//! The configurations of types with one argument changed, each a resource and a file of its own.

use crate::{
    later,
    stage::{STAGES, Type, types},
    workspace::{Workspace, repository},
};
use hcl_edit::structure::{Block, Body, Structure};
use rforge::{
    aws::AwsProvider,
    provider::Provider,
    schema::{Attribute, NestedBlock, SchemaBlock, Source},
    value::Type as ValueType,
};
use serde_json::Value;
use std::{collections::BTreeMap, fs};

/// The subject of a type with one argument changed.
#[derive(Clone)]
pub(super) struct Variant {
    type_name: String,
    name: String,
    text: String,
    /// Of its own, where a group may have only one such rule.
    group: Option<String>,
}

const GROUP: &str = "security_group_id";

impl Variant {
    pub(super) fn file(&self) -> String {
        format!("modules/{}/{}.tf", self.type_name, self.name)
    }

    pub(super) fn write(&self, workspace: &Workspace) {
        let text = format!("resource \"{}\" \"{}\" {{\n{}}}\n", self.type_name, self.name, self.text);
        workspace.write(&self.file(), &text);
    }

    pub(super) fn remove(&self, workspace: &Workspace) {
        fs::remove_file(workspace.path().join(self.file())).unwrap();
    }
}

/// What stands in a body, by argument or type of block.
type Parts = BTreeMap<String, String>;

pub(super) fn all() -> Vec<Variant> {
    let provider = AwsProvider::default();
    types().iter().flat_map(|it| of(it, &provider.schemas().resource(&it.name).unwrap().schema.block)).collect()
}

fn of(of: &Type, schema: &SchemaBlock) -> Vec<Variant> {
    let first = parts(of, STAGES[0]).expect("a first stage");
    let mut variants = Vec::new();
    let mut add = |name: String, key: &str, text: Option<String>| {
        let mut parts = first.clone();
        match text {
            Some(text) => drop(parts.insert(key.to_owned(), text)),
            None => drop(parts.remove(key)),
        }
        if parts == first {
            return;
        }
        let group = (key != GROUP && parts.contains_key(GROUP)).then(|| format!("sg-{:017x}", variants.len()));
        if let Some(group) = &group {
            parts.insert(GROUP.into(), format!("{GROUP} = \"{group}\"\n"));
        }
        variants.push(Variant { type_name: of.name.clone(), name, text: parts.into_values().collect(), group });
    };
    for key in first.keys() {
        add(format!("without_{key}"), key, None);
    }
    for stage in &STAGES[1..] {
        for (key, text) in parts(of, stage).unwrap_or_default() {
            add(format!("{key}_as_in_{stage}"), &key, Some(text));
        }
    }
    // Something that says a region would give all objects of the published provider that attribute.
    // Something that says a region would give all objects of the published provider that attribute.
    let came_later = |path: &[&str]| path == ["region"] || later::of("resource", &of.name).any(|it| it == path);
    let settable = schema.attributes.iter().filter(|(name, it)| it.is_configurable() && !came_later(&[name]));
    for (key, attribute) in settable {
        for (number, value) in samples(&attribute.ty).into_iter().enumerate() {
            add(format!("{key}_{number}"), key, Some(format!("  {key} = {value}\n")));
        }
    }
    for (key, nested) in schema.blocks.iter().filter(|(name, _)| !came_later(&[name])) {
        let what: [&dyn Fn(&[&str], &Attribute) -> bool; 2] = [&|_, it| it.source == Source::Required, &|path, it| {
            it.is_configurable() && it.deprecated.is_none() && !came_later(path)
        }];
        for (number, holds) in what.into_iter().enumerate() {
            add(format!("{key}_{number}"), key, Some(block(&[key], nested, number > 0, holds)));
        }
    }
    variants
}

/// The parts of a type's subject at a stage, if it has one of its own.
fn parts(of: &Type, stage: &str) -> Option<Parts> {
    let file = repository().join("tests/scenarios/types").join(&of.name).join(format!("{stage}.tf"));
    let body: Body = fs::read_to_string(file).ok()?.parse().unwrap();
    let (_, name) = of.facts["address"].as_str().unwrap().split_once('.').unwrap();
    let is_subject = |it: &&Block| {
        let labels: Vec<&str> = it.labels.iter().map(|it| it.as_str()).collect();
        it.has_ident("resource") && labels == [&*of.name, name]
    };
    let subject = body.blocks().find(is_subject).expect("the subject");
    let mut parts = Parts::new();
    for it in &subject.body {
        let (name, text) = match it {
            Structure::Attribute(it) => (it.key.to_string(), format!("{} ={}\n", it.key, it.value)),
            Structure::Block(it) => {
                (it.ident.to_string(), format!("{}\n", Body::from(vec![Structure::from(it.clone())])))
            }
        };
        parts.entry(name.trim().to_owned()).or_default().push_str(&text);
    }
    Some(parts)
}

/// Some values of a type, as expressions.
fn samples(ty: &ValueType) -> Vec<String> {
    let of = |it: &ValueType| samples(it).into_iter().next().unwrap_or_else(|| "null".into());
    match ty {
        ValueType::Bool => vec!["true".into(), "false".into()],
        ValueType::Number => vec!["1".into(), "0".into(), "-7".into()],
        ValueType::String => vec!["\"sample\"".into(), "\"\"".into()],
        ValueType::List(it) | ValueType::Set(it) => vec![format!("[{}]", of(it)), "[]".into()],
        ValueType::Map(it) => vec![format!("{{ sample = {} }}", of(it)), "{}".into()],
        ValueType::Object(it) => {
            let of = |(name, ty): (&std::sync::Arc<str>, &ValueType)| format!("{name} = {}", of(ty));
            vec![format!("{{ {} }}", it.attributes.iter().map(of).collect::<Vec<_>>().join(", "))]
        }
        _ => Vec::new(),
    }
}

/// A block with a sample of each attribute that it `holds`, and with all blocks or those that it must have.
fn block(path: &[&str], of: &NestedBlock, all: bool, holds: &dyn Fn(&[&str], &Attribute) -> bool) -> String {
    let name = path.last().unwrap();
    let attributes = of.block.attributes.iter().filter(|(it, attribute)| holds(&[path, &[it]].concat(), attribute));
    // Which of several wrong times to wait Terraform names is left to chance.
    let attributes = attributes.take(if *name == "timeouts" { 1 } else { usize::MAX });
    let attributes = attributes.filter_map(|(name, it)| Some(format!("{name} = {}\n", samples(&it.ty).first()?)));
    let blocks = of.block.blocks.iter().filter(|(_, it)| all || it.min_items > 0);
    let blocks = blocks.map(|(inner, it)| block(&[path, &[inner]].concat(), it, all, holds));
    format!("{name} {{\n{}}}\n", attributes.chain(blocks).collect::<String>())
}

/// A state in which each variant is as the subject of its type was after the first stage, beside what that needs.
pub(super) fn state(variants: &[Variant]) -> Value {
    let file = repository().join("tests/scenarios/parity/update.state.json");
    let mut state: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let resources = state["resources"].as_array_mut().unwrap();
    let subjects: BTreeMap<String, Value> = types()
        .iter()
        .map(|it| {
            let (_, name) = it.facts["address"].as_str().unwrap().split_once('.').unwrap();
            let module = format!("module.{}", it.name);
            let is_it = |of: &&Value| of["module"] == *module && of["type"] == *it.name && of["name"] == name;
            (it.name.clone(), resources.iter().find(is_it).expect("the subject in the state").clone())
        })
        .collect();
    resources.extend(variants.iter().map(|it| {
        let mut resource = subjects[&it.type_name].clone();
        resource["name"] = it.name.clone().into();
        let attributes = &mut resource["instances"][0]["attributes"];
        match &it.group {
            Some(group) => attributes[GROUP] = group.clone().into(),
            None if it.type_name == "aws_security_group" => attributes["id"] = format!("sg-{}", it.name).into(),
            None => {}
        }
        resource
    }));
    state
}
