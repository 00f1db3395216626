//! Tokens to tree: the native syntax of HCL 2, as Terraform 1.11 accepts it.
//!
//! A mistake is reported where it is met and given up on as [`Reported`]; the nearest list of things (a body, an
//! object, a tuple, a template) catches it, skips to its next item and goes on.

mod body;
mod collection;
mod expression;
mod template;

use super::{
    lexer::{self, Place},
    token::{Token, TokenKind},
    tree::{Body, Expression, ExpressionKind, Identifier, Template},
};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span};

/// The tree of a `.tf` or `.tfvars` file. What could not be read is left out or [`ExpressionKind::Invalid`], and
/// every mistake is in `diagnostics`.
pub fn parse(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Body {
    with_parser(text, Place { file, offset: 0 }, diagnostics, lexer::tokens, |parser| parser.file())
}

/// The tree of a file with the settings of a user, where the name of an argument may stand in quotes: that of a provider has slashes.
pub fn parse_settings(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Body {
    with_parser(text, Place { file, offset: 0 }, diagnostics, lexer::tokens, |parser| {
        parser.quoted_names = true;
        parser.file()
    })
}

/// A text that is one expression, such as the value of `-var`.
pub fn parse_expression(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Expression {
    expression_at(text, Place { file, offset: 0 }, diagnostics)
}

/// A text that is a template as a whole, as `templatefile` reads it.
pub fn parse_template(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Template {
    template_at(text, Place { file, offset: 0 }, diagnostics)
}

/// An expression inside another text.
pub fn expression_at(text: &str, place: Place, diagnostics: &mut Diagnostics) -> Expression {
    with_parser(text, place, diagnostics, lexer::tokens, |parser| parser.only_expression())
}

/// A template inside another text.
pub(super) fn template_at(text: &str, place: Place, diagnostics: &mut Diagnostics) -> Template {
    with_parser(text, place, diagnostics, lexer::template_tokens, |parser| parser.only_template())
}

fn with_parser<T>(
    text: &str,
    place: Place,
    diagnostics: &mut Diagnostics,
    lex: fn(&str, Place, &mut Diagnostics) -> Vec<Token>,
    read: impl FnOnce(&mut Parser<'_>) -> T,
) -> T {
    if u32::try_from(text.len()).is_err() {
        diagnostics.push(Diagnostic::error("File too large", "A configuration file may have at most 4 GiB."));
        return with_parser("", place, diagnostics, lex, read);
    }
    let mut found = Vec::new();
    let mut tokens = lex(text, place, &mut found);
    tokens.retain(|it| it.kind != TokenKind::Comment);
    let mut parser = Parser {
        text,
        offset: place.offset,
        tokens,
        position: 0,
        newlines: true,
        quoted_names: false,
        depth: 0,
        height: 0,
        lost: false,
        diagnostics: &mut found,
    };
    let tree = read(&mut parser);
    // The lexer's findings and the parser's, in the order of the text.
    found.sort_by_key(|it| it.subject.map(|span| span.start));
    diagnostics.append(&mut found);
    tree
}

/// Says that a mistake was met and is in the diagnostics already.
struct Reported;
type Parsed<T> = Result<T, Reported>;

/// How deeply expressions and blocks may nest, and how long a chain of operators or attributes may be. Whoever
/// walks the tree recurses that deep, on a thread with a big stack.
const MAX_NESTING: usize = 2_500;

struct Parser<'a> {
    text: &'a str,
    /// Where `text` starts in its file.
    offset: u32,
    /// Without comments; ends with [`TokenKind::EndOfFile`].
    tokens: Vec<Token>,
    position: usize,
    /// Whether newlines count; they do not within brackets, parentheses and template sequences.
    newlines: bool,
    /// Whether the name of an argument may stand in quotes.
    quoted_names: bool,
    depth: usize,
    /// Of the highest tree that the innermost [`Parser::nested`] has made so far.
    height: usize,
    /// Whether a bracket was found to have no end, so that no list around it needs to look for its own.
    lost: bool,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Parser<'a> {
    /// The index of the next token that counts.
    fn upcoming(&self) -> usize {
        let mut index = self.position;
        while !self.newlines && self.tokens[index].kind == TokenKind::Newline {
            index += 1;
        }
        index
    }

    fn peek(&self) -> Token {
        self.tokens[self.upcoming()]
    }

    fn next(&mut self) -> Token {
        let index = self.upcoming();
        self.position = (index + 1).min(self.tokens.len() - 1);
        self.tokens[index]
    }

    /// Takes the next token if it is of `kind`.
    fn eat(&mut self, kind: TokenKind) -> Option<Token> {
        (self.peek().kind == kind).then(|| self.next())
    }

    fn text(&self, span: Span) -> &'a str {
        &self.text[(span.start - self.offset) as usize..(span.end - self.offset) as usize]
    }

    fn is_keyword(&self, token: Token, keyword: &str) -> bool {
        token.kind == TokenKind::Identifier && self.text(token.span) == keyword
    }

    fn identifier(&self, token: Token) -> Identifier {
        Identifier { text: self.text(token.span).into(), span: token.span }
    }

    /// From `start` to the token read last.
    fn since(&self, start: Span) -> Span {
        start.to(self.tokens[self.position.saturating_sub(1)].span)
    }

    fn report(&mut self, diagnostic: Diagnostic) -> Reported {
        self.diagnostics.push(diagnostic);
        Reported
    }

    /// Reports that `token` cannot stand where it does, unless the lexer has complained about it already.
    fn unexpected(&mut self, token: Token, summary: &str, detail: &str) -> Reported {
        self.unexpected_with(token, Diagnostic::error(summary, detail))
    }

    fn unexpected_with(&mut self, token: Token, diagnostic: Diagnostic) -> Reported {
        if !matches!(token.kind, TokenKind::Invalid | TokenKind::UnclosedQuote) {
            self.diagnostics.push(diagnostic.at(token.span));
        }
        Reported
    }

    /// Runs `parse` with newlines counting or not. `parse` reads its closing token itself.
    fn with_newlines<T>(&mut self, newlines: bool, parse: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.newlines, newlines);
        let result = parse(self);
        self.newlines = outer;
        result
    }

    /// Runs `parse` one level deeper.
    fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_NESTING {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let outer = std::mem::take(&mut self.height);
        let result = parse(self);
        self.depth -= 1;
        self.height = outer.max(self.height + 1);
        result
    }

    /// Runs `parse` at the same level, beside what this level has made so far.
    fn beside<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let outer = std::mem::take(&mut self.height);
        let result = parse(self);
        self.height = outer.max(self.height);
        result
    }

    /// Notes that what this level has made is about to be wrapped once more.
    fn grow(&mut self) -> Parsed<()> {
        self.height += 1;
        if self.height > MAX_NESTING { Err(self.too_deep()) } else { Ok(()) }
    }

    fn too_deep(&mut self) -> Reported {
        let detail = format!("Expressions and blocks can be nested at most {MAX_NESTING} levels deep.");
        let at = self.peek().span;
        self.report(Diagnostic::error("Too deeply nested", detail).at(at))
    }

    /// After a mistake in an item that started at the token `from`: moves to the next token of one of the kinds
    /// `stops` that is outside all brackets of the item, or to a closing bracket that ends the list it is in.
    /// Otherwise stays and says false.
    fn skip(&mut self, from: usize, stops: &[TokenKind]) -> bool {
        if self.lost {
            return false;
        }
        let mut open: Vec<TokenKind> = Vec::new();
        for index in from.. {
            let kind = self.tokens[index].kind;
            let behind = index >= self.position;
            if kind == TokenKind::EndOfFile {
                self.lost = true;
                break;
            }
            if kind.opens() {
                open.push(kind);
            } else if kind.closes(kind).is_some() {
                match open.iter().rposition(|opener| kind.closes(*opener) == Some(true)) {
                    Some(opener) => open.truncate(opener),
                    // Where newlines end an item, only a brace ends the list; any other bracket is part of the mistake.
                    None if behind && (kind == TokenKind::CloseBrace || !stops.contains(&TokenKind::Newline)) => {
                        self.position = index;
                        return true;
                    }
                    None => {}
                }
            } else if behind && open.is_empty() && stops.contains(&kind) {
                self.position = index;
                return true;
            } else if behind && kind == TokenKind::Newline && self.unclosed_before(index, &open) {
                if open.is_empty() {
                    break;
                }
                if stops.contains(&TokenKind::Newline) {
                    self.position = index;
                    return true;
                }
            }
        }
        false
    }

    /// Whether the line after the newline at `index` looks like `name = …`, which cannot stand in the innermost
    /// bracket: the bracket's end is missing.
    fn unclosed_before(&self, index: usize, open: &[TokenKind]) -> bool {
        let within_list =
            !matches!(open.last(), Some(TokenKind::OpenBrace | TokenKind::OpenQuote | TokenKind::OpenHeredoc));
        let follows = |offset: usize| self.tokens.get(index + offset).map(|it| it.kind);
        within_list && follows(1) == Some(TokenKind::Identifier) && follows(2) == Some(TokenKind::Assign)
    }

    fn invalid(&self, span: Span) -> Expression {
        Expression { kind: Box::new(ExpressionKind::Invalid), span }
    }
}
