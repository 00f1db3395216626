//! Where the text of a configuration comes from: the disk, or a saved plan that carries it.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex},
};

/// Reads files, each one once: what was read stays the same for the whole run.
///
/// Paths start at the working directory.
#[derive(Debug, Default)]
pub struct Files {
    /// What was read so far, or what the saved plan carries.
    read: Mutex<BTreeMap<PathBuf, Arc<[u8]>>>,
    /// What was written by this run, which the working directory has besides.
    added: Mutex<Vec<String>>,
    /// Whether folders consist of what is in `read`, and not of what is on the disk now.
    fixed: bool,
}

impl Files {
    pub fn disk() -> Self {
        Self::default()
    }

    /// The files that a saved plan carries. Anything else, such as a file that only `file()` reads while applying,
    /// still comes from the disk.
    pub fn saved(files: BTreeMap<PathBuf, Arc<[u8]>>) -> Self {
        Self { read: Mutex::new(files), added: Mutex::default(), fixed: true }
    }

    pub fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let path = clean(path);
        if let Some(content) = self.known().get(&path) {
            return Ok(content.clone());
        }
        let content: Arc<[u8]> = fs::read(&path)?.into();
        self.known().insert(path, content.clone());
        Ok(content)
    }

    /// Adds a file that this run writes to those of the working directory, wherever it is.
    pub fn add(&self, path: &Path, content: Arc<[u8]>) {
        let path = clean(path);
        self.added.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(path.display().to_string());
        self.known().insert(path, content);
    }

    /// As [`Self::read`], of a file that was found in a folder: what is no regular one there could be waited for for ever.
    pub fn read_found(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let path = clean(path);
        if !self.known().contains_key(&path) && fs::metadata(&path).is_ok_and(|it| !it.is_file() && !it.is_dir()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
        }
        self.read(&path).map_err(|error| match path.to_string_lossy().contains(char::REPLACEMENT_CHARACTER) {
            true if error.kind() == io::ErrorKind::NotFound => {
                io::Error::new(io::ErrorKind::InvalidInput, "its name is not UTF-8; give it another one")
            }
            _ => error,
        })
    }

    /// The names of the files in `folder`, sorted. One that is not UTF-8 is there all the same, so that it is missed
    /// when it is read.
    pub fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let folder = clean(folder);
        let mut names: Vec<String> = if self.fixed {
            let inside = |path: &Path| path.parent().map(clean) == Some(folder.clone());
            let files = self.known();
            let paths = files.keys().filter(|path| inside(path));
            paths.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect()
        } else {
            let entries = fs::read_dir(&folder)?.collect::<io::Result<Vec<_>>>()?;
            let files = entries.into_iter().filter(|entry| !entry.path().is_dir());
            files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        };
        if folder == Path::new(".") {
            names.extend(self.added.lock().unwrap_or_else(std::sync::PoisonError::into_inner).iter().cloned());
        }
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// Every file read so far: what a saved plan has to carry to be applied later with the same text.
    pub fn snapshot(&self) -> BTreeMap<PathBuf, Arc<[u8]>> {
        self.known().clone()
    }

    fn known(&self) -> std::sync::MutexGuard<'_, BTreeMap<PathBuf, Arc<[u8]>>> {
        // The map is whole at any time, also when a thread that held it has panicked.
        self.read.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// `path` without `.` and with `..` applied to what precedes it, as Go's `filepath.Clean` does; `.` if nothing is
/// left.
pub fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match (component, clean.components().next_back()) {
            (Component::CurDir, _) | (Component::ParentDir, Some(Component::RootDir)) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                clean.pop();
            }
            (component, _) => clean.push(component),
        }
    }
    if clean.as_os_str().is_empty() { ".".into() } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleans_paths() {
        let cases = [
            ("", "."),
            (".", "."),
            ("./a", "a"),
            ("a/./b/../c", "a/c"),
            ("a/..", "."),
            ("../../a", "../../a"),
            ("a/../../b", "../b"),
            ("/../a", "/a"),
        ];
        for (path, expected) in cases {
            assert_eq!(clean(Path::new(path)), Path::new(expected), "{path}");
        }
    }

    #[test]
    fn a_saved_set_lists_only_itself() {
        let content = |text: &str| Arc::from(text.as_bytes());
        let files = Files::saved(BTreeMap::from([
            ("b.tf".into(), content("b")),
            ("a.tf".into(), content("a")),
            ("m/c.tf".into(), content("c")),
        ]));
        assert_eq!(files.names(Path::new(".")).unwrap(), ["a.tf", "b.tf"]);
        assert_eq!(files.names(Path::new("./m")).unwrap(), ["c.tf"]);
        assert_eq!(&*files.read(Path::new("./m/../a.tf")).unwrap(), b"a");
    }
}
