use super::{
    route_table,
    routes::{self, Destination, Via},
};
use crate::{
    aws::{attribute::*, client::Aws, planning::Planning, resource::*},
    provider::{Id, Phase, Problem, Result},
    value::Type,
};
use aws_sdk_ec2::types as ec2;
use std::{collections::BTreeMap, time::Duration};

attributes! {
    /// One entry of a route table.
    pub(crate) struct Route {
        route_table_id: String [force_new],
        destination_cidr_block: String [optional, force_new, network],
        destination_ipv6_cidr_block: String [optional, force_new, network],
        destination_prefix_list_id: String [optional, force_new],
        carrier_gateway_id: String [optional],
        core_network_arn: String [optional],
        egress_only_gateway_id: String [optional],
        gateway_id: String [optional],
        local_gateway_id: String [optional],
        nat_gateway_id: String [optional],
        network_interface_id: String [computed],
        transit_gateway_id: String [optional],
        vpc_endpoint_id: String [optional],
        vpc_peering_connection_id: String [optional],
        instance_id: String [read_only],
        instance_owner_id: String [read_only],
        origin: Computed<String>,
        state: Computed<String>,
    }
}

impl Resource for Route {
    const TYPE: &str = "aws_route";
    const TIMEOUTS: &[&str] = &["create", "update", "delete"];
    const PATIENCE: Duration = Duration::from_secs(300);
    const DELETE_PATIENCE: Duration = Duration::from_secs(300);
    const LISTED: bool = true;
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        routes::create(aws, &self.route_table_id, &self.leg()?).await?;
        Created::with_id(Some(self.id()?))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let tables = tables(aws, objects.iter().filter_map(|it| it.attributes.as_ref()), how).await?;
        let by_id: BTreeMap<&str, &ec2::RouteTable> =
            tables.iter().filter_map(|it| Some((it.route_table_id()?, it))).collect();
        let lives = objects.iter().filter_map(|known| {
            let route = known.attributes.as_ref()?;
            let live = route.within(by_id.get(route.route_table_id.as_str())?)?;
            Some((known.id.clone(), Ok(live)))
        });
        Ok(lives.collect())
    }

    async fn update(aws: &Aws, _: &Id, change: &Change<Self>) -> Result<()> {
        // What the configuration names, not what AWS has filled in for the previous target.
        let wanted = Self { network_interface_id: change.config.network_interface_id.clone(), ..change.after.clone() };
        let leg = wanted.leg()?;
        if change.before.leg().ok().as_ref() == Some(&leg) {
            return Ok(());
        }
        routes::replace(aws, &change.after.route_table_id, &leg).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let Some(route) = &known.attributes else { return Ok(()) };
        routes::delete(aws, &route.route_table_id, &route.destination()?).await
    }

    async fn find(&self, aws: &Aws, _: &str) -> Result<Option<Created<Self>>> {
        let (leg, destination) = (self.leg()?, self.destination()?);
        let tables = tables(aws, [self], How::Named).await?;
        let routes = tables.iter().flat_map(|it| it.routes()).filter_map(routes::from_aws);
        let exists = routes.filter(|it| it.destination == destination).any(|it| it.target == leg.target);
        exists.then(|| Created::with_id(Some(self.id()?))).transpose()
    }

    async fn existing(&self, _: &Aws, _: &str) -> Option<String> {
        Some(format!("{}_{}", self.route_table_id, self.destination().ok()?.as_str()))
    }

    /// What AWS fills in for an instance or interface changes with the target.
    fn plan(planning: &mut Planning) -> Result<()> {
        let moved = TARGETS.iter().any(|name| planning.changes(name));
        if moved {
            for name in ["instance_id", "instance_owner_id", "state"] {
                planning.set_unknown(name, Type::String);
            }
            if !planning.configured("network_interface_id") {
                planning.set_unknown("network_interface_id", Type::String);
            }
        }
        Ok(())
    }

    /// `rtb-1_10.0.0.0/16`
    fn import(id: &str) -> Result<Known<Self>> {
        let wrong = || {
            let detail = format!("unexpected format of ID ({id}), expected ROUTETABLEID_DESTINATION");
            Problem::fatal("Invalid import id", detail)
        };
        let (table, destination) = id.split_once('_').ok_or_else(wrong)?;
        let mut route = Self { route_table_id: table.to_owned(), ..Self::default() };
        match destination {
            it if it.starts_with("pl-") => route.destination_prefix_list_id = it.to_owned(),
            it if it.contains(':') => route.destination_ipv6_cidr_block = it.to_owned(),
            it => route.destination_cidr_block = it.to_owned(),
        }
        Ok(Known { id: Id(route.id()?), attributes: Some(route) })
    }
}

