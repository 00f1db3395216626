use super::{any_of, created_with, ids, named, retag, tagged, tags, the_created};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, planning::Planning, resource::*},
    provider::{Id, Phase, Problem, Result},
    value::Value,
};
use aws_sdk_ec2::types::{self as ec2, ConnectivityType, NatGatewayState as State};
use std::time::Duration;

mod regional;

use regional::{GatewayAddress, REGIONAL, ZoneAddress};

attributes! {
    /// Lets private subnets reach the internet, or other networks, through one address.
    pub(crate) struct NatGateway {
        /// Required unless the gateway is one of a whole network.
        subnet_id: String [optional, force_new],
        allocation_id: String [optional, force_new],
        /// `zonal`, for the zone of its subnet, or `regional`.
        availability_mode: Option<String> [computed, force_new],
        /// Of a regional gateway whose zones AWS does not choose.
        availability_zone_address: Set<ZoneAddress>,
        /// `public` or `private`
        connectivity_type: String [default_text("public"), force_new],
        private_ip: Option<String> [computed, force_new],
        secondary_allocation_ids: Set<String>,
        secondary_private_ip_address_count: i64 [computed],
        secondary_private_ip_addresses: Set<String> [computed],
        tags: Tags,
        vpc_id: Option<String> [computed, force_new],
        association_id: Computed<String>,
        auto_provision_zones: Computed<String>,
        auto_scaling_ips: Computed<String>,
        network_interface_id: Computed<String>,
        public_ip: Computed<String>,
        regional_nat_gateway_address: Set<GatewayAddress> [as_attribute, read_only],
        regional_nat_gateway_auto_mode: Computed<String>,
        route_table_id: Computed<String>,
    }
}

