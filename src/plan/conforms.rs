//! Whether what a published provider answers is what it may answer.
//!
//! The rules are those of Terraform's core, and so are the words: `planned` compares a plan with the configuration, `object` the
//! result of a change with its plan, `types` an object with the schema. What is wrong is a [`Mismatch`]; a [`Fault`] says in a
//! diagnostic what was asked of whom.

mod fault;
mod object;
mod planned;
mod replaced;
mod types;
mod write_only;

pub use fault::{Asked, Fault, When, unknown_parts};
pub use object::check_object;
pub use planned::check_planned;
pub use replaced::replaced;
pub use types::check_type;
pub use write_only::{set_write_only, without_write_only};

use crate::{
    schema::{Attribute, SchemaBlock},
    value::{Data, Path, PathStep, Type, Value, quoted_string},
};
use std::fmt;

/// What is wrong with a part of an object. Never says anything that is secret.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch {
    /// The part; none of it is the object itself.
    pub path: Path,
    /// What is wrong, in Terraform's words.
    pub what: String,
}

/// `.disk[0].size: was known, but now unknown`.
impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = shown(&self.path);
        if path.is_empty() { f.write_str(&self.what) } else { write!(f, "{path}: {}", self.what) }
    }
}

impl Mismatch {
    fn new(path: &Path, what: impl Into<String>) -> Self {
        Self { path: path.clone(), what: what.into() }
    }
}

/// A path behind an address: `.disk[0].tags["a"]`.
fn shown(path: &Path) -> String {
    let element = |it: &Value| match &it.data {
        Data::Null(_) => "[null]".to_owned(),
        Data::Unknown(_) => "[(not yet known)]".into(),
        Data::Number(number) => format!("[{number}]"),
        Data::String(text) => format!("[{}]", quoted_string(text)),
        _ => "[...]".into(),
    };
    let step = |step: &PathStep| match step {
        PathStep::Attribute(name) => format!(".{name}"),
        PathStep::Index(at) => format!("[{at}]"),
        PathStep::Key(key) => format!("[{}]", quoted_string(key)),
        PathStep::Element(value) => element(value),
    };
    path.0.iter().map(step).collect()
}

/// An attribute or block of an object. Where the object is null or unknown, so is what is in it.
fn field(object: &Value, name: &str, ty: impl Fn() -> Type) -> Value {
    match &object.data {
        Data::Unknown(_) => Value::unknown(ty()),
        _ => object.get(name).cloned().unwrap_or_else(|| Value::null(ty())),
    }
}

/// Whether something in it must not be told.
fn is_secret(value: &Value) -> bool {
    !value.marks_within().is_empty()
}

/// Whether the value of an attribute may have something in it that must not be told.
fn holds_secrets(attribute: &Attribute) -> bool {
    let nested = attribute.nested.as_deref();
    attribute.sensitive || attribute.write_only || nested.is_some_and(|it| it.attributes.values().any(holds_secrets))
}

fn block_holds_secrets(block: &SchemaBlock) -> bool {
    block.attributes.values().any(holds_secrets) || block.blocks.values().any(|it| block_holds_secrets(&it.block))
}

#[cfg(test)]
mod tests;
