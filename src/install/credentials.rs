//! The file that `login` keeps tokens in: what else it says stays, and it is changed as a whole or not at all.

use serde_json::{Map, Value as Json, json};
use std::{
    fs::{self, Permissions},
    io::{self, Write},
    os::unix::fs::PermissionsExt,
    path::Path,
};

/// Puts the token of a host into the file, or removes what the file says of it.
pub(super) fn change(path: &Path, host: &str, token: Option<&str>) -> Result<(), String> {
    let mut document = read(path)?;
    let tokens = tokens(&mut document, path)?;
    // Terraform writes names in lower case; somebody else may have written them otherwise.
    tokens.retain(|name, _| name.to_lowercase() != host);
    if let Some(token) = token {
        tokens.insert(host.to_owned(), json!({ "token": token }));
    }
    let failed = |error: io::Error| format!("cannot update {}: {error}", path.display());
    // A link stays one: what it leads to is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    write(&path, &Json::Object(document)).map_err(failed)
}

/// Whether tokens can be put into the file, as far as reading it tells.
pub(super) fn check(path: &Path) -> Result<(), String> {
    tokens(&mut read(path)?, path).map(drop)
}

fn read(path: &Path) -> Result<Map<String, Json>, String> {
    let failed = |error: String| format!("cannot read {}: {error}", path.display());
    match fs::read(path) {
        Ok(text) => serde_json::from_slice(&text).map_err(|error| failed(error.to_string())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Map::new()),
        Err(error) => Err(failed(error.to_string())),
    }
}

fn tokens<'d>(document: &'d mut Map<String, Json>, path: &Path) -> Result<&'d mut Map<String, Json>, String> {
    let tokens = document.entry("credentials").or_insert_with(|| json!({}));
    let wrong = || {
        let path = path.display();
        format!("credentials file {path} has invalid value for \"credentials\" property: must be a JSON object")
    };
    tokens.as_object_mut().ok_or_else(wrong)
}

/// Nobody else may read it, and who reads it while it is written finds what was there before.
fn write(path: &Path, document: &Json) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".credentials")
        .permissions(Permissions::from_mode(0o600))
        .tempfile_in(folder)?;
    file.write_all(serde_json::to_string_pretty(document)?.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
