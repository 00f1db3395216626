//! Calls from recorded models: that their requests are botocore's and their answers boto3's, and what becomes of them when
//! something is wrong on the way.

mod answers;
mod faults;

mod requests;
mod values;

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};

use rforge::aws::wire::services;
use serde_json::{Value as Json, json};

use crate::{
    moto::{end, python},
    workspace::repository,
};

/// Whether all is tried, and not only the part of the day: `RFORGE_WIRE=all`.
fn is_all() -> bool {
    std::env::var("RFORGE_WIRE").is_ok_and(|it| it == "all")
}

fn day() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / (24 * 60 * 60)
}

/// A script of tests/aws/wire, which knows botocore's side and asks for ours.
struct Script(Child);

impl Script {
    fn start(name: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let folder = repository().join("tests/aws/wire");
        let mut command = Command::new(python());
        command.arg(name).args(arguments).current_dir(folder).env_remove("AWS_ENDPOINT_URL").env_remove("AWS_PROFILE");
        command.envs(environment.iter().copied()).env("AWS_EC2_METADATA_DISABLED", "true");
        command.env("AWS_CONFIG_FILE", "/dev/null").env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        Self(command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the script starts"))
    }

    /// Answers what it asks until it reports.
    async fn serve(mut self, mut answer: impl AsyncFnMut(&Json) -> Json) -> Json {
        let mut to = self.0.stdin.take().unwrap();
        for line in BufReader::new(self.0.stdout.take().unwrap()).lines() {
            let asked: Json = serde_json::from_str(&line.unwrap()).expect("the script speaks JSON");
            if let Some(report) = asked.get("report") {
                return report.clone();
            }
            let answered = match asked["operations"].as_str() {
                Some(service) => json!(values::service(service).operation_names().collect::<Vec<_>>()),
                None => answer(&asked).await,
            };
            writeln!(to, "{answered}").expect("the script listens");
        }
        panic!("the script ended without a report");
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        end(&mut self.0);
    }
}

/// Fails if the report tells of a difference that nothing explains, or, if it is about everything, of an explanation that nothing
/// needs any more.
fn judge(what: &str, report: &Json, is_whole: bool) {
    println!("{what}: {}", report["counts"]);
    let list = |name: &str| report[name].as_array().unwrap().clone();
    let texts = |list: Vec<Json>| list.iter().map(|it| format!("{it}\n")).collect::<String>();
    let unexpected = list("unexpected");
    assert!(unexpected.is_empty(), "{what}: {} differences:\n{}", unexpected.len(), texts(unexpected));
    let missed = if is_whole { list("missed") } else { Vec::new() };
    assert!(missed.is_empty(), "{what}: these do not differ any more:\n{}", texts(missed));
}

/// A model that somebody edited, or a botocore that was exchanged, shows.
#[test]
fn models_are_what_the_pinned_botocore_says() {
    let folder = tempfile::tempdir().unwrap();
    let models = repository().join("src/aws/models");
    let names: Vec<_> = services::names().collect();
    let recorder = repository().join("tests/aws/record_services.py");
    let status = Command::new(python()).arg(recorder).arg(folder.path()).args(&names).status().unwrap();
    assert!(status.success());
    for name in names {
        let file = format!("{name}.txt");
        let [ours, theirs] = [models.join(&file), folder.path().join(&file)].map(|it| fs::read_to_string(it).unwrap());
        let mut lines = ours.lines().zip(theirs.lines());
        let differing = lines.find(|(ours, theirs)| ours != theirs);
        assert!(ours == theirs, "{file}: record it again; it differs in {differing:?}");
    }
}
