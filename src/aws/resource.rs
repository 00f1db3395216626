//! The shape of a resource type that Rust tells, and the one place where its Rust type is erased.

use crate::{
    aws::{
        attribute::{Field, Shape, take, with},
        client::Aws,
        planning::{self, Planning},
        releases::Release,
    },
    provider::{self, Claim, Class, Id, Phase, Problem, Result, Traits},
    schema::{Attribute, NestedBlock, Nesting, Schema, SchemaBlock, Source},
    value::{Type, Value},
};
use futures::future::{BoxFuture, join_all};
use std::{
    collections::{BTreeMap, BTreeSet},
    marker::PhantomData,
    time::Duration,
};

/// An object as it is now.
#[derive(Clone, Debug)]
pub struct Live<T> {
    pub attributes: T,
    pub phase: Phase,
}

/// The objects that exist, or why one could not be read. An id that was asked for and is absent is gone.
pub type Found<T> = BTreeMap<Id, Result<Live<T>>>;

/// An object to read or delete, and what state holds of it (`None` on import).
#[derive(Clone, Debug)]
pub struct Known<T> {
    pub id: Id,
    pub attributes: Option<T>,
}

/// What a create call made. `attributes` are those that only its answer holds; the rest is left at zero.
#[derive(Clone, Debug)]
pub struct Created<T> {
    pub id: Id,
    pub attributes: Option<T>,
}

impl<T> Created<T> {
    /// The usual case: reading tells everything else. An answer without an id does not say what was made.
    pub fn with_id(id: Option<impl Into<String>>) -> Result<Self> {
        let id = id.map(Into::into).filter(|it: &String| !it.is_empty());
        Ok(Self { id: Id(id.ok_or_else(nameless)?), attributes: None })
    }
}

/// An update, as the pair of values it moves between.
pub struct Change<T> {
    pub before: T,
    pub after: T,
    /// The arguments, among them write-only ones.
    pub config: T,
}

impl<T> Change<T> {
    /// The new value of a field, if it differs from the old one.
    pub fn to<'a, F: PartialEq>(&'a self, field: impl Fn(&'a T) -> &'a F) -> Option<&'a F> {
        let (before, after) = (field(&self.before), field(&self.after));
        (before != after).then_some(after)
    }
}

/// How an interrupted create is found again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Find {
    /// The create tags the object with the creation tag ([`provider::CREATION_TAG`]); `find` looks for the tag.
    /// Requires the attribute `tags`.
    Tag,
    /// By client token, name or another natural key.
    Key,
    Never,
}

/// How objects are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By a listing, in as few requests as AWS allows. What a listing leaves out is not always documented, and it may be behind,
    /// so that it can only confirm what state says.
    Listed,
    /// By the object's own read, which names it. A list of ids is one.
    Named,
}

