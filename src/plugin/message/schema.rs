//! What a provider says of itself.
//!
//! Field 10 of an attribute is a bool in version 5 and a message in version 6. A field of another kind than the one that is
//! expected cannot be decoded, so whatever holds attributes is generic over them.

use super::{Diagnostic, ServerCapabilities};
use prost::Message;
use std::collections::HashMap;

/// An attribute of one of the versions.
pub trait AnyAttribute: Message + Default + Clone + PartialEq + std::fmt::Debug + 'static {
    /// As version 6 has it.
    fn into_attribute(self) -> Attribute;
}

#[derive(Clone, PartialEq, Message)]
pub struct Schema<A: AnyAttribute> {
    #[prost(int64, tag = "1")]
    pub version: i64,
    #[prost(message, optional, tag = "2")]
    pub block: Option<Block<A>>,
}

#[derive(Clone, PartialEq, Message)]
pub struct Block<A: AnyAttribute> {
    #[prost(int64, tag = "1")]
    pub version: i64,
    #[prost(message, repeated, tag = "2")]
    pub attributes: Vec<A>,
    #[prost(message, repeated, tag = "3")]
    pub block_types: Vec<NestedBlock<A>>,
    #[prost(string, tag = "4")]
    pub description: String,
    #[prost(int32, tag = "5")]
    pub description_kind: i32,
    #[prost(bool, tag = "6")]
    pub deprecated: bool,
}

/// Blocks in a block.
#[derive(Clone, PartialEq, Message)]
pub struct NestedBlock<A: AnyAttribute> {
    #[prost(string, tag = "1")]
    pub type_name: String,
    #[prost(message, optional, tag = "2")]
    pub block: Option<Block<A>>,
    #[prost(enumeration = "NestingMode", tag = "3")]
    pub nesting: i32,
    #[prost(int64, tag = "4")]
    pub min_items: i64,
    #[prost(int64, tag = "5")]
    pub max_items: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, prost::Enumeration)]
#[repr(i32)]
pub enum NestingMode {
    Invalid = 0,
    Single = 1,
    List = 2,
    Set = 3,
    Map = 4,
    Group = 5,
}

/// Of version 6.
#[derive(Clone, PartialEq, Message)]
pub struct Attribute {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(bytes = "vec", tag = "2")]
    pub r#type: Vec<u8>,
    #[prost(string, tag = "3")]
    pub description: String,
    #[prost(bool, tag = "4")]
    pub required: bool,
    #[prost(bool, tag = "5")]
    pub optional: bool,
    #[prost(bool, tag = "6")]
    pub computed: bool,
    #[prost(bool, tag = "7")]
    pub sensitive: bool,
    #[prost(int32, tag = "8")]
    pub description_kind: i32,
    #[prost(bool, tag = "9")]
    pub deprecated: bool,
    #[prost(message, optional, tag = "10")]
    pub nested_type: Option<Object>,
    #[prost(bool, tag = "11")]
    pub write_only: bool,
}

/// Of version 5.
#[derive(Clone, PartialEq, Message)]
pub struct Attribute5 {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(bytes = "vec", tag = "2")]
    pub r#type: Vec<u8>,
    #[prost(string, tag = "3")]
    pub description: String,
    #[prost(bool, tag = "4")]
    pub required: bool,
    #[prost(bool, tag = "5")]
    pub optional: bool,
    #[prost(bool, tag = "6")]
    pub computed: bool,
    #[prost(bool, tag = "7")]
    pub sensitive: bool,
    #[prost(int32, tag = "8")]
    pub description_kind: i32,
    #[prost(bool, tag = "9")]
    pub deprecated: bool,
    #[prost(bool, tag = "10")]
    pub write_only: bool,
}

impl AnyAttribute for Attribute {
    fn into_attribute(self) -> Attribute {
        self
    }
}

