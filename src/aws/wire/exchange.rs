//! One request and its answer.

use super::{
    codec::{self, Written},
    form,
    model::{Kind, Operation, Protocol, Service},
    plugins::rest_xml,
    refusal::{Mistake, Refusal},
    value::{Map, Value},
};
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions, sigv4};
use aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        auth::{AuthSchemeOptionResolverParams, static_resolver::StaticAuthSchemeOptionResolver},
        endpoint::{EndpointFuture, EndpointPrefix, EndpointResolverParams, ResolveEndpoint},
        interceptors::context::{Error, Input, Output},
        orchestrator::{HttpRequest, HttpResponse, Metadata, OrchestratorError},
        runtime_components::RuntimeComponentsBuilder,
        runtime_plugin::StaticRuntimePlugin,
        ser_de::{DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer},
    },
};
use aws_smithy_schema::{protocol::SharedClientProtocol, serde::SerdeError};
use aws_smithy_types::{
    body::SdkBody,
    config_bag::{ConfigBag, Layer, Storable, StoreReplace},
    endpoint::Endpoint,
    error::metadata::{Builder as Meta, ErrorMetadata},
};
use aws_types::{
    region::{Region, SigningRegion},
    request_id::apply_request_id,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::fmt;

/// The input, which may hold secrets, and where it goes.
pub(super) struct Given {
    pub value: Map,
    pub url: String,
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Given")
    }
}

/// The form of what a service answers when it has done what it was asked, for whoever looks at answers before the codecs do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::aws) enum Expected {
    /// An object of JSON, maybe one without members.
    Object,
    /// An XML document, and none that tells of an error.
    Document,
    /// Bytes, or nothing at all.
    Anything,
}

impl Storable for Expected {
    type Storer = StoreReplace<Self>;
}

impl Expected {
    /// What `operation` is answered with; none where it is as with other services of the protocol.
    fn of(service: &Service, operation: &Operation) -> Option<Self> {
        let payload = operation.output.members.iter().find(|it| it.schema.http_payload().is_some());
        let is_structure = payload.is_some_and(|it| matches!(it.kind, Kind::Structure(_)));
        let has_body = (is_structure || operation.output.has_body_members()) && operation.method != "HEAD";
        match service.protocol {
            Protocol::Query | Protocol::Ec2 => None,
            // What these are asked for they have, if only an empty list.
            Protocol::Json11 if ["logs", "resourcegroupstaggingapi", "ssm"].contains(&service.name) => None,
            Protocol::Json10 | Protocol::Json11 => Some(Self::Object),
            Protocol::RestJson if has_body => Some(Self::Object),
            Protocol::RestXml if has_body => Some(Self::Document),
            Protocol::RestJson | Protocol::RestXml => Some(Self::Anything),
        }
    }
}

/// What is true of one call.
pub(super) fn of_call(
    service: &'static Service,
    operation: &'static Operation,
    signing_region: String,
) -> StaticRuntimePlugin {
    let mut facts = Layer::new("call");
    let codec = Codec { service, operation };
    facts.store_put(SharedRequestSerializer::new(codec));
    facts.store_put(SharedResponseDeserializer::new(codec));
    facts.store_put(Metadata::new(operation.name, service.id));
    facts.store_put(AuthSchemeOptionResolverParams::new(()));
    facts.store_put(SigningRegion::from(Region::new(signing_region)));
    if let Some(expected) = Expected::of(service, operation) {
        facts.store_put(expected);
    }
    let mut options = SigningOptions::default();
    if service.name == "s3" {
        options.double_uri_encode = false;
        options.normalize_uri_path = false;
        options.content_sha256_header = true;
    }
    facts.store_put(SigV4OperationSigningConfig { signing_options: options, ..Default::default() });
    let scheme = if operation.is_unsigned { NO_AUTH_SCHEME_ID } else { sigv4::SCHEME_ID };
    let mut parts = RuntimeComponentsBuilder::new("call");
    parts.set_auth_scheme_option_resolver(Some(StaticAuthSchemeOptionResolver::new(vec![scheme])));
    StaticRuntimePlugin::new().with_config(facts.freeze()).with_runtime_components(parts)
}

/// The place was found before the call: it is all that there is to resolve.
#[derive(Debug)]
pub(super) struct Resolved;

impl ResolveEndpoint for Resolved {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        let url = params.get::<String>().ok_or_else(|| "the call has no endpoint".into());
        EndpointFuture::ready(url.map(|url| Endpoint::builder().url(url.clone()).build()))
    }
}

#[derive(Clone, Copy, Debug)]
struct Codec {
    service: &'static Service,
    operation: &'static Operation,
}

