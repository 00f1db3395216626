//! What of a group changes with calls of their own.

use super::{data::*, request};
use crate::{
    aws::{
        attribute::{Set, some},
        client::Aws,
        error::has_code,
        resource::Change,
        tags::difference,
    },
    provider::{Class, Problem, Result},
};
use aws_sdk_autoscaling::types as autoscaling;
use std::collections::BTreeMap;

/// The most load balancers or traffic sources that one call takes.
const ATTACHMENTS: usize = 10;

pub(super) async fn metrics(aws: &Aws, name: &str, change: &Change<AutoscalingGroup>) -> Result<()> {
    let (before, after) = (&change.before, &change.after);
    let stale = if before.metrics_granularity == after.metrics_granularity {
        some(before.enabled_metrics.without(&after.enabled_metrics).cloned())
    } else {
        some(before.enabled_metrics.0.iter().cloned())
    };
    if stale.is_some() {
        let request = aws.autoscaling().disable_metrics_collection().auto_scaling_group_name(name);
        request.set_metrics(stale.clone()).send().await?;
    }
    let fresh = after.enabled_metrics.without(&before.enabled_metrics);
    let again = after.enabled_metrics.0.iter().filter(|it| stale.as_ref().is_some_and(|stale| stale.contains(it)));
    if let Some(fresh) = some(fresh.chain(again).cloned()) {
        let request = aws.autoscaling().enable_metrics_collection().auto_scaling_group_name(name);
        request.granularity(&after.metrics_granularity).set_metrics(Some(fresh)).send().await?;
    }
    Ok(())
}

pub(super) async fn processes(aws: &Aws, name: &str, change: &Change<AutoscalingGroup>) -> Result<()> {
    let (before, after) = (&change.before.suspended_processes, &change.after.suspended_processes);
    if let Some(resumed) = some(before.without(after).cloned()) {
        let request = aws.autoscaling().resume_processes().auto_scaling_group_name(name);
        request.set_scaling_processes(Some(resumed)).send().await?;
    }
    if let Some(suspended) = some(after.without(before).cloned()) {
        let request = aws.autoscaling().suspend_processes().auto_scaling_group_name(name);
        request.set_scaling_processes(Some(suspended)).send().await?;
    }
    Ok(())
}

pub(super) async fn tags(aws: &Aws, name: &str, change: &Change<AutoscalingGroup>) -> Result<()> {
    let by_key = |tags: &Set<GroupTag>| -> BTreeMap<String, GroupTag> {
        tags.0.iter().map(|it| (it.key.clone(), it.clone())).collect()
    };
    let before = by_key(&change.before.tag);
    let (stale, fresh) = difference(&before, &by_key(&change.after.tag));
    if let Some(stale) = some(stale.iter().map(|key| request::tag(name, &before[key]))) {
        aws.autoscaling().delete_tags().set_tags(Some(stale)).send().await?;
    }
    if let Some(fresh) = some(fresh.values().map(|it| request::tag(name, it))) {
        aws.autoscaling().create_or_update_tags().set_tags(Some(fresh)).send().await?;
    }
    Ok(())
}

