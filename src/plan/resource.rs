//! Planning the instances of one managed resource.

use super::{
    ObjectKey, ProviderKey, Snapshot,
    change::{Action, PlanMode, Reason, ResourceChange},
    checks::{Checked, Condition},
    diff::{self, Difference},
    expansion::Expansion,
    ignore,
    planner::{Planner, Progress},
    problem, protect,
    provider::provider_key,
    recorded, refresh,
    removed::Forgotten,
    rules::{self, Around},
    sensitive, spelling,
    target::Included,
    trigger,
};
use crate::{
    address::{InstanceAddress, InstanceKey, ResourceAddress, ResourceMode, ResourcePath},
    diagnostic::{Diagnostic, Diagnostics, has_errors},
    lang::{
        configuration::{Configuration, Resource},
        dependencies::{ProviderUse, provider_for},
    },
    provider::{ConfiguredProvider, Draft},
    schema::Schema,
    value::Value,
};
use std::{collections::BTreeSet, sync::Arc};

/// What planning one instance needs besides its address.
#[derive(Clone)]
pub(super) struct Declared<'c> {
    pub resource: &'c Resource,
    pub schema: Arc<Schema>,
    pub used: ProviderUse<'c>,
    /// That of the instance, once it is known which of `used` that is.
    pub provider: ProviderKey,
}

impl Planner {
    pub(super) fn visit_resource(&mut self, path: &ResourcePath, included: Included, snapshot: &Snapshot) -> Progress {
        let configuration: Arc<Configuration> = self.world.setting.configuration.clone();
        let Some(module) = configuration.modules.get(&path.module) else { return Progress::Done };
        let Some(resource) = module.resource(path) else { return Progress::Done };
        if self.request.mode == PlanMode::Destroy && module.check_around(path).is_some() {
            return Progress::Done;
        }
        let used = provider_for(&configuration, resource, &path.module);
        let source = &used.address.source;
        let Some(schema) = self.world.schema(source, path.mode, &path.type_name) else {
            match self.world.described(source, path.mode, &path.type_name) {
                Some(schema) => self.visit_unmanaged(path, resource, &schema, included),
                None => self.diagnostics.push(self.world.unsupported_type(source, path, resource.type_span)),
            }
            return Progress::Done;
        };
        let mut lacking = Vec::new();
        let mut planned = Vec::new();
        for module in self.world.instances_of(&path.module) {
            let provider = provider_key(&used.address, &module);
            let block = Declared { resource, schema: schema.clone(), used: used.clone(), provider };
            let address = path.within(&module);
            let expansion = self.world.expand(&module, resource.count.as_ref(), resource.for_each.as_ref());
            if included == Included::Nothing {
                self.take_as_recorded(&address, expansion, &block);
                continue;
            }
            let progress = match path.mode {
                ResourceMode::Managed => match self.import_all(&address, &expansion, &block, snapshot) {
                    Progress::Done => self.refresh_all(&address, &expansion, &block, snapshot),
                    lacking => lacking,
                },
                ResourceMode::Data | ResourceMode::Ephemeral => self.read_all(&address, &expansion, &block, snapshot),
            };
            match progress {
                Progress::Done => match self.ask_for_changes(&address, &expansion, &block, included) {
                    Progress::Done => planned.push((address, expansion, block)),
                    Progress::Lacks(lookups) => lacking.extend(lookups),
                },
                Progress::Lacks(lookups) => lacking.extend(lookups),
            }
        }
        if !lacking.is_empty() {
            return Progress::Lacks(lacking);
        }
        for (address, expansion, block) in planned {
            match path.mode {
                ResourceMode::Managed => {
                    self.check_replace(&address, &expansion);
                    self.plan_instances(&address, expansion, &block, included);
                }
                ResourceMode::Data | ResourceMode::Ephemeral => self.plan_data(&address, expansion, &block, snapshot),
            }
        }
        if included != Included::Nothing {
            self.check_imports(path);
        }
        Progress::Done
    }

