//! The calls of the protocol, with values and schemas.

use super::{
    Plugin, Protocol, dynamic,
    message::{self, ClientCapabilities, DynamicValue, ResourceIdentityData},
    method::{self, Method},
    path,
    problem::{UNSUPPORTED, from_messages},
    schema::{self, Identities, IdentitySchema, Schemas, Translation},
};
use crate::{
    provider::{Function, Problem, ResourceMode, Result},
    schema::Schema,
    value::{Path, Text, Type, Value},
};
use std::collections::BTreeMap;

mod ephemeral;
mod objects;

pub use ephemeral::{Lease, Opened};
pub use objects::{Applied, Applying, Imported, Imports, Moved, MovedFrom, Planned, Planning, Read, Reading, Stored};

/// We hand what is write-only on, and make nothing of what is put off.
const CAPABILITIES: Option<ClientCapabilities> =
    Some(ClientCapabilities { deferral_allowed: false, write_only_attributes_allowed: true });

/// What a provider answers: it may warn, and of what it could not do it may tell how far it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<T> {
    /// What was asked for; where a problem is an error, as far as there is something.
    pub value: T,
    /// What the provider has to say, in its order.
    pub problems: Vec<Problem>,
}

/// A type of a provider.
#[derive(Clone, Copy, Debug)]
pub struct Kind<'a> {
    /// `aws_vpc`
    pub name: &'a str,
    /// Its schema.
    pub schema: &'a Schema,
    /// What identifies its objects, if something does.
    pub identity: Option<&'a IdentitySchema>,
}

impl<'a> Kind<'a> {
    /// A type without identity.
    pub fn new(name: &'a str, schema: &'a Schema) -> Self {
        Self { name, schema, identity: None }
    }

    fn ty(&self) -> Type {
        value_type(self.schema)
    }
}

/// What a provider has, by name alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// What it manages.
    pub resources: Vec<String>,
    /// Its data sources.
    pub data: Vec<String>,
    /// Its ephemeral resources.
    pub ephemeral: Vec<String>,
    /// Its functions.
    pub functions: Vec<String>,
    /// What not every provider can do.
    pub capabilities: schema::Capabilities,
}

/// The type of values on the wire, where nothing is optional.
fn value_type(schema: &Schema) -> Type {
    schema.block.implied_type().without_optional()
}

impl Plugin {
    /// What the provider has, without its schemas. Not every provider can tell.
    pub async fn metadata(&self) -> Result<Answer<Metadata>> {
        let told: message::GetMetadataResponse = self.ask(&method::GET_METADATA, &message::Empty {}).await?;
        let names = |all: Vec<message::Named>| all.into_iter().map(|it| it.name).collect();
        let value = Metadata {
            resources: names(told.resources),
            data: names(told.data_sources),
            ephemeral: names(told.ephemeral_resources),
            functions: names(told.functions),
            capabilities: told.server_capabilities.unwrap_or_default().into(),
        };
        Ok(Answer { value, problems: from_messages(told.diagnostics) })
    }

    /// What the provider accepts. The bytes are what [`schema::decode`] makes the same of.
    pub async fn schemas(&self) -> Result<(Answer<Schemas>, prost::bytes::Bytes)> {
        let method = &method::GET_SCHEMA;
        let bytes = self.bytes(method, &message::Empty {}).await?;
        let decoded = schema::decode(self.protocol, &bytes).map_err(|it| self.unreadable(method, &it))?;
        Ok((decoded, bytes))
    }

    /// What identifies objects, by type; nothing where the provider knows of no such thing. The bytes are what
    /// [`schema::decode_identities`] makes the same of.
    pub async fn identity_schemas(&self) -> Result<(Answer<Identities>, prost::bytes::Bytes)> {
        let method = &method::GET_IDENTITY_SCHEMAS;
        let bytes = match self.bytes(method, &message::Empty {}).await {
            Err(problem) if problem.summary == UNSUPPORTED => prost::bytes::Bytes::new(),
            answer => answer?,
        };
        let decoded = schema::decode_identities(&bytes).map_err(|it| self.unreadable(method, &it))?;
        Ok((decoded, bytes))
    }

    /// The functions of the provider.
    pub async fn functions(&self) -> Result<Answer<BTreeMap<Text, Function>>> {
        let method = &method::GET_FUNCTIONS;
        let told: message::GetFunctionsResponse = self.ask(method, &message::Empty {}).await?;
        let value = Translation::default().functions(told.functions).map_err(|it| self.unreadable(method, &it))?;
        Ok(Answer { value, problems: from_messages(told.diagnostics) })
    }

