//! `ignore_changes`: the configuration takes over what the object already has.

use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span, nearest},
    lang::{
        configuration::IgnoreChanges,
        syntax::tree::{Expression, ExpressionKind},
    },
    schema::{Block, Source},
    value::{Data, Text, Value},
};
use std::collections::BTreeMap;

/// A step of a path in `ignore_changes`; a literal index may be a position or a map key.
enum Step<'a> {
    Name(&'a Text),
    Index(usize),
}

/// `config` with what is to be ignored taken from `prior`.
pub(super) fn apply(ignore: &IgnoreChanges, config: Value, prior: &Value) -> Value {
    match ignore {
        IgnoreChanges::Nothing => config,
        IgnoreChanges::All => keep_shape(&config, prior),
        IgnoreChanges::These(paths) => paths.iter().fold(config, |config, path| match steps(path) {
            Some(steps) => graft(&config, Some(prior), &steps).unwrap_or(config),
            None => config,
        }),
    }
}

/// What `ignore` names that the type does not have, and what the configuration cannot set in any case. `type_span` is
/// where the type of the resource is written.
pub(super) fn check(ignore: &IgnoreChanges, schema: &Block, type_span: Span) -> Diagnostics {
    let IgnoreChanges::These(paths) = ignore else { return Diagnostics::new() };
    paths.iter().filter_map(|path| check_path(path, schema, type_span)).collect()
}

fn check_path(path: &Expression, schema: &Block, type_span: Span) -> Option<Diagnostic> {
    let mut block = schema;
    for (index, name, span) in names(path) {
        if let Some(nested) = block.blocks.get(name) {
            block = &nested.block;
            continue;
        }
        let Some(attribute) = block.attributes.get(name) else {
            let known = block.attributes.keys().chain(block.blocks.keys()).map(|it| &**it);
            let advice = nearest(name, known).map_or_else(String::new, |it| format!(" Did you mean {it:?}?"));
            let detail =
                format!("This object has no argument, nested block, or exported attribute named {name:?}.{advice}");
            return Some(Diagnostic::error("Unsupported attribute", detail).at(span));
        };
        let is_decided = attribute.source == Source::Computed && index == 0;
        return is_decided.then(|| {
            let detail = format!(
                "Adding an attribute name to ignore_changes tells Terraform to ignore future changes to the argument in \
                 configuration after the object has been created, retaining the value originally configured.\n\nThe \
                 attribute {name} is decided by the provider alone and therefore there can be no configured value to \
                 compare with. Including this attribute in ignore_changes has no effect. Remove the attribute from \
                 ignore_changes to quiet this warning."
            );
            Diagnostic::warning("Redundant ignore_changes element", detail).at(type_span)
        });
    }
    None
}

/// The names in `path` and where they stand, the first of them as 0.
fn names(path: &Expression) -> Vec<(usize, &str, Span)> {
    let mut found: Vec<(&str, Span)> = Vec::new();
    let mut rest = path;
    loop {
        rest = match &*rest.kind {
            ExpressionKind::Attribute(object, name) => {
                found.push((&name.text, Span { start: object.span.end, ..name.span }));
                object
            }
            ExpressionKind::Index(collection, _) => collection,
            ExpressionKind::Name(name) => {
                found.push((name, rest.span));
                break;
            }
            _ => break,
        };
    }
    found.reverse();
    found.into_iter().enumerate().map(|(index, (name, span))| (index, name, span)).collect()
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
