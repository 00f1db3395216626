//! Planning, in rounds: each goes as far as the answers so far allow, and asks for what it lacks.
//!
//! One round visits the nodes of the configuration in dependency order. A node that lacks an answer blocks what
//! depends on it until the next round; what is planned stays planned. All objects of state are asked for in the
//! first round, so that a plan without chains of data sources takes two.

use super::{
    Lookup, ObjectKey, Planning, ProviderKey, Snapshot,
    change::{OutputChange, Plan, PlanMode, ResourceChange, Steps},
    checks::Checks,
    claims,
    import::{self, Imports},
    moves::{self, Moves},
    order,
    prior::Prior,
    proposal::Proposal,
    provisioners, relevant,
    removed::{self, Forgotten},
    rules,
    target::{Included, Targets},
    unmanaged::Unmanaged,
    world::{Pass, Setting, World},
};
use crate::{
    address::{
        InstanceAddress, InstanceKey, ModuleAddress, ModulePath, Name, ProviderAddress, ProviderSource,
        ResourceAddress, ResourceMode,
    },
    diagnostic::{Diagnostic, Diagnostics, distinct, has_errors},
    lang::dependencies::{Node, provider_for, provider_node, source_of, used_providers},
    product::PRODUCT,
    state::State,
    value::Value,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

/// What the user asks of a plan.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub mode: PlanMode,
    pub targets: Targets,
    /// `-replace`
    pub replace: Vec<InstanceAddress>,
    /// The resource blocks that were generated for what is imported.
    pub generated: BTreeMap<InstanceAddress, String>,
    /// Not set: state is taken as it is.
    pub refresh: bool,
}

pub struct Planner {
    pub(super) world: World,
    pub(super) request: Request,
    pub(super) prior: Prior,
    pub(super) proposal: Proposal,
    pub(super) diagnostics: Diagnostics,
    /// Objects that would be destroyed and must not be. Their changes are planned, so that what was meant can be seen.
    pub(super) prevented: Diagnostics,
    pub(super) unmanaged: Unmanaged,
    pub(super) moves: Moves,
    pub(super) imports: Imports,
    /// What is only to be forgotten.
    pub(super) forgotten: Forgotten,
    included: Vec<Included>,
    /// The provider blocks that something in the configuration uses. The others are not looked at, unless state needs them.
    used: HashSet<Node>,
    done: Vec<bool>,
    /// The nodes with which something is wrong, and those that come after them.
    failed: Vec<bool>,
    /// State could not be brought to where the configuration wants its objects, so that nothing that is planned is what was meant.
    unsound: bool,
}

/// How far a node came.
pub(super) enum Progress {
    Done,
    Lacks(Vec<Lookup>),
}

impl Planner {
    pub fn new(setting: Setting, mut state: State, mut request: Request) -> Self {
        if request.mode == PlanMode::Destroy {
            request.targets = std::mem::take(&mut request.targets).with_dependents(&state);
        }
        let moves = moves::apply(&setting.configuration, &mut state);
        let destroys = request.mode == PlanMode::Destroy;
        request.targets = std::mem::take(&mut request.targets).with_held(&setting.graph, &state, destroys);
        let nodes = setting.graph.nodes.len();
        let included = request.targets.included(&setting);
        let mut diagnostics =
            if request.targets.is_empty() { Vec::new() } else { vec![target_warning(&request.targets)] };
        diagnostics.extend(moves::convert(&setting, &moves, &mut state));
        if request.mode == PlanMode::Normal {
            diagnostics.extend(import::unconfigured(&setting.configuration));
            diagnostics.extend(removed::check(&setting.configuration));
        }
        let forgotten = Forgotten::new(&setting.configuration);
        let unsound = has_errors(&diagnostics);
        let used = used_providers(&setting.configuration);
        let mut world = World::new(setting, Pass::Planning);
        world.lenient = request.mode == PlanMode::RefreshOnly;
        Self {
            world,
            request,
            prior: Prior::new(state),
            proposal: Proposal::default(),
            unmanaged: Unmanaged::default(),
            diagnostics,
            prevented: Diagnostics::new(),
            moves,
            imports: Imports::default(),
            forgotten,
            included,
            used,
            done: vec![false; nodes],
            failed: vec![false; nodes],
            unsound,
        }
    }

