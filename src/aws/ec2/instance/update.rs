//! What of an instance changes with calls of their own.

use super::{data::*, request};
use crate::{
    aws::{
        attribute::Tags,
        client::Aws,
        ec2::{any_of, flag, retag},
        error::gone_is_fine,
        resource::{Change, malformed},
    },
    provider::{Id, Result},
};
use aws_sdk_ec2::{primitives::Blob, types as ec2};
use base64::{Engine, prelude::BASE64_STANDARD};

fn value(text: &str) -> ec2::AttributeValue {
    ec2::AttributeValue::builder().value(text).build()
}

/// Settings that a running instance takes.
pub(super) async fn settings(aws: &Aws, id: &Id, change: &Change<Instance>) -> Result<()> {
    let modify = || aws.ec2().modify_instance_attribute().instance_id(&id.0);
    if let Some(Some(on)) = change.to(|it| &it.disable_api_termination) {
        modify().disable_api_termination(flag(*on)).send().await?;
    }
    if let Some(Some(on)) = change.to(|it| &it.disable_api_stop) {
        modify().disable_api_stop(flag(*on)).send().await?;
    }
    if let Some(Some(behavior)) = change.to(|it| &it.instance_initiated_shutdown_behavior) {
        modify().instance_initiated_shutdown_behavior(value(behavior)).send().await?;
    }
    match change.to(|it| &it.monitoring) {
        Some(Some(true)) => drop(aws.ec2().monitor_instances().instance_ids(&id.0).send().await?),
        Some(_) => drop(aws.ec2().unmonitor_instances().instance_ids(&id.0).send().await?),
        None => {}
    }
    if let Some(Some(options)) = change.to(|it| &it.metadata_options) {
        let options = request::metadata(options);
        let request = aws.ec2().modify_instance_metadata_options().instance_id(&id.0);
        let request = request
            .set_http_endpoint(options.http_endpoint)
            .set_http_protocol_ipv6(options.http_protocol_ipv6)
            .set_http_put_response_hop_limit(options.http_put_response_hop_limit)
            .set_http_tokens(options.http_tokens)
            .set_instance_metadata_tags(options.instance_metadata_tags);
        request.send().await?;
    }
    if let Some(Some(options)) = change.to(|it| &it.maintenance_options) {
        let request = aws.ec2().modify_instance_maintenance_options().instance_id(&id.0);
        request.auto_recovery(options.auto_recovery.as_str().into()).send().await?;
    }
    if let Some(Some(reservation)) = change.to(|it| &it.capacity_reservation_specification) {
        let request = aws.ec2().modify_instance_capacity_reservation_attributes().instance_id(&id.0);
        request.capacity_reservation_specification(request::reservation(reservation)).send().await?;
    }
    if let Some(Some(credits)) = change.to(|it| &it.credit_specification) {
        let credits =
            ec2::InstanceCreditSpecificationRequest::builder().instance_id(&id.0).cpu_credits(&credits.cpu_credits);
        aws.ec2().modify_instance_credit_specification().instance_credit_specifications(credits.build()).send().await?;
    }
    profile(aws, id, change).await
}

/// Takes back what keeps an instance from being terminated.
pub(super) async fn unprotect(aws: &Aws, id: &Id) -> Result<()> {
    const GONE: &[&str] = &["InvalidInstanceID.NotFound", "IncorrectInstanceState"];
    let modify = || aws.ec2().modify_instance_attribute().instance_id(&id.0);
    gone_is_fine(modify().disable_api_termination(flag(false)).send().await, GONE)?;
    gone_is_fine(modify().disable_api_stop(flag(false)).send().await, GONE)
}

/// The profile is attached by an association of its own.
async fn profile(aws: &Aws, id: &Id, change: &Change<Instance>) -> Result<()> {
    let Some(wanted) = change.to(|it| &it.iam_instance_profile) else { return Ok(()) };
    let filters = any_of("instance-id", [id.0.as_str()]);
    let request = aws.ec2().describe_iam_instance_profile_associations().set_filters(Some(filters));
    let associations = request.send().await?.iam_instance_profile_associations.unwrap_or_default();
    let old = associations.into_iter().find(|it| it.state == Some(ec2::IamInstanceProfileAssociationState::Associated));
    match (request::profile(wanted), old.and_then(|it| it.association_id)) {
        (Some(profile), Some(old)) => {
            let request = aws.ec2().replace_iam_instance_profile_association().association_id(old);
            request.iam_instance_profile(profile).send().await?;
        }
        (Some(profile), None) => {
            let request = aws.ec2().associate_iam_instance_profile().instance_id(&id.0);
            request.iam_instance_profile(profile).send().await?;
        }
        (None, Some(old)) => {
            aws.ec2().disassociate_iam_instance_profile().association_id(old).send().await?;
        }
        (None, None) => {}
    }
    Ok(())
}

