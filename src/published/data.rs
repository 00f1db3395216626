//! Data sources and ephemeral resources of a published provider: checked, then read or opened, one by one.

use super::{
    Configured,
    connection::{self, Said},
    not_deferred,
};
use crate::{
    address::InstanceAddress,
    plugin::{Kind, Lease, Plugin},
    provider::{Problem, ResourceMode, Result, Told, Wanted},
    value::{Type, Value},
};
use futures::{StreamExt, future::BoxFuture, stream};
use jiff::Timestamp;
use std::{sync::Arc, time::Duration};

/// How many are asked for at the same time, as Terraform does.
const AT_ONCE: usize = 10;

/// What is wanted, with what the provider says of it.
pub(super) async fn look(
    configured: &Configured,
    mode: ResourceMode,
    type_name: &str,
    wanted: &[Wanted],
) -> Vec<Result<Told>> {
    let one = async |wanted: &Wanted| {
        let mut config = wanted.config.clone();
        let (connection, region) = place(configured, mode, type_name, &mut config);
        let lease = connection.lease(true).await?;
        let plugin = lease.plugin.clone();
        let kind = Kind::new(type_name, configured.program.schema(mode, type_name)?);
        let nothing = |problems| Ok(Told { value: Value::null(Type::Any), problems });
        let mut problems = plugin.validate(mode, kind, &config).await?;
        if problems.iter().any(Problem::is_error) {
            return nothing(problems);
        }
        let (mut value, opened) = match mode {
            ResourceMode::Ephemeral => {
                let answer = plugin.open(kind, &config).await?;
                problems.extend(answer.problems);
                not_deferred(type_name, answer.value.deferred.is_some())?;
                (answer.value.result, Some(answer.value.lease))
            }
            ResourceMode::Data | ResourceMode::Managed => {
                let meta = configured.program.meta(&plugin, wanted.meta.as_ref())?;
                let answer = plugin.read_data(kind, &config, meta).await?;
                problems.extend(answer.problems);
                let (value, deferred) = answer.value;
                not_deferred(type_name, deferred.is_some())?;
                (value, None)
            }
        };
        if problems.iter().any(Problem::is_error) {
            return nothing(problems);
        }
        if let Some(regional) = &configured.regional {
            regional.put(mode, type_name, &mut value, &region);
        }
        if let Some(opened) = opened {
            connection::hold(lease, keep_open(plugin, wanted.address.clone(), opened));
        }
        Ok(Told { value, problems })
    };
    stream::iter(wanted).map(one).buffered(AT_ONCE).collect().await
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

/// Renews what was opened as often as it has to be, until `closing`; then closes it. What the provider says of that comes in the end,
/// as with Terraform.
async fn keep_open_until(
    plugin: Arc<Plugin>,
    address: InstanceAddress,
    mut lease: Lease,
    mut closing: BoxFuture<'static, ()>,
) -> Vec<Said> {
    let type_name = &*address.resource.type_name;
    let said = |it: Problem| (Some(address.clone()), it);
    let mut problems: Vec<Said> = Vec::new();
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
            () = &mut closing => false,
            () = renewal => true,
        };
        if !is_due {
            break;
        }
        let has_failed = match plugin.renew(type_name, lease.private.as_deref()).await {
            Ok(answer) => {
                let has_failed = answer.problems.iter().any(Problem::is_error);
                problems.extend(answer.problems.into_iter().map(said));
                // What says nothing of the next time is not renewed again; what the provider wants to be given stays.
                let private = answer.value.private.or(lease.private);
                lease = Lease { renew_at: answer.value.renew_at, private };
                has_failed
            }
            Err(problem) => {
                problems.push((None, problem));
                true
            }
        };
        if has_failed {
            lease.renew_at = None;
        }
    }
    match plugin.close(type_name, lease.private.as_deref()).await {
        Ok(found) => problems.extend(found.into_iter().map(said)),
        Err(problem) => problems.push((None, problem)),
    }
    problems
}

fn keep_open(
    plugin: Arc<Plugin>,
    address: InstanceAddress,
    lease: Lease,
) -> impl FnOnce(BoxFuture<'static, ()>) -> BoxFuture<'static, Vec<Said>> {
    move |closing| Box::pin(keep_open_until(plugin, address, lease, closing))
}
