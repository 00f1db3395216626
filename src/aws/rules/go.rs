//! What Go's standard library says of text that it cannot read, in its words.

use regex::Regex;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    fmt::{self, Write},
};

pub(super) const RFC3339: &str = "2006-01-02T15:04:05Z07:00";

/// Whether `pattern` is found in `text`.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    thread_local! {
        static COMPILED: RefCell<HashMap<String, Option<Regex>>> = RefCell::default();
    }
    COMPILED.with_borrow_mut(|compiled| {
        let known = compiled.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).ok());
        known.as_ref().is_none_or(|it| it.is_match(text))
    })
}

/// `%q`
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    text.chars().for_each(|it| escaped(it, '"', &mut out));
    out.push('"');
    out
}

fn escaped(it: char, quote: char, out: &mut String) {
    let letter = match it {
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\u{c}' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\u{b}' => 'v',
        '\\' => '\\',
        it if it == quote => it,
        it if it < ' ' || it == '\u{7f}' => return write!(out, "\\x{:02x}", u32::from(it)).unwrap_or_default(),
        it if it.is_control() => return write!(out, "\\u{:04x}", u32::from(it)).unwrap_or_default(),
        it => return out.push(it),
    };
    out.push('\\');
    out.push(letter);
}

/// As package time quotes: what is not ASCII byte by byte.
fn quoted_bytes(text: &str) -> String {
    let mut out = String::from("\"");
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend(['\\', byte.into()]),
            b' '..=b'~' => out.push(byte.into()),
            _ => write!(out, "\\x{byte:02x}").unwrap_or_default(),
        }
    }
    out.push('"');
    out
}

pub(super) fn integer(text: &str) -> Result<i64, &'static str> {
    text.parse().map_err(|error: std::num::ParseIntError| match error.kind() {
        std::num::IntErrorKind::PosOverflow | std::num::IntErrorKind::NegOverflow => "value out of range",
        _ => "invalid syntax",
    })
}

pub(super) fn float(text: &str) -> Result<f64, &'static str> {
    let number: f64 = text.parse().map_err(|_| "invalid syntax")?;
    let is_word = text.contains(['n', 'N']);
    if number.is_infinite() && !is_word { Err("value out of range") } else { Ok(number) }
}

/// Partition, service, region, account and resource.
pub(super) fn arn_parts(text: &str) -> Result<[&str; 5], &'static str> {
    if !text.starts_with("arn:") {
        return Err("arn: invalid prefix");
    }
    let mut parts = text.splitn(6, ':').skip(1);
    let mut next = || parts.next().ok_or("arn: not enough sections");
    Ok([next()?, next()?, next()?, next()?, next()?])
}

/// Nanoseconds.
pub(super) fn duration(text: &str) -> Result<i64, String> {
    let invalid = || format!("time: invalid duration {}", quoted_bytes(text));
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let digits = |text: &str| text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
        let whole = digits(rest);
        let fraction = rest[whole..].strip_prefix('.').map(|it| &it[..digits(it)]);
        let length = whole + fraction.map_or(0, |it| it.len() + 1);
        if whole + fraction.map_or(0, str::len) == 0 {
            return Err(invalid());
        }
        let (number, after) = rest.split_at(length);
        let unit = &after[..after.find(|it: char| it == '.' || it.is_ascii_digit()).unwrap_or(after.len())];
        let nanoseconds = match unit {
            "" => return Err(format!("time: missing unit in duration {}", quoted_bytes(text))),
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000_i128,
            "h" => 3_600_000_000_000,
            unit => {
                let (unit, text) = (quoted_bytes(unit), quoted_bytes(text));
                return Err(format!("time: unknown unit {unit} in duration {text}"));
            }
        };
        let count: i128 = if whole == 0 { 0 } else { number[..whole].parse().map_err(|_| invalid())? };
        total += count.checked_mul(nanoseconds).ok_or_else(invalid)?;
        let mut part = nanoseconds;
        for digit in fraction.unwrap_or_default().bytes() {
            part /= 10;
            total += part * i128::from(digit - b'0');
        }
        if total > i128::from(i64::MAX) {
            return Err(invalid());
        }
        rest = &after[unit.len()..];
    }
    let total = if negative { -total } else { total };
    i64::try_from(total).map_err(|_| invalid())
}

