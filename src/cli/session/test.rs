//! A session for one run of a test. Its state is a file of its own, so that a process that is killed loses nothing.

use super::{Failed, Notices, Session, open};
use crate::{
    cli::args::Locking,
    engine::{Outcome, budget::Budget, stop::Stop, tempo::Tempo},
    plan::{Plan, Setting, World},
    state::Location,
};
use std::{collections::BTreeSet, path::PathBuf, sync::Arc, time::Duration};
use tokio::sync::mpsc;

/// How many steps of a run go on at once.
const PARALLELISM: usize = 64;

/// The user's wish that the tests end: the first is obeyed by ending what is under way, the second at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stops {
    pub first: Stop,
    pub second: Stop,
}

/// A budget whose waits end when `stop` is set.
pub(crate) fn budget(stop: &Stop) -> Result<Arc<Budget>, Failed> {
    let mut budget = open::budget()?;
    if let Some(budget) = Arc::get_mut(&mut budget) {
        budget.stop = stop.clone();
    }
    Ok(budget)
}

impl Session {
    /// With the state in the file at `place`.
    pub(crate) fn of_test(setting: Setting, place: PathBuf, budget: Arc<Budget>) -> Result<Self, Failed> {
        let location = Location { input: place.clone(), output: place, backup: None };
        let open = open::lock(location, &Locking { lock: true, lock_timeout: Duration::ZERO }, open::operation::APPLY)?;
        let runtime = open::runtime()?;
        let (ephemeral, tempo) = (BTreeSet::new(), Tempo::default());
        let (watch, notices, so_far, world_so_far) = (None, Notices::default(), None, None);
        let settles = false;
        Ok(Self { setting, open, budget, ephemeral, tempo, runtime, watch, notices, so_far, world_so_far, settles })
    }

    /// What a plan that failed had come to, and the world as it was then.
    pub(crate) fn take_so_far(&mut self) -> Option<(Plan, World)> {
        self.so_far.take().map(|it| *it).zip(self.world_so_far.take())
    }

    /// Carries out `plan` and prints nothing; what came of it, and the world as it is then.
    pub(crate) fn carry_out(mut self, plan: Plan, stops: Stops) -> Result<(Outcome, World), Failed> {
        let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        self.setting.timestamp = Some(Arc::from(now));
        let mut world = World::resume(self.setting.clone(), &plan).map_err(|it| self.failed(it))?;
        self.check_providers(&plan, &world).map_err(|it| self.failed(it))?;
        let (interrupt, interrupts) = mpsc::unbounded_channel();
        let listening = async move {
            for stop in [stops.first, stops.second] {
                stop.wait().await;
                // A run that has ended does not listen any more.
                let _ = interrupt.send(());
            }
        };
        let outcome = self.execute(plan, &mut world, PARALLELISM, (listening, interrupts), |_| ());
        Ok((outcome, world))
    }
}
