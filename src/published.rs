//! Published providers behind the trait that built-in ones have: programs of others, which are asked.
//!
//! A program is started when its schemas are not known yet, or when somebody asks it something, and is configured when it is first
//! asked what needs that. Programs live in a runtime of their own, so that any command may ask them, and end with [`end`].

#![warn(missing_docs)]

mod connection;
mod data;
mod regional;
mod schemas;
mod served;

use crate::{
    address::ProviderSource,
    plugin::{Answer, Applying, Imports, Kind, MovedFrom, Planning, Plugin, Read, Reading, Reattach, Stored},
    provider::{
        self, Change, ConfiguredProvider, Created, Creation, Found, Function, FunctionFailure, Id, Kept, Known, Pace,
        Problem, Provider, Question, Reply, ResourceMode, Result, Schemas,
    },
    schema::Schema,
    value::{Type, Value},
};
use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use connection::{Connection, Program};
pub use connection::{DEFAULT_PROCESSES, end, limit_processes};
use futures::future::BoxFuture;
use regional::Regional;
pub use served::Served;
use std::{
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

    fn take_over(&self, type_name: &str, from: (&ProviderSource, &str), attributes: &Value) -> Result<Option<Value>> {
        if !self.program.told.schemas.capabilities.move_state {
            return Ok(None);
        }
        let ty = attributes.ty();
        let state = crate::plugin::dynamic::to_json_bytes(&attributes.without_marks(), &ty);
        let Ok(state) = state else { return Ok(None) };
        let (provider, from_type) = (from.0.to_string(), from.1.to_owned());
        let (program, type_name) = (self.program.clone(), type_name.to_owned());
        let moved = connection::wait_aside(async move {
            let kind = Kind::new(&type_name, program.schema(ResourceMode::Managed, &type_name)?);
            let lease = program.any().await?;
            let from = MovedFrom { provider, type_name: &from_type, version: 0, state: &state, private: &[] };
            let Answer { value, problems } = lease.plugin.take_over(kind, from).await?;
            let error = problems.into_iter().find(Problem::is_error);
            error.map_or(Ok(value.state), Err)
        });
        moved.map(|it| Some(it).filter(|it| !it.is_null()))
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
        let schema = self.program.schema(ResourceMode::Managed, type_name)?;
        let mut private = private(&applying.kept)?;
        let kind = Kind::new(type_name, schema);
        if applying.planned.is_null() && self.program.told.schemas.capabilities.plan_destroy {
            let planning = Planning {
                prior: &applying.prior,
                proposed: &applying.planned,
                config: &applying.config,
                private: &private,
                identity: None,
                meta: None,
            };
            let planned = plugin.plan(kind, planning).await?;
            if planned.problems.iter().any(Problem::is_error) {
                let (kept, problems) = (applying.kept, planned.problems);
                return Ok(Reply { object: applying.prior, kept, ..said(problems) });
            }
            private = planned.value.private;
        }
        let sent = Applying {
            prior: &applying.prior,
            planned: &applying.planned,
            config: &applying.config,
            private: &private,
            identity: None,
            meta: None,
        };
        let mut call = Box::pin(plugin.apply(kind, sent));
        let answer = tokio::select! {
            answer = &mut call => answer,
            () = self.pace.stopped() => {
                // It is asked to come to an end, and its answer says how far it came.
                connection.stop(plugin).await;
                call.await
            }
        };
        let Answer { value, problems } = answer?;
        let kept = kept(&value.private);
        Ok(Reply { object: value.state, kept, replace: Vec::new(), is_legacy: value.is_legacy, problems })
    }
}

#[async_trait]
impl ConfiguredProvider for Configured {
    async fn check(&self) -> Result<()> {
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
        let (question, region) = regional.stripped(question);
        let (connection, region) = self.of(region);
        let lease = connection.lease(question.needs_configuration()).await?;
        let mut reply = answer(&self.program, &lease.plugin, question).await?;
        regional.answered(&type_name, &mut reply, &region, before.as_ref());
        Ok(reply)
    }

    async fn apply(&self, type_name: &str, mut applying: provider::Applying) -> Result<Reply> {
        let region = self.regional.as_ref().and_then(|it| it.stripped_change(type_name, &mut applying));
        let (connection, region) = self.of(region);
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
        data::read(self, type_name, configs).await
    }

    async fn open(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        data::open(self, type_name, configs).await
    }
}

/// Objects of published providers are asked for and changed as a whole.
fn not_so(type_name: &str) -> Problem {
    Problem::fatal("Provider is asked otherwise", format!("Objects of {type_name} are asked for one by one."))
}

