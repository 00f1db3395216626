//! `formatdate`, `timeadd` and `timecmp`.

use super::{Failure, Function, Parameter, arguments::Arguments, types};
use crate::{duration, expression::evaluate::Scope, value::Value};
use jiff::{SignedDuration, civil::DateTime};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new(
        "formatdate",
        &[Parameter::new("format", types::string), Parameter::new("time", types::string)],
        types::returns_string,
        format_date,
    ),
    Function::new(
        "timeadd",
        &[Parameter::new("timestamp", types::string), Parameter::new("duration", types::string)],
        types::returns_string,
        time_add,
    ),
    Function::new(
        "timecmp",
        &[Parameter::new("timestamp_a", types::string), Parameter::new("timestamp_b", types::string)],
        types::returns_number,
        time_compare,
    ),
];

/// What a clock at some place shows, and how many minutes it is ahead of UTC.
struct Moment {
    /// So many years before: a sum can lie beyond the year 9999, where jiff ends, and after [`CYCLE`] years the calendar
    /// repeats itself with its days of the week.
    local: DateTime,
    offset: i32,
}

const CYCLE: i16 = 400;

impl Moment {
    /// Reads RFC 3339, as strictly as Go does.
    fn parse(text: &str) -> Result<Self, String> {
        let wrong = |why: String| format!("not a valid RFC3339 timestamp: {why}");
        let mut rest = text;
        if text.is_empty() {
            return Err(wrong("end of string before year".into()));
        }
        let year = number(&mut rest, 4).ok_or_else(|| wrong(format!("cannot use {text:?} as year")))?;
        expect(&mut rest, '-').map_err(wrong)?;
        let month = field(&mut rest, 1..=12, "month").map_err(wrong)?;
        expect(&mut rest, '-').map_err(wrong)?;
        let day = field(&mut rest, 0..=99, "day of month").map_err(wrong)?;
        if !rest.starts_with('T') {
            return Err(wrong("missing required time introducer 'T'".into()));
        }
        rest = &rest[1..];
        let hour = two_digits(&mut rest, 0..=99, "hour").map_err(wrong)?;
        if hour > 23 {
            return Err(wrong("hour must be between 0 and 23 inclusive".into()));
        }
        expect(&mut rest, ':').map_err(wrong)?;
        let minute = two_digits(&mut rest, 0..=59, "minute").map_err(wrong)?;
        expect(&mut rest, ':').map_err(wrong)?;
        let second = field(&mut rest, 0..=59, "second").map_err(wrong)?;
        let mut nanosecond = 0;
        if let Some(after) = rest.strip_prefix('.') {
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 {
                return Err(wrong("missing digits after the decimal point".into()));
            }
            let shown: String = after[..digits].chars().chain("000000000".chars()).take(9).collect();
            nanosecond = shown.parse().unwrap_or(0);
            rest = &after[digits..];
        }
        let offset = match rest {
            "Z" => 0,
            "" => return Err(wrong("end of string before UTC offset".into())),
            _ if rest.starts_with('Z') => {
                return Err(wrong(format!("cannot use {:?} as timestamp segment", &rest[1..])));
            }
            _ => offset(rest).ok_or_else(|| wrong(format!("cannot use {rest:?} as UTC offset")))?,
        };
        let small = |it: i32| i8::try_from(it).unwrap_or(0);
        let year = i16::try_from(year).unwrap_or(0) - CYCLE;
        DateTime::new(year, small(month), small(day), small(hour), small(minute), small(second), nanosecond)
            .map(|local| Self { local, offset })
            .map_err(|_| wrong("day out of range".into()))
    }

    fn year(&self) -> i16 {
        self.local.year() + CYCLE
    }

    /// In the cycle before, as [`Moment::local`].
    fn utc(&self) -> DateTime {
        self.local.saturating_sub(SignedDuration::from_mins(self.offset.into()))
    }

    /// `+05:30`, with what stands between the hours and the minutes.
    fn zone(&self, between: &str) -> String {
        let sign = if self.offset < 0 { '-' } else { '+' };
        let minutes = self.offset.abs();
        format!("{sign}{:02}{between}{:02}", minutes / 60, minutes % 60)
    }

    fn rfc3339(&self) -> String {
        let zone = if self.offset == 0 { "Z".to_owned() } else { self.zone(":") };
        let year = self.year();
        let sign = if year < 0 { "-" } else { "" };
        format!("{sign}{:04}{}{zone}", year.abs(), self.local.strftime("-%m-%dT%H:%M:%S"))
    }
}

fn number(rest: &mut &str, digits: usize) -> Option<i32> {
    let part = rest.get(..digits).filter(|it| it.bytes().all(|it| it.is_ascii_digit()))?;
    *rest = &rest[digits..];
    part.parse().ok()
}

fn field(rest: &mut &str, range: std::ops::RangeInclusive<i32>, name: &str) -> Result<i32, String> {
    number(rest, 2).filter(|it| range.contains(it)).ok_or_else(|| match rest.is_empty() && name == "second" {
        true => "end of string before second".into(),
        false => format!("cannot use {rest:?} as {name}"),
    })
}

