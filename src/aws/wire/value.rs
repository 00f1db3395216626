//! What is sent and received: JSON's values, and the two that JSON lacks. Where values of the language are meant, `language`
//! makes these of them, by a structure of the model, and them of these.

use aws_smithy_types::DateTime;
use std::collections::BTreeMap;

/// A structure or a map.
pub type Map = BTreeMap<String, Value>;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// As if it were not there, but in lists and maps.
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    String(String),
    Bytes(Vec<u8>),
    Time(DateTime),
    List(Vec<Value>),
    Map(Map),
}

impl Value {
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(it) = self { Some(*it) } else { None }
    }

    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(it) = self { Some(*it) } else { None }
    }

    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(it) = self { Some(it) } else { None }
    }

    pub fn as_list(&self) -> Option<&[Value]> {
        if let Self::List(it) = self { Some(it) } else { None }
    }

    pub fn as_map(&self) -> Option<&Map> {
        if let Self::Map(it) = self { Some(it) } else { None }
    }

    /// The member `name`; null where there is none.
    pub fn get(&self, name: &str) -> &Value {
        self.as_map().and_then(|it| it.get(name)).unwrap_or(&Value::Null)
    }

    /// The elements of the list `name`; none where there is no such list.
    pub fn list(&self, name: &str) -> &[Value] {
        self.get(name).as_list().unwrap_or_default()
    }

    /// The text `name`; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).as_str().unwrap_or_default()
    }

    /// The texts of a map.
    pub fn texts(&self) -> BTreeMap<String, String> {
        let entries = self.as_map().into_iter().flatten();
        entries.filter_map(|(key, it)| Some((key.clone(), it.as_str()?.to_owned()))).collect()
    }

    /// The value at `path`, names and indices between dots: `Buckets.0.Name`; `-1` is the last one.
    pub fn at(&self, path: &str) -> &Value {
        let steps = path.split('.').filter(|it| !it.is_empty());
        steps.fold(self, |value, step| match (value, step.parse::<i64>()) {
            (Value::List(items), Ok(index)) => {
                let back = || usize::try_from(index.unsigned_abs()).ok().and_then(|it| items.len().checked_sub(it));
                let index = if index < 0 { back() } else { usize::try_from(index).ok() };
                index.and_then(|it| items.get(it)).unwrap_or(&Value::Null)
            }
            _ => value.get(step),
        })
    }

    /// A place for the value at `path`, whose maps are made on the way.
    pub fn entry(&mut self, path: &str) -> &mut Value {
        path.split('.').fold(self, |value, step| {
            if !matches!(value, Value::Map(_)) {
                *value = Value::Map(Map::new());
            }
            let Value::Map(map) = value else { unreachable!("just made") };
            map.entry(step.to_owned()).or_default()
        })
    }

    /// What it is, to be told to people; never what it says, which may be a secret.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a boolean",
            Self::Int(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::String(_) => "a string",
            Self::Bytes(_) => "bytes",
            Self::Time(_) => "a time",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }
}

macro_rules! from {
    ($($type:ty => $make:expr),* $(,)?) => {
        $(impl From<$type> for Value {
            fn from(it: $type) -> Self {
                #[allow(clippy::redundant_closure_call)]
                ($make)(it)
            }
        })*
    };
}

from! {
    &str => |it: &str| Value::String(it.to_owned()),
    &String => |it: &String| Value::String(it.clone()),
    String => Value::String,
    bool => Value::Bool,
    i64 => Value::Int,
    i32 => |it: i32| Value::Int(it.into()),
    Map => Value::Map,
    Vec<Value> => Value::List,
}

impl From<Vec<String>> for Value {
    fn from(it: Vec<String>) -> Self {
        Self::List(it.into_iter().map(Self::String).collect())
    }
}

impl From<BTreeMap<String, String>> for Value {
    fn from(it: BTreeMap<String, String>) -> Self {
        Self::Map(it.into_iter().map(|(key, it)| (key, Self::String(it))).collect())
    }
}

/// What is not given is not sent.
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(it: Option<T>) -> Self {
        it.map_or(Self::Null, Into::into)
    }
}

/// The input of a call: `input! { "logGroupName" => name, "tags" => tags }`.
macro_rules! input {
    ($($name:literal => $value:expr),* $(,)?) => {
        $crate::aws::wire::Map::from([$(($name.to_owned(), $crate::aws::wire::Value::from($value))),*])
    };
}
pub(in crate::aws) use input;
