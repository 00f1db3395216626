//! Sets: without duplicates and in cty's order.

use super::{Data, Marks, Type, Value};
use std::{collections::HashMap, sync::Arc};

impl Value {
    /// A set of `values`, which are all of type `element`. Their marks, at any depth, move to the set.
    /// Unknown values are kept beside each other: they may turn out different.
    pub fn set(element: Type, values: Vec<Value>) -> Self {
        let mut marks = Marks::NONE;
        let mut elements = values;
        for value in &mut elements {
            let inner = value.marks_within();
            if !inner.is_empty() {
                marks = marks.with(inner);
                *value = value.without_marks();
            }
        }
        let elements = if element.is_primitive() { primitives(elements) } else { structures(elements) };
        Self { data: Data::Set(element, Arc::new(elements)), marks }
    }
}

fn primitives(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by(|left, right| match (&left.data, &right.data) {
        (Data::String(left), Data::String(right)) => left.cmp(right),
        (Data::Number(left), Data::Number(right)) => left.cmp(right),
        (Data::Bool(left), Data::Bool(right)) => left.cmp(right),
        _ => rank(left).cmp(&rank(right)),
    });
    values.dedup_by(|left, right| left.is_known() && left == right);
    values
}

/// Nulls come after values, and what is unknown last.
fn rank(value: &Value) -> u8 {
    match value.data {
        Data::Unknown(_) => 2,
        Data::Null(_) => 1,
        _ => 0,
    }
}

fn structures(values: Vec<Value>) -> Vec<Value> {
    let mut keyed: Vec<(Vec<u8>, Value)> = values.into_iter().map(|value| (key(&value), value)).collect();
    keyed.sort_by(|(left, _), (right, _)| left.cmp(right));
    let mut kept: Vec<Value> = Vec::with_capacity(keyed.len());
    for group in keyed.chunk_by(|(left, _), (right, _)| left == right) {
        let start = kept.len();
        for (_, value) in group {
            if !value.is_wholly_known() || !kept[start..].contains(value) {
                kept.push(value.clone());
            }
        }
    }
    kept
}

/// Values by their keys, to look whether one is among them without comparing it with each.
pub struct Members<'v>(HashMap<Vec<u8>, Vec<&'v Value>>);

impl<'v> Members<'v> {
    /// Of these values, which are of one type.
    pub fn of(values: &'v [Value]) -> Self {
        let mut members: HashMap<Vec<u8>, Vec<&Value>> = HashMap::with_capacity(values.len());
        for value in values {
            members.entry(key(value)).or_default().push(value);
        }
        Self(members)
    }

    /// Whether an equal value is among them. What is not known is equal to nothing.
    pub fn contain(&self, value: &Value) -> bool {
        self.0.get(&key(value)).is_some_and(|them| them.iter().any(|it| value.equals(it).as_bool() == Some(true)))
    }
}

/// The text that cty hashes an element by, and sorts elements of other than primitive types by.
fn key(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write_key(value, &mut out);
    out
}

fn write_key(value: &Value, out: &mut Vec<u8>) {
    match &value.data {
        Data::Unknown(_) => out.push(b'?'),
        Data::Null(_) => out.push(b'~'),
        Data::Bool(value) => out.push(if *value { b'T' } else { b'F' }),
        Data::Number(value) => out.extend(value.to_general().bytes()),
        Data::String(text) => write_text(text, out),
        Data::List(_, values) | Data::Set(_, values) => write_all(&**values, b"[]", out),
        Data::Tuple(values) => write_all(&**values, b"<>", out),
        Data::Object(values) => write_all(values.values(), b"<>", out),
        Data::Map(_, values) => {
            out.push(b'{');
            for (name, value) in &**values {
                write_text(name, out);
                out.push(b':');
                write_key(value, out);
                out.push(b';');
            }
            out.push(b'}');
        }
    }
}

fn write_all<'v>(values: impl IntoIterator<Item = &'v Value>, brackets: &[u8; 2], out: &mut Vec<u8>) {
    out.push(brackets[0]);
    for value in values {
        write_key(value, out);
        out.push(b';');
    }
    out.push(brackets[1]);
}

/// As Go quotes a string.
fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for it in text.chars() {
        match it {
            '"' | '\\' => out.extend([b'\\', it as u8]),
            '\n' => out.extend(b"\\n"),
            '\r' => out.extend(b"\\r"),
            '\t' => out.extend(b"\\t"),
            '\0'..' ' | '\x7f' => out.extend(format!("\\x{:02x}", it as u32).bytes()),
            it => out.extend(it.to_string().bytes()),
        }
    }
    out.push(b'"');
}
