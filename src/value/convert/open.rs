//! Conversion to a constraint that has [`Type::Any`] somewhere: what stands there is found for each element of a collection
//! by itself, and only then the elements have to agree.

use super::{
    Failure, element_step, is_convertible, map_to_object, reachable, refined,
    unify::{element_of_object, element_of_tuple, unify},
};
use crate::value::{Data, ObjectType, Path, PathStep, Text, Type, Value};
use std::{collections::BTreeMap, sync::Arc};

/// `value` as a value of `ty`.
pub(super) fn converted(value: &Value, ty: &Type) -> Result<Value, Failure> {
    if *ty == Type::Any {
        return Ok(value.clone());
    }
    if !ty.has_any() {
        return super::converted(value, ty);
    }
    let data = match (&value.data, ty) {
        // Its elements have one type already, whichever that is.
        (Data::List(..), Type::List(to)) | (Data::Set(..), Type::Set(to)) | (Data::Map(..), Type::Map(to))
            if **to == Type::Any =>
        {
            return Ok(value.clone());
        }
        (Data::Null(from), _) => Data::Null(reachable(from, ty)?),
        (Data::Unknown(unknown), _) => Value::refined(refined(unknown, reachable(&unknown.ty, ty)?)).data,
        (Data::List(from, values), Type::List(to)) => list(collection(from, values, to, false)?)?,
        (Data::Set(from, values), Type::List(to)) => {
            // How many elements remain is not known before all of them are.
            if values.len() > 1 && !values.iter().all(Value::is_wholly_known) {
                Value::unknown_not_null(reachable(&value.ty(), ty)?).data
            } else {
                list(collection(from, values, to, true)?)?
            }
        }
        (Data::List(from, values), Type::Set(to)) => {
            return Ok(set(collection(from, values, to, false)?)?.marked(value.marks));
        }
        (Data::Set(from, values), Type::Set(to)) => {
            return Ok(set(collection(from, values, to, true)?)?.marked(value.marks));
        }
        (Data::Tuple(values), Type::List(to)) => {
            let (ty, values) = structure(values, to)?;
            let values = agreed(&ty, values)?;
            list((ty, values))?
        }
        (Data::Tuple(values), Type::Set(to)) => return Ok(set(structure(values, to)?)?.marked(value.marks)),
        (Data::Tuple(values), Type::Tuple(types)) if values.len() == types.len() => {
            let elements = values.iter().zip(&**types).enumerate();
            let elements =
                elements.map(|(at, (value, ty))| converted(value, ty).map_err(|it| it.below(PathStep::Index(at))));
            Data::Tuple(elements.collect::<Result<Vec<Value>, _>>()?.into())
        }
        (Data::Map(from, entries), Type::Map(to)) => map(from_map(from, entries, to)?, "element")?,
        (Data::Object(entries), Type::Map(to)) => map(from_object(entries, to)?, "attribute")?,
        (Data::Map(from, entries), Type::Object(to)) => {
            Data::Object(Arc::new(map_to_object(from, entries, to, converted)?))
        }
        (Data::Object(entries), Type::Object(to)) => object(entries, to)?,
        _ => return Err(Failure::Type),
    };
    Ok(Value { data, marks: value.marks })
}

/// The elements of a list or set, and their type if there are none.
fn collection(from: &Type, values: &[Value], to: &Type, set: bool) -> Result<(Type, Vec<Value>), Failure> {
    if !is_convertible(from, to) {
        return Err(Failure::Type);
    }
    let each = |(at, value)| converted(value, to).map_err(|it| it.below(element_step(value, at, set)));
    let values = values.iter().enumerate().map(each).collect::<Result<_, _>>()?;
    Ok((if *to == Type::Any { from.clone() } else { to.without_optional() }, values))
}

/// The elements of a tuple, which may have any one type if `to` is anything.
fn structure(values: &[Value], to: &Type) -> Result<(Type, Vec<Value>), Failure> {
    let types: Vec<Type> = values.iter().map(Value::ty).collect();
    let to = element_of_tuple(&types, to).ok_or(Failure::Type)?;
    let each = |(at, value)| converted_fitting(value, &to).map_err(|it: Failure| it.below(PathStep::Index(at)));
    Ok((to.without_optional(), values.iter().enumerate().map(each).collect::<Result<_, _>>()?))
}

fn converted_fitting(value: &Value, to: &Type) -> Result<Value, Failure> {
    if is_convertible(&value.ty(), to) { converted(value, to) } else { Err(Failure::Type) }
}

