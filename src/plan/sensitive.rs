//! What of an object is secret: what its schema says, and what the configuration made it from.

use crate::{
    diagnostic::Diagnostic,
    schema::{NestedBlock, Nesting, SchemaBlock},
    value::{Data, Marks, Path, Secrets, Text, Value},
};
use std::collections::BTreeMap;

/// A diagnostic without what of `value` is secret: a provider, or AWS, may quote what it was given.
pub(super) fn conceal(diagnostic: Diagnostic, value: &Value) -> Diagnostic {
    let mut secrets = Secrets::default();
    secrets.add_sensitive(value);
    if secrets.is_empty() || !diagnostic.places.is_empty() {
        return diagnostic;
    }
    Diagnostic {
        summary: secrets.hide(&diagnostic.summary).into_owned(),
        detail: secrets.hide(&diagnostic.detail).into_owned(),
        hint: diagnostic.hint.map(|it| secrets.hide(&it).into_owned()),
        ..diagnostic
    }
}

/// `planned` with the marks of the configuration it was made from, and no others: what the prior object was marked
/// with it is no longer.
pub(super) fn as_configured(planned: Value, config: &Value) -> Value {
    if planned.marks_within().is_empty() && config.marks_within().is_empty() {
        return planned;
    }
    let secret = |(path, marks): (Path, Marks)| marks.contains(Marks::SENSITIVE).then_some((path, Marks::SENSITIVE));
    let marks: Vec<_> = config.strip_marks().1.into_iter().filter_map(secret).collect();
    planned.without_marks().with_marks_at(&marks)
}

/// Whether the same parts of two values are secret.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    let (within, other_within) = (one.marks_within(), other.marks_within());
    within == other_within && (within.is_empty() || one.strip_marks().1 == other.strip_marks().1)
}

/// `value` with the sensitive attributes of `block` marked at every depth, and what echoes a secret marked as that is.
pub(super) fn mark(block: &SchemaBlock, value: Value) -> Value {
    mark_echoes(block, mark_attributes(block, value))
}

/// What echoes another attribute is secret where that is.
pub(super) fn mark_echoes(block: &SchemaBlock, value: Value) -> Value {
    change_echoes(block, value, |echo, source| {
        let echo = if echo.is_known() { echo.without_marks() } else { yet_unknown(source) };
        echo.with_marks_at(&source.strip_marks().1)
    })
}

/// A value of which only as much is known as is needed to say which parts of it will be secret.
fn yet_unknown(source: &Value) -> Value {
    let each = |values: &[Value]| values.iter().map(yet_unknown).collect::<Vec<_>>();
    let entries =
        |values: &BTreeMap<Text, Value>| values.iter().map(|(key, it)| (key.clone(), yet_unknown(it))).collect();
    match &source.data {
        _ if !source.marks.is_empty() || source.marks_within().is_empty() => Value::unknown(source.ty()),
        Data::List(ty, values) => Value::list(ty.clone(), each(values)),
        Data::Tuple(values) => Value::tuple(each(values)),
        Data::Map(ty, values) => Value::map(ty.clone(), entries(values)),
        Data::Object(values) => Value::object(entries(values)),
        _ => Value::unknown(source.ty()),
    }
}

/// For state, which has no marks on echoes: Terraform knows of none, and would plan to take them away.
pub(super) fn unmark_echoes(block: &SchemaBlock, value: Value) -> Value {
    change_echoes(block, value, |echo, _| echo.without_marks())
}

fn change_echoes(block: &SchemaBlock, value: Value, change: impl Fn(&Value, &Value) -> Value) -> Value {
    let Some(entries) = value.as_entries().filter(|_| !value.marks_within().is_empty()) else { return value };
    let echo = |(name, source): (&Text, &str)| Some((name.clone(), change(entries.get(name)?, entries.get(source)?)));
    let changed: Vec<_> = block.echoes().filter_map(echo).collect();
    if changed.is_empty() {
        return value;
    }
    let mut entries = entries.clone();
    entries.extend(changed);
    Value::object(entries).marked(value.marks)
}

fn mark_attributes(block: &SchemaBlock, value: Value) -> Value {
    if !holds_secrets(block) {
        return value;
    }
    let Some(entries) = value.as_entries() else { return value };
    let mut entries = entries.clone();
    for (name, _) in block.attributes.iter().filter(|(_, it)| it.sensitive) {
        // Also where it is null, as Terraform has it: else its states and ours would never be the same.
        if let Some(entry) = entries.get_mut(name) {
            *entry = entry.clone().marked(Marks::SENSITIVE);
        }
    }
    for (name, nested) in block.blocks.iter().filter(|(_, it)| holds_secrets(&it.block)) {
        if let Some(entry) = entries.get_mut(name) {
            *entry = mark_nested(nested, entry.clone());
        }
    }
    Value::object(entries).marked(value.marks)
}

fn mark_nested(nested: &NestedBlock, value: Value) -> Value {
    let ty = nested.block.implied_type();
    let marks = value.marks;
    match (nested.nesting, value.as_elements(), value.as_entries()) {
        (Nesting::Single | Nesting::Group, _, _) => mark_attributes(&nested.block, value),
        (Nesting::List, Some(elements), _) => {
            Value::list(ty, elements.iter().map(|it| mark_attributes(&nested.block, it.clone())).collect())
                .marked(marks)
        }
        // A set cannot hold marks inside: one secret makes all of it secret.
        (Nesting::Set, Some(_), _) => value.marked(Marks::SENSITIVE),
        (Nesting::Map, _, Some(entries)) => {
            let entries = entries.iter().map(|(key, it)| (key.clone(), mark_attributes(&nested.block, it.clone())));
            Value::map(ty, entries.collect()).marked(marks)
        }
        _ => value,
    }
}

fn holds_secrets(block: &SchemaBlock) -> bool {
    block.attributes.values().any(|it| it.sensitive) || block.blocks.values().any(|it| holds_secrets(&it.block))
}
