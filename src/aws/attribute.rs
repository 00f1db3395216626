//! Attributes as Rust types: `attributes!` declares a struct, its schema and its conversion in one place.
//!
//! Values come and go as [`Value`]. Decoding is total: null and unknown read as the type's zero value (`None`,
//! `""`, `false`, `0`, empty), since a value that reaches a provider conforms to its schema and "unknown" at
//! create means "AWS chooses". Whether an absent value goes back as null or as zero is what the field's type
//! says: `String` writes `""`, `Option<String>` and `Computed<String>` write null.

mod absent;

pub use absent::{count, given, number, some, text, texts};

use crate::{
    schema::{self, Equality, NestedBlock, Nesting, SchemaBlock, Source, Spelling},
    value::{Data, Text, Type, Value},
};
use std::{collections::BTreeMap, sync::Arc};

pub type Tags = BTreeMap<String, String>;

/// A value that AWS decides; absent where it has not been decided or AWS says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Computed<T>(pub Option<T>);

impl<T> From<Option<T>> for Computed<T> {
    fn from(value: Option<T>) -> Self {
        Self(value)
    }
}

impl From<String> for Computed<String> {
    fn from(value: String) -> Self {
        Self(Some(value))
    }
}

impl From<&str> for Computed<String> {
    fn from(value: &str) -> Self {
        Self(Some(value.to_owned()))
    }
}

/// Elements whose order means nothing; two sets with the same elements are equal.
#[derive(Clone, Debug)]
pub struct Set<T>(pub Vec<T>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: PartialEq> PartialEq for Set<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().all(|it| other.0.contains(it))
    }
}

impl<T> From<Vec<T>> for Set<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

impl<T> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<T: PartialEq> Set<T> {
    /// The elements of `self` that `other` lacks.
    pub fn without<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a T> {
        self.0.iter().filter(|it| !other.0.contains(it))
    }
}

/// What a Rust type is in a schema.
pub enum Shape {
    /// An attribute of this type.
    Value(Type),
    /// One nested block.
    Block(SchemaBlock),
    /// Nested blocks, at most so many (0: no limit).
    Blocks(Nesting, SchemaBlock, u32),
}

impl Shape {
    /// The type of one value of this shape.
    fn ty(&self) -> Type {
        match self {
            Self::Value(ty) => ty.clone(),
            Self::Block(block) => block.implied_type(),
            Self::Blocks(nesting, block, _) => nested(*nesting, block.clone(), 0).implied_type(),
        }
    }

    fn collection(self, nesting: Nesting, of: fn(Type) -> Type) -> Self {
        match self {
            Self::Block(block) => Self::Blocks(nesting, block, 0),
            element => Self::Value(of(element.ty())),
        }
    }
}

fn nested(nesting: Nesting, block: SchemaBlock, max_items: u32) -> NestedBlock {
    NestedBlock { nesting, block, min_items: 0, max_items, force_new: false, computed: false }
}

/// A Rust type that can be the type of a field.
pub trait Field: Default {
    /// Whether it is a struct of `attributes!`.
    const BLOCK: bool = false;

    fn shape() -> Shape;
    fn source() -> Source {
        Source::Required
    }
    fn decode(value: &Value) -> Self;
    fn encode(&self) -> Value;
}

impl Field for String {
    fn shape() -> Shape {
        Shape::Value(Type::String)
    }
    fn decode(value: &Value) -> Self {
        value.as_str().unwrap_or_default().to_owned()
    }
    fn encode(&self) -> Value {
        Value::string(self)
    }
}

impl Field for bool {
    fn shape() -> Shape {
        Shape::Value(Type::Bool)
    }
    fn decode(value: &Value) -> Self {
        value.as_bool().unwrap_or_default()
    }
    fn encode(&self) -> Value {
        Value::bool(*self)
    }
}

