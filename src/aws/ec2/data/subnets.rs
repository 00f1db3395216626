use super::{Filter, filters, some_filters, tag_filters};
use crate::{
    aws::{attribute::*, client::Aws, resource::*},
    provider::Result,
};
use aws_sdk_ec2::types as ec2;

attributes! {
    /// The ids of the subnets that fulfil some conditions.
    pub(crate) struct Subnets {
        id: Option<String> [computed],
        filter: Set<Filter>,
        tags: Option<Tags> [computed],
        ids: Vec<String> [read_only],
    }
}

impl DataSource for Subnets {
    const TYPE: &str = "aws_subnets";
    const TIMEOUTS: bool = true;

    async fn read(self, aws: &Aws) -> Result<Self> {
        let mut wanted = filters(&self.filter);
        wanted.extend(self.tags.iter().flat_map(tag_filters));
        let request = aws.ec2().describe_subnets().set_filters(some_filters(wanted)).max_results(1000);
        let subnets: Vec<ec2::Subnet> = request.into_paginator().items().send().try_collect().await?;
        let ids = subnets.into_iter().filter_map(|it| it.subnet_id).collect();
        Ok(Self { id: Some(aws.region.clone()), ids, ..self })
    }
}
