//! Objects of one configuration that take the same for themselves: each would undo what the other has done.

use super::{
    ProviderKey,
    change::{Action, ResourceChange},
    world::World,
};
use crate::{
    address::{InstanceAddress, ResourceMode},
    diagnostic::{Diagnostic, Diagnostics},
    expression::syntax::tree::{Expression, ExpressionKind},
    lang::{configuration::Resource, decode::attribute_span},
    provider::Claim,
    value::{Data, Path, PathStep, Value},
};
use std::collections::HashMap;

/// Refuses a change that makes, or moves to, what another object of the plan has.
pub(super) fn contested(world: &World, changes: &[ResourceChange]) -> Diagnostics {
    let mut takers: HashMap<(&ProviderKey, String, String), &ResourceChange> = HashMap::new();
    let mut found = Diagnostics::new();
    let lasting = changes.iter().filter(|it| it.address.resource.mode == ResourceMode::Managed && !it.after.is_null());
    for change in lasting {
        let Some(definition) = world.definition(&change.provider.address.source) else { continue };
        let Some(resource) = world.resource(&change.address.resource.path()) else { continue };
        for Claim { of, by, what } in definition.claims(&change.address.resource.type_name, &change.after) {
            if attribute_span(&resource.body, &Path::attribute(by).then(PathStep::Index(0))).is_none() {
                continue;
            }
            let Some(owner) = owner(resource, change, of) else { continue };
            let key = (&change.provider, owner, what.clone());
            let Some(other) = takers.insert(key, change) else { continue };
            let is_idle = [change, other].iter().all(|it| it.action == Action::NoOp);
            if is_idle || other.address == change.address {
                continue;
            }
            let detail = format!(
                "{} and {} both set {what}. AWS has it once, so that one of them would undo the other, or not be made.",
                other.address, change.address
            );
            let error = Diagnostic::error("Object set twice", detail).on(&change.address).at(resource.body.opening());
            found.push(error.hint("Remove one of the two."));
        }
    }
    found
}

/// What the claim is on: the value of the attribute, or as long as that is unknown whose attribute it is.
fn owner(resource: &Resource, change: &ResourceChange, of: &str) -> Option<String> {
    let value = change.after.get(of)?;
    if let Some(text) = value.as_str() {
        return Some(text.to_owned());
    }
    if of == "id" {
        return Some(format!("{}.id", change.address));
    }
    let argument = resource.body.attributes.iter().find(|it| &*it.name.text == of)?;
    let path = path_of(&argument.value)?;
    Some(match module_prefix(&change.address) {
        Some(module) => format!("{module}.{path}"),
        None => path,
    })
}

fn module_prefix(address: &InstanceAddress) -> Option<String> {
    let module = address.resource.module.to_string();
    (!module.is_empty()).then_some(module)
}

/// `aws_security_group.web[0].id`, if the expression is nothing but that.
fn path_of(expression: &Expression) -> Option<String> {
    match &*expression.kind {
        ExpressionKind::Parentheses(inner) => path_of(inner),
        ExpressionKind::Name(name) => (!["each", "count", "self"].contains(&&**name)).then(|| name.to_string()),
        ExpressionKind::Attribute(object, name) => Some(format!("{}.{}", path_of(object)?, name.text)),
        ExpressionKind::Index(collection, key) => match &*key.kind {
            ExpressionKind::Literal(Value { data: Data::Number(at), .. }) => {
                Some(format!("{}[{at}]", path_of(collection)?))
            }
            ExpressionKind::Literal(Value { data: Data::String(key), .. }) => {
                Some(format!("{}[{key:?}]", path_of(collection)?))
            }
            _ => None,
        },
        _ => None,
    }
}
