//! Configuration, variables and state for commands that only look.

use super::{Failed, open, published};
use crate::{
    cli::{
        args::{Given, Where},
        terminal::Terminal,
    },
    diagnostic::{Diagnostics, has_errors},
    lang::{
        check::check,
        configuration::Configuration,
        load::Files,
        variables::{self, Origin},
    },
    plan::{self, Pass, Setting, World},
    state::{State, location},
    value::Value,
};
use std::{path::Path, sync::Arc};

/// The world as the current state has it, with what is wrong in it: much can be looked at all the same. Variables without a
/// value are unknown, as nobody is asked for them.
pub(crate) fn recorded_world(
    given: &[Given],
    place: &Where,
    terminal: &Terminal,
) -> Result<(World, Diagnostics), Failed> {
    let files = Arc::new(Files::disk());
    let (mut setting, state, mut diagnostics) =
        recorded_from(open::declarations(&files)?, files, given, Some(place), terminal)?;
    setting.timestamp = Some(setting.plan_timestamp.clone());
    let setting = published::complete(setting, Some(&state))?;
    let references = check(&setting.configuration);
    let world = plan::inspect(setting, &state);
    let found = world.take_diagnostics();
    // What refers to nothing has no value either, and is reported once.
    diagnostics.extend(if has_errors(&references) { references } else { found });
    Ok((world, diagnostics))
}

/// Configuration and variables as they are, and the current state, which is not locked. The providers are those that are built in.
pub(crate) fn recorded(
    given: &[Given],
    place: Option<&Where>,
    terminal: &Terminal,
) -> Result<(Setting, State, Diagnostics), Failed> {
    let files = Arc::new(Files::disk());
    recorded_from(open::load(&files)?, files, given, place, terminal)
}

fn recorded_from(
    (mut configuration, mut diagnostics): (Configuration, Diagnostics),
    files: Arc<Files>,
    given: &[Given],
    place: Option<&Where>,
    terminal: &Terminal,
) -> Result<(Setting, State, Diagnostics), Failed> {
    let graph = open::graph(&configuration)?;
    let (mut found, more) = open::assigned(&mut configuration, &files, given);
    diagnostics.extend(more);
    for variable in variables::missing(&configuration, &found).into_iter().cloned().collect::<Vec<_>>() {
        let value = Value::unknown(variable.ty.clone());
        found.insert(variable.name, variables::Given { value, origin: Origin::Internal });
    }
    let (values, more) = variables::root_values(&mut configuration, &found);
    diagnostics.extend(more);
    if has_errors(&diagnostics) {
        return Err(Failed { diagnostics, sources: configuration.sources });
    }
    let workspace = location::workspace(Path::new("")).map_err(|it| Failed::new([it]))?;
    let budget = open::budget()?;
    let setting = open::setting(configuration, graph, files, values, workspace.into(), budget);
    let located = open::location(place, &World::new(setting.clone(), Pass::Planning))?;
    Ok((setting, open::read(located, terminal)?, diagnostics))
}
