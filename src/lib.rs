//! rforge reconciles AWS with configurations in the Terraform language. This is the map; ARCHITECTURE.md gives reasons.
//!
//! What a command does, from text to AWS and back:
//!
//! | part | what it is | where to begin |
//! |---|---|---|
//! | [`cli`] | commands: arguments in, exit code out; the only part that prints | [`cli::run`], `cli/session.rs` |
//! | [`lang`] | configurations: loader, checks, graph of references | [`lang::load`], `lang/configuration.rs` |
//! | [`expression`] | the language they are written in: parser, evaluator, functions | `expression/syntax/tree.rs`, `expression/evaluate.rs` |
//! | [`install`] | modules from registries, servers and repositories; packages of providers | `install.rs`, `install/packages.rs` |
//! | [`state`] | Terraform's state file, the journal beside it, the lock | [`state::open`] |
//! | [`plan`] | what has to be done: evaluates the configuration against state, asking for what it lacks | [`plan::Planner`], `plan/world.rs` |
//! | [`engine`] | asks and does: batched reads, steps in order, intents, waits, retries | `engine/look.rs`, `engine/dispatch.rs` |
//! | `aws` | AWS as a provider: one file for each resource type | `aws.rs`, which says how to add a type |
//! | [`plugin`] | published providers, as programs of their own: starts them and speaks their protocol | [`plugin::Plugin`], `plugin/calls.rs` |
//! | [`providers`] | the other providers, built in: random, tls, time, local and the like | [`providers`] |
//! | [`ui`] | draws plans, diagnostics, progress and JSON into what it is given | `ui/plan.rs`, `ui/json.rs` |
//!
//! They speak of things in one vocabulary: [`address`] names what a configuration and state hold, [`value`] is what
//! expressions evaluate to, [`schema`] what a block may hold, [`diagnostic`] what is wrong and where, [`provider`] and
//! [`provisioner`] what a part that acts on the world has to offer, [`native`] which types of a provider are rforge's own. [`graph`], [`glob`], [`deflate`], [`web`] and
//! [`product`] know nothing of all this.
//!
//! What holds everywhere, and what checks it:
//!
//! - A part names only the parts above it in the table of ARCHITECTURE.md; only `aws` names an SDK crate; `plan` does no
//!   IO and knows no clock; only `cli` prints; every dependency is used (`tests/it/architecture.rs`).
//! - Nothing is called that changes AWS before its intent is on disk, and nothing is done with an object before its id is
//!   (`engine/dispatch.rs`; `tests/it/kill.rs` kills every request of a run).
//! - During a run only the engine writes state and journal: the dispatcher, and `engine/recover.rs` what a run that died left.
//! - A value carries its marks: what is sensitive is not printed, what is ephemeral is kept nowhere (`value.rs`).
//! - The same configuration, state and answers give the same plan, byte for byte.

pub mod address;
#[cfg(feature = "aws")]
pub mod aws;
pub mod cli;
pub mod deflate;
pub mod diagnostic;
pub mod duration;
pub mod engine;
pub mod expression;
pub mod glob;
pub mod graph;
pub mod install;
pub mod lang;
pub mod native;
pub mod plan;
pub mod plugin;
pub mod product;
pub mod provider;
pub mod providers;
pub mod provisioner;
pub mod published;
pub mod schema;
pub mod state;
pub mod ui;
pub mod value;
pub mod web;
