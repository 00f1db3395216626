//! References, indices, attributes and splats.

use super::{Extended, Scope, Step, absent, evaluate, fail, too_large, unknown};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span, has_errors, nearest},
    expression::{
        limits::count_work,
        syntax::tree::{Expression, ExpressionKind, Identifier, Splat},
    },
    value::{Data, Number, Type, Unknown, Value, convert},
};
use std::sync::Arc;

/// A chain of attributes and indices. If it starts at a name, the scope resolves as much of it as it likes.
pub(super) fn evaluate_access(expression: &Expression, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Value {
    match try_access(expression, scope, diagnostics) {
        Ok(value) => value,
        Err(error) => fail(*error, expression, scope, diagnostics),
    }
}

/// As [`evaluate_access`], giving its own error back; errors in indices are added to `diagnostics`.
pub(super) fn try_access(
    expression: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Result<Value, Box<Diagnostic>> {
    let (start, steps, spans) = chain(expression, scope, diagnostics);
    let (mut value, taken) = match start {
        Start::Reference(root) => scope.resolve(&root, &steps)?,
        Start::Expression(inner) => (evaluate(inner, scope, diagnostics), 0),
    };
    for (step, span) in steps.iter().zip(&spans).skip(taken) {
        let next = match step {
            _ if scope.absent_is_null() && absent::is_absent(&value, step) => Ok(absent::null(&value)),
            Step::Attribute(name) => attribute(&value, name),
            Step::Index(key, span) => index(&value, key, *span),
        };
        value = next.map_err(|error| Box::new(error.at(*span)))?;
    }
    Ok(value)
}

/// What `expression` starts with, the steps that follow, and where each is with its dot or brackets.
fn chain<'e>(
    expression: &'e Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> (Start<'e>, Vec<Step<'e>>, Vec<Span>) {
    let (mut steps, mut spans) = (Vec::new(), Vec::new());
    let mut inner = expression;
    loop {
        match &*inner.kind {
            ExpressionKind::Attribute(object, name) => {
                steps.push(Step::Attribute(name));
                spans.push(Span { start: object.span.end, ..inner.span });
                inner = object;
            }
            ExpressionKind::Index(collection, key) => {
                steps.push(Step::Index(evaluate(key, scope, diagnostics), key.span));
                spans.push(Span { start: collection.span.end, ..inner.span });
                inner = collection;
            }
            ExpressionKind::Name(name) => {
                steps.reverse();
                spans.reverse();
                return (Start::Reference(Identifier { text: name.clone(), span: inner.span }), steps, spans);
            }
            _ => {
                steps.reverse();
                spans.reverse();
                return (Start::Expression(inner), steps, spans);
            }
        }
    }
}

/// What a chain starts with.
enum Start<'e> {
    Reference(Identifier),
    Expression(&'e Expression),
}

/// `value.name`
pub fn attribute(value: &Value, name: &Identifier) -> Result<Value, Box<Diagnostic>> {
    let error = |summary: &str, detail: String| Err(Box::new(Diagnostic::error(summary, detail).at(name.span)));
    let unsupported = |detail: String| error("Unsupported attribute", detail);
    let found = match &value.data {
        Data::Null(_) => {
            return error(
                "Attempt to get attribute from null value",
                "This value is null, so it does not have any attributes.".into(),
            );
        }
        Data::Object(attributes) => match attributes.get(&name.text) {
            Some(found) => found.clone(),
            None => return Err(Box::new(no_attribute(name, attributes.keys().map(|it| &**it)))),
        },
        Data::Map(_, entries) => match entries.get(&name.text) {
            Some(found) => found.clone(),
            None => {
                let detail = format!("This map does not have an element with the key {:?}.", name.text);
                return error("Missing map element", detail);
            }
        },
        Data::Unknown(Unknown { ty, .. }) => match ty {
            Type::Any => unknown(),
            Type::Object(object) => match object.attributes.get(&name.text) {
                Some(ty) => Value::unknown(ty.clone()),
                None => return Err(Box::new(no_attribute(name, object.attributes.keys().map(|it| &**it)))),
            },
            Type::Map(element) => Value::unknown((**element).clone()),
            ty => return unsupported(no_attributes(ty, name)),
        },
        _ => return unsupported(no_attributes(&value.ty(), name)),
    };
    Ok(found.marked(value.marks))
}

fn no_attribute<'a>(name: &Identifier, candidates: impl Iterator<Item = &'a str>) -> Diagnostic {
    let detail = format!("This object does not have an attribute named {:?}.", name.text);
    let error = Diagnostic::error("Unsupported attribute", detail).at(name.span);
    match nearest(&name.text, candidates) {
        Some(candidate) => error.hint(format!("Did you mean {candidate:?}?")),
        None => error,
    }
}

