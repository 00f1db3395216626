//! What expressions give is shown by `tests/conformance`; here is how deep they may be.

use super::*;
use crate::{
    diagnostic::{FileId, has_errors},
    expression::syntax::parse_expression,
    value::{json_text, render, to_json},
};

/// A scope in which nothing has a name.
struct Nothing;

impl Scope for Nothing {
    fn resolve(&self, root: &Identifier, _: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
        Err(Box::new(Diagnostic::error("Invalid reference", format!("No {:?} here.", root.text))))
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

/// How deep the language is certain to go.
const DEPTH: usize = 1_000;

/// On a stack as `main` gives to everything that walks trees.
#[test]
fn deep_nesting_evaluates() {
    let cases = [
        ("(", ")"),
        ("[", "]"),
        ("{a=", "}"),
        ("-", ""),
        ("true ? ", " : 2"),
        ("length([", "])"),
        ("\"x${", "}\""),
        ("[for x in [1] : ", "]"),
        ("1 + (", ")"),
    ];
    let run = || {
        for (open, close) in cases {
            let text = open.repeat(DEPTH) + "1" + &close.repeat(DEPTH);
            let mut diagnostics = Diagnostics::new();
            let expression = parse_expression(&text, FileId::default(), &mut diagnostics);
            assert!(diagnostics.is_empty(), "{open}: {diagnostics:?}");
            let value = evaluate(&expression, &Nothing, &mut diagnostics);
            assert!(!render(&value).is_empty());
        }
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(256 << 20).spawn_scoped(scope, run);
        thread.expect("a thread").join().expect("no panic");
    });
}

/// A scope of one name, in which what is not there is null.
struct Answer(Value);

impl Scope for Answer {
    fn resolve(&self, root: &Identifier, steps: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
        if &*root.text == "answer" { Ok((self.0.clone(), 0)) } else { Nothing.resolve(root, steps) }
    }
    fn read_file(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        Nothing.read_file(path)
    }
    fn timestamp(&self) -> Value {
        Nothing.timestamp()
    }
    fn plan_timestamp(&self) -> Value {
        Nothing.plan_timestamp()
    }
    fn absent_is_null(&self) -> bool {
        true
    }
}

#[test]
fn what_is_not_there_is_null() {
    let answer = r#"{ name = "n", count = 3, items = [{ key = "a", on = true }, { key = "b" }], tags = { x = "1" }, nil = null }"#;
    let parse = |text: &str| {
        let mut diagnostics = Diagnostics::new();
        let expression = parse_expression(text, FileId::default(), &mut diagnostics);
        assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
        expression
    };
    let answer = Answer(evaluate(&parse(answer), &Nothing, &mut Diagnostics::new()));
    let cases = [
        ("answer.name", r#""n""#),
        ("answer.other", "null"),
        ("answer.other.deeper[3].still", "null"),
        ("answer.items[1].on", "null"),
        ("answer.items[7].key", "null"),
        ("answer.items[answer.other]", "null"),
        (r#"answer.tags["y"]"#, "null"),
        ("answer.nil == null", "true"),
        (r#"answer.other == "x""#, "false"),
        ("answer.other != 3", "true"),
        ("answer.other > 3", "null"),
        ("answer.other + 3", "null"),
        ("-answer.other", "null"),
        ("!answer.other", "true"),
        ("answer.other && true", "false"),
        ("answer.other || true", "true"),
        ("answer.other || answer.nil", "false"),
        ("answer.other > 3 ? 1 : 2", "2"),
        (r#"answer.count == 3 ? [] : { a = "b" }"#, "[]"),
        (r#"answer.other == null ? null : { Code = answer.other }"#, "null"),
        ("[for it in answer.other : it]", "null"),
        ("[for it in answer.items : it.key if it.on]", r#"["a"]"#),
        ("{ for it in answer.items : it.key => it.on }", r#"{"a":true,"b":null}"#),
        ("answer.other[*].key", "[]"),
        ("answer.items[*].on", "[true,null]"),
        (r#""arn:${answer.name}/${answer.other}""#, "null"),
        (r#""arn:${answer.name}""#, r#""arn:n""#),
        (r#""%{ if answer.other }a%{ else }b%{ endif }""#, r#""b""#),
        (r#"split(":", answer.other)[1]"#, "null"),
        ("basename(answer.other)", "null"),
        ("coalesce(answer.other, 300)", "300"),
        ("coalesce(answer.other, answer.nil)", "null"),
        ("jsonencode(answer.other)", "null"),
        ("one([for it in answer.items : it.key if it.other])", "null"),
    ];
    for (text, expected) in cases {
        let mut diagnostics = Diagnostics::new();
        let value = evaluate(&parse(text), &answer, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
        assert_eq!(json_text(&to_json(&value)), expected, "{text}");
    }
    // What has no attributes at all, and names that nobody gives, are mistakes all the same.
    for text in ["answer.name.first", "answers", "answer.count[0]", "nonsense(1)", "1 + []"] {
        let mut diagnostics = Diagnostics::new();
        evaluate(&parse(text), &answer, &mut diagnostics);
        assert!(has_errors(&diagnostics), "{text}");
    }
}
