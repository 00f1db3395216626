use super::{
    all_pages, any_of, created_with, described, flag, ids, interfaces_in, is, retag, tagged, tags, the_created,
};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, planning::Planning, resource::*},
    provider::{Id, Phase, Problem, Result},
    value::Type,
};
use aws_sdk_ec2::types::{self as ec2, Tenancy, VpcAttributeName, VpcCidrBlockStateCode as Range, VpcState};
use futures::future::{try_join, try_join_all};
use std::{collections::BTreeMap, time::Duration};

attributes! {
    /// A private network.
    pub(crate) struct Vpc {
        /// IPv4 range, such as `10.0.0.0/16`.
        cidr_block: Option<String> [computed, force_new, network],
        instance_tenancy: String [default_text("default"), force_new],
        enable_dns_support: bool [default(true)],
        enable_dns_hostnames: bool [computed],
        enable_network_address_usage_metrics: bool [computed],
        assign_generated_ipv6_cidr_block: bool [optional],
        ipv4_ipam_pool_id: Option<String> [force_new, config_only],
        ipv4_netmask_length: Option<i64> [force_new, config_only],
        ipv6_cidr_block: String [computed, network],
        ipv6_cidr_block_network_border_group: String [computed],
        ipv6_ipam_pool_id: String [optional],
        ipv6_netmask_length: i64 [optional],
        tags: Tags,
        arn: Computed<String>,
        default_network_acl_id: Computed<String>,
        default_route_table_id: Computed<String>,
        default_security_group_id: Computed<String>,
        dhcp_options_id: Computed<String>,
        ipv6_association_id: String [read_only],
        main_route_table_id: Computed<String>,
        owner_id: Computed<String>,
    }
}

impl Resource for Vpc {
    const TYPE: &str = "aws_vpc";
    const VERSION: u64 = 1;
    const DELETE_PATIENCE: Duration = Duration::from_secs(300);
    const SETTLES: bool = true;
    const LISTED: bool = true;
    const FIND: Find = Find::Tag;
    const DOUBLES: bool = true;

    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        let tenancy = Tenancy::from(self.instance_tenancy.as_str());
        let request = aws.ec2_once().create_vpc().instance_tenancy(tenancy);
        let request = request
            .set_cidr_block(self.cidr_block.clone())
            .set_ipv4_ipam_pool_id(self.ipv4_ipam_pool_id.clone())
            .set_ipv4_netmask_length(self.ipv4_netmask_length.map(|it| it as i32))
            .set_amazon_provided_ipv6_cidr_block(self.assign_generated_ipv6_cidr_block.then_some(true))
            .set_ipv6_cidr_block(given(&self.ipv6_cidr_block))
            .set_ipv6_cidr_block_network_border_group(given(&self.ipv6_cidr_block_network_border_group))
            .set_ipv6_ipam_pool_id(given(&self.ipv6_ipam_pool_id))
            .set_ipv6_netmask_length((self.ipv6_netmask_length != 0).then_some(self.ipv6_netmask_length as i32))
            .set_tag_specifications(tagged(ec2::ResourceType::Vpc, &self.tags));
        Created::with_id(request.send().await?.vpc.and_then(|it| it.vpc_id))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let mut vpcs: Vec<ec2::Vpc> =
            described!(how, 1000, aws.ec2().describe_vpcs(), set_vpc_ids, "vpc-id", ids(objects));
        let asked: BTreeMap<&str, bool> = objects.iter().map(|it| (it.id.0.as_str(), usage_asked(it))).collect();
        vpcs.retain(|it| it.vpc_id().is_some_and(|it| asked.contains_key(it)));
        let ids: Vec<&str> = vpcs.iter().filter_map(|it| it.vpc_id.as_deref()).collect();
        let settings = try_join_all(ids.iter().map(|id| settings(aws, id, asked.get(id) == Some(&true))));
        let (settings, defaults) = try_join(settings, Defaults::of(aws, &ids)).await?;
        let replies = vpcs.iter().cloned().zip(settings).collect();
        let prior = by_id(objects);
        found(
            objects,
            replies,
            |it: &(ec2::Vpc, VpcSettings)| it.0.vpc_id(),
            |(vpc, settings)| {
                let known = prior.get(vpc.vpc_id()?).copied();
                live(aws, vpc, settings, &defaults, known)
            },
        )
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        let modify = || aws.ec2().modify_vpc_attribute().vpc_id(&id.0);
        // One setting a request, and in this order: hostnames need support.
        if let Some(&on) = change.to(|it| &it.enable_dns_support) {
            modify().enable_dns_support(flag(on)).send().await?;
        }
        if let Some(&on) = change.to(|it| &it.enable_dns_hostnames) {
            modify().enable_dns_hostnames(flag(on)).send().await?;
        }
        if let Some(&on) = change.to(|it| &it.enable_network_address_usage_metrics) {
            modify().enable_network_address_usage_metrics(flag(on)).send().await?;
        }
        if let Some(tenancy) = change.to(|it| &it.instance_tenancy) {
            let tenancy = ec2::VpcTenancy::from(tenancy.as_str());
            aws.ec2().modify_vpc_tenancy().vpc_id(&id.0).instance_tenancy(tenancy).send().await?;
        }
        move_ipv6(aws, id, change).await?;
        retag(aws, id, change, |it| &it.tags).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let outcome = aws.ec2().delete_vpc().vpc_id(&known.id.0).send().await;
        gone_is_fine(outcome, &["InvalidVpcID.NotFound"])
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let vpcs = all_pages!(aws.ec2().describe_vpcs(), [created_with(token)]);
        the_created(token, vpcs, ec2::Vpc::tags).map(|it| Created::with_id(it.vpc_id)).transpose()
    }

    /// Moving from dedicated to default tenancy is the one change of tenancy that AWS makes in place.
    fn plan(planning: &mut Planning) -> Result<()> {
        if planning.planned("instance_tenancy").and_then(|it| it.as_str()) == Some("default") {
            planning.in_place("instance_tenancy");
        }
        if ["assign_generated_ipv6_cidr_block", "ipv6_ipam_pool_id"].iter().any(|it| planning.changes(it)) {
            planning.set_unknown("ipv6_association_id", Type::String);
            if !planning.configured("ipv6_cidr_block") {
                planning.set_unknown("ipv6_cidr_block", Type::String);
            }
        }
        Ok(())
    }

    async fn blockers(aws: &Aws, id: &Id) -> Vec<String> {
        interfaces_in(aws, is("vpc-id", &id.0)).await
    }
}

