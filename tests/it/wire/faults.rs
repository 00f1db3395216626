//! What becomes of calls when something is wrong on the way, through everything that rforge puts between itself and AWS.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_smithy_types::{retry::RetryConfig, timeout::TimeoutConfig};
use aws_types::{SdkConfig, region::Region};
use rforge::{
    aws::{
        client::{Aws, Session},
        settings::{self, Settings},
        wire::{Client, Failure, Value},
    },
    provider::{Class, Problem},
    value::from_json,
};
use serde_json::{Value as Json, json};

use super::values;
use crate::aws_calls::Recorded;

/// How often a call is repeated at most.
const RETRIES: u32 = 2;

#[derive(Clone, Copy, Debug)]
enum Answer {
    /// A status, a header and a body.
    Say(u16, &'static str, &'static str),
    /// The connection breaks before anything is said.
    Cut,
    /// Nothing is said for as long as somebody listens.
    Silent,
}
use Answer::{Cut, Say, Silent};

/// Answers each request with the next of the answers, and goes on with the last.
struct Server {
    url: String,
    asked: Arc<AtomicU32>,
}

impl Server {
    fn start(answers: &'static [Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicU32::new(0));
        let count = asked.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let count = count.clone();
                std::thread::spawn(move || answer(stream, answers, &count));
            }
        });
        Self { url, asked }
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }
}

fn answer(mut stream: TcpStream, answers: &[Answer], asked: &AtomicU32) {
    let mut reader = BufReader::new(&mut stream);
    let lines = reader.by_ref().lines().map_while(Result::ok).take_while(|it| !it.is_empty());
    let head: Vec<String> = lines.map(|it| it.to_lowercase()).collect();
    if head.is_empty() {
        return;
    }
    let length = head.iter().find_map(|it| it.strip_prefix("content-length: ")?.parse().ok());
    reader.read_exact(&mut vec![0; length.unwrap_or(0)]).unwrap();
    let at = asked.fetch_add(1, Ordering::SeqCst) as usize;
    match answers[at.min(answers.len() - 1)] {
        Say(status, header, body) => {
            let headers = if header.is_empty() { String::new() } else { format!("{header}\r\n") };
            let head = format!("HTTP/1.1 {status} Said\r\nConnection: close\r\nx-amzn-requestid: r-1\r\n{headers}");
            drop(write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()));
        }
        Cut => {}
        // Until the other side has given up.
        Silent => drop(reader.read(&mut [0])),
    }
}

async fn aws(url: &str) -> Arc<Aws> {
    let config = json!({
        "region": "us-east-1", "access_key": "test", "secret_key": "test", "max_retries": RETRIES, "default_tags": [],
        "ignore_tags": [], "assume_role": [], "assume_role_with_web_identity": [],
        "endpoints": [{
            "dynamodb": url, "ec2": url, "elasticloadbalancingv2": url, "kms": url, "lambda": url, "logs": url, "route53": url, "s3": url,
            "secretsmanager": url, "sns": url, "sqs": url, "resourcegroupstagging": url,
        }],
    });
    let config = from_json(&config, &settings::schema().block.implied_type()).unwrap();
    let session = Session::new(Settings::new(&config).unwrap(), Arc::new(Recorded::default()));
    session.region(None).await.unwrap()
}

