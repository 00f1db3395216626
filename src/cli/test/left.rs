//! Where the state of a test is while it runs, and what a test that was cut off has left there.

use super::{Failed, open};
use crate::{
    address::ResourceMode,
    diagnostic::Diagnostic,
    lang::{
        configuration::is_stand_in,
        test_file::{Run, TestFile},
    },
    product::COMMAND,
    state::{self, Location, State},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The folder of the states of a file.
pub(super) fn folder(test: &TestFile) -> PathBuf {
    open::load_options().data_folder.join("tests").join(&test.path)
}

/// What tells the states of a file apart: runs with the same share one.
pub(super) fn key(run: &Run) -> String {
    match (&run.state_key, &run.module) {
        (Some(key), _) => format!("key-{}", urlencoding::encode(key)),
        (None, Some(module)) => format!("module-{}", urlencoding::encode(&module.source)),
        (None, None) => "main".into(),
    }
}

/// The file of a state.
pub(super) fn place(test: &TestFile, key: &str) -> PathBuf {
    folder(test).join(format!("{key}.tfstate"))
}

/// The objects of a state that somebody would have to destroy.
pub(super) fn objects(state: &State) -> Vec<String> {
    let managed = state.resources.iter().filter(|(address, _)| address.mode == ResourceMode::Managed);
    managed.flat_map(|(address, it)| it.instances.keys().map(|key| address.instance(key.clone()).to_string())).collect()
}

/// Refuses to test what an earlier test has left objects of: their state would be written over.
pub(super) fn check(tests: &[TestFile]) -> Result<(), Failed> {
    for test in tests {
        let folder = folder(test);
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|it| it.path()).collect();
        paths.retain(|it| it.extension().is_some_and(|it| it == "tfstate"));
        paths.sort();
        for path in paths {
            let location = Location { input: path.clone(), output: path.clone(), backup: None };
            let recorded = state::read(&location).map_err(Failed::new)?;
            let mut state = recorded.state;
            // What was made up is nowhere else.
            state.resources.retain(|_, it| !is_stand_in(&it.provider.source));
            let begun = recorded.begun.iter().filter(|it| !is_stand_in(&it.provider.source));
            let begun = begun.map(|it| it.address.to_string());
            let objects: Vec<String> = objects(&state).into_iter().chain(begun).collect();
            if !objects.is_empty() {
                return Err(Failed::new([refusal(test, &path, &objects)]));
            }
        }
        clear(test);
    }
    Ok(())
}

fn refusal(test: &TestFile, path: &Path, objects: &[String]) -> Diagnostic {
    let listed: String = objects.iter().map(|it| format!("\n  - {it}")).collect();
    let detail = format!(
        "A test of {} was cut off, or could not destroy what it had made. This is left of it:{listed}\n\nThe state of these \
         objects is in {}.",
        test.name(),
        path.display()
    );
    let hint = format!(
        "\"{COMMAND} destroy -state={0}\" destroys them; it takes the variables that the test has, with -var. Where they are gone \
         already, remove {0}.",
        path.display()
    );
    Diagnostic::error("Objects of an earlier test are left", detail).hint(hint)
}

/// Removes the folder of a file whose states hold nothing any more, and those around it that are empty then.
pub(super) fn clear(test: &TestFile) {
    let folder = folder(test);
    if fs::remove_dir_all(&folder).is_err_and(|it| it.kind() != io::ErrorKind::NotFound) {
        return;
    }
    let data = open::load_options().data_folder;
    for around in folder.ancestors().skip(1).take_while(|it| it.starts_with(&data) && !it.as_os_str().is_empty()) {
        // One that is not empty stays.
        if fs::remove_dir(around).is_err() {
            return;
        }
    }
}

/// The objects of the state in that file, with those of which it is not known whether they were made.
pub(super) fn recorded(path: &Path) -> Vec<String> {
    let location = Location { input: path.to_owned(), output: path.to_owned(), backup: None };
    match state::read(&location) {
        Ok(recorded) => {
            let begun = recorded.begun.iter().map(|it| it.address.to_string());
            objects(&recorded.state).into_iter().chain(begun).collect()
        }
        // It is there, whatever is in it.
        Err(_) => vec![format!("what {} holds", path.display())],
    }
}
