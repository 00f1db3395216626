//! The difference between two objects that a schema describes: attributes, and blocks in them.

use super::{
    difference::{Difference, Kind, Reading, Verb, write_only},
    forces::Forces,
    nested::described,
};
use crate::{
    schema::{NestedBlock, Nesting, SchemaBlock},
    value::{Data, Marks, PathStep, Text, Type, Value, to_json},
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A block, or the body of a resource.
#[derive(Clone, Debug)]
pub(super) struct BlockDifference {
    pub verb: Verb,
    pub forces_replacement: bool,
    pub attributes: Vec<(Text, Difference)>,
    /// By type.
    pub blocks: Vec<(Text, Vec<Entry>)>,
}

/// One block of a type.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// With its key, if the blocks have keys.
    Block(Option<Text>, BlockDifference),
    /// How many there will be is not known.
    Unknown(Verb),
    Sensitive {
        verb: Verb,
        before: bool,
        after: bool,
    },
}

impl Entry {
    pub(super) fn verb(&self) -> Verb {
        match self {
            Self::Block(_, block) => block.verb,
            Self::Unknown(verb) | Self::Sensitive { verb, .. } => *verb,
        }
    }
}

pub(super) fn compare_blocks(
    before: Option<&Value>,
    after: Option<&Value>,
    schema: &SchemaBlock,
    forces: &Forces<'_>,
) -> BlockDifference {
    compare(before, after, schema, false, forces)
}

/// Whether a provider of the old kind could not have such a block: to others an empty string is one.
fn is_exact(schema: &SchemaBlock) -> bool {
    let blocks = schema.blocks.values().any(|it| matches!(it.nesting, Nesting::Map | Nesting::Group));
    let deep = |element: &Type| match element {
        Type::List(inner) | Type::Set(inner) | Type::Map(inner) => !inner.is_primitive(),
        _ => false,
    };
    blocks
        || schema.attributes.values().any(|it| match &it.ty {
            _ if it.nested.is_some() || it.ty.has_any() => true,
            Type::Tuple(_) | Type::Object(_) => true,
            Type::List(element) | Type::Set(element) | Type::Map(element) => deep(element),
            _ => false,
        })
}

fn compare(
    before: Option<&Value>,
    after: Option<&Value>,
    schema: &SchemaBlock,
    exact: bool,
    forces: &Forces<'_>,
) -> BlockDifference {
    let exact = exact || is_exact(schema);
    let part = |value: Option<&Value>, name: &str| value.and_then(|value| value.get(name)).cloned();
    let verb = match (before.is_some(), after.is_some()) {
        (false, true) => Some(Verb::Create),
        (true, false) => Some(Verb::Delete),
        _ => None,
    };
    let mut attributes = Vec::new();
    for (name, it) in &schema.attributes {
        let below = forces.below(&PathStep::Attribute(name.clone()));
        let (left, right) = (part(before, name), part(after, name));
        if it.write_only {
            attributes.push((name.clone(), write_only(verb.unwrap_or(Verb::NoOp))));
        } else if let Some(found) = described(left, right, it, exact, below) {
            attributes.push((name.clone(), found));
        }
    }
    let mut blocks = Vec::new();
    for (name, nested) in &schema.blocks {
        let below = forces.below(&PathStep::Attribute(name.clone()));
        let entries = entries(part(before, name).as_ref(), part(after, name).as_ref(), nested, exact, &below);
        if !entries.is_empty() {
            blocks.push((name.clone(), entries));
        }
    }
    let changed = attributes.iter().any(|(_, it)| it.verb != Verb::NoOp)
        || blocks.iter().flat_map(|(_, entries)| entries).any(|it| it.verb() != Verb::NoOp);
    let verb = verb.unwrap_or(if changed { Verb::Update } else { Verb::NoOp });
    BlockDifference { verb, forces_replacement: forces.here(), attributes, blocks }
}

pub(super) fn conceal(value: Option<Value>, sensitive: bool) -> Option<Value> {
    value.map(|value| if sensitive { value.marked(Marks::SENSITIVE) } else { value })
}

