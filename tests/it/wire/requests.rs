//! Made-up inputs of every operation of every recorded service: the requests have to be botocore's.

use std::sync::{Arc, Mutex};

use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_smithy_runtime_api::client::{
    http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector},
    orchestrator::HttpRequest,
    result::ConnectorError,
    runtime_components::RuntimeComponents,
};
use aws_smithy_types::retry::RetryConfig;
use aws_types::{SdkConfig, region::Region};
use base64::{Engine, engine::general_purpose::STANDARD};
use rforge::aws::wire::{Client, services};
use serde_json::{Value as Json, json};

use super::{Script, day, is_all, judge, values};

/// How many parts all operations make, of which one is tried each day, in one of `PLACES`.
const PARTS: u64 = 12;

/// Of every partition, and what may be wished for.
const PLACES: &[&str] = &[
    "us-east-1",
    "eu-central-1",
    "us-gov-west-1",
    "cn-north-1",
    "us-iso-east-1",
    "us-isob-east-1",
    "eu-isoe-west-1",
    "us-isof-south-1",
    "eusc-de-east-1",
    "ap-southeast-5",
    "us-east-1 fips",
    "us-west-2 dual",
    "us-east-2 fips dual",
    "us-gov-east-1 fips",
    "cn-northwest-1 dual",
];

/// Keeps what it is given to send, and says that it was not sent.
#[derive(Clone, Debug, Default)]
struct Kept(Arc<Mutex<Option<Json>>>);

impl HttpClient for Kept {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Kept {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let headers: serde_json::Map<_, _> = request.headers().iter().map(|(k, v)| (k.to_owned(), json!(v))).collect();
        let body = STANDARD.encode(request.body().bytes().unwrap_or_default());
        let kept = json!({ "method": request.method(), "url": request.uri(), "headers": headers, "body": body });
        *self.0.lock().unwrap() = Some(kept);
        HttpConnectorFuture::ready(Err(ConnectorError::user("kept".into())))
    }
}

impl Kept {
    /// `place`: a region, and whether a FIPS or dual-stack endpoint is wished for.
    fn client(&self, place: &str) -> Client {
        let (region, wishes) = place.split_once(' ').unwrap_or((place, ""));
        let credentials = Credentials::new("testing", "testing", None, None, "test");
        let config = SdkConfig::builder()
            .region(Region::new(region.to_owned()))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(self.clone())
            .use_fips(wishes.contains("fips"))
            .use_dual_stack(wishes.contains("dual"))
            .retry_config(RetryConfig::disabled());
        Client::new(&config.build())
    }

    async fn request(&self, client: &Client, asked: &Json) -> Json {
        let service = values::service(asked["service"].as_str().unwrap());
        let call = client.api(service).call(asked["operation"].as_str().unwrap(), values::input(&asked["input"]));
        let error = call.await.expect_err("nothing is sent");
        self.0.lock().unwrap().take().unwrap_or_else(|| json!({ "refused": format!("{:?}", error.error) }))
    }
}

async fn compare(part: u64, of: u64, rounds: u64, place: &str) {
    let [part, of, rounds] = [part, of, rounds].map(|it| it.to_string());
    let only = std::env::var("RFORGE_WIRE_SERVICES").unwrap_or_default();
    let names: Vec<_> = match only.as_str() {
        "" => services::names().collect(),
        only => only.split(' ').collect(),
    };
    let arguments: Vec<_> = [part.as_str(), &of, &rounds, place].into_iter().chain(names).collect();
    let kept = Kept::default();
    let client = kept.client(place);
    let script = Script::start("requests.py", &arguments, &[]);
    let report = script.serve(async |asked| kept.request(&client, asked).await).await;
    judge(place, &report, is_all() && of == "1");
}

#[tokio::test]
async fn requests_are_those_of_botocore() {
    if is_all() {
        compare(0, 1, 3, "us-east-1").await;
    } else {
        compare(day() % PARTS, PARTS, 1, "us-east-1").await;
    }
}

#[tokio::test]
async fn places_and_signatures_are_those_of_botocore() {
    let places = if is_all() { PLACES } else { &PLACES[day() as usize % PLACES.len()..][..1] };
    for place in places {
        compare(day() % 40, 40, 1, place).await;
    }
}
