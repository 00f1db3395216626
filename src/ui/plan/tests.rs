//! The renderer against what the real Terraform printed: see tests/rendering/record.py.

use super::*;
use crate::ui::recorded::{self, Recorded};

/// Our name where Terraform prints its own, in lines that fit; not in values, where it is data.
fn in_our_words(text: &str) -> String {
    let is_prose =
        |line: &str| line.starts_with("Terraform") || line.starts_with("You can apply") || line.starts_with("This is");
    let mut out = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let mut paragraph = line.to_owned();
        while is_prose(&paragraph) && !paragraph.ends_with([':', '.']) {
            paragraph.extend(lines.next().map(|it| format!(" {it}")));
        }
        match is_prose(&paragraph) {
            true => {
                out += &Style::PLAIN
                    .paragraph(&paragraph.replace("Terraform", "rforge").replace("terraform apply", "rforge apply"))
            }
            false => {
                out += &format!(
                    "{}\n",
                    paragraph
                        .replace("outside of Terraform", "outside of rforge")
                        .replace("managed by Terraform", "managed by rforge")
                )
            }
        }
    }
    out
}

#[test]
fn plans_look_as_terraform_prints_them() {
    let mut failures = Vec::new();
    for Recorded { name, plan, text, .. } in recorded::plans() {
        let lookup = recorded::schemas();
        let got = render(&plan, &|_, mode, kind| lookup(mode, kind), Style::PLAIN);
        // What follows a rule is not recorded.
        let got = got.split(&Style::PLAIN.rule()).next().unwrap_or_default().trim().to_owned();
        let want = in_our_words(text.trim()).trim().to_owned();
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