/// A resource type: its attributes (the supertrait, from `attributes!`) and what AWS can do to it.
///
/// No method loops or sleeps: `read` reports a [`Phase`], and the engine polls it, in batches, until every
/// object it is waiting for is ready or gone. The attributes `id`, `region`, `tags_all` and `timeouts` are
/// the shape's business: they are added to the schema and filled in around these methods. In `create`,
/// `update` and what `read` returns, `tags` are all tags of the object: default tags included, ignored tags
/// removed.
pub trait Resource: Field + Clone + Send + Sync + 'static {
    const TYPE: &'static str;
    /// The version of the schema that state records.
    const VERSION: u64 = 0;
    /// The operations that the `timeouts` block can name.
    const TIMEOUTS: &'static [&'static str] = &[];
    /// How long an object may stay pending before the engine gives up on it.
    const PATIENCE: Duration = Duration::from_secs(600);
    const DELETE_PATIENCE: Duration = Duration::from_secs(1200);
    /// Whether a delete goes on after its call returned.
    const LINGERS: bool = false;
    /// Whether a first read may say pending.
    const SETTLES: bool = false;
    const FIND: Find = Find::Never;
    /// See [`Traits::doubles`].
    const DOUBLES: bool = false;
    /// See [`Traits::deleted_after`].
    const DELETED_AFTER: &'static [&'static str] = &[];
    /// Belongs to the account rather than a region: has no `region` argument.
    const GLOBAL: bool = false;
    /// The reference provider implements it with its newer framework: null and zero differ ([`Schema::null_is_zero`]).
    const FRAMEWORK: bool = false;

    /// Makes the object exist and returns its id, which is saved at once. `token` is the client token, where
    /// the call takes one.
    fn create(&self, aws: &Aws, token: &str) -> impl Future<Output = Result<Created<Self>>> + Send;

    /// Whether there is a [`How::Listed`]. Where there is none, every read names its objects.
    const LISTED: bool = false;

    /// Reads many objects.
    fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> impl Future<Output = Result<Found<Self>>> + Send;

    /// Moves an object to new attributes; also finishes what `create` could not set.
    fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> impl Future<Output = Result<()>> + Send;

    /// Deletes the object. One that is already gone is not an error.
    fn delete(aws: &Aws, known: &Known<Self>) -> impl Future<Output = Result<()>> + Send;

    /// Looks up what a create with this token may have made.
    fn find(&self, _aws: &Aws, _token: &str) -> impl Future<Output = Result<Option<Created<Self>>>> + Send {
        async { Ok(None) }
    }

    /// The import id of what AWS says is there already when this is to be made, if it can be told.
    fn existing(&self, _aws: &Aws, _token: &str) -> impl Future<Output = Option<String>> + Send {
        async { None }
    }

    /// Adjusts a planned change with rules that the schema has no words for.
    fn plan(_planning: &mut Planning) -> Result<()> {
        Ok(())
    }

    /// Checks what can be said of the arguments before anything is read. Unknown values pass.
    fn validate(_config: &Value) -> Vec<Problem> {
        Vec::new()
    }

    /// See [`provider::Provider::claims`].
    fn claims(_attributes: &Value) -> Vec<Claim> {
        Vec::new()
    }

    /// What an import id stands for: the id of the object, and the attributes that `read` needs to find it.
    fn import(id: &str) -> Result<Known<Self>> {
        Ok(Known { id: Id(id.to_owned()), attributes: None })
    }

    /// What blocks the deletion, in words for the user.
    fn blockers(_aws: &Aws, _id: &Id) -> impl Future<Output = Vec<String>> + Send {
        async { Vec::new() }
    }
}

/// A data source: one struct holds the arguments and, after `read`, the answer.
pub trait DataSource: Field + Clone + Send + Sync + 'static {
    const TYPE: &'static str;
    const VERSION: u64 = 0;
    /// Whether the `timeouts` block can name `read`.
    const TIMEOUTS: bool = false;
    const GLOBAL: bool = false;

    fn read(self, aws: &Aws) -> impl Future<Output = Result<Self>> + Send;

    fn validate(_config: &Value) -> Vec<Problem> {
        Vec::new()
    }

    /// Whether a release of the provider looks for this at all.
    fn check(&self, _release: Release) -> Result<()> {
        Ok(())
    }
}

/// The reply lacks a field that AWS always sends.
pub fn malformed() -> Problem {
    Problem::fatal("Malformed answer from AWS", "The answer lacks a field that AWS always sends.")
}

fn malformed_about(id: &Id) -> Problem {
    let detail = format!("The answer about {} lacks a field that AWS always sends.", id.0);
    Problem { detail, ..malformed() }
}

/// The reply to a create lacks the id, or the number, of what was made.
pub fn nameless() -> Problem {
    let detail = "The answer says success, but not the id of what was made.";
    Problem::new(Class::OutcomeUnknown, "The answer could not be read", detail)
}

/// Collects what was asked for out of a batch: what says by `id` that it is another object is not looked at. A reply that `live`
/// cannot read may be about any object that seems to be gone, so that these are in error; the others are not concerned.
pub fn found<S, T>(
    objects: &[Known<T>],
    mut replies: Vec<S>,
    id: impl for<'s> Fn(&'s S) -> Option<&'s str>,
    live: impl Fn(S) -> Option<(Id, Live<T>)>,
) -> Result<Found<T>> {
    let asked: BTreeSet<&str> = objects.iter().map(|it| it.id.0.as_str()).collect();
    replies.retain(|it| id(it).is_none_or(|it| asked.contains(it)));
    let count = replies.len();
    let lives: Vec<(Id, Live<T>)> = replies.into_iter().filter_map(live).collect();
    let malformed = lives.len() < count;
    let mut found: Found<T> =
        lives.into_iter().filter(|(id, _)| asked.contains(&*id.0)).map(|(id, live)| (id, Ok(live))).collect();
    for Known { id, .. } in objects.iter().filter(|_| malformed) {
        found.entry(id.clone()).or_insert_with(|| Err(malformed_about(id)));
    }
    Ok(found)
}

