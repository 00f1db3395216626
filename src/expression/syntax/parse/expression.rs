//! Operators, terms, and what follows a term: attributes, indexes, splats.

use super::{Parsed, Parser};
use crate::{
    diagnostic::{Diagnostic, Span},
    expression::syntax::{
        token::{Token, TokenKind},
        tree::{Binary, Call, Expression, ExpressionKind, Identifier, Splat, Unary},
    },
    value::{Number, Type, Value},
};

fn node(kind: ExpressionKind, span: Span) -> Expression {
    Expression { kind: Box::new(kind), span }
}

/// The operator and how tightly it binds.
fn binary_operator(kind: TokenKind) -> Option<(Binary, u8)> {
    Some(match kind {
        TokenKind::Or => (Binary::Or, 1),
        TokenKind::And => (Binary::And, 2),
        TokenKind::Equal => (Binary::Equal, 3),
        TokenKind::NotEqual => (Binary::NotEqual, 3),
        TokenKind::Less => (Binary::Less, 4),
        TokenKind::LessOrEqual => (Binary::LessOrEqual, 4),
        TokenKind::Greater => (Binary::Greater, 4),
        TokenKind::GreaterOrEqual => (Binary::GreaterOrEqual, 4),
        TokenKind::Plus => (Binary::Add, 5),
        TokenKind::Minus => (Binary::Subtract, 5),
        TokenKind::Star => (Binary::Multiply, 6),
        TokenKind::Slash => (Binary::Divide, 6),
        TokenKind::Percent => (Binary::Remainder, 6),
        _ => return None,
    })
}

