//! Function calls, and the functions that take expressions: `can` and `try`.

use super::{Scope, evaluate, fail, unknown};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span, has_errors, nearest},
    lang::{
        functions::{self, Failure, Function},
        syntax::tree::{Call, Expression},
    },
    value::{Data, Marks, Type, Value},
};

pub(super) fn evaluate_call(
    call: &Call,
    expression: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Value {
    match call.name.text.strip_prefix("core::").unwrap_or(&call.name.text) {
        "can" if call.arguments.len() == 1 && !call.expand => return can(&call.arguments[0], scope),
        "try" if !call.arguments.is_empty() && !call.expand => {
            return attempt(&call.arguments, expression, scope, diagnostics);
        }
        _ => {}
    }
    let Some(function) = functions::function(&call.name.text) else {
        let detail = format!("There is no function named {:?}.", call.name.text);
        let error = Diagnostic::error("Call to unknown function", detail).at(call.name.span);
        diagnostics.push(match nearest(&call.name.text, functions::names().chain(["can", "try"])) {
            Some(name) => error.hint(format!("Did you mean {name:?}?")),
            None => error,
        });
        return unknown();
    };
    let before = diagnostics.len();
    let mut values: Vec<Value> = call.arguments.iter().map(|it| evaluate(it, scope, diagnostics)).collect();
    let mut marks = Marks::NONE;
    if call.expand
        && let Some(last) = values.pop()
    {
        match expanded(&last) {
            Ok(Some(elements)) => values.extend(elements.iter().cloned()),
            Ok(None) => return unknown().marked(last.marks),
            Err(detail) => {
                let at = call.arguments.last().map_or(expression.span, |it| it.span);
                let error = Diagnostic::error("Invalid expanding argument value", detail).at(at);
                return fail(error, expression, scope, diagnostics);
            }
        }
        marks = last.marks;
    }
    if diagnostics[before..].iter().any(Diagnostic::is_error) {
        return unknown();
    }
    if let Some(error) = wrong_count(function, call, expression, values.len()) {
        return fail(error, expression, scope, diagnostics);
    }
    match function.apply(&values, scope) {
        Ok(value) => value.marked(marks),
        Err(failure) => {
            let error = explained(function, call, failure);
            fail(error, expression, scope, diagnostics)
        }
    }
}

/// The elements of the argument before `...`; `None` if they are not known yet.
fn expanded(value: &Value) -> Result<Option<&[Value]>, &'static str> {
    match &value.data {
        Data::Null(_) => Err("The expanding argument (indicated by ...) must not be null."),
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
        let closing = Span { start: expression.span.end.saturating_sub(1), ..expression.span };
        return Some(Diagnostic::error("Not enough function arguments", detail).at(closing));
    }
    if given > expected && function.variadic.is_none() {
        let detail = format!("Function {name:?} expects only {expected} argument(s).");
        let surplus = call.arguments.get(expected).map_or(call.name.span, Expression::start);
        return Some(Diagnostic::error("Too many function arguments", detail).at(surplus));
    }
    None
}

fn explained(function: &Function, call: &Call, failure: Failure) -> Diagnostic {
    match failure {
        Failure::Argument(position, why) => {
            let parameter = function.parameter(position).map_or("", |it| it.name);
            let detail = format!("Invalid value for {parameter:?} parameter: {why}.");
            let error = Diagnostic::error("Invalid function argument", detail);
            // An argument out of an expanded list has no place of its own.
            match call.arguments.get(position).or(call.arguments.last()) {
                Some(argument) => error.at(argument.start()),
                None => error,
            }
        }
        Failure::Call(why) => {
            let detail = format!("Call to function {:?} failed: {why}.", call.name.text);
            Diagnostic::error("Error in function call", detail)
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
    arguments: &[Expression],
    expression: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Value {
    let mut why = String::new();
    for argument in arguments {
        let mut errors = Diagnostics::new();
        let value = evaluate(argument, scope, &mut errors);
        if !has_errors(&errors) {
            return if value.is_wholly_known() { value } else { unknown() };
        }
        for error in errors.iter().filter(|it| it.is_error()) {
            why += &format!("\n- {}\n  {}", error.summary, error.detail);
        }
    }
    let detail = format!(
        "Call to function \"try\" failed: no expression succeeded:{why}\n\nAt least one expression must produce a \
         successful result."
    );
    fail(Diagnostic::error("Error in function call", detail), expression, scope, diagnostics)
}
