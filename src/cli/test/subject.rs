//! What is tested: the configuration, and the modules that runs test instead of it.

use super::{Failed, Given, Options, Stops, open};
use crate::{
    address::Name,
    cli::session::modules,
    diagnostic::{Diagnostic, Diagnostics, Sources, has_errors},
    lang::{
        configuration::Configuration,
        load::{Files, load_test},
        test_file::{Run, TestFile},
    },
    state::location,
};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

/// A configuration with the test file that a run of it is in, so that the places of both can be shown.
pub(super) struct Subject {
    pub configuration: Configuration,
    pub file: TestFile,
}

/// Everything that the files of a test have in common.
pub(super) struct Suite {
    pub files: Arc<Files>,
    pub configuration: Configuration,
    /// What is tested by the runs that name a module, by file and run.
    pub modules: BTreeMap<(PathBuf, Name), Subject>,
    pub given: Vec<Given>,
    pub workspace: Name,
    pub verbose: bool,
    pub stops: Stops,
}

/// Reads the modules that runs of `tests` name.
pub(super) fn prepare(
    files: Arc<Files>,
    configuration: Configuration,
    tests: &[TestFile],
    given: &[Given],
    options: &Options,
) -> Result<Suite, Failed> {
    let mut modules = BTreeMap::new();
    for test in tests {
        for run in &test.runs {
            if let Some(subject) = module_of(&files, &configuration.sources, test, run)? {
                modules.insert((test.path.clone(), run.name.clone()), subject);
            }
        }
    }
    let workspace = location::workspace(&open::root()).map_err(|it| Failed::new([it]))?.into();
    let given = given.to_vec();
    Ok(Suite { files, configuration, modules, given, workspace, verbose: options.verbose, stops: Stops::default() })
}

/// What a run tests, if it names a module.
fn module_of(files: &Files, sources: &Sources, test: &TestFile, run: &Run) -> Result<Option<Subject>, Failed> {
    let Some(module) = &run.module else { return Ok(None) };
    let Some((folder, mut installed)) = modules::of_run(files, sources, test, run)? else { return Ok(None) };
    if files.names(&folder).is_err() {
        let place = sources.line(module.span);
        let key = test.module_key(run);
        let detail = format!("The directory {} could not be read for module {key:?} at {place}.", folder.display());
        let error = Diagnostic::error("Unreadable module directory", detail).at(module.span);
        return Err(Failed { diagnostics: vec![error], sources: sources.clone() });
    }
    let (mut configuration, _) = open::load_module(files, &folder, &mut installed)?;
    let mut found = Diagnostics::new();
    let file = load_test(files, test.path.clone(), &mut configuration.sources, &mut found);
    match file.filter(|_| !has_errors(&found)) {
        Some(file) => Ok(Some(Subject { configuration, file })),
        None => Err(Failed { diagnostics: found, sources: configuration.sources }),
    }
}