/// What state holds of each object, by id.
pub fn by_id<T>(objects: &[Known<T>]) -> BTreeMap<&str, &T> {
    objects.iter().filter_map(|it| Some((it.id.0.as_str(), it.attributes.as_ref()?))).collect()
}

/// For what AWS reads one object at a time: reads them all at once. `None` is gone.
pub async fn each<T, F>(objects: &[Known<T>], read: impl Fn(Known<T>) -> F) -> Result<Found<T>>
where
    T: Clone,
    F: Future<Output = Result<Option<Live<T>>>>,
{
    let answers = join_all(objects.iter().map(|known| read(known.clone()))).await;
    let ids = objects.iter().map(|known| known.id.clone());
    Ok(ids.zip(answers).filter_map(|(id, answer)| Some((id, answer.transpose()?))).collect())
}

pub type Call<'a, T> = BoxFuture<'a, Result<T>>;

/// A type that the provider manages: an entry of the registry. [`Typed`] is one that Rust tells, `Described` one that a row does.
/// Values are those of the schema, without what the shape adds, except that everything is in one object. What each method is
/// for, [`Resource`] says.
pub trait Kind: Send + Sync {
    fn name(&self) -> &'static str;
    fn schema(&self) -> Schema;
    fn traits(&self) -> Traits;
    fn find_by(&self) -> Find;
    fn listed(&self) -> bool {
        false
    }
    fn create<'a>(&'a self, aws: &'a Aws, planned: &'a Value, token: &'a str) -> Call<'a, (Id, Option<Value>)>;
    fn read<'a>(
        &'a self,
        aws: &'a Aws,
        objects: &'a [provider::Known],
        how: How,
    ) -> Call<'a, BTreeMap<Id, Result<provider::Live>>>;
    fn update<'a>(&'a self, aws: &'a Aws, id: &'a Id, change: &'a provider::Change) -> Call<'a, ()>;
    fn delete<'a>(&'a self, aws: &'a Aws, known: &'a provider::Known) -> Call<'a, ()>;
    fn find<'a>(&'a self, aws: &'a Aws, planned: &'a Value, token: &'a str) -> Call<'a, Option<(Id, Option<Value>)>>;
    fn existing<'a>(&'a self, aws: &'a Aws, planned: &'a Value, token: &'a str) -> BoxFuture<'a, Option<String>>;
    fn plan(&self, planning: &mut Planning) -> Result<()>;
    fn validate(&self, _config: &Value) -> Vec<Problem> {
        Vec::new()
    }
    fn claims(&self, _attributes: &Value) -> Vec<Claim> {
        Vec::new()
    }
    fn import(&self, id: &str) -> Result<provider::Known>;
    fn blockers<'a>(&'a self, _aws: &'a Aws, _id: &'a Id) -> BoxFuture<'a, Vec<String>> {
        Box::pin(async { Vec::new() })
    }
}

/// A [`Resource`] with its Rust type erased.
struct Typed<R>(PhantomData<fn() -> R>);

pub const fn of<R: Resource>() -> &'static dyn Kind {
    &Typed::<R>(PhantomData)
}

