//! `regex`, `regexall` and `replace`.

use super::{
    Failure, Function, Parameter,
    arguments::Arguments,
    pattern::{self, Pattern},
    types,
};
use crate::{
    expression::{
        evaluate::Scope,
        limits::{check_elements, check_text},
    },
    value::{Type, Value},
};
use regex::Captures;

const PATTERN: &[Parameter] = &[Parameter::new("pattern", types::string), Parameter::new("string", types::string)];

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("regex", PATTERN, matched_type, first_match),
    Function::new("regexall", PATTERN, |it| Ok(Type::list(matched_type(it)?)), all_matches),
    Function::new(
        "replace",
        &[
            Parameter::new("str", types::string),
            Parameter::new("substr", types::string),
            Parameter::new("replace", types::string),
        ],
        types::returns_string,
        replace,
    ),
];

fn compiled(arguments: &[Value]) -> Result<Pattern, Failure> {
    let pattern = pattern::compile(arguments.text(0))
        .map_err(|it| Failure::Argument(0, format!("invalid regexp pattern: {} in {}", it.what, it.part)))?;
    let named = pattern.names.iter().flatten().count();
    if named > 0 && named < pattern.names.len() {
        let why = "invalid regexp pattern: cannot mix both named and unnamed capture groups";
        return Err(Failure::Argument(0, why.into()));
    }
    Ok(pattern)
}

/// What a match gives: a string without groups, an object of named ones, a tuple of others.
fn result_type(pattern: &Pattern) -> Type {
    let names: Vec<&str> = pattern.names.iter().flatten().map(String::as_str).collect();
    match (pattern.names.len(), &names[..]) {
        (0, _) => Type::String,
        (groups, []) => Type::Tuple(vec![Type::String; groups].into()),
        (_, names) => Type::object(names.iter().map(|name| (*name, Type::String))),
    }
}

/// What can be told of the result from the pattern alone.
fn matched_type(arguments: &[Value]) -> Result<Type, Failure> {
    match arguments.first().is_some_and(Value::is_known) {
        true => Ok(result_type(&compiled(arguments)?)),
        false => Ok(Type::Any),
    }
}

fn result(pattern: &Pattern, captures: &Captures<'_>) -> Value {
    let group = |number: usize| captures.get(number).map_or(Value::null(Type::String), |it| Value::string(it.as_str()));
    if pattern.names.is_empty() {
        return group(0);
    }
    let groups = (1..).zip(&pattern.names);
    if pattern.names.iter().all(Option::is_none) {
        return Value::tuple(groups.map(|(number, _)| group(number)).collect());
    }
    // Of several groups with one name the last counts.
    let named = groups.filter_map(|(number, name)| Some((name.as_deref()?.into(), group(number))));
    Value::object(named.collect())
}

fn first_match(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let pattern = compiled(arguments)?;
    match pattern.regex.captures(arguments.text(1)) {
        Some(captures) => Ok(result(&pattern, &captures)),
        None => Err("pattern did not match any part of the given string".into()),
    }
}

fn all_matches(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let pattern = compiled(arguments)?;
    check_elements(pattern.regex.find_iter(arguments.text(1)).count())?;
    let found = pattern.regex.captures_iter(arguments.text(1)).map(|it| result(&pattern, &it)).collect();
    Ok(Value::list(result_type(&pattern), found))
}

/// A `substr` between slashes is a pattern, and `$1` or `${name}` in `replace` a group of it.
fn replace(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let (text, sought, by) = (arguments.text(0), arguments.text(1), arguments.text(2));
    let inner = sought.strip_prefix('/').and_then(|it| it.strip_suffix('/'));
    let Some(inner) = inner else {
        let found = text.matches(sought).count();
        check_text(text.len().saturating_add(found.saturating_mul(by.len())))?;
        return Ok(Value::string(text.replace(sought, by)));
    };
    let pattern = pattern::compile(inner)
        .map_err(|it| Failure::Call(format!("error parsing regexp: {}: `{}`", it.what, it.part)))?;
    let replacement = pattern.replacement(by);
    let mut out = String::new();
    let mut done = 0;
    for captures in pattern.regex.captures_iter(text) {
        let whole = captures.get_match();
        out.push_str(&text[done..whole.start()]);
        replacement.expand(&captures, &mut out);
        check_text(out.len())?;
        done = whole.end();
    }
    out.push_str(&text[done..]);
    Ok(Value::string(out))
}
