//! What people and programs see. The only part that prints; everything else returns what there is to say.

pub mod diagnostics;
pub mod download;
mod excerpt;
pub mod graph;
pub mod json;
pub mod logins;
pub mod modules;
pub mod outputs;
pub mod plan;
pub mod progress;
pub mod providers;
#[cfg(test)]
mod recorded;
pub mod stream;
pub mod style;
pub mod test;
mod visible;

pub use style::Style;
pub use visible::visible;
