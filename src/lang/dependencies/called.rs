//! Which providers a module calls functions of: `provider::aws::arn_parse(…)`.

use crate::{
    address::Name,
    expression::{
        references::{body_functions, functions},
        syntax::tree::{Body, Expression},
    },
    lang::configuration::{Module, Provisioner, Resource, Rule},
};
use std::collections::BTreeSet;

/// Their local names.
pub fn called_providers(module: &Module) -> BTreeSet<Name> {
    let mut called = Called::default();
    for variable in module.variables.values() {
        called.rules(&variable.validations);
    }
    called.expressions(module.locals.values().map(|it| &it.value));
    for output in module.outputs.values() {
        called.expressions([&output.value]);
        called.rules(&output.preconditions);
    }
    for provider in module.providers.values() {
        called.expressions(&provider.for_each);
        called.body(&provider.body);
    }
    for call in module.calls.values() {
        called.expressions(call.count.iter().chain(&call.for_each));
        called.expressions(call.arguments.values().chain(&call.region));
        called.expressions(call.providers.iter().flat_map(|(_, outer)| &outer.key));
    }
    for resource in module.resources.values() {
        called.resource(resource);
    }
    for import in &module.imports {
        called.expressions([&import.to, &import.id].into_iter().chain(&import.for_each));
    }
    for removed in &module.removed {
        called.provisioners(&removed.provisioners);
    }
    for check in module.checks.values() {
        check.data.iter().for_each(|it| called.resource(it));
        called.rules(&check.asserts);
    }
    called.0
}

#[derive(Default)]
struct Called(BTreeSet<Name>);

impl Called {
    fn resource(&mut self, resource: &Resource) {
        self.expressions(resource.count.iter().chain(&resource.for_each));
        self.expressions(resource.provider.iter().flat_map(|it| &it.key));
        self.body(&resource.body);
        self.provisioners(&resource.provisioners);
        self.expressions(&resource.lifecycle.prevent_destroy);
        self.expressions(&resource.lifecycle.replace_triggered_by);
        self.rules(&resource.lifecycle.preconditions);
        self.rules(&resource.lifecycle.postconditions);
    }

    fn provisioners(&mut self, provisioners: &[Provisioner]) {
        for it in provisioners {
            self.body(&it.body);
            it.connection.iter().for_each(|connection| self.body(connection));
        }
    }

    fn rules(&mut self, rules: &[Rule]) {
        self.expressions(rules.iter().flat_map(|it| [&it.condition, &it.error_message]));
    }

    fn expressions<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expression>) {
        expressions.into_iter().for_each(|it| self.names(functions(it)));
    }

    fn body(&mut self, body: &Body) {
        self.names(body_functions(body));
    }

    fn names(&mut self, functions: Vec<&str>) {
        let provider = |name: &str| Some(name.strip_prefix("provider::")?.split_once("::")?.0.into());
        self.0.extend(functions.into_iter().filter_map(provider));
    }
}
