//! Whether a blank stands between two tokens of a line.

use super::Piece;
use crate::expression::syntax::token::TokenKind::{self, *};

/// Whether a blank stands between `piece` and `after`; `before` is what precedes `piece` in its cell.
pub(super) fn between(before: Option<&Piece>, piece: &Piece, after: &Piece) -> bool {
    let (left, right) = (piece.kind, after.kind);
    let before = before.map(|it| it.kind);
    if right == Newline || left == Dot || right == Dot || matches!(right, Comma | Ellipsis) {
        return false;
    }
    if left == Identifier && right == OpenParenthesis || left == DoubleColon || right == DoubleColon {
        return false;
    }
    if left == Comma {
        return true;
    }
    if is_literal(left) || matches!(left, OpenQuote | OpenHeredoc) {
        return false;
    }
    if is_literal(right) || matches!(right, CloseQuote | CloseHeredoc) {
        return false;
    }
    // `[for x in [a]: x]`: without this, `in` would look like a list that is indexed.
    if left == Identifier && piece.text == "in" && before == Some(Identifier) {
        return true;
    }
    let closes = |it: &Piece| it.nesting() < 0;
    if right == OpenBracket && (matches!(left, Identifier | Number) || closes(piece)) {
        return false;
    }
    match left {
        Bang => return false,
        Minus => return before.is_some_and(ends_operand),
        OpenBrace => return right != CloseBrace,
        _ if right == CloseBrace => return true,
        OpenInterpolation | OpenDirective if right == OpenBrace => return true,
        CloseBrace if right == CloseSequence => return true,
        CloseSequence if matches!(right, OpenInterpolation | OpenDirective) => return false,
        _ => {}
    }
    piece.nesting() <= 0 && !closes(after)
}

fn is_literal(kind: TokenKind) -> bool {
    matches!(kind, QuotedText | PlainText)
}

/// Whether a minus behind this token subtracts; behind any other it negates.
fn ends_operand(kind: TokenKind) -> bool {
    !matches!(
        kind,
        OpenParenthesis
            | OpenBrace
            | OpenBracket
            | Assign
            | Colon
            | Comma
            | Question
            | Plus
            | Star
            | Slash
            | Percent
            | Minus
            | Equal
            | NotEqual
            | Greater
            | GreaterOrEqual
            | Less
            | LessOrEqual
            | And
            | Or
            | Bang
    )
}
