//! What AWS answers when something is wrong, in the engine's words.

mod permission;

use crate::{
    aws::{
        http::UNSURE_HEADER,
        wire::{self, refusal::Mistake},
    },
    provider::{Class, Problem},
};
use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::{
    orchestrator::HttpResponse,
    result::{ConnectorError, SdkError},
};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;
use std::{error::Error, fmt};

/// The request was never sent: no connection could be made.
#[derive(Debug)]
pub struct NotSent(pub Box<dyn Error + Send + Sync>);

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no connection: {}", chain(&*self.0))
    }
}

impl Error for NotSent {}

/// The run is to end, and the request was not sent any more.
#[derive(Debug)]
pub struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the run was interrupted")
    }
}

impl Error for Interrupted {}

fn was_interrupted(error: &ConnectorError) -> bool {
    error.source().and_then(|it| it.downcast_ref::<NotSent>()).is_some_and(|it| it.0.is::<Interrupted>())
}

/// The request was not sent, since AWS has refused the credentials.
#[derive(Debug)]
pub struct Refused {
    pub problem: Problem,
    /// Whether the same request was sent before.
    pub unsure: bool,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem.summary)
    }
}

impl Error for Refused {}

/// The refusal for which the request was not sent.
fn refusal(error: &ConnectorError) -> Option<Problem> {
    let source = error.source()?;
    let refused = source.downcast_ref::<Refused>();
    let refused = refused.or_else(|| source.downcast_ref::<NotSent>().and_then(|it| it.0.downcast_ref::<Refused>()));
    refused.map(|it| Problem { unsure: it.unsure, ..it.problem.clone() })
}

/// AWS answered, and nobody can tell what.
#[derive(Debug)]
pub struct Unreadable(pub String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer says success, but {}", self.0)
    }
}

impl Error for Unreadable {}

/// Whether the failure surely happened before the request reached AWS.
pub fn was_not_sent(error: &ConnectorError) -> bool {
    error.source().is_some_and(|it| it.is::<NotSent>()) || error.is_user()
}

impl<E> From<SdkError<E, HttpResponse>> for Problem
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    fn from(error: SdkError<E, HttpResponse>) -> Self {
        problem(Call::of::<E>(), &error)
    }
}

impl From<wire::Failure> for Problem {
    fn from(failure: wire::Failure) -> Self {
        problem(Call::from(&failure), &failure.error)
    }
}

fn problem<E>(call: Call, error: &SdkError<E, HttpResponse>) -> Problem
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    match error {
        // What the SDK found no error code in, because it could not read what the action returns.
        SdkError::ServiceError(answer) if answer.raw().status().is_success() => unreadable(call, error),
        SdkError::ServiceError(answer) => {
            let code = answer.err().code().unwrap_or("unknown error");
            let message = answer.err().message().unwrap_or("AWS gave no reason");
            let status = answer.raw().status().as_u16();
            let request = answer.raw().request_id().map(|it| format!(" (request {it})")).unwrap_or_default();
            let unsure = answer.raw().headers().get(UNSURE_HEADER).is_some();
            if let Some(problem) = refused_credentials(&call, code, &format!("{message}{request}")) {
                return Problem { unsure, ..problem };
            }
            let detail = format!("{code}: {message}{request}");
            let problem = Problem::new(class(code, message, status), format!("{call} failed"), detail);
            Problem { hint: call.denial(code, message).or_else(|| hint(code, message)), unsure, ..problem }
        }
        SdkError::ConstructionFailure(_) if let Some(mistake) = error.source().filter(|it| it.is::<Mistake>()) => {
            Problem::fatal(format!("{call} failed"), format!("The request was not sent: {mistake}."))
        }
        SdkError::ConstructionFailure(_) => credentials_or(Class::Fatal, call, error),
        SdkError::DispatchFailure(failure) => match failure.as_connector_error() {
            Some(connector) if let Some(problem) = refusal(connector) => problem,
            Some(connector) if was_interrupted(connector) => {
                let detail = "The request was not sent, or not sent again, since the run was interrupted.";
                Problem::fatal(format!("{call}: interrupted"), detail)
            }
            Some(connector) if was_not_sent(connector) => {
                let hint = "Check the network, the region and any endpoint or proxy setting.";
                let problem = Problem::fatal("AWS cannot be reached", format!("{call}: {}.", chain(connector)));
                Problem { hint: Some(hint.into()), ..problem }.caused_by("connection", false)
            }
            Some(connector) if connector.source().is_some_and(|it| it.is::<Unreadable>()) => {
                unreadable(call, connector)
            }
            // The SDK asks for credentials before it sends anything.
            Some(connector) if lacks_credentials(connector) => no_credentials(connector),
            Some(connector) => lost(call, connector),
            None => credentials_or(Class::OutcomeUnknown, call, error),
        },
        SdkError::TimeoutError(_) | SdkError::ResponseError(_) => lost(call, error),
        _ => lost(call, error),
    }
}

