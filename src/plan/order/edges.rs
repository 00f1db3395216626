//! What goes before what: edges between steps, and joins where many wait for many.
//!
//! Every instance of a resource waits for every instance of what it refers to. An edge for each pair would be the product of
//! both numbers; by way of a join, which waits for all of the one and is waited for by all of the other, it is their sum.

use crate::{
    address::{ModuleAddress, ModulePath, ResourcePath},
    plan::change::{Action, ResourceChange, Step, StepKind},
};
use std::collections::HashMap;

/// The order that is being put together.
#[derive(Clone)]
pub(super) struct Edges {
    /// How many steps and joins there are.
    pub points: usize,
    /// `(earlier, later)`
    pub all: Vec<(usize, usize)>,
}

impl Edges {
    pub(super) fn new(steps: usize, all: Vec<(usize, usize)>) -> Self {
        Self { points: steps, all }
    }

    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    pub(super) fn extend(&mut self, edges: impl IntoIterator<Item = (usize, usize)>) {
        self.all.extend(edges);
    }

    fn join(&mut self) -> usize {
        self.points += 1;
        self.points - 1
    }

    /// A point that is reached when all of `earlier` are done; none if there are none.
    pub(super) fn after(&mut self, earlier: &[usize]) -> Option<usize> {
        if let [] | [_] = earlier {
            return earlier.first().copied();
        }
        let join = self.join();
        self.extend(earlier.iter().map(|it| (*it, join)));
        Some(join)
    }

    /// A point that all of `later` wait for; none if there are none.
    fn before(&mut self, later: &[usize]) -> Option<usize> {
        if let [] | [_] = later {
            return later.first().copied();
        }
        let join = self.join();
        self.extend(later.iter().map(|it| (join, *it)));
        Some(join)
    }

    /// Each of `earlier` goes before each of `later`.
    pub(super) fn between(&mut self, earlier: &[usize], later: &[usize]) {
        if let (Some(earlier), [_, ..]) = (self.after(earlier), later) {
            self.extend(later.iter().map(|it| (earlier, *it)));
        }
    }
}

/// Which of the deletions of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Which {
    All,
    /// Those that are not the first half of a replacement.
    NotInTheWay,
    /// Those of objects without a successor.
    Gone,
}

/// The makers or the deleters, found by their resource and the module instance they are in.
pub(super) struct Index<'c> {
    changes: &'c [ResourceChange],
    steps: &'c [Step],
    all: HashMap<&'c ResourcePath, Vec<usize>>,
    /// By how many module calls two resources share, then by the instance of those calls.
    near: HashMap<(&'c ResourcePath, usize), HashMap<ModuleAddress, Group>>,
}

/// Steps that are waited for, or wait, together.
#[derive(Default)]
struct Group {
    steps: Vec<usize>,
    /// After all of them.
    after: Option<usize>,
    before: HashMap<Which, Option<usize>>,
}

impl<'c> Index<'c> {
    pub(super) fn new(changes: &'c [ResourceChange], steps: &'c [Step]) -> Self {
        Self { changes, steps, all: HashMap::new(), near: HashMap::new() }
    }

    pub(super) fn add(&mut self, path: &'c ResourcePath, step: usize) {
        self.all.entry(path).or_default().push(step);
    }

    /// Whether none of the steps is in a module that is called several times.
    pub(super) fn are_in_single_modules(&mut self, path: &ResourcePath, module: &ModuleAddress) -> bool {
        let (changes, all) = (self.changes, self.steps);
        let module_of = |step: &usize| &changes[all[*step].change].address.resource.module;
        let mut steps = self.group(path, module).into_iter().flat_map(|it| &it.steps);
        steps.all(|step| module_of(step).0.iter().all(|(_, key)| key.is_none()))
    }

    /// The steps of `path` that the instance in `module` can have to do with.
    fn group(&mut self, path: &ResourcePath, module: &ModuleAddress) -> Option<&mut Group> {
        let (path, steps) = self.all.get_key_value(path)?;
        let shared = shared(&path.module, module);
        let (changes, all) = (self.changes, self.steps);
        let by_module = self.near.entry((*path, shared)).or_insert_with(|| {
            let mut by_module: HashMap<ModuleAddress, Group> = HashMap::new();
            for step in steps {
                let address = &changes[all[*step].change].address.resource.module;
                by_module.entry(address.outer(shared)).or_default().steps.push(*step);
            }
            by_module
        });
        by_module.get_mut(&module.outer(shared))
    }

    /// The point after the steps of `path` that the instance in `module` can have to do with.
    pub(super) fn after(&mut self, path: &ResourcePath, module: &ModuleAddress, edges: &mut Edges) -> Option<usize> {
        let group = self.group(path, module)?;
        if group.after.is_none() {
            group.after = edges.after(&group.steps);
        }
        group.after
    }

    /// The point before those of them that are meant.
    pub(super) fn before(
        &mut self,
        path: &ResourcePath,
        module: &ModuleAddress,
        which: Which,
        edges: &mut Edges,
    ) -> Option<usize> {
        let (changes, all) = (self.changes, self.steps);
        let is_meant = |step: &usize| {
            let Step { kind, change } = &all[*step];
            let action = changes[*change].action;
            match which {
                Which::All => true,
                Which::NotInTheWay => action != Action::DeleteThenCreate || *kind != StepKind::Delete { deposed: None },
                Which::Gone => action == Action::Delete,
            }
        };
        let Group { steps, before, .. } = self.group(path, module)?;
        *before.entry(which).or_insert_with(|| {
            let steps: Vec<usize> = steps.iter().copied().filter(is_meant).collect();
            edges.before(&steps)
        })
    }
}

/// How many module calls a module and an instance of another have in common.
pub(super) fn shared(path: &ModulePath, module: &ModuleAddress) -> usize {
    path.0.iter().zip(module.0.iter()).take_while(|(a, b)| **a == b.0).count()
}
