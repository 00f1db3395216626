//! A provider whose objects live in state, or at most in files of this machine: its types are data and functions, the
//! rest is here.

use crate::{
    diagnostic::Severity,
    provider::{
        Change, ConfiguredProvider, Created, Creation, Draft, Found, Id, Kept, Known, Live, Other, Pace, Phase,
        Problem, Provider, ResourceMode, ResourceSchema, Result, Schemas, Traits,
    },
    schema::{Attribute, Schema, SchemaBlock, Source},
    value::{Path, PathStep, Text, Type, Value},
};
use async_trait::async_trait;
use futures::future::{BoxFuture, FutureExt, join_all};
use std::{collections::BTreeMap, sync::Arc, time::Duration};

/// The attributes of one object, without marks.
pub(super) type Attributes = BTreeMap<Text, Value>;

/// A resource type.
#[derive(Clone)]
pub(super) struct Resource {
    pub schema: Schema,
    /// Checks arguments, which may be unknown or null.
    pub validate: fn(&Attributes) -> Vec<Problem>,
    /// Adjusts a planned create or update.
    pub plan: fn(&mut Draft) -> Result<()>,
    /// Completes the planned attributes, where what is to be made is unknown. May take its time.
    pub create: Arc<dyn Fn(Attributes) -> Result<Attributes> + Send + Sync>,
    /// What an object is now that was so when it was written; none if it is gone.
    pub refresh: fn(Attributes) -> Option<Attributes>,
    /// What became of an object that an older release wrote, with this version of the schema.
    pub upgrade: fn(u64, Attributes) -> Attributes,
    /// The attributes that an import id stands for; missing ones are null.
    pub import: fn(&str) -> Result<Attributes>,
    /// How long to wait before a create and before a delete.
    pub pauses: fn(&Attributes) -> [Duration; 2],
    /// Removes what an object left outside of state.
    pub delete: fn(&Attributes) -> Result<()>,
}

/// A data source, or an ephemeral resource: both are made of their arguments whenever they are asked for.
#[derive(Clone)]
pub(super) struct Data {
    pub schema: Schema,
    /// Checks arguments, which may be unknown or null.
    pub validate: fn(&Attributes) -> Vec<Problem>,
    pub read: Arc<dyn Fn(Attributes) -> BoxFuture<'static, Result<Attributes>> + Send + Sync>,
    /// What is to be said of what was read.
    pub remarks: fn(&Attributes) -> Vec<Problem>,
}

impl Data {
    /// Making a key or a file takes its time, so that others go on meanwhile.
    pub(super) fn new(schema: Schema, read: impl Fn(Attributes) -> Result<Attributes> + Send + Sync + 'static) -> Self {
        let read = Arc::new(read);
        Self::waiting(schema, move |arguments| {
            let read = read.clone();
            async move {
                let failed = |error: tokio::task::JoinError| Problem::fatal("Failed to read", error.to_string());
                tokio::task::spawn_blocking(move || read(arguments)).await.map_err(failed)?
            }
        })
    }

