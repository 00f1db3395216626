//! Tags of many objects in one request, for services whose listings leave tags out.
//!
//! The Resource Groups Tagging API knows the tags of up to 100 objects by ARN, but hears of a change seconds after it, and
//! not of every type. So it can only confirm what state says; where it differs, the service itself is asked.

use crate::{
    aws::{
        attribute::Tags,
        client::Aws,
        wire::{Value, value::input},
    },
    provider::{Id, Problem, Result},
};
use futures::future::try_join_all;
use std::collections::BTreeMap;

/// The most objects that one request can name.
const NAMED: usize = 100;

/// An object whose tags are wanted.
#[derive(Clone, Debug)]
pub(super) struct Tagged<'a> {
    pub id: &'a Id,
    pub arn: String,
    /// What state says; none if it has not seen the object.
    pub known: Option<&'a Tags>,
}

/// The tags of `objects`: of those that the tagging API does not confirm as the service tells them one by one, with `ask`.
/// `home` is where the tagging API knows the objects.
pub(super) async fn tags_of<'a, F>(
    home: &Aws,
    objects: Vec<Tagged<'a>>,
    ask: impl Fn(Tagged<'a>) -> F,
) -> Result<BTreeMap<Id, Tags>>
where
    F: Future<Output = Result<Tags>>,
{
    let (mut tags, open) = confirmed(home, objects).await;
    let asked = open.into_iter().map(|object| (object.id.clone(), ask(object)));
    tags.extend(try_join_all(asked.map(async |(id, tags)| Result::<_, Problem>::Ok((id, tags.await?)))).await?);
    Ok(tags)
}

/// The tags that are as state says, and the objects whose service has to be asked.
async fn confirmed<'a>(aws: &Aws, objects: Vec<Tagged<'a>>) -> (BTreeMap<Id, Tags>, Vec<Tagged<'a>>) {
    let found = match objects.as_slice() {
        // The service answers for one object as fast, and is never behind.
        [] | [_] => None,
        several if aws.may_ask_tagging() => many(aws, several).await.ok(),
        _ => None,
    };
    let none = Tags::new();
    let (as_known, open): (Vec<_>, Vec<_>) = objects.into_iter().partition(|object| match (&found, object.known) {
        (Some(found), Some(known)) => found.get(&object.arn).unwrap_or(&none) == known,
        // Without the tagging API, what had no tags is taken to have none: one request for each is too many.
        (None, Some(known)) => known.is_empty(),
        (_, None) => false,
    });
    let tags = as_known.into_iter().filter_map(|it| Some((it.id.clone(), it.known?.clone())));
    (tags.collect(), open)
}

/// The tags of what the tagging API knows among `objects`.
async fn many(aws: &Aws, objects: &[Tagged<'_>]) -> Result<BTreeMap<String, Tags>> {
    let pages = objects.chunks(NAMED).map(async |objects| {
        let arns: Vec<String> = objects.iter().map(|it| it.arn.clone()).collect();
        let asked = input! { "ResourceARNList" => arns };
        let answer = aws.api("resourcegroupstaggingapi").call("GetResources", asked).await?;
        Result::<_, Problem>::Ok(answer.list("ResourceTagMappingList").to_vec())
    });
    let found = try_join_all(pages).await?.into_iter().flatten();
    Ok(found.filter_map(|it| Some((it.get("ResourceARN").as_str()?.to_owned(), tags(it.list("Tags"))))).collect())
}

fn tags(pairs: &[Value]) -> Tags {
    pairs.iter().map(|it| (it.text("Key").to_owned(), it.text("Value").to_owned())).collect()
}
