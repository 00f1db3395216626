//! What a block of HCL may hold: the arguments and nested blocks of a resource, data source or provider.

#![warn(missing_docs)]

use crate::value::{Data, ObjectType, Text, Type, Value};
use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

/// The schema of a resource type, data source or provider configuration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The version that state records, raised when the shape of stored attributes changes.
    pub version: u64,
    /// The arguments and nested blocks.
    pub block: SchemaBlock,
    /// Whether null and the value that says nothing ([`Value::is_zero`]) are one to the provider: a change from one to the
    /// other is none, and what the elements of a set leave out is stored as that value. So it is with whatever is
    /// written with Terraform's older SDK, which cannot tell them apart.
    pub null_is_zero: bool,
}

/// What a block may hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchemaBlock {
    /// The arguments, and what the provider tells of an object, by name.
    pub attributes: BTreeMap<Arc<str>, Attribute>,
    /// The blocks inside it, by type.
    pub blocks: BTreeMap<Arc<str>, NestedBlock>,
    /// What it is.
    pub description: &'static str,
    /// Whether that is Markdown.
    pub markdown: bool,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// The type of its values, once somebody asked.
    pub implied: Implied,
}

/// The type of a block's values, made when it is first asked for and the same one from then on. A copy of the block, which
/// may be made to be another, makes its own.
#[derive(Debug, Default)]
pub struct Implied(OnceLock<Type>);

impl Clone for Implied {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Implied {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// One argument, or one thing that the provider tells of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// The type of its value.
    pub ty: Type,
    /// Who decides the value.
    pub source: Source,
    /// Whether its value is never shown.
    pub sensitive: bool,
    /// A change of the value replaces the object.
    pub force_new: bool,
    /// Given to the provider and stored nowhere.
    pub write_only: bool,
    /// Kept from the configuration, since AWS never returns it.
    pub config_only: bool,
    /// When two of its values mean the same.
    pub equality: Equality,
    /// How a plan writes it, whatever the configuration does.
    pub spelling: Spelling,
    /// What a machine runs when it starts: it often holds secrets that nobody has marked.
    pub user_data: bool,
    /// The argument of the same block whose value this is once it is applied: what of that is secret is secret here, too.
    pub echoes: Option<&'static str>,
    /// Why it should not be used any more.
    pub deprecated: Option<&'static str>,
    /// What it is.
    pub description: &'static str,
    /// Whether that is Markdown.
    pub markdown: bool,
    /// What the objects in its value may hold, where the provider says that of each of their attributes.
    pub nested: Option<Arc<NestedAttributes>>,
}

/// Attributes of the objects that the value of an attribute consists of.
#[derive(Clone, Debug, PartialEq)]
pub struct NestedAttributes {
    /// How many objects there may be, and what tells them apart. Never [`Nesting::Group`].
    pub nesting: Nesting,
    /// What each may hold.
    pub attributes: BTreeMap<Arc<str>, Attribute>,
}

impl NestedAttributes {
    /// The type of the value that all objects together are: what the configuration need not set is optional in it.
    pub fn constraint(&self) -> Type {
        let attributes = self.attributes.iter().map(|(name, it)| (name.clone(), it.ty.clone())).collect();
        let optional = self.attributes.iter().filter(|(_, it)| it.source != Source::Required);
        let optional = optional.map(|(name, _)| name.clone()).collect();
        let object = Type::Object(ObjectType { attributes, optional }.into());
        match self.nesting {
            Nesting::Single | Nesting::Group => object,
            Nesting::List => Type::list(object),
            Nesting::Set => Type::set(object),
            Nesting::Map => Type::map(object),
        }
    }
}

/// Who decides the value.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// The configuration must set it.
    Required,
    /// The configuration may set it; otherwise it is null.
    Optional,
    /// Optional, and this when it is not set.
    Default(Value),
    /// The configuration may set it, otherwise AWS does.
    OptionalComputed,
    /// AWS decides, and the configuration cannot set it.
    Computed,
}

/// When two values that differ mean the same to AWS, so that the difference is not a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Equality {
    /// Only equal values mean the same.
    #[default]
    Exact,
    /// JSON documents, compared after parsing; an IAM policy also takes `"x"` and `["x"]` as the same.
    Json,
    /// IAM policies.
    Policy,
    /// Text that may be written in upper or lower case.
    CaseInsensitive,
    /// CIDR blocks or addresses, compared as parsed.
    Network,
    /// The state holds the hash of what the configuration says (`user_data`).
    Sha1,
}

