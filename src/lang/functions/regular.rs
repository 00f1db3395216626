//! `regex`, `regexall` and `replace`.

use super::{Failure, Function, Parameter, arguments::Arguments, pattern, types};
use crate::{
    lang::{
        evaluate::Scope,
        limits::{check_elements, check_text},
    },
    value::{Type, Value},
};
use regex::{Captures, Regex};

const PATTERN: &[Parameter] = &[Parameter::new("pattern", types::string), Parameter::new("string", types::string)];

pub static FUNCTIONS: &[Function] = &[
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

fn compiled(arguments: &[Value]) -> Result<Regex, Failure> {
    let regex = pattern::compile(arguments.text(0))
        .map_err(|it| Failure::Argument(0, format!("invalid regexp pattern: {} in {}", it.what, it.part)))?;
    let named = regex.capture_names().flatten().count();
    if named > 0 && named + 1 < regex.captures_len() {
        let why = "invalid regexp pattern: cannot mix both named and unnamed capture groups";
        return Err(Failure::Argument(0, why.into()));
    }
    Ok(regex)
}

/// What a match gives: a string without groups, an object of named ones, a tuple of others.
fn result_type(regex: &Regex) -> Type {
    if regex.captures_len() == 1 {
        return Type::String;
    }
    let names: Vec<&str> = regex.capture_names().flatten().collect();
    if names.is_empty() {
        return Type::Tuple(vec![Type::String; regex.captures_len() - 1].into());
    }
    Type::object(names.into_iter().map(|name| (name, Type::String)))
}

/// What can be told of the result from the pattern alone.
fn matched_type(arguments: &[Value]) -> Result<Type, Failure> {
    match arguments.first().is_some_and(Value::is_known) {
        true => Ok(result_type(&compiled(arguments)?)),
        false => Ok(Type::Any),
    }
}

fn result(regex: &Regex, captures: &Captures<'_>) -> Value {
    let group =
        |text: Option<regex::Match<'_>>| text.map_or(Value::null(Type::String), |it| Value::string(it.as_str()));
    if regex.captures_len() == 1 {
        return group(captures.get(0));
    }
    let names: Vec<&str> = regex.capture_names().flatten().collect();
    if names.is_empty() {
        return Value::tuple((1..regex.captures_len()).map(|it| group(captures.get(it))).collect());
    }
    Value::object(names.into_iter().map(|name| (name.into(), group(captures.name(name)))).collect())
}

fn first_match(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let regex = compiled(arguments)?;
    match regex.captures(arguments.text(1)) {
        Some(captures) => Ok(result(&regex, &captures)),
        None => Err("pattern did not match any part of the given string".into()),
    }
}

fn all_matches(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let regex = compiled(arguments)?;
    check_elements(regex.find_iter(arguments.text(1)).count())?;
    let found = regex.captures_iter(arguments.text(1)).map(|it| result(&regex, &it)).collect();
    Ok(Value::list(result_type(&regex), found))
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
    let regex = pattern::compile(inner)
        .map_err(|it| Failure::Call(format!("error parsing regexp: {}: `{}`", it.what, it.part)))?;
    let found = regex.find_iter(text).count();
    check_text(text.len().saturating_add(found.saturating_mul(by.len())))?;
    Ok(Value::string(regex.replace_all(text, by)))
}
