//! Functions over numbers.

mod machine;

use super::{Failure, Function, Parameter, SECRET, arguments::Arguments, types};
use crate::{
    expression::evaluate::Scope,
    value::{Data, Number, Type, Value, convert, quoted_string},
};
use libm::log;
use machine::{machine, power};

const NUMBER: &[Parameter] = &[Parameter::new("num", types::number)];

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("abs", NUMBER, types::returns_number, |it, _| Ok(Value::number(it.number(0).absolute()))),
    Function::new("ceil", NUMBER, types::returns_number, |it, _| Ok(Value::number(it.number(0).ceil()))),
    Function::new("floor", NUMBER, types::returns_number, |it, _| Ok(Value::number(it.number(0).floor()))),
    Function::new("signum", NUMBER, types::returns_number, |it, _| Ok(Value::number(it.whole(0)?.signum()))),
    Function::new(
        "log",
        &[Parameter::new("num", types::number), Parameter::new("base", types::number)],
        types::returns_number,
        |it, _| float(log(machine(&it.number(0))?) / log(machine(&it.number(1))?)),
    ),
    Function::new(
        "pow",
        &[Parameter::new("num", types::number), Parameter::new("power", types::number)],
        types::returns_number,
        |it, _| float(power(machine(&it.number(0))?, machine(&it.number(1))?)),
    ),
    Function::new("max", &[], types::returns_number, |it, _| extreme(it, Number::gt))
        .variadic(Parameter::new("numbers", types::number)),
    Function::new("min", &[], types::returns_number, |it, _| extreme(it, Number::lt))
        .variadic(Parameter::new("numbers", types::number)),
    Function::new(
        "parseint",
        &[Parameter::new("number", types::any).marked().typed(), Parameter::new("base", types::number).marked()],
        |it| is_text(it).map(|()| Type::Number),
        parse_integer,
    ),
    Function::new("sum", &[Parameter::new("list", types::any).typed()], types::returns_number, sum),
];

fn float(value: f64) -> Result<Value, Failure> {
    if value.is_nan() {
        return Err("the result is not a number".into());
    }
    Ok(Value::number(value))
}

fn extreme(numbers: &[Value], beats: fn(&Number, &Number) -> bool) -> Result<Value, Failure> {
    if numbers.is_empty() {
        return Err("must pass at least one number".into());
    }
    let mut best = numbers.number(0);
    for position in 1..numbers.len() {
        let number = numbers.number(position);
        if beats(&number, &best) {
            best = number;
        }
    }
    Ok(Value::number(best))
}

/// `parseint` takes no number in place of the string.
fn is_text(arguments: &[Value]) -> Result<(), Failure> {
    match arguments[0].ty() {
        Type::String => Ok(()),
        ty => Err(Failure::Argument(0, format!("first argument must be a string, not {}", ty.friendly()))),
    }
}

fn parse_integer(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let marks = arguments[0].marks.with(arguments[1].marks);
    is_text(arguments)?;
    let text = arguments.text(0);
    let base = arguments.number(1);
    let whole = arguments[1..].whole(0).map_err(|it| match it {
        Failure::Call(why) => Failure::Argument(1, why),
        failure => failure,
    })?;
    let radix = Some(whole).and_then(|it| u32::try_from(it).ok()).filter(|it| (2..=62).contains(it));
    let Some(radix) = radix else {
        return Err(Failure::Argument(1, "base must be a whole number between 2 and 62 inclusive".into()));
    };
    match in_radix(text, radix) {
        Some(number) => Ok(Value::number(number).marked(marks)),
        None => {
            let shown = if marks.is_empty() { quoted_string(text) } else { SECRET.to_owned() };
            let why = format!("cannot parse {shown} as a base {base} integer");
            Err(Failure::Argument(0, why))
        }
    }
}

/// Beyond base 36, upper case letters count on from the lower case ones.
fn in_radix(text: &str, radix: u32) -> Option<Number> {
    if radix <= 36 {
        return Number::parse_integer(text, radix);
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() {
        return None;
    }
    let base = Number::from(i64::from(radix));
    let mut number = Number::zero();
    for digit in digits.chars() {
        let value = match digit {
            'A'..='Z' => digit as u32 - 'A' as u32 + 36,
            _ => digit.to_digit(36)?,
        };
        if value >= radix {
            return None;
        }
        number = number.checked_multiply(&base)?.checked_add(&Number::from(i64::from(value)))?;
    }
    Some(if negative { number.negate() } else { number })
}

fn sum(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let list = &arguments[0];
    match &list.data {
        _ if list.length() == Some(0) => return Err(Failure::Argument(0, "cannot sum an empty list".into())),
        Data::List(..) | Data::Set(..) | Data::Tuple(_) => {}
        Data::Map(..) | Data::Object(_) => {
            let ty = list.ty().friendly();
            return Err(Failure::Argument(0, format!("argument must be list, set, or tuple. Received {ty}")));
        }
        _ => return Err(Failure::Argument(0, "cannot sum noniterable".into())),
    }
    let elements = arguments.elements(0);
    if !list.is_wholly_known() {
        return Ok(Value::unknown_not_null(Type::Number));
    }
    let mut total = Number::zero();
    for element in elements {
        let wrong = || Failure::Argument(0, "argument must be list, set, or tuple of number values".into());
        let number = convert(element, &Type::Number).map_err(|_| wrong())?;
        let number = number.as_number().ok_or_else(wrong)?;
        total = total.checked_add(number).ok_or("can't compute sum of opposing infinities")?;
    }
    Ok(Value::number(total))
}
