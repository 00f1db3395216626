//! Unpacking what was downloaded.

use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use lzma_rust2::XzReader;
use std::{
    fs,
    io::{self, Cursor, Read, Seek},
    os::unix::fs::PermissionsExt,
    path::Path,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Zip,
    TarGz,
    TarBzip2,
    TarXz,
    /// One compressed file, which is no module.
    File(&'static str),
}

/// Suffixes of paths, and the values of `archive=`. The longer ones first.
const FORMATS: &[(&str, Format)] = &[
    ("tar.gz", Format::TarGz),
    ("tgz", Format::TarGz),
    ("zip", Format::Zip),
    ("tar.bz2", Format::TarBzip2),
    ("tar.tbz2", Format::TarBzip2),
    ("tbz2", Format::TarBzip2),
    ("tar.xz", Format::TarXz),
    ("txz", Format::TarXz),
    ("bz2", Format::File("bzip2")),
    ("gz", Format::File("gzip")),
    ("xz", Format::File("xz")),
];

impl Format {
    pub(super) fn of_path(path: &str) -> Option<Self> {
        FORMATS.iter().find(|(suffix, _)| path.strip_suffix(suffix).is_some_and(|it| it.ends_with('.'))).map(|it| it.1)
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        FORMATS.iter().find(|(suffix, _)| *suffix == name).map(|it| it.1)
    }
}

/// Nothing is written outside of `target`, whatever names the archive has.
pub(super) fn unpack(format: Format, content: &[u8], target: &Path) -> Result<(), String> {
    let unpacked = match format {
        Format::Zip => unzip(Cursor::new(content), content.len() as u64, target),
        Format::TarGz => untar(MultiGzDecoder::new(content), target),
        Format::TarBzip2 => untar(MultiBzDecoder::new(content), target),
        Format::TarXz => untar(XzReader::new(content, true), target),
        Format::File(name) => return Err(format!("{name}-compressed files can only unarchive to a single file")),
    };
    unpacked.map_err(|error| format!("the archive cannot be unpacked: {error}"))
}

fn untar(content: impl Read, target: &Path) -> io::Result<()> {
    fs::create_dir_all(target)?;
    let mut archive = tar::Archive::new(content);
    archive.set_preserve_mtime(false);
    for entry in archive.entries()? {
        let mut entry = entry?;
        // The tar crate says false where a name leads outside.
        if !entry.unpack_in(target)? {
            return Err(outside(&entry.path()?.display().to_string()));
        }
    }
    Ok(())
}

/// Unpacks the zip archive at `path`.
pub(super) fn unpack_zip(path: &Path, target: &Path) -> Result<(), String> {
    let unpacked = fs::File::open(path).and_then(|file| {
        let length = file.metadata()?.len();
        unzip(io::BufReader::new(file), length, target)
    });
    unpacked.map_err(|error| format!("the archive cannot be unpacked: {error}"))
}

/// What an archive of so many bytes may hold. No package is packed so well that this keeps it out.
fn most(packed: u64) -> u64 {
    (64 << 20) + packed.saturating_mul(20)
}

fn unzip(content: impl Read + Seek, length: u64, target: &Path) -> io::Result<()> {
    fs::create_dir_all(target)?;
    let mut archive = zip::ZipArchive::new(content)?;
    let mut left = most(length);
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at)?;
        let Some(name) = entry.enclosed_name() else { return Err(outside(entry.name())) };
        let path = target.join(name);
        if entry.is_dir() {
            fs::create_dir_all(&path)?;
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mode = entry.unix_mode().filter(|it| it & 0o777 != 0);
        let written = io::copy(&mut entry.by_ref().take(left.saturating_add(1)), &mut fs::File::create(&path)?)?;
        left = left.checked_sub(written).ok_or_else(|| {
            let most = most(length) >> 20;
            io::Error::new(io::ErrorKind::InvalidData, format!("it holds more than {most} MiB, which no package does"))
        })?;
        if let Some(mode) = mode {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode & 0o777))?;
        }
    }
    Ok(())
}

fn outside(name: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("entry contains '..' or leads outside: {name}"))
}
