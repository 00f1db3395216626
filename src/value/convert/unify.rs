//! Which types convert to which, decided on types alone.

use super::super::{ObjectType, Text, Type};
use std::collections::BTreeMap;

/// The type of values of `from` after conversion to the constraint `to`: `to`, with every `Any` in it replaced
/// by what `from` has there. `None` if no value converts. Markers of optional attributes stay.
pub(super) fn resolve(from: &Type, to: &Type) -> Option<Type> {
    match (from, to) {
        (from, Type::Any) => Some(from.clone()),
        (Type::Any, to) => Some(to.clone()),
        (from, Type::String) if from.is_primitive() => Some(Type::String),
        (Type::String | Type::Bool, Type::Bool) => Some(Type::Bool),
        (Type::String | Type::Number, Type::Number) => Some(Type::Number),
        (Type::List(from) | Type::Set(from), Type::List(to)) => Some(Type::list(resolve(from, to)?)),
        (Type::List(from) | Type::Set(from), Type::Set(to)) => Some(Type::set(resolve(from, to)?)),
        (Type::Map(from), Type::Map(to)) => Some(Type::map(resolve(from, to)?)),
        (Type::Tuple(from), Type::List(to)) => Some(Type::list(resolve_elements(from.iter(), to)?)),
        (Type::Tuple(from), Type::Set(to)) => Some(Type::set(resolve_elements(from.iter(), to)?)),
        (Type::Object(from), Type::Map(to)) => Some(Type::map(resolve_elements(from.attributes.values(), to)?)),
        (Type::Tuple(from), Type::Tuple(to)) if from.len() == to.len() => {
            let elements: Option<Vec<Type>> = from.iter().zip(&**to).map(|(from, to)| resolve(from, to)).collect();
            Some(Type::Tuple(elements?.into()))
        }
        (Type::Map(from), Type::Object(to)) => resolve_attributes(to, |_, ty| Some(Some(resolve(from, ty)?))),
        (Type::Object(from), Type::Object(to)) => resolve_attributes(to, |name, ty| match from.attributes.get(name) {
            Some(from) => Some(Some(resolve(from, ty)?)),
            None => to.optional.contains(name).then_some(None),
        }),
        _ => None,
    }
}

/// `attribute` gives the type of one attribute, `Some(None)` where it keeps the one it has.
fn resolve_attributes(to: &ObjectType, attribute: impl Fn(&Text, &Type) -> Option<Option<Type>>) -> Option<Type> {
    let mut attributes = BTreeMap::new();
    for (name, ty) in &to.attributes {
        attributes.insert(name.clone(), attribute(name, ty)?.unwrap_or_else(|| ty.clone()));
    }
    Some(Type::Object(ObjectType { attributes, optional: to.optional.clone() }.into()))
}

/// The element type of a collection made of elements of several types.
fn resolve_elements<'t>(elements: impl Iterator<Item = &'t Type> + Clone, to: &Type) -> Option<Type> {
    if elements.clone().next().is_none() {
        return Some(to.clone());
    }
    let resolved: Vec<Type> = elements.clone().map(|from| resolve(from, to)).collect::<Option<_>>()?;
    if !to.has_any() {
        return Some(to.clone());
    }
    let unified = unify(&resolved)?;
    // Elements of no known type may be anything later, and so do not go with an object or a list.
    (unified != Type::Any || elements.clone().all(|it| *it == Type::Any)).then_some(unified)
}

/// The one type that values of all `types` can be converted to.
pub fn unify(types: &[Type]) -> Option<Type> {
    let (first, others) = types.split_first()?;
    if others.iter().all(|ty| ty == first) {
        return Some(first.clone());
    }
    let count = |is: fn(&Type) -> bool| types.iter().filter(|ty| is(ty)).count();
    let any = count(|ty| *ty == Type::Any);
    let lists = count(|ty| matches!(ty, Type::List(_)));
    let sets = count(|ty| matches!(ty, Type::Set(_)));
    let maps = count(|ty| matches!(ty, Type::Map(_)));
    let tuples = count(|ty| matches!(ty, Type::Tuple(_)));
    let objects = count(|ty| matches!(ty, Type::Object(_)));
    let all = types.len();
    for (collections, others, wrap) in
        [(maps, objects, Type::map as fn(Type) -> Type), (lists, tuples, Type::list), (sets, 0, Type::set)]
    {
        if collections > 0 && collections + any == all {
            return unify_collections(types, any > 0, wrap);
        }
        if collections > 0
            && others > 0
            && collections + others + any == all
            && let Some(unified) = unify_structures_as_collections(types, wrap)
        {
            return Some(unified);
        }
    }
    if objects > 0 && objects + any == all {
        return if any > 0 { Some(Type::Any) } else { unify_objects(types) };
    }
    if tuples > 0 && tuples + any == all {
        return if any > 0 { Some(Type::Any) } else { unify_tuples(types) };
    }
    if objects > 0 && tuples > 0 {
        return None;
    }
    preferred(types)
}

