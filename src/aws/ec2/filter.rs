//! What requests ask for, and all pages of what answers them.

use crate::{aws::resource::Known, provider::CREATION_TAG};
use aws_sdk_ec2::types as ec2;

/// The most values that AWS takes in one filter.
const FILTER_VALUES: usize = 200;

/// Filters that match any of `values`, as many as it takes. Unlike an id list, a filter tolerates ids that are
/// gone.
pub(super) fn any_of<'a>(name: &str, values: impl IntoIterator<Item = &'a str>) -> Vec<ec2::Filter> {
    let mut values: Vec<String> = values.into_iter().map(str::to_owned).collect();
    values.sort();
    values.dedup();
    let chunks = values.chunks(FILTER_VALUES);
    chunks.map(|chunk| ec2::Filter::builder().name(name).set_values(Some(chunk.to_vec())).build()).collect()
}

/// [`any_of`] the ids of `objects`.
pub(super) fn ids_of<T>(name: &str, objects: &[Known<T>]) -> Vec<ec2::Filter> {
    any_of(name, objects.iter().map(|known| known.id.0.as_str()))
}

/// Matches exactly `value`.
pub(super) fn is(name: &str, value: &str) -> ec2::Filter {
    ec2::Filter::builder().name(name).values(value).build()
}

/// Matches what the create call with `token` has tagged.
pub(super) fn created_with(token: &str) -> ec2::Filter {
    is(&format!("tag:{CREATION_TAG}"), token)
}

/// Sends one paginated request for each filter, all at once, and gives everything that was found.
///
/// `all_pages!(aws.ec2().describe_subnets(), filters)`
macro_rules! all_pages {
    ($request:expr, $filters:expr) => {
        $crate::aws::ec2::filter::all_pages_of!(1000, $request, $filters)
    };
}
pub(super) use all_pages;

/// [`all_pages`] for calls that take another page size.
macro_rules! all_pages_of {
    ($size:expr, $request:expr, $filters:expr) => {{
        let requests = $filters.into_iter().map(async |filter| {
            let request = $request.filters(filter).max_results($size);
            let items: Vec<_> = request.into_paginator().items().send().try_collect().await?;
            ::std::result::Result::<_, $crate::provider::Problem>::Ok(items)
        });
        let pages = ::futures::future::try_join_all(requests).await?;
        pages.into_iter().flatten().collect::<Vec<_>>()
    }};
}
pub(super) use all_pages_of;