impl Field for i64 {
    fn shape() -> Shape {
        Shape::Value(Type::Number)
    }
    fn decode(value: &Value) -> Self {
        value.as_number().and_then(|it| it.to_i64()).unwrap_or_default()
    }
    fn encode(&self) -> Value {
        Value::number(*self)
    }
}

impl Field for i32 {
    fn shape() -> Shape {
        Shape::Value(Type::Number)
    }
    fn decode(value: &Value) -> Self {
        i64::decode(value).try_into().unwrap_or_default()
    }
    fn encode(&self) -> Value {
        Value::number(i64::from(*self))
    }
}

impl Field for f64 {
    fn shape() -> Shape {
        Shape::Value(Type::Number)
    }
    fn decode(value: &Value) -> Self {
        value.as_number().map(|it| it.to_f64()).unwrap_or_default()
    }
    fn encode(&self) -> Value {
        Value::number(*self)
    }
}

fn elements<T: Field>(value: &Value) -> Vec<T> {
    value.as_elements().into_iter().flatten().map(T::decode).collect()
}

impl<T: Field> Field for Vec<T> {
    fn shape() -> Shape {
        T::shape().collection(Nesting::List, Type::list)
    }
    fn source() -> Source {
        Source::Optional
    }
    fn decode(value: &Value) -> Self {
        elements(value)
    }
    fn encode(&self) -> Value {
        Value::list(T::shape().ty(), self.iter().map(T::encode).collect())
    }
}

impl<T: Field> Field for Set<T> {
    fn shape() -> Shape {
        T::shape().collection(Nesting::Set, Type::set)
    }
    fn source() -> Source {
        Source::Optional
    }
    fn decode(value: &Value) -> Self {
        Self(elements(value))
    }
    fn encode(&self) -> Value {
        Value::set(T::shape().ty(), self.0.iter().map(T::encode).collect())
    }
}

impl<T: Field> Field for BTreeMap<String, T> {
    fn shape() -> Shape {
        Shape::Value(Type::map(T::shape().ty()))
    }
    fn source() -> Source {
        Source::Optional
    }
    /// Without the keys whose value is null.
    fn decode(value: &Value) -> Self {
        let entries = value.as_entries().into_iter().flatten().filter(|(_, value)| !value.is_null());
        entries.map(|(key, value)| (key.to_string(), T::decode(value))).collect()
    }
    fn encode(&self) -> Value {
        let entries = self.iter().map(|(key, value)| (Text::from(key.as_str()), value.encode()));
        Value::map(T::shape().ty(), entries.collect())
    }
}

/// For a struct: a block that may be written at most once, which the reference provider stores as a list.
impl<T: Field> Field for Option<T> {
    fn shape() -> Shape {
        match T::shape() {
            Shape::Block(block) => Shape::Blocks(Nesting::List, block, 1),
            shape => shape,
        }
    }
    fn source() -> Source {
        Source::Optional
    }
    fn decode(value: &Value) -> Self {
        if T::BLOCK {
            return value.as_elements().and_then(<[Value]>::first).map(T::decode);
        }
        (value.is_known() && !value.is_null()).then(|| T::decode(value))
    }
    fn encode(&self) -> Value {
        match self {
            it if T::BLOCK => Value::list(T::shape().ty(), it.iter().map(T::encode).collect()),
            Some(it) => it.encode(),
            None => Value::null(T::shape().ty()),
        }
    }
}

impl<T: Field> Field for Computed<T> {
    fn shape() -> Shape {
        Option::<T>::shape()
    }
    fn source() -> Source {
        Source::Computed
    }
    fn decode(value: &Value) -> Self {
        Self(Option::decode(value))
    }
    fn encode(&self) -> Value {
        self.0.encode()
    }
}

/// One declared field: its name and what it is in the schema. The methods are the words in the brackets of
/// `attributes!`.
pub struct Declaration {
    name: &'static str,
    member: Member,
}

