//! `format`: Go's verbs over values of the language.

use super::{Failure, Function, Parameter, types};
use crate::{
    expression::{
        evaluate::Scope,
        limits::{check_encoded, check_text},
    },
    value::{Data, Number, Type, Value, convert, to_json},
};
use unicode_segmentation::UnicodeSegmentation;

pub(super) static FUNCTIONS: &[Function] = &[Function {
    name: "format",
    parameters: &[Parameter::new("format", types::string)],
    variadic: Some(Parameter::new("args", types::any).null().unknown().typed()),
    returns: types::returns_string,
    nullable: false,
    call: format,
}];

/// The widest that a verb can be. Go prints `%!(NOVERB)` for such a one.
const MOST_CHARACTERS: usize = 1_000_000;

fn format(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let (template, values) = arguments.split_first().ok_or("format() needs a format")?;
    let template = template.as_str().unwrap_or_default();
    if values.iter().any(|it| !it.is_wholly_known()) {
        // What comes before the first verb is certain.
        let prefix = template.split('%').next().unwrap_or_default();
        return Ok(Value::unknown_with_prefix(prefix));
    }
    formatted(template, values).map(Value::string)
}

/// One `%` sequence: flags, width, precision, argument and verb.
#[derive(Default)]
struct Verb {
    text: String,
    offset: usize,
    plus: bool,
    minus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
    /// The position of its argument, from 0.
    argument: usize,
    verb: char,
}

/// `template` with its verbs filled in from `values`, as `format` and `formatlist` do.
pub(super) fn formatted(template: &str, values: &[Value]) -> Result<String, Failure> {
    let mut out = String::new();
    let mut rest = template;
    let mut next = 0;
    let mut highest = 0;
    while let Some(percent) = rest.find('%') {
        out.push_str(&rest[..percent]);
        let offset = template.len() - rest.len() + percent;
        rest = &rest[percent..];
        if let Some(after) = rest.strip_prefix("%%") {
            out.push('%');
            rest = after;
            continue;
        }
        let (verb, after) = parse(rest, offset, next)?;
        next = verb.argument + 1;
        highest = highest.max(next);
        let Some(value) = values.get(verb.argument) else {
            return Err(format!(
                "not enough arguments for {:?} at {offset}: need index {} but have {} total",
                verb.text,
                verb.argument + 1,
                values.len()
            )
            .into());
        };
        out.push_str(&one(&verb, value)?);
        check_text(out.len())?;
        rest = after;
    }
    out.push_str(rest);
    if highest < values.len() && !values.is_empty() {
        let position = highest + 1;
        return Err(match highest {
            0 => Failure::Argument(position, "too many arguments; no verbs in format string".into()),
            _ => Failure::Argument(position, format!("too many arguments; only {highest} used by format string")),
        });
    }
    Ok(out)
}

/// Reads the sequence at the start of `text`; `next` is its argument unless it says `[n]`.
fn parse(text: &str, offset: usize, next: usize) -> Result<(Verb, &str), Failure> {
    let mut verb = Verb { offset, argument: next, ..Verb::default() };
    let mut rest = &text[1..];
    loop {
        match rest.as_bytes().first() {
            Some(b'+') => verb.plus = true,
            Some(b'-') => verb.minus = true,
            Some(b'#') => verb.sharp = true,
            Some(b' ') => verb.space = true,
            Some(b'0') => verb.zero = true,
            _ => break,
        }
        rest = &rest[1..];
    }
    (verb.width, rest) = digits(rest);
    if let Some(after) = rest.strip_prefix('.') {
        let (precision, after) = digits(after);
        verb.precision = Some(precision.unwrap_or(0));
        rest = after;
    }
    let at = |rest: &str| offset + text.len() - rest.len();
    if let Some(after) = rest.strip_prefix('[') {
        let (number, behind) = digits(after);
        let Some(number) = number.and_then(|it| it.checked_sub(1)) else { return Err(unrecognized(after, at(after))) };
        verb.argument = number;
        rest = behind.strip_prefix(']').ok_or_else(|| unrecognized(behind, at(behind)))?;
    }
    if verb.width.max(verb.precision).is_some_and(|it| it > MOST_CHARACTERS) {
        return Err(format!("width or precision at offset {offset} is above {MOST_CHARACTERS}").into());
    }
    let Some(letter) = rest.chars().next().filter(char::is_ascii_alphabetic) else {
        return Err(unrecognized(rest, at(rest)));
    };
    verb.verb = letter;
    rest = &rest[letter.len_utf8()..];
    verb.text = text[..text.len() - rest.len()].to_owned();
    Ok((verb, rest))
}

