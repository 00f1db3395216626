//! Tags as EC2 has them.

use super::untag::untag;
use crate::{
    aws::{attribute::Tags, client::Aws, resource::Change, tags::difference},
    provider::{Id, Result},
};
use aws_sdk_ec2::types::{self as ec2, TagSpecification};

/// Tags for a create call; none if there is nothing to tag, since AWS rejects an empty specification.
pub(super) fn tagged(kind: ec2::ResourceType, tags: &Tags) -> Option<Vec<TagSpecification>> {
    let specification = || TagSpecification::builder().resource_type(kind).set_tags(Some(to_ec2(tags))).build();
    (!tags.is_empty()).then(|| vec![specification()])
}

pub(super) fn to_ec2(tags: &Tags) -> Vec<ec2::Tag> {
    tags.iter().map(|(key, value)| ec2::Tag::builder().key(key).value(value).build()).collect()
}

pub(super) fn tags(reply: Option<Vec<ec2::Tag>>) -> Tags {
    reply.into_iter().flatten().filter_map(|tag| Some((tag.key?, tag.value.unwrap_or_default()))).collect()
}

/// Makes the tags of `id` those of `change`.
pub(super) async fn retag<T>(aws: &Aws, id: &Id, change: &Change<T>, tags: fn(&T) -> &Tags) -> Result<()> {
    let (before, after) = (tags(&change.before), tags(&change.after));
    let (stale, fresh) = difference(before, after);
    if !stale.is_empty() {
        untag(aws, id, stale).await?;
    }
    if !fresh.is_empty() {
        aws.ec2().create_tags().resources(&id.0).set_tags(Some(to_ec2(&fresh))).send().await?;
    }
    Ok(())
}
