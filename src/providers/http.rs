//! `hashicorp/http` 3.x: what a server answers.

use super::local::*;
use crate::{
    duration,
    provider::{Problem, Result},
    schema::{NestedBlock, Nesting, Schema, SchemaBlock},
    value::{Path, PathStep, Type, Value},
    web::request::{Failure, Request, Response, Trust, without_login},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use std::time::Duration;

pub(super) fn provider() -> Local {
    let data = Data { validate, remarks, ..Data::waiting(schema(), read) };
    Local::new([], [("http", data)])
}

fn schema() -> Schema {
    let mut schema = super::local::schema(
        0,
        [
            (
                "body",
                crate::schema::Attribute { deprecated: Some("Use response_body instead"), ..computed(Type::String) },
            ),
            ("ca_cert_pem", optional(Type::String)),
            ("client_cert_pem", optional(Type::String)),
            ("client_key_pem", optional(Type::String)),
            ("id", computed(Type::String)),
            ("insecure", optional(Type::Bool)),
            ("method", optional(Type::String)),
            ("request_body", optional(Type::String)),
            ("request_headers", optional(Type::map(Type::String))),
            ("request_timeout_ms", optional(Type::Number)),
            ("response_body", computed(Type::String)),
            ("response_body_base64", computed(Type::String)),
            ("response_headers", computed(Type::map(Type::String))),
            ("status_code", computed(Type::Number)),
            ("url", required(Type::String)),
        ],
    );
    let numbers = RETRY.map(|name| (name.into(), optional(Type::Number)));
    let retry = NestedBlock {
        nesting: Nesting::Single,
        block: SchemaBlock { attributes: numbers.into(), ..SchemaBlock::default() },
        min_items: 0,
        max_items: 0,
        force_new: false,
        computed: false,
    };
    schema.block.blocks.insert("retry".into(), retry);
    schema
}

const RETRY: [&str; 3] = ["attempts", "min_delay_ms", "max_delay_ms"];
const METHODS: [&str; 3] = ["GET", "POST", "HEAD"];

fn validate(it: &Attributes) -> Vec<Problem> {
    let wrong = |path, detail: String| Problem::fatal("Invalid Attribute Value", detail).at(path);
    let mut problems = Vec::new();
    if let Some(method) = text(it, "method").filter(|it| !METHODS.contains(it)) {
        let allowed = METHODS.map(|it| format!("{it:?}")).join(" ");
        let detail = format!("Attribute method value must be one of: [{allowed}], got: {method:?}");
        problems.push(Problem::fatal("Invalid Attribute Value Match", detail).at(Path::attribute("method")));
    }
    if let Some(timeout) = integer(it, "request_timeout_ms").filter(|it| *it < 1) {
        let detail = format!("Attribute request_timeout_ms value must be at least 1, got: {timeout}");
        problems.push(wrong(Path::attribute("request_timeout_ms"), detail));
    }
    let combination =
        |name: &str, detail: String| Problem::fatal("Invalid Attribute Combination", detail).at(Path::attribute(name));
    let is_known = |name: &str| it.get(name).is_some_and(Value::is_known);
    if is_set(it, "ca_cert_pem") && is_set(it, "insecure") && is_known("insecure") {
        let detail = "Attribute \"insecure\" cannot be specified when \"ca_cert_pem\" is specified";
        problems.push(combination("ca_cert_pem", detail.into()));
    }
    for (one, other) in [("client_cert_pem", "client_key_pem"), ("client_key_pem", "client_cert_pem")] {
        if is_set(it, one) && !is_set(it, other) {
            let detail = format!("Attribute \"{other}\" must be specified when \"{one}\" is specified");
            problems.push(combination(one, detail));
        }
    }
    let retry = it.get("retry").map(attributes).unwrap_or_default();
    let path = |name: &str| Path(vec![PathStep::Attribute("retry".into()), PathStep::Attribute(name.into())]);
    for name in RETRY {
        if let Some(number) = integer(&retry, name).filter(|it| *it < 0) {
            problems.push(wrong(path(name), format!("Attribute retry.{name} value must be at least 0, got: {number}")));
        }
    }
    if let (Some(least), Some(most)) = (integer(&retry, "min_delay_ms"), integer(&retry, "max_delay_ms"))
        && most < least
    {
        let detail = format!("Attribute retry.max_delay_ms value must be at least sum of <.min_delay_ms, got: {most}");
        problems.push(wrong(path("max_delay_ms"), detail));
    }
    problems
}

/// Text is all that the language has.
fn remarks(it: &Attributes) -> Vec<Problem> {
    let bytes = text(it, "response_body_base64").and_then(|it| BASE64.decode(it).ok()).unwrap_or_default();
    if std::str::from_utf8(&bytes).is_ok() {
        return Vec::new();
    }
    let detail = "rforge may not properly handle the response_body if the contents are binary.";
    vec![Problem::warning("Response body is not recognized as UTF-8", detail)]
}

async fn read(mut it: Attributes) -> Result<Attributes> {
    let url = text(&it, "url").unwrap_or_default().to_owned();
    let headers = it.get("request_headers").and_then(Value::as_entries).into_iter().flatten();
    let headers = headers.filter_map(|(name, value)| Some((name.to_string(), value.as_str()?.to_owned())));
    let milliseconds = |number: i64| Duration::from_millis(number.max(0).unsigned_abs());
    let request = Request {
        method: text(&it, "method").filter(|it| !it.is_empty()).unwrap_or("GET").into(),
        url: url.clone(),
        headers: headers.collect(),
        body: text(&it, "request_body").map(str::to_owned),
        timeout: integer(&it, "request_timeout_ms").map(milliseconds),
        trust: trust(&it)?,
    };
    let retry = it.get("retry").map(attributes).unwrap_or_default();
    let retry = Retry {
        attempts: integer(&retry, "attempts").unwrap_or(0).max(0).unsigned_abs(),
        least: integer(&retry, "min_delay_ms").map_or(Duration::from_secs(1), milliseconds),
        most: integer(&retry, "max_delay_ms").map_or(Duration::from_secs(30), milliseconds),
    };
    let Response { status, headers, body } = ask(request, &retry).await?;
    let text = text_of(&body);
    let headers = headers.into_iter().map(|(name, value)| (name.into(), Value::string(value)));
    it.insert("response_headers".into(), Value::map(Type::String, headers.collect()));
    set_text(&mut it, "id", url);
    set_text(&mut it, "response_body", &text);
    set_text(&mut it, "body", text);
    set_text(&mut it, "response_body_base64", BASE64.encode(&body));
    set_integer(&mut it, "status_code", status.into());
    Ok(it)
}

fn trust(it: &Attributes) -> Result<Trust> {
    let roots = text(it, "ca_cert_pem").map(|pem| {
        let detail = "Error tls: Can't add the CA certificate to certificate pool. Only PEM encoded certificates are \
                      supported.";
        Trust::certificates(pem).ok_or_else(|| Problem::fatal("Error configuring TLS client", detail))
    });
    let identity = text(it, "client_cert_pem").zip(text(it, "client_key_pem")).map(|(certificate, key)| {
        Trust::identity(certificate, key).map_err(|why| {
            let detail = format!("error creating x509 key pair from provided pem blocks\n\nError: {why}");
            Problem::fatal("error creating x509 key pair", detail)
        })
    });
    let insecure = boolean(it, "insecure") == Some(true);
    Ok(Trust { insecure, roots: roots.transpose()?, identity: identity.transpose()? })
}

struct Retry {
    attempts: u64,
    least: Duration,
    most: Duration,
}

impl Retry {
    /// As long as the server wants, or twice as long as the last time.
    fn pause(&self, tried: u64, answer: Option<&Response>) -> Duration {
        let asked = answer.filter(|it| matches!(it.status, 429 | 503)).and_then(|it| it.headers.get("Retry-After"));
        if let Some(seconds) = asked.and_then(|it| it.parse().ok()) {
            return Duration::from_secs(seconds);
        }
        let factor = u32::try_from(tried).ok().and_then(|it| 2_u32.checked_pow(it)).unwrap_or(u32::MAX);
        self.least.saturating_mul(factor).min(self.most)
    }
}

async fn ask(request: Request, retry: &Retry) -> Result<Response> {
    let mut tried = 0;
    loop {
        let asked = request.clone();
        let (sender, receiver) = tokio::sync::oneshot::channel();
        // A thread of its own: one that waits for an answer that nobody wants any more holds up nothing else.
        let spawned = std::thread::Builder::new().name("http".into()).spawn(move || drop(sender.send(asked.send())));
        let lost = |why: String| Problem::fatal("Error making request", format!("Error making request: {why}"));
        spawned.map_err(|error| lost(error.to_string()))?;
        let answer = receiver.await.map_err(|error| lost(error.to_string()))?;
        let is_over = tried == retry.attempts;
        match answer {
            Err(Failure::Invalid(why)) => {
                let why = format!("Error creating request: parse {:?}: {why}", without_login(&request.url));
                return Err(Problem::fatal("Error creating request", why));
            }
            Err(Failure::CutOff(why)) => {
                let detail = format!("Error reading response body: {why}");
                return Err(Problem::fatal("Error reading response body", detail));
            }
            Err(Failure::Unanswered { message, is_timeout, is_final }) if is_over || is_final => {
                let message = format!("{}: {message}", given_up(&request, tried + 1));
                let detail = match request.timeout.filter(|_| is_timeout) {
                    Some(timeout) => {
                        let timeout = duration::shown(timeout);
                        format!("request exceeded the specified timeout: {timeout}, err: {message}")
                    }
                    None if is_timeout => format!("timeout error: {message}"),
                    None => format!("Error making request: {message}"),
                };
                return Err(Problem::fatal("Error making request", detail));
            }
            Ok(answer) if !is_worth_another_try(answer.status) => return Ok(answer),
            Ok(_) if is_over => {
                let detail = format!("Error making request: {}", given_up(&request, tried + 1));
                return Err(Problem::fatal("Error making request", detail));
            }
            Ok(answer) => tokio::time::sleep(retry.pause(tried, Some(&answer))).await,
            Err(Failure::Unanswered { .. }) => tokio::time::sleep(retry.pause(tried, None)).await,
        }
        tried += 1;
    }
}

fn given_up(request: &Request, attempts: u64) -> String {
    format!("{} {} giving up after {attempts} attempt(s)", request.method, without_login(&request.url))
}

/// Whether the server may answer otherwise the next time: an answer of the provider's caller is never one of these.
fn is_worth_another_try(status: u16) -> bool {
    status == 429 || status == 0 || status >= 500 && status != 501
}

/// The bytes as text, where each that is none is a replacement character, as Go has it.
fn text_of(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    out
}