/// Of what cannot stand in a verb at the start of `rest`.
fn unrecognized(rest: &str, offset: usize) -> Failure {
    match rest.chars().next() {
        Some(character) => format!("unrecognized format character {character:?} at offset {offset}").into(),
        None => format!("invalid format string starting at offset {offset}").into(),
    }
}

fn digits(text: &str) -> (Option<usize>, &str) {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = (end > 0).then(|| text[..end].parse().unwrap_or(usize::MAX));
    (number, &text[end..])
}

fn one(verb: &Verb, value: &Value) -> Result<String, Failure> {
    let unsupported =
        |what: &str| Failure::from(format!("unsupported value for {:?} at {}: {what}", verb.text, verb.offset));
    let as_type = |ty: Type| {
        if value.is_null() {
            return Err(unsupported("null value cannot be formatted"));
        }
        convert(value, &ty).map_err(|it| unsupported(&it.0))
    };
    match verb.verb {
        'v' if check_encoded(value).is_err() => Err(unsupported("the value is too large")),
        'v' => Ok(pad_text(verb, &default_text(value, verb.sharp))),
        't' => Ok(as_type(Type::Bool)?.as_bool().unwrap_or_default().to_string()),
        's' | 'q' => {
            let text = as_type(Type::String)?;
            // To Terraform zero is no limit.
            let text: String = match verb.precision.filter(|it| *it > 0) {
                Some(limit) => text.as_str().unwrap_or_default().graphemes(true).take(limit).collect(),
                None => text.as_str().unwrap_or_default().to_owned(),
            };
            Ok(pad_text(verb, &if verb.verb == 'q' { to_json(&Value::string(text)).to_string() } else { text }))
        }
        'd' | 'b' | 'o' | 'x' | 'X' | 'e' | 'E' | 'f' | 'g' | 'G' => {
            let number = as_type(Type::Number)?;
            let Data::Number(number) = &number.data else { return Err(unsupported("a number is required")) };
            pad_number(verb, number).ok_or_else(|| unsupported("an integer is required"))
        }
        letter => {
            Err(format!("unsupported format verb {letter:?} in {:?} at offset {}", verb.text, verb.offset).into())
        }
    }
}

/// `%v`: strings as they are, numbers as `%g`, what is not primitive as JSON.
fn default_text(value: &Value, quoted: bool) -> String {
    match &value.data {
        Data::String(text) if !quoted => text.to_string(),
        Data::Number(number) if !quoted => {
            let sign = match number.is_negative() {
                true => "-",
                false if number.is_infinite() => "+",
                false => "",
            };
            sign.to_owned() + &general(&number.absolute(), None, false)
        }
        _ => to_json(value).to_string(),
    }
}

fn pad_text(verb: &Verb, text: &str) -> String {
    let Some(width) = verb.width else { return text.to_owned() };
    let missing = width.saturating_sub(text.graphemes(true).count());
    match (verb.minus, verb.zero) {
        (true, _) => text.to_owned() + &" ".repeat(missing),
        (false, true) => "0".repeat(missing) + text,
        (false, false) => " ".repeat(missing) + text,
    }
}

