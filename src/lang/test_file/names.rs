//! What the names in a test file stand for: variables, and the outputs of the runs before.

use crate::{
    address::Name,
    diagnostic::{Diagnostic, Span},
    expression::{
        evaluate::{Scope, Step},
        syntax::tree::Identifier,
    },
    value::{Type, Value},
};
use std::{collections::BTreeMap, io, path::Path, sync::Arc};

/// Everything that the expressions of a run may name besides what it tests.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub variables: BTreeMap<Name, Value>,
    /// The outputs of those that were executed.
    pub runs: BTreeMap<Name, Value>,
    /// All runs of the file.
    pub known: Vec<Name>,
    /// Whether it is the variables of the file that are evaluated, which come before all runs.
    pub of_file: bool,
}

type Resolved = Result<(Value, usize), Box<Diagnostic>>;

impl Names {
    /// `run.name`
    pub fn run(&self, root: &Identifier, steps: &[Step<'_>]) -> Resolved {
        let error =
            |summary: &str, detail: String| Err(Box::new(Diagnostic::error(summary, detail).at(whole(root, steps))));
        if self.of_file {
            let detail = "You can not reference run blocks from within the file variables block.";
            return error("Invalid reference", detail.into());
        }
        let Some(Step::Attribute(name)) = steps.first() else {
            let detail = "The \"run\" object must be followed by the name of a run block.";
            return error("Invalid reference", detail.into());
        };
        if let Some(value) = self.runs.get(&name.text) {
            return Ok((value.clone(), 1));
        }
        let which = "You can only reference run blocks that are in the same test file and will execute before the current \
                     run block.";
        let name = &name.text;
        match self.known.contains(name) {
            true => error(
                "Reference to unavailable run block",
                format!("The run block {:?} has not executed yet. {which}", &**name),
            ),
            false => error(
                "Reference to unknown run block",
                format!("The run block {:?} does not exist within this test file. {which}", &**name),
            ),
        }
    }

    /// `var.name`
    pub fn variable(&self, root: &Identifier, steps: &[Step<'_>]) -> Resolved {
        let at = whole(root, steps);
        let Some(Step::Attribute(name)) = steps.first() else {
            let detail = "The \"var\" object must be followed by the name of the input variable.";
            return Err(Box::new(Diagnostic::error("Invalid reference", detail).at(at)));
        };
        if let Some(value) = self.variables.get(&name.text) {
            return Ok((value.clone(), 1));
        }
        let detail = format!(
            "The input variable {:?} is not available to the current run block. You can only reference variables defined at \
             the file or global levels.",
            &*name.text
        );
        Err(Box::new(Diagnostic::error("Reference to unavailable variable", detail).at(at)))
    }
}

/// As far as messages mark a reference: the root and the name after it.
fn whole(root: &Identifier, steps: &[Step<'_>]) -> Span {
    match steps.first() {
        Some(Step::Attribute(name)) => root.span.to(name.span),
        Some(Step::Index(_, at)) => root.span.to(*at),
        None => root.span,
    }
}

impl Scope for Names {
    fn resolve(&self, root: &Identifier, steps: &[Step<'_>]) -> Resolved {
        match &*root.text {
            "var" => self.variable(root, steps),
            "run" => self.run(root, steps),
            _ => {
                let detail = match self.of_file {
                    true => "You can only reference global variables within the test file variables block.",
                    false => {
                        "You can only reference earlier run blocks, file level, and global variables while defining \
                         variables from inside a run block."
                    }
                };
                Err(Box::new(Diagnostic::error("Invalid reference", detail).at(whole(root, steps))))
            }
        }
    }

    fn read_file(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        std::fs::read(path).map(Into::into)
    }

    fn timestamp(&self) -> Value {
        Value::unknown_not_null(Type::String)
    }

    fn plan_timestamp(&self) -> Value {
        Value::unknown_not_null(Type::String)
    }
}
