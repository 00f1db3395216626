//! How requests leave: paced, with deadlines, and over plain HTTP where the endpoint is plain HTTP.

use crate::{
    aws::{
        error::{
            Interrupted, NotSent, Refused, THROTTLES, Unreadable, chain, refused_credentials, refuses_credentials,
            was_not_sent,
        },
        settings::Arguments,
        standing::{Standing, host},
        wire::Expected,
    },
    provider::{Pace, Problem},
    value::Path,
};
use aws_sdk_sts::config::{AsyncSleep, Sleep};
use aws_smithy_http_client::{
    Connector,
    proxy::ProxyConfig,
    tls::{Provider as Tls, TlsContext, TrustStore, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        http::{
            HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
            SharedHttpConnector,
        },
        interceptors::{
            Intercept,
            context::{
                AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
                BeforeTransmitInterceptorContextMut, FinalizerInterceptorContextRef, InterceptorContext,
            },
        },
        orchestrator::{HttpRequest, HttpResponse, Metadata},
        result::ConnectorError,
        retries::{
            RequestAttempts,
            classifiers::{ClassifyRetry, RetryAction, RetryClassifierPriority},
        },
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::{
    body::SdkBody,
    byte_stream::ByteStream,
    config_bag::{ConfigBag, Storable, StoreReplace},
};
use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex, OnceLock},
    time::{Duration, Instant},
};
use tokio::time::error::Elapsed;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// From sending a request to the end of its headers. The wait for the pace does not count.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

/// Carries what the pacing needs from the interceptor, which knows the action, to the connector, which can
/// wait. It is added after signing and never sent.
const PACE_HEADER: &str = "x-rforge-pace";

/// Marks an answer of AWS before which one of the same call was lost.
pub(super) const UNSURE_HEADER: &str = "x-rforge-unsure";

/// How often connecting, or getting an answer that can be read, is tried: a wrong endpoint or a cut cable should be told soon.
const CONNECT_ATTEMPTS: u32 = 6;

/// What stands between this machine and AWS.
#[derive(Clone, Debug)]
pub(super) struct Network {
    proxy: ProxyConfig,
    /// Certificates to trust beside the system's, in PEM.
    trusted: Option<Vec<u8>>,
}

impl Network {
    /// From the provider's arguments and the environment.
    pub(super) fn of(arguments: &Arguments) -> Result<Self, Problem> {
        let wrong = |name: &'static str, why: String| {
            Problem::fatal("Invalid provider configuration", format!("{name}: {why}")).at(Path::attribute(name))
        };
        if arguments.insecure == Some(true) {
            let why = "connections are always encrypted and verified; name the authority in custom_ca_bundle instead";
            return Err(wrong("insecure", why.to_owned()));
        }
        let (name, url) = match (&arguments.https_proxy, &arguments.http_proxy) {
            (Some(url), _) => ("https_proxy", Some(url)),
            (None, url) => ("http_proxy", url.as_ref()),
        };
        let mut proxy = match url.filter(|it| !it.is_empty()) {
            Some(url) => ProxyConfig::all(url.as_str()).map_err(|error| wrong(name, error.to_string()))?,
            None => ProxyConfig::from_env(),
        };
        if let Some(hosts) = &arguments.no_proxy {
            proxy = proxy.no_proxy(hosts);
        }
        let bundle = arguments.custom_ca_bundle.clone().or_else(|| std::env::var("AWS_CA_BUNDLE").ok());
        let read =
            |path: String| std::fs::read(&path).map_err(|error| wrong("custom_ca_bundle", format!("{path}: {error}")));
        Ok(Self { proxy, trusted: bundle.filter(|it| !it.is_empty()).map(read).transpose()? })
    }

    fn context(&self) -> TlsContext {
        let mut store = TrustStore::default();
        if let Some(certificates) = &self.trusted {
            store = store.with_pem_certificate(certificates.clone());
        }
        let context = TlsContext::builder().with_trust_store(store).build();
        context.expect("a trust store is all that is asked for")
    }
}

/// One HTTP client for all services and regions.
pub(super) fn client(pace: Arc<dyn Pace>, standing: Arc<Standing>, network: Network) -> SharedHttpClient {
    SharedHttpClient::new(Client(SharedHttpConnector::new(Paced(Arc::new(Connections {
        pace,
        standing,
        network,
        plain: OnceLock::new(),
        encrypted: OnceLock::new(),
    })))))
}

