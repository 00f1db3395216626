//! Functions over strings. A character is what a reader sees as one: a grapheme cluster.

use super::{Failure, Function, Parameter, arguments::Arguments, format::formatted, types};
use crate::{
    expression::{
        evaluate::Scope,
        limits::{Room, check_elements, check_text},
    },
    value::{Data, Type, Value},
};
use unicode_segmentation::UnicodeSegmentation;

const STRING: &[Parameter] = &[Parameter::new("str", types::string)];
const PREFIX: &[Parameter] = &[Parameter::new("str", types::string), Parameter::new("prefix", types::string)];
const SUFFIX: &[Parameter] = &[Parameter::new("str", types::string), Parameter::new("suffix", types::string)];

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("chomp", STRING, types::returns_string, |it, _| text(it.text(0).trim_end_matches(['\r', '\n']))),
    Function::new("lower", STRING, types::returns_string, |it, _| text(lower(it.text(0)))),
    Function::new("upper", STRING, types::returns_string, |it, _| text(upper(it.text(0)))),
    Function::new("title", STRING, types::returns_string, |it, _| text(title(it.text(0)))),
    Function::new("strrev", STRING, types::returns_string, |it, _| {
        text(it.text(0).graphemes(true).rev().collect::<String>())
    }),
    Function::new("trimspace", STRING, types::returns_string, |it, _| text(it.text(0).trim())),
    Function::new("trimprefix", PREFIX, types::returns_string, |it, _| {
        text(it.text(0).strip_prefix(it.text(1)).unwrap_or(it.text(0)))
    }),
    Function::new("trimsuffix", SUFFIX, types::returns_string, |it, _| {
        text(it.text(0).strip_suffix(it.text(1)).unwrap_or(it.text(0)))
    }),
    Function::new(
        "trim",
        &[Parameter::new("str", types::string), Parameter::new("cutset", types::string)],
        types::returns_string,
        |it, _| text(it.text(0).trim_matches(|character| it.text(1).contains(character))),
    ),
    Function::new(
        "startswith",
        &[Parameter::new("str", types::string).unknown(), Parameter::new("prefix", types::string)],
        types::returns_bool,
        |it, _| Ok(starts_with(&it[0], it.text(1))),
    ),
    Function::new("endswith", SUFFIX, types::returns_bool, |it, _| Ok(Value::bool(it.text(0).ends_with(it.text(1))))),
    Function::new(
        "strcontains",
        &[Parameter::new("str", types::string), Parameter::new("substr", types::string)],
        types::returns_bool,
        |it, _| Ok(Value::bool(it.text(0).contains(it.text(1)))),
    ),
    Function::new(
        "indent",
        &[Parameter::new("spaces", types::number), Parameter::new("str", types::string)],
        types::returns_string,
        indent,
    ),
    Function::new(
        "split",
        &[Parameter::new("separator", types::string), Parameter::new("str", types::string)],
        types::returns_list_of_string,
        split,
    ),
    Function::new("join", &[Parameter::new("separator", types::string)], types::returns_string, join)
        .variadic(Parameter::new("lists", types::list_of_string).unknown()),
    Function::new(
        "substr",
        &[
            Parameter::new("str", types::string),
            Parameter::new("offset", types::number),
            Parameter::new("length", types::number),
        ],
        types::returns_string,
        substring,
    ),
    Function::new("formatlist", &[Parameter::new("format", types::string)], types::returns_list_of_string, format_list)
        .variadic(Parameter::new("args", types::any).null().unknown().typed()),
];

fn text(text: impl AsRef<str>) -> Result<Value, Failure> {
    Ok(Value::string(text))
}

/// Of a string that is unknown, how it starts may be known.
fn starts_with(text: &Value, prefix: &str) -> Value {
    let Data::Unknown(unknown) = &text.data else {
        return Value::bool(text.as_str().is_some_and(|it| it.starts_with(prefix)));
    };
    let certain: &str = unknown.prefix().map_or("", |it| it);
    match (certain.starts_with(prefix), prefix.starts_with(certain)) {
        (true, _) => Value::bool(true),
        (false, true) => Value::unknown_not_null(Type::Bool),
        (false, false) => Value::bool(false),
    }
}

/// One letter for one letter, as Go does: `ß` stays, as its upper case has two.
fn upper(text: &str) -> String {
    text.chars().map(upper_letter).collect()
}

fn upper_letter(letter: char) -> char {
    let mut upper = letter.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(only), None) => only,
        _ => letter,
    }
}

/// Letters that are two in one have a form for the start of a word.
fn title_letter(letter: char) -> char {
    match letter {
        'Ǆ' | 'ǅ' | 'ǆ' => 'ǅ',
        'Ǉ' | 'ǈ' | 'ǉ' => 'ǈ',
        'Ǌ' | 'ǋ' | 'ǌ' => 'ǋ',
        'Ǳ' | 'ǲ' | 'ǳ' => 'ǲ',
        _ => upper_letter(letter),
    }
}

