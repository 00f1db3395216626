//! Routes, which are parts of route tables and, as `aws_route`, objects of their own.

use crate::{
    aws::{client::Aws, error::gone_is_fine},
    provider::Result,
};
use aws_sdk_ec2::types as ec2;

/// Where packets go: a network, in one of the three ways to name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Destination {
    Ipv4(String),
    Ipv6(String),
    PrefixList(String),
}

/// What a route leads to. The variants are the arguments of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    CarrierGateway,
    CoreNetwork,
    EgressOnlyGateway,
    Gateway,
    Instance,
    LocalGateway,
    NatGateway,
    NetworkInterface,
    TransitGateway,
    VpcEndpoint,
    VpcPeering,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Route {
    pub destination: Destination,
    pub via: Via,
    pub target: String,
}

impl Destination {
    /// The one that is not empty. Networks are compared as AWS stores them.
    pub(super) fn of(ipv4: &str, ipv6: &str, prefix_list: &str) -> Option<Self> {
        match (ipv4, ipv6, prefix_list) {
            ("", "", "") => None,
            ("", "", list) => Some(Self::PrefixList(list.to_owned())),
            ("", ipv6, _) => Some(Self::Ipv6(network(ipv6))),
            (ipv4, ..) => Some(Self::Ipv4(network(ipv4))),
        }
    }
    pub(super) fn as_str(&self) -> &str {
        let (Self::Ipv4(it) | Self::Ipv6(it) | Self::PrefixList(it)) = self;
        it
    }
    fn ipv4(&self) -> Option<String> {
        if let Self::Ipv4(it) = self { Some(it.clone()) } else { None }
    }
    fn ipv6(&self) -> Option<String> {
        if let Self::Ipv6(it) = self { Some(it.clone()) } else { None }
    }
    fn prefix_list(&self) -> Option<String> {
        if let Self::PrefixList(it) = self { Some(it.clone()) } else { None }
    }
}

/// A CIDR block without host bits.
pub(super) fn network(text: &str) -> String {
    text.parse::<ipnet::IpNet>().map_or_else(|_| text.to_owned(), |it| it.trunc().to_string())
}

/// The first target that is not empty.
pub(super) fn target(candidates: &[(Via, &str)]) -> Option<(Via, String)> {
    candidates.iter().find(|(_, id)| !id.is_empty()).map(|(via, id)| (*via, (*id).to_owned()))
}

impl Route {
    /// The target's id, if it is of this kind.
    fn id(&self, via: Via) -> Option<String> {
        (self.via == via).then(|| self.target.clone())
    }

    /// The target's id, or nothing.
    pub(super) fn text(&self, via: Via) -> String {
        self.id(via).unwrap_or_default()
    }
}

/// Fills in a CreateRoute or ReplaceRoute.
macro_rules! directed {
    ($request:expr, $table:expr, $route:expr) => {
        $request
            .route_table_id($table)
            .set_destination_cidr_block($route.destination.ipv4())
            .set_destination_ipv6_cidr_block($route.destination.ipv6())
            .set_destination_prefix_list_id($route.destination.prefix_list())
            .set_carrier_gateway_id($route.id(Via::CarrierGateway))
            .set_core_network_arn($route.id(Via::CoreNetwork))
            .set_egress_only_internet_gateway_id($route.id(Via::EgressOnlyGateway))
            .set_gateway_id($route.id(Via::Gateway))
            .set_instance_id($route.id(Via::Instance))
            .set_local_gateway_id($route.id(Via::LocalGateway))
            .set_nat_gateway_id($route.id(Via::NatGateway))
            .set_network_interface_id($route.id(Via::NetworkInterface))
            .set_transit_gateway_id($route.id(Via::TransitGateway))
            .set_vpc_endpoint_id($route.id(Via::VpcEndpoint))
            .set_vpc_peering_connection_id($route.id(Via::VpcPeering))
    };
}

pub(super) async fn create(aws: &Aws, table: &str, route: &Route) -> Result<()> {
    directed!(aws.ec2_once().create_route(), table, route).send().await?;
    Ok(())
}

pub(super) async fn replace(aws: &Aws, table: &str, route: &Route) -> Result<()> {
    directed!(aws.ec2().replace_route(), table, route).send().await?;
    Ok(())
}

