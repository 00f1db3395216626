//! The provider: the registry of types behind the traits that the engine knows.

use crate::{
    aws::{
        catalogue::Catalogue,
        client::{Aws, Session},
        error::is_unreadable,
        planning,
        releases::{Release, VERSIONS},
        resource::{DataType, Find, How, Kind, completed, region_of},
        rules,
        settings::{self, Settings},
        tags,
    },
    duration,
    provider::{
        Change, Claim, Class, ConfiguredProvider, Created, Creation, Draft, Found, Id, Known, Live, Pace, Problem,
        Provider, ResourceMode, ResourceSchema, Result, Schemas,
    },
    schema::{Attribute, Schema, SchemaBlock, Spelling},
    value::{Path, PathStep, Type, Value},
};
use async_trait::async_trait;
use futures::future::join_all;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, OnceLock},
};

/// `hashicorp/aws`, as rforge provides it.
pub struct AwsProvider {
    release: Release,
    schemas: Arc<Schemas>,
    types: Arc<Types>,
    catalogue: Catalogue,
}

struct Types {
    resources: BTreeMap<&'static str, &'static dyn Kind>,
    data: BTreeMap<&'static str, &'static DataType>,
    ephemeral: BTreeMap<&'static str, &'static DataType>,
}

impl Types {
    fn resource(&self, name: &str) -> Result<&'static dyn Kind> {
        let unknown =
            || Problem::fatal("Invalid resource type", format!("The provider has no resource type `{name}`."));
        self.resources.get(name).copied().ok_or_else(unknown)
    }
    fn data(&self, name: &str) -> Result<&'static DataType> {
        let unknown = || Problem::fatal("Invalid data source", format!("The provider has no data source `{name}`."));
        self.data.get(name).copied().ok_or_else(unknown)
    }
    fn ephemeral(&self, name: &str) -> Result<&'static DataType> {
        let unknown = || {
            Problem::fatal("Invalid ephemeral resource", format!("The provider has no ephemeral resource `{name}`."))
        };
        self.ephemeral.get(name).copied().ok_or_else(unknown)
    }
}

impl Default for AwsProvider {
    fn default() -> Self {
        Self::of(Release::Any)
    }
}

/// Refuses a time to wait that is none, as Terraform does when it plans.
fn check_timeouts(config: &Value) -> Result<()> {
    let given = config.get("timeouts").and_then(Value::as_entries).into_iter().flatten();
    for (name, text) in given.filter_map(|(name, it)| Some((name, it.as_str()?))) {
        duration::parse(text).map_err(|it| {
            let hint = format!("Write it like `{name} = \"30m\"` or `\"1h30m\"`.");
            let at = Path::attribute("timeouts").then(PathStep::Attribute(name.clone()));
            Problem { hint: Some(hint), ..Problem::fatal(format!("Error parsing {:?} timeout: {it}", &**name), "") }
                .at(at)
        })?;
    }
    Ok(())
}

impl AwsProvider {
    pub(super) fn of(release: Release) -> Self {
        let resources = super::resources().map(|it| (it.name(), it)).collect::<BTreeMap<_, _>>();
        let data = super::data_sources().map(|it| (it.name, it)).collect::<BTreeMap<_, _>>();
        let ephemeral = super::ephemeral_resources().map(|it| (it.name, it)).collect::<BTreeMap<_, _>>();
        let of_release = |mode, name: &str, mut schema: Schema| {
            release.apply(mode, name, &mut schema.block);
            Arc::new(schema)
        };
        let schemas = Schemas {
            provider: settings::schema(),
            resources: resources
                .iter()
                .map(|(name, it)| {
                    let schema = of_release(ResourceMode::Managed, name, it.schema());
                    (*name, ResourceSchema { schema, traits: it.traits() })
                })
                .collect(),
            data: data.iter().map(|(name, it)| (*name, of_release(ResourceMode::Data, name, (it.schema)()))).collect(),
            ephemeral: ephemeral.iter().map(|(name, it)| (*name, (it.schema)().into())).collect(),
            further: None,
        };
        let types = Types { resources, data, ephemeral };
        Self { release, schemas: schemas.into(), types: types.into(), catalogue: Catalogue::of(release) }
    }
}

