//! A provider's problem as a diagnostic at the argument that is at fault.

use super::world::World;
use crate::{
    address::InstanceAddress,
    diagnostic::{Diagnostic, Diagnostics, Span},
    lang::{decode::attribute_span, syntax::tree::Body},
    provider::{Problem, Provider},
    value::{Data, Value},
};

/// `whole` is marked where the problem is of no argument in particular: the opening brace of the block, as in Terraform.
pub(super) fn diagnostic(problem: &Problem, body: &Body, whole: Option<Span>) -> Diagnostic {
    let error = Diagnostic::error(&problem.summary, &problem.detail);
    let mut diagnostic = Diagnostic { severity: problem.severity, ..error };
    diagnostic.hint.clone_from(&problem.hint);
    diagnostic.subject = problem.attribute.as_ref().and_then(|path| attribute_span(body, path)).or(whole);
    diagnostic
}

/// What `problems` a provider has with `config`, the arguments of `body`. Providers name the value that is wrong; one that is
/// sensitive is left out.
pub(super) fn diagnostics(problems: &[Problem], body: &Body, config: &Value) -> Diagnostics {
    let mut secrets = Vec::new();
    if !problems.is_empty() {
        collect_secrets(config, false, &mut secrets);
    }
    let diagnose = |problem| {
        let found = diagnostic(problem, body, Some(body.opening()));
        secrets.iter().fold(found, |found, secret| Diagnostic {
            summary: found.summary.replace(secret, HIDDEN),
            detail: found.detail.replace(secret, HIDDEN),
            ..found
        })
    };
    problems.iter().map(diagnose).collect()
}

/// What a provider has against its own arguments.
pub(super) fn refused(provider: &dyn Provider, body: &Body, config: &Value) -> Diagnostics {
    diagnostics(&provider.validate_configuration(&config.strip_marks().0), body, config)
}

const HIDDEN: &str = "(sensitive value)";

/// Sensitive texts, as they are and as they are quoted.
fn collect_secrets(value: &Value, inside: bool, secrets: &mut Vec<String>) {
    let is_secret = inside || value.is_sensitive();
    match &value.data {
        Data::String(text) if is_secret && !text.is_empty() => {
            secrets.push(format!("{:?}", &**text));
            secrets.push(text.to_string());
        }
        _ => value.children().for_each(|it| collect_secrets(it, is_secret, secrets)),
    }
}

impl World {
    /// A provider's problem with an instance, at the part of its configuration that is at fault.
    pub fn diagnose(&self, address: &InstanceAddress, problem: &Problem) -> Diagnostic {
        match self.resource(&address.resource.path()) {
            Some(resource) => diagnostic(problem, &resource.body, Some(resource.body.opening())),
            None => diagnostic(problem, &Body::default(), None),
        }
        .on(address)
    }
}
