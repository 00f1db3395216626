//! Function calls, and the functions that take expressions: `can` and `try`.

use super::{Scope, absent, evaluate, fail, provided::provided, unknown};
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, Diagnostics, Span, has_errors, nearest},
    expression::{
        functions::{self, Failure, Function},
        syntax::tree::{Call, Expression, ExpressionKind},
    },
    value::{Data, Type, Value, convert},
};
use std::borrow::Cow;

pub(super) fn evaluate_call(
    call: &Call,
    expression: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Value {
    if let name @ ("can" | "try") = call.name.text.strip_prefix("core::").unwrap_or(&call.name.text) {
        return evaluate_tolerant(name, call, expression, scope, diagnostics);
    }
    let function = function(&call.name.text, scope);
    let provided = if function.is_none() { provided(&call.name.text, scope) } else { None };
    if function.is_none() && provided.is_none() {
        if let Some(detail) = unknown_provider_function(&call.name.text, scope) {
            diagnostics.push(Diagnostic::error("Unknown provider function", detail).at(call.name.span));
            return unknown();
        }
        let detail = format!("There is no function named {:?}.", call.name.text);
        let error = Diagnostic::error("Call to unknown function", detail).at(call.name.span);
        diagnostics.push(match nearest(&call.name.text, functions::names().chain(["can", "try"])) {
            Some(name) => error.hint(format!("Did you mean {name:?}?")),
            None => error,
        });
        return unknown();
    }
    let before = diagnostics.len();
    let mut values: Vec<Value> = call.arguments.iter().map(|it| evaluate(it, scope, diagnostics)).collect();
    if call.expand
        && let Some(last) = values.pop()
    {
        match expanded(&last) {
            Ok(Some(elements)) => values.extend(elements.iter().map(|it| it.clone().marked(last.marks))),
            Ok(None) => return unknown().marked(last.marks),
            Err(detail) => {
                let at = call.arguments.last().map_or(expression.span, |it| it.span);
                let error = Diagnostic::error("Invalid expanding argument value", detail).at(at);
                return fail(error, expression, scope, diagnostics);
            }
        }
    }
    if diagnostics[before..].iter().any(Diagnostic::is_error) {
        return unknown();
    }
    let Some(function) = function else {
        let Some(provided) = provided else { return unknown() };
        return provided.call((call, expression), values, scope, diagnostics);
    };
    if let Some(error) = wrong_count(function, call, expression, values.len()) {
        return fail(error, expression, scope, diagnostics);
    }
    if scope.absent_is_null() && absent::lacks_argument(function, &values) {
        return Value::null(Type::Any);
    }
    let mut template = Ok(());
    if function.name == "templatestring" && scope.template_depth() == 0 {
        template = referenced_template(&call.arguments[0], &mut values[0]);
    }
    let failures = match function.converted(&values) {
        Ok(values) => match (function.apply(&values, scope), template) {
            // While the variables are not known, nobody looks at the template.
            (Ok(value), Err(failure)) if value.is_known() => vec![failure],
            (Ok(value), _) => return value,
            (Err(_), Err(failure)) if !values[1].is_null() => vec![failure],
            (Err(failure), _) => vec![failure],
        },
        Err(failures) => failures,
    };
    for failure in failures {
        fail(explained(function, call, failure), expression, scope, diagnostics);
    }
    unknown()
}

/// The function of this name. Those of a provider are called by the name that the module requires the provider under.
fn function(name: &str, scope: &dyn Scope) -> Option<&'static Function> {
    match name.strip_prefix("provider::").map(|it| it.split_once("::")) {
        None => functions::function(name),
        Some(called) => {
            let (provider, function) = called?;
            let is_builtin = scope.required_provider(provider)? == ProviderSource::builtin();
            functions::function(&format!("provider::terraform::{function}")).filter(|_| is_builtin)
        }
    }
}

/// What is wrong with a name in a namespace, of which there is one for each provider.
fn unknown_provider_function(name: &str, scope: &dyn Scope) -> Option<String> {
    let (namespace, rest) = name.split_once("::")?;
    Some(match (namespace, rest.split_once("::")) {
        ("provider", Some((provider, function))) if scope.required_provider(provider).is_some() => {
            format!("The function {function:?} is not available from the provider {provider:?}.")
        }
        ("provider", Some((provider, function))) => format!(
            "There is no function named {name:?}. Ensure that provider name {provider:?} is declared in this module's \
             required_providers block, and that this provider offers a function named {function:?}."
        ),
        ("provider", None) => {
            "The function call must include the provider name after the \"provider::\" prefix.".into()
        }
        _ => format!(
            "The function namespace {namespace:?} is not valid. Provider function calls must use the \"provider::\" \
             namespace prefix."
        ),
    })
}

