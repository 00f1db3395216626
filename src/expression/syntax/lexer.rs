//! Text to tokens, in one pass without recursion.

use super::token::{Token, TokenKind};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span};
use unicode_normalization::char::is_combining_mark;

/// Where a text stands: in which file, and behind how many of its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub file: FileId,
    pub offset: u32,
}

/// Cuts a configuration file, or an expression, into tokens. The last one is always
/// [`TokenKind::EndOfFile`].
pub fn tokens(text: &str, place: Place, diagnostics: &mut Diagnostics) -> Vec<Token> {
    Lexer::new(text, place, diagnostics, Mode::Code { braces: 0, within_template: false }).run()
}

/// The same for a text that is a template as a whole, as `templatefile` reads it.
pub fn template_tokens(text: &str, place: Place, diagnostics: &mut Diagnostics) -> Vec<Token> {
    Lexer::new(text, place, diagnostics, Mode::Template).run()
}

/// What the text at the current position is.
enum Mode<'a> {
    /// Expressions and bodies; `within_template` if it is a `${…}` or `%{…}`, which ends at the brace that makes
    /// `braces` negative.
    Code {
        braces: u32,
        within_template: bool,
    },
    Quoted,
    /// `fresh` as long as the line holds nothing yet, so that it may be the closing one.
    Heredoc {
        marker: &'a str,
        fresh: bool,
    },
    Template,
}

struct Lexer<'a, 'd> {
    text: &'a str,
    place: Place,
    position: usize,
    tokens: Vec<Token>,
    modes: Vec<Mode<'a>>,
    /// Whether a quote of another language (`'`, a backtick, a curly one) was reported whose counterpart comes.
    within_foreign_quotes: bool,
    diagnostics: &'d mut Diagnostics,
}

const BYTE_ORDER_MARK: char = '\u{feff}';

impl<'a, 'd> Lexer<'a, 'd> {
    fn new(text: &'a str, place: Place, diagnostics: &'d mut Diagnostics, mode: Mode<'a>) -> Self {
        let position = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        let tokens = Vec::with_capacity(text.len() / 4);
        Self { text, place, position, tokens, modes: vec![mode], within_foreign_quotes: false, diagnostics }
    }

    fn run(mut self) -> Vec<Token> {
        while self.position < self.text.len() {
            match self.modes.last() {
                Some(Mode::Quoted) => self.quoted(),
                Some(&Mode::Heredoc { marker, fresh }) => self.heredoc(marker, fresh),
                Some(Mode::Template) => self.template(),
                Some(Mode::Code { .. }) | None => self.code(),
            }
        }
        self.push(TokenKind::EndOfFile, 0);
        self.tokens
    }

