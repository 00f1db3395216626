//! `template_dir`: a folder of templates, rendered into another one.

use super::{variables, wrong};
use crate::{
    provider::Result,
    providers::{Render, digest::sha1, local::*},
    schema::Schema,
    value::Type,
};
use std::{
    fs, io,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

pub(super) fn schema() -> Schema {
    let schema = crate::providers::local::schema(
        0,
        [
            ("destination_dir", replacing(required(Type::String))),
            ("id", optional_computed(Type::String)),
            ("source_dir", replacing(required(Type::String))),
            ("vars", replacing(optional(Type::map(Type::String)))),
        ],
    );
    Schema { null_is_zero: true, ..schema }
}

fn folders(it: &Attributes) -> (&Path, &Path) {
    let folder = |name| Path::new(text(it, name).unwrap_or_default());
    (folder("source_dir"), folder("destination_dir"))
}

pub(super) fn create(mut it: Attributes, render: Render) -> Result<Attributes> {
    let (source, destination) = folders(&it);
    // A file that is no more in the one is no more in the other.
    delete(&it)?;
    let failed = |path: &Path, error: io::Error| wrong(format!("{}: {error}", path.display()));
    fs::create_dir_all(destination).map_err(|error| failed(destination, error))?;
    let variables = variables(&it);
    for path in walk(source).map_err(|error| failed(source, error))? {
        let metadata = fs::metadata(source.join(&path)).map_err(|error| failed(&path, error))?;
        if metadata.is_dir() {
            continue;
        }
        let (from, to) = (source.join(&path), destination.join(&path));
        let template = fs::read_to_string(&from).map_err(|error| failed(&from, error))?;
        let rendered = render(&template, &variables);
        let rendered = rendered.map_err(|why| wrong(format!("failed to render {}: {why}", from.display())))?;
        let written = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&to, rendered));
        let written = written.and_then(|()| fs::set_permissions(&to, metadata.permissions()));
        written.map_err(|error| failed(&to, error))?;
    }
    let id = id(source, destination).map_err(|error| wrong(format!("could not generate output checksum: {error}")))?;
    set_text(&mut it, "id", id);
    Ok(it)
}

/// It is made again when a file in either of the folders is another one.
pub(super) fn refresh(it: Attributes) -> Option<Attributes> {
    let (source, destination) = folders(&it);
    let is_same = id(source, destination).is_ok_and(|id| text(&it, "id") == Some(&id));
    is_same.then_some(it)
}

pub(super) fn delete(it: &Attributes) -> Result<()> {
    let (_, destination) = folders(it);
    match fs::remove_dir_all(destination) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(wrong(format!("could not delete directory {:?}: {error}", destination.display().to_string())))
        }
        _ => Ok(()),
    }
}

/// The digest of both folders as archives, which the published provider makes of them.
fn id(source: &Path, destination: &Path) -> io::Result<String> {
    Ok(sha1((sha1(&archive(source)?) + &sha1(&archive(destination)?)).as_bytes()))
}

/// What is in the folder, itself (`.`) first, each folder before what is in it, by name.
fn walk(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut found, mut left) = (Vec::new(), vec![PathBuf::new()]);
    while let Some(path) = left.pop() {
        let whole = folder.join(&path);
        if fs::symlink_metadata(&whole)?.is_dir() {
            let entries = fs::read_dir(&whole)?.map(|entry| Ok(path.join(entry?.file_name())));
            let mut entries: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
            entries.sort_unstable_by(|one, other| other.file_name().cmp(&one.file_name()));
            left.extend(entries);
        }
        found.push(path);
    }
    Ok(found)
}

/// The folder as an archive in the form `ustar`, to the byte as Go writes it, without the end.
fn archive(folder: &Path) -> io::Result<Vec<u8>> {
    let (users, groups) = (names("/etc/passwd"), names("/etc/group"));
    let mut out = Vec::new();
    for path in walk(folder)? {
        let whole = folder.join(&path);
        let metadata = fs::symlink_metadata(&whole)?;
        let is_link = metadata.is_symlink();
        let content = if metadata.is_dir() || is_link { Vec::new() } else { fs::read(&whole)? };
        let name = if path.as_os_str().is_empty() { ".".into() } else { path.display().to_string() };
        let rounded = metadata.mtime() + i64::from(metadata.mtime_nsec() >= 500_000_000);
        let octal = |number: u64, width: usize| format!("{number:0width$o}\0");
        let mut header = Vec::with_capacity(512);
        let mut field = |text: &str, width: usize| {
            header.extend(text.bytes().chain(std::iter::repeat(0)).take(width));
        };
        field(&name, 100);
        field(&octal(u64::from(metadata.permissions().mode() & 0o7777), 7), 8);
        field(&octal(metadata.uid().into(), 7), 8);
        field(&octal(metadata.gid().into(), 7), 8);
        field(&octal(content.len() as u64, 11), 12);
        field(&octal(rounded.max(0).unsigned_abs(), 11), 12);
        field("        ", 8);
        field(
            if metadata.is_dir() {
                "5"
            } else if is_link {
                "2"
            } else {
                "0"
            },
            1,
        );
        let link = whole.file_name().filter(|_| is_link).map(|it| it.to_string_lossy().into_owned());
        field(&link.unwrap_or_default(), 100);
        field("ustar\x0000", 8);
        let owner =
            |names: &[(u32, String)], id| names.iter().find(|it| it.0 == id).map_or(String::new(), |it| it.1.clone());
        field(&owner(&users, metadata.uid()), 32);
        field(&owner(&groups, metadata.gid()), 32);
        field(&octal(0, 7), 8);
        field(&octal(0, 7), 8);
        field("", 155 + 12);
        let sum: u64 = header.iter().map(|it| u64::from(*it)).sum();
        header.splice(148..155, octal(sum, 6).into_bytes());
        out.append(&mut header);
        out.extend(content);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    Ok(out)
}

/// Names by number, of a file like `/etc/passwd`.
fn names(file: &str) -> Vec<(u32, String)> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let name = |line: &str| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        Some((fields.nth(1)?.parse().ok()?, name.to_owned()))
    };
    text.lines().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Go's archive/tar writes of a file, as far as it does not depend on who runs this and when.
    #[test]
    fn archives_are_those_of_go() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        fs::write(folder.path().join("b/x"), "text").unwrap();
        fs::write(folder.path().join("a"), "").unwrap();
        fs::set_permissions(folder.path().join("b/x"), fs::Permissions::from_mode(0o640)).unwrap();
        let archive = archive(folder.path()).unwrap();
        let names: Vec<_> = archive.chunks(512).map(|it| String::from_utf8_lossy(&it[..4]).into_owned()).collect();
        assert_eq!(names, [".\0\0\0", "a\0\0\0", "b\0\0\0", "b/x\0", "text"]);
        let header = &archive[3 * 512..4 * 512];
        assert_eq!(&header[100..108], b"0000640\0");
        assert_eq!(&header[124..136], b"00000000004\0");
        assert_eq!(&header[156..158], b"0\0");
        assert_eq!(&header[257..265], b"ustar\x0000");
        assert_eq!(&header[329..345], b"0000000\x000000000\x00");
        let sum: u64 =
            header.iter().enumerate().map(|(at, it)| if (148..156).contains(&at) { 32 } else { u64::from(*it) }).sum();
        assert_eq!(&header[148..156], format!("{sum:06o}\0 ").as_bytes());
        assert_eq!(archive.len(), 5 * 512);
    }
}
