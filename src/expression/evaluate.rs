//! The one evaluator: expression and scope in, value out. Planning and applying both use it.
//!
//! An error is reported once, where it is found; the value is unknown from there on, which nothing complains
//! about. Both branches of a conditional are evaluated, as both decide its type, but only the errors of the one
//! taken are reported.

mod absent;
mod access;
mod call;
mod condition;
mod explain;
mod iteration;
mod operators;
mod provided;
mod template;
#[cfg(test)]
mod tests;

pub use access::{attribute, index};
pub use explain::{compared_references, describe, described_references, references};
pub use template::evaluate_template;

use super::{
    limits::check_value,
    syntax::tree::{Expression, ExpressionKind, Identifier, ObjectItem},
};
use crate::{
    address::ProviderSource,
    diagnostic::{Diagnostic, Diagnostics, Span},
    provider::Provider,
    value::{Data, Marks, Text, Type, Value, convert},
};
use std::{collections::BTreeMap, io, path::Path, sync::Arc};

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
    /// What a folder holds, for `fileset`, in no order. Links count as what they lead to.
    fn read_folder(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            let is_folder = std::fs::metadata(entry.path()).is_ok_and(|it| it.is_dir());
            entries.push(FolderEntry { name: entry.file_name().to_string_lossy().into_owned(), is_folder });
        }
        Ok(entries)
    }
    /// How many templates are being rendered around this scope.
    fn template_depth(&self) -> usize {
        0
    }
    /// What `expression` is worth: as `make` says, with whether it had nothing to complain about, or as it was said before
    /// where it cannot be worth anything else.
    fn remembered(&self, _expression: &Expression, make: &mut dyn FnMut() -> (Value, bool)) -> Value {
        make().0
    }
    /// Whether what is not there is null, and what is asked of null is null ([`absent`]): for what is said of answers, which leave
    /// out what does not apply. The language itself takes both for mistakes.
    fn absent_is_null(&self) -> bool {
        false
    }
    /// The provider that the module requires under this name, whose functions it may call.
    fn required_provider(&self, _name: &str) -> Option<ProviderSource> {
        None
    }
    /// A provider that the configuration has.
    fn provider(&self, _source: &ProviderSource) -> Option<Arc<dyn Provider>> {
        None
    }
}

pub struct FolderEntry {
    pub name: String,
    pub is_folder: bool,
}

/// One step of a reference after its first name.
#[derive(Clone, Debug)]
pub enum Step<'a> {
    Attribute(&'a Identifier),
    Index(Value, Span),
}

/// A scope with some more names in front of it: the variables of a `for`, the element of a splat.
pub struct Extended<'a> {
    pub outer: &'a dyn Scope,
    pub names: &'a [(&'a str, Value)],
}

impl Scope for Extended<'_> {
    fn resolve(&self, root: &Identifier, steps: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
        match self.names.iter().find(|(name, _)| *name == &*root.text) {
            Some((_, value)) => Ok((value.clone(), 0)),
            None => self.outer.resolve(root, steps),
        }
    }
    fn read_file(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        self.outer.read_file(path)
    }
    fn timestamp(&self) -> Value {
        self.outer.timestamp()
    }
    fn plan_timestamp(&self) -> Value {
        self.outer.plan_timestamp()
    }
    fn read_folder(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        self.outer.read_folder(path)
    }
    fn template_depth(&self) -> usize {
        self.outer.template_depth()
    }
    fn absent_is_null(&self) -> bool {
        self.outer.absent_is_null()
    }
    fn required_provider(&self, name: &str) -> Option<ProviderSource> {
        self.outer.required_provider(name)
    }
    fn provider(&self, source: &ProviderSource) -> Option<Arc<dyn Provider>> {
        self.outer.provider(source)
    }
}

