//! Quoted strings, heredocs and bare templates.
//!
//! A template is first read as a flat row of [`Piece`]s, on which strip markers and the indentation of `<<-` work
//! line by line, and then folded into the tree that its directives span.

use super::{Parsed, Parser, Reported};
use crate::{
    diagnostic::{Diagnostic, Span, nearest},
    expression::syntax::{
        escape,
        token::{Token, TokenKind},
        tree::{Expression, ExpressionKind, Identifier, Template, TemplatePart},
    },
    value::Value,
};

enum Piece {
    /// Of a heredoc or a bare template, at most one line.
    Literal(String, Span),
    Interpolation(Expression),
    If(Expression, Span),
    For(Option<Identifier>, Identifier, Expression, Span),
    Else(Span),
    EndIf(Span),
    EndFor(Span),
}

impl Parser<'_> {
    pub(super) fn only_template(&mut self) -> Template {
        let result = self.template(TokenKind::EndOfFile, false);
        result.map(|(template, _)| template).unwrap_or_default()
    }

    pub(super) fn quoted_template(&mut self) -> Parsed<Expression> {
        let open = self.next();
        self.delimited(open, TokenKind::CloseQuote, false)
    }

    pub(super) fn heredoc(&mut self) -> Parsed<Expression> {
        let open = self.next();
        let flush = self.text(open.span).starts_with("<<-");
        self.delimited(open, TokenKind::CloseHeredoc, flush)
    }

    fn delimited(&mut self, open: Token, end: TokenKind, flush: bool) -> Parsed<Expression> {
        let (template, close) = self.template(end, flush)?;
        let kind = match literal(&template) {
            Some(text) => ExpressionKind::Literal(Value::string(text)),
            None => ExpressionKind::Template(template),
        };
        Ok(Expression { kind: Box::new(kind), span: open.span.to(close.span) })
    }

    /// A quoted label, which has no template parts.
    pub(super) fn quoted_label(&mut self) -> Parsed<Identifier> {
        let open = self.next();
        let mut text = String::new();
        loop {
            let token = self.next();
            match token.kind {
                TokenKind::CloseQuote => {
                    return Ok(Identifier { text: text.into(), span: open.span.to(token.span) });
                }
                TokenKind::QuotedText => text += &self.unescaped(token),
                TokenKind::OpenInterpolation | TokenKind::OpenDirective => {
                    let sign = &self.text(token.span)[..1];
                    let error = Diagnostic::error(
                        "Invalid string literal",
                        "Template sequences are not allowed in this string.",
                    );
                    let hint = format!("To include a literal \"{sign}\", double it (as \"{sign}{sign}\").");
                    return Err(self.unexpected_with(token, error.hint(hint)));
                }
                _ => return Err(self.unterminated(token)),
            }
        }
    }

    fn unterminated(&mut self, token: Token) -> Reported {
        self.unexpected(token, "Unterminated template string", "No closing marker was found for the string.")
    }

    fn unescaped(&mut self, token: Token) -> String {
        escape::resolve(self.text(token.span), token.span, token.kind == TokenKind::QuotedText, self.diagnostics)
    }

    /// Everything up to the token `end`, which is read and returned.
    fn template(&mut self, end: TokenKind, flush: bool) -> Parsed<(Template, Token)> {
        let (mut pieces, close) = self.pieces(end)?;
        if flush {
            remove_indentation(&mut pieces);
        }
        let mut pieces = pieces.into_iter().peekable();
        let template = self.fold(&mut pieces, None)?;
        Ok((template, close))
    }

    fn pieces(&mut self, end: TokenKind) -> Parsed<(Vec<Piece>, Token)> {
        let mut pieces = Vec::new();
        let mut trim_next = false;
        loop {
            // Within a template no newline is a token of its own.
            let token = self.tokens[self.position];
            let trim = std::mem::take(&mut trim_next);
            match token.kind {
                kind if kind == end => {
                    self.position = (self.position + 1).min(self.tokens.len() - 1);
                    return Ok((pieces, token));
                }
                TokenKind::QuotedText | TokenKind::PlainText => {
                    self.position += 1;
                    let mut text = self.unescaped(token);
                    if trim {
                        text.drain(..text.len() - text.trim_start().len());
                    }
                    pieces.push(Piece::Literal(text, token.span));
                }
                TokenKind::OpenInterpolation | TokenKind::OpenDirective => {
                    if self.text(token.span).ends_with('~')
                        && let Some(Piece::Literal(text, _)) = pieces.last_mut()
                    {
                        text.truncate(text.trim_end().len());
                    }
                    let (piece, close) = self.sequence()?;
                    trim_next = close.is_some_and(|close| self.text(close.span).starts_with('~'));
                    pieces.push(piece);
                }
                _ => return Err(self.unterminated(token)),
            }
        }
    }

    /// `${…}` or `%{…}`; after a mistake in it, what follows its closing brace is read on.
    fn sequence(&mut self) -> Parsed<(Piece, Option<Token>)> {
        let from = self.position;
        let open = self.tokens[from];
        let result = self.with_newlines(false, |parser| {
            parser.next();
            let piece = if open.kind == TokenKind::OpenInterpolation {
                Piece::Interpolation(parser.expression()?)
            } else {
                parser.directive(open)?
            };
            let close = parser.peek();
            if close.kind != TokenKind::CloseSequence {
                return Err(parser.unclosed_sequence(open, close));
            }
            parser.next();
            Ok((piece, Some(close)))
        });
        result.or_else(|reported| {
            if !self.skip(from + 1, &[]) || self.tokens[self.position].kind != TokenKind::CloseSequence {
                return Err(reported);
            }
            let close = self.tokens[self.position];
            self.position += 1;
            // A directive that could not be read may be any: no complaint about what it should have matched.
            if open.kind == TokenKind::OpenDirective {
                return Err(reported);
            }
            Ok((Piece::Interpolation(self.invalid(open.span.to(close.span))), None))
        })
    }

    fn unclosed_sequence(&mut self, open: Token, found: Token) -> Reported {
        let directive = open.kind == TokenKind::OpenDirective;
        let hint = if directive {
            "If this is not meant for the template, start it with \"%%{\"."
        } else {
            "If this is not meant for the template, as in a shell script, start it with \"$${\"."
        };
        match found.kind {
            TokenKind::EndOfFile | TokenKind::OpenQuote | TokenKind::UnclosedQuote => {
                let (summary, name) = if directive {
                    ("Unclosed template directive", "directive")
                } else {
                    ("Unclosed template interpolation sequence", "interpolation sequence")
                };
                let end = if found.kind == TokenKind::EndOfFile { "file" } else { "quoted template" };
                let detail = format!(
                    "There is no closing brace for this {name} before the end of the {end}. This might be caused by \
                     incorrect nesting inside the given expression."
                );
                self.report(Diagnostic::error(summary, detail).at(open.span).hint(hint))
            }
            _ => {
                let summary = if directive {
                    "Extra characters in template directive"
                } else {
                    "Extra characters after interpolation expression"
                };
                let detail = "Expected a closing brace to end the sequence, but found extra characters.";
                self.unexpected_with(found, Diagnostic::error(summary, detail).hint(hint))
            }
        }
    }

    /// From the keyword to before the closing brace.
    fn directive(&mut self, open: Token) -> Parsed<Piece> {
        let keyword = self.peek();
        if keyword.kind != TokenKind::Identifier {
            let detail =
                "A template directive keyword (\"if\", \"for\", etc) is expected at the beginning of a %{ sequence.";
            let error = Diagnostic::error("Invalid template directive", detail);
            return Err(self.unexpected_with(keyword, error.hint("For a literal \"%{\" write \"%%{\".")));
        }
        self.next();
        let span = open.span.to(keyword.span);
        match self.text(keyword.span) {
            "if" => {
                let condition = self.expression()?;
                Ok(Piece::If(condition, self.since(open.span)))
            }
            "for" => {
                let (key, value) = self.for_names(keyword, "Invalid 'for' directive")?;
                let collection = self.expression()?;
                Ok(Piece::For(key, value, collection, self.since(open.span)))
            }
            "else" => Ok(Piece::Else(span)),
            "endif" => Ok(Piece::EndIf(span)),
            "endfor" => Ok(Piece::EndFor(span)),
            given => {
                let detail = format!("\"{given}\" is not a valid template control keyword.");
                let mut error = Diagnostic::error("Invalid template control keyword", detail).at(keyword.span);
                if let Some(meant) = nearest(given, ["if", "for", "else", "endif", "endfor"]) {
                    error = error.hint(format!("Did you mean \"{meant}\"?"));
                }
                Err(self.report(error))
            }
        }
    }

    /// The parts up to the directive that ends `opener`'s, which is left; up to the end without one.
    fn fold(&mut self, pieces: &mut Pieces, opener: Option<(&str, Span)>) -> Parsed<Template> {
        let mut parts: Vec<TemplatePart> = Vec::new();
        loop {
            let (name, span) = match pieces.peek() {
                None => match opener {
                    None => return Ok(Template { parts }),
                    Some((name, span)) => {
                        let detail = format!("This {name} directive is missing its corresponding end{name} directive.");
                        return Err(self.report(Diagnostic::error("Unexpected end of template", detail).at(span)));
                    }
                },
                Some(Piece::Else(span)) => ("else", *span),
                Some(Piece::EndIf(span)) => ("endif", *span),
                Some(Piece::EndFor(span)) => ("endfor", *span),
                Some(_) => {
                    self.fold_piece(pieces, &mut parts)?;
                    continue;
                }
            };
            return match opener {
                Some(("if", _)) if name != "endfor" => Ok(Template { parts }),
                Some(("for", _)) if name == "endfor" => Ok(Template { parts }),
                _ => Err(self.unexpected_directive(name, span, opener)),
            };
        }
    }

    fn unexpected_directive(&mut self, name: &str, span: Span, opener: Option<(&str, Span)>) -> Reported {
        let detail = match opener {
            Some((open, _)) => format!("Expecting an end{open} directive for the {open} directive before it."),
            None => format!("There is no directive before it that this {name} could belong to."),
        };
        self.report(Diagnostic::error(format!("Unexpected {name} directive"), detail).at(span))
    }

    fn fold_piece(&mut self, pieces: &mut Pieces, parts: &mut Vec<TemplatePart>) -> Parsed<()> {
        match pieces.next() {
            Some(Piece::Literal(mut text, mut span)) => {
                while let Some(Piece::Literal(more, end)) = pieces.next_if(|it| matches!(it, Piece::Literal(..))) {
                    text += &more;
                    span = span.to(end);
                }
                parts.push(TemplatePart::Literal(text.into(), span));
            }
            Some(Piece::Interpolation(expression)) => parts.push(TemplatePart::Interpolation(expression)),
            Some(Piece::If(condition, span)) => {
                let then = self.nested(|parser| parser.fold(pieces, Some(("if", span))))?;
                let (otherwise, end) = match pieces.next() {
                    Some(Piece::Else(middle)) => {
                        let otherwise = self.nested(|parser| parser.fold(pieces, Some(("if", span))))?;
                        match pieces.next() {
                            Some(Piece::EndIf(end)) => (Some(otherwise), end),
                            _ => {
                                let detail = "Already in the else clause of the if directive.";
                                return Err(
                                    self.report(Diagnostic::error("Unexpected else directive", detail).at(middle))
                                );
                            }
                        }
                    }
                    Some(Piece::EndIf(end)) => (None, end),
                    _ => (None, span),
                };
                parts.push(TemplatePart::If { condition, then, otherwise, span: span.to(end) });
            }
            Some(Piece::For(key_name, value_name, collection, span)) => {
                let body = self.nested(|parser| parser.fold(pieces, Some(("for", span))))?;
                let end = if let Some(Piece::EndFor(end)) = pieces.next() { end } else { span };
                parts.push(TemplatePart::For { key_name, value_name, collection, body, span: span.to(end) });
            }
            Some(Piece::Else(_) | Piece::EndIf(_) | Piece::EndFor(_)) | None => {}
        }
        Ok(())
    }
}

