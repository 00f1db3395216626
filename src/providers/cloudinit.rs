//! `hashicorp/cloudinit` 2.x

use super::local::*;
use crate::{
    deflate,
    provider::{Problem, Result},
    schema::{NestedBlock, Nesting, Schema, SchemaBlock},
    value::{Type, Value},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};

const PART: [&str; 4] = ["content", "content_type", "filename", "merge_type"];

pub(super) fn provider() -> Local {
    // The resource is there for configurations from before the data source was.
    let resource = Resource { validate, ..Resource::new(schema(replacing), render) };
    let data = Data { validate, ..Data::new(schema(|it| it), render) };
    Local::new([("cloudinit_config", resource)], [("cloudinit_config", data)])
}

pub(super) fn schema(argument: fn(crate::schema::Attribute) -> crate::schema::Attribute) -> Schema {
    let mut schema = super::local::schema(
        0,
        [
            ("base64_encode", argument(optional_computed(Type::Bool))),
            ("boundary", argument(optional_computed(Type::String))),
            ("gzip", argument(optional_computed(Type::Bool))),
            ("id", computed(Type::String)),
            ("rendered", computed(Type::String)),
        ],
    );
    let kinds = [required, optional_computed, optional, optional];
    let part = PART.into_iter().zip(kinds).map(|(name, kind)| (name.into(), argument(kind(Type::String)))).collect();
    let part = NestedBlock {
        nesting: Nesting::List,
        block: SchemaBlock { attributes: part, ..SchemaBlock::default() },
        min_items: 1,
        max_items: 0,
        force_new: false,
        computed: false,
    };
    schema.block.blocks.insert("part".into(), part);
    schema
}

fn validate(it: &Attributes) -> Vec<Problem> {
    // Compressed data is no text, so it cannot be kept without encoding.
    let unknown = ["gzip", "base64_encode"].iter().any(|name| it.get(*name).is_some_and(|it| !it.is_known()));
    if unknown || boolean(it, "gzip") == Some(false) || boolean(it, "base64_encode") != Some(false) {
        return Vec::new();
    }
    let detail = "Expected base64_encode to be set to true when gzip is true";
    vec![Problem::fatal("Invalid Attribute Configuration", detail).at(crate::value::Path::attribute("base64_encode"))]
}

fn render(mut it: Attributes) -> Result<Attributes> {
    for name in ["gzip", "base64_encode"] {
        if !is_set(&it, name) || it.get(name).is_some_and(|it| !it.is_known()) {
            it.insert(name.into(), Value::bool(true));
        }
    }
    if text(&it, "boundary").is_none() {
        set_text(&mut it, "boundary", "MIMEBOUNDARY");
    }
    let parts = it.get("part").and_then(Value::as_elements).unwrap_or_default();
    let parts: Vec<Attributes> = parts.iter().map(with_type).collect();
    let (gzip, base64) = (boolean(&it, "gzip") == Some(true), boolean(&it, "base64_encode") == Some(true));
    let boundary = text(&it, "boundary").unwrap_or_default().to_owned();
    render_parts(&mut it, &boundary, &parts, gzip, base64);
    it.insert("part".into(), self::parts(parts));
    Ok(it)
}

pub(super) fn parts(parts: Vec<Attributes>) -> Value {
    let part = Type::object(PART.map(|name| (name, Type::String)));
    Value::list(part, parts.into_iter().map(Value::object).collect())
}

/// Sets what the parts are together, and its id.
pub(super) fn render_parts(it: &mut Attributes, boundary: &str, parts: &[Attributes], gzip: bool, base64: bool) {
    let rendered = message(boundary, parts);
    let bytes = if gzip { deflate::gzip(rendered.as_bytes(), false) } else { rendered.into_bytes() };
    let rendered = if base64 { BASE64.encode(bytes) } else { String::from_utf8_lossy(&bytes).into_owned() };
    set_text(it, "id", deflate::crc32(rendered.as_bytes()).to_string());
    set_text(it, "rendered", rendered);
}

fn with_type(part: &Value) -> Attributes {
    let mut part = attributes(part);
    if text(&part, "content_type").is_none_or(str::is_empty) {
        set_text(&mut part, "content_type", "text/plain");
    }
    part
}

/// The parts as a MIME message. Its first line ends with a line feed alone, which cloud-init takes and the provider
/// writes; headers of a part are sorted.
fn message(boundary: &str, parts: &[Attributes]) -> String {
    let mut message = format!("Content-Type: multipart/mixed; boundary=\"{boundary}\"\nMIME-Version: 1.0\r\n\r\n");
    for (at, part) in parts.iter().enumerate() {
        let set = |name| text(part, name).filter(|it| !it.is_empty());
        message += if at == 0 { "--" } else { "\r\n--" };
        message += &format!("{boundary}\r\n");
        if let Some(name) = set("filename") {
            message += &format!("Content-Disposition: attachment; filename=\"{name}\"\r\n");
        }
        message += "Content-Transfer-Encoding: 7bit\r\n";
        message += &format!("Content-Type: {}\r\n", set("content_type").unwrap_or("text/plain"));
        message += "Mime-Version: 1.0\r\n";
        if let Some(merge) = set("merge_type") {
            message += &format!("X-Merge-Type: {merge}\r\n");
        }
        message += "\r\n";
        message += text(part, "content").unwrap_or_default();
    }
    message + &format!("\r\n--{boundary}--\r\n")
}
