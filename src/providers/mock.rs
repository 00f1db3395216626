//! A provider that makes up what it tells: in tests, in the place of another one whose types it has. It asks nobody and keeps
//! nothing, since state is all that there is of its objects.

use crate::{
    product::PRODUCT,
    provider::{
        Change, ConfiguredProvider, Created, Creation, Draft, Found, Id, Known, Live, Pace, Phase, Problem, Provider,
        ResourceMode, ResourceSchema, Result, Schemas, Traits,
    },
    schema::{Attribute, Equality, NestedBlock, Schema, SchemaBlock, Source},
    value::{Data, Type, Value, convert},
};
use async_trait::async_trait;
use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    time::Duration,
};

/// What is known of the objects of a type instead of what would be made up.
#[derive(Clone, Debug)]
pub struct Mocked {
    /// Of resources or of data sources.
    pub mode: ResourceMode,
    /// None: of whatever type it is asked for.
    pub type_name: Option<String>,
    /// An object of values for attributes that the provider computes.
    pub values: Value,
    /// Whether what is computed is told when a change is planned already.
    pub while_planning: bool,
    /// Where it is written, for messages.
    pub place: String,
}

/// The mock of a provider.
pub struct Mock {
    inner: Arc<dyn Provider>,
    schemas: Schemas,
    mocked: Arc<Vec<Mocked>>,
}

impl Mock {
    /// Of `inner`, with these of its types. What comes first in `mocked` counts.
    pub fn new(inner: Arc<dyn Provider>, types: &BTreeSet<(ResourceMode, String)>, mocked: Vec<Mocked>) -> Self {
        let mut schemas = Schemas::default();
        for (mode, name) in types {
            let known = inner.schemas().names(*mode).into_iter().chain(inner.described_types(*mode));
            let Some(name) = known.into_iter().find(|it| it == name) else { continue };
            let schema = inner.schemas().get(*mode, name).cloned().or_else(|| inner.described(*mode, name));
            let Some(schema) = schema.map(|it| Arc::new(mocked_schema(&it))) else { continue };
            match mode {
                ResourceMode::Managed => {
                    schemas.resources.insert(name, ResourceSchema { schema, traits: TRAITS });
                }
                ResourceMode::Data => drop(schemas.data.insert(name, schema)),
                ResourceMode::Ephemeral => drop(schemas.ephemeral.insert(name, schema)),
            }
        }
        Self { inner, schemas, mocked: Arc::new(mocked) }
    }
}

const TRAITS: Traits = Traits {
    patience: Duration::from_secs(60),
    delete_patience: Duration::from_secs(60),
    lingers: false,
    settles: false,
    local: true,
    findable: true,
    doubles: false,
    asked: false,
    deleted_after: &[],
};

/// Nothing is replaced, and nothing means the same as something else: those are rules of the provider that is not asked.
fn mocked_schema(schema: &Schema) -> Schema {
    Schema { block: mocked_block(&schema.block, schema.null_is_zero), null_is_zero: false, version: schema.version }
}

fn mocked_block(block: &SchemaBlock, sdk: bool) -> SchemaBlock {
    let mut block = block.clone();
    for attribute in block.attributes.values_mut() {
        // The SDK of Terraform's older providers fills defaults in by itself; to the newer one they are computed.
        if let Source::Default(_) = attribute.source {
            attribute.source = if sdk { Source::Optional } else { Source::OptionalComputed };
        }
        attribute.force_new = false;
        attribute.equality = Equality::Exact;
    }
    for nested in block.blocks.values_mut() {
        nested.block = mocked_block(&nested.block, sdk);
        nested.force_new = false;
    }
    block
}

impl Provider for Mock {
    fn is_remote(&self) -> bool {
        false
    }

    fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    fn versions(&self) -> &'static [&'static str] {
        self.inner.versions()
    }

    fn validate(&self, mode: ResourceMode, type_name: &str, config: &Value) -> Vec<Problem> {
        self.inner.validate(mode, type_name, config)
    }

    fn import(&self, type_name: &str, _id: &str) -> Result<Known> {
        let detail = format!("There is nothing to import: objects of {type_name} are mocked.");
        Err(Problem::fatal("Mocked objects cannot be imported", detail))
    }

    fn configure(&self, _config: &Value, _pace: Arc<dyn Pace>) -> Result<Arc<dyn ConfiguredProvider>> {
        let of = |(name, it): (&&'static str, &Arc<Schema>), mode| ((mode, (*name).to_owned()), it.clone());
        let schemas = &self.schemas;
        let managed = schemas.resources.iter().map(|(name, it)| of((name, &it.schema), ResourceMode::Managed));
        let data = schemas.data.iter().map(|it| of(it, ResourceMode::Data));
        let ephemeral = schemas.ephemeral.iter().map(|it| of(it, ResourceMode::Ephemeral));
        let schemas = managed.chain(data).chain(ephemeral).collect();
        Ok(Arc::new(Configured { schemas, mocked: self.mocked.clone() }))
    }
}

