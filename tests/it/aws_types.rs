//! Every AWS type against the emulator: plan, create, find, read, finish, plan again, change, import, delete.
//!
//! A case is data: what to create, and what to change it to. The objects of a list are made in order and
//! refer to earlier ones as `${name.attribute}`; they are deleted in reverse.

use rforge::{
    aws::AwsProvider,
    plan::propose,
    provider::{
        Change, ConfiguredProvider, Created, Creation, Draft, Found, Id, Known, Live, Pace, Phase, Provider,
        ResourceMode,
    },
    schema::{Schema, SchemaBlock, Source},
    value::{Value, from_json, to_json},
};
use serde_json::{Value as Json, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::emulator::Emulator;

mod cases;

/// An object to create.
pub(crate) struct Case {
    pub name: &'static str,
    pub type_name: &'static str,
    pub config: Json,
    /// The arguments to change in place, afterwards.
    pub change: Json,
    /// The id to import it by; nothing is imported if empty.
    pub import: &'static str,
    /// Attributes that an import cannot know.
    pub not_imported: &'static [&'static str],
}

/// A data source to read, and what the answer must contain.
pub(crate) struct DataCase {
    pub type_name: &'static str,
    pub config: Json,
    pub expected: Json,
}

/// Sends requests at once.
struct Unpaced;

#[async_trait::async_trait]
impl Pace for Unpaced {
    async fn acquire(&self, _: &'static str, _: &str, _: &'static str) -> bool {
        true
    }
    fn throttled(&self, _: &'static str, _: &str, _: &'static str) {}
}

struct World {
    provider: AwsProvider,
    configured: Arc<dyn ConfiguredProvider>,
    /// What was made, by the name of its case.
    made: BTreeMap<&'static str, (Id, Value)>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_type_lives_its_life() {
    let emulator = Emulator::start();
    let mut world = World::new(&emulator.url());
    let cases = cases::resources();
    for case in &cases {
        world.create(case).await;
    }
    for case in cases::data() {
        world.read_data(&case).await;
    }
    for case in cases.iter().rev() {
        world.delete(case).await;
    }
}

/// The reference provider's names, types, modes, defaults and replacements, except for what `DIFFERENCES` says.
#[test]
fn schemas_are_those_of_the_reference_provider() {
    let reference: Json = serde_json::from_str(include_str!("../aws/schema.json")).unwrap();
    let provider = AwsProvider::default();
    let mut wrong = Vec::new();
    for (name, resource) in &provider.schemas().resources {
        compare(&format!("resource {name}"), &resource.schema, &reference["resources"][name], &mut wrong);
    }
    for (name, schema) in &provider.schemas().data {
        compare(&format!("data {name}"), schema, &reference["data"][name], &mut wrong);
    }
    for (name, schema) in &provider.schemas().ephemeral {
        compare(&format!("ephemeral {name}"), schema, &reference["ephemeral"][name], &mut wrong);
    }
    let known: BTreeSet<String> = cases::DIFFERENCES.iter().map(|(what, _why)| (*what).to_owned()).collect();
    let wrong: BTreeSet<String> = wrong.into_iter().collect();
    let unexpected: Vec<_> = wrong.difference(&known).collect();
    let obsolete: Vec<_> = known.difference(&wrong).collect();
    assert!(unexpected.is_empty(), "differs from the reference: {unexpected:#?}");
    assert!(obsolete.is_empty(), "no longer differs: {obsolete:#?}");
}

