//! A provider's problem as a diagnostic at the argument that is at fault.

use super::{sensitive, world::World};
use crate::{
    address::{InstanceAddress, ProviderSource},
    diagnostic::{Diagnostic, Diagnostics, Span},
    expression::syntax::tree::Body,
    lang::{configuration::Configuration, decode::attribute_span},
    product::COMMAND,
    provider::{Problem, Provider},
    value::Value,
};

/// `whole` is marked where the problem is of no argument in particular: the opening brace of the block, as in Terraform.
pub(super) fn diagnostic(problem: &Problem, body: &Body, whole: Option<Span>) -> Diagnostic {
    let error = Diagnostic::error(&problem.summary, &problem.detail);
    let mut diagnostic = Diagnostic { severity: problem.severity, ..error };
    diagnostic.hint.clone_from(&problem.hint);
    diagnostic.cause = problem.cause.as_ref().map(|it| it.name.clone());
    diagnostic.subject = problem.attribute.as_ref().and_then(|path| attribute_span(body, path)).or(whole);
    diagnostic
}

/// The same, of a block whose arguments are `config`. Providers name the value that is wrong; one that is sensitive is
/// left out.
pub(super) fn of_config(problem: &Problem, body: &Body, config: &Value) -> Diagnostic {
    sensitive::conceal(diagnostic(problem, body, Some(body.opening())), config)
}

/// What `problems` a provider has with `config`, the arguments of `body`.
pub(super) fn diagnostics(problems: &[Problem], body: &Body, config: &Value) -> Diagnostics {
    problems.iter().map(|it| of_config(it, body, config)).collect()
}

/// What a provider has against its own arguments.
pub(super) fn refused(provider: &dyn Provider, body: &Body, config: &Value) -> Diagnostics {
    diagnostics(&provider.validate_configuration(&config.strip_marks().0), body, config)
}

/// A provider's problem with an instance, where nothing is known of its values any more.
pub fn of_block(configuration: &Configuration, address: &InstanceAddress, problem: &Problem) -> Diagnostic {
    let path = address.resource.path();
    let resource = configuration.modules.get(&path.module).and_then(|it| it.resource(&path));
    let found = match resource {
        Some(resource) => diagnostic(problem, &resource.body, Some(resource.body.opening())),
        None => diagnostic(problem, &Body::default(), None),
    };
    found.on(address)
}

impl World {
    /// What a provider says besides of data that it read.
    pub(super) fn remarks(&self, source: &ProviderSource, address: &InstanceAddress, read: &Value) -> Diagnostics {
        let definition = self.definition(source);
        let remarks = definition.map(|it| it.remarks(&address.resource.type_name, &read.without_marks()));
        remarks.into_iter().flatten().map(|it| self.diagnose(address, &it)).collect()
    }

    /// A provider's problem with an instance, at the part of its configuration that is at fault.
    pub fn diagnose(&self, address: &InstanceAddress, problem: &Problem) -> Diagnostic {
        let mut found = match self.resource(&address.resource.path()) {
            Some(resource) => diagnostic(problem, &resource.body, Some(resource.body.opening())),
            None => diagnostic(problem, &Body::default(), None),
        };
        if let Some(object) = self.objects.instance(address) {
            found = sensitive::conceal(found, object);
        }
        if let Some(id) = &problem.existing {
            found.hint.get_or_insert_with(|| importing(address, id));
        }
        found.on(address)
    }
}

/// How what is there already is taken over.
fn importing(address: &InstanceAddress, id: &str) -> String {
    let quoted = |text: &str| match text.contains(|it: char| !(it.is_ascii_alphanumeric() || "-_./:@".contains(it))) {
        true => format!("'{text}'"),
        false => text.to_owned(),
    };
    let (address, id) = (quoted(&address.to_string()), quoted(id));
    format!("If it is to be managed here, import it: {COMMAND} import {address} {id}")
}
