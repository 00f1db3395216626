//! Functions over lists and tuples. Where a function takes sets too, their elements come in the set's order.

use super::{Failure, Function, Parameter, arguments::Arguments, types};
use crate::{
    expression::evaluate::Scope,
    value::{Data, Marks, Members, Number, Type, Value, convert, unify},
};

const LIST_OF_ANY: &[Parameter] = &[Parameter::new("list", types::list_of_any)];
const LIST_OF_STRING: &[Parameter] = &[Parameter::new("list", types::list_of_string)];

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new(
        "chunklist",
        &[Parameter::new("list", types::list_of_any).marked(), Parameter::new("size", types::number)],
        |it| Ok(Type::list(types::first(it))),
        chunk_list,
    ),
    Function::new("coalesce", &[], types::returns_any, coalesce)
        .variadic(Parameter::new("vals", types::any).null().unknown()),
    Function::new("coalescelist", &[], types::returns_any, coalesce_list)
        .variadic(Parameter::new("vals", types::any).null().unknown()),
    Function::new("compact", LIST_OF_STRING, types::returns_list_of_string, compact),
    Function::new(
        "contains",
        &[Parameter::new("list", types::any).typed(), Parameter::new("value", types::any).typed()],
        types::returns_bool,
        contains,
    ),
    Function::new("distinct", LIST_OF_ANY, types::returns_first, distinct),
    Function::new("flatten", &[Parameter::new("list", types::any).marked()], types::returns_any, flatten),
    Function::new(
        "index",
        &[Parameter::new("list", types::any).typed(), Parameter::new("value", types::any).typed()],
        types::returns_number,
        index,
    ),
    Function::new(
        "matchkeys",
        &[
            Parameter::new("values", types::list_of_any),
            Parameter::new("keys", types::list_of_any),
            Parameter::new("searchset", types::list_of_any),
        ],
        matched_type,
        match_keys,
    ),
    Function::new("one", &[Parameter::new("list", types::any).unknown().marked()], types::returns_any, one).nullable(),
    Function::new("range", &[], |_| Ok(Type::list(Type::Number)), range)
        .variadic(Parameter::new("params", types::number)),
    Function::new("reverse", LIST_MARKED, reversed_type, reverse),
    Function::new(
        "slice",
        &[
            Parameter::new("list", types::any).marked().typed(),
            Parameter::new("start_index", types::number),
            Parameter::new("end_index", types::number),
        ],
        sliced_type,
        slice,
    ),
    Function::new("sort", LIST_OF_STRING, types::returns_list_of_string, sort),
];

const LIST_MARKED: &[Parameter] = &[Parameter::new("list", types::any).marked()];

/// Whether the value is a list, tuple or set.
fn is_sequence(value: &Value) -> bool {
    matches!(value.ty(), Type::List(_) | Type::Set(_) | Type::Tuple(_))
}

/// The type of the elements of a list or set.
fn element_type(value: &Value) -> Type {
    match value.ty() {
        Type::List(element) | Type::Set(element) => (*element).clone(),
        _ => Type::Any,
    }
}

fn chunk_list(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let (list, elements) = (&arguments[0], arguments.elements(0));
    let size = arguments.whole(1).map_err(|it| it.within("invalid size"))?;
    let Ok(size) = usize::try_from(size) else {
        return Err("the size argument must be positive".into());
    };
    let size = if size == 0 { elements.len().max(1) } else { size };
    let element = element_type(list);
    let chunks = elements.chunks(size).map(|it| Value::list(element.clone(), it.to_vec())).collect();
    Ok(Value::list(list.ty(), chunks).marked(list.marks))
}

/// The first that is neither null nor an empty string, as a value of the type that all of them go into.
fn coalesce(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let types: Vec<Type> = arguments.iter().map(Value::ty).collect();
    let ty = unify(&types).filter(|_| !types.is_empty()).ok_or("all arguments must have the same type")?;
    for argument in arguments {
        if !argument.is_known() {
            return Ok(Value::unknown(ty));
        }
        if !argument.is_null() {
            let value = convert(argument, &ty).map_err(|it| it.0)?;
            if value.as_str() != Some("") {
                return Ok(value);
            }
        }
    }
    Err("no non-null, non-empty-string arguments".into())
}

