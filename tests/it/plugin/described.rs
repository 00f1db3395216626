//! What the small provider says that it has.

use super::provider::diagnostic;
use prost::Message;
use rforge::plugin::message::{
    AnyAttribute, Attribute, Attribute5, Block, Function, GetProviderSchemaResponse,
    GetResourceIdentitySchemasResponse, IdentityAttribute, NestedBlock, NestingMode, Object, Parameter,
    ResourceIdentitySchema, Return, Schema, ServerCapabilities,
};

pub(super) fn identities(of_both: bool) -> GetResourceIdentitySchemasResponse {
    let id = IdentityAttribute {
        name: "id".into(),
        r#type: b"\"string\"".to_vec(),
        required_for_import: true,
        ..IdentityAttribute::default()
    };
    let schema = ResourceIdentitySchema { version: 1, identity_attributes: vec![id] };
    let names = if of_both { &["test_thing", "test_more"][..] } else { &["test_thing"] };
    let identity_schemas = names.iter().map(|it| ((*it).to_owned(), schema.clone())).collect();
    GetResourceIdentitySchemasResponse { identity_schemas, diagnostics: Vec::new() }
}

pub(super) fn capabilities() -> Option<ServerCapabilities> {
    let (plan_destroy, get_provider_schema_optional, move_resource_state) = (true, true, true);
    Some(ServerCapabilities { plan_destroy, get_provider_schema_optional, move_resource_state })
}

pub(super) fn functions() -> std::collections::HashMap<String, Function> {
    let (r#type, description) = (b"\"string\"".to_vec(), "A word.".into());
    let word = Parameter { name: "word".into(), r#type, description, ..Parameter::default() };
    let shout = Function {
        variadic_parameter: Some(Parameter { name: "words".into(), ..word.clone() }),
        parameters: vec![word],
        r#return: Some(Return { r#type: b"\"string\"".to_vec() }),
        summary: "Shouts".into(),
        description: "It shouts *loudly*.".into(),
        deprecation_message: "Whisper.".into(),
        ..Function::default()
    };
    [("shout".into(), shout)].into()
}

/// `name type flags`, with the flags of `rforge`'s own catalogue: required, optional, computed, sensitive, write-only, deprecated.
fn attribute(line: &str) -> Attribute {
    let mut words = line.split(' ');
    let (name, ty, flags) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
    let has = |flag| flags.contains(flag);
    Attribute {
        name: name.into(),
        // One that has attributes of its own has no type beside them.
        r#type: if ty == "-" { Vec::new() } else { ty.as_bytes().to_vec() },
        required: has('r'),
        optional: has('o'),
        computed: has('c'),
        sensitive: has('s'),
        write_only: has('w'),
        deprecated: has('d'),
        description_kind: has('m').into(),
        description: format!("The {name}."),
        ..Attribute::default()
    }
}

/// An attribute of either version.
trait Of: AnyAttribute {
    fn of(attribute: Attribute) -> Option<Self>;
}

impl Of for Attribute {
    fn of(attribute: Attribute) -> Option<Self> {
        Some(attribute)
    }
}

impl Of for Attribute5 {
    fn of(it: Attribute) -> Option<Self> {
        // Version 5 knows of no attributes inside attributes.
        it.nested_type.is_none().then_some(Self {
            name: it.name,
            r#type: it.r#type,
            description: it.description,
            required: it.required,
            optional: it.optional,
            computed: it.computed,
            sensitive: it.sensitive,
            description_kind: it.description_kind,
            deprecated: it.deprecated,
            write_only: it.write_only,
        })
    }
}

fn block<A: Of>(lines: &[&str]) -> Block<A> {
    let attributes = lines.iter().filter_map(|it| A::of(attribute(it))).collect();
    Block { attributes, ..Block::default() }
}

fn types<A: Of>(name: &str, version: i64, block: Block<A>) -> std::collections::HashMap<String, Vec<u8>> {
    [(name.to_owned(), schema(version, block).encode_to_vec())].into()
}

fn schema<A: Of>(version: i64, block: Block<A>) -> Schema<A> {
    Schema { version, block: Some(block) }
}

pub(super) fn schemas(is_5: bool, behaviour: &str) -> Vec<u8> {
    if is_5 { all::<Attribute5>(behaviour).encode_to_vec() } else { all::<Attribute>(behaviour).encode_to_vec() }
}

fn all<A: Of>(behaviour: &str) -> GetProviderSchemaResponse<A> {
    let mut thing = block::<A>(&[
        "id \"string\" c",
        "name \"string\" r",
        "size \"number\" oc",
        "any \"dynamic\" o",
        "tags [\"map\",\"string\"] od",
        "secret \"string\" osw",
        "behave \"string\" o",
    ]);
    let inner = ["level \"number\" r", "note \"string\" o"].map(attribute).to_vec();
    let settings = Object { attributes: inner, nesting: NestingMode::Single.into() };
    thing.attributes.extend(A::of(Attribute { nested_type: Some(settings), ..attribute("settings - o") }));
    let nested = |name: &str, nesting: NestingMode, lines: &[&str]| NestedBlock {
        type_name: name.into(),
        block: Some(block::<A>(lines)),
        nesting: nesting.into(),
        min_items: 0,
        // How many there may be cannot be said of the other ways.
        max_items: if nesting == NestingMode::Set { 3 } else { 0 },
    };
    thing.block_types = vec![
        nested("rule", NestingMode::Set, &["port \"number\" r"]),
        nested("limits", NestingMode::Group, &["most \"number\" o"]),
        nested("entry", NestingMode::Map, &["text \"string\" o"]),
    ];
    match behaviour {
        "described" => {
            thing.attributes.extend(A::of(attribute("marked \"string\" om")));
            (thing.description, thing.description_kind, thing.deprecated) = ("A *thing*.".into(), 1, true);
        }
        "schema type" => thing.attributes.extend(A::of(attribute("wrong [\"bag\",\"string\"] o"))),
        "schema flags" => thing.attributes.extend(A::of(attribute("wrong \"string\" "))),
        "schema twice" => thing.attributes.extend(A::of(attribute("name \"string\" o"))),
        "schema nesting" => thing.block_types[0].nesting = 9,
        _ => {}
    }
    GetProviderSchemaResponse {
        provider: Some(schema(0, block(&["prefix \"string\" o"]))),
        resource_schemas: match behaviour {
            "" => types("test_thing", 1, thing),
            // What is moved between types.
            _ => types("test_thing", 1, thing.clone()).into_iter().chain(types("test_more", 1, thing)).collect(),
        },
        data_source_schemas: types("test_data", 0, block::<A>(&["name \"string\" r", "upper \"string\" c"])),
        ephemeral_resource_schemas: types("test_token", 0, block::<A>(&["value \"string\" cs"])),
        functions: functions(),
        provider_meta: (behaviour != "no meta").then(|| schema(0, block(&["module \"string\" o"]))),
        server_capabilities: capabilities(),
        diagnostics: match behaviour {
            "" => vec![diagnostic(2, "Careful", "It is only a test.")],
            _ => Vec::new(),
        },
    }
}
