use super::{
    Client, Map, Value,
    endpoint::{self, Place, Wishes},
    language,
    model::Service,
    services::service,
};
use crate::value::{Type, Value as Said, from_json};
use aws_types::{
    SdkConfig,
    origin::Origin,
    service_config::{LoadServiceConfig, ServiceConfigKey},
};
use serde_json::{Value as Json, json};

fn place(name: &str, operation: &str, region: &str, wishes: Wishes, bucket: Option<&str>) -> Result<Place, String> {
    let service = service(name).unwrap();
    endpoint::place(service, service.operation(operation).unwrap(), region, &wishes, bucket)
}

#[test]
fn buckets_are_in_hosts_where_certificates_and_names_allow_it() {
    let given = |url: &str| Wishes { url: Some(url.into()), ..Wishes::default() };
    let paths = || Wishes { is_path_style: true, ..Wishes::default() };
    for (wishes, bucket, expected) in [
        (Wishes::default(), "some-bucket", "https://some-bucket.s3.eu-west-1.amazonaws.com"),
        (Wishes::default(), "some.bucket", "https://s3.eu-west-1.amazonaws.com/some.bucket"),
        (Wishes::default(), "Old_Bucket", "https://s3.eu-west-1.amazonaws.com/Old_Bucket"),
        (paths(), "some-bucket", "https://s3.eu-west-1.amazonaws.com/some-bucket"),
        (given("http://127.0.0.1:5000/"), "some-bucket", "http://127.0.0.1:5000/some-bucket"),
        (given("http://[::1]:5000"), "some-bucket", "http://[::1]:5000/some-bucket"),
        (given("https://s3.example.com"), "some-bucket", "https://some-bucket.s3.example.com"),
    ] {
        let place = place("s3", "ListObjectsV2", "eu-west-1", wishes, Some(bucket)).unwrap();
        assert_eq!((place.url.as_str(), place.signing_region.as_str()), (expected, "eu-west-1"));
    }
}

/// An environment that names the endpoint of one service.
#[derive(Debug)]
struct Surroundings;

impl LoadServiceConfig for Surroundings {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let is_ours =
            (key.service_id(), key.env(), key.profile()) == ("CloudWatch Logs", "AWS_ENDPOINT_URL", "endpoint_url");
        is_ours.then(|| "http://of-service".to_owned())
    }
}

#[test]
fn the_endpoint_that_is_given_most_closely_counts() {
    let config = |origin| {
        let mut config = SdkConfig::builder().endpoint_url("http://of-all").service_config(Surroundings);
        config.insert_origin("endpoint_url", origin);
        config.build()
    };
    let environment = config(Origin::shared_environment_variable());
    let given = || [("logs", "http://given".to_owned())].into();
    for (config, urls, expected) in [
        (&environment, Default::default(), ["http://of-service", "http://of-all"]),
        (&environment, given(), ["http://given", "http://of-all"]),
        (&config(Origin::shared_config()), Default::default(), ["http://of-all", "http://of-all"]),
    ] {
        let client = Client::new(config).endpoints(urls);
        let found = ["logs", "sqs"].map(|it| client.wishes(service(it).unwrap()).url.unwrap());
        assert_eq!(found, expected);
    }
}

#[test]
fn global_services_are_signed_for_where_they_are() {
    for (name, operation, region, expected) in [
        ("route53", "ListHostedZones", "eu-west-1", Ok(("https://route53.amazonaws.com", "us-east-1"))),
        ("cloudfront", "ListDistributions", "eu-west-1", Ok(("https://cloudfront.amazonaws.com", "us-east-1"))),
        ("iam", "ListRoles", "us-gov-east-1", Ok(("https://iam.us-gov.amazonaws.com", "us-gov-west-1"))),
        ("sqs", "ListQueues", "xx-nowhere-1", Ok(("https://sqs.xx-nowhere-1.amazonaws.com", "xx-nowhere-1"))),
    ] {
        let place = place(name, operation, region, Wishes::default(), None);
        let place = place.as_ref().map(|it| (it.url.as_str(), it.signing_region.as_str()));
        assert_eq!(place, expected.as_ref().map(|it| *it), "{name} in {region}");
    }
}

fn structure(name: &str) -> (&'static Service, &'static super::model::Structure) {
    let (name, operation) = name.split_once(' ').unwrap();
    let service = service(name).unwrap();
    (service, service.operation(operation).unwrap().input)
}

fn said(json: &Json) -> Said {
    from_json(json, &Type::Any).unwrap()
}

