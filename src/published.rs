//! Published providers behind the trait that built-in ones have: programs of others, which are asked.
//!
//! A program is started when its schemas are not known yet, or when somebody asks it something, and is configured when it is first
//! asked what needs that. Programs live in a runtime of their own, so that any command may ask them, and end with [`end`].

#![warn(missing_docs)]

mod answers;
mod connection;
mod data;
mod kept;
mod regional;
mod schemas;
mod served;

use crate::{
    address::ProviderSource,
    plugin::{Answer, Applying, Kind, MovedFrom, Planning, Plugin, Reattach, message::DynamicValue},
    provider::{
        self, Change, ConfiguredProvider, Created, Creation, Found, Function, FunctionFailure, Id, Kept, Known, Other,
        Pace, Problem, Provider, Question, Reply, ResourceMode, Result, Schemas, Told, Wanted,
    },
    schema::Schema,
    value::{Text, Type, Value},
};
use answers::{answer, not_deferred, said};
use async_trait::async_trait;
use connection::{Connection, Program};
pub use connection::{DEFAULT_PROCESSES, close, end, limit_processes};
use futures::future::BoxFuture;
use regional::Regional;
pub use served::Served;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Where a provider comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is started.
    Executable(PathBuf),
    /// Somebody else has started it.
    Running(Reattach),
}

/// A provider that is another program.
pub struct Published {
    program: Arc<Program>,
    /// Where its types take `region`, which it does not know.
    regional: Option<Arc<Regional>>,
    schemas: Schemas,
}

impl Published {
    /// The provider from there. `cache` is the folder in which its schemas are kept, so that it need not be started for them.
    pub fn open(source: &ProviderSource, origin: Origin, cache: Option<&Path>) -> Result<Self> {
        let told = Arc::new(schemas::of(source, &origin, cache)?);
        let own =
            Schemas { provider: told.schemas.provider.clone(), further: Some(told.clone()), ..Schemas::default() };
        Ok(Self { program: Program::new(source, origin, told), regional: None, schemas: own })
    }

    /// The same, with `region` as an argument of its types, whether it knows that or not.
    pub fn in_regions(mut self) -> Self {
        if let Some(regional) = Regional::new(&self.program.told).map(Arc::new) {
            self.schemas.further = Some(regional.clone());
            self.regional = Some(regional);
        }
        self
    }
}

impl Provider for Published {
    fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    fn is_asked(&self, _what: Option<(ResourceMode, &str)>) -> bool {
        true
    }

    fn ask(&self, question: Question) -> BoxFuture<'_, Result<Reply>> {
        Box::pin(async {
            let lease = self.program.any().await?;
            let Some(regional) = &self.regional else {
                return answer(&self.program, &lease.plugin, question).await;
            };
            let managed = match &question {
                Question::Upgrade { type_name, .. } => Some(type_name.clone()),
                _ => None,
            };
            let (question, region) = regional.stripped(question);
            let mut reply = answer(&self.program, &lease.plugin, question).await?;
            if let Some(type_name) = managed {
                let region = region.unwrap_or_else(|| Value::null(Type::String));
                regional.answered(&type_name, &mut reply, &region, None);
            }
            Ok(reply)
        })
    }

    fn functions(&self) -> BTreeMap<Text, Function> {
        self.program.told.schemas.functions.clone()
    }

    fn function(&self, name: &str) -> Option<Function> {
        self.program.told.schemas.functions.get(name).cloned()
    }

    fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, FunctionFailure> {
        let failed = |it: Problem| FunctionFailure { text: format!("{}: {}", it.summary, it.detail), argument: None };
        let (program, called, sent) = (self.program.clone(), name.to_owned(), arguments.to_vec());
        let answered = connection::wait_aside(async move {
            let function = program.told.schemas.functions.get(&*called);
            let missing = || Problem::fatal("Unknown provider function", format!("There is no function {called:?}."));
            let function = function.ok_or_else(missing)?;
            let lease = program.any().await?;
            lease.plugin.call_function(&called, function, &sent).await
        });
        answered.map_err(failed)?
    }

    fn take_over(&self, type_name: &str, from: Other<'_>) -> Result<Option<(Value, Kept)>> {
        if !self.program.told.schemas.capabilities.move_state {
            return Ok(None);
        }
        let (provider, from_type, version) = (from.source.to_string(), from.type_name.to_owned(), from.version);
        let (state, before, private) = (from.json.to_owned(), from.kept.clone(), kept::private(from.kept)?);
        let (program, type_name) = (self.program.clone(), type_name.to_owned());
        let moved = connection::wait_aside(async move {
            let kind = program.managed(&type_name)?;
            let lease = program.any().await?;
            let identity = before.identity.as_ref().map(|it| (it.version, it.json.as_bytes()));
            let (type_name, state) = (&*from_type, state.as_bytes());
            let from = MovedFrom { provider, type_name, version, state, private: &private, identity };
            let Answer { value, problems } = lease.plugin.take_over(kind, from).await?;
            if let Some(error) = problems.into_iter().find(Problem::is_error) {
                return Err(error);
            }
            // What identifies an object of another type says nothing of this one.
            let kept = kept::known(kind, &value.private, value.identity.as_ref(), None)?;
            Ok((value.state, kept))
        });
        moved.map(|it| Some(it).filter(|it| !it.0.is_null()))
    }

    fn plans_deletions(&self) -> bool {
        self.program.told.schemas.capabilities.plan_destroy
    }

    fn meta_schema(&self) -> Option<&Schema> {
        self.program.told.schemas.provider_meta.as_ref()
    }

    fn import(&self, type_name: &str, id: &str) -> Result<Known> {
        let detail = format!("Objects of {type_name} are imported by asking the provider, as {id:?} was not.");
        Err(Problem::fatal("Provider is not asked", detail))
    }

    fn configure(&self, config: &Value, pace: Arc<dyn Pace>) -> Result<Arc<dyn ConfiguredProvider>> {
        let connection = self.program.configured(config);
        let (program, regional, config) = (self.program.clone(), self.regional.clone(), config.clone());
        Ok(Arc::new(Configured { program, connection, regional, config, pace }))
    }
}