/// Evaluates `expression`. An error is added to `diagnostics` and its value taken as unknown, so that one run
/// finds every error.
pub fn evaluate(expression: &Expression, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Value {
    use ExpressionKind as Kind;
    match &*expression.kind {
        Kind::Literal(value) => value.clone(),
        Kind::Template(template) => template::evaluate_template(template, scope, diagnostics),
        Kind::Name(_) | Kind::Attribute(..) | Kind::Index(..) => {
            access::evaluate_access(expression, scope, diagnostics)
        }
        // What may go through very much.
        Kind::Splat(_) | Kind::Call(_) | Kind::For(_) => scope.remembered(expression, &mut || {
            let before = diagnostics.len();
            let value = evaluate_anew(expression, scope, diagnostics);
            (value, diagnostics.len() == before)
        }),
        Kind::Unary(operator, operand) => operators::unary(*operator, operand, expression, scope, diagnostics),
        Kind::Binary(operator, left, right) => {
            operators::binary(*operator, left, right, expression, scope, diagnostics)
        }
        Kind::Conditional(condition, then, otherwise) => {
            condition::evaluate_conditional(condition, then, otherwise, expression, scope, diagnostics)
        }
        Kind::Tuple(elements) => {
            let value = Value::tuple(elements.iter().map(|element| evaluate(element, scope, diagnostics)).collect());
            limited(value, expression, scope, diagnostics)
        }
        Kind::Object(items) => {
            let value = object(items, scope, diagnostics);
            limited(value, expression, scope, diagnostics)
        }
        Kind::Parentheses(inner) => evaluate(inner, scope, diagnostics),
        Kind::Invalid => unknown(),
    }
}

fn evaluate_anew(expression: &Expression, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Value {
    match &*expression.kind {
        ExpressionKind::Splat(splat) => access::splat(splat, expression, scope, diagnostics),
        ExpressionKind::Call(call) => call::evaluate_call(call, expression, scope, diagnostics),
        ExpressionKind::For(it) => iteration::evaluate_for(it, expression, scope, diagnostics),
        _ => evaluate(expression, scope, diagnostics),
    }
}

/// What an expression is worth that could not be evaluated, or whose type cannot be told yet.
fn unknown() -> Value {
    Value::unknown(Type::Any)
}

/// The value, unless it is larger than any should be.
fn limited(value: Value, at: &Expression, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Value {
    match check_value(&value) {
        Ok(()) => value,
        Err(why) => fail(too_large(&why), at, scope, diagnostics),
    }
}

fn too_large(why: &str) -> Diagnostic {
    Diagnostic::error("Value too large", format!("Cannot evaluate this: {why}."))
}

/// Reports `error` with what the references in `at` stand for.
fn fail(error: Diagnostic, at: &Expression, scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Value {
    let values = explain::described_references(at, scope);
    let subject = error.subject.or(Some(at.span));
    diagnostics.push(Diagnostic { subject, values, ..error });
    unknown()
}

/// An object with its marks: those of the keys, since which keys there are is what they protect.
fn object(items: &[ObjectItem], scope: &dyn Scope, diagnostics: &mut Diagnostics) -> Value {
    let mut attributes = BTreeMap::new();
    let mut marks = Marks::NONE;
    let mut known = true;
    for item in items {
        if explain::is_reference(&item.key) {
            let detail = "If this expression is intended to be a reference, wrap it in parentheses. If it's instead \
                          intended as a literal name containing periods, wrap it in quotes to create a string literal.";
            diagnostics.push(Diagnostic::error("Ambiguous attribute key", detail).at(item.key.span));
            known = false;
            continue;
        }
        let key = evaluate(&item.key, scope, diagnostics);
        let value = evaluate(&item.value, scope, diagnostics);
        marks = marks.with(key.marks);
        match object_key(&key) {
            Ok(Some(name)) => {
                attributes.insert(name, value);
            }
            Ok(None) => known = false,
            Err(error) => {
                fail(error, &item.key, scope, diagnostics);
                known = false;
            }
        }
    }
    if known { Value::object(attributes).marked(marks) } else { unknown().marked(marks) }
}

/// `None` if the key is not known yet.
fn object_key(key: &Value) -> Result<Option<Text>, Diagnostic> {
    if key.is_null() {
        return Err(Diagnostic::error("Null value as key", "Can't use a null value as a key."));
    }
    let wrong = |detail| Diagnostic::error("Incorrect key type", format!("Can't use this value as a key: {detail}."));
    match convert(key, &Type::String).map_err(wrong)?.data {
        Data::String(name) => Ok(Some(name)),
        _ => Ok(None),
    }
}
