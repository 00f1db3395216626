//! Gateways of a whole network: one for all zones of a VPC, instead of one in a subnet.

use super::NatGateway;
use crate::{
    aws::{attribute::*, client::Aws, ec2::any_of, planning::Planning, resource::Change},
    provider::{Id, Problem, Result},
    value::{Type, Value},
};
use aws_sdk_ec2::types::{self as ec2, AutoProvisionZonesState, NatGatewayAddressStatus};
use std::collections::BTreeMap;

pub(super) const REGIONAL: &str = "regional";

attributes! {
    /// The addresses that the gateway uses in a zone, which goes by its name or its id.
    pub(crate) struct ZoneAddress {
        allocation_ids: Set<String>,
        availability_zone: String [optional],
        availability_zone_id: String [computed],
    }

    /// An address that the gateway has now.
    pub(crate) struct GatewayAddress {
        allocation_id: String,
        association_id: String,
        availability_zone: String,
        availability_zone_id: String,
        network_interface_id: String,
        public_ip: String,
        status: String,
    }
}

impl ZoneAddress {
    fn is_nowhere(&self) -> bool {
        self.availability_zone.is_empty() && self.availability_zone_id.is_empty()
    }

    /// Whether both mean one zone: AWS tells name and id of it, and a configuration says one of them.
    fn is_of_same_zone(&self, other: &Self) -> bool {
        let same = |one: &str, other: &str| !one.is_empty() && one == other;
        same(&self.availability_zone, &other.availability_zone)
            || same(&self.availability_zone_id, &other.availability_zone_id)
    }
}

fn same(before: &Set<ZoneAddress>, after: &Set<ZoneAddress>) -> bool {
    let has = |one: &ZoneAddress| {
        after.0.iter().any(|other| one.is_of_same_zone(other) && one.allocation_ids == other.allocation_ids)
    };
    before.0.len() == after.0.len() && before.0.iter().all(has)
}

/// The zones that a create names.
pub(super) fn zones(zones: &Set<ZoneAddress>) -> Option<Vec<ec2::AvailabilityZoneAddress>> {
    some(zones.0.iter().map(|it| {
        ec2::AvailabilityZoneAddress::builder()
            .set_allocation_ids(texts(&it.allocation_ids))
            .set_availability_zone(given(&it.availability_zone))
            .set_availability_zone_id(given(&it.availability_zone_id).filter(|_| it.availability_zone.is_empty()))
            .build()
    }))
}

/// What is peculiar to such a gateway, as AWS tells it. Zones that AWS chooses are none that anyone has configured.
pub(super) fn live(gateway: &ec2::NatGateway, attributes: NatGateway) -> NatGateway {
    let addresses = gateway.nat_gateway_addresses();
    let chooses = gateway.auto_provision_zones == Some(AutoProvisionZonesState::Enabled);
    let mut zones: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    let used = addresses.iter().filter(|it| !chooses && it.status == Some(NatGatewayAddressStatus::Succeeded));
    for address in used {
        let zone = (address.availability_zone(), address.availability_zone_id());
        let zone = (zone.0.unwrap_or_default(), zone.1.unwrap_or_default());
        zones.entry(zone).or_default().extend(address.allocation_id.clone());
    }
    let zone = |((name, id), allocations): ((&str, &str), Vec<String>)| ZoneAddress {
        allocation_ids: allocations.into(),
        availability_zone: name.to_owned(),
        availability_zone_id: id.to_owned(),
    };
    NatGateway {
        auto_provision_zones: gateway.auto_provision_zones.as_ref().map(ToString::to_string).into(),
        auto_scaling_ips: gateway.auto_scaling_ips.as_ref().map(ToString::to_string).into(),
        availability_zone_address: zones.into_iter().map(zone).collect(),
        regional_nat_gateway_address: addresses.iter().cloned().map(address).collect(),
        regional_nat_gateway_auto_mode: gateway.auto_provision_zones.as_ref().map(ToString::to_string).into(),
        route_table_id: gateway.route_table_id.clone().into(),
        ..attributes
    }
}