    pub fn world(&self) -> &World {
        &self.world
    }

    pub fn into_world(self) -> World {
        self.world
    }

    /// What is wrong with targets that leave out what moved: then nothing is looked at, and there is no plan to be shown.
    pub fn refusal(&mut self) -> Option<Diagnostics> {
        let refused = moves::excluded(&self.moves, &self.request.targets)?;
        self.diagnostics.push(refused);
        Some(self.take_diagnostics())
    }

    /// Goes on with the answers of `snapshot`. Errors are those of all nodes that could be visited.
    pub fn plan(&mut self, snapshot: &Snapshot) -> Result<Planning, Diagnostics> {
        self.world.questions.take_in(snapshot);
        let graph = self.world.setting.graph.clone();
        let mut lacking = Vec::new();
        for (at, node) in graph.nodes.iter().enumerate() {
            // What waits for something that failed before it was done waits for ever.
            let is_cut_off = graph.needs[at].iter().any(|before| self.failed[*before] && !self.done[*before]);
            self.failed[at] |= is_cut_off;
            if self.done[at] || graph.needs[at].iter().any(|before| !self.done[*before]) {
                continue;
            }
            let told = (self.diagnostics.len(), self.world.count_found());
            let progress = self.visit(node, self.included[at], snapshot);
            let is_wrong = has_errors(&self.diagnostics[told.0..]) || self.world.found_errors_since(told.1);
            self.failed[at] |= is_wrong || graph.needs[at].iter().any(|before| self.failed[*before]);
            // With a value that is wrong, what uses it would say so again in other words.
            let is_value = matches!(node, Node::Variable(..) | Node::Local(..) | Node::Output(..));
            match progress {
                Progress::Done if is_wrong && is_value => {}
                Progress::Done => self.done[at] = true,
                // What failed is not asked about: its provider may be what is wrong.
                Progress::Lacks(_) if self.failed[at] => {}
                Progress::Lacks(lookups) => lacking.extend(lookups),
            }
        }
        self.diagnostics.append(&mut self.world.take_diagnostics());
        let is_complete = self.done.iter().zip(&self.failed).all(|(done, failed)| *done || *failed);
        if is_complete || has_errors(&self.diagnostics) {
            self.report_unmanaged();
        }
        if is_complete {
            match self.plan_orphans(snapshot) {
                Progress::Done => return self.finish(),
                Progress::Lacks(lookups) => lacking.extend(lookups),
            }
        }
        self.ask_for_all_objects(snapshot, &mut lacking);
        // What was come by in several ways is asked once.
        let mut seen = std::collections::HashSet::new();
        lacking.retain(|it| !matches!(it, Lookup::Ask(of, ..) if !seen.insert(of.clone())));
        if lacking.is_empty() {
            self.report_unmanaged();
        }
        if lacking.is_empty() && has_errors(&self.diagnostics) {
            self.diagnostics.append(&mut self.prevented);
            return Err(self.take_diagnostics());
        }
        Ok(Planning::Needs(lacking))
    }

    /// How much of a node is within the targets; none if there is no such node.
    pub(super) fn includes(&self, node: &Node) -> Option<Included> {
        self.world.setting.graph.index(node).map(|at| self.included[at])
    }

    fn visit(&mut self, node: &Node, included: Included, snapshot: &Snapshot) -> Progress {
        let is_checked = matches!(node, Node::Variable(..) | Node::Check(..));
        if included == Included::Whole || included == Included::Matching || is_checked {
            return self.visit_included(node, included, snapshot);
        }
        // What targets leave out may have as many instances as it likes: that is known once they are applied.
        let found = self.world.take_found();
        let progress = self.visit_included(node, included, snapshot);
        self.world.take_found();
        found.into_iter().for_each(|it| self.world.report(it));
        progress
    }

