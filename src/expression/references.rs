//! What an expression, template or body refers to: the edges of the dependency graph.
//!
//! Names that a for-expression, a template's for or a `dynamic` block introduces are no references. Whether what
//! is referred to exists is for the loader to say.

mod subject;
#[cfg(test)]
mod tests;
mod traversal;

use super::syntax::tree::{Body, Expression, ExpressionKind, For, Identifier, Splat, Template, TemplatePart};
use crate::{
    address::{InstanceKey, Name, ResourceMode},
    diagnostic::{Diagnostics, Span},
    value::PathStep,
};
pub use traversal::Traversal;

/// One reference and where it stands: from its first name to the last that [`Subject`] tells of.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    pub subject: Subject,
    pub span: Span,
    /// Its last step, with the dot or bracket before it.
    pub last: Span,
    /// Whether an attribute of a resource as a whole, without an index, is asked for.
    pub of_whole: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// `var.name`
    Variable(Name),
    /// `local.name`
    Local(Name),
    /// `module.call`, and one output of it if an attribute follows; `index` only if it is a literal.
    Module { call: Name, index: Option<InstanceKey>, output: Option<Name> },
    /// `type.name`, `data.type.name` and `resource.type.name`; `index` only if it is a literal.
    Resource { mode: ResourceMode, type_name: Name, name: Name, index: Option<InstanceKey> },
    /// `each.key`, `each.value`
    Each(Name),
    /// `count.index`
    Count(Name),
    /// `path.module`, `path.root`, `path.cwd`
    Path(Name),
    /// `terraform.workspace`, `terraform.applying`
    Terraform(Name),
    /// `self`
    SelfObject,
}

/// All references in `expression`, in the order of the text. A root that Terraform does not know is reported and
/// left out.
pub fn references(expression: &Expression, diagnostics: &mut Diagnostics) -> Vec<Reference> {
    collect(diagnostics, |collector| collector.expression(expression))
}

/// Of all arguments and nested blocks.
pub fn body_references(body: &Body, diagnostics: &mut Diagnostics) -> Vec<Reference> {
    collect(diagnostics, |collector| collector.body(body))
}

/// The same, as far as they are written out: with the steps that follow, and without what an index that has to be evaluated hides.
/// Each comes as often as it is written.
pub fn traversals(expression: &Expression) -> Vec<Traversal> {
    traversed(|collector| collector.expression(expression))
}

/// Of all arguments and nested blocks.
pub fn body_traversals(body: &Body) -> Vec<Traversal> {
    traversed(|collector| collector.body(body))
}

/// The name that each reference in `expression` starts with, whatever it names, and what is written out after it.
pub fn paths(expression: &Expression) -> Vec<(Identifier, Vec<PathStep>)> {
    let mut found = Vec::new();
    Collector {
        scoped: Vec::new(),
        visit: &mut |chain: &[&Expression]| found.extend(traversal::path_of(chain)),
        call: &mut |_| {},
    }
    .expression(expression);
    found
}

/// The name of each function that is called in `expression`, as often as it is.
pub fn functions(expression: &Expression) -> Vec<&str> {
    called(|collector| collector.expression(expression))
}

/// Of all arguments and nested blocks.
pub fn body_functions(body: &Body) -> Vec<&str> {
    called(|collector| collector.body(body))
}

fn called<'t>(walk: impl FnOnce(&mut Collector<'t, '_>)) -> Vec<&'t str> {
    let mut calls = Vec::new();
    walk(&mut Collector { scoped: Vec::new(), visit: &mut |_| {}, call: &mut |name| calls.push(name) });
    calls
}

fn traversed<'t>(walk: impl FnOnce(&mut Collector<'t, '_>)) -> Vec<Traversal> {
    let mut found = Vec::new();
    walk(&mut Collector {
        scoped: Vec::new(),
        visit: &mut |chain: &[&Expression]| found.extend(traversal::of(chain)),
        call: &mut |_| {},
    });
    found
}

/// The names that the text of a template may use and that are not its own: what `templatefile` must be given.
pub fn free_names(template: &Template) -> Vec<Identifier> {
    roots(|collector| collector.template(template))
}

/// The name that each reference in `expression` starts with, whether there is such a thing or not.
pub fn first_names(expression: &Expression) -> Vec<Identifier> {
    roots(|collector| collector.expression(expression))
}

/// Whether `expression` has the same value in all instances of the block that it stands in, and whenever it is evaluated: it
/// names nothing that each instance has for itself, and calls nothing that says something else each time.
pub fn is_shared(expression: &Expression) -> bool {
    let mut calls: Vec<&str> = Vec::new();
    let mut names = Vec::new();
    let mut collector = Collector {
        scoped: Vec::new(),
        visit: &mut |chain: &[&Expression]| names.extend(subject::root(chain)),
        call: &mut |name| calls.push(name),
    };
    collector.expression(expression);
    let varies = |name: &str| {
        let name = name.strip_prefix("core::").unwrap_or(name);
        matches!(name, "uuid" | "bcrypt" | "templatefile" | "templatestring") || name.starts_with("provider::")
    };
    !names.iter().any(|it| matches!(&*it.text, "count" | "each" | "self")) && !calls.into_iter().any(varies)
}

fn roots<'t>(walk: impl FnOnce(&mut Collector<'t, '_>)) -> Vec<Identifier> {
    let mut names = Vec::new();
    walk(&mut Collector {
        scoped: Vec::new(),
        visit: &mut |chain: &[&Expression]| names.extend(subject::root(chain)),
        call: &mut |_| {},
    });
    names
}

