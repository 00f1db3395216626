//! Types of the language.

use super::Text;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

/// A type, as `terraform console`'s `type()` names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Type {
    /// Not known yet; as a constraint, anything.
    Any,
    /// `true` or `false`.
    Bool,
    /// A number of any size.
    Number,
    /// Text.
    String,
    /// Elements of one type, in order.
    List(Arc<Type>),
    /// Elements of one type, without order or duplicates.
    Set(Arc<Type>),
    /// Elements of one type, by key.
    Map(Arc<Type>),
    /// Elements of a type each, in order.
    Tuple(Arc<Vec<Type>>),
    /// Attributes of a type each, by name.
    Object(Arc<ObjectType>),
}

/// The type of an object, or what a value has to have to be converted to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct ObjectType {
    /// The type of each attribute.
    pub attributes: BTreeMap<Text, Type>,
    /// Names of the attributes that a value converted to this type may lack.
    pub optional: BTreeSet<Text>,
}

impl Type {
    /// A list of that element type.
    pub fn list(element: Type) -> Self {
        Self::List(element.into())
    }
    /// A set of that element type.
    pub fn set(element: Type) -> Self {
        Self::Set(element.into())
    }
    /// A map of that element type.
    pub fn map(element: Type) -> Self {
        Self::Map(element.into())
    }
    /// An object with these attributes, none optional.
    pub fn object<N: Into<Text>>(attributes: impl IntoIterator<Item = (N, Type)>) -> Self {
        let attributes = attributes.into_iter().map(|(name, ty)| (name.into(), ty)).collect();
        Self::Object(ObjectType { attributes, optional: BTreeSet::new() }.into())
    }
    /// Whether `Any` is somewhere in it.
    pub fn has_any(&self) -> bool {
        match self {
            Self::Any => true,
            Self::Bool | Self::Number | Self::String => false,
            Self::List(element) | Self::Set(element) | Self::Map(element) => element.has_any(),
            Self::Tuple(elements) => elements.iter().any(Self::has_any),
            Self::Object(object) => object.attributes.values().any(Self::has_any),
        }
    }
    /// The type of values, where `self` is a constraint that may say which attributes can be left out.
    pub fn without_optional(&self) -> Self {
        if !self.has_optional() {
            return self.clone();
        }
        match self {
            Self::List(element) => Self::list(element.without_optional()),
            Self::Set(element) => Self::set(element.without_optional()),
            Self::Map(element) => Self::map(element.without_optional()),
            Self::Tuple(elements) => Self::Tuple(Arc::new(elements.iter().map(Self::without_optional).collect())),
            Self::Object(object) => {
                Self::object(object.attributes.iter().map(|(name, ty)| (name.clone(), ty.without_optional())))
            }
            Self::Any | Self::Bool | Self::Number | Self::String => self.clone(),
        }
    }
    fn has_optional(&self) -> bool {
        match self {
            Self::Any | Self::Bool | Self::Number | Self::String => false,
            Self::List(element) | Self::Set(element) | Self::Map(element) => element.has_optional(),
            Self::Tuple(elements) => elements.iter().any(Self::has_optional),
            Self::Object(object) => !object.optional.is_empty() || object.attributes.values().any(Self::has_optional),
        }
    }
    /// Whether it is a bool, number or string.
    pub fn is_primitive(&self) -> bool {
        matches!(self, Self::Bool | Self::Number | Self::String)
    }
    /// What messages call it: `string`, `list of string`, `object`.
    pub fn friendly(&self) -> String {
        match self {
            Self::Any => "dynamic".into(),
            Self::Bool => "bool".into(),
            Self::Number => "number".into(),
            Self::String => "string".into(),
            Self::List(element) => format!("list of {}", element.friendly()),
            Self::Set(element) => format!("set of {}", element.friendly()),
            Self::Map(element) => format!("map of {}", element.friendly()),
            Self::Tuple(_) => "tuple".into(),
            Self::Object(_) => "object".into(),
        }
    }
    /// As [`Self::friendly`], for a type that a value should convert to: `list of any single type`.
    pub fn friendly_constraint(&self) -> String {
        match self {
            Self::Any => "any type".into(),
            Self::List(element) if **element == Self::Any => "list of any single type".into(),
            Self::Set(element) if **element == Self::Any => "set of any single type".into(),
            Self::Map(element) if **element == Self::Any => "map of any single type".into(),
            Self::List(element) => format!("list of {}", element.friendly_constraint()),
            Self::Set(element) => format!("set of {}", element.friendly_constraint()),
            Self::Map(element) => format!("map of {}", element.friendly_constraint()),
            _ => self.friendly(),
        }
    }
}

impl fmt::Display for Type {
    /// Constraint syntax: `list(string)`, `object({a=number})`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::Bool => f.write_str("bool"),
            Self::Number => f.write_str("number"),
            Self::String => f.write_str("string"),
            Self::List(element) => write!(f, "list({element})"),
            Self::Set(element) => write!(f, "set({element})"),
            Self::Map(element) => write!(f, "map({element})"),
            Self::Tuple(elements) => {
                f.write_str("tuple([")?;
                for (position, element) in elements.iter().enumerate() {
                    write!(f, "{}{element}", if position == 0 { "" } else { ", " })?;
                }
                f.write_str("])")
            }
            Self::Object(object) => {
                f.write_str("object({")?;
                for (position, (name, ty)) in object.attributes.iter().enumerate() {
                    let comma = if position == 0 { "" } else { ", " };
                    if object.optional.contains(name) {
                        write!(f, "{comma}{name}=optional({ty})")?;
                    } else {
                        write!(f, "{comma}{name}={ty}")?;
                    }
                }
                f.write_str("})")
            }
        }
    }
}
