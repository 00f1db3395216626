//! Every type of hashicorp/aws 5.100 by its schema, for those that rforge cannot manage yet: a configuration that has
//! them can be checked all the same.
//!
//! `types.txt` is written by `tests/aws/record_catalogue.py`. Its first part has one line for each type:
//!
//! ```text
//! resource aws_lambda_alias 0 2383       kind of block, name, version of the schema, line of its block
//! ```
//!
//! Behind an empty line comes the second part, whose lines are numbered from 0 and are of two kinds:
//!
//! ```text
//! arn:s:c rule@list@0-1@17               a block: attributes (name, type, flags), blocks (name, nesting, bounds, line)
//! name=s weight?=n                       an object type; `?` marks what may be left out
//! ```
//!
//! Types are `s`tring, `n`umber, `b`ool, `*` for any, `[` list of, `{` set of, `<` map of, `(` the object type of that
//! line. Flags are `r`equired, `o`ptional, `c`omputed, `s`ensitive, `w`rite-only and `d`eprecated.
//!
//! Nothing is parsed before it is asked for, and then only what the type in question consists of. What release 6 changed in a type
//! stands in `release_6.txt` ([`releases`]).

mod behaviour;

pub use behaviour::Behaviour;

use crate::{
    aws::releases::{self, Release},
    provider::ResourceMode,
    schema::{Attribute, NestedBlock, Nesting, Schema, SchemaBlock, Source},
    value::{ObjectType, Type},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

const TYPES: &str = include_str!("catalogue/types.txt");

/// What the schemas do not say: which argument to use instead.
const DEPRECATED: &str = "Refer to the provider documentation for details.";

/// The schemas of `types.txt`, each parsed when it is first asked for.
#[derive(Default)]
pub struct Catalogue {
    release: Release,
    index: OnceLock<Index>,
}

/// Where things are in the file.
struct Index {
    types: BTreeMap<(ResourceMode, &'static str), Entry>,
    lines: Vec<&'static str>,
}

struct Entry {
    version: u64,
    /// Of its block.
    line: usize,
    parsed: OnceLock<Option<Arc<Schema>>>,
}

impl Catalogue {
    /// The types as that release has them.
    pub fn of(release: Release) -> Self {
        Self { release, index: OnceLock::new() }
    }

    pub fn schema(&self, mode: ResourceMode, type_name: &str) -> Option<Arc<Schema>> {
        let index = self.index();
        let Entry { version, line, parsed } = index.types.get(&(mode, type_name))?;
        let parse = || {
            let mut block = index.block(*line)?;
            for (name, attribute) in releases::added(mode, type_name).filter_map(|it| it.what.split_once(':')) {
                block.attributes.insert(name.into(), index.attribute(attribute)?);
            }
            self.release.apply(mode, type_name, &mut block);
            Some(Arc::new(Schema { version: *version, block, ..Schema::default() }))
        };
        parsed.get_or_init(parse).clone()
    }

    /// The names of all types of this kind.
    pub fn names(&self, mode: ResourceMode) -> Vec<&'static str> {
        self.index().types.keys().filter(|it| it.0 == mode).map(|it| it.1).collect()
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let (types, lines) = TYPES.split_once("\n\n").unwrap_or_default();
            Index { types: types.lines().filter_map(entry).collect(), lines: lines.lines().collect() }
        })
    }
}

fn entry(line: &'static str) -> Option<((ResourceMode, &'static str), Entry)> {
    let mut words = line.split(' ');
    let kind = words.next()?;
    let mode = ResourceMode::ALL.into_iter().find(|it| it.block() == kind)?;
    let name = words.next()?;
    let (version, line) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some(((mode, name), Entry { version, line, parsed: OnceLock::new() }))
}

impl Index {
    fn block(&self, line: usize) -> Option<SchemaBlock> {
        let mut block = SchemaBlock::default();
        for part in self.lines.get(line)?.split(' ').filter(|it| !it.is_empty()) {
            if let Some((name, nested)) = part.split_once('@') {
                block.blocks.insert(name.into(), self.nested(nested)?);
            } else {
                let (name, attribute) = part.split_once(':')?;
                block.attributes.insert(name.into(), self.attribute(attribute)?);
            }
        }
        Some(block)
    }

    /// `list@0-1@17`
    fn nested(&self, text: &str) -> Option<NestedBlock> {
        let mut parts = text.split('@');
        let nesting = match parts.next()? {
            "single" => Nesting::Single,
            "list" => Nesting::List,
            "set" => Nesting::Set,
            _ => Nesting::Map,
        };
        let (min, max) = parts.next()?.split_once('-')?;
        Some(NestedBlock {
            nesting,
            block: self.block(parts.next()?.parse().ok()?)?,
            min_items: min.parse().ok()?,
            max_items: max.parse().ok()?,
            force_new: false,
            computed: false,
        })
    }

