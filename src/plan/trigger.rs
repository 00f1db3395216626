//! `replace_triggered_by`: replacing an instance because something it names changes.

use super::{
    change::{Action, PlanMode, ResourceChange},
    expansion::Expansion,
    planner::Planner,
    sensitive,
};
use crate::{
    address::{InstanceKey, ModuleAddress, ResourceAddress, ResourceMode},
    diagnostic::Diagnostic,
    expression::syntax::tree::{Expression, ExpressionKind, Identifier},
    lang::configuration::Repetition,
    value::{Data, Value},
};

/// Whether any of `triggers` is going to change: the resource or instance as a whole, or the named attribute. One that
/// names nothing which is planned is reported.
pub(super) fn fired(
    planner: &Planner,
    triggers: &[Expression],
    module: &ModuleAddress,
    repetition: &Repetition,
) -> bool {
    // All of them are looked at.
    triggers.iter().filter(|it| fires(planner, it, module, repetition)).count() > 0
}

fn fires(planner: &Planner, trigger: &Expression, module: &ModuleAddress, repetition: &Repetition) -> bool {
    let mut steps = Vec::new();
    let Some(root) = flatten(planner, trigger, module, repetition, &mut steps) else { return false };
    let mut steps = steps.into_iter();
    let Some(Part::Name(name)) = steps.next() else { return false };
    let resource = ResourceAddress {
        module: module.clone(),
        mode: ResourceMode::Managed,
        type_name: root.text.clone(),
        name: name.text.clone(),
    };
    let mut rest: Vec<Part<'_>> = steps.collect();
    let key = match rest.first() {
        Some(Part::Key(key)) => Some(key.clone()),
        _ => None,
    };
    if key.is_some() {
        rest.remove(0);
    }
    let Some(expansion) = planner.world.objects.expansion(&resource).filter(|it| !matches!(it, Expansion::Unknown))
    else {
        return false;
    };
    let keys: Vec<Option<InstanceKey>> =
        expansion.keys().into_iter().filter(|it| key.is_none() || *it == key).collect();
    if keys.is_empty() {
        missing(planner, trigger, &resource, key);
    }
    let mut planned = keys.into_iter().filter_map(|it| planner.proposal.of(&resource.instance(it)));
    planned.any(|change| match change.action {
        Action::Update | Action::DeleteThenCreate | Action::CreateThenDelete => {
            // What echoes a secret is marked by us alone: that replaces nothing.
            let schema = planner.world.schema(&change.provider.address.source, resource.mode, &resource.type_name);
            let of = |object: &Value| match &schema {
                Some(schema) => at(&sensitive::unmark_echoes(&schema.block, object.clone()), &rest).cloned(),
                None => at(object, &rest).cloned(),
            };
            rest.is_empty() || of(&change.before) != of(&change.after)
        }
        _ => false,
    })
}

/// Reports that there is nothing that `trigger` names, unless it is instances that are going to be deleted.
fn missing(planner: &Planner, trigger: &Expression, resource: &ResourceAddress, key: Option<InstanceKey>) {
    let is_it = |it: &ResourceChange| it.address.resource == *resource && (key.is_none() || it.address.key == key);
    if planner.request.mode != PlanMode::Normal || planner.proposal.changes.iter().any(is_it) {
        return;
    }
    let named = key.map_or_else(|| resource.to_string(), |key| resource.instance(Some(key)).to_string());
    let here = if resource.module.is_root() { "the root module".into() } else { resource.module.path().to_string() };
    let detail = "What replace_triggered_by names must have at least one instance, of which the key is the one given.";
    let error = Diagnostic::error(format!("no change found for {named} in {here}"), detail);
    planner.world.report(error.at(trigger.span));
}

enum Part<'a> {
    Name(&'a Identifier),
    Key(InstanceKey),
}

/// The first name of a traversal; what follows it goes to `steps`.
fn flatten<'a>(
    planner: &Planner,
    expression: &'a Expression,
    module: &ModuleAddress,
    repetition: &Repetition,
    steps: &mut Vec<Part<'a>>,
) -> Option<Identifier> {
    match &*expression.kind {
        ExpressionKind::Name(name) => Some(Identifier { text: name.clone(), span: expression.span }),
        ExpressionKind::Attribute(object, name) => {
            let root = flatten(planner, object, module, repetition, steps)?;
            steps.push(Part::Name(name));
            Some(root)
        }
        ExpressionKind::Index(collection, key) => {
            let root = flatten(planner, collection, module, repetition, steps)?;
            let key = planner.world.evaluate(key, module, repetition);
            steps.push(Part::Key(match &key.data {
                Data::String(text) => InstanceKey::Key(text.clone()),
                Data::Number(number) => InstanceKey::Index(u64::try_from(number.to_i64()?).ok()?),
                _ => return None,
            }));
            Some(root)
        }
        _ => None,
    }
}

fn at<'v>(value: &'v Value, steps: &[Part<'_>]) -> Option<&'v Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Part::Name(name) => value.get(&name.text),
        Part::Key(InstanceKey::Key(key)) => value.get(key),
        Part::Key(InstanceKey::Index(at)) => value.as_elements()?.get(usize::try_from(*at).ok()?),
    })
}
