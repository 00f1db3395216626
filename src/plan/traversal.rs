//! Whether what a reference names of an object is there by the schema of its type: known before there is any object, and said in
//! the words of Terraform, which checks this before it evaluates anything.

use crate::{
    diagnostic::{Diagnostic, Span, nearest},
    expression::evaluate::{attribute, index},
    schema::{Nesting, SchemaBlock},
    value::Value,
};

pub(super) use crate::expression::evaluate::Step;

/// What is wrong with the steps that follow an object of that schema. None: nothing, as far as a schema can tell.
pub(super) fn check(block: &SchemaBlock, steps: &[Step<'_>]) -> Option<Diagnostic> {
    let Some(Step::Attribute(name)) = steps.first() else { return None };
    if let Some(attribute) = block.attributes.get(&name.text) {
        let detail =
            format!("The attribute {:?} is deprecated. Refer to the provider documentation for details.", name.text);
        return attribute.deprecated.map(|_| Diagnostic::warning("Deprecated attribute", detail).at(place(&steps[0])));
    }
    let Some(nested) = block.blocks.get(&name.text) else {
        return Some(unsupported(block, &name.text, place(&steps[0])));
    };
    let (kind, next) = (&name.text, steps.get(1)?);
    match (nested.nesting, next) {
        (Nesting::Single | Nesting::Group, Step::Index(..)) => {
            let detail = "Only attribute access is allowed here, using the dot operator.";
            Some(Diagnostic::error("Invalid index operation", detail).at(place(next)))
        }
        (Nesting::Single | Nesting::Group, _) => check(&nested.block, &steps[1..]),
        (Nesting::List | Nesting::Map, Step::Index(..)) => check(&nested.block, &steps[2..]),
        (Nesting::List, Step::Attribute(_)) => {
            let detail = format!(
                "Block type {kind:?} is represented by a list of objects, so it must be indexed using a numeric key, like \
                 .{kind}[0]."
            );
            Some(Diagnostic::error("Invalid operation", detail).at(place(next)))
        }
        (Nesting::Set, _) => {
            let detail = format!(
                "Block type {kind:?} is represented by a set of objects, and set elements do not have addressable keys. To \
                 find elements matching specific criteria, use a \"for\" expression with an \"if\" clause."
            );
            Some(Diagnostic::error("Cannot index a set value", detail).at(place(next)))
        }
        (Nesting::Map, Step::Attribute(_)) => None,
    }
}

/// The same of what is inside attributes, which have types. Whether there is what an index names no type says.
pub(super) fn check_types(block: &SchemaBlock, steps: &[Step<'_>]) -> Option<Diagnostic> {
    let mut value = Value::unknown(block.implied_type());
    for step in steps {
        value = match step {
            Step::Attribute(name) => match attribute(&value, name) {
                Ok(value) => value,
                Err(error) => return Some(error.at(place(step))),
            },
            Step::Index(key, span) => index(&value, key, *span).ok()?,
        };
    }
    None
}

/// What a name that the schema does not have is told.
fn unsupported(block: &SchemaBlock, name: &str, span: Span) -> Diagnostic {
    let known = block.attributes.keys().chain(block.blocks.keys()).map(|it| &**it);
    let advice = nearest(name, known).map_or_else(String::new, |it| format!(" Did you mean {it:?}?"));
    let detail = format!("This object has no argument, nested block, or exported attribute named {name:?}.{advice}");
    Diagnostic::error("Unsupported attribute", detail).at(span)
}

/// A name with its dot; of an index what is in the brackets, since one may stand without.
fn place(step: &Step<'_>) -> Span {
    match step {
        Step::Attribute(name) => Span { start: name.span.start.saturating_sub(1), ..name.span },
        Step::Index(_, key) => *key,
    }
}
