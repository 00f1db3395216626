use super::{GONE, document, name, policy_details, prefix_of, retagging, tags, to_iam};
use crate::{
    aws::{
        attribute::*,
        client::Aws,
        error::{gone_is_fine, has_code, unless_gone},
        resource::*,
    },
    provider::{Class, Id, Phase, Problem, Result},
};
use aws_sdk_iam::types as iam;
use futures::future::try_join_all;
use std::collections::BTreeMap;

attributes! {
    /// A policy of the account's own that can be attached.
    pub(crate) struct Policy {
        name: Option<String> [computed, force_new],
        name_prefix: String [computed, force_new],
        path: String [default_text("/"), force_new],
        description: String [optional, force_new],
        policy: String [policy, spelled_as_json],
        tags: Tags,
        arn: Computed<String>,
        attachment_count: Computed<i64>,
        policy_id: Computed<String>,
    }
}

/// A policy has at most five versions; the oldest must go before a sixth is made.
const VERSIONS: usize = 5;

impl Resource for Policy {
    const TYPE: &str = "aws_iam_policy";
    const GLOBAL: bool = true;
    const LISTED: bool = true;
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let request = aws
            .iam_once()
            .create_policy()
            .policy_name(name(self.name.as_deref(), Some(&self.name_prefix), token))
            .path(&self.path)
            .set_description(given(&self.description))
            .policy_document(&self.policy)
            .set_tags(to_iam(&self.tags));
        Created::with_id(request.send().await?.policy.and_then(|it| it.arn))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        if how == How::Named {
            return each(objects, async |known| read_one(aws, &known.id.0).await).await;
        }
        let mut policies = policy_details(aws).await?;
        // The listing leaves tags out; only those that have some, or may have, are asked for one by one.
        let tagged = objects.iter().filter(|it| {
            policies.contains_key(&it.id.0) && it.attributes.as_ref().is_none_or(|it| !it.tags.is_empty())
        });
        let tags = try_join_all(tagged.map(|it| read_tags(aws, &it.id))).await?;
        let mut tags: BTreeMap<Id, Tags> = tags.into_iter().collect();
        let lives = objects.iter().filter_map(|known| {
            let policy = policies.remove(&known.id.0)?;
            Some((known.id.clone(), Ok(live(policy, tags.remove(&known.id).unwrap_or_default()))))
        });
        Ok(lives.collect())
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        if let Some(policy) = change.to(|it| &it.policy) {
            make_room(aws, id).await?;
            let request = aws.iam_once().create_policy_version().policy_arn(&id.0).policy_document(policy);
            match request.set_as_default(true).send().await.map_err(Problem::from) {
                // Made twice it would be two versions.
                Err(problem)
                    if problem.class == Class::OutcomeUnknown && default_document(aws, id).await? == *policy => {}
                outcome => drop(outcome?),
            }
        }
        let (stale, fresh) = retagging(&change.before.tags, &change.after.tags);
        if stale.is_some() {
            aws.iam().untag_policy().policy_arn(&id.0).set_tag_keys(stale).send().await?;
        }
        if fresh.is_some() {
            aws.iam().tag_policy().policy_arn(&id.0).set_tags(fresh).send().await?;
        }
        Ok(())
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let arn = &known.id.0;
        match aws.iam().delete_policy().policy_arn(arn).send().await {
            // Either it is attached, or it has versions besides the default one.
            Err(error) if has_code(&error, &["DeleteConflict"]) => {
                for version in other_versions(aws, arn).await? {
                    let request = aws.iam().delete_policy_version().policy_arn(arn).set_version_id(version.version_id);
                    gone_is_fine(request.send().await, GONE)?;
                }
                gone_is_fine(aws.iam().delete_policy().policy_arn(arn).send().await, GONE)
            }
            outcome => gone_is_fine(outcome, GONE),
        }
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let arn = self.arn(aws, token).await?;
        match aws.iam().get_policy().policy_arn(&arn).send().await {
            Err(error) if has_code(&error, GONE) => Ok(None),
            outcome => {
                let policy = outcome?.policy.ok_or_else(malformed)?;
                let same = policy.description.unwrap_or_default() == self.description;
                if same { Created::with_id(Some(arn)).map(Some) } else { Ok(None) }
            }
        }
    }

    async fn existing(&self, aws: &Aws, token: &str) -> Option<String> {
        self.arn(aws, token).await.ok()
    }

    fn import(id: &str) -> Result<Known<Self>> {
        if id.starts_with("arn:") {
            return Ok(Known { id: Id(id.to_owned()), attributes: None });
        }
        Err(Problem::fatal("Invalid import id", format!("{id:?} is not the ARN of a policy.")))
    }
}

