//! Notes of packages whose checksum was found to be right. Making one reads all of a package, which may be hundreds of megabytes,
//! and every command needs it; so it is made again only once one of the files is another one.

use super::hash::{Packed, scheme};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

/// Where this user's notes are: not beside the packages, since whoever can put a package there must not be believed what it is.
pub(super) fn notes() -> Option<PathBuf> {
    let named = |name| std::env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
    let folder = named("XDG_CACHE_HOME").or_else(|| Some(named("HOME")?.join(".cache")))?;
    folder.is_absolute().then(|| folder.join("rforge/verified"))
}

/// Whether the package in `folder` has one of these hashes. `notes` is where it is noted, if it can be.
pub(super) fn has_any(folder: &Path, hashes: &BTreeSet<String>, notes: Option<&Path>) -> io::Result<bool> {
    let wanted: BTreeSet<String> = hashes.iter().filter(|it| scheme(it) == Some("h1")).cloned().collect();
    if wanted.is_empty() {
        return Ok(false);
    }
    let note = notes.map(|notes| identity(folder).map(|it| notes.join(it))).transpose()?;
    let noted = note.as_ref().and_then(|it| fs::read_to_string(it).ok());
    if noted.is_some_and(|it| wanted.contains(it.trim_end())) {
        return Ok(true);
    }
    let hash = Packed::Folder(folder.to_owned()).files_hash()?;
    let matches = wanted.contains(&hash);
    if let Some(note) = note.filter(|_| matches)
        && let Err(error) = write(&note, &hash)
    {
        // Then it is made again the next time.
        tracing::debug!(note = %note.display(), %error, "a checksum is not noted");
    }
    Ok(matches)
}

/// The same for as long as nothing is written in the folder: which files there are, and when each was last changed. Nobody can set
/// the time at which a file was changed.
fn identity(folder: &Path) -> io::Result<String> {
    let folder = fs::canonicalize(folder)?;
    let mut files = Vec::new();
    list(&folder, &mut files)?;
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let found = fs::metadata(&file)?;
        hash.update(file.as_os_str().as_encoded_bytes());
        hash.update([0]);
        for number in [found.dev(), found.ino(), found.len()] {
            hash.update(number.to_le_bytes());
        }
        for time in [found.mtime(), found.mtime_nsec(), found.ctime(), found.ctime_nsec()] {
            hash.update(time.to_le_bytes());
        }
    }
    Ok(format!("{:x}", hash.finalize()))
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { list(&entry.path(), files)? } else { files.push(entry.path()) }
    }
    Ok(())
}

fn write(note: &Path, hash: &str) -> io::Result<()> {
    let folder = note.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut written = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut written, hash.as_bytes())?;
    written.persist(note)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_right_is_noted_until_it_changes() {
        let place = tempfile::tempdir().unwrap();
        let (package, notes) = (place.path().join("package"), place.path().join("notes"));
        fs::create_dir_all(package.join("docs")).unwrap();
        fs::write(package.join("program"), "one").unwrap();
        fs::write(package.join("docs/read"), "me").unwrap();
        let right = BTreeSet::from([Packed::Folder(package.clone()).files_hash().unwrap()]);
        let other = BTreeSet::from(["h1:AAAA".to_owned(), "zh:00".to_owned()]);
        let count = || fs::read_dir(&notes).map_or(0, Iterator::count);
        assert!(!has_any(&package, &other, Some(&notes)).unwrap());
        assert_eq!(count(), 0);
        for _ in 0..2 {
            assert!(has_any(&package, &right, Some(&notes)).unwrap());
            assert_eq!(count(), 1);
        }
        // A note says what was found, not that it is wanted.
        assert!(!has_any(&package, &other, Some(&notes)).unwrap());
        // As long as before, at the same time.
        let time = fs::metadata(package.join("program")).unwrap().modified().unwrap();
        fs::write(package.join("program"), "two").unwrap();
        fs::File::options().write(true).open(package.join("program")).unwrap().set_modified(time).unwrap();
        assert!(!has_any(&package, &right, Some(&notes)).unwrap());
        fs::write(package.join("more"), "").unwrap();
        assert!(!has_any(&package, &right, Some(&notes)).unwrap());
    }
}