pub(super) async fn attachments(aws: &Aws, name: &str, change: &Change<AutoscalingGroup>) -> Result<()> {
    let (before, after) = (&change.before, &change.after);
    let chunks = |from: &Set<String>, to: &Set<String>| -> Vec<Vec<String>> {
        let lacking: Vec<String> = from.without(to).cloned().collect();
        lacking.chunks(ATTACHMENTS).map(<[String]>::to_vec).collect()
    };
    let client = aws.autoscaling();
    for names in chunks(&before.load_balancers, &after.load_balancers) {
        let request = client.detach_load_balancers().auto_scaling_group_name(name);
        request.set_load_balancer_names(Some(names)).send().await?;
    }
    for names in chunks(&after.load_balancers, &before.load_balancers) {
        let request = client.attach_load_balancers().auto_scaling_group_name(name);
        request.set_load_balancer_names(Some(names)).send().await?;
    }
    for arns in chunks(&before.target_group_arns, &after.target_group_arns) {
        let request = client.detach_load_balancer_target_groups().auto_scaling_group_name(name);
        request.set_target_group_arns(Some(arns)).send().await?;
    }
    for arns in chunks(&after.target_group_arns, &before.target_group_arns) {
        let request = client.attach_load_balancer_target_groups().auto_scaling_group_name(name);
        request.set_target_group_arns(Some(arns)).send().await?;
    }
    // Load balancers and target groups show as traffic sources too.
    let named = |it: &&TrafficSource| {
        [before, after].iter().any(|group| {
            group.load_balancers.0.contains(&it.identifier) || group.target_group_arns.0.contains(&it.identifier)
        })
    };
    let stale = before.traffic_source.without(&after.traffic_source).filter(|it| !named(it));
    if let Some(stale) = request::sources(stale) {
        let request = client.detach_traffic_sources().auto_scaling_group_name(name);
        request.set_traffic_sources(Some(stale)).send().await?;
    }
    let fresh = after.traffic_source.without(&before.traffic_source).filter(|it| !named(it));
    if let Some(fresh) = request::sources(fresh) {
        let request = client.attach_traffic_sources().auto_scaling_group_name(name);
        request.set_traffic_sources(Some(fresh)).send().await?;
    }
    Ok(())
}

pub(super) async fn warm_pool(aws: &Aws, name: &str, change: &Change<AutoscalingGroup>) -> Result<()> {
    match change.to(|it| &it.warm_pool) {
        Some(Some(pool)) => {
            let reuse = pool
                .instance_reuse_policy
                .as_ref()
                .map(|it| autoscaling::InstanceReusePolicy::builder().reuse_on_scale_in(it.reuse_on_scale_in).build());
            let request = aws.autoscaling().put_warm_pool().auto_scaling_group_name(name);
            let request = request
                .max_group_prepared_capacity(pool.max_group_prepared_capacity as i32)
                .min_size(pool.min_size as i32)
                .pool_state(pool.pool_state.as_str().into())
                .set_instance_reuse_policy(reuse);
            request.send().await?;
        }
        Some(None) => {
            let request = aws.autoscaling().delete_warm_pool().auto_scaling_group_name(name);
            request.force_delete(change.after.force_delete_warm_pool || change.after.force_delete).send().await?;
        }
        None => {}
    }
    Ok(())
}

/// Replaces the instances if what they are launched from changes, or what the block names as a trigger.
pub(super) async fn refresh(aws: &Aws, name: &str, change: &Change<AutoscalingGroup>) -> Result<()> {
    let Some(refresh) = &change.after.instance_refresh else { return Ok(()) };
    let launch = |it: &AutoscalingGroup| {
        (it.launch_configuration.clone(), it.launch_template.clone(), it.mixed_instances_policy.clone())
    };
    let (before, after) = (&change.before, &change.after);
    let triggered = |name: &String| match name.as_str() {
        "tag" => before.tag != after.tag,
        "vpc_zone_identifier" => before.vpc_zone_identifier != after.vpc_zone_identifier,
        "availability_zones" => before.availability_zones != after.availability_zones,
        "placement_group" => before.placement_group != after.placement_group,
        _ => false,
    };
    if launch(before) == launch(after) && !refresh.triggers.0.iter().any(triggered) {
        return Ok(());
    }
    let request = aws.autoscaling_once().start_instance_refresh().auto_scaling_group_name(name);
    let request = request
        .strategy(refresh.strategy.as_str().into())
        .set_preferences(refresh.preferences.as_ref().map(request::refresh));
    match request.send().await {
        // The one under way replaces instances by what is already outdated.
        Err(error) if has_code(&error, &["InstanceRefreshInProgress"]) => {
            let cancel = aws.autoscaling().cancel_instance_refresh().auto_scaling_group_name(name).send().await;
            let idle = matches!(&cancel, Err(error) if has_code(error, &["ActiveInstanceRefreshNotFound"]));
            if !idle {
                cancel?;
            }
            Err(Problem { class: Class::Busy, ..Problem::from(error) })
        }
        outcome => Ok(outcome.map(drop)?),
    }
}
