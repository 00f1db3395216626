//! A group as AWS returns it.

use super::data::*;
use crate::{
    aws::{
        attribute::{given, number},
        naming::prefix_of,
        requirements,
    },
    provider::Phase,
};
use aws_sdk_autoscaling::types::{self as autoscaling, LifecycleState};

/// `prior` holds what AWS does not return.
pub(super) fn group(it: autoscaling::AutoScalingGroup, prior: &AutoscalingGroup) -> AutoscalingGroup {
    let metrics = it.enabled_metrics.unwrap_or_default();
    let policies = it.termination_policies.unwrap_or_default();
    // Without any, AWS shows its default one.
    let default_only = policies == ["Default"] && prior.termination_policies.is_empty();
    AutoscalingGroup {
        name_prefix: it.auto_scaling_group_name.as_deref().map(prefix_of),
        name: it.auto_scaling_group_name,
        min_size: number(it.min_size),
        max_size: number(it.max_size),
        desired_capacity: it.desired_capacity.map(i64::from),
        desired_capacity_type: it.desired_capacity_type.unwrap_or_default(),
        // Blocks that the reference provider always stores, with nothing in them where AWS says nothing.
        availability_zone_distribution: Some(ZoneDistribution {
            capacity_distribution_strategy: it
                .availability_zone_distribution
                .and_then(|it| it.capacity_distribution_strategy)
                .map(|it| it.to_string()),
        }),
        availability_zones: it.availability_zones.unwrap_or_default().into(),
        capacity_rebalance: it.capacity_rebalance.unwrap_or_default(),
        capacity_reservation_specification: Some(
            it.capacity_reservation_specification.map(reservation).unwrap_or_default(),
        ),
        context: it.context.unwrap_or_default(),
        default_cooldown: it.default_cooldown.map(i64::from),
        default_instance_warmup: number(it.default_instance_warmup),
        metrics_granularity: metrics
            .first()
            .and_then(|it| it.granularity.clone())
            .or_else(|| given(&prior.metrics_granularity))
            .unwrap_or_else(|| "1Minute".to_owned()),
        enabled_metrics: metrics.into_iter().filter_map(|it| it.metric).collect(),
        health_check_grace_period: number(it.health_check_grace_period),
        health_check_type: it.health_check_type.unwrap_or_default(),
        initial_lifecycle_hook: prior.initial_lifecycle_hook.clone(),
        instance_maintenance_policy: it.instance_maintenance_policy.map(|it| MaintenancePolicy {
            max_healthy_percentage: number(it.max_healthy_percentage),
            min_healthy_percentage: number(it.min_healthy_percentage),
        }),
        instance_refresh: prior.instance_refresh.clone(),
        launch_configuration: it.launch_configuration_name.unwrap_or_default(),
        launch_template: it.launch_template.map(|it| Template {
            id: it.launch_template_id.unwrap_or_default(),
            name: it.launch_template_name.unwrap_or_default(),
            version: it.version.unwrap_or_default(),
        }),
        load_balancers: it.load_balancer_names.unwrap_or_default().into(),
        max_instance_lifetime: number(it.max_instance_lifetime),
        mixed_instances_policy: it.mixed_instances_policy.map(mixed),
        placement_group: it.placement_group.unwrap_or_default(),
        protect_from_scale_in: it.new_instances_protected_from_scale_in.unwrap_or_default(),
        service_linked_role_arn: it.service_linked_role_arn.unwrap_or_default(),
        suspended_processes: it.suspended_processes.into_iter().flatten().filter_map(|it| it.process_name).collect(),
        tag: it
            .tags
            .into_iter()
            .flatten()
            .filter_map(|it| {
                Some(GroupTag {
                    key: it.key.filter(|it| !it.starts_with("aws:"))?,
                    value: it.value.unwrap_or_default(),
                    propagate_at_launch: it.propagate_at_launch.unwrap_or_default(),
                })
            })
            .collect(),
        target_group_arns: it.target_group_arns.unwrap_or_default().into(),
        termination_policies: if default_only { Vec::new() } else { policies },
        traffic_source: it
            .traffic_sources
            .into_iter()
            .flatten()
            .map(|it| TrafficSource {
                identifier: it.identifier.unwrap_or_default(),
                r#type: it.r#type.unwrap_or_default(),
            })
            .collect(),
        vpc_zone_identifier: it.vpc_zone_identifier.iter().flat_map(|it| it.split(',')).filter_map(given).collect(),
        warm_pool: it.warm_pool_configuration.map(|it| WarmPool {
            instance_reuse_policy: it
                .instance_reuse_policy
                .map(|it| ReusePolicy { reuse_on_scale_in: it.reuse_on_scale_in.unwrap_or_default() }),
            max_group_prepared_capacity: it.max_group_prepared_capacity.map_or(-1, i64::from),
            min_size: number(it.min_size),
            pool_state: text(it.pool_state),
        }),
        arn: it.auto_scaling_group_arn.into(),
        predicted_capacity: number(it.predicted_capacity),
        warm_pool_size: number(it.warm_pool_size),
        ..AutoscalingGroup::default()
    }
}

