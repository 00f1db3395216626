//! The difference between two values of an attribute whose objects a schema describes, attribute by attribute.

use super::{
    block::conceal,
    difference::{Difference, Kind, Reading, Verb, attribute, hidden, verb_of, write_only},
    forces::Forces,
    sequence::pairs,
};
use crate::{
    schema::{Attribute, Nesting},
    value::{PathStep, Text, Type, Value},
};
use std::collections::{BTreeMap, BTreeSet};

/// One attribute of an object, by its schema; none where it is null before and after. `exact`: of a provider of the new kind.
pub(super) fn described(
    before: Option<Value>,
    after: Option<Value>,
    schema: &Attribute,
    exact: bool,
    forces: Forces<'_>,
) -> Option<Difference> {
    // A set with a secret in it is one.
    let in_set = schema
        .nested
        .as_ref()
        .is_some_and(|it| it.nesting == Nesting::Set && it.attributes.values().any(Attribute::holds_secrets));
    let is_secret = |value: &Option<Value>| {
        schema.sensitive || in_set && value.as_ref().and_then(Value::as_elements).is_some_and(|it| !it.is_empty())
    };
    let (hide_before, hide_after) = (is_secret(&before), is_secret(&after));
    let (before, after) = (conceal(before, hide_before), conceal(after, hide_after));
    let (before, after) = (before.as_ref(), after.as_ref());
    let Some(nested) = &schema.nested else {
        return attribute(before, after, Reading::of(&schema.ty, exact), forces);
    };
    let (before, after) = (given(before), given(after));
    let inside = Inside { attributes: &nested.attributes, exact };
    (before.is_some() || after.is_some()).then(|| objects(before, after, nested.nesting, inside, &forces))
}

fn given(value: Option<&Value>) -> Option<&Value> {
    value.filter(|it| !it.is_null())
}

/// What there is in each object.
#[derive(Clone, Copy)]
struct Inside<'s> {
    attributes: &'s BTreeMap<Text, Attribute>,
    exact: bool,
}

fn objects(
    before: Option<&Value>,
    after: Option<&Value>,
    nesting: Nesting,
    schema: Inside<'_>,
    forces: &Forces<'_>,
) -> Difference {
    let is_secret = |value: Option<&Value>| value.is_some_and(Value::is_sensitive);
    if is_secret(before) || is_secret(after) {
        return hidden(before, after, |before, after| objects(before, after, nesting, schema, forces));
    }
    let done = |verb, kind| Difference { verb, forces_replacement: forces.here(), kind };
    if after.is_some_and(|it| !it.is_known()) {
        let (verb, gone) = match before {
            None => (Verb::Create, None),
            Some(before) => (Verb::Update, Some(Box::new(unknown(before, nesting, schema)))),
        };
        return done(verb, Kind::Unknown(gone));
    }
    let one =
        |before, after, forces: &Forces<'_>| objects(given(before), given(after), Nesting::Single, schema, forces);
    // In sets and maps it is each element of which Terraform says that it forces a replacement.
    let forced =
        |found: Difference| Difference { forces_replacement: found.forces_replacement || forces.here(), ..found };
    let verb = |parts: &mut dyn Iterator<Item = &Difference>| verb_of(before.is_some(), after.is_some(), parts);
    let (left, right) = (elements(before), elements(after));
    match nesting {
        Nesting::Single | Nesting::Group => {
            let (verb, parts) = attributes(before, after, schema, forces);
            done(verb, Kind::Nested(parts))
        }
        Nesting::List => {
            let each = |at: usize| one(left.get(at), right.get(at), &forces.below(&PathStep::Index(at)));
            let elements: Vec<Difference> = (0..left.len().max(right.len())).map(each).collect();
            done(verb(&mut elements.iter()), Kind::Sequence { elements, context: false })
        }
        Nesting::Set => {
            let each = |(left, right)| forced(one(left, right, &forces.below_element()));
            let elements: Vec<Difference> = pairs(left, right).into_iter().map(each).collect();
            let verb = verb(&mut elements.iter());
            Difference { verb, forces_replacement: false, kind: Kind::Sequence { elements, context: false } }
        }
        Nesting::Map => {
            let sides = || [before, after].into_iter().flatten().filter_map(Value::as_entries);
            let keys: BTreeSet<&Text> = sides().flat_map(BTreeMap::keys).collect();
            let each = |key: &Text| {
                let (left, right) = (before.and_then(|it| it.get(key)), after.and_then(|it| it.get(key)));
                (key.clone(), forced(one(left, right, &forces.below(&PathStep::Attribute(key.clone())))))
            };
            let parts: Vec<(Text, Difference)> = keys.into_iter().map(each).collect();
            let verb = verb(&mut parts.iter().map(|(_, it)| it));
            Difference { verb, forces_replacement: false, kind: Kind::Labelled(parts) }
        }
    }
}

/// What was there of what is not known yet: of a single object, each attribute is not known yet.
fn unknown(before: &Value, nesting: Nesting, schema: Inside<'_>) -> Difference {
    if !matches!(nesting, Nesting::Single | Nesting::Group) {
        return objects(Some(before), None, nesting, schema, &Forces::default());
    }
    let after = schema.attributes.keys().map(|name| (name.clone(), Value::unknown(Type::Any))).collect();
    let (_, parts) = attributes(Some(before), Some(&Value::object(after)), schema, &Forces::default());
    Difference { verb: Verb::Update, forces_replacement: false, kind: Kind::Nested(parts) }
}

fn attributes(
    before: Option<&Value>,
    after: Option<&Value>,
    schema: Inside<'_>,
    forces: &Forces<'_>,
) -> (Verb, Vec<(Text, Difference)>) {
    let part = |side: Option<&Value>, name: &str| side.and_then(|it| it.get(name)).cloned();
    let found = schema.attributes.iter().filter(|(_, it)| !it.write_only).filter_map(|(name, it)| {
        let below = forces.below(&PathStep::Attribute(name.clone()));
        Some((name.clone(), described(part(before, name), part(after, name), it, schema.exact, below)?))
    });
    let mut parts: Vec<(Text, Difference)> = found.collect();
    let verb = verb_of(before.is_some(), after.is_some(), parts.iter().map(|(_, it)| it));
    // What is write-only is not known to change: only that it comes or goes with the object.
    let shown = if verb == Verb::Update { Verb::NoOp } else { verb };
    parts.extend(
        schema.attributes.iter().filter(|(_, it)| it.write_only).map(|(name, _)| (name.clone(), write_only(shown))),
    );
    parts.sort_by(|(left, _), (right, _)| left.cmp(right));
    (verb, parts)
}

fn elements(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_elements).unwrap_or_default()
}
