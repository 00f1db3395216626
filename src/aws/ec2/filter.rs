//! What requests ask for, and all pages of what answers them.

use crate::{
    aws::resource::Known,
    provider::{CREATION_TAG, Class, Problem, Result},
};
use aws_sdk_ec2::types as ec2;
use futures::future::join_all;

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

/// The ids of `objects`.
pub(super) fn ids<T>(objects: &[Known<T>]) -> Vec<String> {
    objects.iter().map(|known| known.id.0.clone()).collect()
}

/// Describes objects by a list of their ids, all that there are. AWS refuses a list with one that is gone; which it is the
/// refusal says mostly, and otherwise they are asked for one by one.
pub(super) async fn named<T, F>(mut ids: Vec<String>, describe: impl Fn(Vec<String>) -> F) -> Result<Vec<T>>
where
    F: Future<Output = Result<Vec<T>>>,
{
    ids.sort();
    ids.dedup();
    let mut all = Vec::new();
    for chunk in ids.chunks(FILTER_VALUES) {
        let mut left = chunk.to_vec();
        while !left.is_empty() {
            match describe(left.clone()).await {
                Ok(found) => {
                    all.extend(found);
                    break;
                }
                Err(problem) if !is_not_there(&problem) => return Err(problem),
                Err(_) if left.len() == 1 => break,
                Err(problem) => {
                    // One that names all, or none, of what it was asked for may mean any of them.
                    let rest: Vec<String> = left.iter().filter(|id| !names_id(&problem.detail, id)).cloned().collect();
                    if rest.is_empty() || rest.len() == left.len() {
                        all.extend(one_by_one(&left, &describe).await?);
                        break;
                    }
                    left = rest;
                }
            }
        }
    }
    Ok(all)
}

async fn one_by_one<T, F>(ids: &[String], describe: impl Fn(Vec<String>) -> F) -> Result<Vec<T>>
where
    F: Future<Output = Result<Vec<T>>>,
{
    let mut all = Vec::new();
    for answer in join_all(ids.iter().map(|id| describe(vec![id.clone()]))).await {
        match answer {
            Err(problem) if is_not_there(&problem) => {}
            found => all.extend(found?),
        }
    }
    Ok(all)
}

/// An id that AWS would never give does not exist either.
fn is_not_there(problem: &Problem) -> bool {
    let code = problem.detail.split(':').next().unwrap_or_default();
    problem.class == Class::NotYetVisible || code.ends_with(".Malformed")
}

/// Whether a text names an id that AWS gave: a name that someone chose may be any word of it.
fn names_id(text: &str, id: &str) -> bool {
    let given = id
        .rsplit_once('-')
        .is_some_and(|(kind, hex)| !kind.is_empty() && hex.len() >= 8 && hex.chars().all(|it| it.is_ascii_hexdigit()));
    given && text.split(|it: char| !(it.is_ascii_alphanumeric() || it == '-')).any(|word| word == id)
}

/// Describes the objects of these ids, by a filter or by name.
///
/// `described!(how, 1000, aws.ec2().describe_subnets(), set_subnet_ids, "subnet-id", ids)`
macro_rules! described {
    ($how:expr, $size:expr, $request:expr, $set_ids:ident, $filter:literal, $ids:expr) => {{
        let ids: ::std::vec::Vec<String> = $ids;
        match $how {
            $crate::aws::resource::How::Listed => {
                let filters = $crate::aws::ec2::filter::any_of($filter, ids.iter().map(String::as_str));
                $crate::aws::ec2::filter::all_pages_of!($size, $request, filters)
            }
            $crate::aws::resource::How::Named => {
                let describe = |ids: ::std::vec::Vec<String>| {
                    let pages = $request.$set_ids(Some(ids)).into_paginator().items().send();
                    async move {
                        let items: ::std::vec::Vec<_> = pages.try_collect().await?;
                        ::std::result::Result::<_, $crate::provider::Problem>::Ok(items)
                    }
                };
                $crate::aws::ec2::filter::named(ids, describe).await?
            }
        }
    }};
}
pub(super) use described;

/// Matches exactly `value`.
pub(super) fn is(name: &str, value: &str) -> ec2::Filter {
    ec2::Filter::builder().name(name).values(value).build()
}

/// Matches what the create call with `token` has tagged.
pub(super) fn created_with(token: &str) -> ec2::Filter {
    is(&format!("tag:{CREATION_TAG}"), token)
}

/// What the create call with `token` has made among what a listing by [`created_with`] shows: an API that knows nothing of such
/// filters shows what is others'.
pub(super) fn the_created<T>(token: &str, items: Vec<T>, tags: impl Fn(&T) -> &[ec2::Tag]) -> Option<T> {
    let ours = |it: &ec2::Tag| it.key() == Some(CREATION_TAG) && it.value() == Some(token);
    items.into_iter().find(|it| tags(it).iter().any(ours))
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