    fn visit_included(&mut self, node: &Node, included: Included, snapshot: &Snapshot) -> Progress {
        match node {
            Node::Variable(path, name) => {
                for module in self.world.instances_of(path) {
                    self.world.variable(&module, name);
                    rules::validate_variable(&self.world, &module, name);
                }
            }
            Node::Local(path, name) => {
                for module in self.world.instances_of(path) {
                    self.world.local(&module, name);
                }
            }
            Node::Output(_, _) if included == Included::Nothing => {}
            Node::Output(path, name) => {
                for module in self.world.instances_of(path) {
                    if self.request.mode != PlanMode::Destroy {
                        rules::check_output(&self.world, &module, name);
                    }
                    self.world.output(&module, name);
                }
            }
            Node::Call(path) => drop(self.world.instances_of(path)),
            Node::Close(_) => {}
            Node::Provider(..) if !self.used.contains(node) => {}
            Node::Provider(path, name, alias) => {
                for module in self.world.instances_of(path) {
                    self.visit_provider(&module, name, alias.as_ref());
                }
            }
            Node::Check(path, name) => {
                // What is about to go is not checked.
                let all =
                    if self.request.mode == PlanMode::Destroy { Vec::new() } else { self.world.instances_of(path) };
                for module in all {
                    rules::run_check(&self.world, &module, name);
                }
            }
            Node::Resource(path) => return self.visit_resource(path, included, snapshot),
        }
        Progress::Done
    }

    fn visit_provider(&mut self, module: &ModuleAddress, name: &Arc<str>, alias: Option<&Arc<str>>) {
        let Some(source) = self.world.module(module).map(|it| source_of(it, name)) else { return };
        let address = ProviderAddress { module: module.path(), source, alias: alias.cloned(), key: None };
        let configuration = ProviderKey { address, module: module.clone() };
        for instance in self.world.provider_instances(&configuration).keys() {
            let key = match instance {
                Some(InstanceKey::Key(key)) => Some(key),
                _ => None,
            };
            let address = ProviderAddress { key, ..configuration.address.clone() };
            if let Err(diagnostics) = self.world.provider(&ProviderKey { address, ..configuration.clone() }) {
                self.diagnostics.extend(diagnostics);
            }
        }
    }

    /// Whether all that the provider's configuration needs is there: it may wait for data, or for an ephemeral resource
    /// to be opened.
    fn is_configurable(&self, provider: &ProviderAddress) -> bool {
        let setting = &self.world.setting;
        let node = provider_node(&setting.configuration, provider).and_then(|it| setting.graph.index(&it));
        node.is_none_or(|at| self.done[at])
    }

    /// Everything that state holds and no answer is there for, so that one round of reading serves all.
    fn ask_for_all_objects(&mut self, snapshot: &Snapshot, lacking: &mut Vec<Lookup>) {
        let asked: BTreeSet<ObjectKey> = lacking
            .iter()
            .filter_map(|it| if let Lookup::Object(key, ..) = it { Some(key.clone()) } else { None })
            .collect();
        let keys: Vec<ObjectKey> = super::refresh::objects_of(&self.prior.recorded);
        for key in keys {
            if asked.contains(&key) || self.prior.is_settled(&key) || self.has_failed(&key) {
                continue;
            }
            let owner = self.probable_owner(&key).filter(|it| self.is_configurable(&it.address));
            let Some(owner) = owner else { continue };
            if let Progress::Lacks(lookups) = self.refresh(&key, owner, snapshot) {
                lacking.extend(lookups);
            }
        }
    }

