//! Everything that can be said of the configuration in the working directory without values.

use super::{open, published, requirements, said};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, FileId, Sources, Span, has_errors},
    engine::{self, budget::Budget},
    lang::{
        check::check,
        configuration::Configuration,
        dependencies::Graph,
        load::{self, Files, Installed},
        variables::{self, Origin},
    },
    plan,
    value::Value,
};
use std::{collections::BTreeMap, path::Path, sync::Arc};

/// The errors and warnings of every file if some cannot be read as configuration; otherwise all that is wrong in what
/// they say, in order of place. That a name is not declared stops nothing but the expression that has it.
///
/// `folder` has the root module. `tests` is the folder whose test files are looked at, with those of the root; without it none are.
pub(crate) fn validate(folder: &Path, tests: Option<&Path>) -> (Diagnostics, Sources) {
    let files = Arc::new(Files::disk());
    let mut installed = Installed::read(&files, &open::load_options().data_folder);
    let (mut configuration, mut diagnostics) = load::load_with(&files, folder, &mut installed);
    diagnostics.extend(requirements::settle(&mut configuration, &open::providers()));
    let mut sources = configuration.sources.clone();
    if let Some(tests) = tests {
        load::check_tests(&files, folder, tests, &mut sources, &mut diagnostics);
    }
    if has_errors(&diagnostics) {
        return (diagnostics, sources);
    }
    diagnostics.extend(said::check(&configuration, &open::providers()));
    let undeclared = check(&configuration);
    let found = match Graph::new(&configuration) {
        Ok(graph) => evaluate(configuration, graph, files),
        // What refers to itself is also the shortest of cycles.
        Err(_) if has_errors(&undeclared) => Diagnostics::new(),
        Err(cycles) => cycles,
    };
    diagnostics.extend(besides(&undeclared, found));
    diagnostics.extend(undeclared);
    diagnostics.sort_by_key(|it| it.subject);
    (diagnostics, sources)
}

/// Without values every variable is unknown, as is everything that follows from one.
fn evaluate(configuration: Configuration, graph: Graph, files: Arc<Files>) -> Diagnostics {
    let sources = &configuration.sources;
    let unknown = configuration.root().variables.iter().map(|(name, it)| {
        let value = variables::prepare(it, Some(Value::unknown(it.ty.clone())), &Origin::Internal, sources);
        (name.clone(), value.unwrap_or_else(|_| Value::unknown(it.ty.clone())))
    });
    let unknown = unknown.collect();
    let budget = Arc::new(Budget::default());
    let setting = open::setting(configuration, graph, files, unknown, "default".into(), budget);
    let (setting, runtime) = match published::complete(setting, None).and_then(|it| Ok((it, open::runtime()?))) {
        Ok(ready) => ready,
        Err(failed) => return failed.diagnostics,
    };
    let mut found = runtime.block_on(engine::validate(setting.clone()));
    if !has_errors(&found) {
        found.extend(plan::unmanageable(setting));
    }
    found
}

/// Those of `found` that do not stand where something is reported already, or right before it: a name that is not declared
/// cannot be evaluated either.
fn besides(reported: &[Diagnostic], found: Diagnostics) -> Diagnostics {
    let places = reported.iter().filter_map(|it| it.subject);
    let places: BTreeMap<(FileId, u32), u32> = places.map(|it| ((it.file, it.start), it.end)).collect();
    let is_reported = |at: Span| {
        if places.contains_key(&(at.file, at.end)) {
            return true;
        }
        let before = places.range(..=(at.file, at.start)).next_back();
        before.is_some_and(|(&(file, start), &end)| file == at.file && (at.start < end || at.start == start))
    };
    found.into_iter().filter(|it| !it.subject.is_some_and(is_reported)).collect()
}
