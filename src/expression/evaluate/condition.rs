//! `condition ? then : otherwise`.

use super::{Scope, absent, evaluate, fail, unknown};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    expression::syntax::tree::Expression,
    value::{Bounds, Data, Type, Unknown, Value, convert, unify},
};
use std::sync::Arc;

pub(super) fn evaluate_conditional(
    condition: &Expression,
    then: &Expression,
    otherwise: &Expression,
    expression: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Value {
    if scope.absent_is_null() {
        return absent::conditional(condition, then, otherwise, scope, diagnostics);
    }
    let (mut then_errors, mut otherwise_errors) = (Diagnostics::new(), Diagnostics::new());
    let then_value = evaluate(then, scope, &mut then_errors);
    let otherwise_value = evaluate(otherwise, scope, &mut otherwise_errors);
    let (then_type, otherwise_type) = (then_value.ty(), otherwise_value.ty());
    let Some(ty) = result_type(&then_value, &then_type, &otherwise_value, &otherwise_type) else {
        let detail = format!(
            "The true and false result expressions must have consistent types. {}.",
            difference(&then_type, &otherwise_type)
        );
        let results = then.span.to(otherwise.span);
        let error = Diagnostic::error("Inconsistent conditional result types", detail).at(results);
        return fail(error, expression, scope, diagnostics);
    };
    let before = diagnostics.len();
    let condition_value = evaluate(condition, scope, diagnostics);
    if diagnostics[before..].iter().any(Diagnostic::is_error) {
        return Value::unknown(ty);
    }
    // Terraform marks the result as both results are, whichever it takes.
    let marks = condition_value.marks.with(then_value.marks).with(otherwise_value.marks);
    let wrong = |summary: &str, detail: &str| Diagnostic::error(summary, detail).at(condition.span);
    if condition_value.is_null() {
        let detail = "The condition value is null. Conditions must either be true or false.";
        fail(wrong("Null condition", detail), expression, scope, diagnostics);
        return Value::unknown(ty);
    }
    // While it is not known it is not looked at, and may be of any type.
    if !condition_value.is_known() {
        return either(&then_value, &otherwise_value, ty).marked(marks);
    }
    let Ok(condition_value) = convert(&condition_value, &Type::Bool) else {
        let detail = "The condition expression must be of type bool.";
        fail(wrong("Incorrect condition type", detail), expression, scope, diagnostics);
        return Value::unknown(ty);
    };
    let (value, errors, which) = match condition_value.as_bool() {
        Some(true) => (then_value, then_errors, "true"),
        _ => (otherwise_value, otherwise_errors, "false"),
    };
    diagnostics.extend(errors);
    match convert(&value, &ty) {
        Ok(value) => value.marked(marks),
        Err(wrong) => {
            let detail = format!("The {which} result value has the wrong type: {wrong}.");
            let error = Diagnostic::error("Inconsistent conditional result types", detail);
            fail(error, expression, scope, diagnostics);
            Value::unknown(ty)
        }
    }
}

/// A null without a type and without marks takes that of the other side; if a type is not known, the value is taken as it is.
fn result_type(then: &Value, then_type: &Type, otherwise: &Value, otherwise_type: &Type) -> Option<Type> {
    match (&then.data, &otherwise.data) {
        (Data::Null(Type::Any), _) if then.marks.is_empty() => Some(otherwise_type.clone()),
        (_, Data::Null(Type::Any)) if otherwise.marks.is_empty() => Some(then_type.clone()),
        _ if *then_type == Type::Any || *otherwise_type == Type::Any => Some(Type::Any),
        _ => unify(&[then_type.clone(), otherwise_type.clone()]),
    }
}

/// What is known of the result before the condition is.
fn either(then: &Value, otherwise: &Value, ty: Type) -> Value {
    if then.is_null() && otherwise.is_null() {
        return Value::null(ty);
    }
    if ty == Type::Any {
        return unknown();
    }
    let not_null = |value: &Value| match &value.data {
        Data::Null(_) => false,
        Data::Unknown(it) => it.not_null,
        _ => true,
    };
    let bounds = match &ty {
        Type::Number => {
            let (one, other) = (then.range(), otherwise.range());
            let least = one.0.zip(other.0).map(|(one, other)| one.min(other).clone());
            let most = one.1.zip(other.1).map(|(one, other)| one.max(other).clone());
            Some(Bounds::Range(least, most))
        }
        // Not if one of them has to be converted first.
        Type::List(_) | Type::Set(_) | Type::Map(_) if then.ty() == otherwise.ty() => {
            let lengths = then.lengths().zip(otherwise.lengths());
            lengths.map(|(one, other)| Bounds::Length(one.0.min(other.0), one.1.max(other.1)))
        }
        _ => None,
    };
    let not_null = not_null(then) && not_null(otherwise);
    Value::refined(Unknown { ty, not_null, bounds: bounds.map(Arc::new) })
}

/// Why two types do not go together, in words.
fn difference(then: &Type, otherwise: &Type) -> String {
    let fallback = || {
        "At least one deeply-nested attribute or element is not compatible across both the 'true' and the 'false' value"
            .to_owned()
    };
    match (then, otherwise) {
        _ if then.friendly() != otherwise.friendly() => {
            format!("The 'true' value is {}, but the 'false' value is {}", then.friendly(), otherwise.friendly())
        }
        (Type::Object(then), Type::Object(otherwise)) => {
            for (name, ty) in &then.attributes {
                match otherwise.attributes.get(name) {
                    None => {
                        return format!(
                            "The 'true' value includes object attribute {name:?}, which is absent in the 'false' value"
                        );
                    }
                    Some(other) if unify(&[ty.clone(), other.clone()]).is_none() => {
                        return format!("Type mismatch for object attribute {name:?}: {}", difference(ty, other));
                    }
                    Some(_) => {}
                }
            }
            match otherwise.attributes.keys().find(|name| !then.attributes.contains_key(*name)) {
                Some(name) => {
                    format!("The 'false' value includes object attribute {name:?}, which is absent in the 'true' value")
                }
                None => fallback(),
            }
        }
        (Type::Tuple(then), Type::Tuple(otherwise)) => {
            if then.len() != otherwise.len() {
                let (then, otherwise) = (then.len(), otherwise.len());
                return format!("The 'true' tuple has length {then}, but the 'false' tuple has length {otherwise}");
            }
            let pairs = then.iter().zip(&**otherwise).enumerate();
            let differing =
                pairs.into_iter().find(|(_, (then, other))| unify(&[(*then).clone(), (*other).clone()]).is_none());
            differing.map_or_else(fallback, |(position, (then, other))| {
                format!("Type mismatch for tuple element {position}: {}", difference(then, other))
            })
        }
        (Type::List(then), Type::List(otherwise)) => {
            format!("Mismatched list element types: {}", difference(then, otherwise))
        }
        (Type::Set(then), Type::Set(otherwise)) => {
            format!("Mismatched set element types: {}", difference(then, otherwise))
        }
        (Type::Map(then), Type::Map(otherwise)) => {
            format!("Mismatched map element types: {}", difference(then, otherwise))
        }
        _ => fallback(),
    }
}
