//! Why a call failed.

use super::model::Service;
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use aws_smithy_types::{
    error::metadata::{ErrorMetadata, ProvideErrorMetadata},
    retry::{ErrorKind, ProvideErrorKind},
};
use std::{error::Error, fmt};

/// What failed, and why: refused by the service, lost on the way, or never sent. The cause is of the same type as those of
/// generated clients, so that what reads theirs reads these.
#[derive(Debug)]
pub struct Failure {
    pub service: &'static Service,
    pub operation: &'static str,
    pub error: Box<SdkError<Refusal, HttpResponse>>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.service.title, self.operation, self.error)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

/// Why nothing was sent: a mistake in the input, or a service that is not where it is looked for.
#[derive(Debug)]
pub struct Mistake(pub String);

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Mistake {}

/// The service's own words.
#[derive(Debug)]
pub struct Refusal {
    pub status: u16,
    /// Whether the model says that it may be tried again, and why.
    kind: Option<ErrorKind>,
    meta: ErrorMetadata,
}

impl Refusal {
    pub(super) fn new(service: &Service, status: u16, meta: ErrorMetadata) -> Self {
        let code = meta.code().unwrap_or_default();
        let kind = service.retried.iter().find(|(it, _)| *it == code).map(|(_, throttling)| match throttling {
            true => ErrorKind::ThrottlingError,
            false => ErrorKind::ServerError,
        });
        Self { status, kind, meta }
    }

    /// What says success, and cannot be read.
    pub(super) fn unreadable(status: u16, why: &dyn fmt::Display) -> Self {
        Self { status, kind: None, meta: ErrorMetadata::builder().message(why.to_string()).build() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = [self.meta.code(), self.meta.message()];
        f.write_str(&words.into_iter().flatten().collect::<Vec<_>>().join(": "))
    }
}

impl Error for Refusal {}

impl ProvideErrorMetadata for Refusal {
    fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

impl ProvideErrorKind for Refusal {
    fn retryable_error_kind(&self) -> Option<ErrorKind> {
        self.kind
    }

    fn code(&self) -> Option<&str> {
        self.meta.code()
    }
}
