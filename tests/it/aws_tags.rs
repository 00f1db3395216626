//! Tags that listings leave out: many are confirmed in one request, and what differs from state is asked of the service.

use rforge::{
    aws::AwsProvider,
    provider::{Found, Id, Known, Provider},
    value::{Value, from_json},
};
use serde_json::{Value as Json, json};

use crate::{
    aws_calls::{create, provider},
    emulator::Emulator,
};

const GROUP: &str = "aws_cloudwatch_log_group";

struct Case {
    name: &'static str,
    /// Whether the configuration says where the tagging API is.
    endpoint: bool,
    faults: Json,
    /// The tags that state says the two groups have.
    known: [Json; 2],
    /// The tags that reading finds.
    found: [Json; 2],
    /// How often GetResources and ListTagsForResource are asked.
    requests: (u32, u32),
}

fn known(name: &str, tags: &Json) -> Known {
    let provider = AwsProvider::default();
    let ty = provider.schemas().resources[GROUP].schema.block.implied_type();
    let attributes = from_json(&json!({ "id": name, "name": name, "tags": tags, "tags_all": tags }), &ty).unwrap();
    Known { id: Id(name.into()), attributes }
}

fn tags(found: &Found) -> Json {
    let Found::Live(live) = found else { return Json::Null };
    let tags: &Value = live.attributes.get("tags_all").expect("an attribute of the schema");
    tags.as_entries().into_iter().flatten().map(|(key, it)| (key.to_string(), json!(it.as_str()))).collect()
}

#[tokio::test]
async fn tags_are_confirmed_together_and_asked_for_one_by_one_where_they_differ() {
    let emulator = Emulator::start();
    let everything = json!({ "endpoints": [{
        "sts": emulator.url(), "logs": emulator.url(), "resourcegroupstaggingapi": emulator.url()
    }] });
    let without = json!({ "endpoints": [{ "sts": emulator.url(), "logs": emulator.url() }] });
    let (setup, _) = provider(&emulator.url(), &everything);
    for (name, tags) in [("one", json!({ "a": "1" })), ("two", json!({}))] {
        create(&*setup, GROUP, &json!({ "name": name, "tags": tags })).await.unwrap();
    }
    let denied = json!([{ "action": "GetResources", "do": "error", "code": "AccessDeniedException", "status": 400 }]);
    let true_tags = || [json!({ "a": "1" }), json!({})];
    let cases = [
        Case {
            name: "as state says",
            endpoint: true,
            faults: json!([]),
            known: true_tags(),
            found: true_tags(),
            requests: (1, 0),
        },
        Case {
            name: "one is not as state says",
            endpoint: true,
            faults: json!([]),
            known: [json!({ "a": "1" }), json!({ "b": "2" })],
            found: true_tags(),
            requests: (1, 1),
        },
        Case {
            name: "tags appeared on what had none",
            endpoint: true,
            faults: json!([]),
            known: [json!({}), json!({})],
            found: true_tags(),
            requests: (1, 1),
        },
        Case {
            name: "the tagging API is not allowed",
            endpoint: true,
            faults: denied,
            known: true_tags(),
            found: true_tags(),
            requests: (1, 1),
        },
        Case {
            name: "services are elsewhere, and nothing says where the tagging API is",
            endpoint: false,
            faults: json!([]),
            known: true_tags(),
            found: true_tags(),
            requests: (0, 1),
        },
    ];
    for case in cases {
        emulator.fault(case.faults);
        let (provider, recorded) = provider(&emulator.url(), if case.endpoint { &everything } else { &without });
        let objects = [known("one", &case.known[0]), known("two", &case.known[1])];
        let found: Vec<Json> = provider.read(GROUP, &objects).await.into_iter().map(|it| tags(&it.unwrap())).collect();
        assert_eq!(found, case.found, "{}", case.name);
        let asked = (
            recorded.count("resourcegroupstaggingapi us-east-1 GetResources"),
            recorded.count("cloudwatchlogs us-east-1 ListTagsForResource"),
        );
        assert_eq!(asked, case.requests, "{}: requests", case.name);
    }
}
