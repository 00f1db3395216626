//! Schemas as a provider tells them, and what they are here.

use super::{
    Answer, Protocol,
    message::{self, AnyAttribute, NestingMode},
    problem::from_messages,
};
use crate::{
    provider::{self, Function, Parameter, Problem},
    schema::{Attribute, NestedAttributes, NestedBlock, Nesting, Schema, SchemaBlock, Source},
    value::{Text, Type, type_from_json},
};
use prost::Message;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, LazyLock, Mutex, OnceLock},
};

/// What a provider accepts, and what it can do.
#[derive(Debug, Default)]
pub struct Schemas {
    /// Of the `provider` block.
    pub provider: Schema,
    /// Of the `provider_meta` block, where it has one.
    pub provider_meta: Option<Schema>,
    /// What it manages.
    pub resources: Types,
    /// Its data sources.
    pub data: Types,
    /// Its ephemeral resources.
    pub ephemeral: Types,
    /// Its functions, by name.
    pub functions: BTreeMap<Text, Function>,
    /// What not every provider can do.
    pub capabilities: Capabilities,
}

/// Schemas by type. Each is decoded when it is first asked for: those of hashicorp/aws are five megabytes, and a hundred of them
/// decoded.
#[derive(Debug, Default)]
pub struct Types(BTreeMap<Text, OneType>);

#[derive(Debug)]
struct OneType {
    told: Vec<u8>,
    read: fn(&[u8]) -> Result<Schema, String>,
    schema: OnceLock<Result<Arc<Schema>, String>>,
}

impl Types {
    fn new<A: AnyAttribute>(told: HashMap<String, Vec<u8>>) -> Self {
        let one = |told| OneType { told, read: Translation::one::<A>, schema: OnceLock::new() };
        Self(told.into_iter().map(|(name, told)| (name.into(), one(told))).collect())
    }

    /// The names of all types, in their order.
    pub fn names(&self) -> impl Iterator<Item = &Text> {
        self.0.keys()
    }

    /// The schema of a type, if there is such a type. A problem says what of it cannot be understood.
    pub fn get(&self, name: &str) -> Option<provider::Result<&Arc<Schema>>> {
        let it = self.0.get(name)?;
        let schema = it.schema.get_or_init(|| (it.read)(&it.told).map(Arc::new));
        Some(schema.as_ref().map_err(|why| {
            let detail = format!(
                "The provider's schema of {name} cannot be understood: {why}.\n\nThis is a bug in the provider, which should \
                 be reported in the provider's own issue tracker."
            );
            Problem::fatal("Invalid schema of a provider", detail)
        }))
    }
}

/// What a provider can do that not every one can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// It wants to plan deletions.
    pub plan_destroy: bool,
    /// It need not be asked for its schemas before it works.
    pub schema_is_optional: bool,
    /// It can take over objects of other types.
    pub move_state: bool,
}

/// What identifies an object of a type wherever it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IdentitySchema {
    /// Raised when its shape changes.
    pub version: u64,
    /// Its parts, by name.
    pub attributes: BTreeMap<Text, IdentityAttribute>,
}

/// Those of all types of a provider that have some, by type.
pub type Identities = BTreeMap<Text, IdentitySchema>;

/// A part of an identity.
#[derive(Clone, Debug, PartialEq)]
pub struct IdentityAttribute {
    /// The type of its value.
    pub ty: Type,
    /// Whether an import has to say it.
    pub required: bool,
    /// What it is.
    pub description: String,
}

impl IdentitySchema {
    /// The type of an identity.
    pub fn ty(&self) -> Type {
        Type::object(self.attributes.iter().map(|(name, it)| (name.clone(), it.ty.clone())))
    }
}

/// Texts that schemas keep for as long as the program runs, as built-in ones do; each is there once.
pub fn kept(text: String) -> &'static str {
    static KEPT: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);
    let mut kept = KEPT.lock().unwrap_or_else(|it| it.into_inner());
    match kept.get(&*text) {
        Some(known) => known,
        None if text.is_empty() => "",
        None => {
            let text: &'static str = text.leak();
            kept.insert(text);
            text
        }
    }
}

/// Protocol 5 and 6 say only that something is deprecated.
const DEPRECATED: &str = "Refer to the provider documentation for details.";

/// Makes schemas, and keeps names and types that come again and again.
#[derive(Default)]
pub(super) struct Translation {
    names: HashSet<Text>,
    types: HashMap<Vec<u8>, Type>,
}

