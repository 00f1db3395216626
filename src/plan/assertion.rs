//! Assertions of test files, on the world as a run has planned or left it.

use super::{scope::ModuleScope, world::World};
use crate::{
    address::{ModuleAddress, Name, ResourceAddress, ResourceMode},
    diagnostic::{Diagnostic, Diagnostics, Span, has_errors},
    expression::{
        evaluate::{Scope, Step, compared_references},
        syntax::tree::Identifier,
    },
    lang::{
        configuration::{Repetition, Rule},
        rule::{ASSERTION, Verdict, judge},
        test_file::Names,
    },
    value::{Type, Value},
};
use std::{collections::BTreeMap, io, path::Path, sync::Arc};

/// How one assertion fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asserted {
    Holds,
    Fails,
    /// It could not be evaluated.
    Broken,
}

const UNKNOWN: &str = "Condition expression could not be evaluated at this time. This means you have executed a `run` block \
    with `command = plan` and one of the values your condition depended on is not known until after the plan has been applied. \
    Either remove this value from your condition, or execute an `apply` command from this `run` block. Alternatively, if there is \
    an override for this value, you can make it available during the plan phase by setting `override_during = plan` in the \
    `override_` block.";

/// Evaluates the assertions of a run that has these outputs. What is wrong with each, and how it fared.
pub fn assert_all(
    world: &World,
    names: &Names,
    outputs: &BTreeMap<Name, Value>,
    rules: &[Rule],
) -> (Vec<Asserted>, Diagnostics) {
    let (root, nothing) = (ModuleAddress::root(), Repetition::default());
    let module = ModuleScope { world, module: &root, repetition: &nothing, this: None };
    let scope = TestScope { world, root: &root, module, names, outputs };
    let mut diagnostics = Diagnostics::new();
    let asserted = rules.iter().map(|rule| assert_one(rule, &scope, &mut diagnostics)).collect();
    (asserted, diagnostics)
}

fn assert_one(rule: &Rule, scope: &TestScope<'_>, diagnostics: &mut Diagnostics) -> Asserted {
    let mut found = Diagnostics::new();
    let verdict = judge(rule, ASSERTION, scope, &mut found);
    found.extend(scope.world.take_diagnostics());
    let at = rule.condition.span;
    let asserted = match verdict {
        _ if has_errors(&found) => Asserted::Broken,
        Verdict::Holds => Asserted::Holds,
        Verdict::Unknown => {
            found.push(Diagnostic::error("Unknown condition value", UNKNOWN).at(at));
            Asserted::Broken
        }
        Verdict::Fails(message) => {
            found.push(Diagnostic::error("Test assertion failed", message.unwrap_or_default()).at(at));
            Asserted::Fails
        }
        Verdict::Broken => Asserted::Broken,
    };
    for error in found.iter_mut().filter(|it| it.subject == Some(at) && it.values.is_empty()) {
        error.values = compared_references(&rule.condition, scope);
    }
    diagnostics.extend(found);
    asserted
}

/// The root module as its own expressions see it, with its outputs, and what test files can name besides.
struct TestScope<'a> {
    world: &'a World,
    root: &'a ModuleAddress,
    module: ModuleScope<'a>,
    names: &'a Names,
    outputs: &'a BTreeMap<Name, Value>,
}

type Resolved = Result<(Value, usize), Box<Diagnostic>>;

impl TestScope<'_> {
    fn output(&self, root: &Identifier, steps: &[Step<'_>]) -> Resolved {
        let Some(Step::Attribute(name)) = steps.first() else {
            let detail = "The \"output\" object must be followed by the name of an output value.";
            return Err(Box::new(Diagnostic::error("Invalid reference", detail).at(root.span)));
        };
        match self.outputs.get(&name.text) {
            Some(value) => Ok((value.clone(), 1)),
            None => Err(undeclared("An", "output value", &name.text, "", root.span.to(name.span))),
        }
    }

    fn variable(&self, root: &Identifier, steps: &[Step<'_>]) -> Resolved {
        let Some(Step::Attribute(name)) = steps.first() else { return self.module.resolve(root, steps) };
        if let Some(value) = self.world.variable(self.root, &name.text) {
            return Ok((value, 1));
        }
        match self.names.variables.get(&name.text) {
            Some(value) => Ok((value.clone(), 1)),
            None => {
                let text = &name.text;
                let advice = format!(" This variable can be declared with a variable {:?} {{}} block.", &**text);
                Err(undeclared("An", "input variable", text, &advice, root.span.to(name.span)))
            }
        }
    }

    fn run(&self, root: &Identifier, steps: &[Step<'_>]) -> Resolved {
        match steps.first() {
            Some(Step::Attribute(name)) if !self.names.known.contains(&name.text) => {
                let detail = format!("There is no run {:?} declared in this test suite.", &*name.text);
                let error = Diagnostic::error("Reference to undeclared run block", detail);
                Err(Box::new(error.at(root.span.to(name.span))))
            }
            _ => self.names.run(root, steps),
        }
    }

    /// Whether the schema has what is asked of a resource, if it is one. What is wrong is kept in the world.
    fn is_in_schema(&self, root: &Identifier, steps: &[Step<'_>]) -> bool {
        let (mode, kind, name, rest) = match (&*root.text, steps) {
            ("local" | "path" | "terraform" | "module" | "each" | "count" | "self", _) => return true,
            ("data", [Step::Attribute(kind), Step::Attribute(name), rest @ ..]) => {
                (ResourceMode::Data, *kind, *name, rest)
            }
            ("ephemeral", [Step::Attribute(kind), Step::Attribute(name), rest @ ..]) => {
                (ResourceMode::Ephemeral, *kind, *name, rest)
            }
            (_, [Step::Attribute(name), rest @ ..]) => (ResourceMode::Managed, root, *name, rest),
            _ => return true,
        };
        let (module, type_name, name) = (self.root.clone(), kind.text.clone(), name.text.clone());
        self.module.is_in_schema(&ResourceAddress { module, mode, type_name, name }, rest)
    }
}

fn undeclared(article: &str, what: &str, name: &str, advice: &str, at: Span) -> Box<Diagnostic> {
    let detail = format!("{article} {what} with the name {name:?} has not been declared.{advice}");
    Box::new(Diagnostic::error(format!("Reference to undeclared {what}"), detail).at(at))
}

impl Scope for TestScope<'_> {
    fn resolve(&self, root: &Identifier, steps: &[Step<'_>]) -> Resolved {
        match &*root.text {
            "output" => self.output(root, steps),
            "run" => self.run(root, steps),
            "var" => self.variable(root, steps),
            _ if !self.is_in_schema(root, steps) => Ok((Value::unknown(Type::Any), steps.len())),
            _ => self.module.resolve(root, steps),
        }
    }

    fn read_file(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        self.module.read_file(path)
    }

    fn timestamp(&self) -> Value {
        self.module.timestamp()
    }

    fn plan_timestamp(&self) -> Value {
        self.module.plan_timestamp()
    }

    fn required_provider(&self, name: &str) -> Option<crate::address::ProviderSource> {
        self.module.required_provider(name)
    }

    fn provider(
        &self,
        source: &crate::address::ProviderSource,
    ) -> Option<std::sync::Arc<dyn crate::provider::Provider>> {
        self.module.provider(source)
    }
}
