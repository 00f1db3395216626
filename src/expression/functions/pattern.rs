//! From RE2's regular expressions, which the language has, to those of the `regex` crate.
//!
//! Everything but plain text is read here as RE2 reads it and written so that the crate cannot take it otherwise: names
//! of groups may be repeated and begin with a digit, `\d`, `\w`, `\s` and `\b` mean ASCII only, `{` and an inner `[` may
//! stand for themselves, `\Q…\E` quotes, and `\12` is a character in octal.

mod class;
mod escape;
mod group;

use group::Group;
use regex::{Captures, Regex, RegexBuilder};

/// A compiled pattern.
pub(super) struct Pattern {
    pub regex: Regex,
    /// What each group is called, from the first on; several can have one name.
    pub names: Vec<Option<String>>,
}

/// Why a pattern is none, and the part of it that is wrong, in RE2's words.
#[derive(Debug, PartialEq)]
pub(super) struct Mistake {
    pub what: String,
    pub part: String,
}

impl Mistake {
    fn new(what: &str, part: &str) -> Self {
        Self { what: what.into(), part: part.into() }
    }
}

/// The most memory that a compiled pattern takes, in bytes.
const LARGEST: usize = 10 << 20;

/// The most repetitions that RE2 allows, those of groups multiplied by those of what is in them.
const MOST_REPETITIONS: usize = 1000;

/// Compiles an RE2 pattern.
pub(super) fn compile(pattern: &str) -> Result<Pattern, Mistake> {
    let mut translation = Translation::default();
    translation.read(pattern)?;
    match RegexBuilder::new(&translation.out).size_limit(LARGEST).build() {
        Ok(regex) => Ok(Pattern { regex, names: translation.names }),
        Err(regex::Error::CompiledTooBig(_)) => Err(Mistake::new("expression too large", pattern)),
        Err(error) => Err(Mistake::new(error.to_string().lines().last().unwrap_or_default(), pattern)),
    }
}

impl Pattern {
    /// Reads `template`, in which `$1`, `$name` and `${name}` stand for what these groups match.
    pub(super) fn replacement<'t>(&self, template: &'t str) -> Replacement<'t> {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('$') {
            parts.push(Part::Text(before));
            rest = after;
            if let Some(after) = rest.strip_prefix('$') {
                parts.push(Part::Text("$"));
                rest = after;
            } else if let Some((name, after)) = reference(rest) {
                parts.push(Part::Groups(self.groups(name)));
                rest = after;
            } else {
                parts.push(Part::Text("$"));
            }
        }
        parts.push(Part::Text(rest));
        Replacement(parts)
    }

    /// The group of this number, or those of this name.
    fn groups(&self, name: &str) -> Vec<usize> {
        let is_number = name.bytes().all(|it| it.is_ascii_digit()) && (name == "0" || !name.starts_with('0'));
        match name.parse() {
            Ok(number) if is_number => vec![number],
            _ => {
                (1..).zip(&self.names).filter(|(_, it)| it.as_deref() == Some(name)).map(|(number, _)| number).collect()
            }
        }
    }
}

/// What `replace` puts in place of a match.
pub(super) struct Replacement<'t>(Vec<Part<'t>>);

enum Part<'t> {
    Text(&'t str),
    /// What the first of these groups matched that takes part.
    Groups(Vec<usize>),
}

impl Replacement<'_> {
    /// Appends it for one match.
    pub(super) fn expand(&self, captures: &Captures<'_>, out: &mut String) {
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Groups(groups) => {
                    let found = groups.iter().find_map(|it| captures.get(*it));
                    out.push_str(found.map_or("", |it| it.as_str()));
                }
            }
        }
    }
}

/// The name at the start of what follows a `$`, in braces or as long as it can be, and what follows it.
fn reference(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('{').unwrap_or(text);
    let end = inner.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(inner.len());
    let (name, after) = inner.split_at(end);
    let after = if inner.len() < text.len() { after.strip_prefix('}')? } else { after };
    (!name.is_empty()).then_some((name, after))
}

/// A part of a pattern that repetition operators can apply to.
#[derive(Clone, Copy)]
struct Atom {
    /// How often something in it is repeated at most, by the counts in braces.
    repeated: usize,
}

/// What has been read of a pattern.
#[derive(Default)]
struct Translation {
    out: String,
    names: Vec<Option<String>>,
    /// Of each open group and of the whole, the most repetitions within it.
    open: Vec<usize>,
    /// What a repetition operator would apply to.
    last: Option<Atom>,
}