/// The first type, in order of preference, that all others convert to.
fn preferred(types: &[Type]) -> Option<Type> {
    let mut candidates: Vec<&Type> = types.iter().collect();
    candidates.sort_by_key(|ty| preference(ty));
    candidates.dedup();
    candidates.into_iter().find(|candidate| types.iter().all(|ty| resolve(ty, candidate).is_some())).cloned()
}

/// Strings hold all that other primitives can say, collections all that tuples and objects can; a list keeps an
/// order that a set has not. `Any` is the last resort.
fn preference(ty: &Type) -> u8 {
    match ty {
        Type::String | Type::List(_) | Type::Map(_) => 0,
        Type::Bool | Type::Number | Type::Set(_) => 1,
        Type::Tuple(_) | Type::Object(_) => 2,
        Type::Any => 3,
    }
}

/// The types that elements of `ty` have.
fn elements_of(ty: &Type) -> Vec<Type> {
    match ty {
        Type::List(element) | Type::Set(element) | Type::Map(element) => vec![(**element).clone()],
        Type::Tuple(elements) => elements.to_vec(),
        Type::Object(object) => object.attributes.values().cloned().collect(),
        _ => Vec::new(),
    }
}

fn unify_collections(types: &[Type], has_any: bool, wrap: fn(Type) -> Type) -> Option<Type> {
    if has_any {
        return Some(Type::Any);
    }
    let elements: Vec<Type> = types.iter().flat_map(elements_of).collect();
    unify(&elements).map(wrap)
}

/// Lists with tuples, or maps with objects: first the latter among themselves, then all as collections.
fn unify_structures_as_collections(types: &[Type], wrap: fn(Type) -> Type) -> Option<Type> {
    let is_structure = |ty: &&Type| matches!(ty, Type::Tuple(_) | Type::Object(_));
    let elements: Vec<Type> = types.iter().filter(is_structure).flat_map(elements_of).collect();
    let structure = wrap(unify(&elements)?);
    let collections: Vec<Type> =
        types.iter().map(|ty| if is_structure(&ty) { structure.clone() } else { ty.clone() }).collect();
    let unified = unify(&collections)?;
    matches!(unified, Type::List(_) | Type::Map(_)).then_some(unified)
}

/// An object if all have the same attribute names, otherwise a map.
fn unify_objects(types: &[Type]) -> Option<Type> {
    let objects: Vec<&ObjectType> =
        types.iter().filter_map(|ty| if let Type::Object(object) = ty { Some(&**object) } else { None }).collect();
    let (first, others) = objects.split_first()?;
    if others.iter().any(|object| !object.attributes.keys().eq(first.attributes.keys())) {
        let elements: Vec<Type> = types.iter().flat_map(elements_of).collect();
        return unify(&elements).map(Type::map);
    }
    let mut attributes = BTreeMap::new();
    for name in first.attributes.keys() {
        let column: Vec<Type> = objects.iter().map(|object| object.attributes[name].clone()).collect();
        attributes.insert(name.clone(), unify(&column)?);
    }
    let optional = objects.iter().flat_map(|object| object.optional.iter().cloned()).collect();
    Some(Type::Object(ObjectType { attributes, optional }.into()))
}

/// A tuple if all have the same length, otherwise a list.
fn unify_tuples(types: &[Type]) -> Option<Type> {
    let tuples: Vec<&[Type]> =
        types.iter().filter_map(|ty| if let Type::Tuple(elements) = ty { Some(&***elements) } else { None }).collect();
    let (first, others) = tuples.split_first()?;
    if others.iter().any(|tuple| tuple.len() != first.len()) {
        let elements: Vec<Type> = types.iter().flat_map(elements_of).collect();
        return unify(&elements).map(Type::list);
    }
    let column = |position: usize| unify(&tuples.iter().map(|tuple| tuple[position].clone()).collect::<Vec<_>>());
    let elements: Vec<Type> = (0..first.len()).map(column).collect::<Option<_>>()?;
    Some(Type::Tuple(elements.into()))
}
