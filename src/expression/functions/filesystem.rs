//! Files and paths. Everything is read through [`Scope`].

use super::{Failure, Function, Parameter, arguments::Arguments, types};
use crate::{
    expression::evaluate::Scope,
    glob,
    value::{Type, Value},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

const PATH: &[Parameter] = &[Parameter::new("path", types::string)];

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("abspath", PATH, types::returns_string, absolute),
    Function::new("basename", PATH, types::returns_string, |it, _| Ok(Value::string(base_name(it.text(0))))),
    Function::new("dirname", PATH, types::returns_string, |it, _| Ok(Value::string(folder_name(it.text(0))))),
    Function::new("pathexpand", PATH, types::returns_string, |it, _| {
        if it.text(0).strip_prefix('~').is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')) {
            return Err("cannot expand user-specific home dir".into());
        }
        Ok(Value::string(expanded(it.text(0)).to_string_lossy()))
    }),
    Function::new("file", PATH, types::returns_string, |it, scope| Ok(Value::string(read_text(it.text(0), scope)?))),
    Function::new("filebase64", PATH, types::returns_string, |it, scope| {
        Ok(Value::string(STANDARD.encode(read(it.text(0), scope)?)))
    }),
    Function::new("fileexists", PATH, types::returns_bool, exists),
    Function::new(
        "fileset",
        &[Parameter::new("path", types::string), Parameter::new("pattern", types::string)],
        |_| Ok(types::set_of_string()),
        file_set,
    ),
];

/// The path with a `~` at its start replaced by the home folder.
fn expanded(path: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    match path.strip_prefix('~') {
        Some("") => home().unwrap_or_else(|| path.into()),
        Some(rest) if rest.starts_with('/') => home().map_or_else(|| path.into(), |home| home.join(&rest[1..])),
        _ => path.into(),
    }
}

/// The content of a file that the configuration names.
pub(super) fn read(path: &str, scope: &dyn Scope) -> Result<Arc<[u8]>, Failure> {
    scope.read_file(&expanded(path)).map_err(|error| {
        let why = match error.kind() {
            ErrorKind::NotFound => format!(
                "no file exists at {path:?}; this function works only with files that are distributed as part of the \
                 configuration source code, so if this file will be created by a resource in this configuration you \
                 must instead obtain this result from an attribute of that resource"
            ),
            ErrorKind::IsADirectory => format!("failed to read file: read {}: is a directory", clean(path)),
            ErrorKind::NotADirectory => format!("open {path}: not a directory"),
            _ => format!("failed to read file: {error}"),
        };
        Failure::Argument(0, why)
    })
}

/// As [`read`], with the messages that the functions have which digest a file.
pub(super) fn read_for_digest(path: &str, scope: &dyn Scope) -> Result<Arc<[u8]>, Failure> {
    scope.read_file(&expanded(path)).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::Call(format!("open {path}: no such file or directory")),
        ErrorKind::IsADirectory => Failure::Call(format!("read {}: is a directory", clean(path))),
        _ => Failure::Call(format!("open {path}: {error}")),
    })
}

pub(super) fn read_text(path: &str, scope: &dyn Scope) -> Result<String, Failure> {
    String::from_utf8(read(path, scope)?.to_vec()).map_err(|_| {
        let why = format!(
            "contents of {path:?} are not valid UTF-8; use the filebase64 function to obtain the Base64 encoded \
             contents or the other file functions (e.g. filemd5, filesha256) to obtain file hashing results instead"
        );
        Failure::Call(why)
    })
}

fn exists(arguments: &[Value], scope: &dyn Scope) -> Result<Value, Failure> {
    let path = arguments.text(0);
    match scope.read_file(&expanded(path)) {
        Ok(_) => Ok(Value::bool(true)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Value::bool(false)),
        Err(error) if error.kind() == ErrorKind::IsADirectory => {
            Err(format!("{:?} is a directory, not a file", clean(path)).into())
        }
        Err(_) => Err(format!("failed to stat {path:?}").into()),
    }
}

