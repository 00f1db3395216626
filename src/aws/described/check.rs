//! Whether a row is whole: everything that can be configured is sent, everything that is told of an object is filled, and what it
//! names is there. What a row says on purpose otherwise, it says: `kept`, `unmodelled`.

use super::{
    Described,
    names::within,
    row::{Row, Step, Word},
    scope::NAMES,
    tell::APART,
};
use crate::{
    aws::wire::model::{Item, Kind, Structure},
    diagnostic::Span,
    expression::{
        references::{first_names, paths},
        syntax::tree::Expression,
    },
    schema::{Nesting, SchemaBlock},
    value::PathStep,
};
use std::collections::BTreeSet;

/// What is wrong with a row, each with its file and line.
pub(super) fn faults(it: &Described) -> Vec<String> {
    let mut check = Check { row: &it.row, block: &it.schema.block, found: Vec::new() };
    check.codes();
    check.expressions();
    check.sent();
    check.changed();
    check.filled();
    check.found
}

struct Check<'r> {
    row: &'r Row,
    block: &'r SchemaBlock,
    found: Vec<String>,
}

impl Check<'_> {
    fn wrong(&mut self, at: Span, what: &str) {
        self.found.push(format!("{}: {}: {what}", self.row.sources.start(at), self.row.name));
    }

    fn codes(&mut self) {
        let row = self.row;
        let is_known = |it: &&Word| !row.service.errors.contains(&&*it.text) && !row.unmodelled.contains(&it.text);
        let codes = row.steps().flat_map(|it| it.gone.iter().chain(&it.absent)).chain(&row.not_yet);
        for it in codes.filter(is_known) {
            let name = row.service.name;
            self.wrong(
                it.span,
                &format!("{name} has no error {}; if it is sure to answer it, say so: `unmodelled`", it.text),
            );
        }
    }

    fn expressions(&mut self) {
        let row = self.row;
        for name in row.expressions().flat_map(first_names) {
            if !NAMES.contains(&&*name.text) && !self.block.has(&name.text) {
                self.wrong(name.span, &format!("{} is no attribute of the type, and nothing else", name.text));
            }
        }
        let told = row.values.values().chain([&row.ready, &row.failed].into_iter().flatten());
        let answers = told_names(row);
        told.for_each(|it| self.answers(it, &answers));
        let made = [&row.create].into_iter().chain(&row.find).flat_map(|it| members(row, it));
        self.answers(&row.id, &made.collect());
        for step in row.reads.iter().filter(|it| it.batch.is_some() && it.by.is_none()) {
            self.wrong(step.span, "`batch` needs `by`, which says of what object an element is");
        }
    }

    /// Whether answers have what an expression asks of them.
    fn answers(&mut self, expression: &Expression, known: &BTreeSet<String>) {
        for (name, steps) in paths(expression).into_iter().filter(|it| &*it.0.text == "answer") {
            let Some(PathStep::Attribute(first)) = steps.first() else { continue };
            if !known.contains(&**first) {
                self.wrong(name.span, &format!("no answer has a member {first}"));
            }
        }
    }

    fn sent(&mut self) {
        let row = self.row;
        let mut said: BTreeSet<String> = BTreeSet::new();
        let calls = || [&row.create].into_iter().chain(&row.updates);
        for step in calls() {
            let inside = step.inside.as_ref().map(|it| it.1);
            for shape in [step.operation.input].into_iter().chain(inside) {
                by_name(row, "", self.block, shape, &row.nouns, &mut said, 0);
            }
        }
        let given = calls().flat_map(|it| it.expressions()).chain(row.deletes.iter().flat_map(Step::expressions));
        said.extend(given.chain([&row.id]).flat_map(mentioned));
        said.extend(row.strings.iter().flat_map(|it| it.keys.keys().cloned()));
        let generated = row.generated.iter();
        said.extend(generated.flat_map(|it| it.prefix.clone().into_iter().chain([it.attribute.clone()])));
        for path in leaves(self.block, &|it| it.is_configurable()) {
            if !covers(&said, &path) && !covers_kept(row, &path) {
                self.wrong(row.span, &format!("{path} can be configured, and no call says it"));
            }
        }
    }

    fn changed(&mut self) {
        let row = self.row;
        let is_updated =
            |name: &str| row.updates.iter().flat_map(|it| &it.when).any(|it| it.text == "*" || it.text == name);
        let attributes = self.block.attributes.iter().filter(|(_, it)| it.is_configurable() && !it.force_new);
        let blocks = self.block.blocks.iter().filter(|(_, it)| it.nesting != Nesting::Single && !it.force_new);
        let names: Vec<_> = attributes.map(|it| it.0).chain(blocks.map(|it| it.0)).cloned().collect();
        for name in names.iter().filter(|it| !APART.contains(&&***it)) {
            if !is_updated(name) && !covers_kept(row, name) {
                self.wrong(row.span, &format!("{name} can be changed in place, and no update does"));
            }
        }
    }

    fn filled(&mut self) {
        let row = self.row;
        let mut told = BTreeSet::new();
        for shape in row.reads.iter().filter(|it| it.name.is_none()).filter_map(|it| answered(row, it)) {
            by_name(row, "", self.block, shape, &row.nouns, &mut told, 0);
        }
        told.extend(row.values.keys().cloned());
        told.extend(row.strings.iter().flat_map(|it| it.keys.keys().cloned()));
        told.extend(row.generated.iter().filter_map(|it| it.prefix.clone()));
        for path in leaves(self.block, &|_| true) {
            if !covers(&told, &path) && !covers_kept(row, &path) {
                self.wrong(row.span, &format!("{path} is filled by nothing, and not `kept`"));
            }
        }
    }
}

