use crate::{
    aws::{
        attribute::*,
        client::Aws,
        error::{gone_is_fine, unless_gone},
        naming,
        resource::*,
        tagging::{Tagged, tags_of},
        tags::difference,
    },
    provider::{Id, Phase, Result},
};
use aws_sdk_cloudwatchlogs::types as logs;
use futures::future::try_join_all;
use std::collections::BTreeMap;

attributes! {
    /// Where log streams of one kind are kept.
    pub(crate) struct LogGroup {
        name: Option<String> [computed, force_new],
        name_prefix: String [computed, force_new],
        /// Whether AWS refuses to delete the group until this is taken back.
        deletion_protection_enabled: Option<bool> [computed],
        log_group_class: String [computed, force_new],
        kms_key_id: String [optional],
        /// Days; 0 keeps events for ever.
        retention_in_days: i64 [default(0_i64)],
        /// Leave the group and its events when it is destroyed.
        skip_destroy: bool [default(false), config_only],
        tags: Tags,
        arn: Computed<String>,
    }
}

const GONE: &[&str] = &["ResourceNotFoundException"];

/// The most groups that one request can name.
const NAMED: usize = 50;

impl Resource for LogGroup {
    const TYPE: &str = "aws_cloudwatch_log_group";
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let name = naming::name(self.name.as_deref(), Some(&self.name_prefix), token);
        let class = given(&self.log_group_class).map(|it| logs::LogGroupClass::from(it.as_str()));
        let request = aws.logs_once().create_log_group().log_group_name(&name).set_log_group_class(class);
        let tags = (!self.tags.is_empty()).then(|| self.tags.clone().into_iter().collect());
        let request = request.set_deletion_protection_enabled(self.deletion_protection_enabled.filter(|it| *it));
        request.set_kms_key_id(given(&self.kms_key_id)).set_tags(tags).send().await?;
        Created::with_id(Some(name))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], _: How) -> Result<Found<Self>> {
        let mut groups = describe(aws, objects.iter().map(|it| it.id.0.clone()).collect()).await?;
        let tagged = objects.iter().filter_map(|known| {
            let known_tags = known.attributes.as_ref().map(|it| &it.tags);
            Some(Tagged { id: &known.id, arn: arn(groups.get(&known.id.0)?)?, known: known_tags })
        });
        let mut tags = tags_of(aws, tagged.collect(), |it| read_tags(aws, it)).await?;
        let lives = objects.iter().filter_map(|known| {
            let group = groups.remove(&known.id.0)?;
            let tags = tags.remove(&known.id).unwrap_or_default();
            Some((known.id.clone(), live(group, tags).ok_or_else(malformed)))
        });
        Ok(lives.collect())
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        match change.to(|it| &it.retention_in_days) {
            Some(0) => drop(aws.logs().delete_retention_policy().log_group_name(&id.0).send().await?),
            Some(days) => {
                let request = aws.logs().put_retention_policy().log_group_name(&id.0);
                request.retention_in_days(*days as i32).send().await?;
            }
            None => {}
        }
        if let Some(Some(on)) = change.to(|it| &it.deletion_protection_enabled) {
            let request = aws.logs().put_log_group_deletion_protection().log_group_identifier(&id.0);
            request.deletion_protection_enabled(*on).send().await?;
        }
        match change.to(|it| &it.kms_key_id).map(String::as_str) {
            Some("") => drop(aws.logs().disassociate_kms_key().log_group_name(&id.0).send().await?),
            Some(key) => {
                aws.logs().associate_kms_key().log_group_name(&id.0).kms_key_id(key).send().await?;
            }
            None => {}
        }
        let (stale, fresh) = difference(&change.before.tags, &change.after.tags);
        if stale.is_empty() && fresh.is_empty() {
            return Ok(());
        }
        let arn = change.before.arn.0.clone().ok_or_else(malformed)?;
        if !stale.is_empty() {
            aws.logs().untag_resource().resource_arn(&arn).set_tag_keys(Some(stale)).send().await?;
        }
        if !fresh.is_empty() {
            aws.logs().tag_resource().resource_arn(&arn).set_tags(Some(fresh.into_iter().collect())).send().await?;
        }
        Ok(())
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        if known.attributes.as_ref().is_some_and(|it| it.skip_destroy) {
            return Ok(());
        }
        gone_is_fine(aws.logs().delete_log_group().log_group_name(&known.id.0).send().await, GONE)
    }

    async fn existing(&self, _: &Aws, token: &str) -> Option<String> {
        Some(naming::name(self.name.as_deref(), Some(&self.name_prefix), token))
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let name = naming::name(self.name.as_deref(), Some(&self.name_prefix), token);
        let found = describe(aws, vec![name.clone()]).await?.contains_key(&name);
        if found { Created::with_id(Some(name)).map(Some) } else { Ok(None) }
    }
}

async fn describe(aws: &Aws, names: Vec<String>) -> Result<BTreeMap<String, logs::LogGroup>> {
    let pages = names.chunks(NAMED).map(async |names| {
        let request = aws.logs().describe_log_groups();
        // A single name is looked up by its prefix, which every version of the API knows.
        let request = match names {
            [name] => request.log_group_name_prefix(name),
            names => request.set_log_group_identifiers(Some(names.to_vec())),
        };
        let groups: Vec<logs::LogGroup> = request.into_paginator().items().send().try_collect().await?;
        Result::<_, crate::provider::Problem>::Ok(groups)
    });
    let pages = try_join_all(pages).await?;
    Ok(pages.into_iter().flatten().filter_map(|it| Some((it.log_group_name.clone()?, it))).collect())
}

/// The ARN as tags and the reference provider have it: without the `:*` that stands for the streams.
fn arn(group: &logs::LogGroup) -> Option<String> {
    let arn = group.log_group_arn.as_ref().or(group.arn.as_ref())?;
    Some(arn.trim_end_matches(":*").to_owned())
}

async fn read_tags(aws: &Aws, object: Tagged<'_>) -> Result<Tags> {
    let outcome = aws.logs().list_tags_for_resource().resource_arn(&object.arn).send().await;
    Ok(unless_gone(outcome, GONE)?.and_then(|it| it.tags).into_iter().flatten().collect())
}

fn live(group: logs::LogGroup, tags: Tags) -> Option<Live<LogGroup>> {
    let arn = arn(&group);
    let name = group.log_group_name?;
    let attributes = LogGroup {
        name_prefix: naming::prefix_of(&name),
        name: Some(name),
        deletion_protection_enabled: Some(group.deletion_protection_enabled.unwrap_or_default()),
        log_group_class: group.log_group_class.map(|it| it.to_string()).unwrap_or_default(),
        kms_key_id: group.kms_key_id.unwrap_or_default(),
        retention_in_days: group.retention_in_days.map_or(0, i64::from),
        skip_destroy: false,
        tags,
        arn: arn.into(),
    };
    Some(Live { attributes, phase: Phase::Ready })
}