    /// Warns of a request to replace a resource as a whole, whose instances have keys: it replaces nothing.
    fn check_replace(&mut self, address: &ResourceAddress, expansion: &Expansion) {
        if matches!(expansion, Expansion::Single | Expansion::Unknown) {
            return;
        }
        for request in self.request.replace.iter().filter(|it| it.resource == *address && it.key.is_none()) {
            let instances: Vec<String> =
                expansion.keys().into_iter().map(|it| address.instance(it).to_string()).collect();
            let (why, what) = match &instances[..] {
                [] => ("this resource doesn't have any instances", String::new()),
                [one] => (
                    "it lacks an instance key",
                    format!(
                        "\n\nTo force replacement of the single declared instance, use the following option instead:\n  \
                         -replace={one:?}"
                    ),
                ),
                all => {
                    let options = all.iter().map(|it| format!("\n  -replace={it:?}")).collect::<String>();
                    let what = "To force replacement of particular instances, use one or more of the following options \
                                instead:";
                    ("it lacks an instance key", format!("\n\n{what}{options}"))
                }
            };
            let detail = format!(
                "Your force-replace request for {request} doesn't match any resource instances because {why}.{what}"
            );
            let summary = "Incompletely-matched force-replace resource instance";
            self.diagnostics.push(Diagnostic::warning(summary, detail));
        }
    }

    fn refresh_all(
        &mut self,
        address: &ResourceAddress,
        expansion: &Expansion,
        block: &Declared<'_>,
        snapshot: &Snapshot,
    ) -> Progress {
        let mut lacking = Vec::new();
        for key in self.prior.of_resource(address) {
            if self.prior.is_settled(&key) {
                continue;
            }
            match self.configured_owner(&key, block, expansion) {
                Ok(owner) => {
                    if let Progress::Lacks(lookups) = self.refresh(&key, owner, snapshot) {
                        lacking.extend(lookups);
                    }
                }
                Err(error) => self.give_up(&key, *error),
            }
        }
        if lacking.is_empty() { Progress::Done } else { Progress::Lacks(lacking) }
    }

    /// Nobody can be asked for an object of state.
    fn give_up(&mut self, key: &ObjectKey, error: Diagnostic) {
        self.diagnostics.push(error.on(&key.address));
        self.prior.settle(key, None);
    }

    /// What `-target` leaves out is not read: references to it see what state says.
    fn take_as_recorded(&mut self, address: &ResourceAddress, expansion: Expansion, block: &Declared<'_>) {
        self.world.objects.declare(address.clone(), expansion);
        let state = self.prior.recorded.clone();
        let definition = self.world.definition(&block.provider.address.source).cloned();
        for key in self.prior.of_resource(address).into_iter().filter(|it| it.deposed.is_none()) {
            let value = refresh::object(&state, &key)
                .and_then(|it| recorded::value(it, &block.schema, definition.as_deref(), &address.type_name).ok());
            if let Some(value) = value {
                self.world.objects.complete(&key.address, Some(sensitive::mark(&block.schema.block, value)));
            }
        }
    }

    fn plan_instances(
        &mut self,
        address: &ResourceAddress,
        expansion: Expansion,
        block: &Declared<'_>,
        included: Included,
    ) {
        let keys = expansion.keys();
        self.world.objects.declare(address.clone(), expansion.clone());
        let mut recorded: BTreeSet<Option<InstanceKey>> = BTreeSet::new();
        for key in self.prior.of_resource(address) {
            if key.deposed.is_some() {
                self.plan_delete(&key, None, Some(block.resource));
            } else {
                recorded.insert(key.address.key);
            }
        }
        for key in keys {
            recorded.remove(&key);
            let instance = address.instance(key);
            if included == Included::Matching && !self.request.targets.matches(&instance) {
                self.keep(&instance, block);
                continue;
            }
            match self.request.mode {
                PlanMode::Normal => self.plan_instance(&instance, &expansion, block),
                PlanMode::RefreshOnly => {
                    self.keep(&instance, block);
                    self.check_kept(&instance, &expansion, block);
                }
                PlanMode::Destroy => {
                    self.keep(&instance, block);
                    let key = ObjectKey { address: instance, deposed: None };
                    self.plan_delete(&key, None, Some(block.resource));
                }
            }
        }
        // Everything that has to be asked was asked before.
        if self.world.questions.any_wanted() {
            let detail =
                format!("What {address} comes to depends on how often it is planned. This is a bug in rforge.");
            self.diagnostics.push(Diagnostic::error("Unanswered question", detail));
        }
        if expansion == Expansion::Unknown {
            return;
        }
        for key in recorded {
            let reason = match (&expansion, &key) {
                (Expansion::Count(_), Some(InstanceKey::Index(_))) => Reason::DeleteBecauseCountIndex,
                (Expansion::Each(_), Some(InstanceKey::Key(_))) => Reason::DeleteBecauseEachKey,
                _ => Reason::DeleteBecauseWrongRepetition,
            };
            let key = ObjectKey { address: address.instance(key), deposed: None };
            self.plan_delete(&key, Some(reason), Some(block.resource));
        }
    }

