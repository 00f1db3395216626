//! The Terraform language: syntax, configurations, evaluation.

pub mod check;
pub mod configuration;
pub mod constant;
pub mod decode;
pub mod dependencies;
pub mod evaluate;
pub mod fleet;
pub mod functions;
pub mod limits;
pub mod load;
pub mod references;
pub mod rule;
pub mod source;
pub mod syntax;
pub mod target;
pub mod test_file;
pub mod variables;
