//! Scripts: files and steps. `-- main.tf --` starts a file (an empty one is deleted), `== plan ARGS` is a step.

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
