//! What is not there, for scopes in which that is null ([`Scope::absent_is_null`]): answers leave out what does not apply, and
//! who reads them should not have to ask first.
//!
//! - An attribute or element that is missing is null, and so is every attribute and element of null.
//! - Null is no truth: not as a condition, not in `&&` and `||`. Compared by size or calculated with, it gives null.
//! - `for` over null is null, `null[*]` is empty, a template with a hole in it is null.
//! - A function is null for a null that it does not take, and for arguments of which all are null.
//! - A conditional is what it takes, whatever the other side is: types of answers are only known once there is one.

use super::{Scope, Step, evaluate, fail};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    expression::{
        functions::Function,
        syntax::tree::{Binary, Expression},
    },
    value::{Data, Type, Value, convert},
};

/// Null, marked as what it stands for.
pub(super) fn null(of: &Value) -> Value {
    Value::null(Type::Any).marked(of.marks)
}

/// Whether `value` is null or has no such attribute or element. What is of a kind that has none at all is still a mistake.
pub(super) fn is_absent(value: &Value, step: &Step<'_>) -> bool {
    match (&value.data, step) {
        (Data::Null(_), _) => true,
        (Data::Object(it) | Data::Map(_, it), Step::Attribute(name)) => !it.contains_key(&name.text),
        (_, Step::Attribute(_)) => false,
        (_, Step::Index(key, _)) if key.is_null() => true,
        (Data::Object(it) | Data::Map(_, it), Step::Index(key, _)) => {
            key.as_str().is_some_and(|key| !it.contains_key(key))
        }
        (Data::List(_, it) | Data::Tuple(it), Step::Index(key, _)) => {
            key.as_number().is_some_and(|key| key.to_usize().is_none_or(|at| at >= it.len()))
        }
        _ => false,
    }
}

/// The value as a condition.
pub(super) fn condition(value: Value, scope: &dyn Scope) -> Value {
    if value.is_null() && scope.absent_is_null() { Value::bool(false).marked(value.marks) } else { value }
}

/// What comes of null where `ty` comes of something: of no truth, by `of`.
pub(super) fn operation(ty: Type, of: fn(bool) -> bool) -> Value {
    if ty == Type::Bool { Value::bool(of(false)) } else { Value::null(ty) }
}

/// What an operation gives of operands of which one is null; `None` where that does not matter.
pub(super) fn binary(operator: Binary, left: &Value, right: &Value, result: Type) -> Option<Value> {
    if !left.is_null() && !right.is_null() {
        return None;
    }
    let other = if left.is_null() { right } else { left };
    match operator {
        Binary::Equal | Binary::NotEqual => None,
        Binary::And => Some(Value::bool(false)),
        Binary::Or if other.is_null() => Some(Value::bool(false)),
        Binary::Or => Some(other.clone()),
        _ => Some(Value::null(result)),
    }
}

/// `condition ? then : otherwise`, of which only the one that is taken is evaluated.
pub(super) fn conditional(
    at: &Expression,
    then: &Expression,
    otherwise: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Value {
    let value = condition(evaluate(at, scope, diagnostics), scope);
    let Ok(holds) = convert(&value, &Type::Bool) else {
        let detail = "The condition expression must be of type bool.";
        return fail(Diagnostic::error("Incorrect condition type", detail), at, scope, diagnostics);
    };
    match holds.as_bool() {
        Some(true) => evaluate(then, scope, diagnostics).marked(value.marks),
        Some(false) => evaluate(otherwise, scope, diagnostics).marked(value.marks),
        None => Value::unknown(Type::Any).marked(value.marks),
    }
}

/// Whether `function` has nothing to work on.
pub(super) fn lacks_argument(function: &Function, arguments: &[Value]) -> bool {
    let takes = |position: usize| function.parameter(position).is_some_and(|it| it.takes_null);
    let lacks = arguments.iter().enumerate().any(|(position, it)| it.is_null() && !takes(position));
    lacks || !arguments.is_empty() && arguments.iter().all(Value::is_null)
}
