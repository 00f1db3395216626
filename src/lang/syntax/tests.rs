use super::parse;
use crate::diagnostic::{Diagnostics, FileId};

fn summaries(text: &str) -> Vec<String> {
    let mut diagnostics = Diagnostics::new();
    parse(text, FileId(0), &mut diagnostics);
    diagnostics.into_iter().map(|it| it.summary).collect()
}

/// Where our first error has another name than Terraform's, because it can say more.
const NAMED_DIFFERENTLY: [(&str, &str); 3] = [
    ("Missing expression", "Unterminated object constructor expression"),
    ("Invalid expression", "Invalid character"),
    ("Argument or block definition required", "Unterminated comment"),
];

#[test]
fn accepts_and_rejects_what_terraform_does() {
    for case in include_str!("tests/cases.txt").split("\n--- ").skip(1) {
        let (verdict, text) = case.split_once('\n').expect("a verdict, then a text");
        let found = summaries(&format!("{text}\n"));
        let Some(expected) = verdict.strip_prefix("rejected ") else {
            assert!(found.is_empty(), "Terraform accepts this, we say {found:?}:\n{text}");
            continue;
        };
        let expected = expected.split(" | ").next().unwrap_or_default();
        let Some(first) = found.first() else { panic!("Terraform rejects this ({expected}):\n{text}") };
        let agreed = first == expected || NAMED_DIFFERENTLY.contains(&(expected, first));
        assert!(agreed, "Terraform says {expected}, we say {found:?}:\n{text}");
    }
}
