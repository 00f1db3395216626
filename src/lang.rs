//! Configurations in the Terraform language: loaded, checked, decoded. Expressions and their syntax are in
//! [`expression`](crate::expression).

pub mod check;
pub mod configuration;
pub mod decode;
pub mod dependencies;
pub mod fleet;
pub mod load;
pub mod rule;
pub mod source;
pub mod target;
pub mod test_file;
pub mod variables;
