//! The ends of `moved` blocks by what they are about, so that those that can have to do with each other are found without
//! comparing each with all.

use super::pattern::{Key, Pattern};
use crate::address::{InstanceKey, ResourceAddress, ResourceMode};
use std::collections::HashMap;

/// Names of modules, and of a resource in the last one.
type Place<'p> = (Vec<&'p str>, Option<(ResourceMode, &'p str, &'p str)>);

/// One end of each statement.
pub(super) struct Ends<'p>(HashMap<Place<'p>, Bucket<'p>>);

/// The statements that have an end in one place, by the last key of it.
#[derive(Default)]
struct Bucket<'p> {
    all: Vec<usize>,
    any: Vec<usize>,
    exactly: HashMap<&'p Option<InstanceKey>, Vec<usize>>,
}

impl<'p> Ends<'p> {
    pub(super) fn new(ends: impl Iterator<Item = &'p Pattern>) -> Self {
        let mut places: HashMap<Place<'p>, Bucket<'p>> = HashMap::new();
        for (at, end) in ends.enumerate() {
            let bucket = places.entry(place(end)).or_default();
            bucket.all.push(at);
            match end.last_key() {
                Some(Key::Exactly(key)) => bucket.exactly.entry(key).or_default().push(at),
                _ => bucket.any.push(at),
            }
        }
        Self(places)
    }

    fn at(&self, place: &Place<'_>, key: Option<&Key>) -> Vec<usize> {
        let Some(bucket) = self.0.get(place) else { return Vec::new() };
        match key {
            Some(Key::Exactly(key)) => {
                bucket.any.iter().chain(bucket.exactly.get(key).into_iter().flatten()).copied().collect()
            }
            _ => bucket.all.clone(),
        }
    }

    /// The statements whose end may be the same address.
    pub(super) fn meeting(&self, pattern: &Pattern) -> Vec<usize> {
        self.at(&place(pattern), pattern.last_key())
    }

    /// The statements whose end may be a module that the pattern lies in.
    pub(super) fn around(&self, pattern: &Pattern) -> Vec<usize> {
        let (names, resource) = place(pattern);
        let depth = if resource.is_some() { names.len() } else { names.len().saturating_sub(1) };
        let outer =
            (1..=depth).map(|depth| self.at(&(names[..depth].to_vec(), None), Some(&pattern.modules[depth - 1].1)));
        outer.flatten().collect()
    }

    /// The statements whose end may be about a resource or an instance of it.
    pub(super) fn about(&self, address: &ResourceAddress) -> Vec<usize> {
        let names = address.module.0.iter().map(|(name, _)| &**name).collect();
        self.at(&(names, Some((address.mode, &address.type_name, &address.name))), None)
    }
}

fn place(pattern: &Pattern) -> Place<'_> {
    let names = pattern.modules.iter().map(|(name, _)| &**name).collect();
    let resource = pattern.resource.as_ref().map(|(mode, type_name, name, _)| (*mode, &**type_name, &**name));
    (names, resource)
}
