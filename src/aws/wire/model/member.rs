//! Members of structures, and their types.

use super::{id, in_namespace};
use aws_smithy_schema::{Schema, ShapeType, traits::TimestampFormat};

#[derive(Debug)]
pub struct Member {
    pub name: &'static str,
    pub kind: Kind,
    pub is_required: bool,
    pub is_token: bool,
    pub is_host_label: bool,
    /// It stands in the path of the request.
    pub is_label: bool,
    /// What it is called in EC2's forms.
    pub form_name: &'static str,
    pub schema: &'static Schema<'static>,
}

#[derive(Debug)]
pub enum Kind {
    String,
    Integer,
    Long,
    Float,
    Double,
    Boolean,
    Blob,
    Time,
    Document,
    List(&'static Item),
    /// Keys are strings.
    Map(&'static Item),
    Structure(&'static str),
}

/// What a list or map holds. Its schema has no name: codecs tell items from members by that.
#[derive(Debug)]
pub struct Item {
    pub kind: Kind,
    pub schema: Schema<'static>,
}

impl Member {
    /// Whether it is neither in the head of a request or answer, nor in its path.
    pub fn is_in_body(&self) -> bool {
        let it = self.schema;
        it.http_header().is_none()
            && it.http_prefix_headers().is_none()
            && it.http_label().is_none()
            && it.http_query().is_none()
            && it.http_query_params().is_none()
            && it.http_response_code().is_none()
    }
}

/// A type as it is written, before it is known whether it is a member's or an item's.
struct Type {
    kind: Kind,
    shape: ShapeType,
    time: Option<TimestampFormat>,
    is_flat: bool,
    /// The schemas of what it holds, by which codecs name items, keys and values.
    item: Option<&'static Schema<'static>>,
    key: Option<&'static Schema<'static>>,
}

impl Type {
    fn dress(&self, mut schema: Schema<'static>) -> Schema<'static> {
        if let Some(format) = self.time {
            schema = schema.with_timestamp_format(format);
        }
        if self.is_flat {
            schema = schema.with_xml_flattened();
        }
        match (self.key, self.item) {
            (Some(key), Some(value)) => schema.with_map_members(key, value),
            (None, Some(item)) => schema.with_list_member(item),
            _ => schema,
        }
    }
}

pub(super) fn read_member(owner: &'static str, index: usize, text: &'static str) -> Member {
    let (name, rest) = text.split_once(':').unwrap_or((text, "s"));
    let (type_, rest) = read_type(rest);
    let mut schema = type_.dress(Schema::new_member(id(owner), type_.shape, name, index));
    let (rest, space) = rest.split_once('<').map_or((rest, None), |(rest, space)| (rest, Some(space)));
    let (wire, rest) = read_name(rest, '=');
    let (form, rest) = read_name(rest, '$');
    let wire = wire.unwrap_or(name);
    let place = rest.split_once('!').and_then(|(_, it)| it.bytes().next());
    schema = match place {
        Some(b'h') => schema.with_http_header(wire),
        Some(b'H') => schema.with_http_prefix_headers(wire),
        // The binder knows a label by the member's own name.
        Some(b'u') => Schema::new_member(id(owner), type_.shape, wire, index).with_http_label(),
        Some(b'q') => schema.with_http_query(wire),
        Some(b'Q') => schema.with_http_query_params(),
        Some(b'c') => schema.with_http_response_code(),
        Some(b'p') => schema.with_http_payload(),
        Some(b'a') => schema.with_xml_attribute(),
        _ => schema,
    };
    if wire != name && !matches!(place, Some(b'h' | b'H' | b'u' | b'q')) {
        schema = schema.with_json_name(wire).with_xml_name(wire);
    }
    let has = |flag| rest.contains(flag);
    Member {
        name,
        kind: type_.kind,
        is_required: has('*'),
        is_token: has('#'),
        is_host_label: has('^'),
        is_label: place == Some(b'u'),
        form_name: form.unwrap_or_else(|| capital(wire)),
        schema: Box::leak(Box::new(in_namespace(schema, space))),
    }
}

/// The name behind `sign`, if one stands there.
fn read_name(text: &'static str, sign: char) -> (Option<&'static str>, &'static str) {
    let Some(rest) = text.strip_prefix(sign) else { return (None, text) };
    let end = rest.find(['$', '!', '^', '*', '#']).unwrap_or(rest.len());
    (Some(&rest[..end]), &rest[end..])
}

fn capital(name: &'static str) -> &'static str {
    match name.as_bytes().first() {
        Some(first) if first.is_ascii_lowercase() => {
            format!("{}{}", first.to_ascii_uppercase() as char, &name[1..]).leak()
        }
        _ => name,
    }
}

fn read_type(text: &'static str) -> (Type, &'static str) {
    let simple = |kind, shape, time, length| {
        (Type { kind, shape, time, is_flat: false, item: None, key: None }, text.get(length..).unwrap_or_default())
    };
    match text.as_bytes().first() {
        Some(b'i') => simple(Kind::Integer, ShapeType::Integer, None, 1),
        Some(b'l') => simple(Kind::Long, ShapeType::Long, None, 1),
        Some(b'f') => simple(Kind::Float, ShapeType::Float, None, 1),
        Some(b'd') => simple(Kind::Double, ShapeType::Double, None, 1),
        Some(b'b') => simple(Kind::Boolean, ShapeType::Boolean, None, 1),
        Some(b'x') => simple(Kind::Blob, ShapeType::Blob, None, 1),
        Some(b'j') => simple(Kind::Document, ShapeType::Document, None, 1),
        Some(b't') => match text.as_bytes().get(1) {
            Some(b'i') => simple(Kind::Time, ShapeType::Timestamp, Some(TimestampFormat::DateTime), 2),
            Some(b'u') => simple(Kind::Time, ShapeType::Timestamp, Some(TimestampFormat::EpochSeconds), 2),
            Some(b'r') => simple(Kind::Time, ShapeType::Timestamp, Some(TimestampFormat::HttpDate), 2),
            _ => simple(Kind::Time, ShapeType::Timestamp, None, 1),
        },
        Some(b'.') => {
            let end = text.find(|it: char| !it.is_alphanumeric() && it != '.' && it != '_').unwrap_or(text.len());
            simple(Kind::Structure(&text[1..end]), ShapeType::Structure, None, end)
        }
        Some(open @ (b'[' | b'{')) => {
            let is_flat = text[1..].starts_with('~');
            let rest = &text[1 + usize::from(is_flat)..];
            if *open == b'[' {
                let (item, named, rest) = read_item(rest, "member");
                let kind = Kind::List(item);
                (Type { kind, shape: ShapeType::List, time: None, is_flat, item: Some(named), key: None }, after(rest))
            } else {
                let (_, key, rest) = read_item(rest, "key");
                let (item, named, rest) = read_item(after(rest), "value");
                let kind = Kind::Map(item);
                (
                    Type { kind, shape: ShapeType::Map, time: None, is_flat, item: Some(named), key: Some(key) },
                    after(rest),
                )
            }
        }
        _ => simple(Kind::String, ShapeType::String, None, 1),
    }
}

/// What follows a sign that closes or divides.
fn after(text: &'static str) -> &'static str {
    text.get(1..).unwrap_or_default()
}

/// An item, a key or a value: without a name, and with the one that it has on the wire.
fn read_item(text: &'static str, usual: &'static str) -> (&'static Item, &'static Schema<'static>, &'static str) {
    let (type_, mut rest) = read_type(text);
    let mut named = type_.dress(Schema::new_member(id(usual), type_.shape, usual, 0));
    if let Some(name) = rest.strip_prefix('@') {
        let end = name.find([']', '}', ',', '<']).unwrap_or(name.len());
        named = named.with_xml_name(&name[..end]);
        rest = &name[end..];
    }
    if let Some(space) = rest.strip_prefix('<') {
        let end = space.find('>').unwrap_or(space.len());
        named = in_namespace(named, Some(&space[..end]));
        rest = after(&space[end..]);
    }
    let schema = type_.dress(Schema::new(id(usual), type_.shape));
    (Box::leak(Box::new(Item { kind: type_.kind, schema })), Box::leak(Box::new(named)), rest)
}
