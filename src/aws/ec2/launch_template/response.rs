//! A launch template's blocks as AWS returns them.

use super::data::*;
use crate::aws::{
    attribute::{number, text},
    requirements,
};
use aws_sdk_ec2::types::{self as ec2, ResponseLaunchTemplateData};
use aws_smithy_types::date_time::Format;

/// The template's blocks; everything else is left at zero.
pub(super) fn blocks(it: ResponseLaunchTemplateData) -> LaunchTemplate {
    LaunchTemplate {
        block_device_mappings: all(it.block_device_mappings, block_device),
        capacity_reservation_specification: it.capacity_reservation_specification.map(reservation),
        cpu_options: it.cpu_options.map(|it| CpuOptions {
            amd_sev_snp: text(it.amd_sev_snp),
            core_count: number(it.core_count),
            threads_per_core: number(it.threads_per_core),
        }),
        credit_specification: it
            .credit_specification
            .map(|it| CreditSpecification { cpu_credits: it.cpu_credits.unwrap_or_default() }),
        disable_api_stop: it.disable_api_stop.unwrap_or_default(),
        disable_api_termination: it.disable_api_termination.unwrap_or_default(),
        ebs_optimized: flag(it.ebs_optimized),
        elastic_gpu_specifications: all(it.elastic_gpu_specifications, |it| ElasticGpu {
            r#type: it.r#type.unwrap_or_default(),
        }),
        elastic_inference_accelerator: it
            .elastic_inference_accelerators
            .and_then(|it| it.into_iter().next())
            .map(|it| InferenceAccelerator { r#type: it.r#type.unwrap_or_default() }),
        enclave_options: it.enclave_options.map(|it| EnclaveOptions { enabled: it.enabled.unwrap_or_default() }),
        hibernation_options: it
            .hibernation_options
            .map(|it| HibernationOptions { configured: it.configured.unwrap_or_default() }),
        iam_instance_profile: it
            .iam_instance_profile
            .map(|it| InstanceProfile { arn: it.arn.unwrap_or_default(), name: it.name.unwrap_or_default() }),
        image_id: it.image_id.unwrap_or_default(),
        instance_initiated_shutdown_behavior: text(it.instance_initiated_shutdown_behavior),
        instance_market_options: it.instance_market_options.map(market),
        instance_requirements: it.instance_requirements.map(requirements::response),
        instance_type: text(it.instance_type),
        kernel_id: it.kernel_id.unwrap_or_default(),
        key_name: it.key_name.unwrap_or_default(),
        license_specification: all(it.license_specifications, |it| LicenseSpecification {
            license_configuration_arn: it.license_configuration_arn.unwrap_or_default(),
        })
        .into(),
        maintenance_options: it
            .maintenance_options
            .map(|it| MaintenanceOptions { auto_recovery: text(it.auto_recovery) }),
        metadata_options: it.metadata_options.map(|it| MetadataOptions {
            http_endpoint: text(it.http_endpoint),
            http_protocol_ipv6: text(it.http_protocol_ipv6),
            http_put_response_hop_limit: number(it.http_put_response_hop_limit),
            http_tokens: text(it.http_tokens),
            instance_metadata_tags: text(it.instance_metadata_tags),
        }),
        monitoring: it.monitoring.map(|it| Monitoring { enabled: it.enabled.unwrap_or_default() }),
        network_interfaces: all(it.network_interfaces, interface),
        placement: it.placement.map(placement),
        private_dns_name_options: it.private_dns_name_options.map(|it| PrivateDnsNameOptions {
            enable_resource_name_dns_a_record: it.enable_resource_name_dns_a_record.unwrap_or_default(),
            enable_resource_name_dns_aaaa_record: it.enable_resource_name_dns_aaaa_record.unwrap_or_default(),
            hostname_type: text(it.hostname_type),
        }),
        ram_disk_id: it.ram_disk_id.unwrap_or_default(),
        security_group_names: it.security_groups.unwrap_or_default().into(),
        tag_specifications: all(it.tag_specifications, |it| LaunchTags {
            resource_type: text(it.resource_type),
            tags: crate::aws::ec2::tags(it.tags),
        }),
        user_data: it.user_data.unwrap_or_default(),
        vpc_security_group_ids: it.security_group_ids.unwrap_or_default().into(),
        ..LaunchTemplate::default()
    }
}

fn all<S, T>(values: Option<Vec<S>>, convert: impl FnMut(S) -> T) -> Vec<T> {
    values.into_iter().flatten().map(convert).collect()
}

fn flag(value: Option<bool>) -> String {
    text(value)
}

fn block_device(it: ec2::LaunchTemplateBlockDeviceMapping) -> BlockDevice {
    BlockDevice {
        device_name: it.device_name.unwrap_or_default(),
        no_device: it.no_device.unwrap_or_default(),
        virtual_name: it.virtual_name.unwrap_or_default(),
        ebs: it.ebs.map(|it| Ebs {
            delete_on_termination: flag(it.delete_on_termination),
            encrypted: flag(it.encrypted),
            iops: number(it.iops),
            kms_key_id: it.kms_key_id.unwrap_or_default(),
            snapshot_id: it.snapshot_id.unwrap_or_default(),
            throughput: number(it.throughput),
            volume_initialization_rate: number(it.volume_initialization_rate),
            volume_size: number(it.volume_size),
            volume_type: text(it.volume_type),
        }),
    }
}

fn reservation(it: ec2::LaunchTemplateCapacityReservationSpecificationResponse) -> CapacityReservation {
    CapacityReservation {
        capacity_reservation_preference: text(it.capacity_reservation_preference),
        capacity_reservation_target: it.capacity_reservation_target.map(|it| CapacityReservationTarget {
            capacity_reservation_id: it.capacity_reservation_id.unwrap_or_default(),
            capacity_reservation_resource_group_arn: it.capacity_reservation_resource_group_arn.unwrap_or_default(),
        }),
    }
}

fn market(it: ec2::LaunchTemplateInstanceMarketOptions) -> MarketOptions {
    MarketOptions {
        market_type: text(it.market_type),
        spot_options: it.spot_options.map(|it| SpotOptions {
            block_duration_minutes: number(it.block_duration_minutes),
            instance_interruption_behavior: text(it.instance_interruption_behavior),
            max_price: it.max_price.unwrap_or_default(),
            spot_instance_type: text(it.spot_instance_type),
            valid_until: it.valid_until.and_then(|it| it.fmt(Format::DateTime).ok()).unwrap_or_default(),
        }),
    }
}

fn interface(it: ec2::LaunchTemplateInstanceNetworkInterfaceSpecification) -> NetworkInterface {
    let addresses = it.private_ip_addresses.unwrap_or_default();
    let primary = addresses.iter().find(|it| it.primary == Some(true)).and_then(|it| it.private_ip_address.clone());
    NetworkInterface {
        associate_carrier_ip_address: flag(it.associate_carrier_ip_address),
        associate_public_ip_address: flag(it.associate_public_ip_address),
        connection_tracking_specification: it.connection_tracking_specification.map(|it| ConnectionTracking {
            tcp_established_timeout: number(it.tcp_established_timeout),
            udp_stream_timeout: number(it.udp_stream_timeout),
            udp_timeout: number(it.udp_timeout),
        }),
        delete_on_termination: flag(it.delete_on_termination),
        description: it.description.unwrap_or_default(),
        device_index: number(it.device_index),
        ena_srd_specification: it.ena_srd_specification.map(|it| EnaSrd {
            ena_srd_enabled: it.ena_srd_enabled.unwrap_or_default(),
            ena_srd_udp_specification: it
                .ena_srd_udp_specification
                .map(|it| EnaSrdUdp { ena_srd_udp_enabled: it.ena_srd_udp_enabled.unwrap_or_default() }),
        }),
        interface_type: it.interface_type.unwrap_or_default(),
        ipv4_address_count: number(it.secondary_private_ip_address_count),
        ipv4_addresses: addresses.into_iter().filter_map(|it| it.private_ip_address).collect(),
        ipv4_prefix_count: number(it.ipv4_prefix_count),
        ipv4_prefixes: it.ipv4_prefixes.into_iter().flatten().filter_map(|it| it.ipv4_prefix).collect(),
        ipv6_address_count: number(it.ipv6_address_count),
        ipv6_addresses: it.ipv6_addresses.into_iter().flatten().filter_map(|it| it.ipv6_address).collect(),
        ipv6_prefix_count: number(it.ipv6_prefix_count),
        ipv6_prefixes: it.ipv6_prefixes.into_iter().flatten().filter_map(|it| it.ipv6_prefix).collect(),
        network_card_index: number(it.network_card_index),
        network_interface_id: it.network_interface_id.unwrap_or_default(),
        primary_ipv6: flag(it.primary_ipv6),
        private_ip_address: it.private_ip_address.or(primary).unwrap_or_default(),
        security_groups: it.groups.unwrap_or_default().into(),
        subnet_id: it.subnet_id.unwrap_or_default(),
    }
}

fn placement(it: ec2::LaunchTemplatePlacement) -> Placement {
    Placement {
        affinity: it.affinity.unwrap_or_default(),
        availability_zone: it.availability_zone.unwrap_or_default(),
        group_id: it.group_id.unwrap_or_default(),
        group_name: it.group_name.unwrap_or_default(),
        host_id: it.host_id.unwrap_or_default(),
        host_resource_group_arn: it.host_resource_group_arn.unwrap_or_default(),
        partition_number: number(it.partition_number),
        spread_domain: it.spread_domain.unwrap_or_default(),
        tenancy: text(it.tenancy),
    }
}
