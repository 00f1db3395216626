//! Type constraints: `list(object({ name = string, size = optional(number, 1) }))`.

use super::content::literal_text;
use crate::{
    address::Name,
    diagnostic::{Diagnostic, Diagnostics, Span},
    expression::{
        constant::constant,
        syntax::tree::{Call, Expression, ExpressionKind, ObjectItem},
    },
    lang::{configuration::TypeDefaults, variables::apply_defaults},
    value::{ObjectType, Type, convert},
};
use std::collections::BTreeMap;

/// The type that the `type` argument of a variable says, and the defaults in it. [`Type::Any`] after an error.
pub(super) fn constraint(expression: &Expression, diagnostics: &mut Diagnostics) -> (Type, TypeDefaults) {
    match &*expression.kind {
        // Legacy spellings without an element type.
        ExpressionKind::Name(name) if &**name == "list" => (Type::list(Type::Any), TypeDefaults::default()),
        ExpressionKind::Name(name) if &**name == "map" => (Type::map(Type::Any), TypeDefaults::default()),
        ExpressionKind::Literal(value) if value.as_str().is_some() => {
            let keyword = value.as_str().unwrap_or_default();
            let advice = match keyword {
                "list" | "map" => format!(
                    "Remove the quotes around {keyword:?} and write {keyword}(string) instead to explicitly indicate \
                     that the {keyword} elements are strings"
                ),
                _ => format!("Remove the quotes around {keyword:?}"),
            };
            if !matches!(keyword, "string" | "list" | "map") {
                let detail = "To provide a full type expression, remove the surrounding quotes and give the type expression \
                              directly.";
                diagnostics.push(Diagnostic::error("Invalid legacy variable type hint", detail).at(expression.span));
                return (Type::Any, TypeDefaults::default());
            }
            let detail = format!(
                "Terraform 0.11 and earlier required type constraints to be given in quotes, but that form is now \
                 deprecated and will be removed in a future version of Terraform. {advice}."
            );
            diagnostics.push(Diagnostic::error("Invalid quoted type constraints", detail).at(expression.span));
            (Type::Any, TypeDefaults::default())
        }
        _ => parse(expression, diagnostics),
    }
}

fn invalid(detail: impl Into<String>, span: Span, diagnostics: &mut Diagnostics) -> (Type, TypeDefaults) {
    diagnostics.push(Diagnostic::error("Invalid type specification", detail).at(span));
    (Type::Any, TypeDefaults::default())
}

fn parse(expression: &Expression, diagnostics: &mut Diagnostics) -> (Type, TypeDefaults) {
    let span = expression.span;
    match &*expression.kind {
        ExpressionKind::Name(name) => match &**name {
            "string" => (Type::String, TypeDefaults::default()),
            "number" => (Type::Number, TypeDefaults::default()),
            "bool" => (Type::Bool, TypeDefaults::default()),
            "any" => (Type::Any, TypeDefaults::default()),
            "list" | "set" | "map" => invalid(one_element(name), span, diagnostics),
            "object" => invalid(OBJECT, span, diagnostics),
            "tuple" => invalid(TUPLE, span, diagnostics),
            _ => invalid(format!("The keyword {name:?} is not a valid type specification."), span, diagnostics),
        },
        ExpressionKind::Call(call) => constructor(call, span, diagnostics),
        ExpressionKind::Invalid => (Type::Any, TypeDefaults::default()),
        _ => {
            let detail = "A type specification is either a primitive type keyword (bool, number, string) or a \
                          complex type constructor call, like list(string).";
            invalid(detail, span, diagnostics)
        }
    }
}

const OBJECT: &str =
    "The object type constructor requires one argument specifying the attribute types and values as a map.";
const TUPLE: &str = "The tuple type constructor requires one argument specifying the element types as a list.";

fn one_element(keyword: &str) -> String {
    format!("The {keyword} type constructor requires one argument specifying the element type.")
}