/// As [`field`], with the words that hours and minutes have.
fn two_digits(rest: &mut &str, range: std::ops::RangeInclusive<i32>, name: &str) -> Result<i32, String> {
    if rest.is_empty() {
        return Err(format!("end of string before {name}"));
    }
    number(rest, 2).filter(|it| range.contains(it)).ok_or_else(|| format!("{name} must have exactly two digits"))
}

fn expect(rest: &mut &str, sign: char) -> Result<(), String> {
    *rest = rest.strip_prefix(sign).ok_or_else(|| match rest.is_empty() {
        true => format!("end of string where \"{sign}\" is expected"),
        false => format!("found {rest:?} where \"{sign}\" is expected"),
    })?;
    Ok(())
}

fn offset(text: &str) -> Option<i32> {
    let mut rest = text.strip_prefix(['+', '-'])?;
    let hours = number(&mut rest, 2).filter(|it| *it < 24)?;
    rest = rest.strip_prefix(':')?;
    let minutes = number(&mut rest, 2).filter(|it| *it < 60)?;
    let offset = hours * 60 + minutes;
    rest.is_empty().then_some(if text.starts_with('-') { -offset } else { offset })
}

/// A row of the same letter is a verb, what is in single quotes is text, and so is all that is not a letter.
fn format_date(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let moment = Moment::parse(arguments.text(1)).map_err(|why| Failure::Argument(1, why))?;
    let mut out = String::new();
    let mut rest = arguments.text(0);
    while let Some(first) = rest.chars().next() {
        let length = if first == '\'' {
            literal(rest, &mut out).ok_or_else(|| Failure::Argument(0, "unterminated literal '".into()))?
        } else if first.is_ascii_alphabetic() {
            let length = rest.bytes().take_while(|it| char::from(*it) == first).count();
            out.push_str(&verb(&rest[..length], &moment).map_err(|why| Failure::Argument(0, why))?);
            length
        } else {
            out.push(first);
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    Ok(Value::string(out))
}

/// Appends quoted text, in which two quotes are one; how long it is with its quotes.
fn literal(text: &str, out: &mut String) -> Option<usize> {
    if text.starts_with("''") {
        out.push('\'');
        return Some(2);
    }
    let mut at = 1;
    loop {
        let end = at + text[at..].find('\'')?;
        out.push_str(&text[at..end]);
        if !text[end + 1..].starts_with('\'') {
            return Some(end + 1);
        }
        out.push('\'');
        at = end + 2;
    }
}

fn verb(verb: &str, moment: &Moment) -> Result<String, String> {
    let directive = match verb {
        "YYYY" => return Ok(format!("{:04}", moment.year())),
        "YY" => return Ok(format!("{:02}", moment.year() % 100)),
        "MMMM" => "%B",
        "MMM" => "%b",
        "MM" => "%m",
        "M" => "%-m",
        "DD" => "%d",
        "D" => "%-d",
        "EEEE" => "%A",
        "EEE" => "%a",
        "hh" => "%H",
        "h" => "%-H",
        "HH" => "%I",
        "H" => "%-I",
        "AA" => "%p",
        "aa" => "%P",
        "mm" => "%M",
        "m" => "%-M",
        "ss" => "%S",
        "s" => "%-S",
        "ZZZZZ" => return Ok(moment.zone(":")),
        "ZZZZ" => return Ok(moment.zone("")),
        "ZZZ" => return Ok(if moment.offset == 0 { "UTC".into() } else { moment.zone("") }),
        "Z" => return Ok(if moment.offset == 0 { "Z".into() } else { moment.zone(":") }),
        _ => return Err(format!("invalid date format verb {verb:?}{}", advice(verb))),
    };
    Ok(moment.local.strftime(directive).to_string())
}

fn advice(verb: &str) -> &'static str {
    match verb.as_bytes()[0] {
        b'Y' => ": year must either be \"YY\" or \"YYYY\"",
        b'M' => ": month must be \"M\", \"MM\", \"MMM\", or \"MMMM\"",
        b'D' => ": day of month must either be \"D\" or \"DD\"",
        b'E' => ": day of week must either be \"EEE\" or \"EEEE\"",
        b'h' => ": 24-hour must either be \"h\" or \"hh\"",
        b'H' => ": 12-hour must either be \"H\" or \"HH\"",
        b'A' => ": must be \"AA\"",
        b'a' => ": must be \"aa\"",
        b'm' => ": minute must either be \"m\" or \"mm\"",
        b's' => ": second must either be \"s\" or \"ss\"",
        b'Z' => ": timezone must be Z, ZZZZ, or ZZZZZ",
        _ => "",
    }
}

fn time_add(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let moment = Moment::parse(arguments.text(0))?;
    let added = duration::parse(arguments.text(1))?;
    let local = moment.local.checked_add(added).map_err(|_| Failure::from("the result is out of range"))?;
    Ok(Value::string(Moment { local, ..moment }.rfc3339()))
}

fn time_compare(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let moment =
        |position: usize| Moment::parse(arguments.text(position)).map_err(|why| Failure::Argument(position, why));
    let (left, right) = (moment(0)?.utc(), moment(1)?.utc());
    Ok(Value::number(left.cmp(&right) as i64))
}
