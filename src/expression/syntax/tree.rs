//! The syntax tree: what the parser makes of a file, with a span on every node.

use crate::{diagnostic::Span, value::Value};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
pub struct Identifier {
    pub text: Arc<str>,
    pub span: Span,
}

/// A file, or what stands between the braces of a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    pub attributes: Vec<Attribute>,
    pub blocks: Vec<Block>,
    pub span: Span,
}

impl Identifier {
    /// Whether it is a name in JSON, which stands in quotes that its span covers; in the native syntax the name of an
    /// argument never does.
    pub fn is_quoted(&self) -> bool {
        (self.span.end - self.span.start) as usize > self.text.len()
    }
}

impl Body {
    /// The brace that it starts with, in JSON the one that it ends with: where what it lacks is reported.
    pub fn opening(&self) -> Span {
        first_byte(self.span)
    }
}

/// `name = value`
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    pub name: Identifier,
    pub value: Expression,
    pub span: Span,
}

/// `kind "label" label { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub kind: Identifier,
    pub labels: Vec<Identifier>,
    pub body: Body,
    /// From the kind to the last label: what messages mark.
    pub header: Span,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    pub kind: Box<ExpressionKind>,
    pub span: Span,
}

impl Expression {
    /// What Terraform marks of an argument that is wrong as a whole: the bracket that it starts with, the text between
    /// the quotes, its first operand.
    pub fn start(&self) -> Span {
        match &*self.kind {
            ExpressionKind::Tuple(_)
            | ExpressionKind::Object(_)
            | ExpressionKind::For(_)
            | ExpressionKind::Unary(..) => first_byte(self.span),
            ExpressionKind::Literal(value) if value.as_str().is_some() && self.span.end > self.span.start + 2 => {
                Span { start: self.span.start + 1, end: self.span.end - 1, ..self.span }
            }
            ExpressionKind::Literal(value) if value.as_str() == Some("") && self.span.end == self.span.start + 2 => {
                Span { start: self.span.end, ..self.span }
            }
            ExpressionKind::Template(template) => match &template.parts[..] {
                [TemplatePart::Literal(_, span), ..] => *span,
                [TemplatePart::Interpolation(first), _, ..] => first.start(),
                _ => self.span,
            },
            ExpressionKind::Call(call) => Span { end: call.name.span.end + 1, ..call.name.span },
            ExpressionKind::Conditional(first, ..)
            | ExpressionKind::Binary(_, first, _)
            | ExpressionKind::Parentheses(first) => first.start(),
            ExpressionKind::Splat(splat) => splat.marker,
            _ => self.span,
        }
    }
}

fn first_byte(span: Span) -> Span {
    Span { end: span.end.min(span.start + 1), ..span }
}

#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    /// A number, `true`, `false`, `null`, or a string without a template part.
    Literal(Value),
    /// `"a${b}c"` or a heredoc, with at least one part that is not literal text.
    Template(Template),
    /// A name that stands alone or starts a traversal: `var`, `each`, `aws_vpc`.
    Name(Arc<str>),
    /// `object.name`; the identifier's span is that of the name alone.
    Attribute(Expression, Identifier),
    /// `collection[key]`, and the legacy `collection.0`.
    Index(Expression, Expression),
    /// `list[*].a.b[0]` and `list.*.a.b`.
    Splat(Splat),
    /// `name(arguments…)`, the name possibly `provider::aws::f` or `core::f`.
    Call(Call),
    Unary(Unary, Expression),
    Binary(Binary, Expression, Expression),
    Conditional(Expression, Expression, Expression),
    Tuple(Vec<Expression>),
    Object(Vec<ObjectItem>),
    For(For),
    Parentheses(Expression),
    /// What could not be parsed; the error is already reported. Evaluates to an unknown value.
    Invalid,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Splat {
    pub source: Expression,
    /// What follows, applied to each element. The innermost expression is [`ExpressionKind::Name`] with the
    /// name `*`, which stands for the element.
    pub each: Expression,
    /// The span of `[*]` or `.*`.
    pub marker: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub name: Identifier,
    pub arguments: Vec<Expression>,
    /// Whether the last argument is followed by `...`.
    pub expand: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ObjectItem {
    /// A bare identifier is a [`ExpressionKind::Literal`] string here; `(expression)` keeps its parentheses. A
    /// traversal (`aws.west = …` in `providers`) means nothing where an object is evaluated.
    pub key: Expression,
    pub value: Expression,
}

/// `[for k, v in collection : value if condition]` or `{for k, v in collection : key => value... if condition}`
#[derive(Clone, Debug, PartialEq)]
pub struct For {
    pub key_name: Option<Identifier>,
    pub value_name: Identifier,
    pub collection: Expression,
    /// Of an object-for.
    pub key: Option<Expression>,
    pub value: Expression,
    /// Whether values of equal keys are grouped (`...`).
    pub group: bool,
    pub condition: Option<Expression>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    Not,
    Negate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// A template; strip markers are already applied to the literal text beside them, as is the indentation of `<<-`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    pub parts: Vec<TemplatePart>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TemplatePart {
    /// With escapes resolved.
    Literal(Arc<str>, Span),
    /// `${expression}`
    Interpolation(Expression),
    /// `%{if condition}…%{else}…%{endif}`
    If { condition: Expression, then: Template, otherwise: Option<Template>, span: Span },
    /// `%{for k, v in collection}…%{endfor}`
    For { key_name: Option<Identifier>, value_name: Identifier, collection: Expression, body: Template, span: Span },
}
