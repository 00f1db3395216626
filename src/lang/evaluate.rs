//! The one evaluator: expression and scope in, value out. Planning and applying both use it.

use super::syntax::tree::{Expression, Identifier};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Span},
    value::Value,
};
use std::{io, path::Path, sync::Arc};

/// Where an expression finds what its names mean.
pub trait Scope {
    /// The value of a reference: `root` is its first name, `steps` everything that follows it statically or by
    /// an index that was evaluated already. Returns the value of a prefix and how many steps that prefix took;
    /// the evaluator applies the rest. So `aws_subnet.a[3].id` need not build all of `aws_subnet.a`.
    fn resolve(&self, root: &Identifier, steps: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>>;
    /// Files for `file`, `templatefile` and their like. Relative paths start at the working directory.
    fn read_file(&self, path: &Path) -> io::Result<Arc<[u8]>>;
    /// What `timestamp()` and `plantimestamp()` give; unknown while planning for the former.
    fn timestamp(&self) -> Value;
    fn plan_timestamp(&self) -> Value;
}

/// One step of a reference after its first name.
#[derive(Clone, Debug)]
pub enum Step<'a> {
    Attribute(&'a Identifier),
    Index(Value, Span),
}

/// Evaluates `expression`. An error is added to `diagnostics` and its value taken as unknown, so that one run
/// finds every error.
pub fn evaluate(expression: &Expression, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Value {
    let _ = (expression, scope, diagnostics);
    unreachable!("being written")
}
