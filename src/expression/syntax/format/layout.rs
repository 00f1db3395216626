//! Lines: their indentation, the blanks within them, and the columns in which `=` and comments of neighbouring lines
//! stand.

use super::{Piece, spacing};
use crate::expression::syntax::token::TokenKind;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

const INDENTATION: usize = 2;

/// Sets the blanks before every piece but the end of the file.
pub(super) fn arrange(pieces: &mut [Piece]) {
    let lines = lines(pieces);
    indent(pieces, &lines);
    for line in &lines {
        space(pieces, line.lead.clone());
        space(pieces, line.value.clone());
    }
    align(pieces, &lines, |line| line.value.clone(), |line| line.lead.clone());
    align(pieces, &lines, |line| line.comment.clone(), |line| line.lead.start..line.value.end);
}

/// One line in its cells, which follow each other: each ends where the next one starts, and any but the first may be
/// empty. A heredoc is one line with what opens it, up to a newline within one of its interpolations.
struct Line {
    lead: Range<usize>,
    /// From the `=` on, if what is assigned ends on this line.
    value: Range<usize>,
    /// The comment at the end of a line that holds more than it.
    comment: Range<usize>,
}

fn lines(pieces: &[Piece]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, piece) in pieces.iter().enumerate() {
        if piece.ends_line() || piece.kind == TokenKind::EndOfFile {
            let end = if piece.ends_line() { at + 1 } else { at };
            lines.push(cells(pieces, start..end));
            start = end;
        }
    }
    lines
}

fn cells(pieces: &[Piece], line: Range<usize>) -> Line {
    let has_comment = line.len() > 1 && pieces[line.end - 1].kind == TokenKind::Comment;
    let end = line.end - usize::from(has_comment);
    let assign = (line.start + 1..end).find(|&at| pieces[at].kind == TokenKind::Assign);
    let nesting = |cell: Range<usize>| pieces[cell].iter().map(Piece::nesting).sum::<isize>();
    let value = assign.filter(|&at| nesting(at..end) == 0).unwrap_or(end);
    Line { lead: line.start..value, value: value..end, comment: end..line.end }
}

/// A line that opens more brackets than it closes moves what follows one step to the right, however many they are;
/// the line that closes the last of them moves back.
fn indent(pieces: &mut [Piece], lines: &[Line]) {
    let mut steps: Vec<isize> = Vec::new();
    for line in lines.iter().filter(|line| !line.lead.is_empty()) {
        if pieces[line.lead.start].kind == TokenKind::Newline {
            pieces[line.lead.start].spaces = 0;
            continue;
        }
        let opened = opened(&pieces[line.lead.clone()]) + opened(&pieces[line.value.clone()]);
        let mut closed = -opened;
        while closed > 0
            && let Some(step) = steps.last_mut()
        {
            let of_step = closed.min(*step);
            *step -= of_step;
            closed -= of_step;
            if *step == 0 {
                steps.pop();
            }
        }
        pieces[line.lead.start].spaces = INDENTATION * steps.len();
        if opened > 0 {
            steps.push(opened);
        }
    }
}

/// How many brackets stay open behind a cell. What is within a heredoc is not counted.
fn opened(cell: &[Piece]) -> isize {
    let heredoc = cell.iter().position(|it| it.kind == TokenKind::OpenHeredoc).unwrap_or(cell.len());
    cell[..heredoc].iter().map(Piece::nesting).sum()
}

fn space(pieces: &mut [Piece], cell: Range<usize>) {
    for at in cell.start..cell.end.saturating_sub(1) {
        let before = (at > cell.start).then(|| &pieces[at - 1]);
        let blank = spacing::between(before, &pieces[at], &pieces[at + 1]);
        pieces[at + 1].spaces = usize::from(blank);
    }
}

/// Puts a cell into one column for all lines that follow each other and have it: one blank behind the widest of what
/// stands before it.
fn align(
    pieces: &mut [Piece],
    lines: &[Line],
    cell: impl Fn(&Line) -> Range<usize>,
    before: impl Fn(&Line) -> Range<usize>,
) {
    for chain in lines.chunk_by(|one, next| cell(one).is_empty() == cell(next).is_empty()) {
        if cell(&chain[0]).is_empty() {
            continue;
        }
        let widths: Vec<usize> = chain.iter().map(|line| width(&pieces[before(line)])).collect();
        let widest = widths.iter().max().copied().unwrap_or(0);
        for (line, width) in chain.iter().zip(widths) {
            pieces[cell(line).start].spaces = widest - width + 1;
        }
    }
}

/// In characters as they are seen, newlines counting as one.
fn width(cell: &[Piece]) -> usize {
    cell.iter().map(|it| it.spaces + it.text.graphemes(true).count()).sum()
}
