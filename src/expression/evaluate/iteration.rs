//! For-expressions.

use super::{Extended, Scope, absent, evaluate, fail, too_large, unknown};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    expression::{
        limits::{Room, Rounds},
        syntax::tree::{Expression, For},
    },
    value::{Data, Marks, Text, Type, Unknown, Value, convert},
};
use std::collections::BTreeMap;

pub(super) fn evaluate_for(
    it: &For,
    expression: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Value {
    let collection = evaluate(&it.collection, scope, diagnostics);
    if scope.absent_is_null() && collection.is_null() {
        return absent::null(&collection);
    }
    if !condition_can_hold(it, &collection, expression, scope, diagnostics) {
        return unknown().marked(collection.marks);
    }
    let Some(items) = items(&collection, &it.collection, scope, diagnostics) else {
        return unknown().marked(collection.marks);
    };
    let mut run = Run { it, expression, marks: collection.marks, known: true };
    let mut results = Results::default();
    let rounds = Rounds::begin();
    for (key, value) in items {
        if let Err(detail) = rounds.count() {
            let error = Diagnostic::error("Too many iterations", format!("Cannot evaluate this: {detail}."));
            return fail(error, expression, scope, diagnostics);
        }
        let key_name = it.key_name.as_ref().map_or("", |name| &*name.text);
        let names = [(&*it.value_name.text, value), (key_name, key)];
        let inner = Extended { outer: scope, names: &names };
        let before = diagnostics.len();
        run.item(&inner, diagnostics, &mut results);
        if diagnostics[before..].iter().any(Diagnostic::is_error) {
            // The other items would most likely say the same again.
            return unknown().marked(run.marks);
        }
    }
    if run.known { results.finish(it).marked(run.marks) } else { unknown().marked(run.marks) }
}

/// Whether the condition is one before anything is known of the elements. So its mistakes are found also where there are
/// none yet, and are reported once.
fn condition_can_hold(
    it: &For,
    collection: &Value,
    expression: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some(condition) = &it.condition else { return true };
    let ty = collection.ty();
    if collection.is_null() || ty == Type::Any || ty.is_primitive() {
        return true;
    }
    let key_name = it.key_name.as_ref().map_or("", |name| &*name.text);
    let names = [(&*it.value_name.text, unknown()), (key_name, unknown())];
    let before = diagnostics.len();
    Run { it, expression, marks: Marks::NONE, known: true }.included(
        condition,
        &Extended { outer: scope, names: &names },
        diagnostics,
    );
    !diagnostics[before..].iter().any(Diagnostic::is_error)
}

/// Key and value of everything that can be iterated over; `None` if that is not known or an error.
pub(super) fn items<'v>(
    collection: &'v Value,
    at: &Expression,
    scope: &dyn Scope,
    diagnostics: &mut Diagnostics,
) -> Option<Box<dyn Iterator<Item = (Value, Value)> + 'v>> {
    match &collection.data {
        Data::List(_, values) | Data::Tuple(values) => {
            Some(Box::new(values.iter().enumerate().map(|(index, value)| (Value::number(index), value.clone()))))
        }
        Data::Set(_, values) => Some(Box::new(values.iter().map(|value| (value.clone(), value.clone())))),
        Data::Map(_, values) | Data::Object(values) => {
            Some(Box::new(values.iter().map(|(name, value)| (Data::String(name.clone()).into(), value.clone()))))
        }
        Data::Unknown(Unknown { ty, .. }) if !ty.is_primitive() => None,
        Data::Null(_) => {
            let detail = "A null value cannot be used as the collection in a 'for' expression.";
            fail(Diagnostic::error("Iteration over null value", detail), at, scope, diagnostics);
            None
        }
        _ => {
            let ty = collection.ty().friendly();
            let detail = format!("A value of type {ty} cannot be used as the collection in a 'for' expression.");
            fail(Diagnostic::error("Iteration over non-iterable value", detail), at, scope, diagnostics);
            None
        }
    }
}

#[derive(Default)]
struct Results {
    values: Vec<Value>,
    attributes: BTreeMap<Text, Value>,
    groups: BTreeMap<Text, Vec<Value>>,
    room: Room,
}

impl Results {
    fn finish(self, it: &For) -> Value {
        match (it.key.is_some(), it.group) {
            (false, _) => Value::tuple(self.values),
            (true, false) => Value::object(self.attributes),
            (true, true) => {
                Value::object(self.groups.into_iter().map(|(key, values)| (key, Value::tuple(values))).collect())
            }
        }
    }
}

struct Run<'e> {
    it: &'e For,
    expression: &'e Expression,
    /// Of the collection, the conditions and the keys: which elements there are tells of them.
    marks: Marks,
    /// Whether it is known which elements there are.
    known: bool,
}

impl Run<'_> {
    fn item(&mut self, scope: &dyn Scope, diagnostics: &mut Diagnostics, results: &mut Results) {
        if let Some(condition) = &self.it.condition {
            match self.included(condition, scope, diagnostics) {
                Some(true) => {}
                Some(false) => return,
                None => {
                    self.known = false;
                    return;
                }
            }
        }
        let Some(key) = &self.it.key else {
            let value = evaluate(&self.it.value, scope, diagnostics);
            match results.room.take(&value) {
                Ok(()) => results.values.push(value),
                Err(why) => drop(fail(too_large(&why), self.expression, scope, diagnostics)),
            }
            return;
        };
        let Some(name) = self.key(key, scope, diagnostics) else {
            self.known = false;
            return;
        };
        let value = evaluate(&self.it.value, scope, diagnostics);
        if let Err(why) = results.room.take(&value) {
            fail(too_large(&why), self.expression, scope, diagnostics);
        } else if self.it.group {
            results.groups.entry(name).or_default().push(value);
        } else if results.attributes.contains_key(&name) {
            let detail = format!(
                "Two different items produced the key {name:?} in this 'for' expression. If duplicates are expected, \
                 use the ellipsis (...) after the value expression to enable grouping by key."
            );
            let error = Diagnostic::error("Duplicate object key", detail).at(key.span);
            fail(error, self.expression, scope, diagnostics);
        } else {
            results.attributes.insert(name, value);
        }
    }

    fn included(&mut self, condition: &Expression, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Option<bool> {
        let value = evaluate(condition, scope, diagnostics);
        self.marks = self.marks.with(value.marks);
        if value.is_null() && scope.absent_is_null() {
            return Some(false);
        }
        if value.is_null() {
            let detail = "The value of the 'if' clause must not be null.";
            fail(Diagnostic::error("Condition is null", detail), condition, scope, diagnostics);
            return None;
        }
        match convert(&value, &Type::Bool) {
            Ok(value) => value.as_bool(),
            Err(error) => {
                let detail = format!("The 'if' clause value is invalid: {error}.");
                fail(Diagnostic::error("Invalid 'for' condition", detail), condition, scope, diagnostics);
                None
            }
        }
    }

    fn key(&mut self, key: &Expression, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Option<Text> {
        let value = evaluate(key, scope, diagnostics);
        self.marks = self.marks.with(value.marks);
        if value.is_null() {
            let detail = "Key expression in 'for' expression must not produce a null value.";
            fail(Diagnostic::error("Invalid object key", detail), key, scope, diagnostics);
            return None;
        }
        match convert(&value, &Type::String) {
            Ok(Value { data: Data::String(name), .. }) => Some(name),
            Ok(_) => None,
            Err(error) => {
                let detail = format!("The key expression produced an invalid result: {error}.");
                fail(Diagnostic::error("Invalid object key", detail), key, scope, diagnostics);
                None
            }
        }
    }
}
