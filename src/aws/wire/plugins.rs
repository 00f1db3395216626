//! What AWS's runtime is told of a service, once for all its calls.

use super::{call::Client, exchange::Resolved, model::Protocol, model::Service, refusal::Refusal};
use aws_runtime::{
    auth::sigv4,
    invocation_id::InvocationIdInterceptor,
    request_info::RequestInfoInterceptor,
    retries::classifiers::AwsErrorCodeClassifier,
    service_clock_skew::ServiceClockSkewInterceptor,
    user_agent::{ApiMetadata, UserAgentInterceptor},
};
use aws_smithy_json::protocol::{aws_json_rpc::AwsJsonRpcProtocol, aws_rest_json_1::AwsRestJsonProtocol};
use aws_smithy_query::protocol::AwsQueryProtocol;
use aws_smithy_runtime::client::{
    auth::no_auth::NoAuthRuntimePluginV2,
    defaults::{DefaultPluginParams, default_plugins},
    http::connection_poisoning::ConnectionPoisoningInterceptor,
    orchestrator::AuthSchemeAndEndpointOrchestrationV2,
    retries::classifiers::{HttpStatusCodeClassifier, ModeledAsRetryableClassifier, TransientErrorClassifier},
};
use aws_smithy_runtime_api::client::{
    auth::SharedAuthScheme,
    behavior_version::BehaviorVersion,
    endpoint::SharedEndpointResolver,
    interceptors::SharedInterceptor,
    runtime_components::RuntimeComponentsBuilder,
    runtime_plugin::{RuntimePlugins, StaticRuntimePlugin},
};
use aws_smithy_schema::protocol::{ServiceShapeName, ServiceVersion, ServiceXmlNamespace, SharedClientProtocol};
use aws_smithy_types::config_bag::Layer;
use aws_smithy_xml::protocol::aws_rest_xml::AwsRestXmlProtocol;
use aws_types::{SigningName, region::Region};

pub(super) fn of_service(client: &Client, service: &'static Service, may_repeat: bool) -> RuntimePlugins {
    let defaults = DefaultPluginParams::new()
        .with_retry_partition_name(format!("{}-{}", service.title, client.region))
        .with_behavior_version(client.config.behavior_version().unwrap_or_else(BehaviorVersion::latest))
        .with_is_aws_sdk(true);
    let facts = facts(client, service).freeze();
    let parts = parts(client, may_repeat);
    RuntimePlugins::new()
        .with_client_plugins(default_plugins(defaults))
        .with_client_plugin(NoAuthRuntimePluginV2::new())
        .with_client_plugin(StaticRuntimePlugin::new().with_config(facts).with_runtime_components(parts))
}

fn facts(client: &Client, service: &'static Service) -> Layer {
    let config = &client.config;
    let mut facts = Layer::new("service");
    facts.store_put(AuthSchemeAndEndpointOrchestrationV2);
    facts.store_put(protocol(service));
    facts.store_put(ServiceVersion::new(service.version));
    facts.store_put(ApiMetadata::new(service.title, "recorded"));
    facts.store_put(SigningName::from_static(service.signing_name));
    facts.store_put(Region::new(client.region.clone()));
    if let Some(target) = service.target {
        facts.store_put(ServiceShapeName::new(target));
    }
    if let Some(uri) = service.xml_namespace {
        facts.store_put(ServiceXmlNamespace::new(uri, None));
    }
    facts.store_or_unset(config.app_name().cloned());
    if let Some(it) = config.retry_config() {
        facts.store_put(it.clone());
    }
    if let Some(it) = config.timeout_config() {
        facts.store_put(it.clone());
    }
    if let Some(it) = config.stalled_stream_protection() {
        facts.store_put(it);
    }
    facts
}

fn parts(client: &Client, may_repeat: bool) -> RuntimeComponentsBuilder {
    let config = &client.config;
    let mut parts = RuntimeComponentsBuilder::new("service")
        .with_http_client(config.http_client())
        .with_sleep_impl(config.sleep_impl())
        .with_time_source(config.time_source())
        .with_endpoint_resolver(Some(SharedEndpointResolver::new(Resolved)))
        .with_auth_scheme(SharedAuthScheme::new(sigv4::SigV4AuthScheme::new()))
        .with_interceptor(SharedInterceptor::permanent(ConnectionPoisoningInterceptor::new()))
        .with_interceptor(ServiceClockSkewInterceptor::new())
        .with_interceptor(RequestInfoInterceptor::new())
        .with_interceptor(UserAgentInterceptor::new())
        .with_interceptor(InvocationIdInterceptor::new())
        .with_retry_classifier(HttpStatusCodeClassifier::default())
        .with_retry_classifier(TransientErrorClassifier::<Refusal>::new())
        .with_retry_classifier(ModeledAsRetryableClassifier::<Refusal>::new())
        .with_retry_classifier(AwsErrorCodeClassifier::<Refusal>::new());
    if let Some(it) = config.identity_cache() {
        parts.set_identity_cache(Some(it));
    }
    if let Some(it) = config.credentials_provider() {
        parts.set_identity_resolver(sigv4::SCHEME_ID, it);
    }
    for it in &client.interceptors {
        parts.push_interceptor(it.clone());
    }
    if let Some(it) = client.once.as_ref().filter(|_| !may_repeat) {
        parts.push_retry_classifier(it.clone());
    }
    parts
}

/// All that is named of the codecs' crates, which are not at 1.0 yet.
fn protocol(service: &Service) -> SharedClientProtocol {
    match service.protocol {
        Protocol::Json10 => SharedClientProtocol::new(AwsJsonRpcProtocol::aws_json_1_0()),
        Protocol::Json11 => SharedClientProtocol::new(AwsJsonRpcProtocol::aws_json_1_1()),
        Protocol::RestJson => SharedClientProtocol::new(AwsRestJsonProtocol::new()),
        // `form` writes EC2's requests, and what it answers reads as REST's XML does.
        Protocol::RestXml | Protocol::Ec2 => SharedClientProtocol::new(rest_xml(service.name == "s3")),
        Protocol::Query => SharedClientProtocol::new(AwsQueryProtocol::new()),
    }
}

/// `is_bare`: whether an error is the whole of its document.
pub(super) fn rest_xml(is_bare: bool) -> AwsRestXmlProtocol {
    AwsRestXmlProtocol::new().with_no_error_wrapping(is_bare)
}