impl Resource for NatGateway {
    const TYPE: &str = "aws_nat_gateway";
    const TIMEOUTS: &[&str] = &["create", "update", "delete"];
    const DELETE_PATIENCE: Duration = Duration::from_secs(1800);
    const LINGERS: bool = true;
    const SETTLES: bool = true;
    const LISTED: bool = true;
    const FIND: Find = Find::Tag;

    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let list = |it: &Set<String>| (!it.0.is_empty()).then(|| it.0.clone());
        let count = (self.secondary_private_ip_address_count > 0).then_some(self.secondary_private_ip_address_count);
        let request = aws.ec2().create_nat_gateway().set_subnet_id(given(&self.subnet_id)).client_token(token);
        let request = request
            .set_vpc_id(self.vpc_id.clone())
            .set_availability_mode(self.availability_mode.as_deref().map(Into::into))
            .set_availability_zone_addresses(regional::zones(&self.availability_zone_address))
            .connectivity_type(ConnectivityType::from(self.connectivity_type.as_str()))
            .set_allocation_id(given(&self.allocation_id))
            .set_private_ip_address(self.private_ip.clone())
            .set_secondary_allocation_ids(list(&self.secondary_allocation_ids))
            .set_secondary_private_ip_addresses(list(&self.secondary_private_ip_addresses))
            .set_secondary_private_ip_address_count(count.map(|it| it as i32))
            .set_tag_specifications(tagged(ec2::ResourceType::Natgateway, &self.tags));
        Created::with_id(request.send().await?.nat_gateway.and_then(|it| it.nat_gateway_id))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let mut gateways: Vec<ec2::NatGateway> = match how {
            How::Listed => gateways(aws, any_of("nat-gateway-id", objects.iter().map(|it| it.id.0.as_str()))).await?,
            How::Named => {
                named(ids(objects), |ids| async {
                    let request = aws.ec2().describe_nat_gateways().set_nat_gateway_ids(Some(ids));
                    Ok(request.into_paginator().items().send().try_collect().await?)
                })
                .await?
            }
        };
        // AWS shows a deleted gateway for about an hour.
        gateways.retain(|it| it.state != Some(State::Deleted));
        found(objects, gateways, ec2::NatGateway::nat_gateway_id, live)
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        if is_regional(&change.after) {
            regional::update(aws, id, change).await?;
        } else if change.after.connectivity_type == "private" {
            move_private(aws, id, change).await?;
        } else {
            move_public(aws, id, change).await?;
        }
        retag(aws, id, change, |it| &it.tags).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let outcome = aws.ec2().delete_nat_gateway().nat_gateway_id(&known.id.0).send().await;
        gone_is_fine(outcome, &["NatGatewayNotFound"])
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let alive = |it: &ec2::NatGateway| !matches!(it.state(), Some(State::Deleted | State::Deleting));
        let mut gateways = gateways(aws, vec![created_with(token)]).await?;
        gateways.retain(alive);
        the_created(token, gateways, ec2::NatGateway::tags).map(|it| Created::with_id(it.nat_gateway_id)).transpose()
    }

    /// The two ways to ask for secondary addresses follow each other.
    fn plan(planning: &mut Planning) -> Result<()> {
        check_addresses(planning)?;
        if planning.planned("availability_mode").and_then(Value::as_str) == Some(REGIONAL) {
            regional::plan(planning)?;
        }
        let private = planning.planned("connectivity_type").and_then(Value::as_str) == Some("private");
        if private && planning.changes("secondary_private_ip_address_count") {
            planning.replace("secondary_private_ip_address_count");
        }
        if ["secondary_allocation_ids", "secondary_private_ip_addresses"].iter().any(|it| planning.changes(it)) {
            for name in ["secondary_private_ip_address_count", "secondary_private_ip_addresses"] {
                if !planning.configured(name) {
                    let ty = planning.planned(name).map(Value::ty).unwrap_or(crate::value::Type::Any);
                    planning.set_unknown(name, ty);
                }
            }
        }
        Ok(())
    }

    /// To release 5 the subnet is required, and AWS wants one for every gateway that is not of a whole network.
    fn validate(config: &Value) -> Vec<Problem> {
        let is_null = |name: &str| config.get(name).is_none_or(Value::is_null);
        let mode = config.get("availability_mode").filter(|it| !it.is_null());
        let may_be_regional = mode.is_some_and(|it| !it.is_known() || it.as_str() == Some(REGIONAL));
        let detail = "The argument \"subnet_id\" is required, but no definition was found.";
        let problem = || Problem::fatal("Missing required argument", detail);
        (is_null("subnet_id") && !may_be_regional).then(problem).into_iter().collect()
    }
}

fn is_regional(it: &NatGateway) -> bool {
    it.availability_mode.as_deref() == Some(REGIONAL)
}

/// What only gateways of one kind may have. The provider tells it of a plan, and only the first.
fn check_addresses(planning: &Planning) -> Result<()> {
    let kind = planning.config("connectivity_type").filter(|it| !it.is_null());
    let kind = kind.map_or(Some("public"), Value::as_str).unwrap_or_default();
    let others: &[&str] = match kind {
        "private" => &["allocation_id", "secondary_allocation_ids"],
        "public" => &["secondary_private_ip_address_count"],
        _ => &[],
    };
    match others.iter().find(|it| planning.config(it).is_some_and(|it| it.is_known() && !it.is_null())) {
        Some(name) => {
            let summary = format!("{name} is not supported with connectivity_type = {kind:?}");
            Err(Problem::fatal(summary, ""))
        }
        None => Ok(()),
    }
}

async fn gateways(aws: &Aws, filters: Vec<ec2::Filter>) -> Result<Vec<ec2::NatGateway>> {
    let requests = filters.into_iter().map(async |filter| -> Result<Vec<ec2::NatGateway>> {
        let request = aws.ec2().describe_nat_gateways().filter(filter).max_results(1000);
        Ok(request.into_paginator().items().send().try_collect().await?)
    });
    Ok(futures::future::try_join_all(requests).await?.into_iter().flatten().collect())
}

