//! What is tested: the configuration, and the modules that runs test instead of it.

use super::{Failed, Given, Options, Stops, open};
use crate::{
    address::Name,
    diagnostic::{Diagnostic, Diagnostics, Sources, has_errors},
    lang::{
        configuration::Configuration,
        load::{Files, Installed, clean, load_test},
        source::ModuleSource,
        test_file::{Run, TestFile},
    },
    product::PRODUCT,
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
    let wrong = |error: Diagnostic| Failed { diagnostics: vec![error], sources: sources.clone() };
    let ModuleSource::Local(local) = &module.address else {
        let detail = format!(
            "The run block {:?} tests the module {:?}, which would have to be installed first. {PRODUCT} tests modules in folders \
             beside the configuration.",
            &*run.name, module.source
        );
        return Err(wrong(Diagnostic::error("Module not installed", detail).at(module.source_span)));
    };
    let folder = clean(&open::root().join(local));
    if files.names(&folder).is_err() {
        let detail = format!(
            "The directory {} could not be read for module {:?} at {}.",
            folder.display(),
            key(test, run),
            sources.line(module.span)
        );
        return Err(wrong(Diagnostic::error("Unreadable module directory", detail).at(module.span)));
    }
    let mut installed = Installed::read(files, &open::load_options().data_folder).within(&key(test, run));
    let (mut configuration, _) = open::load_module(files, &folder, &mut installed)?;
    let mut found = Diagnostics::new();
    let file = load_test(files, test.path.clone(), &mut configuration.sources, &mut found);
    match file.filter(|_| !has_errors(&found)) {
        Some(file) => Ok(Some(Subject { configuration, file })),
        None => Err(Failed { diagnostics: found, sources: configuration.sources }),
    }
}

/// What the list of installed modules calls the module of a run: `test.tests.main.setup`.
fn key(test: &TestFile, run: &Run) -> String {
    let path = test.path.display().to_string();
    let stem = path.split(".tftest.").next().unwrap_or_default().replace('/', ".");
    format!("test.{stem}.{}", run.name)
}