/// `2006-01-02T15:04:05Z07:00`, or without any offset but `Z`.
pub(super) fn timestamp(text: &str, with_offset: bool) -> Result<(), String> {
    let layout = if with_offset { RFC3339 } else { "2006-01-02T15:04:05Z" };
    let mut rest = text;
    let cannot = |rest: &str, element: &str| {
        let (text, rest) = (quoted_bytes(text), quoted_bytes(rest));
        Err(format!("parsing time {text} as \"{layout}\": cannot parse {rest} as \"{element}\""))
    };
    let mut numbers = [0_u32; 6];
    let elements = [("2006", "-"), ("01", "-"), ("02", "T"), ("15", ":"), ("04", ":"), ("05", "")];
    for (number, (element, after)) in numbers.iter_mut().zip(elements) {
        let digits = rest.bytes().take(element.len()).take_while(u8::is_ascii_digit).count();
        // Go takes an hour of one digit.
        if digits < element.len() && !(element == "15" && digits == 1) {
            return cannot(rest, element);
        }
        *number = rest[..digits].parse().unwrap_or_default();
        let out_of_range = match element {
            "01" if !(1..=12).contains(number) => Some("month"),
            "15" if *number > 23 => Some("hour"),
            "04" if *number > 59 => Some("minute"),
            "05" if *number > 59 => Some("second"),
            _ => None,
        };
        if let Some(what) = out_of_range {
            return Err(format!("parsing time {}: {what} out of range", quoted_bytes(text)));
        }
        rest = &rest[digits..];
        match rest.strip_prefix(after) {
            Some(left) => rest = left,
            None => return cannot(rest, after),
        }
    }
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            rest = &fraction[digits..];
        }
    }
    let zone = if with_offset { "Z07:00" } else { "Z" };
    rest = match rest.strip_prefix('Z') {
        Some(left) => left,
        None if with_offset && is_offset(rest) => &rest[6..],
        None => return cannot(rest, zone),
    };
    if !rest.is_empty() {
        return Err(format!("parsing time {}: extra text: {}", quoted_bytes(text), quoted_bytes(rest)));
    }
    let [year, month, day, ..] = numbers;
    let days = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if !(1..=days).contains(&day) {
        return Err(format!("parsing time {}: day out of range", quoted_bytes(text)));
    }
    Ok(())
}

/// `+07:00`
fn is_offset(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 6
        && matches!(bytes[0], b'+' | b'-')
        && bytes[3] == b':'
        && [1, 2, 4, 5].iter().all(|at| bytes[*at].is_ascii_digit())
}

/// Reads a pattern as Go does, to which a brace that repeats nothing is a brace.
pub(in crate::aws) fn pattern(text: &str) -> Result<Regex, regex::Error> {
    let repeats = |rest: &str| matches(r"^\{[0-9]+(,[0-9]*)?\}", rest);
    let is_escaped = |before: &str| before.chars().rev().take_while(|it| *it == '\\').count() % 2 == 1;
    let is_class = |before: &str| [r"\p", r"\P", r"\x"].iter().any(|it| before.ends_with(it));
    let is_literal = |at: usize| !is_escaped(&text[..at]) && !is_class(&text[..at]) && !repeats(&text[at..]);
    let braces = text.char_indices().map(|(at, it)| match it {
        '{' if is_literal(at) => r"\{".to_owned(),
        _ => it.to_string(),
    });
    Regex::new(&braces.collect::<String>())
}

/// Why a pattern cannot be read. The part that is named is Go's only for the commonest mistakes.
pub(super) fn regexp_error(pattern: &str, error: &regex::Error) -> String {
    let text = error.to_string();
    let said = |words: &str| text.contains(words);
    let from = |it: char| pattern.find(it).map_or(pattern, |at| &pattern[at..]);
    match () {
        () if said("unclosed character class") => format!("missing closing ]: `{}`", from('[')),
        () if said("unclosed group") => format!("missing closing ): `{pattern}`"),
        () if said("unopened group") => format!("unexpected ): `{pattern}`"),
        () if said("repetition operator missing expression") => {
            let operator = pattern.find(['*', '+', '?']).map_or(pattern, |at| &pattern[at..=at]);
            format!("missing argument to repetition operator: `{operator}`")
        }
        () if said("look-around") => format!("invalid or unsupported Perl syntax: `{}`", prefix(from('('), 3)),
        () if said("invalid character class range") => {
            let inner = from('[').trim_start_matches('[');
            format!("invalid character class range: `{}`", prefix(inner, 3))
        }
        () if pattern.ends_with('\\') => "trailing backslash at end of expression: ``".to_owned(),
        () => text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned(),
    }
}

fn prefix(text: &str, length: usize) -> &str {
    text.char_indices().nth(length).map_or(text, |(at, _)| &text[..at])
}

/// Where a JSON document goes wrong.
#[derive(Debug)]
pub(super) struct JsonError {
    pub(super) words: String,
    /// How many bytes were read.
    pub(super) offset: usize,
}

