//! Where the form differs from Terraform's on purpose, and what holds for any text. Everything else is in tests/formatting.

use super::*;
use proptest::prelude::*;

fn formatted(text: &str) -> Option<String> {
    format(text, FileId::default(), &mut Diagnostics::new())
}

#[test]
fn nothing_is_lost() {
    let cases = [
        // Terraform drops these labels.
        ("a \"x$y\" \"%%\" b {}\n", "a \"x$y\" \"%%\" \"b\" {}\n"),
        ("a \"$${x}\" {}\n", "a \"$${x}\" {}\n"),
        // Terraform leaves out the outer parentheses, and the second line is no argument.
        ("a = \"${(x) +\n(y)}\"\n", "a = ((x) +\n(y))\n"),
        // Terraform writes `a = # c` and `x` below it, which no longer is an argument.
        ("a = \"${ # c\nx}\"\n", "a = ( # c\nx)\n"),
    ];
    for (text, expected) in cases {
        assert_eq!(formatted(text).as_deref(), Some(expected), "{text}");
        assert_eq!(formatted(expected).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_cannot_be_parsed_is_left_alone() {
    for text in ["a = ", "a = 1 b = 2", "a {", "a = \"x\ny\"", "a = <<E\n"] {
        assert_eq!(formatted(text), None, "{text}");
    }
}

/// What a text may be put together from.
const FRAGMENTS: &[&str] = &[
    "a",
    "b = ",
    "\"",
    "${",
    "}",
    "%{ if x }",
    "%{ endif }",
    "{",
    "{\n",
    "}\n",
    "[",
    "]",
    "(",
    ")",
    "\n",
    "\r\n",
    " ",
    "\t",
    "# c\n",
    "/* d */",
    "<<E\n",
    "<<-E\n",
    "E\n",
    ", ",
    "?",
    ":",
    "=>",
    "for x in y : ",
    "!",
    "-",
    "1",
    "...",
    ".",
    "é",
    "$${",
    "type = list\n",
    "variable x {\n",
    "a = \"${x}\"\n",
];

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(FRAGMENTS), 0..24).prop_map(|it| it.concat())
}

proptest! {
    /// Any text either is refused or has a form that parses.
    #[test]
    fn a_form_can_be_formatted_again(text in texts()) {
        if let Some(once) = formatted(&text) {
            prop_assert!(formatted(&once).is_some(), "{:?} became {:?}", text, once);
        }
    }
}
