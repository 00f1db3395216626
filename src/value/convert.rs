//! Conversion between types and unification of several, as cty does them.
//!
//! A conversion walks the value once. What already has the wanted type is shared, not copied.

mod mismatch;
mod open;
mod unify;

pub use mismatch::message as mismatch;
pub use unify::{is_convertible, unify};

use super::{Bounds, Data, Number, ObjectType, Path, PathStep, Text, Type, Unknown, Value};
use std::{collections::BTreeMap, sync::Arc};
use unify::filled;

/// Why a value does not convert, with the place inside the value where that is known:
/// `element 0: a number is required`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct ConversionError(pub String, usize);

impl ConversionError {
    /// Of the value itself.
    pub fn new(message: String) -> Self {
        Self(message, 0)
    }
    /// At a place inside the value.
    pub fn at(path: &Path, message: &str) -> Self {
        let prefix = path.prefix();
        let length = prefix.len();
        Self(prefix + message, length)
    }
    /// What is wrong, without the place.
    pub fn message(&self) -> &str {
        &self.0[self.1..]
    }
}

/// `value` as a value of `ty`. Where `ty` says [`Type::Any`], the type is found from the value; inside a
/// collection it is the one type that all elements can have.
pub fn convert(value: &Value, ty: &Type) -> Result<Value, ConversionError> {
    let converted = if ty.has_any() { open::converted(value, ty) } else { converted(value, ty) };
    converted.map_err(|failure| explain(value, ty, failure))
}

enum Failure {
    /// No value of this type converts.
    Type,
    /// This value does not; where it is and what it should be.
    Value(Path, String),
}

impl Failure {
    fn below(self, step: PathStep) -> Self {
        match self {
            Self::Type => Self::Type,
            Self::Value(mut path, message) => {
                path.0.insert(0, step);
                Self::Value(path, message)
            }
        }
    }
}

/// A type that can never convert is reported before a value that does not, wherever both are.
fn explain(value: &Value, ty: &Type, failure: Failure) -> ConversionError {
    let from = value.ty();
    let Failure::Value(path, message) = failure else { return ConversionError::new(mismatch::message(&from, ty)) };
    if !is_convertible(&from, ty) {
        return ConversionError::new(mismatch::message(&from, ty));
    }
    ConversionError::at(&path, &message)
}

