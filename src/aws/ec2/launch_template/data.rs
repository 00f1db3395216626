//! The blocks of a launch template: what a launched instance gets.

use crate::aws::{attribute::*, requirements::InstanceRequirements};
use std::collections::BTreeMap;

attributes! {
    /// A disk of the instance.
    pub(crate) struct BlockDevice {
        device_name: String [optional],
        no_device: String [optional],
        virtual_name: String [optional],
        ebs: Option<Ebs>,
    }

    /// A volume that is made with the instance.
    pub(crate) struct Ebs {
        delete_on_termination: String [optional],
        encrypted: String [optional],
        iops: i64 [computed],
        kms_key_id: String [optional],
        snapshot_id: String [optional],
        throughput: i64 [computed],
        volume_initialization_rate: i64 [computed],
        volume_size: i64 [computed],
        volume_type: String [computed],
    }

    /// Which capacity reservations the instance may use.
    pub(crate) struct CapacityReservation {
        capacity_reservation_preference: String [optional],
        capacity_reservation_target: Option<CapacityReservationTarget>,
    }

    /// The reservation to use.
    pub(crate) struct CapacityReservationTarget {
        capacity_reservation_id: String [optional],
        capacity_reservation_resource_group_arn: String [optional],
    }

    pub(crate) struct CpuOptions {
        amd_sev_snp: String [optional],
        core_count: i64 [optional],
        threads_per_core: i64 [optional],
    }

    /// How a burstable instance earns CPU credits.
    pub(crate) struct CreditSpecification {
        cpu_credits: String [optional],
    }

    pub(crate) struct ElasticGpu {
        r#type: String,
    }

    pub(crate) struct InferenceAccelerator {
        r#type: String,
    }

    /// Nitro Enclaves.
    pub(crate) struct EnclaveOptions {
        enabled: bool [optional],
    }

    pub(crate) struct HibernationOptions {
        configured: bool,
    }

    /// By name or by ARN.
    pub(crate) struct InstanceProfile {
        arn: String [optional],
        name: String [optional],
    }

    pub(crate) struct MarketOptions {
        market_type: String [optional],
        spot_options: Option<SpotOptions>,
    }

    pub(crate) struct SpotOptions {
        block_duration_minutes: i64 [optional],
        instance_interruption_behavior: String [optional],
        max_price: String [optional],
        spot_instance_type: String [optional],
        /// RFC 3339.
        valid_until: String [computed],
    }

    pub(crate) struct LicenseSpecification {
        license_configuration_arn: String,
    }

    pub(crate) struct MaintenanceOptions {
        auto_recovery: String [optional],
    }

    /// The instance metadata service.
    pub(crate) struct MetadataOptions {
        http_endpoint: String [computed],
        http_protocol_ipv6: String [computed],
        http_put_response_hop_limit: i64 [computed],
        http_tokens: String [computed],
        instance_metadata_tags: String [computed],
    }

    /// Metrics each minute instead of each five.
    pub(crate) struct Monitoring {
        enabled: bool [optional],
    }

    pub(crate) struct NetworkInterface {
        associate_carrier_ip_address: String [optional],
        associate_public_ip_address: String [optional],
        connection_tracking_specification: Option<ConnectionTracking>,
        delete_on_termination: String [optional],
        description: String [optional],
        device_index: i64 [optional],
        ena_srd_specification: Option<EnaSrd>,
        interface_type: String [optional],
        ipv4_address_count: i64 [optional],
        ipv4_addresses: Set<String>,
        ipv4_prefix_count: i64 [optional],
        ipv4_prefixes: Set<String>,
        ipv6_address_count: i64 [optional],
        ipv6_addresses: Set<String>,
        ipv6_prefix_count: i64 [optional],
        ipv6_prefixes: Set<String>,
        network_card_index: i64 [optional],
        network_interface_id: String [optional],
        primary_ipv6: String [optional],
        private_ip_address: String [optional],
        security_groups: Set<String>,
        subnet_id: String [optional],
    }

    /// Seconds after which an idle connection is forgotten.
    pub(crate) struct ConnectionTracking {
        tcp_established_timeout: i64 [optional],
        udp_stream_timeout: i64 [optional],
        udp_timeout: i64 [optional],
    }

    /// ENA Express.
    pub(crate) struct EnaSrd {
        ena_srd_enabled: bool [optional],
        ena_srd_udp_specification: Option<EnaSrdUdp>,
    }

    pub(crate) struct EnaSrdUdp {
        ena_srd_udp_enabled: bool [optional],
    }

    pub(crate) struct Placement {
        affinity: String [optional],
        availability_zone: String [optional],
        group_id: String [optional],
        group_name: String [optional],
        host_id: String [optional],
        host_resource_group_arn: String [optional],
        partition_number: i64 [optional],
        spread_domain: String [optional],
        tenancy: String [optional],
    }

    pub(crate) struct PrivateDnsNameOptions {
        enable_resource_name_dns_a_record: bool [optional],
        enable_resource_name_dns_aaaa_record: bool [optional],
        hostname_type: String [optional],
    }

    /// Tags for one kind of object that a launch makes.
    pub(crate) struct LaunchTags {
        resource_type: String [optional],
        tags: BTreeMap<String, String>,
    }

    /// A template from which instances are launched. A change makes a new version.
    pub(crate) struct LaunchTemplate {
        name: Option<String> [computed, force_new],
        name_prefix: Option<String> [computed, force_new],
        description: String [optional],
        default_version: Option<i64> [computed],
        /// Makes each new version the default one.
        update_default_version: Option<bool> [config_only],
        block_device_mappings: Vec<BlockDevice>,
        capacity_reservation_specification: Option<CapacityReservation>,
        cpu_options: Option<CpuOptions>,
        credit_specification: Option<CreditSpecification>,
        disable_api_stop: bool [optional],
        disable_api_termination: bool [optional],
        ebs_optimized: String [optional],
        elastic_gpu_specifications: Vec<ElasticGpu>,
        elastic_inference_accelerator: Option<InferenceAccelerator>,
        enclave_options: Option<EnclaveOptions>,
        hibernation_options: Option<HibernationOptions>,
        iam_instance_profile: Option<InstanceProfile>,
        image_id: String [optional],
        instance_initiated_shutdown_behavior: String [optional],
        instance_market_options: Option<MarketOptions>,
        instance_requirements: Option<InstanceRequirements>,
        instance_type: String [optional],
        kernel_id: String [optional],
        key_name: String [optional],
        license_specification: Set<LicenseSpecification>,
        maintenance_options: Option<MaintenanceOptions>,
        metadata_options: Option<MetadataOptions> [computed],
        monitoring: Option<Monitoring>,
        network_interfaces: Vec<NetworkInterface>,
        placement: Option<Placement>,
        private_dns_name_options: Option<PrivateDnsNameOptions>,
        ram_disk_id: String [optional],
        security_group_names: Set<String>,
        tag_specifications: Vec<LaunchTags>,
        /// Base64.
        user_data: String [optional, user_data],
        vpc_security_group_ids: Set<String>,
        tags: Tags,
        arn: Computed<String>,
        latest_version: Computed<i64>,
    }
}
