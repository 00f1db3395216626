//! The words that engine and providers share, and the traits a provider implements.
//!
//! Everything here is type-erased: a provider takes and gives [`Value`]s that conform to its [`Schema`]s, so
//! that one in another process can stand behind the same traits.

#![warn(missing_docs)]

mod ask;
mod whole;

pub use crate::address::{ProviderSource, ResourceMode};
pub use ask::{
    Applying, Function, FunctionFailure, Identity, Kept, Other, Parameter, Planning, Question, Reply, Told, Wanted,
};
pub use whole::Whole;

use crate::{
    diagnostic::Severity,
    schema::Schema,
    value::{Path, Text, Value},
};
use async_trait::async_trait;
use futures::future::BoxFuture;
use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

/// What AWS, or another provider, calls an object: the `id` attribute in state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub String);

/// What a live object is doing right now.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// On its way: the engine asks again.
    Pending,
    /// As it is to be.
    Ready,
    /// It will never be ready; the reason as the provider gives it.
    Failed(String),
}

/// An object as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Live {
    /// Conforms to the schema of its type; wholly known.
    pub attributes: Value,
    /// Whether it is still on its way.
    pub phase: Phase,
}

/// The answer to one question of a batch.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// It exists.
    Live(Live),
    /// It does not exist, or no more.
    Gone,
}

/// An object to read: its id and what state holds of it, for the attributes that the provider never returns.
///
/// `attributes` is null when nothing but the id is known (import, or a create whose reply was all there is). After a
/// change they are those that were planned, unknown where only this reading tells.
#[derive(Clone, Debug)]
pub struct Known {
    /// What the provider calls it.
    pub id: Id,
    /// What state holds of it, or what an import id stands for.
    pub attributes: Value,
}

/// An object to create.
#[derive(Clone, Debug)]
pub struct Creation {
    /// The planned attributes, with what is still unknown left for the provider to choose.
    pub planned: Value,
    /// The arguments as evaluated, including write-only ones.
    pub config: Value,
    /// Unique to this attempt and written to the journal before the call: the client token, or the value of
    /// the creation tag ([`CREATION_TAG`]) for what has no token.
    pub token: String,
}

/// The tag that marks an object whose create call takes no token, until the object is in state.
pub const CREATION_TAG: &str = "rforge:creation";

/// What a create call made. It is saved before anything else is done.
#[derive(Clone, Debug)]
pub struct Created {
    /// What the provider calls it.
    pub id: Id,
    /// The attributes known at this point, among them everything that only the create call returns
    /// (a generated secret). Unknown where a read must tell: an object of a type that does not settle is not read
    /// after its create if all is known.
    pub attributes: Value,
}

/// An update in place.
#[derive(Clone, Debug)]
pub struct Change {
    /// What state holds.
    pub before: Value,
    /// What was planned, wholly known.
    pub after: Value,
    /// The arguments as evaluated, including write-only ones.
    pub config: Value,
}

/// A change while it is being planned; [`ConfiguredProvider::plan`] may adjust it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Null when the object is to be created.
    pub prior: Value,
    /// The arguments, as far as they are known.
    pub config: Value,
    /// Null when the object is to be destroyed.
    pub planned: Value,
    /// What has to be replaced because of a change at these paths.
    pub replace: Vec<Path>,
}

/// How the engine should take a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Final for this run.
    Fatal,
    /// Something still uses the object; it may go away. Retried with a deadline.
    Dependency,
    /// A thing that was just made is not visible everywhere yet. Retried with a deadline.
    NotYetVisible,
    /// Another change of the same object is under way. Retried with a deadline.
    Busy,
    /// Rate limit, after the SDK's own retries.
    Throttled,
    /// There is one already that has the name, range or content of what was to be made. Final, unless an earlier call of ours
    /// may have made it.
    Exists,
    /// The answer was lost: the call may or may not have taken effect. A create is looked up, never repeated.
    OutcomeUnknown,
}

