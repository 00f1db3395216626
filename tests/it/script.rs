//! Scripts: files and steps. `-- main.tf --` starts a file (an empty one is deleted), `== plan ARGS` is a step.

use std::{fs, path::Path};

/// What differs between what Terraform printed and what rforge does, if that is not what stands in the script's `.ours`, below the
/// reasons. `RFORGE_BLESS=1` writes it there.
pub(crate) fn on_purpose(script: &Path, theirs: &str, ours: &str) -> Option<String> {
    let difference = similar::TextDiff::from_lines(theirs, ours).unified_diff().context_radius(2).to_string();
    let known = script.with_extension("ours");
    if std::env::var_os("RFORGE_BLESS").is_some() && !difference.is_empty() {
        let reasons = fs::read_to_string(&known).unwrap_or_default();
        let reasons: Vec<&str> = reasons.lines().take_while(|line| line.starts_with('#')).collect();
        fs::write(&known, format!("{}\n{difference}", reasons.join("\n"))).unwrap();
    }
    let known = fs::read_to_string(&known).unwrap_or_default();
    let known: String =
        known.lines().skip_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    (difference != known).then(|| format!("{} (- Terraform, + rforge)\n{difference}", script.display()))
}

/// A file to write, or the words of a step.
pub(crate) enum Part {
    File(String, String),
    Step(Vec<String>),
}

pub(crate) fn parts(script: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for line in script.lines() {
        if let Some(name) = line.strip_prefix("-- ").and_then(|it| it.strip_suffix(" --")) {
            parts.push(Part::File(name.into(), String::new()));
        } else if let Some(step) = line.strip_prefix("==") {
            parts.push(Part::Step(step.split_whitespace().map(str::to_owned).collect()));
        } else if let Some(Part::File(_, text)) = parts.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    parts.retain(|it| !matches!(it, Part::Step(words) if words.is_empty()));
    parts
}
