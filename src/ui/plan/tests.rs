//! The renderer against what the real Terraform printed: see tests/rendering/record.py.

use super::*;
use crate::ui::recorded::{self, Recorded};

/// Our name where Terraform prints its own; not in values, where it is data.
fn in_our_words(text: &str) -> String {
    text.replace("Managed by Terraform", "\u{0}")
        .replace("Terraform", "rforge")
        .replace("terraform apply", "rforge apply")
        .replace('\u{0}', "Managed by Terraform")
}

#[test]
fn plans_look_as_terraform_prints_them() {
    let mut failures = Vec::new();
    for Recorded { name, plan, text, .. } in recorded::plans() {
        let lookup = recorded::schemas();
        let got = render(&plan, &|_, mode, kind| lookup(mode, kind), Style::PLAIN);
        // What follows a rule is not recorded.
        let got = got.split(RULE).next().unwrap_or_default().trim_end().to_owned();
        let want = in_our_words(text.trim_end());
        if want != got {
            let difference = similar::TextDiff::from_lines(&want, &got).unified_diff().context_radius(3).to_string();
            failures.push(format!("{name}: - is Terraform, + is ours\n{difference}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn state_looks_as_terraform_prints_it() {
    let mut failures = Vec::new();
    for case in recorded::sorted(recorded::folder().join("cases")) {
        let bytes = std::fs::read(case.join("terraform.tfstate")).unwrap();
        let state = crate::state::file::decode(&bytes).unwrap();
        let lookup = recorded::schemas();
        let got = render_state(&state, &|_, mode, kind| lookup(mode, kind), Style::PLAIN);
        let want = std::fs::read_to_string(case.join("state.txt")).unwrap();
        if want.trim_end() != got.trim_end() {
            let difference = similar::TextDiff::from_lines(&want, &got).unified_diff().context_radius(3).to_string();
            failures.push(format!("{case:?}: - is Terraform, + is ours\n{difference}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
