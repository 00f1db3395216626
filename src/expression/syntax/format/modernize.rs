//! Spellings of older versions of the language, replaced by those of today: `"${x}"` that is x, quoted types of
//! variables, labels without quotes.

use super::Piece;
use crate::{
    address::escaped,
    diagnostic::Span,
    expression::syntax::{
        token::TokenKind::{self, *},
        tree::{Block, Body, Identifier},
    },
};
use std::{ops::Range, slice::from_ref};
use unicode_normalization::UnicodeNormalization;

/// What stands in the place of some pieces.
struct Edit<'a> {
    pieces: Range<usize>,
    with: Vec<Piece<'a>>,
}

/// The pieces of a file whose tree is `body`, with today's spellings.
pub(super) fn modernize<'a>(pieces: Vec<Piece<'a>>, body: &Body) -> Vec<Piece<'a>> {
    let mut edits = Vec::new();
    let file = File { pieces: &pieces };
    file.body(body, Within::File, &mut edits);
    edits.sort_by_key(|it| it.pieces.start);
    let mut out = Vec::with_capacity(pieces.len());
    let mut done = 0;
    for edit in edits {
        out.extend_from_slice(&pieces[done..edit.pieces.start]);
        out.extend(edit.with);
        done = edit.pieces.end;
    }
    out.extend_from_slice(&pieces[done..]);
    out
}

struct File<'a, 'p> {
    pieces: &'p [Piece<'a>],
}

/// What a body belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    File,
    /// A `variable` block of the file.
    Variable,
    Block,
}

impl<'a> File<'a, '_> {
    fn body(&self, body: &Body, within: Within, edits: &mut Vec<Edit<'a>>) {
        for attribute in &body.attributes {
            let range = self.range(attribute.value.span);
            let value = &self.pieces[range.clone()];
            let is_type = within == Within::Variable && &*attribute.name.text == "type";
            let with = if is_type { constraint(value) } else { unwrapped(value) };
            edits.extend(with.map(|with| Edit { pieces: range, with }));
        }
        for block in &body.blocks {
            edits.extend(self.labels(block));
            let is_variable = within == Within::File && &*block.kind.text == "variable";
            let within = if is_variable { Within::Variable } else { Within::Block };
            self.body(&block.body, within, edits);
        }
    }

    fn range(&self, span: Span) -> Range<usize> {
        let at = |offset: u32| self.pieces.partition_point(|it| it.start < offset);
        at(span.start)..at(span.end)
    }

    /// Labels in quotes, with nothing but one blank between them.
    fn labels(&self, block: &Block) -> Option<Edit<'a>> {
        let (first, last) = (block.labels.first()?, block.labels.last()?);
        let kind = self.range(block.kind.span);
        let end = self.range(first.span.to(last.span)).end;
        let with = block.labels.iter().flat_map(|it| self.label(it)).collect();
        Some(Edit { pieces: kind.end..end, with })
    }

    fn label(&self, label: &Identifier) -> Vec<Piece<'a>> {
        let source = &self.pieces[self.range(label.span)];
        let text: String = match source {
            // Terraform loses a label that its lexer cuts in two. It is kept as it is.
            [open, text @ .., close]
                if open.kind == OpenQuote && text.iter().any(|it| it.text.contains(['$', '%'])) =>
            {
                return [from_ref(open), text, from_ref(close)].concat();
            }
            _ => label.text.nfc().collect(),
        };
        let mut pieces = vec![Piece::new(OpenQuote, "\"")];
        if !text.is_empty() {
            pieces.push(Piece::new(QuotedText, escaped(&text)));
        }
        pieces.push(Piece::new(CloseQuote, "\""));
        pieces
    }
}

/// A type constraint of Terraform 0.11, as it is written today; none if this is no such thing.
fn constraint<'a>(value: &[Piece<'a>]) -> Option<Vec<Piece<'a>>> {
    let (name, element) = match value {
        [name] if name.kind == Identifier => (name.text.clone(), "any"),
        // Elements were strings where nothing else was said.
        [open, name, close] if [open.kind, name.kind, close.kind] == [OpenQuote, QuotedText, CloseQuote] => {
            (name.text.clone(), "string")
        }
        _ => return None,
    };
    let collection = match &*name {
        "list" | "map" => true,
        "set" => element == "any",
        _ => false,
    };
    if collection {
        let call = [(OpenParenthesis, "("), (Identifier, element), (CloseParenthesis, ")")];
        let call = call.map(|(kind, text)| Piece::new(kind, text));
        return Some([Piece::new(Identifier, name)].into_iter().chain(call).collect());
    }
    (name == "string" && element == "string").then(|| vec![Piece::new(Identifier, name)])
}

/// The x of `"${x}"`; none if this is something else.
fn unwrapped<'a>(value: &[Piece<'a>]) -> Option<Vec<Piece<'a>>> {
    let [quote, open, inside @ .., close, end] = value else { return None };
    let delimiters = [quote.kind, open.kind, close.kind, end.kind];
    if inside.is_empty() || delimiters != [OpenQuote, OpenInterpolation, CloseSequence, CloseQuote] {
        return None;
    }
    // Text, or another sequence, makes it a template; but not one in a string within it.
    let mut quotes = 0;
    for piece in inside {
        match piece.kind {
            OpenQuote => quotes += 1,
            CloseQuote => quotes -= 1,
            OpenInterpolation | CloseSequence | QuotedText if quotes == 0 => return None,
            _ => {}
        }
    }
    let is_newline = |it: &Piece| it.kind == TokenKind::Newline;
    let start = inside.iter().position(|it| !is_newline(it))?;
    let end = inside.iter().rposition(|it| !is_newline(it))? + 1;
    let inside = &inside[start..end];
    let is_long = inside.iter().any(is_newline);
    let within_parentheses = inside.first().is_some_and(|it| it.kind == OpenParenthesis)
        && inside.last().is_some_and(|it| it.kind == CloseParenthesis);
    if !(is_long && !within_parentheses || is_broken(inside)) {
        return Some(inside.to_vec());
    }
    let mut pieces = vec![Piece::new(OpenParenthesis, "(")];
    pieces.extend_from_slice(inside);
    pieces.push(Piece::new(CloseParenthesis, ")"));
    Some(pieces)
}

/// Whether a line ends outside of all brackets, so that what follows would not belong to the expression. Terraform
/// overlooks comments, which end a line too, and `(x) + (y)`, and cannot read again what it writes then.
fn is_broken(pieces: &[Piece]) -> bool {
    let mut depth = 0;
    pieces.iter().take(pieces.len() - 1).any(|it| {
        depth += it.nesting();
        depth == 0 && it.ends_line()
    })
}
