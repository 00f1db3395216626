//! `prior_state`: the state that a plan starts from, as Terraform has it when it has planned.

use crate::{
    lang::configuration::Configuration,
    plan::{Action, Plan, Reason, change::PlanMode, recorded},
    state::{OutputValue, State},
    ui::plan::Lookup,
};
use std::sync::Arc;

/// State after reading, with the outputs and the data that planning could tell. Data that is yet to be read is not in it, but what
/// checks read is, though they read it again.
pub(super) fn state(plan: &Plan, configuration: &Configuration, schemas: &Lookup<'_>) -> State {
    let mut state = plan.prior_state.clone();
    state.check_results = None;
    for change in plan.lasting_changes().filter(|it| it.action == Action::Read) {
        let provider = &change.provider.address;
        let schema = schemas(provider, change.address.resource.mode, &change.address.resource.type_name);
        match schema.filter(|_| change.reason == Some(Reason::ReadBecauseCheckNested)) {
            Some(schema) => {
                let object = recorded::planned_object(&change.after, &schema);
                state.put(&change.address, None, provider, Arc::new(object));
            }
            None => drop(state.take(&change.address, None)),
        }
    }
    let declared = &configuration.root().outputs;
    let planned = plan.outputs.iter().filter(|(_, it)| plan.mode != PlanMode::Destroy && it.after.is_wholly_known());
    for (name, change) in planned.filter(|(name, _)| declared.contains_key(*name)) {
        if change.after.is_null() {
            state.outputs.remove(name);
        } else {
            let (value, ty) = (change.after.clone(), change.after.ty());
            state.outputs.insert(name.clone(), OutputValue { value, ty, sensitive: change.sensitive });
        }
    }
    state
}
