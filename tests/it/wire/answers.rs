//! Calls that boto3 makes as well, each on a moto of its own: the answers have to be the same.

use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::{SdkConfig, region::Region};
use rforge::aws::wire::{Client, Failure};
use serde_json::{Value as Json, json};

use super::{Script, day, is_all, judge, values};
use crate::moto::Moto;

/// How many parts the services make, of which one is tried each day.
const PARTS: u64 = 5;

fn client(url: &str) -> Client {
    let credentials = Credentials::new("testing", "testing", None, None, "test");
    let config = SdkConfig::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(aws_smithy_http_client::Builder::new().build_http());
    Client::new(&config.build())
}

async fn call(client: &Client, asked: &Json) -> Json {
    let text = |name: &str| asked[name].as_str().unwrap();
    let (api, input) = (client.api(values::service(text("service"))), values::input(&asked["input"]));
    let answer = match asked["all"].as_bool() {
        Some(true) => api.call_all(text("operation"), input).await,
        _ => api.call(text("operation"), input).await,
    };
    match answer {
        Ok(it) => json!({ "answer": values::told(&it) }),
        Err(it) => json!({ "error": error(&it) }),
    }
}

fn error(failure: &Failure) -> Json {
    match failure.error.as_service_error() {
        Some(it) => json!({ "code": it.meta().code(), "message": it.meta().message(), "status": it.status }),
        None => json!({ "code": "client", "message": format!("{:?}", failure.error) }),
    }
}

#[tokio::test]
async fn answers_are_those_of_boto3() {
    let moto = Moto::start();
    let (part, of) = if is_all() { (0, 1) } else { (day() % PARTS, PARTS) };
    let script = Script::start("answers.py", &[&moto.url(), &part.to_string(), &of.to_string()], &[]);
    let client = client(&moto.url());
    let report = script.serve(async |asked| call(&client, asked).await).await;
    judge("answers", &report, is_all());
}