    /// What waits for others, for as long as they take: it is given up when it is dropped.
    pub(super) fn waiting<F>(schema: Schema, read: impl Fn(Attributes) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Attributes>> + Send + 'static,
    {
        let read = Arc::new(move |arguments| read(arguments).boxed());
        Self { schema, validate: |_| Vec::new(), read, remarks: |_| Vec::new() }
    }

    /// What it is with these arguments.
    async fn answer(&self, config: &Value) -> Result<Value> {
        let arguments = with_defaults(config, &self.schema);
        // What was not known when all was validated is looked at now.
        let wrong = (self.validate)(&arguments).into_iter().find(|it| it.severity == Severity::Error);
        match wrong {
            Some(problem) => Err(problem),
            None => Ok(complete((self.read)(arguments).await?, &self.schema)),
        }
    }
}

impl Resource {
    /// A type that is written once and never changes by itself.
    pub(super) fn new(
        schema: Schema,
        create: impl Fn(Attributes) -> Result<Attributes> + Send + Sync + 'static,
    ) -> Self {
        Self {
            schema,
            validate: |_| Vec::new(),
            plan: |_| Ok(()),
            create: Arc::new(create),
            refresh: Some,
            import: |_| {
                Err(Problem::fatal("Resource Import Not Implemented", "This resource does not support import."))
            },
            upgrade: |_, attributes| attributes,
            pauses: |_| [Duration::ZERO; 2],
            delete: |_| Ok(()),
        }
    }
}

/// A schema without nested blocks.
pub(super) fn schema<const N: usize>(version: u64, attributes: [(&str, Attribute); N]) -> Schema {
    let attributes = attributes.into_iter().map(|(name, attribute)| (name.into(), attribute)).collect();
    Schema { version, block: SchemaBlock { attributes, ..SchemaBlock::default() }, ..Schema::default() }
}

pub(super) fn required(ty: Type) -> Attribute {
    Attribute::new(ty, Source::Required)
}

pub(super) fn optional(ty: Type) -> Attribute {
    Attribute::new(ty, Source::Optional)
}

pub(super) fn default(ty: Type, value: Value) -> Attribute {
    Attribute::new(ty, Source::Default(value))
}

pub(super) fn optional_computed(ty: Type) -> Attribute {
    Attribute::new(ty, Source::OptionalComputed)
}

pub(super) fn computed(ty: Type) -> Attribute {
    Attribute::new(ty, Source::Computed)
}

pub(super) fn secret(ty: Type) -> Attribute {
    Attribute { sensitive: true, ..computed(ty) }
}

/// A change of it replaces the object.
pub(super) fn replacing(attribute: Attribute) -> Attribute {
    Attribute { force_new: true, ..attribute }
}

/// The attributes of `value`; none if it is null or unknown.
pub(super) fn attributes(value: &Value) -> Attributes {
    value.without_marks().as_entries().cloned().unwrap_or_default()
}

pub(super) fn text<'a>(attributes: &'a Attributes, name: &str) -> Option<&'a str> {
    attributes.get(name)?.as_str()
}

pub(super) fn integer(attributes: &Attributes, name: &str) -> Option<i64> {
    attributes.get(name)?.as_number()?.to_i64()
}

pub(super) fn boolean(attributes: &Attributes, name: &str) -> Option<bool> {
    attributes.get(name)?.as_bool()
}

/// Whether it is there, known or not.
pub(super) fn is_set(attributes: &Attributes, name: &str) -> bool {
    attributes.get(name).is_some_and(|it| !it.is_null())
}

pub(super) fn set_text(attributes: &mut Attributes, name: &str, value: impl AsRef<str>) {
    attributes.insert(name.into(), Value::string(value));
}

pub(super) fn set_integer(attributes: &mut Attributes, name: &str, value: i64) {
    attributes.insert(name.into(), Value::number(value));
}

/// Takes back that the change of an attribute replaces the object.
pub(super) fn in_place(draft: &mut Draft, name: &str) {
    draft.replace.retain(|path| !starts_with(path, name));
}

fn starts_with(path: &Path, name: &str) -> bool {
    matches!(path.0.first(), Some(PathStep::Attribute(first)) if **first == *name)
}

/// A problem with one argument.
pub(super) fn invalid(name: &str, detail: impl Into<String>) -> Problem {
    Problem::fatal("Invalid attribute value", detail).at(Path::attribute(name))
}

pub(super) struct Local {
    types: Arc<Types>,
    versions: &'static [&'static str],
    take_over: TakeOver,
}

/// As [`Provider::take_over`], with the type's name in front and the other type's name behind it.
type TakeOver = fn(&str, &str, &Value) -> Option<Value>;

struct Types {
    schemas: Schemas,
    resources: BTreeMap<&'static str, Resource>,
    data: BTreeMap<&'static str, Data>,
    ephemeral: BTreeMap<&'static str, Data>,
}

