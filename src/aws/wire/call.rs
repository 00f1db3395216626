//! Any operation of any recorded service, sent by the runtime that generated clients use: its retries, signatures, deadlines,
//! credentials and connections.

use super::{
    codec, endpoint,
    endpoint::Wishes,
    exchange::{Given, of_call},
    model::Service,
    plugins::of_service,
    refusal::{Failure, Mistake, Refusal},
    value::{Map, Value},
};
use aws_smithy_runtime::client::orchestrator;
use aws_smithy_runtime_api::client::{
    interceptors::{SharedInterceptor, context::Input},
    result::SdkError,
    retries::classifiers::SharedRetryClassifier,
    runtime_plugin::RuntimePlugins,
};
use aws_types::{SdkConfig, service_config::ServiceConfigKey};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

/// Speaks to all services in one region, with one configuration.
#[derive(Debug)]
pub struct Client {
    pub(super) config: SdkConfig,
    pub(super) region: String,
    /// Endpoints that are given, by the service's name.
    urls: BTreeMap<&'static str, String>,
    is_path_style: bool,
    pub(super) interceptors: Vec<SharedInterceptor>,
    /// Has a say in what is tried again of calls that must not be made twice.
    pub(super) once: Option<SharedRetryClassifier>,
    /// What is the same for all calls of a service that may be repeated, and for those that may not.
    plugins: Mutex<HashMap<(&'static str, bool), RuntimePlugins>>,
}

impl Client {
    /// Uses the region, credentials, connections, retries and deadlines of `config`, as generated clients do.
    pub fn new(config: &SdkConfig) -> Self {
        Self {
            region: config.region().map(|it| it.to_string()).unwrap_or_default(),
            config: config.clone(),
            urls: BTreeMap::new(),
            is_path_style: false,
            interceptors: Vec::new(),
            once: None,
            plugins: Mutex::default(),
        }
    }

    /// Gives endpoints to services, by their names.
    pub fn endpoints(self, urls: BTreeMap<&'static str, String>) -> Self {
        Self { urls, ..self }
    }

    /// Has buckets in paths, never in hosts.
    pub fn path_style(self, is_path_style: bool) -> Self {
        Self { is_path_style, ..self }
    }

    /// Adds what shall see each request: a pace, a log.
    pub fn interceptor(mut self, it: impl Into<SharedInterceptor>) -> Self {
        self.interceptors.push(it.into());
        self
    }

    /// Gives a say in what is tried again of calls that must not be made twice.
    pub fn once(self, it: SharedRetryClassifier) -> Self {
        Self { once: Some(it), ..self }
    }

    /// One service.
    pub fn api(&self, service: &'static Service) -> Api<'_> {
        Api { client: self, service }
    }

    /// Where requests are to go: what the configuration says of the service, else what environment and profile say of it, else what
    /// either says of all.
    pub(super) fn wishes(&self, service: &Service) -> Wishes {
        let config = &self.config;
        let of_all = || config.endpoint_url().map(str::to_owned);
        let of_service = || {
            let key =
                ServiceConfigKey::builder().service_id(service.id).env("AWS_ENDPOINT_URL").profile("endpoint_url");
            config.service_config()?.load_config(key.build().ok()?)
        };
        let url = match self.urls.get(service.name) {
            Some(url) => Some(url.clone()),
            None if config.get_origin("endpoint_url").is_client_config() => of_all(),
            None => of_service().or_else(of_all),
        };
        Wishes {
            url,
            is_dual_stack: config.use_dual_stack() == Some(true),
            is_fips: config.use_fips() == Some(true),
            is_path_style: self.is_path_style,
        }
    }

    fn of_service(&self, service: &'static Service, may_repeat: bool) -> RuntimePlugins {
        let mut plugins = self.plugins.lock().unwrap_or_else(PoisonError::into_inner);
        plugins.entry((service.name, may_repeat)).or_insert_with(|| of_service(self, service, may_repeat)).clone()
    }
}

/// One service, as a client reaches it.
#[derive(Clone, Copy, Debug)]
pub struct Api<'c> {
    client: &'c Client,
    pub service: &'static Service,
}

impl Api<'_> {
    /// Calls `operation`, and again where its answer is lost. What its structure does not know is refused before anything is sent.
    ///
    /// # Errors
    /// `ConstructionFailure` for a mistake in the input or a service that is not in the region; `ServiceError` for what
    /// the service refuses; the others for what was lost on the way.
    pub async fn call(self, operation: &str, input: Map) -> Result<Value, Failure> {
        self.send(operation, input, true).await
    }

    /// Calls `operation`, and again only if the service surely has not acted on it: for what makes something and takes no
    /// token by which the service would know it again.
    ///
    /// # Errors
    /// Those of [`Self::call`].
    pub async fn call_once(self, operation: &str, input: Map) -> Result<Value, Failure> {
        self.send(operation, input, false).await
    }

    /// Calls a listing until it is told that there is no more, and answers with all of it as if it were one page.
    ///
    /// # Errors
    /// Those of [`Self::call`].
    pub async fn call_all(self, operation: &str, mut input: Map) -> Result<Value, Failure> {
        let mut all = self.call(operation, input.clone()).await?;
        let Some(pages) = self.service.operation(operation).and_then(|it| it.pages.as_ref()) else { return Ok(all) };
        let mut next = pages.tokens(&all);
        while let Some(tokens) = next {
            input.extend(tokens);
            let page = self.call(operation, input.clone()).await?;
            // A service that repeats a token would be asked for ever.
            next = pages.tokens(&page).filter(|it| it.iter().any(|(name, token)| input.get(name) != Some(token)));
            pages.add(&mut all, page);
        }
        pages.end(&mut all);
        Ok(all)
    }

    async fn send(self, operation: &str, input: Map, may_repeat: bool) -> Result<Value, Failure> {
        let Self { client, service } = self;
        let failed = |operation, error| Failure { service, operation, error: Box::new(error) };
        let Some(operation) = service.operation(operation) else {
            let why = format!("{} has no operation {operation}", service.name);
            return Err(failed("request", SdkError::construction_failure(Mistake(why))));
        };
        let refused = |why: String| failed(operation.name, SdkError::construction_failure(Mistake(why)));
        if let Some(mistake) = codec::mistake(service, operation.input, &input) {
            return Err(refused(mistake));
        }
        let bucket = operation.input.bucket.and_then(|it| input.get(it)).and_then(Value::as_str);
        let place = endpoint::place(service, operation, &client.region, &client.wishes(service), bucket);
        let place = place.map_err(refused)?;
        let call = of_call(service, operation, place.signing_region);
        let plugins = client.of_service(service, may_repeat).with_operation_plugin(call);
        let input = Input::erase(Given { value: input, url: place.url });
        let answer = orchestrator::invoke(service.id, operation.name, input, &plugins).await.map_err(|error| {
            let error = error.map_service_error(|it| it.downcast::<Refusal>().expect("`exchange` makes no other"));
            failed(operation.name, error)
        })?;
        Ok(answer.downcast::<Value>().expect("`exchange` makes no other"))
    }
}