/// The first that is not empty, as it is.
fn coalesce_list(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    if arguments.is_empty() {
        return Err("at least one argument is required".into());
    }
    // After one that is not known, nobody looks whether the others are lists.
    let mut known = arguments.iter().take_while(|it| it.is_known());
    if known.any(|it| !matches!(it.ty(), Type::List(_) | Type::Tuple(_))) {
        return Err("coalescelist arguments must be lists or tuples".into());
    }
    match arguments.iter().find(|it| !it.is_null() && it.length() != Some(0)) {
        Some(found) if !found.is_known() => Ok(Value::unknown(Type::Any)),
        Some(found) => Ok(found.clone()),
        None => Err("no non-null arguments".into()),
    }
}

fn compact(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    if !arguments[0].is_wholly_known() {
        return Ok(Value::unknown_not_null(Type::list(Type::String)));
    }
    let kept = arguments.elements(0).iter().filter(|it| it.as_str().is_some_and(|text| !text.is_empty()));
    Ok(Value::list(Type::String, kept.cloned().collect()))
}

fn contains(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    if !is_sequence(&arguments[0]) {
        return Err("argument must be list, tuple, or set".into());
    }
    let mut uncertain = false;
    for element in arguments.elements(0) {
        match element.equals(&arguments[1]).as_bool() {
            Some(true) => return Ok(Value::bool(true)),
            Some(false) => {}
            None => uncertain = true,
        }
    }
    Ok(if uncertain { Value::unknown_not_null(Type::Bool) } else { Value::bool(false) })
}

fn distinct(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let list = &arguments[0];
    if !list.is_wholly_known() {
        return Ok(Value::unknown_not_null(list.ty()));
    }
    let element = element_type(list);
    let mut kept: Vec<Value> = Vec::new();
    // A set finds duplicates faster than a look at all kept ones for each element would.
    let mut rest =
        Value::set(element.clone(), arguments.elements(0).to_vec()).as_elements().unwrap_or_default().to_vec();
    for value in arguments.elements(0) {
        if let Some(position) = position_in_order(&rest, value) {
            kept.push(rest.remove(position));
        }
    }
    Ok(Value::list(element, kept))
}

fn position_in_order(sorted: &[Value], value: &Value) -> Option<usize> {
    match value.as_str() {
        Some(text) => {
            sorted.binary_search_by(|it| it.as_str().map_or(std::cmp::Ordering::Greater, |it| it.cmp(text))).ok()
        }
        None => sorted.iter().position(|it| it == value),
    }
}

/// All elements of all depths in a tuple. Something unknown inside might be a list, so that not even the length
/// of the result is known.
fn flatten(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    flattened(arguments)
}

fn flattened(arguments: &[Value]) -> Result<Value, Failure> {
    if !is_sequence(&arguments[0]) {
        // As Terraform does: before the value is known its type is not looked at.
        if !arguments[0].is_wholly_known() {
            let values = Value::tuple(arguments[0].children().cloned().collect());
            return flattened(&[values.marked(arguments[0].marks)]);
        }
        return Err("can only flatten lists, sets and tuples".into());
    }
    let mut marks = Marks::NONE;
    let mut flat = Vec::new();
    if flatten_into(&arguments[0], &mut flat, &mut marks) {
        Ok(Value::tuple(flat).marked(marks))
    } else {
        Ok(Value::unknown(Type::Any).marked(marks))
    }
}

fn flatten_into(value: &Value, flat: &mut Vec<Value>, marks: &mut Marks) -> bool {
    *marks = marks.with(value.marks);
    let mut known = true;
    for element in value.as_elements().unwrap_or_default() {
        let may_be_sequence = is_sequence(element) || (!element.is_known() && element.ty() == Type::Any);
        if !may_be_sequence || element.is_null() {
            flat.push(element.clone());
        } else if !element.is_known() {
            *marks = marks.with(element.marks);
            known = false;
        } else {
            known &= flatten_into(element, flat, marks);
        }
    }
    known
}

