//! Network interfaces, in words: they keep a subnet, group or VPC from being deleted.

use crate::aws::client::Aws;
use aws_sdk_ec2::types as ec2;

/// The network interfaces that match, in words.
pub(super) async fn interfaces_in(aws: &Aws, filter: ec2::Filter) -> Vec<String> {
    let answer = aws.ec2().describe_network_interfaces().filters(filter).max_results(100).send().await;
    let interfaces = answer.ok().and_then(|it| it.network_interfaces).unwrap_or_default();
    interfaces.iter().map(interface).collect()
}

/// `network interface eni-1 of i-2`
fn interface(it: &ec2::NetworkInterface) -> String {
    let id = it.network_interface_id.as_deref().unwrap_or("?");
    let instance = it.attachment.as_ref().and_then(|it| it.instance_id.as_deref());
    let description = it.description.as_deref().filter(|it| !it.is_empty());
    match instance.or(description) {
        Some(owner) => format!("network interface {id} of {owner}"),
        None => format!("network interface {id}"),
    }
}
