//! How every file of state reaches the disk: whole, or not at all; and how what a killed process left of that is cleared away.

use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// What the names of temporary files begin with; then comes the name of the file that is to be replaced.
const PREFIX: &str = ".rforge-";
/// How many letters and digits end the name.
const RANDOM: usize = 6;

/// Replaces the file at `path` by one of this text, readable by its owner only: whoever is killed or opens it at
/// any moment sees the old text or the new one. `prepare` is called with the new file before it takes the place.
pub(super) fn write_atomically(
    path: &Path,
    text: &[u8],
    prepare: impl FnOnce(&File) -> io::Result<()>,
) -> io::Result<File> {
    let path = &followed(path);
    let folder = folder(path);
    std::fs::create_dir_all(folder)?;
    let mut prefix = std::ffi::OsString::from(PREFIX);
    prefix.push(path.file_name().unwrap_or_default());
    prefix.push(".");
    let mut file = tempfile::Builder::new().prefix(&prefix).rand_bytes(RANDOM).tempfile_in(folder)?;
    file.write_all(text)?;
    file.as_file().sync_all()?;
    prepare(file.as_file())?;
    let file = file.persist(path).map_err(|error| error.error)?;
    File::open(folder)?.sync_all()?;
    Ok(file)
}

/// Removes the temporary files of a process that was killed while it replaced one of `paths`. Whoever calls this holds a lock
/// that keeps others from replacing them now.
pub(super) fn remove_left_over(paths: &[&Path]) {
    for path in paths {
        let path = followed(path);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for entry in std::fs::read_dir(folder(&path)).into_iter().flatten().flatten() {
            if is_left_over(&entry.file_name().to_string_lossy(), &name) {
                // One that cannot be removed is no reason to do nothing else.
                drop(std::fs::remove_file(entry.path()));
            }
        }
    }
}

/// Whether a file of this name was to become the file `target`, or a numbered backup of it. Earlier versions did not say what of.
fn is_left_over(name: &str, target: &str) -> bool {
    let Some(rest) = name.strip_prefix(PREFIX) else { return false };
    let (of, random) = rest.rsplit_once('.').unwrap_or((target, rest));
    let is_backup = |of: &str| {
        let number = of.strip_prefix(target).and_then(|it| it.strip_prefix('.')?.strip_suffix(".backup"));
        number.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
    };
    random.len() == RANDOM && random.bytes().all(|it| it.is_ascii_alphanumeric()) && (of == target || is_backup(of))
}

/// A link is followed, so that it stays one.
fn followed(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_over() {
        let cases = [
            (".rforge-terraform.tfstate.aB3dEf", true),
            (".rforge-terraform.tfstate.1700000000.backup.aB3dEf", true),
            (".rforge-aB3dEf", true),
            (".rforge-terraform.tfstate.backup.aB3dEf", false),
            (".rforge-terraform.tfstate2.aB3dEf", false),
            (".rforge-other.tfstate.aB3dEf", false),
            (".rforge-terraform.tfstate.aB3dE", false),
            ("terraform.tfstate", false),
            (".rforge-notes", false),
        ];
        for (name, expected) in cases {
            assert_eq!(is_left_over(name, "terraform.tfstate"), expected, "{name}");
        }
    }
}
