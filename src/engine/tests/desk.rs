//! The smallest planner that the engine can be tested with: things, what each needs, and nothing to evaluate.

use super::cloud::{Cloud, address, key, schemas};
use crate::{
    address::{InstanceAddress, Name, ResourceMode},
    diagnostic::{Diagnostic, Diagnostics},
    engine::{look, tempo::Tempo},
    plan::{
        Action, Evaluation, Lookup, ObjectKey, Plan, Prepared, ProviderKey, Provision, ResourceChange, Snapshot, Step,
        StepKind, Steps, change,
    },
    provider::{ConfiguredProvider, Found, Id, Known, Phase, Problem, ResourceSchema},
    provisioner::When,
    schema::{Schema, Source},
    state::{CheckResult, OutputValue, State},
    value::{Data, Text, Type, Value},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// What is wanted of one object.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    /// Of the resource.
    pub name: &'static str,
    /// The `name` argument; another one replaces the object.
    pub label: &'static str,
    pub needs: &'static [&'static str],
    pub size: i64,
    pub extra: Option<&'static str>,
    pub create_before_destroy: bool,
}

/// A thing that needs others.
pub(super) fn thing(name: &'static str, needs: &'static [&'static str]) -> Thing {
    Thing { name, label: name, needs, size: 1, extra: None, create_before_destroy: false }
}

/// A configuration, and what is known of its objects.
pub(super) struct Desk {
    pub things: Vec<Thing>,
    cloud: Cloud,
    /// Ids by resource; none: to be replaced or gone.
    ids: HashMap<String, Id>,
}

pub(super) fn ty() -> Type {
    schemas().resources["cloud_thing"].schema.block.implied_type()
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

impl Desk {
    pub(super) fn new(things: &[Thing], cloud: &Cloud) -> Self {
        Self { things: things.to_vec(), cloud: cloud.clone(), ids: HashMap::new() }
    }

    /// The arguments of a thing as far as they are known.
    fn config(&self, thing: &Thing) -> Value {
        let id = |need: &&str| self.ids.get(*need).map_or(Value::unknown(Type::String), |id| Value::string(&id.0));
        let links = thing.needs.iter().map(id).collect();
        let null = Value::null(Type::String);
        let entries = [
            ("id", null.clone()),
            ("name", Value::string(thing.label)),
            ("links", Value::list(Type::String, links)),
            ("size", Value::number(thing.size)),
            ("extra", thing.extra.map_or(null.clone(), Value::string)),
            ("secret", null),
        ];
        Value::object(entries.map(|(name, it)| (Text::from(name), it)).into())
    }

    /// With what the provider computes: as before, or unknown.
    fn propose(&self, before: &Value, config: &Value) -> Value {
        let mut entries = config.as_entries().unwrap().clone();
        for (name, attribute) in &schemas().resources["cloud_thing"].schema.block.attributes {
            if attribute.source == Source::Computed {
                let kept = before.get(name).cloned();
                entries.insert(name.clone(), kept.unwrap_or_else(|| Value::unknown(attribute.ty.clone())));
            }
        }
        Value::object(entries)
    }

    /// Reads everything that state knows, then decides.
    pub(super) async fn plan(&mut self, state: &State, tempo: &Tempo) -> Plan {
        let mut prior = state.clone();
        let mut objects: Vec<(ObjectKey, Value, bool)> = Vec::new();
        for (resource, recorded) in &state.resources {
            for (key, instance) in &recorded.instances {
                let address = resource.instance(key.clone());
                let current = instance.current.iter().map(|it| (None, it));
                for (deposed, object) in current.chain(instance.deposed.iter().map(|(key, it)| (Some(key.clone()), it)))
                {
                    let key = ObjectKey { address: address.clone(), deposed };
                    objects.push((key, object.decode(&ty()).unwrap(), object.tainted));
                }
            }
        }
        let mut snapshot = Snapshot::default();
        let lookups = objects.iter().map(|(object, value, _)| {
            let known = Known { id: Id(text(value, "id")), attributes: value.clone() };
            Lookup::Object(object.clone(), key(), known)
        });
        let unrefused = |_: &ProviderKey, problem: &Problem| panic!("{}", problem.summary);
        look(lookups.collect(), &mut snapshot, |_| Ok(Arc::new(self.cloud.clone())), unrefused, tempo).await.unwrap();
        let mut current: HashMap<String, (Value, bool)> = HashMap::new();
        let mut doomed: Vec<(ObjectKey, Value)> = Vec::new();
        for (object, value, tainted) in objects {
            let name = object.address.resource.name.to_string();
            match snapshot.objects[&object].clone().unwrap() {
                Found::Gone => {
                    let resource = prior.resources.get_mut(&object.address.resource).unwrap();
                    let instance = resource.instances.get_mut(&object.address.key).unwrap();
                    match &object.deposed {
                        None => instance.current = None,
                        Some(key) => drop(instance.deposed.remove(key)),
                    }
                }
                Found::Live(_) if object.deposed.is_some() => doomed.push((object, value)),
                Found::Live(live) if self.things.iter().any(|it| *it.name == *name) => {
                    let tainted = tainted || matches!(live.phase, Phase::Failed(_));
                    drop(current.insert(name, (live.attributes, tainted)));
                }
                Found::Live(live) => doomed.push((object, live.attributes)),
            }
        }
        prior.resources.retain(|_, it| {
            it.instances.retain(|_, it| it.current.is_some() || !it.deposed.is_empty());
            !it.instances.is_empty()
        });
        self.ids = current.iter().map(|(name, (live, _))| (name.clone(), Id(text(live, "id")))).collect();
        let mut changes = Vec::new();
        for thing in self.things.clone() {
            let change = self.change(&thing, current.get(thing.name));
            changes.push(change);
        }
        changes.extend(doomed.into_iter().map(|(object, before)| {
            change(&object.address, object.deposed, Action::Delete, before, Value::null(ty()))
        }));
        let steps = self.steps(&changes, state);
        Plan {
            checks: Default::default(),
            relevant: Vec::new(),
            mode: change::PlanMode::Normal,
            errored: false,
            changes,
            drift: Vec::new(),
            outputs: BTreeMap::new(),
            steps,
            prior_state: prior,
            variables: BTreeMap::new(),
            targets: Vec::new(),
            excluded: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn change(&mut self, thing: &Thing, current: Option<&(Value, bool)>) -> ResourceChange {
        let null = Value::null(ty());
        let config = self.config(thing);
        let (action, before, after) = match current {
            None => (Action::Create, null.clone(), self.propose(&null, &config)),
            Some((live, tainted)) if *tainted || text(live, "name") != thing.label => {
                self.ids.remove(thing.name);
                let order = thing.create_before_destroy;
                let action = if order { Action::CreateThenDelete } else { Action::DeleteThenCreate };
                (action, live.clone(), self.propose(&null, &config))
            }
            Some((live, _)) => {
                let after = self.propose(live, &config);
                (if after == *live { Action::NoOp } else { Action::Update }, live.clone(), after)
            }
        };
        change(&address(thing.name), None, action, before, after)
    }

    /// What is made waits for what it needs; what is deleted waits for what needed it.
    fn steps(&self, changes: &[ResourceChange], state: &State) -> Steps {
        let mut steps = Steps::default();
        let mut made: HashMap<String, usize> = HashMap::new();
        let mut deleted: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, change) in changes.iter().enumerate() {
            let name = change.address.resource.name.to_string();
            let kinds = match change.action {
                Action::Create => vec![StepKind::Create { depose_as: None }],
                Action::Update => vec![StepKind::Update],
                Action::Delete => vec![StepKind::Delete { deposed: change.deposed.clone() }],
                Action::DeleteThenCreate => {
                    vec![StepKind::Delete { deposed: None }, StepKind::Create { depose_as: None }]
                }
                Action::CreateThenDelete => {
                    let key: Name = "0badcafe".into();
                    let delete = StepKind::Delete { deposed: Some(key.clone()) };
                    vec![StepKind::Create { depose_as: Some(key) }, delete]
                }
                _ => Vec::new(),
            };
            for (nth, kind) in kinds.into_iter().enumerate() {
                let step = steps.nodes.len();
                match kind {
                    StepKind::Delete { .. } => deleted.entry(name.clone()).or_default().push(step),
                    _ => drop(made.insert(name.clone(), step)),
                }
                steps.nodes.push(Step { kind, change: at });
                steps.edges.extend((nth > 0).then(|| (step - 1, step)));
            }
        }
        for thing in &self.things {
            let before = thing.needs.iter().filter_map(|need| made.get(*need));
            steps.edges.extend(made.get(thing.name).into_iter().flat_map(|at| before.clone().map(|it| (*it, *at))));
        }
        for (resource, recorded) in &state.resources {
            let name = resource.name.to_string();
            let objects = recorded.instances.values().flat_map(|it| it.current.iter().chain(it.deposed.values()));
            for need in objects.flat_map(|it| it.dependencies.iter()) {
                for delete in deleted.get(&*need.name).into_iter().flatten() {
                    let moved = made.get(&name).filter(|at| {
                        // Its successor is made before the needed thing goes, unless it waits for that to be replaced.
                        !made.contains_key(&*need.name) || depends(&steps, *delete, **at).is_none()
                    });
                    let gone = deleted.get(&name).into_iter().flatten();
                    steps.edges.extend(gone.chain(moved).filter(|it| *it != delete).map(|it| (*it, *delete)));
                }
            }
        }
        steps.edges.sort_unstable();
        steps.edges.dedup();
        steps
    }
}

/// Whether `later` waits for `earlier`, directly or not.
fn depends(steps: &Steps, earlier: usize, later: usize) -> Option<()> {
    let next = steps.edges.iter().filter(|(from, _)| *from == earlier).map(|(_, to)| *to);
    next.into_iter().find(|at| *at == later || depends(steps, *at, later).is_some()).map(drop)
}

fn change(
    address: &InstanceAddress,
    deposed: Option<Name>,
    action: Action,
    before: Value,
    after: Value,
) -> ResourceChange {
    ResourceChange {
        address: address.clone(),
        deposed,
        previous_address: None,
        importing: None,
        provider: key(),
        action,
        reason: None,
        before,
        after,
        in_full: Default::default(),
        replace_paths: Vec::new(),
        deletion: None,
    }
}

impl Evaluation for Desk {
    fn check_results(&mut self, _: bool) -> (Vec<CheckResult>, Diagnostics) {
        Default::default()
    }
    fn unread(&self, _address: &InstanceAddress, _problem: &Problem) -> Option<Diagnostic> {
        None
    }
    fn prepare(&mut self, change: &ResourceChange) -> Result<Prepared, Diagnostics> {
        let name = &change.address.resource.name;
        let thing = self.things.iter().find(|it| *it.name == **name).expect("a thing of the configuration").clone();
        let config = self.config(&thing);
        let none = Value::null(ty());
        let before = if change.action == Action::Update { change.before.clone() } else { none };
        let planned = self.propose(&before, &config);
        let unknown = |it: &Value| matches!(it.data, Data::Unknown(_));
        let links = planned.get("links").and_then(Value::as_elements).unwrap_or_default();
        assert!(!links.iter().any(unknown), "{name} started before what it needs");
        Ok(Prepared {
            ignore: Default::default(),
            before,
            planned,
            config,
            dependencies: thing.needs.iter().map(|it| address(it).resource.path()).collect(),
            create_before_destroy: thing.create_before_destroy,
            prevent_destroy: false,
            provisioned: false,
        })
    }

    fn complete(&mut self, address: &InstanceAddress, value: Option<Value>) {
        let name = address.resource.name.to_string();
        match value {
            Some(value) => drop(self.ids.insert(name, Id(text(&value, "id")))),
            None => drop(self.ids.remove(&name)),
        }
    }

    fn provider(&mut self, _: &ProviderKey) -> Result<Arc<dyn ConfiguredProvider>, Diagnostics> {
        Ok(Arc::new(self.cloud.clone()))
    }

    fn resource_schema(&self, _: &ProviderKey, type_name: &str) -> Option<ResourceSchema> {
        self.cloud.resource_schema(type_name)
    }

    fn schema(&self, _: &ProviderKey, _: ResourceMode, type_name: &str) -> Option<Arc<Schema>> {
        schemas().resources.get(type_name).map(|it| it.schema.clone())
    }

    fn provisioner(
        &mut self,
        _: &InstanceAddress,
        _: When,
        _: usize,
        _: &Value,
    ) -> Option<Result<Provision, Diagnostics>> {
        None
    }

    fn postconditions(&mut self, _: &InstanceAddress) -> Diagnostics {
        Vec::new()
    }

    fn outputs(&mut self, _: &[InstanceAddress]) -> (BTreeMap<Name, OutputValue>, Diagnostics) {
        Default::default()
    }

    fn diagnose(&self, address: &InstanceAddress, problem: &Problem) -> Diagnostic {
        let diagnostic = Diagnostic::error(&problem.summary, &problem.detail).on(address);
        let cause = problem.cause.as_ref().map(|it| it.name.clone());
        Diagnostic { hint: problem.hint.clone(), cause, ..diagnostic }
    }

    fn diagnose_provider(&self, key: &ProviderKey, problem: &Problem) -> Diagnostic {
        Diagnostic::error(&problem.summary, &problem.detail).on(&key.address)
    }
}
