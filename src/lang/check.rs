//! Checks of references that need no value: whether what is named is declared, and whether module calls fit.

mod fixed;
mod instances;
mod passed;
mod providers;

use super::{
    configuration::{Configuration, Module, ModuleCall, Provisioner, Resource, Rule},
    dependencies::{Graph, Node, is_cycle_of_several, used_providers},
    load::content::{did_you_mean, missing_argument, unexpected_argument},
};
use crate::{
    address::{ModulePath, Name, ResourceMode, ResourcePath},
    diagnostic::{Diagnostic, Diagnostics, Span, has_errors},
    expression::{
        references::{Reference, Subject, body_references, references},
        syntax::tree::{Body, Expression, ExpressionKind},
    },
};
use std::collections::HashSet;

/// Everything in `configuration` that refers to what is not there.
///
/// What needs itself by way of others has no order in which anything could be looked at. So a cycle is then all that is
/// said, unless a call does not fit its module, which Terraform sees first.
pub fn check(configuration: &Configuration) -> Diagnostics {
    let found = in_each_module(configuration, |it| it.module());
    if !has_errors(&found) {
        return found;
    }
    match Graph::new(configuration) {
        Err(cycles) if cycles.iter().any(is_cycle_of_several) => {
            let calls = in_each_module(configuration, |it| it.calls());
            let cycles = cycles.into_iter().filter(is_cycle_of_several).collect();
            if has_errors(&calls) { calls } else { cycles }
        }
        _ => found,
    }
}

/// What an expression in the root module refers to and is not there.
pub fn check_expression(configuration: &Configuration, expression: &Expression) -> Diagnostics {
    let mut diagnostics = Vec::new();
    let used = HashSet::new();
    let module = configuration.root();
    let mut checker = Checker { configuration, module, used: &used, diagnostics: &mut diagnostics };
    checker.expression(expression, Place::default());
    diagnostics
}

/// Of that, what is wrong with the providers that modules use and pass.
pub fn check_providers(configuration: &Configuration) -> Diagnostics {
    in_each_module(configuration, |it| it.providers())
}

fn in_each_module(configuration: &Configuration, check: impl Fn(&mut Checker<'_>)) -> Diagnostics {
    let mut diagnostics = Vec::new();
    let used = used_providers(configuration);
    for module in configuration.modules.values() {
        check(&mut Checker { configuration, module, used: &used, diagnostics: &mut diagnostics });
    }
    // One folder that several calls load gives the same errors each time.
    let mut distinct: Diagnostics = Vec::with_capacity(diagnostics.len());
    diagnostics.sort_by_key(|it| it.subject);
    for diagnostic in diagnostics {
        let same = |it: &Diagnostic| {
            (&it.summary, &it.detail, it.subject) == (&diagnostic.summary, &diagnostic.detail, diagnostic.subject)
        };
        let is_known = distinct.iter().rev().take_while(|it| it.subject == diagnostic.subject).any(same);
        if !is_known {
            distinct.push(diagnostic);
        }
    }
    distinct
}

/// Which of the names that only some places have may be used.
#[derive(Clone, Copy, Default)]
struct Place<'a> {
    each: bool,
    count: bool,
    self_object: bool,
    /// The block around, which must not refer to itself.
    of: Option<&'a Resource>,
    /// The data source of a `check` block, which only that block knows.
    nested: Option<&'a Resource>,
}

