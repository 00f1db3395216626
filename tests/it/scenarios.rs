//! The transcripts of tests/scenarios: each folder with a `transcript.txt` is a configuration and the commands run on it.

use std::{collections::BTreeSet, fs};

use crate::{transcript, workspace::Workspace, workspace::repository};

/// Declares one test for each named folder, so that they run side by side, and the list of all that have one.
macro_rules! scenarios {
    (core: $($core:ident)*; aws: $($aws:ident)*) => {
        $(#[test] fn $core() { run(stringify!($core)); })*
        $(#[cfg(feature = "aws")] #[test] fn $aws() { run(stringify!($aws)); })*
        const NAMED: &[&str] = &[$(stringify!($core),)* $(stringify!($aws),)*];
    };
}

scenarios! {
    core:
        arguments command_line completion console ephemeral_resources ephemeral_variables excludes external_programs
        fmt graph help imports local_objects missing_providers moved_types old_state older_releases planning protected
        provider_instances provisioners readers refused_states served_by settings state_commands state_files targets
        template_files test_left test_mocks variables workspaces;
    aws:
        aws_arguments described_types drift ephemeral_parameter first_hour gone_and_changed kept_attributes
        network_life old_aws_state partial_failure provider_regions provider_releases regions user_data
}

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
