//! Objects of providers that are other programs: what they are and what becomes of them is what these say, within the rules that
//! Terraform has for their answers.

use super::{
    Lookup, ObjectKey, ProviderKey,
    accept::{self, Of},
    change::{Action, PlanMode, Reason, ResourceChange},
    expansion::Expansion,
    ignore,
    planner::{Planner, Progress},
    problem,
    proposed::proposed,
    protect,
    questions::Purpose,
    recorded,
    resource::Declared,
    sensitive, strip,
    target::Included,
    world::World,
};
use crate::{
    address::{InstanceAddress, ResourceAddress, ResourceMode},
    diagnostic::{Diagnostics, has_errors},
    expression::syntax::tree::Body,
    provider::{Draft, Kept, Planning, Problem, Question, Reply},
    schema::Schema,
    state::Object,
    value::Value,
};
use std::sync::Arc;

impl World {
    /// Whether the provider of a type is another program.
    pub(super) fn is_asked(&self, provider: &ProviderKey, mode: ResourceMode, type_name: &str) -> bool {
        self.definition(&provider.address.source).is_some_and(|it| it.is_asked(Some((mode, type_name))))
    }
}

impl Planner {
    /// Asks what the changes of a resource's instances come to. Each is planned for that, as it will be once all is answered.
    pub(super) fn ask_for_changes(
        &mut self,
        address: &ResourceAddress,
        expansion: &Expansion,
        block: &Declared<'_>,
        included: Included,
    ) -> Progress {
        let is_asked = self.world.is_asked(&block.provider, address.mode, &address.type_name);
        if !is_asked || address.mode != ResourceMode::Managed || self.request.mode == PlanMode::RefreshOnly {
            return Progress::Done;
        }
        let is_left = |it: &ObjectKey| {
            let destroys = self.request.mode == PlanMode::Destroy;
            it.deposed.is_some()
                || destroys
                || expansion != &Expansion::Unknown && !expansion.contains(it.address.key.as_ref())
        };
        let gone: Vec<_> = self.prior.of_resource(address).into_iter().filter(is_left).collect();
        let deletions = self.ask_for_deletions(gone);
        if self.request.mode == PlanMode::Destroy {
            return deletions;
        }
        for key in expansion.keys() {
            let instance = address.instance(key);
            if included == Included::Matching && !self.request.targets.matches(&instance) {
                continue;
            }
            // What is wrong is said when it is planned for good.
            if let Ok(block) = self.block_of(block, &instance, expansion) {
                drop(self.propose(&instance, expansion, &block));
            }
        }
        let mut wanted = self.world.questions.take_wanted();
        if let Progress::Lacks(deletions) = deletions {
            wanted.extend(deletions);
        }
        lacking(wanted)
    }

