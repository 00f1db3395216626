//! Expressions of the Terraform language and the syntax that they stand in: parser, evaluator, functions.
//!
//! What a name means is the business of a [`Scope`](evaluate::Scope), and what a block means that of whoever reads it: `lang`
//! reads configurations, `aws` the descriptions of its types.

pub mod constant;
pub mod evaluate;
pub mod functions;
pub mod limits;
pub mod references;
pub mod syntax;
