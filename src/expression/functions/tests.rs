//! What functions give is shown by `tests/conformance`; here is what does not depend on arguments alone.

use crate::{
    diagnostic::{Diagnostic, Diagnostics, FileId},
    expression::{
        evaluate::{Scope, Step, evaluate},
        syntax::{parse_expression, tree::Identifier},
    },
    value::{Type, Value},
};
use std::{io, path::Path, sync::Arc};

/// What differs at each call is not known while planning.
#[test]
fn changing_functions_wait_for_apply() {
    struct Planning;
    impl Scope for Planning {
        fn resolve(&self, _: &Identifier, _: &[Step<'_>]) -> Result<(Value, usize), Box<Diagnostic>> {
            Err(Box::new(Diagnostic::error("Invalid reference", "")))
        }
        fn read_file(&self, _: &Path) -> io::Result<Arc<[u8]>> {
            Err(io::ErrorKind::NotFound.into())
        }
        fn timestamp(&self) -> Value {
            Value::unknown_not_null(Type::String)
        }
        fn plan_timestamp(&self) -> Value {
            Value::string("2025-04-05T06:07:08Z")
        }
    }
    for (text, known) in [
        ("timestamp()", false),
        ("uuid()", false),
        ("bcrypt(\"a\")", false),
        ("plantimestamp()", true),
        ("formatdate(\"YYYY\", timestamp())", false),
        ("uuidv5(\"dns\", \"a\")", true),
    ] {
        let mut diagnostics = Diagnostics::new();
        let expression = parse_expression(text, FileId(0), &mut diagnostics);
        let value = evaluate(&expression, &Planning, &mut diagnostics);
        assert_eq!(diagnostics, [], "{text}");
        assert_eq!(value.is_known(), known, "{text}");
    }
}
