//! Tabs where YAML wants blanks. The parser overlooks them, libyaml and what follows it (as Terraform's does) refuse them:
//! before anything that could be the key of a mapping, and in the indentation of the lines that continue a plain scalar.

use granit_parser::{Event, ScalarStyle, Span, StructureStyle};
use std::ops::Range;

const IN_PLAIN_SCALAR: &str = "found a tab character that violates indentation";
const IN_BLOCK_SCALAR: &str = "found a tab character where an indentation space is expected";

/// Follows the events of a document and looks at the text between them.
#[derive(Default)]
pub(super) struct Tabs {
    /// Up to where the text belongs to events that were seen, in bytes.
    seen: usize,
    /// The columns of the open collections; none of those in brackets and braces.
    open: Vec<Option<usize>>,
}

impl Tabs {
    /// An error if a tab stands wrongly before the event or in it.
    pub(super) fn check(&mut self, text: &str, event: &Event<'_>, span: &Span) -> Result<(), String> {
        let Some(range) = span.byte_range() else { return Ok(()) };
        let is_flow = self.open.last().is_some_and(Option::is_none);
        if !is_flow && range.start >= self.seen {
            before_token(text, self.seen..range.start)?;
        }
        match event {
            Event::Scalar(_, style, ..) => {
                self.seen = range.end;
                match style {
                    ScalarStyle::Plain => {
                        let indent = self.open.iter().rev().find_map(|it| *it).map_or(0, |column| column + 1);
                        indented(text, range, indent, IN_PLAIN_SCALAR)?;
                    }
                    ScalarStyle::Literal | ScalarStyle::Folded => {
                        let indent = content_column(text, &range);
                        indented(text, range, indent, IN_BLOCK_SCALAR)?;
                    }
                    _ => {}
                }
            }
            Event::Alias(_) => self.seen = range.end,
            Event::SequenceStart(style, ..) | Event::MappingStart(style, ..) => {
                let is_flow = *style == StructureStyle::Flow;
                self.open.push((!is_flow).then(|| span.start.col()));
                self.seen = self.seen.max(if is_flow { range.end } else { range.start });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if self.open.pop() == Some(None) {
                    self.seen = range.end;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

impl Tabs {
    /// An error if a tab is what the parser stumbled over, which says so or did it before this byte or at it.
    pub(super) fn explain(&self, text: &str, message: &str, end: usize) -> Result<(), String> {
        let rest = text.get(self.seen..).unwrap_or_default();
        let in_scalar = match message {
            "while scanning a plain scalar, found a tab" => Some(IN_PLAIN_SCALAR),
            "a block scalar content cannot start with a tab" => Some(IN_BLOCK_SCALAR),
            _ => None,
        };
        if let Some(why) = in_scalar {
            return indented(text, self.seen..self.seen + rest.len(), usize::MAX, why);
        }
        let is_flow = self.open.last().is_some_and(Option::is_none);
        let rest = text.get(end..).unwrap_or_default();
        let end = end + rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if is_flow || end < self.seen { Ok(()) } else { before_token(text, self.seen..end) }
    }
}

/// With a blank for each tab before the first other character of a line; `None` if there is no such tab.
pub(super) fn without_leading(text: &str) -> Option<String> {
    let line = |line: &str| {
        let rest = line.trim_start_matches([' ', '\t']);
        " ".repeat(line.len() - rest.len()) + rest
    };
    let blanks: String = text.split_inclusive('\n').map(line).collect();
    (blanks != text).then_some(blanks)
}

/// Walks over blanks, comments and indicators, as far as the next token.
fn before_token(text: &str, range: Range<usize>) -> Result<(), String> {
    let Some(part) = text.get(range.clone()) else { return Ok(()) };
    let line_start = text[..range.start].rfind('\n').map_or(0, |it| it + 1);
    let mut key_may_follow = text[line_start..range.start].trim().is_empty();
    let mut comment = false;
    for (at, letter) in part.char_indices() {
        match letter {
            '\n' => {
                key_may_follow = true;
                comment = false;
            }
            _ if comment => {}
            '\t' if key_may_follow => {
                return Err(placed(text, range.start + at, "found character that cannot start any token"));
            }
            '#' => comment = true,
            ' ' | '\t' | '\r' => {}
            '-' | '?' if key_may_follow && !part[at..].starts_with("--") => {}
            _ => key_may_follow = false,
        }
    }
    Ok(())
}

/// The column of the first letter of a block scalar, whose range may begin with its indicator.
fn content_column(text: &str, range: &Range<usize>) -> usize {
    let scalar = text.get(range.clone()).unwrap_or_default();
    let header = if scalar.starts_with(['|', '>']) { scalar.find('\n').unwrap_or(0) } else { 0 };
    let first = scalar[header..].find(|it: char| !it.is_whitespace()).map_or(range.end, |it| range.start + header + it);
    first - text[..first].rfind('\n').map_or(0, |it| it + 1)
}

/// An error if a line of a scalar, or of the blanks after it, has a tab among its first `indent` characters.
fn indented(text: &str, range: Range<usize>, indent: usize, why: &str) -> Result<(), String> {
    let Some(rest) = text.get(range.end..) else { return Ok(()) };
    let end = range.end + rest.len() - rest.trim_start().len();
    for (at, _) in text[range.start..end].match_indices('\n') {
        let line = range.start + at + 1;
        let blanks = text[line..end].bytes().take_while(|it| *it == b' ').count();
        if blanks < indent && text[line + blanks..].starts_with('\t') && line + blanks < end {
            return Err(placed(text, line, why));
        }
    }
    Ok(())
}

/// With the place in front that Terraform gives, which is none on the first line.
fn placed(text: &str, at: usize, why: &str) -> String {
    match text[..at].matches('\n').count() {
        0 => why.to_owned(),
        line => format!("on line {}, column 1: {why}", line + 1),
    }
}
