use super::{Filter, filters, some_filters};
use crate::{
    aws::{attribute::*, client::Aws, ec2::is, resource::*},
    provider::Result,
};

attributes! {
    /// The availability zones of a region.
    pub(crate) struct AvailabilityZones {
        id: Option<String> [computed],
        all_availability_zones: Option<bool>,
        exclude_names: Option<Set<String>>,
        exclude_zone_ids: Option<Set<String>>,
        filter: Set<Filter>,
        state: Option<String>,
        group_names: Set<String> [read_only],
        names: Vec<String> [read_only],
        zone_ids: Vec<String> [read_only],
    }
}

impl DataSource for AvailabilityZones {
    const TYPE: &str = "aws_availability_zones";
    const TIMEOUTS: bool = true;

    async fn read(self, aws: &Aws) -> Result<Self> {
        let mut wanted = filters(&self.filter);
        wanted.extend(self.state.as_deref().map(|it| is("state", it)));
        let request = aws.ec2().describe_availability_zones().set_all_availability_zones(self.all_availability_zones);
        let answer = request.set_filters(some_filters(wanted)).send().await?;
        let mut zones = answer.availability_zones.unwrap_or_default();
        let excluded = |set: &Option<Set<String>>, name: Option<&str>| {
            set.as_ref().is_some_and(|it| it.0.iter().any(|it| Some(it.as_str()) == name))
        };
        zones.retain(|it| {
            !excluded(&self.exclude_names, it.zone_name()) && !excluded(&self.exclude_zone_ids, it.zone_id())
        });
        zones.sort_by(|left, right| left.zone_name.cmp(&right.zone_name));
        Ok(Self {
            id: Some(aws.region.clone()),
            group_names: zones.iter().map(|it| it.group_name.clone().unwrap_or_default()).collect(),
            names: zones.iter().map(|it| it.zone_name.clone().unwrap_or_default()).collect(),
            zone_ids: zones.iter().map(|it| it.zone_id.clone().unwrap_or_default()).collect(),
            ..self
        })
    }
}