fn index(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let (list, sought) = (&arguments[0], &arguments[1]);
    if !matches!(list.data, Data::List(..) | Data::Tuple(_)) {
        return Err("argument must be a list or tuple".into());
    }
    if arguments.elements(0).is_empty() {
        return Err("cannot search an empty list".into());
    }
    for (position, element) in arguments.elements(0).iter().enumerate() {
        match element.equals(sought).as_bool() {
            Some(true) => return Ok(Value::number(position)),
            Some(false) => {}
            None => return Ok(Value::unknown_not_null(Type::Number)),
        }
    }
    Err("item not found".into())
}

/// Those values whose key, at the same position, is one of the searchset.
fn matched_type(arguments: &[Value]) -> Result<Type, Failure> {
    searched_type(arguments)?;
    Ok(types::first(arguments))
}

/// The type that both the keys and what is searched among them can have.
fn searched_type(arguments: &[Value]) -> Result<Type, Failure> {
    let types = [element_type(&arguments[1]), element_type(&arguments[2])];
    unify(&types).ok_or_else(|| "keys and searchset must be of the same type".into())
}

fn match_keys(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let values = &arguments[0];
    let ty = searched_type(arguments)?;
    if arguments.elements(0).len() != arguments.elements(1).len() {
        return Err("length of keys and values should be equal".into());
    }
    let same = |value: &Value| convert(value, &ty).map_err(|it| Failure::Call(it.0));
    let sought = arguments.elements(2).iter().map(same).collect::<Result<Vec<_>, _>>()?;
    if !values.is_wholly_known() || !arguments[1].is_wholly_known() {
        return Ok(Value::unknown_not_null(values.ty()));
    }
    let sought = Members::of(&sought);
    let mut found = Vec::new();
    for (value, key) in arguments.elements(0).iter().zip(arguments.elements(1)) {
        let key = same(key)?;
        // What is not known yet is not found, as in Terraform.
        if sought.contain(&key) {
            found.push(value.clone());
        }
    }
    Ok(Value::list(element_type(values), found))
}

fn one(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let list = &arguments[0];
    let wrong = || {
        let why = "must be a list, set, or tuple value with either zero or one elements";
        Err(Failure::Argument(0, why.into()))
    };
    match (&list.data, arguments.elements(0)) {
        (Data::Unknown(_), _) => {
            let ty = match list.ty() {
                Type::List(element) | Type::Set(element) => (*element).clone(),
                Type::Tuple(elements) => match elements.as_slice() {
                    [] => return Ok(Value::null(Type::Any).marked(list.marks)),
                    [only] => only.clone(),
                    _ => return wrong(),
                },
                Type::Any => Type::Any,
                _ => return wrong(),
            };
            Ok(Value::unknown(ty).marked(list.marks))
        }
        // Elements of a set that are not known may turn out equal.
        (Data::Set(element, values), _) if values.len() > 1 && !list.is_wholly_known() => {
            Ok(Value::unknown(element.clone()).marked(list.marks))
        }
        (Data::List(element, _) | Data::Set(element, _), []) => Ok(Value::null(element.clone()).marked(list.marks)),
        (Data::Tuple(_), []) => Ok(Value::null(Type::Any).marked(list.marks)),
        (Data::List(..) | Data::Set(..) | Data::Tuple(_), [only]) => Ok(only.clone().marked(list.marks)),
        _ => wrong(),
    }
}

/// `range(limit)`, `range(start, limit)` or `range(start, limit, step)`, without the limit itself.
fn range(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let (start, limit, step) = match arguments {
        [_] => (Number::zero(), arguments.number(0), None),
        [_, _] => (arguments.number(0), arguments.number(1), None),
        [_, _, _] => (arguments.number(0), arguments.number(1), Some(arguments.number(2))),
        _ => return Err("must have one, two, or three arguments".into()),
    };
    let step = step.unwrap_or_else(|| Number::from(if limit < start { -1i64 } else { 1 }));
    if step.is_negative() && limit > start {
        return Err(Failure::Argument(1, "end must be less than start when step is negative".into()));
    }
    if !step.is_negative() && limit < start {
        return Err(Failure::Argument(1, "end must be greater than start when step is positive".into()));
    }
    let mut values = Vec::new();
    let mut next = start.clone();
    while if step.is_negative() { next > limit } else { next < limit } {
        if values.len() >= 1024 {
            let why = "more than 1024 values were generated; either decrease the difference between start and end or use \
                       a smaller step";
            return Err(why.into());
        }
        values.push(Value::number(next.clone()));
        next = next.checked_add(&step).ok_or("the range is infinite")?;
    }
    Ok(Value::list(Type::Number, values))
}

