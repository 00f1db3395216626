//! How every file of state reaches the disk: whole, or not at all.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

/// Replaces the file at `path` by one of this text, readable by its owner only: whoever is killed or opens it at
/// any moment sees the old text or the new one. `prepare` is called with the new file before it takes the place.
pub(super) fn write_atomically(
    path: &Path,
    text: &[u8],
    prepare: impl FnOnce(&File) -> io::Result<()>,
) -> io::Result<File> {
    // A link is followed, so that it stays one.
    let path = &std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".rforge-").tempfile_in(folder)?;
    file.write_all(text)?;
    file.as_file().sync_all()?;
    prepare(file.as_file())?;
    let file = file.persist(path).map_err(|error| error.error)?;
    File::open(folder)?.sync_all()?;
    Ok(file)
}