    fn rest(&self) -> &'a str {
        &self.text[self.position..]
    }

    fn span(&self, length: usize) -> Span {
        let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX).saturating_add(self.place.offset);
        Span { file: self.place.file, start: offset(self.position), end: offset(self.position + length) }
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        let span = self.span(length);
        self.tokens.push(Token { kind, span });
        self.position += length;
    }

    fn invalid(&mut self, length: usize, summary: &str, detail: &str) {
        // A run of bad characters is one mistake.
        let after_another = self
            .tokens
            .last()
            .is_some_and(|last| last.kind == TokenKind::Invalid && last.span.end == self.span(0).start);
        if !after_another {
            self.diagnostics.push(Diagnostic::error(summary, detail).at(self.span(length)));
        }
        self.push(TokenKind::Invalid, length);
    }

    fn code(&mut self) {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let next = bytes.get(1).copied();
        use TokenKind::*;
        match bytes[0] {
            b' ' | b'\t' => self.position += 1,
            b'\n' => self.push(Newline, 1),
            b'\r' if next == Some(b'\n') => self.push(Newline, 2),
            b'#' => self.line_comment(),
            b'/' if next == Some(b'/') => self.line_comment(),
            b'/' if next == Some(b'*') => self.block_comment(),
            b'"' => {
                self.push(OpenQuote, 1);
                self.modes.push(Mode::Quoted);
            }
            b'<' if next == Some(b'<') && self.open_heredoc() => {}
            b'0'..=b'9' => {
                let length = number_length(bytes);
                self.push(Number, length);
            }
            b'{' => {
                if let Some(Mode::Code { braces, .. }) = self.modes.last_mut() {
                    *braces += 1;
                }
                self.push(OpenBrace, 1);
            }
            b'}' => self.close_brace(1),
            b'~' if next == Some(b'}') => self.close_brace(2),
            _ => match operator(bytes) {
                Some((kind, length)) => self.push(kind, length),
                None => self.identifier_or_invalid(rest),
            },
        }
    }

    fn line_comment(&mut self) {
        let rest = self.rest();
        let line = rest.find('\n').map_or(rest, |end| &rest[..end]);
        self.push(TokenKind::Comment, line.strip_suffix('\r').unwrap_or(line).len());
    }

    fn block_comment(&mut self) {
        match self.rest()[2..].find("*/") {
            Some(end) => self.push(TokenKind::Comment, end + 4),
            None => {
                let detail = "This comment has no closing \"*/\" before the end of the file.";
                self.diagnostics.push(Diagnostic::error("Unterminated comment", detail).at(self.span(2)));
                self.push(TokenKind::Comment, self.rest().len());
            }
        }
    }

    /// Whether a heredoc starts here; `<<` alone is two operators.
    fn open_heredoc(&mut self) -> bool {
        let rest = self.rest();
        let marker_start = if rest.as_bytes().get(2) == Some(&b'-') { 3 } else { 2 };
        let marker = identifier(&rest[marker_start..]);
        let after = &rest[marker_start + marker.len()..];
        let newline = if after.starts_with('\n') { 1 } else { 2 };
        if marker.is_empty() || !(after.starts_with('\n') || after.starts_with("\r\n")) {
            return false;
        }
        self.push(TokenKind::OpenHeredoc, marker_start + marker.len() + newline);
        self.modes.push(Mode::Heredoc { marker, fresh: true });
        true
    }

    fn close_brace(&mut self, length: usize) {
        match self.modes.last_mut() {
            Some(Mode::Code { braces: 0, within_template: true }) => {
                self.modes.pop();
                self.push(TokenKind::CloseSequence, length);
            }
            _ if length == 2 => self.invalid(
                1,
                "Invalid character",
                "The \"~}\" sequence can only end a template sequence that started with \"${\" or \"%{\".",
            ),
            mode => {
                if let Some(Mode::Code { braces, .. }) = mode {
                    *braces = braces.saturating_sub(1);
                }
                self.push(TokenKind::CloseBrace, length);
            }
        }
    }

    fn identifier_or_invalid(&mut self, rest: &str) {
        let length = identifier(rest).len();
        if length > 0 {
            return self.push(TokenKind::Identifier, length);
        }
        let Some(bad) = rest.chars().next() else { return };
        if matches!(bad, '\'' | '`' | '“' | '”') {
            self.within_foreign_quotes = !self.within_foreign_quotes;
            if !self.within_foreign_quotes {
                return self.push(TokenKind::Invalid, bad.len_utf8());
            }
        }
        let (summary, detail) = complaint(bad);
        self.invalid(bad.len_utf8(), summary, detail);
    }

    fn quoted(&mut self) {
        let bytes = self.rest().as_bytes();
        if bytes[0] == b'"' {
            self.modes.pop();
            return self.push(TokenKind::CloseQuote, 1);
        }
        if self.open_sequence() {
            return;
        }
        if bytes[0] == b'\n' || bytes[0] == b'\r' {
            return self.broken_string();
        }
        let mut end = 0;
        while let Some(&byte) = bytes.get(end) {
            match byte {
                b'"' | b'\n' | b'\r' => break,
                b'\\' => end += 1 + usize::from(bytes.get(end + 1).is_some_and(|it| !matches!(it, b'\n' | b'\r'))),
                b'$' | b'%' => match sequence_at(bytes, end) {
                    Sequence::Open(_) => break,
                    Sequence::Escaped => end += 3,
                    Sequence::None => end += 1,
                },
                _ => end += 1,
            }
        }
        self.push(TokenKind::QuotedText, end);
    }

    /// A newline within quotes. The string ends here, so that the lines below are read as what they most likely
    /// are; with it ends an interpolation around it, whose brace is then what is missing.
    fn broken_string(&mut self) {
        self.push(TokenKind::UnclosedQuote, 0);
        self.modes.pop();
        let mut within_interpolation = false;
        while let [.., Mode::Quoted, Mode::Code { within_template: true, .. }] = self.modes[..] {
            within_interpolation = true;
            self.push(TokenKind::UnclosedQuote, 0);
            self.modes.truncate(self.modes.len() - 2);
        }
        if !within_interpolation {
            let detail = "Quoted strings may not be split over multiple lines.";
            let hint = "Close the string with a quote on the same line, write \\n for a newline within it, or use a \
                        heredoc (<<EOT).";
            self.diagnostics.push(Diagnostic::error("Invalid multi-line string", detail).at(self.span(1)).hint(hint));
        }
    }

    fn heredoc(&mut self, marker: &str, fresh: bool) {
        if fresh
            && let Some((line, _)) = self.rest().split_once('\n')
            && line.trim() == marker
        {
            self.modes.pop();
            return self.push(TokenKind::CloseHeredoc, line.strip_suffix('\r').unwrap_or(line).len());
        }
        self.set_fresh(false);
        if !self.open_sequence() && self.plain_text() {
            self.set_fresh(true);
        }
    }

    fn set_fresh(&mut self, value: bool) {
        if let Some(Mode::Heredoc { fresh, .. }) = self.modes.last_mut() {
            *fresh = value;
        }
    }

    fn template(&mut self) {
        if !self.open_sequence() {
            self.plain_text();
        }
    }

    /// Pushes the text up to the next sequence or the end of the line; whether it was the latter.
    fn plain_text(&mut self) -> bool {
        let bytes = self.rest().as_bytes();
        let mut end = 0;
        let mut ended_line = false;
        while end < bytes.len() && !ended_line {
            match sequence_at(bytes, end) {
                Sequence::Open(_) => break,
                Sequence::Escaped => end += 3,
                Sequence::None => {
                    ended_line = bytes[end] == b'\n';
                    end += 1;
                }
            }
        }
        self.push(TokenKind::PlainText, end);
        ended_line
    }

    /// Whether `${` or `%{` stands here.
    fn open_sequence(&mut self) -> bool {
        let Sequence::Open(kind) = sequence_at(self.rest().as_bytes(), 0) else { return false };
        let length = if self.rest().as_bytes().get(2) == Some(&b'~') { 3 } else { 2 };
        self.push(kind, length);
        self.modes.push(Mode::Code { braces: 0, within_template: true });
        true
    }
}