/// Whether one of `paths` is `path` or around it.
fn covers(paths: &BTreeSet<String>, path: &str) -> bool {
    paths.contains(path) || path.match_indices('.').any(|(at, _)| paths.contains(&path[..at]))
}

fn covers_kept(row: &Row, path: &str) -> bool {
    row.kept.iter().any(|it| path == it || path.strip_prefix(it.as_str()).is_some_and(|rest| rest.starts_with('.')))
}

/// The paths of attributes, but for those that no row has to tell of.
fn leaves(block: &SchemaBlock, counts: &dyn Fn(&crate::schema::Attribute) -> bool) -> Vec<String> {
    let own = block.attributes.iter().filter(|(name, it)| !APART.contains(&&***name) && counts(it));
    let mut all: Vec<String> = own.map(|it| it.0.to_string()).collect();
    for (name, nested) in block.blocks.iter().filter(|(_, it)| it.nesting != Nesting::Single) {
        all.extend(leaves(&nested.block, counts).into_iter().map(|it| within(name, &it)));
    }
    all
}

/// The attributes that an expression mentions, by their paths.
fn mentioned(expression: &Expression) -> Vec<String> {
    let path = |(name, steps): (crate::expression::syntax::tree::Identifier, Vec<PathStep>)| {
        let names = steps.iter().filter_map(|it| match it {
            PathStep::Attribute(name) => Some(name.to_string()),
            _ => None,
        });
        [name.text.to_string()].into_iter().chain(names).collect::<Vec<_>>().join(".")
    };
    paths(expression).into_iter().map(path).collect()
}

/// How deep shapes are looked into: some hold themselves.
const DEPTH: usize = 8;

/// Adds the paths of what of `block` a structure has by name.
fn by_name(
    row: &Row,
    path: &str,
    block: &SchemaBlock,
    shape: &Structure,
    nouns: &[String],
    into: &mut BTreeSet<String>,
    depth: usize,
) {
    if depth > DEPTH {
        return;
    }
    let member = |name: &str| {
        let deep = row.names.get(&within(path, name)).and_then(|it| it.split_once('.'));
        match deep {
            Some((outer, _)) => shape.member(outer).map(|it| &it.kind),
            None => shape.members.iter().find(|it| row.is_named(path, name, it.name, nouns)).map(|it| &it.kind),
        }
    };
    into.extend(block.attributes.keys().filter(|it| member(it).is_some()).map(|it| within(path, it)));
    for (name, nested) in block.blocks.iter().filter(|(_, it)| it.nesting != Nesting::Single) {
        let path = within(path, name);
        let Some(kind) = member(name) else { continue };
        match structure_in(row, kind) {
            Some(shape) => by_name(row, &path, &nested.block, shape, &[name.to_string()], into, depth + 1),
            None => drop(into.insert(path)),
        }
    }
}

/// The structure that a member is, or has elements of.
fn structure_in(row: &Row, kind: &Kind) -> Option<&'static Structure> {
    match kind {
        Kind::Structure(name) => {
            let shape = row.service.structure(name);
            let items = shape.member("Items").filter(|_| super::tell::counts(shape));
            items.map_or(Some(shape), |it| structure_in(row, &it.kind))
        }
        Kind::List(Item { kind, .. }) => structure_in(row, kind),
        _ => None,
    }
}

/// What counts of an answer.
fn answered(row: &Row, step: &Step) -> Option<&'static Structure> {
    let mut shape = step.operation.output;
    for name in step.at.split('.').filter(|it| !it.is_empty() && it.parse::<usize>().is_err()) {
        shape = structure_in(row, &shape.member(name)?.kind)?;
    }
    Some(shape)
}

fn members(row: &Row, step: &Step) -> Vec<String> {
    answered(row, step).into_iter().flat_map(|it| &it.members).map(|it| it.name.to_owned()).collect()
}

/// The members of what all reads tell together.
fn told_names(row: &Row) -> BTreeSet<String> {
    let names = row.reads.iter().flat_map(|it| match &it.name {
        Some(name) => vec![name.clone()],
        None => members(row, it),
    });
    names.collect()
}
