//! Data sources and ephemeral resources of a published provider: checked, then read or opened, one by one.

use super::{Configured, connection, not_deferred};
use crate::{
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
        let mut config = config.clone();
        let (connection, region) = place(configured, ResourceMode::Data, type_name, &mut config);
        let lease = connection.lease(true).await?;
        let kind = Kind::new(type_name, configured.program.schema(ResourceMode::Data, type_name)?);
        refused(lease.plugin.validate(ResourceMode::Data, kind, &config).await?)?;
        let answer = lease.plugin.read_data(kind, &config, None).await?;
        refused(answer.problems)?;
        let (mut value, deferred) = answer.value;
        not_deferred(type_name, deferred.is_some())?;
        if let Some(regional) = &configured.regional {
            regional.put(ResourceMode::Data, type_name, &mut value, &region);
        }
        Ok(value)
    };
    stream::iter(configs).map(one).buffered(AT_ONCE).collect().await
}

pub(super) async fn open(configured: &Configured, type_name: &str, configs: &[Value]) -> Vec<Result<Value>> {
    let one = async |config: &Value| {
        let mut config = config.clone();
        let (connection, region) = place(configured, ResourceMode::Ephemeral, type_name, &mut config);
        let lease = connection.lease(true).await?;
        let plugin = lease.plugin.clone();
        let kind = Kind::new(type_name, configured.program.schema(ResourceMode::Ephemeral, type_name)?);
        refused(plugin.validate(ResourceMode::Ephemeral, kind, &config).await?)?;
        let mut answer = plugin.open(kind, &config).await?;
        refused(answer.problems)?;
        if let Some(regional) = &configured.regional {
            regional.put(ResourceMode::Ephemeral, type_name, &mut answer.value.result, &region);
        }
        not_deferred(type_name, answer.value.deferred.is_some())?;
        let kept_open = keep_open(plugin, type_name.to_owned(), answer.value.lease);
        connection::hold(lease, kept_open);
        Ok(answer.value.result)
    };
    stream::iter(configs).map(one).buffered(AT_ONCE).collect().await
}

/// Who is asked for what `config` says, which has no region any more that the provider does not know, and the region.
fn place(
    configured: &Configured,
    mode: ResourceMode,
    type_name: &str,
    config: &mut Value,
) -> (Arc<connection::Connection>, Value) {
    let region = configured.regional.as_ref().and_then(|it| it.take(mode, type_name, config));
    configured.of(region)
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
    let error = problems.into_iter().find(Problem::is_error);
    error.map_or(Ok(()), Err)
}