/// The converted value, or `None` if it is of that type already. `ty` has no `Any`.
fn change(value: &Value, ty: &Type) -> Result<Option<Value>, Failure> {
    let changed = match (&value.data, ty) {
        (Data::Null(from), _) => {
            let to = reachable(from, ty)?;
            (to != *from).then(|| Data::Null(to))
        }
        (Data::Unknown(unknown), _) => {
            let to = reachable(&unknown.ty, ty)?;
            (to != unknown.ty).then(|| Value::refined(refined(unknown, to)).data)
        }
        (Data::Bool(_), Type::Bool) | (Data::Number(_), Type::Number) | (Data::String(_), Type::String) => None,
        (Data::Bool(it), Type::String) => Some(Data::String(if *it { "true" } else { "false" }.into())),
        (Data::Number(it), Type::String) => Some(Data::String(it.to_string().into())),
        (Data::String(it), Type::Bool) => Some(Data::Bool(parse_bool(it)?)),
        (Data::String(it), Type::Number) => match Number::parse(it) {
            Some(number) => Some(Data::Number(number)),
            None => return Err(Failure::Value(Path::default(), "a number is required".into())),
        },
        (Data::List(from, values), Type::List(to)) => {
            let Some(to) = element_change(from, to, values.is_empty())? else { return Ok(None) };
            Some(Data::List(to.without_optional(), Arc::new(all(values, |_| &to, false)?)))
        }
        (Data::Set(from, values), Type::List(to)) => {
            let to = element_change(from, to, values.is_empty())?.unwrap_or_else(|| from.clone());
            if values.len() > 1 && !values.iter().all(Value::is_wholly_known) {
                // How many elements remain is not known before all of them are.
                return Ok(Some(Value::unknown_not_null(Type::list(to.without_optional())).marked(value.marks)));
            }
            Some(Data::List(to.without_optional(), Arc::new(all(values, |_| &to, true)?)))
        }
        (Data::List(from, values), Type::Set(to)) => {
            let to = element_change(from, to, values.is_empty())?.unwrap_or_else(|| from.clone());
            return Ok(Some(Value::set(to.without_optional(), all(values, |_| &to, false)?).marked(value.marks)));
        }
        (Data::Set(from, values), Type::Set(to)) => {
            let Some(to) = element_change(from, to, values.is_empty())? else { return Ok(None) };
            return Ok(Some(Value::set(to.without_optional(), all(values, |_| &to, true)?).marked(value.marks)));
        }
        (Data::Tuple(values), Type::List(to)) => {
            Some(Data::List(to.without_optional(), Arc::new(all(values, |_| to, false)?)))
        }
        (Data::Tuple(values), Type::Set(to)) => {
            return Ok(Some(Value::set(to.without_optional(), all(values, |_| to, false)?).marked(value.marks)));
        }
        (Data::Tuple(values), Type::Tuple(types)) if values.len() == types.len() => {
            changed_elements(values, |position| &types[position])?.map(|it| Data::Tuple(it.into()))
        }
        (Data::Map(from, values), Type::Map(to)) => {
            let Some(to) = element_change(from, to, values.is_empty())? else { return Ok(None) };
            Some(Data::Map(to.without_optional(), Arc::new(all_entries(values, &to)?)))
        }
        (Data::Object(values), Type::Map(to)) => {
            Some(Data::Map(to.without_optional(), Arc::new(all_entries(values, to)?)))
        }
        (Data::Map(from, values), Type::Object(to)) => {
            let attributes = map_to_object(from, values, to, converted)?;
            Some(Data::Object(Arc::new(attributes)))
        }
        (Data::Object(values), Type::Object(to)) => object_change(values, to)?,
        _ => return Err(Failure::Type),
    };
    Ok(changed.map(|data| Value { data, marks: value.marks }))
}

fn reachable(from: &Type, to: &Type) -> Result<Type, Failure> {
    if is_convertible(from, to) { Ok(filled(from, &to.without_optional())) } else { Err(Failure::Type) }
}

/// What elements of `from` convert to; `None` if they need no conversion. Keeps the markers of optional
/// attributes, which the conversion of an element has to know.
fn element_change(from: &Type, to: &Type, empty: bool) -> Result<Option<Type>, Failure> {
    match from == to {
        true => Ok(None),
        false if empty && !is_convertible(from, to) => Err(Failure::Type),
        false => Ok(Some(to.clone())),
    }
}

fn converted(value: &Value, ty: &Type) -> Result<Value, Failure> {
    Ok(change(value, ty)?.unwrap_or_else(|| value.clone()))
}

fn element_step(value: &Value, position: usize, set: bool) -> PathStep {
    if set { PathStep::Element(value.clone()) } else { PathStep::Index(position) }
}

fn all<'t>(values: &[Value], ty: impl Fn(usize) -> &'t Type, set: bool) -> Result<Vec<Value>, Failure> {
    let convert = |(position, value)| {
        converted(value, ty(position)).map_err(|it: Failure| it.below(element_step(value, position, set)))
    };
    values.iter().enumerate().map(convert).collect()
}

/// As [`all`], but `None` if nothing changes.
fn changed_elements<'t>(values: &[Value], ty: impl Fn(usize) -> &'t Type) -> Result<Option<Vec<Value>>, Failure> {
    let mut changed: Option<Vec<Value>> = None;
    for (position, value) in values.iter().enumerate() {
        let new = change(value, ty(position)).map_err(|it| it.below(PathStep::Index(position)))?;
        if let Some(new) = new {
            changed.get_or_insert_with(|| values.to_vec())[position] = new;
        }
    }
    Ok(changed)
}