/// `can` and `try`, which take expressions. What is before `...` cannot fail any more.
fn evaluate_tolerant(
    name: &str,
    call: &Call,
    expression: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Value {
    let mut arguments: Cow<'_, [Expression]> = Cow::Borrowed(&call.arguments);
    if call.expand
        && let Some(last) = arguments.to_mut().pop()
    {
        let before = diagnostics.len();
        let value = evaluate(&last, scope, diagnostics);
        match expanded(&value) {
            _ if diagnostics.len() > before => return unknown(),
            Ok(None) => return unknown(),
            Ok(Some(elements)) => arguments.to_mut().extend(
                elements
                    .iter()
                    .map(|it| it.clone().marked(value.marks))
                    .map(|it| Expression { kind: Box::new(ExpressionKind::Literal(it)), span: last.span }),
            ),
            Err(detail) => {
                let error = Diagnostic::error("Invalid expanding argument value", detail).at(last.span);
                return fail(error, expression, scope, diagnostics);
            }
        }
    }
    match (name, &*arguments) {
        ("can", [argument]) => can(argument, scope),
        ("can", []) => {
            let detail = "Function \"can\" expects 1 argument(s). Missing value for \"expression\".";
            let error = Diagnostic::error("Not enough function arguments", detail).calling(&call.name.text);
            fail(error.at(closing(expression)), expression, scope, diagnostics)
        }
        ("can", [_, surplus, ..]) => {
            let detail = "Function \"can\" expects only 1 argument(s).";
            let error = Diagnostic::error("Too many function arguments", detail).at(surplus.span);
            let error = error.calling(&call.name.text);
            fail(error, expression, scope, diagnostics)
        }
        (_, []) => {
            let detail = "Call to function \"try\" failed: at least one argument is required.";
            let error = Diagnostic::error("Error in function call", detail).at(opening(call)).calling(&call.name.text);
            fail(error, expression, scope, diagnostics)
        }
        (_, arguments) => attempt(call, arguments, expression, scope, diagnostics),
    }
}

/// The template that `templatestring` is given: a reference to a string, which is looked at after the variables.
fn referenced_template(argument: &Expression, template: &mut Value) -> Result<(), Failure> {
    let given = std::mem::replace(template, Value::string(""));
    if let Some(why) = no_template_from_elsewhere(argument) {
        return Err(Failure::Argument(0, format!("invalid template expression: {why}")));
    }
    *template = match convert(&given, &Type::String) {
        Ok(text) if !text.is_null() => text,
        _ if !given.is_known() => Value::unknown(Type::String).marked(given.marks),
        Ok(_) => return Err(Failure::Argument(0, "invalid template value: template value is null".into())),
        Err(_) => return Err(Failure::Argument(0, "invalid template value: a string is required".into())),
    };
    Ok(())
}

/// Why the argument of `templatestring` is not one that it takes: it is there for templates that are data.
fn no_template_from_elsewhere(argument: &Expression) -> Option<&'static str> {
    match &*argument.kind {
        ExpressionKind::Name(_) => None,
        // What starts with a reference, however it goes on.
        ExpressionKind::Attribute(inner, _) | ExpressionKind::Index(inner, _) => {
            no_template_from_elsewhere(inner).map(|_| NO_REFERENCE)
        }
        ExpressionKind::Splat(splat) => no_template_from_elsewhere(&splat.source).map(|_| NO_REFERENCE),
        ExpressionKind::Template(_) => Some(LITERAL_TEMPLATE),
        ExpressionKind::Literal(value) if value.as_str().is_some() => Some(LITERAL_TEMPLATE),
        _ => Some(NO_REFERENCE),
    }
}

const NO_REFERENCE: &str =
    "must be a direct reference to a single string from elsewhere, containing valid Terraform template syntax";

const LITERAL_TEMPLATE: &str = "templatestring is only for rendering templates retrieved dynamically from elsewhere, \
                                and so does not support providing a literal template; consider using a template \
                                string expression instead";

