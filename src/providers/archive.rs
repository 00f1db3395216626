//! `hashicorp/archive` 2.x
//!
//! The same files give the same bytes: entries are sorted and carry no time. A zip is to the byte what the published
//! provider writes.

mod entries;
mod pack;

use super::{digest, local::*};
use crate::{
    provider::{Problem, Result},
    schema::{Attribute, NestedBlock, Nesting, Schema, SchemaBlock},
    value::{Path as ValuePath, Type},
};
use std::{fs, path::Path};

pub(super) fn provider() -> Local {
    let resource = Resource { validate, ..Resource::new(schema(replacing), write) };
    let data = Data { validate, ..Data::new(schema(|it| it), write) };
    Local::new([("archive_file", resource)], [("archive_file", data)])
}

const DIGESTS: digest::Names = digest::Names { prefix: "output", sha1: "sha" };
const SOURCES: [&str; 4] = ["source", "source_content_filename", "source_file", "source_dir"];

fn schema(argument: fn(Attribute) -> Attribute) -> Schema {
    let text = || argument(optional(Type::String));
    let mut schema = super::local::schema(
        0,
        [
            ("exclude_symlink_directories", argument(optional(Type::Bool))),
            ("excludes", argument(optional(Type::set(Type::String)))),
            ("id", computed(Type::String)),
            ("output_file_mode", text()),
            ("output_path", argument(required(Type::String))),
            ("output_size", computed(Type::Number)),
            ("source_content", text()),
            ("source_content_filename", text()),
            ("source_dir", text()),
            ("source_file", text()),
            ("type", argument(required(Type::String))),
        ],
    );
    for name in DIGESTS.all() {
        schema.block.attributes.insert(name.into(), computed(Type::String));
    }
    let attributes = ["content", "filename"].map(|name| (name.into(), argument(required(Type::String))));
    let source = NestedBlock {
        nesting: Nesting::Set,
        block: SchemaBlock { attributes: attributes.into(), ..SchemaBlock::default() },
        min_items: 0,
        max_items: 0,
        force_new: false,
        computed: false,
    };
    schema.block.blocks.insert("source".into(), source);
    schema
}

fn validate(it: &Attributes) -> Vec<Problem> {
    let mut problems = Vec::new();
    let combination =
        |name, detail| Problem::fatal("Invalid Attribute Combination", detail).at(ValuePath::attribute(name));
    let is_given = |name: &&&str| match it.get(**name).and_then(|it| it.as_elements()) {
        Some(blocks) => !blocks.is_empty(),
        None => is_set(it, name),
    };
    let given: Vec<&str> = SOURCES.iter().filter(is_given).copied().collect();
    let list = SOURCES.join(", ");
    match given[..] {
        [_] => {}
        [] => {
            problems.push(combination("type", format!("At least one of these attributes must be configured: [{list}]")))
        }
        [_, second, ..] => {
            problems.push(combination(second, format!("Only one of these attributes can be configured: [{list}]")));
        }
    }
    if is_set(it, "source_content") && !is_set(it, "source_content_filename") {
        let detail = "Attribute \"source_content_filename\" must be specified when \"source_content\" is specified";
        problems.push(combination("source_content", detail.into()));
    }
    if let Some(kind) = text(it, "type").filter(|it| !["zip", "tar.gz"].contains(it)) {
        problems.push(invalid("type", format!("type must be one of: [\"zip\" \"tar.gz\"], got: {kind:?}")));
    }
    if let Some(mode) = text(it, "output_file_mode").filter(|it| u32::from_str_radix(it, 8).is_err()) {
        problems.push(invalid("output_file_mode", format!("{mode:?} is not an octal number like \"0666\".")));
    }
    problems
}

/// Writes the archive, which data sources do while planning, and says what it is.
fn write(mut it: Attributes) -> Result<Attributes> {
    let entries = entries::of(&it)?;
    let packed = match text(&it, "type") {
        Some("tar.gz") => pack::tar_gz(&entries),
        _ => pack::zip(&entries),
    };
    let output = text(&it, "output_path").unwrap_or_default();
    let folder = Path::new(output).parent().filter(|it| !it.as_os_str().is_empty());
    let written = packed.and_then(|bytes| {
        folder.map_or(Ok(()), fs::create_dir_all)?;
        fs::write(output, &bytes)?;
        Ok(bytes)
    });
    let bytes = written.map_err(|error| {
        Problem::fatal("Archive creation error", format!("error creating archive: {output}: {error}"))
            .at(ValuePath::attribute("output_path"))
    })?;
    set_integer(&mut it, "output_size", i64::try_from(bytes.len()).unwrap_or(i64::MAX));
    DIGESTS.set(&mut it, &bytes);
    Ok(it)
}