fn pad_number(verb: &Verb, number: &Number) -> Option<String> {
    let magnitude = number.absolute();
    let whole = matches!(verb.verb, 'd' | 'b' | 'o' | 'x' | 'X');
    let mut digits = match verb.verb {
        'd' => magnitude.to_radix(10)?,
        'b' => magnitude.to_radix(2)?,
        'o' => magnitude.to_radix(8)?,
        'x' => magnitude.to_radix(16)?,
        'X' => magnitude.to_radix(16)?.to_uppercase(),
        _ if magnitude.is_infinite() => INFINITY.to_owned(),
        'e' | 'E' => scientific(&magnitude, verb.precision.unwrap_or(6), verb.verb),
        'f' => magnitude.to_fixed(verb.precision.unwrap_or(6)),
        _ => general(&magnitude, verb.precision, verb.verb == 'G'),
    };
    if let Some(least) = verb.precision.filter(|_| whole) {
        if least == 0 && magnitude.is_zero() {
            return Some(String::new());
        }
        digits.insert_str(0, &zeros(least, &digits));
    }
    let prefix = match verb.verb {
        'x' if verb.sharp => "0x",
        'X' if verb.sharp => "0X",
        'o' if verb.sharp => "0",
        'b' if verb.sharp => "0b",
        _ => "",
    };
    // Whole numbers have one zero only.
    let minus = if whole { number.is_negative() } else { number.has_minus() };
    let sign = match (minus, verb.plus, verb.space) {
        (true, ..) => "-",
        (false, true, false) => "+",
        (false, _, true) if number.is_infinite() || !verb.plus => " ",
        (false, true, true) => "+",
        (false, false, _) if number.is_infinite() => "+",
        _ => "",
    };
    let sign = format!("{sign}{prefix}");
    let missing = verb.width.unwrap_or(0).saturating_sub(sign.len() + digits.len());
    // What has digits in front already gets no more of them.
    let leading = verb.zero && !number.is_infinite() && !(whole && verb.precision.is_some());
    // Of other than whole numbers, zeros come even with a minus.
    Some(match (verb.minus, leading) {
        (minus, true) if !(minus && whole) => format!("{sign}{}{digits}", "0".repeat(missing)),
        (true, _) => format!("{sign}{digits}{}", " ".repeat(missing)),
        (false, _) => format!("{}{sign}{digits}", " ".repeat(missing)),
    })
}

const INFINITY: &str = "Inf";

/// As many zeros as these digits lack. A width in a format string could not be so large.
fn zeros(width: usize, digits: &str) -> String {
    "0".repeat(width.saturating_sub(digits.len()))
}

/// `%e`: so many digits behind the point.
fn scientific(magnitude: &Number, places: usize, letter: char) -> String {
    let (digits, exponent) = magnitude.to_digits(Some(places + 1));
    let behind = zeros(places + 1, &digits);
    let digits = digits + &behind;
    let point = if places > 0 { "." } else { "" };
    format!("{}{point}{}{}", &digits[..1], &digits[1..], power_of_ten(exponent, letter))
}

/// `e+05`
fn power_of_ten(exponent: isize, letter: char) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{letter}{sign}{:02}", exponent.abs())
}

/// `%g`: as short as possible, or with so many significant digits; with an exponent where the number is small or
/// long.
fn general(magnitude: &Number, precision: Option<usize>, upper: bool) -> String {
    if magnitude.is_infinite() {
        return INFINITY.to_owned();
    }
    let wanted = precision.map(|it| it.max(1));
    let (digits, exponent) = magnitude.to_digits(wanted);
    if digits.is_empty() {
        return "0".to_owned();
    }
    let most = match wanted {
        Some(wanted) if wanted > digits.len() && digits.len() as isize > exponent => digits.len() as isize,
        Some(wanted) => wanted as isize,
        None => 6,
    };
    if exponent < -4 || exponent >= most {
        let point = if digits.len() > 1 { "." } else { "" };
        let power = power_of_ten(exponent, if upper { 'E' } else { 'e' });
        return format!("{}{point}{}{power}", &digits[..1], &digits[1..]);
    }
    match usize::try_from(exponent) {
        Err(_) => format!("0.{}{digits}", "0".repeat(exponent.unsigned_abs() - 1)),
        Ok(exponent) if exponent + 1 >= digits.len() => {
            let behind = zeros(exponent + 1, &digits);
            digits + &behind
        }
        Ok(exponent) => format!("{}.{}", &digits[..=exponent], &digits[exponent + 1..]),
    }
}
