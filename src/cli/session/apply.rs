//! Applying a plan: the engine works, events go to the progress view, interrupts to the engine.

use super::{Failed, Session};
use crate::{
    cli::{args::Planning, interrupt::Interrupts, terminal::Terminal},
    diagnostic::Diagnostics,
    engine::{self, Options, Outcome, event::Event},
    plan::{Evaluation, Plan, World},
    ui::progress::Progress,
};
use std::{collections::BTreeSet, io, sync::Arc};
use tokio::sync::mpsc::{self, UnboundedReceiver};

impl Session {
    /// Applies and saves; errors of steps are in the outcome, which comes with what `closing` makes of it.
    pub(crate) fn apply(
        mut self,
        plan: Plan,
        options: &Planning,
        terminal: &Terminal,
        json: bool,
        closing: impl FnOnce(&Progress, &Outcome) -> String,
    ) -> Result<(Outcome, String), Failed> {
        let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        self.setting.timestamp = Some(Arc::from(now));
        let world = match World::resume(self.setting.clone(), &plan) {
            Ok(world) => world,
            Err(diagnostics) => {
                let failed = self.failed(diagnostics);
                self.close(terminal);
                return Err(failed);
            }
        };
        if let Err(diagnostics) = self.check_providers(&plan, &world) {
            let failed = self.failed(diagnostics);
            self.close(terminal);
            return Err(failed);
        }
        let mut progress = Progress::new(terminal.style, Box::new(io::stdout()), terminal.is_screen(), json);
        let budget = self.budget.clone();
        let (interrupt, interrupts) = mpsc::unbounded_channel();
        let mut heard_interrupts = Interrupts::listen();
        let listening = async move {
            while let Some(()) = heard_interrupts.0.recv().await {
                budget.stop.set();
                // A run that has ended does not listen any more.
                let _ = interrupt.send(());
            }
        };
        let parallelism = options.parallelism;
        let outcome = self.execute(plan, world, parallelism, (listening, interrupts), |it| progress.event(it));
        progress.end();
        let closing = closing(&progress, &outcome);
        Ok((outcome, closing))
    }

    /// Has the engine carry out `plan`. Interrupts come through a channel, for as long as something listens for them.
    pub(super) fn execute<E: Evaluation>(
        self,
        plan: Plan,
        evaluation: E,
        parallelism: usize,
        (listening, interrupts): (impl Future<Output = ()>, UnboundedReceiver<()>),
        mut show: impl FnMut(&Event),
    ) -> Outcome {
        let options = Options { parallelism, tempo: self.tempo };
        let (events, mut heard) = mpsc::unbounded_channel();
        let Self { open, runtime, setting, .. } = self;
        let mut outcome = runtime.block_on(async {
            let applying = engine::apply(plan, evaluation, open, events, interrupts, options);
            let showing = async {
                while let Some(event) = heard.recv().await {
                    show(&event);
                }
            };
            let listening = async {
                listening.await;
                std::future::pending().await
            };
            tokio::select! {
                (outcome, ()) = futures::future::join(applying, showing) => outcome,
                never = listening => never,
            }
        });
        outcome.diagnostics.extend(super::closing(&setting));
        // What was given up goes on in threads of its own, which nobody waits for.
        runtime.shutdown_background();
        outcome
    }

    /// Region, credentials and account of what the plan is to be applied with, as far as they are known before it is: the plan may
    /// be an old one.
    pub(super) fn check_providers(&self, plan: &Plan, world: &World) -> Result<(), Diagnostics> {
        let changes = plan.steps.nodes.iter().map(|step| &plan.changes[step.change].provider);
        for key in changes.collect::<BTreeSet<_>>() {
            // What is wrong with its arguments is told by the step that needs it, which knows more by then.
            let _ = world.settled_provider(key);
        }
        self.runtime.block_on(engine::check_providers(world, &mut BTreeSet::new()))
    }
}
