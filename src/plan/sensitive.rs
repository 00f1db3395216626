//! Marks the values that a schema says are secret.

use crate::{
    schema::{Block, NestedBlock, Nesting},
    value::{Marks, Value},
};

/// `value` with the sensitive attributes of `block` marked at every depth.
pub(super) fn mark(block: &Block, value: Value) -> Value {
    if !holds_secrets(block) {
        return value;
    }
    let Some(entries) = value.as_entries() else { return value };
    let mut entries = entries.clone();
    for (name, _) in block.attributes.iter().filter(|(_, it)| it.sensitive) {
        if let Some(entry) = entries.get_mut(name)
            && !entry.is_null()
        {
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
        (Nesting::Single, _, _) => mark(&nested.block, value),
        (Nesting::List, Some(elements), _) => {
            Value::list(ty, elements.iter().map(|it| mark(&nested.block, it.clone())).collect()).marked(marks)
        }
        // A set cannot hold marks inside: one secret makes all of it secret.
        (Nesting::Set, Some(_), _) => value.marked(Marks::SENSITIVE),
        (Nesting::Map, _, Some(entries)) => {
            let entries = entries.iter().map(|(key, it)| (key.clone(), mark(&nested.block, it.clone())));
            Value::map(ty, entries.collect()).marked(marks)
        }
        _ => value,
    }
}

fn holds_secrets(block: &Block) -> bool {
    block.attributes.values().any(|it| it.sensitive) || block.blocks.values().any(|it| holds_secrets(&it.block))
}