pub(super) async fn delete(aws: &Aws, table: &str, destination: &Destination) -> Result<()> {
    let request = aws.ec2().delete_route().route_table_id(table);
    let request = request
        .set_destination_cidr_block(destination.ipv4())
        .set_destination_ipv6_cidr_block(destination.ipv6())
        .set_destination_prefix_list_id(destination.prefix_list());
    gone_is_fine(request.send().await, &["InvalidRoute.NotFound", "InvalidRouteTableID.NotFound"])
}

/// Moves the inline routes of a table from `before` to `after`.
pub(super) async fn reroute(aws: &Aws, table: &str, before: &[Route], after: &[Route]) -> Result<()> {
    let at = |routes: &[Route], it: &Route| routes.iter().find(|other| other.destination == it.destination).cloned();
    for old in before.iter().filter(|it| at(after, it).is_none()) {
        delete(aws, table, &old.destination).await?;
    }
    for new in after {
        match at(before, new) {
            None => create(aws, table, new).await?,
            Some(old) if old != *new => replace(aws, table, new).await?,
            Some(_) => {}
        }
    }
    Ok(())
}

/// A route as AWS describes it, or `None` if it leads nowhere that has a name.
pub(super) fn from_aws(route: &ec2::Route) -> Option<Route> {
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let destination = Destination::of(
        &text(&route.destination_cidr_block),
        &text(&route.destination_ipv6_cidr_block),
        &text(&route.destination_prefix_list_id),
    )?;
    let gateway = text(&route.gateway_id);
    let endpoint = gateway.starts_with("vpce-");
    let (via, target) = target(&[
        (if endpoint { Via::VpcEndpoint } else { Via::Gateway }, &gateway),
        (Via::CarrierGateway, &text(&route.carrier_gateway_id)),
        (Via::CoreNetwork, &text(&route.core_network_arn)),
        (Via::EgressOnlyGateway, &text(&route.egress_only_internet_gateway_id)),
        (Via::LocalGateway, &text(&route.local_gateway_id)),
        (Via::NatGateway, &text(&route.nat_gateway_id)),
        (Via::NetworkInterface, &text(&route.network_interface_id)),
        (Via::Instance, &text(&route.instance_id)),
        (Via::TransitGateway, &text(&route.transit_gateway_id)),
        (Via::VpcPeering, &text(&route.vpc_peering_connection_id)),
    ])?;
    Some(Route { destination, via, target })
}

/// The routes of a table that somebody has made: not the local ones (unless `wanted` names them), nor those
/// that a gateway propagates or an endpoint has added.
pub(super) fn own_routes(table: &ec2::RouteTable, wanted: &[Route]) -> Vec<Route> {
    let propagated = |it: &ec2::Route| it.origin == Some(ec2::RouteOrigin::EnableVgwRoutePropagation);
    let routes = table.routes().iter().filter(|it| !propagated(it)).filter_map(from_aws);
    let foreign = |it: &Route| {
        let local = it.via == Via::Gateway && it.target == "local" && !wanted.contains(it);
        local || (it.via == Via::VpcEndpoint && matches!(it.destination, Destination::PrefixList(_)))
    };
    routes.filter(|it| !foreign(it)).collect()
}

/// Makes `legs` and `entry`, which turn the `route` blocks of a table into routes and back. The blocks of the two kinds of
/// tables are structs with other targets.
macro_rules! route_blocks {
    ($block:ident { $($via:ident: $field:ident),* $(,)? }) => {
        fn legs(blocks: &Set<$block>) -> Vec<routes::Route> {
            let leg = |it: &$block| {
                let destination =
                    routes::Destination::of(&it.cidr_block, &it.ipv6_cidr_block, &it.destination_prefix_list_id)?;
                let (via, target) = routes::target(&[$((Via::$via, &it.$field)),*])?;
                Some(routes::Route { destination, via, target })
            };
            blocks.0.iter().filter_map(leg).collect()
        }

        fn entry(route: routes::Route) -> $block {
            let mut entry = $block { $($field: route.text(Via::$via),)* ..$block::default() };
            match route.destination {
                routes::Destination::Ipv4(it) => entry.cidr_block = it,
                routes::Destination::Ipv6(it) => entry.ipv6_cidr_block = it,
                routes::Destination::PrefixList(it) => entry.destination_prefix_list_id = it,
            }
            entry
        }
    };
}
pub(crate) use route_blocks;
