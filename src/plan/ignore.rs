//! `ignore_changes`: the configuration takes over what the object already has.

use crate::{
    lang::{
        configuration::IgnoreChanges,
        syntax::tree::{Expression, ExpressionKind},
    },
    value::{Data, Text, Value},
};
use std::collections::BTreeMap;

/// A step of a path in `ignore_changes`; a literal index may be a position or a map key.
enum Step<'a> {
    Name(&'a Text),
    Index(usize),
}

/// `config` with what is to be ignored taken from `prior`.
pub fn apply(ignore: &IgnoreChanges, config: Value, prior: &Value) -> Value {
    match ignore {
        IgnoreChanges::Nothing => config,
        IgnoreChanges::All => keep_shape(&config, prior),
        IgnoreChanges::These(paths) => paths.iter().fold(config, |config, path| match steps(path) {
            Some(steps) => graft(&config, Some(prior), &steps).unwrap_or(config),
            None => config,
        }),
    }
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
                Data::String(text) => Step::Name(text),
                Data::Number(number) => Step::Index(usize::try_from(number.to_i64()?).ok()?),
                _ => return None,
            });
            Some(steps)
        }
        _ => None,
    }
}

/// `config` with the value at `steps` replaced by the prior one; none if there is nothing to change.
fn graft(config: &Value, prior: Option<&Value>, steps: &[Step<'_>]) -> Option<Value> {
    let Some((step, rest)) = steps.split_first() else { return prior.cloned() };
    match (step, &config.data) {
        (Step::Name(name), Data::Object(entries)) => {
            let value = graft(entries.get(*name)?, prior?.get(name), rest)?;
            let mut entries = BTreeMap::clone(entries);
            entries.insert((*name).clone(), value);
            Some(Value::object(entries).marked(config.marks))
        }
        (Step::Name(name), Data::Map(element, entries)) => {
            let mut entries = BTreeMap::clone(entries);
            match prior.and_then(|it| it.get(name)) {
                Some(value) => drop(entries.insert((*name).clone(), value.clone())),
                None => drop(entries.remove(*name)),
            }
            Some(Value::map(element.clone(), entries).marked(config.marks))
        }
        // A map that the configuration leaves out: the ignored key is all it has.
        (Step::Name(name), Data::Null(crate::value::Type::Map(element))) => {
            let value = prior?.get(name)?.clone();
            Some(Value::map((**element).clone(), [((*name).clone(), value)].into()))
        }
        (Step::Index(at), Data::List(element, values)) => {
            let value = graft(values.get(*at)?, prior?.as_elements()?.get(*at), rest)?;
            let mut values = Vec::clone(values);
            values[*at] = value;
            Some(Value::list(element.clone(), values).marked(config.marks))
        }
        _ => None,
    }
}