struct Configured {
    program: Arc<Program>,
    connection: Arc<Connection>,
    regional: Option<Arc<Regional>>,
    config: Value,
    pace: Arc<dyn Pace>,
}

impl Configured {
    /// Who is asked about something in that region, and which region that is: without one, that of the provider.
    fn of(&self, region: Option<Value>) -> (Arc<Connection>, Value) {
        let own = || self.config.get("region").cloned().unwrap_or_else(|| Value::null(Type::String)).without_marks();
        let Some(region) = region.filter(|it| it.as_str().is_some()) else { return (self.connection.clone(), own()) };
        if region == own() {
            return (self.connection.clone(), region);
        }
        let mut config = self.config.as_entries().cloned().unwrap_or_default();
        config.insert("region".into(), region.clone());
        (self.program.configured(&Value::object(config).marked(self.config.marks)), region)
    }

    /// Makes a change in the process that is for it.
    async fn change(
        &self,
        connection: &Arc<Connection>,
        type_name: &str,
        applying: provider::Applying,
    ) -> Result<Reply> {
        let lease = connection.lease(true).await?;
        let plugin = &lease.plugin;
        let kind = self.program.managed(type_name)?;
        let mut private = kept::private(&applying.kept)?;
        let identity = kept::identity(kind, &applying.kept)?;
        let identity = identity.as_ref();
        let meta = self.program.meta(plugin, applying.meta.as_ref())?;
        let plans = self.program.told.schemas.capabilities.plan_destroy;
        if applying.planned.is_null() && plans && !applying.is_planned {
            let (prior, proposed, config) = (&applying.prior, &applying.planned, &applying.config);
            let meta = meta.clone();
            let planned =
                plugin.plan(kind, Planning { prior, proposed, config, private: &private, identity, meta }).await?;
            if planned.problems.iter().any(Problem::is_error) {
                let (kept, problems) = (applying.kept, planned.problems);
                return Ok(Reply { object: applying.prior, kept, ..said(problems) });
            }
            private = planned.value.private;
        }
        let (prior, planned, config) = (&applying.prior, &applying.planned, &applying.config);
        let sent = Applying { prior, planned, config, private: &private, identity, meta };
        let mut call = Box::pin(plugin.apply(kind, sent));
        let answer = tokio::select! {
            answer = &mut call => answer,
            () = self.pace.stopped() => {
                // It is asked to come to an end, and its answer says how far it came.
                connection.stop(plugin).await;
                call.await
            }
        };
        let Answer { value, mut problems } = answer?;
        let before = applying.kept.identity.as_ref();
        let kept = kept::known(kind, &value.private, value.identity.as_ref(), before).unwrap_or_else(|problem| {
            // The object is there all the same.
            problems.push(problem);
            kept::of(&value.private, before)
        });
        Ok(Reply { object: value.state, kept, replace: Vec::new(), is_legacy: value.is_legacy, problems })
    }
}

