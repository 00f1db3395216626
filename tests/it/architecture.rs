//! The dependency rules of the crate, checked against its sources. ARCHITECTURE.md gives the reasons.

use std::{
    fs,
    path::{Path, PathBuf},
};

const VOCABULARY: &[&str] = &["address", "value", "diagnostic", "schema"];

/// Each part of `src/` and what it may name of the rows above it, beside itself.
const PARTS: &[(&str, &[&str])] = &[
    ("address", &[]),
    ("value", &["address"]),
    ("graph", &[]),
    ("glob", &[]),
    ("deflate", &[]),
    ("web", &[]),
    ("diagnostic", &["address", "value"]),
    ("schema", &["address", "value", "diagnostic"]),
    ("provider", VOCABULARY),
    ("provisioner", &["value", "schema", "provider"]),
    ("lang", &["address", "value", "diagnostic", "schema", "provider", "provisioner", "graph", "glob", "deflate"]),
    ("install", &["address", "value", "diagnostic", "schema", "glob", "web", "lang"]),
    ("state", &["address", "value", "diagnostic"]),
    ("plan", &["address", "value", "diagnostic", "schema", "provider", "provisioner", "graph", "lang", "state"]),
    (
        "engine",
        &["address", "value", "diagnostic", "schema", "provider", "provisioner", "graph", "lang", "state", "plan"],
    ),
    ("providers", &["value", "diagnostic", "schema", "provider", "glob", "deflate", "web"]),
    ("aws", &["value", "diagnostic", "schema", "provider"]),
    ("ui", &["address", "value", "diagnostic", "schema", "provider", "lang", "state", "plan", "engine"]),
];

/// Names that say nothing about what is in a module.
const VAGUE: &[&str] = &["util", "utils", "common", "helpers", "misc"];

#[test]
fn parts_name_only_what_they_may() {
    for (row, (part, may_name)) in PARTS.iter().enumerate() {
        assert!(may_name.iter().all(|it| PARTS[..row].iter().any(|(above, _)| above == it)), "{part} looks down");
        for file in files_of(part) {
            for named in code(&file).split("crate::").skip(1).flat_map(first_words) {
                assert!(
                    named == *part || may_name.contains(&named.as_str()) || !PARTS.iter().any(|(it, _)| *it == named),
                    "{}: {part} may not name {named}",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn only_aws_names_the_sdk_and_only_ui_prints() {
    for file in all_files() {
        let text = code(&file);
        let within =
            |part: &str| file.starts_with(source().join(part)) || file == source().join(part).with_extension("rs");
        assert!(within("aws") || !text.contains("aws_sdk_"), "{}: only aws/ names an SDK crate", file.display());
        let prints = ["println!", "eprintln!", "print!(", "dbg!("].iter().any(|it| text.contains(it));
        // A test may print: a process that another one waits for, or what is skipped.
        let is_test = file.components().any(|it| it.as_os_str() == "tests") || file.ends_with("tests.rs");
        let may_print = within("ui") || within("cli") || within("main") || is_test;
        assert!(may_print || !prints, "{}: nothing below ui prints", file.display());
    }
}

#[test]
fn files_are_short_and_well_named() {
    for file in all_files() {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 700, "{}: {lines} lines, above 700", file.display());
        let names = file.strip_prefix(source()).unwrap().with_extension("");
        let vague = names.iter().find(|name| VAGUE.contains(&name.to_str().unwrap()));
        assert!(vague.is_none(), "{}: a module's name says what it holds", file.display());
    }
}

/// Crates whose name in code is not the one in Cargo.toml.
const NAMED_OTHERWISE: &[(&str, &str)] = &[("md-5", "md5")];

/// Crates that no code names, and why they are there.
const NAMED_NOWHERE: &[(&str, &str)] = &[
    ("annotate-snippets", LEAVING),
    ("fs4", LEAVING),
    ("indexmap", LEAVING),
    ("insta", LEAVING),
    ("serde-saphyr", LEAVING),
];

const LEAVING: &str = "goes with the next change that has the AWS SDK built anew";

#[test]
fn every_dependency_is_used() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (library, tests) = (text_of(&["src"]), text_of(&["src", "tests", "benches"]));
    let mut seen = 0;
    for (section, code) in [("dependencies", &library), ("dev-dependencies", &tests)] {
        let entries = manifest.split_once(&format!("\n[{section}]\n")).unwrap().1;
        let entries = entries.split("\n[").next().unwrap();
        for (name, _) in entries.lines().filter_map(|line| line.split_once(" = ")) {
            let otherwise = NAMED_OTHERWISE.iter().find(|(it, _)| *it == name);
            let in_code = otherwise.map_or_else(|| name.replace('-', "_"), |(_, it)| it.to_string());
            let used = code.match_indices(&format!("{in_code}::")).any(|(at, _)| !continues(&code[..at]));
            let excused = NAMED_NOWHERE.iter().any(|(it, _)| *it == name);
            assert!(used || excused, "[{section}] {name}: no code names it");
            assert!(!(used && excused), "{name} is used: it needs no excuse");
            seen += 1;
        }
    }
    assert!(seen > 40, "only {seen} dependencies were found");
}

/// Whether what follows a text is the rest of a longer path or word.
fn continues(text: &str) -> bool {
    text.ends_with(|it: char| it.is_alphanumeric() || it == '_') || (text.ends_with("::") && !text.ends_with(" ::"))
}

fn text_of(folders: &[&str]) -> String {
    folders.iter().flat_map(|it| rust_files(&root().join(it))).map(|file| code(&file)).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn source() -> PathBuf {
    root().join("src")
}

/// What follows a `crate::`: one word, or the first words of a `{a::x, b}` group.
fn first_words(text: &str) -> Vec<String> {
    let word =
        |text: &str| text.trim_start().split(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap().to_string();
    let Some(group) = text.strip_prefix('{') else { return vec![word(text)] };
    let (mut depth, mut words) = (0, vec![word(group)]);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => words.push(word(&group[at + 1..])),
            _ => {}
        }
    }
    words
}

/// The file without its comments: documentation may link to any part.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

fn files_of(part: &str) -> Vec<PathBuf> {
    let mut files = rust_files(&source().join(part));
    files.push(source().join(part).with_extension("rs"));
    files.retain(|file| file.is_file());
    files
}

fn all_files() -> Vec<PathBuf> {
    rust_files(&source())
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files
}
