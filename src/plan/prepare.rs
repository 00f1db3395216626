//! Applying evaluates with the function that planning used, then holds the result against the plan.

use super::{
    change::{Action, Plan, PlanMode, Reason, ResourceChange},
    checks::{Checked, Condition},
    diff, ephemeral, ignore,
    proposed::proposed_data,
    protect, recorded,
    resource::{self, Declared},
    rules::{self, Around},
    sensitive,
    world::{Pass, Setting, World},
};
use crate::{
    address::{InstanceAddress, ModuleAddress, ResourceAddress, ResourceMode, ResourcePath},
    diagnostic::{Diagnostic, Diagnostics, has_errors},
    lang::{
        configuration::{IgnoreChanges, Repetition, Resource},
        dependencies::{Node, provider_for, resource_dependencies},
    },
    provisioner::When,
    schema::SchemaBlock,
    value::{Path, PathStep, Type, Value},
};
use std::{collections::HashMap, sync::Arc};

/// What one step sends, decided with everything that is known now.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub before: Value,
    pub planned: Value,
    pub config: Value,
    pub dependencies: Arc<[ResourcePath]>,
    pub create_before_destroy: bool,
    pub prevent_destroy: bool,
    /// What of the object is not to be changed.
    pub ignore: IgnoreChanges,
    /// Whether provisioners follow its creation: until they have run, the object is tainted.
    pub provisioned: bool,
}

impl World {
    /// The world as a plan leaves it: what exists, and what will, still unknown where only applying can tell.
    pub fn resume(setting: Setting, plan: &Plan) -> Result<Self, Diagnostics> {
        let mut changes: HashMap<&ResourceAddress, Vec<&ResourceChange>> = HashMap::new();
        for change in plan.changes.iter().filter(|it| it.deposed.is_none()) {
            changes.entry(&change.address.resource).or_default().push(change);
        }
        // Planning still: nothing gets known before the first step, so that nothing is worth evaluating twice.
        let mut world = Self::new(setting, Pass::Planning);
        let configuration = world.setting.configuration.clone();
        // In the order of the graph, so that what repeats a block is there before the block.
        for node in &world.setting.graph.clone().nodes {
            let Node::Resource(path) = node else { continue };
            let Some(resource) = configuration.modules[&path.module].resource(path) else { continue };
            for module in world.instances_of(&path.module) {
                let address = path.within(&module);
                let expansion = world.expand(&module, resource.count.as_ref(), resource.for_each.as_ref());
                world.objects.declare(address.clone(), expansion);
                world.recall(plan, &address)?;
                for change in changes.get(&address).into_iter().flatten() {
                    let value = match change.action {
                        Action::Delete | Action::Forget => change.before.clone(),
                        _ => change.after.clone(),
                    };
                    world.objects.complete(&change.address, Some(value));
                }
            }
        }
        world.begin_applying();
        world.checks = plan.checks.clone().into();
        world.lenient = plan.mode == PlanMode::RefreshOnly;
        let diagnostics = world.take_diagnostics();
        // How many instances what targets leave out has may depend on what they name.
        if has_errors(&diagnostics) && !plan.is_partial() { Err(diagnostics) } else { Ok(world) }
    }

    /// What state holds of a resource, for what the plan has no change of: data sources, and what `-target` left out.
    fn recall(&mut self, plan: &Plan, address: &ResourceAddress) -> Result<(), Diagnostics> {
        let Some(resource) = plan.prior_state.resources.get(address) else { return Ok(()) };
        let Some(schema) = self.schema(&resource.provider.source, address.mode, &address.type_name) else {
            return Ok(());
        };
        let definition = self.definition(&resource.provider.source).cloned();
        for (key, instance) in &resource.instances {
            let Some(object) = &instance.current else { continue };
            let instance = address.instance(key.clone());
            let value =
                recorded::value(object, &schema, definition.as_deref(), &address.type_name).map_err(|error| {
                    vec![Diagnostic::error("Invalid resource instance data in state", error.to_string()).on(&instance)]
                })?;
            self.objects.complete(&instance, Some(sensitive::mark(&schema.block, value)));
        }
        Ok(())
    }

    /// The arguments of an instance: its body against the schema, with the region of its module where it has none.
    pub(super) fn config(
        &self,
        resource: &Resource,
        schema: &SchemaBlock,
        module: &ModuleAddress,
        repetition: &Repetition,
    ) -> Result<Value, Diagnostics> {
        let config = self.decode(&resource.body, schema, module, repetition)?;
        let is_kept = resource.mode != ResourceMode::Ephemeral;
        let unfit = if is_kept { ephemeral::check(resource, schema, &config) } else { Diagnostics::new() };
        if !unfit.is_empty() {
            return Err(unfit);
        }
        let configurable = schema.attributes.get("region").is_some_and(|it| it.is_configurable());
        match (config.as_entries(), self.region_of(module)) {
            (Some(entries), Some(region)) if configurable && entries.get("region").is_some_and(Value::is_null) => {
                let mut entries = entries.clone();
                entries.insert("region".into(), region);
                Ok(Value::object(entries).marked(config.marks))
            }
            _ => Ok(config),
        }
    }

