//! The functions of the language: what each takes, and the handling of null, unknown and marked arguments that
//! all share.
//!
//! A function says in [`Parameter`] which arguments it can take as they are. For the others a null is an error,
//! an unknown argument makes the result unknown, and marks are taken off before the call and put on the result.
//! `can`, `try` and the type conversions of `type()` see expressions, not values: they live in the evaluator.

use super::{
    evaluate::Scope,
    limits::{check_value, count_work},
};
use crate::value::{Marks, Type, Value, convert};
use std::{collections::HashMap, sync::LazyLock};

mod arguments;
mod charset;
mod collections;
mod conversion;
mod csv;
mod date;
mod descriptions;
mod encoding;
mod filesystem;
mod format;
mod hash;
mod json_syntax;
mod mappings;
mod network;
mod numeric;
mod pattern;
mod private_key;
mod regular;
mod sensitivity;
mod sequences;
mod sets;
mod signature;
mod strings;
mod templates;
#[cfg(test)]
mod tests;
mod tfvars;
mod truth;
mod yaml;

pub use descriptions::description;
pub use signature::{Signature, signature};
pub use templates::render_alone;
pub use tfvars::{write_lines, write_value};

/// All tables; a new family adds its own here.
static FAMILIES: &[&[Function]] = &[
    collections::FUNCTIONS,
    conversion::FUNCTIONS,
    date::FUNCTIONS,
    encoding::FUNCTIONS,
    filesystem::FUNCTIONS,
    format::FUNCTIONS,
    hash::FUNCTIONS,
    mappings::FUNCTIONS,
    network::FUNCTIONS,
    numeric::FUNCTIONS,
    regular::FUNCTIONS,
    sensitivity::FUNCTIONS,
    sequences::FUNCTIONS,
    sets::FUNCTIONS,
    strings::FUNCTIONS,
    templates::FUNCTIONS,
    tfvars::FUNCTIONS,
    truth::FUNCTIONS,
    yaml::FUNCTIONS,
];

static TABLE: LazyLock<HashMap<&'static str, &'static Function>> =
    LazyLock::new(|| FAMILIES.iter().flat_map(|family| family.iter()).map(|it| (it.name, it)).collect());

/// The function of that name, with or without the prefix `core::`.
pub fn function(name: &str) -> Option<&'static Function> {
    TABLE.get(name.strip_prefix("core::").unwrap_or(name)).copied()
}

/// The names of all functions, in no order.
pub fn names() -> impl Iterator<Item = &'static str> {
    TABLE.keys().copied()
}

pub type Returns = fn(&[Value]) -> Result<Type, Failure>;

pub struct Function {
    pub name: &'static str,
    pub parameters: &'static [Parameter],
    /// What takes the arguments after `parameters`, any number of them.
    pub variadic: Option<Parameter>,
    /// The type of the result for arguments of which some are unknown; [`Type::Any`] if it cannot be told. An error if
    /// no value of such types would do.
    pub returns: Returns,
    /// Whether a result that is unknown can turn out null.
    pub nullable: bool,
    /// The arguments are converted to the types of the parameters and as many as there have to be.
    pub call: fn(&[Value], &dyn Scope) -> Result<Value, Failure>,
}

pub struct Parameter {
    pub name: &'static str,
    /// A constraint; arguments are converted to it.
    pub ty: fn() -> Type,
    /// The function can be called with null, with an unknown value, with a marked value (or one with marks inside).
    pub takes_null: bool,
    pub takes_unknown: bool,
    pub takes_marked: bool,
    /// While not even the type of the argument is known, nothing is known of the result.
    pub needs_type: bool,
}

impl Parameter {
    pub const fn new(name: &'static str, ty: fn() -> Type) -> Self {
        Self { name, ty, takes_null: false, takes_unknown: false, takes_marked: false, needs_type: false }
    }
    pub const fn null(self) -> Self {
        Self { takes_null: true, ..self }
    }
    pub const fn unknown(self) -> Self {
        Self { takes_unknown: true, ..self }
    }
    pub const fn marked(self) -> Self {
        Self { takes_marked: true, ..self }
    }
    pub const fn typed(self) -> Self {
        Self { needs_type: true, ..self }
    }
}

/// Why a call failed.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The argument at this position is wrong.
    Argument(usize, String),
    Call(String),
}

impl Failure {
    /// Says first what the message is about.
    pub fn within(self, what: &str) -> Self {
        match self {
            Self::Argument(position, why) => Self::Argument(position, format!("{what}: {why}")),
            Self::Call(why) => Self::Call(format!("{what}: {why}")),
        }
    }
}

/// Shorter secrets than this cannot be told from other words of a message, where they are not quoted.
const TELLING: usize = 4;

impl Failure {
    /// Without the sensitive strings among the arguments.
    fn without_secrets(self, arguments: &[Value]) -> Self {
        let secrets: Vec<&str> = arguments.iter().filter(|it| it.is_sensitive()).filter_map(Value::as_str).collect();
        let hidden = |message: String| {
            secrets.iter().filter(|it| !it.is_empty()).fold(message, |message, secret| {
                let message = message.replace(&format!("{secret:?}"), SECRET);
                if secret.len() >= TELLING { message.replace(secret, SECRET) } else { message }
            })
        };
        match self {
            Self::Argument(position, why) => Self::Argument(position, hidden(why)),
            Self::Call(why) => Self::Call(hidden(why)),
        }
    }
}

