//! Files, blocks and arguments.

use super::{Parsed, Parser, Reported};
use crate::{
    diagnostic::{Diagnostic, Span},
    expression::syntax::{
        token::{Token, TokenKind},
        tree::{Attribute, Block, Body, Identifier},
    },
};
use std::{collections::HashMap, sync::Arc};

impl Parser<'_> {
    pub(super) fn file(&mut self) -> Body {
        let start = self.peek().span;
        self.body(start, false)
    }

    /// The items up to the end of the file, or up to the closing brace of the block with `header`, which is read.
    fn body(&mut self, start: Span, within_block: bool) -> Body {
        let mut body = Body::default();
        let mut seen = HashMap::new();
        let mut failed = false;
        loop {
            let token = self.peek();
            let from = self.position;
            let result = match token.kind {
                TokenKind::Newline => {
                    self.next();
                    continue;
                }
                TokenKind::CloseBrace if within_block => {
                    self.next();
                    break;
                }
                TokenKind::EndOfFile => {
                    if within_block {
                        self.unclosed_block(start);
                    }
                    break;
                }
                TokenKind::Identifier => self.item(&mut body, &mut seen),
                TokenKind::OpenQuote if self.quoted_names => self.quoted_item(&mut body, &mut seen),
                kind => {
                    // After a mistake most likely the rest of what was given up on.
                    let error = if failed { Reported } else { self.item_expected(token) };
                    // A closing bracket too many would stop the skipping below at once, for ever.
                    if kind.closes(kind).is_some() {
                        self.next();
                    }
                    Err(error)
                }
            };
            failed = result.is_err();
            if failed {
                self.skip_item(from);
            }
        }
        body.span = self.since(start);
        body
    }

    fn unclosed_block(&mut self, opening: Span) {
        let detail = "There is no closing brace for this block before the end of the file. This may be caused by \
                      incorrect brace nesting elsewhere in this file.";
        self.report(Diagnostic::error("Unclosed configuration block", detail).at(opening));
    }

    fn item_expected(&mut self, token: Token) -> Reported {
        if token.kind == TokenKind::OpenQuote {
            let diagnostic = Diagnostic::error("Invalid argument name", "Argument names must not be quoted.");
            return self.unexpected_with(token, diagnostic.hint("Write the name without quotes."));
        }
        let error = Diagnostic::error(
            "Argument or block definition required",
            "An argument or block definition is required here.",
        );
        if token.kind == TokenKind::CloseBrace {
            return self.unexpected_with(token, error.hint("This closing brace has no opening one: remove it."));
        }
        self.unexpected_with(token, error)
    }

    /// Moves to the end of the line that the item ends on, or to the brace that closes its block.
    fn skip_item(&mut self, from: usize) {
        self.lost = false;
        let found = self.skip(from, &[TokenKind::Newline]);
        self.lost = false;
        if found {
            return;
        }
        // Something stays open up to the end of the file: most likely only the line of the mistake is wrong.
        let starts_line = self.position > from && self.tokens[self.position - 1].kind == TokenKind::Newline;
        while !starts_line && !matches!(self.peek().kind, TokenKind::Newline | TokenKind::EndOfFile) {
            self.next();
        }
    }

    fn item(&mut self, body: &mut Body, seen: &mut HashMap<Arc<str>, Span>) -> Parsed<()> {
        let token = self.next();
        let name = self.identifier(token);
        match self.peek().kind {
            TokenKind::Assign => self.argument(name, body, seen),
            TokenKind::OpenQuote | TokenKind::OpenBrace | TokenKind::Identifier => self.block(name, body),
            _ => {
                let found = self.peek();
                let detail = "An argument or block definition is required here. To set an argument, use the equals \
                              sign \"=\" to introduce the argument value.";
                let at = if matches!(found.kind, TokenKind::Newline | TokenKind::EndOfFile) { token } else { found };
                Err(self.unexpected(at, "Argument or block definition required", detail))
            }
        }
    }

    /// `"name" = value`
    fn quoted_item(&mut self, body: &mut Body, seen: &mut HashMap<Arc<str>, Span>) -> Parsed<()> {
        let name = self.quoted_label()?;
        match self.peek() {
            Token { kind: TokenKind::Assign, .. } => self.argument(name, body, seen),
            found => Err(self.item_expected(found)),
        }
    }

    /// An argument up to the end of its line.
    fn argument(&mut self, name: Identifier, body: &mut Body, seen: &mut HashMap<Arc<str>, Span>) -> Parsed<()> {
        let attribute = self.attribute(name);
        let result = self.end_of_line(
            "Missing newline after argument",
            "An argument definition must end with a newline.",
            attribute.1,
        );
        self.add(body, seen, attribute.0);
        result
    }

    fn add(&mut self, body: &mut Body, seen: &mut HashMap<Arc<str>, Span>, attribute: Attribute) {
        let name = &attribute.name.text;
        let Some(first) = seen.get(name) else {
            seen.insert(name.clone(), attribute.name.span);
            return body.attributes.push(attribute);
        };
        let error = Diagnostic::error("Attribute redefined", format!("The argument \"{name}\" was already set at "))
            .naming(*first, ". Each argument may be set only once.");
        self.report(error.at(attribute.name.span));
    }

    /// `= expression`; whether the expression was read without a mistake.
    fn attribute(&mut self, name: Identifier) -> (Attribute, Parsed<()>) {
        self.next();
        let start = self.peek().span;
        let (value, result) = match self.expression() {
            Ok(value) => (value, Ok(())),
            Err(error) => (self.invalid(start), Err(error)),
        };
        let span = name.span.to(value.span);
        (Attribute { name, value, span }, result)
    }

    /// Checks that the line ends, if what was on it has been read without a mistake.
    fn end_of_line(&mut self, summary: &str, detail: &str, before: Parsed<()>) -> Parsed<()> {
        before?;
        let token = self.peek();
        match token.kind {
            TokenKind::Newline | TokenKind::EndOfFile => Ok(()),
            _ => Err(self.unexpected(token, summary, detail)),
        }
    }

    fn block(&mut self, kind: Identifier, body: &mut Body) -> Parsed<()> {
        let mut labels = Vec::new();
        loop {
            let token = self.peek();
            match token.kind {
                TokenKind::OpenBrace => break,
                TokenKind::Identifier => {
                    self.next();
                    labels.push(self.identifier(token));
                }
                TokenKind::OpenQuote => labels.push(self.quoted_label()?),
                kind => {
                    let detail = match kind {
                        TokenKind::Assign => {
                            "The equals sign \"=\" indicates an argument definition, and must not be used when \
                             defining a block."
                        }
                        TokenKind::Newline => {
                            "A block definition must have block content delimited by \"{\" and \"}\", starting on \
                             the same line as the block header."
                        }
                        _ => "Either a quoted string block label or an opening brace (\"{\") is expected here.",
                    };
                    return Err(self.unexpected(token, "Invalid block definition", detail));
                }
            }
        }
        let header = labels.last().map_or(kind.span, |last| kind.span.to(last.span));
        let open = self.next();
        let (content, result) = match self.peek().kind {
            TokenKind::Newline | TokenKind::EndOfFile | TokenKind::CloseBrace => {
                let content = self.nested(|parser| Ok(parser.body(open.span, true)))?;
                (content, Ok(()))
            }
            _ => self.one_line_body(open.span),
        };
        let result = self.end_of_line(
            "Missing newline after block definition",
            "A block definition must end with a newline.",
            result,
        );
        let span = kind.span.to(content.span);
        body.blocks.push(Block { kind, labels, body: content, header, span });
        result
    }

    /// `{ name = value }`, read up to its closing brace.
    fn one_line_body(&mut self, open: Span) -> (Body, Parsed<()>) {
        let mut body = Body::default();
        let result = self.one_line_argument(&mut body);
        // What such a body lacks is reported where its argument is.
        body.span = self.since(body.attributes.first().map_or(open, |it| it.name.span));
        (body, result)
    }

    fn one_line_argument(&mut self, body: &mut Body) -> Parsed<()> {
        let token = self.peek();
        if token.kind != TokenKind::Identifier {
            return Err(self.item_expected(token));
        }
        let name_token = self.next();
        let name = self.identifier(name_token);
        if self.peek().kind != TokenKind::Assign {
            let detail = format!(
                "A single-line block definition can contain only a single argument. To set the argument \"{}\", \
                 introduce its value by an equals sign. To define a nested block, place it on a line of its own within \
                 its parent block.",
                name.text
            );
            return Err(self.unexpected(name_token, "Argument definition required", &detail));
        }
        let (attribute, result) = self.attribute(name);
        body.attributes.push(attribute);
        result?;
        let token = self.peek();
        let detail = match token.kind {
            TokenKind::CloseBrace => {
                self.next();
                return Ok(());
            }
            TokenKind::Comma => {
                "Single-line block syntax can include only one argument definition. To define multiple arguments, use \
                 the multi-line block syntax with one argument definition per line."
            }
            TokenKind::Newline => {
                "An argument definition on the same line as its containing block creates a single-line block \
                 definition, which must also be closed on the same line. Place the block's closing brace immediately \
                 after the argument definition."
            }
            _ => {
                "A single-line block definition must end with a closing brace immediately after its single argument definition."
            }
        };
        Err(self.unexpected(token, "Invalid single-argument block definition", detail))
    }
}