/// What is behind a problem, where that is not the object's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cause {
    /// The same for everything that it is behind, which is told in one error.
    pub name: String,
    /// Whether nothing else that the provider is asked can work either, so that nothing else is tried.
    pub is_final: bool,
    /// Whether it is the provider's own configuration that is not taken: that is where it is told.
    pub is_configuration: bool,
}

/// What went wrong with a call, in the provider's words.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{summary}: {detail}")]
pub struct Problem {
    /// How the engine should take it.
    pub class: Class,
    /// Whether it is a failure.
    pub severity: Severity,
    /// A few words, in sentence case, without a full stop.
    pub summary: String,
    /// Full sentences.
    pub detail: String,
    /// The argument that is at fault, where one is.
    pub attribute: Option<Path>,
    /// How to mend it, where that can be said.
    pub hint: Option<String>,
    /// What stands in the way of a create ([`Class::Exists`]), as an import names it.
    pub existing: Option<String>,
    /// Whether the provider had tried before in the same call and got no answer: what was asked for may be done, whatever
    /// this answer says.
    pub unsure: bool,
    /// What is behind it, where others meet that too.
    pub cause: Option<Cause>,
}

impl Problem {
    /// A problem of that class, of no argument in particular.
    pub fn new(class: Class, summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            class,
            severity: Severity::Error,
            summary: summary.into(),
            detail: detail.into(),
            attribute: None,
            hint: None,
            existing: None,
            unsure: false,
            cause: None,
        }
    }
    /// A problem that is final for this run.
    pub fn fatal(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Class::Fatal, summary, detail)
    }
    /// What is no failure, but should be mended.
    pub fn warning(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::fatal(summary, detail) }
    }
    /// Whether it is a failure.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
    /// With what others meet too.
    pub fn caused_by(self, name: impl Into<String>, is_final: bool) -> Self {
        Self { cause: Some(Cause { name: name.into(), is_final, is_configuration: false }), ..self }
    }
    /// As what a provider has against how it is configured, which everything that it is asked comes to.
    pub fn of_configuration(self, name: impl Into<String>) -> Self {
        Self { cause: Some(Cause { name: name.into(), is_final: true, is_configuration: true }), ..self }
    }
    /// Whether it is that.
    pub fn is_of_configuration(&self) -> bool {
        self.cause.as_ref().is_some_and(|it| it.is_configuration)
    }
    /// With the argument that is at fault.
    pub fn at(self, path: Path) -> Self {
        Self { attribute: Some(path), ..self }
    }
}

/// What a call to a provider comes to.
pub type Result<T, E = Problem> = std::result::Result<T, E>;

/// What a provider accepts.
#[derive(Debug, Default)]
pub struct Schemas {
    /// Of the `provider` block.
    pub provider: Schema,
    /// What it manages, by type.
    pub resources: BTreeMap<&'static str, ResourceSchema>,
    /// Its data sources, by type.
    pub data: BTreeMap<&'static str, Arc<Schema>>,
    /// Its ephemeral resources, by type.
    pub ephemeral: BTreeMap<&'static str, Arc<Schema>>,
    /// Types of which there are too many to make the schemas of all.
    pub further: Option<Arc<dyn Further>>,
}

/// Types whose schemas are made when they are first asked for.
pub trait Further: Send + Sync + fmt::Debug {
    /// The schema of a type, if there is such a type.
    fn get(&self, mode: ResourceMode, type_name: &str) -> Option<&Arc<Schema>>;
    /// What is wrong with the schema of a type, so that there is none.
    fn problem(&self, mode: ResourceMode, type_name: &str) -> Option<Problem>;
    /// The types of that mode.
    fn names(&self, mode: ResourceMode) -> Vec<&'static str>;
    /// What the engine has to know of a managed type besides.
    fn traits(&self) -> Traits;
}