    pub(super) fn has_failed(&self, key: &ObjectKey) -> bool {
        let node = Node::Resource(key.address.resource.path());
        self.world.setting.graph.index(&node).is_some_and(|at| self.failed[at])
    }

    fn finish(&mut self) -> Result<Planning, Diagnostics> {
        self.report_unmanaged();
        self.diagnostics.append(&mut self.prevented);
        if has_errors(&self.diagnostics) {
            return Err(self.take_diagnostics());
        }
        self.drop_stale_data();
        self.drop_idle_openings();
        let mut found = moves::check(&self.world, &mut self.moves);
        self.diagnostics.append(&mut found);
        let outputs =
            rules::output_changes(&self.world, &self.prior.recorded, self.request.mode, |name| self.plans_output(name));
        self.diagnostics.append(&mut self.world.take_diagnostics());
        self.settle_changes();
        let changes = &self.proposal.changes;
        let mut refused = provisioners::refused(&self.world.setting.configuration, changes);
        let mut contested = claims::contested(&self.world, changes);
        self.diagnostics.append(&mut refused);
        self.diagnostics.append(&mut contested);
        if has_errors(&self.diagnostics) {
            return Err(self.take_diagnostics());
        }
        self.diagnostics.extend(removed::warning(changes));
        let steps = order::steps(&self.world.setting, &self.prior.state, changes)?;
        let checks = if self.request.mode == PlanMode::Destroy { Checks::default() } else { self.world.checks.take() };
        Ok(Planning::Ready(Box::new(self.take_plan(outputs, steps, checks))))
    }

    /// Says of all changes where their objects were before and where they come from, and sorts them.
    fn settle_changes(&mut self) {
        for change in self.proposal.changes.iter_mut().chain(&mut self.prior.drift) {
            // Everything is destroyed where it is now.
            let moved = self.moves.from.get(&change.address).filter(|_| self.request.mode != PlanMode::Destroy);
            change.previous_address = moved.cloned();
            change.importing = self.imports.taken.get(&change.address).cloned();
        }
        let order = |a: &ResourceChange, b: &ResourceChange| (&a.address, &a.deposed).cmp(&(&b.address, &b.deposed));
        self.proposal.changes.sort_by(order);
        self.prior.drift.sort_by(order);
    }

    fn take_plan(&mut self, outputs: BTreeMap<Name, OutputChange>, steps: Steps, checks: Checks) -> Plan {
        let is_planned = |node: &Node| self.includes(node).is_some_and(|it| it != Included::Nothing);
        let relevant = relevant::relevant(&self.world, self.request.mode, &self.proposal.changes, &outputs, is_planned);
        Plan {
            mode: self.request.mode,
            errored: false,
            changes: std::mem::take(&mut self.proposal.changes),
            drift: std::mem::take(&mut self.prior.drift),
            outputs,
            relevant,
            steps,
            prior_state: std::mem::take(&mut self.prior.state),
            variables: self.lasting_variables(),
            targets: self.request.targets.given(),
            excluded: self.request.targets.excluded(),
            checks,
            warnings: self.take_diagnostics(),
        }
    }

    /// After an error: what was planned of that with which nothing is wrong, to be shown and not to be applied.
    pub fn so_far(&mut self) -> Plan {
        self.settle_changes();
        let graph = self.world.setting.graph.clone();
        let failed = |node: &Node| graph.index(node).is_some_and(|at| self.failed[at] || !self.done[at]);
        let is_shown = |it: &ResourceChange| !self.unsound && !failed(&Node::Resource(it.address.resource.path()));
        let is_planned =
            |name: &Name| self.plans_output(name) && !failed(&Node::Output(ModulePath::default(), name.clone()));
        let outputs = rules::output_changes(&self.world, &self.prior.recorded, self.request.mode, is_planned);
        self.world.take_found();
        let changes: Vec<_> = self.proposal.changes.iter().filter(|it| is_shown(it)).cloned().collect();
        let drift: Vec<_> = self.prior.drift.iter().filter(|it| is_shown(it)).cloned().collect();
        Plan { errored: true, changes, drift, ..self.take_plan(outputs, Steps::default(), Checks::default()) }
    }