impl Translation {
    /// What a provider answered. An error says which type cannot be understood.
    pub(super) fn schemas<A: AnyAttribute>(
        mut self,
        told: message::GetProviderSchemaResponse<A>,
    ) -> Result<Schemas, String> {
        let capabilities = told.server_capabilities.unwrap_or_default();
        Ok(Schemas {
            provider: told.provider.map(|it| self.schema(it)).transpose()?.unwrap_or_default(),
            provider_meta: told.provider_meta.map(|it| self.schema(it)).transpose()?,
            resources: Types::new::<A>(told.resource_schemas),
            data: Types::new::<A>(told.data_source_schemas),
            ephemeral: Types::new::<A>(told.ephemeral_resource_schemas),
            functions: self.functions(told.functions)?,
            capabilities: capabilities.into(),
        })
    }

    pub(super) fn functions(
        &mut self,
        told: HashMap<String, message::Function>,
    ) -> Result<BTreeMap<Text, Function>, String> {
        let function = |(name, it): (String, message::Function)| {
            let function = self.function(it).map_err(|why| format!("function {name:?}: {why}"))?;
            Ok((name.into(), function))
        };
        told.into_iter().map(function).collect()
    }

    pub(super) fn identity(&mut self, told: message::ResourceIdentitySchema) -> Result<IdentitySchema, String> {
        let attribute = |it: message::IdentityAttribute| {
            let ty = self.ty(&it.r#type).map_err(|why| format!("attribute {:?}: {why}", it.name))?;
            let (required, description) = (it.required_for_import, it.description);
            Ok((self.name(it.name), IdentityAttribute { ty, required, description }))
        };
        let attributes = told.identity_attributes.into_iter().map(attribute).collect::<Result<_, String>>()?;
        Ok(IdentitySchema { version: version(told.version)?, attributes })
    }

    fn one<A: AnyAttribute>(told: &[u8]) -> Result<Schema, String> {
        let told = message::Schema::<A>::decode(told).map_err(|it| it.to_string())?;
        Self::default().schema(told)
    }

    fn schema<A: AnyAttribute>(&mut self, told: message::Schema<A>) -> Result<Schema, String> {
        let block = self.block(told.block.unwrap_or_default())?;
        Ok(Schema { version: version(told.version)?, block, null_is_zero: false })
    }

    fn block<A: AnyAttribute>(&mut self, told: message::Block<A>) -> Result<SchemaBlock, String> {
        let attributes = self.attributes(told.attributes)?;
        let mut blocks = BTreeMap::new();
        for nested in told.block_types {
            let name = self.name(nested.type_name);
            let in_it = |why: String| format!("block {name:?}: {why}");
            let count = |items: i64| u32::try_from(items.max(0)).unwrap_or(u32::MAX);
            let block = NestedBlock {
                nesting: nesting(nested.nesting).map_err(in_it)?,
                block: self.block(nested.block.unwrap_or_default()).map_err(in_it)?,
                min_items: count(nested.min_items),
                max_items: count(nested.max_items),
                force_new: false,
                computed: false,
            };
            if attributes.contains_key(&name) || blocks.contains_key(&name) {
                return Err(format!("{name:?} is declared twice"));
            }
            blocks.insert(name, block);
        }
        let (description, markdown, deprecated) = (kept(told.description), told.description_kind == 1, told.deprecated);
        Ok(SchemaBlock { attributes, blocks, description, markdown, deprecated, ..SchemaBlock::default() })
    }

    fn attributes<A: AnyAttribute>(&mut self, told: Vec<A>) -> Result<BTreeMap<Text, Attribute>, String> {
        let mut attributes = BTreeMap::new();
        for attribute in told {
            let mut attribute = attribute.into_attribute();
            let name = self.name(std::mem::take(&mut attribute.name));
            let attribute = self.attribute(attribute).map_err(|why| format!("attribute {name:?}: {why}"))?;
            if attributes.insert(name.clone(), attribute).is_some() {
                return Err(format!("{name:?} is declared twice"));
            }
        }
        Ok(attributes)
    }

    fn attribute(&mut self, told: message::Attribute) -> Result<Attribute, String> {
        let source = match (told.required, told.optional, told.computed) {
            (true, false, false) => Source::Required,
            (false, true, true) => Source::OptionalComputed,
            (false, true, false) => Source::Optional,
            (false, false, true) => Source::Computed,
            _ => return Err("it has to be either required, optional or computed".into()),
        };
        let nested = told.nested_type.map(|it| self.nested(it)).transpose()?;
        let ty = match &nested {
            Some(nested) => nested.constraint(),
            None => self.ty(&told.r#type)?,
        };
        Ok(Attribute {
            sensitive: told.sensitive,
            write_only: told.write_only,
            deprecated: told.deprecated.then_some(DEPRECATED),
            description: kept(told.description),
            markdown: told.description_kind == 1,
            nested: nested.map(Arc::new),
            ..Attribute::new(ty, source)
        })
    }

    fn nested(&mut self, told: message::Object) -> Result<NestedAttributes, String> {
        match nesting(told.nesting)? {
            Nesting::Group => Err("attributes cannot be a group".into()),
            nesting => Ok(NestedAttributes { nesting, attributes: self.attributes(told.attributes)? }),
        }
    }

    fn function(&mut self, told: message::Function) -> Result<Function, String> {
        let mut parameter = |it: message::Parameter| {
            let ty = self.ty(&it.r#type).map_err(|why| format!("parameter {:?}: {why}", it.name))?;
            let (takes_null, takes_unknown) = (it.allow_null_value, it.allow_unknown_values);
            let (name, description) = (it.name.into(), it.description);
            Ok::<_, String>(Parameter { name, ty, takes_null, takes_unknown, description })
        };
        Ok(Function {
            parameters: told.parameters.into_iter().map(&mut parameter).collect::<Result<_, _>>()?,
            variadic: told.variadic_parameter.map(parameter).transpose()?,
            returns: self.ty(&told.r#return.unwrap_or_default().r#type)?,
            summary: told.summary,
            description: told.description,
            deprecated: told.deprecation_message,
        })
    }

    fn name(&mut self, name: String) -> Text {
        if let Some(known) = self.names.get(&*name) {
            return known.clone();
        }
        let name: Text = name.into();
        self.names.insert(name.clone());
        name
    }

    fn ty(&mut self, json: &[u8]) -> Result<Type, String> {
        if let Some(known) = self.types.get(json) {
            return Ok(known.clone());
        }
        let parsed = serde_json::from_slice(json).ok().and_then(|it| type_from_json(&it).ok());
        let ty = parsed.ok_or_else(|| format!("{:?} is not a type", String::from_utf8_lossy(json)))?;
        self.types.insert(json.to_owned(), ty.clone());
        Ok(ty)
    }
}

fn version(told: i64) -> Result<u64, String> {
    u64::try_from(told).map_err(|_| format!("its version is {told}"))
}

fn nesting(told: i32) -> Result<Nesting, String> {
    Ok(match NestingMode::try_from(told) {
        Ok(NestingMode::Single) => Nesting::Single,
        Ok(NestingMode::Group) => Nesting::Group,
        Ok(NestingMode::List) => Nesting::List,
        Ok(NestingMode::Set) => Nesting::Set,
        Ok(NestingMode::Map) => Nesting::Map,
        Ok(NestingMode::Invalid) | Err(_) => return Err(format!("{told} is no way of nesting")),
    })
}

impl From<message::ServerCapabilities> for Capabilities {
    fn from(told: message::ServerCapabilities) -> Self {
        Self {
            plan_destroy: told.plan_destroy,
            schema_is_optional: told.get_provider_schema_optional,
            move_state: told.move_resource_state,
        }
    }
}

/// The schemas that the bytes of an answer are, which may have been kept since.
pub fn decode(protocol: Protocol, answer: &[u8]) -> Result<Answer<Schemas>, String> {
    match protocol {
        Protocol::V5 => decode_as::<message::Attribute5>(answer),
        Protocol::V6 => decode_as::<message::Attribute>(answer),
    }
}

/// What identifies objects, by type, from the answer that says it.
pub fn decode_identities(answer: &[u8]) -> Result<Answer<Identities>, String> {
    let told = message::GetResourceIdentitySchemasResponse::decode(answer).map_err(|it| it.to_string())?;
    let mut translation = Translation::default();
    let mut one = |(name, it): (String, message::ResourceIdentitySchema)| {
        let schema = translation.identity(it).map_err(|it| format!("{name:?}: {it}"))?;
        Ok::<_, String>((name.into(), schema))
    };
    let value = told.identity_schemas.into_iter().map(&mut one).collect::<Result<_, _>>()?;
    Ok(Answer { value, problems: from_messages(told.diagnostics) })
}

fn decode_as<A: AnyAttribute>(answer: &[u8]) -> Result<Answer<Schemas>, String> {
    let mut told = message::GetProviderSchemaResponse::<A>::decode(answer).map_err(|it| it.to_string())?;
    let problems = from_messages(std::mem::take(&mut told.diagnostics));
    Ok(Answer { value: Translation::default().schemas(told)?, problems })
}

#[cfg(test)]
mod tests {
    use super::*;
    use message::{Attribute5, Block};
    use proptest::prelude::*;

    fn answer<A: AnyAttribute>(block: Block<A>) -> Vec<u8> {
        let schema = message::Schema { version: 1, block: Some(block) };
        let resource_schemas = [("a".to_owned(), schema.encode_to_vec())].into();
        message::GetProviderSchemaResponse::<A> { resource_schemas, ..Default::default() }.encode_to_vec()
    }

    fn attribute() -> message::Attribute {
        let (name, r#type) = ("a".to_owned(), b"[\"list\",\"string\"]".to_vec());
        message::Attribute { name, r#type, optional: true, ..Default::default() }
    }

    /// The schema of the one type, or what is wrong.
    fn read(protocol: Protocol, answer: &[u8]) -> Result<Arc<Schema>, String> {
        let resources = decode(protocol, answer)?.value.resources;
        resources.get("a").ok_or("there is none")?.cloned().map_err(|it| it.detail)
    }

    /// A block in a block in a block.
    fn deep(depth: usize) -> Block<message::Attribute> {
        let mut block = Block { attributes: vec![attribute()], ..Block::default() };
        for _ in 0..depth {
            let nested = message::NestedBlock {
                type_name: "b".into(),
                block: Some(block),
                nesting: NestingMode::List.into(),
                ..Default::default()
            };
            block = Block { block_types: vec![nested], ..Block::default() };
        }
        block
    }

    #[test]
    fn field_10_is_what_the_version_says() {
        let (told, write_only) = (attribute(), true);
        let five =
            Attribute5 { name: told.name, r#type: told.r#type, optional: true, write_only, ..Default::default() };
        let five = answer(Block { attributes: vec![five], ..Block::default() });
        assert!(read(Protocol::V5, &five).unwrap().block.attributes["a"].write_only);
        assert!(read(Protocol::V6, &five).is_err());

        let nested = message::Object { attributes: vec![attribute()], nesting: NestingMode::Map.into() };
        let six = message::Attribute { nested_type: Some(nested), ..attribute() };
        let six = answer(Block { attributes: vec![six], ..Block::default() });
        let schema = read(Protocol::V6, &six).unwrap();
        assert_eq!(schema.block.attributes["a"].ty.to_string(), "map(object({a=optional(list(string))}))");
        assert!(read(Protocol::V5, &six).is_err());
    }

    #[test]
    fn what_is_wrong_is_said() {
        let of = |it: message::Attribute| answer(Block { attributes: vec![it], ..Block::default() });
        let group = message::Object { attributes: Vec::new(), nesting: NestingMode::Group.into() };
        for (bytes, expected) in [
            (b"\xff".to_vec(), "failed to decode"),
            (of(message::Attribute { r#type: Vec::new(), ..attribute() }), "attribute \"a\": \"\" is not a type"),
            (of(message::Attribute { r#type: b"[".repeat(1000), ..attribute() }), "is not a type"),
            (of(message::Attribute { required: true, ..attribute() }), "either required, optional or computed"),
            (of(message::Attribute { nested_type: Some(group), ..attribute() }), "attributes cannot be a group"),
            (answer(deep(1000)), "recursion limit"),
        ] {
            let why = read(Protocol::V6, &bytes).unwrap_err();
            assert!(why.contains(expected), "{why}");
        }
        assert!(read(Protocol::V6, &answer(deep(20))).is_ok());
    }

    proptest! {
        #[test]
        fn damage_is_an_error_or_a_schema(at in any::<prop::sample::Index>(), to in any::<u8>()) {
            let mut bytes = answer(deep(3));
            let at = at.index(bytes.len());
            bytes[at] = to;
            drop(read(Protocol::V6, &bytes));
            drop(read(Protocol::V5, &bytes));
            drop(read(Protocol::V6, &bytes[..at]));
        }
    }
}