impl<R: Resource> Kind for Typed<R> {
    fn name(&self) -> &'static str {
        R::TYPE
    }
    fn schema(&self) -> Schema {
        resource_schema::<R>()
    }
    fn traits(&self) -> Traits {
        Traits {
            patience: R::PATIENCE,
            delete_patience: R::DELETE_PATIENCE,
            lingers: R::LINGERS,
            settles: R::SETTLES,
            local: false,
            findable: !matches!(R::FIND, Find::Never),
            doubles: R::DOUBLES,
            asked: false,
            deleted_after: R::DELETED_AFTER,
        }
    }
    fn find_by(&self) -> Find {
        R::FIND
    }
    fn listed(&self) -> bool {
        R::LISTED
    }
    fn create<'a>(&'a self, aws: &'a Aws, planned: &'a Value, token: &'a str) -> Call<'a, (Id, Option<Value>)> {
        Box::pin(async move { R::decode(planned).create(aws, token).await.map(erase_created) })
    }
    fn read<'a>(
        &'a self,
        aws: &'a Aws,
        objects: &'a [provider::Known],
        how: How,
    ) -> Call<'a, BTreeMap<Id, Result<provider::Live>>> {
        Box::pin(async move {
            let objects: Vec<Known<R>> = objects.iter().map(decode_known).collect();
            let found = R::read(aws, &objects, how).await?;
            Ok(found.into_iter().map(|(id, live)| (id, live.map(erase_live))).collect())
        })
    }
    fn update<'a>(&'a self, aws: &'a Aws, id: &'a Id, change: &'a provider::Change) -> Call<'a, ()> {
        Box::pin(async move {
            let [before, after, config] = [&change.before, &change.after, &change.config].map(R::decode);
            R::update(aws, id, &Change { before, after, config }).await
        })
    }
    fn delete<'a>(&'a self, aws: &'a Aws, known: &'a provider::Known) -> Call<'a, ()> {
        Box::pin(async move { R::delete(aws, &decode_known(known)).await })
    }
    fn find<'a>(&'a self, aws: &'a Aws, planned: &'a Value, token: &'a str) -> Call<'a, Option<(Id, Option<Value>)>> {
        Box::pin(async move { Ok(R::decode(planned).find(aws, token).await?.map(erase_created)) })
    }
    fn existing<'a>(&'a self, aws: &'a Aws, planned: &'a Value, token: &'a str) -> BoxFuture<'a, Option<String>> {
        Box::pin(async move { R::decode(planned).existing(aws, token).await })
    }
    fn plan(&self, planning: &mut Planning) -> Result<()> {
        R::plan(planning)
    }
    fn validate(&self, config: &Value) -> Vec<Problem> {
        R::validate(config)
    }
    fn claims(&self, attributes: &Value) -> Vec<Claim> {
        R::claims(attributes)
    }
    fn import(&self, id: &str) -> Result<provider::Known> {
        R::import(id).map(|known| provider::Known { id: known.id, attributes: encode(known.attributes) })
    }
    fn blockers<'a>(&'a self, aws: &'a Aws, id: &'a Id) -> BoxFuture<'a, Vec<String>> {
        Box::pin(R::blockers(aws, id))
    }
}

fn decode_known<R: Resource>(known: &provider::Known) -> Known<R> {
    // An import may know the region, which says nothing about the object itself.
    let members = known.attributes.as_entries().into_iter().flatten();
    let attributes = members.into_iter().any(|(name, _)| &**name != "region").then(|| R::decode(&known.attributes));
    Known { id: known.id.clone(), attributes }
}

fn erase_created<R: Resource>(created: Created<R>) -> (Id, Option<Value>) {
    (created.id, created.attributes.map(|it| it.encode()))
}

fn erase_live<R: Resource>(live: Live<R>) -> provider::Live {
    provider::Live { attributes: live.attributes.encode(), phase: live.phase }
}

fn encode<R: Resource>(attributes: Option<R>) -> Value {
    attributes.map_or_else(|| Value::null(Type::Any), |it| it.encode())
}

/// A [`DataSource`] with its Rust type erased; it stands for a data source or an ephemeral resource.
pub struct DataType {
    pub name: &'static str,
    pub schema: fn() -> Schema,
    pub read: for<'a> fn(&'a Aws, &'a Value, Release) -> Call<'a, Value>,
    pub validate: fn(&Value) -> Vec<Problem>,
}

pub const fn data<D: DataSource>() -> DataType {
    DataType {
        name: D::TYPE,
        schema: data_schema::<D>,
        read: |aws, config, release| {
            Box::pin(async move {
                let data = D::decode(config);
                data.check(release)?;
                Ok(data.read(aws).await?.encode())
            })
        },
        validate: D::validate,
    }
}

fn own_block<T: Field>() -> SchemaBlock {
    match T::shape() {
        Shape::Block(block) => block,
        _ => unreachable!("attributes! makes blocks"),
    }
}

/// `region`, as provider 6 has it.
fn add_region(block: &mut SchemaBlock, force_new: bool) {
    let mut region = Attribute::new(Type::String, Source::OptionalComputed);
    region.force_new = force_new;
    region.description = "The region of the object. That of the provider configuration if not set.";
    block.attributes.insert("region".into(), region);
}