const SECRET: &str = "(sensitive value)";

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Call(message)
    }
}

impl From<&str> for Failure {
    fn from(message: &str) -> Self {
        Self::Call(message.into())
    }
}

impl Function {
    pub const fn new(
        name: &'static str,
        parameters: &'static [Parameter],
        returns: Returns,
        call: fn(&[Value], &dyn Scope) -> Result<Value, Failure>,
    ) -> Self {
        Self { name, parameters, variadic: None, returns, nullable: false, call }
    }
    pub const fn variadic(self, parameter: Parameter) -> Self {
        Self { variadic: Some(parameter), ..self }
    }
    pub const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// The parameter that the argument at `position` is for.
    pub fn parameter(&self, position: usize) -> Option<&Parameter> {
        self.parameters.get(position).or(self.variadic.as_ref())
    }

    /// As many arguments as the function takes, as values of the types that it takes; or what is wrong with each of those
    /// that are of another one.
    pub fn converted(&self, arguments: &[Value]) -> Result<Vec<Value>, Vec<Failure>> {
        let (mut values, mut failures) = (Vec::with_capacity(arguments.len()), Vec::new());
        for (position, argument) in arguments.iter().enumerate() {
            let Some(parameter) = self.parameter(position) else { break };
            match convert(argument, &(parameter.ty)()) {
                Ok(value) => values.push(value),
                Err(wrong) => failures.push(Failure::Argument(position, wrong.message().to_owned())),
            }
        }
        if failures.is_empty() { Ok(values) } else { Err(failures) }
    }

    /// Calls the function with [`Self::converted`] arguments.
    pub fn apply(&self, arguments: &[Value], scope: &dyn Scope) -> Result<Value, Failure> {
        let mut values = Vec::with_capacity(arguments.len());
        let mut marks = Marks::NONE;
        let mut unknown = false;
        let mut untyped = false;
        for (position, argument) in arguments.iter().enumerate() {
            let Some(parameter) = self.parameter(position) else { break };
            let wrong = |message: String| Failure::Argument(position, message);
            let mut value = argument.clone();
            // After an argument of which not even the type is known, nothing more is checked.
            if value.is_null() && !parameter.takes_null && !untyped {
                return Err(wrong("argument must not be null".into()));
            }
            if !parameter.takes_marked {
                let within = value.marks_within();
                if !within.is_empty() {
                    marks = marks.with(within);
                    value = value.without_marks();
                }
            }
            if parameter.needs_type && value.ty() == Type::Any {
                untyped = true;
                marks = marks.with(value.marks);
            } else if !value.is_known() && !parameter.takes_unknown {
                unknown = true;
                marks = marks.with(value.marks);
            }
            values.push(value);
        }
        if untyped {
            return Ok(Value::unknown(Type::Any).marked(marks));
        }
        if unknown {
            let ty = (self.returns)(&values)?;
            let result =
                if self.nullable || ty == Type::Any { Value::unknown(ty) } else { Value::unknown_not_null(ty) };
            return Ok(result.marked(marks));
        }
        count_work(values.iter().filter_map(Value::length).sum())?;
        match (self.call)(&values, scope) {
            Ok(value) => {
                check_value(&value)?;
                count_work(value.length().unwrap_or(0))?;
                Ok(value.marked(marks))
            }
            Err(failure) => Err(failure.without_secrets(arguments)),
        }
    }
}

/// Types for [`Parameter::ty`] and [`Function::returns`].
pub mod types {
    use super::Failure;
    use crate::value::{Type, Value};

    pub fn any() -> Type {
        Type::Any
    }
    pub fn bool() -> Type {
        Type::Bool
    }
    pub fn number() -> Type {
        Type::Number
    }
    pub fn string() -> Type {
        Type::String
    }
    pub fn list_of_any() -> Type {
        Type::list(Type::Any)
    }
    pub fn list_of_string() -> Type {
        Type::list(Type::String)
    }
    pub fn set_of_any() -> Type {
        Type::set(Type::Any)
    }
    pub fn set_of_string() -> Type {
        Type::set(Type::String)
    }
    pub fn map_of_any() -> Type {
        Type::map(Type::Any)
    }

    pub fn returns_any(_: &[Value]) -> Result<Type, Failure> {
        Ok(Type::Any)
    }
    pub fn returns_bool(_: &[Value]) -> Result<Type, Failure> {
        Ok(Type::Bool)
    }
    pub fn returns_number(_: &[Value]) -> Result<Type, Failure> {
        Ok(Type::Number)
    }
    pub fn returns_string(_: &[Value]) -> Result<Type, Failure> {
        Ok(Type::String)
    }
    pub fn returns_list_of_string(_: &[Value]) -> Result<Type, Failure> {
        Ok(Type::list(Type::String))
    }
    /// The type of the first argument.
    pub fn returns_first(arguments: &[Value]) -> Result<Type, Failure> {
        Ok(first(arguments))
    }
    /// The type of the first argument; anything goes if there is none.
    pub fn first(arguments: &[Value]) -> Type {
        arguments.first().map_or(Type::Any, Value::ty)
    }
}
