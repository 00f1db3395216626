//! `ignore_changes`: the configuration takes over what the object already has.

use super::traversal;
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span, has_errors},
    expression::syntax::tree::{Expression, ExpressionKind, Identifier},
    lang::configuration::IgnoreChanges,
    schema::{SchemaBlock, Source},
    value::{Data, Text, Type, Value},
};
use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

/// A step of a path in `ignore_changes`. Objects have names, maps keys, lists and tuples positions, each nothing else.
enum Step<'a> {
    Name(&'a Text),
    Key(&'a Text),
    Index(usize),
}

/// What one path names: a whole value or, if the path ends in a key, what a map has there.
struct Ignored<'a> {
    steps: Vec<Step<'a>>,
    key: Option<&'a Text>,
    prior: &'a Value,
}

/// `config` with what is to be ignored taken from `prior`.
pub fn apply(ignore: &IgnoreChanges, config: Value, prior: &Value) -> Value {
    match ignore {
        IgnoreChanges::Nothing => config,
        IgnoreChanges::All => keep_shape(&config, prior),
        IgnoreChanges::These(paths) => {
            let mut ignored: Vec<Ignored<'_>> = paths.iter().filter_map(|path| named(path, &config, prior)).collect();
            // What lies deeper comes first, since a whole value takes the place of all that is in it.
            ignored.sort_by_key(|it| (Reverse(it.steps.len()), it.key.is_none()));
            ignored.iter().fold(config, |config, it| graft(&config, &it.steps, it).unwrap_or(config))
        }
    }
}

/// What `path` names, if configuration and prior object both have it.
fn named<'a>(path: &'a Expression, config: &Value, prior: &'a Value) -> Option<Ignored<'a>> {
    let mut steps = steps(path)?;
    let key = match steps.last() {
        Some(Step::Key(key)) => Some(*key),
        _ => None,
    };
    steps.truncate(steps.len() - usize::from(key.is_some()));
    steps.iter().try_fold(config, step_into)?;
    let prior = steps.iter().try_fold(prior, step_into)?;
    Some(Ignored { steps, key, prior })
}

fn step_into<'v>(value: &'v Value, step: &Step<'_>) -> Option<&'v Value> {
    match (step, &value.data) {
        (Step::Name(name), Data::Object(entries)) | (Step::Key(name), Data::Map(_, entries)) => entries.get(*name),
        (Step::Index(at), Data::List(_, values) | Data::Tuple(values)) => values.get(*at),
        _ => None,
    }
}

/// What `ignore` names that the type does not have, and what the configuration cannot set in any case. `type_span` is
/// where the type of the resource is written.
pub(super) fn check(ignore: &IgnoreChanges, schema: &SchemaBlock, type_span: Span) -> Diagnostics {
    let IgnoreChanges::These(paths) = ignore else { return Diagnostics::new() };
    paths.iter().flat_map(|path| check_path(path, schema, type_span)).collect()
}

fn check_path(path: &Expression, schema: &SchemaBlock, type_span: Span) -> Diagnostics {
    let Some(first) = first(path) else { return Diagnostics::new() };
    let steps = chain(path, &first);
    let mut found: Diagnostics = traversal::check(schema, &steps).into_iter().collect();
    if !has_errors(&found) {
        found.extend(traversal::check_types(schema, &steps));
    }
    let is_decided =
        !has_errors(&found) && schema.attributes.get(&first.text).is_some_and(|it| it.source == Source::Computed);
    if is_decided {
        let name = &first.text;
        let detail = format!(
            "Adding an attribute name to ignore_changes tells Terraform to ignore future changes to the argument in \
             configuration after the object has been created, retaining the value originally configured.\n\nThe \
             attribute {name} is decided by the provider alone and therefore there can be no configured value to \
             compare with. Including this attribute in ignore_changes has no effect. Remove the attribute from \
             ignore_changes to quiet this warning."
        );
        found.push(Diagnostic::warning("Redundant ignore_changes element", detail).at(type_span));
    }
    found
}