    /// The instance stays what it is; references see its prior value.
    fn keep(&mut self, instance: &InstanceAddress, block: &Declared<'_>) {
        let key = ObjectKey { address: instance.clone(), deposed: None };
        let prior = self.prior.value(&key).cloned();
        let value = prior.unwrap_or_else(|| Value::unknown(block.schema.block.implied_type()));
        self.world.objects.complete(instance, Some(sensitive::mark(&block.schema.block, value)));
    }

    /// The conditions of an instance that stays what it is.
    fn check_kept(&self, instance: &InstanceAddress, expansion: &Expansion, block: &Declared<'_>) {
        let of = Checked::resource(&instance.resource, instance.key.clone());
        let repetition = &expansion.repetition(instance.key.as_ref());
        let lifecycle = &block.resource.lifecycle;
        let before = Around { repetition, this: None };
        rules::check(&self.world, &of, Condition::Precondition, &lifecycle.preconditions, before);
        let after = Around { repetition, this: self.world.objects.instance(instance) };
        rules::check(&self.world, &of, Condition::Postcondition, &lifecycle.postconditions, after);
    }

    fn plan_instance(&mut self, instance: &InstanceAddress, expansion: &Expansion, block: &Declared<'_>) {
        let ty = block.schema.block.implied_type();
        let of_instance = self.block_of(block, instance, expansion).map_err(|it| vec![*it]);
        match of_instance.and_then(|block| self.propose(instance, expansion, &block)) {
            Ok(change) => {
                self.world.objects.complete(instance, Some(change.after.clone()));
                let of = Checked::resource(&instance.resource, instance.key.clone());
                let repetition = expansion.repetition(instance.key.as_ref());
                let around = Around { repetition: &repetition, this: Some(&change.after) };
                let rules = &block.resource.lifecycle.postconditions;
                rules::check(&self.world, &of, Condition::Postcondition, rules, around);
                self.proposal.instance(change);
            }
            Err(diagnostics) => {
                let address = instance.to_string();
                let on = |it: Diagnostic| Diagnostic { address: it.address.or(Some(address.clone())), ..it };
                self.diagnostics.extend(diagnostics.into_iter().map(on));
                self.world.objects.complete(instance, Some(Value::unknown(ty)));
            }
        }
    }