    /// Gives back the plan that came of it, which turned out not to be one.
    pub fn take_back(&mut self, plan: Plan) {
        self.proposal.changes = plan.changes;
        self.prior.drift = plan.drift;
        self.prior.state = plan.prior_state;
    }

    /// As [`Self::so_far`], where credentials or the connection are at fault: nothing is known of what is there, and nothing that
    /// rests on it was planned.
    pub fn so_far_at_home(&mut self) -> Plan {
        let graph = self.world.setting.graph.clone();
        let is_remote = |source: &ProviderSource| self.world.definition(source).is_none_or(|it| it.is_remote());
        for (at, node) in graph.nodes.iter().enumerate() {
            let used = match node {
                Node::Resource(path) => self
                    .world
                    .resource(path)
                    .map(|it| provider_for(&self.world.setting.configuration, it, &path.module).address.source),
                _ => None,
            };
            let is_cut_off = graph.needs[at].iter().any(|before| self.failed[*before]);
            self.failed[at] |= is_cut_off || used.is_some_and(|it| is_remote(&it));
        }
        let is_here = |it: &ResourceChange| !is_remote(&it.provider.address.source);
        self.proposal.changes.retain(is_here);
        self.prior.drift.retain(is_here);
        self.so_far()
    }

    /// What is wrong so far, where planning cannot go on for another reason.
    pub fn take_errors(&mut self) -> Diagnostics {
        self.diagnostics.append(&mut self.prevented);
        self.take_diagnostics().into_iter().filter(Diagnostic::is_error).collect()
    }

    /// The values of root variables that may be kept: ephemeral ones are given again when the plan is applied.
    fn lasting_variables(&self) -> BTreeMap<Name, Value> {
        let declared = &self.world.setting.configuration.root().variables;
        let is_lasting = |name: &Name| declared.get(name).is_none_or(|it| !it.ephemeral);
        let values = self.world.setting.variables.iter().filter(|(name, _)| is_lasting(name));
        values.map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// Whether a root output, declared or recorded, is within the targets.
    fn plans_output(&self, name: &Name) -> bool {
        let whole = self.request.targets.is_empty();
        let node = |at: usize| self.included[at] != Included::Nothing;
        let output = Node::Output(ModulePath::default(), name.clone());
        whole || (self.request.mode != PlanMode::Destroy && self.world.setting.graph.index(&output).is_some_and(node))
    }

    /// Data of blocks that are gone is not kept: nothing has to be done about it.
    fn drop_stale_data(&mut self) {
        let world = &self.world;
        let stale = |address: &ResourceAddress, key: &Option<InstanceKey>| {
            address.mode == ResourceMode::Data
                && !world.objects.expansion(address).is_some_and(|it| it.contains(key.as_ref()))
        };
        let instances = self.prior.state.resources.iter().flat_map(|(address, resource)| {
            resource.instances.keys().filter(|key| stale(address, key)).map(|key| address.instance(key.clone()))
        });
        for instance in instances.collect::<Vec<_>>() {
            self.prior.state.take(&instance, None);
        }
    }

    fn take_diagnostics(&mut self) -> Diagnostics {
        distinct(std::mem::take(&mut self.diagnostics))
    }
}

fn target_warning(targets: &Targets) -> Diagnostic {
    let option = targets.option();
    let detail = format!(
        "You are creating a plan with the {option} option, which means that the result of this plan may not represent \
         all of the changes requested by the current configuration.\n\nThe {option} option is not for routine use, and is \
         provided only for exceptional situations such as recovering from errors or mistakes, or when {PRODUCT} \
         specifically suggests to use it as part of an error message."
    );
    Diagnostic::warning("Resource targeting is in effect", detail)
}
