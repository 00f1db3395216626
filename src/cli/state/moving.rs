//! `state mv`: the same objects under other addresses.

use super::{
    edit::{at, closed, opened, target},
    require,
};
use crate::{
    address::{InstanceAddress, ModuleAddress, ResourceAddress, Target},
    cli::{args::StateMove, session::Failed},
    diagnostic::Diagnostic,
    state::{Location, OpenState, Resource, State},
};
use std::path::Path;

pub(super) fn run(options: &StateMove) -> Result<String, Failed> {
    let (from, to) = (target(&options.source)?, target(&options.destination)?);
    let mut opened = opened(&options.edit, "state-mv")?;
    require(&opened.state)?;
    let mut other = match options.state_out.as_deref().filter(|it| !is_of(it, &opened)) {
        Some(path) => Some(at(Location::of(path), options.backup_out.as_deref(), &options.edit.locking, "state-mv")?),
        None => None,
    };
    match &mut other {
        Some(other) => carry_over(&mut opened.state, &mut other.state, &from, &to)?,
        None => carry(&mut opened.state, &from, &to)?,
    }
    if options.dry_run {
        return Ok(format!("Would move \"{from}\" to \"{to}\"\n"));
    }
    // In this order nothing is in neither file, whatever happens in between.
    other.map_or(Ok(()), closed)?;
    closed(opened)?;
    Ok(format!("Move \"{from}\" to \"{to}\"\nSuccessfully moved 1 object(s).\n"))
}

/// Whether `path` is where the state is that was opened.
fn is_of(path: &Path, opened: &OpenState) -> bool {
    let found = |it: &Path| std::fs::canonicalize(it).unwrap_or_else(|_| it.to_owned());
    found(path) == found(opened.path())
}

/// Moves what `from` names into another state.
fn carry_over(state: &mut State, other: &mut State, from: &Target, to: &Target) -> Result<(), Failed> {
    let mut moved = State::default();
    for (address, resource) in &state.resources {
        for (key, instance) in &resource.instances {
            let is_meant = match from {
                // A resource without instance keys is also its only instance.
                Target::Instance(it) => it.resource == *address && it.key == *key,
                Target::Resource(it) => it == address,
                Target::Module(it) => address.module.0.starts_with(&it.0),
            };
            if is_meant {
                let provider = resource.provider.clone();
                let into = moved.resources.entry(address.clone());
                let into = into.or_insert_with(|| Resource { provider, instances: Default::default() });
                into.instances.insert(key.clone(), instance.clone());
            }
        }
    }
    if moved.resources.is_empty() {
        return Err(no_source(from));
    }
    let left: Vec<InstanceAddress> = moved
        .resources
        .iter()
        .flat_map(|(address, it)| it.instances.keys().map(|key| address.instance(key.clone())))
        .collect();
    if from != to {
        carry(&mut moved, from, to)?;
    }
    let has_keys = moved.resources.values().any(|it| it.instances.keys().any(Option::is_some));
    match to {
        Target::Module(new) if other.resources.keys().any(|it| it.module.0.starts_with(&new.0)) => {
            return Err(taken(new, "module"));
        }
        Target::Resource(new) if has_keys && other.resources.contains_key(new) => return Err(taken(new, "resource")),
        _ => {}
    }
    for (address, resource) in moved.resources {
        let provider = resource.provider;
        let into = other.resources.entry(address.clone());
        let into = into.or_insert_with(|| Resource { provider, instances: Default::default() });
        for (key, instance) in resource.instances {
            if into.instances.contains_key(&key) {
                return Err(taken(&address.instance(key), "resource instance"));
            }
            into.instances.insert(key, instance);
        }
    }
    for address in left {
        if let Some(resource) = state.resources.get_mut(&address.resource) {
            resource.instances.remove(&address.key);
            if resource.instances.is_empty() {
                state.resources.remove(&address.resource);
            }
        }
    }
    Ok(())
}

fn error(summary: &str, detail: String) -> Failed {
    Failed::new([Diagnostic::error(summary, detail)])
}