impl Parser<'_> {
    /// The whole text as one expression.
    pub(super) fn only_expression(&mut self) -> Expression {
        let start = self.peek().span;
        // As if it stood in parentheses.
        self.newlines = false;
        let Ok(expression) = self.expression() else { return self.invalid(start) };
        let token = self.peek();
        if token.kind != TokenKind::EndOfFile {
            self.unexpected(
                token,
                "Extra characters after expression",
                "An expression was successfully parsed, but extra characters were found after it.",
            );
        }
        expression
    }

    pub(super) fn expression(&mut self) -> Parsed<Expression> {
        self.nested(Self::conditional)
    }

    fn conditional(&mut self) -> Parsed<Expression> {
        let condition = self.operation(1)?;
        if self.eat(TokenKind::Question).is_none() {
            return Ok(condition);
        }
        let then = self.expression()?;
        let token = self.peek();
        if token.kind != TokenKind::Colon {
            let detail = "The conditional operator (...?...:...) requires a false expression, delimited by a colon.";
            return Err(self.unexpected(token, "Missing false expression in conditional", detail));
        }
        self.next();
        let otherwise = self.expression()?;
        let span = condition.span.to(otherwise.span);
        Ok(node(ExpressionKind::Conditional(condition, then, otherwise), span))
    }

    /// A chain of binary operators that bind at least as tightly as `minimum`.
    fn operation(&mut self, minimum: u8) -> Parsed<Expression> {
        let mut left = self.beside(Self::operand)?;
        while let Some((operator, strength)) = binary_operator(self.peek().kind)
            && strength >= minimum
        {
            self.next();
            let right = self.beside(|parser| parser.operation(strength + 1))?;
            self.grow()?;
            let span = left.span.to(right.span);
            left = node(ExpressionKind::Binary(operator, left, right), span);
        }
        Ok(left)
    }

    fn operand(&mut self) -> Parsed<Expression> {
        let token = self.peek();
        let operator = match token.kind {
            TokenKind::Minus => Unary::Negate,
            TokenKind::Bang => Unary::Not,
            _ => {
                let term = self.term()?;
                return self.traversal(term);
            }
        };
        self.next();
        let operand = self.nested(Self::operand)?;
        let span = token.span.to(operand.span);
        Ok(node(ExpressionKind::Unary(operator, operand), span))
    }

    fn term(&mut self) -> Parsed<Expression> {
        let token = self.peek();
        match token.kind {
            TokenKind::Number => {
                self.next();
                self.number(token)
            }
            TokenKind::Identifier => {
                self.next();
                if matches!(self.peek().kind, TokenKind::OpenParenthesis | TokenKind::DoubleColon) {
                    return self.call(token);
                }
                let kind = match self.text(token.span) {
                    "true" => ExpressionKind::Literal(Value::bool(true)),
                    "false" => ExpressionKind::Literal(Value::bool(false)),
                    "null" => ExpressionKind::Literal(Value::null(Type::Any)),
                    name => ExpressionKind::Name(name.into()),
                };
                Ok(node(kind, token.span))
            }
            TokenKind::OpenQuote => self.quoted_template(),
            TokenKind::OpenHeredoc => self.heredoc(),
            TokenKind::OpenParenthesis => self.parentheses(),
            TokenKind::OpenBracket => self.tuple(),
            TokenKind::OpenBrace => self.object(),
            TokenKind::EndOfFile => {
                let detail = "Expected the start of an expression, but found the end of the file.";
                Err(self.unexpected(token, "Missing expression", detail))
            }
            _ => {
                let detail = "Expected the start of an expression, but found an invalid expression token.";
                Err(self.unexpected(token, "Invalid expression", detail))
            }
        }
    }

    fn number(&mut self, token: Token) -> Parsed<Expression> {
        match Number::parse(self.text(token.span)) {
            Some(number) => Ok(node(ExpressionKind::Literal(Value::number(number)), token.span)),
            None => {
                let detail = "Failed to recognize the value of this number literal.";
                Err(self.unexpected(token, "Invalid number literal", detail))
            }
        }
    }

    fn parentheses(&mut self) -> Parsed<Expression> {
        let open = self.next();
        self.with_newlines(false, |parser| {
            let inner = parser.expression()?;
            let close = parser.peek();
            if close.kind != TokenKind::CloseParenthesis {
                let detail = "Expected a closing parenthesis to terminate the expression.";
                return Err(parser.unexpected(close, "Unbalanced parentheses", detail));
            }
            parser.next();
            Ok(node(ExpressionKind::Parentheses(inner), open.span.to(close.span)))
        })
    }

    /// The rest of a call, from behind its first name.
    fn call(&mut self, first: Token) -> Parsed<Expression> {
        let mut last = first;
        while self.eat(TokenKind::DoubleColon).is_some() {
            last = self.peek();
            if last.kind != TokenKind::Identifier {
                return Err(self.unexpected(
                    last,
                    "Missing function name",
                    "Function scope resolution symbol :: must be followed by a function name in this scope.",
                ));
            }
            self.next();
        }
        let span = first.span.to(last.span);
        let text: String = self.text(span).split_whitespace().collect();
        let name = Identifier { text: text.into(), span };
        let open = self.peek();
        if open.kind != TokenKind::OpenParenthesis {
            return Err(self.unexpected(
                open,
                "Missing open parenthesis",
                "Function selector must be followed by an open parenthesis to begin the function call.",
            ));
        }
        self.next();
        self.with_newlines(false, |parser| parser.call_arguments(name))
    }

    fn call_arguments(&mut self, name: Identifier) -> Parsed<Expression> {
        let mut arguments = Vec::new();
        let mut expand = false;
        loop {
            if self.eat(TokenKind::CloseParenthesis).is_some() {
                break;
            }
            arguments.push(self.expression()?);
            let separator = self.peek();
            match separator.kind {
                TokenKind::CloseParenthesis => {}
                TokenKind::Comma => {
                    self.next();
                }
                TokenKind::Ellipsis => {
                    self.next();
                    expand = true;
                    let close = self.peek();
                    if close.kind != TokenKind::CloseParenthesis {
                        let detail = "An expanded function argument (with ...) must be immediately followed by \
                                      closing parentheses.";
                        return Err(self.unexpected(close, "Missing closing parenthesis", detail));
                    }
                }
                TokenKind::EndOfFile => {
                    let detail = "There is no closing parenthesis for this function call before the end of the file. \
                                  This may be caused by incorrect parenthesis nesting elsewhere in this file.";
                    let error = Diagnostic::error("Unterminated function call", detail).at(name.span);
                    return Err(self.report(error));
                }
                _ => {
                    let detail = "A comma is required to separate each function argument from the next.";
                    return Err(self.unexpected(separator, "Missing argument separator", detail));
                }
            }
        }
        let span = self.since(name.span);
        Ok(node(ExpressionKind::Call(Call { name, arguments, expand }), span))
    }

    /// The attributes, indexes and splats that follow `source`.
    fn traversal(&mut self, mut source: Expression) -> Parsed<Expression> {
        loop {
            match self.peek().kind {
                TokenKind::Dot => {
                    self.next();
                    source = match self.eat(TokenKind::Star) {
                        Some(star) => self.attribute_splat(source, star)?,
                        None => self.attribute_step(source, false)?,
                    };
                }
                TokenKind::OpenBracket => {
                    let open = self.next();
                    if let Some(star) = self.eat(TokenKind::Star) {
                        return self.full_splat(source, open.span.to(star.span));
                    }
                    source = self.index(source)?;
                }
                _ => return Ok(source),
            }
            self.grow()?;
        }
    }

    /// A name, or an index in the legacy notation, after its dot.
    fn attribute_step(&mut self, source: Expression, within_splat: bool) -> Parsed<Expression> {
        let token = self.peek();
        match token.kind {
            TokenKind::Identifier => {
                self.next();
                let span = source.span.to(token.span);
                Ok(node(ExpressionKind::Attribute(source, self.identifier(token)), span))
            }
            TokenKind::Number => {
                self.next();
                if let Some((first, second)) = self.text(token.span).split_once('.') {
                    let error = Diagnostic::error(
                        "Invalid legacy index syntax",
                        "When using the legacy index syntax, chaining two indexes together is not permitted.",
                    );
                    return Err(self.unexpected_with(token, error.hint(format!("Write [{first}][{second}] instead."))));
                }
                let key = self.number(token)?;
                let span = source.span.to(token.span);
                Ok(node(ExpressionKind::Index(source, key), span))
            }
            TokenKind::Star if within_splat => {
                let detail = "A splat expression (*) cannot be used inside another attribute-only splat expression.";
                Err(self.unexpected(token, "Nested splat expression not allowed", detail))
            }
            _ => {
                let detail = "An attribute name is required after a dot.";
                Err(self.unexpected(token, "Invalid attribute name", detail))
            }
        }
    }

    /// `.*` takes the names that follow it; an index after them is one of the whole list.
    fn attribute_splat(&mut self, source: Expression, star: Token) -> Parsed<Expression> {
        let marker = Span { start: star.span.start.saturating_sub(1), ..star.span };
        let mut each = node(ExpressionKind::Name("*".into()), marker);
        while self.eat(TokenKind::Dot).is_some() {
            each = self.attribute_step(each, true)?;
            self.grow()?;
        }
        let span = source.span.to(each.span);
        Ok(node(ExpressionKind::Splat(Splat { source, each, marker }), span))
    }

    /// `[*]` takes everything that follows it.
    fn full_splat(&mut self, source: Expression, start: Span) -> Parsed<Expression> {
        let close = self.peek();
        if close.kind != TokenKind::CloseBracket {
            let detail =
                "The star for a full splat operator must be immediately followed by a closing bracket (\"]\").";
            return Err(self.unexpected(close, "Missing close bracket on splat index", detail));
        }
        self.next();
        let marker = start.to(close.span);
        let element = node(ExpressionKind::Name("*".into()), marker);
        let each = self.nested(|parser| parser.traversal(element))?;
        let span = source.span.to(each.span);
        Ok(node(ExpressionKind::Splat(Splat { source, each, marker }), span))
    }

    /// `[key]`, from behind the bracket.
    fn index(&mut self, source: Expression) -> Parsed<Expression> {
        self.with_newlines(false, |parser| {
            let key = parser.expression()?;
            let close = parser.peek();
            if close.kind != TokenKind::CloseBracket {
                let detail = "The index operator must end with a closing bracket (\"]\").";
                return Err(parser.unexpected(close, "Missing close bracket on index", detail));
            }
            parser.next();
            let span = source.span.to(close.span);
            Ok(node(ExpressionKind::Index(source, key), span))
        })
    }
}
