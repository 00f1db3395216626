//! One request of which the caller says everything, sent as Go's client does: with its redirects, proxies, compression and
//! messages, which configurations and the people who read them are used to.

use super::{
    http::{basic, certificates_of_this_machine},
    proxy::{proxy_for, split},
    url::resolve,
};
use flate2::read::MultiGzDecoder;
use std::{
    collections::BTreeMap,
    io::{self, Read},
    time::{Duration, Instant},
};
use ureq::{
    Agent, Body, Error, Proxy, RequestBuilder,
    config::AutoHeaderValue,
    http::{self, HeaderMap},
    tls::{Certificate, ClientCert, PemItem, RootCerts, TlsConfig, parse_pem},
};

/// How often Go asks before it calls it a circle.
const REQUESTS: usize = 10;

/// The longest answer. It comes into state three times, and Terraform takes no message above 64 MiB from a provider.
const LONGEST: u64 = 20 << 20;

#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
    /// For all of it, redirects and the answer's body included.
    pub timeout: Option<Duration>,
    pub trust: Trust,
}

/// Whom to believe, and who asks.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Believes everybody.
    pub insecure: bool,
    /// Instead of those of this machine.
    pub roots: Option<Vec<Certificate<'static>>>,
    pub identity: Option<ClientCert>,
}

#[derive(Debug)]
pub struct Response {
    pub status: u16,
    /// By names in the form `Content-Type`; what came more than once is one value.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

#[derive(Debug)]
pub enum Failure {
    /// No request can be made of it.
    Invalid(String),
    /// No answer; `is_final` where another try would end in the same way.
    Unanswered { message: String, is_timeout: bool, is_final: bool },
    /// The answer began, and could not be read to its end.
    CutOff(String),
}

impl Trust {
    /// The certificates in a text of PEM; none if there is none.
    pub fn certificates(pem: &str) -> Option<Vec<Certificate<'static>>> {
        let certificates = parse_pem(pem.as_bytes()).filter_map(|item| match item {
            Ok(PemItem::Certificate(it)) => Some(it),
            _ => None,
        });
        Some(certificates.collect::<Vec<_>>()).filter(|it| !it.is_empty())
    }

    /// A certificate that a server may ask for, with its key; or what is wrong with them.
    pub fn identity(certificate: &str, key: &str) -> Result<ClientCert, String> {
        let missing = |what| format!("tls: failed to find any PEM data in {what} input");
        let chain = Self::certificates(certificate).ok_or_else(|| missing("certificate"))?;
        let key = parse_pem(key.as_bytes()).find_map(|item| match item {
            Ok(PemItem::PrivateKey(it)) => Some(it),
            _ => None,
        });
        let key = key.ok_or_else(|| missing("key"))?;
        // What sends requests takes for granted that these fit.
        let provider = rustls::crypto::ring::default_provider();
        let der = rustls::pki_types::PrivateKeyDer::try_from(key.der().to_vec());
        let der = der.map_err(|why| format!("tls: failed to parse private key: {why}"))?;
        let owned = chain.iter().map(|it| it.der().to_vec().into()).collect();
        rustls::sign::CertifiedKey::from_der(owned, der, &provider).map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => "tls: private key does not match public key".to_owned(),
            error => format!("tls: {error}"),
        })?;
        Ok(ClientCert::new_with_certs(&chain, key))
    }
}

impl Request {
    /// Asks, and asks where the answers send it. Takes as long as it takes.
    pub fn send(&self) -> Result<Response, Failure> {
        let deadline = self.timeout.map(|it| Instant::now() + it);
        let mut hop = Hop { request: self.clone(), deadline };
        for _ in 0..REQUESTS {
            let (response, asked_gzip) = hop.call()?;
            match hop.redirected(response.status().as_u16(), response.headers(), self) {
                Some(next) => hop.request = next,
                None => return answer(response, asked_gzip),
            }
        }
        Err(hop.failed(&format!("stopped after {REQUESTS} redirects"), false, true))
    }
}

/// The parts of a URL that matter here.
struct Parts<'u> {
    scheme: &'u str,
    login: Option<&'u str>,
    /// With the port, if it has one.
    host: &'u str,
    /// Path and query.
    rest: &'u str,
}

fn parts(url: &str) -> Parts<'_> {
    let url = url.split('#').next().unwrap_or_default();
    let (scheme, rest) = url.split_once(':').unwrap_or(("", url));
    let rest = rest.strip_prefix("//").unwrap_or("");
    let (authority, rest) = rest.find(['/', '?']).map_or((rest, ""), |at| rest.split_at(at));
    let (login, host) = authority.rsplit_once('@').map_or((None, authority), |(login, host)| (Some(login), host));
    Parts { scheme, login, host, rest }
}