#[derive(Debug)]
struct Client(SharedHttpConnector);

impl HttpClient for Client {
    fn http_connector(&self, _settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        self.0.clone()
    }
}

struct Connections {
    pace: Arc<dyn Pace>,
    standing: Arc<Standing>,
    network: Network,
    /// For endpoints on this machine, which no proxy leads to.
    plain: OnceLock<SharedHttpConnector>,
    /// Made at the first https request: loading the root certificates takes time.
    encrypted: OnceLock<SharedHttpConnector>,
}

#[derive(Clone)]
struct Paced(Arc<Connections>);

impl fmt::Debug for Paced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Paced")
    }
}

impl Connections {
    fn connector(&self, uri: &str) -> &SharedHttpConnector {
        let settings = || HttpConnectorSettings::builder().connect_timeout(CONNECT_TIMEOUT).build();
        let builder = || Connector::builder().connector_settings(settings());
        if uri.starts_with("http:") {
            return self.plain.get_or_init(|| SharedHttpConnector::new(builder().build_http()));
        }
        let builder = || builder().tls_provider(Tls::Rustls(CryptoMode::Ring)).tls_context(self.network.context());
        let tls = || builder().proxy_config(self.network.proxy.clone()).build();
        self.encrypted.get_or_init(|| SharedHttpConnector::new(tls()))
    }
}

impl HttpConnector for Paced {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let connections = self.0.clone();
        let paced = request.headers_mut().remove(PACE_HEADER);
        HttpConnectorFuture::new(async move {
            let (mut last, mut unsure) = (false, false);
            if let Some([service, region, action, attempt, before, _]) = paced.as_deref().and_then(parts) {
                let attempt: u32 = attempt.parse().unwrap_or(1);
                (last, unsure) = (attempt >= CONNECT_ATTEMPTS, before == UNSURE);
                let (pace, standing) = (&connections.pace, &connections.standing);
                last |= standing.is_silent(host(request.uri()));
                if let Some(problem) = standing.refusal(region) {
                    return Err(refused(Refused { problem, unsure }));
                }
                let is_dropped = attempt > 1 && pace.is_stopped();
                if is_dropped || !pace.acquire(name(service), region, name(action)).await {
                    return Err(dropped(unsure));
                }
            }
            let form = paced.as_deref().and_then(parts).map(|[_, _, action, _, _, expected]| Form {
                protocol: Protocol::expected(expected).unwrap_or_else(|| Protocol::of(&request)),
                reads: reads(action),
            });
            let host = host(request.uri()).to_owned();
            let began = Instant::now();
            let call = connections.connector(request.uri()).call(request);
            let outcome = tokio::time::timeout(ANSWER_TIMEOUT, call).await;
            log(paced.as_deref().and_then(parts), &host, began, &outcome);
            let answer = match outcome {
                Ok(outcome) => outcome.map_err(|error| {
                    let error = mark_not_sent(error, last, unsure);
                    if last && was_not_sent(&error) {
                        connections.standing.reach(&host, false);
                    }
                    error
                })?,
                Err(elapsed) => return Err(ConnectorError::timeout(elapsed.into())),
            };
            connections.standing.reach(&host, true);
            let Some(form) = form else { return Ok(answer) };
            whole(answer, form).await.map_err(|unreadable| {
                // What answers like that does so for good, be it a proxy, and that should be told soon. A change is not asked for
                // again here: it may be refused for what it did the first time, and only who knows that can tell.
                let kind: fn(BoxError) -> ConnectorError =
                    if last || !form.reads { |it| ConnectorError::other(it, None) } else { ConnectorError::io };
                kind(unreadable.into())
            })
        })
    }
}

/// One line for a request, without anything that it or its answer holds.
fn log(
    parts: Option<[&str; 6]>,
    host: &str,
    began: Instant,
    outcome: &Result<Result<HttpResponse, ConnectorError>, Elapsed>,
) {
    let what = match parts {
        Some([service, region, action, attempt, ..]) => format!("{service} {action} in {region}, attempt {attempt}"),
        None => format!("request to {host}"),
    };
    let milliseconds = began.elapsed().as_millis();
    match outcome {
        Ok(Ok(answer)) => tracing::debug!("{what}: {} after {milliseconds} ms", answer.status().as_u16()),
        Ok(Err(error)) => tracing::debug!("{what}: {error} after {milliseconds} ms"),
        Err(_) => tracing::debug!("{what}: no answer after {milliseconds} ms"),
    }
}

