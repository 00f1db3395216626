//! Arithmetic, comparison and logic.

use super::{Scope, absent, evaluate, fail};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    expression::syntax::tree::{Binary, Expression, Unary},
    value::{Data, Number, Type, Value, convert},
};

pub(super) fn unary(
    operator: Unary,
    operand: &Expression,
    expression: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Value {
    let ty = match operator {
        Unary::Not => Type::Bool,
        Unary::Negate => Type::Number,
    };
    let given = evaluate(operand, scope, diagnostics);
    if scope.absent_is_null() && given.is_null() {
        return absent::operation(ty, |it| !it).marked(given.marks);
    }
    let value = match convert(&given, &ty) {
        Ok(value) => value,
        Err(wrong) => {
            let detail = format!("Unsuitable value for unary operand: {wrong}.");
            fail(Diagnostic::error("Invalid operand", detail).at(operand.span), expression, scope, diagnostics);
            return Value::unknown_not_null(ty);
        }
    };
    let result = match (operator, &value.data) {
        (Unary::Not, Data::Bool(it)) => Value::bool(!it),
        (Unary::Negate, Data::Number(it)) => Value::number(it.negate()),
        (_, Data::Null(_)) => {
            fail(failed(NULL_ARGUMENT), expression, scope, diagnostics);
            Value::unknown_not_null(ty)
        }
        _ => Value::unknown_not_null(ty),
    };
    result.marked(value.marks)
}

const NULL_ARGUMENT: &str = "argument must not be null";

fn failed(why: &str) -> Diagnostic {
    Diagnostic::error("Operation failed", format!("Error during operation: {why}."))
}

pub(super) fn binary(
    operator: Binary,
    left: &Expression,
    right: &Expression,
    expression: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Value {
    let before = diagnostics.len();
    let left_value = evaluate(left, scope, diagnostics);
    let right_value = evaluate(right, scope, diagnostics);
    let (operands, result) = types(operator);
    let mut operand = |value: &Value, side: &str, at: &Expression| match convert(value, &operands) {
        Ok(value) => Some(value),
        Err(wrong) => {
            let detail = format!("Unsuitable value for {side} operand: {wrong}.");
            fail(Diagnostic::error("Invalid operand", detail).at(at.span), expression, scope, diagnostics);
            None
        }
    };
    let left_value = operand(&left_value, "left", left);
    let right_value = operand(&right_value, "right", right);
    let (Some(left_value), Some(right_value)) = (left_value, right_value) else {
        return Value::unknown_not_null(result);
    };
    if diagnostics[before..].iter().any(Diagnostic::is_error) {
        return Value::unknown_not_null(result);
    }
    let marks = left_value.marks.with(right_value.marks);
    if scope.absent_is_null()
        && let Some(value) = absent::binary(operator, &left_value, &right_value, result.clone())
    {
        return value.marked(marks);
    }
    match apply(operator, &left_value, &right_value) {
        Ok(Some(value)) => value.marked(marks),
        Ok(None) => Value::unknown_not_null(result).marked(marks),
        Err(why) => {
            fail(failed(why), expression, scope, diagnostics);
            Value::unknown_not_null(result).marked(marks)
        }
    }
}

/// What the operands are converted to, and what the result is.
fn types(operator: Binary) -> (Type, Type) {
    match operator {
        Binary::Or | Binary::And => (Type::Bool, Type::Bool),
        Binary::Equal | Binary::NotEqual => (Type::Any, Type::Bool),
        Binary::Less | Binary::LessOrEqual | Binary::Greater | Binary::GreaterOrEqual => (Type::Number, Type::Bool),
        Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Divide | Binary::Remainder => {
            (Type::Number, Type::Number)
        }
    }
}

/// `None` if an operand is not known yet.
fn apply(operator: Binary, left: &Value, right: &Value) -> Result<Option<Value>, &'static str> {
    if let Binary::Equal | Binary::NotEqual = operator {
        let equal = left.equals(right);
        let result = equal.as_bool().map(|it| Value::bool(it == (operator == Binary::Equal)));
        return Ok(Some(result.unwrap_or_else(|| Value::unknown_not_null(Type::Bool)).marked(equal.marks)));
    }
    if left.is_null() || right.is_null() {
        return Err(NULL_ARGUMENT);
    }
    match (&left.data, &right.data) {
        (Data::Bool(left), Data::Bool(right)) => {
            Ok(Some(Value::bool(if operator == Binary::And { *left && *right } else { *left || *right })))
        }
        (Data::Number(left), Data::Number(right)) => arithmetic(operator, left, right).map(Some),
        _ => Ok(compared(operator, left, right).map(Value::bool)),
    }
}

/// What a comparison gives whatever the operands turn out to be.
fn compared(operator: Binary, left: &Value, right: &Value) -> Option<bool> {
    let less = left.is_less(right)?;
    match operator {
        Binary::Less | Binary::LessOrEqual => Some(less),
        Binary::Greater | Binary::GreaterOrEqual => Some(!less),
        _ => None,
    }
}

fn arithmetic(operator: Binary, left: &Number, right: &Number) -> Result<Value, &'static str> {
    let (result, why) = match operator {
        Binary::Less => return Ok(Value::bool(left < right)),
        Binary::LessOrEqual => return Ok(Value::bool(left <= right)),
        Binary::Greater => return Ok(Value::bool(left > right)),
        Binary::GreaterOrEqual => return Ok(Value::bool(left >= right)),
        Binary::Subtract => (left.checked_subtract(right), "can't subtract infinity from itself"),
        Binary::Multiply => (left.checked_multiply(right), "can't multiply zero by infinity"),
        Binary::Divide => (left.checked_divide(right), "can't divide zero by zero or infinity by infinity"),
        Binary::Remainder => {
            (left.checked_remainder(right), "can't use modulo with zero and infinity, or with two infinities")
        }
        _ => (left.checked_add(right), "can't compute sum of opposing infinities"),
    };
    result.map(Value::number).ok_or(why)
}
