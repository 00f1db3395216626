//! YAML to values: mappings become objects and sequences tuples, plain scalars what they look like.

use super::tabs::{self, Tabs};
use crate::value::{Data, Number, Text, Type, Value, convert};
use base64::{Engine, engine::general_purpose::STANDARD};
use granit_parser::{Event, Parser, ScalarStyle, Span, Tag};
use std::collections::{BTreeMap, HashMap};

/// Reads the only document of `text`.
pub(super) fn document(text: &str) -> Result<Value, String> {
    let directives = || text.lines().take_while(|line| line.starts_with(['%', '#']) || line.trim().is_empty());
    let known = |line: &str| line.starts_with("%YAML") || line.starts_with("%TAG");
    if directives().any(|line| line.starts_with('%') && !known(line)) {
        return Err("found unknown directive name".into());
    }
    if text.lines().any(|line| line.strip_prefix("%YAML").is_some_and(|version| version.trim() != "1.1")) {
        return Err("found incompatible YAML document".into());
    }
    // The parser refuses some tabs that libyaml takes for blanks, which makes no difference outside of block scalars.
    read(text, text).or_else(|why| match tabs::without_leading(text) {
        Some(blanks) => read(text, &blanks).map_err(|_| why),
        None => Err(why),
    })
}

/// Reads `text` from what stands for it, of the same length.
fn read(text: &str, parsed: &str) -> Result<Value, String> {
    let options = granit_parser::options! { emit_unresolved_aliases: true };
    let mut reader = Reader {
        text,
        parsed,
        events: Parser::new_from_str_with_options(parsed, options),
        tabs: Tabs::default(),
        anchors: HashMap::new(),
        aliased: 0,
        line: 0,
        span: Span::default(),
    };
    let value = loop {
        match reader.next()? {
            Event::StreamStart | Event::DocumentStart(..) => {}
            Event::StreamEnd | Event::DocumentEnd => {
                return Err(match text.starts_with("...") {
                    true => "did not find expected node content".into(),
                    false => "on line 1, column 1: missing start of document".into(),
                });
            }
            event => break reader.node(event, 0)?,
        }
    };
    loop {
        match reader.next()? {
            Event::DocumentEnd => {}
            Event::StreamEnd => return Ok(value),
            _ => return Err(format!("on line {}, column 1: unexpected extra content after value", reader.line)),
        }
    }
}

const MAX_DEPTH: usize = 500;

struct Reader<'t> {
    text: &'t str,
    parsed: &'t str,
    tabs: Tabs,
    events: Parser<'t, granit_parser::StrInput<'t>>,
    /// The values of anchors, and of how many values each consists.
    anchors: HashMap<usize, (Value, usize)>,
    /// How many values aliases stood for so far.
    aliased: usize,
    /// Of the latest event, from 0.
    line: usize,
    span: Span,
}