impl Local {
    pub(super) fn new<const R: usize, const D: usize>(
        resources: [(&'static str, Resource); R],
        data: [(&'static str, Data); D],
    ) -> Self {
        let traits = Traits {
            patience: Duration::from_secs(20 * 60),
            delete_patience: Duration::from_secs(20 * 60),
            lingers: false,
            settles: false,
            local: true,
            findable: true,
            doubles: false,
            asked: false,
            deleted_after: &[],
        };
        let schemas = Schemas {
            provider: Schema::default(),
            resources: resources
                .iter()
                .map(|(name, it)| (*name, ResourceSchema { schema: it.schema.clone().into(), traits }))
                .collect(),
            data: data.iter().map(|(name, it)| (*name, it.schema.clone().into())).collect(),
            ephemeral: BTreeMap::new(),
            further: None,
        };
        let types = Types { schemas, resources: resources.into(), data: data.into(), ephemeral: BTreeMap::new() };
        Self { types: Arc::new(types), versions: &[], take_over: |_, _, _| None }
    }

    /// Adds an ephemeral resource.
    pub(super) fn with_ephemeral(mut self, type_name: &'static str, ephemeral: Data) -> Self {
        // Nobody else has the types of a provider that is still being put together.
        if let Some(types) = Arc::get_mut(&mut self.types) {
            types.schemas.ephemeral.insert(type_name, ephemeral.schema.clone().into());
            types.ephemeral.insert(type_name, ephemeral);
        }
        self
    }

    /// Says what becomes of objects that come from other types.
    pub(super) fn taking_over(self, take_over: TakeOver) -> Self {
        Self { take_over, ..self }
    }

    /// Says which release of the published provider this one stands for.
    pub(super) fn like(self, versions: &'static [&'static str]) -> Self {
        Self { versions, ..self }
    }
}

impl Types {
    fn resource(&self, type_name: &str) -> Result<&Resource> {
        let missing =
            || Problem::fatal("Unsupported resource type", format!("There is no resource type {type_name:?}."));
        self.resources.get(type_name).ok_or_else(missing)
    }

    fn data(&self, type_name: &str) -> Result<&Data> {
        let missing = || Problem::fatal("Unsupported data source", format!("There is no data source {type_name:?}."));
        self.data.get(type_name).ok_or_else(missing)
    }

    fn ephemeral(&self, type_name: &str) -> Result<&Data> {
        let missing =
            || Problem::fatal("Invalid ephemeral resource", format!("There is no ephemeral resource {type_name:?}."));
        self.ephemeral.get(type_name).ok_or_else(missing)
    }
}

/// The arguments of `config`, each that is null with its default.
fn with_defaults(config: &Value, schema: &Schema) -> Attributes {
    let mut attributes = attributes(config);
    for (name, attribute) in &schema.block.attributes {
        if let Source::Default(value) = &attribute.source
            && !is_set(&attributes, name)
        {
            attributes.insert(name.clone(), value.clone());
        }
    }
    attributes
}

fn id(attributes: &Attributes) -> Id {
    Id(text(attributes, "id").unwrap_or_default().into())
}

/// An object of these attributes; the others of its type are null.
fn complete(mut attributes: Attributes, schema: &Schema) -> Value {
    for (name, attribute) in &schema.block.attributes {
        attributes.entry(name.clone()).or_insert_with(|| Value::null(attribute.ty.clone()));
    }
    Value::object(attributes)
}

impl Provider for Local {
    fn is_remote(&self) -> bool {
        false
    }

    fn schemas(&self) -> &Schemas {
        &self.types.schemas
    }

    fn versions(&self) -> &'static [&'static str] {
        self.versions
    }

    fn validate(&self, mode: ResourceMode, type_name: &str, config: &Value) -> Vec<Problem> {
        let validate = match mode {
            ResourceMode::Managed => self.types.resource(type_name).map(|it| it.validate),
            ResourceMode::Data => self.types.data(type_name).map(|it| it.validate),
            ResourceMode::Ephemeral => self.types.ephemeral(type_name).map(|it| it.validate),
        };
        validate.map_or_else(|problem| vec![problem], |validate| validate(&attributes(config)))
    }

    fn remarks(&self, type_name: &str, read: &Value) -> Vec<Problem> {
        self.types.data.get(type_name).map_or_else(Vec::new, |it| (it.remarks)(&attributes(read)))
    }

    fn take_over(&self, type_name: &str, from: Other<'_>) -> Result<Option<(Value, Kept)>> {
        Ok((self.take_over)(type_name, from.type_name, from.attributes).map(|it| (it, Kept::default())))
    }

    fn upgrade(&self, type_name: &str, version: u64, attributes: Value) -> Value {
        let marks = attributes.marks;
        match (self.types.resource(type_name), attributes.as_entries()) {
            (Ok(resource), Some(entries)) => Value::object((resource.upgrade)(version, entries.clone())).marked(marks),
            _ => attributes,
        }
    }

    fn import(&self, type_name: &str, import: &str) -> Result<Known> {
        let resource = self.types.resource(type_name)?;
        let attributes = (resource.import)(import)?;
        Ok(Known { id: id(&attributes), attributes: complete(attributes, &resource.schema) })
    }

    fn configure(&self, _config: &Value, pace: Arc<dyn Pace>) -> Result<Arc<dyn ConfiguredProvider>> {
        Ok(Arc::new(Configured { types: self.types.clone(), pace }))
    }
}

/// The types, and what tells that a pause is to end.
struct Configured {
    types: Arc<Types>,
    pace: Arc<dyn Pace>,
}

impl Configured {
    async fn pause(&self, length: Duration) -> Result<()> {
        if length.is_zero() {
            return Ok(());
        }
        tokio::select! {
            () = tokio::time::sleep(length) => Ok(()),
            () = self.pace.stopped() => {
                Err(Problem::fatal("Interrupted", "The pause was ended before its time, since the run was interrupted."))
            }
        }
    }

    /// Reads, unless the run ends before that: what is only asked for changes nothing, and may be given up.
    async fn read(&self, data: Result<&Data>, config: &Value) -> Result<Value> {
        tokio::select! {
            biased;
            answer = data?.answer(config) => answer,
            () = self.pace.stopped() => {
                Err(Problem::fatal("Interrupted", "It was not read to the end, since the run was interrupted."))
            }
        }
    }
}

impl std::ops::Deref for Configured {
    type Target = Types;

    fn deref(&self) -> &Types {
        &self.types
    }
}

#[async_trait]
impl ConfiguredProvider for Configured {
    fn plan(&self, type_name: &str, draft: &mut Draft) -> Result<()> {
        if draft.planned.is_null() { Ok(()) } else { (self.resource(type_name)?.plan)(draft) }
    }

    async fn read(&self, type_name: &str, objects: &[Known]) -> Vec<Result<Found>> {
        let read = |known: &Known| {
            let resource = self.resource(type_name)?;
            if known.attributes.is_null() {
                return Ok(Found::Gone);
            }
            Ok(match (resource.refresh)(attributes(&known.attributes)) {
                Some(attributes) => {
                    Found::Live(Live { attributes: complete(attributes, &resource.schema), phase: Phase::Ready })
                }
                None => Found::Gone,
            })
        };
        objects.iter().map(read).collect()
    }

    async fn create(&self, type_name: &str, creation: &Creation) -> Result<Created> {
        let resource = self.resource(type_name)?;
        let planned = attributes(&creation.planned);
        self.pause((resource.pauses)(&planned)[0]).await?;
        let (create, schema) = (resource.create.clone(), resource.schema.clone());
        // Making a key takes seconds.
        let made = tokio::task::spawn_blocking(move || create(planned)).await;
        let made = made.map_err(|error| Problem::fatal("Failed to create the object", error.to_string()))??;
        Ok(Created { id: id(&made), attributes: complete(made, &schema) })
    }

    async fn update(&self, _type_name: &str, _id: &Id, _change: &Change) -> Result<()> {
        // State is the object.
        Ok(())
    }

    async fn delete(&self, type_name: &str, known: &Known) -> Result<()> {
        let resource = self.resource(type_name)?;
        let attributes = attributes(&known.attributes);
        self.pause((resource.pauses)(&attributes)[1]).await?;
        (resource.delete)(&attributes)
    }

    async fn find(&self, _type_name: &str, _creation: &Creation) -> Result<Option<Created>> {
        // What is not in state was never made.
        Ok(None)
    }

    async fn read_data(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        join_all(configs.iter().map(async |config| self.read(self.data(type_name), config).await)).await
    }

    async fn open(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        join_all(configs.iter().map(async |config| self.read(self.ephemeral(type_name), config).await)).await
    }
}
