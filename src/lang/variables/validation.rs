//! `validation` blocks.

use crate::{
    diagnostic::{Diagnostic, Diagnostics, Sources, Span, has_errors},
    lang::{
        configuration::{Rule, Variable},
        evaluate::{Scope, described_references, evaluate},
    },
    value::{Type, Value, convert},
};

/// Checks the value that `scope` has for `variable` against its validation blocks. A condition that is unknown
/// passes for now. Failures are reported at `place`: the declaration of a root variable, the argument of a call.
pub fn check_validations(
    variable: &Variable,
    place: Span,
    scope: &dyn Scope,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    for rule in &variable.validations {
        if let Some(message) = failure(rule, scope, diagnostics) {
            let detail =
                format!("{message}\n\nThis was checked by the validation rule at {}.", sources.place(rule.span));
            let mut error = Diagnostic::error("Invalid value for variable", detail).at(place);
            error.values = described_references(&rule.condition, scope);
            diagnostics.push(error);
        }
    }
}

/// The message of `rule` if its condition is false.
fn failure(rule: &Rule, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Option<String> {
    let mut found = Vec::new();
    let condition = evaluate(&rule.condition, scope, &mut found);
    if !has_errors(&found) && condition.is_known() {
        let invalid = |detail: &str| {
            Diagnostic::error("Invalid variable validation result", detail.to_owned()).at(rule.condition.span)
        };
        match convert(&condition, &Type::Bool) {
            Ok(value) if value.is_null() => {
                found.push(invalid("Validation condition expression must return either true or false, not null."));
            }
            Ok(value) if value.as_bool() == Some(false) => {
                let message = evaluate(&rule.error_message, scope, &mut found);
                diagnostics.append(&mut found);
                return Some(message_text(&message));
            }
            Ok(_) => {}
            Err(error) => found.push(invalid(&format!("Invalid validation condition result value: {error}."))),
        }
    }
    diagnostics.append(&mut found);
    None
}

fn message_text(message: &Value) -> String {
    let text = convert(message, &Type::String).ok();
    match text.as_ref().and_then(|it| it.as_str()) {
        Some(_) if !message.marks_within().is_empty() => {
            "The error message included a sensitive value, so it will not be displayed.".into()
        }
        Some(text) => text.trim().to_owned(),
        None => "The error message is not known yet, or is not a string.".into(),
    }
}