/// How a plan, and then state, writes a text that can be written in several ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spelling {
    /// As the configuration does.
    #[default]
    AsWritten,
    /// JSON on one line, keys in order.
    Json,
    /// The same with the version of an IAM policy first, where it is the one of today.
    Policy,
    /// As the hash of what it says.
    Sha1,
}

/// Blocks of one type inside a block.
#[derive(Clone, Debug, PartialEq)]
pub struct NestedBlock {
    /// How many there may be, and what tells them apart.
    pub nesting: Nesting,
    /// What each may hold.
    pub block: SchemaBlock,
    /// The fewest that must be there.
    pub min_items: u32,
    /// No limit if 0.
    pub max_items: u32,
    /// A change in the block replaces the object.
    pub force_new: bool,
    /// The provider fills the block in when the configuration has none.
    pub computed: bool,
}

/// How many blocks of a type there may be, and what tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// One, or none.
    Single,
    /// One; where the configuration has none, one in which nothing is set.
    Group,
    /// Any number, told apart by their order.
    List,
    /// Any number, told apart by what they say.
    Set,
    /// Any number, told apart by their labels.
    Map,
}

impl Nesting {
    /// As Terraform calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Group => "group",
            Self::List => "list",
            Self::Set => "set",
            Self::Map => "map",
        }
    }
}

impl Attribute {
    /// Whether it has what machines run when they start as it is, not its hash.
    pub fn holds_user_data(&self) -> bool {
        self.user_data && self.spelling != Spelling::Sha1
    }

    /// With nothing said of it but type and source.
    pub fn new(ty: Type, source: Source) -> Self {
        Self {
            ty,
            source,
            sensitive: false,
            force_new: false,
            write_only: false,
            config_only: false,
            equality: Equality::Exact,
            echoes: None,
            user_data: false,
            spelling: Spelling::AsWritten,
            deprecated: None,
            description: "",
            markdown: false,
            nested: None,
        }
    }
    /// Whether the configuration may set it.
    pub fn is_configurable(&self) -> bool {
        self.source != Source::Computed
    }
    /// Whether its value is never shown, or something in it.
    pub fn holds_secrets(&self) -> bool {
        self.sensitive || self.nested.as_ref().is_some_and(|it| it.attributes.values().any(Self::holds_secrets))
    }
    /// Whether the provider may choose the value.
    pub fn is_computed(&self) -> bool {
        matches!(self.source, Source::Computed | Source::OptionalComputed)
    }
}

impl SchemaBlock {
    /// Whether it has an attribute or a block of that name.
    pub fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(name) || self.blocks.contains_key(name)
    }

    /// The type of a value that conforms to this block. Values lack nothing, so nothing in it is optional.
    pub fn implied_type(&self) -> Type {
        let make = || {
            let attributes = self.attributes.iter().map(|(name, it)| (name.clone(), it.ty.without_optional()));
            let blocks = self.blocks.iter().map(|(name, nested)| (name.clone(), nested.implied_type()));
            Type::object(attributes.chain(blocks))
        };
        self.implied.0.get_or_init(make).clone()
    }

    /// `object` with none where it has null for nested blocks that are a list, set or map: such blocks are never null, however
    /// a provider or an older state spells that there are none. `length` and `for` rely on it.
    pub fn whole(&self, object: Value) -> Value {
        if !self.lacks_blocks(&object) {
            return object;
        }
        let Data::Object(entries) = &object.data else { return object };
        let whole = |(name, value): (&Text, &Value)| {
            let nested = self.blocks.get(name);
            (name.clone(), nested.map_or_else(|| value.clone(), |nested| nested.whole(value.clone())))
        };
        Value { data: Data::Object(entries.iter().map(whole).collect::<BTreeMap<_, _>>().into()), marks: object.marks }
    }

    /// The attributes that echo another, with that one.
    pub fn echoes(&self) -> impl Iterator<Item = (&Text, &'static str)> {
        self.attributes.iter().filter_map(|(name, it)| Some((name, it.echoes?)))
    }

    /// The value of a block in which nothing is set.
    pub fn unset(&self) -> Value {
        let attributes = self.attributes.iter().map(|(name, it)| (name.clone(), Value::null(it.ty.without_optional())));
        let blocks = self.blocks.iter().map(|(name, it)| (name.clone(), it.absent()));
        Value::object(attributes.chain(blocks).collect())
    }

    fn lacks_blocks(&self, object: &Value) -> bool {
        self.blocks.iter().any(|(name, nested)| object.get(name).is_some_and(|value| nested.lacks_blocks(value)))
    }
}