impl Provider for AwsProvider {
    fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    /// The types are those of 5.100, with what 6 added; the `region` argument of each, and how imports name one, are those of 6.
    fn versions(&self) -> &'static [&'static str] {
        VERSIONS
    }

    fn of_version(&self, version: &str) -> Option<Arc<dyn Provider>> {
        static SIX: OnceLock<Arc<AwsProvider>> = OnceLock::new();
        let six: Arc<dyn Provider> = SIX.get_or_init(|| Arc::new(Self::of(Release::Six))).clone();
        (Some(&version) == VERSIONS.last()).then_some(six)
    }

    fn described(&self, mode: ResourceMode, type_name: &str) -> Option<Arc<Schema>> {
        self.catalogue.schema(mode, type_name)
    }

    fn described_types(&self, mode: ResourceMode) -> Vec<&'static str> {
        self.catalogue.names(mode)
    }

    fn validate(&self, mode: ResourceMode, type_name: &str, config: &Value) -> Vec<Problem> {
        // Terraform looks at those of a resource when it plans.
        let null = if mode == ResourceMode::Data { planning::nulls::refused(config) } else { None };
        let own: Result<Vec<Problem>> = match mode {
            ResourceMode::Managed => self.types.resource(type_name).map(|it| it.validate(config)),
            ResourceMode::Data => self.types.data(type_name).map(|it| (it.validate)(config)),
            ResourceMode::Ephemeral => self.types.ephemeral(type_name).map(|it| (it.validate)(config)),
        };
        // What the provider knows only by its schema has no rules beyond it.
        let (Ok(own), Some(schema)) = (own, self.schemas.get(mode, type_name)) else { return Vec::new() };
        let mut problems = rules::check(mode.block(), type_name, &schema.block, config);
        problems.extend(own);
        null.into_iter().chain(problems).collect()
    }

    fn claims(&self, type_name: &str, attributes: &Value) -> Vec<Claim> {
        self.types.resource(type_name).map(|it| it.claims(attributes)).unwrap_or_default()
    }

    fn validate_configuration(&self, config: &Value) -> Vec<Problem> {
        rules::check("provider", "aws", &self.schemas.provider.block, config)
    }

    /// What release 6 added is for configurations that ask for it: `region` does, too, where the import says it.
    fn is_generated(&self, type_name: &str, id: &str, path: &str) -> bool {
        let is_elsewhere = || id.rsplit_once('@').is_some_and(|(_, it)| looks_like_region(it));
        let mut added = crate::aws::releases::added(ResourceMode::Managed, type_name);
        match path {
            _ if self.release == Release::Six => true,
            "region" => is_elsewhere(),
            _ => !added.any(|it| it.what.split([':', '@']).next() == Some(path)),
        }
    }

    /// Takes `id@region` too, as provider 6 does.
    fn import(&self, type_name: &str, id: &str) -> Result<Known> {
        let resource = self.types.resource(type_name)?;
        let schema = &self.schemas.resources[resource.name()].schema;
        let region = id.rsplit_once('@').filter(|(_, it)| looks_like_region(it));
        let (id, region) = match region {
            Some((id, region)) if schema.block.attributes.contains_key("region") => (id, Some(region)),
            _ => (id, None),
        };
        let mut known = resource.import(id)?;
        if let Some(region) = region {
            let with_region = super::attribute::with(&known.attributes, "region", Value::string(region));
            known.attributes = with_region;
        }
        Ok(known)
    }

    fn configure(&self, config: &Value, pace: Arc<dyn Pace>) -> Result<Arc<dyn ConfiguredProvider>> {
        if let Some(problem) = planning::nulls::refused(config) {
            return Err(problem);
        }
        let settings = Settings::new(config)?;
        let unknown = settings::unknown_argument(config);
        Ok(Arc::new(Configured {
            release: self.release,
            session: Session::new(settings, pace),
            schemas: self.schemas.clone(),
            types: self.types.clone(),
            unknown,
        }))
    }
}

/// `after`, with what is left to AWS as it was before: an update never touches it.
fn with_known(after: &Value, before: &Value) -> Value {
    let unknown = after.as_entries().into_iter().flatten().filter(|(_, value)| !value.is_known());
    let mut settled = after.clone();
    for (name, value) in unknown {
        let ty = if let crate::value::Data::Unknown(it) = &value.data { it.ty.clone() } else { continue };
        let kept = before.get(name).cloned().unwrap_or_else(|| Value::null(ty));
        settled = super::attribute::with(&settled, name, kept);
    }
    settled
}

