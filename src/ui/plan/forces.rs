//! Which parts of an object force its replacement.

use crate::value::{Path, PathStep};

/// The replacing paths that lead to, or through, one place; each without the steps that led there.
#[derive(Clone, Debug, Default)]
pub(super) struct Forces<'a>(Vec<&'a [PathStep]>);

impl<'a> Forces<'a> {
    pub(super) fn new(paths: &'a [Path]) -> Self {
        Self(paths.iter().map(|path| path.0.as_slice()).collect())
    }
    /// Whether this place itself is named.
    pub(super) fn here(&self) -> bool {
        self.0.iter().any(|path| path.is_empty())
    }
    pub(super) fn below(&self, step: &PathStep) -> Self {
        let matching = |path: &&'a [PathStep]| match (path.split_first(), step) {
            (Some((PathStep::Attribute(name) | PathStep::Key(name), rest)), PathStep::Attribute(wanted)) => {
                (name == wanted).then_some(rest)
            }
            (Some((PathStep::Index(index), rest)), PathStep::Index(wanted)) => (index == wanted).then_some(rest),
            _ => None,
        };
        Self(self.0.iter().filter_map(matching).collect())
    }
    /// The same for whatever element of a set.
    pub(super) fn below_element(&self) -> Self {
        let rest = |path: &&'a [PathStep]| match path.split_first() {
            Some((PathStep::Element(_), rest)) => Some(rest),
            _ => None,
        };
        Self(self.0.iter().filter_map(rest).collect())
    }
}
