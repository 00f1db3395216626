//! The Terraform language: syntax, configurations, evaluation.

pub mod configuration;
pub mod evaluate;
pub mod references;
pub mod syntax;
