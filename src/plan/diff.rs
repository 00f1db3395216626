//! What a configuration makes of an object: the proposed value, and what of it forces a replacement.
//!
//! The rules are those of Terraform's `objchange` for the merge of configuration and prior value, and of its
//! SDK for defaults and for values that mean the same. Types with rules of their own adjust the result in
//! [`crate::provider::ConfiguredProvider::plan`].

use super::equal::{equivalent, is_empty_like};
use crate::{
    schema::{Attribute, Block, NestedBlock, Nesting, OnUpdate, Source},
    value::{Data, Path, PathStep, Text, Type, Value},
};
use std::collections::BTreeMap;

/// The object that `config` asks for, given the `prior` one (null if there is none).
///
/// Computed attributes keep their prior value, or are unknown where there is none.
pub fn propose(block: &Block, prior: &Value, config: &Value) -> Value {
    propose_block(block, prior, config, false)
}

/// `in_set` blocks have null primitives replaced by their zero value, as Terraform's SDK stores them.
fn propose_block(block: &Block, prior: &Value, config: &Value, in_set: bool) -> Value {
    if !config.is_known() || config.is_null() {
        return config.clone();
    }
    let mut out = BTreeMap::new();
    for (name, attribute) in &block.attributes {
        let value = propose_attribute(attribute, prior.get(name), field(config, name, &attribute.ty), in_set);
        out.insert(name.clone(), value);
    }
    for (name, nested) in &block.blocks {
        let config = config.get(name).cloned().unwrap_or_else(|| Value::null(nested.implied_type()));
        out.insert(name.clone(), propose_nested(nested, prior.get(name), config));
    }
    Value::object(out).marked(config.marks)
}

fn field(object: &Value, name: &str, ty: &Type) -> Value {
    object.get(name).cloned().unwrap_or_else(|| Value::null(ty.clone()))
}

fn propose_attribute(attribute: &Attribute, prior: Option<&Value>, config: Value, in_set: bool) -> Value {
    if attribute.write_only {
        return Value::null(attribute.ty.clone());
    }
    let kept = || prior.cloned().unwrap_or_else(|| Value::unknown(attribute.ty.clone()));
    match &attribute.source {
        Source::Computed => kept(),
        Source::OptionalComputed if config.is_null() => kept(),
        Source::Default(default) if config.is_null() => same_or(attribute, prior, default.clone()),
        _ if config.is_null() && in_set => zero(&attribute.ty).unwrap_or(config),
        _ => same_or(attribute, prior, fill_elements(config)),
    }
}

/// The prior value where `wanted` means the same, so that a difference in spelling is not a change.
fn same_or(attribute: &Attribute, prior: Option<&Value>, wanted: Value) -> Value {
    match prior {
        Some(prior) if equivalent(attribute, prior, &wanted) => prior.clone().marked(wanted.marks),
        _ => wanted,
    }
}

/// Objects inside a set are stored without nulls: `ingress { … }` leaves `self = false`, `description = ""`.
fn fill_elements(value: Value) -> Value {
    let Data::Set(Type::Object(element), values) = &value.data else { return value };
    let filled = values.iter().map(|it| match it.as_entries() {
        Some(entries) => {
            let entries = entries.iter().map(|(name, it)| {
                let filled = it.is_null().then(|| zero(&element.attributes[name])).flatten();
                (name.clone(), filled.unwrap_or_else(|| it.clone()))
            });
            Value::object(entries.collect()).marked(it.marks)
        }
        None => it.clone(),
    });
    Value::set(Type::Object(element.clone()), filled.collect()).marked(value.marks)
}

/// What Terraform's SDK stores for a primitive or collection that is not set.
fn zero(ty: &Type) -> Option<Value> {
    Some(match ty {
        Type::String => Value::string(""),
        Type::Bool => Value::bool(false),
        Type::Number => Value::number(0),
        Type::List(element) => Value::list((**element).clone(), Vec::new()),
        Type::Set(element) => Value::set((**element).clone(), Vec::new()),
        Type::Map(element) => Value::map((**element).clone(), BTreeMap::new()),
        _ => return None,
    })
}

