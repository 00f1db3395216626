//! Scripts with the output they must give.
//!
//! A transcript is a text file: a line that starts with `$ ` is a shell command, the lines below it are what it prints (both
//! streams, in order), `[exit N]` ends it unless N is 0, and `# ` starts a comment. In a command `rforge` is the binary
//! under test and `api SERVICE ACTION JSON JMESPATH` calls AWS behind its back (tests/emulator/ask.py).
//! `RFORGE_BLESS=1` rewrites the files with what the commands print now.

use std::{collections::HashMap, fs, path::Path, process::Stdio};

use regex::{Captures, Regex};

use crate::{
    process::Outcome,
    workspace::{Workspace, repository, rforge},
};

/// Runs a transcript's commands in the workspace and compares what they print.
pub(crate) fn check(workspace: &Workspace, file: &Path) {
    let expected = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let actual = run(workspace, &expected);
    if std::env::var_os("RFORGE_BLESS").is_some() {
        fs::write(file, actual).unwrap();
        return;
    }
    let difference = similar::TextDiff::from_lines(&expected, &actual);
    let name = file.strip_prefix(repository()).unwrap_or(file).display();
    assert!(expected == actual, "{name} (- expected, + printed):\n{}", difference.unified_diff());
}

fn run(workspace: &Workspace, transcript: &str) -> String {
    let folder = rforge().parent().unwrap().display().to_string();
    let prelude = format!("exec 2>&1; PATH={folder}:$PATH; {API}");
    let mut stable = Stable::new(workspace.path());
    let mut text = String::new();
    for line in transcript.lines().filter(|line| line.starts_with("$ ") || line.starts_with('#')) {
        if !text.is_empty() && !last_is_comment(&text) {
            text.push('\n');
        }
        text += line;
        text.push('\n');
        let Some(command) = line.strip_prefix("$ ") else { continue };
        let mut shell = workspace.command("sh");
        shell.args(["-c", &format!("{prelude}\n{command}")]).stdin(Stdio::null());
        shell.env("RFORGE_TESTS", repository().join("tests")).env("RFORGE_PYTHON", python());
        let outcome = Outcome::of(&mut shell);
        text += &stable.text(&outcome.stdout);
        if outcome.code != Some(0) {
            text += &format!("[exit {}]\n", outcome.code.map_or("by signal".to_string(), |code| code.to_string()));
        }
    }
    text
}

const API: &str = r#"api() { PYTHONPATH="$RFORGE_TESTS" "$RFORGE_PYTHON" -m emulator.ask "$@"; }"#;

fn last_is_comment(text: &str) -> bool {
    text.lines().last().is_some_and(|line| line.starts_with('#'))
}

fn python() -> std::path::PathBuf {
    #[cfg(feature = "aws")]
    return crate::moto::python();
    #[cfg(not(feature = "aws"))]
    return "python3".into();
}

/// Replaces what differs from run to run: an AWS id becomes `vpc-1`, the first one seen, and so on.
pub(crate) struct Stable {
    folder: String,
    numbers: HashMap<String, usize>,
    seen: HashMap<String, usize>,
    ids: Regex,
    others: Vec<(Regex, &'static str)>,
}

impl Stable {
    pub(crate) fn new(folder: &Path) -> Stable {
        let others = [
            (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)", "<time>"),
            (r"127\.0\.0\.1:\d+", "<endpoint>"),
            (r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", "<uuid>"),
            (r"(after|in) (\d+m)?\d+(\.\d+)?m?s\b", "$1 <duration>"),
            (r#""elapsed_seconds":\d+"#, "\"elapsed_seconds\":\"<seconds>\""),
            (r"\(request\s+\w+\)", "(request <id>)"),
            (r"(?m)^.*Still .*elapsed.*\n", ""),
            // Where errors list the providers that are built in, this one is not in every build.
            (r"(?m)^(    .*, tls), aws$", "$1"),
        ];
        Stable {
            folder: folder.display().to_string(),
            numbers: HashMap::new(),
            seen: HashMap::new(),
            ids: Regex::new(r"\b([a-z]{1,10})-([0-9a-f]{17}|[0-9a-f]{8})\b").unwrap(),
            others: others.map(|(pattern, with)| (Regex::new(pattern).unwrap(), with)).to_vec(),
        }
    }

    pub(crate) fn text(&mut self, printed: &str) -> String {
        let mut text = printed.replace(&self.folder, "<folder>");
        for (pattern, with) in &self.others {
            text = pattern.replace_all(&text, *with).into_owned();
        }
        // Before objects are numbered, since they are made in any order.
        let text = sort_progress(text.lines().map(str::trim_end).collect()).join("\n");
        let (numbers, seen) = (&mut self.numbers, &mut self.seen);
        let text = self.ids.replace_all(&text, |found: &Captures| {
            let number = *seen.entry(found[0].to_string()).or_insert_with(|| {
                let number = numbers.entry(found[1].to_string()).or_default();
                *number += 1;
                *number
            });
            format!("{}-{number}", &found[1])
        });
        let text = text.trim_end();
        if text.is_empty() { String::new() } else { format!("{text}\n") }
    }
}

/// Objects without dependencies on each other are made in any order: neighbouring lines of progress are sorted.
fn sort_progress(mut lines: Vec<&str>) -> Vec<&str> {
    let words = [": Creat", ": Modif", ": Destr", ": Refresh", ": Read", ": Open"];
    let is_progress = |line: &str| words.iter().any(|word| line.contains(word));
    let mut start = 0;
    while start < lines.len() {
        let length = lines[start..].iter().take_while(|line| is_progress(line)).count();
        lines[start..start + length].sort_unstable();
        start += length.max(1);
    }
    lines
}