    /// `[s:oc`
    fn attribute(&self, text: &str) -> Option<Attribute> {
        let (ty, flags) = text.split_once(':')?;
        let has = |flag| flags.contains(flag);
        let source = match (has('r'), has('o'), has('c')) {
            (true, ..) => Source::Required,
            (_, true, true) => Source::OptionalComputed,
            (_, true, false) => Source::Optional,
            _ => Source::Computed,
        };
        Some(Attribute {
            sensitive: has('s'),
            write_only: has('w'),
            deprecated: has('d').then_some(DEPRECATED),
            ..Attribute::new(self.ty(ty)?, source)
        })
    }

    fn ty(&self, text: &str) -> Option<Type> {
        let inner = text.get(1..)?;
        Some(match text.chars().next()? {
            's' => Type::String,
            'n' => Type::Number,
            'b' => Type::Bool,
            '*' => Type::Any,
            '[' => Type::list(self.ty(inner)?),
            '{' => Type::set(self.ty(inner)?),
            '<' => Type::map(self.ty(inner)?),
            '(' => self.object(inner.parse().ok()?)?,
            _ => return None,
        })
    }

    fn object(&self, line: usize) -> Option<Type> {
        let mut object = ObjectType::default();
        for part in self.lines.get(line)?.split(' ').filter(|it| !it.is_empty()) {
            let (name, ty) = part.split_once('=')?;
            if let Some(name) = name.strip_suffix('?') {
                object.optional.insert(name.into());
            }
            object.attributes.insert(name.trim_end_matches('?').into(), self.ty(ty)?);
        }
        Some(Type::Object(object.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_can_be_read() {
        let catalogue = Catalogue::default();
        for (mode, at_least) in [(ResourceMode::Managed, 1500), (ResourceMode::Data, 600)] {
            let names = catalogue.names(mode);
            assert!(names.len() > at_least, "{mode:?}: only {}", names.len());
            for name in names {
                assert!(catalogue.schema(mode, name).is_some(), "{mode:?} {name}");
            }
        }
    }

    #[test]
    fn says_what_terraform_says() {
        let catalogue = Catalogue::default();
        let lambda = catalogue.schema(ResourceMode::Managed, "aws_lambda_function").unwrap();
        let attribute = |name: &str| &lambda.block.attributes[name];
        assert_eq!(attribute("function_name").source, Source::Required);
        assert_eq!(attribute("architectures").ty, Type::list(Type::String));
        assert_eq!(attribute("architectures").source, Source::OptionalComputed);
        assert_eq!(attribute("region").source, Source::OptionalComputed);
        let environment = &lambda.block.blocks["environment"];
        assert_eq!((environment.nesting, environment.min_items, environment.max_items), (Nesting::List, 0, 1));
        assert_eq!(environment.block.attributes["variables"].ty, Type::map(Type::String));
        let distribution = catalogue.schema(ResourceMode::Managed, "aws_cloudfront_distribution").unwrap();
        assert!(!distribution.block.attributes.contains_key("region"), "CloudFront is in no region");
        let function = catalogue.schema(ResourceMode::Data, "aws_lambda_function").unwrap();
        let dead_letters = Type::list(Type::object([("target_arn", Type::String)]));
        assert_eq!(function.block.attributes["dead_letter_config"].ty, dead_letters);
        assert!(catalogue.schema(ResourceMode::Data, "aws_lambda_permission").is_none());
    }

    /// The hand-written schemas are the authority for what rforge manages; they must not have left something out.
    #[test]
    fn holds_all_that_is_managed() {
        let catalogue = Catalogue::default();
        let schemas = crate::aws::AwsProvider::default();
        let schemas = crate::provider::Provider::schemas(&schemas);
        let mut differences = Vec::new();
        let managed = schemas.resources.iter().map(|(name, it)| (ResourceMode::Managed, *name, &it.schema));
        for (mode, name_of_type, schema) in
            managed.chain(schemas.data.iter().map(|(name, it)| (ResourceMode::Data, *name, it)))
        {
            let described = catalogue.schema(mode, name_of_type);
            let described = described.unwrap_or_else(|| panic!("{name_of_type} is missing"));
            assert_eq!(described.version, schema.version, "{name_of_type}");
            let names = |schema: &Schema| {
                let block = &schema.block;
                block.attributes.keys().chain(block.blocks.keys()).cloned().collect::<std::collections::BTreeSet<_>>()
            };
            // What release 6 added is in no schema of 5.100.
            let mut managed = names(schema);
            managed.retain(|name| !releases::added(mode, name_of_type).any(|it| *it.what == **name));
            let described = names(&described);
            if described != managed {
                differences.push(format!("{mode:?} {name_of_type}: {:?}", described.symmetric_difference(&managed)));
            }
        }
        assert_eq!(differences, Vec::<String>::new());
    }
}
