//! IAM: roles and what hangs on them. Global: one account, no region.
//!
//! Reads use the calls that list everything, since IAM cannot filter: one page holds up to 1,000 objects, where
//! reading one by one takes several requests for each.

mod instance_profile;
mod policy;
mod policy_document;
mod role;
mod role_policy;
mod role_policy_attachment;

use crate::{
    aws::{
        attribute::Tags,
        client::Aws,
        error::has_code,
        naming::{name, prefix_of, suffix},
        resource::{DataType, Kind, data, of},
        tags::difference,
    },
    provider::{Class, Problem, Result},
};
use aws_sdk_iam::{
    primitives::{DateTime, DateTimeFormat},
    types::{AttachedPolicy, EntityType, ManagedPolicyDetail, RoleDetail, Tag},
};
use std::collections::BTreeMap;

pub(super) const RESOURCES: &[&dyn Kind] = &[
    of::<role::Role>(),
    of::<role_policy::RolePolicy>(),
    of::<role_policy_attachment::RolePolicyAttachment>(),
    of::<policy::Policy>(),
    of::<instance_profile::InstanceProfile>(),
];

pub(super) const DATA: &[DataType] = &[data::<policy_document::PolicyDocument>()];

/// What IAM says when something is not there.
const GONE: &[&str] = &["NoSuchEntity"];

/// The most objects that a page can hold.
const PAGE: i32 = 1000;

/// Policies come percent-encoded.
fn document(encoded: Option<&str>) -> String {
    let encoded = encoded.unwrap_or_default();
    urlencoding::decode(encoded).map_or_else(|_| encoded.to_owned(), |it| it.into_owned())
}

/// `2026-01-31T12:00:00Z`
fn date(time: &DateTime) -> String {
    let whole = DateTime::from_secs(time.secs());
    whole.fmt(DateTimeFormat::DateTime).unwrap_or_default()
}

/// Every role, with its policies and tags, by name. It lacks description and session length.
async fn role_details(aws: &Aws) -> Result<BTreeMap<String, RoleDetail>> {
    let request = aws.iam().get_account_authorization_details().filter(EntityType::Role).max_items(PAGE);
    let mut pages = request.into_paginator().send();
    let mut roles = BTreeMap::new();
    while let Some(page) = pages.next().await {
        for role in page?.role_detail_list.into_iter().flatten() {
            roles.insert(role.role_name.clone().unwrap_or_default(), role);
        }
    }
    Ok(roles)
}

/// Every policy of the account's own, by ARN. It lacks tags.
async fn policy_details(aws: &Aws) -> Result<BTreeMap<String, ManagedPolicyDetail>> {
    let request = aws.iam().get_account_authorization_details().filter(EntityType::LocalManagedPolicy);
    let mut pages = request.max_items(PAGE).into_paginator().send();
    let mut policies = BTreeMap::new();
    while let Some(page) = pages.next().await {
        for policy in page?.policies.into_iter().flatten() {
            policies.insert(policy.arn.clone().unwrap_or_default(), policy);
        }
    }
    Ok(policies)
}

/// What is attached to a role, by ARN; none if the role is gone.
async fn attached(aws: &Aws, role: &str) -> Result<Option<Vec<String>>> {
    let pages = aws.iam().list_attached_role_policies().role_name(role).into_paginator().items().send();
    match pages.try_collect().await {
        Err(error) if has_code(&error, GONE) => Ok(None),
        policies => {
            let policies: Vec<AttachedPolicy> = policies?;
            Ok(Some(policies.into_iter().filter_map(|it| it.policy_arn).collect()))
        }
    }
}

/// The text of a role's own policy.
async fn inline(aws: &Aws, role: &str, name: &str) -> Result<Option<String>> {
    match aws.iam().get_role_policy().role_name(role).policy_name(name).send().await {
        Err(error) if has_code(&error, GONE) => Ok(None),
        answer => Ok(Some(document(Some(answer?.policy_document())))),
    }
}

fn to_iam(tags: &Tags) -> Option<Vec<Tag>> {
    let tags: Vec<Tag> =
        tags.iter().filter_map(|(key, value)| Tag::builder().key(key).value(value).build().ok()).collect();
    (!tags.is_empty()).then_some(tags)
}

fn tags(reply: &[Tag]) -> Tags {
    reply.iter().map(|it| (it.key().to_owned(), it.value().to_owned())).collect()
}

/// The keys to remove and the tags to set.
fn retagging(before: &Tags, after: &Tags) -> (Option<Vec<String>>, Option<Vec<Tag>>) {
    let (stale, fresh) = difference(before, after);
    ((!stale.is_empty()).then_some(stale), to_iam(&fresh))
}

/// A principal or role that was just made is not known everywhere for a while (IAM user guide, "changes that I
/// make are not always immediately visible").
fn settling(problem: Problem) -> Problem {
    let text = &problem.detail;
    if text.contains("Invalid principal in policy") || text.contains("NoSuchEntity: The role with name") {
        return Problem { class: Class::NotYetVisible, ..problem };
    }
    problem
}
