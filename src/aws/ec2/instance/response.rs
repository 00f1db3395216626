//! An instance as AWS returns it.

use super::{
    data::*,
    read::{Around, Settings},
};
use crate::aws::{attribute::*, client::Aws, ec2::tags};
use aws_sdk_ec2::types as ec2;
use base64::{Engine, prelude::BASE64_STANDARD};
use sha1::{Digest, Sha1};

/// `prior` holds what AWS does not return.
pub(super) fn instance(
    aws: &Aws,
    owner: &str,
    it: ec2::Instance,
    settings: Settings,
    around: Around<'_>,
    prior: &Instance,
) -> Instance {
    let id = it.instance_id.clone().unwrap_or_default();
    let primary =
        it.network_interfaces().iter().find(|it| it.attachment.as_ref().and_then(|it| it.device_index) == Some(0));
    let primary = primary.cloned();
    let (root, further) = devices(&it, around.volumes, prior);
    let base64 = prior.user_data_base64.as_deref().is_some_and(|it| !it.is_empty());
    let data = settings.user_data.filter(|it| !it.is_empty());
    let placement = it.placement.unwrap_or_else(|| ec2::Placement::builder().build());
    let groups = it.security_groups.unwrap_or_default();
    // Groups are known by name where the network is the default one.
    let named = around.in_default_vpc || it.vpc_id.is_none() || !prior.security_groups.0.is_empty();
    let ipv6: Vec<String> =
        primary.iter().flat_map(|it| it.ipv6_addresses()).filter_map(|it| it.ipv6_address.clone()).collect();
    let cpu = it.cpu_options;
    Instance {
        ami: it.image_id,
        associate_public_ip_address: Some(primary.as_ref().is_some_and(|it| it.association.is_some())),
        availability_zone: placement.availability_zone,
        capacity_reservation_specification: it.capacity_reservation_specification.map(|it| CapacityReservation {
            capacity_reservation_preference: text(it.capacity_reservation_preference),
            capacity_reservation_target: it.capacity_reservation_target.map(|it| CapacityReservationTarget {
                capacity_reservation_id: it.capacity_reservation_id.unwrap_or_default(),
                capacity_reservation_resource_group_arn: it.capacity_reservation_resource_group_arn.unwrap_or_default(),
            }),
        }),
        cpu_core_count: cpu.as_ref().and_then(|it| it.core_count).map(i64::from),
        cpu_threads_per_core: cpu.as_ref().and_then(|it| it.threads_per_core).map(i64::from),
        cpu_options: cpu.map(|it| CpuOptions {
            amd_sev_snp: text(it.amd_sev_snp),
            core_count: number(it.core_count),
            threads_per_core: number(it.threads_per_core),
        }),
        credit_specification: around.credits.map(|cpu_credits| CreditSpecification { cpu_credits }),
        disable_api_stop: Some(settings.disable_api_stop),
        disable_api_termination: Some(settings.disable_api_termination),
        ebs_block_device: further.into(),
        ebs_optimized: Some(it.ebs_optimized.unwrap_or_default()),
        enable_primary_ipv6: prior.enable_primary_ipv6,
        enclave_options: it.enclave_options.map(|it| EnclaveOptions { enabled: it.enabled.unwrap_or_default() }),
        ephemeral_block_device: prior.ephemeral_block_device.clone(),
        force_destroy: prior.force_destroy,
        get_password_data: prior.get_password_data,
        hibernation: it.hibernation_options.and_then(|it| it.configured).unwrap_or_default(),
        host_id: placement.host_id.unwrap_or_default(),
        host_resource_group_arn: placement.host_resource_group_arn,
        iam_instance_profile: it
            .iam_instance_profile
            .and_then(|it| it.arn)
            .and_then(|it| it.rsplit('/').next().map(str::to_owned))
            .unwrap_or_default(),
        instance_initiated_shutdown_behavior: settings.shutdown_behavior,
        instance_market_options: prior.instance_market_options.clone(),
        instance_type: it.instance_type.map(|it| it.to_string()),
        ipv6_address_count: ipv6.len() as i64,
        ipv6_addresses: ipv6,
        key_name: it.key_name.unwrap_or_default(),
        launch_template: prior.launch_template.clone(),
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
        monitoring: Some(matches!(
            it.monitoring.and_then(|it| it.state),
            Some(ec2::MonitoringState::Enabled | ec2::MonitoringState::Pending)
        )),
        network_interface: prior.network_interface.clone(),
        placement_group: placement.group_name.unwrap_or_default(),
        placement_group_id: placement.group_id.unwrap_or_default(),
        placement_partition_number: number(placement.partition_number),
        primary_network_interface: primary.as_ref().map(|it| PrimaryInterface {
            delete_on_termination: it.attachment.as_ref().and_then(|it| it.delete_on_termination).unwrap_or_default(),
            network_interface_id: it.network_interface_id.clone().unwrap_or_default(),
        }),
        private_dns_name_options: it.private_dns_name_options.map(|it| PrivateDnsNameOptions {
            enable_resource_name_dns_a_record: it.enable_resource_name_dns_a_record.unwrap_or_default(),
            enable_resource_name_dns_aaaa_record: it.enable_resource_name_dns_aaaa_record.unwrap_or_default(),
            hostname_type: text(it.hostname_type),
        }),
        private_ip: it.private_ip_address,
        root_block_device: root,
        secondary_private_ips: primary
            .iter()
            .flat_map(|it| it.private_ip_addresses())
            .filter(|it| it.primary == Some(false))
            .filter_map(|it| it.private_ip_address.clone())
            .collect(),
        security_groups: groups.iter().filter(|_| named).filter_map(|it| it.group_name.clone()).collect(),
        source_dest_check: primary
            .as_ref()
            .and_then(|it| it.source_dest_check)
            .or(it.source_dest_check)
            .unwrap_or(true),
        subnet_id: it.subnet_id.unwrap_or_default(),
        tags: tags(it.tags),
        tenancy: placement.tenancy.map(|it| it.to_string()),
        user_data: data.as_deref().filter(|_| !base64).map(hash),
        user_data_base64: data.filter(|_| base64),
        user_data_replace_on_change: false,
        volume_tags: volume_tags(aws, around.volumes, prior),
        vpc_security_group_ids: groups.into_iter().filter_map(|it| it.group_id).collect(),
        arn: aws.arn("ec2", owner, &format!("instance/{id}")).into(),
        instance_lifecycle: text(it.instance_lifecycle),
        instance_state: it.state.and_then(|it| it.name).map(|it| it.to_string()).into(),
        outpost_arn: it.outpost_arn.unwrap_or_default(),
        password_data: settings.password_data.unwrap_or_default(),
        primary_network_interface_id: primary.and_then(|it| it.network_interface_id).into(),
        private_dns: it.private_dns_name.unwrap_or_default(),
        public_dns: it.public_dns_name.unwrap_or_default(),
        public_ip: it.public_ip_address.unwrap_or_default(),
        spot_instance_request_id: it.spot_instance_request_id.unwrap_or_default(),
    }
}

