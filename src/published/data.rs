//! Data sources and ephemeral resources of a published provider: checked, then read or opened, one by one.

use super::{Configured, connection, not_deferred};
use crate::{
    diagnostic::Severity,
    plugin::{Kind, Lease, Plugin},
    provider::{Problem, ResourceMode, Result},
    value::Value,
};
use futures::{StreamExt, stream};
use jiff::Timestamp;
use std::{sync::Arc, time::Duration};

/// How many are asked for at the same time, as Terraform does.
const AT_ONCE: usize = 10;

pub(super) async fn read(configured: &Configured, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
    let one = async |config: &Value| {
        let lease = configured.connection.lease(true).await?;
        let kind = Kind::new(type_name, configured.program.schema(ResourceMode::Data, type_name)?);
        refused(lease.plugin.validate(ResourceMode::Data, kind, config).await?)?;
        let answer = lease.plugin.read_data(kind, config, None).await?;
        refused(answer.problems)?;
        let (value, deferred) = answer.value;
        not_deferred(type_name, deferred.is_some())?;
        Ok(value)
    };
    stream::iter(configs).map(one).buffered(AT_ONCE).collect().await
}

pub(super) async fn open(configured: &Configured, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
    let one = async |config: &Value| {
        let lease = configured.connection.lease(true).await?;
        let plugin = lease.plugin.clone();
        let kind = Kind::new(type_name, configured.program.schema(ResourceMode::Ephemeral, type_name)?);
        refused(plugin.validate(ResourceMode::Ephemeral, kind, config).await?)?;
        let answer = plugin.open(kind, config).await?;
        refused(answer.problems)?;
        not_deferred(type_name, answer.value.deferred.is_some())?;
        let kept_open = keep_open(plugin, type_name.to_owned(), answer.value.lease);
        connection::hold(lease, kept_open);
        Ok(answer.value.result)
    };
    stream::iter(configs).map(one).buffered(AT_ONCE).collect().await
}

/// Renews what was opened as often as it has to be, until `closing`; then closes it.
async fn keep_open_until(
    plugin: Arc<Plugin>,
    type_name: String,
    mut lease: Lease,
    mut closing: tokio::sync::watch::Receiver<bool>,
) {
    loop {
        let renewal = async {
            match lease.renew_at {
                Some(at) => {
                    let left = at.duration_since(Timestamp::now());
                    tokio::time::sleep(Duration::try_from(left).unwrap_or_default()).await;
                }
                None => std::future::pending().await,
            }
        };
        let is_due = tokio::select! {
            _ = closing.wait_for(|it| *it) => false,
            () = renewal => true,
        };
        if !is_due {
            break;
        }
        match plugin.renew(&type_name, lease.private.as_deref()).await {
            Ok(answer) if refused(answer.problems.clone()).is_ok() => {
                // What says nothing of the next time is not renewed again; what the provider wants to be given stays.
                let private = answer.value.private.or(lease.private);
                lease = Lease { renew_at: answer.value.renew_at, private };
            }
            _ => {
                tracing::warn!(type_name, "an ephemeral resource could not be renewed");
                lease.renew_at = None;
            }
        }
    }
    if let Err(problem) = plugin.close(&type_name, lease.private.as_deref()).await {
        tracing::warn!(type_name, problem = problem.detail, "an ephemeral resource could not be closed");
    }
}

fn keep_open(
    plugin: Arc<Plugin>,
    type_name: String,
    lease: Lease,
) -> impl FnOnce(tokio::sync::watch::Receiver<bool>) -> futures::future::BoxFuture<'static, ()> {
    move |closing| Box::pin(keep_open_until(plugin, type_name, lease, closing))
}

/// The first error of these.
fn refused(problems: Vec<Problem>) -> Result<()> {
    let error = problems.into_iter().find(|it| it.severity == Severity::Error);
    error.map_or(Ok(()), Err)
}
