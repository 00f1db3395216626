//! Expressions and what `terraform console` 1.11.4 made of them: `tests/console.txt`, recorded from it.

use super::*;
use crate::{diagnostic::FileId, lang::syntax::parse_expression, value::render};

/// What the configuration of the recording had: `local.u` is unknown and of unknown type, `local.s` an unknown
/// string, `local.ul` a list of one such; the variables are sensitive.
struct Names;

impl Scope for Names {
    fn resolve(&self, root: &Identifier, _: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
        let secret = || Value::string("hidden");
        let list = |value| Value::list(Type::String, vec![value]);
        let attributes = match &*root.text {
            "local" => [
                ("u", Value::unknown(Type::Any)),
                ("s", Value::unknown(Type::String)),
                ("ul", list(Value::unknown(Type::String))),
            ]
            .to_vec(),
            "var" => [("secret", secret()), ("secrets", list(secret()))]
                .map(|(name, value)| (name, value.marked(Marks::SENSITIVE)))
                .to_vec(),
            name => return Err(Box::new(Diagnostic::error("Invalid reference", format!("No {name:?} here.")))),
        };
        Ok((Value::object(attributes.into_iter().map(|(name, value)| (name.into(), value)).collect()), 0))
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

fn evaluated(text: &str) -> (Value, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let expression = parse_expression(text, FileId::default(), &mut diagnostics);
    assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
    let value = evaluate(&expression, &Names, &mut diagnostics);
    (value, diagnostics)
}

/// As the recording has it: the rendered value, or a line `! summary: detail` for each error.
fn transcript(text: &str) -> String {
    let (value, diagnostics) = evaluated(text);
    if diagnostics.is_empty() {
        return render(&value);
    }
    // Terraform seldom has a hint, and then in the detail.
    let line = |it: &Diagnostic| {
        let hint = it.hint.as_ref().filter(|_| it.summary == "Call to unknown function");
        let hint = hint.map(|hint| format!(" {hint}")).unwrap_or_default();
        format!("! {}: {}{hint}", it.summary, it.detail.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    diagnostics.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn expressions_give_what_terraform_console_gives() {
    let recording = include_str!("tests/console.txt");
    let mut differences = String::new();
    let mut count = 0;
    for case in recording.split("\n>> ").skip(1) {
        let case = case.split_once("\n# ").map_or(case, |(case, _)| case);
        let (expression, expected) = case.split_once('\n').unwrap_or((case, ""));
        let actual = transcript(expression);
        count += 1;
        if actual != expected.trim_end_matches('\n') {
            differences += &format!("\n>> {expression}\nexpected {expected}\nactual   {actual}\n");
        }
    }
    assert!(differences.is_empty(), "{differences}");
    assert!(count > 400, "{count} cases were found in the recording");
}

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
            let (value, _) = evaluated(&(open.repeat(500) + "1" + &close.repeat(500)));
            assert!(!render(&value).is_empty());
        }
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(256 << 20).spawn_scoped(scope, run);
        thread.expect("a thread").join().expect("no panic");
    });
}
