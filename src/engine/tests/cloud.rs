//! A provider whose objects live in memory, with faults on demand.

use crate::{
    address::{InstanceAddress, ModuleAddress, ModulePath, ProviderAddress, ProviderSource},
    plan::ProviderKey,
    provider::*,
    schema::{Attribute, Schema, SchemaBlock, Source},
    value::{Text, Type, Value},
};
use async_trait::async_trait;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::Notify;

/// What goes wrong with the objects of one name. Counters go down as faults happen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    /// Problems of calls, by operation, in order: `create`, `update`, `delete`, `read`, `find`.
    pub fail: HashMap<&'static str, Vec<Class>>,
    /// The next create takes effect, but its answer is lost.
    pub lose_create: bool,
    /// The next create takes effect, and the try that the provider makes by itself after its answer was lost ends with this.
    pub lose_within: Option<Class>,
    /// Every create after that is throttled.
    pub stays_throttled: bool,
    /// Reads that do not see the object yet.
    pub hidden: u32,
    /// Reads that see it pending.
    pub pending: u32,
    pub never_ready: bool,
    /// The next create panics after it took effect.
    pub panic: bool,
    /// Reads that still see it after its delete.
    pub lingering: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub attributes: BTreeMap<Text, Value>,
    token: String,
    deleted: bool,
}

/// At which call, counted from 1, the process dies: before the cloud acts, or after it but before the answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Death {
    pub call: usize,
    pub acted: bool,
}

pub(crate) struct Inner {
    /// How long anything may take. Long, so that a busy machine fails no test; short where that is the test.
    pub patience: Duration,
    /// Whether what a lost create made can be found again.
    pub findable: bool,
    pub objects: BTreeMap<String, Object>,
    pub faults: HashMap<String, Faults>,
    /// Operation and the names it was about.
    pub calls: Vec<(&'static str, Vec<String>)>,
    pub death: Option<Death>,
    /// Told when the process has died.
    pub died: Arc<Notify>,
    made: usize,
}

#[derive(Clone)]
pub(crate) struct Cloud(pub Arc<Mutex<Inner>>);

impl Default for Cloud {
    fn default() -> Self {
        let inner = Inner {
            patience: Duration::from_secs(60),
            findable: true,
            objects: BTreeMap::new(),
            faults: HashMap::new(),
            calls: Vec::new(),
            death: None,
            died: Arc::default(),
            made: 0,
        };
        Self(Arc::new(Mutex::new(inner)))
    }
}

/// `thing`: what create cannot set is `extra`; what only create returns is `secret`.
pub(crate) fn schemas() -> Schemas {
    let attribute = |ty, source| Attribute::new(ty, source);
    let mut name = attribute(Type::String, Source::Required);
    name.force_new = true;
    let mut secret = attribute(Type::String, Source::Computed);
    secret.sensitive = true;
    let attributes = [
        ("id", attribute(Type::String, Source::Computed)),
        ("name", name),
        ("links", attribute(Type::list(Type::String), Source::Optional)),
        ("size", attribute(Type::Number, Source::Optional)),
        ("extra", attribute(Type::String, Source::Optional)),
        ("secret", secret),
    ];
    let attributes = attributes.into_iter().map(|(name, it)| (name.into(), it)).collect();
    let schema = Arc::new(Schema {
        version: 1,
        block: SchemaBlock { attributes, ..SchemaBlock::default() },
        null_is_zero: true,
    });
    let traits = Traits {
        patience: Duration::ZERO,
        delete_patience: Duration::ZERO,
        lingers: true,
        settles: true,
        local: false,
        findable: true,
        doubles: false,
        asked: false,
        deleted_after: &[],
    };
    Schemas {
        provider: Schema::default(),
        resources: [("cloud_thing", ResourceSchema { schema: schema.clone(), traits })].into(),
        data: [("cloud_thing", schema.clone())].into(),
        ephemeral: Default::default(),
        further: None,
    }
}

pub(crate) fn key() -> ProviderKey {
    let source =
        ProviderSource { host: "registry.terraform.io".into(), namespace: "test".into(), name: "cloud".into() };
    let address = ProviderAddress { module: ModulePath::root(), source, alias: None, key: None };
    ProviderKey { address, module: ModuleAddress::root() }
}

/// The only instance of `cloud_thing.<name>` in the root module.
pub(crate) fn address(name: &str) -> InstanceAddress {
    let resource = crate::address::ResourceAddress {
        module: ModuleAddress::root(),
        mode: crate::address::ResourceMode::Managed,
        type_name: "cloud_thing".into(),
        name: name.into(),
    };
    resource.instance(None)
}

impl Cloud {
    pub(crate) fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// A type as the engine should see it.
    pub(crate) fn resource_schema(&self, type_name: &str) -> Option<ResourceSchema> {
        let Inner { patience, findable, .. } = *self.inner();
        let mut resource = schemas().resources.get(type_name)?.clone();
        resource.traits = Traits { patience, delete_patience: patience, findable, ..resource.traits };
        Some(resource)
    }

    pub(crate) fn fault(&self, name: &str, faults: Faults) {
        self.inner().faults.insert(name.to_owned(), faults);
    }