struct Checker<'a> {
    configuration: &'a Configuration,
    module: &'a Module,
    /// The provider blocks that something uses.
    used: &'a HashSet<Node>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Checker<'a> {
    fn module(&mut self) {
        let module = self.module;
        let nowhere = Place::default();
        for variable in module.variables.values() {
            self.rules(&variable.validations, nowhere);
        }
        for local in module.locals.values() {
            self.expression(&local.value, nowhere);
            let refers = references(&local.value, &mut Vec::new());
            let own = refers.iter().find(|it| it.subject == Subject::Local(local.name.clone()));
            if let Some(own) = own {
                let name = &local.name;
                let detail = format!("Local value local.{name} cannot use its own result as part of its expression.");
                self.error("Self-referencing local value", detail, own.span);
            }
        }
        for output in module.outputs.values() {
            if output.ephemeral && module.path.is_root() {
                let detail = "Ephemeral outputs are not allowed in context of a root module";
                self.error("Ephemeral output not allowed", detail, output.span);
            }
            self.expression(&output.value, nowhere);
            self.dependencies(&output.depends_on, None);
            self.rules(&output.preconditions, nowhere);
        }
        for provider in module.providers.values() {
            self.expressions(&provider.for_each, nowhere);
            let node = Node::Provider(module.path.clone(), provider.name.clone(), provider.alias.clone());
            if self.used.contains(&node) {
                self.body(&provider.body, Place { each: provider.for_each.is_some(), ..nowhere });
            }
        }
        for call in module.calls.values() {
            self.call(call);
        }
        for resource in module.resources.values() {
            self.resource(resource, None);
        }
        for check in module.checks.values() {
            let nested = check.data.as_ref();
            if let Some(data) = nested {
                self.resource(data, nested);
            }
            self.rules(&check.asserts, Place { nested, ..nowhere });
        }
        if let Some(import) = module.imports.first().filter(|_| !module.path.is_root()) {
            let detail = format!(
                "An import block was detected in {:?}. Import blocks are only allowed in the root module.",
                module.path.to_string()
            );
            self.error("Invalid import configuration", detail, import.span);
        }
        if let Some(backend) = module.backend.as_ref().filter(|_| !module.path.is_root()) {
            let detail = "Any selected backend applies to the entire configuration, so it is chosen in the root module only. \
                          This is a warning rather than an error because it's sometimes convenient to temporarily call a \
                          root module as a child module for testing purposes, but this backend configuration block will \
                          have no effect.";
            let summary = match &*backend.kind.text {
                "cloud" => "Cloud configuration ignored",
                _ => "Backend configuration ignored",
            };
            self.diagnostics.push(Diagnostic::warning(summary, detail).at(backend.span));
        }
        for import in &module.imports {
            let each = import.for_each.is_some();
            self.expression(&import.id, Place { each, ..nowhere });
            self.expressions(&import.for_each, nowhere);
            self.expressions(import.provider.iter().flat_map(|it| &it.key), Place { each, ..nowhere });
        }
        for removed in &module.removed {
            self.provisioners(&removed.provisioners, Place { each: true, count: true, ..nowhere });
        }
        self.providers();
    }

    fn resource(&mut self, resource: &'a Resource, nested: Option<&'a Resource>) {
        let outside = Place { of: Some(resource), nested, ..Place::default() };
        let inside = Place { each: resource.for_each.is_some(), count: resource.count.is_some(), ..outside };
        self.expressions(resource.count.iter().chain(&resource.for_each), outside);
        self.dependencies(&resource.depends_on, nested);
        self.expressions(&resource.lifecycle.prevent_destroy, outside);
        self.body(&resource.body, inside);
        self.provisioners(&resource.provisioners, inside);
        self.expressions(resource.provider.iter().flat_map(|it| &it.key), inside);
        // The keys of triggers may be those of the instance.
        self.expressions(&resource.lifecycle.replace_triggered_by, inside);
        self.triggers(resource);
        let condition = Place { of: None, ..inside };
        self.rules(&resource.lifecycle.preconditions, condition);
        let after = Place { self_object: true, ..condition };
        self.rules(&resource.lifecycle.postconditions, after);
    }

    fn triggers(&mut self, resource: &Resource) {
        for trigger in &resource.lifecycle.replace_triggered_by {
            if !is_trigger(trigger) {
                let detail = "Only references to resources, their instances and attributes are possible here.";
                self.error("Invalid replace_triggered_by expression", detail, trigger.span);
            }
            let is_unmanaged = |it: &Reference| {
                !matches!(
                    &it.subject,
                    Subject::Resource { mode: ResourceMode::Managed, .. } | Subject::Each(_) | Subject::Count(_)
                )
            };
            if references(trigger, &mut Vec::new()).iter().any(is_unmanaged) {
                let detail = "Only managed resources, count.index, and each.key may be used in replace_triggered_by.";
                self.error("Invalid reference in replace_triggered_by expression", detail, trigger.span);
            }
        }
    }

    fn call(&mut self, call: &'a ModuleCall) {
        let outside = Place::default();
        self.expressions(call.count.iter().chain(&call.for_each), outside);
        self.dependencies(&call.depends_on, None);
        let inside = Place { each: call.for_each.is_some(), count: call.count.is_some(), ..outside };
        self.expressions(call.arguments.values().chain(&call.region), inside);
        self.expressions(call.providers.iter().flat_map(|(_, outer)| &outer.key), inside);
        self.call_fits(call);
    }

    /// Of the calls, what is wrong with the arguments and providers that they pass.
    fn calls(&mut self) {
        self.module.calls.values().for_each(|it| self.call_fits(it));
        self.providers();
    }

    /// Whether the module that is called has variables for the arguments.
    fn call_fits(&mut self, call: &ModuleCall) {
        let Some(child) = self.configuration.modules.get(&self.module.path.child(&call.name)) else { return };
        for name in call.names.iter().filter(|it| !child.variables.contains_key(&*it.text)) {
            if &*name.text == "region" && call.region.is_some() {
                continue;
            }
            let advice = did_you_mean(&name.text, child.variables.keys().map(|it| &**it));
            let (summary, detail) = unexpected_argument(name, &advice);
            self.error(summary, detail, name.span);
        }
        for nested in &call.blocks {
            let kind = &*nested.kind.text;
            let advice = match child.variables.contains_key(kind) {
                true => format!(
                    " Did you mean to define argument {kind:?}? If so, use the equals sign to assign it a value."
                ),
                false => did_you_mean(kind, child.variables.keys().map(|it| &**it)),
            };
            let detail = format!("Blocks of type {kind:?} are not expected here.{advice}");
            self.error("Unsupported block type", detail, nested.kind.span);
        }
        let required = child.variables.values().filter(|it| it.default.is_none());
        for variable in required.filter(|it| !call.arguments.contains_key(&it.name)) {
            self.diagnostics.push(missing_argument(&variable.name, call.opening));
        }
    }

    /// They may name the object that they are for, also by its address.
    fn provisioners(&mut self, provisioners: &[Provisioner], place: Place<'_>) {
        let beside = Place { self_object: true, of: None, ..place };
        for it in provisioners {
            self.body(&it.body, beside);
            it.connection.iter().for_each(|connection| self.body(connection, beside));
        }
    }

    /// References of `depends_on`, which name whole objects. One to the block itself means nothing.
    fn dependencies(&mut self, expressions: &[Expression], nested: Option<&Resource>) {
        for expression in expressions {
            for reference in references(expression, self.diagnostics) {
                let rest = Span { start: reference.span.end, ..expression.span };
                if rest.start < rest.end {
                    let detail = "References in depends_on must be to a whole object (resource, etc), not to an \
                                  attribute of an object.";
                    self.error("Invalid depends_on reference", detail, rest);
                    continue;
                }
                let reference = match reference.subject {
                    // An output stands for its module.
                    Subject::Module { call, index, .. } => {
                        Reference { subject: Subject::Module { call, index, output: None }, ..reference }
                    }
                    _ => reference,
                };
                self.reference(&reference, Place { nested, ..Place::default() });
            }
        }
    }

    fn expression(&mut self, expression: &Expression, place: Place<'_>) {
        let found = references(expression, self.diagnostics);
        self.all(found, place);
    }

    fn expressions<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expression>, place: Place<'_>) {
        expressions.into_iter().for_each(|it| self.expression(it, place));
    }

    fn rules(&mut self, rules: &[Rule], place: Place<'_>) {
        self.expressions(rules.iter().flat_map(|rule| [&rule.condition, &rule.error_message]), place);
    }

    fn body(&mut self, body: &Body, place: Place<'_>) {
        let found = body_references(body, self.diagnostics);
        self.all(found, place);
    }

    fn all(&mut self, references: Vec<Reference>, place: Place<'_>) {
        references.iter().for_each(|it| self.reference(it, place));
    }

    fn reference(&mut self, reference: &Reference, place: Place<'_>) {
        let (module, span) = (self.module, reference.span);
        match &reference.subject {
            Subject::Variable(name) if !module.variables.contains_key(name) => {
                let advice = match did_you_mean(name, module.variables.keys().map(|it| &**it)) {
                    none if none.is_empty() => {
                        format!(" This variable can be declared with a variable {:?} {{}} block.", &**name)
                    }
                    some => some,
                };
                let detail = format!("An input variable with the name {:?} has not been declared.{advice}", &**name);
                self.error("Reference to undeclared input variable", detail, span);
            }
            Subject::Local(name) if !module.locals.contains_key(name) => {
                let advice = did_you_mean(name, module.locals.keys().map(|it| &**it));
                let detail = format!("A local value with the name {:?} has not been declared.{advice}", &**name);
                self.error("Reference to undeclared local value", detail, span);
            }
            Subject::Module { call, output, .. } => self.module_reference(call, output.as_ref(), reference),
            Subject::Resource { mode, type_name, name, index } => {
                let is = |it: &&Resource| (it.mode, &it.type_name, &it.name) == (*mode, type_name, name);
                if place.of.as_ref().is_some_and(is) {
                    let detail =
                        format!("Configuration for {}{type_name}.{name} may not refer to itself.", mode.prefix());
                    self.error("Self-referential block", detail, span);
                } else if let Some(resource) = module.resources.get(&(*mode, type_name.clone(), name.clone())) {
                    self.instance_reference(resource, index.as_ref(), reference);
                } else if !place.nested.as_ref().is_some_and(is) {
                    self.resource_reference(*mode, type_name, name, span);
                }
            }
            Subject::Each(name) if !place.each && &**name == "value" => {
                let detail = "A reference to \"each.value\" has been used in a context in which it is unavailable, such \
                              as when the configuration no longer contains the value in its \"for_each\" expression. \
                              Remove this reference to each.value in your configuration to work around this error.";
                self.error("each.value cannot be used in this context", detail, span);
            }
            Subject::Each(_) if !place.each => {
                let detail = "The \"each\" object can be used only in \"module\" or \"resource\" blocks, and only when \
                              the \"for_each\" argument is set.";
                self.error("Reference to \"each\" in context without for_each", detail, span);
            }
            Subject::Each(name) if !matches!(&**name, "key" | "value") => {
                let detail = format!(
                    "The \"each\" object does not have an attribute named {:?}. The supported attributes are each.key and each.value, the current key and value pair of the \"for_each\" attribute set.",
                    &**name
                );
                self.error("Invalid \"each\" attribute", detail, span);
            }
            Subject::Count(_) if !place.count => {
                let detail = "The \"count\" object can only be used in \"module\", \"resource\", and \"data\" blocks, \
                              and only when the \"count\" argument is set.";
                self.error("Reference to \"count\" in non-counted context", detail, span);
            }
            Subject::Count(name) if &**name != "index" => {
                let detail = format!(
                    "The \"count\" object does not have an attribute named {:?}. The only supported attribute is count.index, which is the index of each instance of a resource block that has the \"count\" argument set.",
                    &**name
                );
                self.error("Invalid \"count\" attribute", detail, span);
            }
            Subject::Path(name) if !matches!(&**name, "module" | "root" | "cwd") => {
                let advice = did_you_mean(name, ["module", "root", "cwd"]);
                let detail = format!("The \"path\" object does not have an attribute named {:?}.{advice}", &**name);
                self.error("Invalid \"path\" attribute", detail, span);
            }
            Subject::Terraform(name) if !matches!(&**name, "workspace" | "applying") => {
                let detail = format!(
                    "The \"terraform\" object does not have an attribute named {:?}. The only supported attributes are \
                     terraform.workspace, the name of the currently-selected workspace, and terraform.applying, a boolean which is true only during apply.",
                    &**name
                );
                self.error("Invalid \"terraform\" attribute", detail, span);
            }
            Subject::SelfObject if !place.self_object => {
                let detail = "The \"self\" object is not available in this context. This object can be used only in \
                              resource provisioner, connection, and postcondition blocks.";
                self.error("Invalid \"self\" reference", detail, span);
            }
            _ => {}
        }
    }

    fn module_reference(&mut self, call: &Name, output: Option<&Name>, reference: &Reference) {
        let module = self.module;
        if !module.calls.contains_key(call) {
            let advice = did_you_mean(call, module.calls.keys().map(|it| &**it));
            let here = described(&module.path);
            let detail = format!("No module call named {:?} is declared in {here}.{advice}", &**call);
            return self.error("Reference to undeclared module", detail, reference.span);
        }
        let child = self.configuration.modules.get(&module.path.child(call));
        if let (Some(output), Some(child)) = (output, child)
            && !child.outputs.contains_key(output)
        {
            let advice = did_you_mean(output, child.outputs.keys().map(|it| &**it));
            let detail = format!("This object does not have an attribute named {:?}.{advice}", &**output);
            let error = Diagnostic::error("Unsupported attribute", detail).at(reference.last);
            let hint = format!("The attributes of module.{call} are the outputs that its files declare.");
            self.diagnostics.push(error.hint(hint));
        }
    }

    /// A reference to a resource that this module does not declare.
    fn resource_reference(&mut self, mode: ResourceMode, type_name: &Name, name: &Name, span: Span) {
        let resources = &self.module.resources;
        let path =
            ResourcePath { module: self.module.path.clone(), mode, type_name: type_name.clone(), name: name.clone() };
        if self.module.check_around(&path).is_some() {
            let detail = format!(
                "The referenced data resource {:?} {:?} is not available from this context.",
                &**type_name, &**name
            );
            return self.error("Reference to scoped resource", detail, span);
        }
        let declared = |other: &ResourceMode| resources.contains_key(&(*other, type_name.clone(), name.clone()));
        let of_type = resources.keys().filter(|(it, of, _)| *it == mode && of == type_name);
        let advice = match ResourceMode::ALL.into_iter().find(declared) {
            Some(other) => {
                let address = format!("{}{type_name}.{name}", other.prefix());
                format!("\n\nDid you mean the {} resource {address}?", other.name())
            }
            None => did_you_mean(name, of_type.map(|(_, _, name)| &**name)),
        };
        let article = if mode == ResourceMode::Ephemeral { "An" } else { "A" };
        let here = described(&self.module.path);
        let detail = format!(
            "{article} {} resource {:?} {:?} has not been declared in {here}.{advice}",
            mode.name(),
            &**type_name,
            &**name
        );
        self.error("Reference to undeclared resource", detail, span);
    }

    fn error(&mut self, summary: &str, detail: impl Into<String>, span: Span) {
        self.diagnostics.push(Diagnostic::error(summary, detail).at(span));
    }
}

/// Whether planning can find out what `expression` in `replace_triggered_by` names: names and constant keys, or those of
/// the instance.
fn is_trigger(expression: &Expression) -> bool {
    let is_key = |key: &Expression| match &*key.kind {
        ExpressionKind::Literal(_) => true,
        ExpressionKind::Attribute(object, _) => {
            matches!(&*object.kind, ExpressionKind::Name(name) if matches!(&**name, "each" | "count"))
        }
        _ => false,
    };
    match &*expression.kind {
        ExpressionKind::Name(_) | ExpressionKind::Invalid => true,
        ExpressionKind::Attribute(object, _) => is_trigger(object),
        ExpressionKind::Index(object, key) => is_trigger(object) && is_key(key),
        _ => false,
    }
}

fn described(module: &ModulePath) -> String {
    if module.is_root() { "the root module".into() } else { module.to_string() }
}