/// Network address usage metrics cost a request for each VPC, so they are only asked for where they may be on.
fn usage_asked(known: &Known<Vpc>) -> bool {
    known.attributes.as_ref().is_none_or(|it| it.enable_network_address_usage_metrics)
}

/// The IPv6 range of a VPC is given by an association of its own.
async fn move_ipv6(aws: &Aws, id: &Id, change: &Change<Vpc>) -> Result<()> {
    let range = |it: &Vpc| {
        (
            it.assign_generated_ipv6_cidr_block,
            it.ipv6_ipam_pool_id.clone(),
            it.ipv6_netmask_length,
            // What AWS has generated follows from the other arguments.
            (!it.assign_generated_ipv6_cidr_block).then(|| it.ipv6_cidr_block.clone()),
        )
    };
    let after = &change.after;
    if range(&change.before) == range(after) {
        return Ok(());
    }
    if let Some(old) = given(&change.before.ipv6_association_id) {
        let outcome = aws.ec2().disassociate_vpc_cidr_block().association_id(old).send().await;
        gone_is_fine(outcome, &["InvalidVpcCidrBlockAssociationID.NotFound"])?;
    }
    if after.assign_generated_ipv6_cidr_block || !after.ipv6_ipam_pool_id.is_empty() {
        let request = aws.ec2().associate_vpc_cidr_block().vpc_id(&id.0);
        let request = request
            .set_amazon_provided_ipv6_cidr_block(after.assign_generated_ipv6_cidr_block.then_some(true))
            .set_ipv6_ipam_pool_id(given(&after.ipv6_ipam_pool_id))
            .set_ipv6_netmask_length((after.ipv6_netmask_length != 0).then_some(after.ipv6_netmask_length as i32));
        request.send().await?;
    }
    Ok(())
}

/// The settings that DescribeVpcs omits, and AWS reads one by one.
#[derive(Clone, Copy)]
pub(super) struct VpcSettings {
    pub dns_support: bool,
    pub dns_hostnames: bool,
    pub usage_metrics: bool,
}

pub(super) async fn settings(aws: &Aws, vpc: &str, usage: bool) -> Result<VpcSettings> {
    let setting = async |name: VpcAttributeName| -> Result<bool> {
        let reply = aws.ec2().describe_vpc_attribute().vpc_id(vpc).attribute(name).send().await?;
        let value = reply.enable_dns_support.or(reply.enable_dns_hostnames);
        let value = value.or(reply.enable_network_address_usage_metrics);
        Ok(value.and_then(|it| it.value).unwrap_or_default())
    };
    let dns = try_join(setting(VpcAttributeName::EnableDnsSupport), setting(VpcAttributeName::EnableDnsHostnames));
    let metrics =
        async { if usage { setting(VpcAttributeName::EnableNetworkAddressUsageMetrics).await } else { Ok(false) } };
    let ((dns_support, dns_hostnames), usage_metrics) = try_join(dns, metrics).await?;
    Ok(VpcSettings { dns_support, dns_hostnames, usage_metrics })
}

/// What AWS makes with every VPC, by VPC id.
#[derive(Default)]
pub(super) struct Defaults {
    security_groups: BTreeMap<String, String>,
    network_acls: BTreeMap<String, String>,
    main_route_tables: BTreeMap<String, String>,
}