enum Member {
    Attribute(schema::Attribute),
    Block(NestedBlock),
}

/// The attribute that a field declares: `r#type` stands for `type`, and `self_` for `self`.
fn name_of(field: &str) -> &str {
    let name = field.strip_prefix("r#").unwrap_or(field);
    name.strip_suffix('_').unwrap_or(name)
}

/// The declaration of a field of type `T`.
pub fn declare<T: Field>(name: &'static str, description: &'static str) -> Declaration {
    let mut member = match T::shape() {
        Shape::Value(ty) => Member::Attribute(schema::Attribute::new(ty, T::source())),
        Shape::Block(block) => Member::Block(nested(Nesting::Single, block, 0)),
        Shape::Blocks(nesting, block, max_items) => Member::Block(nested(nesting, block, max_items)),
    };
    match &mut member {
        Member::Attribute(attribute) => attribute.description = description.trim_ascii(),
        Member::Block(nested) => nested.block.description = description.trim_ascii(),
    }
    Declaration { name: name_of(name), member }
}

impl Declaration {
    fn attribute(mut self, change: impl FnOnce(&mut schema::Attribute)) -> Self {
        match &mut self.member {
            Member::Attribute(attribute) => change(attribute),
            Member::Block(_) => panic!("`{}` is a block, which has no such option", self.name),
        }
        self
    }
    fn block(mut self, change: impl FnOnce(&mut NestedBlock)) -> Self {
        match &mut self.member {
            Member::Block(nested) => change(nested),
            Member::Attribute(_) => panic!("`{}` is an attribute, which has no such option", self.name),
        }
        self
    }

    /// A change replaces the object.
    pub fn force_new(mut self) -> Self {
        match &mut self.member {
            Member::Attribute(attribute) => attribute.force_new = true,
            Member::Block(nested) => nested.force_new = true,
        }
        self
    }
    pub fn required(self) -> Self {
        self.attribute(|it| it.source = Source::Required)
    }
    /// The configuration may leave it out; the field then holds its zero value.
    pub fn optional(self) -> Self {
        self.attribute(|it| it.source = Source::Optional)
    }
    /// What the configuration does not set, AWS decides.
    pub fn computed(mut self) -> Self {
        match &mut self.member {
            Member::Attribute(attribute) => attribute.source = Source::OptionalComputed,
            Member::Block(nested) => nested.computed = true,
        }
        self
    }
    /// AWS alone decides.
    pub fn read_only(self) -> Self {
        self.attribute(|it| it.source = Source::Computed)
    }
    pub fn default<T: Field>(self, value: T) -> Self {
        self.attribute(|it| it.source = Source::Default(value.encode()))
    }
    pub fn default_text(self, value: &str) -> Self {
        self.attribute(|it| it.source = Source::Default(Value::string(value)))
    }
    pub fn sensitive(self) -> Self {
        self.attribute(|it| it.sensitive = true)
    }
    /// AWS never returns it: state keeps what the configuration says.
    pub fn config_only(self) -> Self {
        self.attribute(|it| it.config_only = true)
    }
    pub fn write_only(self) -> Self {
        self.attribute(|it| it.write_only = true)
    }
    pub fn json(self) -> Self {
        self.attribute(|it| it.equality = Equality::Json)
    }
    pub fn policy(self) -> Self {
        self.attribute(|it| it.equality = Equality::Policy)
    }
    /// Planned as JSON on one line, keys in order.
    pub fn spelled_as_json(self) -> Self {
        self.attribute(|it| it.spelling = Spelling::Json)
    }
    /// The same, the version first.
    pub fn spelled_as_policy(self) -> Self {
        self.attribute(|it| it.spelling = Spelling::Policy)
    }
    pub fn case_insensitive(self) -> Self {
        self.attribute(|it| it.equality = Equality::CaseInsensitive)
    }
    pub fn network(self) -> Self {
        self.attribute(|it| it.equality = Equality::Network)
    }
    pub fn sha1(self) -> Self {
        self.attribute(|it| (it.equality, it.spelling) = (Equality::Sha1, Spelling::Sha1)).user_data()
    }
    pub fn user_data(self) -> Self {
        self.attribute(|it| it.user_data = true)
    }
    pub fn deprecated(self, why: &'static str) -> Self {
        self.attribute(|it| it.deprecated = Some(why))
    }
    pub fn min(self, items: u32) -> Self {
        self.block(|it| it.min_items = items)
    }
    pub fn max(self, items: u32) -> Self {
        self.block(|it| it.max_items = items)
    }
    /// The blocks are an attribute, a list or set of objects, that may also be written as blocks: `ingress`,
    /// `route`. Its elements are complete: what the configuration leaves out is the zero value.
    pub fn as_attribute(self) -> Self {
        let Member::Block(nested) = &self.member else { panic!("`{}` is not a block", self.name) };
        let mut attribute = schema::Attribute::new(nested.implied_type(), Source::Optional);
        attribute.description = nested.block.description;
        Self { name: self.name, member: Member::Attribute(attribute) }
    }
}

