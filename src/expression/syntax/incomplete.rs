//! Whether someone who types an expression has more to type.

use super::lexer::{self, Place};
use crate::diagnostic::{Diagnostics, FileId};

/// Whether `text` opens a bracket, a template or a heredoc that it does not close. A text that is wrong already, or that
/// ends in a blank line, is taken to be all there is.
pub fn is_incomplete(text: &str) -> bool {
    if text.rsplit('\n').next().is_none_or(|it| it.trim().is_empty()) {
        return false;
    }
    let mut found = Diagnostics::new();
    // A heredoc is closed by a line, and the last one has not got its newline yet.
    let text = format!("{text}\n");
    let tokens = lexer::tokens(&text, Place { file: FileId::default(), offset: 0 }, &mut found);
    let mut open = Vec::new();
    for token in tokens {
        if token.kind.opens() {
            open.push(token.kind);
        } else if token.kind.closes(token.kind).is_some()
            && open.pop().and_then(|opener| token.kind.closes(opener)) != Some(true)
        {
            return false;
        }
    }
    found.is_empty() && !open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_wait_for_their_ends() {
        let cases = [
            (true, &["[", "{", "f(", "[\n1,", "<<EOT", "<<EOT\na", "f(<<E\nE", "\"${f(", "{ a = ["][..]),
            (
                false,
                &[
                    "",
                    "1",
                    "1 +",
                    "[]",
                    "[\n\n",
                    "]",
                    "f(]",
                    "{ a = [ }",
                    "\"",
                    "<<E\nE",
                    "/*",
                    "(1 +\n2)",
                    "[ $",
                    "x ?",
                ],
            ),
        ];
        for (expected, texts) in cases {
            for text in texts {
                assert_eq!(is_incomplete(text), expected, "{text}");
            }
        }
    }
}