#[async_trait]
impl ConfiguredProvider for Configured {
    async fn check(&self) -> Result<()> {
        // What has been refused in an earlier run may be right by now.
        self.connection.try_again().await;
        self.connection.lease(true).await.map(drop)
    }

    async fn ask(&self, question: Question) -> Result<Reply> {
        let Some(regional) = &self.regional else {
            let lease = self.connection.lease(question.needs_configuration()).await?;
            return answer(&self.program, &lease.plugin, question).await;
        };
        let (type_name, before) = match &question {
            Question::Read { type_name, .. } | Question::Import { type_name, .. } => (type_name.clone(), None),
            Question::Plan { type_name, planning } => (type_name.clone(), Regional::before(planning)),
            _ => ("".into(), None),
        };
        let is_unsaid = matches!(&question, Question::Plan { planning, .. } if Regional::leaves(planning));
        let (question, region) = regional.stripped(question);
        let (connection, region) = self.of(region);
        let region = if is_unsaid { Value::null(Type::String) } else { region };
        let lease = connection.lease(question.needs_configuration()).await?;
        let mut reply = answer(&self.program, &lease.plugin, question).await?;
        regional.answered(&type_name, &mut reply, &region, before.as_ref());
        Ok(reply)
    }

    async fn apply(&self, type_name: &str, mut applying: provider::Applying) -> Result<Reply> {
        let is_unsaid = Regional::left(&applying.planned);
        let region = self.regional.as_ref().and_then(|it| it.stripped_change(type_name, &mut applying));
        let (connection, region) = self.of(region);
        let region = if is_unsaid { Value::null(Type::String) } else { region };
        let mut reply = self.change(&connection, type_name, applying).await?;
        if let Some(regional) = &self.regional {
            regional.answered(type_name, &mut reply, &region, None);
        }
        Ok(reply)
    }

    async fn read(&self, type_name: &str, objects: &[Known]) -> Vec<Result<Found>> {
        objects.iter().map(|_| Err(not_so(type_name))).collect()
    }

    async fn create(&self, type_name: &str, _creation: &Creation) -> Result<Created> {
        Err(not_so(type_name))
    }

    async fn update(&self, type_name: &str, _id: &Id, _change: &Change) -> Result<()> {
        Err(not_so(type_name))
    }

    async fn delete(&self, type_name: &str, _known: &Known) -> Result<()> {
        Err(not_so(type_name))
    }

    async fn find(&self, type_name: &str, _creation: &Creation) -> Result<Option<Created>> {
        Err(not_so(type_name))
    }

    async fn read_data(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        configs.iter().map(|_| Err(not_so(type_name))).collect()
    }

    async fn open(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        configs.iter().map(|_| Err(not_so(type_name))).collect()
    }

    async fn look(&self, mode: ResourceMode, type_name: &str, wanted: &[Wanted]) -> Vec<Result<Told>> {
        data::look(self, mode, type_name, wanted).await
    }
}

/// Objects of published providers are asked for and changed as a whole, and data with what the provider says of it.
fn not_so(type_name: &str) -> Problem {
    Problem::fatal("Provider is asked otherwise", format!("Objects of {type_name} are asked for one by one."))
}

impl Program {
    /// A type that it manages.
    fn managed<'a>(&'a self, type_name: &'a str) -> Result<Kind<'a>> {
        let kind = Kind::new(type_name, self.schema(ResourceMode::Managed, type_name)?);
        Ok(Kind { identity: self.told.identities.get(type_name), ..kind })
    }

    /// What a module has to say to it, as calls take it: null where it says nothing, as with Terraform.
    fn meta(&self, plugin: &Plugin, meta: Option<&Value>) -> Result<Option<DynamicValue>> {
        let Some(schema) = &self.told.schemas.provider_meta else { return Ok(None) };
        let null = || Value::null(schema.block.implied_type());
        plugin.meta(schema, &meta.cloned().unwrap_or_else(null)).map(Some)
    }

    /// The schema of a type.
    fn schema(&self, mode: ResourceMode, type_name: &str) -> Result<&Schema> {
        use provider::Further;
        let missing = || Problem::fatal("Unsupported type", format!("{} has no type {type_name:?}.", self.source));
        self.told.get(mode, type_name).map(|it| &**it).ok_or_else(missing)
    }
}
