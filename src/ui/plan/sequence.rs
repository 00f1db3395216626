//! The difference between two lists, tuples or sets.

use super::{
    difference::{Difference, Reading, compare},
    forces::Forces,
};
use crate::value::{Data, PathStep, Value, to_json};
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::collections::{HashMap, HashSet};

/// What happens to each element, in an order that shows both sides.
pub(super) fn elements(
    before: Option<&Value>,
    after: Option<&Value>,
    mode: Reading,
    forces: &Forces<'_>,
) -> Vec<Difference> {
    let left = before.and_then(Value::as_elements).unwrap_or_default();
    let right = after.and_then(Value::as_elements).unwrap_or_default();
    let is_set = [before, after].into_iter().flatten().any(|value| matches!(value.data, Data::Set(..)));
    // Terraform forgets there that the provider is of the new kind.
    let mode = if mode == Reading::Exact { Reading::Typed } else { mode };
    if is_set && mode != Reading::Dynamic {
        let pairs = pairs(left, right).into_iter();
        return pairs.map(|(left, right)| compare(left, right, mode, forces.below_element())).collect();
    }
    let (left_names, right_names) = names(left, right);
    let mut out = Vec::with_capacity(left.len().max(right.len()));
    let mut pair = |from: Option<usize>, to: Option<usize>| {
        let forces = from.or(to).map(|index| forces.below(&PathStep::Index(index))).unwrap_or_default();
        out.push(compare(from.map(|at| &left[at]), to.map(|at| &right[at]), mode, forces));
    };
    // As many as before: most likely each is what it was, unless they only changed places.
    let has: HashSet<usize> = right_names.iter().copied().collect();
    if left.len() == right.len() && !left_names.iter().all(|it| has.contains(it)) {
        (0..left.len()).for_each(|at| pair(Some(at), Some(at)));
        return out;
    }
    let is_object = |value: &Value| value.as_entries().is_some();
    for operation in capture_diff_slices(Algorithm::Myers, &left_names, &right_names) {
        let (old, new) = (operation.old_range(), operation.new_range());
        if operation.tag() == DiffTag::Equal {
            old.zip(new).for_each(|(old, new)| pair(Some(old), Some(new)));
            continue;
        }
        let mut new = new.peekable();
        for old in old {
            let partner = new.next_if(|new| is_object(&left[old]) && is_object(&right[*new]));
            pair(Some(old), partner);
        }
        new.for_each(|new| pair(None, Some(new)));
    }
    out
}

/// The elements of two sets: what was there, with what it still is, then what is new.
pub(super) fn pairs<'v>(left: &'v [Value], right: &'v [Value]) -> Vec<(Option<&'v Value>, Option<&'v Value>)> {
    let (left_names, right_names) = names(left, right);
    let kept: HashMap<usize, &Value> = right_names.iter().copied().zip(right).collect();
    let had: HashSet<usize> = left_names.iter().copied().collect();
    let old = left.iter().zip(&left_names).map(|(value, name)| (Some(value), kept.get(name).copied()));
    let new = right.iter().zip(&right_names).filter(|(_, name)| !had.contains(name));
    old.chain(new.map(|(value, _)| (None, Some(value)))).collect()
}

fn names(left: &[Value], right: &[Value]) -> (Vec<usize>, Vec<usize>) {
    let mut names = Names::default();
    let left = left.iter().map(|value| names.of(value)).collect();
    (left, right.iter().map(|value| names.of(value)).collect())
}

/// Numbers for values, equal for equal values, so that sequences can be compared in less than quadratic time.
#[derive(Default)]
struct Names {
    known: HashMap<String, usize>,
    next: usize,
}

impl Names {
    fn of(&mut self, value: &Value) -> usize {
        self.next += 1;
        if !value.is_wholly_known() {
            return self.next;
        }
        let text = format!("{}{}", to_json(value), if value.marks_within().is_empty() { "" } else { "*" });
        *self.known.entry(text).or_insert(self.next)
    }
}
