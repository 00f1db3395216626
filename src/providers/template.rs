//! `hashicorp/template` 2.x, which is archived: templates that nothing but their variables is known to.
//!
//! The functions that a template may call are those of today's language, more than the published provider has. As there, a
//! file that one of them reads is looked for in the working directory.

mod folder;

use super::{Render, cloudinit, local::*};
use crate::{
    provider::{Problem, Result},
    schema::{Attribute, Schema},
    value::{Type, Value},
};
use sha2::Digest;

pub(super) fn provider(render: Render) -> Local {
    let read = move |it| file(it, render);
    let directory = Resource {
        refresh: folder::refresh,
        delete: folder::delete,
        import: |_| Err(Problem::fatal("resource template_dir doesn't support import", "")),
        ..Resource::new(folder::schema(), move |it| folder::create(it, render))
    };
    // What were resources before there were data sources.
    let old_file = Resource {
        validate: |it| [deprecated("template_file"), validate_file(it)].concat(),
        import: |_| Err(Problem::fatal("resource template_file doesn't support import", "")),
        ..Resource::new(file_schema(replacing), read)
    };
    let old_config = Resource {
        validate: |_| deprecated("template_cloudinit_config"),
        import: |_| Err(Problem::fatal("resource template_cloudinit_config doesn't support import", "")),
        ..Resource::new(config_schema(replacing), config)
    };
    Local::new(
        [("template_cloudinit_config", old_config), ("template_dir", directory), ("template_file", old_file)],
        [
            ("template_cloudinit_config", Data::new(config_schema(|it| it), config)),
            ("template_file", Data { validate: validate_file, ..Data::new(file_schema(|it| it), read) }),
        ],
    )
}

/// This provider's SDK has an error be a summary.
fn wrong(why: impl Into<String>) -> Problem {
    Problem::fatal(why, "")
}

fn deprecated(type_name: &str) -> Vec<Problem> {
    let why = format!("using {type_name} as a resource is deprecated; consider using the data source instead");
    vec![Problem::warning(why, "")]
}

fn file_schema(argument: fn(Attribute) -> Attribute) -> Schema {
    let schema = schema(
        0,
        [
            ("filename", argument(optional(Type::String))),
            ("id", optional_computed(Type::String)),
            ("rendered", computed(Type::String)),
            ("template", argument(optional(Type::String))),
            ("vars", argument(optional(Type::map(Type::String)))),
        ],
    );
    Schema { null_is_zero: true, ..schema }
}

fn validate_file(it: &Attributes) -> Vec<Problem> {
    let mut problems = Vec::new();
    if is_set(it, "filename") {
        problems.push(wrong("\"filename\": [REMOVED] Use the 'template' attribute instead."));
        if is_set(it, "template") {
            problems.push(wrong("\"filename\": conflicts with template"));
            problems.push(wrong("\"template\": conflicts with filename"));
        }
    }
    problems
}

fn file(mut it: Attributes, render: Render) -> Result<Attributes> {
    let rendered = render(text(&it, "template").unwrap_or_default(), &variables(&it));
    let rendered = rendered.map_err(|why| wrong(format!("failed to render : {why}")))?;
    let hash = sha2::Sha256::digest(rendered.as_bytes());
    set_text(&mut it, "id", hash.iter().map(|it| format!("{it:02x}")).collect::<String>());
    set_text(&mut it, "rendered", rendered);
    Ok(it)
}

/// Those that are null are not there.
fn variables(it: &Attributes) -> Attributes {
    let variables = it.get("vars").and_then(Value::as_entries).into_iter().flatten();
    variables.filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// That of `cloudinit_config`, which has a boundary besides.
fn config_schema(argument: fn(Attribute) -> Attribute) -> Schema {
    let mut schema = cloudinit::schema(argument);
    schema.block.attributes.remove("boundary");
    for name in ["base64_encode", "gzip"] {
        schema.block.attributes.insert(name.into(), argument(default(Type::Bool, Value::bool(true))));
    }
    schema.block.attributes.insert("id".into(), optional_computed(Type::String));
    for block in schema.block.blocks.values_mut() {
        block.block.attributes.insert("content_type".into(), argument(optional(Type::String)));
    }
    Schema { null_is_zero: true, ..schema }
}

fn config(mut it: Attributes) -> Result<Attributes> {
    let (gzip, base64) = (boolean(&it, "gzip") == Some(true), boolean(&it, "base64_encode") == Some(true));
    if gzip && !base64 {
        return Err(wrong("base64_encode is mandatory when gzip is enabled"));
    }
    let parts = it.get("part").and_then(Value::as_elements).unwrap_or_default();
    let mut parts: Vec<Attributes> = parts.iter().map(attributes).collect();
    for part in &mut parts {
        for value in part.values_mut().filter(|it| it.is_null()) {
            *value = Value::string("");
        }
    }
    cloudinit::render_parts(&mut it, "MIMEBOUNDARY", &parts, gzip, base64);
    it.insert("part".into(), cloudinit::parts(parts));
    Ok(it)
}
