//! EC2: networks and what lives in them. One file for each type.

mod data;
mod default_route_table;
mod default_security_group;
mod eip;
mod eip_association;
mod instance;
mod internet_gateway;
mod key_pair;
mod launch_template;
mod nat_gateway;
mod permissions;
mod route;
mod route_table;
mod route_table_association;
mod routes;
mod security_group;
mod security_group_rule;
mod security_group_rules;
mod subnet;
mod untag;
mod vpc;

pub(super) use untag::Untagging;

use crate::{
    aws::{
        attribute::Tags,
        client::Aws,
        planning::Planning,
        resource::{self, Change, ResourceType, of},
    },
    provider::{CREATION_TAG, Id, Result},
};
use aws_sdk_ec2::types::{self as ec2, AttributeBooleanValue, TagSpecification};

pub(super) const RESOURCES: &[ResourceType] = &[
    of::<default_route_table::DefaultRouteTable>(),
    of::<default_security_group::DefaultSecurityGroup>(),
    of::<eip::Eip>(),
    of::<eip_association::EipAssociation>(),
    of::<instance::Instance>(),
    of::<internet_gateway::InternetGateway>(),
    of::<key_pair::KeyPair>(),
    of::<launch_template::LaunchTemplate>(),
    of::<nat_gateway::NatGateway>(),
    of::<route::Route>(),
    of::<route_table::RouteTable>(),
    of::<route_table_association::RouteTableAssociation>(),
    of::<security_group::SecurityGroup>(),
    of::<security_group_rule::SecurityGroupRule>(),
    of::<security_group_rules::EgressRule>(),
    of::<security_group_rules::IngressRule>(),
    of::<subnet::Subnet>(),
    of::<vpc::Vpc>(),
];

pub(super) use data::DATA;

/// The most values that AWS takes in one filter.
pub(super) const FILTER_VALUES: usize = 200;

/// Filters that match any of `values`, as many as it takes. Unlike an id list, a filter tolerates ids that are
/// gone.
pub(super) fn any_of<'a>(name: &str, values: impl IntoIterator<Item = &'a str>) -> Vec<ec2::Filter> {
    let mut values: Vec<String> = values.into_iter().map(str::to_owned).collect();
    values.sort();
    values.dedup();
    let chunks = values.chunks(FILTER_VALUES);
    chunks.map(|chunk| ec2::Filter::builder().name(name).set_values(Some(chunk.to_vec())).build()).collect()
}

/// [`any_of`] the ids of `objects`.
pub(super) fn ids_of<T>(name: &str, objects: &[resource::Known<T>]) -> Vec<ec2::Filter> {
    any_of(name, objects.iter().map(|known| known.id.0.as_str()))
}

/// Matches exactly `value`.
pub(super) fn is(name: &str, value: &str) -> ec2::Filter {
    ec2::Filter::builder().name(name).values(value).build()
}

/// Matches what the create call with `token` has tagged.
pub(super) fn created_with(token: &str) -> ec2::Filter {
    is(&format!("tag:{CREATION_TAG}"), token)
}

/// Sends one paginated request for each filter, all at once, and gives everything that was found.
///
/// `all_pages!(aws.ec2().describe_subnets(), filters)`
macro_rules! all_pages {
    ($request:expr, $filters:expr) => {
        $crate::aws::ec2::all_pages_of!(1000, $request, $filters)
    };
}
pub(crate) use all_pages;

/// [`all_pages`] for calls that take another page size.
macro_rules! all_pages_of {
    ($size:expr, $request:expr, $filters:expr) => {{
        let requests = $filters.into_iter().map(async |filter| {
            let request = $request.filters(filter).max_results($size);
            let items: Vec<_> = request.into_paginator().items().send().try_collect().await?;
            ::std::result::Result::<_, $crate::provider::Problem>::Ok(items)
        });
        let pages = ::futures::future::try_join_all(requests).await?;
        pages.into_iter().flatten().collect::<Vec<_>>()
    }};
}
pub(crate) use all_pages_of;

/// The network interfaces that match, in words: what keeps a subnet, group or VPC from being deleted.
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

pub(super) fn flag(value: bool) -> AttributeBooleanValue {
    AttributeBooleanValue::builder().value(value).build()
}

/// Tags for a create call; none if there is nothing to tag, since AWS rejects an empty specification.
pub(super) fn tagged(kind: ec2::ResourceType, tags: &Tags) -> Option<Vec<TagSpecification>> {
    let specification = || TagSpecification::builder().resource_type(kind).set_tags(Some(to_ec2(tags))).build();
    (!tags.is_empty()).then(|| vec![specification()])
}

pub(super) fn to_ec2(tags: &Tags) -> Vec<ec2::Tag> {
    tags.iter().map(|(key, value)| ec2::Tag::builder().key(key).value(value).build()).collect()
}

pub(super) fn tags(reply: Option<Vec<ec2::Tag>>) -> Tags {
    reply.into_iter().flatten().filter_map(|tag| Some((tag.key?, tag.value.unwrap_or_default()))).collect()
}

/// Makes the tags of `id` those of `change`.
pub(super) async fn retag<T>(aws: &Aws, id: &Id, change: &Change<T>, tags: fn(&T) -> &Tags) -> Result<()> {
    let (before, after) = (tags(&change.before), tags(&change.after));
    let stale: Vec<String> = before.keys().filter(|key| !after.contains_key(*key)).cloned().collect();
    if !stale.is_empty() {
        untag::untag(aws, id, stale).await?;
    }
    let fresh: Tags = after
        .iter()
        .filter(|(key, value)| before.get(*key) != Some(value))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    if !fresh.is_empty() {
        aws.ec2().create_tags().resources(&id.0).set_tags(Some(to_ec2(&fresh))).send().await?;
    }
    Ok(())
}
