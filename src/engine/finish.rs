//! Whether a live object is what the configuration asks for.

use crate::{
    plan::{difference, propose},
    provider::{ConfiguredProvider, Draft, Problem, Result},
    schema::Schema,
    value::Value,
};

/// What the object has to become, if it is not that yet: what the next plan would propose for it.
///
/// So an object that is finished gives an empty plan, and the reverse. `live` and `config` are without marks.
pub(super) fn unfinished(
    provider: &dyn ConfiguredProvider,
    type_name: &str,
    schema: &Schema,
    live: &Value,
    config: &Value,
) -> Result<Option<Value>, Problem> {
    let planned = propose(schema, live, config);
    let replace = difference(schema, live, &planned).replace;
    let mut draft = Draft { prior: live.clone(), config: config.clone(), planned, replace };
    provider.plan(type_name, &mut draft)?;
    Ok(difference(schema, live, &draft.planned).changed.then_some(draft.planned))
}
