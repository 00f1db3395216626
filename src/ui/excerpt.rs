//! The lines of a source file that a span covers.

use super::logins::without_logins;
use crate::{
    diagnostic::{FileId, Source, Sources, Span},
    expression::syntax::{self, tree::Block},
};
use unicode_segmentation::UnicodeSegmentation;

/// A place in a file as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in grapheme clusters.
    pub column: usize,
    /// From 0.
    pub byte: usize,
}

/// Whole lines of source, and which part of them is meant.
#[derive(Clone, Debug)]
pub(super) struct Excerpt {
    pub file: String,
    pub start: Position,
    pub end: Position,
    /// The header of the outermost block around the span: `resource "aws_vpc" "a"`.
    pub context: Option<String>,
    /// The lines, without the last line break.
    pub code: String,
    /// Where in `code` the span starts and ends, in bytes.
    pub highlight: (usize, usize),
}

/// The excerpt for `span`, or none if the file is too short for it (it is shown as it was read, so it never is).
pub(super) fn excerpt(sources: &Sources, span: Span) -> Option<Excerpt> {
    let source = sources.files().get(span.file.0 as usize)?;
    let text: &str = &source.text;
    let (from, to) = (span.start as usize, (span.end as usize).max(span.start as usize));
    text.get(from..to)?;
    let first = text[..from].rfind('\n').map_or(0, |at| at + 1);
    // As Terraform counts, a line break belongs to the line that it starts.
    let last = text[to..].find('\n').map_or(text.len(), |at| to + at);
    let code = text[first..last].trim_end_matches(['\r', '\n']);
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let open = sources.excerpt(Span { file: span.file, start: offset(first), end: offset(first + code.len()) });
    let shown = without_logins(&open);
    // Where a part is left out, the places of the others say nothing.
    let highlight = match shown == code {
        true => ((from - first).min(code.len()), (to - first).min(code.len())),
        false => (0, shown.len()),
    };
    Some(Excerpt {
        file: source.path.display().to_string(),
        start: position(text, from),
        end: position(text, to),
        context: context(source, span),
        code: shown.into_owned(),
        highlight,
    })
}

fn position(text: &str, byte: usize) -> Position {
    let before = &text[..byte];
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    Position { line: before.matches('\n').count() + 1, column: before[line..].graphemes(true).count() + 1, byte }
}

fn context(source: &Source, span: Span) -> Option<String> {
    let headers = source.headers.get_or_init(|| headers(&source.text, span.file));
    let before = headers.partition_point(|(block, _)| block.start < span.start);
    let (block, header) = headers[..before].last()?;
    (span.start <= block.end).then(|| header.clone())
}

fn headers(text: &str, file: FileId) -> Vec<(Span, String)> {
    let header = |block: &Block| {
        let labels: String = block.labels.iter().map(|label| format!(" \"{}\"", label.text)).collect();
        (block.span, format!("{}{labels}", block.kind.text))
    };
    syntax::parse(text, file, &mut Vec::new()).blocks.iter().map(header).collect()
}