enum Sequence {
    Open(TokenKind),
    /// `$${` or `%%{`
    Escaped,
    None,
}

fn sequence_at(bytes: &[u8], at: usize) -> Sequence {
    match bytes[at..] {
        [b'$', b'{', ..] => Sequence::Open(TokenKind::OpenInterpolation),
        [b'%', b'{', ..] => Sequence::Open(TokenKind::OpenDirective),
        [b'$', b'$', b'{', ..] | [b'%', b'%', b'{', ..] => Sequence::Escaped,
        _ => Sequence::None,
    }
}

/// The identifier that `text` starts with, or `""`.
pub fn identifier(text: &str) -> &str {
    let starts = |it: char| it.is_alphabetic() || it == '_';
    let continues = |it: char| it.is_alphanumeric() || it == '_' || it == '-' || is_combining_mark(it);
    let mut end = 0;
    for it in text.chars() {
        if !(if end == 0 { starts(it) } else { continues(it) }) {
            break;
        }
        end += it.len_utf8();
    }
    &text[..end]
}

/// The longest run of digits, dots and exponents that ends in a digit: `1...` is a number and an ellipsis,
/// `1.2.3` is one (bad) number.
fn number_length(bytes: &[u8]) -> usize {
    let (mut at, mut end) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' => {
                at += 1;
                end = at;
            }
            b'.' => at += 1,
            b'e' | b'E' => {
                let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
                if !bytes.get(at + 1 + sign).is_some_and(u8::is_ascii_digit) {
                    break;
                }
                at += 2 + sign;
                end = at;
            }
            _ => break,
        }
    }
    end
}

fn operator(bytes: &[u8]) -> Option<(TokenKind, usize)> {
    use TokenKind::*;
    Some(match bytes {
        [b'.', b'.', b'.', ..] => (Ellipsis, 3),
        [b'=', b'>', ..] => (Arrow, 2),
        [b'=', b'=', ..] => (Equal, 2),
        [b'!', b'=', ..] => (NotEqual, 2),
        [b'<', b'=', ..] => (LessOrEqual, 2),
        [b'>', b'=', ..] => (GreaterOrEqual, 2),
        [b'&', b'&', ..] => (And, 2),
        [b'|', b'|', ..] => (Or, 2),
        [b':', b':', ..] => (DoubleColon, 2),
        [b'=', ..] => (Assign, 1),
        [b'!', ..] => (Bang, 1),
        [b'<', ..] => (Less, 1),
        [b'>', ..] => (Greater, 1),
        [b':', ..] => (Colon, 1),
        [b'?', ..] => (Question, 1),
        [b'.', ..] => (Dot, 1),
        [b',', ..] => (Comma, 1),
        [b'[', ..] => (OpenBracket, 1),
        [b']', ..] => (CloseBracket, 1),
        [b'(', ..] => (OpenParenthesis, 1),
        [b')', ..] => (CloseParenthesis, 1),
        [b'+', ..] => (Plus, 1),
        [b'-', ..] => (Minus, 1),
        [b'*', ..] => (Star, 1),
        [b'/', ..] => (Slash, 1),
        [b'%', ..] => (Percent, 1),
        _ => return None,
    })
}

/// Summary and detail for a character that the language does not use.
fn complaint(bad: char) -> (&'static str, &'static str) {
    const CHARACTER: &str = "Invalid character";
    const OPERATOR: &str = "Unsupported operator";
    match bad {
        '\'' => (CHARACTER, "Single quotes are not valid. Use double quotes (\") to enclose strings."),
        '`' => (CHARACTER, "Backticks are not valid. For a string over several lines use a heredoc, like \"<<EOT\"."),
        ';' => (CHARACTER, "Semicolons are not valid. Separate arguments and blocks by newlines, items by commas."),
        '“' | '”' => (CHARACTER, "Curly quotes are not valid. Replace them by straight ones (\")."),
        '&' => (OPERATOR, "Bitwise operators are not supported. Did you mean boolean AND (\"&&\")?"),
        '|' => (OPERATOR, "Bitwise operators are not supported. Did you mean boolean OR (\"||\")?"),
        '~' => (OPERATOR, "Bitwise operators are not supported. Did you mean boolean NOT (\"!\")?"),
        '^' => (OPERATOR, "Bitwise operators are not supported."),
        _ => (CHARACTER, "This character is not used within the language."),
    }
}
