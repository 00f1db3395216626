//! A provider of which some types are managed by this program and the others by the published one, in the same configuration and
//! state.

use super::Published;
use crate::{
    native::Natively,
    provider::{
        Applying, Change, Claim, ConfiguredProvider, Created, Creation, Draft, Found, Function, FunctionFailure, Id,
        Kept, Known, Other, Pace, Problem, Provider, Question, Reply, ResourceMode, Result, Schemas, Told, Wanted,
    },
    schema::Schema,
    value::{Text, Value},
};
use async_trait::async_trait;
use futures::future::BoxFuture;
use std::{collections::BTreeMap, sync::Arc};

/// Both in one.
pub struct Served {
    native: Arc<dyn Provider>,
    published: Arc<Published>,
    natively: Arc<Natively>,
    schemas: Schemas,
}

impl Served {
    /// `native` for what it serves, `published` for the rest.
    pub fn new(native: Arc<dyn Provider>, published: Arc<Published>, natively: Natively) -> Self {
        let own = native.schemas();
        let serves = |mode, name: &str| natively.serves(&*native, mode, name);
        let schemas = Schemas {
            // It may be another release than the one that the native types are like.
            provider: published.schemas().provider.clone(),
            resources: kept(&own.resources, |it| serves(ResourceMode::Managed, it)),
            data: kept(&own.data, |it| serves(ResourceMode::Data, it)),
            ephemeral: kept(&own.ephemeral, |it| serves(ResourceMode::Ephemeral, it)),
            further: published.schemas().further.clone(),
        };
        Self { native, published, natively: Arc::new(natively), schemas }
    }

    fn is_native(&self, mode: ResourceMode, type_name: &str) -> bool {
        self.natively.serves(&*self.native, mode, type_name)
    }

    /// The configuration as the native provider takes it.
    fn native_config(&self, config: &Value) -> Value {
        let block = &self.native.schemas().provider.block;
        let unset = block.unset();
        let Some(entries) = unset.as_entries() else { return unset };
        let own = entries.iter().map(|(name, unset)| {
            let given = config.get(name).filter(|it| it.ty() == unset.ty());
            (name.clone(), given.unwrap_or(unset).clone())
        });
        Value::object(own.collect::<BTreeMap<_, _>>()).marked(config.marks)
    }
}

impl Provider for Served {
    fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    fn is_remote(&self) -> bool {
        true
    }

    fn versions(&self) -> &'static [&'static str] {
        self.native.versions()
    }

    fn is_asked(&self, what: Option<(ResourceMode, &str)>) -> bool {
        what.is_none_or(|(mode, type_name)| !self.is_native(mode, type_name))
    }

    fn ask(&self, question: Question) -> BoxFuture<'_, Result<Reply>> {
        let native = match &question {
            Question::ValidateProvider(config) => self.native.validate_configuration(&self.native_config(config)),
            _ => Vec::new(),
        };
        Box::pin(async move {
            let mut reply = self.published.ask(question).await?;
            let is_new = |it: &Problem| !reply.problems.iter().any(|known| known.summary == it.summary);
            let native: Vec<Problem> = native.into_iter().filter(is_new).collect();
            reply.problems.extend(native);
            Ok(reply)
        })
    }

    fn functions(&self) -> BTreeMap<Text, Function> {
        self.published.functions()
    }

    fn function(&self, name: &str) -> Option<Function> {
        self.published.function(name)
    }

    fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, FunctionFailure> {
        self.published.call(name, arguments)
    }

    fn validate(&self, mode: ResourceMode, type_name: &str, config: &Value) -> Vec<Problem> {
        self.native.validate(mode, type_name, config)
    }

    fn take_over(&self, type_name: &str, from: Other<'_>) -> Result<Option<(Value, Kept)>> {
        match self.is_native(ResourceMode::Managed, type_name) {
            true => self.native.take_over(type_name, from),
            false => self.published.take_over(type_name, from),
        }
    }

    fn plans_deletions(&self) -> bool {
        self.published.plans_deletions()
    }

    fn meta_schema(&self) -> Option<&Schema> {
        self.published.meta_schema()
    }

    fn upgrade(&self, type_name: &str, version: u64, attributes: Value) -> Value {
        match self.is_native(ResourceMode::Managed, type_name) {
            true => self.native.upgrade(type_name, version, attributes),
            false => attributes,
        }
    }

    fn claims(&self, type_name: &str, attributes: &Value) -> Vec<Claim> {
        self.native.claims(type_name, attributes)
    }

    fn is_generated(&self, type_name: &str, id: &str, path: &str) -> bool {
        !self.is_native(ResourceMode::Managed, type_name) || self.native.is_generated(type_name, id, path)
    }

    fn remarks(&self, type_name: &str, read: &Value) -> Vec<Problem> {
        match self.is_native(ResourceMode::Data, type_name) {
            true => self.native.remarks(type_name, read),
            false => Vec::new(),
        }
    }

    fn import(&self, type_name: &str, id: &str) -> Result<Known> {
        self.native.import(type_name, id)
    }

    fn configure(&self, config: &Value, pace: Arc<dyn Pace>) -> Result<Arc<dyn ConfiguredProvider>> {
        Ok(Arc::new(Configured {
            native: self.native.configure(&self.native_config(config), pace.clone())?,
            published: self.published.configure(config, pace)?,
            definition: self.native.clone(),
            natively: self.natively.clone(),
        }))
    }
}

