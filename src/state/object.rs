//! Objects of state as values of their type, and back.

use super::Object;
use crate::value::{Marks, Path, PathStep, Type, Value, from_json, to_json_as};
use serde_json::value::{RawValue, to_raw_value};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct ObjectError(pub String);

impl Object {
    /// The attributes as a value of `ty`, with what state calls sensitive marked so.
    ///
    /// As lenient as a provider that upgrades its state: attributes that `ty` has not are dropped, those that it
    /// has in addition are null, primitive values are converted.
    pub fn decode(&self, ty: &Type) -> Result<Value, ObjectError> {
        let json = serde_json::from_str(self.attributes.get()).map_err(|error| ObjectError(error.to_string()))?;
        let value = from_json(&json, ty).map_err(|error| ObjectError(error.to_string()))?;
        if self.sensitive_paths.is_empty() {
            return Ok(value);
        }
        let marks: Vec<_> = self.sensitive_paths.iter().map(|path| (path.clone(), Marks::SENSITIVE)).collect();
        Ok(value.with_marks_at(&marks))
    }

    /// A new object with these attributes, which must be known. `ty` is the type of the schema: where it leaves the
    /// type of an attribute open, that is written beside the value. Sensitive marks become sensitive paths.
    pub fn encode(value: &Value, ty: &Type, schema_version: u64) -> Result<Self, ObjectError> {
        let mut unknown = None;
        value.walk(&mut |path, value| {
            if !value.is_known() && unknown.is_none() {
                unknown = Some(path.prefix());
            }
            unknown.is_none()
        });
        match unknown {
            Some(path) => {
                Err(ObjectError(format!("{path}the value is still unknown, and state can only hold known ones")))
            }
            None => Ok(Self::encode_planned(value, ty, schema_version)),
        }
    }

    /// As [`Object::encode`], with null for what is unknown: the object of an [`Intent`](super::Intent), to find
    /// again what was made.
    pub fn encode_planned(value: &Value, ty: &Type, schema_version: u64) -> Self {
        Self {
            tainted: false,
            schema_version,
            attributes: raw(value, ty),
            sensitive_paths: sensitive_paths(value),
            private: None,
            dependencies: Arc::default(),
            create_before_destroy: false,
            prevent_destroy: false,
            identity: None,
            identity_schema_version: None,
        }
    }

    /// This object with other attributes, which must be known.
    pub fn with_attributes(&self, value: &Value, ty: &Type) -> Result<Self, ObjectError> {
        let Self { attributes, sensitive_paths, .. } = Self::encode(value, ty, self.schema_version)?;
        Ok(Self { attributes, sensitive_paths, ..self.clone() })
    }
}

fn raw(value: &Value, ty: &Type) -> Arc<RawValue> {
    let raw = to_raw_value(&to_json_as(value, ty)).expect("a JSON value can be written");
    raw.into()
}

/// In the order of the attributes' names. What is sensitive inside a set makes the set so.
fn sensitive_paths(value: &Value) -> Vec<Path> {
    let mut paths: Vec<Path> = Vec::new();
    value.walk(&mut |path, value| {
        let element = path.0.iter().any(|step| matches!(step, PathStep::Element(_)));
        if value.is_sensitive() && !element {
            paths.push(path.clone());
        }
        !element
    });
    paths
}