/// The elements of the argument before `...`; `None` if they are not known yet.
fn expanded(value: &Value) -> Result<Option<&[Value]>, &'static str> {
    match &value.data {
        Data::Null(Type::Any | Type::List(_) | Type::Set(_) | Type::Tuple(_)) => {
            Err("The expanding argument (indicated by ...) must not be null.")
        }
        Data::List(_, values) | Data::Tuple(values) | Data::Set(_, values) => Ok(Some(values)),
        Data::Unknown(it) if matches!(it.ty, Type::Any | Type::List(_) | Type::Set(_) | Type::Tuple(_)) => Ok(None),
        _ => Err("The expanding argument (indicated by ...) must be of a tuple, list, or set type."),
    }
}

fn wrong_count(function: &Function, call: &Call, expression: &Expression, given: usize) -> Option<Diagnostic> {
    let name = &call.name.text;
    let expected = function.parameters.len();
    if given < expected {
        let least = if function.variadic.is_some() { " at least" } else { "" };
        let missing = function.parameters[given].name;
        let detail = format!("Function {name:?} expects{least} {expected} argument(s). Missing value for {missing:?}.");
        return Some(Diagnostic::error("Not enough function arguments", detail).at(closing(expression)).calling(name));
    }
    if given > expected && function.variadic.is_none() {
        let detail = format!("Function {name:?} expects only {expected} argument(s).");
        let surplus = call.arguments.get(expected).map_or(call.name.span, Expression::start);
        return Some(Diagnostic::error("Too many function arguments", detail).at(surplus).calling(name));
    }
    None
}

/// The name and the parenthesis after it.
fn opening(call: &Call) -> Span {
    Span { end: call.name.span.end + 1, ..call.name.span }
}

/// The parenthesis at the end.
fn closing(expression: &Expression) -> Span {
    Span { start: expression.span.end.saturating_sub(1), ..expression.span }
}

fn explained(function: &Function, call: &Call, failure: Failure) -> Diagnostic {
    match failure {
        Failure::Argument(position, why) => {
            let parameter = function.parameter(position).map_or("", |it| it.name);
            let detail = format!("Invalid value for {parameter:?} parameter: {why}.");
            let error = Diagnostic::error("Invalid function argument", detail).calling(&call.name.text);
            // An argument out of an expanded list has no place of its own.
            match (call.arguments.get(position), call.arguments.last()) {
                (Some(argument), _) if !call.expand || position + 1 < call.arguments.len() => {
                    error.at(argument.start())
                }
                (_, Some(expanded)) => error.at(expanded.span),
                _ => error,
            }
        }
        Failure::Call(why) => {
            let detail = format!("Call to function {:?} failed: {why}.", call.name.text);
            Diagnostic::error("Error in function call", detail).at(opening(call)).calling(&call.name.text)
        }
    }
}

/// Whether the expression evaluates without error. Not known while its value is not, since it might fail when
/// that becomes known.
fn can(argument: &Expression, scope: &dyn Scope) -> Value {
    let mut errors = Diagnostics::new();
    let value = evaluate(argument, scope, &mut errors);
    match has_errors(&errors) {
        true => Value::bool(false),
        false if value.is_wholly_known() => Value::bool(true),
        false => Value::unknown_not_null(Type::Bool),
    }
}

/// The first argument that evaluates without error. While it is not known wholly, nothing of the result is.
fn attempt(
    call: &Call,
    arguments: &[Expression],
    expression: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Value {
    let why = "Call to function \"try\" failed: no expression succeeded:";
    let mut failed = Diagnostic::error("Error in function call", why).at(opening(call)).calling(&call.name.text);
    for argument in arguments {
        let mut errors = Diagnostics::new();
        let value = evaluate(argument, scope, &mut errors);
        if !has_errors(&errors) {
            return if value.is_wholly_known() { value } else { unknown() };
        }
        for error in errors.iter().filter(|it| it.is_error()) {
            failed.detail += &format!("\n- {}", error.summary);
            if let Some(span) = error.subject {
                failed.detail += " (at ";
                failed = failed.naming(span, ")");
            }
            failed.detail += "\n  ";
            let start = failed.detail.len();
            failed.detail += &error.detail;
            failed.places.extend(error.places.iter().map(|(at, span)| (start + at, *span)));
        }
    }
    failed.detail += "\n\nAt least one expression must produce a successful result.";
    fail(failed, expression, scope, diagnostics)
}