impl NestedBlock {
    /// The type of the value that all blocks of this type together are.
    pub fn implied_type(&self) -> Type {
        let block = self.block.implied_type();
        match self.nesting {
            Nesting::Single | Nesting::Group => block,
            Nesting::List => Type::list(block),
            Nesting::Set => Type::set(block),
            Nesting::Map => Type::map(block),
        }
    }

    /// The value where there are no blocks of this type.
    pub fn absent(&self) -> Value {
        let element = self.block.implied_type();
        match self.nesting {
            Nesting::Single => Value::null(element),
            Nesting::Group => self.block.unset(),
            Nesting::List => Value::list(element, Vec::new()),
            Nesting::Set => Value::set(element, Vec::new()),
            Nesting::Map => Value::map(element, BTreeMap::new()),
        }
    }

    fn whole(&self, value: Value) -> Value {
        let marks = value.marks;
        let each = |values: &[Value]| values.iter().map(|it| self.block.whole(it.clone())).collect::<Vec<_>>();
        let data = match (self.nesting, &value.data) {
            (Nesting::Single | Nesting::Group, _) => return self.block.whole(value),
            (_, Data::Null(_)) => return self.absent().marked(marks),
            (_, Data::Set(ty, values)) => return Value::set(ty.clone(), each(values)).marked(marks),
            (_, Data::List(ty, values)) => Data::List(ty.clone(), each(values).into()),
            (_, Data::Map(ty, values)) => {
                let values = values.iter().map(|(key, it)| (key.clone(), self.block.whole(it.clone())));
                Data::Map(ty.clone(), values.collect::<BTreeMap<_, _>>().into())
            }
            _ => return value,
        };
        Value { data, marks }
    }

    fn lacks_blocks(&self, value: &Value) -> bool {
        match self.nesting {
            Nesting::Single | Nesting::Group => self.block.lacks_blocks(value),
            _ => value.is_null() || value.children().any(|it| self.block.lacks_blocks(it)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block() -> SchemaBlock {
        let attributes = [("name".into(), Attribute::new(Type::String, Source::Required))];
        SchemaBlock { attributes: attributes.into(), ..SchemaBlock::default() }
    }

    /// A block around a list of objects whose names need not be set.
    fn around(mut block: SchemaBlock) -> NestedBlock {
        let attributes = [("name".into(), Attribute::new(Type::String, Source::Optional))].into();
        let nested = NestedAttributes { nesting: Nesting::List, attributes };
        block.attributes.insert("objects".into(), Attribute::new(nested.constraint(), Source::Optional));
        NestedBlock { nesting: Nesting::List, block, min_items: 0, max_items: 0, force_new: false, computed: false }
    }

    #[test]
    fn blocks_that_are_not_there_have_a_value() {
        let object = r#"{"name":null}"#;
        for (nesting, ty, expected) in [
            (Nesting::Single, "object({name=string})", "null"),
            (Nesting::Group, "object({name=string})", object),
            (Nesting::List, "list(object({name=string}))", "[]"),
            (Nesting::Set, "set(object({name=string}))", "[]"),
            (Nesting::Map, "map(object({name=string}))", "{}"),
        ] {
            let inner =
                NestedBlock { nesting, block: block(), min_items: 0, max_items: 0, force_new: false, computed: false };
            let absent = inner.absent();
            assert_eq!(crate::value::to_json(&absent).to_string(), expected, "{nesting:?}");
            assert_eq!((absent.ty().to_string(), inner.implied_type()), (ty.to_owned(), absent.ty()), "{nesting:?}");
            let mut outer = SchemaBlock { blocks: [("inner".into(), inner)].into(), ..block() };
            outer.blocks.insert("around".into(), around(outer.clone()));
            assert_eq!(outer.unset().ty(), outer.implied_type());
            assert_eq!(outer.implied_type(), outer.implied_type().without_optional());
        }
    }

    #[test]
    fn nested_attributes_have_a_type() {
        let attributes = |source| [("name".into(), Attribute::new(Type::String, source))].into();
        for (nesting, source, expected) in [
            (Nesting::Single, Source::Required, "object({name=string})"),
            (Nesting::List, Source::Optional, "list(object({name=optional(string)}))"),
            (Nesting::Set, Source::Computed, "set(object({name=optional(string)}))"),
            (Nesting::Map, Source::OptionalComputed, "map(object({name=optional(string)}))"),
        ] {
            let nested = NestedAttributes { nesting, attributes: attributes(source) };
            assert_eq!(nested.constraint().to_string(), expected);
        }
    }
}
