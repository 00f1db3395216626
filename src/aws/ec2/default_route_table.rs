use super::{all_pages_of, any_of, is, retag, route_table, routes, routes::Via, tags};
use crate::{
    aws::{attribute::*, client::Aws, resource::*},
    provider::{Class, Id, Phase, Problem, Result},
};
use aws_sdk_ec2::types as ec2;
use std::{collections::BTreeSet, time::Duration};

attributes! {
    /// The route table that came with a VPC: adopted, never made or deleted.
    pub(crate) struct DefaultRouteTable {
        default_route_table_id: String [force_new],
        propagating_vgws: Set<String>,
        route: Set<Route> [as_attribute, computed],
        tags: Tags,
        /// Read back, since an import may name the VPC instead.
        id: Option<String> [computed],
        arn: Computed<String>,
        owner_id: Computed<String>,
        vpc_id: Computed<String>,
    }

    pub(crate) struct Route {
        cidr_block: String [optional],
        ipv6_cidr_block: String [optional],
        destination_prefix_list_id: String [optional],
        core_network_arn: String [optional],
        egress_only_gateway_id: String [optional],
        gateway_id: String [optional],
        instance_id: String [optional],
        nat_gateway_id: String [optional],
        network_interface_id: String [optional],
        transit_gateway_id: String [optional],
        vpc_endpoint_id: String [optional],
        vpc_peering_connection_id: String [optional],
    }
}

impl Resource for DefaultRouteTable {
    const TYPE: &str = "aws_default_route_table";
    const TIMEOUTS: &[&str] = &["create", "update"];
    const PATIENCE: Duration = Duration::from_secs(120);
    const LISTED: bool = true;
    const FIND: Find = Find::Key;

    /// Adopts, and makes the routes those of the configuration, even if it says none.
    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        let id = &self.default_route_table_id;
        let tables = route_table::tables(aws, vec![id.clone()], How::Named).await?;
        let table = tables.into_iter().find(|it| it.route_table_id() == Some(id));
        let detail = format!("AWS has no route table {id}.");
        let missing = || Problem::new(Class::NotYetVisible, "No such route table", detail);
        let wanted = legs(&self.route);
        let live = routes::own_routes(&table.ok_or_else(missing)?, &wanted);
        routes::reroute(aws, id, &live, &wanted).await?;
        Created::with_id(Some(id))
    }

    /// An import may name the VPC instead of the table.
    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let (of_vpc, by_name): (Vec<_>, Vec<_>) = objects.iter().partition(|it| it.id.0.starts_with("vpc-"));
        let main = || aws.ec2().describe_route_tables().filters(is("association.main", "true"));
        let vpcs = any_of("vpc-id", of_vpc.iter().map(|it| it.id.0.as_str()));
        let mut tables: Vec<ec2::RouteTable> = all_pages_of!(route_table::PAGE, main(), vpcs);
        tables.retain(|it| it.associations().iter().any(|it| it.main() == Some(true)));
        tables.extend(route_table::tables(aws, by_name.iter().map(|it| it.id.0.clone()).collect(), how).await?);
        let (prior, asked) = (by_id(objects), objects.iter().map(|it| it.id.0.as_str()).collect::<BTreeSet<_>>());
        tables.retain(|it| name(it, &asked).is_some());
        found(
            objects,
            tables,
            |it| name(it, &asked),
            |table| {
                let id = name(&table, &asked)?.to_owned();
                let wanted = prior.get(id.as_str()).map(|it| legs(&it.route)).unwrap_or_default();
                Some((Id(id), live(aws, table, &wanted)?))
            },
        )
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        if let Some(gateways) = change.to(|it| &it.propagating_vgws) {
            route_table::propagate(aws, id, &change.before.propagating_vgws, gateways).await?;
        }
        routes::reroute(aws, &id.0, &legs(&change.before.route), &legs(&change.after.route)).await?;
        retag(aws, id, change, |it| &it.tags).await
    }

    /// AWS deletes the table with its VPC.
    async fn delete(_: &Aws, _: &Known<Self>) -> Result<()> {
        Ok(())
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        self.create(aws, token).await.map(Some)
    }
}

routes::route_blocks!(Route {
    CoreNetwork: core_network_arn,
    EgressOnlyGateway: egress_only_gateway_id,
    Gateway: gateway_id,
    Instance: instance_id,
    NatGateway: nat_gateway_id,
    NetworkInterface: network_interface_id,
    TransitGateway: transit_gateway_id,
    VpcEndpoint: vpc_endpoint_id,
    VpcPeering: vpc_peering_connection_id,
});

fn live(aws: &Aws, table: ec2::RouteTable, wanted: &[routes::Route]) -> Option<Live<DefaultRouteTable>> {
    let routes = routes::own_routes(&table, wanted);
    let id = table.route_table_id?;
    let owner = table.owner_id.unwrap_or_default();
    let attributes = DefaultRouteTable {
        default_route_table_id: id.clone(),
        propagating_vgws: table.propagating_vgws.into_iter().flatten().filter_map(|it| it.gateway_id).collect(),
        route: routes.into_iter().map(entry).collect(),
        tags: tags(table.tags),
        arn: aws.arn("ec2", &owner, &format!("route-table/{id}")).into(),
        id: Some(id),
        owner_id: owner.into(),
        vpc_id: table.vpc_id.into(),
    };
    Some(Live { attributes, phase: Phase::Ready })
}

/// What a table was asked for by: its own id, or that of its VPC.
fn name<'t>(table: &'t ec2::RouteTable, asked: &BTreeSet<&str>) -> Option<&'t str> {
    let names = [table.route_table_id(), table.vpc_id()];
    names.into_iter().flatten().find(|it| asked.contains(it))
}