fn entries(
    before: Option<&Value>,
    after: Option<&Value>,
    nested: &NestedBlock,
    exact: bool,
    forces: &Forces<'_>,
) -> Vec<Entry> {
    let before = before.filter(|value| !value.is_null());
    let after = after.filter(|value| !value.is_null());
    let secret = |value: Option<&Value>| value.is_some_and(Value::is_sensitive);
    if secret(before) || secret(after) {
        let open = |value: &Value| Value::from(value.data.clone());
        let inside = entries(before.map(open).as_ref(), after.map(open).as_ref(), nested, exact, forces);
        let changed = inside.iter().any(|entry| entry.verb() != Verb::NoOp) || secret(before) != secret(after);
        let verb = match (before.is_some(), after.is_some()) {
            (false, true) => Verb::Create,
            (true, false) => Verb::Delete,
            _ if changed => Verb::Update,
            _ => Verb::NoOp,
        };
        return vec![Entry::Sensitive { verb, before: secret(before), after: secret(after) }];
    }
    let unknown = after.is_some_and(|value| !value.is_known());
    let mut out = Vec::new();
    if unknown {
        out.push(Entry::Unknown(if before.is_some() { Verb::Update } else { Verb::Create }));
    }
    let after = after.filter(|_| !unknown);
    // In lists and sets Terraform forgets that the provider is of the new kind, if the block itself does not say so.
    let exact = exact && !matches!(nested.nesting, Nesting::List | Nesting::Set);
    let block = |left, right, forces: &Forces<'_>| compare(left, right, &nested.block, exact, forces);
    match nested.nesting {
        Nesting::Single | Nesting::Group => {
            if before.is_some() || after.is_some() {
                out.push(Entry::Block(None, block(before, after, forces)));
            }
        }
        Nesting::List => {
            let (left, right) = (elements(before), elements(after));
            out.extend((0..left.len().max(right.len())).map(|index| {
                let below = forces.below(&PathStep::Index(index));
                let mut found = block(left.get(index), right.get(index), &below);
                found.forces_replacement |= forces.here();
                Entry::Block(None, found)
            }));
        }
        Nesting::Set => {
            let name = |value: &Value| value.is_wholly_known().then(|| to_json(value).to_string());
            let (left, right) = (elements(before), elements(after));
            let kept: HashMap<String, &Value> = right.iter().filter_map(|it| Some((name(it)?, it))).collect();
            let had: HashSet<String> = left.iter().filter_map(name).collect();
            let old = left.iter().map(|it| (Some(it), name(it).and_then(|name| kept.get(&name).copied())));
            let new = right.iter().filter(|it| name(it).is_none_or(|name| !had.contains(&name)));
            out.extend(old.chain(new.map(|it| (None, Some(it)))).map(|(left, right)| {
                let mut found = block(left, right, &forces.below_element());
                found.forces_replacement |= forces.here() && found.verb != Verb::NoOp;
                Entry::Block(None, found)
            }));
        }
        Nesting::Map => {
            let of = |value: Option<&Value>, key: &str| value.and_then(|value| value.get(key)).cloned();
            let sides = [before, after].into_iter().flatten();
            let keys: BTreeSet<Text> = sides.filter_map(Value::as_entries).flat_map(|it| it.keys().cloned()).collect();
            out.extend(keys.into_iter().map(|key| {
                let below = forces.below(&PathStep::Attribute(key.clone()));
                let (left, right) = (of(before, &key), of(after, &key));
                let found = compare(left.as_ref(), right.as_ref(), &nested.block, exact, &below);
                Entry::Block(Some(key), found)
            }));
        }
    }
    out
}

fn elements(value: Option<&Value>) -> &[Value] {
    match value.map(|value| &value.data) {
        Some(Data::List(_, values) | Data::Set(_, values) | Data::Tuple(values)) => values,
        _ => &[],
    }
}

/// The body of an object whose type nobody describes: every entry is an attribute.
pub(super) fn compare_without_schema(before: Option<&Value>, after: Option<&Value>) -> BlockDifference {
    let found = super::difference::compare(before, after, Reading::Dynamic, Forces::default());
    let attributes = match found.kind {
        Kind::Object(parts) => parts.into_iter().filter(|(_, part)| !is_null(part)).collect(),
        _ => Vec::new(),
    };
    BlockDifference { verb: found.verb, forces_replacement: false, attributes, blocks: Vec::new() }
}

fn is_null(part: &Difference) -> bool {
    matches!(&part.kind, Kind::Scalar { before, after } if before.iter().chain(after).all(Value::is_null))
}