type Pieces = std::iter::Peekable<std::vec::IntoIter<Piece>>;

/// The text of a template that has nothing else.
fn literal(template: &Template) -> Option<&str> {
    match template.parts.as_slice() {
        [] => Some(""),
        [TemplatePart::Literal(text, _)] => Some(text),
        _ => None,
    }
}

/// Takes the smallest indentation of any line from all lines, as `<<-` asks. Lines of nothing but blanks neither
/// count nor change; a line that starts with a sequence has no indentation.
fn remove_indentation(pieces: &mut [Piece]) {
    let indented = |text: &str| text.chars().take_while(|it| it.is_whitespace()).count();
    let is_blank = |text: &str| text.ends_with('\n') && text.trim_start().is_empty();
    let mut least = usize::MAX;
    let mut starts = Vec::new();
    let mut at_start = true;
    for (position, piece) in pieces.iter().enumerate() {
        let text = if let Piece::Literal(text, _) = piece { Some(text.as_str()) } else { None };
        if at_start && !text.is_some_and(is_blank) {
            least = least.min(text.map_or(0, indented));
            starts.push(position);
        }
        at_start = text.is_some_and(|text| text.ends_with('\n'));
    }
    for position in starts {
        if let Piece::Literal(text, _) = &mut pieces[position] {
            let end = text.char_indices().nth(least).map_or(text.len(), |(offset, _)| offset);
            text.drain(..end);
        }
    }
}
