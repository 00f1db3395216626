//! Text to tree and back.

mod escape;
mod format;
mod incomplete;
mod json;
pub mod lexer;
mod parse;
pub mod token;
pub mod tree;

pub use format::format;
pub use incomplete::is_incomplete;
pub use json::{parse_json, parse_test_json};
pub use parse::{expression_at, parse, parse_expression, parse_settings, parse_template};

#[cfg(test)]
mod tests;