/// What a schema says, one line for each member: `subnet_id: string required force_new`.
///
/// Defaults and replacements are recorded for the outermost members only.
fn lines(prefix: &str, block: &SchemaBlock, out: &mut BTreeSet<String>) {
    let top = prefix.is_empty();
    for (name, attribute) in &block.attributes {
        let source = match &attribute.source {
            Source::Required => "required".to_owned(),
            Source::Default(value) if top => format!("optional default={}", to_json(value)),
            Source::Optional | Source::Default(_) => "optional".to_owned(),
            Source::OptionalComputed => "optional+computed".to_owned(),
            Source::Computed => "computed".to_owned(),
        };
        let replaces = if top && attribute.force_new { " force_new" } else { "" };
        let sensitive = if attribute.sensitive { " sensitive" } else { "" };
        out.insert(format!("{prefix}{name}: {} {source}{replaces}{sensitive}", attribute.ty));
    }
    for (name, nested) in &block.blocks {
        let (least, most) = (nested.min_items, nested.max_items);
        let nesting = format!("{:?}", nested.nesting).to_lowercase();
        out.insert(format!("{prefix}{name}: block {nesting} {least}..{most}"));
        lines(&format!("{prefix}{name}."), &nested.block, out);
    }
}

fn compare(what: &str, schema: &Schema, reference: &Json, wrong: &mut Vec<String>) {
    let mut ours = BTreeSet::from([format!("version {}", schema.version)]);
    lines("", &schema.block, &mut ours);
    // The argument of provider 6.
    ours.retain(|it| !it.starts_with("region: "));
    let theirs: BTreeSet<String> =
        reference.as_array().into_iter().flatten().map(|it| it.as_str().unwrap().to_owned()).collect();
    wrong.extend(ours.difference(&theirs).map(|it| format!("{what}: has {it}")));
    wrong.extend(theirs.difference(&ours).map(|it| format!("{what}: lacks {it}")));
}

