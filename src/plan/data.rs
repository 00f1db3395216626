//! Data sources: read while planning if everything they need is known, otherwise planned as a read. Ephemeral resources
//! are opened in the same way, and opened again by applying, as no plan holds what they gave.

use super::{
    Lookup, Snapshot,
    accept::{self, Of},
    change::{Action, PlanMode, Reason, ResourceChange},
    checks::{Checked, Condition},
    diff,
    expansion::Expansion,
    order,
    planner::{Planner, Progress},
    problem,
    proposed::proposed_data,
    recorded,
    resource::Declared,
    rules::{self, Around},
    sensitive,
};
use crate::{
    address::{InstanceAddress, ModulePath, ResourceAddress, ResourceMode, ResourcePath},
    diagnostic::{Diagnostic, Diagnostics},
    expression::{
        references::{Subject, references},
        syntax::tree::Expression,
    },
    lang::{dependencies::Node, rule::Verdict},
    provider::Wanted,
    value::{Marks, Value},
};
use std::{cell::LazyCell, collections::BTreeSet, sync::Arc};

impl Planner {
    /// Asks for what can be read now.
    pub(super) fn read_all(
        &mut self,
        address: &ResourceAddress,
        expansion: &Expansion,
        block: &Declared<'_>,
        snapshot: &Snapshot,
    ) -> Progress {
        let mut lacking = Vec::new();
        let waits = LazyCell::new(|| self.is_waiting(block, &address.path()));
        for key in expansion.keys() {
            let instance = address.instance(key);
            if snapshot.data.contains_key(&instance) {
                continue;
            }
            if let Ok(config) = self.data_config(&instance, expansion, block)
                && config.is_wholly_known()
                && !*waits
            {
                // A provider that cannot be told is reported when the data source is planned.
                let Ok(of_instance) = self.block_of(block, &instance, expansion) else { continue };
                let provider = of_instance.provider.clone();
                // What is wrong with it is told when it is planned for good.
                let meta = self.world.meta(&instance, &provider).unwrap_or_default();
                let config = config.strip_marks().0;
                lacking.push(Lookup::Data(instance.clone(), provider, Wanted { address: instance, config, meta }));
            }
        }
        if lacking.is_empty() { Progress::Done } else { Progress::Lacks(lacking) }
    }

    fn data_config(
        &self,
        instance: &InstanceAddress,
        expansion: &Expansion,
        block: &Declared<'_>,
    ) -> Result<Value, Diagnostics> {
        let repetition = expansion.repetition(instance.key.as_ref());
        self.world.config(block.resource, &block.schema.block, &instance.resource.module, &repetition)
    }

    /// Whether something that the data source waits for has changes to come: what it refers to, or names in `depends_on`, its own or
    /// that of a module call around it. What is there to be checked waits for all that it needs, however it comes by that.
    fn is_waiting(&self, block: &Declared<'_>, path: &ResourcePath) -> bool {
        let lifecycle = &block.resource.lifecycle;
        let conditional = !(lifecycle.preconditions.is_empty() && lifecycle.postconditions.is_empty());
        if (conditional || self.world.check_around(path).is_some())
            && self.world.setting.graph.needed_by([path]).into_iter().any(|it| self.proposal.is_changing(it))
        {
            return true;
        }
        if path.mode == ResourceMode::Data && self.refers_to_changes(path) {
            return true;
        }
        let module = &path.module;
        let mut path = module.clone();
        let mut waits = self.any_changing(&block.resource.depends_on, &path);
        while let (false, Some(parent), Some(name)) = (waits, path.parent(), path.0.last()) {
            let call = self.world.setting.configuration.modules[&parent].calls.get(name);
            waits = call.is_some_and(|call| self.any_changing(&call.depends_on, &parent));
            path = parent;
        }
        waits
    }

    /// Whether the block itself refers to an object that has changes to come. It may need what becomes of that, however much is
    /// known of the argument: so Terraform takes it for something that it waits for. What it learns through a local value or the like
    /// counts only where it is unknown.
    fn refers_to_changes(&self, path: &ResourcePath) -> bool {
        let graph = &self.world.setting.graph;
        let Some(at) = graph.index(&Node::Resource(path.clone())) else { return false };
        let mut referred = graph.needs[at].iter().filter_map(|it| graph.resource(*it));
        referred.any(|it| it.mode == ResourceMode::Managed && self.proposal.is_changing(it))
    }

