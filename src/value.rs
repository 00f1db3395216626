//! Values of the language: what cty calls a value. A value may be null, unknown or marked at any depth.
//!
//! Every value knows its type, also when it is null, unknown or an empty collection. Collections are shared,
//! so that a clone costs a reference count.

#![warn(missing_docs)]

mod convert;
mod equality;
mod go;
mod json;
mod number;
mod path;
mod refine;
mod render;
mod secrets;
mod set;
#[cfg(test)]
mod tests;
mod types;
mod walk;
mod zero;

pub use convert::{ConversionError, convert, is_convertible, mismatch, unify};
pub use go::go_value;
pub use json::{from_json, indented_json_text, json_text, to_json, to_json_as, type_from_json, type_to_json};
pub use number::Number;
pub use path::{Path, PathStep};
pub use render::{quoted_string, render, render_type};
pub use secrets::{HIDDEN, Secrets};
pub use set::Members;
pub use types::{ObjectType, Type};

use std::{collections::BTreeMap, sync::Arc};

/// An attribute name, a map key or a string value; cheap to clone.
pub type Text = Arc<str>;

/// A value and its marks. Equality compares both; see [`Value::equals`] for the language's `==`.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Value {
    /// What it is.
    pub data: Data,
    /// How it must be handled, as a whole. What it holds has marks of its own.
    pub marks: Marks,
}

/// What a value is, without its marks.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Data {
    /// Nothing, of a type.
    Null(Type),
    /// Not known yet.
    Unknown(Unknown),
    /// `true` or `false`.
    Bool(bool),
    /// A number of any size.
    Number(Number),
    /// In Unicode normal form C, as cty keeps strings.
    String(Text),
    /// The element type, then the elements, all of that type.
    List(Type, Arc<Vec<Value>>),
    /// Without duplicates, in cty's order. Marks of elements are moved to the set.
    Set(Type, Arc<Vec<Value>>),
    /// The element type, then the elements by key.
    Map(Type, Arc<BTreeMap<Text, Value>>),
    /// The elements, each of its own type.
    Tuple(Arc<Vec<Value>>),
    /// The attributes, each of its own type.
    Object(Arc<BTreeMap<Text, Value>>),
}

/// What is known of an unknown value. The type is [`Type::Any`] when not even that is known.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Unknown {
    /// The type it will have.
    pub ty: Type,
    /// Whether it will certainly not be null.
    pub not_null: bool,
    /// Seldom there, and so kept apart: it would make every value larger.
    pub bounds: Option<Arc<Bounds>>,
}

/// Limits of an unknown value.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Bounds {
    /// The string will certainly start so.
    Prefix(Text),
    /// The least and the most elements that the collection can have.
    Length(usize, usize),
    /// The least and the greatest that the number can be.
    Range(Option<Number>, Option<Number>),
}

impl Unknown {
    /// How the string will certainly start.
    pub fn prefix(&self) -> Option<&Text> {
        if let Some(Bounds::Prefix(prefix)) = self.bounds.as_deref() { Some(prefix) } else { None }
    }
    fn length(&self) -> Option<(usize, usize)> {
        if let Some(Bounds::Length(least, most)) = self.bounds.as_deref() { Some((*least, *most)) } else { None }
    }
}

/// Why a value must be handled with care. A set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Marks(u8);

impl Marks {
    /// Not marked.
    pub const NONE: Self = Self(0);
    /// Not to be shown.
    pub const SENSITIVE: Self = Self(1);
    /// Not to be kept in a plan or in state.
    pub const EPHEMERAL: Self = Self(2);

    /// Whether it has every mark of `other`.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
    /// The marks of both.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    /// The marks that `other` has not.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl From<Data> for Value {
    fn from(data: Data) -> Self {
        Self { data, marks: Marks::NONE }
    }
}

impl Value {
    /// A null of a type.
    pub fn null(ty: Type) -> Self {
        Data::Null(ty).into()
    }
    /// A value of which only the type is known.
    pub fn unknown(ty: Type) -> Self {
        Data::Unknown(Unknown { ty, not_null: false, bounds: None }).into()
    }
    /// Unknown, but certainly not null.
    pub fn unknown_not_null(ty: Type) -> Self {
        Data::Unknown(Unknown { ty, not_null: true, bounds: None }).into()
    }
    /// A string that is unknown but for how it starts.
    pub fn unknown_with_prefix(prefix: &str) -> Self {
        let bounds = (!prefix.is_empty()).then(|| Arc::new(Bounds::Prefix(prefix.into())));
        Data::Unknown(Unknown { ty: Type::String, not_null: true, bounds }).into()
    }
    /// `true` or `false`.
    pub fn bool(value: bool) -> Self {
        Data::Bool(value).into()
    }
    /// A number.
    pub fn number(value: impl Into<Number>) -> Self {
        Data::Number(value.into()).into()
    }
    /// A string, brought into Unicode normal form C.
    pub fn string(value: impl AsRef<str>) -> Self {
        use unicode_normalization::{UnicodeNormalization, is_nfc};
        let value = value.as_ref();
        Data::String(if value.is_ascii() || is_nfc(value) {
            value.into()
        } else {
            value.nfc().collect::<String>().into()
        })
        .into()
    }
    /// A list of elements that are all of the type `element`.
    pub fn list(element: Type, values: Vec<Value>) -> Self {
        Data::List(element, values.into()).into()
    }
    /// A map of elements that are all of the type `element`.
    pub fn map(element: Type, values: BTreeMap<Text, Value>) -> Self {
        Data::Map(element, values.into()).into()
    }
    /// A tuple.
    pub fn tuple(values: Vec<Value>) -> Self {
        Data::Tuple(values.into()).into()
    }
    /// An object.
    pub fn object(values: BTreeMap<Text, Value>) -> Self {
        Data::Object(values.into()).into()
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null(_))
    }
    /// Whether this value itself is known; its elements may not be.
    pub fn is_known(&self) -> bool {
        !matches!(self.data, Data::Unknown(_))
    }
    /// Whether this value itself is marked sensitive; what it holds may be.
    pub fn is_sensitive(&self) -> bool {
        self.marks.contains(Marks::SENSITIVE)
    }
    /// The value with `marks` added to its own.
    pub fn marked(mut self, marks: Marks) -> Self {
        self.marks = self.marks.with(marks);
        self
    }
    /// The string that it is.
    pub fn as_str(&self) -> Option<&str> {
        if let Data::String(text) = &self.data { Some(text) } else { None }
    }
    /// The bool that it is.
    pub fn as_bool(&self) -> Option<bool> {
        if let Data::Bool(value) = self.data { Some(value) } else { None }
    }
    /// The number that it is.
    pub fn as_number(&self) -> Option<&Number> {
        if let Data::Number(value) = &self.data { Some(value) } else { None }
    }
    /// The elements of a list, set or tuple.
    pub fn as_elements(&self) -> Option<&[Value]> {
        match &self.data {
            Data::List(_, values) | Data::Set(_, values) | Data::Tuple(values) => Some(values),
            _ => None,
        }
    }
    /// The entries of a map or object.
    pub fn as_entries(&self) -> Option<&BTreeMap<Text, Value>> {
        match &self.data {
            Data::Map(_, values) | Data::Object(values) => Some(values),
            _ => None,
        }
    }
    /// The attribute of an object or element of a map, without its container's marks.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_entries()?.get(name)
    }
}
