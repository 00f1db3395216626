//! Conditions: what `validation`, `precondition`, `postcondition` and `assert` blocks come to.

use super::configuration::Rule;
use crate::{
    diagnostic::{Diagnostic, Diagnostics, has_errors},
    expression::evaluate::{Scope, evaluate},
    product::PRODUCT,
    value::{Data, Marks, Type, convert},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Holds,
    /// It depends on what is not known yet.
    Unknown,
    /// With the message, if there is one that may be shown.
    Fails(Option<String>),
    /// It could not be evaluated; why was reported.
    Broken,
}

/// What messages call a condition.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// `Invalid condition result`
    pub summary: &'static str,
    /// `Condition expression`
    pub expression: &'static str,
    /// `condition result`
    pub result: &'static str,
    /// Whether the error message has to be a sound one even where the condition holds.
    message_counts: bool,
}

pub const CONDITION: Words = Words {
    summary: "Invalid condition result",
    expression: "Condition expression",
    result: "condition result",
    message_counts: true,
};
pub const VALIDATION: Words = Words {
    summary: "Invalid variable validation result",
    expression: "Validation condition expression",
    result: "validation condition result",
    message_counts: false,
};
/// Assertions of test files.
pub const ASSERTION: Words = Words {
    summary: "Invalid condition run",
    expression: "Condition expression",
    result: "condition run",
    message_counts: true,
};

/// Evaluates one rule.
pub fn judge(rule: &Rule, words: Words, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Verdict {
    let mut found = Diagnostics::new();
    let verdict = verdict(rule, words, scope, &mut found);
    diagnostics.append(&mut found);
    verdict
}

/// Reports what is wrong with the expressions of a rule whatever its condition comes to, and with `message` whether its
/// error message is one.
pub fn inspect(rule: &Rule, message: bool, scope: &dyn Scope, diagnostics: &mut Diagnostics) {
    evaluate(&rule.condition, scope, diagnostics);
    match message {
        true => drop(self::message(rule, scope, diagnostics)),
        false => drop(evaluate(&rule.error_message, scope, diagnostics)),
    }
}

fn verdict(rule: &Rule, words: Words, scope: &dyn Scope, found: &mut Diagnostics) -> Verdict {
    let sound = words.message_counts.then(|| message(rule, scope, found));
    let condition = evaluate(&rule.condition, scope, found);
    if has_errors(found) {
        return Verdict::Broken;
    }
    if !condition.is_known() {
        // A message that cannot be evaluated is a mistake whatever the condition turns out to be.
        evaluate(&rule.error_message, scope, found);
        return if has_errors(found) { Verdict::Broken } else { Verdict::Unknown };
    }
    let mut invalid = |detail| {
        found.push(Diagnostic::error(words.summary, detail).at(rule.condition.span));
        Verdict::Broken
    };
    if condition.is_null() {
        return invalid(format!("{} must return either true or false, not null.", words.expression));
    }
    match convert(&condition, &Type::Bool).map(|it| it.data) {
        Ok(Data::Bool(true)) => Verdict::Holds,
        Ok(_) => {
            let message = sound.unwrap_or_else(|| message(rule, scope, found));
            if has_errors(found) { Verdict::Broken } else { Verdict::Fails(message) }
        }
        Err(error) => invalid(format!("Invalid {} value: {error}.", words.result)),
    }
}

fn message(rule: &Rule, scope: &dyn Scope, found: &mut Diagnostics) -> Option<String> {
    let before = found.len();
    let message = evaluate(&rule.error_message, scope, found);
    if has_errors(&found[before..]) || !message.is_known() {
        return None;
    }
    let marks = message.marks_within();
    let problem = match convert(&message, &Type::String) {
        Ok(text) if text.is_null() => Some("must not be null".to_owned()),
        Ok(_) => None,
        Err(error) => Some(error.to_string()),
    };
    if let Some(problem) = problem {
        let detail = format!("Unsuitable value for error message: {problem}.");
        found.push(Diagnostic::error("Invalid error message", detail).at(rule.error_message.span));
        return None;
    }
    let text = convert(&message, &Type::String).ok()?.as_str().map(|it| it.trim().to_owned());
    let refers = [(Marks::EPHEMERAL, "ephemeral"), (Marks::SENSITIVE, "sensitive")];
    let Some((_, kind)) = refers.into_iter().find(|(mark, _)| marks.contains(*mark)) else { return text };
    let detail = match kind {
        "sensitive" => {
            format!(
                "The error expression used to explain this condition refers to sensitive values, so {PRODUCT} will not \
             display the resulting message.\n\nYou can correct this by removing references to sensitive values, or by \
             carefully using the nonsensitive() function if the expression will not reveal the sensitive data."
            )
        }
        _ => {
            format!(
                "The error expression used to explain this condition refers to ephemeral values, so {PRODUCT} will not \
             display the resulting message.\n\nYou can correct this by removing references to ephemeral values, or by \
             using the ephemeralasnull() function on the references to not reveal ephemeral data."
            )
        }
    };
    let summary = format!("Error message refers to {kind} values");
    found.push(Diagnostic::warning(summary, detail).at(rule.error_message.span));
    None
}
