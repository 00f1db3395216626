use super::{all_pages, created_with, described, flag, ids, is, retag, tagged, tags, the_created};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, planning::Planning, resource::*},
    provider::{Id, Phase, Result},
    value::Type,
};
use aws_sdk_ec2::types::{self as ec2, HostnameType, SubnetCidrBlockStateCode as Range, SubnetState};
use std::time::Duration;

attributes! {
    /// A range of a VPC's addresses, in one availability zone.
    pub(crate) struct Subnet {
        vpc_id: String [force_new],
        /// IPv4 range, inside the range of the VPC.
        cidr_block: String [optional, force_new, network],
        availability_zone: Option<String> [computed, force_new],
        availability_zone_id: Option<String> [computed, force_new],
        assign_ipv6_address_on_creation: bool [default(false)],
        customer_owned_ipv4_pool: String [optional],
        enable_dns64: bool [default(false)],
        enable_lni_at_device_index: i64 [optional],
        enable_resource_name_dns_a_record_on_launch: bool [default(false)],
        enable_resource_name_dns_aaaa_record_on_launch: bool [default(false)],
        ipv6_cidr_block: String [optional, network],
        ipv6_native: bool [default(false), force_new],
        map_customer_owned_ip_on_launch: bool [optional],
        map_public_ip_on_launch: bool [default(false)],
        outpost_arn: String [optional, force_new],
        private_dns_hostname_type_on_launch: Option<String> [computed],
        tags: Tags,
        arn: Computed<String>,
        ipv6_cidr_block_association_id: String [read_only],
        owner_id: Computed<String>,
    }
}

impl Resource for Subnet {
    const TYPE: &str = "aws_subnet";
    const VERSION: u64 = 1;
    const TIMEOUTS: &[&str] = &["create", "delete"];
    const PATIENCE: Duration = Duration::from_secs(600);
    const DELETE_PATIENCE: Duration = Duration::from_secs(1200);
    const SETTLES: bool = true;
    const LISTED: bool = true;
    const FIND: Find = Find::Tag;
    const DELETED_AFTER: &[&str] = &["aws_autoscaling_group", "aws_instance", "aws_nat_gateway"];

    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        let request = aws.ec2_once().create_subnet().vpc_id(&self.vpc_id);
        let request = request
            .set_cidr_block(given(&self.cidr_block))
            .set_ipv6_cidr_block(given(&self.ipv6_cidr_block))
            .set_ipv6_native(self.ipv6_native.then_some(true))
            .set_outpost_arn(given(&self.outpost_arn))
            .set_availability_zone(self.availability_zone.clone())
            .set_availability_zone_id(self.availability_zone_id.clone())
            .set_tag_specifications(tagged(ec2::ResourceType::Subnet, &self.tags));
        Created::with_id(request.send().await?.subnet.and_then(|it| it.subnet_id))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let ids = ids(objects);
        let subnets = described!(how, 1000, aws.ec2().describe_subnets(), set_subnet_ids, "subnet-id", ids);
        found(objects, subnets, ec2::Subnet::subnet_id, live)
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        move_ipv6(aws, id, change).await?;
        // AWS takes one attribute a request.
        let modify = || aws.ec2().modify_subnet_attribute().subnet_id(&id.0);
        if let Some(&on) = change.to(|it| &it.map_public_ip_on_launch) {
            modify().map_public_ip_on_launch(flag(on)).send().await?;
        }
        if let Some(&on) = change.to(|it| &it.assign_ipv6_address_on_creation) {
            modify().assign_ipv6_address_on_creation(flag(on)).send().await?;
        }
        if let Some(&on) = change.to(|it| &it.enable_dns64) {
            modify().enable_dns64(flag(on)).send().await?;
        }
        if let Some(&on) = change.to(|it| &it.enable_resource_name_dns_a_record_on_launch) {
            modify().enable_resource_name_dns_a_record_on_launch(flag(on)).send().await?;
        }
        if let Some(&on) = change.to(|it| &it.enable_resource_name_dns_aaaa_record_on_launch) {
            modify().enable_resource_name_dns_aaaa_record_on_launch(flag(on)).send().await?;
        }
        if let Some(Some(kind)) = change.to(|it| &it.private_dns_hostname_type_on_launch) {
            modify().private_dns_hostname_type_on_launch(HostnameType::from(kind.as_str())).send().await?;
        }
        if let Some(&index) = change.to(|it| &it.enable_lni_at_device_index) {
            match index {
                0 => modify().disable_lni_at_device_index(flag(true)).send().await?,
                _ => modify().enable_lni_at_device_index(index as i32).send().await?,
            };
        }
        if change.to(|it| &it.customer_owned_ipv4_pool).is_some()
            || change.to(|it| &it.map_customer_owned_ip_on_launch).is_some()
        {
            let request = modify().set_customer_owned_ipv4_pool(given(&change.after.customer_owned_ipv4_pool));
            let on = change.after.map_customer_owned_ip_on_launch;
            request.map_customer_owned_ip_on_launch(flag(on)).send().await?;
        }
        retag(aws, id, change, |it| &it.tags).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let outcome = aws.ec2().delete_subnet().subnet_id(&known.id.0).send().await;
        gone_is_fine(outcome, &["InvalidSubnetID.NotFound", "InvalidSubnetId.NotFound"])
    }

    fn plan(planning: &mut Planning) -> Result<()> {
        if planning.changes("ipv6_cidr_block") {
            planning.set_unknown("ipv6_cidr_block_association_id", Type::String);
        }
        Ok(())
    }

    async fn existing(&self, aws: &Aws, _: &str) -> Option<String> {
        let request = aws.ec2().describe_subnets().filters(is("vpc-id", &self.vpc_id));
        let subnets = request.filters(is("cidr-block", &self.cidr_block)).send().await.ok()?.subnets?;
        subnets.into_iter().next()?.subnet_id
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let subnets = all_pages!(aws.ec2().describe_subnets(), [created_with(token)]);
        the_created(token, subnets, ec2::Subnet::tags).map(|it| Created::with_id(it.subnet_id)).transpose()
    }
}

