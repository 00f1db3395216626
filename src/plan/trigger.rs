//! `replace_triggered_by`: replacing an instance because something it names changes.

use super::{change::Action, planner::Planner};
use crate::{
    address::{InstanceKey, Mode, ModuleAddress, ResourceAddress},
    lang::{
        configuration::Repetition,
        syntax::tree::{Expression, ExpressionKind, Identifier},
    },
    value::{Data, Value},
};

/// Whether any of `triggers` is going to change: the resource or instance as a whole, or the named attribute.
pub(super) fn fired(
    planner: &Planner,
    triggers: &[Expression],
    module: &ModuleAddress,
    repetition: &Repetition,
) -> bool {
    triggers.iter().any(|it| fires(planner, it, module, repetition))
}

fn fires(planner: &Planner, trigger: &Expression, module: &ModuleAddress, repetition: &Repetition) -> bool {
    let mut steps = Vec::new();
    let Some(root) = flatten(planner, trigger, module, repetition, &mut steps) else { return false };
    let mut steps = steps.into_iter();
    let Some(Part::Name(name)) = steps.next() else { return false };
    let resource = ResourceAddress {
        module: module.clone(),
        mode: Mode::Managed,
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
    let keys = planner.world.expansion(&resource).map(|it| it.keys()).unwrap_or_default();
    keys.into_iter().filter(|it| key.is_none() || *it == key).any(|key| {
        let address = resource.instance(key);
        let Some(change) = planner.by_address.get(&address).map(|at| &planner.changes[*at]) else { return false };
        match change.action {
            Action::Update | Action::DeleteThenCreate | Action::CreateThenDelete => {
                let (before, after) = (at(&change.before, &rest), at(&change.after, &rest));
                rest.is_empty() || before != after
            }
            _ => false,
        }
    })
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
