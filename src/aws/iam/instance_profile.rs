use super::{GONE, PAGE, date, name, prefix_of, retagging, settling, tags, to_iam};
use crate::{
    aws::{
        attribute::*,
        client::Aws,
        error::{gone_is_fine, unless_gone},
        resource::*,
        tagging::{Tagged, tags_of},
    },
    provider::{Id, Phase, Result},
};
use aws_sdk_iam::types as iam;
use std::collections::BTreeMap;

attributes! {
    /// What hands a role to an EC2 instance.
    pub(crate) struct InstanceProfile {
        name: Option<String> [computed, force_new],
        name_prefix: String [computed, force_new],
        path: String [default_text("/"), force_new],
        role: String [optional],
        tags: Tags,
        arn: Computed<String>,
        create_date: Computed<String>,
        unique_id: Computed<String>,
    }
}

impl Resource for InstanceProfile {
    const TYPE: &str = "aws_iam_instance_profile";
    const GLOBAL: bool = true;
    const LISTED: bool = true;
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let name = name(self.name.as_deref(), Some(&self.name_prefix), token);
        let request = aws.iam_once().create_instance_profile().instance_profile_name(name);
        let answer = request.path(&self.path).set_tags(to_iam(&self.tags)).send().await?;
        Created::with_id(answer.instance_profile.map(|it| it.instance_profile_name))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        if how == How::Named {
            return each(objects, async |known| read_one(aws, &known.id.0).await).await;
        }
        let profiles = aws.iam().list_instance_profiles().max_items(PAGE).into_paginator().items().send();
        let profiles: Vec<iam::InstanceProfile> = profiles.try_collect().await?;
        let mut profiles: BTreeMap<String, iam::InstanceProfile> =
            profiles.into_iter().map(|it| (it.instance_profile_name.clone(), it)).collect();
        let tagged = objects.iter().filter_map(|known| {
            let known_tags = known.attributes.as_ref().map(|it| &it.tags);
            Some(Tagged { id: &known.id, arn: profiles.get(&known.id.0)?.arn.clone(), known: known_tags })
        });
        // The tagging API tells of IAM in one region of the partition.
        let home = aws.beside(aws.iam_home()).await?;
        let mut tags = tags_of(&home, tagged.collect(), |it| read_tags(aws, it)).await?;
        let lives = objects.iter().filter_map(|known| {
            let profile = profiles.remove(&known.id.0)?;
            Some((known.id.clone(), Ok(live(profile, tags.remove(&known.id).unwrap_or_default()))))
        });
        Ok(lives.collect())
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        if let Some(role) = change.to(|it| &it.role) {
            if let Some(old) = given(&change.before.role) {
                remove(aws, id, &old).await?;
            }
            if let Some(role) = given(role) {
                let request = aws.iam().add_role_to_instance_profile().instance_profile_name(&id.0).role_name(role);
                request.send().await.map_err(|it| settling(it.into()))?;
            }
        }
        let (stale, fresh) = retagging(&change.before.tags, &change.after.tags);
        if stale.is_some() {
            aws.iam().untag_instance_profile().instance_profile_name(&id.0).set_tag_keys(stale).send().await?;
        }
        if fresh.is_some() {
            aws.iam().tag_instance_profile().instance_profile_name(&id.0).set_tags(fresh).send().await?;
        }
        Ok(())
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        if let Some(role) = known.attributes.as_ref().and_then(|it| given(&it.role)) {
            remove(aws, &known.id, &role).await?;
        }
        let request = aws.iam().delete_instance_profile().instance_profile_name(&known.id.0);
        gone_is_fine(request.send().await, GONE)
    }

    async fn existing(&self, _: &Aws, token: &str) -> Option<String> {
        Some(name(self.name.as_deref(), Some(&self.name_prefix), token))
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let name = name(self.name.as_deref(), Some(&self.name_prefix), token);
        let same = profile(aws, &name).await?.is_some_and(|it| it.path == self.path);
        same.then(|| Created::with_id(Some(name))).transpose()
    }
}

async fn remove(aws: &Aws, id: &Id, role: &str) -> Result<()> {
    let request = aws.iam().remove_role_from_instance_profile().instance_profile_name(&id.0).role_name(role);
    gone_is_fine(request.send().await, GONE)
}

async fn profile(aws: &Aws, name: &str) -> Result<Option<iam::InstanceProfile>> {
    let outcome = aws.iam().get_instance_profile().instance_profile_name(name).send().await;
    let Some(answer) = unless_gone(outcome, GONE)? else { return Ok(None) };
    Ok(Some(answer.instance_profile.ok_or_else(malformed)?))
}

fn own_tags(profile: &iam::InstanceProfile) -> Tags {
    tags(profile.tags.as_deref().unwrap_or_default())
}

async fn read_one(aws: &Aws, name: &str) -> Result<Option<Live<InstanceProfile>>> {
    let profile = profile(aws, name).await?;
    Ok(profile.map(|it| {
        let tags = own_tags(&it);
        live(it, tags)
    }))
}

async fn read_tags(aws: &Aws, object: Tagged<'_>) -> Result<Tags> {
    let profile = profile(aws, &object.id.0).await?;
    Ok(profile.as_ref().map(own_tags).unwrap_or_default())
}

fn live(profile: iam::InstanceProfile, tags: Tags) -> Live<InstanceProfile> {
    let attributes = InstanceProfile {
        name_prefix: prefix_of(&profile.instance_profile_name),
        name: Some(profile.instance_profile_name),
        path: profile.path,
        role: profile.roles.into_iter().next().map(|it| it.role_name).unwrap_or_default(),
        tags,
        arn: profile.arn.into(),
        create_date: date(&profile.create_date).into(),
        unique_id: profile.instance_profile_id.into(),
    };
    Live { attributes, phase: Phase::Ready }
}