/// A subnet has at most one IPv6 range; a new one takes the place of the old.
async fn move_ipv6(aws: &Aws, id: &Id, change: &Change<Subnet>) -> Result<()> {
    let Some(range) = change.to(|it| &it.ipv6_cidr_block) else { return Ok(()) };
    if let Some(old) = given(&change.before.ipv6_cidr_block_association_id) {
        let outcome = aws.ec2().disassociate_subnet_cidr_block().association_id(old).send().await;
        gone_is_fine(outcome, &["InvalidSubnetCidrBlockAssociationID.NotFound"])?;
    }
    if let Some(range) = given(range) {
        aws.ec2().associate_subnet_cidr_block().subnet_id(&id.0).ipv6_cidr_block(range).send().await?;
    }
    Ok(())
}

fn live(subnet: ec2::Subnet) -> Option<(Id, Live<Subnet>)> {
    let ranges = subnet.ipv6_cidr_block_association_set.unwrap_or_default();
    let state =
        |it: &ec2::SubnetIpv6CidrBlockAssociation| it.ipv6_cidr_block_state.as_ref().and_then(|it| it.state.clone());
    let moving = ranges.iter().filter_map(state).any(|it| matches!(it, Range::Associating | Range::Disassociating));
    let phase = match subnet.state? {
        SubnetState::Pending => Phase::Pending,
        SubnetState::Available if moving => Phase::Pending,
        SubnetState::Available => Phase::Ready,
        state => Phase::Failed(state.to_string()),
    };
    let ipv6 = ranges.into_iter().find(|it| state(it) == Some(Range::Associated));
    let names = subnet.private_dns_name_options_on_launch;
    let attributes = Subnet {
        vpc_id: subnet.vpc_id?,
        cidr_block: subnet.cidr_block.unwrap_or_default(),
        availability_zone: subnet.availability_zone,
        availability_zone_id: subnet.availability_zone_id,
        assign_ipv6_address_on_creation: subnet.assign_ipv6_address_on_creation.unwrap_or_default(),
        customer_owned_ipv4_pool: subnet.customer_owned_ipv4_pool.unwrap_or_default(),
        enable_dns64: subnet.enable_dns64.unwrap_or_default(),
        enable_lni_at_device_index: subnet.enable_lni_at_device_index.map_or(0, i64::from),
        enable_resource_name_dns_a_record_on_launch: names
            .as_ref()
            .and_then(|it| it.enable_resource_name_dns_a_record)
            .unwrap_or_default(),
        enable_resource_name_dns_aaaa_record_on_launch: names
            .as_ref()
            .and_then(|it| it.enable_resource_name_dns_aaaa_record)
            .unwrap_or_default(),
        ipv6_cidr_block: ipv6.as_ref().and_then(|it| it.ipv6_cidr_block.clone()).unwrap_or_default(),
        ipv6_native: subnet.ipv6_native.unwrap_or_default(),
        map_customer_owned_ip_on_launch: subnet.map_customer_owned_ip_on_launch.unwrap_or_default(),
        map_public_ip_on_launch: subnet.map_public_ip_on_launch.unwrap_or_default(),
        outpost_arn: subnet.outpost_arn.unwrap_or_default(),
        private_dns_hostname_type_on_launch: names.and_then(|it| it.hostname_type).map(|it| it.to_string()),
        tags: tags(subnet.tags),
        arn: subnet.subnet_arn.into(),
        ipv6_cidr_block_association_id: ipv6.and_then(|it| it.association_id).unwrap_or_default(),
        owner_id: subnet.owner_id.into(),
    };
    Some((Id(subnet.subnet_id?), Live { attributes, phase }))
}
