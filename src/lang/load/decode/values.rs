//! `variable`, `locals` and `output` blocks, and the rules that several kinds of blocks have.

use super::Decoder;
use crate::{
    diagnostic::{Diagnostic, has_errors},
    expression::{
        constant::constant,
        references::{Reference, Subject, references},
        syntax::tree::{Block, Body, Expression, ExpressionKind},
    },
    lang::{
        configuration::{Local, Module, Output, Resource, Rule, TypeDefaults, Variable},
        load::{
            content::{
                BodySchema, attribute, blocks, bool_argument, check_name, expression, missing_argument, text_argument,
                traversals,
            },
            types::constraint,
        },
        variables::apply_defaults,
    },
    value::{Type, Value, convert},
};

const VARIABLE: BodySchema = BodySchema {
    required: &[],
    optional: &["type", "default", "description", "sensitive", "ephemeral", "nullable"],
    blocks: &["validation"],
};
const OUTPUT: BodySchema = BodySchema {
    required: &["value"],
    optional: &["description", "sensitive", "ephemeral", "depends_on"],
    blocks: &["precondition", "postcondition"],
};
const RULE: BodySchema = BodySchema { required: &["condition", "error_message"], optional: &[], blocks: &[] };

/// Names that a module block has a use for.
const RESERVED: &[&str] = &["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];

impl Decoder<'_> {
    pub(super) fn variable(&mut self, block: &Block, module: &mut Module) {
        self.shape(&VARIABLE, block);
        let label = &block.labels[0];
        let name = label.text.clone();
        if RESERVED.contains(&&*name) {
            let detail =
                format!("The variable name {:?} is reserved due to its special meaning inside module blocks.", &*name);
            self.error("Invalid variable name", detail, label.span);
        } else {
            self.name(label, "variable");
        }
        let body = &block.body;
        let (ty, type_defaults) = match attribute(body, "type") {
            Some(it) => constraint(&it.value, self.diagnostics),
            None => (Type::Any, TypeDefaults::default()),
        };
        let nullable = bool_argument(body, "nullable", self.diagnostics).unwrap_or(true);
        let default = self.default(body, &ty, &type_defaults, nullable);
        let sensitive = bool_argument(body, "sensitive", self.diagnostics).unwrap_or(false);
        let validations: Vec<Rule> = blocks(body, "validation").filter_map(|it| self.rule(it)).collect();
        for rule in &validations {
            self.refers_to_variable(rule, &name);
        }
        let variable = Variable {
            name: name.clone(),
            literal: ty.is_primitive() || attribute(body, "type").is_none(),
            ty,
            type_defaults,
            default,
            description: text_argument(body, "description", self.diagnostics),
            sensitive,
            ephemeral: bool_argument(body, "ephemeral", self.diagnostics).unwrap_or(false),
            nullable,
            validations,
            span: block.header,
            given: None,
        };
        if let Some(earlier) = module.variables.get(&name) {
            let place = self.place(earlier.span);
            let detail = format!(
                "A variable named {:?} was already declared at {place}. Variable names must be unique within a module.",
                &*name
            );
            return self.error("Duplicate variable declaration", detail, block.header);
        }
        module.variables.insert(name, variable);
    }

    fn default(&mut self, body: &Body, ty: &Type, defaults: &TypeDefaults, nullable: bool) -> Option<Value> {
        let expression = &attribute(body, "default")?.value;
        let value = constant(expression, self.diagnostics)?;
        let problem = match convert(&apply_defaults(&value, defaults), ty) {
            Ok(value) if nullable || !value.is_null() => return Some(value),
            Ok(_) => "A null default value is not valid when nullable=false.".to_owned(),
            Err(error) => {
                format!("This default value is not compatible with the variable's type constraint: {error}.")
            }
        };
        self.error("Invalid default value for variable", problem, expression.span);
        None
    }

    fn refers_to_variable(&mut self, rule: &Rule, name: &str) {
        let found = references(&rule.condition, &mut Vec::new());
        if !found.iter().any(|it| matches!(&it.subject, Subject::Variable(found) if &**found == name)) {
            let detail = format!(
                "The condition for variable {name:?} must refer to var.{name} in order to test incoming values."
            );
            self.error("Invalid variable validation condition", detail, rule.condition.span);
        }
    }

    /// A `validation`, `precondition`, `postcondition` or `assert` block.
    pub(in crate::lang::load) fn rule(&mut self, block: &Block) -> Option<Rule> {
        self.shape(&RULE, block);
        let condition = expression(&block.body, "condition")?;
        let mut strange = Vec::new();
        let refers = !references(&condition, &mut strange).is_empty();
        if !refers && !has_errors(&strange) && !matches!(&*condition.kind, ExpressionKind::Invalid) {
            let detail = "The condition expression must refer to at least one object from elsewhere in the \
                          configuration, or else its result would not be checking anything.";
            self.error(format!("Invalid {} expression", block.kind.text), detail, condition.span);
        }
        Some(Rule { condition, error_message: expression(&block.body, "error_message")?, span: block.header })
    }

    /// Reports conditions of a resource that name it: they know it as `self` only.
    pub(super) fn self_references(&mut self, resource: &Resource) {
        let is_own = |it: &Reference| match &it.subject {
            Subject::Resource { mode, type_name, name, .. } => {
                (mode, type_name, name) == (&resource.mode, &resource.type_name, &resource.name)
            }
            _ => false,
        };
        let lifecycle = &resource.lifecycle;
        for (what, rules) in [("precondition", &lifecycle.preconditions), ("postcondition", &lifecycle.postconditions)]
        {
            for expression in rules.iter().flat_map(|rule| [&rule.condition, &rule.error_message]) {
                if references(expression, &mut Vec::new()).iter().any(is_own) {
                    let detail = format!(
                        "Configuration for {}{}.{} may not refer to itself.",
                        resource.mode.prefix(),
                        resource.type_name,
                        resource.name
                    );
                    self.error(format!("Invalid reference in {what}"), detail, expression.span);
                }
            }
        }
    }

    pub(super) fn locals(&mut self, block: &Block, module: &mut Module) {
        for nested in &block.body.blocks {
            let detail = "Blocks are not allowed here. A local value is an argument: name = value.";
            self.error(format!("Unexpected {:?} block", nested.kind.text), detail, nested.kind.span);
        }
        for attribute in &block.body.attributes {
            let name = attribute.name.text.clone();
            if !check_name(&attribute.name, "local value", self.diagnostics) {
                continue;
            }
            if let Some(earlier) = module.locals.get(&name) {
                let place = self.place(earlier.span);
                let detail = format!(
                    "A local value named {:?} was already defined at {place}. Local value names must be unique within \
                     a module.",
                    &*name
                );
                self.error("Duplicate local value definition", detail, attribute.span);
                continue;
            }
            let local = Local { name: name.clone(), value: attribute.value.clone(), span: attribute.span };
            module.locals.insert(name, local);
        }
    }

    pub(super) fn output(&mut self, block: &Block, module: &mut Module) {
        self.shape(&OUTPUT, block);
        let label = &block.labels[0];
        self.name(label, "output");
        let (name, body) = (label.text.clone(), &block.body);
        for rule in blocks(body, "postcondition") {
            let detail = "Postconditions are not allowed for output values: an output has nothing to check after it.";
            self.error("Postconditions are not allowed", detail, rule.header);
        }
        if let Some(earlier) = module.outputs.get(&name) {
            let place = self.place(earlier.span);
            let detail = format!(
                "An output named {:?} was already defined at {place}. Output names must be unique within a module.",
                &*name
            );
            return self.error("Duplicate output definition", detail, block.header);
        }
        let value = expression(body, "value")
            .unwrap_or_else(|| Expression { kind: Box::new(ExpressionKind::Invalid), span: block.header });
        let output = Output {
            name: name.clone(),
            value,
            description: text_argument(body, "description", self.diagnostics),
            sensitive: bool_argument(body, "sensitive", self.diagnostics).unwrap_or(false),
            ephemeral: bool_argument(body, "ephemeral", self.diagnostics).unwrap_or(false),
            depends_on: traversals(body, "depends_on", self.diagnostics),
            preconditions: blocks(body, "precondition").filter_map(|it| self.rule(it)).collect(),
            span: block.header,
        };
        module.outputs.insert(name, output);
    }

    /// An argument that must be there; [`ExpressionKind::Invalid`] is not enough for those who need it.
    pub(super) fn required(&mut self, block: &Block, name: &str) -> Option<Expression> {
        let found = expression(&block.body, name);
        if found.is_none() {
            self.diagnostics.push(missing_argument(name, block.body.opening()));
        }
        found
    }

    /// Reports `count` together with `for_each`.
    pub(super) fn repetition(&mut self, body: &Body) {
        if let (Some(_), Some(for_each)) = (attribute(body, "count"), attribute(body, "for_each")) {
            let detail = "The \"count\" and \"for_each\" meta-arguments are mutually-exclusive, only one should be \
                          used to be explicit about the number of resources to be created.";
            let summary = "Invalid combination of \"count\" and \"for_each\"";
            self.diagnostics.push(Diagnostic::error(summary, detail).at(for_each.name.span));
        }
    }
}
