//! Bodies decoded with a small schema. Messages are those of Terraform 1.11.4 for the same mistakes.

use super::*;
use crate::{
    diagnostic::{FileId, Sources},
    expression::{
        evaluate::Step,
        syntax::{parse, parse_json},
    },
    value::{PathStep, to_json},
};
use std::{io, path::Path};

fn attribute(ty: Type, source: Source) -> Attribute {
    Attribute::new(ty, source)
}

fn nested(nesting: Nesting, min_items: u32, max_items: u32, block: SchemaBlock) -> NestedBlock {
    NestedBlock { nesting, block, min_items, max_items, force_new: false, computed: false }
}

fn schema() -> SchemaBlock {
    let device = SchemaBlock {
        attributes: [
            ("name".into(), attribute(Type::String, Source::Required)),
            ("size".into(), attribute(Type::Number, Source::Optional)),
        ]
        .into(),
        ..SchemaBlock::default()
    };
    let rule = Type::object([("port", Type::Number), ("cidrs", Type::list(Type::String))]);
    SchemaBlock {
        attributes: [
            ("arn".into(), attribute(Type::String, Source::Computed)),
            ("ami".into(), attribute(Type::String, Source::Required)),
            ("groups".into(), attribute(Type::set(Type::String), Source::Optional)),
            ("input".into(), attribute(Type::Any, Source::Optional)),
            ("rule".into(), attribute(Type::set(rule), Source::OptionalComputed)),
            ("tags".into(), attribute(Type::map(Type::String), Source::Optional)),
        ]
        .into(),
        blocks: [
            ("device".into(), nested(Nesting::Set, 0, 0, device.clone())),
            ("disk".into(), nested(Nesting::List, 0, 2, device.clone())),
            ("named".into(), nested(Nesting::Map, 0, 0, device.clone())),
            ("timeouts".into(), nested(Nesting::Single, 0, 0, device)),
        ]
        .into(),
        ..SchemaBlock::default()
    }
}

struct Names;

impl Scope for Names {
    fn resolve(&self, root: &Identifier, _: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
        match &*root.text {
            "unknown" => Ok((Value::unknown(Type::Any), 0)),
            "secret" => Ok((Value::tuple(vec![Value::string("s")]).marked(crate::value::Marks::SENSITIVE), 0)),
            name => Err(Box::new(Diagnostic::error("Invalid reference", format!("No {name} here.")))),
        }
    }
    fn read_file(&self, _: &Path) -> io::Result<Arc<[u8]>> {
        Err(io::ErrorKind::NotFound.into())
    }
    fn timestamp(&self) -> Value {
        Value::unknown(Type::String)
    }
    fn plan_timestamp(&self) -> Value {
        Value::unknown(Type::String)
    }
}

/// Of a resource `x` in JSON, or what stands between the braces of one.
fn body(text: &str) -> Body {
    let mut diagnostics = Diagnostics::new();
    let body = match text.starts_with('{') {
        true => parse_json(text, FileId::default(), &mut diagnostics).blocks.remove(0).body,
        false => parse(text, FileId::default(), &mut diagnostics),
    };
    assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
    body
}

/// What was written, as JSON without nulls and empty blocks, then the errors, each with the text it marks.
fn check(text: &str, expected: &str) {
    let body = body(text);
    let mut diagnostics = Diagnostics::new();
    let value = decode(&body, &schema(), &Names, &mut diagnostics);
    let written = |(name, value): (&Text, &Value)| {
        if !value.is_known() {
            return Some(format!("{name}: unknown"));
        }
        let mark = if value.is_sensitive() { " (sensitive)" } else { "" };
        let empty = value.is_null() || value.length() == Some(0);
        (!empty).then(|| format!("{name}: {}{mark}", to_json(value)))
    };
    let mut lines: Vec<String> = value.as_entries().unwrap().iter().filter_map(written).collect();
    lines.extend(diagnostics.iter().map(|it| {
        let hint = it.hint.as_ref().map(|hint| format!(" {hint}")).unwrap_or_default();
        let span = it.subject.unwrap();
        format!("! {}: {}{hint} `{}`", it.summary, it.detail, &text[span.start as usize..span.end as usize])
    }));
    assert_eq!(lines.join("\n"), expected, "{text}");
    if diagnostics.is_empty() {
        let found = value.ty();
        let Type::Object(found) = found else { panic!("{found} is no object") };
        let Type::Object(implied) = schema().implied_type() else { unreachable!("a block implies an object") };
        for (name, ty) in &implied.attributes {
            assert!(ty.has_any() || found.attributes[name] == *ty, "{text}: {name} is {}", found.attributes[name]);
        }
    }
}

