//! The files of a folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The files of a folder and the folders in it that have one of these extensions, sorted.
pub(crate) fn with_extensions(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(with_extensions(&path, extensions));
        } else if has_extension(&path, extensions) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Whether the file has one of these extensions.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|it| extensions.iter().any(|extension| it == *extension))
}