fn all_entries(values: &BTreeMap<Text, Value>, ty: &Type) -> Result<BTreeMap<Text, Value>, Failure> {
    let convert = |(name, value): (&Text, &Value)| {
        let value = converted(value, ty).map_err(|it| it.below(PathStep::Key(name.clone())))?;
        Ok((name.clone(), value))
    };
    values.iter().map(convert).collect()
}

/// The attributes of `to` out of a map with elements of type `from`.
fn map_to_object(
    from: &Type,
    values: &BTreeMap<Text, Value>,
    to: &ObjectType,
    converted: impl Fn(&Value, &Type) -> Result<Value, Failure>,
) -> Result<BTreeMap<Text, Value>, Failure> {
    if !unify::have_type(from, to) {
        return Err(Failure::Type);
    }
    let mut attributes = BTreeMap::new();
    for (name, ty) in &to.attributes {
        let wrong = |it: Failure| it.below(PathStep::Key(name.clone()));
        let value = match values.get(name) {
            Some(_) if !is_convertible(from, ty) => {
                let why = mismatch::message(from, ty);
                let why = format!("map element type is incompatible with attribute {name:?}: {why}");
                return Err(wrong(Failure::Value(Path::default(), why)));
            }
            Some(value) => converted(value, ty).map_err(wrong)?,
            None if to.optional.contains(name) => Value::null(ty.without_optional()),
            None => {
                let why = format!("map has no element for required attribute {name:?}");
                return Err(Failure::Value(Path::default(), why));
            }
        };
        attributes.insert(name.clone(), value);
    }
    Ok(attributes)
}

fn object_change(values: &Arc<BTreeMap<Text, Value>>, to: &ObjectType) -> Result<Option<Data>, Failure> {
    let mut changed = BTreeMap::new();
    for (name, ty) in &to.attributes {
        let new = match values.get(name) {
            Some(value) => change(value, ty).map_err(|it| it.below(PathStep::Attribute(name.clone())))?,
            None if to.optional.contains(name) => Some(Value::null(ty.without_optional())),
            None => return Err(Failure::Type),
        };
        if let Some(new) = new {
            changed.insert(name.clone(), new);
        }
    }
    // Every attribute wanted is there, so equal lengths mean that no other is.
    if changed.is_empty() && values.len() == to.attributes.len() {
        return Ok(None);
    }
    let kept = |name: &Text| values.get(name).cloned();
    let attributes = to.attributes.keys().filter_map(|name| {
        let value = changed.remove(name).or_else(|| kept(name))?;
        Some((name.clone(), value))
    });
    Ok(Some(Data::Object(Arc::new(attributes.collect()))))
}

fn parse_bool(text: &str) -> Result<bool, Failure> {
    let message = match text {
        "true" | "1" => return Ok(true),
        "false" | "0" => return Ok(false),
        _ if text.eq_ignore_ascii_case("true") => "a bool is required; to convert from string, use lowercase \"true\"",
        _ if text.eq_ignore_ascii_case("false") => {
            "a bool is required; to convert from string, use lowercase \"false\""
        }
        _ => "a bool is required",
    };
    Err(Failure::Value(Path::default(), message.into()))
}

/// What is known of an unknown value after its conversion to `to`.
fn refined(unknown: &Unknown, to: Type) -> Unknown {
    let length = match (&unknown.ty, &to) {
        (Type::Tuple(types), Type::List(_)) => Some((types.len(), types.len())),
        // Elements of a set may turn out equal.
        (Type::Tuple(types), Type::Set(_)) => Some((types.len().min(1), types.len())),
        (Type::Object(object), Type::Map(_)) => Some((object.attributes.len(), object.attributes.len())),
        (Type::List(_) | Type::Set(_), Type::Set(_)) => unknown.length().map(|(least, most)| (least.min(1), most)),
        (Type::List(_) | Type::Set(_), Type::List(_)) | (Type::Map(_), Type::Map(_)) => unknown.length(),
        _ => None,
    };
    let bounds = match length {
        Some((least, most)) => Some(Arc::new(Bounds::Length(least, most))),
        None if unknown.ty == to => unknown.bounds.clone(),
        None => None,
    };
    Unknown { ty: to, not_null: unknown.not_null, bounds }
}
