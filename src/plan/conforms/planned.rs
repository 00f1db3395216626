//! Whether a plan does what the configuration says.

use super::{Mismatch, block_holds_secrets, field, holds_secrets, is_secret};
use crate::{
    schema::{Attribute, NestedAttributes, NestedBlock, Nesting, SchemaBlock, Source},
    value::{Data, Path, PathStep, Text, Value, go_value, quoted_string},
};
use std::collections::BTreeMap;

/// What of `planned` a provider may not plan for `config`, given the `prior` object. It decides what is computed and not
/// configured; beyond that it may only keep what there is.
pub fn check_planned(schema: &SchemaBlock, prior: &Value, config: &Value, planned: &Value) -> Vec<Mismatch> {
    let mut found = Vec::new();
    block(schema, &Three { prior, config, planned }, &Path::default(), &mut found);
    found
}

const UNKNOWN_ELEMENT: &str = "element representing nested block must not be unknown itself; set nested attribute values to \
                               unknown instead";
const UNKNOWN_BLOCK: &str = "attribute representing nested block must not be unknown itself; set nested attribute values to \
                             unknown instead";
const ABSENT: &str = "planned for absence but config wants existence";
const PRESENT: &str = "planned for existence but config wants absence";

/// The same part of three objects.
#[derive(Clone, Copy)]
struct Three<'v> {
    prior: &'v Value,
    config: &'v Value,
    planned: &'v Value,
}

fn block(schema: &SchemaBlock, object: &Three<'_>, path: &Path, found: &mut Vec<Mismatch>) {
    match (object.planned.is_null(), object.config.is_null()) {
        (true, false) => return found.push(Mismatch::new(path, ABSENT)),
        (false, true) => return found.push(Mismatch::new(path, PRESENT)),
        (true, true) => return,
        (false, false) => {}
    }
    attributes(&schema.attributes, object, false, path, found);
    for (name, nested) in &schema.blocks {
        let part = |of: &Value| field(of, name, || nested.implied_type());
        let (prior, config, planned) = (part(object.prior), part(object.config), part(object.planned));
        let path = path.then(PathStep::Attribute(name.clone()));
        blocks(nested, &Three { prior: &prior, config: &config, planned: &planned }, &path, found);
    }
}

fn blocks(nested: &NestedBlock, object: &Three<'_>, path: &Path, found: &mut Vec<Mismatch>) {
    let Three { prior, config, planned } = *object;
    if planned.equals_unmarked(config) {
        return;
    }
    if !config.is_known() {
        let planned = told(planned, block_holds_secrets(&nested.block) || is_secret(planned));
        return found.push(Mismatch::new(path, format!("planned value {planned} for unknown dynamic block")));
    }
    if !planned.is_known() {
        return found.push(Mismatch::new(path, UNKNOWN_BLOCK));
    }
    if planned.is_null() && !matches!(nested.nesting, Nesting::Single | Nesting::Group) {
        let what = format!(
            "attribute representing a {} of nested blocks must be empty to indicate no blocks, not null",
            nested.nesting.name()
        );
        return found.push(Mismatch::new(path, what));
    }
    match nested.nesting {
        Nesting::Single | Nesting::Group => block(&nested.block, object, path, found),
        Nesting::List => {
            let (planned, config) = (elements(planned), elements(config));
            if planned.len() != config.len() {
                return found.push(count(path, planned.len(), config.len()));
            }
            for (at, (planned, config)) in planned.iter().zip(config).enumerate() {
                let null = Value::null(nested.block.implied_type());
                let prior = elements(prior).get(at).unwrap_or(&null);
                let path = path.then(PathStep::Index(at));
                element(nested, &Three { prior, config, planned }, &path, found);
            }
        }
        Nesting::Map => labelled(nested, object, path, found),
        // Elements have no names, so that nobody can tell which one of them came of which one.
        Nesting::Set => {
            for planned in elements(planned).iter().filter(|it| !it.is_known()) {
                let path = path.then(PathStep::Element(planned.clone()));
                found.push(Mismatch::new(&path, UNKNOWN_ELEMENT));
            }
        }
    }
}

fn labelled(nested: &NestedBlock, object: &Three<'_>, path: &Path, found: &mut Vec<Mismatch>) {
    let none = BTreeMap::new();
    let (planned, config) = (entries(object.planned, &none), entries(object.config, &none));
    // Where types differ from element to element, it is an object.
    let is_map = matches!(object.planned.data, Data::Map(..));
    if is_map && planned.len() != config.len() {
        return found.push(count(path, planned.len(), config.len()));
    }
    for (key, planned) in planned {
        let below = path.then(if is_map { PathStep::Key(key.clone()) } else { PathStep::Attribute(key.clone()) });
        let Some(config) = config.get(key) else {
            let (at, key) = (if is_map { &below } else { path }, quoted_string(key));
            found.push(Mismatch::new(at, format!("block key {key} from plan is not present in config")));
            continue;
        };
        let null = Value::null(nested.block.implied_type());
        let prior = object.prior.get(key).unwrap_or(&null);
        element(nested, &Three { prior, config, planned }, &below, found);
    }
    for key in config.keys().filter(|it| !planned.contains_key(*it)) {
        let what = format!("block key {} from config is not present in plan", quoted_string(key));
        found.push(Mismatch::new(path, what));
    }
}

fn element(nested: &NestedBlock, object: &Three<'_>, path: &Path, found: &mut Vec<Mismatch>) {
    if !object.planned.is_known() {
        return found.push(Mismatch::new(path, UNKNOWN_ELEMENT));
    }
    block(&nested.block, object, path, found);
}

