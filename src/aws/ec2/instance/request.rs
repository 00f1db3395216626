//! An instance's blocks as AWS takes them.

use super::data::*;
use crate::aws::attribute::{count, given, some, texts};
use aws_sdk_ec2::types as ec2;
use base64::{Engine, prelude::BASE64_STANDARD};

/// What is base64 already goes as it is.
pub(super) fn encoded(text: &str) -> String {
    match BASE64_STANDARD.decode(text) {
        Ok(_) => text.to_owned(),
        Err(_) => BASE64_STANDARD.encode(text),
    }
}

pub(super) fn user_data(it: &Instance) -> Option<String> {
    let data = it.user_data_base64.as_deref().filter(|it| !it.is_empty());
    let data = data.or_else(|| it.user_data.as_deref().filter(|it| !it.is_empty()));
    data.map(encoded)
}

pub(super) fn block_devices(it: &Instance, root_name: Option<String>) -> Option<Vec<ec2::BlockDeviceMapping>> {
    let root = it.root_block_device.as_ref().zip(root_name).map(|(it, name)| {
        let ebs = ec2::EbsBlockDevice::builder()
            .delete_on_termination(it.delete_on_termination)
            .set_encrypted(it.encrypted.then_some(true))
            .set_iops(count(it.iops))
            .set_kms_key_id(given(&it.kms_key_id))
            .set_throughput(count(it.throughput))
            .set_volume_size(count(it.volume_size))
            .set_volume_type(given(&it.volume_type).map(|it| it.as_str().into()))
            .build();
        ec2::BlockDeviceMapping::builder().device_name(name).ebs(ebs).build()
    });
    let further = it.ebs_block_device.0.iter().map(|it| {
        let ebs = ec2::EbsBlockDevice::builder()
            .delete_on_termination(it.delete_on_termination)
            .set_encrypted(it.encrypted.then_some(true))
            .set_iops(count(it.iops))
            .set_kms_key_id(given(&it.kms_key_id))
            .set_snapshot_id(given(&it.snapshot_id))
            .set_throughput(count(it.throughput))
            .set_volume_size(count(it.volume_size))
            .set_volume_type(given(&it.volume_type).map(|it| it.as_str().into()))
            .build();
        ec2::BlockDeviceMapping::builder().device_name(&it.device_name).ebs(ebs).build()
    });
    let ephemeral = it.ephemeral_block_device.0.iter().map(|it| {
        let device = ec2::BlockDeviceMapping::builder().device_name(&it.device_name);
        device.set_virtual_name(given(&it.virtual_name)).set_no_device(it.no_device.then(String::new)).build()
    });
    some(root.into_iter().chain(further).chain(ephemeral))
}

/// The interfaces, where one is described by more than its subnet. AWS takes groups and addresses then only here.
pub(super) fn interfaces(it: &Instance) -> Option<Vec<ec2::InstanceNetworkInterfaceSpecification>> {
    if !it.network_interface.0.is_empty() {
        return some(it.network_interface.0.iter().map(|it| {
            ec2::InstanceNetworkInterfaceSpecification::builder()
                .delete_on_termination(it.delete_on_termination)
                .device_index(it.device_index as i32)
                .network_card_index(it.network_card_index as i32)
                .network_interface_id(&it.network_interface_id)
                .build()
        }));
    }
    if let Some(it) = &it.primary_network_interface {
        let interface = ec2::InstanceNetworkInterfaceSpecification::builder().device_index(0);
        return Some(vec![interface.network_interface_id(&it.network_interface_id).build()]);
    }
    if it.associate_public_ip_address.is_none()
        && it.secondary_private_ips.0.is_empty()
        && it.enable_primary_ipv6.is_none()
    {
        return None;
    }
    let secondary = it.secondary_private_ips.0.iter();
    let secondary =
        secondary.map(|it| ec2::PrivateIpAddressSpecification::builder().private_ip_address(it).primary(false).build());
    let interface = ec2::InstanceNetworkInterfaceSpecification::builder()
        .device_index(0)
        .set_associate_public_ip_address(it.associate_public_ip_address)
        .set_groups(texts(&it.vpc_security_group_ids))
        .set_ipv6_address_count(count(it.ipv6_address_count))
        .set_ipv6_addresses(ipv6_addresses(it))
        .set_primary_ipv6(it.enable_primary_ipv6)
        .set_private_ip_address(it.private_ip.clone())
        .set_private_ip_addresses(some(secondary))
        .set_subnet_id(given(&it.subnet_id))
        .build();
    Some(vec![interface])
}