impl Translation {
    fn read(&mut self, pattern: &str) -> Result<(), Mistake> {
        self.open.push(0);
        let mut rest = pattern;
        // From the operator on that was just read: `a*?` is lazy, `a**` nothing.
        let mut operator: Option<&str> = None;
        while let Some(next) = rest.chars().next() {
            let before = operator.take();
            let length = match next {
                '*' | '+' | '?' => self.repetition(rest, 1, None, before)?,
                '{' if let Some((length, counts)) = counts(rest) => {
                    self.repetition(rest, length, Some(counts), before)?
                }
                '(' => self.group(rest)?,
                ')' => {
                    let inside = self.open.pop().filter(|_| !self.open.is_empty());
                    let inside = inside.ok_or_else(|| Mistake::new("unexpected )", pattern))?;
                    self.plain(")", inside)
                }
                '|' => {
                    self.out.push('|');
                    self.last = None;
                    1
                }
                '[' => {
                    let length = class::translate(rest, &mut self.out)?;
                    self.atom(1);
                    length
                }
                '\\' => self.escape(rest)?,
                '.' | '^' | '$' => self.plain(&rest[..1], 1),
                _ => {
                    self.literal(next);
                    next.len_utf8()
                }
            };
            if matches!(next, '*' | '+' | '?') || next == '{' && length > 1 {
                operator = Some(rest);
            }
            rest = &rest[length..];
        }
        if self.open.len() > 1 { Err(Mistake::new("missing closing )", pattern)) } else { Ok(()) }
    }

    /// Something that can be repeated has been written.
    fn atom(&mut self, repeated: usize) {
        self.last = Some(Atom { repeated });
        if let Some(most) = self.open.last_mut() {
            *most = repeated.max(*most);
        }
    }

    fn plain(&mut self, text: &str, repeated: usize) -> usize {
        self.out.push_str(text);
        self.atom(repeated);
        text.len()
    }

    fn literal(&mut self, letter: char) {
        self.out.push_str(&regex::escape(letter.encode_utf8(&mut [0; 4])));
        self.atom(1);
    }

    /// The operator of this length at the start of `text`; `before` starts with an operator right before it.
    fn repetition(
        &mut self,
        text: &str,
        length: usize,
        counts: Option<(usize, Option<usize>)>,
        before: Option<&str>,
    ) -> Result<usize, Mistake> {
        let too_often = || Mistake::new("invalid repeat count", &text[..length]);
        if let Some((least, most)) = counts
            && (least.max(most.unwrap_or(0)) > MOST_REPETITIONS || most.is_some_and(|most| most < least))
        {
            return Err(too_often());
        }
        let whole = length + usize::from(text[length..].starts_with('?'));
        if let Some(before) = before {
            let part = &before[..before.len() - text.len() + whole];
            return Err(Mistake::new("invalid nested repetition operator", part));
        }
        let last = self.last.ok_or_else(|| Mistake::new("missing argument to repetition operator", &text[..whole]))?;
        if let Some((least, most)) = counts {
            let repeated = last.repeated.max(1) * most.unwrap_or(least).max(1);
            if repeated > MOST_REPETITIONS {
                return Err(too_often());
            }
            self.atom(repeated);
        }
        self.out.push_str(&text[..whole]);
        Ok(whole)
    }

    fn group(&mut self, text: &str) -> Result<usize, Mistake> {
        let (length, group) = group::read(text)?;
        match group {
            Group::Captured(name) => {
                self.out.push('(');
                self.names.push(name.map(str::to_owned));
                self.open.push(0);
            }
            Group::Flagged => {
                self.out.push_str(&text[..length]);
                self.open.push(0);
            }
            Group::Flags => self.out.push_str(&text[..length]),
        }
        self.last = None;
        Ok(length)
    }

    /// An escape outside of a class.
    fn escape(&mut self, text: &str) -> Result<usize, Mistake> {
        match text[1..].chars().next() {
            Some(it @ ('b' | 'B')) => {
                self.plain(&format!("(?-u:\\{it})"), 1);
                Ok(2)
            }
            Some(it @ ('A' | 'z')) => Ok(self.plain(&format!("\\{it}"), 1)),
            Some('Q') => {
                let (quoted, length) = match text.find("\\E") {
                    Some(end) => (&text[2..end], end + 2),
                    None => (&text[2..], text.len()),
                };
                quoted.chars().for_each(|it| self.literal(it));
                Ok(length)
            }
            _ => {
                let length = match escape::set(text, &mut self.out)? {
                    Some(length) => length,
                    None => {
                        let (letter, length) = escape::character(text)?;
                        self.literal(letter);
                        length
                    }
                };
                self.atom(1);
                Ok(length)
            }
        }
    }
}

/// How long `{n}`, `{n,}` or `{n,m}` at the start of `text` is, and its counts.
fn counts(text: &str) -> Option<(usize, (usize, Option<usize>))> {
    let (inner, _) = text[1..].split_once('}')?;
    // A number that is too large for us is too large for RE2.
    let number = |it: &str| {
        let digits = !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        let leading_zero = it.len() > 1 && it.starts_with('0');
        (digits && !leading_zero).then(|| it.parse().unwrap_or(usize::MAX))
    };
    let counts = match inner.split_once(',') {
        None => (number(inner)?, Some(number(inner)?)),
        Some((least, "")) => (number(least)?, None),
        Some((least, most)) => (number(least)?, Some(number(most)?)),
    };
    Some((inner.len() + 2, counts))
}