    fn any_changing(&self, depends_on: &[Expression], module: &ModulePath) -> bool {
        // What cannot be parsed was reported when the graph was built.
        let subjects = depends_on.iter().flat_map(|it| references(it, &mut Diagnostics::new()));
        let graph = &self.world.setting.graph;
        let is_changing =
            |at: usize| matches!(&graph.nodes[at], Node::Resource(path) if self.proposal.is_changing(path));
        // What these need themselves counts as well, whether it changes them or not.
        subjects.into_iter().any(|reference| {
            let node = match reference.subject {
                Subject::Resource { mode, type_name, name, .. } => {
                    Node::Resource(ResourcePath { module: module.clone(), mode, type_name, name })
                }
                Subject::Module { call, .. } => Node::Close(module.child(&call)),
                _ => return false,
            };
            let Some(at) = graph.index(&node) else { return false };
            is_changing(at) || graph.resources_needed(at).any(is_changing)
        })
    }

    pub(super) fn plan_data(
        &mut self,
        address: &ResourceAddress,
        expansion: Expansion,
        block: &Declared<'_>,
        snapshot: &Snapshot,
    ) {
        self.world.objects.declare(address.clone(), expansion.clone());
        for key in expansion.keys() {
            let instance = address.instance(key);
            let of_instance = self.block_of(block, &instance, &expansion).map_err(|it| vec![*it]);
            let value = match of_instance.and_then(|block| self.plan_one(&instance, &expansion, &block, snapshot)) {
                Ok(value) => value,
                Err(diagnostics) => {
                    let on = |it: Diagnostic| if it.address.is_none() { it.on(&instance) } else { it };
                    self.diagnostics.extend(diagnostics.into_iter().map(on));
                    Value::unknown(block.schema.block.implied_type())
                }
            };
            self.world.objects.complete(&instance, Some(value.clone()));
            let repetition = expansion.repetition(instance.key.as_ref());
            let of = Checked::resource(&instance.resource, instance.key.clone());
            let around = Around { repetition: &repetition, this: Some(&value) };
            let rules = &block.resource.lifecycle.postconditions;
            rules::check(&self.world, &of, Condition::Postcondition, rules, around);
        }
    }

    fn plan_one(
        &mut self,
        instance: &InstanceAddress,
        expansion: &Expansion,
        block: &Declared<'_>,
        snapshot: &Snapshot,
    ) -> Result<Value, Diagnostics> {
        let repetition = expansion.repetition(instance.key.as_ref());
        let of = Checked::resource(&instance.resource, instance.key.clone());
        let around = Around { repetition: &repetition, this: None };
        if !rules::check(&self.world, &of, Condition::Precondition, &block.resource.lifecycle.preconditions, around) {
            return Err(Diagnostics::new());
        }
        let config = self.data_config(instance, expansion, block)?;
        let schema = &block.schema.block;
        self.world.meta(instance, &block.provider)?;
        let said = snapshot.said.get(instance).map(|it| problem::diagnostics(it, &block.resource.body, &config));
        let is_checked = self.world.check_of(&instance.resource).is_some();
        let said = said.into_iter().flatten().filter(|it| !is_checked || !it.is_error());
        self.diagnostics.extend(said.map(|it| it.on(instance)));
        if instance.resource.mode == ResourceMode::Ephemeral {
            return self.plan_opening(instance, block, &config, snapshot);
        }
        let checked = self.world.check_of(&instance.resource);
        match (snapshot.data.get(instance), checked) {
            (Some(Ok(value)), checked) => {
                if self.world.is_asked(&block.provider, ResourceMode::Data, &instance.resource.type_name) {
                    let of = Of { provider: &block.provider, address: instance, schema: &block.schema };
                    accept::data(of, value)?;
                }
                let marks = config.strip_marks().1;
                let value = sensitive::mark(schema, value.clone().with_marks_at(&marks));
                let remarks = self.world.remarks(&block.provider.address.source, instance, &value);
                self.diagnostics.extend(remarks);
                match checked {
                    None => self.record_data(instance, block, &value)?,
                    Some(check) => {
                        self.world.note(&check, Condition::Read, 0, &Verdict::Holds);
                        self.plan_read(instance, block, Reason::ReadBecauseCheckNested, value.clone());
                    }
                }
                Ok(value)
            }
            (Some(Err(problem)), None) => {
                let resource = block.resource;
                Err(vec![problem::of_config(problem, &resource.body, &config)])
            }
            (Some(Err(problem)), Some(_)) => {
                let warning = self.world.unread(instance, problem);
                self.diagnostics.extend(warning);
                let after = self.later(block, &config);
                self.plan_read(instance, block, Reason::ReadBecauseCheckNested, after.clone());
                Ok(after)
            }
            (None, _) => {
                let reason = match config.is_wholly_known() {
                    true => Reason::ReadBecauseDependencyPending,
                    false => Reason::ReadBecauseConfigUnknown,
                };
                let after = self.later(block, &config);
                if self.request.mode == PlanMode::Normal {
                    self.proposal.note_changing(instance.resource.path());
                }
                self.plan_read(instance, block, reason, after.clone());
                Ok(after)
            }
        }
    }