/// Pending until as many healthy instances are in service as the group wants, unless nobody waits for them.
pub(super) fn phase(it: &autoscaling::AutoScalingGroup, prior: &AutoscalingGroup) -> Phase {
    // A status is only shown while a deletion is under way.
    if it.status.is_some() {
        return Phase::Pending;
    }
    let timeout = prior.wait_for_capacity_timeout.as_str();
    if timeout.is_empty() || timeout.trim_end_matches(|it: char| it.is_ascii_alphabetic()) == "0" {
        return Phase::Ready;
    }
    let wanted = it.desired_capacity.max(it.min_size).unwrap_or_default();
    let serving = it.instances().iter().filter(|it| {
        it.lifecycle_state == Some(LifecycleState::InService)
            && it.health_status.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("healthy"))
    });
    let weight =
        |it: &autoscaling::Instance| it.weighted_capacity.as_deref().and_then(|it| it.parse().ok()).unwrap_or(1);
    let capacity: i32 = serving.map(weight).sum();
    if capacity < wanted { Phase::Pending } else { Phase::Ready }
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|it| it.to_string()).unwrap_or_default()
}

fn reservation(it: autoscaling::CapacityReservationSpecification) -> CapacityReservation {
    CapacityReservation {
        capacity_reservation_preference: it.capacity_reservation_preference.map(|it| it.to_string()),
        capacity_reservation_target: it.capacity_reservation_target.map(|it| CapacityReservationTarget {
            capacity_reservation_ids: it.capacity_reservation_ids.unwrap_or_default(),
            capacity_reservation_resource_group_arns: it.capacity_reservation_resource_group_arns.unwrap_or_default(),
        }),
    }
}

fn specification(it: autoscaling::LaunchTemplateSpecification) -> TemplateSpecification {
    TemplateSpecification {
        launch_template_id: it.launch_template_id.unwrap_or_default(),
        launch_template_name: it.launch_template_name.unwrap_or_default(),
        version: it.version.unwrap_or_default(),
    }
}

fn mixed(it: autoscaling::MixedInstancesPolicy) -> MixedInstances {
    MixedInstances {
        instances_distribution: it.instances_distribution.map(|it| Distribution {
            on_demand_allocation_strategy: it.on_demand_allocation_strategy.unwrap_or_default(),
            on_demand_base_capacity: it.on_demand_base_capacity.map(i64::from),
            on_demand_percentage_above_base_capacity: it.on_demand_percentage_above_base_capacity.map(i64::from),
            spot_allocation_strategy: it.spot_allocation_strategy.unwrap_or_default(),
            spot_instance_pools: number(it.spot_instance_pools),
            spot_max_price: it.spot_max_price.unwrap_or_default(),
        }),
        launch_template: it.launch_template.map(|it| MixedTemplate {
            launch_template_specification: it.launch_template_specification.map(specification),
            r#override: it
                .overrides
                .into_iter()
                .flatten()
                .map(|it| TemplateOverride {
                    instance_requirements: it.instance_requirements.map(requirements::override_response),
                    instance_type: it.instance_type.unwrap_or_default(),
                    launch_template_specification: it.launch_template_specification.map(specification),
                    weighted_capacity: it.weighted_capacity.unwrap_or_default(),
                })
                .collect(),
        }),
    }
}