/// What `path` begins with. As all that follows it begins where its dot would be, if it had one.
fn first(path: &Expression) -> Option<Identifier> {
    match &*path.kind {
        ExpressionKind::Attribute(inner, _) | ExpressionKind::Index(inner, _) => first(inner),
        ExpressionKind::Name(name) => {
            Some(Identifier { text: name.clone(), span: Span { start: path.span.start + 1, ..path.span } })
        }
        _ => None,
    }
}

/// `path` as the steps that lead there from the object.
fn chain<'e>(path: &'e Expression, first: &'e Identifier) -> Vec<traversal::Step<'e>> {
    let (inner, step) = match &*path.kind {
        ExpressionKind::Attribute(object, name) => (object, traversal::Step::Attribute(name)),
        ExpressionKind::Index(collection, key) => {
            let value = match &*key.kind {
                ExpressionKind::Literal(value) => value.clone(),
                _ => Value::unknown(Type::Any),
            };
            (collection, traversal::Step::Index(value, Span { start: collection.span.end, ..path.span }))
        }
        _ => return vec![traversal::Step::Attribute(first)],
    };
    let mut steps = chain(inner, first);
    steps.push(step);
    steps
}

/// All of the prior object, but still an object of the configuration's shape.
fn keep_shape(config: &Value, prior: &Value) -> Value {
    let Some(entries) = config.as_entries() else { return config.clone() };
    let kept = entries.iter().map(|(name, it)| (name.clone(), prior.get(name).unwrap_or(it).clone()));
    Value::object(kept.collect())
}

fn steps(path: &Expression) -> Option<Vec<Step<'_>>> {
    match &*path.kind {
        ExpressionKind::Name(name) => Some(vec![Step::Name(name)]),
        ExpressionKind::Attribute(object, name) => {
            let mut steps = steps(object)?;
            steps.push(Step::Name(&name.text));
            Some(steps)
        }
        ExpressionKind::Index(collection, key) => {
            let mut steps = steps(collection)?;
            let ExpressionKind::Literal(key) = &*key.kind else { return None };
            steps.push(match &key.data {
                Data::String(text) => Step::Key(text),
                Data::Number(number) => Step::Index(usize::try_from(number.to_i64()?).ok()?),
                _ => return None,
            });
            Some(steps)
        }
        _ => None,
    }
}

/// `config` with the value at `steps` replaced; none if it is not there.
fn graft(config: &Value, steps: &[Step<'_>], ignored: &Ignored<'_>) -> Option<Value> {
    let Some((step, rest)) = steps.split_first() else { return Some(replaced(config, ignored)) };
    let below = graft(step_into(config, step)?, rest, ignored)?;
    let mut data = config.data.clone();
    match (step, &mut data) {
        (Step::Name(name), Data::Object(entries)) | (Step::Key(name), Data::Map(_, entries)) => {
            drop(Arc::make_mut(entries).insert((*name).clone(), below));
        }
        (Step::Index(at), Data::List(_, values) | Data::Tuple(values)) => Arc::make_mut(values)[*at] = below,
        _ => return None,
    }
    Some(Value { data, marks: config.marks })
}

/// The prior value in place of `config`; of a map with only that of the key, or without it.
fn replaced(config: &Value, ignored: &Ignored<'_>) -> Value {
    let (element, mut entries) = match (ignored.key, &config.data) {
        (Some(_), Data::Map(element, entries)) => (element.clone(), BTreeMap::clone(entries)),
        (Some(_), Data::Null(Type::Map(element))) => ((**element).clone(), BTreeMap::new()),
        (Some(_), Data::Unknown(unknown)) if matches!(unknown.ty, Type::Map(_)) => return config.clone(),
        _ => return ignored.prior.clone(),
    };
    if let Some(key) = ignored.key.filter(|_| config != ignored.prior) {
        match ignored.prior.get(key) {
            Some(value) => drop(entries.insert(key.clone(), value.clone())),
            None => drop(entries.remove(key)),
        }
        return Value::map(element, entries).marked(config.marks);
    }
    config.clone()
}
