//! Auto Scaling: groups of instances, and what changes their size. Names are the keys; there are no client tokens.

mod group;
mod policy;
mod schedule;

use crate::{
    aws::{
        error::has_code,
        resource::{Kind, of},
    },
    provider::Problem,
};
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use std::error::Error;

pub(super) const RESOURCES: &[&dyn Kind] =
    &[of::<group::AutoscalingGroup>(), of::<policy::ScalingPolicy>(), of::<schedule::Schedule>()];

/// The most objects that one page, or one list of names, can hold.
const PAGE: usize = 100;

/// Auto Scaling has one code for every refusal; the message tells what is not there.
fn is_gone<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    let message = error.as_service_error().and_then(ProvideErrorMetadata::message);
    has_code(error, &["ValidationError"])
        && message.is_some_and(|it| it.contains("not found") || it.contains("not exist"))
}

/// Takes "not found" as success.
fn gone_is_fine<T, E>(outcome: Result<T, SdkError<E, HttpResponse>>) -> Result<(), Problem>
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    match outcome {
        Err(error) if is_gone(&error) => Ok(()),
        outcome => Ok(outcome.map(drop)?),
    }
}