/// Whether `text` is JSON, by the states and words of Go's scanner.
pub(super) fn json(text: &str) -> Result<(), JsonError> {
    let mut scanner = Scanner { bytes: text.as_bytes(), at: 0 };
    scanner.value(0)?;
    match scanner.space() {
        None => Ok(()),
        Some(_) => scanner.wrong("after top-level value"),
    }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

type Scanned = Result<(), JsonError>;

impl Scanner<'_> {
    /// The next byte that is no space.
    fn space(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
    fn is(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// That the next byte cannot stand where it does. At the end Go goes on with a space, which ends what is complete.
    fn wrong(&self, context: &str) -> Scanned {
        let inside = ["in numeric", "after decimal", "in exponent", "in literal", "in string escape", "in \\u"];
        let is_inside = inside.iter().any(|it| context.starts_with(it));
        let Some(byte) = self.peek().or(is_inside.then_some(b' ')) else {
            let words = "unexpected end of JSON input".to_owned();
            return Err(JsonError { words, offset: self.bytes.len() });
        };
        let mut character = String::new();
        if byte == b'"' {
            character.push('"')
        } else {
            escaped(byte.into(), '\'', &mut character)
        }
        let words = format!("invalid character '{character}' {context}");
        Err(JsonError { words, offset: (self.at + 1).min(self.bytes.len()) })
    }

    /// Go gives up on documents that are deeper.
    fn value(&mut self, depth: usize) -> Scanned {
        const DEEPEST: usize = 10_000;
        if depth > DEEPEST {
            return Err(JsonError { words: "exceeded max depth".to_owned(), offset: self.at + 1 });
        }
        match self.space() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.literal("true"),
            Some(b'f') => self.literal("false"),
            Some(b'n') => self.literal("null"),
            _ => self.wrong("looking for beginning of value"),
        }
    }

    fn object(&mut self, depth: usize) -> Scanned {
        const KEY: &str = "looking for beginning of object key string";
        self.at += 1;
        if self.space() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            match self.space() {
                Some(b'"') => self.string()?,
                _ => return self.wrong(KEY),
            }
            self.space();
            if !self.is(b':') {
                return self.wrong("after object key");
            }
            self.value(depth + 1)?;
            self.space();
            if self.is(b'}') {
                return Ok(());
            }
            if !self.is(b',') {
                return self.wrong("after object key:value pair");
            }
        }
    }

    fn array(&mut self, depth: usize) -> Scanned {
        self.at += 1;
        if self.space() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.value(depth + 1)?;
            self.space();
            if self.is(b']') {
                return Ok(());
            }
            if !self.is(b',') {
                return self.wrong("after array element");
            }
        }
    }

    fn string(&mut self) -> Scanned {
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    self.at += 1;
                    match self.peek() {
                        Some(b'u') => {
                            self.at += 1;
                            for _ in 0..4 {
                                if !self.peek().is_some_and(|it| it.is_ascii_hexdigit()) {
                                    return self.wrong("in \\u hexadecimal character escape");
                                }
                                self.at += 1;
                            }
                        }
                        Some(b'b' | b'f' | b'n' | b'r' | b't' | b'\\' | b'/' | b'"') => self.at += 1,
                        _ => return self.wrong("in string escape code"),
                    }
                }
                Some(byte) if byte >= b' ' => self.at += 1,
                _ => return self.wrong("in string literal"),
            }
        }
    }

    fn number(&mut self) -> Scanned {
        let digits = |it: &mut Self| {
            let before = it.at;
            while it.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                it.at += 1;
            }
            it.at > before
        };
        self.is(b'-');
        if !self.is(b'0') && !digits(self) {
            return self.wrong("in numeric literal");
        }
        if self.is(b'.') && !digits(self) {
            return self.wrong("after decimal point in numeric literal");
        }
        if self.is(b'e') || self.is(b'E') {
            let _ = self.is(b'+') || self.is(b'-');
            if !digits(self) {
                return self.wrong("in exponent of numeric literal");
            }
        }
        Ok(())
    }

    fn literal(&mut self, word: &str) -> Scanned {
        for expected in word.bytes() {
            if self.peek() != Some(expected) {
                return self.wrong(&format!("in literal {word} (expecting '{}')", char::from(expected)));
            }
            self.at += 1;
        }
        Ok(())
    }
}

/// The path of the first key that an object has twice: `Statement.0.Effect`.
pub(super) fn duplicate_key(text: &str) -> Option<String> {
    let found = RefCell::new(None);
    let walk = Walk { path: String::new(), found: &found };
    // Go counts a list within a list from its first element as well.
    let _ = walk.deserialize(&mut serde_json::Deserializer::from_str(text));
    found.into_inner()
}

struct Walk<'a> {
    path: String,
    found: &'a RefCell<Option<String>>,
}

impl Walk<'_> {
    fn within(&self, step: impl fmt::Display) -> Self {
        let path = if self.path.is_empty() { step.to_string() } else { format!("{}.{step}", self.path) };
        Self { path, found: self.found }
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();
    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            let within = self.within(&key);
            if !seen.insert(key) {
                self.found.borrow_mut().get_or_insert(within.path.clone());
            }
            map.next_value_seed(within)?;
        }
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut index = 0;
        while list.next_element_seed(self.within(index))?.is_some() {
            index += 1;
        }
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
