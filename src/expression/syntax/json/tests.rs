use super::parse_json;
use crate::{
    diagnostic::{Diagnostics, FileId},
    expression::syntax::{tests::show, tree::Body},
};

/// `kind label { name = value … }`
fn show_body(body: &Body) -> String {
    let attributes = body.attributes.iter().map(|it| format!("{} = {}", it.name.text, show(&it.value)));
    let blocks = body.blocks.iter().map(|it| {
        let labels: String = it.labels.iter().map(|label| format!("{} ", label.text)).collect();
        format!("{} {labels}{{ {} }}", it.kind.text, show_body(&it.body))
    });
    attributes.chain(blocks).collect::<Vec<_>>().join("; ")
}

/// What Terraform 1.11.4 makes of these files was seen with `validate` and `console`.
#[test]
fn makes_the_same_tree() {
    let cases = [
        ("{}", ""),
        ("[{\"//\": 1}]", ""),
        (
            r#"{"locals": [{"a": "${var.x}-1", "b": {"${var.x}": 1, "c": true}}, {"d": [null, 1.50, "$${e}", "", "x"]}]}"#,
            "locals { a = `${var.x} \"-1\"`; b = {`${var.x}`=1 \"c\"=true} }; locals { d = [null 1.5 \"${e}\" \"\" \"x\"] }",
        ),
        (
            r#"{"variable": {"x": {"type": "list(string)", "default": ["${a}"], "validation": {"condition": "${x}"}}, "y": [{}]}}"#,
            "variable x { type = (list! string); default = [\"${a}\"]; validation { condition = `${x}` } }; variable y {  }",
        ),
        (
            r#"{"output": {"o": {"value": "${a.b}", "description": "${a}", "depends_on": ["a.b"]}}}"#,
            "output o { value = `${a.b}`; description = \"${a}\"; depends_on = [a.b] }",
        ),
        (
            r#"{"resource": {"t": {"a": {"provider": "aws.w", "n": {"x": "${y}"}, "lifecycle": {"ignore_changes": ["tags[\"x\"]"]}}, "b": {}}, "u": [{"c": {}}]}}"#,
            "resource t a { provider = aws.w; n = {\"x\"=`${y}`}; lifecycle { ignore_changes = [tags[\"x\"]] } }; \
             resource t b {  }; resource u c {  }",
        ),
        (
            r#"{"resource": {"t": {"a": {"dynamic": {"d": {"for_each": "${l}", "content": {"v": "${d.value}"}}}}}}}"#,
            "resource t a { dynamic d { for_each = `${l}`; content { v = `${d.value}` } } }",
        ),
        (
            r#"{"terraform": {"required_version": ">= 1", "backend": {"s3": {"key": "k"}}, "required_providers": {"aws": {"source": "hashicorp/aws", "configuration_aliases": ["aws.x"]}}}}"#,
            "terraform { required_version = \">= 1\"; backend s3 { key = \"k\" }; \
             required_providers { aws = {\"source\"=\"hashicorp/aws\" \"configuration_aliases\"=[aws.x]} } }",
        ),
        (
            r#"{"module": {"m": {"source": "./${m}", "providers": {"aws": "aws.w", "aws.y": "aws"}, "x": "${a}"}}, "provider": {"aws": [{"region": "a"}, {"alias": "w"}]}}"#,
            "module m { source = \"./${m}\"; providers = {\"aws\"=aws.w aws.y=aws}; x = `${a}` }; \
             provider aws { region = \"a\" }; provider aws { alias = \"w\" }",
        ),
        (
            r#"{"moved": {"from": "a.b", "to": "a.c[0]"}, "check": {"c": {"data": {"t": {"d": {}}}, "assert": {"condition": true}}}}"#,
            "moved { from = a.b; to = a.c[0] }; check c { data t d {  }; assert { condition = true } }",
        ),
    ];
    for (text, expected) in cases {
        let mut diagnostics = Diagnostics::new();
        let body = parse_json(text, FileId(0), &mut diagnostics);
        assert_eq!(diagnostics, [], "{text}");
        assert_eq!(show_body(&body), expected, "{text}");
    }
}

#[test]
fn reports_what_is_wrong_and_where() {
    let cases: [(&str, &[(&str, &str)]); 14] = [
        ("", &[("Missing JSON value", "")]),
        ("{\"a\" 1}", &[("Missing property value", "1")]),
        ("{\"locals\": {},}", &[("Trailing comma in object", ",")]),
        ("{\"locals\": {} \"x\": 1}", &[("Missing JSON comma", "\"")]),
        ("{\"locals\": {\"a\": [1, 2}}", &[("Missing JSON comma", "}")]),
        ("{\"locals\": {\"a\": yes}}", &[("Invalid JSON keyword", "yes")]),
        ("{\"locals\": {\"a\": 01}}", &[("Invalid JSON number", "01")]),
        ("{\"locals\": {\"a\": \"x}}", &[("Invalid JSON string", "\"")]),
        ("{\"locals\": {\"a\": \"\\q\"}}", &[("Invalid JSON string", "\"")]),
        ("{\"locals\": {", &[("Invalid JSON object property", "")]),
        ("{} x", &[("Extraneous data after value", "x")]),
        ("{\"foo\": 1}", &[("Extraneous JSON object property", "\"foo\"")]),
        (
            "{\"locals\": 1, \"output\": {\"a\": 2}}",
            &[("Incorrect JSON value type", "1"), ("Incorrect JSON value type", "2")],
        ),
        (
            "{\"locals\": {\"a\": \"x${)}\", \"a\": 1}}",
            &[("Invalid expression", ")"), ("Duplicate attribute definition", "\"a\"")],
        ),
    ];
    for (text, expected) in cases {
        let mut diagnostics = Diagnostics::new();
        parse_json(text, FileId(0), &mut diagnostics);
        let found: Vec<_> = diagnostics
            .iter()
            .map(|it| (it.summary.as_str(), it.subject.map_or("?", |at| &text[at.start as usize..at.end as usize])))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}