#[test]
fn values_of_the_language_are_what_the_model_takes() {
    let map = |of: &[(&str, Value)]| Map::from_iter(of.iter().map(|(key, it)| ((*key).to_owned(), it.clone())));
    for (name, json, expected) in [
        // Numbers in a map of strings, as configurations have them; nulls are not there.
        (
            "sqs CreateQueue",
            json!({ "QueueName": "q", "Attributes": { "DelaySeconds": 5, "FifoQueue": true, "Policy": null }, "tags": null }),
            Ok(map(&[
                ("QueueName", "q".into()),
                ("Attributes", map(&[("DelaySeconds", "5".into()), ("FifoQueue", "true".into())]).into()),
            ])),
        ),
        (
            "kms Decrypt",
            json!({ "CiphertextBlob": "AP8=" }),
            Ok(map(&[("CiphertextBlob", Value::Bytes(vec![0, 255]))])),
        ),
        ("kms Decrypt", json!({ "CiphertextBlob": "?" }), Err("CiphertextBlob: takes bytes in base64")),
        (
            "kms ScheduleKeyDeletion",
            json!({ "PendingWindowInDays": "7" }),
            Ok(map(&[("PendingWindowInDays", 7.into())])),
        ),
        (
            "kms ScheduleKeyDeletion",
            json!({ "PendingWindowInDays": 7.5 }),
            Err("PendingWindowInDays: takes a whole number"),
        ),
        ("s3 GetBucketPolicy", json!({ "Bucket": "b" }), Ok(map(&[("Bucket", "b".into())]))),
        ("s3 GetBucketPolicy", json!({ "Bukket": "b" }), Err("GetBucketPolicyRequest has no member Bukket")),
        ("sqs ListQueues", json!({ "QueueNamePrefix": ["hunter2"] }), Err("QueueNamePrefix: takes a string")),
        ("ec2 CreateTags", json!({ "Tags": [{ "Key": "a" }, { "Kee": "b" }] }), Err("Tags: 1: Tag has no member Kee")),
    ] {
        let (service, shape) = structure(name);
        let found = language::structure(service, shape, &said(&json));
        assert_eq!(found, expected.map_err(str::to_owned), "{name} {json}");
    }
}

#[test]
fn what_is_not_known_is_not_sent() {
    let (service, shape) = structure("sqs CreateQueue");
    let unknown = Said::object([("QueueName".into(), Said::unknown(Type::String))].into());
    assert_eq!(language::structure(service, shape, &unknown), Err("QueueName: is not known yet".to_owned()));
}

#[test]
fn answers_are_objects_of_what_is_there() {
    let answer = Value::Map(Map::from([
        ("Rate".into(), Value::Float(0.1)),
        ("Blob".into(), Value::Bytes(vec![0, 255])),
        ("Time".into(), Value::Time(aws_smithy_types::DateTime::from_secs(0))),
        ("List".into(), Value::List(vec![1.into(), "a".into(), Value::Null])),
    ]));
    let json = json!({ "Blob": "AP8=", "List": [1, "a", null], "Rate": 0.1, "Time": "1970-01-01T00:00:00Z" });
    assert_eq!(crate::value::to_json(&language::of_answer(&answer)), json);
}

#[test]
fn pages_become_one_answer() {
    let pages = |name: &str, operation: &str| {
        service(name).unwrap().operation(operation).unwrap().pages.as_ref().expect("a listing")
    };
    let list = |name: &str, items: &[&str], more: &[(&str, Value)]| {
        let items = Value::List(items.iter().map(|it| (*it).into()).collect());
        let more = more.iter().map(|(key, it)| ((*key).to_owned(), it.clone()));
        Value::Map([(name.to_owned(), items)].into_iter().chain(more).collect())
    };
    let topics = pages("sns", "ListTopics");
    let mut all = list("Topics", &["a"], &[("NextToken", "t".into())]);
    assert_eq!(topics.tokens(&all), Some(Map::from([("NextToken".into(), "t".into())])));
    let last = list("Topics", &["b"], &[]);
    assert_eq!(topics.tokens(&last), None);
    topics.add(&mut all, last);
    topics.end(&mut all);
    assert_eq!(all, list("Topics", &["a", "b"], &[]));

    // What is not truncated is the last page, whatever marker it has.
    let roles = pages("iam", "ListRoles");
    for (truncated, expected) in [(true, Some(Map::from([("Marker".into(), "m".into())]))), (false, None)] {
        let page = list("Roles", &[], &[("IsTruncated", truncated.into()), ("Marker", "m".into())]);
        assert_eq!(roles.tokens(&page), expected);
    }

    // Counts of pages are added up.
    let scan = pages("dynamodb", "Scan");
    let mut all = list("Items", &["a"], &[("Count", 1.into())]);
    scan.add(&mut all, list("Items", &["b", "c"], &[("Count", 2.into())]));
    assert_eq!(all, list("Items", &["a", "b", "c"], &[("Count", 3.into())]));
}
