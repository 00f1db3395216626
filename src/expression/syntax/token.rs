//! What the lexer cuts a text into. Together the tokens and the blanks between them are the text, so that a
//! formatter can work on them.

use crate::diagnostic::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Identifier,
    Number,
    /// The `"` that opens a string, and the one that closes it.
    OpenQuote,
    CloseQuote,
    /// Empty: where a quoted string ends because its line does. The lexer has reported it, or the parser will miss
    /// the brace of the interpolation around it.
    UnclosedQuote,
    /// `<<NAME` or `<<-NAME` with the newline behind it.
    OpenHeredoc,
    /// The closing line without its newline.
    CloseHeredoc,
    /// Literal text in a quoted string, escapes unresolved.
    QuotedText,
    /// Literal text of a heredoc or a bare template, at most one line with its newline.
    PlainText,
    /// `${` or `${~`
    OpenInterpolation,
    /// `%{` or `%{~`
    OpenDirective,
    /// The `}` or `~}` that closes either.
    CloseSequence,
    /// Without the newline that ends it.
    Comment,
    Newline,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    OpenParenthesis,
    CloseParenthesis,
    Dot,
    Comma,
    Colon,
    DoubleColon,
    Question,
    Ellipsis,
    Arrow,
    Assign,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Bang,
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// What no rule allows. The lexer has reported it.
    Invalid,
    EndOfFile,
}

impl TokenKind {
    /// Whether this token opens something that another one closes.
    pub fn opens(self) -> bool {
        use TokenKind::*;
        matches!(
            self,
            OpenBrace | OpenBracket | OpenParenthesis | OpenQuote | OpenHeredoc | OpenInterpolation | OpenDirective
        )
    }
    /// Whether `self` closes what `opener` opened; `None` if it closes nothing.
    pub fn closes(self, opener: TokenKind) -> Option<bool> {
        use TokenKind::*;
        Some(match self {
            CloseBrace => opener == OpenBrace,
            CloseBracket => opener == OpenBracket,
            CloseParenthesis => opener == OpenParenthesis,
            CloseQuote | UnclosedQuote => opener == OpenQuote,
            CloseHeredoc => opener == OpenHeredoc,
            CloseSequence => matches!(opener, OpenInterpolation | OpenDirective),
            _ => return None,
        })
    }
}
