//! The transcripts of tests/scenarios: each folder with a `transcript.txt` is a configuration and the commands run on it.

use std::{collections::BTreeSet, fs};

use crate::{transcript, workspace::Workspace, workspace::repository};

/// Declares one test for each named folder, so that they run side by side, and the list of them.
macro_rules! scenarios {
    ($feature:meta, $($name:ident),* $(,)?) => {
        $(#[cfg($feature)] #[test] fn $name() { run(stringify!($name)); })*
    };
}

scenarios!(
    all(),
    arguments,
    command_line,
    completion,
    settings,
    state_files,
    variables,
    console,
    ephemeral_variables,
    ephemeral_resources,
    excludes,
    external_programs,
    fmt,
    graph,
    help,
    imports,
    local_objects,
    missing_providers,
    moved_types,
    older_releases,
    old_state,
    planning,
    provider_instances,
    provisioners
);
scenarios!(all(), readers, refused_states, state_commands, targets, template_files, workspaces);
scenarios!(feature = "aws", network_life, drift, ephemeral_parameter, partial_failure, regions, described_types);
scenarios!(feature = "aws", aws_arguments, first_hour, provider_releases);
scenarios!(all(), test_left);
scenarios!(feature = "aws", old_aws_state, provider_regions, gone_and_changed, kept_attributes);

/// What has a test above.
const NAMED: &[&str] = &[
    "arguments",
    "command_line",
    "completion",
    "settings",
    "state_files",
    "variables",
    "console",
    "ephemeral_variables",
    "excludes",
    "external_programs",
    "first_hour",
    "fmt",
    "graph",
    "help",
    "imports",
    "local_objects",
    "missing_providers",
    "moved_types",
    "older_releases",
    "gone_and_changed",
    "kept_attributes",
    "old_aws_state",
    "old_state",
    "planning",
    "provider_instances",
    "provisioners",
    "protected",
    "readers",
    "refused_states",
    "workspaces",
    "state_commands",
    "targets",
    "template_files",
    "network_life",
    "drift",
    "ephemeral_parameter",
    "ephemeral_resources",
    "partial_failure",
    "regions",
    "described_types",
    "aws_arguments",
    "provider_releases",
    "provider_regions",
    "test_left",
];

#[test]
fn every_folder_has_a_test() {
    let folders = fs::read_dir(repository().join("tests/scenarios")).unwrap().map(|entry| entry.unwrap().path());
    let scripted = folders.filter(|folder| folder.join("transcript.txt").exists());
    let names: BTreeSet<String> = scripted.map(|it| it.file_name().unwrap().to_str().unwrap().to_string()).collect();
    assert_eq!(names, NAMED.iter().map(|it| it.to_string()).collect::<BTreeSet<_>>());
}

fn run(name: &str) {
    let folder = repository().join("tests/scenarios").join(name);
    let endpoint = endpoint();
    let workspace = Workspace::new(endpoint.as_ref().map(|it| it.0.as_str()));
    workspace.copy(&folder, ".");
    transcript::check(&workspace, &folder.join("transcript.txt"));
}

/// An emulator and its URL; none in a build that has no AWS.
#[cfg(feature = "aws")]
fn endpoint() -> Option<(String, crate::emulator::Emulator)> {
    let emulator = crate::emulator::Emulator::start();
    Some((emulator.url(), emulator))
}

#[cfg(not(feature = "aws"))]
fn endpoint() -> Option<(String, ())> {
    None
}