/// Of what the instance gets, which AWS returns as base64.
fn hash(encoded: &str) -> String {
    let data = BASE64_STANDARD.decode(encoded).unwrap_or_else(|_| encoded.as_bytes().to_vec());
    Sha1::digest(data).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The tags of the volumes, where the configuration names them for all together: without the default ones, which it does not
/// say.
fn volume_tags(aws: &Aws, volumes: &[&ec2::Volume], prior: &Instance) -> Tags {
    if prior.volume_tags.is_empty() {
        return Tags::new();
    }
    let defaults = aws.with_default_tags(&Tags::new());
    let mut all = volumes.first().map(|it| tags(it.tags.clone())).unwrap_or_default();
    all.retain(|key, value| prior.volume_tags.contains_key(key) || defaults.get(key) != Some(value));
    all
}

/// The root volume, and the others. Of their tags, `tags` has those that the configuration names; all where it does not name
/// the device.
fn devices(it: &ec2::Instance, volumes: &[&ec2::Volume], prior: &Instance) -> (Option<RootDevice>, Vec<EbsDevice>) {
    let mut root = None;
    let mut further = Vec::new();
    let whole = prior.volume_tags.is_empty();
    for mapping in it.block_device_mappings() {
        let Some(ebs) = &mapping.ebs else { continue };
        let Some(volume) = volumes.iter().find(|it| it.volume_id == ebs.volume_id) else { continue };
        let name = mapping.device_name.clone().unwrap_or_default();
        let all = if whole { tags(volume.tags.clone()) } else { Tags::new() };
        let own = |stated: Option<&Tags>| -> Tags {
            all.iter()
                .filter(|(key, _)| stated.is_none_or(|it| it.contains_key(*key)))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect()
        };
        let device = EbsDevice {
            tags: own(prior.ebs_block_device.0.iter().find(|it| it.device_name == name).map(|it| &it.tags)),
            device_name: name.clone(),
            delete_on_termination: ebs.delete_on_termination.unwrap_or_default(),
            encrypted: volume.encrypted.unwrap_or_default(),
            iops: number(volume.iops),
            kms_key_id: volume.kms_key_id.clone().unwrap_or_default(),
            snapshot_id: volume.snapshot_id.clone().unwrap_or_default(),
            throughput: number(volume.throughput),
            volume_id: volume.volume_id.clone().unwrap_or_default(),
            volume_size: number(volume.size),
            volume_type: text(volume.volume_type.clone()),
            tags_all: all.clone(),
        };
        if it.root_device_name.as_deref() == Some(&name) {
            root = Some(RootDevice {
                tags: own(prior.root_block_device.as_ref().map(|it| &it.tags)),
                delete_on_termination: device.delete_on_termination,
                device_name: name,
                encrypted: device.encrypted,
                iops: device.iops,
                kms_key_id: device.kms_key_id,
                tags_all: device.tags_all,
                throughput: device.throughput,
                volume_id: device.volume_id,
                volume_size: device.volume_size,
                volume_type: device.volume_type,
            });
        } else {
            further.push(device);
        }
    }
    (root, further)
}