fn no_attributes(ty: &Type, name: &Identifier) -> String {
    match ty {
        Type::List(element) if matches!(**element, Type::Object(_)) => format!(
            "Can't access attributes on a list of objects. Did you mean to access attribute {:?} for a specific element \
             of the list, or across all elements of the list?",
            name.text
        ),
        Type::Set(element) if matches!(**element, Type::Object(_)) => {
            "Can't access attributes on a set of objects. Did you mean to access an attribute across all elements of \
             the set?"
                .into()
        }
        ty if ty.is_primitive() => {
            format!("Can't access attributes on a primitive-typed value ({}).", ty.friendly())
        }
        _ => "This value does not have any attributes.".into(),
    }
}

/// `collection[key]`; `span` is that of the key.
pub fn index(collection: &Value, key: &Value, span: Span) -> Result<Value, Box<Diagnostic>> {
    let error = |summary: &str, detail: &str| Err(Box::new(Diagnostic::error(summary, detail).at(span)));
    let invalid = |detail: &str| error("Invalid index", detail);
    let no_element =
        |why: &str| invalid(&format!("The given key does not identify an element in this collection value{why}."));
    if collection.is_null() {
        return error("Attempt to index null value", "This value is null, so it does not have any indices.");
    }
    if key.is_null() {
        return invalid("Can't use a null value as an indexing key.");
    }
    // A key of any type could yet be wrong, so that Terraform says nothing about the element.
    if !key.is_known() && key.ty() == Type::Any {
        return Ok(unknown().marked(collection.marks.with(key.marks)));
    }
    let key_type = match &collection.data {
        Data::List(..) | Data::Tuple(_) => Type::Number,
        Data::Map(..) | Data::Object(_) => Type::String,
        Data::Unknown(Unknown { ty, .. }) => match ty {
            Type::Any => Type::Any,
            Type::List(_) | Type::Tuple(_) => Type::Number,
            Type::Map(_) | Type::Object(_) => Type::String,
            Type::Set(_) => return invalid(SET_INDEX),
            _ => return invalid("This value does not have any indices."),
        },
        Data::Set(..) => return invalid(SET_INDEX),
        _ => return invalid("This value does not have any indices."),
    };
    let numeric = key.as_number().is_some();
    let key = match convert(key, &key_type) {
        Ok(key) => key,
        Err(wrong) => return no_element(&format!(": {wrong}")),
    };
    let marks = collection.marks.with(key.marks);
    let found = match (&collection.data, &key.data) {
        (Data::List(_, values) | Data::Tuple(values), Data::Number(number)) => match position(number, values.len()) {
            Ok(position) => values[position].clone(),
            Err(why) => return no_element(why),
        },
        (Data::Map(_, values) | Data::Object(values), Data::String(name)) => match values.get(name) {
            Some(found) => found.clone(),
            None if numeric && matches!(collection.data, Data::Object(_)) => {
                return no_element("").map_err(|mut error: Box<Diagnostic>| {
                    error.detail += " An object only supports looking up attributes by name, not by numeric index.";
                    error
                });
            }
            None => {
                let hint = nearest(name, values.keys().map(|it| &**it)).filter(|_| marks.is_empty());
                return no_element("").map_err(|error: Box<Diagnostic>| match hint {
                    Some(candidate) => Box::new(error.hint(format!("Did you mean {candidate:?}?"))),
                    None => error,
                });
            }
        },
        (Data::List(element, _) | Data::Map(element, _), _) => Value::unknown(element.clone()),
        (Data::Unknown(Unknown { ty, .. }), key) => match (ty, key) {
            (Type::List(element) | Type::Map(element), _) => Value::unknown((**element).clone()),
            (Type::Tuple(types), Data::Number(number)) => match position(number, types.len()) {
                Ok(position) => Value::unknown(types[position].clone()),
                Err(why) => return no_element(why),
            },
            (Type::Object(object), Data::String(name)) => match object.attributes.get(name) {
                Some(ty) => Value::unknown(ty.clone()),
                None => return no_element(""),
            },
            _ => unknown(),
        },
        _ => unknown(),
    };
    Ok(found.marked(marks))
}

