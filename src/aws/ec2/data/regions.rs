use super::{Filter, filters, some_filters};
use crate::{
    aws::{attribute::*, client::Aws, resource::*},
    provider::Result,
};

attributes! {
    /// The regions that the account can use.
    pub(crate) struct Regions {
        id: Option<String> [computed],
        all_regions: Option<bool>,
        filter: Set<Filter>,
        names: Set<String> [read_only],
    }
}

impl DataSource for Regions {
    const TYPE: &str = "aws_regions";
    const GLOBAL: bool = true;

    async fn read(self, aws: &Aws) -> Result<Self> {
        let request = aws.ec2().describe_regions().set_all_regions(self.all_regions);
        let answer = request.set_filters(some_filters(filters(&self.filter))).send().await?;
        let names = answer.regions.into_iter().flatten().filter_map(|it| it.region_name).collect();
        Ok(Self { id: Some(aws.partition().to_owned()), names, ..self })
    }
}