    /// What is open now; unknown as far as it has to wait.
    fn plan_opening(
        &mut self,
        instance: &InstanceAddress,
        block: &Declared<'_>,
        config: &Value,
        snapshot: &Snapshot,
    ) -> Result<Value, Diagnostics> {
        let schema = &block.schema.block;
        let value = match snapshot.data.get(instance) {
            Some(Err(problem)) => {
                return Err(vec![problem::of_config(problem, &block.resource.body, config)]);
            }
            Some(Ok(value)) => sensitive::mark(schema, value.clone().with_marks_at(&config.strip_marks().1)),
            None => self.later(block, config),
        };
        if self.request.mode != PlanMode::RefreshOnly {
            self.push_read(instance, block, None, Value::unknown(schema.implied_type()));
        }
        Ok(value.marked(Marks::EPHEMERAL))
    }

    /// What is only destroyed needs nothing but its providers: the rest is not opened again.
    pub(super) fn drop_idle_openings(&mut self) {
        if self.request.mode != PlanMode::Destroy {
            return;
        }
        let openings = order::openings(&self.world.setting, &self.proposal.changes);
        let needed: BTreeSet<ResourcePath> = openings.into_values().flatten().collect();
        let is_needed = |path: ResourcePath| path.mode != ResourceMode::Ephemeral || needed.contains(&path);
        self.proposal.changes.retain(|it| is_needed(it.address.resource.path()));
    }

    /// What is known of data that is yet to be read.
    fn later(&self, block: &Declared<'_>, config: &Value) -> Value {
        let schema = &block.schema.block;
        let resource = block.resource;
        if self.world.is_asked(&block.provider, resource.mode, &resource.type_name) {
            return sensitive::mark(schema, proposed_data(schema, config));
        }
        let null = Value::null(schema.implied_type());
        sensitive::mark(schema, diff::propose(&block.schema, &null, config))
    }

    fn plan_read(&mut self, instance: &InstanceAddress, block: &Declared<'_>, reason: Reason, after: Value) {
        if self.request.mode == PlanMode::Normal {
            self.push_read(instance, block, Some(reason), after);
        }
    }

    fn push_read(&mut self, instance: &InstanceAddress, block: &Declared<'_>, reason: Option<Reason>, after: Value) {
        self.proposal.read(ResourceChange {
            address: instance.clone(),
            deposed: None,
            previous_address: None,
            importing: None,
            provider: block.provider.clone(),
            action: Action::Read,
            reason,
            before: Value::null(block.schema.block.implied_type()),
            after,
            in_full: Default::default(),
            replace_paths: Vec::new(),
            deletion: None,
        });
    }

    fn record_data(
        &mut self,
        instance: &InstanceAddress,
        block: &Declared<'_>,
        value: &Value,
    ) -> Result<(), Diagnostics> {
        let object = recorded::object(value, &block.schema)
            .map_err(|error| vec![Diagnostic::error("Provider produced an invalid object", error.to_string())])?;
        self.prior.state.put(instance, None, &block.provider.address, Arc::new(object));
        Ok(())
    }
}
