//! A group's blocks as AWS takes them.

use super::data::*;
use crate::aws::{
    attribute::{Set, count, given, some},
    requirements,
};
use aws_sdk_autoscaling::types as autoscaling;

pub(super) fn template(it: &Template) -> autoscaling::LaunchTemplateSpecification {
    specification(&it.id, &it.name, &it.version)
}

/// AWS takes the id or the name; state holds both.
fn specification(id: &str, name: &str, version: &str) -> autoscaling::LaunchTemplateSpecification {
    autoscaling::LaunchTemplateSpecification::builder()
        .set_launch_template_id(given(id))
        .set_launch_template_name(given(name).filter(|_| id.is_empty()))
        .set_version(given(version))
        .build()
}

fn mixed_specification(it: &TemplateSpecification) -> autoscaling::LaunchTemplateSpecification {
    specification(&it.launch_template_id, &it.launch_template_name, &it.version)
}

pub(super) fn mixed(it: &MixedInstances) -> autoscaling::MixedInstancesPolicy {
    let number = |value: Option<i64>| value.map(|it| it as i32);
    autoscaling::MixedInstancesPolicy::builder()
        .set_instances_distribution(it.instances_distribution.as_ref().map(|it| {
            autoscaling::InstancesDistribution::builder()
                .set_on_demand_allocation_strategy(given(&it.on_demand_allocation_strategy))
                .set_on_demand_base_capacity(number(it.on_demand_base_capacity))
                .set_on_demand_percentage_above_base_capacity(number(it.on_demand_percentage_above_base_capacity))
                .set_spot_allocation_strategy(given(&it.spot_allocation_strategy))
                .set_spot_instance_pools(count(it.spot_instance_pools))
                // An empty price takes the limit away again.
                .spot_max_price(&it.spot_max_price)
                .build()
        }))
        .set_launch_template(it.launch_template.as_ref().map(|it| {
            autoscaling::LaunchTemplate::builder()
                .set_launch_template_specification(it.launch_template_specification.as_ref().map(mixed_specification))
                .set_overrides(Some(it.r#override.iter().map(template_override).collect()))
                .build()
        }))
        .build()
}

fn template_override(it: &TemplateOverride) -> autoscaling::LaunchTemplateOverrides {
    autoscaling::LaunchTemplateOverrides::builder()
        .set_instance_requirements(it.instance_requirements.as_ref().map(requirements::override_request))
        .set_instance_type(given(&it.instance_type))
        .set_launch_template_specification(it.launch_template_specification.as_ref().map(mixed_specification))
        .set_weighted_capacity(given(&it.weighted_capacity))
        .build()
}

pub(super) fn reservation(it: &CapacityReservation) -> autoscaling::CapacityReservationSpecification {
    autoscaling::CapacityReservationSpecification::builder()
        .set_capacity_reservation_preference(it.capacity_reservation_preference.as_deref().map(Into::into))
        .set_capacity_reservation_target(it.capacity_reservation_target.as_ref().map(|it| {
            autoscaling::CapacityReservationTarget::builder()
                .set_capacity_reservation_ids(some(it.capacity_reservation_ids.iter().cloned()))
                .set_capacity_reservation_resource_group_arns(some(
                    it.capacity_reservation_resource_group_arns.iter().cloned(),
                ))
                .build()
        }))
        .build()
}

pub(super) fn zones(it: &ZoneDistribution) -> autoscaling::AvailabilityZoneDistribution {
    let strategy = it.capacity_distribution_strategy.as_deref().map(Into::into);
    autoscaling::AvailabilityZoneDistribution::builder().set_capacity_distribution_strategy(strategy).build()
}

/// Without a policy: -1 takes it away again.
pub(super) fn maintenance(it: &Option<MaintenancePolicy>) -> autoscaling::InstanceMaintenancePolicy {
    let (least, most) = it.as_ref().map_or((-1, -1), |it| (it.min_healthy_percentage, it.max_healthy_percentage));
    let policy = autoscaling::InstanceMaintenancePolicy::builder();
    policy.min_healthy_percentage(least as i32).max_healthy_percentage(most as i32).build()
}

pub(super) fn hook(it: &LifecycleHook) -> autoscaling::LifecycleHookSpecification {
    autoscaling::LifecycleHookSpecification::builder()
        .lifecycle_hook_name(&it.name)
        .lifecycle_transition(&it.lifecycle_transition)
        .set_default_result(given(&it.default_result))
        .set_heartbeat_timeout(count(it.heartbeat_timeout))
        .set_notification_metadata(given(&it.notification_metadata))
        .set_notification_target_arn(given(&it.notification_target_arn))
        .set_role_arn(given(&it.role_arn))
        .build()
}

pub(super) fn tag(group: &str, it: &GroupTag) -> autoscaling::Tag {
    autoscaling::Tag::builder()
        .resource_id(group)
        .resource_type("auto-scaling-group")
        .key(&it.key)
        .value(&it.value)
        .propagate_at_launch(it.propagate_at_launch)
        .build()
}

pub(super) fn sources<'a>(
    sources: impl Iterator<Item = &'a TrafficSource>,
) -> Option<Vec<autoscaling::TrafficSourceIdentifier>> {
    some(sources.map(|it| {
        autoscaling::TrafficSourceIdentifier::builder().identifier(&it.identifier).set_type(given(&it.r#type)).build()
    }))
}

pub(super) fn subnets(subnets: &Set<String>) -> Option<String> {
    given(&subnets.0.join(","))
}

pub(super) fn refresh(it: &RefreshPreferences) -> autoscaling::RefreshPreferences {
    autoscaling::RefreshPreferences::builder()
        .set_alarm_specification(
            it.alarm_specification
                .as_ref()
                .map(|it| autoscaling::AlarmSpecification::builder().set_alarms(Some(it.alarms.clone())).build()),
        )
        .auto_rollback(it.auto_rollback)
        .set_checkpoint_delay(it.checkpoint_delay.parse().ok())
        .set_checkpoint_percentages(some(it.checkpoint_percentages.iter().map(|it| *it as i32)))
        .set_instance_warmup(it.instance_warmup.parse().ok())
        .max_healthy_percentage(it.max_healthy_percentage as i32)
        .min_healthy_percentage(it.min_healthy_percentage as i32)
        .set_scale_in_protected_instances(given(&it.scale_in_protected_instances).map(|it| it.as_str().into()))
        .skip_matching(it.skip_matching)
        .set_standby_instances(given(&it.standby_instances).map(|it| it.as_str().into()))
        .build()
}
