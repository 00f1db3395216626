//! The argument `config`: what the `backend` block of the other configuration may hold.

use crate::{
    provider::{Problem, Result},
    providers::local::{Attributes, is_set},
    value::{Path, Type, Value, convert},
};

pub(super) struct Config<'a> {
    kind: &'a str,
    arguments: Attributes,
}

impl<'a> Config<'a> {
    /// The arguments, all of which the backend `kind` has.
    pub(super) fn of(attributes: &Attributes, kind: &'a str, known: &[&str]) -> Result<Self> {
        let mut config = Self { kind, arguments: Attributes::new() };
        if is_set(attributes, "config") {
            let given = attributes.get("config").and_then(Value::as_entries);
            config.arguments.clone_from(given.ok_or_else(|| config.invalid("an object is required"))?);
        }
        match config.arguments.keys().find(|name| !known.contains(&&***name)) {
            Some(name) => Err(config.invalid(&format!("unexpected attribute {name:?}"))),
            None => Ok(config),
        }
    }

    pub(super) fn invalid(&self, why: &str) -> Problem {
        let detail = format!("The given configuration is not valid for backend {:?}: {why}.", self.kind);
        Problem::fatal("Invalid backend configuration", detail).at(Path::attribute("config"))
    }

    /// A string that is set and not empty.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>> {
        let text = self.converted(name, &Type::String, "string")?;
        Ok(text.as_ref().and_then(Value::as_str).filter(|it| !it.is_empty()).map(str::to_owned))
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool> {
        Ok(self.converted(name, &Type::Bool, "bool")?.and_then(|it| it.as_bool()).unwrap_or_default())
    }

    /// A string of an object that is an argument.
    pub(super) fn text_within(&self, name: &str, inner: &str) -> Option<String> {
        self.arguments.get(name)?.as_entries()?.get(inner)?.as_str().filter(|it| !it.is_empty()).map(str::to_owned)
    }

    /// Fails if one of these is set and says more than the default does: rforge would read something else than was meant.
    pub(super) fn refuse(&self, names: &[&str]) -> Result<()> {
        let says_nothing = |it: &Value| it.is_null() || it.as_bool() == Some(false) || it.as_str() == Some("");
        match names.iter().find(|name| self.arguments.get(**name).is_some_and(|it| !says_nothing(it))) {
            Some(name) => Err(self.invalid(&format!("rforge does not support {name:?} here yet"))),
            None => Ok(()),
        }
    }

    fn converted(&self, name: &str, ty: &Type, word: &str) -> Result<Option<Value>> {
        let Some(value) = self.arguments.get(name).filter(|it| !it.is_null()) else { return Ok(None) };
        let converted = convert(&value.without_marks(), ty);
        converted.map(Some).map_err(|_| self.invalid(&format!("attribute {name:?}: {word} required")))
    }
}