fn reverse(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let list = &arguments[0];
    let reversed = || arguments.elements(0).iter().rev().cloned().collect::<Vec<_>>();
    let result = match &list.data {
        Data::Tuple(_) => Value::tuple(reversed()),
        _ => match reversed_type(arguments)? {
            Type::List(element) => Value::list((*element).clone(), reversed()),
            _ => Value::unknown(Type::Any),
        },
    };
    Ok(result.marked(list.marks))
}

fn reversed_type(arguments: &[Value]) -> Result<Type, Failure> {
    match types::first(arguments) {
        Type::Any => Ok(Type::Any),
        Type::Tuple(elements) => Ok(Type::Tuple(elements.iter().rev().cloned().collect::<Vec<_>>().into())),
        Type::List(element) | Type::Set(element) => Ok(Type::List(element)),
        ty => Err(Failure::Argument(0, format!("can only reverse list or tuple values, not {}", ty.friendly()))),
    }
}

/// Of a tuple, only with both bounds.
fn sliced_type(arguments: &[Value]) -> Result<Type, Failure> {
    let bounds = slice_bounds(arguments)?;
    match (types::first(arguments), bounds) {
        (Type::Tuple(elements), Some((start, end))) => Ok(Type::Tuple(elements[start..end].to_vec().into())),
        (Type::Tuple(_), None) => Ok(Type::Any),
        (ty, _) => Ok(ty),
    }
}

/// Where the slice begins and ends, if both are known. What is known of them is checked in any case.
fn slice_bounds(arguments: &[Value]) -> Result<Option<(usize, usize)>, Failure> {
    let list = &arguments[0];
    let length = match list.ty() {
        Type::Set(_) => {
            let why = "cannot slice a set, because its elements do not have indices; explicitly convert to a list if the \
                       ordering of the result is not important";
            return Err(Failure::Argument(0, why.into()));
        }
        Type::Tuple(types) => Some(types.len()),
        Type::List(_) => list.length(),
        _ => return Err(Failure::Argument(0, "must be a list or tuple value".into())),
    };
    let bound = |position: usize, name: &str| {
        if !arguments[position].is_known() {
            return Ok(None);
        }
        let value = arguments.whole(position).map_err(|it| match it.within(&format!("invalid {name} index")) {
            Failure::Call(why) => Failure::Argument(position, why),
            failure => failure,
        })?;
        match usize::try_from(value) {
            Err(_) => Err(Failure::Argument(position, format!("{name} index must not be less than zero"))),
            Ok(bound) if length.is_some_and(|length| bound > length) => {
                let why = format!("{name} index must not be greater than the length of the list");
                Err(Failure::Argument(position, why))
            }
            Ok(bound) => Ok(Some(bound)),
        }
    };
    match (bound(1, "start")?, bound(2, "end")?) {
        (Some(start), Some(end)) if start > end => {
            Err(Failure::Argument(1, "start index must not be greater than end index".into()))
        }
        (Some(start), Some(end)) => Ok(Some((start, end))),
        _ => Ok(None),
    }
}

fn slice(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let list = &arguments[0];
    let Some((start, end)) = slice_bounds(arguments)? else { return Ok(Value::unknown(sliced_type(arguments)?)) };
    let part = arguments.elements(0)[start..end].to_vec();
    let result = match &list.data {
        Data::List(element, _) => Value::list(element.clone(), part),
        _ => Value::tuple(part),
    };
    Ok(result.marked(list.marks))
}

fn sort(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    if !arguments[0].is_wholly_known() {
        // Only how many there are is known.
        return Ok(Value::list(Type::String, vec![Value::unknown(Type::String); arguments.elements(0).len()]));
    }
    let mut values = arguments.elements(0).to_vec();
    if let Some(position) = values.iter().position(Value::is_null) {
        return Err(format!("given list element {position} is null; a null string cannot be sorted").into());
    }
    values.sort_by(|left, right| left.as_str().cmp(&right.as_str()));
    Ok(Value::list(Type::String, values))
}