impl Schemas {
    /// The schema of a type.
    pub fn get(&self, mode: ResourceMode, type_name: &str) -> Option<&Arc<Schema>> {
        let own = match mode {
            ResourceMode::Managed => self.resources.get(type_name).map(|it| &it.schema),
            ResourceMode::Data => self.data.get(type_name),
            ResourceMode::Ephemeral => self.ephemeral.get(type_name),
        };
        own.or_else(|| self.further.as_ref()?.get(mode, type_name))
    }
    /// What a type that it manages is.
    pub fn resource(&self, type_name: &str) -> Option<ResourceSchema> {
        if let Some(own) = self.resources.get(type_name) {
            return Some(own.clone());
        }
        let further = self.further.as_ref()?;
        let schema = further.get(ResourceMode::Managed, type_name)?.clone();
        Some(ResourceSchema { schema, traits: further.traits() })
    }
    /// The types of that mode.
    pub fn names(&self, mode: ResourceMode) -> Vec<&'static str> {
        let mut names: Vec<&'static str> = match mode {
            ResourceMode::Managed => self.resources.keys().copied().collect(),
            ResourceMode::Data => self.data.keys().copied().collect(),
            ResourceMode::Ephemeral => self.ephemeral.keys().copied().collect(),
        };
        if let Some(further) = &self.further {
            names.extend(further.names(mode));
            names.sort_unstable();
            names.dedup();
        }
        names
    }
}

/// What a resource type is.
#[derive(Clone, Debug)]
pub struct ResourceSchema {
    /// Its attributes and blocks.
    pub schema: Arc<Schema>,
    /// What the engine has to know besides.
    pub traits: Traits,
}

/// What the engine has to know of a type besides its attributes.
#[derive(Clone, Copy, Debug)]
pub struct Traits {
    /// How long an object may stay pending after create or update, unless its `timeouts` say otherwise.
    pub patience: Duration,
    /// How long a delete may be blocked or take.
    pub delete_patience: Duration,
    /// Whether a delete goes on after its call returned, so that dependents must wait until a read says gone.
    pub lingers: bool,
    /// Whether an object changes after create by itself, so that a first read may say pending.
    pub settles: bool,
    /// Whether state is the object, so that reading it asks nobody and is not gathered with other reads.
    pub local: bool,
    /// Whether a lost create can be found again by its token, creation tag or natural key.
    pub findable: bool,
    /// Whether a create that is sent twice makes two objects: it has neither a token nor a name or range that may be there once.
    pub doubles: bool,
    /// Whether its provider is another program, which is asked what a change comes to ([`Question`]) and makes it as a whole
    /// ([`ConfiguredProvider::apply`]).
    pub asked: bool,
    /// Types whose objects hold on to this one without any attribute saying so: a gateway is kept by public addresses of its
    /// network. Their deletion comes first within a module.
    pub deleted_after: &'static [&'static str],
}

/// Counts and paces requests. Implemented by the engine, called by the provider before each request it sends.
#[async_trait]
pub trait Pace: Send + Sync {
    /// Waits until `action` of `service` in `region` may be sent, and counts it. False: the run is to end before that, and it
    /// must not be sent.
    async fn acquire(&self, service: &'static str, region: &str, action: &'static str) -> bool;
    /// The provider answered that the rate was exceeded.
    fn throttled(&self, service: &'static str, region: &str, action: &'static str);
    /// Whether the run is to end: nothing is tried again, and nothing waits.
    fn is_stopped(&self) -> bool {
        false
    }
    /// Returns when the run is to end.
    async fn stopped(&self) {
        std::future::pending().await
    }
}

/// Something that only one object can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The attribute that names the object of which it is taken; `id` where that is the claimant itself.
    pub of: &'static str,
    /// The argument that takes it: where the configuration does not set that, the provider only tells what others took.
    pub by: &'static str,
    /// What is taken, in words: `ingress tcp 22-22 from 10.0.0.0/8`.
    pub what: String,
}