fn lost(call: Call, error: &dyn Error) -> Problem {
    Problem::new(Class::OutcomeUnknown, format!("{call}: the answer was lost"), chain(error))
}

const UNREADABLE: &str = "the answer could not be read";

/// The call may have worked as well as not.
fn unreadable(call: Call, error: &dyn Error) -> Problem {
    Problem::new(Class::OutcomeUnknown, format!("{call}: {UNREADABLE}"), chain(error))
}

/// Whether AWS answered, and nobody could tell what.
pub fn is_unreadable(problem: &Problem) -> bool {
    problem.class == Class::OutcomeUnknown && problem.summary.ends_with(UNREADABLE)
}

fn lacks_credentials(error: &dyn Error) -> bool {
    error.source().is_some_and(|it| it.is::<CredentialsError>() || lacks_credentials(it))
}

/// Nothing was sent, and nothing will be: final for the run.
pub(super) fn no_credentials(error: &dyn Error) -> Problem {
    let hint = "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws sso login`; the \
                provider block takes the same as `profile`, `access_key` and `secret_key`.";
    let problem = Problem::fatal("No valid credential sources found", chain(error));
    Problem { hint: Some(hint.into()), ..problem }.caused_by("credentials", true)
}

/// What every request is answered with once the credentials have expired…
const EXPIRED: &[&str] = &["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"];

/// …and, in a region, if it does not know them.
const UNKNOWN: &[&str] = &[
    "InvalidClientTokenId",
    "InvalidAccessKeyId",
    "UnrecognizedClientException",
    "SignatureDoesNotMatch",
    "InvalidSignatureException",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "RequestTimeTooSkewed",
    "OptInRequired",
    "InvalidToken",
];

/// Whether a refusal is of the credentials, and not of what was asked; if so, whether it is final for all regions.
pub(super) fn refuses_credentials(code: &str, message: &str) -> Option<bool> {
    if EXPIRED.contains(&code) {
        return Some(true);
    }
    // The same code also says that someone may not do something.
    let invalid = code == "AuthFailure" && message.contains("validate the provided access credentials");
    (invalid || UNKNOWN.contains(&code)).then_some(false)
}

/// What AWS answers whatever it is asked with credentials that it does not accept.
pub(super) fn refused_credentials(call: &dyn fmt::Display, code: &str, message: &str) -> Option<Problem> {
    let is_final = refuses_credentials(code, message)?;
    let summary = if is_final { "The credentials have expired" } else { "AWS does not accept the credentials" };
    let problem = Problem::fatal(summary, format!("{call}: {code}: {message}"));
    Some(Problem { hint: hint(code, message), ..problem }.caused_by("credentials", is_final))
}

/// The SDK reports missing credentials as a failure to build or dispatch the request.
fn credentials_or(class: Class, call: Call, error: &dyn Error) -> Problem {
    let detail = chain(error);
    let lower = detail.to_lowercase();
    if lower.contains("credential") || lower.contains("identity") || lower.contains("token") {
        return no_credentials(error);
    }
    if lower.contains("region") {
        return Problem {
            hint: Some("Set `region` in the provider block, or AWS_REGION.".into()),
            ..Problem::fatal("Missing AWS region", detail)
        };
    }
    Problem::new(class, format!("{call} failed"), detail)
}

/// An error and its causes, without repetition.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(it) = cause {
        let next = it.to_string();
        if !text.contains(&next) {
            text = format!("{text}: {next}");
        }
        cause = it.source();
    }
    text
}

/// The service and action of a call, and what IAM calls the service.
#[derive(Clone, Copy)]
struct Call {
    service: &'static str,
    action: &'static str,
    prefix: &'static str,
}

impl From<&wire::Failure> for Call {
    fn from(failure: &wire::Failure) -> Self {
        let service = failure.service;
        Self { service: service.title, action: failure.operation, prefix: permission::prefix(service.signing_name) }
    }
}

impl Call {
    /// From the type of a generated client's error: `aws_sdk_ec2::operation::…::CreateVpcError`.
    fn of<E>() -> Self {
        let name = std::any::type_name::<E>();
        let service = name.strip_prefix("aws_sdk_").and_then(|it| it.split("::").next()).unwrap_or("aws");
        let action = name.rsplit("::").next().unwrap_or(name);
        Self { service, action: action.strip_suffix("Error").unwrap_or(action), prefix: service }
    }

    /// How to mend it that AWS does not allow the call, if it does not.
    fn denial(self, code: &str, message: &str) -> Option<String> {
        permission::DENIALS.contains(&code).then(|| permission::hint(self.prefix, self.action, message))
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.service, self.action)
    }
}

/// Codes that say the rate was exceeded, as services spell them.
pub const THROTTLES: &[&str] = &[
    "RequestLimitExceeded",
    "EC2ThrottledException",
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottled",
    "RequestThrottledException",
    "TooManyRequestsException",
    "SlowDown",
    "PriorRequestNotComplete",
    "BandwidthLimitExceeded",
    "ProvisionedThroughputExceededException",
];