const TARGETS: &[&str] = &[
    "carrier_gateway_id",
    "core_network_arn",
    "egress_only_gateway_id",
    "gateway_id",
    "local_gateway_id",
    "nat_gateway_id",
    "network_interface_id",
    "transit_gateway_id",
    "vpc_endpoint_id",
    "vpc_peering_connection_id",
];

async fn tables<'a>(aws: &Aws, routes: impl IntoIterator<Item = &'a Route>, how: How) -> Result<Vec<ec2::RouteTable>> {
    route_table::tables(aws, routes.into_iter().map(|it| it.route_table_id.clone()).collect(), how).await
}

impl Route {
    fn destination(&self) -> Result<Destination> {
        let destination = Destination::of(
            &self.destination_cidr_block,
            &self.destination_ipv6_cidr_block,
            &self.destination_prefix_list_id,
        );
        destination.ok_or_else(|| Problem::fatal("Invalid route", "A route needs a destination."))
    }

    fn leg(&self) -> Result<routes::Route> {
        let target = routes::target(&[
            (Via::CarrierGateway, &self.carrier_gateway_id),
            (Via::CoreNetwork, &self.core_network_arn),
            (Via::EgressOnlyGateway, &self.egress_only_gateway_id),
            (Via::Gateway, &self.gateway_id),
            (Via::LocalGateway, &self.local_gateway_id),
            (Via::NatGateway, &self.nat_gateway_id),
            (Via::NetworkInterface, &self.network_interface_id),
            (Via::TransitGateway, &self.transit_gateway_id),
            (Via::VpcEndpoint, &self.vpc_endpoint_id),
            (Via::VpcPeering, &self.vpc_peering_connection_id),
        ]);
        let (via, target) = target.ok_or_else(|| Problem::fatal("Invalid route", "A route needs a target."))?;
        Ok(routes::Route { destination: self.destination()?, via, target })
    }

    /// The id of the reference provider: AWS has none.
    fn id(&self) -> Result<String> {
        let mut hash = flate2::Crc::new();
        let destination = self.destination()?;
        hash.update(destination.as_str().as_bytes());
        Ok(format!("r-{}{}", self.route_table_id, hash.sum()))
    }

    /// The live entry of `table` for this destination.
    fn within(&self, table: &ec2::RouteTable) -> Option<Live<Self>> {
        let wanted = self.destination().ok()?;
        let entry = table.routes().iter().find(|it| routes::from_aws(it).is_some_and(|it| it.destination == wanted))?;
        let leg = routes::from_aws(entry)?;
        let attributes = Self {
            route_table_id: self.route_table_id.clone(),
            destination_cidr_block: entry.destination_cidr_block.clone().unwrap_or_default(),
            destination_ipv6_cidr_block: entry.destination_ipv6_cidr_block.clone().unwrap_or_default(),
            destination_prefix_list_id: entry.destination_prefix_list_id.clone().unwrap_or_default(),
            carrier_gateway_id: leg.text(Via::CarrierGateway),
            core_network_arn: leg.text(Via::CoreNetwork),
            egress_only_gateway_id: leg.text(Via::EgressOnlyGateway),
            gateway_id: leg.text(Via::Gateway),
            local_gateway_id: leg.text(Via::LocalGateway),
            nat_gateway_id: leg.text(Via::NatGateway),
            network_interface_id: entry.network_interface_id.clone().unwrap_or_default(),
            transit_gateway_id: leg.text(Via::TransitGateway),
            vpc_endpoint_id: leg.text(Via::VpcEndpoint),
            vpc_peering_connection_id: leg.text(Via::VpcPeering),
            instance_id: entry.instance_id.clone().unwrap_or_default(),
            instance_owner_id: entry.instance_owner_id.clone().unwrap_or_default(),
            origin: entry.origin.as_ref().map(|it| it.to_string()).into(),
            state: entry.state.as_ref().map(|it| it.to_string()).into(),
        };
        Some(Live { attributes, phase: Phase::Ready })
    }
}