/// Service, region, action, attempt, what is known of the attempts before, and what is expected.
fn parts(header: &str) -> Option<[&str; 6]> {
    header.splitn(6, ' ').collect::<Vec<_>>().try_into().ok()
}

/// An attempt before may have taken effect…
const UNSURE: &str = "unsure";
/// …or all were surely without one, if there were any.
const WITHOUT_EFFECT: &str = "none";

/// A request that is not sent, since the run is to end.
fn dropped(unsure: bool) -> ConnectorError {
    match unsure {
        true => ConnectorError::other(Box::new(Interrupted), None),
        false => ConnectorError::user(Box::new(NotSent(Box::new(Interrupted)))),
    }
}

/// A request that is not sent, since it would be refused.
fn refused(refused: Refused) -> ConnectorError {
    match refused.unsure {
        true => ConnectorError::other(Box::new(refused), None),
        false => ConnectorError::user(Box::new(NotSent(Box::new(refused)))),
    }
}

/// Waits between the attempts of the SDK: as long as it asks for, until the run is to end. Then no attempt follows, and waiting
/// for it is over soon. Not at once, since the SDK also watches over slow answers by waiting again and again.
#[derive(Clone)]
pub(super) struct Patience(pub Arc<dyn Pace>);

/// How long a wait may still be when the run is to end.
const LAST_WAIT: Duration = Duration::from_millis(50);

impl fmt::Debug for Patience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Patience")
    }
}

impl AsyncSleep for Patience {
    fn sleep(&self, duration: Duration) -> Sleep {
        let pace = self.0.clone();
        // In a task of its own, since the SDK shares what it waits for between threads.
        let waiting = tokio::spawn(async move {
            tokio::select! {
                () = tokio::time::sleep(duration) => {}
                () = pace.stopped() => tokio::time::sleep(duration.min(LAST_WAIT)).await,
            }
        });
        Sleep::new(async move { drop(waiting.await) })
    }
}

/// The answer with its whole body, if that is one that AWS can have given.
async fn whole(mut answer: HttpResponse, form: Form) -> Result<HttpResponse, Unreadable> {
    let mut stream = ByteStream::new(answer.take_body());
    let mut body = Vec::new();
    loop {
        match tokio::time::timeout(ANSWER_TIMEOUT, stream.next()).await {
            Ok(Some(Ok(bytes))) => body.extend_from_slice(&bytes),
            Ok(Some(Err(error))) => return Err(Unreadable(format!("it was cut off: {}", chain(&error)))),
            Ok(None) => break,
            Err(_) => return Err(Unreadable("it was not sent to its end".into())),
        }
    }
    // A refusal is told by its status, whatever it says.
    if answer.status().is_success()
        && let Err(reason) = form.check(&body)
    {
        return Err(Unreadable(format!("it is {reason}")));
    }
    *answer.body_mut() = SdkBody::from(body);
    Ok(answer)
}

/// The form of an action's answers.
#[derive(Clone, Copy, Debug)]
struct Form {
    protocol: Protocol,
    /// Whether it is there for its answer, so that there must be one.
    reads: bool,
}

fn reads(action: &str) -> bool {
    ["Describe", "Get", "List"].iter().any(|it| action.starts_with(it))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protocol {
    /// A form is answered with an XML document.
    Query,
    Json,
    /// JSON, and an object without members says something, too.
    Object,
    /// An XML document of any name.
    Document,
    Anything,
}

/// What an answer is expected to be, where the request shows it.
const USUAL: &str = "usual";

fn word(expected: Option<&Expected>) -> &'static str {
    match expected {
        None => USUAL,
        Some(Expected::Object) => "object",
        Some(Expected::Document) => "document",
        Some(Expected::Anything) => "anything",
    }
}

impl Protocol {
    fn expected(word: &str) -> Option<Self> {
        Some(match word {
            "object" => Self::Object,
            "document" => Self::Document,
            "anything" => Self::Anything,
            _ => return None,
        })
    }

    fn of(request: &HttpRequest) -> Self {
        let sent = request.headers().get("content-type").unwrap_or_default();
        if sent.starts_with("application/x-www-form-urlencoded") { Self::Query } else { Self::Json }
    }
}

