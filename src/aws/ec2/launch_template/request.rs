//! A launch template's blocks as AWS takes them.

use super::data::*;
use crate::aws::{
    attribute::{count, given, some, texts},
    requirements,
};
use aws_sdk_ec2::types::{self as ec2, RequestLaunchTemplateData};
use aws_smithy_types::{DateTime, date_time::Format};

// Elastic GPUs and inference accelerators are still part of the schema.
#[expect(deprecated)]
pub(super) fn data(it: &LaunchTemplate) -> RequestLaunchTemplateData {
    RequestLaunchTemplateData::builder()
        .set_block_device_mappings(some(it.block_device_mappings.iter().map(block_device)))
        .set_capacity_reservation_specification(it.capacity_reservation_specification.as_ref().map(reservation))
        .set_cpu_options(it.cpu_options.as_ref().map(cpu))
        .set_credit_specification(
            it.credit_specification
                .as_ref()
                .map(|it| ec2::CreditSpecificationRequest::builder().cpu_credits(&it.cpu_credits).build()),
        )
        .set_disable_api_stop(it.disable_api_stop.then_some(true))
        .set_disable_api_termination(it.disable_api_termination.then_some(true))
        .set_ebs_optimized(flag(&it.ebs_optimized))
        .set_elastic_gpu_specifications(some(
            it.elastic_gpu_specifications
                .iter()
                .map(|it| ec2::ElasticGpuSpecification::builder().r#type(&it.r#type).build()),
        ))
        .set_elastic_inference_accelerators(some(
            it.elastic_inference_accelerator
                .iter()
                .map(|it| ec2::LaunchTemplateElasticInferenceAccelerator::builder().r#type(&it.r#type).build()),
        ))
        .set_enclave_options(
            it.enclave_options
                .as_ref()
                .map(|it| ec2::LaunchTemplateEnclaveOptionsRequest::builder().enabled(it.enabled).build()),
        )
        .set_hibernation_options(
            it.hibernation_options
                .as_ref()
                .map(|it| ec2::LaunchTemplateHibernationOptionsRequest::builder().configured(it.configured).build()),
        )
        .set_iam_instance_profile(it.iam_instance_profile.as_ref().map(|it| {
            ec2::LaunchTemplateIamInstanceProfileSpecificationRequest::builder()
                .set_arn(given(&it.arn))
                .set_name(given(&it.name))
                .build()
        }))
        .set_image_id(given(&it.image_id))
        .set_instance_initiated_shutdown_behavior(
            given(&it.instance_initiated_shutdown_behavior).map(|it| it.as_str().into()),
        )
        .set_instance_market_options(it.instance_market_options.as_ref().map(market))
        .set_instance_requirements(it.instance_requirements.as_ref().map(requirements::request))
        .set_instance_type(given(&it.instance_type).map(|it| it.as_str().into()))
        .set_kernel_id(given(&it.kernel_id))
        .set_key_name(given(&it.key_name))
        .set_license_specifications(some(it.license_specification.0.iter().map(|it| {
            ec2::LaunchTemplateLicenseConfigurationRequest::builder()
                .license_configuration_arn(&it.license_configuration_arn)
                .build()
        })))
        .set_maintenance_options(it.maintenance_options.as_ref().map(|it| {
            ec2::LaunchTemplateInstanceMaintenanceOptionsRequest::builder()
                .set_auto_recovery(given(&it.auto_recovery).map(|it| it.as_str().into()))
                .build()
        }))
        .set_metadata_options(it.metadata_options.as_ref().map(metadata))
        .set_monitoring(
            it.monitoring
                .as_ref()
                .map(|it| ec2::LaunchTemplatesMonitoringRequest::builder().enabled(it.enabled).build()),
        )
        .set_network_interfaces(some(it.network_interfaces.iter().map(interface)))
        .set_placement(it.placement.as_ref().map(placement))
        .set_private_dns_name_options(it.private_dns_name_options.as_ref().map(|it| {
            ec2::LaunchTemplatePrivateDnsNameOptionsRequest::builder()
                .enable_resource_name_dns_a_record(it.enable_resource_name_dns_a_record)
                .enable_resource_name_dns_aaaa_record(it.enable_resource_name_dns_aaaa_record)
                .set_hostname_type(given(&it.hostname_type).map(|it| it.as_str().into()))
                .build()
        }))
        .set_ram_disk_id(given(&it.ram_disk_id))
        .set_security_groups(texts(&it.security_group_names))
        .set_security_group_ids(texts(&it.vpc_security_group_ids))
        .set_tag_specifications(some(it.tag_specifications.iter().map(|it| {
            ec2::LaunchTemplateTagSpecificationRequest::builder()
                .set_resource_type(given(&it.resource_type).map(|it| it.as_str().into()))
                .set_tags(Some(crate::aws::ec2::to_ec2(&it.tags)))
                .build()
        })))
        .set_user_data(given(&it.user_data))
        .build()
}

/// `"true"`, `"false"`, or `""` for what is left to AWS.
fn flag(value: &str) -> Option<bool> {
    value.parse().ok()
}

fn block_device(it: &BlockDevice) -> ec2::LaunchTemplateBlockDeviceMappingRequest {
    ec2::LaunchTemplateBlockDeviceMappingRequest::builder()
        .set_device_name(given(&it.device_name))
        .set_no_device(given(&it.no_device))
        .set_virtual_name(given(&it.virtual_name))
        .set_ebs(it.ebs.as_ref().map(|it| {
            ec2::LaunchTemplateEbsBlockDeviceRequest::builder()
                .set_delete_on_termination(flag(&it.delete_on_termination))
                .set_encrypted(flag(&it.encrypted))
                .set_iops(count(it.iops))
                .set_kms_key_id(given(&it.kms_key_id))
                .set_snapshot_id(given(&it.snapshot_id))
                .set_throughput(count(it.throughput))
                .set_volume_initialization_rate(count(it.volume_initialization_rate))
                .set_volume_size(count(it.volume_size))
                .set_volume_type(given(&it.volume_type).map(|it| it.as_str().into()))
                .build()
        }))
        .build()
}

fn reservation(it: &CapacityReservation) -> ec2::LaunchTemplateCapacityReservationSpecificationRequest {
    ec2::LaunchTemplateCapacityReservationSpecificationRequest::builder()
        .set_capacity_reservation_preference(given(&it.capacity_reservation_preference).map(|it| it.as_str().into()))
        .set_capacity_reservation_target(it.capacity_reservation_target.as_ref().map(|it| {
            ec2::CapacityReservationTarget::builder()
                .set_capacity_reservation_id(given(&it.capacity_reservation_id))
                .set_capacity_reservation_resource_group_arn(given(&it.capacity_reservation_resource_group_arn))
                .build()
        }))
        .build()
}

fn cpu(it: &CpuOptions) -> ec2::LaunchTemplateCpuOptionsRequest {
    ec2::LaunchTemplateCpuOptionsRequest::builder()
        .set_amd_sev_snp(given(&it.amd_sev_snp).map(|it| it.as_str().into()))
        .set_core_count(count(it.core_count))
        .set_threads_per_core(count(it.threads_per_core))
        .build()
}

fn market(it: &MarketOptions) -> ec2::LaunchTemplateInstanceMarketOptionsRequest {
    let time = |text: String| DateTime::from_str(&text, Format::DateTimeWithOffset).ok();
    ec2::LaunchTemplateInstanceMarketOptionsRequest::builder()
        .set_market_type(given(&it.market_type).map(|it| it.as_str().into()))
        .set_spot_options(it.spot_options.as_ref().map(|it| {
            ec2::LaunchTemplateSpotMarketOptionsRequest::builder()
                .set_block_duration_minutes(count(it.block_duration_minutes))
                .set_instance_interruption_behavior(
                    given(&it.instance_interruption_behavior).map(|it| it.as_str().into()),
                )
                .set_max_price(given(&it.max_price))
                .set_spot_instance_type(given(&it.spot_instance_type).map(|it| it.as_str().into()))
                .set_valid_until(given(&it.valid_until).and_then(time))
                .build()
        }))
        .build()
}

fn metadata(it: &MetadataOptions) -> ec2::LaunchTemplateInstanceMetadataOptionsRequest {
    ec2::LaunchTemplateInstanceMetadataOptionsRequest::builder()
        .set_http_endpoint(given(&it.http_endpoint).map(|it| it.as_str().into()))
        .set_http_protocol_ipv6(given(&it.http_protocol_ipv6).map(|it| it.as_str().into()))
        .set_http_put_response_hop_limit(count(it.http_put_response_hop_limit))
        .set_http_tokens(given(&it.http_tokens).map(|it| it.as_str().into()))
        .set_instance_metadata_tags(given(&it.instance_metadata_tags).map(|it| it.as_str().into()))
        .build()
}

fn interface(it: &NetworkInterface) -> ec2::LaunchTemplateInstanceNetworkInterfaceSpecificationRequest {
    let addresses = it.ipv4_addresses.0.iter().map(|address| {
        let primary = *address == it.private_ip_address;
        ec2::PrivateIpAddressSpecification::builder().private_ip_address(address).primary(primary).build()
    });
    let ipv6_addresses =
        it.ipv6_addresses.0.iter().map(|it| ec2::InstanceIpv6AddressRequest::builder().ipv6_address(it).build());
    let ipv4_prefixes =
        it.ipv4_prefixes.0.iter().map(|it| ec2::Ipv4PrefixSpecificationRequest::builder().ipv4_prefix(it).build());
    let ipv6_prefixes =
        it.ipv6_prefixes.0.iter().map(|it| ec2::Ipv6PrefixSpecificationRequest::builder().ipv6_prefix(it).build());
    ec2::LaunchTemplateInstanceNetworkInterfaceSpecificationRequest::builder()
        .set_associate_carrier_ip_address(flag(&it.associate_carrier_ip_address))
        .set_associate_public_ip_address(flag(&it.associate_public_ip_address))
        .set_connection_tracking_specification(it.connection_tracking_specification.as_ref().map(|it| {
            ec2::ConnectionTrackingSpecificationRequest::builder()
                .set_tcp_established_timeout(count(it.tcp_established_timeout))
                .set_udp_stream_timeout(count(it.udp_stream_timeout))
                .set_udp_timeout(count(it.udp_timeout))
                .build()
        }))
        .set_delete_on_termination(flag(&it.delete_on_termination))
        .set_description(given(&it.description))
        .device_index(it.device_index as i32)
        .set_ena_srd_specification(it.ena_srd_specification.as_ref().map(|it| {
            ec2::EnaSrdSpecificationRequest::builder()
                .ena_srd_enabled(it.ena_srd_enabled)
                .set_ena_srd_udp_specification(it.ena_srd_udp_specification.as_ref().map(|it| {
                    ec2::EnaSrdUdpSpecificationRequest::builder().ena_srd_udp_enabled(it.ena_srd_udp_enabled).build()
                }))
                .build()
        }))
        .set_groups(texts(&it.security_groups))
        .set_interface_type(given(&it.interface_type))
        .set_ipv4_prefix_count(count(it.ipv4_prefix_count))
        .set_ipv4_prefixes(some(ipv4_prefixes))
        .set_ipv6_address_count(count(it.ipv6_address_count))
        .set_ipv6_addresses(some(ipv6_addresses))
        .set_ipv6_prefix_count(count(it.ipv6_prefix_count))
        .set_ipv6_prefixes(some(ipv6_prefixes))
        .set_network_card_index(count(it.network_card_index))
        .set_network_interface_id(given(&it.network_interface_id))
        .set_primary_ipv6(flag(&it.primary_ipv6))
        // AWS takes the primary address in one place only.
        .set_private_ip_address(given(&it.private_ip_address).filter(|_| it.ipv4_addresses.0.is_empty()))
        .set_private_ip_addresses(some(addresses))
        .set_secondary_private_ip_address_count(count(it.ipv4_address_count))
        .set_subnet_id(given(&it.subnet_id))
        .build()
}

fn placement(it: &Placement) -> ec2::LaunchTemplatePlacementRequest {
    ec2::LaunchTemplatePlacementRequest::builder()
        .set_affinity(given(&it.affinity))
        .set_availability_zone(given(&it.availability_zone))
        .set_group_id(given(&it.group_id))
        .set_group_name(given(&it.group_name))
        .set_host_id(given(&it.host_id))
        .set_host_resource_group_arn(given(&it.host_resource_group_arn))
        .set_partition_number(count(it.partition_number))
        .set_spread_domain(given(&it.spread_domain))
        .set_tenancy(given(&it.tenancy).map(|it| it.as_str().into()))
        .build()
}
