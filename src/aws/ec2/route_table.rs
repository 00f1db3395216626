use super::{all_pages_of, created_with, described, ids, retag, routes, routes::Via, tagged, tags, the_created};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, resource::*},
    provider::{Id, Phase, Result},
};
use aws_sdk_ec2::types as ec2;
use std::{collections::BTreeMap, time::Duration};

attributes! {
    /// Where the packets of subnets go.
    pub(crate) struct RouteTable {
        vpc_id: String [force_new],
        propagating_vgws: Set<String> [computed],
        route: Set<Route> [as_attribute, computed],
        tags: Tags,
        arn: Computed<String>,
        owner_id: Computed<String>,
    }

    pub(crate) struct Route {
        cidr_block: String [optional],
        ipv6_cidr_block: String [optional],
        destination_prefix_list_id: String [optional],
        carrier_gateway_id: String [optional],
        core_network_arn: String [optional],
        egress_only_gateway_id: String [optional],
        gateway_id: String [optional],
        local_gateway_id: String [optional],
        nat_gateway_id: String [optional],
        network_interface_id: String [optional],
        transit_gateway_id: String [optional],
        vpc_endpoint_id: String [optional],
        vpc_peering_connection_id: String [optional],
    }
}

/// The largest page that DescribeRouteTables gives.
pub(super) const PAGE: i32 = 100;

pub(super) const NOT_FOUND: &[&str] = &["InvalidRouteTableID.NotFound", "InvalidRouteTableId.NotFound"];

impl Resource for RouteTable {
    const TYPE: &str = "aws_route_table";
    const TIMEOUTS: &[&str] = &["create", "update", "delete"];
    const PATIENCE: Duration = Duration::from_secs(300);
    const DELETE_PATIENCE: Duration = Duration::from_secs(300);
    const LISTED: bool = true;
    const FIND: Find = Find::Tag;

    /// Routes are left to `update`.
    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let request = aws.ec2().create_route_table().vpc_id(&self.vpc_id).client_token(token);
        let request = request.set_tag_specifications(tagged(ec2::ResourceType::RouteTable, &self.tags));
        Created::with_id(request.send().await?.route_table.and_then(|it| it.route_table_id))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let wanted: BTreeMap<&str, Vec<routes::Route>> = objects
            .iter()
            .map(|it| (it.id.0.as_str(), it.attributes.as_ref().map(|it| legs(&it.route)).unwrap_or_default()))
            .collect();
        let tables = tables(aws, ids(objects), how).await?;
        found(objects, tables, ec2::RouteTable::route_table_id, |it| {
            let wanted = wanted.get(it.route_table_id()?).map_or(&[][..], Vec::as_slice);
            live(aws, it, wanted)
        })
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        if let Some(gateways) = change.to(|it| &it.propagating_vgws) {
            propagate(aws, id, &change.before.propagating_vgws, gateways).await?;
        }
        routes::reroute(aws, &id.0, &legs(&change.before.route), &legs(&change.after.route)).await?;
        retag(aws, id, change, |it| &it.tags).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        gone_is_fine(aws.ec2().delete_route_table().route_table_id(&known.id.0).send().await, NOT_FOUND)
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let tables = all_pages_of!(PAGE, aws.ec2().describe_route_tables(), [created_with(token)]);
        the_created(token, tables, ec2::RouteTable::tags).map(|it| Created::with_id(it.route_table_id)).transpose()
    }
}

/// Lets exactly `after` announce their routes.
pub(super) async fn propagate(aws: &Aws, id: &Id, before: &Set<String>, after: &Set<String>) -> Result<()> {
    for gateway in before.without(after) {
        aws.ec2().disable_vgw_route_propagation().route_table_id(&id.0).gateway_id(gateway).send().await?;
    }
    for gateway in after.without(before) {
        aws.ec2().enable_vgw_route_propagation().route_table_id(&id.0).gateway_id(gateway).send().await?;
    }
    Ok(())
}

/// The tables of these ids.
pub(super) async fn tables(aws: &Aws, ids: Vec<String>, how: How) -> Result<Vec<ec2::RouteTable>> {
    Ok(described!(how, PAGE, aws.ec2().describe_route_tables(), set_route_table_ids, "route-table-id", ids))
}

routes::route_blocks!(Route {
    CarrierGateway: carrier_gateway_id,
    CoreNetwork: core_network_arn,
    EgressOnlyGateway: egress_only_gateway_id,
    Gateway: gateway_id,
    LocalGateway: local_gateway_id,
    NatGateway: nat_gateway_id,
    NetworkInterface: network_interface_id,
    TransitGateway: transit_gateway_id,
    VpcEndpoint: vpc_endpoint_id,
    VpcPeering: vpc_peering_connection_id,
});

fn live(aws: &Aws, table: ec2::RouteTable, wanted: &[routes::Route]) -> Option<(Id, Live<RouteTable>)> {
    let routes = routes::own_routes(&table, wanted);
    let id = table.route_table_id?;
    let owner = table.owner_id.unwrap_or_default();
    let attributes = RouteTable {
        vpc_id: table.vpc_id?,
        propagating_vgws: table.propagating_vgws.into_iter().flatten().filter_map(|it| it.gateway_id).collect(),
        route: routes.into_iter().map(entry).collect(),
        tags: tags(table.tags),
        arn: aws.arn("ec2", &owner, &format!("route-table/{id}")).into(),
        owner_id: owner.into(),
    };
    Some((Id(id), Live { attributes, phase: Phase::Ready }))
}