/// A block of these members.
pub fn block(declarations: Vec<Declaration>, description: &'static str) -> SchemaBlock {
    let mut block = SchemaBlock { description: description.trim_ascii(), ..SchemaBlock::default() };
    for Declaration { name, member } in declarations {
        match member {
            Member::Attribute(attribute) => drop(block.attributes.insert(name.into(), attribute)),
            Member::Block(nested) => drop(block.blocks.insert(name.into(), nested)),
        }
    }
    block
}

/// The attribute `name` of an object as a field.
pub fn take<T: Field>(object: &Value, name: &str) -> T {
    object.get(name_of(name)).map(T::decode).unwrap_or_default()
}

/// An entry of an encoded object.
pub fn entry<T: Field>(name: &str, value: &T) -> (Text, Value) {
    (name_of(name).into(), value.encode())
}

/// Declares a struct and its schema together, so that they cannot disagree.
///
/// The words in brackets are methods of [`Declaration`], in the order in which they apply.
macro_rules! attributes {
    ($(
        $(#[doc = $summary:literal])*
        $visibility:vis struct $name:ident {
            $(
                $(#[doc = $doc:literal])*
                $field:ident: $type:ty $([$($option:ident $(($argument:expr))?),+])?
            ),* $(,)?
        }
    )+) => {$(
        $(#[doc = $summary])*
        #[derive(Clone, Debug, Default, PartialEq)]
        $visibility struct $name {
            $($(#[doc = $doc])* pub $field: $type),*
        }

        impl $crate::aws::attribute::Field for $name {
            const BLOCK: bool = true;

            fn shape() -> $crate::aws::attribute::Shape {
                let members = vec![$(
                    $crate::aws::attribute::declare::<$type>(stringify!($field), concat!($($doc),*))
                        $($(.$option($($argument)?))+)?
                ),*];
                $crate::aws::attribute::Shape::Block($crate::aws::attribute::block(members, concat!($($summary),*)))
            }
            fn decode(value: &$crate::value::Value) -> Self {
                let _ = value;
                Self { $($field: $crate::aws::attribute::take(value, stringify!($field))),* }
            }
            fn encode(&self) -> $crate::value::Value {
                $crate::value::Value::object(
                    [$($crate::aws::attribute::entry(stringify!($field), &self.$field)),*].into_iter().collect(),
                )
            }
        }
    )+};
}
pub(crate) use attributes;

/// `value` with the attribute `name` set.
pub fn with(value: &Value, name: &str, to: Value) -> Value {
    let mut entries = value.as_entries().cloned().unwrap_or_default();
    entries.insert(Arc::from(name), to);
    Value { data: Data::Object(entries.into()), marks: value.marks }
}

#[cfg(test)]
mod tests;