    /// The change of an instance as its provider plans it. Nothing, not even an error, as long as it was not asked.
    pub(super) fn propose_as_told(
        &mut self,
        instance: &InstanceAddress,
        block: &Declared<'_>,
        config: &Value,
        prior: Option<Value>,
        is_triggered: bool,
    ) -> Result<ResourceChange, Diagnostics> {
        let (resource, schema) = (block.resource, &block.schema);
        let null = Value::null(schema.block.implied_type());
        let key = ObjectKey { address: instance.clone(), deposed: None };
        let Some(prior) = prior else {
            let told = self.told(Purpose::Plan, &key, block, &null, config, Kept::default())?;
            return Ok(self.change(instance, block, Action::Create, None, null, told.draft));
        };
        self.prior.protect(&key, protect::is_protected(&self.world, instance, resource));
        let wanted = ignore::apply(&resource.lifecycle.ignore_changes, config.clone(), &prior);
        let is_tainted = self.prior.is_tainted(&key);
        let forced = if is_tainted {
            Some(Reason::ReplaceBecauseTainted)
        } else if self.request.replace.contains(instance) {
            Some(Reason::ReplaceByRequest)
        } else if is_triggered {
            Some(Reason::ReplaceByTriggers)
        } else {
            None
        };
        // What is tainted is planned as if there were nothing.
        let (before, kept) = match is_tainted {
            true => (null.clone(), Kept::default()),
            false => (prior.clone(), self.prior.kept(&key)),
        };
        let Told { mut draft, changed, mut kept } = self.told(Purpose::Plan, &key, block, &before, &wanted, kept)?;
        let unable = (changed && !draft.replace.is_empty()).then_some(Reason::ReplaceBecauseCannotUpdate);
        let Some(reason) = forced.or(unable) else {
            if changed {
                return Ok(self.change(instance, block, Action::Update, None, prior, draft));
            }
            draft.planned = sensitive::as_configured(prior.clone(), &wanted);
            let mut change = self.change(instance, block, Action::NoOp, None, prior, draft);
            if !sensitive::is_same(&change.before, &change.after) {
                change.action = Action::Update;
            }
            return Ok(change);
        };
        if let Some(error) = protect::refusal(&self.world, instance, resource, &draft.replace) {
            self.prevented.push(error);
        }
        if !is_tainted {
            let replace = std::mem::take(&mut draft.replace);
            // What identifies the one that goes does not identify the new one.
            let anew = self.told(Purpose::Replace, &key, block, &null, config, Kept { identity: None, ..kept })?;
            (draft, kept) = (anew.draft, anew.kept);
            draft.replace = replace;
        }
        let create_first = self.world.creates_first(&instance.resource.path());
        let action = if create_first { Action::CreateThenDelete } else { Action::DeleteThenCreate };
        let change = self.change(instance, block, action, Some(reason), prior, draft);
        // The old one is deleted with what was said of the new one, as with Terraform, which plans that but once. One that is set aside
        // meanwhile is deleted by itself.
        let kept = Kept { identity: self.prior.kept(&key).identity, ..kept };
        Ok(ResourceChange { deletion: (action == Action::DeleteThenCreate).then_some(kept), ..change })
    }

    fn told(
        &mut self,
        purpose: Purpose,
        key: &ObjectKey,
        block: &Declared<'_>,
        prior: &Value,
        config: &Value,
        kept: Kept,
    ) -> Result<Told, Diagnostics> {
        let (resource, schema) = (block.resource, &block.schema);
        let meta = self.world.meta(&key.address, &block.provider)?;
        let planning = planning(schema, prior, config, kept, meta);
        let question = Question::Plan { type_name: key.address.resource.type_name.clone(), planning };
        let Some(answer) = self.world.ask(purpose, key, &block.provider, question) else {
            return Err(Diagnostics::new());
        };
        let failed = |it| vec![problem::of_config(&it, &resource.body, config)];
        let reply = answer.map_err(failed)?;
        let found = problem::diagnostics(&reply.problems, &resource.body, config);
        if has_errors(&found) {
            return Err(found);
        }
        self.diagnostics.extend(found.into_iter().map(|it| it.on(&key.address)));
        let of = Of { provider: &block.provider, address: &key.address, schema };
        let again = |planned| match prior.is_null() {
            true => planned,
            false => ignore::apply(&resource.lifecycle.ignore_changes, planned, &prior.without_marks()),
        };
        let planned = accept::planned(of, &reply, (prior, config), again)?;
        let replace = match prior.is_null() {
            true => Vec::new(),
            false => accept::replaced(of, prior, &planned, &reply.replace)?,
        };
        let changed = !planned.equals_unmarked(prior);
        let planned = sensitive::as_configured(planned, config);
        let draft = Draft { prior: prior.clone(), config: config.clone(), planned, replace };
        Ok(Told { draft, changed, kept: reply.kept })
    }

