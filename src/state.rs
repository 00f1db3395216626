//! What rforge knows to exist: Terraform's state, version 4, with a journal and a lock beside it.

use crate::{
    address::{InstanceKey, Name, ProviderAddress, ResourceAddress, ResourcePath},
    value::{Path, Type, Value},
};
use serde_json::value::RawValue;
use std::{collections::BTreeMap, sync::Arc};

#[derive(Clone, Debug, Default)]
pub struct State {
    /// Of the tool that wrote it last.
    pub terraform_version: String,
    pub serial: u64,
    /// A UUID, constant for the life of this state; empty until first written.
    pub lineage: String,
    pub outputs: BTreeMap<Name, OutputValue>,
    pub resources: BTreeMap<ResourceAddress, Resource>,
    /// Kept as it was read.
    pub check_results: Option<Arc<RawValue>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OutputValue {
    pub value: Value,
    pub ty: Type,
    pub sensitive: bool,
}

#[derive(Clone, Debug)]
pub struct Resource {
    pub provider: ProviderAddress,
    pub instances: BTreeMap<Option<InstanceKey>, Instance>,
}

#[derive(Clone, Debug, Default)]
pub struct Instance {
    pub current: Option<Arc<Object>>,
    /// Objects that a create-before-destroy replacement has not destroyed yet, by their eight hex digits.
    pub deposed: BTreeMap<Name, Arc<Object>>,
}

/// One object that exists.
#[derive(Clone, Debug)]
pub struct Object {
    pub tainted: bool,
    pub schema_version: u64,
    /// A JSON object; decoded with the schema of its type when it is needed.
    pub attributes: Arc<RawValue>,
    pub sensitive_paths: Vec<Path>,
    /// Opaque to everyone but the provider that wrote it; base64 in the file.
    pub private: Option<Arc<str>>,
    pub dependencies: Vec<ResourcePath>,
    pub create_before_destroy: bool,
    /// As Terraform 1.12 and later write it; kept.
    pub identity: Option<Arc<RawValue>>,
    pub identity_schema_version: Option<u64>,
}