#[test]
fn arguments_and_blocks_become_a_value() {
    let cases = [
        (
            "ami = 1\ntags = {a = true}\ngroups = [\"b\", \"a\"]",
            "ami: \"1\"\ngroups: [\"a\",\"b\"]\ntags: {\"a\":\"true\"}",
        ),
        ("ami = unknown\ninput = {a = [1]}", "ami: unknown\ninput: {\"a\":[1]}"),
        (
            "ami = \"x\"\ndisk {\n name = \"a\"\n}\ndisk {\n name = \"b\"\n size = \"3\"\n}\ntimeouts {\n name = 1\n}",
            "ami: \"x\"\ndisk: [{\"name\":\"a\",\"size\":null},{\"name\":\"b\",\"size\":3}]\ntimeouts: {\"name\":\"1\",\"size\":null}",
        ),
        (
            "ami = \"x\"\nnamed \"k\" {\n name = \"a\"\n}\ndevice {\n name = \"z\"\n}\ndevice {\n name = \"y\"\n}",
            "ami: \"x\"\ndevice: [{\"name\":\"y\",\"size\":null},{\"name\":\"z\",\"size\":null}]\n\
             named: {\"k\":{\"name\":\"a\",\"size\":null}}",
        ),
        // A list of objects written as blocks, as an argument, and emptied.
        ("ami = \"x\"\nrule {\n port = 1\n}", "ami: \"x\"\nrule: [{\"cidrs\":null,\"port\":1}]"),
        ("ami = \"x\"\nrule = [{port = 1, cidrs = []}]", "ami: \"x\"\nrule: [{\"cidrs\":[],\"port\":1}]"),
        ("ami = \"x\"\nrule = []", "ami: \"x\""),
    ];
    for (text, expected) in cases {
        check(text, expected);
    }
}

