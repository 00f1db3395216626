//! `hashicorp/local` 2.x

use super::{digest, local::*};
use crate::{
    provider::{Problem, Result},
    schema::{Attribute, Schema},
    value::Type,
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

pub(super) fn provider() -> Local {
    let file = Resource {
        validate: |it| validate(it, &["content", "sensitive_content", "content_base64", "source"]),
        refresh,
        delete,
        ..Resource::new(resource_schema(false), create)
    };
    let sensitive = Resource {
        validate: |it| validate(it, &["content", "content_base64", "source"]),
        refresh,
        delete,
        ..Resource::new(resource_schema(true), create)
    };
    Local::new(
        [("local_file", file), ("local_sensitive_file", sensitive)],
        [
            ("local_file", Data::new(data_schema(false), read)),
            ("local_sensitive_file", Data::new(data_schema(true), read)),
        ],
    )
}

const DIGESTS: digest::Names = digest::Names { prefix: "content", sha1: "sha1" };

fn with_digests(mut schema: Schema) -> Schema {
    for name in DIGESTS.all() {
        schema.block.attributes.insert(name.into(), computed(Type::String));
    }
    schema
}

fn resource_schema(is_sensitive: bool) -> Schema {
    let text = |sensitive| replacing(Attribute { sensitive, ..optional(Type::String) });
    // A file that holds a secret is nobody's but its owner's.
    let permission = if is_sensitive { "0700" } else { "0777" };
    let permission = || replacing(default(Type::String, crate::value::Value::string(permission)));
    let mut schema = with_digests(schema(
        0,
        [
            ("content", text(is_sensitive)),
            ("content_base64", text(is_sensitive)),
            ("directory_permission", permission()),
            ("file_permission", permission()),
            ("filename", replacing(required(Type::String))),
            ("id", computed(Type::String)),
            ("source", text(false)),
        ],
    ));
    if !is_sensitive {
        let deprecated = Some("Use the `local_sensitive_file` resource instead");
        let content = Attribute { deprecated, ..text(true) };
        schema.block.attributes.insert("sensitive_content".into(), content);
    }
    schema
}

fn data_schema(sensitive: bool) -> Schema {
    let content = || Attribute { sensitive, ..computed(Type::String) };
    with_digests(schema(
        0,
        [
            ("content", content()),
            ("content_base64", content()),
            ("filename", required(Type::String)),
            ("id", computed(Type::String)),
        ],
    ))
}

fn validate(it: &Attributes, contents: &[&str]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let set: Vec<&str> = contents.iter().copied().filter(|name| is_set(it, name)).collect();
    let list = contents.join(", ");
    match set[..] {
        [_] => {}
        [] => problems.push(combination(
            contents[0],
            format!("No attribute specified when one (and only one) of [{list}] is required"),
        )),
        [_, second, ..] => problems.push(combination(
            second,
            format!("{} attributes specified when one (and only one) of [{list}] is required", set.len()),
        )),
    }
    for name in ["file_permission", "directory_permission"] {
        if let Some(mode) = text(it, name)
            && permission(mode).is_none()
        {
            let detail = format!(
                "bad mode for file - must be expressed as an octal number like \"0644\" and not above \"0777\", got: {mode:?}"
            );
            problems.push(invalid(name, detail));
        }
    }
    problems
}

fn combination(name: &str, detail: String) -> Problem {
    Problem::fatal("Invalid Attribute Combination", detail).at(crate::value::Path::attribute(name))
}

/// `0644`, or three digits.
fn permission(mode: &str) -> Option<u32> {
    let is_octal = matches!(mode.len(), 3 | 4) && mode.bytes().all(|it| (b'0'..=b'7').contains(&it));
    u32::from_str_radix(mode, 8).ok().filter(|it| is_octal && *it <= 0o777)
}

fn create(mut it: Attributes) -> Result<Attributes> {
    let failed = |error: std::io::Error| {
        Problem::fatal(
            "Create local file error",
            format!("An unexpected error occurred while writing the file: {error}"),
        )
    };
    let content = content(&it)?;
    let name = text(&it, "filename").unwrap_or_default();
    let mode = |name| text(&it, name).and_then(permission).unwrap_or(0o777);
    if let Some(folder) = Path::new(name).parent().filter(|it| !it.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(mode("directory_permission")).create(folder).map_err(failed)?;
    }
    let options = &mut OpenOptions::new();
    let options = options.write(true).create(true).truncate(true).mode(mode("file_permission"));
    options.open(name).and_then(|mut file| file.write_all(&content)).map_err(failed)?;
    DIGESTS.set(&mut it, &content);
    Ok(it)
}

fn content(it: &Attributes) -> Result<Vec<u8>> {
    if let Some(text) = text(it, "content").or_else(|| text(it, "sensitive_content")) {
        return Ok(text.as_bytes().to_vec());
    }
    if let Some(text) = text(it, "content_base64") {
        return BASE64.decode(text).map_err(|error| invalid("content_base64", format!("This is not base64: {error}.")));
    }
    let source = text(it, "source").unwrap_or_default();
    fs::read(source).map_err(|error| invalid("source", format!("The file {source:?} cannot be read: {error}.")))
}

/// A file that is not there any more, or has another content, is made again.
fn refresh(it: Attributes) -> Option<Attributes> {
    let content = fs::read(text(&it, "filename")?).ok()?;
    (text(&it, "id") == Some(&digest::sha1(&content))).then_some(it)
}

fn delete(it: &Attributes) -> Result<()> {
    let name = text(it, "filename").unwrap_or_default();
    match fs::remove_file(name) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Problem::fatal("Delete local file error", format!("The file {name:?} cannot be removed: {error}.")))
        }
        _ => Ok(()),
    }
}

fn read(mut it: Attributes) -> Result<Attributes> {
    let name = text(&it, "filename").unwrap_or_default();
    let content = fs::read(name).map_err(|error| {
        let detail = format!("The file at given path cannot be read.\n\n+Original Error: open {name}: {error}");
        Problem::fatal("Read local file data source error", detail).at(crate::value::Path::attribute("filename"))
    })?;
    set_text(&mut it, "content", String::from_utf8_lossy(&content));
    set_text(&mut it, "content_base64", BASE64.encode(&content));
    DIGESTS.set(&mut it, &content);
    Ok(it)
}
