//! Values as `terraform console` and `terraform output` print them.

use super::{Data, Marks, Text, Type, Value};
use crate::address::{by_number, is_visible};
use std::{collections::BTreeMap, fmt::Write};

/// `value` in the language's own notation, over several lines if it has elements. What is sensitive, ephemeral or
/// unknown is not shown.
pub fn render(value: &Value) -> String {
    let mut out = String::new();
    write_value(value, 0, &mut out);
    out
}

/// `ty` as `type()` of the console prints it.
pub fn render_type(ty: &Type) -> String {
    let mut out = String::new();
    write_type(ty, 0, &mut out);
    out
}

/// Levels of types, unlike those of values, are four blanks apart.
const TYPE_INDENT: usize = 4;

fn write_type(ty: &Type, indent: usize, out: &mut String) {
    let deeper = indent + TYPE_INDENT;
    match ty {
        Type::List(element) => wrapped("list", out, |out| element_type(element, indent, out)),
        Type::Set(element) => wrapped("set", out, |out| element_type(element, indent, out)),
        Type::Map(element) => wrapped("map", out, |out| element_type(element, indent, out)),
        Type::Tuple(elements) if elements.is_empty() => out.push_str("tuple([])"),
        Type::Tuple(elements) => {
            out.push_str("tuple([");
            for element in elements.iter() {
                new_line(deeper, out);
                write_type(element, deeper, out);
                out.push(',');
            }
            new_line(indent, out);
            out.push_str("])");
        }
        Type::Object(object) if object.attributes.is_empty() => out.push_str("object({})"),
        Type::Object(object) => {
            out.push_str("object({");
            for (name, ty) in &object.attributes {
                new_line(deeper, out);
                out.push_str(name);
                out.push_str(": ");
                write_type(ty, deeper, out);
                out.push(',');
            }
            new_line(indent, out);
            out.push_str("})");
        }
        ty => out.push_str(&ty.friendly()),
    }
}

/// A type of several lines gets lines of its own.
fn element_type(ty: &Type, indent: usize, out: &mut String) {
    if !matches!(ty, Type::Tuple(_) | Type::Object(_)) {
        return write_type(ty, indent, out);
    }
    new_line(indent + TYPE_INDENT, out);
    write_type(ty, indent + TYPE_INDENT, out);
    out.push(',');
    new_line(indent, out);
}

fn write_value(value: &Value, indent: usize, out: &mut String) {
    if !value.is_known() {
        return out.push_str("(known after apply)");
    }
    if value.is_sensitive() {
        return out.push_str("(sensitive value)");
    }
    if value.marks.contains(Marks::EPHEMERAL) {
        return out.push_str("(ephemeral value)");
    }
    match &value.data {
        Data::Unknown(_) => {}
        Data::Null(ty) => out.push_str(&null(ty)),
        Data::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Data::Number(number) => {
            // Writing to a string cannot fail.
            let _ = write!(out, "{number}");
        }
        Data::String(text) if text.contains('\n') => heredoc(text, indent, out),
        Data::String(text) => quote(text, out),
        Data::List(_, values) => wrapped("tolist", out, |out| sequence(values, indent, out)),
        Data::Set(_, values) => wrapped("toset", out, |out| sequence(values, indent, out)),
        Data::Map(_, values) => wrapped("tomap", out, |out| mapping(values, indent, out)),
        Data::Tuple(values) => sequence(values, indent, out),
        Data::Object(values) => mapping(values, indent, out),
    }
}

fn null(ty: &Type) -> String {
    match ty {
        Type::Any => "null".into(),
        Type::String => "tostring(null)".into(),
        Type::Number => "tonumber(null)".into(),
        Type::Bool => "tobool(null)".into(),
        Type::List(element) => format!("tolist(null) /* of {} */", element.friendly()),
        Type::Set(element) => format!("toset(null) /* of {} */", element.friendly()),
        Type::Map(element) => format!("tomap(null) /* of {} */", element.friendly()),
        ty => format!("null /* {} */", ty.friendly()),
    }
}

fn wrapped(function: &str, out: &mut String, inner: impl FnOnce(&mut String)) {
    out.push_str(function);
    out.push('(');
    inner(out);
    out.push(')');
}

fn new_line(indent: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

fn sequence(values: &[Value], indent: usize, out: &mut String) {
    out.push('[');
    for value in values {
        new_line(indent + 2, out);
        write_value(value, indent + 2, out);
        out.push(',');
    }
    if !values.is_empty() {
        new_line(indent, out);
    }
    out.push(']');
}

fn mapping(values: &BTreeMap<Text, Value>, indent: usize, out: &mut String) {
    out.push('{');
    for (name, value) in values {
        new_line(indent + 2, out);
        if name.contains('\n') {
            heredoc(name, indent + 2, out)
        } else {
            quote(name, out)
        }
        out.push_str(" = ");
        write_value(value, indent + 2, out);
    }
    if !values.is_empty() {
        new_line(indent, out);
    }
    out.push('}');
}

fn heredoc(text: &str, indent: usize, out: &mut String) {
    let mut delimiter = "EOT".to_owned();
    while text.split('\n').any(|line| line.trim() == delimiter) {
        delimiter.push('_');
    }
    out.push_str(if indent > 0 { "<<-" } else { "<<" });
    out.push_str(&delimiter);
    for line in text.split('\n').chain([delimiter.as_str()]) {
        new_line(indent, out);
        out.push_str(line);
    }
}

/// A string as messages and plans show it: with the escapes of Go, which are not quite those of the language, since `${` stays.
pub fn quoted_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x07' => out.push_str("\\a"),
            '\x08' => out.push_str("\\b"),
            '\x0b' => out.push_str("\\v"),
            '\x0c' => out.push_str("\\f"),
            it if it.is_ascii_control() => {
                let _ = write!(out, "\\x{:02x}", u32::from(it));
            }
            it if is_visible(it) => out.push(it),
            it => by_number(it, out),
        }
    }
    out.push('"');
}