/// How many values aliases can stand for: a few lines of aliases of aliases otherwise stand for billions.
const MOST_ALIASED: usize = 1_000_000;

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<Event<'t>, String> {
        loop {
            match self.events.next() {
                Some(Ok((Event::Comment(..) | Event::Anchor(..), _))) => {}
                Some(Ok((event, span))) => {
                    self.tabs.check(self.text, &event, &span)?;
                    self.line = span.start.line().saturating_sub(1);
                    self.span = span;
                    return Ok(event);
                }
                Some(Err(error)) => {
                    self.tabs.explain(self.text, &error.info(), error.marker().byte_offset().unwrap_or(0))?;
                    return Err(worded(&error.to_string()));
                }
                None => return Ok(Event::StreamEnd),
            }
        }
    }

    /// The value that starts with `event`.
    fn node(&mut self, event: Event<'t>, depth: usize) -> Result<Value, String> {
        if depth > MAX_DEPTH {
            return Err("too deeply nested".into());
        }
        let (anchor, value) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                if is_block && self.span.slice(self.text) != self.span.slice(self.parsed) {
                    return Err("found a tab in the indentation of a block scalar".into());
                }
                // A line that the document ends within has no end of its own.
                let unended = is_block
                    && self.span.byte_range().is_some_and(|it| it.end == self.text.len())
                    && !self.text.ends_with(['\n', '\r']);
                let text = if unended { text.strip_suffix('\n').unwrap_or(&text) } else { &text };
                (anchor, scalar(text, style, tag.as_deref()).map_err(|why| self.placed(&why))?)
            }
            Event::SequenceStart(_, anchor, tag) => {
                check_tag(tag.as_deref(), "seq", "sequence")?;
                let mut values = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => break (anchor, Value::tuple(values)),
                        event => values.push(self.node(event, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(_, anchor, tag) => {
                check_tag(tag.as_deref(), "map", "mapping")?;
                (anchor, self.mapping(depth)?)
            }
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some((value, size)) => {
                    self.aliased = self.aliased.saturating_add(*size);
                    if self.aliased > MOST_ALIASED {
                        return Err("document contains excessive aliasing".into());
                    }
                    (0, value.clone())
                }
                None => {
                    let why = format!("cannot refer to anchor {:?} from inside its own definition", self.alias());
                    return Err(self.placed(&why));
                }
            },
            Event::UnresolvedAlias(name) => return Err(self.placed(&format!("reference to undefined anchor {name:?}"))),
            _ => return Err("did not find expected node content".into()),
        };
        if anchor != 0 {
            let size = value_count(&value);
            self.anchors.insert(anchor, (value.clone(), size));
        }
        Ok(value)
    }

    /// The name of the alias that was read last.
    fn alias(&self) -> &str {
        self.span.slice(self.text).unwrap_or_default().trim_start_matches('*')
    }

    /// With the place in front that Terraform gives, which counts lines from 0 and leaves out the first.
    fn placed(&self, why: &str) -> String {
        self.place() + why
    }

    fn place(&self) -> String {
        match self.line {
            0 => String::new(),
            line => format!("on line {line}, column {}: ", self.span.start.col() + 1),
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Value, String> {
        let mut entries: BTreeMap<Text, Value> = BTreeMap::new();
        // What `<<` brings in comes behind what the mapping says itself.
        let mut merged: Vec<(Value, String)> = Vec::new();
        loop {
            let event = match self.next()? {
                Event::MappingEnd => break,
                event => event,
            };
            let is_merge = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<");
            let start = self.place();
            let key = self.node(event, depth + 1)?;
            let event = self.next()?;
            let value = self.node(event, depth + 1)?;
            if is_merge {
                merged.push((value, start));
                continue;
            }
            if key.is_null() {
                return Err("mapping key cannot be null".into());
            }
            let key = match convert(&key, &Type::String) {
                Ok(Value { data: Data::String(key), .. }) => key,
                _ => return Err("only strings are allowed as mapping keys".into()),
            };
            entries.insert(key, value);
        }
        for (value, start) in merged {
            let Some(more) = value.as_entries() else {
                return Err(format!("{start}cannot merge {} into mapping", value.ty().friendly()));
            };
            for (key, value) in more {
                entries.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        Ok(Value::object(entries))
    }
}

/// This value and all in it, as often as they are in it.
fn value_count(value: &Value) -> usize {
    value.children().map(value_count).fold(1, usize::saturating_add)
}

/// The parser's message in the words that Terraform's users know, without the place.
fn worded(message: &str) -> String {
    let message = message.split(" at char ").next().unwrap_or_default();
    let message = message.trim_start_matches("while parsing a quoted scalar, ");
    match message {
        it if it.starts_with("unexpected character") => "found character that cannot start any token".into(),
        it if it.starts_with("unclosed quote") => "found unexpected end of stream".into(),
        it if it.starts_with("misplaced bracket") || it.starts_with("mismatched bracket") => {
            "did not find expected node content".into()
        }
        it if it.contains("surrogate") => "found invalid Unicode character escape code".into(),
        it if it.starts_with("unclosed bracket '['") => "on line 1, column 1: did not find expected ',' or ']'".into(),
        it => it.into(),
    }
}

/// An error if a sequence or a mapping is said to be something else.
fn check_tag(tag: Option<&Tag>, own: &str, what: &str) -> Result<(), String> {
    match tag.map(|tag| (tag.handle().to_string(), tag.suffix())) {
        None => Ok(()),
        Some((handle, suffix)) if handle == "tag:yaml.org,2002:" && suffix == own => Ok(()),
        Some((handle, suffix)) => Err(format!("can't interpret {what} as {handle}{suffix}")),
    }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, String> {
    let plain = style == ScalarStyle::Plain;
    let tag = tag.map(|tag| format!("{}{}", tag.handle(), tag.suffix()));
    let unsupported = |tag: &str| Err(format!("unsupported tag {tag:?}"));
    let Some(tag) = tag else { return untagged(text, plain) };
    let Some(kind) = tag.strip_prefix("tag:yaml.org,2002:") else {
        return if tag == "!" && !plain { Ok(Value::string(text)) } else { unsupported(&tag) };
    };
    let value = match kind {
        "str" => return Ok(Value::string(text)),
        "timestamp" => return Ok(Value::string(timestamp(text).as_deref().unwrap_or(text))),
        "null" if plain => return Ok(Value::null(Type::Any)),
        "binary" => match STANDARD.decode(text.replace([' ', '\n'], "")) {
            Ok(_) => return Ok(Value::string(text)),
            Err(_) => return Err(format!("cannot parse {text:?} as {tag}: not valid base64")),
        },
        "merge" => return unsupported(&tag),
        _ => untagged(text, plain)?,
    };
    match (kind, value.ty()) {
        ("int" | "float", Type::Bool | Type::String) | ("bool", Type::Number | Type::String) if plain => {
            Err(format!("cannot parse {text:?} as {tag}"))
        }
        _ => Ok(value),
    }
}

/// What a scalar without a tag looks like.
fn untagged(text: &str, plain: bool) -> Result<Value, String> {
    if !plain {
        return Ok(Value::string(text));
    }
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::null(Type::Any),
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True" | "TRUE" => Value::bool(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False" | "FALSE" => Value::bool(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Value::number(Number::infinity(false)),
        "-.inf" | "-.Inf" | "-.INF" => Value::number(Number::infinity(true)),
        ".nan" | ".NaN" | ".NAN" => return Err("floating point NaN is not supported".into()),
        _ => {
            number(text).map(Value::number).unwrap_or_else(|| Value::string(timestamp(text).as_deref().unwrap_or(text)))
        }
    })
}

fn number(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let negative = text.starts_with('-');
    let signed = |number: Number| if negative { number.negate() } else { number };
    let all = |digits: &str, test: fn(char) -> bool| !digits.is_empty() && digits.chars().all(test);
    if let Some(digits) = text.strip_prefix("0x") {
        return if all(digits, |it| it.is_ascii_hexdigit()) {
            Number::parse_integer(digits, 16).map(signed)
        } else {
            None
        };
    }
    if let Some(digits) = unsigned.strip_prefix("0o") {
        return if all(digits, |it| matches!(it, '0'..='7')) {
            Number::parse_integer(digits, 8).map(signed)
        } else {
            None
        };
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let sound = digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|it| all(it.strip_prefix(['+', '-']).unwrap_or(it), |it| it.is_ascii_digit()));
    if !sound {
        return None;
    }
    let exponent = exponent.unwrap_or("0");
    let or_zero = |it: &str| if it.is_empty() { "0".to_owned() } else { it.to_owned() };
    Number::parse(&format!("{}.{}e{exponent}", or_zero(whole), or_zero(fraction))).map(signed)
}

/// A date, or a date and a time, as RFC 3339 in whole seconds.
fn timestamp(text: &str) -> Option<String> {
    let digits = |it: &str, least: usize, most: usize| {
        (least..=most).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit())
    };
    let split = text.find(['t', 'T', ' ']);
    let (date, rest) = split.map_or((text, ""), |at| (&text[..at], &text[at..]));
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !digits(year, 4, 4) || !digits(month, 1, 2) || !digits(day, 1, 2) {
        return None;
    }
    let date = format!("{year}-{month:0>2}-{day:0>2}");
    if rest.is_empty() {
        return Some(format!("{date}T00:00:00Z"));
    }
    let time = &rest[1..];
    let zone = time.find(['Z', 'z', '+', '-']);
    // With a blank in between there is no zone, with a letter there is one.
    if zone.is_none() != rest.starts_with(' ') {
        return None;
    }
    let (clock, zone) = zone.map_or((time, "Z"), |at| (&time[..at], &time[at..]));
    let mut parts = clock.split('.').next()?.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || ![hour, minute, second].iter().all(|it| digits(it, 1, 2)) {
        return None;
    }
    Some(format!("{date}T{hour:0>2}:{minute:0>2}:{second:0>2}{}", zone.to_uppercase()))
}