fn value(json: &Json, schema: &Schema) -> Value {
    let ty = schema.block.implied_type();
    let mut json = json.clone();
    for (name, nested) in &schema.block.blocks {
        if json[&**name].is_null() && nested.nesting != rforge::schema::Nesting::Single {
            json[&**name] = json!([]);
        }
    }
    from_json(&json, &ty).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn settled(planned: &Value, live: &Value) -> Value {
    let members = planned.as_entries().unwrap().iter().map(|(name, value)| {
        (name.clone(), if value.is_wholly_known() { value.clone() } else { live.get(name).unwrap().clone() })
    });
    Value::object(members.collect())
}

/// The attributes in which two objects differ.
fn differences(left: &Value, right: &Value) -> Vec<String> {
    let members = left.as_entries().unwrap().iter();
    let differing = members.filter(|(name, value)| right.get(name) != Some(value));
    differing
        .map(|(name, value)| format!("{name}: {} / {}", to_json(value), to_json(right.get(name).unwrap())))
        .collect()
}

impl World {
    fn new(url: &str) -> Self {
        let provider = AwsProvider::default();
        let endpoints: Json = ["ec2", "iam", "ssm", "sts", "logs", "autoscaling"]
            .iter()
            .map(|it| ((*it).to_owned(), json!(url)))
            .collect();
        let config = json!({
            "region": "us-east-1", "access_key": "test", "secret_key": "test", "endpoints": [endpoints],
            "default_tags": [{ "tags": { "owner": "tests" } }], "max_retries": 3,
        });
        let config = value(&config, &provider.schemas().provider);
        let configured = provider.configure(&config, Arc::new(Unpaced)).unwrap();
        Self { provider, configured, made: BTreeMap::new() }
    }

    fn schema(&self, type_name: &str) -> Arc<Schema> {
        let resource = self.provider.schemas().resources.get(type_name);
        resource.unwrap_or_else(|| panic!("no resource type {type_name}")).schema.clone()
    }

    /// `text` with `${name.attribute}` replaced.
    fn resolve(&self, json: &Json) -> Json {
        let mut text = json.to_string();
        while let Some(start) = text.find("${") {
            let end = start + text[start..].find('}').unwrap();
            let (name, attribute) = text[start + 2..end].split_once('.').unwrap();
            let (_, object) = self.made.get(name).unwrap_or_else(|| panic!("no {name} yet"));
            let value =
                object.get(attribute).and_then(|it| it.as_str()).unwrap_or_else(|| panic!("{name}.{attribute}"));
            text.replace_range(start..=end, value);
        }
        serde_json::from_str(&text).unwrap()
    }

    fn plan(&self, case: &Case, config: &Value, prior: &Value) -> (Value, Vec<rforge::value::Path>) {
        let planned = propose(&self.schema(case.type_name), prior, config);
        let mut draft = Draft { prior: prior.clone(), config: config.clone(), planned, replace: Vec::new() };
        self.configured.plan(case.type_name, &mut draft).unwrap();
        (draft.planned, draft.replace)
    }

    /// Reads until the object is ready.
    async fn read(&self, case: &Case, known: &Known) -> Option<Live> {
        for _ in 0..200 {
            let mut answers = self.configured.read(case.type_name, std::slice::from_ref(known)).await;
            match answers.remove(0).unwrap_or_else(|problem| panic!("{}: {problem}", case.name)) {
                Found::Gone => return None,
                Found::Live(Live { phase: Phase::Pending, .. }) => {}
                Found::Live(live) => return Some(live),
            }
        }
        panic!("{} stays pending", case.name)
    }

    async fn create(&mut self, case: &Case) {
        let schema = self.schema(case.type_name);
        let json = self.resolve(&case.config);
        let config = value(&json, &schema);
        let problems = self.provider.validate(ResourceMode::Managed, case.type_name, &config);
        assert_eq!(problems, [], "{}", case.name);
        let nothing = Value::null(schema.block.implied_type());
        let (planned, _) = self.plan(case, &config, &nothing);
        let token = format!("{:x}", md5_of(case.name));
        let creation = Creation { planned: planned.clone(), config: config.clone(), token };
        let Created { id, attributes } = self
            .configured
            .create(case.type_name, &creation)
            .await
            .unwrap_or_else(|problem| panic!("{}: {problem}", case.name));
        if self.provider.schemas().resources[case.type_name].traits.findable {
            let found = self.configured.find(case.type_name, &creation).await.unwrap();
            assert_eq!(found.map(|it| it.id), Some(id.clone()), "{} is found again", case.name);
        }
        let known = Known { id, attributes };
        let live = self.read(case, &known).await.unwrap_or_else(|| panic!("{} is gone", case.name));
        let live = self.move_to(case, &known.id, live.attributes, &planned, &config).await;
        self.plans_nothing(case, &config, &live);
        let mut object = live;
        if !case.change.is_null() {
            let mut changed = json.clone();
            for (name, value) in self.resolve(&case.change).as_object().unwrap() {
                changed[name] = value.clone();
            }
            let config = value(&changed, &schema);
            let (planned, replace) = self.plan(case, &config, &object);
            assert_eq!(replace, [], "{} changes in place", case.name);
            assert_ne!(planned, object, "{} changes", case.name);
            object = self.move_to(case, &known.id, object, &planned, &config).await;
            self.plans_nothing(case, &config, &object);
        }
        let id = Id(object.get("id").unwrap().as_str().unwrap().to_owned());
        self.import(case, &object).await;
        self.made.insert(case.name, (id, object));
    }

    /// Updates until the object is as planned.
    async fn move_to(&self, case: &Case, id: &Id, before: Value, planned: &Value, config: &Value) -> Value {
        let after = settled(planned, &before);
        let change = Change { before: before.clone(), after: after.clone(), config: config.clone() };
        if !differences(&after, &before).is_empty() {
            let outcome = self.configured.update(case.type_name, id, &change).await;
            outcome.unwrap_or_else(|problem| panic!("{}: {problem}", case.name));
        }
        let live = self.read(case, &Known { id: id.clone(), attributes: after.clone() }).await;
        let live = live.unwrap_or_else(|| panic!("{} is gone", case.name));
        assert_eq!(live.phase, Phase::Ready, "{}", case.name);
        let known = planned.as_entries().unwrap().iter().filter(|(_, value)| value.is_wholly_known());
        let known = Value::object(known.map(|(name, value)| (name.clone(), value.clone())).collect());
        let moved: Vec<String> =
            differences(&known, &live.attributes).into_iter().filter(|it| !same_but_for_zero(it)).collect();
        assert!(moved.is_empty(), "{} is not as planned (planned / live): {moved:#?}", case.name);
        live.attributes
    }

    fn plans_nothing(&self, case: &Case, config: &Value, live: &Value) {
        let (planned, replace) = self.plan(case, config, live);
        let changes = differences(&planned, live);
        assert!(changes.is_empty(), "{} is to change again (planned / live): {changes:#?}", case.name);
        assert_eq!(replace, []);
    }

    async fn import(&self, case: &Case, object: &Value) {
        if case.import.is_empty() {
            return;
        }
        let id = self.resolve_own(case.import, object);
        let known = self.provider.import(case.type_name, &id).unwrap();
        let live = self.read(case, &known).await.unwrap_or_else(|| panic!("{} cannot be imported", case.name));
        let differing = differences(&live.attributes, object);
        let expected = |it: &String| case.not_imported.iter().any(|name| it.starts_with(&format!("{name}: ")));
        let differing: Vec<_> = differing.into_iter().filter(|it| !expected(it) && !same_but_for_zero(it)).collect();
        assert!(differing.is_empty(), "{} is imported differently (imported / live): {differing:#?}", case.name);
    }

    /// `{attribute}` of the object itself.
    fn resolve_own(&self, text: &str, object: &Value) -> String {
        let mut text = text.to_owned();
        while let Some(start) = text.find('{') {
            let end = start + text[start..].find('}').unwrap();
            let value = object.get(&text[start + 1..end]).and_then(|it| it.as_str()).unwrap().to_owned();
            text.replace_range(start..=end, &value);
        }
        text
    }

    async fn delete(&self, case: &Case) {
        let Some((id, attributes)) = self.made.get(case.name) else { return };
        let known = Known { id: id.clone(), attributes: attributes.clone() };
        for attempt in 0.. {
            match self.configured.delete(case.type_name, &known).await {
                Ok(()) => break,
                Err(problem) if problem.class == rforge::provider::Class::Dependency && attempt < 100 => {}
                Err(problem) => panic!("{}: {problem}", case.name),
            }
        }
        if !cases::NEVER_DELETED.contains(&case.type_name) {
            let gone = self.read(case, &known).await;
            assert!(gone.is_none(), "{} is still there", case.name);
        }
        let again = self.configured.delete(case.type_name, &known).await;
        assert_eq!(again, Ok(()), "{} can be deleted again", case.name);
    }

    async fn read_data(&self, case: &DataCase) {
        let schema = &self.provider.schemas().data[case.type_name];
        let config = value(&self.resolve(&case.config), schema);
        let answer = self.configured.read_data(case.type_name, &[config]).await.remove(0);
        let answer = to_json(&answer.unwrap_or_else(|problem| panic!("{}: {problem}", case.type_name)));
        for (name, expected) in self.resolve(&case.expected).as_object().unwrap() {
            assert_eq!(&answer[name], expected, "{}.{name}", case.type_name);
        }
    }
}

/// Null and zero mean the same to the reference provider.
fn same_but_for_zero(difference: &str) -> bool {
    let (_, values) = difference.split_once(": ").unwrap();
    let zero = |it: &str| ["null", "\"\"", "false", "0", "[]", "{}"].contains(&it);
    values.split_once(" / ").is_some_and(|(left, right)| zero(left) && zero(right))
}

fn md5_of(text: &str) -> u128 {
    use md5::Digest;
    u128::from_be_bytes(md5::Md5::digest(text.as_bytes()).into())
}