/// `planned` with the arguments of `config` that no plan has: write-only ones, and those of which it has a digest that is not the
/// one of `before`.
fn with_unplanned(schema: &Schema, before: &Value, planned: &Value, config: &Value) -> Value {
    let is_digest = |name: &str, it: &Attribute| it.spelling == Spelling::Sha1 && planned.get(name) != before.get(name);
    let unplanned = schema.block.attributes.iter().filter(|(name, it)| it.write_only || is_digest(name, it));
    let says = |it: &&Value| !it.is_null() && it.as_str() != Some("");
    let given = unplanned.filter_map(|(name, _)| Some((name, config.get(name).filter(says)?)));
    given.fold(planned.clone(), |planned, (name, value)| super::attribute::with(&planned, name, value.clone()))
}

/// Whether a listing said nothing new. Something where state has nothing, in what AWS decides, was not left out: rules and
/// policies that resources of their own have added, mostly.
fn confirms(block: &SchemaBlock, answer: &Result<Found>, known: &Known) -> bool {
    let Ok(Found::Live(live)) = answer else { return false };
    let (Some(now), Some(before)) = (live.attributes.as_entries(), known.attributes.as_entries()) else { return false };
    let nothing = |it: &Value| it.is_null() || it.as_elements().is_some_and(<[Value]>::is_empty);
    let decided = |name: &str| {
        block.attributes.get(name).is_some_and(Attribute::is_computed)
            || block.blocks.get(name).is_some_and(|it| it.computed)
    };
    now.iter().all(|(name, value)| {
        before.get(name).is_some_and(|before| before == value || (nothing(before) && decided(name)))
    })
}

/// The problem of a request that is about many objects.
fn in_common(problem: Problem) -> Problem {
    let name = format!("{}: {}", problem.summary, problem.detail);
    if problem.cause.is_some() { problem } else { problem.caused_by(name, false) }
}

fn looks_like_region(text: &str) -> bool {
    text.split('-').count() >= 3 && text.ends_with(|it: char| it.is_ascii_digit()) && !text.contains(['/', ':', '.'])
}

struct Configured {
    release: Release,
    session: Arc<Session>,
    schemas: Arc<Schemas>,
    types: Arc<Types>,
    /// An argument without which no request can be made, if one is not known yet.
    unknown: Option<&'static str>,
}

impl Configured {
    fn settings(&self) -> &Settings {
        &self.session.settings
    }

    fn schema(&self, resource: &dyn Kind) -> &Schema {
        &self.schemas.resources[resource.name()].schema
    }

    async fn region(&self, region: Option<String>) -> Result<Arc<Aws>> {
        if let Some(name) = self.unknown {
            let detail = format!("The argument `{name}` of the provider is not known until apply.");
            let problem = Problem::fatal("Invalid provider configuration", detail).at(Path::attribute(name));
            let hint = "Apply what it depends on first, with -target.";
            return Err(Problem { hint: Some(hint.into()), ..problem });
        }
        self.session.region(region).await
    }

