//! Addresses that the configuration writes as expressions: what `moved`, `removed` and `import` blocks name.

use crate::{
    address::{InstanceAddress, InstanceKey, ModuleAddress, Name, ResourceAddress, ResourceMode, Target},
    diagnostic::{Diagnostic, Span},
    expression::syntax::tree::{Expression, ExpressionKind, Identifier},
    value::{Data, Value},
};

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// What evaluates the key of an instance; none stands for a key that is not known yet.
pub type KeyOf<'k> = dyn FnMut(&Expression) -> Result<Option<Value>> + 'k;

/// Names that mean something else at the start of a reference. A resource type of that name is written
/// `resource.count.x`.
const RESERVED: &[&str] = &["count", "each", "local", "path", "self", "terraform", "var", "template", "lazy", "arg"];

/// The module, resource or instance that `expression` names, whose keys must be literals.
pub fn target(expression: &Expression) -> Result<Target> {
    let mut literal = |key: &Expression| match &*key.kind {
        ExpressionKind::Literal(value) => Ok(Some(value.clone())),
        _ => Err(Box::new(not_static(expression.span))),
    };
    target_with(expression, &mut literal)
}

/// The module, resource or instance that `expression` names, with keys that `key` evaluates.
pub fn target_with(expression: &Expression, key: &mut KeyOf<'_>) -> Result<Target> {
    let mut steps = Vec::new();
    take_apart(expression, key, &mut steps)?;
    let mut rest = &steps[..];
    let mut module = Vec::new();
    while let [Step::Name(word), after @ ..] = rest
        && &*word.text == "module"
    {
        let Some((Step::Name(name), after)) = after.split_first() else {
            let place = after.first().map_or(word.span, Step::span);
            return Err(invalid_operator("Prefix \"module.\" must be followed by a module name.", place));
        };
        let key = leading_key(after, "module")?;
        rest = &after[usize::from(key.is_some())..];
        if let (Some(_), [Step::Key(_, extra), ..]) = (&key, rest) {
            return Err(invalid_operator("Module address prefix must be followed by dot and then a name.", *extra));
        }
        module.push((name.text.clone(), key));
    }
    let module = ModuleAddress(module.into());
    if rest.is_empty() {
        return Ok(Target::Module(module));
    }
    resource(module, rest, expression.span)
}

fn resource(module: ModuleAddress, mut rest: &[Step], whole: Span) -> Result<Target> {
    let mut mode = ResourceMode::Managed;
    if let [Step::Name(word), after @ ..] = rest {
        match &*word.text {
            "data" => (mode, rest) = (ResourceMode::Data, after),
            "ephemeral" => (mode, rest) = (ResourceMode::Ephemeral, after),
            "resource" => rest = after,
            reserved if RESERVED.contains(&reserved) => {
                let detail = format!(
                    "The keyword {reserved:?} is reserved and cannot be used to target a resource address. If you are \
                     targeting a resource type that uses a reserved keyword, please prefix your address with \
                     \"resource.\"."
                );
                return Err(invalid(detail, whole));
            }
            _ => {}
        }
    }
    let (type_name, name, rest) = match rest {
        [Step::Name(type_name), Step::Name(name), rest @ ..] => (type_name, name, rest),
        [Step::Name(_), Step::Key(_, span), ..] => return Err(invalid("A resource name is required.", *span)),
        [Step::Name(it), ..] => {
            return Err(invalid("Resource specification must include a resource type and name.", it.span));
        }
        [Step::Key(_, span), ..] => return Err(invalid("A resource type name is required.", *span)),
        [] => return Err(invalid("Resource specification must include a resource type and name.", Span::default())),
    };
    let resource = ResourceAddress { module, mode, type_name: type_name.text.clone(), name: name.text.clone() };
    match rest {
        [] => Ok(Target::Resource(resource)),
        [Step::Name(extra), ..] => Err(invalid("Resource instance key must be given in square brackets.", extra.span)),
        [Step::Key(..), extra, ..] => Err(invalid("Unexpected extra operators after address.", extra.span())),
        [Step::Key(..)] => {
            Ok(Target::Instance(InstanceAddress { resource, key: leading_key(rest, "resource instance")? }))
        }
    }
}

