//! Objects that a `moved` block makes objects of another type.

use super::{Moves, statements};

use crate::{
    address::{InstanceAddress, ProviderAddress},
    diagnostic::{Diagnostic, Diagnostics},
    lang::dependencies::provider_for,
    plan::{recorded, refresh::newer, world::Setting},
    provider::{Other, Problem},
    state::{Object, State},
};
use std::sync::Arc;

/// Converts what has moved between types, with the help of the provider that it comes to.
pub(in crate::plan) fn convert(setting: &Setting, moves: &Moves, state: &mut State) -> Diagnostics {
    let between_types = moves.from.iter().filter(|(to, from)| to.resource.type_name != from.resource.type_name);
    // A resource has one provider for all of its instances, which changes with the first.
    let recorded: Vec<_> = between_types.filter_map(|(to, from)| Some((to, from, state.provider(to)?))).collect();
    let mut errors = Diagnostics::new();
    for (to, from, provider) in recorded {
        if let Err(error) = converted(setting, (from, provider), to, state) {
            errors.push(*error);
            // An object of another type is nothing that its provider could be asked about.
            if let Some(instance) = state.instance(to).cloned() {
                let all = instance.current.iter().map(|_| None).chain(instance.deposed.keys().map(Some));
                all.for_each(|deposed| drop(state.take(to, deposed)));
            }
        }
    }
    errors
}

fn converted(
    setting: &Setting,
    (from, provider_of): (&InstanceAddress, ProviderAddress),
    to: &InstanceAddress,
    state: &mut State,
) -> Result<(), Box<Diagnostic>> {
    let configuration = &setting.configuration;
    let path = to.resource.path();
    // What is not configured is reported as such.
    let Some(resource) = configuration.modules.get(&path.module).and_then(|it| it.resource(&path)) else {
        return Ok(());
    };
    let used = provider_for(configuration, resource, &path.module).address;
    let unsupported = || {
        let detail = format!(
            "The provider {:?} cannot make an object of type {} one of type {}.",
            used.source.to_string(),
            from.resource.type_name,
            to.resource.type_name
        );
        let error = Diagnostic::error("Unsupported `moved` across resource types", detail).on(to);
        let hint =
            "Give the new resource a name that nothing moves to, and import what is there, or let it be replaced.";
        let statement = statements(configuration).into_iter().find(|it| it.to.selects(&to.resource));
        let error = match statement {
            Some(statement) => error.at(statement.span),
            None => error,
        };
        Box::new(error.hint(hint))
    };
    let schema = |source, type_name: &str| {
        let schemas = setting.providers.get(source).map(|it| it.schemas());
        schemas.and_then(|it| it.resource(type_name)).map(|it| it.schema)
    };
    let old = schema(&provider_of.source, &from.resource.type_name).ok_or_else(unsupported)?;
    let new = schema(&used.source, &to.resource.type_name).ok_or_else(unsupported)?;
    let provider = setting.providers.get(&used.source).ok_or_else(unsupported)?;
    let writer = setting.providers.get(&provider_of.source).map(|it| &**it);
    let Some(instance) = state.instance(to).cloned() else { return Ok(()) };
    let current = instance.current.map(|object| (None, object));
    for (deposed, object) in current.into_iter().chain(instance.deposed.into_iter().map(|(key, it)| (Some(key), it))) {
        let invalid =
            |error: String| Box::new(Diagnostic::error("Invalid resource instance data in state", error).on(to));
        if let Some(newer) = newer(&object, &old, to, &provider_of.source) {
            return Err(Box::new(newer));
        }
        let before = recorded::value(&object, &old, writer, &from.resource.type_name)
            .map_err(|error| invalid(error.to_string()))?;
        let kept = recorded::kept(&object);
        let other = Other {
            source: &provider_of.source,
            type_name: &from.resource.type_name,
            attributes: &before,
            version: object.schema_version,
            json: object.attributes.get(),
            kept: &kept,
        };
        let refused =
            |it: Problem| Box::new(Diagnostic { hint: it.hint, ..Diagnostic::error(it.summary, it.detail) }.on(to));
        let after = provider.take_over(&to.resource.type_name, other).map_err(refused)?;
        let (after, kept) = after.ok_or_else(unsupported)?;
        let Object { attributes, sensitive_paths, schema_version, .. } =
            recorded::object(&after, &new).map_err(|error| invalid(error.to_string()))?;
        let object = Object { attributes, sensitive_paths, schema_version, ..(*object).clone() };
        let object = recorded::keeping(object, kept);
        state.put(to, deposed.as_ref(), &used, Arc::new(object));
    }
    Ok(())
}
