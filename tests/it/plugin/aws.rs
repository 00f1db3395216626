//! The published provider for AWS, where the machine has it.

use super::object;
use crate::oracle::Oracle;
use rforge::{
    plugin::{Kind, Launch, Planning, Plugin, Protocol, msgpack, schema::Types},
    provider::ResourceMode,
    schema::Schema,
    value::{Data, Path as ValuePath, Value},
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Instant,
};

/// The program, by what the oracle's configuration says of its mirror.
pub(super) fn executable(test: &str) -> Option<PathBuf> {
    Oracle::find(test)?;
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache"));
    let configuration = std::fs::read_to_string(cache.join("terraform-oracle/terraformrc")).ok()?;
    let release = Path::new(configuration.split('"').nth(1)?).join("registry.terraform.io/hashicorp/aws/5.100.0");
    let folder =
        |of: &Path| std::fs::read_dir(of).into_iter().flatten().flatten().map(|it| it.path()).collect::<Vec<_>>();
    let mut files = folder(&release).into_iter().flat_map(|it| folder(&it));
    let found = files.find(|it| it.to_string_lossy().contains("/terraform-provider-aws"));
    if found.is_none() {
        println!("{test}: skipped, the mirror has no release 5.100.0");
    }
    found
}

/// Megabytes that a process has, and that it had at most.
fn memory(process: &str) -> String {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let lines = status.lines().filter(|it| it.starts_with("VmRSS") || it.starts_with("VmHWM"));
    lines.map(|it| it.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", ")
}

