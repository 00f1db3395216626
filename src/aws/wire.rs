//! Speaks to any AWS service whose model was recorded, without a generated client.
//!
//! - [`services`]: those that were recorded; [`model`]: what a record says.
//! - [`call`]: one call, or all pages of a listing.
//! - `plugins` and `exchange`: what AWS's runtime, which generated clients use as well, is told of a service and of a call.
//! - `codec`: values to requests and answers to values, through the schemas of AWS's codecs; `form`: EC2's, which they lack.
//! - [`endpoint`]: where services are.
//! - [`value`]: what is sent and received; [`language`]: values of the language as such, and back.
//! - [`refusal`]: why a call failed.

pub mod call;
mod codec;
pub mod endpoint;
mod exchange;
mod form;
pub mod language;
pub mod model;
mod pages;
mod plugins;
pub mod refusal;
pub mod services;
#[cfg(test)]
mod tests;
pub mod value;

pub use call::{Api, Client};
pub(in crate::aws) use exchange::Expected;
pub use refusal::{Failure, Refusal};
pub use value::{Map, Value};
