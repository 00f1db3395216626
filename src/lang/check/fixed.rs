//! What has to be known before anything is planned: variables, local values, and functions of these.

use super::Checker;
use crate::{
    address::{ModulePath, Name, ResourceMode},
    expression::{
        references::{Subject, references},
        syntax::tree::Expression,
    },
};
use std::collections::BTreeSet;

impl Checker<'_> {
    /// Reports everything that `expression`, the argument `what` of this module, refers to and that only a plan can know,
    /// directly, through local values, or through the arguments of the calls of this module.
    pub(super) fn fixed(&mut self, expression: &Expression, what: &str) {
        let path = self.module.path.clone();
        self.fixed_in(&path, expression, what, &mut BTreeSet::new());
    }

    /// As [`Self::fixed`], in any module. What is in `seen` was looked at: whatever refers to itself is reported as a
    /// cycle.
    fn fixed_in(
        &mut self,
        path: &ModulePath,
        expression: &Expression,
        what: &str,
        seen: &mut BTreeSet<(ModulePath, Subject)>,
    ) {
        let Some(module) = self.configuration.modules.get(path) else { return };
        // What is no reference at all is reported by the check of all expressions.
        for reference in references(expression, &mut Vec::new()) {
            if !seen.insert((path.clone(), reference.subject.clone())) {
                continue;
            }
            let (summary, used) = match &reference.subject {
                Subject::Local(name) => {
                    if let Some(local) = module.locals.get(name) {
                        self.fixed_in(path, &local.value, &format!("local.{name}"), seen);
                    }
                    continue;
                }
                Subject::Variable(name) => {
                    self.fixed_argument(path, name, seen);
                    continue;
                }
                Subject::Path(_)
                | Subject::Terraform(_)
                | Subject::Each(_)
                | Subject::Count(_)
                | Subject::SelfObject => {
                    continue;
                }
                Subject::Module { call, output, .. } => {
                    let output = output.as_ref().map_or(String::new(), |it| format!(".{it}"));
                    ("Module output not supported in static context", format!("module.{call}{output}"))
                }
                Subject::Resource { mode, type_name, name, .. } => {
                    let data = if *mode == ResourceMode::Data { "data." } else { "" };
                    ("Dynamic value in static context", format!("{data}{type_name}.{name}"))
                }
            };
            let detail = format!("Unable to use {used} in static context, which is required by {what}");
            self.error(summary, detail, reference.span);
        }
    }

    /// The argument that the call of a module gives for a variable.
    fn fixed_argument(&mut self, path: &ModulePath, name: &Name, seen: &mut BTreeSet<(ModulePath, Subject)>) {
        let (Some(parent), Some(call)) = (path.parent(), path.0.last()) else { return };
        let caller = self.configuration.modules.get(&parent).and_then(|it| it.calls.get(call));
        if let Some(argument) = caller.and_then(|it| it.arguments.get(name)) {
            self.fixed_in(&parent, argument, &format!("{path}.var.{name}"), seen);
        }
    }
}
