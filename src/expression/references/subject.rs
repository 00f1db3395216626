//! From the names of a reference to what they stand for.

use super::{Reference, Subject};
use crate::{
    address::{InstanceKey, Name, ResourceMode},
    diagnostic::{Diagnostic, Span, nearest},
    expression::syntax::tree::{Expression, ExpressionKind, Identifier},
    value::Data,
};

/// The first name of `chain`.
pub(super) fn root(chain: &[&Expression]) -> Option<Identifier> {
    let first = chain.first()?;
    match &*first.kind {
        ExpressionKind::Name(name) => Some(Identifier { text: name.clone(), span: first.span }),
        _ => None,
    }
}

/// What `chain` refers to: a name and the expressions around it, from the inside out.
pub(super) fn reference(chain: &[&Expression]) -> Result<Reference, Box<Diagnostic>> {
    let Some(root) = root(chain) else {
        return Err(invalid("This is not a reference.", chain.first().map_or_else(Span::default, |it| it.span)));
    };
    let steps = &chain[1..];
    let whole = chain.last().map_or(root.span, |it| it.span);
    match &*root.text {
        "var" => single(&root, steps, Subject::Variable),
        "local" => single(&root, steps, Subject::Local),
        "each" => single(&root, steps, Subject::Each),
        "count" => single(&root, steps, Subject::Count),
        "path" => single(&root, steps, Subject::Path),
        "terraform" => single(&root, steps, Subject::Terraform),
        "self" => Ok(Reference { subject: Subject::SelfObject, span: root.span, last: root.span, of_whole: false }),
        "module" => module(&root, steps),
        "data" => match steps {
            [_, _, ..] => resource(ResourceMode::Data, steps, whole),
            _ => Err(invalid(
                "The \"data\" object must be followed by two attribute names: the data source type and the resource name.",
                whole,
            )),
        },
        "resource" => match steps {
            [_, _, ..] => resource(ResourceMode::Managed, steps, whole),
            _ => Err(invalid(
                "The \"resource\" object must be followed by two attribute names: the resource type and the resource name.",
                whole,
            )),
        },
        "ephemeral" => match steps {
            [_, _, ..] => resource(ResourceMode::Ephemeral, steps, whole),
            _ => Err(invalid(
                "The \"ephemeral\" object must be followed by two attribute names: the ephemeral resource type and the \
                 resource name.",
                whole,
            )),
        },
        "template" | "lazy" | "arg" => {
            let detail =
                format!("The symbol name \"{}\" is reserved for use in a future Terraform version.", root.text);
            Err(Box::new(Diagnostic::error("Reserved symbol name", detail).at(root.span)))
        }
        _ => resource(ResourceMode::Managed, chain, whole).map_err(|error| Box::new(suggest(*error, &root, steps))),
    }
}

fn invalid(detail: &str, span: Span) -> Box<Diagnostic> {
    Box::new(Diagnostic::error("Invalid reference", detail).at(span))
}

/// A misspelt root, or a name that stands alone and was probably meant as a string.
fn suggest(error: Diagnostic, root: &Identifier, steps: &[&Expression]) -> Diagnostic {
    let roots = ["var", "local", "each", "count", "path", "terraform", "self", "module", "data", "ephemeral"];
    match nearest(&root.text, roots) {
        Some(meant) => error.hint(format!("Did you mean \"{meant}\"?")),
        None if steps.is_empty() => error.hint(format!("For a string, write it in quotes: \"{}\".", root.text)),
        None => error,
    }
}

/// What `step` adds to what stands before it.
fn after(before: Span, step: &Expression) -> Span {
    Span { start: before.end, ..step.span }
}

fn attribute(step: &Expression) -> Option<&Identifier> {
    if let ExpressionKind::Attribute(_, name) = &*step.kind { Some(name) } else { None }
}

fn single(root: &Identifier, steps: &[&Expression], make: fn(Name) -> Subject) -> Result<Reference, Box<Diagnostic>> {
    let object = &root.text;
    let Some(step) = steps.first() else {
        let detail =
            format!("The \"{object}\" object cannot be accessed directly. Instead, access one of its attributes.");
        return Err(invalid(&detail, root.span));
    };
    match attribute(step) {
        Some(name) => {
            let span = root.span.to(name.span);
            Ok(Reference { subject: make(name.text.clone()), span, last: after(root.span, step), of_whole: false })
        }
        None => {
            Err(invalid(&format!("The \"{object}\" object does not support this operation."), after(root.span, step)))
        }
    }
}

fn module(root: &Identifier, steps: &[&Expression]) -> Result<Reference, Box<Diagnostic>> {
    let call = single(root, steps, Subject::Variable)?;
    let Some(name) = steps.first().and_then(|it| attribute(it)) else { return Ok(call) };
    let (index, span, rest) = instance(&steps[1..], call.span)?;
    let output = rest.first().and_then(|it| attribute(it));
    let last = output.map_or(call.last, |it| Span { start: span.end, ..it.span });
    let span = output.map_or(span, |it| span.to(it.span));
    let output = output.map(|it| it.text.clone());
    Ok(Reference { subject: Subject::Module { call: name.text.clone(), index, output }, span, last, of_whole: false })
}

/// `chain` starts with the expression whose name is the type.
fn resource(mode: ResourceMode, chain: &[&Expression], whole: Span) -> Result<Reference, Box<Diagnostic>> {
    let type_name = match &*chain[0].kind {
        ExpressionKind::Name(name) => name,
        ExpressionKind::Attribute(_, name) => &name.text,
        _ => return Err(invalid("A resource type name is required here.", chain[0].span)),
    };
    let Some(name) = chain.get(1).and_then(|it| attribute(it)) else {
        let what = if mode == ResourceMode::Data { "data source" } else { "resource type" };
        let detail = format!(
            "A reference to a {what} must be followed by at least one attribute access, specifying the resource name."
        );
        return Err(invalid(&detail, chain.get(1).map_or(whole, |step| after(chain[0].span, step))));
    };
    let (index, span, _) = instance(&chain[2..], chain[1].span)?;
    let subject = Subject::Resource { mode, type_name: type_name.clone(), name: name.text.clone(), index };
    let of_whole = chain.get(2).is_some_and(|it| attribute(it).is_some());
    Ok(Reference { subject, span, last: name.span, of_whole })
}

type Instance<'s, 'e> = (Option<InstanceKey>, Span, &'s [&'e Expression]);

/// The index of an instance, if one is next: its key if that is a literal, the span up to it, and what follows.
fn instance<'s, 'e>(steps: &'s [&'e Expression], before: Span) -> Result<Instance<'s, 'e>, Box<Diagnostic>> {
    let Some((step, rest)) = steps.split_first() else { return Ok((None, before, steps)) };
    let ExpressionKind::Index(_, key) = &*step.kind else { return Ok((None, before, steps)) };
    let span = before.to(step.span);
    let ExpressionKind::Literal(value) = &*key.kind else { return Ok((None, span, rest)) };
    let key = match &value.data {
        Data::String(text) => Some(InstanceKey::Key(text.clone())),
        Data::Number(number) => number.to_u64().map(InstanceKey::Index),
        _ => None,
    };
    match key {
        Some(key) => Ok((Some(key), span, rest)),
        None => {
            let detail = "The key of an instance must be a string or a whole number that is not negative.";
            Err(Box::new(Diagnostic::error("Invalid index key", detail).at(step.span)))
        }
    }
}
