//! What rforge promises, tested through its binary and against an AWS API on loopback.

// Without the AWS feature most of what follows has nothing to talk to.
#![cfg_attr(not(feature = "aws"), allow(dead_code))]
// What a test prints is for whoever reads its output: that it was skipped, and why.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod architecture;
mod blocks;
mod completion;
mod conformance;
mod corpus;
mod documents;
mod drawings;
mod files;
mod fmt;
mod fuzz;
mod http_data;
mod interrupts;
mod login;
mod metadata;
mod modules;
mod moto;
mod on_purpose;
mod oracle;
mod order;
mod packages;
mod plan_readers;
mod plugin;
mod process;
mod public_tests;
mod remote_state;
mod scenarios;
mod schemas;
mod screens;
mod script;
mod secrets;
mod server;
mod sources;
mod surroundings;
mod test_command;
mod transcript;
mod validation;
mod workspace;

#[cfg(feature = "aws")]
mod answers;
#[cfg(feature = "aws")]
mod aws_calls;
#[cfg(feature = "aws")]
mod aws_marks;
#[cfg(feature = "aws")]
mod aws_tags;
#[cfg(feature = "aws")]
mod aws_types;
#[cfg(feature = "aws")]
mod connections;
#[cfg(feature = "aws")]
mod emulator;
#[cfg(feature = "aws")]
mod generated;
#[cfg(feature = "aws")]
mod kill;
#[cfg(feature = "aws")]
mod later;
#[cfg(feature = "aws")]
mod listings;
#[cfg(feature = "aws")]
mod parity;
#[cfg(feature = "aws")]
mod public_trees;
#[cfg(feature = "aws")]
mod release_6;
#[cfg(feature = "aws")]
mod requests;
#[cfg(feature = "aws")]
mod sent;
#[cfg(feature = "aws")]
mod stage;
#[cfg(feature = "aws")]
mod states;
#[cfg(feature = "aws")]
mod swap;
#[cfg(feature = "aws")]
mod types;
#[cfg(feature = "aws")]
mod values;
#[cfg(feature = "aws")]
mod wire;
