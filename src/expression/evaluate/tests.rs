//! What expressions give is shown by `tests/conformance`; here is how deep they may be.

use super::*;
use crate::{diagnostic::FileId, expression::syntax::parse_expression, value::render};

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
