//! Requests over HTTP, with the certificates of this machine and the proxies of the environment.

use super::{
    netrc::Netrc,
    url::{Url, shown},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use std::{
    io::Read,
    sync::OnceLock,
    time::{Duration, Instant},
};
use ureq::{
    Agent, ResponseExt,
    tls::{Certificate, RootCerts, TlsConfig},
};

/// The largest text that a server may answer with.
const TEXT: u64 = 64 << 20;

#[derive(Default)]
pub struct Client {
    agent: OnceLock<Agent>,
    logins: Netrc,
}

pub struct Answer {
    pub status: u16,
    /// Where the last redirect led.
    pub url: String,
    response: ureq::http::Response<ureq::Body>,
}

impl Client {
    /// Shows these logins to hosts, where neither the URL nor a header says who asks.
    pub fn with_logins(logins: Netrc) -> Self {
        Self { logins, ..Self::default() }
    }

    /// Errors are those of the connection: any status is an answer.
    pub fn get(&self, url: &str, headers: &[(&str, String)]) -> Result<Answer, String> {
        let agent = self.agent.get_or_init(agent);
        let request = headers.iter().fold(agent.get(url), |request, (name, value)| request.header(*name, value));
        let parsed = Url::parse(url);
        let is_known = |(name, _): &(&str, String)| name.eq_ignore_ascii_case("authorization");
        let is_known = parsed.host().contains('@') || headers.iter().any(is_known);
        let request = match self.logins.login(parsed.host()).filter(|_| !is_known) {
            Some((login, password)) => request.header("Authorization", basic(login, password)),
            None => request,
        };
        let began = Instant::now();
        let answered = request.call();
        log(url, began, answered.as_ref().map(|it| it.status().as_u16()));
        let response = answered.map_err(|error| failed(url, &error.to_string()))?;
        let last = response.get_uri().to_string();
        Ok(Answer { status: response.status().as_u16(), url: last, response })
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// `404 Not Found`
    pub fn reason(&self) -> String {
        self.response.status().to_string()
    }

    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub fn text(self) -> Result<String, String> {
        let body = self.response.into_body();
        body.into_with_config().limit(TEXT).read_to_string().map_err(|error| failed(&self.url, &error.to_string()))
    }

    /// The body, however long it is.
    pub fn reader(self) -> impl Read {
        self.response.into_body().into_with_config().limit(u64::MAX).reader()
    }
}

/// One line for a request, without what of its URL only the server is to know: logins, and queries, which may be signed.
fn log(url: &str, began: Instant, answered: Result<u16, &ureq::Error>) {
    let shown = shown(url);
    let shown = shown.split('?').next().unwrap_or_default();
    let milliseconds = began.elapsed().as_millis();
    match answered {
        Ok(status) => tracing::debug!("GET {shown}: {status} after {milliseconds} ms"),
        Err(error) => tracing::debug!("GET {shown}: {} after {milliseconds} ms", error.to_string().replace(url, shown)),
    }
}

/// What went wrong with a request. What the URL says that only the server is to know is left out.
pub fn failed(url: &str, error: &str) -> String {
    let shown = shown(url);
    format!("Get {shown:?}: {}", error.replace(url, &shown))
}

/// The header `Authorization` of a login.
pub fn basic(login: &str, password: &str) -> String {
    format!("Basic {}", BASE64.encode(format!("{login}:{password}")))
}

/// The authorities that this machine trusts.
pub(super) fn certificates_of_this_machine() -> RootCerts {
    let found = rustls_native_certs::load_native_certs();
    for error in &found.errors {
        tracing::warn!("certificates of this machine: {error}");
    }
    let certificates: Vec<Certificate<'static>> =
        found.certs.iter().map(|it| Certificate::from_der(it).to_owned()).collect();
    // A machine without any still has those of the browsers.
    if certificates.is_empty() { RootCerts::WebPki } else { RootCerts::new_with_certs(&certificates) }
}

fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .timeout_connect(Some(Duration::from_secs(30)))
        .timeout_recv_response(Some(Duration::from_secs(60)))
        .user_agent(concat!("rforge/", env!("CARGO_PKG_VERSION")))
        .tls_config(TlsConfig::builder().root_certs(certificates_of_this_machine()).build())
        .build()
        .new_agent()
}