fn no_source(from: &Target) -> Failed {
    error("Invalid source address", format!("Cannot move {from}: does not match anything in the current state."))
}

fn taken(to: &dyn std::fmt::Display, what: &str) -> Failed {
    let detail = format!("Cannot move to {to}: there is already a {what} at that address in the current state.");
    error("Invalid target address", detail)
}

fn carry(state: &mut State, from: &Target, to: &Target) -> Result<(), Failed> {
    match (from, to) {
        (Target::Module(old), Target::Module(new)) => module(state, old, new),
        (Target::Resource(old), Target::Resource(new)) => {
            let found = state.resources.get(old).ok_or_else(|| no_source(from))?;
            same_type(old, new)?;
            if found.instances.keys().all(Option::is_none) {
                return instance(state, &old.instance(None), &new.instance(None));
            }
            if state.resources.contains_key(new) {
                return Err(taken(new, "resource"));
            }
            let moved = state.resources.remove(old);
            state.resources.extend(moved.map(|it| (new.clone(), it)));
            Ok(())
        }
        (Target::Instance(old), Target::Instance(new)) => instance(state, old, new),
        (Target::Instance(old), Target::Resource(new)) => instance(state, old, &new.instance(None)),
        (Target::Resource(old), Target::Instance(new)) => {
            let found = state.resources.get(old).ok_or_else(|| no_source(from))?;
            if found.instances.keys().any(Option::is_some) {
                let detail = format!(
                    "Cannot move {from} to {to}: the source is a whole resource (not a resource instance) so the target must also be a whole resource."
                );
                return Err(error("Invalid target address", detail));
            }
            instance(state, &old.instance(None), new)
        }
        (Target::Module(_), _) => {
            let detail = format!("Cannot move {from} to {to}: the target must also be a module.");
            Err(error("Invalid target address", detail))
        }
        (_, Target::Module(_)) => {
            let detail = format!("Cannot move {from} to {to}: the target must also be a resource.");
            Err(error("Invalid target address", detail))
        }
    }
}

fn same_type(old: &ResourceAddress, new: &ResourceAddress) -> Result<(), Failed> {
    if (old.mode, &old.type_name) == (new.mode, &new.type_name) {
        return Ok(());
    }
    let detail = format!("Cannot move {old} to {new}: resource types don't match.");
    Err(error("Invalid state move request", detail))
}

fn instance(state: &mut State, old: &InstanceAddress, new: &InstanceAddress) -> Result<(), Failed> {
    if state.instance(old).is_none() {
        return Err(no_source(&Target::Instance(old.clone())));
    }
    same_type(&old.resource, &new.resource)?;
    if state.instance(new).is_some() {
        return Err(taken(new, "resource instance"));
    }
    let Some(resource) = state.resources.get_mut(&old.resource) else { return Ok(()) };
    let provider = resource.provider.clone();
    let moved = resource.instances.remove(&old.key);
    if resource.instances.is_empty() {
        state.resources.remove(&old.resource);
    }
    let resource = state.resources.entry(new.resource.clone());
    let resource = resource.or_insert_with(|| Resource { provider, instances: Default::default() });
    resource.instances.extend(moved.map(|it| (new.key.clone(), it)));
    Ok(())
}

/// A module, with those in it.
fn module(state: &mut State, old: &ModuleAddress, new: &ModuleAddress) -> Result<(), Failed> {
    let is_within = |it: &ResourceAddress, module: &ModuleAddress| it.module.0.starts_with(&module.0);
    let moved: Vec<ResourceAddress> = state.resources.keys().filter(|it| is_within(it, old)).cloned().collect();
    if moved.is_empty() {
        return Err(no_source(&Target::Module(old.clone())));
    }
    if state.resources.keys().any(|it| is_within(it, new)) {
        return Err(taken(new, "module"));
    }
    for address in moved {
        let Some(resource) = state.resources.remove(&address) else { continue };
        let inner = &address.module.0[old.0.len()..];
        let module = ModuleAddress(new.0.iter().chain(inner).cloned().collect());
        state.resources.insert(ResourceAddress { module, ..address }, resource);
    }
    Ok(())
}