    /// Reads objects of one type, those of each region together.
    async fn read_by(&self, type_name: &str, objects: &[Known], how: How) -> Vec<Result<Found>> {
        let resource = match self.types.resource(type_name) {
            Ok(resource) => resource,
            Err(problem) => return vec![Err(problem); objects.len()],
        };
        // An id may name several objects, such as scheduled actions of several groups: each in a batch of its own.
        let mut seen: HashMap<(Option<String>, &Id), usize> = HashMap::new();
        let mut batches: HashMap<(Option<String>, usize), Vec<usize>> = HashMap::new();
        for (position, known) in objects.iter().enumerate() {
            let region = region_of(&known.attributes);
            let namesakes = seen.entry((region.clone(), &known.id)).or_default();
            batches.entry((region, *namesakes)).or_default().push(position);
            *namesakes += 1;
        }
        let batches = batches.into_iter().map(async |((region, _), positions)| {
            let batch: Vec<Known> = positions.iter().map(|it| objects[*it].clone()).collect();
            let count = batch.len();
            let answers = self.read_in(resource, region, batch, how).await;
            let answers = answers.unwrap_or_else(|problem| vec![Err(in_common(problem)); count]);
            positions.into_iter().zip(answers).collect::<Vec<_>>()
        });
        let mut answers: Vec<(usize, Result<Found>)> = join_all(batches).await.into_iter().flatten().collect();
        answers.sort_by_key(|(position, _)| *position);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    async fn read_in(
        &self,
        resource: &dyn Kind,
        region: Option<String>,
        objects: Vec<Known>,
        how: How,
    ) -> Result<Vec<Result<Found>>> {
        let aws = self.region(region).await?;
        let mut asked = objects.clone();
        if self.schema(resource).block.attributes.contains_key("tags_all") {
            // Types that ask for tags one by one ask only where there are some: default tags count too.
            for known in asked.iter_mut().filter(|it| !it.attributes.is_null()) {
                known.attributes = tags::present(&known.attributes);
            }
        }
        let listed = resource.listed() && how == How::Listed;
        let how = if listed { How::Listed } else { How::Named };
        let mut answers = match resource.read(&aws, &asked, how).await {
            Ok(mut lives) => {
                let answer = |known: &Known| self.answer(resource, &aws, known, lives.remove(&known.id));
                objects.iter().map(answer).collect()
            }
            // One object that is malformed can make a whole listing unreadable.
            Err(problem) if listed && is_unreadable(&problem) => vec![Err(problem); objects.len()],
            Err(problem) => return Err(problem),
        };
        if listed {
            self.ask_each(resource, &aws, &objects, &asked, &mut answers).await;
        }
        Ok(answers)
    }

    /// Asks an object itself about what a listing shows otherwise than state, or not at all, before anyone believes it.
    async fn ask_each(
        &self,
        resource: &dyn Kind,
        aws: &Aws,
        objects: &[Known],
        asked: &[Known],
        answers: &mut [Result<Found>],
    ) {
        let block = &self.schema(resource).block;
        let open: Vec<usize> = (0..objects.len()).filter(|at| !confirms(block, &answers[*at], &objects[*at])).collect();
        if open.is_empty() {
            return;
        }
        let again: Vec<Known> = open.iter().map(|at| asked[*at].clone()).collect();
        let mut lives = resource.read(aws, &again, How::Named).await.map_err(in_common);
        for at in open {
            answers[at] = match &mut lives {
                Ok(lives) => self.answer(resource, aws, &objects[at], lives.remove(&objects[at].id)),
                Err(problem) => Err(problem.clone()),
            };
        }
    }

    fn answer(&self, resource: &dyn Kind, aws: &Aws, known: &Known, live: Option<Result<Live>>) -> Result<Found> {
        let Some(Live { attributes, phase }) = live.transpose()? else { return Ok(Found::Gone) };
        let schema = self.schema(resource);
        let tagged = schema.block.attributes.contains_key("tags_all");
        let object = if tagged {
            tags::split(self.settings(), !schema.null_is_zero, &attributes, &known.attributes)
        } else {
            attributes
        };
        let id = Some(&known.id);
        let attributes = completed(schema, &object, &known.attributes, id, &aws.region);
        Ok(Found::Live(Live { attributes, phase }))
    }

    /// What `create` and `find` of a type take: all tags to set, for most types the creation tag, and what is only
    /// ever sent.
    fn to_create(&self, resource: &dyn Kind, creation: &Creation) -> Value {
        let schema = self.schema(resource);
        let planned = with_unplanned(schema, &Value::null(Type::Any), &creation.planned, &creation.config);
        if !schema.block.attributes.contains_key("tags_all") {
            return planned;
        }
        let token = (resource.find_by() == Find::Tag).then_some(creation.token.as_str());
        tags::to_set(self.settings(), &planned, token)
    }

    /// The planned attributes, with what the call has told.
    fn created(&self, resource: &dyn Kind, aws: &Aws, creation: &Creation, id: Id, told: Option<Value>) -> Created {
        let mut attributes = creation.planned.clone();
        let block = &self.schema(resource).block;
        let told = told.iter().filter_map(Value::as_entries).flatten();
        for (name, value) in told.filter(|(name, _)| block.has(name)) {
            let unknown = attributes.get(name).is_none_or(|it| !it.is_known());
            if unknown && !value.is_null() {
                attributes = super::attribute::with(&attributes, name, value.clone());
            }
        }
        attributes = super::attribute::with(&attributes, "id", Value::string(&id.0));
        if self.schema(resource).block.attributes.contains_key("region") {
            attributes = super::attribute::with(&attributes, "region", Value::string(&aws.region));
        }
        Created { id, attributes }
    }
}

#[async_trait]
impl ConfiguredProvider for Configured {
    /// There are credentials and a region, and the account is the right one, where the configuration says which.
    async fn check(&self) -> Result<()> {
        if self.unknown.is_some() {
            return Ok(());
        }
        self.settings().check_connection()?;
        self.session.check_credentials().await?;
        self.region(None).await.map(drop)
    }

