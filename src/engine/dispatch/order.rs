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

/// The state of every step, and of every join behind them. Each edge is followed once.
#[derive(Debug)]
pub(super) struct Order {
    steps: usize,
    status: Vec<Status>,
    /// How many steps each one still waits for.
    missing: Vec<usize>,
    later: Vec<Vec<usize>>,
    ready: BTreeSet<usize>,
}

impl Order {
    pub(super) fn new(steps: &Steps) -> Self {
        let count = steps.nodes.len() + steps.joins;
        let mut missing = vec![0; count];
        let mut later = vec![Vec::new(); count];
        for (before, after) in &steps.edges {
            missing[*after] += 1;
            later[*before].push(*after);
        }
        let ready = (0..steps.nodes.len()).filter(|step| missing[*step] == 0).collect();
        Self { steps: steps.nodes.len(), status: vec![Status::Waiting; count], missing, later, ready }
    }

    /// Takes the first step that may start.
    pub(super) fn next(&mut self) -> Option<usize> {
        let step = self.ready.pop_first()?;
        self.status[step] = Status::Started;
        Some(step)
    }

    pub(super) fn done(&mut self, step: usize) {
        let mut done = vec![step];
        while let Some(point) = done.pop() {
            self.status[point] = Status::Done;
            for after in &self.later[point] {
                self.missing[*after] -= 1;
                if self.missing[*after] > 0 || self.status[*after] != Status::Waiting {
                    continue;
                }
                // Nothing is done at a join.
                if *after < self.steps {
                    self.ready.insert(*after);
                } else {
                    done.push(*after);
                }
            }
        }
    }

    /// Nothing that needs `step`, directly or not, will start.
    pub(super) fn fail(&mut self, step: usize) {
        self.status[step] = Status::Failed;
        let mut doomed = self.later[step].clone();
        while let Some(point) = doomed.pop() {
            if self.status[point] == Status::Waiting {
                self.status[point] = Status::Skipped;
                doomed.extend(&self.later[point]);
            }
        }
    }

    /// The same of a step that [`Self::next`] gave and nobody will start.
    pub(super) fn skip(&mut self, step: usize) {
        self.fail(step);
        self.status[step] = Status::Skipped;
    }

    pub(super) fn failed(&self) -> bool {
        self.status.contains(&Status::Failed)
    }

    /// The steps that failed, did not start or are not known to be done.
    pub(super) fn not_done(&self) -> impl Iterator<Item = usize> {
        self.status[..self.steps].iter().enumerate().filter(|(_, it)| **it != Status::Done).map(|(step, _)| step)
    }

    /// The steps that did not start.
    pub(super) fn not_attempted(&self) -> impl Iterator<Item = usize> {
        let waiting = |status| matches!(status, Status::Waiting | Status::Skipped);
        self.status[..self.steps].iter().enumerate().filter(move |(_, it)| waiting(**it)).map(|(step, _)| step)
    }
}