struct Case {
    call: &'static str,
    input: Json,
    answers: &'static [Answer],
    asked: u32,
    /// The class of the problem, and what it says; none if all is well.
    problem: Option<(Class, &'static str)>,
}

const SLOW: Answer = Say(400, "", r#"{"__type":"com.amazonaws.sqs#RequestThrottled","message":"slow"}"#);
const SLOW_FORM: Answer = Say(
    400,
    "",
    "<ErrorResponse xmlns=\"a\"><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate &lt;exceeded&gt;</Message></Error>\
     <RequestId>r</RequestId></ErrorResponse>",
);
const SLOW_EC2: Answer = Say(
    503,
    "",
    "<?xml version=\"1.0\"?>\n<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>slow</Message></Error></Errors>\
     <RequestID>r</RequestID></Response>",
);
const GONE_EC2: Answer = Say(
    400,
    "",
    "<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>no &amp; never</Message></Error></Errors>\
     <RequestID>r</RequestID></Response>",
);
const VPC: Answer = Say(
    200,
    "",
    "<CreateVpcResponse xmlns=\"a\"><requestId>r</requestId><vpc><vpcId>vpc-1</vpcId></vpc></CreateVpcResponse>",
);
const TOPICS: Answer =
    Say(200, "", "<ListTopicsResponse xmlns=\"a\"><ListTopicsResult><Topics/></ListTopicsResult></ListTopicsResponse>");

fn cases() -> Vec<Case> {
    let case = |call, input, answers, asked, problem| Case { call, input, answers, asked, problem };
    let unknown = |text| Some((Class::OutcomeUnknown, text));
    let fatal = |text| Some((Class::Fatal, text));
    vec![
        case("sqs ListQueues", json!({}), &[SLOW, SLOW, Say(200, "", r#"{"QueueUrls":["u"]}"#)], 3, None),
        case("sqs ListQueues", json!({}), &[Say(200, "", "{}")], 1, None),
        case("sns ListTopics", json!({}), &[SLOW_FORM, TOPICS], 2, None),
        case("ec2 CreateVpc once", json!({ "CidrBlock": "10.0.0.0/16" }), &[SLOW_EC2, VPC], 2, None),
        case("ec2 CreateVpc", json!({ "CidrBlock": "10.0.0.0/16" }), &[Cut, VPC], 2, None),
        case(
            "ec2 CreateVpc once",
            json!({ "CidrBlock": "10.0.0.0/16" }),
            &[Cut, VPC],
            1,
            unknown("the answer was lost"),
        ),
        case("kms CreateKey once", json!({}), &[Say(500, "", "{}")], 1, unknown("kms CreateKey failed: 500")),
        case("kms ListKeys", json!({}), &[Cut], 3, unknown("kms ListKeys: the answer was lost")),
        case(
            "ec2 DeleteVpc",
            json!({ "VpcId": "vpc-1" }),
            &[GONE_EC2],
            1,
            Some((Class::NotYetVisible, "ec2 DeleteVpc failed: InvalidVpcID.NotFound: no & never (request r-1)")),
        ),
        case(
            "dynamodb ListTables",
            json!({}),
            &[Say(503, "", "<html>proxy</html>")],
            3,
            unknown("dynamodb ListTables failed: 503: Service Unavailable"),
        ),
        case(
            "secretsmanager ListSecrets",
            json!({}),
            &[Say(400, "", r#"{"__type":"AccessDeniedException","Message":"no"}"#)],
            1,
            fatal("AccessDeniedException: no (request r-1) Allow secretsmanager:ListSecrets"),
        ),
        case(
            "resourcegroupstaggingapi GetResources",
            json!({}),
            &[Say(400, "", r#"{"__type":"AccessDeniedException"}"#)],
            1,
            fatal("Allow tag:GetResources"),
        ),
        case(
            "elbv2 DescribeLoadBalancers",
            json!({}),
            &[Say(400, "", "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>")],
            1,
            fatal("Allow elasticloadbalancing:DescribeLoadBalancers"),
        ),
        case(
            "lambda UpdateFunctionCode",
            json!({ "FunctionName": "f" }),
            &[Say(409, "x-amzn-errortype: ResourceConflictException:http://x", r#"{"Message":"an update runs"}"#)],
            1,
            Some((Class::Busy, "ResourceConflictException: an update runs")),
        ),
        case("logs DescribeLogGroups", json!({}), &[Say(200, "", "{}")], 3, unknown("the answer could not be read")),
        case("sqs ListQueues", json!({}), &[Say(200, "", "<html>")], 3, unknown("the answer could not be read")),
        case(
            "sqs CreateQueue once",
            json!({ "QueueName": "q" }),
            &[Say(200, "", r#"{"QueueUrl":["#)],
            1,
            unknown("the answer could not be read"),
        ),
        case(
            "kms CreateKey once",
            json!({}),
            &[Say(200, "", r#"{"KeyMetadata":7}"#)],
            1,
            unknown("kms CreateKey: the answer could not be read"),
        ),
        case(
            "s3 CopyObject",
            json!({ "Bucket": "bucket", "Key": "k", "CopySource": "a/b" }),
            &[Say(200, "", "<Error><Code>InternalError</Code><Message>m</Message></Error>")],
            1,
            unknown("no answer of AWS"),
        ),
        case("s3 PutBucketPolicy", json!({ "Bucket": "bucket", "Policy": "{}" }), &[Say(204, "", "")], 1, None),
        case(
            "s3 HeadBucket",
            json!({ "Bucket": "bucket" }),
            &[Say(404, "", "")],
            1,
            fatal("s3 HeadBucket failed: NotFound: Not Found"),
        ),
        case(
            "route53 GetHostedZone",
            json!({ "Id": "Z1" }),
            &[Say(200, "", "<GetHostedZoneResponse><HostedZone><Id>Z")],
            3,
            unknown("it is cut off"),
        ),
        case(
            "sqs CreateQueue",
            json!({ "QueueName": "q", "Atributes": {} }),
            &[Cut],
            0,
            fatal("sqs CreateQueue failed: The request was not sent: CreateQueueRequest has no member Atributes."),
        ),
        case(
            "sqs CreateQueue",
            json!({ "QueueName": 7 }),
            &[Cut],
            0,
            fatal("QueueName: takes a string, not a whole number"),
        ),
        case("kms DescribeKey", json!({}), &[Cut], 0, fatal("DescribeKeyRequest needs KeyId")),
        case("kms Nonsense", json!({}), &[Cut], 0, fatal("kms has no operation Nonsense")),
    ]
}

async fn outcome(aws: &Aws, case: &Case) -> Result<Value, Failure> {
    let words: Vec<&'static str> = case.call.split(' ').collect();
    let (api, input) = (aws.api(words[0]), values::input(&case.input));
    match words.get(2) {
        Some(_) => api.call_once(words[1], input).await,
        None => api.call(words[1], input).await,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_repeated_only_where_that_is_safe_and_say_what_is_wrong() {
    let mut wrong = Vec::new();
    for case in cases() {
        let server = Server::start(case.answers);
        let outcome = outcome(&*aws(&server.url).await, &case).await.map_err(Problem::from);
        let class = outcome.as_ref().err().map(|it| it.class);
        let said = |it: &Problem| format!("{}: {} {}", it.summary, it.detail, it.hint.as_deref().unwrap_or_default());
        let expected = case.problem.map_or("", |it| it.1);
        let is_said = outcome.as_ref().err().map(said).unwrap_or_default().contains(expected);
        if (server.asked(), class) != (case.asked, case.problem.map(|it| it.0)) || !is_said {
            wrong.push(format!("{} answered with {:?} {} times: {outcome:?}", case.call, case.answers, server.asked()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_stays_silent_is_given_up() {
    let server = Server::start(&[Silent]);
    let credentials = Credentials::new("test", "test", None, None, "test");
    let config = SdkConfig::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url(&server.url)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .timeout_config(TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(100)).build())
        .retry_config(RetryConfig::standard().with_max_attempts(RETRIES));
    let client = Client::new(&config.build());
    let failure = client.api(values::service("sqs")).call("ListQueues", values::input(&json!({}))).await.unwrap_err();
    let problem = Problem::from(failure);
    assert_eq!((problem.class, &*problem.summary), (Class::OutcomeUnknown, "sqs ListQueues: the answer was lost"));
    assert_eq!(server.asked(), RETRIES);
}
