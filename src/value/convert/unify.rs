//! Which types convert to which, decided on types alone.

use super::super::{ObjectType, Text, Type};
use std::collections::BTreeMap;

/// Whether some values of type `from` convert to the constraint `to`.
pub fn is_convertible(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (_, Type::Any) | (Type::Any, _) => true,
        (from, Type::String) => from.is_primitive(),
        (Type::String | Type::Bool, Type::Bool) | (Type::String | Type::Number, Type::Number) => true,
        (Type::List(from) | Type::Set(from), Type::List(to) | Type::Set(to)) => is_convertible(from, to),
        (Type::Map(from), Type::Map(to)) => is_convertible(from, to),
        (Type::Tuple(from), Type::List(to) | Type::Set(to)) => are_convertible(from, element_of_tuple(from, to)),
        (Type::Object(from), Type::Map(to)) => {
            let from: Vec<Type> = from.attributes.values().cloned().collect();
            are_convertible(&from, element_of_object(&from, to))
        }
        (Type::Tuple(from), Type::Tuple(to)) => {
            from.len() == to.len() && from.iter().zip(&**to).all(|(from, to)| is_convertible(from, to))
        }
        (Type::Map(from), Type::Object(to)) => have_type(from, to),
        (Type::Object(from), Type::Object(to)) => to.attributes.iter().all(|(name, to_type)| {
            let from = from.attributes.get(name);
            from.map_or_else(|| to.optional.contains(name), |from| is_convertible(from, to_type))
        }),
        _ => false,
    }
}

/// Whether elements of a map can be the attributes of `to`. What may be left out is looked at only where it is there.
pub(super) fn have_type(from: &Type, to: &ObjectType) -> bool {
    to.attributes.iter().all(|(name, ty)| to.optional.contains(name) || is_convertible(from, ty))
}

/// Whether the elements of a tuple or object convert to the type that those of a collection are to have.
fn are_convertible(elements: &[Type], to: Option<Type>) -> bool {
    to.is_some_and(|to| elements.iter().all(|from| is_convertible(from, &to)))
}

/// What the elements of an object become in a map of `to`: where that is anything, the one type that all of them can have.
pub(super) fn element_of_object(elements: &[Type], to: &Type) -> Option<Type> {
    match to {
        Type::Any if !elements.is_empty() => unify(elements),
        _ => Some(to.clone()),
    }
}

/// As [`element_of_object`], of a tuple in a list or set: there elements of no known type, which may be anything later, do
/// not go with an object or a list.
pub(super) fn element_of_tuple(elements: &[Type], to: &Type) -> Option<Type> {
    let open = |unified: &Type| *to == Type::Any && *unified == Type::Any;
    element_of_object(elements, to).filter(|it| !open(it) || elements.iter().all(|it| *it == Type::Any))
}

/// The type of a value of `from` that is null or not known, after its conversion to `to`: `to`, with every `Any` in it
/// replaced by what `from` has there. They convert.
pub(super) fn filled(from: &Type, to: &Type) -> Type {
    match (from, to) {
        (from, Type::Any) => from.clone(),
        (Type::List(from) | Type::Set(from), Type::List(to)) => Type::list(filled(from, to)),
        (Type::List(from) | Type::Set(from), Type::Set(to)) => Type::set(filled(from, to)),
        (Type::Map(from), Type::Map(to)) => Type::map(filled(from, to)),
        (Type::Tuple(from), Type::List(to)) => Type::list(filled_element(from.iter(), to)),
        (Type::Tuple(from), Type::Set(to)) => Type::set(filled_element(from.iter(), to)),
        (Type::Object(from), Type::Map(to)) => Type::map(filled_element(from.attributes.values(), to)),
        (Type::Tuple(from), Type::Tuple(to)) => {
            Type::Tuple(from.iter().zip(&**to).map(|(from, to)| filled(from, to)).collect::<Vec<_>>().into())
        }
        (Type::Map(from), Type::Object(to)) => filled_attributes(to, |_| Some(from)),
        (Type::Object(from), Type::Object(to)) => filled_attributes(to, |name| from.attributes.get(name)),
        _ => to.clone(),
    }
}

fn filled_element<'t>(elements: impl Iterator<Item = &'t Type>, to: &Type) -> Type {
    if !to.has_any() {
        return to.clone();
    }
    unify(&elements.cloned().collect::<Vec<_>>()).map_or_else(|| to.clone(), |from| filled(&from, to))
}

fn filled_attributes<'t>(to: &ObjectType, from: impl Fn(&Text) -> Option<&'t Type>) -> Type {
    let attribute = |(name, ty): (&Text, &Type)| {
        let ty = from(name).map_or_else(|| ty.clone(), |from| filled(from, ty));
        (name.clone(), ty)
    };
    let attributes = to.attributes.iter().map(attribute).collect();
    Type::Object(ObjectType { attributes, optional: to.optional.clone() }.into())
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
    candidates.into_iter().find(|candidate| types.iter().all(|ty| is_convertible(ty, candidate))).cloned()
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