fn kept<T: Clone>(all: &BTreeMap<&'static str, T>, is_kept: impl Fn(&str) -> bool) -> BTreeMap<&'static str, T> {
    all.iter().filter(|(name, _)| is_kept(name)).map(|(name, it)| (*name, it.clone())).collect()
}

struct Configured {
    native: Arc<dyn ConfiguredProvider>,
    published: Arc<dyn ConfiguredProvider>,
    definition: Arc<dyn Provider>,
    natively: Arc<Natively>,
}

impl Configured {
    fn of(&self, mode: ResourceMode, type_name: &str) -> &dyn ConfiguredProvider {
        match self.natively.serves(&*self.definition, mode, type_name) {
            true => &*self.native,
            false => &*self.published,
        }
    }

    fn managed(&self, type_name: &str) -> &dyn ConfiguredProvider {
        self.of(ResourceMode::Managed, type_name)
    }
}

/// Each method comes to whoever has the type.
#[async_trait]
impl ConfiguredProvider for Configured {
    async fn check(&self) -> Result<()> {
        // The published one is started when it is first asked something.
        self.native.check().await
    }

    async fn confirm(&self) -> Result<()> {
        self.native.confirm().await
    }

    async fn ask(&self, question: Question) -> Result<Reply> {
        self.published.ask(question).await
    }

    async fn apply(&self, type_name: &str, applying: Applying) -> Result<Reply> {
        self.published.apply(type_name, applying).await
    }

    fn plan(&self, type_name: &str, draft: &mut Draft) -> Result<()> {
        self.managed(type_name).plan(type_name, draft)
    }

    async fn read(&self, type_name: &str, objects: &[Known]) -> Vec<Result<Found>> {
        self.managed(type_name).read(type_name, objects).await
    }

    async fn read_named(&self, type_name: &str, objects: &[Known]) -> Vec<Result<Found>> {
        self.managed(type_name).read_named(type_name, objects).await
    }

    async fn create(&self, type_name: &str, creation: &Creation) -> Result<Created> {
        self.managed(type_name).create(type_name, creation).await
    }

    async fn update(&self, type_name: &str, id: &Id, change: &Change) -> Result<()> {
        self.managed(type_name).update(type_name, id, change).await
    }

    async fn delete(&self, type_name: &str, known: &Known) -> Result<()> {
        self.managed(type_name).delete(type_name, known).await
    }

    async fn find(&self, type_name: &str, creation: &Creation) -> Result<Option<Created>> {
        self.managed(type_name).find(type_name, creation).await
    }

    async fn read_data(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        self.of(ResourceMode::Data, type_name).read_data(type_name, configs).await
    }

    async fn open(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        self.of(ResourceMode::Ephemeral, type_name).open(type_name, configs).await
    }

    async fn look(&self, mode: ResourceMode, type_name: &str, wanted: &[Wanted]) -> Vec<Result<Told>> {
        self.of(mode, type_name).look(mode, type_name, wanted).await
    }

    async fn blockers(&self, type_name: &str, id: &Id) -> Vec<String> {
        self.managed(type_name).blockers(type_name, id).await
    }
}
