//! `prevent_destroy`: a constant, or made of variables and local values, as OpenTofu has it.

use super::{ObjectKey, world::World};
use crate::{
    address::{InstanceAddress, ModuleAddress},
    diagnostic::Diagnostic,
    expression::syntax::tree::Expression,
    lang::configuration::{Repetition, Resource},
    value::{Path, Type, convert},
};

/// Why an object may not be destroyed: its block says so, or does not say clearly that it does not. `forcing` is what makes a
/// replacement necessary, if it is one.
pub(super) fn refusal(
    world: &World,
    instance: &InstanceAddress,
    resource: &Resource,
    forcing: &[Path],
) -> Option<Diagnostic> {
    let expression = resource.lifecycle.prevent_destroy.as_ref()?;
    match is_set(world, &instance.resource.module, expression) {
        Ok(false) => None,
        Ok(true) => Some(prevented(instance, resource, forcing)),
        Err(error) => Some(*error),
    }
}

/// Whether the block is known to forbid it.
pub(super) fn is_protected(world: &World, instance: &InstanceAddress, resource: &Resource) -> bool {
    let expression = resource.lifecycle.prevent_destroy.as_ref();
    expression.is_some_and(|it| is_set(world, &instance.resource.module, it).unwrap_or(false))
}

/// Deletions that nothing forbids any more, since the blocks that did so are gone.
pub(super) fn unprotected(keys: &[ObjectKey]) -> Option<Diagnostic> {
    if keys.is_empty() {
        return None;
    }
    let lines: Vec<String> = keys.iter().map(|it| format!(" - {}", it.address)).collect();
    let detail = format!(
        "Their blocks had lifecycle.prevent_destroy set when they were last planned, and are no longer in the configuration, so \
         that nothing prevents that these objects are destroyed:\n{}",
        lines.join("\n")
    );
    let hint = "Bring a block back to keep its objects, or write a `removed` block that takes them out of the state and does not \
                destroy them.";
    Some(Diagnostic::warning("Protected objects will be destroyed", detail).hint(hint))
}

/// What is wrong with it whatever the variables are.
pub(super) fn check(world: &World, module: &ModuleAddress, resource: &Resource) {
    let Some(expression) = &resource.lifecycle.prevent_destroy else { return };
    let value = world.evaluate(expression, module, &Repetition::default());
    if value.is_known() && !value.is_null() && convert(&value, &Type::Bool).is_err() {
        world.report(unsuitable(expression, "a bool is required"));
    }
}

fn is_set(world: &World, module: &ModuleAddress, expression: &Expression) -> Result<bool, Box<Diagnostic>> {
    let value = world.evaluate(expression, module, &Repetition::default());
    if !value.marks.is_empty() {
        return Err(Box::new(unsuitable(expression, "it must not be made of what is sensitive or ephemeral")));
    }
    let unknown = "it must be known when the plan is made, and depends on what is not known before it is applied";
    if !value.is_known() {
        return Err(Box::new(unsuitable(expression, unknown)));
    }
    if value.is_null() {
        return Err(Box::new(unsuitable(expression, "it must not be null")));
    }
    let value = convert(&value, &Type::Bool);
    value.ok().and_then(|it| it.as_bool()).ok_or_else(|| Box::new(unsuitable(expression, "a bool is required")))
}

fn unsuitable(expression: &Expression, why: &str) -> Diagnostic {
    let detail = format!("Whether an object may be destroyed cannot be told: {why}.");
    Diagnostic::error("Unsuitable prevent_destroy value", detail).at(expression.span)
}

fn prevented(instance: &InstanceAddress, resource: &Resource, forcing: &[Path]) -> Diagnostic {
    let names: Vec<String> = forcing.iter().map(|it| it.to_string().trim_start_matches('.').to_owned()).collect();
    let because = match names.is_empty() {
        true => String::new(),
        false => format!("\n\nIt would be replaced because of what changes in {}.", names.join(", ")),
    };
    Diagnostic::error(
        "Instance cannot be destroyed",
        format!(
            "Resource {instance} has lifecycle.prevent_destroy set, but the plan calls for this resource to be \
             destroyed. To avoid this error and continue with the plan, either disable lifecycle.prevent_destroy or reduce \
             the scope of the plan using the -target option.{because}"
        ),
    )
    .at(resource.span)
}