#[test]
fn json_is_told_apart_by_the_schema() {
    let resource = |content: &str| format!("{{\"resource\": {{\"t\": {{\"x\": {{\"ami\": 1, {content}}}}}}}}}");
    let cases = [
        (r#""disk": {"name": "a"}"#, "disk: [{\"name\":\"a\",\"size\":null}]"),
        (
            r#""disk": [{"name": "a"}, {"name": "b", "size": "${1 + 1}"}], "device": null"#,
            "disk: [{\"name\":\"a\",\"size\":null},{\"name\":\"b\",\"size\":2}]",
        ),
        (r#""named": {"k": {"name": "a"}}"#, "named: {\"k\":{\"name\":\"a\",\"size\":null}}"),
        (
            r#""dynamic": {"disk": {"for_each": ["a"], "iterator": "it", "content": {"name": "${it.value}"}}}"#,
            "disk: [{\"name\":\"a\",\"size\":null}]",
        ),
        (
            r#""disk": 1"#,
            "! Incorrect JSON value type: Either a JSON object or a JSON array is required, representing \"disk\" blocks. `1`",
        ),
    ];
    for (content, expected) in cases {
        check(&resource(content), &format!("ami: \"1\"\n{expected}"));
    }
}

#[test]
fn dynamic_blocks_are_written_out() {
    let cases = [
        (
            "ami = 1\ndynamic \"disk\" {\n for_each = [\"a\", \"b\"]\n content {\n  name = disk.value\n  size = disk.key\n }\n}",
            "ami: \"1\"\ndisk: [{\"name\":\"a\",\"size\":0},{\"name\":\"b\",\"size\":1}]",
        ),
        (
            "ami = 1\ndynamic \"named\" {\n for_each = {k = 5}\n iterator = it\n labels = [it.key]\n content {\n  name = \"n\"\n  size = it.value\n }\n}",
            "ami: \"1\"\nnamed: {\"k\":{\"name\":\"n\",\"size\":5}}",
        ),
        (
            "ami = 1\ndynamic \"rule\" {\n for_each = toset([2])\n content {\n  port = rule.key\n }\n}",
            "ami: \"1\"\nrule: [{\"cidrs\":null,\"port\":2}]",
        ),
        (
            "ami = 1\ndynamic \"disk\" {\n for_each = unknown\n content {\n  name = disk.value.x\n }\n}",
            "ami: \"1\"\ndisk: unknown",
        ),
        (
            "ami = 1\ndynamic \"disk\" {\n for_each = secret\n content {\n  name = \"n\"\n }\n}",
            "ami: \"1\"\ndisk: [{\"name\":\"n\",\"size\":null}] (sensitive)",
        ),
        (
            "ami = 1\ndynamic \"disk\" {\n for_each = null\n content {\n  name = \"n\"\n }\n}",
            "ami: \"1\"\ndisk: unknown\n! Invalid dynamic for_each value: Cannot use a null value in for_each. `null`",
        ),
        (
            "ami = 1\ndynamic \"disk\" {\n for_each = 1\n content {\n  name = \"n\"\n }\n}",
            "ami: \"1\"\ndisk: unknown\n! Invalid dynamic for_each value: Cannot use a number value in for_each. An iterable \
             collection is required. `1`",
        ),
        (
            "ami = 1\ndynamic \"disk\" {\n for_each = []\n iterator = \"it\"\n content {\n  name = \"n\"\n }\n}",
            "ami: \"1\"\ndisk: unknown\n! Invalid expression: A single static variable reference is required: only attribute \
             access and indexing with constant keys. No calculations, function calls, template expressions, etc are allowed \
             here. `\"it\"`",
        ),
        (
            "ami = 1\ndynamic \"disk\" {\n for_each = []\n iterator = it.x\n content {\n  name = \"n\"\n }\n}",
            "ami: \"1\"\ndisk: unknown\n! Invalid dynamic iterator name: Dynamic iterator must be a single variable name. \
             `it.x`",
        ),
        (
            "ami = 1\ndynamic \"disk\" {\n for_each = []\n}",
            "ami: \"1\"\ndisk: unknown\n! Missing dynamic content block: A dynamic block must have a nested block of type \
             \"content\" to describe the body of each generated block. `dynamic \"disk\"`",
        ),
        (
            "ami = 1\ndynamic \"disk\" {\n for_each = []\n foo = 1\n content {}\n}",
            "ami: \"1\"\n! Unsupported argument: An argument named \"foo\" is not expected here. `foo`",
        ),
        (
            "ami = 1\ndynamic \"disks\" {\n for_each = []\n content {}\n}",
            "ami: \"1\"\n! Unsupported block type: Blocks of type \"disks\" are not expected here. Did you mean \"disk\"? `\"disks\"`",
        ),
    ];
    for (text, expected) in cases {
        check(text, expected);
    }
}

#[test]
fn mistakes_are_reported_where_they_are() {
    let missing = "! Missing required argument: The argument";
    let cases = [
        ("", format!("{missing} \"ami\" is required, but no definition was found. ``")),
        ("ami = null", format!("{missing} \"ami\" is required, but no definition was found. `ami = null`")),
        (
            "ami = 1\nami_ = 2\ndisk = []",
            "ami: \"1\"\n! Unsupported argument: An argument named \"ami_\" is not expected here. Did you mean \"ami\"? `ami_`\n\
             ! Unsupported argument: An argument named \"disk\" is not expected here. Did you mean to define a block of type \
             \"disk\"? `disk`"
                .into(),
        ),
        (
            "ami = 1\ntags {\n a = 1\n}\nfoo {}",
            "ami: \"1\"\n! Unsupported block type: Blocks of type \"foo\" are not expected here. `foo`\n\
             ! Unsupported block type: Blocks of type \"tags\" are not expected here. Did you mean to define argument \"tags\"? \
             If so, use the equals sign to assign it a value. `tags`"
                .into(),
        ),
        (
            "ami = 1\narn = \"x\"",
            "ami: \"1\"\n! Value for unconfigurable attribute: Can't configure a value for \"arn\": its value will be decided \
             automatically based on the result of applying this configuration. `arn = \"x\"`"
                .into(),
        ),
        (
            "ami = [1]\ntags = {a = [\"x\"]}",
            "ami: unknown\ntags: unknown\n\
             ! Incorrect attribute value type: Inappropriate value for attribute \"ami\": string required. `[1]`\n\
             ! Incorrect attribute value type: Inappropriate value for attribute \"tags\": element \"a\": string required. \
             `{a = [\"x\"]}`"
                .into(),
        ),
        (
            "ami = 1\ndisk \"x\" {\n name = 1\n}\ntimeouts {\n name = 1\n}\ntimeouts {\n name = 2\n}",
            "ami: \"1\"\ndisk: [{\"name\":\"1\",\"size\":null}]\ntimeouts: {\"name\":\"1\",\"size\":null}\n\
             ! Extraneous label for disk: No labels are expected for disk blocks. `\"x\"`\n\
             ! Duplicate timeouts block: Only one block of type \"timeouts\" is allowed. `timeouts`"
                .into(),
        ),
        (
            "ami = 1\ndynamic \"disk\" {\n for_each = [1,2,3]\n content {\n name = 1\n }\n}",
            "ami: \"1\"\ndisk: [{\"name\":\"1\",\"size\":null},{\"name\":\"1\",\"size\":null},{\"name\":\"1\",\"size\":null}]\n\
             ! Too many disk blocks: No more than 2 \"disk\" blocks are allowed `dynamic \"disk\"`"
                .into(),
        ),
        (
            "ami = 1\nrule = [{port = 1}]\nrule {}",
            "ami: \"1\"\nrule: unknown\n\
             ! Unsupported block type: Blocks of type \"rule\" are not expected here. The argument \"rule\" is set already; use \
             either the argument or blocks. `rule`\n\
             ! Incorrect attribute value type: Inappropriate value for attribute \"rule\": element 0: attribute \"cidrs\" is \
             required. `[{port = 1}]`"
                .into(),
        ),
    ];
    for (text, expected) in cases {
        check(text, &expected);
    }
}

#[test]
fn validation_finds_what_does_not_depend_on_values() {
    let text = "ami = unknown.at.all[0]\ntags = { a = unknown.value }\ndevice {\n size = \"x\"\n}\ndynamic \"disk\" {\n \
                for_each = unknown.list\n content {\n  nme = disk.value.x\n }\n}";
    let mut diagnostics = Diagnostics::new();
    decode(&body(text), &schema(), &Names, &mut diagnostics);
    let found: Vec<&str> = diagnostics.iter().map(|it| &*it.detail).collect();
    let expected = [
        "The argument \"name\" is required, but no definition was found.",
        "Inappropriate value for attribute \"size\": a number is required.",
        "An argument named \"nme\" is not expected here.",
        "The argument \"name\" is required, but no definition was found.",
    ];
    assert_eq!(found, expected);
}

#[test]
fn attributes_are_found_in_the_source() {
    let text = "tags = {\n a = 1\n (b) = 2\n}\ndisk {\n name = \"x\"\n}\ndisk {\n name = \"y\"\n}\nnamed \"k\" {\n size = 3\n}\n\
                dynamic \"rule\" {\n for_each = []\n content {\n  port = 4\n }\n}";
    let body = body(text);
    let mut sources = Sources::default();
    sources.add("main.tf".into(), text.into());
    let attribute = |name: &str| PathStep::Attribute(name.into());
    let key = |name: &str| PathStep::Key(name.into());
    let cases = [
        (vec![attribute("tags"), key("a")], Some("1")),
        (vec![attribute("tags"), key("b")], Some("{\n a = 1\n (b) = 2\n}")),
        (vec![attribute("disk"), PathStep::Index(1), attribute("name")], Some("\"y\"")),
        (vec![attribute("disk"), PathStep::Index(0), attribute("size")], Some("{")),
        (vec![attribute("named"), key("k"), attribute("size")], Some("3")),
        (vec![attribute("rule"), PathStep::Element(Value::null(Type::Any)), attribute("port")], Some("4")),
        (vec![attribute("other")], None),
        (vec![], None),
    ];
    for (path, expected) in cases {
        let found = attribute_span(&body, &crate::value::Path(path.clone())).map(|span| sources.text(span));
        assert_eq!(found, expected, "{path:?}");
    }
}