fn address(it: ec2::NatGatewayAddress) -> GatewayAddress {
    GatewayAddress {
        allocation_id: it.allocation_id.unwrap_or_default(),
        association_id: it.association_id.unwrap_or_default(),
        availability_zone: it.availability_zone.unwrap_or_default(),
        availability_zone_id: it.availability_zone_id.unwrap_or_default(),
        network_interface_id: it.network_interface_id.unwrap_or_default(),
        public_ip: it.public_ip.unwrap_or_default(),
        status: text(it.status),
    }
}

/// Whether the gateway's zones are chosen by AWS or by the configuration is decided once.
pub(super) fn plan(planning: &mut Planning) -> Result<()> {
    let name = "availability_zone_address";
    let Some(config) = planning.config(name).filter(|it| it.is_wholly_known()) else { return Ok(()) };
    let after = Set::<ZoneAddress>::decode(config);
    if after.0.iter().any(ZoneAddress::is_nowhere) {
        let summary = "At least one of availability_zone or availability_zone_id must be specified";
        return Err(Problem::fatal(summary, ""));
    }
    let Some(before) = planning.prior(name).map(Set::<ZoneAddress>::decode) else { return Ok(()) };
    if same(&before, &after) {
        planning.keep(name);
        return Ok(());
    }
    if before.0.is_empty() != after.0.is_empty() {
        planning.set_unknown("regional_nat_gateway_auto_mode", Type::String);
        planning.replace("regional_nat_gateway_auto_mode");
    }
    let ty = planning.planned("regional_nat_gateway_address").map_or(Type::Any, Value::ty);
    planning.set_unknown("regional_nat_gateway_address", ty);
    Ok(())
}

/// Gives each zone the addresses that it is to have, and takes away the others.
pub(super) async fn update(aws: &Aws, id: &Id, change: &Change<NatGateway>) -> Result<()> {
    let Some(after) = change.to(|it| &it.availability_zone_address) else { return Ok(()) };
    let before = &change.before.availability_zone_address;
    let nothing = Set::default();
    for zone in &after.0 {
        let old = before.0.iter().find(|it| it.is_of_same_zone(zone)).map_or(&nothing, |it| &it.allocation_ids);
        let fresh: Vec<String> = zone.allocation_ids.without(old).cloned().collect();
        if !fresh.is_empty() {
            let request = aws.ec2_once().associate_nat_gateway_address().nat_gateway_id(&id.0);
            let request = request
                .set_allocation_ids(Some(fresh))
                .set_availability_zone(given(&zone.availability_zone))
                .set_availability_zone_id(
                    given(&zone.availability_zone_id).filter(|_| zone.availability_zone.is_empty()),
                );
            request.send().await?;
        }
    }
    let kept: Vec<&String> = after.0.iter().flat_map(|it| &it.allocation_ids.0).collect();
    let stale = before.0.iter().flat_map(|it| &it.allocation_ids.0).filter(|it| !kept.contains(it));
    release(aws, id, stale.map(String::as_str).collect()).await
}

