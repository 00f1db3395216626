//! What happens to calls when the network or AWS does not do its part.

use rforge::{
    aws::AwsProvider,
    provider::{Class, ConfiguredProvider, Creation, Pace, Problem, Provider},
    value::{Value, from_json},
};
use serde_json::{Value as Json, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use crate::emulator::Emulator;

/// Keeps what the provider tells the engine's budget.
#[derive(Default)]
pub(crate) struct Recorded(Mutex<BTreeMap<String, u32>>);

#[async_trait::async_trait]
impl Pace for Recorded {
    async fn acquire(&self, service: &'static str, region: &str, action: &'static str) -> bool {
        *self.0.lock().unwrap().entry(format!("{service} {region} {action}")).or_default() += 1;
        true
    }
    fn throttled(&self, service: &'static str, _: &str, action: &'static str) {
        *self.0.lock().unwrap().entry(format!("throttled {service} {action}")).or_default() += 1;
    }
}

impl Recorded {
    pub(crate) fn count(&self, what: &str) -> u32 {
        self.0.lock().unwrap().get(what).copied().unwrap_or_default()
    }
}

pub(crate) fn provider(url: &str, more: &Json) -> (Arc<dyn ConfiguredProvider>, Arc<Recorded>) {
    let provider = AwsProvider::default();
    let mut config = json!({
        "region": "us-east-1", "access_key": "test", "secret_key": "test", "max_retries": 4,
        "endpoints": [{ "ec2": url, "sts": url }], "default_tags": [], "ignore_tags": [], "assume_role": [],
        "assume_role_with_web_identity": [],
    });
    config.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let config = from_json(&config, &provider.schemas().provider.block.implied_type()).unwrap();
    let recorded = Arc::new(Recorded::default());
    (provider.configure(&config, recorded.clone()).unwrap(), recorded)
}

pub(crate) async fn create(
    provider: &dyn ConfiguredProvider,
    type_name: &str,
    arguments: &Json,
) -> Result<(), Problem> {
    let schemas = AwsProvider::default();
    let ty = schemas.schemas().resources[type_name].schema.block.implied_type();
    let planned: Value = from_json(arguments, &ty).unwrap();
    let creation = Creation { planned: planned.clone(), config: planned, token: "token-of-the-test".into() };
    provider.create(type_name, &creation).await.map(drop)
}

/// The fault, the call, how often it must be sent, and how it must end.
#[tokio::test]
async fn a_call_is_repeated_only_where_that_is_safe() {
    let emulator = Emulator::start();
    let vpc = json!({ "cidr_block": "10.0.0.0/16", "instance_tenancy": "default" });
    let keyless = json!({ "vpc_id": "vpc-0", "route": [], "propagating_vgws": [] });
    for (what, fault, type_name, arguments, action, sent, expected) in [
        ("throttled", "throttle", "aws_vpc", &vpc, "CreateVpc", 2, None),
        ("lost", "reset_after", "aws_vpc", &vpc, "CreateVpc", 1, Some(Class::OutcomeUnknown)),
        ("cut off", "reset_before", "aws_vpc", &vpc, "CreateVpc", 1, Some(Class::OutcomeUnknown)),
        (
            "with a token",
            "reset_before",
            "aws_route_table",
            &keyless,
            "CreateRouteTable",
            2,
            Some(Class::NotYetVisible),
        ),
    ] {
        emulator.fault(json!([{ "service": "ec2", "action": action, "nth": [1], "do": fault }]));
        let (provider, recorded) = provider(&emulator.url(), &json!({}));
        let outcome = create(&*provider, type_name, arguments).await;
        assert_eq!(outcome.err().map(|it| it.class), expected, "{what}");
        assert_eq!(recorded.count(&format!("ec2 us-east-1 {action}")), sent, "{what}: requests");
        let throttled = recorded.count(&format!("throttled ec2 {action}"));
        assert_eq!(throttled, u32::from(fault == "throttle"), "{what}: told to the budget");
    }
}

#[tokio::test]
async fn an_account_that_is_not_allowed_is_not_touched() {
    let emulator = Emulator::start();
    let (provider, recorded) = provider(&emulator.url(), &json!({ "forbidden_account_ids": ["123456789012"] }));
    let problem = create(&*provider, "aws_vpc", &json!({ "cidr_block": "10.0.0.0/16" })).await.unwrap_err();
    assert_eq!(problem.summary, "AWS account ID not allowed: 123456789012");
    assert_eq!(recorded.count("ec2 us-east-1 CreateVpc"), 0);
}

#[tokio::test]
async fn an_endpoint_without_a_server_is_named() {
    // The discard port: nothing listens there.
    let (provider, recorded) = provider("http://127.0.0.1:9", &json!({ "max_retries": 1 }));
    let problem = create(&*provider, "aws_vpc", &json!({ "cidr_block": "10.0.0.0/16" })).await.unwrap_err();
    assert_eq!((problem.class, &*problem.summary), (Class::Fatal, "AWS cannot be reached"));
    assert!(
        problem.detail.starts_with("ec2 CreateVpc: ") && problem.detail.contains("no connection"),
        "{}",
        problem.detail
    );
    assert_eq!(recorded.count("ec2 us-east-1 CreateVpc"), 2);
}