const SET_INDEX: &str = "Elements of a set are identified only by their value and don't have any separate index or key \
                         to select with, so it's only possible to perform operations across all elements of the set.";

fn position(number: &Number, length: usize) -> Result<usize, &'static str> {
    if !number.is_integer() {
        return Err(": indexing a sequence requires a whole number, but the given index has a fractional part");
    }
    if number.is_negative() {
        return Err(": a negative number is not a valid index for a sequence");
    }
    number.to_usize().filter(|it| *it < length).ok_or(match length {
        0 => ": the collection has no elements",
        _ => ": the given index is greater than or equal to the length of the collection",
    })
}

/// `source[*]…`: over a list, set or tuple; anything else counts as a tuple of itself, and null as an empty one.
pub(super) fn splat(splat: &Splat, expression: &Expression, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Value {
    let before = diagnostics.len();
    let source = evaluate(&splat.source, scope, diagnostics);
    let marks = source.marks;
    if has_errors(&diagnostics[before..]) {
        return unknown().marked(marks);
    }
    if let Err(why) = count_work(source.length().unwrap_or(0)) {
        return fail(too_large(&why), expression, scope, diagnostics).marked(marks);
    }
    let mut each = |element: Value| {
        let names = [("*", element)];
        evaluate(&splat.each, &Extended { outer: scope, names: &names }, diagnostics)
    };
    let result = match &source.data {
        Data::Null(_) if scope.absent_is_null() => Value::tuple(Vec::new()),
        Data::Null(Type::List(_) | Type::Set(_) | Type::Tuple(_)) => {
            let detail = "Splat expressions (with the * symbol) cannot be applied to null sequences.";
            let error = Diagnostic::error("Splat of null value", detail).at(splat.marker);
            return fail(error, expression, scope, diagnostics).marked(marks);
        }
        Data::Null(_) => Value::tuple(Vec::new()),
        Data::List(element, values) | Data::Set(element, values) => {
            let results: Vec<Value> = values.iter().map(|value| each(value.clone())).collect();
            list_of(results, || each(Value::unknown(element.clone())).ty())
        }
        Data::Tuple(values) => Value::tuple(values.iter().map(|value| each(value.clone())).collect()),
        Data::Unknown(Unknown { ty, bounds, not_null }) => match ty {
            Type::Any => unknown(),
            Type::List(element) => {
                let ty = Type::list(each(Value::unknown((**element).clone())).ty());
                Data::Unknown(Unknown { ty, not_null: true, bounds: bounds.clone() }).into()
            }
            Type::Set(element) => Value::unknown_not_null(Type::list(each(Value::unknown((**element).clone())).ty())),
            Type::Tuple(types) => Value::tuple(types.iter().map(|ty| each(Value::unknown(ty.clone()))).collect()),
            // It may be null, and so the tuple empty.
            _ => {
                let only = each(source.clone());
                if *not_null { Value::tuple(vec![only]) } else { unknown() }
            }
        },
        _ => Value::tuple(vec![each(source.clone())]),
    };
    if has_errors(&diagnostics[before..]) {
        return Value::unknown(splat_type(splat, &source.ty(), scope)).marked(marks);
    }
    result.marked(marks)
}

/// The type of a splat over a value of this type, which says something even where the splat fails.
fn splat_type(splat: &Splat, source: &Type, scope: &dyn Scope) -> Type {
    let each = |element: &Type| {
        let names = [("*", Value::unknown(element.clone()))];
        evaluate(&splat.each, &Extended { outer: scope, names: &names }, &mut Diagnostics::new()).ty()
    };
    match source {
        Type::Any => Type::Any,
        Type::List(element) | Type::Set(element) => Type::list(each(element)),
        Type::Tuple(elements) => Type::Tuple(elements.iter().map(each).collect::<Vec<_>>().into()),
        other => Type::Tuple(vec![each(other)].into()),
    }
}

/// A list if the elements have one type, as they do unless something in them is not known yet.
fn list_of(values: Vec<Value>, empty: impl FnOnce() -> Type) -> Value {
    let Some(first) = values.first() else { return Value::list(empty(), values) };
    let element = first.ty();
    if values.iter().all(|value| value.ty() == element) {
        return Data::List(element, Arc::new(values)).into();
    }
    let tuple = Value::tuple(values);
    convert(&tuple, &Type::list(Type::Any)).unwrap_or(tuple)
}