enum Step {
    Name(Identifier),
    /// None where its value is not known yet.
    Key(Option<Value>, Span),
}

impl Step {
    fn span(&self) -> Span {
        match self {
            Self::Name(name) => name.span,
            Self::Key(_, span) => *span,
        }
    }
}

fn take_apart(expression: &Expression, key: &mut KeyOf<'_>, steps: &mut Vec<Step>) -> Result<()> {
    match &*expression.kind {
        ExpressionKind::Attribute(inner, name) => {
            take_apart(inner, key, steps)?;
            let span = Span { start: inner.span.end, ..name.span };
            steps.push(Step::Name(Identifier { span, ..name.clone() }));
        }
        ExpressionKind::Index(inner, index) => {
            take_apart(inner, key, steps)?;
            let span = Span { start: inner.span.end, ..expression.span };
            steps.push(Step::Key(key(index)?, span));
        }
        ExpressionKind::Name(name) => steps.push(Step::Name(Identifier { text: name.clone(), span: expression.span })),
        _ => return Err(Box::new(not_static(expression.span))),
    }
    Ok(())
}

/// The key that `steps` start with, if they start with one.
fn leading_key(steps: &[Step], of: &str) -> Result<Option<InstanceKey>> {
    let Some(Step::Key(value, span)) = steps.first() else { return Ok(None) };
    // Any key does as long as it is not known: only its place counts.
    let Some(value) = value else { return Ok(Some(InstanceKey::Index(0))) };
    match &value.data {
        Data::String(text) => Ok(Some(InstanceKey::Key(Name::from(&**text)))),
        Data::Number(number) => match number.to_u64() {
            Some(index) => Ok(Some(InstanceKey::Index(index))),
            None => {
                let detail = "value must be a whole number, between 0 and 9223372036854775807.";
                Err(match of {
                    "module" => invalid_operator(&format!("Invalid module index: {detail}"), *span),
                    _ => invalid(format!("Invalid resource instance key: {detail}"), *span),
                })
            }
        },
        _ if of == "module" => {
            Err(invalid_operator("Invalid module key: must be either a string or an integer.", *span))
        }
        _ => Err(invalid("Invalid resource instance key: either a string or an integer is required.", *span)),
    }
}

/// What `expression` says after the name of a resource: a key, or what is no key of anything.
pub fn after_resource(expression: &Expression) -> Option<Span> {
    let mut steps = Vec::new();
    take_apart(expression, &mut |_| Ok(None), &mut steps).ok()?;
    let mut rest = &steps[..];
    while let [Step::Name(word), Step::Name(_), after @ ..] = rest
        && &*word.text == "module"
    {
        rest = if let [Step::Key(..), after @ ..] = after { after } else { after };
    }
    if let [Step::Name(word), after @ ..] = rest
        && matches!(&*word.text, "data" | "ephemeral" | "resource")
    {
        rest = after;
    }
    match rest {
        [Step::Name(_), Step::Name(_), extra, ..] => Some(extra.span()),
        _ => None,
    }
}

/// Where the first instance key in `expression` stands, from its opening bracket.
pub fn first_key(expression: &Expression) -> Option<Span> {
    match &*expression.kind {
        ExpressionKind::Attribute(inner, _) => first_key(inner),
        ExpressionKind::Index(inner, _) => first_key(inner).or(Some(Span { start: inner.span.end, ..expression.span })),
        _ => None,
    }
}

fn invalid_operator(detail: &str, span: Span) -> Box<Diagnostic> {
    Box::new(Diagnostic::error("Invalid address operator", detail).at(span))
}

fn invalid(detail: impl Into<String>, span: Span) -> Box<Diagnostic> {
    Box::new(Diagnostic::error("Invalid address", detail).at(span))
}

/// Where only a static reference may stand.
pub fn not_static(span: Span) -> Diagnostic {
    let detail = "A single static variable reference is required: only attribute access and indexing with constant \
                  keys. No calculations, function calls, template expressions, etc are allowed here.";
    Diagnostic::error("Invalid expression", detail).at(span)
}
