//! Terraform's JSON syntax: the same tree out of `.tf.json`.
//!
//! Whether a property is an argument or a block, and with how many labels, depends on what is expected there. For
//! the blocks of the language itself [`label_count`] says it. What a resource, a provider or a backend expects is
//! not known here: all its properties become arguments, and whoever knows the schema takes an argument with the
//! name of a block for such blocks.

mod document;
#[cfg(test)]
mod tests;

use super::{
    lexer::{self, Place},
    parse::{expression_at, template_at},
    tree::{Attribute, Block, Body, Expression, ExpressionKind, Identifier, ObjectItem, Template, TemplatePart},
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, FileId, Span},
    value::{Type, Value},
};
use document::{Json, JsonKind, Property};

/// The tree of a `.tf.json` file. Spans inside a string that has escapes are a little short.
pub fn parse_json(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Body {
    let Some(json) = document::read(text, file, diagnostics) else { return Body::default() };
    Builder { diagnostics }.body(&json, "")
}

/// The tree of a `.tftest.json` file.
pub fn parse_test_json(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Body {
    let Some(json) = document::read(text, file, diagnostics) else { return Body::default() };
    Builder { diagnostics }.body(&json, TEST)
}

/// What is around the outermost blocks of a test file.
const TEST: &str = "a test file";

/// How many labels a block `name` has inside a `parent` (`""`: at the top); `None` if it is no block there.
fn label_count(parent: &str, name: &str) -> Option<usize> {
    match (parent, name) {
        ("", "resource" | "data" | "ephemeral") => Some(2),
        ("", "variable" | "output" | "module" | "provider" | "check") => Some(1),
        ("", "locals" | "terraform" | "moved" | "import" | "removed") => Some(0),
        ("resource" | "data" | "ephemeral", "lifecycle" | "connection") => Some(0),
        ("resource" | "data" | "ephemeral" | "content", "dynamic") => Some(1),
        ("resource" | "removed", "provisioner") => Some(1),
        ("dynamic", "content") | ("removed", "lifecycle") | ("cloud", "workspaces") => Some(0),
        ("lifecycle" | "output", "precondition") | ("lifecycle", "postcondition") => Some(0),
        ("variable", "validation") | ("check", "assert") => Some(0),
        ("resource" | "data" | "ephemeral" | "module" | "provider", "_") => Some(0),
        ("terraform", "required_providers" | "cloud") => Some(0),
        ("terraform", "backend" | "provider_meta") => Some(1),
        ("check", "data") => Some(2),
        (TEST, "run" | "provider" | "mock_provider") => Some(1),
        (TEST | "run", "variables") | ("run", "assert" | "module" | "plan_options") => Some(0),
        (TEST | "run" | "mock_provider", "override_resource" | "override_data" | "override_module") => Some(0),
        ("mock_provider", "mock_resource" | "mock_data") => Some(1),
        _ => None,
    }
}

/// What the strings in an argument are.
#[derive(Clone, Copy, PartialEq)]
enum Strings {
    Templates,
    /// Text as it is, where no references are possible.
    Text,
    /// Native expressions, where something is named and not computed: `"aws_vpc.main"`, `"list(string)"`.
    Expressions,
}

fn strings(parent: &str, name: &str) -> Strings {
    match (parent, name) {
        ("variable", "type")
        | ("moved" | "removed", _)
        | ("import", "to" | "provider")
        | ("resource" | "data" | "ephemeral" | "module" | "output", "depends_on")
        | ("resource" | "data" | "ephemeral", "provider")
        | ("module", "providers")
        | ("lifecycle", "ignore_changes" | "replace_triggered_by")
        | ("run", "providers" | "expect_failures" | "command")
        | ("plan_options", "mode" | "target" | "replace")
        | ("override_resource" | "override_data" | "override_module", "target" | "override_during")
        | ("mock_provider" | "mock_resource" | "mock_data", "override_during")
        | ("required_providers", "configuration_aliases") => Strings::Expressions,
        ("variable", "description" | "default" | "sensitive" | "ephemeral" | "nullable")
        | ("output", "description" | "sensitive" | "ephemeral")
        | ("module", "source" | "version")
        | ("provider", "alias")
        | ("lifecycle", "create_before_destroy" | "destroy")
        | ("terraform" | "required_providers" | "cloud", _) => Strings::Text,
        _ => Strings::Templates,
    }
}

/// The closing brace of an object.
fn end(span: Span) -> Span {
    Span { start: span.end.saturating_sub(1), ..span }
}

struct Builder<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Builder<'_> {
    fn report(&mut self, summary: &str, detail: impl Into<String>, span: Span) {
        self.diagnostics.push(Diagnostic::error(summary, detail).at(span));
    }

    /// Of an object, or of several in an array, which count as one.
    fn body(&mut self, json: &Json, kind: &str) -> Body {
        let mut body = Body { span: end(json.span), ..Body::default() };
        let objects = match &json.kind {
            JsonKind::Array(objects) => objects.as_slice(),
            _ => std::slice::from_ref(json),
        };
        for object in objects {
            match &object.kind {
                JsonKind::Object(properties) => self.properties(properties, kind, &mut body),
                JsonKind::Null => {}
                _ if kind.is_empty() => {
                    let detail = "The root value in JSON must be either a JSON object or an array of objects.";
                    self.report("Root value must be object", detail, object.span);
                }
                _ => self.report("Incorrect JSON value type", "A JSON object is required here.", object.span),
            }
        }
        body
    }

    fn properties(&mut self, properties: &[Property], kind: &str, body: &mut Body) {
        for property in properties {
            let name = Identifier { text: property.name.as_str().into(), span: property.name_span };
            // `//` is how a comment is written.
            if property.name == "//" {
                continue;
            }
            if let Some(count) = label_count(kind, &property.name) {
                self.blocks(&property.value, &name, &mut Vec::new(), count, body);
            } else if kind.is_empty() || kind == TEST {
                let detail = format!("No argument or block type is named {:?}.", property.name);
                self.report("Extraneous JSON object property", detail, name.span);
            } else {
                self.attribute(property, name, kind, body);
            }
        }
    }

    fn attribute(&mut self, property: &Property, name: Identifier, kind: &str, body: &mut Body) {
        if body.attributes.iter().any(|it| it.name.text == name.text) {
            let summary = if kind == "locals" { "Duplicate attribute definition" } else { "Duplicate argument" };
            let detail = format!("The argument {:?} was already set. Each argument may be set only once.", name.text);
            return self.report(summary, detail, name.span);
        }
        // The aliases of a required provider are one level further in.
        let value = match (&property.value.kind, kind) {
            (JsonKind::Object(properties), "required_providers") => self.object(properties, |name| strings(kind, name)),
            _ => self.expression(&property.value, strings(kind, &property.name)),
        };
        let value = Expression { span: property.value.span, ..value };
        let span = name.span.to(value.span);
        body.attributes.push(Attribute { name, value, span });
    }

    /// The blocks that `json` stands for, after `labels` of which `missing` more are to come.
    fn blocks(
        &mut self,
        json: &Json,
        kind: &Identifier,
        labels: &mut Vec<Identifier>,
        missing: usize,
        body: &mut Body,
    ) {
        match &json.kind {
            JsonKind::Null => {}
            JsonKind::Array(items) => items.iter().for_each(|it| self.blocks(it, kind, labels, missing, body)),
            JsonKind::Object(properties) if missing > 0 => {
                let labelled = || properties.iter().filter(|it| it.name != "//");
                if labelled().next().is_none() {
                    self.missing_label(json, kind, labels.len(), missing);
                }
                for property in labelled() {
                    labels.push(Identifier { text: property.name.as_str().into(), span: property.name_span });
                    self.blocks(&property.value, kind, labels, missing - 1, body);
                    labels.pop();
                }
            }
            JsonKind::Object(_) => {
                let header = Span { end: json.span.start + 1, ..json.span };
                let content = self.body(json, &kind.text);
                let span = kind.span.to(json.span);
                body.blocks.push(Block { kind: kind.clone(), labels: labels.clone(), body: content, header, span });
            }
            _ if missing > 0 => self.missing_label(json, kind, labels.len(), missing),
            _ => {
                let detail = format!(
                    "Either a JSON object or a JSON array is required, representing the contents of one or more {:?} \
                     blocks.",
                    &*kind.text
                );
                self.report("Incorrect JSON value type", detail, json.span);
            }
        }
    }

    fn missing_label(&mut self, json: &Json, kind: &Identifier, given: usize, missing: usize) {
        // The blocks with two labels are resources, those with one have a name.
        let label = if given == 0 && missing == 2 { "type" } else { "name" };
        let detail = format!(
            "At least one object property is required, whose name represents the {} block's {label}.",
            kind.text
        );
        let place = match &json.kind {
            JsonKind::Object(_) => Span { end: json.span.start + 1, ..json.span },
            _ => json.span,
        };
        self.report("Missing block label", detail, place);
    }

    fn expression(&mut self, json: &Json, strings: Strings) -> Expression {
        let kind = match &json.kind {
            JsonKind::Null => ExpressionKind::Literal(Value::null(Type::Any)),
            JsonKind::Bool(value) => ExpressionKind::Literal(Value::bool(*value)),
            JsonKind::Number(number) => ExpressionKind::Literal(Value::number(number.clone())),
            JsonKind::String(text) => return self.string(text, json.span, strings),
            JsonKind::Array(items) => {
                ExpressionKind::Tuple(items.iter().map(|it| self.expression(it, strings)).collect())
            }
            JsonKind::Object(properties) => {
                return Expression { span: json.span, ..self.object(properties, |_| strings) };
            }
        };
        Expression { kind: Box::new(kind), span: json.span }
    }

    /// Names are templates too, where strings are.
    fn object(&mut self, properties: &[Property], strings: impl Fn(&str) -> Strings) -> Expression {
        let items = properties.iter().map(|property| {
            let strings = strings(&property.name);
            // A key of `providers` may have a dot in it.
            let is_name = lexer::identifier(&property.name) == property.name;
            let names = if strings == Strings::Expressions && is_name { Strings::Text } else { strings };
            let key = self.string(&property.name, property.name_span, names);
            ObjectItem { key, value: self.expression(&property.value, strings) }
        });
        Expression { kind: Box::new(ExpressionKind::Object(items.collect())), span: Span::default() }
    }

    fn string(&mut self, text: &str, span: Span, strings: Strings) -> Expression {
        // Behind the opening quote.
        let place = Place { file: span.file, offset: span.start + 1 };
        let kind = match strings {
            Strings::Text => Box::new(ExpressionKind::Literal(Value::string(text))),
            Strings::Expressions => {
                let mut mistakes = Diagnostics::new();
                let expression = expression_at(text, place, &mut mistakes);
                match mistakes.is_empty() {
                    true => expression.kind,
                    // Whoever wants a name there says so.
                    false => Box::new(ExpressionKind::Template(Template { parts: Vec::new() })),
                }
            }
            Strings::Templates => {
                let template = template_at(text, place, self.diagnostics);
                Box::new(match template.parts.as_slice() {
                    [] => ExpressionKind::Literal(Value::string("")),
                    [TemplatePart::Literal(text, _)] => ExpressionKind::Literal(Value::string(text)),
                    _ => ExpressionKind::Template(template),
                })
            }
        };
        Expression { kind, span }
    }
}