/// The processes that this one has started.
fn children() -> Vec<String> {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let list = tasks.filter_map(|it| std::fs::read_to_string(it.path().join("children")).ok());
    list.flat_map(|it| it.split_whitespace().map(String::from).collect::<Vec<_>>()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn hashicorp_aws_is_understood() {
    let Some(executable) = executable("hashicorp_aws_is_understood") else { return };
    let before = memory("self");
    let started = Instant::now();
    let plugin = Plugin::start(&Launch::new(&executable, "terraform-provider-aws")).await.unwrap();
    println!("start: {:?}", started.elapsed());
    assert_eq!(plugin.protocol(), Protocol::V5);
    let asked = Instant::now();
    let (answer, bytes) = plugin.schemas().await.unwrap();
    println!("schemas: {:?}, {} bytes", asked.elapsed(), bytes.len());
    println!("memory here: {before}; then {}", memory("self"));
    for child in children() {
        println!("memory of the plugin: {}", memory(&child));
    }
    let decoded = Instant::now();
    drop(rforge::plugin::schema::decode(Protocol::V5, &bytes).unwrap());
    println!("decoding alone: {:?}", decoded.elapsed());
    let schemas = answer.value;
    assert_eq!(answer.problems, Vec::new());
    assert!(schemas.capabilities.schema_is_optional && schemas.capabilities.plan_destroy);

    // All of it, and every type as a value that goes there and comes back.
    let metadata = plugin.metadata().await.unwrap().value;
    let names = |all: &Types| all.names().map(|it| it.to_string()).collect::<Vec<_>>();
    let sorted = |mut all: Vec<String>| {
        all.sort();
        all
    };
    assert_eq!(names(&schemas.resources), sorted(metadata.resources));
    assert_eq!(names(&schemas.data), sorted(metadata.data));
    assert_eq!(names(&schemas.ephemeral), sorted(metadata.ephemeral));
    println!(
        "{} resources, {} data sources, {} ephemeral resources, {} functions",
        schemas.resources.names().count(),
        schemas.data.names().count(),
        schemas.ephemeral.names().count(),
        schemas.functions.len()
    );
    assert!(schemas.resources.names().count() > 1400 && schemas.data.names().count() > 550);
    let decoded = Instant::now();
    let all: Vec<(&str, &Schema)> = [&schemas.resources, &schemas.data, &schemas.ephemeral]
        .into_iter()
        .flat_map(|types| types.names().map(|name| (&**name, &**types.get(name).unwrap().unwrap())))
        .collect();
    println!("decoding every type: {:?}, memory then {}", decoded.elapsed(), memory("self"));
    for (name, schema) in all {
        let (ty, unset) = (schema.block.implied_type().without_optional(), schema.block.unset());
        let bytes = msgpack::write(&unset, &ty).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_eq!(msgpack::read(&bytes, &ty), Ok(unset), "{name}");
    }

    let provider = &schemas.provider;
    let yes = || Value::bool(true);
    let config = object(
        provider,
        &[
            ("region", Value::string("eu-central-1")),
            ("access_key", Value::string("test")),
            ("secret_key", Value::string("test")),
            ("skip_credentials_validation", yes()),
            ("skip_requesting_account_id", yes()),
            ("skip_metadata_api_check", Value::string("true")),
            ("skip_region_validation", yes()),
        ],
    );
    let prepared = plugin.validate_provider(provider, &config).await.unwrap();
    assert_eq!(prepared.problems, Vec::new());
    assert_eq!(plugin.configure(provider, &prepared.value, "1.11.4").await, Ok(Vec::new()));

    let kind = Kind::new("aws_sqs_queue", schemas.resources.get("aws_sqs_queue").unwrap().unwrap());
    let none = Value::null(kind.schema.block.implied_type());
    let set = [("name", Value::string("q")), ("delay_seconds", Value::number(5))];
    let config = object(kind.schema, &set);
    assert_eq!(plugin.validate(ResourceMode::Managed, kind, &config).await, Ok(Vec::new()));
    let (proposed, config) = (&config, &config);
    let planning = Planning { prior: &none, proposed, config, private: &[], identity: None, meta: None };
    let planned = plugin.plan(kind, planning).await.unwrap();
    assert_eq!(planned.problems, Vec::new());
    assert!(planned.value.is_legacy);
    let (mut unknown, mut known) = (Vec::new(), BTreeMap::new());
    for (name, value) in planned.value.state.as_entries().unwrap() {
        match &value.data {
            Data::Unknown(_) => unknown.push(name.to_string()),
            Data::Null(_) => {}
            _ => drop(known.insert(name.to_string(), rforge::value::to_json(value).to_string())),
        }
    }
    // As Terraform 1.11.4 plans it.
    assert_eq!(unknown, UNKNOWN);
    let known: Vec<(&str, &str)> = known.iter().map(|(name, it)| (name.as_str(), it.as_str())).collect();
    assert_eq!(known, KNOWN);

    // What the provider has against a value, it says of its place.
    let wrong = object(kind.schema, &[("name", Value::string("q")), ("delay_seconds", Value::number(5000))]);
    let found = plugin.validate(ResourceMode::Managed, kind, &wrong).await.unwrap();
    assert_eq!(found[0].attribute, Some(ValuePath::attribute("delay_seconds")), "{found:?}");
    // Its functions need no configuration.
    let parse = &schemas.functions["arn_parse"];
    let arn = Value::string("arn:aws:iam::444455556666:role/example");
    let parsed = plugin.call_function("arn_parse", parse, &[arn]).await.unwrap().unwrap();
    assert_eq!(parsed.get("account_id"), Some(&Value::string("444455556666")));

    let ended = Instant::now();
    plugin.shut_down().await;
    println!("end: {:?}", ended.elapsed());
}

const UNKNOWN: &[&str] = &[
    "arn",
    "deduplication_scope",
    "fifo_throughput_limit",
    "id",
    "kms_data_key_reuse_period_seconds",
    "name_prefix",
    "policy",
    "redrive_allow_policy",
    "redrive_policy",
    "sqs_managed_sse_enabled",
    "tags_all",
    "url",
];

const KNOWN: &[(&str, &str)] = &[
    ("content_based_deduplication", "false"),
    ("delay_seconds", "5"),
    ("fifo_queue", "false"),
    ("max_message_size", "262144"),
    ("message_retention_seconds", "345600"),
    ("name", "\"q\""),
    ("receive_wait_time_seconds", "0"),
    ("visibility_timeout_seconds", "30"),
];