impl Policy {
    /// What AWS names it by: account, path and name. The account is asked for even where the configuration spares that.
    async fn arn(&self, aws: &Aws, token: &str) -> Result<String> {
        let (partition, account) = (aws.partition(), &aws.caller().await?.id);
        let name = name(self.name.as_deref(), Some(&self.name_prefix), token);
        Ok(format!("arn:{partition}:iam::{account}:policy{}{name}", self.path))
    }
}

async fn read_tags(aws: &Aws, id: &Id) -> Result<(Id, Tags)> {
    let answer = unless_gone(aws.iam().list_policy_tags().policy_arn(&id.0).send().await, GONE)?;
    Ok((id.clone(), answer.map(|it| tags(it.tags())).unwrap_or_default()))
}

async fn other_versions(aws: &Aws, arn: &str) -> Result<Vec<iam::PolicyVersion>> {
    let versions = aws.iam().list_policy_versions().policy_arn(arn).into_paginator().items().send();
    let mut versions: Vec<iam::PolicyVersion> = versions.try_collect().await?;
    versions.retain(|it| !it.is_default_version);
    Ok(versions)
}

async fn default_document(aws: &Aws, id: &Id) -> Result<String> {
    let policy = aws.iam().get_policy().policy_arn(&id.0).send().await?.policy.ok_or_else(malformed)?;
    document_of(aws, &id.0, policy.default_version_id).await
}

async fn document_of(aws: &Aws, arn: &str, version: Option<String>) -> Result<String> {
    let request = aws.iam().get_policy_version().policy_arn(arn).version_id(version.ok_or_else(malformed)?);
    Ok(document(request.send().await?.policy_version.and_then(|it| it.document).as_deref()))
}

async fn read_one(aws: &Aws, arn: &str) -> Result<Option<Live<Policy>>> {
    let policy = match aws.iam().get_policy().policy_arn(arn).send().await {
        Err(error) if has_code(&error, GONE) => return Ok(None),
        answer => answer?.policy.ok_or_else(malformed)?,
    };
    let name = policy.policy_name.ok_or_else(malformed)?;
    let attributes = Policy {
        name_prefix: prefix_of(&name),
        name: Some(name),
        path: policy.path.ok_or_else(malformed)?,
        description: policy.description.unwrap_or_default(),
        policy: document_of(aws, arn, policy.default_version_id).await?,
        tags: tags(policy.tags.as_deref().unwrap_or_default()),
        arn: policy.arn.into(),
        attachment_count: policy.attachment_count.map(i64::from).into(),
        policy_id: policy.policy_id.into(),
    };
    Ok(Some(Live { attributes, phase: Phase::Ready }))
}

async fn make_room(aws: &Aws, id: &Id) -> Result<()> {
    let others = other_versions(aws, &id.0).await?;
    if others.len() + 1 < VERSIONS {
        return Ok(());
    }
    let oldest = others.into_iter().min_by_key(|it| it.create_date.map(|it| it.secs()));
    let Some(oldest) = oldest else { return Ok(()) };
    let request = aws.iam().delete_policy_version().policy_arn(&id.0).set_version_id(oldest.version_id);
    gone_is_fine(request.send().await, GONE)
}

fn live(policy: iam::ManagedPolicyDetail, tags: Tags) -> Live<Policy> {
    let default = policy.policy_version_list.into_iter().flatten().find(|it| it.is_default_version);
    // An ARN ends with the path and the name.
    let named = |arn: &str| arn.rsplit('/').next().map(str::to_owned);
    let name = policy.policy_name.or_else(|| named(policy.arn.as_deref()?)).unwrap_or_default();
    let attributes = Policy {
        name_prefix: prefix_of(&name),
        name: Some(name),
        path: policy.path.unwrap_or_else(|| "/".into()),
        description: policy.description.unwrap_or_default(),
        policy: document(default.and_then(|it| it.document).as_deref()),
        tags,
        arn: policy.arn.into(),
        attachment_count: policy.attachment_count.map(i64::from).into(),
        policy_id: policy.policy_id.into(),
    };
    Live { attributes, phase: Phase::Ready }
}