fn add_timeouts<'a>(block: &mut SchemaBlock, operations: impl IntoIterator<Item = &'a str>) {
    let attributes: BTreeMap<_, _> =
        operations.into_iter().map(|it| (it.into(), Attribute::new(Type::String, Source::Optional))).collect();
    if !attributes.is_empty() {
        let timeouts = SchemaBlock { attributes, ..SchemaBlock::default() };
        let nested = NestedBlock {
            nesting: Nesting::Single,
            block: timeouts,
            min_items: 0,
            max_items: 0,
            force_new: false,
            computed: false,
        };
        block.blocks.insert("timeouts".into(), nested);
    }
}

fn resource_schema<R: Resource>() -> Schema {
    let mut block = own_block::<R>();
    let or_computed = if R::FRAMEWORK { Source::Computed } else { Source::OptionalComputed };
    block.attributes.entry("id".into()).or_insert_with(|| Attribute::new(Type::String, or_computed.clone()));
    if block.attributes.contains_key("tags") {
        block.attributes.insert("tags_all".into(), Attribute::new(Type::map(Type::String), or_computed));
    }
    if !R::GLOBAL {
        add_region(&mut block, true);
    }
    add_timeouts(&mut block, R::TIMEOUTS.iter().copied());
    Schema { version: R::VERSION, block, null_is_zero: !R::FRAMEWORK }
}

fn data_schema<D: DataSource>() -> Schema {
    let mut block = own_block::<D>();
    if !D::GLOBAL && !block.attributes.contains_key("region") {
        add_region(&mut block, false);
    }
    add_timeouts(&mut block, D::TIMEOUTS.then_some("read"));
    Schema { version: D::VERSION, block, null_is_zero: false }
}

/// What state must hold for `object`, from what `read` returned: the shape's own attributes added, and what
/// AWS does not return or spells in another way kept from `prior`.
pub fn completed(schema: &Schema, object: &Value, prior: &Value, id: Option<&Id>, region: &str) -> Value {
    let mut object = of_schema(schema, object);
    for (name, attribute) in &schema.block.attributes {
        let known = prior.get(name).filter(|it| !it.is_null() && it.is_known());
        match known {
            Some(known) if attribute.config_only => object = with(&object, name, known.clone()),
            _ if object.get(name).is_none() => object = with(&object, name, Value::null(attribute.ty.clone())),
            _ => {}
        }
    }
    // A type whose id can change (a replaced association) declares and reads it itself.
    if let Some(id) = id.filter(|_| object.get("id").is_none_or(Value::is_null)) {
        object = with(&object, "id", Value::string(&id.0));
    }
    if schema.block.attributes.contains_key("region") {
        object = with(&object, "region", Value::string(region));
    }
    if let Some(timeouts) = schema.block.blocks.get("timeouts") {
        let ty = timeouts.implied_type();
        let kept = prior.get("timeouts").filter(|it| it.is_known()).cloned();
        object = with(&object, "timeouts", kept.unwrap_or_else(|| Value::null(ty)));
    }
    if !schema.null_is_zero || prior.is_null() { object } else { as_spelt(schema, &object, prior) }
}

/// Without what a release of the provider has given up, and the type still reads.
fn of_schema(schema: &Schema, object: &Value) -> Value {
    let members = object.as_entries().into_iter().flatten();
    if members.clone().all(|(name, _)| schema.block.has(name)) {
        return object.clone();
    }
    Value::object(members.filter(|(name, _)| schema.block.has(name)).map(|(k, v)| (k.clone(), v.clone())).collect())
}

/// `object` with "nothing" spelt as in `prior` where the SDK of the reference provider leaves it so: a collection that is
/// null or empty stays what it was, and a text that is empty. Where AWS decides, what AWS says is stored.
fn as_spelt(schema: &Schema, object: &Value, prior: &Value) -> Value {
    let members = object.as_entries().into_iter().flatten().map(|(name, value)| {
        let before = prior.get(name).filter(|it| it.is_known());
        let decided = schema.block.attributes.get(name).is_some_and(Attribute::is_computed);
        let spelt = match before {
            Some(before) if !decided || value.is_null() => planning::keep_empty(value, before),
            _ => value.clone(),
        };
        (name.clone(), spelt)
    });
    Value::object(members.collect())
}

/// The region that `object` names.
pub fn region_of(object: &Value) -> Option<String> {
    take::<Option<String>>(object, "region").filter(|it| !it.is_empty())
}