fn lower(text: &str) -> String {
    text.chars().filter_map(|letter| letter.to_lowercase().next()).collect()
}

/// The first letter of each word in upper case.
fn title(text: &str) -> String {
    let mut before = ' ';
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let starts_word =
            if before.is_ascii() { !before.is_ascii_alphanumeric() && before != '_' } else { before.is_whitespace() };
        out.push(if starts_word { title_letter(letter) } else { letter });
        before = letter;
    }
    out
}

fn indent(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let Ok(width) = usize::try_from(arguments.whole(0)?) else {
        return Err(Failure::Argument(0, "must not be negative".into()));
    };
    check_text(arguments.text(1).len().saturating_add(width.saturating_mul(arguments.text(1).matches('\n').count())))?;
    text(arguments.text(1).replace('\n', &format!("\n{}", " ".repeat(width))))
}

fn split(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let (separator, whole) = (arguments.text(0), arguments.text(1));
    check_elements(if separator.is_empty() { whole.len() } else { whole.matches(separator).count() })?;
    let parts: Vec<Value> = match separator {
        "" => whole.chars().map(|it| Value::string(it.to_string())).collect(),
        _ => whole.split(separator).map(Value::string).collect(),
    };
    Ok(Value::list(Type::String, parts))
}

fn join(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let lists = &arguments[1..];
    if lists.is_empty() {
        return Err("at least one list is required".into());
    }
    let mut parts = Vec::new();
    for (list_position, list) in lists.iter().enumerate() {
        for (position, element) in list.as_elements().unwrap_or_default().iter().enumerate() {
            if element.is_null() {
                let why = if lists.len() == 1 {
                    format!("element {position} is null; cannot concatenate null values")
                } else {
                    format!("element {position} of list {} is null; cannot concatenate null values", list_position + 1)
                };
                return Err(Failure::Argument(list_position + 1, why));
            }
            parts.push(element.as_str().unwrap_or_default());
        }
    }
    if !lists.iter().all(Value::is_wholly_known) {
        return Ok(Value::unknown_not_null(Type::String));
    }
    let separator = arguments.text(0);
    let separators = separator.len().saturating_mul(parts.len());
    check_text(parts.iter().fold(separators, |size, it| size.saturating_add(it.len())))?;
    text(parts.join(separator))
}

/// A negative offset counts from the end, a negative length is all that is left.
fn substring(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let (whole, offset, length) = (arguments.text(0), arguments.whole(1)?, arguments.whole(2)?);
    let start = match usize::try_from(offset) {
        Ok(start) => start,
        Err(_) => whole.graphemes(true).count().saturating_sub(offset.unsigned_abs() as usize),
    };
    let rest = whole.graphemes(true).skip(start);
    text(match usize::try_from(length) {
        Ok(length) => rest.take(length).collect::<String>(),
        Err(_) => rest.collect(),
    })
}

/// `format` once for each element of its lists, which must be of equal length; other arguments stay the same.
fn format_list(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let (template, given) = (arguments.text(0), &arguments[1..]);
    let is_list = |it: &Value| matches!(it.ty(), Type::List(_) | Type::Set(_) | Type::Tuple(_)) && !it.is_null();
    let mut length: Option<(usize, usize)> = None;
    for (position, list) in given.iter().enumerate().filter(|(_, it)| is_list(it)) {
        let Some(count) = list.as_elements().map(<[Value]>::len) else {
            return Ok(Value::unknown_not_null(Type::list(Type::String)));
        };
        match length {
            Some((first, expected)) if expected != count => {
                let why = format!(
                    "argument {} has length {count}, which is inconsistent with argument {} of length {expected}",
                    position + 1,
                    first + 1
                );
                return Err(Failure::Argument(position + 1, why));
            }
            Some(_) => {}
            None => length = Some((position, count)),
        }
    }
    let mut room = Room::default();
    let rows = (0..length.map_or(1, |(_, count)| count)).map(|row| {
        let values: Vec<Value> = given
            .iter()
            .map(|it| match it.as_elements() {
                Some(elements) if is_list(it) => elements[row].clone(),
                _ => it.clone(),
            })
            .collect();
        if !values.iter().all(Value::is_wholly_known) {
            return Ok(Value::unknown_not_null(Type::String));
        }
        match formatted(template, &values) {
            Ok(line) => {
                let line = Value::string(line);
                room.take(&line)?;
                Ok(line)
            }
            Err(Failure::Call(why) | Failure::Argument(_, why)) => {
                Err(Failure::Call(format!("error on format iteration {row}: {why}")))
            }
        }
    });
    Ok(Value::list(Type::String, rows.collect::<Result<_, Failure>>()?))
}
