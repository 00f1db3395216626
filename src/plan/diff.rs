//! What a configuration makes of an object: the proposed value, and what of it forces a replacement.
//!
//! The rules are those of Terraform's `objchange` for the merge of configuration and prior value; the schema says what
//! is filled in, and which values mean the same. Types with rules of their own adjust the result in
//! [`crate::provider::ConfiguredProvider::plan`].

use super::{
    equal::{equivalent, same},
    spelling::spelled,
};
use crate::{
    schema::{Attribute, NestedBlock, Nesting, Schema, SchemaBlock, Source, Spelling},
    value::{Data, Path, PathStep, Type, Value},
};
use std::collections::BTreeMap;

/// The object that `config` asks for, given the `prior` one (null if there is none).
///
/// Computed attributes keep their prior value, or are unknown where there is none.
pub fn propose(schema: &Schema, prior: &Value, config: &Value) -> Value {
    propose_block(&schema.block, schema.null_is_zero, prior, config, false)
}

/// Where null is zero, elements of sets have no nulls.
fn propose_block(block: &SchemaBlock, null_is_zero: bool, prior: &Value, config: &Value, in_set: bool) -> Value {
    if !config.is_known() || config.is_null() {
        return config.clone();
    }
    let mut out = BTreeMap::new();
    for (name, attribute) in &block.attributes {
        let config = field(config, name, &attribute.ty);
        let value = propose_attribute(attribute, null_is_zero, prior.get(name), config, in_set);
        out.insert(name.clone(), value);
    }
    for (name, nested) in &block.blocks {
        let config = config.get(name).cloned().unwrap_or_else(|| Value::null(nested.implied_type()));
        out.insert(name.clone(), propose_nested(nested, null_is_zero, prior.get(name), config));
    }
    Value::object(out).marked(config.marks)
}

fn field(object: &Value, name: &str, ty: &Type) -> Value {
    object.get(name).cloned().unwrap_or_else(|| Value::null(ty.clone()))
}

fn propose_attribute(
    attribute: &Attribute,
    null_is_zero: bool,
    prior: Option<&Value>,
    config: Value,
    in_set: bool,
) -> Value {
    if attribute.write_only {
        return Value::null(attribute.ty.clone());
    }
    let config = if null_is_zero { vague(config) } else { config };
    let kept = || prior.cloned().unwrap_or_else(|| Value::unknown(attribute.ty.clone()));
    match &attribute.source {
        Source::Computed => kept(),
        Source::OptionalComputed if config.is_null() => kept(),
        Source::OptionalComputed if null_is_zero && leaves_open(attribute, &config, prior) => {
            kept().marked(config.marks)
        }
        Source::Default(default) if config.is_null() => same_or(attribute, null_is_zero, prior, default.clone()),
        _ if null_is_zero && config.is_null() && in_set => Value::zero(&attribute.ty).unwrap_or(config),
        _ if null_is_zero && holds_objects(&attribute.ty) => same_or(attribute, true, prior, filled(&config)),
        _ => same_or(attribute, null_is_zero, prior, config),
    }
}

/// Whether what the configuration says is to Terraform's older SDK as if it said nothing, so that the provider decides: an empty text
/// always is, unless it is kept as its hash, and an empty set where there is no object yet, unless it can be written as blocks.
fn leaves_open(attribute: &Attribute, config: &Value, prior: Option<&Value>) -> bool {
    match &config.data {
        Data::String(text) => text.is_empty() && attribute.spelling != Spelling::Sha1,
        Data::Set(element, values) => prior.is_none() && values.is_empty() && !holds_members(element),
        _ => false,
    }
}

/// The prior value where `wanted` means the same, so that a difference in spelling is not a change.
fn same_or(attribute: &Attribute, null_is_zero: bool, prior: Option<&Value>, wanted: Value) -> Value {
    match prior {
        Some(prior) if equivalent(attribute, null_is_zero, prior, &wanted) => prior.clone().marked(wanted.marks),
        _ => spelled(attribute.spelling, wanted),
    }
}