    pub(super) fn propose(
        &mut self,
        instance: &InstanceAddress,
        expansion: &Expansion,
        block: &Declared<'_>,
    ) -> Result<ResourceChange, Diagnostics> {
        let resource = block.resource;
        let schema = &block.schema.block;
        let module = &instance.resource.module;
        let repetition = expansion.repetition(instance.key.as_ref());
        let of = Checked::resource(&instance.resource, instance.key.clone());
        let around = Around { repetition: &repetition, this: None };
        if !rules::check(&self.world, &of, Condition::Precondition, &resource.lifecycle.preconditions, around) {
            // It is reported, and what it guards is not looked at.
            return Err(Diagnostics::new());
        }
        let config = self.world.config(resource, schema, module, &repetition)?;
        self.validate(instance, block, &config)?;
        let key = ObjectKey { address: instance.clone(), deposed: None };
        let prior = self.prior.value(&key).cloned();
        let null = Value::null(schema.implied_type());
        let provider = self.world.provider(&block.provider)?;
        let type_name = &instance.resource.type_name;
        let is_triggered = trigger::fired(self, &resource.lifecycle.replace_triggered_by, module, &repetition);
        if self.world.is_asked(&block.provider, ResourceMode::Managed, type_name) {
            return self.propose_as_told(instance, block, &config, prior, is_triggered);
        }
        let Some(prior) = prior else {
            let draft = draft(&*provider, type_name, block, &null, &config)?;
            return Ok(self.change(instance, block, Action::Create, None, null, draft));
        };
        self.prior.protect(&key, protect::is_protected(&self.world, instance, resource));
        let wanted = ignore::apply(&resource.lifecycle.ignore_changes, config.clone(), &prior);
        let mut draft_now = draft(&*provider, type_name, block, &prior, &wanted)?;
        let Difference { changed, .. } = diff::difference(&block.schema, &prior, &draft_now.planned);
        let reason = if self.prior.is_tainted(&key) {
            Some(Reason::ReplaceBecauseTainted)
        } else if self.request.replace.contains(instance) {
            Some(Reason::ReplaceByRequest)
        } else if is_triggered {
            Some(Reason::ReplaceByTriggers)
        } else if changed && !draft_now.replace.is_empty() {
            Some(Reason::ReplaceBecauseCannotUpdate)
        } else {
            None
        };
        let Some(reason) = reason else {
            if !changed {
                draft_now.planned = sensitive::as_configured(prior.clone(), &wanted);
                let mut change = self.change(instance, block, Action::NoOp, None, prior, draft_now);
                if !sensitive::is_same(&change.before, &change.after) {
                    change.action = Action::Update;
                }
                return Ok(change);
            }
            return Ok(self.change(instance, block, Action::Update, None, prior, draft_now));
        };
        if let Some(error) = protect::refusal(&self.world, instance, resource, &draft_now.replace) {
            self.prevented.push(error);
        }
        let replace = std::mem::take(&mut draft_now.replace);
        // A new object has no changes that could be ignored: it is made as the configuration has it.
        let mut draft = draft(&*provider, type_name, block, &null, &config)?;
        // A tainted object is replaced whatever its arguments are, so that none of them is the reason.
        draft.replace = if reason == Reason::ReplaceBecauseTainted { Vec::new() } else { replace };
        let create_first = self.world.creates_first(&instance.resource.path());
        let action = if create_first { Action::CreateThenDelete } else { Action::DeleteThenCreate };
        Ok(self.change(instance, block, action, Some(reason), prior, draft))
    }

    pub(super) fn change(
        &self,
        instance: &InstanceAddress,
        block: &Declared<'_>,
        action: Action,
        reason: Option<Reason>,
        before: Value,
        draft: Draft,
    ) -> ResourceChange {
        ResourceChange {
            address: instance.clone(),
            deposed: None,
            previous_address: None,
            importing: None,
            provider: block.provider.clone(),
            action,
            reason,
            before: sensitive::mark(&block.schema.block, before),
            after: sensitive::mark(&block.schema.block, draft.planned),
            in_full: spelling::in_full(&block.schema.block, &draft.config),
            replace_paths: draft.replace,
            deletion: None,
        }
    }

    fn validate(&self, instance: &InstanceAddress, block: &Declared<'_>, config: &Value) -> Result<(), Diagnostics> {
        let Some(problems) = self.world.ask_of_config(instance, &block.provider, config) else {
            // It is wanted, and this comes again.
            return Err(Diagnostics::new());
        };
        let diagnostics = problem::diagnostics(&problems, &block.resource.body, config);
        if has_errors(&diagnostics) { Err(diagnostics) } else { Ok(()) }
    }

    /// Plans the deletion of an object that state holds, if it still exists.
    pub(super) fn plan_delete(&mut self, key: &ObjectKey, reason: Option<Reason>, resource: Option<&Resource>) {
        let Some((prior, provider)) = self.to_delete(key) else { return };
        let deletion = match self.deletion(key, &prior, &provider) {
            Some(Ok(deletion)) => deletion,
            // It was asked before.
            None => None,
            Some(Err(found)) => return self.diagnostics.extend(found.into_iter().map(|it| it.on(&key.address))),
        };
        if key.deposed.is_none()
            && let Some(error) = resource.and_then(|it| protect::refusal(&self.world, &key.address, it, &[]))
        {
            self.prevented.push(error);
        }
        let schema =
            self.world.schema(&provider.address.source, ResourceMode::Managed, &key.address.resource.type_name);
        let before = schema.map_or(prior.clone(), |it| sensitive::mark(&it.block, prior));
        self.proposal.deletion(ResourceChange {
            address: key.address.clone(),
            deposed: key.deposed.clone(),
            previous_address: None,
            importing: None,
            provider,
            action: Action::Delete,
            // Where everything is destroyed nothing has a reason of its own.
            reason: reason.filter(|_| self.request.mode == PlanMode::Normal),
            after: Value::null(before.ty()),
            before,
            in_full: Default::default(),
            replace_paths: Vec::new(),
            deletion,
        });
    }