/// A provider before it is configured: its schemas and rules that need no connection.
pub trait Provider: Send + Sync {
    /// What it accepts.
    fn schemas(&self) -> &Schemas;
    /// Whether it needs credentials or a connection, so that planning can fail for want of them.
    fn is_remote(&self) -> bool {
        true
    }
    /// The releases of the published provider that this one stands for, each for its whole major version. The first
    /// is the one whose schemas and state it has. None: it has no versions.
    fn versions(&self) -> &'static [&'static str] {
        &[]
    }
    /// The provider as it is where the constraints admit nothing but the release `version`, one of [`Self::versions`]. None: as
    /// this one.
    fn of_version(&self, _version: &str) -> Option<Arc<dyn Provider>> {
        None
    }
    /// The schema of a type that the provider knows of, whether it can manage it or not: enough to check a
    /// configuration.
    fn described(&self, _mode: ResourceMode, _type_name: &str) -> Option<Arc<Schema>> {
        None
    }
    /// Every name that [`Self::described`] takes.
    fn described_types(&self, _mode: ResourceMode) -> Vec<&'static str> {
        Vec::new()
    }
    /// Whether [`Self::ask`] has to be asked what [`Self::validate`] says else, as of a provider that is another program. Without a
    /// type: of the arguments of the provider itself.
    fn is_asked(&self, _what: Option<(ResourceMode, &str)>) -> bool {
        false
    }
    /// Answers what needs no connection.
    fn ask(&self, _question: Question) -> BoxFuture<'_, Result<Reply>> {
        Box::pin(async { Err(ask::unasked()) })
    }
    /// The functions that it has, by name.
    fn functions(&self) -> BTreeMap<Text, Function> {
        BTreeMap::new()
    }
    /// A function that it has: one that gives the same for the same arguments, without a connection.
    fn function(&self, _name: &str) -> Option<Function> {
        None
    }
    /// What the function gives for as many arguments as it takes, each of its parameter's type. Waits for it where the provider is
    /// another program.
    fn call(&self, name: &str, _arguments: &[Value]) -> Result<Value, FunctionFailure> {
        Err(FunctionFailure { text: format!("there is no function {name:?}"), argument: None })
    }
    /// Checks what can be said of the arguments before anything is read. Unknown values pass.
    fn validate(&self, _mode: ResourceMode, _type_name: &str, _config: &Value) -> Vec<Problem> {
        Vec::new()
    }
    /// The same for the arguments of the provider itself.
    fn validate_configuration(&self, _config: &Value) -> Vec<Problem> {
        Vec::new()
    }
    /// What an object of another type becomes when a `moved` block makes it one of `type_name`: its attributes, of those
    /// that it had, and what state keeps of it from then on. None: that cannot be.
    fn take_over(&self, _type_name: &str, _from: Other<'_>) -> Result<Option<(Value, Kept)>> {
        Ok(None)
    }
    /// Whether it wants to be asked ([`Question::Plan`]) before an object of a type that is asked goes.
    fn plans_deletions(&self) -> bool {
        false
    }
    /// The schema of what a module may have to say to it (`provider_meta`).
    fn meta_schema(&self) -> Option<&Schema> {
        None
    }
    /// What became of an object of state that an older release of the provider wrote, with `version` of the schema. Attributes
    /// that this version did not have are null.
    fn upgrade(&self, _type_name: &str, _version: u64, attributes: Value) -> Value {
        attributes
    }
    /// What an object takes for itself alone: no other object can have the same. What is not known yet claims nothing.
    fn claims(&self, _type_name: &str, _attributes: &Value) -> Vec<Claim> {
        Vec::new()
    }
    /// Whether an argument may stand in configuration that is generated for an object imported by `id`: not if only a later release
    /// has it than the configuration asks for. `path` is its name behind those of the blocks around it: `placement.group_id`.
    fn is_generated(&self, _type_name: &str, _id: &str, _path: &str) -> bool {
        true
    }
    /// What is to be said of data that was read, which is right and should be known all the same.
    fn remarks(&self, _type_name: &str, _read: &Value) -> Vec<Problem> {
        Vec::new()
    }
    /// The id and the attributes that `id`, in the form of the type's import, stands for.
    fn import(&self, type_name: &str, id: &str) -> Result<Known>;
    /// Connects nothing yet: the first request does.
    fn configure(&self, config: &Value, pace: Arc<dyn Pace>) -> Result<Arc<dyn ConfiguredProvider>>;
}