impl Form {
    /// Whether AWS can have answered this to what it did: the SDK does not look into the answers of actions that return nothing.
    fn check(self, body: &[u8]) -> Result<(), &'static str> {
        if self.protocol == Protocol::Anything {
            return Ok(());
        }
        if matches!(self.protocol, Protocol::Json | Protocol::Object) {
            if body.iter().all(u8::is_ascii_whitespace) {
                // An action that returns nothing may say nothing at all.
                return if self.reads { Err("empty") } else { Ok(()) };
            }
            return match serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(body) {
                Ok(object) if self.reads && object.is_empty() && self.protocol == Protocol::Json => Err("empty"),
                Ok(_) => Ok(()),
                Err(_) => Err("no JSON object"),
            };
        }
        let text = std::str::from_utf8(body).map_err(|_| "no text")?.trim();
        let is_free = self.protocol == Protocol::Document;
        if text.is_empty() {
            return if is_free && !self.reads { Ok(()) } else { Err("empty") };
        }
        let root = root_element(text).ok_or("no XML document")?;
        let is_named = is_free || root.ends_with("Response");
        if !is_named || ["Response", "ErrorResponse", "Error", "html"].contains(&root) {
            return Err("no answer of AWS");
        }
        let closing = text.strip_suffix('>').map(str::trim_end).and_then(|it| it.strip_suffix(root));
        let closed = closing.is_some_and(|it| it.ends_with("</"));
        let alone = text.ends_with("/>") && text.matches('<').count() <= 1 + text.matches("<?").count();
        match closed || alone {
            true if self.reads && alone && !is_free => Err("empty"),
            true => Ok(()),
            false => Err("cut off"),
        }
    }
}

/// The name of a document's outermost element.
fn root_element(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    while let Some(declaration) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        rest = declaration.split_once('>')?.1.trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|it: char| it.is_whitespace() || it == '>' || it == '/')?;
    Some(&name[..end]).filter(|it| it.chars().all(char::is_alphanumeric))
}

/// Tells failures to connect, after which a call can be repeated safely, from all others. The `last` of them is
/// not to be repeated. That this attempt was not sent says nothing of an `unsure` one before it.
fn mark_not_sent(error: ConnectorError, last: bool, unsure: bool) -> ConnectorError {
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    while let Some(it) = cause {
        let text = it.to_string();
        if text.contains("(Connect)") || text.contains("HTTP connect timeout") || text.contains("dns error") {
            if unsure {
                let source = error.into_source();
                return if last { ConnectorError::other(source, None) } else { ConnectorError::io(source) };
            }
            let kind = if last { ConnectorError::user } else { ConnectorError::io };
            return kind(Box::new(NotSent(error.into_source()))).never_connected();
        }
        cause = it.source();
    }
    error
}

/// The one copy of a service's or action's name. There are as many as the program has calls.
fn name(text: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().expect("never poisoned: nothing panics while it is held");
    if let Some(known) = names.get(text) {
        return known;
    }
    let known: &'static str = text.to_owned().leak();
    names.insert(known);
    known
}

/// Tells the connector which action a request is, and the pace when AWS throttles.
#[derive(Clone)]
pub(super) struct Pacing {
    pub standing: Arc<Standing>,
    pub region: String,
    pub pace: Arc<dyn Pace>,
}

impl fmt::Debug for Pacing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pacing")
    }
}

/// `ec2`, whatever the SDK calls the service.
fn service(metadata: &Metadata) -> &'static str {
    name(&metadata.service().to_lowercase().replace(' ', ""))
}

impl Pacing {
    /// Notes what an answer says of the credentials.
    fn judge(&self, answer: &HttpResponse, cfg: &ConfigBag) {
        if answer.status().is_success() {
            return self.standing.accept();
        }
        let Some((code, message)) = refusal(answer) else { return };
        match (refuses_credentials(&code, &message), cfg.load::<Metadata>()) {
            (Some(_), Some(action)) => {
                let call = format!("{} {}", service(action), action.name());
                let problem = refused_credentials(&call, &code, &message);
                // Only one request can be signed wrongly, too: as long as others are accepted, they go on.
                let is_known = code.contains("Signature") && self.standing.is_accepted();
                if let Some(problem) = problem.filter(|_| !is_known) {
                    self.standing.refuse(&self.region, problem);
                }
            }
            // Who asks is known, and may not have it, or not in this way.
            (None, _) if answer.status().is_client_error() => self.standing.accept(),
            _ => {}
        }
    }
}