    /// An object to delete, and who does it.
    pub(super) fn to_delete(&self, key: &ObjectKey) -> Option<(Value, ProviderKey)> {
        if self.request.mode == PlanMode::RefreshOnly || !self.request.targets.allows(&key.address) {
            return None;
        }
        Some((self.prior.value(key)?.clone(), self.prior.owner(key)?.clone()))
    }

    /// The objects of resources that the configuration does not have at all. Of what failed it is not known whether it has them.
    pub(super) fn orphans(&self) -> Vec<ObjectKey> {
        let is_orphan =
            |it: &ObjectKey| self.world.objects.expansion(&it.address.resource).is_none() && !self.has_failed(it);
        refresh::objects_of(&self.prior.recorded).into_iter().filter(is_orphan).collect()
    }

    /// Plans the deletion of what state holds and the configuration does not have at all.
    pub(super) fn plan_orphans(&mut self, snapshot: &Snapshot) -> Progress {
        let mut lacking = Vec::new();
        let orphans = self.orphans();
        for key in &orphans {
            if !self.request.targets.allows(&key.address) || self.prior.is_settled(key) {
                continue;
            }
            match self.recorded_owner(key) {
                Ok(owner) => {
                    if let Progress::Lacks(lookups) = self.refresh(key, owner, snapshot) {
                        lacking.extend(lookups);
                    }
                }
                Err(error) => self.give_up(key, *error),
            }
        }
        if !lacking.is_empty() {
            return Progress::Lacks(lacking);
        }
        let forgotten = |it: &ResourcePath| self.request.mode == PlanMode::Normal && self.forgotten.contains(it);
        let gone: Vec<_> = orphans.iter().filter(|it| !forgotten(&it.address.resource.path())).cloned().collect();
        if let Progress::Lacks(lookups) = self.ask_for_deletions(gone) {
            return Progress::Lacks(lookups);
        }
        let mut unprotected = Vec::new();
        let destroyed = Forgotten::destroyed(&self.world.setting.configuration);
        for key in orphans {
            let reason = self.orphaned(&key.address);
            // One whose module has lost the instance that it is in still has a block, which may protect it.
            let configuration = self.world.setting.configuration.clone();
            let path = key.address.resource.path();
            let block = configuration.modules.get(&path.module).and_then(|it| it.resource(&path));
            self.plan_delete(&key, Some(reason), block);
            let Some(change) = self.proposal.changes.last_mut().filter(|it| it.address == key.address) else {
                continue;
            };
            if self.request.mode == PlanMode::Normal && self.forgotten.contains(&path) {
                change.action = Action::Forget;
            } else if block.is_none() && self.prior.is_protected(&key) && !destroyed.contains(&path) {
                unprotected.push(key);
            }
        }
        self.diagnostics.extend(protect::unprotected(&unprotected));
        Progress::Done
    }

    /// Why what `address` names has to go. It has no block, or one in an instance of its module that is not there.
    fn orphaned(&self, address: &InstanceAddress) -> Reason {
        if self.world.resource(&address.resource.path()).is_some() {
            Reason::DeleteBecauseNoModule
        } else if self.moves.from.contains_key(address) {
            Reason::DeleteBecauseNoMoveTarget
        } else {
            Reason::DeleteBecauseNoResourceConfig
        }
    }
}

/// The proposed object, with the provider's own rules applied. `prior` is null for a create.
pub(super) fn draft(
    provider: &dyn ConfiguredProvider,
    type_name: &str,
    block: &Declared<'_>,
    prior: &Value,
    config: &Value,
) -> Result<Draft, Diagnostics> {
    let schema = &block.schema;
    let planned = diff::propose(schema, prior, config);
    let replace = if prior.is_null() { Vec::new() } else { diff::difference(schema, prior, &planned).replace };
    let mut draft = Draft { prior: prior.clone(), config: config.clone(), planned, replace };
    provider.plan(type_name, &mut draft).map_err(|it| vec![problem::of_config(&it, &block.resource.body, config)])?;
    draft.planned = sensitive::as_configured(draft.planned, config);
    Ok(draft)
}