fn collect<'t>(diagnostics: &mut Diagnostics, walk: impl FnOnce(&mut Collector<'t, '_>)) -> Vec<Reference> {
    let mut found = Vec::new();
    walk(&mut Collector {
        scoped: Vec::new(),
        visit: &mut |chain: &[&Expression]| match subject::reference(chain) {
            Ok(reference) => found.push(reference),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        },
        call: &mut |_| {},
    });
    found
}

struct Collector<'t, 'v> {
    /// Names introduced by the expressions around the current one.
    scoped: Vec<&'t str>,
    /// Called with a chain: a name, then the attribute and index expressions around it from the inside out.
    visit: &'v mut dyn FnMut(&[&'t Expression]),
    /// Called with the name of each function.
    call: &'v mut dyn FnMut(&'t str),
}

impl<'t> Collector<'t, '_> {
    fn expression(&mut self, expression: &'t Expression) {
        match &*expression.kind {
            ExpressionKind::Literal(_) | ExpressionKind::Invalid => {}
            ExpressionKind::Template(template) => self.template(template),
            ExpressionKind::Name(_) | ExpressionKind::Attribute(..) | ExpressionKind::Index(..) => {
                self.chain(expression);
            }
            ExpressionKind::Splat(Splat { source, each, .. }) => {
                self.expression(source);
                self.expression(each);
            }
            ExpressionKind::Call(call) => {
                (self.call)(&call.name.text);
                call.arguments.iter().for_each(|it| self.expression(it));
            }
            ExpressionKind::Unary(_, inner) | ExpressionKind::Parentheses(inner) => self.expression(inner),
            ExpressionKind::Binary(_, left, right) => {
                self.expression(left);
                self.expression(right);
            }
            ExpressionKind::Conditional(condition, then, otherwise) => {
                self.expression(condition);
                self.expression(then);
                self.expression(otherwise);
            }
            ExpressionKind::Tuple(items) => items.iter().for_each(|it| self.expression(it)),
            ExpressionKind::Object(items) => {
                for item in items {
                    self.expression(&item.key);
                    self.expression(&item.value);
                }
            }
            ExpressionKind::For(expression) => self.for_expression(expression),
        }
    }

    fn for_expression(&mut self, expression: &'t For) {
        let For { key_name, value_name, collection, key, value, condition, .. } = expression;
        self.expression(collection);
        self.within(key_name.iter().chain([value_name]), |collector| {
            for part in key.iter().chain([value]).chain(condition) {
                collector.expression(part);
            }
        });
    }

    fn template(&mut self, template: &'t Template) {
        for part in &template.parts {
            match part {
                TemplatePart::Literal(..) => {}
                TemplatePart::Interpolation(expression) => self.expression(expression),
                TemplatePart::If { condition, then, otherwise, .. } => {
                    self.expression(condition);
                    self.template(then);
                    otherwise.iter().for_each(|it| self.template(it));
                }
                TemplatePart::For { key_name, value_name, collection, body, .. } => {
                    self.expression(collection);
                    self.within(key_name.iter().chain([value_name]), |collector| collector.template(body));
                }
            }
        }
    }

    fn body(&mut self, body: &'t Body) {
        for attribute in &body.attributes {
            self.expression(&attribute.value);
        }
        for block in &body.blocks {
            match block.labels.first() {
                Some(label) if &*block.kind.text == "dynamic" => self.dynamic(&block.body, &label.text),
                _ => self.body(&block.body),
            }
        }
    }

    /// A `dynamic` block: its iterator means something in all but `for_each`, and `iterator` itself is a name.
    fn dynamic(&mut self, body: &'t Body, label: &'t str) {
        let attribute = |name: &str| body.attributes.iter().find(|it| &*it.name.text == name);
        if let Some(for_each) = attribute("for_each") {
            self.expression(&for_each.value);
        }
        let iterator = match attribute("iterator").map(|it| &*it.value.kind) {
            None => label,
            Some(ExpressionKind::Name(name)) => name,
            // As JSON has to write it.
            Some(ExpressionKind::Literal(name)) => name.as_str().unwrap_or(label),
            // Reported where the block is decoded; what its elements are called, nobody knows.
            Some(_) => return,
        };
        self.scoped.push(iterator);
        for it in body.attributes.iter().filter(|it| !matches!(&*it.name.text, "for_each" | "iterator")) {
            self.expression(&it.value);
        }
        for block in &body.blocks {
            self.body(&block.body);
        }
        self.scoped.pop();
    }

    fn within(&mut self, names: impl Iterator<Item = &'t Identifier>, walk: impl FnOnce(&mut Self)) {
        let outer = self.scoped.len();
        self.scoped.extend(names.map(|it| &*it.text));
        walk(self);
        self.scoped.truncate(outer);
    }

    /// A name and what follows it. Keys that are expressions hold references of their own.
    fn chain(&mut self, expression: &'t Expression) {
        let mut chain = vec![expression];
        let mut inner = expression;
        let mut keys = Vec::new();
        loop {
            inner = match &*inner.kind {
                ExpressionKind::Attribute(source, _) => source,
                ExpressionKind::Index(source, key) => {
                    keys.push(key);
                    source
                }
                ExpressionKind::Name(name) => {
                    chain.reverse();
                    if &**name != "*" && !self.scoped.contains(&&**name) {
                        (self.visit)(&chain);
                    }
                    break;
                }
                _ => {
                    self.expression(inner);
                    break;
                }
            };
            chain.push(inner);
        }
        keys.into_iter().rev().for_each(|it| self.expression(it));
    }
}