impl Codec {
    /// What the caller need not say.
    fn complete(self, value: &mut Map) {
        for member in &self.operation.input.members {
            if member.is_token && value.get(member.name).is_none_or(Value::is_null) {
                value.insert(member.name.to_owned(), uuid::Uuid::new_v4().to_string().into());
            }
            // Route 53 tells ids as `/hostedzone/Z1` and takes them as `Z1`.
            if member.is_label
                && self.service.name == "route53"
                && let Some(Value::String(id)) = value.get_mut(member.name)
            {
                *id = id.rsplit('/').next().unwrap_or_default().to_owned();
            }
        }
    }

    fn request(self, value: &Map, cfg: &ConfigBag) -> Result<HttpRequest, BoxError> {
        let Self { service, operation } = self;
        if service.protocol == Protocol::Ec2 {
            return form::request(service, operation, value).map_err(|it| Mistake(it).into());
        }
        let written = Written { service, shape: operation.input, value };
        let request = protocol(cfg)?.serialize_request(&written, &operation.input_schema, "", cfg);
        request.map_err(|it| Mistake(it.to_string()).into())
    }
}

fn protocol(cfg: &ConfigBag) -> Result<SharedClientProtocol, SerdeError> {
    cfg.load::<SharedClientProtocol>().cloned().ok_or_else(|| SerdeError::custom("the service has no protocol"))
}

impl SerializeRequest for Codec {
    fn serialize_input(&self, input: Input, cfg: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let Self { service, operation } = *self;
        let Given { mut value, url } = input.downcast().expect("`call` gives nothing else");
        // The orchestrator expects them there, and panics without.
        cfg.interceptor_state().store_put(EndpointResolverParams::new(url));
        self.complete(&mut value);
        if let Some(prefix) = operation.host_prefix {
            let filled = value.iter().fold(prefix.to_owned(), |text, (name, value)| {
                text.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default())
            });
            cfg.interceptor_state().store_put(EndpointPrefix::new(filled)?);
        }
        let mut request = self.request(&value, cfg)?;
        let body = request.body().bytes().unwrap_or_default();
        let checksum = operation.needs_checksum.then(|| STANDARD.encode(crc32fast::hash(body).to_be_bytes()));
        let headers = request.headers_mut();
        if service.query_mode {
            headers.insert("x-amzn-query-mode", "true");
        }
        // Without it, API Gateway answers in another form of JSON.
        if service.name == "apigateway" {
            headers.insert("accept", "application/json");
        }
        if let Some(checksum) = checksum.filter(|_| !headers.iter().any(|it| it.0.starts_with("x-amz-checksum-"))) {
            headers.insert("x-amz-sdk-checksum-algorithm", "CRC32");
            headers.insert("x-amz-checksum-crc32", checksum);
        }
        Ok(request)
    }
}

impl DeserializeResponse for Codec {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        cfg: &ConfigBag,
    ) -> Result<Output, OrchestratorError<Error>> {
        let status = response.status().as_u16();
        let refusal = match response.status().is_success() {
            true => match self.answer(response, cfg) {
                Ok(map) => return Ok(Output::erase(Value::Map(map))),
                Err(error) => Refusal::unreadable(status, &error),
            },
            false => Refusal::new(self.service, status, self.error(response, cfg)),
        };
        Err(OrchestratorError::operation(Error::erase(refusal)))
    }
}

impl Codec {
    fn answer(self, response: &HttpResponse, cfg: &ConfigBag) -> Result<Map, SerdeError> {
        let Self { service, operation } = self;
        let protocol = protocol(cfg)?;
        let mut from = protocol.deserialize_response(response, &operation.output_schema, cfg)?;
        codec::read(service, operation.output, &operation.output_schema, &mut *from)
    }

    fn error(self, response: &HttpResponse, cfg: &ConfigBag) -> ErrorMetadata {
        // What is no error of the service, a proxy's page say, has no code but its status.
        let meta = self.read_error(response, cfg).unwrap_or_default().build();
        let status = response.status().as_u16();
        let missing = if status == 404 { "NotFound".to_owned() } else { status.to_string() };
        let reason = || http::StatusCode::from_u16(status).ok().and_then(|it| it.canonical_reason());
        let known = ErrorMetadata::builder().code(meta.code().map_or(missing, str::to_owned));
        let known = known.message(meta.message().or_else(reason).unwrap_or_default());
        apply_request_id(known, response.headers()).build()
    }

    fn read_error(self, response: &HttpResponse, cfg: &ConfigBag) -> Result<Meta, SerdeError> {
        match self.service.protocol {
            // The codec of the query protocol reads no errors; they look like those of REST.
            Protocol::Query => SharedClientProtocol::new(rest_xml(false)).parse_error_metadata(response, cfg),
            Protocol::Ec2 => {
                let body = response.body().bytes().and_then(form::error_of).unwrap_or_default().to_owned();
                let bare = HttpResponse::new(response.status(), SdkBody::from(body));
                SharedClientProtocol::new(rest_xml(true)).parse_error_metadata(&bare, cfg)
            }
            _ => protocol(cfg)?.parse_error_metadata(response, cfg),
        }
    }
}