type Entries = BTreeMap<Text, Value>;

fn from_map(from: &Type, entries: &Entries, to: &Type) -> Result<(Type, Entries), Failure> {
    if !is_convertible(from, to) {
        return Err(Failure::Type);
    }
    Ok((to.without_optional(), each_entry(entries, to)?))
}

fn from_object(entries: &Entries, to: &Type) -> Result<(Type, Entries), Failure> {
    let types: Vec<Type> = entries.values().map(Value::ty).collect();
    let to = element_of_object(&types, to).ok_or(Failure::Type)?;
    Ok((to.without_optional(), each_entry(entries, &to)?))
}

fn each_entry(entries: &Entries, to: &Type) -> Result<Entries, Failure> {
    let each = |(name, value): (&Text, &Value)| {
        let value = converted_fitting(value, to).map_err(|it| it.below(PathStep::Key(name.clone())))?;
        Ok((name.clone(), value))
    };
    entries.iter().map(each).collect()
}

/// Elements of several types as values of the one that all of them can have. All are of type `ty`, which says as much if
/// it has no `Any`.
fn agreed(ty: &Type, values: Vec<Value>) -> Result<Vec<Value>, Failure> {
    if !ty.has_any() {
        return Ok(values);
    }
    let types: Vec<Type> = values.iter().map(Value::ty).collect();
    if types.windows(2).all(|pair| pair[0] == pair[1]) {
        return Ok(values);
    }
    let Some(to) = unify(&types) else {
        return Err(Failure::Value(Path::default(), "cannot find a common base type for all elements".into()));
    };
    let each = |(at, value)| converted(value, &to).map_err(|it: Failure| it.below(PathStep::Index(at)));
    values.iter().enumerate().map(each).collect()
}

/// The type that all elements of type `ty` have. What has no type yet goes with every other, and gets that.
fn common<'v>(ty: Type, values: impl Iterator<Item = &'v mut Value>, wrong: &str) -> Result<Type, Failure> {
    if !ty.has_any() {
        return Ok(ty);
    }
    let mut found: Option<Type> = None;
    let mut untyped = Vec::new();
    for value in values {
        match (&found, value.ty()) {
            (_, Type::Any) => untyped.push(value),
            (None, ty) => found = Some(ty),
            (Some(earlier), ty) if *earlier == ty => {}
            (Some(_), _) => return Err(Failure::Value(Path::default(), wrong.into())),
        }
    }
    let Some(found) = found else { return Ok(if untyped.is_empty() { ty } else { Type::Any }) };
    for value in untyped {
        match &mut value.data {
            Data::Null(ty) => *ty = found.clone(),
            Data::Unknown(unknown) => unknown.ty = found.clone(),
            _ => {}
        }
    }
    Ok(found)
}

fn list((ty, mut values): (Type, Vec<Value>)) -> Result<Data, Failure> {
    let ty = common(ty, values.iter_mut(), "element types must all match for conversion to list")?;
    Ok(Data::List(ty, Arc::new(values)))
}

fn set((ty, mut values): (Type, Vec<Value>)) -> Result<Value, Failure> {
    let ty = common(ty, values.iter_mut(), "element types must all match for conversion to set")?;
    Ok(Value::set(ty, values))
}

fn map((ty, mut entries): (Type, Entries), of: &str) -> Result<Data, Failure> {
    if matches!(ty, Type::List(_) | Type::Set(_) | Type::Map(_) | Type::Object(_)) {
        let (names, values): (Vec<Text>, Vec<Value>) = entries.into_iter().unzip();
        entries = names.into_iter().zip(agreed(&ty, values)?).collect();
    }
    let ty = common(ty, entries.values_mut(), &format!("{of} types must all match for conversion to map"))?;
    Ok(Data::Map(ty, Arc::new(entries)))
}

fn object(entries: &Entries, to: &ObjectType) -> Result<Data, Failure> {
    let mut attributes = BTreeMap::new();
    for (name, ty) in &to.attributes {
        let value = match entries.get(name) {
            Some(value) => converted(value, ty).map_err(|it| it.below(PathStep::Attribute(name.clone())))?,
            None if to.optional.contains(name) => Value::null(ty.without_optional()),
            None => return Err(Failure::Type),
        };
        attributes.insert(name.clone(), value);
    }
    Ok(Data::Object(Arc::new(attributes)))
}