/// The URL without what only the server is to know.
pub fn without_login(url: &str) -> String {
    let Parts { login, .. } = parts(url);
    login.map_or_else(|| url.to_owned(), |login| url.replacen(&format!("{login}@"), "xxxxx@", 1))
}

struct Hop {
    request: Request,
    deadline: Option<Instant>,
}

impl Hop {
    /// The answer, and whether it may be compressed without the caller having asked for it.
    fn call(&self) -> Result<(http::Response<Body>, bool), Failure> {
        let Request { method, url, headers, body, trust, .. } = &self.request;
        let Parts { scheme, login, host, rest } = parts(url);
        let scheme = scheme.to_lowercase();
        if !matches!(&*scheme, "http" | "https") {
            return Err(self.failed(&format!("unsupported protocol scheme {scheme:?}"), false, true));
        }
        if host.is_empty() {
            return Err(self.failed("http: no Host in request URL", false, true));
        }
        let path = if rest.starts_with('/') { escaped(rest) } else { format!("/{}", escaped(rest)) };
        let is_given = |name: &str| headers.iter().any(|it| it.0.eq_ignore_ascii_case(name));
        let asks_gzip = !is_given("Accept-Encoding") && !is_given("Range") && method != "HEAD";
        let mut given = headers.clone();
        if asks_gzip {
            given.push(("Accept-Encoding".into(), "gzip".into()));
        }
        if let Some(login) = login.filter(|_| !is_given("Authorization")) {
            let (name, password) = login.split_once(':').unwrap_or((login, ""));
            let decoded = |it: &str| urlencoding::decode(it).map_or_else(|_| it.to_owned(), Into::into);
            given.push(("Authorization".into(), basic(&decoded(name), &decoded(password))));
        }
        let agent = self.agent(&scheme, host, trust)?;
        let uri = format!("{scheme}://{host}{path}");
        let body = body.as_deref().filter(|it| !it.is_empty()).map(str::as_bytes);
        let bare = if method == "HEAD" { agent.head(&uri) } else { agent.get(&uri) };
        let sent = match (&**method, body) {
            ("POST", Some(body)) => with_headers(agent.post(&uri), &given).send(body),
            ("POST", None) => with_headers(agent.post(&uri), &given).send_empty(),
            (_, Some(body)) => with_headers(bare, &given).force_send_body().send(body),
            (_, None) => with_headers(bare, &given).call(),
        };
        sent.map(|it| (it, asks_gzip)).map_err(|error| self.unanswered(error))
    }

