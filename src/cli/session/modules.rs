//! Installing the modules of the configuration in the working directory.

use super::{Failed, open};
use crate::{
    address::ModulePath,
    diagnostic::{Diagnostic, Diagnostics, Sources, has_errors},
    install::{self, Options, Outcome, Progress},
    lang::{
        configuration::Configuration,
        load::{Files, Installed, LoadOptions, ModuleFolders, ModuleRequest, load_tests},
        test_file::{Run, TestFile},
    },
    ui::logins::without_logins,
    web::s3::Credentials,
};
use std::{
    env,
    path::{Path, PathBuf},
};

/// Installs what is called and is not installed yet, also by test files in the root and in `tests`, saying what is done.
pub(crate) fn install(update: bool, tests: &Path, report: &mut dyn FnMut(Progress<'_>)) -> Outcome {
    let LoadOptions { data_folder } = open::load_options();
    let options = Options { data_folder, tests: tests.to_owned(), update, credentials: &credentials };
    install::install(&Files::disk(), &open::root(), &options, report)
}

/// The folder of the module that a run of a test executes, if it names one, and what is installed below it.
pub(crate) fn of_run(
    files: &Files,
    sources: &Sources,
    test: &TestFile,
    run: &Run,
) -> Result<Option<(PathBuf, Installed)>, Failed> {
    let Some(call) = run.call() else { return Ok(None) };
    let (root, key) = (open::root(), test.module_key(run));
    let mut installed = Installed::read(files, &open::load_options().data_folder);
    let mut found = Diagnostics::new();
    let path = ModulePath(vec![key.clone()]);
    let request = ModuleRequest { path: &path, caller: &root, call: &call, sources };
    match installed.folder(&request, &mut found).filter(|_| !has_errors(&found)) {
        Some(folder) => Ok(Some((folder, installed.within(&key)))),
        None => Err(Failed { diagnostics: found, sources: sources.clone() }),
    }
}

/// The modules that test files execute, as they are installed.
pub(crate) fn tested(tests: &Path, sources: &mut Sources) -> Result<Vec<Configuration>, Failed> {
    let files = Files::disk();
    let mut found = Diagnostics::new();
    let tests = load_tests(&files, &open::root(), tests, sources, &mut found);
    if has_errors(&found) {
        return Err(Failed { diagnostics: found, sources: sources.clone() });
    }
    let mut modules = Vec::new();
    for (test, run) in tests.iter().flat_map(|test| test.runs.iter().map(move |run| (test, run))) {
        let Some((folder, mut installed)) = of_run(&files, sources, test, run)? else { continue };
        modules.push(open::load_module(&files, &folder, &mut installed)?.0);
    }
    Ok(modules)
}

/// What is being done, in words; none of it before the first module.
pub(crate) fn line(progress: &Progress<'_>) -> Option<String> {
    match progress {
        Progress::Calls => None,
        Progress::Downloading { package, version: Some(version), key } => {
            Some(format!("Downloading {} {version} for {key}...", without_logins(package)))
        }
        Progress::Downloading { package, version: None, key } => {
            Some(format!("Downloading {} for {key}...", without_logins(package)))
        }
        Progress::Installed { key, folder } => Some(format!("- {key} in {}", folder.display())),
    }
}

/// Copies the module at `source` into the working directory, which must have no configuration yet.
pub(crate) fn copy(source: &str) -> Result<(), Diagnostics> {
    if !open::is_empty() {
        let detail = "The target directory already contains Terraform configuration files, which -from-module would \
                      overwrite. Use an empty directory.";
        return Err(vec![Diagnostic::error("Can't populate non-empty directory", detail)]);
    }
    install::copy(source, Path::new("."), &credentials).map_err(|error| {
        let detail = format!("Could not download the module {source:?}: {error}");
        vec![Diagnostic::error("Failed to download module", detail)]
    })
}

/// Those of the environment, else what the SDK finds on this machine.
fn credentials() -> Option<Credentials> {
    let variable = |name| env::var(name).ok().filter(|it| !it.is_empty());
    let found = variable("AWS_ACCESS_KEY_ID").zip(variable("AWS_SECRET_ACCESS_KEY"));
    let found = found.map(|(access_key, secret_key)| Credentials {
        access_key,
        secret_key,
        session_token: variable("AWS_SESSION_TOKEN"),
    });
    #[cfg(feature = "aws")]
    let found = found.or_else(|| {
        let (access_key, secret_key, session_token) = crate::aws::machine_credentials()?;
        Some(Credentials { access_key, secret_key, session_token })
    });
    found
}