/// Puts a question to a program that runs.
async fn answer(program: &Program, plugin: &Plugin, question: Question) -> Result<Reply> {
    let managed = |type_name| Ok::<_, Problem>(Kind::new(type_name, program.schema(ResourceMode::Managed, type_name)?));
    match question {
        Question::Validate { mode, type_name, config } => {
            let kind = Kind::new(&type_name, program.schema(mode, &type_name)?);
            Ok(said(plugin.validate(mode, kind, &config).await?))
        }
        Question::ValidateProvider(config) => {
            Ok(said(plugin.validate_provider(&program.told.schemas.provider, &config).await?.problems))
        }
        Question::Upgrade { type_name, version, attributes } => {
            let stored = Stored::Json(attributes.as_bytes());
            let Answer { value, problems } = plugin.upgrade(managed(&*type_name)?, version, stored).await?;
            Ok(Reply { object: value, ..said(problems) })
        }
        Question::Read { type_name, object, kept } => {
            read(plugin, managed(&*type_name)?, &object, &private(&kept)?, kept.clone()).await
        }
        Question::Import { type_name, id } => import(plugin, managed(&*type_name)?, &id).await,
        Question::Plan { type_name, planning } => {
            let private = private(&planning.kept)?;
            let sent = Planning {
                prior: &planning.prior,
                proposed: &planning.proposed,
                config: &planning.config,
                private: &private,
                identity: None,
                meta: None,
            };
            let Answer { value, problems } = plugin.plan(managed(&*type_name)?, sent).await?;
            not_deferred(&type_name, value.deferred.is_some())?;
            let (replace, is_legacy) = (value.replace, value.is_legacy);
            Ok(Reply { object: value.state, kept: kept(&value.private), replace, is_legacy, problems })
        }
    }
}

async fn read(plugin: &Plugin, kind: Kind<'_>, object: &Value, private: &[u8], before: Kept) -> Result<Reply> {
    let reading = Reading { state: object, private, identity: None, meta: None };
    let Answer { value: Read { state, private, deferred, .. }, problems } = plugin.read(kind, reading).await?;
    not_deferred(kind.name, deferred.is_some())?;
    // What a provider that fails answers is no object.
    let kept = if private.is_empty() { before } else { kept(&private) };
    Ok(Reply { object: state, kept, ..said(problems) })
}

/// The object that the provider finds by that id, read.
async fn import(plugin: &Plugin, kind: Kind<'_>, id: &str) -> Result<Reply> {
    let kind_of = |name: &str| (name == kind.name).then_some(kind);
    let Answer { value: Imports { objects, deferred }, mut problems } = plugin.import(kind, id, None, kind_of).await?;
    not_deferred(kind.name, deferred.is_some())?;
    if problems.iter().any(Problem::is_error) {
        return Ok(said(problems));
    }
    let mut objects = objects.into_iter();
    let (Some(object), None) = (objects.next(), objects.next()) else {
        let detail = format!(
            "While attempting to import with ID {id:?}, the provider returned either no object or more than one. This is not \
             supported."
        );
        return Err(Problem::fatal("Multiple import states not supported", detail));
    };
    if object.state.is_null() {
        let detail = format!("The provider returned an invalid state for import of {} with ID {id:?}.", kind.name);
        return Err(Problem::fatal("Import returned null resource", detail));
    }
    let before = kept(&object.private);
    let reply = read(plugin, kind, &object.state, &object.private, before).await?;
    problems.extend(reply.problems);
    Ok(Reply { problems, ..reply })
}

fn said(problems: Vec<Problem>) -> Reply {
    let object = Value::null(Type::Any);
    Reply { object, kept: None, replace: Vec::new(), is_legacy: false, problems }
}

fn not_deferred(what: &str, is_deferred: bool) -> Result<()> {
    if !is_deferred {
        return Ok(());
    }
    let detail = format!(
        "The provider signaled a deferred action for {what:?}, but in this context deferrals are disabled. This is a bug in the \
         provider, please file an issue with the provider developers."
    );
    Err(Problem::fatal("Provider deferred changes when Terraform did not allow deferrals", detail))
}

fn private(kept: &Kept) -> Result<Vec<u8>> {
    let Some(text) = kept else { return Ok(Vec::new()) };
    STANDARD.decode(text.as_bytes()).map_err(|error| {
        Problem::fatal(
            "Invalid private data in state",
            format!("What state keeps for the provider is damaged: {error}."),
        )
    })
}

fn kept(private: &[u8]) -> Kept {
    (!private.is_empty()).then(|| STANDARD.encode(private).into())
}

impl Program {
    /// The schema of a type.
    fn schema(&self, mode: ResourceMode, type_name: &str) -> Result<&Schema> {
        use provider::Further;
        let missing = || Problem::fatal("Unsupported type", format!("{} has no type {type_name:?}.", self.source));
        self.told.get(mode, type_name).map(|it| &**it).ok_or_else(missing)
    }
}
