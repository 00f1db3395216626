//! Does what a plan says: reads in batches, applies step by step, and loses nothing when it is cut off.
//!
//! A plan leaves no choices to the engine. [`apply`] owns the state and the evaluated configuration; steps run as
//! tasks that get owned values and answer with messages, so that every change of state happens in one place.

mod ask;
pub mod budget;
mod dispatch;
pub mod event;
mod execute;
mod finish;
mod look;
mod recover;
pub mod stop;
pub mod tempo;
mod timeouts;
mod wait;

pub use ask::{ask, validate};
pub use dispatch::{Counts, Options, Outcome, apply};
pub use look::{check_providers, confirm_providers, look};
pub use recover::{lost, recover, settle};

#[cfg(test)]
mod tests;
