//! Test files of Terraform, `*.tftest.hcl`: rforge runs none, and `validate` says which of them cannot be read.

use super::{
    Files,
    content::{BodySchema, attribute, check_labels},
    parse_file,
};
use crate::{
    diagnostic::{Diagnostic, Diagnostics, Sources, Span},
    lang::syntax::tree::{Block, Body},
};
use std::{collections::HashMap, path::Path};

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
const ASSERT: BodySchema = BodySchema { required: &["condition", "error_message"], optional: &[], blocks: &[] };
const MODULE: BodySchema = BodySchema { required: &[], optional: &["source", "version"], blocks: &[] };

/// Looks at the test files in `root` and in its folder `tests`, which are added to `sources`.
pub fn check_tests(files: &Files, root: &Path, tests: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    for folder in [root.to_owned(), root.join(tests)] {
        let names = files.names(&folder).unwrap_or_default();
        for name in names.iter().filter(|it| it.ends_with(".tftest.hcl") && !it.starts_with('.')) {
            if let Some(body) = parse_file(files, &folder.join(name), sources, diagnostics) {
                check(&body, diagnostics);
                check_names(&body, sources, diagnostics);
            }
        }
    }
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
            "provider" | "mock_provider" => drop(check_labels(block, &["name"], diagnostics)),
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
        "assert" => ASSERT,
        "module" => MODULE,
        _ => return,
    };
    shape.check(&block.body, diagnostics);
    if &*block.kind.text == "module" && attribute(&block.body, "source").is_none() {
        let detail = "You must specify a source attribute when executing alternate modules during test executions.";
        diagnostics.push(Diagnostic::error("Missing \"source\" attribute for module block", detail).at(block.header));
    }
}
