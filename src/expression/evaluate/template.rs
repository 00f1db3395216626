//! Templates: `"a${b}"`, heredocs, `%{if}` and `%{for}`.

use super::{Extended, Scope, absent, evaluate, fail, iteration};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    expression::{
        limits::{Rounds, check_text},
        syntax::tree::{Expression, Template, TemplatePart},
    },
    value::{Bounds, Data, Marks, Type, Unknown, Value, convert},
};
use std::sync::Arc;

/// A string; but a template that is nothing but one interpolation has the value of that.
pub fn evaluate_template(template: &Template, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Value {
    if let [TemplatePart::Interpolation(expression)] = template.parts.as_slice() {
        return evaluate(expression, scope, diagnostics);
    }
    let mut writer = Writer::default();
    writer.template(template, scope, diagnostics);
    if writer.has_hole { absent::null(&writer.finish()) } else { writer.finish() }
}

/// The text so far. What follows something unknown is evaluated only for its errors.
#[derive(Default)]
struct Writer {
    text: String,
    unknown: bool,
    /// Something in it is not there, where that is no mistake.
    has_hole: bool,
    marks: Marks,
}

impl Writer {
    fn finish(self) -> Value {
        if !self.unknown {
            return Value::string(self.text).marked(self.marks);
        }
        let prefix = stable_prefix(&self.text);
        let bounds = (!prefix.is_empty()).then(|| Arc::new(Bounds::Prefix(prefix.into())));
        let unknown = Unknown { ty: Type::String, not_null: true, bounds };
        Value::from(Data::Unknown(unknown)).marked(self.marks)
    }

    fn template(&mut self, template: &Template, scope: &dyn Scope, diagnostics: &mut Diagnostics) {
        for part in &template.parts {
            match part {
                TemplatePart::Literal(text, _) => self.push(text),
                TemplatePart::Interpolation(expression) => {
                    let value = evaluate(expression, scope, diagnostics);
                    self.value(&value, expression, scope, diagnostics);
                }
                TemplatePart::If { condition, then, otherwise, .. } => {
                    self.condition(condition, then, otherwise.as_ref(), scope, diagnostics);
                }
                TemplatePart::For { key_name, value_name, collection, body, .. } => {
                    let value = evaluate(collection, scope, diagnostics);
                    self.marks = self.marks.with(value.marks);
                    if value.is_null() && scope.absent_is_null() {
                        continue;
                    }
                    let Some(items) = iteration::items(&value, collection, scope, diagnostics) else {
                        self.unknown = true;
                        continue;
                    };
                    let rounds = Rounds::begin();
                    let before = diagnostics.len();
                    for (key, value) in items {
                        if diagnostics[before..].iter().any(Diagnostic::is_error) {
                            break;
                        }
                        if let Err(detail) = rounds.count() {
                            let detail = format!("Cannot evaluate this: {detail}.");
                            fail(Diagnostic::error("Too many iterations", detail), collection, scope, diagnostics);
                            self.unknown = true;
                            break;
                        }
                        let key_name = key_name.as_ref().map_or("", |name| &*name.text);
                        let names = [(&*value_name.text, value), (key_name, key)];
                        self.template(body, &Extended { outer: scope, names: &names }, diagnostics);
                    }
                }
            }
        }
    }

    fn push(&mut self, text: &str) {
        if !self.unknown {
            self.text.push_str(text);
        }
    }

    fn value(&mut self, value: &Value, at: &Expression, scope: &dyn Scope, diagnostics: &mut Diagnostics) {
        self.marks = self.marks.with(value.marks);
        let mut wrong = |detail: String| {
            fail(Diagnostic::error("Invalid template interpolation value", detail), at, scope, diagnostics);
        };
        if value.is_null() && scope.absent_is_null() {
            self.has_hole = true;
            return;
        }
        if value.is_null() {
            wrong("The expression result is null. Cannot include a null value in a string template.".into());
            self.unknown = true;
            return;
        }
        match convert(value, &Type::String) {
            // Of what type it is does not matter before it is known.
            Err(_) if !value.is_known() => self.unknown = true,
            Ok(Value { data: Data::String(text), .. }) => match check_text(self.text.len() + text.len()) {
                Ok(()) => self.push(&text),
                Err(why) => {
                    wrong(format!("Cannot render this template: {why}."));
                    self.unknown = true;
                }
            },
            Ok(value) => {
                if let Data::Unknown(unknown) = &value.data
                    && let Some(prefix) = unknown.prefix()
                {
                    self.push(prefix);
                }
                self.unknown = true;
            }
            Err(error) => {
                wrong(format!("Cannot include the given value in a string template: {error}."));
                self.unknown = true;
            }
        }
    }

    /// As a conditional has the marks of both results, so has this.
    fn marks_of(&mut self, template: &Template, scope: &dyn Scope) {
        let mut other = Self::default();
        other.template(template, scope, &mut Diagnostics::new());
        self.marks = self.marks.with(other.marks);
    }

    fn condition(
        &mut self,
        condition: &Expression,
        then: &Template,
        otherwise: Option<&Template>,
        scope: &dyn Scope,
        diagnostics: &mut Diagnostics,
    ) {
        let value = absent::condition(evaluate(condition, scope, diagnostics), scope);
        self.marks = self.marks.with(value.marks);
        // As that of a conditional, it may be of any type while it is not known.
        if !value.is_known() {
            [Some(then), otherwise].into_iter().flatten().for_each(|it| self.marks_of(it, scope));
            self.unknown = true;
            return;
        }
        let error = match convert(&value, &Type::Bool) {
            Ok(Value { data: Data::Bool(holds), .. }) => {
                let (taken, other) = if holds { (Some(then), otherwise) } else { (otherwise, Some(then)) };
                taken.into_iter().for_each(|it| self.template(it, scope, diagnostics));
                other.into_iter().for_each(|it| self.marks_of(it, scope));
                return;
            }
            Ok(_) => Diagnostic::error(
                "Null condition",
                "The condition value is null. Conditions must either be true or false.",
            ),
            Err(_) => Diagnostic::error("Incorrect condition type", "The condition expression must be of type bool."),
        };
        fail(error, condition, scope, diagnostics);
        self.unknown = true;
    }
}

/// The start of `text` that stays, whatever follows: a last letter could yet combine with what comes after it.
fn stable_prefix(text: &str) -> &str {
    match text.char_indices().next_back() {
        Some((_, last)) if last.is_ascii_punctuation() => text,
        Some((start, _)) => &text[..start],
        None => "",
    }
}