fn constructor(call: &Call, span: Span, diagnostics: &mut Diagnostics) -> (Type, TypeDefaults) {
    let keyword = &*call.name.text;
    let argument = if let [argument] = &call.arguments[..] { Some(argument) } else { None };
    // What is too much, or else the parentheses.
    let span = match &call.arguments[..] {
        _ if matches!(keyword, "bool" | "string" | "number" | "any") => Span { start: call.name.span.end, ..span },
        [_, second, .., last] => second.span.to(last.span),
        [_, second] => second.span,
        _ => Span { start: call.name.span.end, ..span },
    };
    match (keyword, argument) {
        ("list" | "set" | "map", Some(element)) => {
            let (element, below) = parse(element, diagnostics);
            let ty = match keyword {
                "list" => Type::list(element),
                "set" => Type::set(element),
                _ => Type::map(element),
            };
            (ty, nested([("".into(), below)]))
        }
        ("list" | "set" | "map", None) => invalid(one_element(keyword), span, diagnostics),
        ("object", Some(argument)) => match &*argument.kind {
            ExpressionKind::Object(items) => object(items, diagnostics),
            _ => {
                let detail = "Object type constructor requires a map whose keys are attribute names and whose values are the corresponding attribute types.";
                invalid(detail, argument.span, diagnostics)
            }
        },
        ("object", None) => invalid(OBJECT, span, diagnostics),
        ("tuple", Some(argument)) => match &*argument.kind {
            ExpressionKind::Tuple(items) => {
                let (types, below): (Vec<Type>, Vec<TypeDefaults>) =
                    items.iter().map(|item| parse(item, diagnostics)).unzip();
                let names = (0..).map(|index: usize| index.to_string().into());
                (Type::Tuple(types.into()), nested(names.zip(below)))
            }
            _ => invalid("Tuple type constructor requires a list of element types.", argument.span, diagnostics),
        },
        ("tuple", None) => invalid(TUPLE, span, diagnostics),
        ("bool" | "string" | "number" | "any", _) => {
            let what = if keyword == "any" { "Type constraint keyword" } else { "Primitive type keyword" };
            let detail = format!("{what} {keyword:?} does not expect arguments.");
            invalid(detail, span, diagnostics)
        }
        ("optional", _) => {
            let detail = "Keyword \"optional\" is valid only as a modifier for object type attributes.";
            invalid(detail, call.name.span, diagnostics)
        }
        _ => invalid(format!("Keyword {keyword:?} is not a valid type constructor."), call.name.span, diagnostics),
    }
}

/// The defaults of what lies inside, leaving out what has none.
fn nested(children: impl IntoIterator<Item = (Name, TypeDefaults)>) -> TypeDefaults {
    let children = children.into_iter().filter(|(_, below)| *below != TypeDefaults::default()).collect();
    TypeDefaults { attributes: BTreeMap::new(), children }
}

fn object(items: &[ObjectItem], diagnostics: &mut Diagnostics) -> (Type, TypeDefaults) {
    let mut ty = ObjectType::default();
    let mut defaults = TypeDefaults::default();
    for item in items {
        // A name in the native syntax has no quotes around it; in JSON those are the string's.
        let quoted = item.key.span.end - item.key.span.start != literal_text(&item.key).map_or(0, str::len) as u32;
        let Some(name) = literal_text(&item.key).filter(|_| !quoted) else {
            invalid("Object constructor map keys must be attribute names.", item.key.span, diagnostics);
            continue;
        };
        let name: Name = name.into();
        if ty.attributes.contains_key(&name) {
            invalid("Object constructor map keys must be unique.", item.key.span, diagnostics);
        }
        let (attribute, below) = match &*item.value.kind {
            ExpressionKind::Call(call) if &*call.name.text == "optional" => {
                ty.optional.insert(name.clone());
                let (attribute, below) = match call.arguments.first() {
                    Some(argument) => parse(argument, diagnostics),
                    None => {
                        let detail = "Optional attribute modifier requires the attribute type as its argument.";
                        invalid(detail, item.value.span, diagnostics)
                    }
                };
                if call.arguments.len() > 2 {
                    let detail = "Optional attribute modifier expects at most two arguments: the attribute type, and a default value.";
                    invalid(detail, Span { start: call.name.span.end, ..item.value.span }, diagnostics);
                }
                if let Some(default) = call.arguments.get(1)
                    && let Some(value) = constant(default, diagnostics)
                {
                    match convert(&apply_defaults(&value, &below), &attribute) {
                        Ok(value) => {
                            defaults.attributes.insert(name.clone(), value);
                        }
                        Err(error) => {
                            let detail = format!(
                                "This default value is not compatible with the attribute's type constraint: {error}."
                            );
                            let summary = "Invalid default value for optional attribute";
                            diagnostics.push(Diagnostic::error(summary, detail).at(default.span));
                        }
                    }
                }
                (attribute, below)
            }
            _ => parse(&item.value, diagnostics),
        };
        if below != TypeDefaults::default() {
            defaults.children.insert(name.clone(), below);
        }
        ty.attributes.insert(name, attribute);
    }
    (Type::Object(ty.into()), defaults)
}