impl AnyAttribute for Attribute5 {
    fn into_attribute(self) -> Attribute {
        let Self { name, r#type, description, required, optional, computed, sensitive, description_kind, .. } = self;
        let (nested_type, deprecated, write_only) = (None, self.deprecated, self.write_only);
        Attribute {
            name,
            r#type,
            description,
            required,
            optional,
            computed,
            sensitive,
            description_kind,
            deprecated,
            nested_type,
            write_only,
        }
    }
}

/// The objects that an attribute consists of.
#[derive(Clone, PartialEq, Message)]
pub struct Object {
    #[prost(message, repeated, tag = "1")]
    pub attributes: Vec<Attribute>,
    #[prost(enumeration = "NestingMode", tag = "3")]
    pub nesting: i32,
}

#[derive(Clone, PartialEq, Message)]
pub struct Function {
    #[prost(message, repeated, tag = "1")]
    pub parameters: Vec<Parameter>,
    #[prost(message, optional, tag = "2")]
    pub variadic_parameter: Option<Parameter>,
    #[prost(message, optional, tag = "3")]
    pub r#return: Option<Return>,
    #[prost(string, tag = "4")]
    pub summary: String,
    #[prost(string, tag = "5")]
    pub description: String,
    #[prost(int32, tag = "6")]
    pub description_kind: i32,
    #[prost(string, tag = "7")]
    pub deprecation_message: String,
}

#[derive(Clone, PartialEq, Message)]
pub struct Parameter {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(bytes = "vec", tag = "2")]
    pub r#type: Vec<u8>,
    #[prost(bool, tag = "3")]
    pub allow_null_value: bool,
    #[prost(bool, tag = "4")]
    pub allow_unknown_values: bool,
    #[prost(string, tag = "5")]
    pub description: String,
    #[prost(int32, tag = "6")]
    pub description_kind: i32,
}

#[derive(Clone, PartialEq, Message)]
pub struct Return {
    #[prost(bytes = "vec", tag = "1")]
    pub r#type: Vec<u8>,
}

/// Schemas of types are left undecoded: a provider has thousands, of which a configuration uses a few. As bytes and as messages
/// they are the same to read.
#[derive(Clone, PartialEq, Message)]
pub struct GetProviderSchemaResponse<A: AnyAttribute> {
    #[prost(message, optional, tag = "1")]
    pub provider: Option<Schema<A>>,
    #[prost(map = "string, bytes", tag = "2")]
    pub resource_schemas: HashMap<String, Vec<u8>>,
    #[prost(map = "string, bytes", tag = "3")]
    pub data_source_schemas: HashMap<String, Vec<u8>>,
    #[prost(message, repeated, tag = "4")]
    pub diagnostics: Vec<Diagnostic>,
    #[prost(message, optional, tag = "5")]
    pub provider_meta: Option<Schema<A>>,
    #[prost(message, optional, tag = "6")]
    pub server_capabilities: Option<ServerCapabilities>,
    #[prost(map = "string, message", tag = "7")]
    pub functions: HashMap<String, Function>,
    #[prost(map = "string, bytes", tag = "8")]
    pub ephemeral_resource_schemas: HashMap<String, Vec<u8>>,
}

#[derive(Clone, PartialEq, Message)]
pub struct GetMetadataResponse {
    #[prost(message, optional, tag = "1")]
    pub server_capabilities: Option<ServerCapabilities>,
    #[prost(message, repeated, tag = "2")]
    pub diagnostics: Vec<Diagnostic>,
    #[prost(message, repeated, tag = "3")]
    pub data_sources: Vec<Named>,
    #[prost(message, repeated, tag = "4")]
    pub resources: Vec<Named>,
    #[prost(message, repeated, tag = "5")]
    pub functions: Vec<Named>,
    #[prost(message, repeated, tag = "6")]
    pub ephemeral_resources: Vec<Named>,
}

/// A type or a function.
#[derive(Clone, PartialEq, Message)]
pub struct Named {
    #[prost(string, tag = "1")]
    pub name: String,
}

#[derive(Clone, PartialEq, Message)]
pub struct GetFunctionsResponse {
    #[prost(map = "string, message", tag = "1")]
    pub functions: HashMap<String, Function>,
    #[prost(message, repeated, tag = "2")]
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Clone, PartialEq, Message)]
pub struct GetResourceIdentitySchemasResponse {
    #[prost(map = "string, message", tag = "1")]
    pub identity_schemas: HashMap<String, ResourceIdentitySchema>,
    #[prost(message, repeated, tag = "2")]
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ResourceIdentitySchema {
    #[prost(int64, tag = "1")]
    pub version: i64,
    #[prost(message, repeated, tag = "2")]
    pub identity_attributes: Vec<IdentityAttribute>,
}

#[derive(Clone, PartialEq, Message)]
pub struct IdentityAttribute {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(bytes = "vec", tag = "2")]
    pub r#type: Vec<u8>,
    #[prost(bool, tag = "3")]
    pub required_for_import: bool,
    #[prost(bool, tag = "4")]
    pub optional_for_import: bool,
    #[prost(string, tag = "5")]
    pub description: String,
}