pub(super) fn ipv6_addresses(it: &Instance) -> Option<Vec<ec2::InstanceIpv6Address>> {
    some(it.ipv6_addresses.iter().map(|it| ec2::InstanceIpv6Address::builder().ipv6_address(it).build()))
}

pub(super) fn placement(it: &Instance) -> Option<ec2::Placement> {
    let placement = ec2::Placement::builder()
        .set_availability_zone(it.availability_zone.clone())
        .set_group_id(given(&it.placement_group_id))
        .set_group_name(given(&it.placement_group).filter(|_| it.placement_group_id.is_empty()))
        .set_host_id(given(&it.host_id))
        .set_host_resource_group_arn(it.host_resource_group_arn.clone().filter(|it| !it.is_empty()))
        .set_partition_number(count(it.placement_partition_number))
        .set_tenancy(it.tenancy.as_deref().filter(|it| !it.is_empty()).map(Into::into))
        .build();
    (placement != ec2::Placement::builder().build()).then_some(placement)
}

pub(super) fn reservation(it: &CapacityReservation) -> ec2::CapacityReservationSpecification {
    ec2::CapacityReservationSpecification::builder()
        .set_capacity_reservation_preference(given(&it.capacity_reservation_preference).map(|it| it.as_str().into()))
        .set_capacity_reservation_target(it.capacity_reservation_target.as_ref().map(|it| {
            ec2::CapacityReservationTarget::builder()
                .set_capacity_reservation_id(given(&it.capacity_reservation_id))
                .set_capacity_reservation_resource_group_arn(given(&it.capacity_reservation_resource_group_arn))
                .build()
        }))
        .build()
}

pub(super) fn cpu(it: &Instance) -> Option<ec2::CpuOptionsRequest> {
    let builder = ec2::CpuOptionsRequest::builder();
    match &it.cpu_options {
        Some(it) => Some(
            builder
                .set_amd_sev_snp(given(&it.amd_sev_snp).map(|it| it.as_str().into()))
                .set_core_count(count(it.core_count))
                .set_threads_per_core(count(it.threads_per_core))
                .build(),
        ),
        None if it.cpu_core_count.or(it.cpu_threads_per_core).is_some() => Some(
            builder
                .set_core_count(it.cpu_core_count.and_then(count))
                .set_threads_per_core(it.cpu_threads_per_core.and_then(count))
                .build(),
        ),
        None => None,
    }
}

pub(super) fn market(it: &MarketOptions) -> ec2::InstanceMarketOptionsRequest {
    use aws_smithy_types::{DateTime, date_time::Format};
    let time = |text: String| DateTime::from_str(&text, Format::DateTimeWithOffset).ok();
    ec2::InstanceMarketOptionsRequest::builder()
        .set_market_type(given(&it.market_type).map(|it| it.as_str().into()))
        .set_spot_options(it.spot_options.as_ref().map(|it| {
            ec2::SpotMarketOptions::builder()
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

pub(super) fn metadata(it: &MetadataOptions) -> ec2::InstanceMetadataOptionsRequest {
    ec2::InstanceMetadataOptionsRequest::builder()
        .set_http_endpoint(given(&it.http_endpoint).map(|it| it.as_str().into()))
        .set_http_protocol_ipv6(given(&it.http_protocol_ipv6).map(|it| it.as_str().into()))
        .set_http_put_response_hop_limit(count(it.http_put_response_hop_limit))
        .set_http_tokens(given(&it.http_tokens).map(|it| it.as_str().into()))
        .set_instance_metadata_tags(given(&it.instance_metadata_tags).map(|it| it.as_str().into()))
        .build()
}

pub(super) fn template(it: &Template) -> ec2::LaunchTemplateSpecification {
    ec2::LaunchTemplateSpecification::builder()
        .set_launch_template_id(given(&it.id))
        .set_launch_template_name(given(&it.name).filter(|_| it.id.is_empty()))
        .set_version(given(&it.version))
        .build()
}

/// A profile is named, or given by its ARN.
pub(super) fn profile(it: &str) -> Option<ec2::IamInstanceProfileSpecification> {
    let builder = ec2::IamInstanceProfileSpecification::builder();
    given(it).map(|it| if it.starts_with("arn:") { builder.arn(it) } else { builder.name(it) }.build())
}

pub(super) fn dns(it: &PrivateDnsNameOptions) -> ec2::PrivateDnsNameOptionsRequest {
    ec2::PrivateDnsNameOptionsRequest::builder()
        .enable_resource_name_dns_a_record(it.enable_resource_name_dns_a_record)
        .enable_resource_name_dns_aaaa_record(it.enable_resource_name_dns_aaaa_record)
        .set_hostname_type(given(&it.hostname_type).map(|it| it.as_str().into()))
        .build()
}