    async fn confirm(&self) -> Result<()> {
        if self.unknown.is_some() { Ok(()) } else { self.session.confirm().await }
    }

    fn plan(&self, type_name: &str, draft: &mut Draft) -> Result<()> {
        let resource = self.types.resource(type_name)?;
        if let Some(region) = draft.config.get("region").and_then(Value::as_str).filter(|it| !it.is_empty()) {
            self.settings().check_region(region).map_err(|it| it.at(Path::attribute("region")))?;
        }
        check_timeouts(&draft.config)?;
        planning::plan(self.schema(resource), self.settings(), draft, |it| resource.plan(it))
    }

    async fn read(&self, type_name: &str, objects: &[Known]) -> Vec<Result<Found>> {
        self.read_by(type_name, objects, How::Listed).await
    }

    async fn read_named(&self, type_name: &str, objects: &[Known]) -> Vec<Result<Found>> {
        self.read_by(type_name, objects, How::Named).await
    }
    async fn create(&self, type_name: &str, creation: &Creation) -> Result<Created> {
        let resource = self.types.resource(type_name)?;
        let aws = self.region(region_of(&creation.planned)).await?;
        let planned = self.to_create(resource, creation);
        let (id, told) = match resource.create(&aws, &planned, &creation.token).await {
            Err(problem) if problem.class == Class::Exists => {
                let existing = resource.existing(&aws, &planned, &creation.token).await;
                return Err(Problem { existing, ..problem });
            }
            made => made?,
        };
        Ok(self.created(resource, &aws, creation, id, told))
    }

    async fn update(&self, type_name: &str, id: &Id, change: &Change) -> Result<()> {
        let resource = self.types.resource(type_name)?;
        let aws = self.region(region_of(&change.before).or_else(|| region_of(&change.after))).await?;
        let change = &Change {
            before: change.before.clone(),
            after: with_unplanned(
                self.schema(resource),
                &change.before,
                &with_known(&change.after, &change.before),
                &change.config,
            ),
            config: change.config.clone(),
        };
        let change = if self.schema(resource).block.attributes.contains_key("tags_all") {
            &Change {
                before: tags::present(&change.before),
                after: tags::to_set(self.settings(), &change.after, None),
                config: change.config.clone(),
            }
        } else {
            change
        };
        resource.update(&aws, id, change).await
    }

    async fn delete(&self, type_name: &str, known: &Known) -> Result<()> {
        let resource = self.types.resource(type_name)?;
        let aws = self.region(region_of(&known.attributes)).await?;
        resource.delete(&aws, known).await
    }

    async fn find(&self, type_name: &str, creation: &Creation) -> Result<Option<Created>> {
        let resource = self.types.resource(type_name)?;
        let aws = self.region(region_of(&creation.planned)).await?;
        let planned = self.to_create(resource, creation);
        let found = resource.find(&aws, &planned, &creation.token).await?;
        Ok(found.map(|(id, told)| self.created(resource, &aws, creation, id, told)))
    }

    async fn read_data(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        let answers = configs.iter().map(async |config| {
            let data = self.types.data(type_name)?;
            let aws = self.region(region_of(config)).await?;
            let answer = tags::visible(self.settings(), &(data.read)(&aws, config, self.release).await?);
            Ok(completed(&self.schemas.data[data.name], &answer, config, None, &aws.region))
        });
        join_all(answers).await
    }

    async fn open(&self, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
        let answers = configs.iter().map(async |config| {
            let ephemeral = self.types.ephemeral(type_name)?;
            let aws = self.region(region_of(config)).await?;
            let answer = (ephemeral.read)(&aws, config, self.release).await?;
            Ok(completed(&self.schemas.ephemeral[ephemeral.name], &answer, config, None, &aws.region))
        });
        join_all(answers).await
    }

    async fn blockers(&self, type_name: &str, id: &Id) -> Vec<String> {
        let Ok(resource) = self.types.resource(type_name) else { return Vec::new() };
        let Ok(aws) = self.region(None).await else { return Vec::new() };
        resource.blockers(&aws, id).await
    }
}