    /// As [`Planner::refresh`], of an object whose provider tells all of it.
    pub(super) fn refresh_as_told(
        &mut self,
        key: &ObjectKey,
        provider: &ProviderKey,
        object: &Arc<Object>,
        schema: &Schema,
    ) -> Progress {
        let (address, type_name) = (&key.address, key.address.resource.type_name.clone());
        let (before, stored) = match self.upgraded(key, provider, object, schema) {
            Ok(Some(upgraded)) => upgraded,
            Ok(None) => return lacking(self.world.questions.take_wanted()),
            Err(found) => return self.unreadable(key, None, found),
        };
        if !self.request.refresh || self.is_left_alone(address) {
            self.prior.settle(key, Some(before));
            return Progress::Done;
        }
        let meta = match self.world.meta(address, provider) {
            Ok(meta) => meta,
            Err(found) => return self.unreadable(key, Some(before), found),
        };
        let question = Question::Read { type_name, object: before.strip_marks().0, kept: stored, meta };
        let Some(answer) = self.world.ask(Purpose::Read, key, provider, question) else {
            return lacking(self.world.questions.take_wanted());
        };
        let reply = match answer.map_err(|it| vec![it]).and_then(accepted) {
            Ok(reply) => reply,
            Err(problems) => {
                let found = problems.iter().map(|it| problem::diagnostic(it, &Body::default(), None)).collect();
                return self.unreadable(key, Some(before), found);
            }
        };
        let said = reply.problems.iter().map(|it| problem::diagnostic(it, &Body::default(), None));
        self.diagnostics.extend(said.map(|it| sensitive::conceal(it.on(address), &before)));
        if reply.object.is_null() {
            self.prior.note_drift(key, Action::Delete, &before, None);
            self.prior.remove(key);
            return Progress::Done;
        }
        if let Err(found) = accept::read(Of { provider, address, schema }, &reply.object) {
            return self.unreadable(key, Some(before), found);
        }
        let now = schema.block.whole(reply.object).with_marks_at(&before.strip_marks().1);
        let changed = !now.equals_unmarked(&before);
        let moved = self.request.mode == PlanMode::RefreshOnly && self.moves.from.contains_key(address);
        if changed {
            self.prior.note_drift(key, Action::Update, &before, Some(&now));
        } else if moved {
            self.prior.note_drift(key, Action::NoOp, &before, Some(&now));
        }
        let is_same = object.schema_version == schema.version && recorded::kept(object) == reply.kept;
        if changed || !is_same {
            let object = Object { schema_version: schema.version, ..(**object).clone() };
            let object = recorded::keeping(object, reply.kept);
            self.replace_attributes(key, &now, schema, &object);
        } else if self.prior.recorded.provider(address).as_ref() != Some(&provider.address) {
            self.prior.put(key, (**object).clone());
        }
        self.prior.settle(key, Some(now));
        Progress::Done
    }

    /// The object of state as this release of its provider has it, with what state keeps of it; none as long as that was not asked.
    /// As with Terraform, that is asked of each object, whichever release has written it.
    fn upgraded(
        &mut self,
        key: &ObjectKey,
        provider: &ProviderKey,
        object: &Object,
        schema: &Schema,
    ) -> Result<Option<(Value, Kept)>, Diagnostics> {
        let attributes = match object.schema_version == schema.version {
            true => strip::known(object.attributes.get(), &schema.block.implied_type()),
            // The provider knows what it had then.
            false => object.attributes.get().into(),
        };
        let question = Question::Upgrade {
            type_name: key.address.resource.type_name.clone(),
            version: object.schema_version,
            attributes: attributes.as_ref().into(),
            kept: recorded::kept(object),
        };
        let Some(answer) = self.world.ask(Purpose::Upgrade, key, provider, question) else { return Ok(None) };
        let reply = answer.map_err(|it| vec![it]).and_then(accepted);
        let failed = |it: &_| problem::diagnostic(it, &Body::default(), None);
        let reply = reply.map_err(|all| all.iter().map(failed).collect::<Diagnostics>())?;
        let said = reply.problems.iter().map(|it| failed(it).on(&key.address));
        self.diagnostics.extend(said);
        accept::read(Of { provider, address: &key.address, schema }, &reply.object)?;
        let marks: Vec<_> =
            object.sensitive_paths.iter().map(|it| (it.clone(), crate::value::Marks::SENSITIVE)).collect();
        let value = schema.block.whole(reply.object).with_marks_at(&marks);
        // What this release has made of it may be secret where the older one had nothing.
        let value = match object.schema_version == schema.version {
            true => value,
            false => sensitive::mark(&schema.block, value),
        };
        let value = recorded::with_echoes(value, schema);
        Ok(Some((value, reply.kept)))
    }

