//! The blocks of a group.

use crate::aws::{attribute::*, requirements::OverrideRequirements};

attributes! {
    pub(crate) struct ZoneDistribution {
        capacity_distribution_strategy: Option<String> [default_text("balanced-best-effort")],
    }

    pub(crate) struct CapacityReservation {
        capacity_reservation_preference: Option<String> [computed],
        capacity_reservation_target: Option<CapacityReservationTarget>,
    }

    pub(crate) struct CapacityReservationTarget {
        capacity_reservation_ids: Vec<String>,
        capacity_reservation_resource_group_arns: Vec<String>,
    }

    /// Pauses instances while they start or end. Only made with the group.
    pub(crate) struct LifecycleHook {
        name: String,
        lifecycle_transition: String,
        default_result: String [computed],
        heartbeat_timeout: i64 [optional],
        notification_metadata: String [optional],
        notification_target_arn: String [optional],
        role_arn: String [optional],
    }

    /// How many instances may be healthy, in percent of the desired capacity, while some are replaced.
    pub(crate) struct MaintenancePolicy {
        max_healthy_percentage: i64,
        min_healthy_percentage: i64,
    }

    /// Replaces the instances when what they are launched from changes.
    pub(crate) struct InstanceRefresh {
        strategy: String,
        triggers: Set<String>,
        preferences: Option<RefreshPreferences>,
    }

    pub(crate) struct RefreshPreferences {
        alarm_specification: Option<RefreshAlarms>,
        auto_rollback: bool [optional],
        checkpoint_delay: String [optional],
        checkpoint_percentages: Vec<i64>,
        instance_warmup: String [optional],
        max_healthy_percentage: i64 [default(100_i64)],
        min_healthy_percentage: i64 [default(90_i64)],
        scale_in_protected_instances: String [default_text("Ignore")],
        skip_matching: bool [default(false)],
        standby_instances: String [default_text("Ignore")],
    }

    pub(crate) struct RefreshAlarms {
        alarms: Vec<String>,
    }

    /// The launch template, by id or by name.
    pub(crate) struct Template {
        id: String [computed],
        name: String [computed],
        version: String [computed],
    }

    /// Several instance types, on demand and spot.
    pub(crate) struct MixedInstances {
        instances_distribution: Option<Distribution> [computed],
        launch_template: Option<MixedTemplate> [min(1)],
    }

    pub(crate) struct Distribution {
        on_demand_allocation_strategy: String [computed],
        on_demand_base_capacity: Option<i64> [computed],
        on_demand_percentage_above_base_capacity: Option<i64> [computed],
        spot_allocation_strategy: String [computed],
        spot_instance_pools: i64 [computed],
        spot_max_price: String [optional],
    }

    pub(crate) struct MixedTemplate {
        launch_template_specification: Option<TemplateSpecification> [min(1)],
        r#override: Vec<TemplateOverride>,
    }

    pub(crate) struct TemplateSpecification {
        launch_template_id: String [computed],
        launch_template_name: String [computed],
        version: String [computed],
    }

    /// An instance type, or what it must have, in place of the template's.
    pub(crate) struct TemplateOverride {
        instance_requirements: Option<OverrideRequirements>,
        instance_type: String [optional],
        launch_template_specification: Option<TemplateSpecification>,
        weighted_capacity: String [optional],
    }

    /// A tag of the group, and of its instances if it is propagated.
    pub(crate) struct GroupTag {
        key: String,
        value: String,
        propagate_at_launch: bool,
    }

    pub(crate) struct TrafficSource {
        identifier: String,
        r#type: String [optional],
    }

    /// Instances that are kept ready to join.
    pub(crate) struct WarmPool {
        instance_reuse_policy: Option<ReusePolicy>,
        max_group_prepared_capacity: i64 [default(-1_i64)],
        min_size: i64 [default(0_i64)],
        pool_state: String [default_text("Stopped")],
    }

    pub(crate) struct ReusePolicy {
        reuse_on_scale_in: bool [optional],
    }

    /// A group of instances that is kept at a size.
    pub(crate) struct AutoscalingGroup {
        name: Option<String> [computed, force_new],
        name_prefix: Option<String> [computed, force_new],
        min_size: i64,
        max_size: i64,
        desired_capacity: Option<i64> [computed],
        desired_capacity_type: String [optional],
        availability_zone_distribution: Option<ZoneDistribution> [computed],
        availability_zones: Set<String> [computed],
        capacity_rebalance: bool [optional],
        capacity_reservation_specification: Option<CapacityReservation> [computed],
        context: String [optional],
        default_cooldown: Option<i64> [computed],
        default_instance_warmup: i64 [optional],
        enabled_metrics: Set<String>,
        force_delete: bool [default(false), config_only],
        force_delete_warm_pool: bool [default(false), config_only],
        health_check_grace_period: i64 [default(300_i64)],
        health_check_type: String [computed],
        ignore_failed_scaling_activities: bool [default(false), config_only],
        initial_lifecycle_hook: Set<LifecycleHook> [force_new],
        instance_maintenance_policy: Option<MaintenancePolicy>,
        instance_refresh: Option<InstanceRefresh>,
        launch_configuration: String [optional],
        launch_template: Option<Template>,
        load_balancers: Set<String> [computed],
        max_instance_lifetime: i64 [optional],
        metrics_granularity: String [default_text("1Minute")],
        min_elb_capacity: Option<i64> [config_only],
        mixed_instances_policy: Option<MixedInstances>,
        placement_group: String [optional],
        protect_from_scale_in: bool [default(false)],
        service_linked_role_arn: String [computed],
        suspended_processes: Set<String>,
        tag: Set<GroupTag>,
        target_group_arns: Set<String> [computed],
        termination_policies: Vec<String>,
        traffic_source: Set<TrafficSource> [computed],
        vpc_zone_identifier: Set<String> [computed],
        /// How long to wait for healthy instances, such as `10m`; `0` does not wait.
        wait_for_capacity_timeout: String [default_text("10m"), config_only],
        wait_for_elb_capacity: Option<i64> [config_only],
        warm_pool: Option<WarmPool>,
        arn: Computed<String>,
        predicted_capacity: i64 [read_only],
        warm_pool_size: i64 [read_only],
    }
}
