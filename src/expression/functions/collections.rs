//! Functions over lists, sets, maps, tuples and objects.

use super::{Failure, Function, Parameter, types};
use crate::{
    expression::{evaluate::Scope, limits::check_elements},
    value::{Data, Marks, Type, Value, convert, unify},
};
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "length",
        parameters: &[Parameter::new("value", types::any).unknown().marked()],
        variadic: None,
        returns: types::returns_number,
        nullable: false,
        call: length,
    },
    Function {
        name: "concat",
        parameters: &[],
        variadic: Some(Parameter::new("seqs", types::any).marked().typed()),
        returns: concatenated_type,
        nullable: false,
        call: concat,
    },
    Function {
        name: "merge",
        parameters: &[],
        variadic: Some(Parameter::new("maps", types::any).null().marked()),
        returns: merged_type,
        nullable: false,
        call: merge,
    },
    Function {
        name: "lookup",
        parameters: &[
            Parameter::new("inputMap", types::any).marked().typed(),
            Parameter::new("key", types::string).marked(),
        ],
        variadic: Some(Parameter::new("default", types::any).null().unknown().marked()),
        returns: found_type,
        nullable: true,
        call: lookup,
    },
    Function {
        name: "element",
        parameters: &[Parameter::new("list", types::any).marked().typed(), Parameter::new("index", types::number)],
        variadic: None,
        returns: element_type,
        nullable: true,
        call: element,
    },
];

fn length(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let value = &arguments[0];
    let count = match (&value.data, value.lengths()) {
        (_, Some((least, most))) => {
            // No collection is longer than a machine integer can say.
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            Value::number_between(Some(least.into()), Some(most.into()))
        }
        (Data::String(text), _) => Value::number(text.graphemes(true).count()),
        (Data::Unknown(unknown), _) => match (&unknown.ty, unknown.prefix()) {
            (Type::String, prefix) => {
                let least = prefix.map_or(0, |it| it.graphemes(true).count());
                Value::number_between(Some(least.into()), None)
            }
            (Type::Any, _) => Value::unknown_not_null(Type::Number),
            _ => return Err(not_countable()),
        },
        _ => return Err(not_countable()),
    };
    Ok(count.marked(value.marks))
}

fn not_countable() -> Failure {
    "argument must be a string, a collection type, or a structural type".into()
}

/// The marks of all arguments themselves; those inside them stay where they are.
fn marks(arguments: &[Value]) -> Marks {
    arguments.iter().fold(Marks::NONE, |marks, value| marks.with(value.marks))
}

/// Lists of types that go together make a list; anything else a tuple, which has no type before all lists in it are known.
fn concatenated_type(arguments: &[Value]) -> Result<Type, Failure> {
    let types: Vec<Type> = arguments.iter().map(Value::ty).collect();
    if types.iter().all(|it| matches!(it, Type::List(_)))
        && let Some(ty) = unify(&types)
    {
        return Ok(ty);
    }
    for (position, argument) in arguments.iter().enumerate() {
        let ty = argument.ty();
        if matches!(ty, Type::List(_)) && !argument.is_known() {
            break;
        }
        if !matches!(ty, Type::Any | Type::List(_) | Type::Tuple(_)) {
            let why = "all arguments must be lists or tuples; got ".to_owned() + &ty.friendly();
            return Err(Failure::Argument(position, why));
        }
    }
    Ok(Type::Any)
}

fn concat(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    if arguments.is_empty() {
        return Err("at least one argument is required".into());
    }
    concatenated_type(arguments)?;
    check_elements(arguments.iter().filter_map(Value::length).fold(0, usize::saturating_add))?;
    let values = arguments.iter().flat_map(Value::children).cloned().collect();
    let result = Value::tuple(values).marked(marks(arguments));
    let lists: Option<Vec<Type>> = arguments
        .iter()
        .map(|it| if let Data::List(element, _) = &it.data { Some(element.clone()) } else { None })
        .collect();
    // Lists of types that go together make a list; anything else a tuple.
    match lists.and_then(|elements| unify(&elements)) {
        Some(element) if element != Type::Any || result.length() == Some(0) => {
            convert(&result, &Type::list(element)).map_err(|it| it.0.into())
        }
        _ => Ok(result),
    }
}

