//! What differs between two values, as a tree that is ready to be shown.

use super::{forces::Forces, sequence};
use crate::value::{Data, PathStep, Text, Type, Value, from_json};
use std::collections::BTreeSet;

/// What happens to one part of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    NoOp,
    Create,
    Update,
    Delete,
}

/// One part of an object, with what happens to it.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub verb: Verb,
    /// A change of it replaces the object.
    pub forces_replacement: bool,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A number, bool, null or string on one line.
    Scalar {
        before: Option<Value>,
        after: Option<Value>,
    },
    /// A string of which one side has several lines.
    Lines {
        before: Option<Text>,
        after: Option<Text>,
    },
    /// A string that is a JSON document.
    Document {
        inner: Box<Difference>,
        /// The documents are equal, the strings are not.
        whitespace: bool,
    },
    /// Becomes known while applying.
    Unknown(Option<Box<Difference>>),
    Sensitive {
        before: bool,
        after: bool,
        /// Whether the value behind it changes.
        changed: bool,
    },
    WriteOnly,
    Object(Vec<(Text, Difference)>),
    Map(Vec<(Text, Difference)>),
    /// An object whose attributes a schema describes one by one.
    Nested(Vec<(Text, Difference)>),
    /// Such objects by key.
    Labelled(Vec<(Text, Difference)>),
    Sequence {
        elements: Vec<Difference>,
        /// Whether unchanged neighbours of a change are shown, as the order matters.
        context: bool,
    },
    /// One kind of value becomes another.
    Replaced(Box<Difference>, Box<Difference>),
}

/// How a value is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// By the schema: a null is no value, and neither is an empty string, since a provider of the old kind cannot
    /// tell them apart.
    Typed,
    /// By the schema of a provider of the new kind, to which an empty string is one.
    Exact,
    /// Without a schema, as a JSON document: maps look like objects and sets like lists, a null is a value.
    Dynamic,
}

impl Reading {
    /// Of an attribute of that type; `exact`: of a provider of the new kind.
    pub(super) fn of(ty: &Type, exact: bool) -> Self {
        match (ty, exact) {
            (Type::Any, _) => Self::Dynamic,
            (_, true) => Self::Exact,
            (_, false) => Self::Typed,
        }
    }
}

/// The difference between two values of one attribute, or nothing where both are null.
pub(super) fn attribute(
    before: Option<&Value>,
    after: Option<&Value>,
    mode: Reading,
    forces: Forces<'_>,
) -> Option<Difference> {
    let given = |value: Option<&Value>| value.is_some_and(|value| !value.is_null());
    (given(before) || given(after))
        .then(|| compare(before.filter(|value| !value.is_null()), after.filter(|value| !value.is_null()), mode, forces))
}

/// The difference between two values that are there, or not.
pub(super) fn compare(before: Option<&Value>, after: Option<&Value>, mode: Reading, forces: Forces<'_>) -> Difference {
    if is_secret(before) || is_secret(after) {
        return hidden(before, after, |before, after| compare(before, after, mode, forces.clone()));
    }
    // In a document, Terraform says of no value that it forces a replacement; of one that is not known yet it does.
    let within = if mode == Reading::Dynamic { Forces::default() } else { forces.clone() };
    let forces_replacement = if after.is_some_and(|it| !it.is_known()) { forces.here() } else { within.here() };
    let forces = within;
    let done = |verb, kind| Difference { verb, forces_replacement, kind };
    if after.is_some_and(|value| !value.is_known()) {
        let before = before.filter(|value| is_given(value, mode));
        let verb = if before.is_some() { Verb::Update } else { Verb::Create };
        let gone = before.map(|value| Box::new(compare(Some(value), None, mode, Forces::default())));
        return done(verb, Kind::Unknown(gone));
    }
    match (before, after) {
        (Some(left), Some(right)) if Form::of(left, mode) != Form::of(right, mode) => {
            let gone = compare(before, None, mode, Forces::default());
            let made = compare(None, after, mode, Forces::default());
            done(Verb::Update, Kind::Replaced(gone.into(), made.into()))
        }
        _ => match before.or(after).map(|value| Form::of(value, mode)) {
            Some(Form::Object) => {
                let (verb, parts) = entries(before, after, mode, &forces);
                done(verb, Kind::Object(parts))
            }
            Some(Form::Map) => {
                let (verb, parts) = entries(before, after, mode, &forces);
                done(verb, Kind::Map(parts))
            }
            Some(Form::Sequence) => {
                let elements = sequence::elements(before, after, mode, &forces);
                let verb = verb_of(before.is_some(), after.is_some(), elements.iter());
                let context =
                    mode == Reading::Dynamic || !matches!(before.or(after), Some(Value { data: Data::Set(..), .. }));
                done(verb, Kind::Sequence { elements, context })
            }
            Some(Form::Text) => strings(before, after, mode, forces_replacement),
            _ => {
                done(scalar_verb(before, after, mode), Kind::Scalar { before: before.cloned(), after: after.cloned() })
            }
        },
    }
}

/// What a write-only argument shows: that it is there.
pub(super) fn write_only(verb: Verb) -> Difference {
    Difference { verb, forces_replacement: false, kind: Kind::WriteOnly }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Scalar,
    Text,
    Sequence,
    Map,
    Object,
}

