//! Called as Terraform, rforge prints what Terraform prints: tests/screens holds scripts, and beside each what Terraform printed.
//!
//! A script is files and steps, as in tests/scenarios/blocks: `-- main.tf --` starts a file (an empty one is deleted), `== plan ARGS`
//! runs a command whose output goes to a pipe, `== @60 plan ARGS` one in a terminal of 60 columns, whose colors are compared as well.
//! `RFORGE_RECORD=1 cargo nextest run screens` records Terraform's output anew. Where rforge says something else on purpose, its own
//! lines are in `NAME.ours`, the difference to what Terraform printed, with the reason on top.

use crate::{
    oracle::Oracle,
    process::{Outcome, in_terminal},
    script::{Part, on_purpose, parts},
    workspace::{Workspace, repository, rforge},
};
use regex::Regex;
use std::{fs, path::Path};

#[test]
fn screens_are_those_of_terraform() {
    let record = std::env::var_os("RFORGE_RECORD").and_then(|_| Oracle::find("screens_are_those_of_terraform"));
    let mut differing = Vec::new();
    for script in crate::files::with_extensions(&repository().join("tests/screens"), &["case"]) {
        let chosen = std::env::var("RFORGE_CASE").unwrap_or_default();
        if !script.display().to_string().contains(&chosen) {
            continue;
        }
        differing.extend(check(&script, record.as_ref()));
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn check(script: &Path, record: Option<&Oracle>) -> Option<String> {
    let text = fs::read_to_string(script).unwrap();
    let recorded = script.with_extension("txt");
    if let Some(oracle) = record {
        let theirs = |workspace: &Workspace, words: &[&str]| {
            let mut command = oracle.command(workspace, words);
            command.env_remove("TF_IN_AUTOMATION");
            command
        };
        fs::write(&recorded, run(&text, &theirs)).unwrap();
    }
    let theirs = fs::read_to_string(&recorded).unwrap_or_default();
    let ours = run(&text, &|workspace, words| {
        let mut command = workspace.command(rforge());
        command.env("RFORGE_NAME", "terraform").args(words);
        command
    });
    on_purpose(script, &theirs, &ours)
}

type Program<'a> = dyn Fn(&Workspace, &[&str]) -> std::process::Command + 'a;

fn run(script: &str, program: &Program<'_>) -> String {
    let workspace = Workspace::new(None);
    let mut out = String::new();
    for part in parts(script) {
        match part {
            Part::File(name, text) if text.is_empty() => fs::remove_file(workspace.path().join(name)).unwrap(),
            Part::File(name, text) => workspace.write(&name, &text),
            Part::Step(words) => {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                out += &match words.split_first() {
                    Some((columns, words)) if columns.starts_with('@') => {
                        on_screen(program(&workspace, words), &columns[1..], &words.join(" "))
                    }
                    _ => piped(program(&workspace, &words), &words.join(" ")),
                };
            }
        }
    }
    out
}

fn piped(mut command: std::process::Command, words: &str) -> String {
    let Outcome { code, stdout, stderr } = Outcome::of(command.stdin(std::process::Stdio::null()));
    format!(
        "$ terraform {words} # exit {}\n{}--- standard error\n{}\n",
        code.unwrap_or(-1),
        stable(&common(&stdout)),
        stable(&common(&stderr))
    )
}

fn on_screen(command: std::process::Command, columns: &str, words: &str) -> String {
    let Outcome { code, stdout, .. } = Outcome::of(&mut in_terminal(&command, columns));
    format!(
        "$ terraform {words} # in {columns} columns, exit {}\n{}\n",
        code.unwrap_or(-1),
        stable(&styled(&common(&stdout)))
    )
}

/// Without what only one of them tells: Terraform of each object that it reads, rforge how many requests it made.
fn common(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        let is_reading =
            [": Refreshing state...", ": Reading...", ": Read complete"].iter().any(|it| line.contains(it));
        if line.starts_with("Requests: ") {
            lines.pop_if(|it| it.is_empty());
        } else if !is_reading {
            lines.push(line);
        }
    }
    // An empty line that stood beside one of these.
    lines.dedup_by(|a, b| a.is_empty() && b.is_empty());
    lines.join("\n").trim_matches('\n').to_owned() + "\n"
}

/// Without what is another one each time.
fn stable(text: &str) -> String {
    let uuid = Regex::new(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").unwrap();
    let elapsed = Regex::new(r"(complete after|Still [a-z]+\.\.\. \[[^]]*?)\d+s").unwrap();
    let text = elapsed.replace_all(text, "$1 <time>");
    let text = uuid.replace_all(&text, "<uuid>");
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Escape sequences for styles as words, and only where something that can be seen has another style than what came before it.
fn styled(text: &str) -> String {
    let mut out = String::new();
    let (mut style, mut shown) = (Vec::<u8>::new(), Vec::<u8>::new());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if let Some(sequence) = rest.strip_prefix("\u{1b}[")
            && let Some(end) = sequence.find(|it: char| it.is_ascii_alphabetic())
        {
            for code in sequence[..end].split(';').filter_map(|it| it.parse::<u8>().ok()) {
                match code {
                    0 => style.clear(),
                    code if sequence[end..].starts_with('m') && !style.contains(&code) => style.push(code),
                    _ => {}
                }
            }
            rest = &sequence[end + 1..];
            continue;
        }
        if !next.is_whitespace() {
            style.sort_unstable();
            if style != shown {
                let names: Vec<&str> = style.iter().map(|it| name(*it)).collect();
                out += &format!("<{}>", names.join(" "));
                shown.clone_from(&style);
            }
        }
        out.push(next);
        rest = &rest[next.len_utf8()..];
    }
    out
}

fn name(code: u8) -> &'static str {
    match code {
        1 => "bold",
        4 => "underlined",
        31 => "red",
        32 => "green",
        33 => "yellow",
        36 => "cyan",
        90 => "gray",
        _ => "other",
    }
}