    pub(super) fn prepare_inner(
        &self,
        change: &ResourceChange,
        repetition: &Repetition,
    ) -> Result<Prepared, Diagnostics> {
        let address = &change.address;
        let path = address.resource.path();
        let module = &address.resource.module;
        let Some(resource) = self.resource(&path) else {
            return Err(vec![Diagnostic::error("Resource is not configured", "It has no block any more.")]);
        };
        let source = &change.provider.address.source;
        let Some(schema) = self.schema(source, path.mode, &path.type_name) else {
            return Err(vec![self.unsupported_type(source, &path, resource.type_span)]);
        };
        let of = Checked::resource(&address.resource, address.key.clone());
        let around = Around { repetition, this: None };
        rules::check(self, &of, Condition::Precondition, &resource.lifecycle.preconditions, around);
        let config = self.config(resource, &schema.block, module, repetition)?;
        if !config.is_wholly_known() {
            return Err(vec![still_unknown(resource.span)]);
        }
        let used = provider_for(&self.setting.configuration, resource, &path.module);
        let block = Declared { resource, schema: schema.clone(), used, provider: change.provider.clone() };
        let null = Value::null(schema.block.implied_type());
        let (prior, config) = match change.action {
            Action::Update => {
                let config = ignore::apply(&resource.lifecycle.ignore_changes, config, &change.before);
                (change.before.clone(), config)
            }
            _ => (null, config),
        };
        let is_asked = self.is_asked(&block.provider, path.mode, &path.type_name);
        let mut planned = if is_asked && path.mode == ResourceMode::Managed {
            // The provider plans once more when it is applied.
            sensitive::as_configured(change.after.clone(), &config)
        } else if is_asked {
            proposed_data(&schema.block, &config)
        } else if path.mode != ResourceMode::Managed {
            diff::propose(&schema, &prior, &config)
        } else {
            let provider = self.provider(&block.provider)?;
            resource::draft(&*provider, &path.type_name, &block, &prior, &config)?.planned
        };
        if change.action == Action::Update && !is_asked {
            let is_same =
                change.before.equals_unmarked(&change.after) && !diff::difference(&schema, &prior, &planned).changed;
            if is_same {
                // What state says is secret is all that changes.
                planned = sensitive::as_configured(prior, &config);
            }
        }
        let planned = sensitive::mark(&schema.block, planned);
        // What only a check reads was read while planning, and may be another now.
        let is_read_again = change.reason == Some(Reason::ReadBecauseCheckNested);
        if let Some(moved) = moved(&change.after, &planned, &Path::default()).filter(|_| !is_read_again) {
            return Err(vec![inconsistent(address, &moved)]);
        }
        Ok(Prepared {
            before: change.before.clone(),
            planned,
            config,
            // Terraform records them of what it may have to delete.
            dependencies: match path.mode {
                ResourceMode::Managed => resource_dependencies(&self.setting.graph, &path),
                ResourceMode::Data | ResourceMode::Ephemeral => Arc::default(),
            },
            create_before_destroy: matches!(change.action, Action::CreateThenDelete) || self.creates_first(&path),
            prevent_destroy: protect::is_protected(self, address, resource),
            ignore: resource.lifecycle.ignore_changes.clone(),
            provisioned: change.action.creates() && resource.provisioners.iter().any(|it| it.when == When::Create),
        })
    }

    pub(super) fn unsupported_type(
        &self,
        source: &crate::address::ProviderSource,
        path: &ResourcePath,
        span: crate::diagnostic::Span,
    ) -> Diagnostic {
        let what = match path.mode {
            ResourceMode::Managed => "resource type",
            ResourceMode::Data => "data source",
            ResourceMode::Ephemeral => "ephemeral resource",
        };
        let Some(definition) = self.definition(source) else {
            return self.missing_provider(source, "").at(span);
        };
        let broken = definition.schemas().further.as_ref().and_then(|it| it.problem(path.mode, &path.type_name));
        if let Some(problem) = broken {
            return Diagnostic::error(problem.summary, problem.detail).at(span);
        }
        let mut known = definition.described_types(path.mode);
        known.extend(definition.schemas().names(path.mode));
        let error = Diagnostic::error(
            format!("Invalid {what}"),
            format!("The provider {source} does not support {what} \"{}\".", path.type_name),
        )
        .at(span);
        match crate::diagnostic::nearest(&path.type_name, known) {
            Some(name) => error.hint(format!("Did you mean \"{name}\"?")),
            None => error,
        }
    }
}

/// The first place where a value that the plan promised is another one now.
fn moved(promised: &Value, now: &Value, path: &Path) -> Option<Path> {
    if !promised.is_known() {
        return None;
    }
    if let (Some(promised), Some(now)) = (promised.as_entries(), now.as_entries()) {
        return promised.iter().find_map(|(name, promised)| {
            let path = path.then(PathStep::Attribute(name.clone()));
            now.get(name).map_or(Some(path.clone()), |now| moved(promised, now, &path))
        });
    }
    if promised.is_wholly_known() {
        return (!promised.equals_unmarked(now)).then(|| path.clone());
    }
    match (promised.as_elements(), now.as_elements()) {
        (Some(_), _) if matches!(promised.ty(), Type::Set(_)) => None,
        (Some(promised), Some(now)) if promised.len() == now.len() => promised
            .iter()
            .zip(now)
            .enumerate()
            .find_map(|(at, (promised, now))| moved(promised, now, &path.then(PathStep::Index(at)))),
        _ => Some(path.clone()),
    }
}

/// Everything that the block refers to was done, so this is a mistake of the order of steps, and nothing is sent.
pub(super) fn still_unknown(span: crate::diagnostic::Span) -> Diagnostic {
    Diagnostic::error(
        "Configuration contains unknown values during apply",
        "Something that the arguments refer to has no value yet, so that nothing was sent. This is a bug in rforge.",
    )
    .at(span)
}

fn inconsistent(address: &InstanceAddress, path: &Path) -> Diagnostic {
    Diagnostic::error(
        "Provider produced inconsistent final plan",
        format!(
            "When expanding the plan for {address} to include new values learned so far during apply, the value of \
             {path} is not the one that was planned."
        ),
    )
    .hint("Plan again: something that the plan took as known has changed since.")
}
