//! What of an object is secret: what its schema says, and what the configuration made it from.

use crate::{
    diagnostic::Diagnostic,
    schema::{Attribute, NestedBlock, Nesting, SchemaBlock},
    value::{Data, Marks, Path, Secrets, Text, Value},
};
use std::{collections::BTreeMap, sync::Arc};

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
    let value = mark_members(&block.attributes, value);
    let marked = |(name, nested): (&Text, &NestedBlock)| {
        let marked = mark_each(nested.nesting, value.get(name)?.clone(), &|it| mark_attributes(&nested.block, it));
        Some((name.clone(), marked))
    };
    let marked: Vec<_> = block.blocks.iter().filter(|(_, it)| holds_secrets(&it.block)).filter_map(marked).collect();
    with_entries(value, marked)
}

/// Of an object that attributes describe, be it a block or what is inside an attribute.
fn mark_members(attributes: &BTreeMap<Text, Attribute>, value: Value) -> Value {
    let marked = |(name, it): (&Text, &Attribute)| {
        let entry = value.get(name)?.clone();
        let marked = match &it.nested {
            // Also where it is null, as Terraform has it: else its states and ours would never be the same.
            _ if it.sensitive => entry.marked(Marks::SENSITIVE),
            Some(nested) => mark_each(nested.nesting, entry, &|it| mark_members(&nested.attributes, it)),
            None => return None,
        };
        Some((name.clone(), marked))
    };
    let marked: Vec<_> = attributes.iter().filter(|(_, it)| it.holds_secrets()).filter_map(marked).collect();
    with_entries(value, marked)
}

fn with_entries(value: Value, changed: Vec<(Text, Value)>) -> Value {
    let Value { data: Data::Object(mut entries), marks } = value else { return value };
    if !changed.is_empty() {
        Arc::make_mut(&mut entries).extend(changed);
    }
    Value { data: Data::Object(entries), marks }
}

/// Each object that a value consists of. Where their types differ, a list is a tuple and a map an object.
fn mark_each(nesting: Nesting, value: Value, mark: &dyn Fn(Value) -> Value) -> Value {
    let all = |values: &[Value]| values.iter().map(|it| mark(it.clone())).collect::<Vec<_>>();
    let named = |values: &BTreeMap<Text, Value>| {
        values.iter().map(|(key, it)| (key.clone(), mark(it.clone()))).collect::<BTreeMap<_, _>>()
    };
    let data = match (nesting, &value.data) {
        (Nesting::Single | Nesting::Group, _) => return mark(value),
        (Nesting::List, Data::List(ty, values)) => Data::List(ty.clone(), all(values).into()),
        (Nesting::List, Data::Tuple(values)) => Data::Tuple(all(values).into()),
        // A set cannot hold marks inside: one secret makes all of it secret.
        (Nesting::Set, Data::Set(_, values)) if !values.is_empty() => return value.marked(Marks::SENSITIVE),
        (Nesting::Map, Data::Map(ty, values)) => Data::Map(ty.clone(), named(values).into()),
        (Nesting::Map, Data::Object(values)) => Data::Object(named(values).into()),
        _ => return value,
    };
    Value { data, marks: value.marks }
}

fn holds_secrets(block: &SchemaBlock) -> bool {
    block.attributes.values().any(Attribute::holds_secrets) || block.blocks.values().any(|it| holds_secrets(&it.block))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sketch::{object, schema, shown};
    use serde_json::json;

    #[test]
    fn what_the_schema_says_is_secret_at_every_depth() {
        let element = json!({"name": "string", "token": "optional sensitive string"});
        let around = |mode: &str| {
            let inner = json!({"nested": mode, "is": "optional", "attributes": element});
            json!({"nested": mode, "is": "optional", "attributes": {"name": "string", "inner": inner}})
        };
        let schema = schema(&json!({
            "name": "string",
            "token": "optional sensitive string",
            "hidden": {"nested": "list", "is": "optional sensitive", "attributes": {"name": "string"}},
            "single": around("single"),
            "list": around("list"),
            "set": around("set"),
            "map": around("map"),
            "block": {"block": "list", "of": {"inner": {"nested": "list", "is": "optional", "attributes": element}}},
            "blocks": {"block": "set", "of": element},
            "labelled": {"block": "map", "of": element},
        }));
        for (given, expected) in [
            (json!(null), json!(null)),
            (json!({"name": "a", "token": "t"}), json!({"name": "a", "token": "!t"})),
            (json!({"hidden": [{"name": "a"}]}), json!({"hidden": {"!": [{"name": "a"}]}})),
            (
                json!({"single": {"name": "a", "inner": {"name": "b", "token": "t"}}}),
                json!({"single": {"name": "a", "inner": {"name": "b", "token": "!t"}}}),
            ),
            (
                json!({"list": [{"name": "a", "inner": [{"name": "b", "token": "t"}, {"name": "c"}]}]}),
                json!({"list": [{"name": "a", "inner": [{"name": "b", "token": "!t"}, {"name": "c", "token": {"!": null}}]}]}),
            ),
            (
                json!({"map": {"k": {"inner": {"l": {"name": "b", "token": "?"}}}}}),
                json!({"map": {"k": {"inner": {"l": {"name": "b", "token": "!?"}}}}}),
            ),
            (json!({"set": [{"name": "a"}]}), json!({"set": {"!": [{"name": "a"}]}})),
            (json!({"set": "?", "list": "?"}), json!({"set": "?", "list": "?"})),
            (
                json!({"block": [{"inner": [{"name": "b", "token": "t"}]}]}),
                json!({"block": [{"inner": [{"name": "b", "token": "!t"}]}]}),
            ),
            (json!({"blocks": [{"name": "a"}]}), json!({"blocks": {"!": [{"name": "a"}]}})),
            (json!({"labelled": {"k": {"token": "t"}}}), json!({"labelled": {"k": {"token": "!t"}}})),
        ] {
            let (given, mut expected) = (object(&schema, &given), object(&schema, &expected));
            if !expected.is_null() {
                // Those that are null are secret all the same.
                for name in ["token", "hidden"] {
                    let entry = expected.get(name).expect("has it").clone().marked(Marks::SENSITIVE);
                    expected = with_entries(expected, vec![(name.into(), entry)]);
                }
            }
            let found = mark(&schema, given);
            assert_eq!(shown(&found), shown(&expected));
            assert_eq!(found.ty(), expected.ty());
        }
    }
}