/// Nothing is known of a set of which one element is not, where the provider is written with Terraform's older SDK: two unknown
/// elements may be one.
fn vague(config: Value) -> Value {
    match &config.data {
        Data::Set(element, values) if !holds_members(element) && values.iter().any(|it| !it.is_known()) => {
            Value::unknown(Type::set(element.clone())).marked(config.marks)
        }
        _ => config,
    }
}

fn holds_members(ty: &Type) -> bool {
    !matches!(ty, Type::String | Type::Number | Type::Bool)
}

/// Whether it is a collection of objects, whose elements are stored without nulls where null is zero:
/// `ingress = [{ … }]` leaves `self = false`, `description = ""`.
fn holds_objects(ty: &Type) -> bool {
    matches!(ty, Type::List(element) | Type::Set(element) if matches!(**element, Type::Object(_)))
}

/// `value` without the nulls of the objects in it.
fn filled(value: &Value) -> Value {
    let all = |values: &[Value]| values.iter().map(filled).collect::<Vec<_>>();
    let data = match &value.data {
        Data::List(ty, values) => Data::List(ty.clone(), all(values).into()),
        Data::Set(ty, values) => return Value::set(ty.clone(), all(values)).marked(value.marks),
        Data::Object(entries) => {
            let entries = entries.iter().map(|(name, value)| (name.clone(), filled_member(value)));
            Data::Object(entries.collect::<BTreeMap<_, _>>().into())
        }
        _ => return value.clone(),
    };
    Value { data, marks: value.marks }
}

fn filled_member(value: &Value) -> Value {
    match &value.data {
        Data::Null(ty) => Value::zero(ty).map_or_else(|| value.clone(), |it| it.marked(value.marks)),
        _ => filled(value),
    }
}

fn propose_nested(nested: &NestedBlock, null_is_zero: bool, prior: Option<&Value>, config: Value) -> Value {
    let empty = config.is_null() || config.as_elements().is_some_and(<[_]>::is_empty);
    if empty && nested.computed {
        return prior.cloned().unwrap_or_else(|| Value::unknown(nested.implied_type()));
    }
    let Some(_) = known_collection(&config) else { return config };
    let marks = config.marks;
    let none = Value::null(nested.block.implied_type());
    match nested.nesting {
        Nesting::Single | Nesting::Group => {
            propose_block(&nested.block, null_is_zero, prior.unwrap_or(&none), &config, false)
        }
        Nesting::List => {
            let priors = prior.and_then(Value::as_elements).unwrap_or_default();
            let elements = config.as_elements().unwrap_or_default().iter().enumerate().map(|(at, it)| {
                let prior = priors.get(at).unwrap_or(&none);
                propose_block(&nested.block, null_is_zero, prior, it, false)
            });
            Value::list(nested.block.implied_type(), elements.collect()).marked(marks)
        }
        Nesting::Set => propose_set(&nested.block, null_is_zero, prior, &config).marked(marks),
        Nesting::Map => {
            let entries = config.as_entries().into_iter().flatten().map(|(key, it)| {
                let prior = prior.and_then(|prior| prior.get(key)).unwrap_or(&none);
                (key.clone(), propose_block(&nested.block, null_is_zero, prior, it, false))
            });
            Value::map(nested.block.implied_type(), entries.collect()).marked(marks)
        }
    }
}

fn known_collection(value: &Value) -> Option<()> {
    (value.is_known() && !value.is_null()).then_some(())
}

/// Elements of a set have no names: one of `config` continues the prior one that agrees with all it sets.
fn propose_set(block: &SchemaBlock, null_is_zero: bool, prior: Option<&Value>, config: &Value) -> Value {
    let none = Value::null(block.implied_type());
    let mut candidates: Vec<&Value> = prior.and_then(Value::as_elements).unwrap_or_default().iter().collect();
    let elements = config.as_elements().unwrap_or_default().iter().map(|element| {
        let proposed = |prior: &Value| propose_block(block, null_is_zero, prior, element, true);
        let continued = candidates.iter().position(|it| !is_changed(block, null_is_zero, it, &proposed(it)));
        proposed(continued.map_or(&none, |at| candidates.swap_remove(at)))
    });
    Value::set(block.implied_type(), elements.collect::<Vec<_>>())
}

