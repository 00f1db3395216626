//! An instance's attributes and blocks.

use crate::aws::attribute::*;

attributes! {
    pub(crate) struct CapacityReservation {
        capacity_reservation_preference: String [optional],
        capacity_reservation_target: Option<CapacityReservationTarget>,
    }

    pub(crate) struct CapacityReservationTarget {
        capacity_reservation_id: String [optional],
        capacity_reservation_resource_group_arn: String [optional],
    }

    pub(crate) struct CpuOptions {
        amd_sev_snp: String [computed, force_new],
        core_count: i64 [computed, force_new],
        threads_per_core: i64 [computed, force_new],
    }

    pub(crate) struct CreditSpecification {
        cpu_credits: String [optional],
    }

    /// A further volume that is made with the instance.
    pub(crate) struct EbsDevice {
        device_name: String [force_new],
        delete_on_termination: bool [default(true), force_new],
        encrypted: bool [computed, force_new],
        iops: i64 [computed, force_new],
        kms_key_id: String [computed, force_new],
        snapshot_id: String [computed, force_new],
        tags: Tags [force_new],
        tags_all: Tags [computed, force_new],
        throughput: i64 [computed, force_new],
        volume_id: String [read_only],
        volume_size: i64 [computed, force_new],
        volume_type: String [computed, force_new],
    }

    pub(crate) struct EnclaveOptions {
        enabled: bool [computed, force_new],
    }

    pub(crate) struct EphemeralDevice {
        device_name: String,
        no_device: bool [optional],
        virtual_name: String [optional],
    }

    pub(crate) struct MarketOptions {
        market_type: String [computed, force_new],
        spot_options: Option<SpotOptions> [computed, force_new],
    }

    pub(crate) struct SpotOptions {
        instance_interruption_behavior: String [computed, force_new],
        max_price: String [computed, force_new],
        spot_instance_type: String [computed, force_new],
        valid_until: String [computed, force_new],
    }

    pub(crate) struct Template {
        id: String [computed, force_new],
        name: String [computed, force_new],
        version: String [default_text("$Default")],
    }

    pub(crate) struct MaintenanceOptions {
        auto_recovery: String [computed],
    }

    /// The instance metadata service.
    pub(crate) struct MetadataOptions {
        http_endpoint: String [default_text("enabled")],
        http_protocol_ipv6: String [default_text("disabled")],
        http_put_response_hop_limit: i64 [computed],
        http_tokens: String [computed],
        instance_metadata_tags: String [computed],
    }

    /// An existing interface to attach.
    pub(crate) struct AttachedInterface {
        delete_on_termination: bool [default(false), force_new],
        device_index: i64 [force_new],
        network_card_index: i64 [default(0_i64), force_new],
        network_interface_id: String [force_new],
    }

    /// The existing interface that is the first one of the instance.
    pub(crate) struct PrimaryInterface {
        delete_on_termination: bool [read_only],
        network_interface_id: String [force_new],
    }

    pub(crate) struct PrivateDnsNameOptions {
        enable_resource_name_dns_a_record: bool [computed],
        enable_resource_name_dns_aaaa_record: bool [computed],
        hostname_type: String [computed],
    }

    pub(crate) struct RootDevice {
        delete_on_termination: bool [default(true)],
        device_name: String [read_only],
        encrypted: bool [computed, force_new],
        iops: i64 [computed],
        kms_key_id: String [computed, force_new],
        tags: Tags,
        tags_all: Tags [computed],
        throughput: i64 [computed],
        volume_id: String [read_only],
        volume_size: i64 [computed],
        volume_type: String [computed],
    }

    /// A virtual machine.
    pub(crate) struct Instance {
        ami: Option<String> [computed, force_new],
        associate_public_ip_address: Option<bool> [computed, force_new],
        availability_zone: Option<String> [computed, force_new],
        capacity_reservation_specification: Option<CapacityReservation> [computed],
        cpu_core_count: Option<i64> [computed, force_new, deprecated("Use cpu_options instead.")],
        cpu_options: Option<CpuOptions> [computed],
        cpu_threads_per_core: Option<i64> [computed, force_new, deprecated("Use cpu_options instead.")],
        /// Leaving the block out changes nothing, as in the reference provider.
        credit_specification: Option<CreditSpecification> [computed],
        disable_api_stop: Option<bool> [computed],
        disable_api_termination: Option<bool> [computed],
        ebs_block_device: Set<EbsDevice> [computed, force_new],
        ebs_optimized: Option<bool> [computed, force_new],
        enable_primary_ipv6: Option<bool> [computed],
        enclave_options: Option<EnclaveOptions> [computed],
        ephemeral_block_device: Set<EphemeralDevice> [computed, force_new],
        /// Whether a destroy takes back what protects the instance from it.
        force_destroy: bool [default(false), config_only],
        get_password_data: bool [default(false)],
        hibernation: bool [optional, force_new],
        host_id: String [computed, force_new],
        host_resource_group_arn: Option<String> [computed],
        iam_instance_profile: String [computed],
        instance_initiated_shutdown_behavior: Option<String> [computed],
        instance_market_options: Option<MarketOptions> [computed, force_new],
        instance_type: Option<String> [computed],
        ipv6_address_count: i64 [computed],
        ipv6_addresses: Vec<String> [computed, force_new],
        key_name: String [computed, force_new],
        launch_template: Option<Template> [force_new],
        maintenance_options: Option<MaintenanceOptions> [computed],
        metadata_options: Option<MetadataOptions> [computed],
        monitoring: Option<bool> [computed],
        network_interface: Set<AttachedInterface> [computed, force_new],
        placement_group: String [computed, force_new],
        placement_group_id: String [computed, force_new],
        placement_partition_number: i64 [computed, force_new],
        primary_network_interface: Option<PrimaryInterface> [computed, force_new],
        private_dns_name_options: Option<PrivateDnsNameOptions> [computed, force_new],
        private_ip: Option<String> [computed, force_new],
        root_block_device: Option<RootDevice> [computed],
        secondary_private_ips: Set<String> [computed],
        security_groups: Set<String> [computed, force_new],
        source_dest_check: bool [default(true)],
        subnet_id: String [computed, force_new],
        tags: Tags,
        tenancy: Option<String> [computed, force_new],
        /// State holds its SHA-1.
        user_data: Option<String> [computed, sha1],
        user_data_base64: Option<String> [computed, user_data],
        user_data_replace_on_change: bool [default(false), config_only],
        volume_tags: Tags,
        vpc_security_group_ids: Set<String> [computed],
        arn: Computed<String>,
        instance_lifecycle: String [read_only],
        instance_state: Computed<String>,
        outpost_arn: String [read_only],
        password_data: String [read_only],
        primary_network_interface_id: Computed<String>,
        private_dns: String [read_only],
        public_dns: String [read_only],
        public_ip: String [read_only],
        spot_instance_request_id: String [read_only],
    }
}
