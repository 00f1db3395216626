//! Terraform's published JSON formats of state and plans (`show -json`), which other tools read.

mod checks;
mod configuration;
mod expression;
mod functions;
mod objects;
mod plan;
mod prior;
mod providers;
mod schemas;
mod state;
mod values;

pub use functions::{call as function_call, functions};
pub use plan::{plan, reason_name};
pub use schemas::schemas;
pub use state::state;

/// What the formats call the version of the tool: the Terraform release whose language and formats these are.
pub const COMPATIBLE_WITH: &str = "1.11.4";

#[cfg(test)]
mod tests;
