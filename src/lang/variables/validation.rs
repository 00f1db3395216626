//! `validation` blocks.

use crate::{
    diagnostic::{Diagnostic, Diagnostics, Sources, Span},
    expression::evaluate::{Scope, described_references},
    lang::{
        configuration::Variable,
        rule::{VALIDATION, Verdict, judge},
    },
};

/// What a failed validation is reported as.
pub const UNMET: &str = "Invalid value for variable";

/// Checks the value that `scope` has for `variable` against its validation blocks; what became of each. A condition
/// that is unknown passes for now. Failures are reported at `place`: where a file or a call gives the value, else the
/// declaration.
pub fn check_validations(
    variable: &Variable,
    place: Span,
    scope: &dyn Scope,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for rule in &variable.validations {
        let verdict = judge(rule, VALIDATION, scope, diagnostics);
        if let Verdict::Fails(message) = &verdict {
            let hidden = "The error message included a sensitive value, so it will not be displayed.";
            let message = message.as_deref().unwrap_or(hidden);
            let detail =
                format!("{message}\n\nThis was checked by the validation rule at {}.", sources.place(rule.span));
            let mut error = Diagnostic::error(UNMET, detail).at(place);
            error.values = described_references(&rule.condition, scope);
            diagnostics.push(error);
        }
        verdicts.push(verdict);
    }
    verdicts
}