fn is_changed(block: &SchemaBlock, null_is_zero: bool, before: &Value, after: &Value) -> bool {
    let mut changed = false;
    walk_changes(block, null_is_zero, before, after, &Path::default(), false, &mut |_, _| changed = true);
    changed
}

/// What a change does, once the provider had its say.
#[derive(Clone, Debug, Default)]
pub struct Difference {
    pub changed: bool,
    /// The paths that make a replacement necessary.
    pub replace: Vec<Path>,
}

/// Compares the object that is with the one that is planned.
pub fn difference(schema: &Schema, before: &Value, after: &Value) -> Difference {
    let mut found = Difference::default();
    walk_changes(&schema.block, schema.null_is_zero, before, after, &Path::default(), false, &mut |path, force_new| {
        found.changed = true;
        if force_new && !found.replace.contains(path) {
            found.replace.push(path.clone());
        }
    });
    found
}

fn walk_changes(
    block: &SchemaBlock,
    null_is_zero: bool,
    before: &Value,
    after: &Value,
    path: &Path,
    force_new: bool,
    report: &mut dyn FnMut(&Path, bool),
) {
    if !before.is_known() || !after.is_known() || before.is_null() != after.is_null() {
        return report(path, force_new || forces_anywhere(block));
    }
    for (name, attribute) in &block.attributes {
        let (Some(before), Some(after)) = (before.get(name), after.get(name)) else { continue };
        if !same(null_is_zero, before, after) {
            report(&path.then(PathStep::Attribute(name.clone())), force_new || attribute.force_new);
        }
    }
    for (name, nested) in &block.blocks {
        let (Some(before), Some(after)) = (before.get(name), after.get(name)) else { continue };
        let path = path.then(PathStep::Attribute(name.clone()));
        let force_new = force_new || nested.force_new;
        match (nested.nesting, before.as_elements(), after.as_elements()) {
            (Nesting::Single | Nesting::Group, _, _)
                if known_collection(before).is_some() && known_collection(after).is_some() =>
            {
                walk_changes(&nested.block, null_is_zero, before, after, &path, force_new, report);
            }
            (Nesting::List, Some(befores), Some(afters)) if befores.len() == afters.len() => {
                for (at, (before, after)) in befores.iter().zip(afters).enumerate() {
                    let path = path.then(PathStep::Index(at));
                    walk_changes(&nested.block, null_is_zero, before, after, &path, force_new, report);
                }
            }
            (Nesting::List, Some(befores), Some(afters)) => {
                let (fewer, more) = if befores.len() < afters.len() { (befores, afters) } else { (afters, befores) };
                for (at, element) in more.iter().enumerate().skip(fewer.len()) {
                    // A block that sets nothing asks for nothing else than there is.
                    let forces = says_anything(element) && (force_new || forces_anywhere(&nested.block));
                    report(&path.then(PathStep::Index(at)), forces);
                }
            }
            _ if same(null_is_zero, before, after) => {}
            _ => report(&path, force_new || forces_anywhere(&nested.block)),
        }
    }
}

/// Whether anything in it is known, and not null.
fn says_anything(value: &Value) -> bool {
    match value.as_entries() {
        Some(entries) => entries.values().any(says_anything),
        None => value.as_elements().map_or(value.is_known() && !value.is_null(), |it| it.iter().any(says_anything)),
    }
}

fn forces_anywhere(block: &SchemaBlock) -> bool {
    block.attributes.values().any(|it| it.force_new)
        || block.blocks.values().any(|it| it.force_new || forces_anywhere(&it.block))
}

#[cfg(test)]
mod tests;
