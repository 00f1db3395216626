//! `expect_failures`: conditions that are not met, as a run wants them.

use crate::{
    diagnostic::{Diagnostic, Diagnostics, Severity, Span},
    expression::syntax::tree::{Expression, ExpressionKind},
    lang::test_file::Run,
    value::Data,
};

/// What is expected to fail, by its address.
pub(super) struct Expected(Vec<(String, Span)>);

impl Expected {
    /// What a run expects; errors are of what has no conditions.
    pub(super) fn of(run: &Run) -> Result<Self, Diagnostics> {
        let (mut expected, mut wrong) = (Vec::new(), Diagnostics::new());
        for reference in &run.expect_failures {
            let name = name(reference);
            let root = name.split(['.', '[']).next().unwrap_or_default();
            if matches!(root, "local" | "module" | "path" | "terraform" | "each" | "count" | "self" | "run") {
                let detail = format!(
                    "You cannot expect failures from {name}. You can only expect failures from checkable objects such as \
                     input variables, output values, check blocks, managed resources and data sources."
                );
                wrong.push(Diagnostic::error("Invalid `expect_failures` reference", detail).at(reference.span));
            }
            expected.push((name, reference.span));
        }
        if wrong.is_empty() { Ok(Self(expected)) } else { Err(wrong) }
    }

    /// Which of them `found` tells of.
    fn told_by(&self, found: &Diagnostic) -> Option<usize> {
        let of = found.condition_of.as_ref()?;
        let is_of =
            |name: &String| of.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('['));
        self.0.iter().position(|(name, _)| is_of(name))
    }

    /// Without what was expected, with what was and did not come. What no check should have found is an error in a test.
    pub(super) fn settle(&self, found: Diagnostics) -> Diagnostics {
        let mut came = vec![false; self.0.len()];
        let mut rest = Diagnostics::new();
        for it in found {
            match self.told_by(&it) {
                Some(at) => came[at] = true,
                None if it.condition_of.is_some() => rest.push(Diagnostic { severity: Severity::Error, ..it }),
                None => rest.push(it),
            }
        }
        for ((name, span), _) in self.0.iter().zip(came).filter(|(_, came)| !came) {
            let detail = format!("The checkable object, {name}, was expected to report an error but did not.");
            rest.push(Diagnostic::error("Missing expected failure", detail).at(*span));
        }
        rest
    }

    /// What planning found where the plan was to be applied: that an expected failure prevents that is told besides.
    pub(super) fn explain(&self, found: Diagnostics) -> Diagnostics {
        let mut explained = Diagnostics::new();
        for it in found {
            if let Some(at) = self.told_by(&it).filter(|_| it.is_error()) {
                let detail = format!(
                    "A custom condition within {} failed during the planning stage and prevented the requested apply \
                     operation. While this was an expected failure, the apply operation could not be executed and so the \
                     overall test case will be marked as a failure and the original diagnostic included in the test report.",
                    self.0[at].0
                );
                explained.push(Diagnostic::warning("Expected failure while planning", detail));
            }
            explained.push(it);
        }
        explained
    }
}

/// As it is written.
fn name(reference: &Expression) -> String {
    match &*reference.kind {
        ExpressionKind::Name(name) => name.to_string(),
        ExpressionKind::Attribute(inner, attribute) => format!("{}.{}", name(inner), attribute.text),
        ExpressionKind::Index(inner, key) => match &*key.kind {
            ExpressionKind::Literal(value) => match &value.data {
                Data::String(key) => format!("{}[{}]", name(inner), crate::address::quoted(key)),
                Data::Number(key) => format!("{}[{key}]", name(inner)),
                _ => name(inner),
            },
            _ => name(inner),
        },
        _ => String::new(),
    }
}