fn propose_nested(nested: &NestedBlock, prior: Option<&Value>, config: Value) -> Value {
    let empty = config.is_null() || config.as_elements().is_some_and(<[_]>::is_empty);
    if empty && nested.computed {
        return prior.cloned().unwrap_or_else(|| Value::unknown(nested.implied_type()));
    }
    let Some(_) = known_collection(&config) else { return config };
    let marks = config.marks;
    let none = Value::null(nested.block.implied_type());
    match nested.nesting {
        Nesting::Single => propose_block(&nested.block, prior.unwrap_or(&none), &config, false),
        Nesting::List => {
            let priors = prior.and_then(Value::as_elements).unwrap_or_default();
            let elements = config.as_elements().unwrap_or_default().iter().enumerate();
            let elements =
                elements.map(|(at, it)| propose_block(&nested.block, priors.get(at).unwrap_or(&none), it, false));
            Value::list(nested.block.implied_type(), elements.collect()).marked(marks)
        }
        Nesting::Set => propose_set(&nested.block, prior, &config).marked(marks),
        Nesting::Map => {
            let entries = config.as_entries().into_iter().flatten().map(|(key, it)| {
                let prior = prior.and_then(|prior| prior.get(key)).unwrap_or(&none);
                (key.clone(), propose_block(&nested.block, prior, it, false))
            });
            Value::map(nested.block.implied_type(), entries.collect()).marked(marks)
        }
    }
}

fn known_collection(value: &Value) -> Option<()> {
    (value.is_known() && !value.is_null()).then_some(())
}

/// Elements of a set have no names: one of `config` continues the prior one that agrees with all it sets.
fn propose_set(block: &Block, prior: Option<&Value>, config: &Value) -> Value {
    let none = Value::null(block.implied_type());
    let mut candidates: Vec<&Value> = prior.and_then(Value::as_elements).unwrap_or_default().iter().collect();
    let elements = config.as_elements().unwrap_or_default().iter().map(|element| {
        let continued =
            candidates.iter().position(|it| !is_changed(block, it, &propose_block(block, it, element, true)));
        let prior = continued.map_or(&none, |at| candidates.swap_remove(at));
        propose_block(block, prior, element, true)
    });
    Value::set(block.implied_type(), elements.collect::<Vec<_>>())
}

fn is_changed(block: &Block, before: &Value, after: &Value) -> bool {
    let mut changed = false;
    walk_changes(block, before, after, &Path::default(), false, &mut |_, _| changed = true);
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
pub fn difference(block: &Block, before: &Value, after: &Value) -> Difference {
    let mut found = Difference::default();
    walk_changes(block, before, after, &Path::default(), false, &mut |path, force_new| {
        found.changed = true;
        if force_new && !found.replace.contains(path) {
            found.replace.push(path.clone());
        }
    });
    found
}

/// Computed attributes that an update can move become unknown.
pub(super) fn forget_volatile(block: &Block, planned: Value, config: &Value) -> Value {
    let volatile: Vec<(&Text, &Attribute)> = block
        .attributes
        .iter()
        .filter(|(name, it)| it.on_update == OnUpdate::Unknown && config.get(name).is_none_or(Value::is_null))
        .collect();
    let Some(entries) = planned.as_entries().filter(|_| !volatile.is_empty()) else { return planned };
    let mut entries = entries.clone();
    for (name, attribute) in volatile {
        entries.insert(name.clone(), Value::unknown(attribute.ty.clone()));
    }
    Value::object(entries).marked(planned.marks)
}

fn walk_changes(
    block: &Block,
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
        if !same(before, after) && !(is_empty_like(before) && is_empty_like(after)) {
            report(&path.then(PathStep::Attribute(name.clone())), force_new || attribute.force_new);
        }
    }
    for (name, nested) in &block.blocks {
        let (Some(before), Some(after)) = (before.get(name), after.get(name)) else { continue };
        let path = path.then(PathStep::Attribute(name.clone()));
        let force_new = force_new || nested.force_new;
        match (nested.nesting, before.as_elements(), after.as_elements()) {
            (Nesting::Single, _, _) if known_collection(before).is_some() && known_collection(after).is_some() => {
                walk_changes(&nested.block, before, after, &path, force_new, report);
            }
            (Nesting::List, Some(befores), Some(afters)) if befores.len() == afters.len() => {
                for (at, (before, after)) in befores.iter().zip(afters).enumerate() {
                    walk_changes(&nested.block, before, after, &path.then(PathStep::Index(at)), force_new, report);
                }
            }
            (Nesting::List, Some(befores), Some(afters)) => {
                for at in befores.len().min(afters.len())..befores.len().max(afters.len()) {
                    report(&path.then(PathStep::Index(at)), force_new || forces_anywhere(&nested.block));
                }
            }
            _ if same(before, after) || (is_empty_like(before) && is_empty_like(after)) => {}
            _ => report(&path, force_new || forces_anywhere(&nested.block)),
        }
    }
}

fn forces_anywhere(block: &Block) -> bool {
    block.attributes.values().any(|it| it.force_new)
        || block.blocks.values().any(|it| it.force_new || forces_anywhere(&it.block))
}

/// Equality without marks: that a value became sensitive is not a change of the object.
fn same(before: &Value, after: &Value) -> bool {
    before.equals_unmarked(after)
}

#[cfg(test)]
mod tests;