    /// Checks the arguments of the provider, and in version 5 fills in what they leave out: what comes back is what it wants to
    /// be configured with.
    pub async fn validate_provider(&self, schema: &Schema, config: &Value) -> Result<Answer<Value>> {
        let (method, ty) = (&method::VALIDATE_PROVIDER, value_type(schema));
        let request = message::ConfigRequest { config: self.send(method, config, &ty)? };
        let told: message::PrepareProviderConfigResponse = self.ask(method, &request).await?;
        let value = match (self.protocol, &told.prepared_config) {
            (Protocol::V5, Some(prepared)) => self.receive(method, Some(prepared), &ty)?.with_marks_of(config),
            _ => config.clone(),
        };
        Ok(Answer { value, problems: from_messages(told.diagnostics) })
    }

    /// Checks the arguments of a resource, data source or ephemeral resource.
    pub async fn validate(&self, mode: ResourceMode, kind: Kind<'_>, config: &Value) -> Result<Vec<Problem>> {
        let (method, client_capabilities) = match mode {
            ResourceMode::Managed => (&method::VALIDATE_RESOURCE, CAPABILITIES),
            ResourceMode::Data => (&method::VALIDATE_DATA, None),
            ResourceMode::Ephemeral => (&method::VALIDATE_EPHEMERAL, None),
        };
        let config = self.send(method, config, &kind.ty())?;
        let request = message::ValidateRequest { type_name: kind.name.into(), config, client_capabilities };
        self.diagnostics(method, &request).await
    }

    /// Gives the provider its arguments, before it is asked to read, plan or change anything. `version` is the release of
    /// Terraform that we stand for.
    pub async fn configure(&self, schema: &Schema, config: &Value, version: &str) -> Result<Vec<Problem>> {
        let method = &method::CONFIGURE;
        let request = message::ConfigureRequest {
            terraform_version: version.into(),
            config: self.send(method, config, &value_type(schema))?,
            client_capabilities: CAPABILITIES,
        };
        self.diagnostics(method, &request).await
    }

    async fn diagnostics(&self, method: &Method, request: &impl prost::Message) -> Result<Vec<Problem>> {
        let told: message::DiagnosticsResponse = self.ask(method, request).await?;
        Ok(from_messages(told.diagnostics))
    }

    fn send(&self, method: &Method, value: &Value, ty: &Type) -> Result<Option<DynamicValue>> {
        dynamic::to_message(value, ty).map(Some).map_err(|it| self.unsendable(method, &it))
    }

    fn receive(&self, method: &Method, value: Option<&DynamicValue>, ty: &Type) -> Result<Value> {
        dynamic::from_message(value, ty).map_err(|it| self.unreadable(method, &it))
    }

    /// The identity of an object, where its type has one.
    fn send_identity(
        &self,
        method: &Method,
        kind: Kind<'_>,
        identity: Option<&Value>,
    ) -> Result<Option<ResourceIdentityData>> {
        let (Some(schema), Some(identity)) = (kind.identity, identity) else { return Ok(None) };
        Ok(Some(ResourceIdentityData { identity_data: self.send(method, identity, &schema.ty())? }))
    }

    fn receive_identity(
        &self,
        method: &Method,
        kind: Kind<'_>,
        identity: Option<&ResourceIdentityData>,
    ) -> Result<Option<Value>> {
        let (Some(schema), Some(identity)) = (kind.identity, identity) else { return Ok(None) };
        let Some(data) = &identity.identity_data else { return Ok(None) };
        self.receive(method, Some(data), &schema.ty()).map(Some)
    }
}

/// Messages know nothing of marks.
trait WithMarksOf {
    /// With the marks of another value at the same places.
    fn with_marks_of(self, other: &Value) -> Self;
}

impl WithMarksOf for Value {
    fn with_marks_of(self, other: &Value) -> Self {
        if other.marks_within().is_empty() {
            return self;
        }
        self.with_marks_at(&other.strip_marks().1)
    }
}

/// Whether something is put off, and why.
fn deferred(told: Option<message::Deferred>) -> Option<message::DeferredReason> {
    told.map(|it| it.reason())
}

fn paths(told: &[message::AttributePath]) -> Vec<Path> {
    told.iter().map(path::from_message).collect()
}
