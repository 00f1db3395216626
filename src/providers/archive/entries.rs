//! What goes into an archive.

use crate::{
    glob,
    provider::{Problem, Result},
    providers::local::*,
    value::{Path as ValuePath, Value},
};
use std::{
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// A file of an archive.
pub(super) struct Entry {
    /// With `/` between the folders.
    pub name: String,
    pub content: Vec<u8>,
    /// None for what was given as text.
    pub mode: Option<u32>,
}

/// The files that the arguments name, in the order of the archive.
pub(super) fn of(it: &Attributes) -> Result<Vec<Entry>> {
    let mode = text(it, "output_file_mode").and_then(|mode| u32::from_str_radix(mode, 8).ok());
    if let Some(folder) = text(it, "source_dir") {
        let walk = Walk {
            excludes: excludes(it, folder)?,
            mode,
            links: boolean(it, "exclude_symlink_directories") != Some(true),
        };
        let mut entries = Vec::new();
        walk.folder(Path::new(folder), "", &mut entries).map_err(|error| missing("source_dir", folder, &error))?;
        if entries.is_empty() {
            let detail = format!(
                "error creating archive: error archiving directory: archive has not been created as it would be empty: {folder}"
            );
            return Err(Problem::fatal("Archive creation error", detail).at(ValuePath::attribute("source_dir")));
        }
        return Ok(entries);
    }
    if let Some(file) = text(it, "source_file") {
        let name = Path::new(file).file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let entry = entry(Path::new(file), name, mode).map_err(|error| missing("source_file", file, &error))?;
        return Ok(vec![entry]);
    }
    let of_text = |name: &str, content: &str| Entry { name: name.into(), content: content.into(), mode: None };
    if let Some(name) = text(it, "source_content_filename") {
        return Ok(vec![of_text(name, text(it, "source_content").unwrap_or_default())]);
    }
    let blocks = it.get("source").and_then(Value::as_elements).unwrap_or_default().iter().map(attributes);
    let of_block = |block: Attributes| {
        of_text(text(&block, "filename").unwrap_or_default(), text(&block, "content").unwrap_or_default())
    };
    let mut entries: Vec<Entry> = blocks.map(of_block).collect();
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    entries.dedup_by(|b, a| a.name == b.name);
    Ok(entries)
}

fn missing(argument: &str, path: &str, error: &io::Error) -> Problem {
    let detail = format!("error creating archive: error archiving {path}: {error}");
    Problem::fatal("Archive creation error", detail).at(ValuePath::attribute(argument))
}

/// Patterns of paths below `source_dir`; a path that begins with the folder itself is meant so too.
fn excludes(it: &Attributes, folder: &str) -> Result<Vec<glob::Alternative>> {
    let mut alternatives = Vec::new();
    for pattern in it.get("excludes").and_then(Value::as_elements).unwrap_or_default() {
        let Some(pattern) = pattern.as_str() else { continue };
        let below = Path::new(pattern).strip_prefix(folder).ok().and_then(Path::to_str);
        let parsed = glob::parse(below.unwrap_or(pattern).trim_end_matches('/'));
        alternatives.extend(
            parsed.map_err(|why| invalid("excludes", format!("The pattern {pattern:?} is malformed: {why}.")))?,
        );
    }
    Ok(alternatives)
}

struct Walk {
    excludes: Vec<glob::Alternative>,
    mode: Option<u32>,
    /// Whether links to folders are followed.
    links: bool,
}

impl Walk {
    fn folder(&self, folder: &Path, prefix: &str, entries: &mut Vec<Entry>) -> io::Result<()> {
        let mut found: Vec<PathBuf> = fs::read_dir(folder)?.map(|it| Ok(it?.path())).collect::<io::Result<_>>()?;
        found.sort();
        for path in found {
            let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if glob::matches(&self.excludes, &name) || (!self.links && path.is_symlink() && path.is_dir()) {
                continue;
            }
            if path.is_dir() {
                self.folder(&path, &format!("{name}/"), entries)?;
            } else {
                entries.push(entry(&path, name, self.mode)?);
            }
        }
        Ok(())
    }
}

fn entry(path: &Path, name: String, mode: Option<u32>) -> io::Result<Entry> {
    let own = fs::metadata(path)?.permissions().mode() & 0o777;
    Ok(Entry { name, content: fs::read(path)?, mode: Some(mode.unwrap_or(own)) })
}
