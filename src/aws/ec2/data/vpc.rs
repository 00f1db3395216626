use super::{Filter, filters, single, some_filters, tag_filters};
use crate::{
    aws::{
        attribute::*,
        client::Aws,
        ec2::{all_pages_of, is, route_table::PAGE, tags, vpc::settings},
        resource::*,
    },
    provider::Result,
};
use aws_sdk_ec2::types as ec2;

attributes! {
    /// A VPC that something else has made.
    pub(crate) struct Vpc {
        id: Option<String> [computed],
        cidr_block: Option<String> [computed],
        default: Option<bool> [computed],
        dhcp_options_id: Option<String> [computed],
        filter: Set<Filter>,
        state: Option<String> [computed],
        tags: Option<Tags> [computed],
        arn: Computed<String>,
        cidr_block_associations: Vec<Range> [as_attribute, read_only],
        enable_dns_hostnames: bool [read_only],
        enable_dns_support: bool [read_only],
        enable_network_address_usage_metrics: bool [read_only],
        instance_tenancy: Computed<String>,
        ipv6_association_id: String [read_only],
        ipv6_cidr_block: String [read_only],
        main_route_table_id: Computed<String>,
        owner_id: Computed<String>,
    }

    /// An IPv4 range of the VPC.
    pub(crate) struct Range {
        association_id: String,
        cidr_block: String,
        state: String,
    }
}

impl DataSource for Vpc {
    const TYPE: &str = "aws_vpc";
    const TIMEOUTS: bool = true;

    async fn read(self, aws: &Aws) -> Result<Self> {
        let mut wanted = filters(&self.filter);
        let arguments = [
            ("vpc-id", self.id.clone()),
            ("cidr", self.cidr_block.clone()),
            ("dhcp-options-id", self.dhcp_options_id.clone()),
            ("is-default", self.default.filter(|it| *it).map(|it| it.to_string())),
            ("state", self.state.clone()),
        ];
        wanted.extend(arguments.into_iter().filter_map(|(name, value)| Some(is(name, &value?))));
        wanted.extend(self.tags.iter().flat_map(tag_filters));
        let request = aws.ec2().describe_vpcs().set_filters(some_filters(wanted)).max_results(1000);
        let vpc: ec2::Vpc = single(request.into_paginator().items().send().try_collect().await?, "EC2 VPC")?;
        let id = vpc.vpc_id.ok_or_else(malformed)?;
        let request = || aws.ec2().describe_route_tables().filters(is("association.main", "true"));
        let tables = all_pages_of!(PAGE, request(), [is("vpc-id", &id)]);
        let settings = settings(aws, &id, true).await?;
        let owner = vpc.owner_id.unwrap_or_default();
        let ipv6 = vpc.ipv6_cidr_block_association_set.into_iter().flatten().next();
        let ranges = vpc.cidr_block_association_set.into_iter().flatten().map(|it| Range {
            association_id: it.association_id.unwrap_or_default(),
            cidr_block: it.cidr_block.unwrap_or_default(),
            state: it.cidr_block_state.and_then(|it| it.state).map(|it| it.to_string()).unwrap_or_default(),
        });
        Ok(Self {
            cidr_block: vpc.cidr_block,
            default: vpc.is_default,
            dhcp_options_id: vpc.dhcp_options_id,
            tags: Some(tags(vpc.tags)),
            arn: aws.arn("ec2", &owner, &format!("vpc/{id}")).into(),
            cidr_block_associations: ranges.collect(),
            enable_dns_hostnames: settings.dns_hostnames,
            enable_dns_support: settings.dns_support,
            enable_network_address_usage_metrics: settings.usage_metrics,
            instance_tenancy: vpc.instance_tenancy.map(|it| it.to_string()).into(),
            ipv6_association_id: ipv6.as_ref().and_then(|it| it.association_id.clone()).unwrap_or_default(),
            ipv6_cidr_block: ipv6.and_then(|it| it.ipv6_cidr_block).unwrap_or_default(),
            main_route_table_id: tables.into_iter().next().and_then(|it: ec2::RouteTable| it.route_table_id).into(),
            owner_id: owner.into(),
            id: Some(id),
            ..self
        })
    }
}