    fn agent(&self, scheme: &str, host: &str, trust: &Trust) -> Result<Agent, Failure> {
        let proxy = proxy_for(scheme, host, &|name| std::env::var(name).ok());
        // What it says is not repeated: it may hold a login.
        let proxy = proxy.map(|it| Proxy::new(&it)).transpose();
        let proxy = proxy.map_err(|_| self.failed("the environment has an invalid proxy address", false, true))?;
        let roots = match &trust.roots {
            Some(roots) => RootCerts::new_with_certs(roots),
            None if scheme == "https" && !trust.insecure => certificates_of_this_machine(),
            None => RootCerts::new_with_certs(&[]),
        };
        let tls = TlsConfig::builder()
            .root_certs(roots)
            .disable_verification(trust.insecure)
            .client_cert(trust.identity.clone());
        let remaining = self.deadline.map(|it| it.saturating_duration_since(Instant::now()));
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(proxy)
            .timeout_connect(Some(Duration::from_secs(30)))
            .timeout_global(remaining)
            .accept(AutoHeaderValue::None)
            .user_agent(concat!("rforge/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls.build());
        Ok(config.build().new_agent())
    }

    /// What to ask next, if the answer says so.
    fn redirected(&self, status: u16, headers: &HeaderMap, first: &Request) -> Option<Request> {
        let keeps = matches!(status, 307 | 308);
        if !keeps && !matches!(status, 301..=303) {
            return None;
        }
        let location = headers.get("location")?.to_str().ok()?;
        let url = match location.strip_prefix("//") {
            Some(rest) => format!("{}://{rest}", parts(&self.request.url).scheme),
            None => resolve(&self.request.url, location),
        };
        let mut next = Request { url, ..self.request.clone() };
        if !keeps {
            next.body = None;
            if next.method != "HEAD" {
                next.method = "GET".into();
            }
        }
        let (from, to) = (split(parts(&first.url).host).0, split(parts(&next.url).host).0);
        let is_within = to == from || to.strip_suffix(from).is_some_and(|it| it.ends_with('.'));
        let is_secret = |name: &str| {
            let secret = ["authorization", "www-authenticate", "cookie", "cookie2"];
            secret.contains(&&*name.to_lowercase())
        };
        let is_absolute = location.contains("//");
        next.headers
            .retain(|(name, _)| (is_within || !is_secret(name)) && !(is_absolute && name.eq_ignore_ascii_case("host")));
        Some(next)
    }

    /// `Get "https://example.com/": why`
    fn failed(&self, why: &str, is_timeout: bool, is_final: bool) -> Failure {
        let method = self.request.method.to_lowercase();
        let mut letters = method.chars();
        let method: String = letters.next().map(|it| it.to_ascii_uppercase()).into_iter().chain(letters).collect();
        let message = format!("{method} {:?}: {why}", without_login(&self.request.url));
        Failure::Unanswered { message, is_timeout, is_final }
    }

    fn unanswered(&self, error: Error) -> Failure {
        let Parts { scheme, host, .. } = parts(&self.request.url);
        let (name, port) = split(host);
        let port = port.unwrap_or(if scheme == "https" { "443" } else { "80" });
        let text = error.to_string();
        let why = match &error {
            Error::Http(_) | Error::BadUri(_) => return Failure::Invalid(text),
            Error::Timeout(ureq::Timeout::Connect) => format!("dial tcp {name}:{port}: i/o timeout"),
            Error::Timeout(_) => {
                let why = "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
                return self.failed(why, true, false);
            }
            Error::HostNotFound => format!("dial tcp: lookup {name}: no such host"),
            Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                format!("dial tcp {name}:{port}: connect: connection refused")
            }
            Error::Io(error) if error.kind() == io::ErrorKind::ConnectionReset => {
                "read: connection reset by peer".into()
            }
            Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => "EOF".into(),
            _ if text.contains("UnknownIssuer") => {
                let why = "tls: failed to verify certificate: x509: certificate signed by unknown authority";
                return self.failed(why, false, true);
            }
            _ if text.contains("invalid peer certificate") => {
                return self.failed(&format!("tls: failed to verify certificate: {text}"), false, true);
            }
            _ => text,
        };
        self.failed(&why, matches!(error, Error::Timeout(_)), false)
    }
}

fn with_headers<B>(request: RequestBuilder<B>, headers: &[(String, String)]) -> RequestBuilder<B> {
    headers.iter().fold(request, |request, (name, value)| request.header(name, value))
}

/// A path or query with the bytes that no request line can have written as `%20`. What is written so already stays.
fn escaped(text: &str) -> String {
    let plain = |it: u8| it.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&it);
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if plain(byte) { out.push(char::from(byte)) } else { out.push_str(&format!("%{byte:02X}")) }
    }
    out
}

fn answer(response: http::Response<Body>, asked_gzip: bool) -> Result<Response, Failure> {
    let status = response.status().as_u16();
    let is_packed = asked_gzip && response.headers().get("content-encoding").is_some_and(|it| it == "gzip");
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in response.headers() {
        let name = canonical(name.as_str());
        // These are about the connection, or about the bytes before they were unpacked.
        let is_gone = matches!(&*name, "Transfer-Encoding" | "Trailer")
            || is_packed && matches!(&*name, "Content-Encoding" | "Content-Length");
        if is_gone {
            continue;
        }
        let value = String::from_utf8_lossy(value.as_bytes());
        headers.entry(name).and_modify(|it| *it += &format!(", {value}")).or_insert_with(|| value.into_owned());
    }
    let reader = response.into_body().into_with_config().limit(u64::MAX).reader();
    let mut body = Vec::new();
    let read = match is_packed {
        true => MultiGzDecoder::new(reader).take(LONGEST + 1).read_to_end(&mut body),
        false => reader.take(LONGEST + 1).read_to_end(&mut body),
    };
    if let Err(error) = read {
        let is_timeout = error.kind() == io::ErrorKind::TimedOut
            || error.get_ref().and_then(|it| it.downcast_ref()).is_some_and(|it| matches!(it, Error::Timeout(_)));
        return Err(Failure::CutOff(match is_timeout {
            true => "context deadline exceeded (Client.Timeout or context cancellation while reading body)".into(),
            false if error.kind() == io::ErrorKind::UnexpectedEof => "unexpected EOF".into(),
            false => error.to_string(),
        }));
    }
    if body.len() as u64 > LONGEST {
        let longest = LONGEST >> 20;
        return Err(Failure::CutOff(format!("it is longer than {longest} MiB, more than state can keep of an answer")));
    }
    Ok(Response { status, headers, body })
}

/// `Content-Type`, however it was written.
fn canonical(name: &str) -> String {
    let part = |part: &str| {
        let (first, rest) = part.split_at(part.len().min(1));
        first.to_uppercase() + &rest.to_lowercase()
    };
    name.split('-').map(part).collect::<Vec<_>>().join("-")
}
