//! Test files, `*.tftest.hcl` and `*.tftest.json`: which there are, and what they say.

mod decode;
mod mocks;

use super::{
    Files, clean,
    content::{BodySchema, attribute, check_labels},
    parse_file,
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Sources, Span},
    expression::syntax::{
        parse_test_json,
        tree::{Block, Body},
    },
    lang::test_file::TestFile,
};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

const FILE: BodySchema = BodySchema {
    required: &[],
    optional: &[],
    blocks: &["run", "provider", "mock_provider", "variables", "override_resource", "override_data", "override_module"],
};
const RUN: BodySchema = BodySchema {
    required: &[],
    optional: &["command", "providers", "expect_failures", "state_key"],
    blocks: &["plan_options", "assert", "variables", "module", "override_resource", "override_data", "override_module"],
};
const PLAN_OPTIONS: BodySchema =
    BodySchema { required: &[], optional: &["mode", "refresh", "replace", "target"], blocks: &[] };
const MODULE: BodySchema = BodySchema { required: &[], optional: &["source", "version"], blocks: &[] };

/// The test files in `root` and in its folder `tests`, in the order of their names.
fn paths(files: &Files, root: &Path, tests: &Path) -> Vec<PathBuf> {
    let is_test =
        |name: &String| !name.starts_with('.') && (name.ends_with(".tftest.hcl") || name.ends_with(".tftest.json"));
    let mut paths = Vec::new();
    for folder in [root.to_owned(), root.join(tests)] {
        let names = files.names(&folder).unwrap_or_default();
        paths.extend(names.into_iter().filter(is_test).map(|name| clean(&folder.join(name))));
    }
    paths.sort();
    paths.dedup();
    paths
}

/// Looks at the test files in `root` and in its folder `tests`, which are added to `sources`.
pub fn check_tests(files: &Files, root: &Path, tests: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    load_tests(files, root, tests, sources, diagnostics);
}

/// What the test files in `root` and in its folder `tests` say, in the order of their names.
pub fn load_tests(
    files: &Files,
    root: &Path,
    tests: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<TestFile> {
    if tests != Path::new("tests") && files.names(&root.join(tests)).is_err() {
        let detail = format!("Requested test directory {} does not exist.", tests.display());
        diagnostics.push(Diagnostic::warning("Test directory does not exist", detail));
    }
    let paths = paths(files, root, tests);
    paths.into_iter().filter_map(|path| load_test(files, path, sources, diagnostics)).collect()
}

/// What the test file at `path` says.
pub fn load_test(
    files: &Files,
    path: PathBuf,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<TestFile> {
    let body = match path.extension().is_some_and(|it| it == "json") {
        false => parse_file(files, &path, sources, diagnostics)?,
        true => {
            let content = files.read_found(&path).ok()?;
            let text = String::from_utf8_lossy(&content);
            let file = sources.add(path.clone(), text.as_ref().into());
            parse_test_json(&text, file, diagnostics)
        }
    };
    check(&body, diagnostics);
    check_names(&body, sources, diagnostics);
    Some(decode::file(path, &body, mocks::Mocks { files, sources, diagnostics }))
}

fn check(body: &Body, diagnostics: &mut Diagnostics) {
    FILE.check(body, diagnostics);
    for block in &body.blocks {
        match &*block.kind.text {
            "run" => {
                check_labels(block, &["name"], diagnostics);
                RUN.check(&block.body, diagnostics);
                block.body.blocks.iter().for_each(|it| within_run(it, diagnostics));
            }
            "provider" => drop(check_labels(block, &["name"], diagnostics)),
            _ => {}
        }
    }
}

/// Runs of one file have names of their own.
fn check_names(body: &Body, sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut known: HashMap<&str, Span> = HashMap::new();
    for block in body.blocks.iter().filter(|it| &*it.kind.text == "run") {
        let [name] = &block.labels[..] else { continue };
        if let Some(earlier) = known.get(&*name.text) {
            let (name, place) = (&name.text, sources.place(*earlier));
            let detail = format!("This test file already has a run named {name} block defined at {place}.");
            diagnostics.push(Diagnostic::error("Duplicate \"run\" block names", detail).at(block.header));
        }
        known.entry(&name.text).or_insert(block.header);
    }
}

fn within_run(block: &Block, diagnostics: &mut Diagnostics) {
    let shape = match &*block.kind.text {
        "plan_options" => PLAN_OPTIONS,
        "module" => MODULE,
        _ => return,
    };
    shape.check(&block.body, diagnostics);
    if &*block.kind.text == "module" && attribute(&block.body, "source").is_none() {
        let detail = "You must specify a source attribute when executing alternate modules during test executions.";
        diagnostics.push(Diagnostic::error("Missing \"source\" attribute for module block", detail).at(block.header));
    }
}
