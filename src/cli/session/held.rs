//! The two ways to hold a state. What only reads has nothing in its hands that could write.

use super::{Failed, Session, open::lock};
use crate::{
    cli::args::Locking,
    diagnostic::{Diagnostic, Diagnostics},
    plan::World,
    state::{self, Intent, Location, OpenState, Recorded, State},
};

pub(crate) trait Held: Sized {
    fn open(location: Location, locking: &Locking, operation: &str) -> Result<Self, Failed>;
    fn state(&self) -> &State;
    /// What is to be found out before anything is planned.
    fn unresolved(&self) -> &[Intent];
    /// Warnings of opening it.
    fn warnings(&self) -> Diagnostics;
    /// Finds out what is unresolved, as far as the providers of `world` are configured; warnings.
    fn recover(session: &mut Session<Self>, world: &World) -> Result<Diagnostics, Failed>;
    fn close(self) -> Result<(), Diagnostic>;
}

impl Held for OpenState {
    fn open(location: Location, locking: &Locking, operation: &str) -> Result<Self, Failed> {
        lock(location, locking, operation)
    }
    fn state(&self) -> &State {
        &self.state
    }
    fn unresolved(&self) -> &[Intent] {
        &self.unresolved
    }
    fn warnings(&self) -> Diagnostics {
        self.warnings.clone()
    }
    fn recover(session: &mut Session<Self>, world: &World) -> Result<Diagnostics, Failed> {
        session.recover(world)
    }
    fn close(self) -> Result<(), Diagnostic> {
        OpenState::close(self)
    }
}

/// What an interrupted run left open is shown and stays as it is: it is for whoever may write to find it out.
impl Held for Recorded {
    fn open(location: Location, _: &Locking, _: &str) -> Result<Self, Failed> {
        state::read(&location).map_err(Failed::new)
    }
    fn state(&self) -> &State {
        &self.state
    }
    fn unresolved(&self) -> &[Intent] {
        &[]
    }
    fn warnings(&self) -> Diagnostics {
        self.note().into_iter().collect()
    }
    fn recover(_: &mut Session<Self>, _: &World) -> Result<Diagnostics, Failed> {
        Ok(Diagnostics::new())
    }
    fn close(self) -> Result<(), Diagnostic> {
        Ok(())
    }
}