/// If all have one type that; otherwise an object, if all of its attributes are known.
fn merged_type(arguments: &[Value]) -> Result<Type, Failure> {
    let mut attributes = BTreeMap::new();
    let mut complete = true;
    for argument in arguments {
        match argument.ty() {
            Type::Any => return Ok(Type::Any),
            Type::Object(_) | Type::Map(_) if argument.is_null() => {}
            Type::Object(object) => attributes.extend(object.attributes.clone()),
            Type::Map(element) => match argument.as_entries() {
                Some(entries) => attributes.extend(entries.keys().map(|it| (it.clone(), (*element).clone()))),
                None => complete = false,
            },
            ty => return Err(format!("arguments must be maps or objects, got {:?}", ty.friendly()).into()),
        }
    }
    let first = types::first(arguments);
    Ok(match arguments.iter().all(|it| it.ty() == first) {
        true => first,
        false if complete => Type::object(attributes),
        false => Type::Any,
    })
}

fn merge(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let wrong = |it: &&Value| !matches!(it.ty(), Type::Any | Type::Map(_) | Type::Object(_));
    if let Some(wrong) = arguments.iter().find(wrong) {
        return Err(format!("arguments must be maps or objects, got {:?}", wrong.ty().friendly()).into());
    }
    check_elements(arguments.iter().filter_map(Value::length).fold(0, usize::saturating_add))?;
    let ty = merged_type(arguments)?;
    let given: Vec<&Value> = arguments.iter().filter(|it| !it.is_null()).collect();
    let entries = given.iter().filter_map(|it| it.as_entries()).flatten();
    let entries = entries.map(|(name, value)| (name.clone(), value.clone())).collect();
    let result = match ty {
        Type::Map(element) => Value::map((*element).clone(), entries),
        _ => Value::object(entries),
    };
    Ok(result.marked(given.iter().fold(Marks::NONE, |marks, it| marks.with(it.marks))))
}

fn found_type(arguments: &[Value]) -> Result<Type, Failure> {
    if !(2..=3).contains(&arguments.len()) {
        return Err(format!("lookup() takes two or three arguments, got {}", arguments.len()).into());
    }
    match types::first(arguments) {
        Type::Map(element) => {
            if arguments.get(2).is_some_and(|default| convert(default, &element).is_err()) {
                return Err(Failure::Argument(
                    2,
                    "the default value must have the same type as the map elements".into(),
                ));
            }
            Ok((*element).clone())
        }
        Type::Any | Type::Object(_) => Ok(Type::Any),
        _ => Err(Failure::Argument(0, "lookup() requires a map as the first argument".into())),
    }
}

fn lookup(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let (collection, key, default) = match arguments {
        [collection, key] => (collection, key, None),
        [collection, key, default] => (collection, key, Some(default)),
        _ => return Err(format!("lookup() takes two or three arguments, got {}", arguments.len()).into()),
    };
    found_type(arguments)?;
    let marks = marks(&arguments[..2]);
    let name = key.as_str().unwrap_or_default();
    let shown = if key.is_sensitive() { "(sensitive value)".to_owned() } else { format!("{name:?}") };
    let found = collection.get(name);
    let result = match (&collection.data, found, default) {
        (Data::Map(..) | Data::Object(_), Some(value), _) => value.clone(),
        (Data::Map(element, _), None, Some(default)) if *element != Type::Any => {
            convert(default, element).map_err(|wrong| Failure::Argument(2, wrong.0))?
        }
        (Data::Map(..) | Data::Object(_), None, Some(default)) => default.clone(),
        (Data::Object(_), None, None) => {
            return Err(Failure::Argument(0, format!("the given object has no attribute {shown}")));
        }
        (Data::Map(..), None, None) => return Err(format!("lookup failed to find key {shown}").into()),
        _ => return Err(Failure::Argument(0, "lookup() requires a map as the first argument".into())),
    };
    Ok(result.marked(marks))
}

fn element_type(arguments: &[Value]) -> Result<Type, Failure> {
    match types::first(arguments) {
        Type::List(element) => Ok((*element).clone()),
        Type::Any | Type::Tuple(_) => Ok(Type::Any),
        ty => Err(format!("cannot read elements from {}", ty.friendly()).into()),
    }
}

fn element(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let [list, index] = arguments else { return Err("element() takes two arguments".into()) };
    let (Data::List(_, values) | Data::Tuple(values)) = &list.data else {
        return Err(format!("cannot read elements from {}", list.ty().friendly()).into());
    };
    let Some(index) = index.as_number().and_then(|it| it.to_i64()) else {
        let range = "between -9223372036854775808 and 9223372036854775807";
        return Err(format!("invalid index: value must be a whole number, {range}").into());
    };
    if values.is_empty() {
        return Err("cannot use element function with an empty list".into());
    }
    // The index wraps around on both ends: -1 is the last element.
    let index = i128::from(index).rem_euclid(values.len() as i128) as usize;
    Ok(values[index].clone().marked(list.marks))
}
