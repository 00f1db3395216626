//! A type of resource, as its row says it. `docs/types.md` has the grammar; `read` makes this of it.

use super::names::{is_same, within};
use crate::{
    aws::wire::model::{Operation, Service, Structure},
    diagnostic::{Sources, Span},
    expression::syntax::tree::Expression,
    schema::{Equality, Spelling},
};
use std::{collections::BTreeMap, sync::Arc, time::Duration};

#[derive(Debug)]
pub struct Row {
    pub name: &'static str,
    /// Where it stands, and the text around it.
    pub span: Span,
    pub sources: Arc<Sources>,
    pub service: &'static Service,
    /// What the service calls such an object: members may begin with it.
    pub nouns: Vec<String>,
    /// The id, from what a create or find answers and what was planned.
    pub id: Expression,
    /// Attributes whose member has another name, both ways; a nested one with dots between.
    pub names: BTreeMap<String, String>,
    /// Attributes of which the service tells nothing: they are as they were.
    pub kept: Vec<String>,
    /// Attributes that say nothing, instead of being null, where the service tells nothing.
    pub empty: Vec<String>,
    /// Attributes that are documents: how two of them are compared, and how one is written.
    pub documents: BTreeMap<String, (Equality, Spelling)>,
    pub strings: Option<Strings>,
    pub generated: Option<Generated>,
    pub create: Step,
    pub reads: Vec<Step>,
    pub updates: Vec<Step>,
    pub deletes: Vec<Step>,
    /// How what an interrupted create may have made is found, if not by reading it.
    pub find: Option<Step>,
    pub tags: Option<TagCalls>,
    /// Attributes that are computed from `answer`, `id` and what was known before.
    pub values: BTreeMap<String, Expression>,
    /// What the service tells of an attribute that is not set.
    pub unset: BTreeMap<String, Expression>,
    /// Attributes that an import id stands for.
    pub import: BTreeMap<String, Expression>,
    pub refused: Vec<Refusal>,
    /// When it can be used, and why it never will.
    pub ready: Option<Expression>,
    pub failed: Option<Expression>,
    /// Whether a delete goes on after its call.
    pub lingers: bool,
    pub patience: Option<Duration>,
    pub delete_patience: Option<Duration>,
    pub deleted_after: &'static [&'static str],
    /// Codes that say that something else is not seen everywhere yet.
    pub not_yet: Vec<Word>,
    /// Codes that the model does not have.
    pub unmodelled: Vec<String>,
}

/// A word of a row, and where it stands.
#[derive(Clone, Debug)]
pub struct Word {
    pub text: String,
    pub span: Span,
}

/// The member that holds attributes as strings, by what keys: a map, or a list of keys and values.
#[derive(Debug)]
pub struct Strings {
    pub member: String,
    /// By the attribute.
    pub keys: BTreeMap<String, String>,
}

/// A name that is made up where the configuration gives none.
#[derive(Debug)]
pub struct Generated {
    pub attribute: String,
    pub prefix: Option<String>,
    pub suffix: Option<Expression>,
}

/// What is refused when it is planned.
#[derive(Debug)]
pub struct Refusal {
    pub when: Expression,
    pub message: String,
}

/// One call.
#[derive(Debug)]
pub struct Step {
    pub operation: &'static Operation,
    pub span: Span,
    pub given: BTreeMap<String, Expression>,
    /// The structure in the input that holds what is named alike, and the path of it.
    pub inside: Option<(String, &'static Structure)>,
    /// Which part of the answer counts; it is merged with those of other reads, or stands under `name`.
    pub at: String,
    pub name: Option<String>,
    /// Attributes that it changes.
    pub when: Vec<Word>,
    /// Made only if this holds.
    pub only_if: Option<Expression>,
    /// Codes that say that the object is gone, and that this part of it is not there.
    pub gone: Vec<Word>,
    pub absent: Vec<Word>,
    /// How many objects one call can name, by `ids`, and what of an element `it` says which one it is.
    pub batch: Option<usize>,
    pub by: Option<Expression>,
}

#[derive(Debug)]
pub struct TagCalls {
    /// Where reads tell no tags.
    pub list: Option<Step>,
    pub add: Step,
    pub remove: Step,
    /// By what the tagging API knows the object, which tells tags of many.
    pub arn: Option<Expression>,
}

impl Step {
    pub fn says_gone(&self, code: &str) -> bool {
        self.gone.iter().any(|it| it.text == code)
    }

    pub fn says_absent(&self, code: &str) -> bool {
        self.absent.iter().any(|it| it.text == code)
    }

    /// The expressions of the call.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        self.given.values().chain(&self.only_if)
    }
}

impl Row {
    /// Whether the attribute at `path.attribute` is called `member`.
    pub fn is_named(&self, path: &str, attribute: &str, member: &str, nouns: &[String]) -> bool {
        match self.names.get(&within(path, attribute)) {
            Some(it) => it == member,
            None => attribute == member || is_same(attribute, member, nouns),
        }
    }

    /// All calls.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        let tags = self.tags.iter().flat_map(|it| it.list.iter().chain([&it.add, &it.remove]));
        let changes = self.reads.iter().chain(&self.updates).chain(&self.deletes);
        [&self.create].into_iter().chain(changes).chain(&self.find).chain(tags)
    }

    /// All expressions.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let told = self.values.values().chain(self.unset.values()).chain(self.import.values());
        let states = [&self.ready, &self.failed].into_iter().flatten();
        let suffix = self.generated.iter().filter_map(|it| it.suffix.as_ref());
        let arn = self.tags.iter().filter_map(|it| it.arn.as_ref());
        let steps = self.steps().flat_map(|it| it.expressions().chain(&it.by));
        [&self.id]
            .into_iter()
            .chain(told)
            .chain(states)
            .chain(suffix)
            .chain(arn)
            .chain(steps)
            .chain(self.refused.iter().map(|it| &it.when))
    }
}
