//! What an expression of a row says: over the attributes of an object by their names, and what stands around them. What is not
//! there is null.

use super::row::Row;
use crate::{
    aws::client::partition,
    diagnostic::{Diagnostic, Diagnostics},
    expression::{
        evaluate::{Scope, Step, evaluate},
        syntax::tree::{Expression, Identifier},
    },
    provider::{Problem, Result},
    value::{Text, Type, Value, convert},
};
use std::{collections::BTreeMap, io, path::Path, sync::Arc};

/// The names that stand for no attribute. `answer` is what was answered, `now` what is known of the object, `it` an element
/// of a listing, `ids` the objects of a call that names many.
pub const NAMES: &[&str] =
    &["answer", "now", "id", "ids", "it", "region", "partition", "dns_suffix", "account", "token"];

/// What expressions are evaluated over.
#[derive(Clone, Debug)]
pub struct Around {
    names: BTreeMap<&'static str, Value>,
    attributes: Value,
}

impl Around {
    /// An object with these attributes, in a region. What is not known of it is null, and marks are left behind.
    pub fn new(attributes: &Value, region: &str) -> Self {
        let of = partition(region);
        let names = [("region", region), ("partition", of.name), ("dns_suffix", of.dns_suffix)];
        let names = names.into_iter().map(|(name, it)| (name, Value::string(it))).collect();
        Self { names, attributes: attributes.without_unknowns() }
    }

    pub fn attributes(&self) -> &Value {
        &self.attributes
    }

    /// The same around another object.
    pub fn over(&self, attributes: Value) -> Self {
        Self { names: self.names.clone(), attributes }
    }

    /// With one of [`NAMES`].
    pub fn with(&self, name: &'static str, value: Value) -> Self {
        let mut all = self.clone();
        all.names.insert(name, value);
        all
    }

    /// The value of `expression`.
    ///
    /// # Errors
    /// A mistake of the row, with its place. No value is told: it may be a secret.
    pub fn evaluated(&self, row: &Row, expression: &Expression) -> Result<Value> {
        let mut found = Diagnostics::new();
        let value = evaluate(expression, self, &mut found);
        match found.iter().find(|it| it.is_error()) {
            None => Ok(value),
            Some(error) => {
                let place = row.sources.place(expression.span);
                let detail = format!("The description of {} cannot be evaluated {place}: {}.", row.name, error.summary);
                Err(Problem::fatal("Faulty description of a type", detail))
            }
        }
    }

    /// Whether a condition holds; one that is not there does.
    pub fn holds(&self, row: &Row, condition: Option<&Expression>) -> Result<bool> {
        let Some(condition) = condition else { return Ok(true) };
        Ok(truth(&self.evaluated(row, condition)?))
    }

    /// The same as text; `None` where it is null.
    pub fn text(&self, row: &Row, expression: &Expression) -> Result<Option<String>> {
        let value = convert(&self.evaluated(row, expression)?, &Type::String);
        Ok(value.ok().and_then(|it| it.as_str().map(str::to_owned)))
    }
}

fn truth(value: &Value) -> bool {
    convert(value, &Type::Bool).ok().and_then(|it| it.as_bool()) == Some(true)
}

impl Scope for Around {
    fn resolve(&self, root: &Identifier, _: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
        let found = self.names.get(&*root.text).or_else(|| self.attributes.get(&root.text));
        Ok((found.cloned().unwrap_or_else(|| Value::null(Type::Any)), 0))
    }
    fn read_file(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        std::fs::read(path).map(Into::into)
    }
    fn timestamp(&self) -> Value {
        Value::null(Type::String)
    }
    fn plan_timestamp(&self) -> Value {
        Value::null(Type::String)
    }
    fn absent_is_null(&self) -> bool {
        true
    }
}

/// The attribute at `path`, through blocks of which there is one.
pub fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |value, step| {
        let value = value.as_elements().and_then(<[Value]>::first).unwrap_or(value);
        value.get(step)
    })
}

/// What an answer says at `path`: names and indices between dots. Null where there is nothing.
pub fn answered(answer: &Value, path: &str) -> Value {
    let steps = path.split('.').filter(|it| !it.is_empty());
    let found = steps.into_iter().try_fold(answer, |value, step| match step.parse::<usize>() {
        Ok(index) if value.as_elements().is_some() => value.as_elements()?.get(index),
        _ => value.get(step),
    });
    found.cloned().unwrap_or_else(|| Value::null(Type::Any))
}

/// `object` with the members of `other`.
pub fn merged(object: BTreeMap<Text, Value>, other: &Value) -> BTreeMap<Text, Value> {
    let mut all = object;
    all.extend(other.as_entries().into_iter().flatten().map(|(name, it)| (name.clone(), it.clone())));
    all
}
