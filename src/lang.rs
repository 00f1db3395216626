//! The Terraform language: syntax, configurations, evaluation.

pub mod configuration;
pub mod decode;
pub mod dependencies;
pub mod evaluate;
pub mod functions;
pub mod references;
pub mod syntax;
