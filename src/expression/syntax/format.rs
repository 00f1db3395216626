//! The canonical form of a file, as `terraform fmt` writes it: the same tokens with other blanks between them, but for the
//! few outdated spellings that `modernize` replaces.

mod layout;
mod modernize;
mod spacing;
#[cfg(test)]
mod tests;

use super::{
    lexer::{self, Place},
    parse,
    token::TokenKind,
};
use crate::diagnostic::{Diagnostics, FileId, has_errors};
use std::borrow::Cow;

/// The canonical form of a `.tf` or `.tfvars` file; none if it cannot be parsed, for reasons that are in `diagnostics`.
pub fn format(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Option<String> {
    let mut found = Diagnostics::new();
    let body = parse(text, file, &mut found);
    let failed = has_errors(&found);
    diagnostics.append(&mut found);
    if failed {
        return None;
    }
    let mut pieces = modernize::modernize(pieces(text, file), &body);
    layout::arrange(&mut pieces);
    Some(write(&pieces, text.len()))
}

/// A token with the blanks before it.
#[derive(Clone, Debug)]
struct Piece<'a> {
    kind: TokenKind,
    text: Cow<'a, str>,
    /// Where the token starts in the file. Of no meaning for one that was put in.
    start: u32,
    spaces: usize,
}

impl<'a> Piece<'a> {
    fn new(kind: TokenKind, text: impl Into<Cow<'a, str>>) -> Self {
        Self { kind, text: text.into(), start: 0, spaces: 0 }
    }

    /// Whether the line ends with this piece. A comment of one line holds its newline.
    fn ends_line(&self) -> bool {
        self.kind == TokenKind::Newline || self.kind == TokenKind::Comment && self.text.ends_with('\n')
    }

    /// Whether this is a comment of one line without its newline.
    fn is_open_comment(&self) -> bool {
        self.kind == TokenKind::Comment && !self.ends_line() && !self.text.starts_with("/*")
    }

    /// How many brackets of the layout this piece opens, or closes if negative. Quotes are none.
    fn nesting(&self) -> isize {
        use TokenKind::*;
        match self.kind {
            OpenBrace | OpenBracket | OpenParenthesis | OpenInterpolation | OpenDirective => 1,
            CloseBrace | CloseBracket | CloseParenthesis | CloseSequence => -1,
            _ => 0,
        }
    }
}

/// The tokens of a file; only at its end the blanks are those of the file, all others are for `layout` to set.
fn pieces(text: &str, file: FileId) -> Vec<Piece<'_>> {
    let tokens = lexer::tokens(text, Place { file, offset: 0 }, &mut Diagnostics::new());
    let mut pieces: Vec<Piece> = Vec::with_capacity(tokens.len());
    let mut end = 0;
    for token in tokens {
        let span = token.span;
        let piece = Piece {
            kind: token.kind,
            text: text[span.start as usize..span.end as usize].into(),
            start: span.start,
            spaces: (span.start - end) as usize,
        };
        match pieces.last_mut() {
            Some(last) if token.kind == TokenKind::Newline && last.is_open_comment() => {
                last.text = text[last.start as usize..span.end as usize].into();
            }
            _ => pieces.push(piece),
        }
        end = span.end;
    }
    pieces
}

fn write(pieces: &[Piece], length: usize) -> String {
    let mut out = String::with_capacity(length + length / 8);
    for piece in pieces {
        out.extend(std::iter::repeat_n(' ', piece.spaces));
        out.push_str(&piece.text);
    }
    out
}
