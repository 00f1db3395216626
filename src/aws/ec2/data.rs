//! EC2 data sources.

mod ami;
mod availability_zones;
mod instance_type;
mod regions;
mod subnets;
mod vpc;

use crate::{
    aws::{
        attribute::{Set, Tags, attributes},
        ec2::is,
        resource::{DataType, data},
    },
    provider::{Problem, Result},
};
use aws_sdk_ec2::types as ec2;

pub(crate) const DATA: &[DataType] = &[
    data::<ami::Ami>(),
    data::<availability_zones::AvailabilityZones>(),
    data::<instance_type::InstanceType>(),
    data::<regions::Regions>(),
    data::<subnets::Subnets>(),
    data::<vpc::Vpc>(),
];

attributes! {
    /// A condition of a search, as the API of EC2 names it.
    pub(crate) struct Filter {
        name: String,
        values: Set<String> [required],
    }
}

/// The `filter` blocks of a data source.
pub(super) fn filters(blocks: &Set<Filter>) -> Vec<ec2::Filter> {
    let filter = |it: &Filter| ec2::Filter::builder().name(&it.name).set_values(Some(it.values.0.clone())).build();
    blocks.0.iter().map(filter).collect()
}

/// The `tags` argument of a data source as filters.
pub(super) fn tag_filters(tags: &Tags) -> Vec<ec2::Filter> {
    tags.iter().map(|(key, value)| is(&format!("tag:{key}"), value)).collect()
}

/// AWS rejects an empty list.
pub(super) fn some_filters(filters: Vec<ec2::Filter>) -> Option<Vec<ec2::Filter>> {
    (!filters.is_empty()).then_some(filters)
}

/// The only one of `all`.
pub(super) fn single<T>(all: Vec<T>, what: &str) -> Result<T> {
    let mut all = all.into_iter();
    match (all.next(), all.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(Problem::fatal("Your query returned no results", format!("no matching {what} found"))),
        (Some(_), Some(_)) => {
            let detail =
                format!("multiple {what}s matched; use additional constraints to reduce matches to a single {what}");
            Err(Problem::fatal("Your query returned more than one result", detail))
        }
    }
}

/// The words of the API's enumerations.
pub(super) fn words<T: ToString>(values: Option<Vec<T>>) -> Vec<String> {
    values.into_iter().flatten().map(|it| it.to_string()).collect()
}
