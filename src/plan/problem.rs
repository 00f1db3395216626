//! A provider's problem as a diagnostic at the argument that is at fault.

use super::world::World;
use crate::{
    address::InstanceAddress,
    diagnostic::{Diagnostic, Span},
    lang::{decode::attribute_span, syntax::tree::Body},
    provider::Problem,
};

/// `whole` is marked where the problem is of no argument in particular: the opening brace of the block, as in Terraform.
pub(super) fn diagnostic(problem: &Problem, body: &Body, whole: Option<Span>) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(&problem.summary, &problem.detail);
    diagnostic.hint.clone_from(&problem.hint);
    diagnostic.subject = problem.attribute.as_ref().and_then(|path| attribute_span(body, path)).or(whole);
    diagnostic
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