/// Code and message of a refusal.
fn refusal(answer: &HttpResponse) -> Option<(String, String)> {
    let body = String::from_utf8_lossy(answer.body().bytes()?);
    let between = |name: &str| {
        let rest = body.split_once(&format!("<{name}>"))?.1;
        Some(rest.split_once('<')?.0.to_owned())
    };
    if let Some(code) = between("Code") {
        return Some((code, between("Message").unwrap_or_default()));
    }
    let document: serde_json::Value = serde_json::from_str(&body).ok()?;
    let text = |name: &str| document.get(name).and_then(|it| it.as_str()).map(str::to_owned);
    let header = || answer.headers().get("x-amzn-errortype").map(str::to_owned);
    let code = text("__type").or_else(|| text("code")).or_else(header)?;
    let code = code.rsplit('#').next().unwrap_or(&code).split(':').next().unwrap_or(&code).to_owned();
    Some((code, text("message").or_else(|| text("Message")).unwrap_or_default()))
}

impl Intercept for Pacing {
    fn name(&self) -> &'static str {
        "Pacing"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(metadata) = cfg.load::<Metadata>() {
            let attempt = cfg.load::<RequestAttempts>().map_or(1, RequestAttempts::attempts);
            let before = if cfg.load::<Unsure>().is_some() { UNSURE } else { WITHOUT_EFFECT };
            let (service, region, action) = (service(metadata), &self.region, metadata.name());
            let value = format!("{service} {region} {action} {attempt} {before} {}", word(cfg.load::<Expected>()));
            context.request_mut().headers_mut().try_insert(PACE_HEADER, value)?;
        }
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let refused = context.response().is_some_and(|it| it.status().is_client_error() || is_throttled(it));
        let unsent = context.output_or_error().and_then(Result::err).and_then(|it| it.as_connector_error());
        if !refused && !unsent.is_some_and(was_not_sent) {
            cfg.interceptor_state().store_put(Unsure);
        }
        Ok(())
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if cfg.load::<Unsure>().is_some() {
            context.response_mut().headers_mut().try_insert(UNSURE_HEADER, UNSURE)?;
        }
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.judge(context.response(), cfg);
        let throttled = is_throttled(context.response());
        if let Some(metadata) = cfg.load::<Metadata>().filter(|_| throttled) {
            self.pace.throttled(service(metadata), &self.region, name(metadata.name()));
        }
        Ok(())
    }
}

/// That an attempt of the call at hand may have taken effect.
#[derive(Debug)]
struct Unsure;

impl Storable for Unsure {
    type Storer = StoreReplace<Self>;
}

/// Whether AWS answers that the rate was exceeded, which says that it has done nothing.
fn is_throttled(answer: &HttpResponse) -> bool {
    !answer.status().is_success() && {
        let body = answer.body().bytes().map(String::from_utf8_lossy).unwrap_or_default();
        let header = answer.headers().get("x-amzn-errortype").unwrap_or_default();
        THROTTLES.iter().any(|code| names_code(&body, code) || header.split(':').next() == Some(code))
    }
}

/// Whether an error document names `code`, in XML (`<Code>x</Code>`) or JSON (`"x"` or `prefix#x"`).
fn names_code(body: &str, code: &str) -> bool {
    body.contains(&format!(">{code}<")) || body.contains(&format!("\"{code}\"")) || body.contains(&format!("#{code}\""))
}

/// For calls that must not be repeated when their answer is lost: a retry only after what surely changed nothing.
#[derive(Debug)]
pub(super) struct OnlyIfUnsent;

impl ClassifyRetry for OnlyIfUnsent {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let Some(Err(error)) = context.output_or_error() else { return RetryAction::NoActionIndicated };
        if error.is_operation_error() {
            // AWS answered. A throttled request did nothing; what a failed server has done is unknown.
            let failed = context.response().is_some_and(|it| it.status().is_server_error());
            let body = context.response().and_then(|it| it.body().bytes()).map(String::from_utf8_lossy);
            let throttled = body.is_some_and(|body| THROTTLES.iter().any(|code| names_code(&body, code)));
            return if failed && !throttled { RetryAction::RetryForbidden } else { RetryAction::NoActionIndicated };
        }
        match error.as_connector_error() {
            Some(connector) if was_not_sent(connector) => RetryAction::NoActionIndicated,
            _ => RetryAction::RetryForbidden,
        }
    }

    fn name(&self) -> &'static str {
        "OnlyIfUnsent"
    }

    /// Runs last, so that it can overrule the others.
    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}

#[cfg(test)]
mod tests;