const DEPENDENCIES: &[&str] = &[
    "DependencyViolation",
    "InvalidGroup.InUse",
    "InvalidIPAddress.InUse",
    "InvalidNetworkInterface.InUse",
    "VolumeInUse",
    "InvalidSnapshot.InUse",
    "DeleteConflict",
    "ResourceInUse",
    "ResourceInUseFault",
    "ResourceInUseException",
    "ScalingActivityInProgress",
];

const BUSY: &[&str] = &[
    "ConcurrentModification",
    "ConcurrentModificationException",
    "EntityTemporarilyUnmodifiable",
    "OperationAbortedException",
    "OperationAborted",
    "ConcurrentTagAccess",
    "IncorrectState",
    "IncorrectInstanceState",
    "IncorrectModificationState",
    "ResourceConflictException",
    "TooManyUpdates",
    "ResourceContention",
    "InvalidStateTransition",
];

/// Codes that say that what is to be made is there. Others of the kind end in `AlreadyExists` and the like.
const EXISTS: &[&str] =
    &["InvalidGroup.Duplicate", "InvalidKeyPair.Duplicate", "InvalidPermission.Duplicate", "InvalidSubnet.Conflict"];

fn exists(code: &str) -> bool {
    let bare = code.strip_suffix("Exception").or_else(|| code.strip_suffix("Fault")).unwrap_or(code);
    EXISTS.contains(&code) || bare.ends_with("AlreadyExists")
}

/// Texts with which a consumer rejects an IAM role or profile that was just made.
const NOT_YET_VISIBLE_TEXTS: &[&str] = &[
    "Invalid IAM Instance Profile",
    "has no associated IAM Roles",
    "Invalid principal in policy",
    "cannot be assumed",
    "not assumable",
    "pending instance",
    "The role defined for the function",
];

fn class(code: &str, message: &str, status: u16) -> Class {
    if THROTTLES.contains(&code) {
        Class::Throttled
    } else if DEPENDENCIES.contains(&code) || (code == "AuthFailure" && message.contains("permission to access")) {
        Class::Dependency
    } else if BUSY.contains(&code) {
        Class::Busy
    } else if exists(code) {
        Class::Exists
    } else if code.ends_with(".NotFound")
        || ["NatGatewayNotFound", "Gateway.NotAttached"].contains(&code)
        || NOT_YET_VISIBLE_TEXTS.iter().any(|it| message.contains(it))
    {
        Class::NotYetVisible
    } else if status >= 500 && status != 501 && !code.starts_with("Insufficient") && code != "Unsupported" {
        Class::OutcomeUnknown
    } else {
        Class::Fatal
    }
}

fn hint(code: &str, message: &str) -> Option<String> {
    Some(match code {
        "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" => {
            "The credentials have expired. Log in again (`aws sso login`) and rerun; nothing is lost.".into()
        }
        "SignatureDoesNotMatch" | "InvalidSignatureException" | "RequestTimeTooSkewed" => {
            "Either the secret key is wrong, or the clock of this machine.".into()
        }
        _ if refuses_credentials(code, message).is_some() => {
            "Either the credentials are wrong, or the region is not enabled for this account.".into()
        }
        _ if code.ends_with("LimitExceeded") && !THROTTLES.contains(&code) => {
            "A quota of the account is used up. Service Quotas can raise it.".into()
        }
        _ => return None,
    })
}

/// What a call fails with, by a generated client or from a model.
pub trait Failed {
    /// The service's own code, if it has answered.
    fn code(&self) -> Option<&str>;
}

impl<E: ProvideErrorMetadata> Failed for SdkError<E, HttpResponse> {
    fn code(&self) -> Option<&str> {
        self.as_service_error().and_then(ProvideErrorMetadata::code)
    }
}

impl Failed for wire::Failure {
    fn code(&self) -> Option<&str> {
        Failed::code(&*self.error)
    }
}

/// Takes the codes of "it is not there" as success, so that a delete can be repeated.
pub fn gone_is_fine<T, F: Failed + Into<Problem>>(outcome: Result<T, F>, codes: &[&str]) -> Result<(), Problem> {
    unless_gone(outcome, codes).map(drop)
}

/// The answer; none if AWS says with one of `codes` that what was asked for is not there.
pub fn unless_gone<T, F: Failed + Into<Problem>>(outcome: Result<T, F>, codes: &[&str]) -> Result<Option<T>, Problem> {
    match outcome {
        Err(error) if has_code(&error, codes) => Ok(None),
        outcome => outcome.map(Some).map_err(Into::into),
    }
}

/// Whether AWS answered with one of `codes`.
pub fn has_code<F: Failed>(error: &F, codes: &[&str]) -> bool {
    error.code().is_some_and(|it| codes.contains(&it))
}

#[cfg(test)]
mod tests;