struct Configured {
    schemas: BTreeMap<(ResourceMode, String), Arc<Schema>>,
    mocked: Arc<Vec<Mocked>>,
}

impl Configured {
    fn default(&self, mode: ResourceMode, type_name: &str) -> Option<&Mocked> {
        let is_it = |it: &&Mocked| it.mode == mode && it.type_name.as_ref().is_none_or(|of| of == type_name);
        self.mocked.iter().find(is_it)
    }

    /// `object` with something in the place of all that is unknown.
    fn fill(&self, mode: ResourceMode, type_name: &str, object: &Value, making: &mut Making<'_>) -> Result<Value> {
        let schema = self.schemas.get(&(mode, type_name.to_owned())).ok_or_else(|| {
            Problem::fatal("Unsupported type", format!("There is no type {type_name:?} that could be mocked."))
        })?;
        making.block(&schema.block, object, making.default.map(|it| &it.values), "")
    }

    fn filled(&self, mode: ResourceMode, type_name: &str, object: &Value) -> Result<Value> {
        self.fill(mode, type_name, object, &mut Making { default: self.default(mode, type_name), seed: None })
    }
}

/// How values are made up.
struct Making<'d> {
    default: Option<&'d Mocked>,
    /// What is told while planning has to be told again: it follows from this and from the name of the attribute.
    seed: Option<&'d str>,
}

impl Making<'_> {
    fn block(&self, block: &SchemaBlock, object: &Value, given: Option<&Value>, path: &str) -> Result<Value> {
        let Some(entries) = object.as_entries() else { return Ok(object.clone()) };
        let mut out = BTreeMap::new();
        for (name, value) in entries {
            let given = given.and_then(|it| it.get(name)).filter(|it| !it.is_null());
            let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
            let value = match (block.attributes.get(name), block.blocks.get(name)) {
                (Some(attribute), _) => self.attribute(attribute, value, given, &path)?,
                (None, Some(nested)) => self.nested(nested, value, given, &path)?,
                (None, None) => value.clone(),
            };
            out.insert(name.clone(), value);
        }
        Ok(Value::object(out).marked(object.marks))
    }

    fn attribute(&self, attribute: &Attribute, value: &Value, given: Option<&Value>, path: &str) -> Result<Value> {
        if value.is_known() {
            return Ok(value.clone());
        }
        let made = match given {
            Some(given) => convert(given, &attribute.ty)
                .map_err(|error| self.unsuitable(&attribute.ty, path, &error.to_string()))?,
            None => self.make(&attribute.ty, path),
        };
        Ok(made.marked(value.marks))
    }

    fn unsuitable(&self, ty: &Type, path: &str, error: &str) -> Problem {
        let place = self.default.map_or("", |it| &it.place);
        let detail = format!(
            "{PRODUCT} could not compute a value for the target type {} with the mocked data defined at {place} with the \
             attribute {path:?}: {error}.",
            ty.friendly()
        );
        Problem::fatal("Failed to compute attribute", detail)
    }

    fn nested(&self, nested: &NestedBlock, value: &Value, given: Option<&Value>, path: &str) -> Result<Value> {
        let each = |it: &Value| self.block(&nested.block, it, given, path);
        let all = |values: &[Value]| values.iter().map(each).collect::<Result<Vec<_>>>();
        let data = match &value.data {
            Data::Unknown(_) => self.make(&nested.implied_type(), path).data,
            Data::List(ty, values) => Data::List(ty.clone(), all(values)?.into()),
            Data::Tuple(values) => Data::Tuple(all(values)?.into()),
            Data::Set(ty, values) => return Ok(Value::set(ty.clone(), all(values)?).marked(value.marks)),
            Data::Map(ty, values) => {
                let values: Result<BTreeMap<_, _>> =
                    values.iter().map(|(key, it)| Ok((key.clone(), each(it)?))).collect();
                Data::Map(ty.clone(), values?.into())
            }
            Data::Object(_) => each(value)?.data,
            _ => return Ok(value.clone()),
        };
        Ok(Value { data, marks: value.marks })
    }

    /// As Terraform makes values up: a text of eight letters and digits, zero, false, and nothing in collections.
    fn make(&self, ty: &Type, path: &str) -> Value {
        match ty {
            Type::String => Value::string(self.text(path)),
            Type::Number => Value::number(0),
            Type::Bool => Value::bool(false),
            Type::List(of) => Value::list((**of).clone(), Vec::new()),
            Type::Set(of) => Value::set((**of).clone(), Vec::new()),
            Type::Map(of) => Value::map((**of).clone(), BTreeMap::new()),
            Type::Object(object) => {
                let each =
                    |(name, ty): (&crate::value::Text, &Type)| (name.clone(), self.make(ty, &format!("{path}.{name}")));
                Value::object(object.attributes.iter().map(each).collect())
            }
            _ => Value::null(ty.clone()),
        }
    }

    fn text(&self, path: &str) -> String {
        const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
        let mut number = match self.seed {
            None => rand::random::<u64>(),
            Some(seed) => {
                let mut hasher = DefaultHasher::new();
                (seed, path).hash(&mut hasher);
                hasher.finish()
            }
        };
        let mut letter = || {
            let at = (number % LETTERS.len() as u64) as usize;
            number /= LETTERS.len() as u64;
            char::from(LETTERS[at])
        };
        (0..8).map(|_| letter()).collect()
    }
}

