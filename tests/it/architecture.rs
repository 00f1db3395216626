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
    ("duration", &[]),
    ("product", &[]),
    ("diagnostic", &["address", "value"]),
    ("schema", &["address", "value", "diagnostic"]),
    ("provider", VOCABULARY),
    ("native", &["address", "provider"]),
    ("provisioner", &["value", "schema", "provider"]),
    ("plugin", &["address", "value", "diagnostic", "schema", "provider", "duration", "product"]),
    ("expression", &["address", "value", "diagnostic", "provider", "glob", "deflate", "duration"]),
    (
        "lang",
        &[
            "address",
            "value",
            "diagnostic",
            "schema",
            "provider",
            "expression",
            "native",
            "provisioner",
            "graph",
            "glob",
            "deflate",
            "duration",
            "product",
        ],
    ),
    ("published", &["address", "value", "diagnostic", "schema", "provider", "plugin", "native", "lang"]),
    ("install", &["address", "value", "diagnostic", "schema", "glob", "web", "product", "expression", "lang"]),
    ("state", &["address", "value", "diagnostic"]),
    (
        "plan",
        &[
            "address",
            "value",
            "diagnostic",
            "schema",
            "provider",
            "native",
            "provisioner",
            "graph",
            "product",
            "expression",
            "lang",
            "state",
        ],
    ),
    (
        "engine",
        &[
            "address",
            "value",
            "diagnostic",
            "schema",
            "provider",
            "provisioner",
            "graph",
            "duration",
            "product",
            "lang",
            "state",
            "plan",
        ],
    ),
    ("providers", &["value", "diagnostic", "schema", "provider", "product", "glob", "deflate", "web", "duration"]),
    ("aws", &["value", "diagnostic", "schema", "provider", "duration", "expression"]),
    (
        "ui",
        &[
            "address",
            "value",
            "diagnostic",
            "schema",
            "provider",
            "product",
            "expression",
            "lang",
            "state",
            "plan",
            "engine",
        ],
    ),
];

/// What is named in some parts only: the rule, the names, the parts, and whether tests keep to it too. (A test may print: a
/// process that another one waits for, or what is skipped.)
const CONFINED: &[(&str, &[&str], &[&str], bool)] = &[
    ("only aws names an SDK crate", &["aws_sdk_"], &["aws"], true),
    ("only cli prints", &["println!", "eprintln!", "print!", "eprint!", "io::stdout", "io::stderr"], &["cli"], false),
    ("only the engine writes the journal", &[".intend(", ".record(&"], &["engine/dispatch", "engine/recover"], false),
];

/// What the outside world, or the time, is asked through.
const IO: &[&str] =
    &["fs::", "env::", "net::Tcp", "process::", "tokio::", "ureq::", "SystemTime", "Instant::", "jiff::"];

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
fn some_things_are_named_in_one_place() {
    for (rule, names, parts, in_tests) in CONFINED {
        let mut named = false;
        for file in all_files() {
            let is_test = file.components().any(|it| it.as_os_str() == "tests") || file.ends_with("tests.rs");
            let Some(name) = first_named(&code(&file), names).filter(|_| *in_tests || !is_test) else { continue };
            let within =
                |part: &&str| file.starts_with(source().join(part)) || file == source().join(format!("{part}.rs"));
            assert!(parts.iter().any(within), "{}: {rule}, and here is {name}", file.display());
            named = true;
        }
        assert!(named, "{rule}: nothing does any more");
    }
}

#[test]
fn planning_does_no_io() {
    for file in files_of("plan") {
        let name = first_named(&code(&file), IO);
        assert!(name.is_none(), "{}: plan does no IO and knows no clock, and here is {name:?}", file.display());
    }
}

/// The first of `names` that stands in `text`, not as the rest of a longer word.
fn first_named<'n>(text: &str, names: &[&'n str]) -> Option<&'n str> {
    let is_letter = |it: char| it.is_alphanumeric() || it == '_';
    let continues = |name: &str, at: usize| name.starts_with(is_letter) && text[..at].ends_with(is_letter);
    names.iter().copied().find(|name| text.match_indices(name).any(|(at, _)| !continues(name, at)))
}

/// What hands every method of a trait on: the trait, and who does it.
const HANDED_ON: &[((&str, &str), (&str, &str))] = &[
    (("provider.rs", "pub trait ConfiguredProvider"), ("provider/whole.rs", "impl ConfiguredProvider for Whole")),
    (("plan/evaluation.rs", "pub trait Evaluation"), ("plan/evaluation.rs", "impl Evaluation for &mut World")),
    (("plan/evaluation.rs", "pub trait Evaluation"), ("plan/evaluation.rs", "impl Evaluation for World")),
];

/// A method that is not handed on does what the trait does by default, and nothing else would tell.
#[test]
fn what_hands_on_hands_on_every_method() {
    let functions = |(file, from): (&str, &str)| -> Vec<String> {
        let text = fs::read_to_string(source().join(file)).unwrap();
        let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("{file} has no {from:?}"));
        let (block, _) = rest.split_once("\n}\n").unwrap();
        let names =
            block.lines().filter_map(|it| it.strip_prefix("    ")?.trim_start_matches("async ").strip_prefix("fn "));
        let mut names: Vec<String> = names.map(|it| it.split(['(', '<']).next().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    for (all, by) in HANDED_ON {
        assert!(functions(*all).len() > 5, "{all:?}");
        assert_eq!(functions(*by), functions(*all), "{by:?}");
    }
    // Who else stands for a world hands on as much, and belongs into the table.
    for file in all_files() {
        let text = code(&file);
        let found = text.lines().filter(|it| it.contains(" Evaluation for ") && it.contains("World"));
        let known = |it: &str| HANDED_ON.iter().any(|(_, (_, by))| it.starts_with(by));
        found.for_each(|it| assert!(known(it.trim_start()), "{}: {it}", file.display()));
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
            let used = first_named(code, &[format!("{in_code}::").as_str()]).is_some();
            assert!(used, "[{section}] {name}: no code names it");
            seen += 1;
        }
    }
    assert!(seen > 40, "only {seen} dependencies were found");
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
