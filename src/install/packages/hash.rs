//! Hashes of packages, with the scheme in front: `h1:` is made of the files of a package, wherever they are, as Go's `dirhash`
//! does; `zh:` is the SHA-256 of the archive.

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// Where a package is on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Packed {
    Archive(PathBuf),
    Folder(PathBuf),
}

/// The scheme of a hash: `h1` of `h1:…`.
pub(super) fn scheme(hash: &str) -> Option<&str> {
    hash.split_once(':').map(|it| it.0).filter(|it| !it.is_empty())
}

/// Those that can be checked here.
pub(super) fn known(hashes: &BTreeSet<String>) -> BTreeSet<String> {
    hashes.iter().filter(|it| matches!(scheme(it), Some("h1" | "zh"))).cloned().collect()
}

impl Packed {
    /// `h1:…`
    pub(super) fn files_hash(&self) -> io::Result<String> {
        match self {
            Self::Archive(path) => of_archive(path),
            Self::Folder(path) => of_folder(path),
        }
    }

    /// Whether the package has one of these hashes. A folder has only hashes of its files.
    pub(super) fn has_any(&self, hashes: &BTreeSet<String>) -> io::Result<bool> {
        let wants = |name: &str| hashes.iter().any(|it| scheme(it) == Some(name));
        if wants("h1") && hashes.contains(&self.files_hash()?) {
            return Ok(true);
        }
        match self {
            Self::Archive(path) if wants("zh") => Ok(hashes.contains(&format!("zh:{}", of_file(path)?))),
            _ => Ok(false),
        }
    }
}

/// The SHA-256 of a file, in hexadecimal digits.
pub(super) fn of_file(path: &Path) -> io::Result<String> {
    digest(File::open(path)?)
}

/// The SHA-256 of what is read, in hexadecimal digits.
pub(super) fn digest(mut content: impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    io::copy(&mut content, &mut hasher)?;
    Ok(hex(&hasher.finalize()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn of_archive(path: &Path) -> io::Result<String> {
    let mut archive = zip::ZipArchive::new(File::open(path)?)?;
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let entry = archive.by_index(at)?;
        files.push((entry.name().to_owned(), digest(entry)?));
    }
    summary(files)
}

fn of_folder(path: &Path) -> io::Result<String> {
    let (mut files, mut folders) = (Vec::new(), vec![(fs::canonicalize(path)?, String::new())]);
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name().into_string().map_err(|name| {
                io::Error::new(io::ErrorKind::InvalidData, format!("the name of {} is not UTF-8", name.display()))
            })?;
            let name = format!("{prefix}{name}");
            match entry.file_type()?.is_dir() {
                true => folders.push((entry.path(), name + "/")),
                // A pipe would be waited for.
                false if !fs::metadata(entry.path())?.is_file() => {
                    return Err(io::Error::new(io::ErrorKind::InvalidData, format!("{name} is not a regular file")));
                }
                false => files.push((name, of_file(&entry.path())?)),
            }
        }
    }
    summary(files)
}

/// The hash of a list of files with their hashes.
fn summary(mut files: Vec<(String, String)>) -> io::Result<String> {
    files.sort();
    let mut hasher = Sha256::new();
    for (name, digest) in files {
        if name.contains('\n') {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "names of files with line ends are not supported"));
        }
        hasher.update(format!("{digest}  {name}\n"));
    }
    Ok(format!("h1:{}", BASE64.encode(hasher.finalize())))
}