#[async_trait]
impl ConfiguredProvider for Configured {
    fn plan(&self, type_name: &str, draft: &mut Draft) -> Result<()> {
        let default = self.default(ResourceMode::Managed, type_name);
        if let Some(default) = default.filter(|it| it.while_planning && !draft.planned.is_null()) {
            let mut making = Making { default: Some(default), seed: Some(&default.place) };
            draft.planned = self.fill(ResourceMode::Managed, type_name, &draft.planned, &mut making)?;
        }
        Ok(())
    }

    async fn read(&self, type_name: &str, objects: &[Known]) -> Vec<Result<Found>> {
        let read = |known: &Known| {
            let attributes = self.filled(ResourceMode::Managed, type_name, &known.attributes)?;
            Ok(Found::Live(Live { attributes, phase: Phase::Ready }))
        };
        objects.iter().map(read).collect()
    }

    async fn create(&self, type_name: &str, creation: &Creation) -> Result<Created> {
        let attributes = self.filled(ResourceMode::Managed, type_name, &creation.planned)?;
        let id = attributes.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(Created { id: Id(id), attributes })
    }

    async fn update(&self, _type_name: &str, _id: &Id, _change: &Change) -> Result<()> {
        Ok(())
    }

    async fn delete(&self, _type_name: &str, _known: &Known) -> Result<()> {
        Ok(())
    }

    async fn find(&self, _type_name: &str, _creation: &Creation) -> Result<Option<Created>> {
        Ok(None)
    }

    async fn read_data(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        configs.iter().map(|it| self.answer(ResourceMode::Data, type_name, it)).collect()
    }

    async fn open(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        configs.iter().map(|it| self.answer(ResourceMode::Ephemeral, type_name, it)).collect()
    }
}

impl Configured {
    /// The arguments, with something in the place of all that only the provider knows.
    fn answer(&self, mode: ResourceMode, type_name: &str, config: &Value) -> Result<Value> {
        let schema = self.schemas.get(&(mode, type_name.to_owned()));
        let open = schema.map_or_else(|| config.clone(), |schema| opened(&schema.block, config));
        self.filled(mode, type_name, &open)
    }
}

/// `config` with what is computed and not set as unknown.
fn opened(block: &SchemaBlock, config: &Value) -> Value {
    let Some(entries) = config.as_entries() else { return config.clone() };
    let open = |(name, value): (&crate::value::Text, &Value)| {
        let computed = block.attributes.get(name).filter(|it| it.is_computed() && value.is_null());
        (name.clone(), computed.map_or_else(|| value.clone(), |it| Value::unknown(it.ty.clone())))
    };
    Value::object(entries.iter().map(open).collect()).marked(config.marks)
}
