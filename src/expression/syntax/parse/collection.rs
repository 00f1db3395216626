//! Tuples, objects and for-expressions.

use super::{Parsed, Parser, Reported};
use crate::{
    diagnostic::Diagnostic,
    expression::syntax::{
        token::{Token, TokenKind},
        tree::{Expression, ExpressionKind, For, Identifier, ObjectItem},
    },
    value::{Data, Value},
};

impl Parser<'_> {
    pub(super) fn tuple(&mut self) -> Parsed<Expression> {
        let open = self.next();
        self.with_newlines(false, |parser| {
            if parser.is_keyword(parser.peek(), "for") {
                return parser.for_expression(open);
            }
            let items = parser.tuple_items(open)?;
            let span = parser.since(open.span);
            Ok(Expression { kind: Box::new(ExpressionKind::Tuple(items)), span })
        })
    }

    fn tuple_items(&mut self, open: Token) -> Parsed<Vec<Expression>> {
        let mut items = Vec::new();
        loop {
            if self.eat(TokenKind::CloseBracket).is_some() {
                return Ok(items);
            }
            let from = self.upcoming();
            match self.tuple_item(open) {
                Ok(item) => items.push(item),
                Err(reported) if !self.skip(from, &[TokenKind::Comma]) => return Err(reported),
                Err(_) => items.push(self.invalid(self.tokens[from].span)),
            }
            match self.peek().kind {
                TokenKind::Comma => {
                    self.next();
                }
                TokenKind::CloseBracket => {}
                // A wrong closing bracket, at which a mistake was reported.
                _ => return Err(Reported),
            }
        }
    }

    fn tuple_item(&mut self, open: Token) -> Parsed<Expression> {
        let item = self.expression()?;
        let token = self.peek();
        match token.kind {
            TokenKind::Comma | TokenKind::CloseBracket => Ok(item),
            TokenKind::EndOfFile => {
                let detail = "There is no corresponding closing bracket before the end of the file. This may be caused \
                              by incorrect bracket nesting elsewhere in this file.";
                Err(self.report(Diagnostic::error("Unterminated tuple constructor expression", detail).at(open.span)))
            }
            _ => {
                let detail = "Expected a comma to mark the beginning of the next item.";
                Err(self.unexpected(token, "Missing item separator", detail))
            }
        }
    }

    pub(super) fn object(&mut self) -> Parsed<Expression> {
        let open = self.next();
        if self.with_newlines(false, |parser| parser.is_keyword(parser.peek(), "for")) {
            return self.with_newlines(false, |parser| parser.for_expression(open));
        }
        self.with_newlines(true, |parser| {
            let items = parser.object_items(open)?;
            let span = parser.since(open.span);
            Ok(Expression { kind: Box::new(ExpressionKind::Object(items)), span })
        })
    }

    fn object_items(&mut self, open: Token) -> Parsed<Vec<ObjectItem>> {
        let mut items = Vec::new();
        let mut failed = false;
        loop {
            if self.eat(TokenKind::CloseBrace).is_some() {
                return Ok(items);
            }
            if self.eat(TokenKind::Newline).is_some() {
                continue;
            }
            let from = self.position;
            let result = match self.peek().kind {
                // Most likely the rest of what was given up on in the line above.
                TokenKind::Assign | TokenKind::Colon | TokenKind::Question if failed => Err(Reported),
                _ => self.object_item(open),
            };
            failed = result.is_err();
            match result {
                Ok(item) => items.push(item),
                Err(reported) if !self.skip(from, &[TokenKind::Comma, TokenKind::Newline]) => return Err(reported),
                Err(_) => {
                    let span = self.tokens[from].span;
                    items.push(ObjectItem { key: self.invalid(span), value: self.invalid(span) });
                }
            }
            match self.peek().kind {
                TokenKind::Comma | TokenKind::Newline => {
                    self.next();
                }
                TokenKind::CloseBrace => {}
                _ => return Err(Reported),
            }
        }
    }

    fn object_item(&mut self, open: Token) -> Parsed<ObjectItem> {
        let key = self.object_key(open)?;
        let token = self.peek();
        if !matches!(token.kind, TokenKind::Assign | TokenKind::Colon) {
            let (summary, detail) = match token.kind {
                TokenKind::EndOfFile => return Err(self.unterminated_object(open)),
                TokenKind::Newline | TokenKind::Comma => {
                    ("Missing attribute value", "Expected an attribute value, introduced by an equals sign (\"=\").")
                }
                _ => (
                    "Missing key/value separator",
                    "Expected an equals sign (\"=\") to mark the beginning of the attribute value.",
                ),
            };
            return Err(self.unexpected(token, summary, detail));
        }
        self.next();
        let value = self.expression()?;
        let token = self.peek();
        match token.kind {
            TokenKind::Comma | TokenKind::Newline | TokenKind::CloseBrace => Ok(ObjectItem { key, value }),
            TokenKind::EndOfFile => Err(self.unterminated_object(open)),
            _ => {
                let detail = "Expected a newline or comma to mark the beginning of the next attribute.";
                Err(self.unexpected(token, "Missing attribute separator", detail))
            }
        }
    }

    fn unterminated_object(&mut self, open: Token) -> Reported {
        let detail = "There is no corresponding closing brace before the end of the file. This may be caused by \
                      incorrect brace nesting elsewhere in this file.";
        self.report(Diagnostic::error("Unterminated object constructor expression", detail).at(open.span))
    }

    /// A bare name is a string. One with dots is a reference here, as `providers` wants it; the evaluator refuses it.
    fn object_key(&mut self, open: Token) -> Parsed<Expression> {
        let token = self.peek();
        if token.kind == TokenKind::EndOfFile {
            return Err(self.unterminated_object(open));
        }
        let key = self.expression()?;
        let name = match &*key.kind {
            ExpressionKind::Name(_) => true,
            ExpressionKind::Literal(value) => {
                token.kind == TokenKind::Identifier && matches!(value.data, Data::Bool(_) | Data::Null(_))
            }
            _ => false,
        };
        if !name {
            return Ok(key);
        }
        let literal = ExpressionKind::Literal(Value::string(self.text(token.span)));
        Ok(Expression { kind: Box::new(literal), span: key.span })
    }

    /// From the keyword `for` to the closing bracket of the kind of `open`.
    fn for_expression(&mut self, open: Token) -> Parsed<Expression> {
        let keyword = self.next();
        let (key_name, value_name) = self.for_names(keyword, "Invalid 'for' expression")?;
        let collection = self.expression()?;
        let colon = self.peek();
        if colon.kind != TokenKind::Colon {
            let detail = "For expression requires a colon after the collection expression.";
            return Err(self.unexpected(colon, "Invalid 'for' expression", detail));
        }
        self.next();
        let mut key = None;
        let mut value = self.expression()?;
        if self.eat(TokenKind::Arrow).is_some() {
            key = Some(std::mem::replace(&mut value, self.expression()?));
        }
        let group = self.eat(TokenKind::Ellipsis);
        let condition = if self.is_keyword(self.peek(), "if") {
            self.next();
            Some(self.expression()?)
        } else {
            None
        };
        let object = open.kind == TokenKind::OpenBrace;
        let close = self.peek();
        if close.kind != if object { TokenKind::CloseBrace } else { TokenKind::CloseBracket } {
            let detail = "Extra characters at the end of the 'for' expression.";
            return Err(self.unexpected(close, "Invalid 'for' expression", detail));
        }
        self.next();
        let misplaced = match (object, &key, group) {
            (false, Some(key), _) => Some((key.span, "Key expression is not valid when building a tuple.")),
            (false, None, Some(group)) => {
                Some((group.span, "Grouping ellipsis (...) cannot be used when building a tuple."))
            }
            (true, None, _) => Some((value.span, "Key expression is required when building an object.")),
            _ => None,
        };
        if let Some((span, detail)) = misplaced {
            self.report(Diagnostic::error("Invalid 'for' expression", detail).at(span));
        }
        let span = open.span.to(close.span);
        let group = group.is_some();
        let expression = For { key_name, value_name, collection, key, value, group, condition };
        Ok(Expression { kind: Box::new(ExpressionKind::For(expression)), span })
    }

    /// `value in` or `key, value in`
    pub(super) fn for_names(&mut self, keyword: Token, summary: &str) -> Parsed<(Option<Identifier>, Identifier)> {
        let mut value = self.for_name(summary, "A variable name is required after 'for'.")?;
        let mut key = None;
        if self.eat(TokenKind::Comma).is_some() {
            key = Some(value);
            value = self.for_name(summary, "A value variable name is required after the comma.")?;
        }
        let token = self.peek();
        if !self.is_keyword(token, "in") {
            let at = if token.kind == TokenKind::EndOfFile { keyword } else { token };
            return Err(self.unexpected(at, summary, "The 'in' keyword is required after the variable names."));
        }
        self.next();
        Ok((key, value))
    }

    fn for_name(&mut self, summary: &str, detail: &str) -> Parsed<Identifier> {
        let token = self.peek();
        if token.kind != TokenKind::Identifier {
            return Err(self.unexpected(token, summary, detail));
        }
        self.next();
        Ok(self.identifier(token))
    }
}