/// Takes addresses off a gateway.
pub(super) async fn release(aws: &Aws, id: &Id, stale: Vec<&str>) -> Result<()> {
    if stale.is_empty() {
        return Ok(());
    }
    let addresses = crate::aws::ec2::eip::addresses(aws, any_of("allocation-id", stale)).await?;
    let associations = addresses.into_iter().filter_map(|it| it.association_id).collect();
    let request = aws.ec2().disassociate_nat_gateway_address().nat_gateway_id(&id.0);
    request.set_association_ids(Some(associations)).send().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str, id: &str, allocations: &[&str]) -> ZoneAddress {
        ZoneAddress {
            allocation_ids: allocations.iter().map(|it| (*it).to_owned()).collect(),
            availability_zone: name.to_owned(),
            availability_zone_id: id.to_owned(),
        }
    }

    #[test]
    fn a_zone_goes_by_its_name_or_its_id() {
        let before = Set(vec![zone("eu-central-1a", "euc1-az2", &["eipalloc-1"])]);
        for (after, is_same) in [
            (zone("eu-central-1a", "", &["eipalloc-1"]), true),
            (zone("", "euc1-az2", &["eipalloc-1"]), true),
            (zone("", "euc1-az3", &["eipalloc-1"]), false),
            (zone("eu-central-1b", "", &["eipalloc-1"]), false),
            (zone("eu-central-1a", "", &["eipalloc-2"]), false),
            (zone("", "", &["eipalloc-1"]), false),
        ] {
            assert_eq!(same(&before, &Set(vec![after.clone()])), is_same, "{after:?}");
        }
        assert!(!same(&before, &Set::default()));
    }

    #[test]
    fn is_created_with_its_zones() {
        let sent = zones(&Set(vec![zone("a", "", &["eipalloc-1"]), zone("", "az2", &[]), zone("c", "az3", &[])]));
        let said: Vec<_> =
            sent.iter().flatten().map(|it| (it.availability_zone(), it.availability_zone_id())).collect();
        assert_eq!(said, [(Some("a"), None), (None, Some("az2")), (Some("c"), None)]);
        assert_eq!(sent.unwrap()[0].allocation_ids(), ["eipalloc-1"]);
        assert_eq!(zones(&Set::default()), None);
    }

    /// An answer as AWS documents it: neither moto nor our emulator has such gateways.
    fn answer(chooses: AutoProvisionZonesState) -> ec2::NatGateway {
        let address = |zone: &str, id: &str, allocation: &str, status| {
            ec2::NatGatewayAddress::builder()
                .allocation_id(allocation)
                .association_id(format!("eipassoc-of-{allocation}"))
                .availability_zone(zone)
                .availability_zone_id(id)
                .public_ip("192.0.2.1")
                .status(status)
                .build()
        };
        ec2::NatGateway::builder()
            .nat_gateway_id("nat-1")
            .vpc_id("vpc-1")
            .state(ec2::NatGatewayState::Available)
            .connectivity_type(ec2::ConnectivityType::Public)
            .availability_mode(ec2::AvailabilityMode::Regional)
            .auto_provision_zones(chooses)
            .auto_scaling_ips(ec2::AutoScalingIpsState::Enabled)
            .route_table_id("rtb-1")
            .nat_gateway_addresses(address("a", "az1", "eipalloc-1", NatGatewayAddressStatus::Succeeded))
            .nat_gateway_addresses(address("a", "az1", "eipalloc-2", NatGatewayAddressStatus::Succeeded))
            .nat_gateway_addresses(address("b", "az2", "eipalloc-3", NatGatewayAddressStatus::Failed))
            .build()
    }

    #[test]
    fn is_read_with_its_zones() {
        let read = |chooses| super::super::live(answer(chooses)).unwrap().1.attributes;
        let gateway = read(AutoProvisionZonesState::Disabled);
        assert_eq!(gateway.availability_mode.as_deref(), Some("regional"));
        assert_eq!(gateway.availability_zone_address, Set(vec![zone("a", "az1", &["eipalloc-1", "eipalloc-2"])]));
        assert_eq!(gateway.regional_nat_gateway_address.0.len(), 3);
        assert_eq!(gateway.regional_nat_gateway_address.0[2].status, "failed");
        assert_eq!((gateway.route_table_id, gateway.vpc_id), ("rtb-1".into(), Some("vpc-1".to_owned())));
        assert_eq!((gateway.subnet_id.as_str(), gateway.allocation_id.as_str()), ("", ""));
        assert_eq!(gateway.secondary_allocation_ids, Set::default());
        let gateway = read(AutoProvisionZonesState::Enabled);
        assert_eq!(gateway.availability_zone_address, Set::default());
        assert_eq!(gateway.regional_nat_gateway_auto_mode, "enabled".into());
    }
}