fn absolute(arguments: &[Value], _: &dyn Scope) -> Result<Value, Failure> {
    let path = std::path::absolute(arguments.text(0))
        .map_err(|error| Failure::Argument(0, format!("cannot make {:?} absolute: {error}", arguments.text(0))));
    // Of an empty path, the working directory itself.
    let path = match path {
        Ok(path) => path,
        Err(error) if !arguments.text(0).is_empty() => return Err(error),
        Err(_) => std::env::current_dir().map_err(|error| Failure::Call(error.to_string()))?,
    };
    Ok(Value::string(clean(&path.to_string_lossy())))
}

/// The shortest path of the same meaning, as far as the text alone tells.
fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if rooted => {}
            _ => parts.push(part),
        }
    }
    match (rooted, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".into(),
        (false, false) => parts.join("/"),
    }
}

fn base_name(path: &str) -> String {
    match path.trim_end_matches('/') {
        "" if path.is_empty() => ".".into(),
        "" => "/".into(),
        trimmed => trimmed.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}

/// Everything before the last slash.
fn folder_name(path: &str) -> String {
    match path.rfind('/') {
        Some(end) => clean(&path[..=end]),
        None => ".".into(),
    }
}

/// The regular files below `path` that match the pattern, by their paths relative to it.
fn file_set(arguments: &[Value], scope: &dyn Scope) -> Result<Value, Failure> {
    let (root, pattern) = (expanded(arguments.text(0)), clean(arguments.text(1)));
    // A pattern may lead out of the folder; what it finds is named by the way there.
    let outside = pattern.split('/').take_while(|it| *it == "..").count();
    if outside > 0 {
        let joined = clean(&root.join(&pattern).to_string_lossy());
        let literal = joined.split('/').take_while(|it| !it.contains(['*', '?', '[', '{', '\\', '.'])).count();
        let parts: Vec<&str> = joined.split('/').collect();
        let (folder, rest) = parts.split_at(literal.min(parts.len() - 1));
        let folder = folder.join("/");
        let glob = glob::parse(&rest.join("/"))
            .map_err(|why| Failure::Call(format!("failed to glob pattern {joined:?}: {why}")))?;
        let mut found = Vec::new();
        walk(Path::new(if folder.is_empty() { "." } else { &folder }), "", &glob, scope, &mut found);
        let root = clean(&root.to_string_lossy());
        let path = |it: String| if folder.is_empty() { it } else { format!("{folder}/{it}") };
        let names = found.into_iter().map(|it| Value::string(relative(&root, &path(it))));
        return Ok(Value::set(Type::String, names.collect()));
    }
    let glob = glob::parse(&pattern).map_err(|why| {
        Failure::Call(format!("failed to glob pattern {:?}: {why}", root.join(&pattern).display().to_string()))
    })?;
    let mut found = Vec::new();
    walk(&root, "", &glob, scope, &mut found);
    Ok(Value::set(Type::String, found.into_iter().map(Value::string).collect()))
}

/// The way from the folder `from` to `to`, of two paths that both are clean and start at the same place.
fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) =
        (from.split('/').filter(|it| *it != ".").collect(), to.split('/').collect());
    let common = from.iter().zip(&to).take_while(|(left, right)| left == right).count();
    std::iter::repeat_n("..", from.len() - common).chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

fn walk(folder: &Path, prefix: &str, glob: &[glob::Alternative], scope: &dyn Scope, found: &mut Vec<String>) {
    // A folder that cannot be read holds nothing, as for a shell.
    for entry in scope.read_folder(folder).unwrap_or_default() {
        let path = if prefix.is_empty() { entry.name.clone() } else { format!("{prefix}/{}", entry.name) };
        if !entry.is_folder {
            if glob::matches(glob, &path) {
                found.push(path);
            }
        } else if glob::may_match_below(glob, &path) {
            walk(&folder.join(&entry.name), &path, glob, scope, found);
        }
    }
}