/// What belongs to the primary interface.
pub(super) async fn network(aws: &Aws, id: &Id, change: &Change<Instance>) -> Result<()> {
    let interface = change.before.primary_network_interface_id.0.as_deref();
    if let Some(&on) = change.to(|it| &it.source_dest_check) {
        aws.ec2().modify_instance_attribute().instance_id(&id.0).source_dest_check(flag(on)).send().await?;
    }
    if let Some(groups) = change.to(|it| &it.vpc_security_group_ids).filter(|it| !it.0.is_empty()) {
        let request = aws.ec2().modify_network_interface_attribute();
        let request = request.network_interface_id(interface.ok_or_else(malformed)?);
        request.set_groups(Some(groups.0.clone())).send().await?;
    }
    if let Some(after) = change.to(|it| &it.secondary_private_ips) {
        let before = &change.before.secondary_private_ips;
        let interface = interface.ok_or_else(malformed)?;
        let stale: Vec<String> = before.without(after).cloned().collect();
        if !stale.is_empty() {
            let request = aws.ec2().unassign_private_ip_addresses().network_interface_id(interface);
            request.set_private_ip_addresses(Some(stale)).send().await?;
        }
        let fresh: Vec<String> = after.without(before).cloned().collect();
        if !fresh.is_empty() {
            let request = aws.ec2().assign_private_ip_addresses().network_interface_id(interface);
            request.set_private_ip_addresses(Some(fresh)).send().await?;
        }
    }
    Ok(())
}

pub(super) async fn volumes(aws: &Aws, id: &Id, change: &Change<Instance>) -> Result<()> {
    let tagging = |before: Tags, after: Tags| Change { before: before.clone(), after, config: before };
    if change.to(|it| &it.volume_tags).is_some() {
        let further = change.before.ebs_block_device.0.iter().map(|it| &it.volume_id);
        for volume in change.before.root_block_device.iter().map(|it| &it.volume_id).chain(further) {
            let tags = tagging(change.before.volume_tags.clone(), change.after.volume_tags.clone());
            retag(aws, &Id(volume.clone()), &tags, |it| it).await?;
        }
    }
    for after in &change.after.ebs_block_device.0 {
        // A new instance gets the tags of its further volumes here; other changes of them replace it.
        let before = change.before.ebs_block_device.0.iter().find(|it| it.device_name == after.device_name);
        if let Some(before) = before.filter(|_| change.after.volume_tags.is_empty()) {
            let tags = tagging(before.tags.clone(), after.tags.clone());
            retag(aws, &Id(before.volume_id.clone()), &tags, |it| it).await?;
        }
    }
    let (Some(before), Some(after)) = (&change.before.root_block_device, &change.after.root_block_device) else {
        return Ok(());
    };
    let shape = |it: &RootDevice| (it.volume_size, it.volume_type.clone(), it.iops, it.throughput);
    if shape(before) != shape(after) {
        let moved = |before: i64, after: i64| (after != before && after != 0).then_some(after as i32);
        let request = aws.ec2().modify_volume().volume_id(&before.volume_id);
        let request = request
            .set_size(moved(before.volume_size, after.volume_size))
            .set_iops(moved(before.iops, after.iops))
            .set_throughput(moved(before.throughput, after.throughput))
            .set_volume_type((before.volume_type != after.volume_type).then(|| after.volume_type.as_str().into()));
        request.send().await?;
    }
    if before.delete_on_termination != after.delete_on_termination {
        let ebs = ec2::EbsInstanceBlockDeviceSpecification::builder()
            .volume_id(&before.volume_id)
            .delete_on_termination(after.delete_on_termination)
            .build();
        let device = ec2::InstanceBlockDeviceMappingSpecification::builder().device_name(&before.device_name).ebs(ebs);
        let request = aws.ec2().modify_instance_attribute().instance_id(&id.0);
        request.block_device_mappings(device.build()).send().await?;
    }
    let tags = tagging(before.tags.clone(), after.tags.clone());
    retag(aws, &Id(before.volume_id.clone()), &tags, |it| it).await
}

/// What AWS changes only while the instance is stopped. Until it is, AWS says that the state is the wrong one, and
/// the engine comes back: each of the calls may be repeated.
pub(super) async fn stopped(aws: &Aws, id: &Id, change: &Change<Instance>) -> Result<()> {
    let kind = change.to(|it| &it.instance_type).and_then(Option::as_ref);
    let data = (change.to(|it| &it.user_data).is_some() || change.to(|it| &it.user_data_base64).is_some())
        .then(|| user_data(change));
    if kind.is_none() && data.is_none() {
        return Ok(());
    }
    aws.ec2().stop_instances().instance_ids(&id.0).send().await?;
    let modify = || aws.ec2().modify_instance_attribute().instance_id(&id.0);
    if let Some(kind) = kind {
        modify().instance_type(value(kind)).send().await?;
    }
    if let Some(data) = data {
        // The SDK encodes it again.
        let data = BASE64_STANDARD.decode(&data).unwrap_or_else(|_| data.into_bytes());
        modify().user_data(ec2::SecureBlobAttributeValue::builder().value(Blob::new(data)).build()).send().await?;
    }
    if change.before.instance_state.0.as_deref() != Some("stopped") {
        aws.ec2().start_instances().instance_ids(&id.0).send().await?;
    }
    Ok(())
}

/// The new data as base64: that of the argument which changes.
fn user_data(change: &Change<Instance>) -> String {
    let data = match change.to(|it| &it.user_data) {
        Some(Some(data)) => data,
        _ => change.after.user_data_base64.as_deref().unwrap_or_default(),
    };
    request::encoded(data)
}
