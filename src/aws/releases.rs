//! The releases of hashicorp/aws that this provider stands for, and what the later one changed in types, as data.
//!
//! `catalogue/release_6.txt` has one change a line:
//!
//! ```text
//! - resource aws_eip vpc                         an argument, block or attribute that is gone
//! + resource aws_instance force_destroy          one that came, of a type that Rust tells: its schema says the rest
//! + resource aws_s3_bucket bucket_region:s:c     one of any other, in the letters of `types.txt`
//! ~ resource aws_nat_gateway subnet_id           one that is no longer what it was
//! ```
//!
//! What came is there under any constraint, as `region` is. What is gone is there as long as the constraints admit the release
//! that has it: only a configuration that asks for the later one is told that it cannot be used.

use crate::{provider::ResourceMode, schema::SchemaBlock};
use std::sync::OnceLock;

const RELEASE_6: &str = include_str!("catalogue/release_6.txt");

/// The first has the schemas of `types.txt`.
pub(super) const VERSIONS: &[&str] = &["5.100.0", "6.0.0"];

/// Which of them a provider is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Release {
    /// Whatever either of them has.
    #[default]
    Any,
    /// Without what 5 had and 6 has not.
    Six,
}

/// One line of the file.
pub(super) struct Change {
    sign: &'static str,
    mode: ResourceMode,
    type_name: &'static str,
    /// `placement.group_id`, or `bucket_region:s:c`.
    pub(super) what: &'static str,
}

fn changes() -> &'static [Change] {
    static CHANGES: OnceLock<Vec<Change>> = OnceLock::new();
    let change = |line: &'static str| {
        let mut words = line.split(' ');
        let (sign, kind) = (words.next()?, words.next()?);
        let mode = ResourceMode::ALL.into_iter().find(|it| it.block() == kind)?;
        Some(Change { sign, mode, type_name: words.next()?, what: words.next()? })
    };
    CHANGES.get_or_init(|| RELEASE_6.lines().filter_map(change).collect())
}

/// What release 6 added to a type.
pub(super) fn added(mode: ResourceMode, type_name: &str) -> impl Iterator<Item = &'static Change> {
    changes().iter().filter(move |it| it.sign == "+" && it.mode == mode && it.type_name == type_name)
}

impl Release {
    /// Takes out of a type's block what this release has not.
    pub(super) fn apply(self, mode: ResourceMode, type_name: &str, block: &mut SchemaBlock) {
        for name in self.removed(mode, type_name) {
            block.attributes.remove(name);
            block.blocks.remove(name);
        }
    }

    fn removed(self, mode: ResourceMode, type_name: &str) -> impl Iterator<Item = &'static str> {
        let of_type = move |it: &&Change| it.sign == "-" && it.mode == mode && it.type_name == type_name;
        changes().iter().filter(move |_| self == Self::Six).filter(of_type).map(|it| it.what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{aws::AwsProvider, provider::Provider};

    /// Each line is of something that the one release has and, where it is gone, the other has not.
    #[test]
    fn every_change_is_of_something() {
        let (any, six) = (AwsProvider::default(), AwsProvider::of(Release::Six));
        assert_eq!(changes().len(), RELEASE_6.lines().count(), "a line cannot be read");
        let wrong = changes().iter().filter(|it| {
            let name = it.what.split([':', '@']).next().unwrap_or_default();
            let has = |provider: &AwsProvider| {
                let managed = provider.schemas().get(it.mode, it.type_name).cloned();
                let schema = managed.or_else(|| provider.described(it.mode, it.type_name)).expect(it.type_name);
                let mut block = &schema.block;
                let mut names: Vec<&str> = name.split('.').collect();
                let last = names.pop().unwrap_or_default();
                for name in names {
                    block = &block.blocks[name].block;
                }
                block.attributes.contains_key(last) || block.blocks.contains_key(last)
            };
            !has(&any) || has(&six) == (it.sign == "-")
        });
        assert_eq!(wrong.map(|it| it.what).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