    /// Puts an object there, as if made by hand.
    pub(crate) fn put(&self, name: &str) -> Id {
        let mut inner = self.inner();
        inner.made += 1;
        let id = format!("{name}-{}", inner.made);
        let ty = schemas().resources["cloud_thing"].schema.block.implied_type();
        let Type::Object(ty) = ty else { unreachable!() };
        let mut attributes: BTreeMap<Text, Value> =
            ty.attributes.iter().map(|(name, ty)| (name.clone(), Value::null(ty.clone()))).collect();
        attributes.insert("id".into(), Value::string(&id));
        attributes.insert("name".into(), Value::string(name));
        inner.objects.insert(id.clone(), Object { attributes, token: String::new(), deleted: false });
        Id(id)
    }

    /// Names of what exists, sorted, as often as it exists.
    pub(crate) fn names(&self) -> Vec<String> {
        let inner = self.inner();
        let mut names: Vec<String> = inner.objects.values().filter(|it| !it.deleted).map(Object::name).collect();
        names.sort();
        names
    }

    /// How many calls of an operation there were.
    pub(crate) fn count(&self, operation: &str) -> usize {
        self.inner().calls.iter().filter(|it| it.0 == operation).count()
    }

    /// Notes a call. Never returns if the process dies before it.
    async fn enter(&self, operation: &'static str, names: Vec<String>) -> bool {
        let death = {
            let mut inner = self.inner();
            inner.calls.push((operation, names));
            let call = inner.calls.len();
            let death = inner.death.filter(|it| it.call == call);
            if death.is_some() {
                inner.died.notify_one();
            }
            death
        };
        match death {
            Some(Death { acted: false, .. }) => std::future::pending().await,
            Some(_) => true,
            None => false,
        }
    }
}

impl Object {
    pub(crate) fn name(&self) -> String {
        self.attributes["name"].as_str().unwrap_or_default().to_owned()
    }
}

impl Inner {
    fn fault(&mut self, name: &str, operation: &str) -> Result<()> {
        let failures = self.faults.get_mut(name).and_then(|it| it.fail.get_mut(operation));
        match failures {
            Some(classes) if !classes.is_empty() => {
                let class = classes.remove(0);
                Err(Problem::new(class, format!("Cannot {operation}"), format!("{name} does not {operation}.")))
            }
            _ => Ok(()),
        }
    }

    fn exists(&self, id: &str) -> bool {
        self.objects.get(id).is_some_and(|it| !it.deleted)
    }

    /// Copies from `wanted` what a call can set.
    fn set(&mut self, id: &str, wanted: &Value, names: &[&str]) -> Result<()> {
        for link in wanted.get("links").and_then(Value::as_elements).unwrap_or_default() {
            if !self.exists(link.as_str().unwrap_or_default()) {
                return Err(Problem::fatal("No such object", format!("{link:?} does not exist.")));
            }
        }
        for name in names {
            let value = wanted.get(name).cloned().expect("an attribute of the type");
            assert!(value.is_wholly_known() && value.marks.is_empty(), "{name}: {value:?}");
            self.objects.get_mut(id).unwrap().attributes.insert((*name).into(), value);
        }
        Ok(())
    }