fn count(path: &Path, planned: usize, config: usize) -> Mismatch {
    Mismatch::new(path, format!("block count in plan ({planned}) disagrees with count in config ({config})"))
}

fn elements(value: &Value) -> &[Value] {
    value.as_elements().unwrap_or_default()
}

fn entries<'v>(value: &'v Value, none: &'v BTreeMap<Text, Value>) -> &'v BTreeMap<Text, Value> {
    value.as_entries().unwrap_or(none)
}

/// `in_secret`: whether what they are in is sensitive as a whole.
fn attributes(
    schema: &BTreeMap<Text, Attribute>,
    object: &Three<'_>,
    in_secret: bool,
    path: &Path,
    found: &mut Vec<Mismatch>,
) {
    for (name, it) in schema {
        let part = |of: &Value| field(of, name, || it.ty.without_optional());
        let (prior, config, planned) = (part(object.prior), part(object.config), part(object.planned));
        let object = Three { prior: &prior, config: &config, planned: &planned };
        attribute(it, &object, in_secret, &path.then(PathStep::Attribute(name.clone())), found);
    }
}

fn attribute(schema: &Attribute, object: &Three<'_>, in_secret: bool, path: &Path, found: &mut Vec<Mismatch>) {
    let Three { prior, config, planned } = *object;
    if planned.equals_unmarked(config) || (planned.equals_unmarked(prior) && !prior.is_null() && !config.is_null()) {
        return;
    }
    if schema.write_only {
        if !planned.is_null() {
            found.push(Mismatch::new(path, "planned value for write-only attribute is not null"));
        }
        return;
    }
    if schema.source == Source::Computed || (schema.is_computed() && config.is_null()) {
        return;
    }
    let in_secret = in_secret || schema.sensitive;
    if !config.is_null()
        && let Some(inner) = &schema.nested
    {
        return nested(inner, object, in_secret, path, found);
    }
    // Terraform goes by the schema alone here, and tells what the configuration has marked.
    let is_secret = in_secret || holds_secrets(schema) || [prior, config, planned].into_iter().any(is_secret);
    let planned = told(planned, is_secret);
    let what = match (config.is_null(), is_secret, prior.is_null()) {
        (true, true, _) => "sensitive planned value for a non-computed attribute".into(),
        (true, false, _) => format!("planned value {planned} for a non-computed attribute"),
        (false, true, true) => "sensitive planned value does not match config value".into(),
        (false, true, false) => "sensitive planned value does not match config value nor prior value".into(),
        (false, false, true) => format!("planned value {planned} does not match config value {}", go_value(config)),
        (false, false, false) => format!(
            "planned value {planned} does not match config value {} nor prior value {}",
            go_value(config),
            go_value(prior)
        ),
    };
    found.push(Mismatch::new(path, what));
}

fn told(value: &Value, is_secret: bool) -> String {
    if is_secret { "(sensitive value)".into() } else { go_value(value) }
}

fn nested(schema: &NestedAttributes, object: &Three<'_>, in_secret: bool, path: &Path, found: &mut Vec<Mismatch>) {
    let Three { prior, config, planned } = *object;
    if planned.is_null() {
        return found.push(Mismatch::new(path, ABSENT));
    }
    if !planned.is_known() {
        return found.push(Mismatch::new(path, "planned unknown for configured value"));
    }
    let (plan_count, config_count) = (length(planned), length(config));
    let disagree = || {
        let counts = (go_value(&plan_count), go_value(&config_count));
        Mismatch::new(path, format!("count in plan ({}) disagrees with count in config ({})", counts.0, counts.1))
    };
    let are_equal = plan_count.is_known() && plan_count.equals(&config_count).as_bool() == Some(true);
    let null = config.children().next().map_or_else(|| Value::null(config.ty()), |it| Value::null(it.ty()));
    match schema.nesting {
        Nesting::Single | Nesting::Group => attributes(&schema.attributes, object, in_secret, path, found),
        Nesting::List if !are_equal => found.push(disagree()),
        Nesting::List => {
            for (at, (planned, config)) in elements(planned).iter().zip(elements(config)).enumerate() {
                let prior = elements(prior).get(at).unwrap_or(&null);
                let path = path.then(PathStep::Index(at));
                attributes(&schema.attributes, &Three { prior, config, planned }, in_secret, &path, found);
            }
        }
        Nesting::Map if !are_equal => found.push(disagree()),
        Nesting::Map => {
            let none = BTreeMap::new();
            let (planned, config) = (entries(planned, &none), entries(config, &none));
            for (key, planned) in planned {
                let Some(config) = config.get(key) else {
                    let what = format!("map key {} from plan is not present in config", quoted_string(key));
                    found.push(Mismatch::new(path, what));
                    continue;
                };
                let prior = prior.get(key).unwrap_or(&null);
                let path = path.then(PathStep::Attribute(key.clone()));
                attributes(&schema.attributes, &Three { prior, config, planned }, in_secret, &path, found);
            }
            for key in config.keys().filter(|it| !planned.contains_key(*it)) {
                let what = format!("map key {} from config is not present in plan", quoted_string(key));
                found.push(Mismatch::new(path, what));
            }
        }
        Nesting::Set if plan_count.is_less(&config_count).is_some() => found.push(disagree()),
        Nesting::Set => {}
    }
}

/// How many elements a value has, as far as that is known.
fn length(value: &Value) -> Value {
    let (least, most) = value.lengths().unwrap_or_default();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX).into();
    Value::number_between(Some(number(least)), Some(number(most)))
}