impl Form {
    fn of(value: &Value, mode: Reading) -> Self {
        match &value.data {
            Data::String(_) => Self::Text,
            Data::List(..) | Data::Set(..) | Data::Tuple(_) => Self::Sequence,
            Data::Map(..) if mode != Reading::Dynamic => Self::Map,
            Data::Map(..) | Data::Object(_) => Self::Object,
            Data::Unknown(_) | Data::Null(_) | Data::Bool(_) | Data::Number(_) => Self::Scalar,
        }
    }
}

fn is_given(value: &Value, mode: Reading) -> bool {
    match mode {
        Reading::Typed => !value.is_null() && value.as_str() != Some(""),
        Reading::Exact => !value.is_null(),
        Reading::Dynamic => true,
    }
}

fn scalar_verb(before: Option<&Value>, after: Option<&Value>, mode: Reading) -> Verb {
    let given = |value: Option<&'_ Value>| value.is_some_and(|value| is_given(value, mode));
    match (given(before), given(after)) {
        (false, false) => Verb::NoOp,
        (false, true) => Verb::Create,
        (true, false) => Verb::Delete,
        (true, true) if before.map(|it| &it.data) == after.map(|it| &it.data) => Verb::NoOp,
        (true, true) => Verb::Update,
    }
}

pub(super) fn verb_of<'a>(before: bool, after: bool, mut parts: impl Iterator<Item = &'a Difference>) -> Verb {
    match (before, after) {
        (false, true) => Verb::Create,
        (true, false) => Verb::Delete,
        _ if parts.all(|part| part.verb == Verb::NoOp) => Verb::NoOp,
        _ => Verb::Update,
    }
}

fn is_secret(value: Option<&Value>) -> bool {
    value.is_some_and(Value::is_sensitive)
}

/// A value that must not be shown, with what can be said of it: whether it changes. `compare` compares what is behind it.
pub(super) fn hidden(
    before: Option<&Value>,
    after: Option<&Value>,
    compare: impl FnOnce(Option<&Value>, Option<&Value>) -> Difference,
) -> Difference {
    let open = |value: &Value| Value::from(value.data.clone());
    let inner = compare(before.map(open).as_ref(), after.map(open).as_ref());
    let changed = inner.verb != Verb::NoOp;
    let both = before.is_some() && after.is_some();
    let verb = if !changed && both && is_secret(before) != is_secret(after) { Verb::Update } else { inner.verb };
    Difference {
        verb,
        forces_replacement: inner.forces_replacement,
        // Marks are compared only where there are two values.
        kind: Kind::Sensitive {
            before: is_secret(before) || before.is_none(),
            after: is_secret(after) || after.is_none(),
            changed,
        },
    }
}

fn entries(
    before: Option<&Value>,
    after: Option<&Value>,
    mode: Reading,
    forces: &Forces<'_>,
) -> (Verb, Vec<(Text, Difference)>) {
    let of = |value: Option<&Value>, name: &str| value.and_then(|value| value.get(name)).cloned();
    let names: BTreeSet<&Text> =
        [before, after].into_iter().flatten().filter_map(Value::as_entries).flat_map(|it| it.keys()).collect();
    let parts: Vec<(Text, Difference)> = names
        .into_iter()
        .filter_map(|name| {
            let (left, right) = (of(before, name), of(after, name));
            let forces = forces.below(&PathStep::Attribute(name.clone()));
            let part = match mode {
                Reading::Typed | Reading::Exact => attribute(left.as_ref(), right.as_ref(), mode, forces)?,
                Reading::Dynamic => compare(left.as_ref(), right.as_ref(), mode, forces),
            };
            Some((name.clone(), part))
        })
        .collect();
    (verb_of(before.is_some(), after.is_some(), parts.iter().map(|(_, part)| part)), parts)
}

/// Two strings, at least one of them there: as JSON documents, line by line, or whole.
fn strings(before: Option<&Value>, after: Option<&Value>, mode: Reading, forces_replacement: bool) -> Difference {
    let verb = scalar_verb(before, after, mode);
    let done = |verb, kind| Difference { verb, forces_replacement, kind };
    let text = |value: Option<&Value>| match value.map(|value| &value.data) {
        Some(Data::String(text)) if !text.is_empty() => Some(text.clone()),
        _ => None,
    };
    let (left, right) = (text(before), text(after));
    let documents = (left.as_deref().and_then(document), right.as_deref().and_then(document));
    match (&documents, &left, &right) {
        ((None, None), ..) => {}
        ((Some(_), Some(_)), ..) | ((Some(_), None), _, None) | ((None, Some(_)), None, _) => {
            let inner = compare(documents.0.as_ref(), documents.1.as_ref(), Reading::Dynamic, Forces::default());
            let whitespace = inner.verb == Verb::NoOp && verb != Verb::NoOp;
            return done(verb, Kind::Document { inner: inner.into(), whitespace });
        }
        _ => {
            let gone = strings(before, None, mode, false);
            let made = strings(None, after, mode, false);
            return done(verb, Kind::Replaced(gone.into(), made.into()));
        }
    }
    if [&left, &right].into_iter().flatten().any(|text| text.contains('\n')) {
        return done(verb, Kind::Lines { before: left, after: right });
    }
    let shown = |value: Option<&Value>| value.filter(|value| is_given(value, mode)).cloned();
    done(verb, Kind::Scalar { before: shown(before), after: shown(after) })
}

/// The value of a JSON document that is an object or array.
fn document(text: &str) -> Option<Value> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    from_json(&serde_json::from_str(text).ok()?, &Type::Any).ok()
}