async fn move_public(aws: &Aws, id: &Id, change: &Change<NatGateway>) -> Result<()> {
    let (before, after) = (&change.before.secondary_allocation_ids, &change.after.secondary_allocation_ids);
    let fresh: Vec<String> = after.without(before).cloned().collect();
    let stale: Vec<String> = before.without(after).cloned().collect();
    if !fresh.is_empty() {
        let request = aws.ec2_once().associate_nat_gateway_address().nat_gateway_id(&id.0);
        request.set_allocation_ids(Some(fresh)).send().await?;
    }
    regional::release(aws, id, stale.iter().map(String::as_str).collect()).await
}

async fn move_private(aws: &Aws, id: &Id, change: &Change<NatGateway>) -> Result<()> {
    let (before, after) = (&change.before.secondary_private_ip_addresses, &change.after.secondary_private_ip_addresses);
    let fresh: Vec<String> = after.without(before).cloned().collect();
    let stale: Vec<String> = before.without(after).cloned().collect();
    if !fresh.is_empty() {
        let request = aws.ec2_once().assign_private_nat_gateway_address().nat_gateway_id(&id.0);
        request.set_private_ip_addresses(Some(fresh)).send().await?;
    }
    if !stale.is_empty() {
        let request = aws.ec2().unassign_private_nat_gateway_address().nat_gateway_id(&id.0);
        request.set_private_ip_addresses(Some(stale)).send().await?;
    }
    Ok(())
}

fn live(gateway: ec2::NatGateway) -> Option<(Id, Live<NatGateway>)> {
    let phase = match gateway.state.clone()? {
        State::Pending | State::Deleting => Phase::Pending,
        State::Available => Phase::Ready,
        state => {
            let code = gateway.failure_code.clone().unwrap_or_else(|| state.to_string());
            Phase::Failed(format!("{code}: {}", gateway.failure_message.clone().unwrap_or_default()))
        }
    };
    let mode = gateway.availability_mode.as_ref().map(ToString::to_string);
    let attributes = NatGateway {
        subnet_id: gateway.subnet_id.clone().unwrap_or_default(),
        availability_mode: mode,
        connectivity_type: text(gateway.connectivity_type.clone().or(Some(ConnectivityType::Public))),
        tags: tags(gateway.tags.clone()),
        vpc_id: gateway.vpc_id.clone(),
        ..NatGateway::default()
    };
    let attributes = match is_regional(&attributes) {
        true => regional::live(&gateway, attributes),
        false => zonal(gateway.nat_gateway_addresses(), attributes),
    };
    Some((Id(gateway.nat_gateway_id?), Live { attributes, phase }))
}

/// What is peculiar to a gateway of one subnet: its first address and the others.
fn zonal(addresses: &[ec2::NatGatewayAddress], attributes: NatGateway) -> NatGateway {
    // AWS may leave the mark out where there is but one address.
    let is_primary = |it: &ec2::NatGatewayAddress| it.is_primary.unwrap_or(addresses.len() == 1);
    let primary = addresses.iter().find(|it| is_primary(it)).cloned();
    let secondary: Vec<&ec2::NatGatewayAddress> = addresses.iter().filter(|it| !is_primary(it)).collect();
    let primary = primary.unwrap_or_else(|| ec2::NatGatewayAddress::builder().build());
    NatGateway {
        allocation_id: primary.allocation_id.unwrap_or_default(),
        private_ip: primary.private_ip,
        secondary_allocation_ids: secondary.iter().filter_map(|it| it.allocation_id.clone()).collect(),
        secondary_private_ip_address_count: secondary.len() as i64,
        secondary_private_ip_addresses: secondary.iter().filter_map(|it| it.private_ip.clone()).collect(),
        association_id: primary.association_id.into(),
        network_interface_id: primary.network_interface_id.into(),
        public_ip: primary.public_ip.into(),
        ..attributes
    }
}