impl Defaults {
    pub(super) async fn of(aws: &Aws, vpcs: &[&str]) -> Result<Self> {
        let filters = || any_of("vpc-id", vpcs.iter().copied());
        let groups = async {
            let request = || aws.ec2().describe_security_groups().filters(is("group-name", "default"));
            Result::<_, Problem>::Ok(all_pages!(request(), filters()))
        };
        let acls = async {
            let request = || aws.ec2().describe_network_acls().filters(is("default", "true"));
            Result::<_, Problem>::Ok(all_pages!(request(), filters()))
        };
        let tables = async {
            let request = || aws.ec2().describe_route_tables().filters(is("association.main", "true"));
            Result::<_, Problem>::Ok(super::all_pages_of!(100, request(), filters()))
        };
        let (groups, (acls, tables)): (Vec<ec2::SecurityGroup>, (Vec<ec2::NetworkAcl>, Vec<ec2::RouteTable>)) =
            try_join(groups, try_join(acls, tables)).await?;
        Ok(Self {
            security_groups: groups
                .into_iter()
                .filter(|it| it.group_name() == Some("default"))
                .filter_map(|it| Some((it.vpc_id?, it.group_id?)))
                .collect(),
            network_acls: acls
                .into_iter()
                .filter(|it| it.is_default() == Some(true))
                .filter_map(|it| Some((it.vpc_id?, it.network_acl_id?)))
                .collect(),
            main_route_tables: tables
                .into_iter()
                .filter(is_main)
                .filter_map(|it| Some((it.vpc_id?, it.route_table_id?)))
                .collect(),
        })
    }
}

fn is_main(table: &ec2::RouteTable) -> bool {
    table.associations().iter().any(|it| it.main() == Some(true))
}

fn live(
    aws: &Aws,
    vpc: ec2::Vpc,
    settings: VpcSettings,
    defaults: &Defaults,
    prior: Option<&Vpc>,
) -> Option<(Id, Live<Vpc>)> {
    let ranges = vpc.ipv6_cidr_block_association_set.unwrap_or_default();
    let state =
        |it: &ec2::VpcIpv6CidrBlockAssociation| it.ipv6_cidr_block_state.as_ref().and_then(|it| it.state.clone());
    let moving = ranges.iter().filter_map(state).any(|it| matches!(it, Range::Associating | Range::Disassociating));
    let phase = match vpc.state? {
        VpcState::Pending => Phase::Pending,
        VpcState::Available if moving => Phase::Pending,
        VpcState::Available => Phase::Ready,
        state => Phase::Failed(state.to_string()),
    };
    let id = vpc.vpc_id?;
    let owner = vpc.owner_id.unwrap_or_default();
    let ipv6 = ranges.into_iter().find(|it| state(it) == Some(Range::Associated));
    let pool = ipv6.as_ref().and_then(|it| it.ipv6_pool.clone()).unwrap_or_default();
    let generated = pool == "Amazon";
    let range = ipv6.as_ref().and_then(|it| it.ipv6_cidr_block.clone()).unwrap_or_default();
    let from_pool = pool.starts_with("ipam-pool-");
    let length = range.rsplit_once('/').and_then(|(_, it)| it.parse().ok()).filter(|_| from_pool).unwrap_or(0);
    // A VPC is never without these, so that one which the listing lacks is the one that was there before.
    let of = |now: &BTreeMap<String, String>, before: fn(&Vpc) -> &Computed<String>| {
        now.get(&id).cloned().or_else(|| before(prior?).0.clone())
    };
    let main = of(&defaults.main_route_tables, |it| &it.main_route_table_id);
    let acl = of(&defaults.network_acls, |it| &it.default_network_acl_id);
    let group = of(&defaults.security_groups, |it| &it.default_security_group_id);
    let phase = match phase {
        Phase::Ready if main.is_none() || acl.is_none() || group.is_none() => Phase::Pending,
        phase => phase,
    };
    let attributes = Vpc {
        cidr_block: vpc.cidr_block,
        instance_tenancy: vpc.instance_tenancy?.to_string(),
        enable_dns_support: settings.dns_support,
        enable_dns_hostnames: settings.dns_hostnames,
        enable_network_address_usage_metrics: settings.usage_metrics,
        assign_generated_ipv6_cidr_block: generated,
        ipv4_ipam_pool_id: None,
        ipv4_netmask_length: None,
        ipv6_cidr_block_network_border_group: ipv6
            .as_ref()
            .and_then(|it| it.network_border_group.clone())
            .unwrap_or_default(),
        ipv6_cidr_block: range,
        ipv6_ipam_pool_id: if from_pool { pool } else { String::new() },
        ipv6_netmask_length: length,
        tags: tags(vpc.tags),
        arn: aws.arn("ec2", &owner, &format!("vpc/{id}")).into(),
        default_network_acl_id: acl.into(),
        default_route_table_id: main.clone().into(),
        default_security_group_id: group.into(),
        dhcp_options_id: vpc.dhcp_options_id.into(),
        ipv6_association_id: ipv6.and_then(|it| it.association_id).unwrap_or_default(),
        main_route_table_id: main.into(),
        owner_id: owner.into(),
    };
    Some((Id(id), Live { attributes, phase }))
}
