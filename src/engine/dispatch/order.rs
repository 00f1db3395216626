//! Which steps may start, and which never will.

use crate::plan::Steps;
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Waiting,
    Started,
    Done,
    Failed,
    /// Something that it needs failed.
    Skipped,
}

/// The state of every step. Each edge is followed once.
#[derive(Debug)]
pub(super) struct Order {
    status: Vec<Status>,
    /// How many steps each one still waits for.
    missing: Vec<usize>,
    later: Vec<Vec<usize>>,
    ready: BTreeSet<usize>,
}

impl Order {
    pub(super) fn new(steps: &Steps) -> Self {
        let count = steps.nodes.len();
        let mut missing = vec![0; count];
        let mut later = vec![Vec::new(); count];
        for (before, after) in &steps.edges {
            missing[*after] += 1;
            later[*before].push(*after);
        }
        let ready = (0..count).filter(|step| missing[*step] == 0).collect();
        Self { status: vec![Status::Waiting; count], missing, later, ready }
    }

    /// Takes the first step that may start.
    pub(super) fn next(&mut self) -> Option<usize> {
        let step = self.ready.pop_first()?;
        self.status[step] = Status::Started;
        Some(step)
    }

    pub(super) fn done(&mut self, step: usize) {
        self.status[step] = Status::Done;
        for after in &self.later[step] {
            self.missing[*after] -= 1;
            if self.missing[*after] == 0 && self.status[*after] == Status::Waiting {
                self.ready.insert(*after);
            }
        }
    }

    /// Nothing that needs `step`, directly or not, will start.
    pub(super) fn fail(&mut self, step: usize) {
        self.status[step] = Status::Failed;
        let mut doomed = self.later[step].clone();
        while let Some(step) = doomed.pop() {
            if self.status[step] == Status::Waiting {
                self.status[step] = Status::Skipped;
                doomed.extend(&self.later[step]);
            }
        }
    }

    pub(super) fn failed(&self) -> bool {
        self.status.contains(&Status::Failed)
    }

    /// The steps that did not start.
    pub(super) fn not_attempted(&self) -> impl Iterator<Item = usize> {
        let waiting = |status| matches!(status, Status::Waiting | Status::Skipped);
        self.status.iter().enumerate().filter(move |(_, it)| waiting(**it)).map(|(step, _)| step)
    }
}
