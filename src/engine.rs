//! Does what a plan says: reads in batches, applies step by step, and loses nothing when it is cut off.

pub mod budget;
pub mod event;
mod look;
pub mod tempo;

pub use look::look;

#[cfg(test)]
mod tests;