    fn read(&mut self, id: &Id) -> Result<Found> {
        let Some(object) = self.objects.get(&id.0).cloned() else { return Ok(Found::Gone) };
        let name = object.name();
        self.fault(&name, "read")?;
        let faults = self.faults.entry(name).or_default();
        if object.deleted {
            if !count_down(&mut faults.lingering) {
                self.objects.remove(&id.0);
                return Ok(Found::Gone);
            }
        } else if count_down(&mut faults.hidden) {
            return Ok(Found::Gone);
        }
        let phase = if faults.never_ready {
            Phase::Failed("it is broken".into())
        } else if count_down(&mut faults.pending) {
            Phase::Pending
        } else {
            Phase::Ready
        };
        let mut attributes = object.attributes;
        attributes.insert("secret".into(), Value::null(Type::String));
        Ok(Found::Live(Live { attributes: Value::object(attributes), phase }))
    }
}

/// Whether the counter was above zero; it goes down by one.
fn count_down(counter: &mut u32) -> bool {
    let positive = *counter > 0;
    *counter = counter.saturating_sub(1);
    positive
}

fn name(value: &Value) -> String {
    value.get("name").and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[async_trait]
impl ConfiguredProvider for Cloud {
    async fn read(&self, _: &str, objects: &[Known]) -> Vec<Result<Found>> {
        let names = objects.iter().map(|it| it.id.0.clone()).collect();
        if self.enter("read", names).await {
            return std::future::pending().await;
        }
        let mut inner = self.inner();
        let with_secret = |found: Found, known: &Known| match found {
            Found::Live(mut live) => {
                let mut entries = live.attributes.as_entries().unwrap().clone();
                if let Some(secret) = known.attributes.get("secret") {
                    entries.insert("secret".into(), secret.clone());
                }
                live.attributes = Value::object(entries);
                Found::Live(live)
            }
            found => found,
        };
        objects.iter().map(|it| Ok(with_secret(inner.read(&it.id)?, it))).collect()
    }

    async fn create(&self, _: &str, creation: &Creation) -> Result<Created> {
        let name = name(&creation.planned);
        let dies = self.enter("create", vec![name.clone()]).await;
        let created = self.make(&name, creation);
        if dies { std::future::pending().await } else { created }
    }

    async fn update(&self, _: &str, id: &Id, change: &Change) -> Result<()> {
        let name = name(&change.after);
        let dies = self.enter("update", vec![name.clone()]).await;
        let updated = {
            let mut inner = self.inner();
            inner.fault(&name, "update").and_then(|()| {
                if !inner.exists(&id.0) {
                    return Err(Problem::fatal("No such object", format!("{} does not exist.", id.0)));
                }
                inner.set(&id.0, &change.after, &["links", "size", "extra"])
            })
        };
        if dies { std::future::pending().await } else { updated }
    }

    async fn delete(&self, _: &str, known: &Known) -> Result<()> {
        let name = name(&known.attributes);
        let dies = self.enter("delete", vec![name.clone()]).await;
        let deleted = self.remove(&name, &known.id);
        if dies { std::future::pending().await } else { deleted }
    }

    async fn find(&self, _: &str, creation: &Creation) -> Result<Option<Created>> {
        let name = name(&creation.planned);
        if self.enter("find", vec![name.clone()]).await {
            return std::future::pending().await;
        }
        let mut inner = self.inner();
        inner.fault(&name, "find")?;
        let found = inner.objects.iter().find(|(_, it)| it.token == creation.token && !it.deleted);
        Ok(found.map(|(id, it)| Created { id: Id(id.clone()), attributes: Value::object(it.attributes.clone()) }))
    }

    async fn read_data(&self, _: &str, configs: &[Value]) -> Vec<Result<Value>> {
        if self.enter("read_data", configs.iter().map(name).collect()).await {
            return std::future::pending().await;
        }
        let mut inner = self.inner();
        configs
            .iter()
            .map(|config| {
                let name = name(config);
                inner.fault(&name, "read_data")?;
                let found = inner.objects.values().find(|it| it.name() == name);
                let found = found.map(|it| Value::object(it.attributes.clone()));
                found.ok_or_else(|| Problem::fatal("No such object", format!("There is no {name}.")))
            })
            .collect()
    }

    async fn blockers(&self, _: &str, id: &Id) -> Vec<String> {
        self.inner().objects.values().filter(|it| it.links_to(id)).map(|it| format!("thing {}", it.name())).collect()
    }
}

impl Object {
    fn links_to(&self, id: &Id) -> bool {
        let links = self.attributes["links"].as_elements().unwrap_or_default();
        !self.deleted && links.iter().any(|it| it.as_str() == Some(&id.0))
    }
}

impl Cloud {
    fn make(&self, name: &str, creation: &Creation) -> Result<Created> {
        let mut inner = self.inner();
        inner.fault(name, "create")?;
        // A token that was seen before stands for the same request.
        let known = inner.objects.iter().find(|(_, it)| it.token == creation.token).map(|(id, _)| id.clone());
        let id = known.unwrap_or_else(|| {
            inner.made += 1;
            format!("{name}-{}", inner.made)
        });
        let Some(planned) = creation.planned.as_entries() else { unreachable!("an object is planned") };
        let mut attributes = planned.clone();
        attributes.insert("id".into(), Value::string(&id));
        attributes.insert("secret".into(), Value::string(format!("secret of {id}")));
        attributes.insert("extra".into(), Value::null(Type::String));
        let object = Object { attributes: attributes.clone(), token: creation.token.clone(), deleted: false };
        inner.objects.insert(id.clone(), object);
        if let Err(problem) = inner.set(&id, &creation.planned, &["links", "size"]) {
            inner.objects.remove(&id);
            return Err(problem);
        }
        let faults = inner.faults.entry(name.to_owned()).or_default();
        let (panics, loses) = (std::mem::take(&mut faults.panic), std::mem::take(&mut faults.lose_create));
        let within = faults.lose_within.take();
        if faults.stays_throttled {
            faults.fail.insert("create", vec![Class::Throttled; 10_000]);
        }
        drop(inner);
        assert!(!panics, "as the test wants");
        if loses {
            return Err(Problem::new(Class::OutcomeUnknown, "Connection reset", "The answer was lost."));
        }
        if let Some(class) = within {
            let problem = Problem::new(class, "Cannot create", "The answer was lost, and the next one is this.");
            return Err(Problem { unsure: true, ..problem });
        }
        Ok(Created { id: Id(id), attributes: Value::object(attributes) })
    }

    fn remove(&self, name: &str, id: &Id) -> Result<()> {
        let mut inner = self.inner();
        inner.fault(name, "delete")?;
        if inner.objects.values().any(|it| it.links_to(id)) {
            return Err(Problem::new(Class::Dependency, "Object in use", format!("{name} is in use.")));
        }
        if let Some(object) = inner.objects.get_mut(&id.0) {
            object.deleted = true;
        }
        Ok(())
    }
}