    /// What the provider wants to be given when it deletes an object, if it has planned that; none as long as it was not asked.
    pub(super) fn deletion(
        &mut self,
        key: &ObjectKey,
        prior: &Value,
        provider: &ProviderKey,
    ) -> Option<Result<Option<Kept>, Diagnostics>> {
        let (resource, definition) = (&key.address.resource, self.world.definition(&provider.address.source)?);
        let is_asked = self.world.is_asked(provider, ResourceMode::Managed, &resource.type_name);
        if !is_asked || !definition.plans_deletions() || self.is_left_alone(&key.address) {
            return Some(Ok(None));
        }
        let null = Value::null(prior.ty());
        let meta = match self.world.meta(&key.address, provider) {
            Ok(meta) => meta,
            Err(found) => return Some(Err(found)),
        };
        let kept = self.prior.kept(key);
        let (prior, proposed, config) = (prior.strip_marks().0, null.clone(), null);
        let planning = Planning { prior, proposed, config, kept: kept.clone(), meta };
        let question = Question::Plan { type_name: resource.type_name.clone(), planning };
        let answer = self.world.ask(Purpose::Delete, key, provider, question)?;
        let block = self.world.resource(&resource.path()).map(|it| it.body.clone());
        let (body, place) = match &block {
            Some(body) => (&**body, Some(body.opening())),
            None => (&Body::default(), None),
        };
        let failed = |it: &Problem| problem::diagnostic(it, body, place);
        Some(match answer {
            Err(problem) => Err(vec![failed(&problem)]),
            Ok(reply) => {
                let found: Diagnostics = reply.problems.iter().map(failed).collect();
                if has_errors(&found) {
                    Err(found)
                } else if reply.object.is_null() {
                    self.diagnostics.extend(found.into_iter().map(|it| it.on(&key.address)));
                    Ok(Some(Kept { identity: kept.identity, ..reply.kept }))
                } else {
                    Err(vec![accept::no_deletion(&key.address, provider)])
                }
            }
        })
    }

    /// Asks for the deletions of these, as they will be planned once all is answered.
    pub(super) fn ask_for_deletions(&mut self, keys: impl IntoIterator<Item = ObjectKey>) -> Progress {
        for key in keys {
            if let Some((prior, provider)) = self.to_delete(&key) {
                // What is wrong is said when it is planned for good.
                let said = self.diagnostics.len();
                drop(self.deletion(&key, &prior, &provider));
                self.diagnostics.truncate(said);
            }
        }
        lacking(self.world.questions.take_wanted())
    }

    fn unreadable(&mut self, key: &ObjectKey, before: Option<Value>, found: Diagnostics) -> Progress {
        let null = Value::null(crate::value::Type::Any);
        let secret = before.as_ref().unwrap_or(&null);
        let found = found.into_iter().map(|it| sensitive::conceal(it.on(&key.address), secret));
        self.diagnostics.extend(found);
        self.prior.settle(key, before);
        Progress::Done
    }
}

/// A change as the provider plans it.
struct Told {
    draft: Draft,
    changed: bool,
    /// What it wants to be given when it plans further.
    kept: Kept,
}

/// What a provider is asked of a change.
pub fn planning(schema: &Schema, prior: &Value, config: &Value, kept: Kept, meta: Option<Value>) -> Planning {
    let (prior, config) = (prior.strip_marks().0, config.strip_marks().0);
    let proposed = proposed(&schema.block, &prior, &config);
    Planning { prior, proposed, config, kept, meta }
}

/// The answer, if nothing in it is an error.
fn accepted(reply: Reply) -> Result<Reply, Vec<Problem>> {
    if reply.problems.iter().any(Problem::is_error) { Err(reply.problems) } else { Ok(reply) }
}

fn lacking(lookups: Vec<Lookup>) -> Progress {
    if lookups.is_empty() { Progress::Done } else { Progress::Lacks(lookups) }
}
