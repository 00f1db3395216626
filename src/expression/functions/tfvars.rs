//! The functions of Terraform's built-in provider: values as text in the language, and `.tfvars` files as values.

use super::{Failure, Function, Parameter, arguments::Arguments, templates::explained, types};
use crate::{
    address::quoted,
    diagnostic::{Diagnostic, Diagnostics, FileId},
    expression::{
        constant::constant,
        evaluate::Scope,
        limits::check_encoded,
        syntax::{lexer, parse},
    },
    value::{Data, Type, Value},
};
use std::collections::BTreeMap;

const VALUE: &[Parameter] = &[Parameter::new("value", types::any)];

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("provider::terraform::encode_tfvars", VALUE, types::returns_string, encode_file),
    Function::new("provider::terraform::encode_expr", VALUE, types::returns_string, encode_expression),
    Function::new(
        "provider::terraform::decode_tfvars",
        &[Parameter::new("src", types::string)],
        types::returns_any,
        decode_file,
    ),
];

fn encode_file(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    if !arguments[0].is_wholly_known() {
        return Ok(Value::unknown_not_null(Type::String));
    }
    let Some(entries) = arguments[0].as_entries() else {
        let why = "invalid value to encode: must be an object whose attribute names will become the encoded variable \
                   names";
        return Err(why.into());
    };
    for name in entries.keys() {
        if lexer::identifier(name) != &**name {
            let why = "must be a valid identifier, per Terraform's rules for input variable declarations";
            return Err(format!("invalid variable name {name:?}: {why}").into());
        }
    }
    check_encoded(&arguments[0])?;
    let mut out = String::new();
    write_items(entries.iter().map(|(name, value)| (name.to_string(), value)).collect(), 0, &mut out);
    Ok(Value::string(out))
}

fn encode_expression(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    if !arguments[0].is_wholly_known() {
        return Ok(Value::unknown_not_null(Type::String));
    }
    check_encoded(&arguments[0])?;
    let mut out = String::new();
    write_value(&arguments[0], 0, &mut out);
    Ok(Value::string(out))
}

/// The text of an expression that has this value; what follows its first line is indented.
pub fn write_value(value: &Value, indent: usize, out: &mut String) {
    match &value.data {
        Data::Null(_) | Data::Unknown(_) => out.push_str("null"),
        Data::Bool(it) => out.push_str(if *it { "true" } else { "false" }),
        Data::Number(it) => out.push_str(&it.to_string()),
        Data::String(it) => out.push_str(&quoted(it)),
        Data::List(_, elements) | Data::Set(_, elements) | Data::Tuple(elements) => {
            out.push('[');
            for (position, element) in elements.iter().enumerate() {
                out.push_str(if position == 0 { "" } else { ", " });
                write_value(element, indent, out);
            }
            out.push(']');
        }
        Data::Map(_, entries) | Data::Object(entries) if entries.is_empty() => out.push_str("{}"),
        Data::Map(_, entries) | Data::Object(entries) => {
            out.push_str("{\n");
            write_items(entries.iter().map(|(name, value)| (key(name), value)).collect(), indent + 2, out);
            out.push_str(&format!("{}}}", " ".repeat(indent)));
        }
    }
}

/// A line for each name, the `=` of neighbours below each other; a value of several lines has no neighbours.
fn write_items(items: Vec<(String, &Value)>, indent: usize, out: &mut String) {
    let texts = items.iter().map(|(_, value)| {
        let mut text = String::new();
        write_value(value, indent, &mut text);
        text
    });
    let lines = items.iter().map(|(name, _)| name.clone()).zip(texts).collect();
    write_lines(lines, indent, out);
}

/// `name = text` for each item, laid out as the language's formatter does.
pub fn write_lines(items: Vec<(String, String)>, indent: usize, out: &mut String) {
    let alone = |item: &(String, String)| item.1.contains('\n');
    for group in items.chunk_by(|one, next| !alone(one) && !alone(next)) {
        let length = |name: &str| name.chars().count();
        let width = if alone(&group[0]) { 0 } else { group.iter().map(|it| length(&it.0)).max().unwrap_or(0) };
        for (name, text) in group {
            // A width in a format string could not be large enough for every name.
            let blanks = " ".repeat(width.saturating_sub(length(name)));
            out.push_str(&format!("{}{name}{blanks} = {text}\n", " ".repeat(indent)));
        }
    }
}

fn key(name: &str) -> String {
    if lexer::identifier(name) == name && !name.is_empty() { name.to_owned() } else { quoted(name) }
}

const NAME: &str = "<decode_tfvars argument>";

fn decode_file(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let text = arguments.text(0);
    let failed = |what: &str, diagnostics: &[Diagnostic]| {
        let first = diagnostics.iter().find(|it| it.is_error());
        first.map_or(Ok(()), |it| Err(Failure::Call(format!("{what}: {}", explained(NAME, text, it)))))
    };
    let mut diagnostics = Diagnostics::new();
    let body = parse(text, FileId(0), &mut diagnostics);
    failed("invalid tfvars syntax", &diagnostics)?;
    if let Some(block) = body.blocks.first() {
        let summary = format!("Unexpected {:?} block", block.kind.text);
        let error = Diagnostic::error(summary, "Blocks are not allowed here.").at(block.kind.span);
        failed("invalid tfvars content", &[error])?;
    }
    let mut values = BTreeMap::new();
    for attribute in &body.attributes {
        let mut diagnostics = Diagnostics::new();
        let value = constant(&attribute.value, &mut diagnostics);
        failed(&format!("invalid expression for variable {:?}", attribute.name.text), &diagnostics)?;
        values.insert(attribute.name.text.clone(), value.unwrap_or_else(|| Value::null(Type::Any)));
    }
    Ok(Value::object(values))
}