/// A provider that knows its account and region. [`Whole`] stands before each: a method that comes here comes there too.
#[async_trait]
pub trait ConfiguredProvider: Send + Sync {
    /// Whether it may be used as it is configured: asked once, before anything else is asked of it.
    async fn check(&self) -> Result<()> {
        Ok(())
    }
    /// Whether its credentials are accepted: asked when all is planned, before anyone is told. What was asked before may have
    /// shown it already.
    async fn confirm(&self) -> Result<()> {
        Ok(())
    }
    /// Adjusts a planned change with rules that the schema has no words for: `tags_all`, derived values.
    /// Pure: no request is made.
    fn plan(&self, _type_name: &str, _draft: &mut Draft) -> Result<()> {
        Ok(())
    }
    /// Answers what only a provider that is another program is asked.
    async fn ask(&self, _question: Question) -> Result<Reply> {
        Err(ask::unasked())
    }
    /// Makes a change as a whole, for a type that is [`Traits::asked`]. Of what it could not do it may tell how far it came.
    async fn apply(&self, _type_name: &str, _applying: Applying) -> Result<Reply> {
        Err(ask::unasked())
    }
    /// Reads many objects of one type in as few requests as possible. Answers in the order of `objects`.
    async fn read(&self, type_name: &str, objects: &[Known]) -> Vec<Result<Found>>;
    /// The same by each object's own read, in more requests if need be: of what was just made or changed, listings may leave out
    /// everything.
    async fn read_named(&self, type_name: &str, objects: &[Known]) -> Vec<Result<Found>> {
        self.read(type_name, objects).await
    }
    /// Makes the object exist and returns its id, which is saved at once.
    async fn create(&self, type_name: &str, creation: &Creation) -> Result<Created>;
    /// Moves an object to new attributes; also finishes what `create` could not set.
    async fn update(&self, type_name: &str, id: &Id, change: &Change) -> Result<()>;
    /// Deletes the object. One that is already gone is not an error.
    async fn delete(&self, type_name: &str, known: &Known) -> Result<()>;
    /// Looks up what an interrupted create may have made.
    async fn find(&self, type_name: &str, creation: &Creation) -> Result<Option<Created>>;
    /// Reads data sources, batched where that is possible. Answers in the order of `configs`.
    async fn read_data(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>>;
    /// Opens ephemeral resources: what the caller may use in this run and keeps nowhere. Answers in the order of
    /// `configs`. None of the types that rforge has needs to be renewed or closed.
    async fn open(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        let problem = Problem::fatal(
            "Invalid ephemeral resource",
            format!("The provider has no ephemeral resource {type_name:?}."),
        );
        vec![Err(problem); configs.len()]
    }
    /// As [`Self::read_data`] and [`Self::open`], with what the provider has to say besides. Answers in the order of `wanted`.
    async fn look(&self, mode: ResourceMode, type_name: &str, wanted: &[Wanted]) -> Vec<Result<Told>> {
        let configs: Vec<Value> = wanted.iter().map(|it| it.config.clone()).collect();
        let answers = match mode {
            ResourceMode::Ephemeral => self.open(type_name, &configs).await,
            ResourceMode::Data | ResourceMode::Managed => self.read_data(type_name, &configs).await,
        };
        answers.into_iter().map(|it| it.map(|value| Told { value, problems: Vec::new() })).collect()
    }
    /// What blocks the deletion of an object, in words for the user: `network interface eni-1 of i-2`.
    async fn blockers(&self, _type_name: &str, _id: &Id) -> Vec<String> {
        Vec::new()
    }
}
