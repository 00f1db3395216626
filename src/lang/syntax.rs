//! Text to tree and back.

mod escape;
pub mod lexer;
mod parse;
pub mod token;
pub mod tree;

pub use parse::{parse, parse_expression, parse_template};

#[cfg(test)]
mod tests;
