use crate::{
    aws::{
        attribute::*,
        client::Aws,
        error::{gone_is_fine, unless_gone},
        naming,
        resource::*,
        tagging::{Tagged, tags_of},
        tags::difference,
        wire::{self, Value, value::input},
    },
    provider::{Id, Phase, Result},
};
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
        let tags = (!self.tags.is_empty()).then(|| self.tags.clone());
        let group = input! {
            "logGroupName" => &name, "logGroupClass" => given(&self.log_group_class), "kmsKeyId" => given(&self.kms_key_id),
            "deletionProtectionEnabled" => self.deletion_protection_enabled.filter(|it| *it), "tags" => tags,
        };
        logs(aws).call_once("CreateLogGroup", group).await?;
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
        let (logs, name) = (logs(aws), &id.0);
        match change.to(|it| &it.retention_in_days) {
            Some(0) => drop(logs.call("DeleteRetentionPolicy", input! { "logGroupName" => name }).await?),
            Some(days) => {
                let policy = input! { "logGroupName" => name, "retentionInDays" => *days };
                logs.call("PutRetentionPolicy", policy).await?;
            }
            None => {}
        }
        if let Some(Some(on)) = change.to(|it| &it.deletion_protection_enabled) {
            let protection = input! { "logGroupIdentifier" => name, "deletionProtectionEnabled" => *on };
            logs.call("PutLogGroupDeletionProtection", protection).await?;
        }
        match change.to(|it| &it.kms_key_id).map(String::as_str) {
            Some("") => drop(logs.call("DisassociateKmsKey", input! { "logGroupName" => name }).await?),
            Some(key) => {
                drop(logs.call("AssociateKmsKey", input! { "logGroupName" => name, "kmsKeyId" => key }).await?)
            }
            None => {}
        }
        let (stale, fresh) = difference(&change.before.tags, &change.after.tags);
        if stale.is_empty() && fresh.is_empty() {
            return Ok(());
        }
        let arn = change.before.arn.0.clone().ok_or_else(malformed)?;
        if !stale.is_empty() {
            logs.call("UntagResource", input! { "resourceArn" => &arn, "tagKeys" => stale }).await?;
        }
        if !fresh.is_empty() {
            logs.call("TagResource", input! { "resourceArn" => &arn, "tags" => fresh }).await?;
        }
        Ok(())
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        if known.attributes.as_ref().is_some_and(|it| it.skip_destroy) {
            return Ok(());
        }
        gone_is_fine(logs(aws).call("DeleteLogGroup", input! { "logGroupName" => &known.id.0 }).await, GONE)
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

fn logs(aws: &Aws) -> wire::Api<'_> {
    aws.api("logs")
}

async fn describe(aws: &Aws, names: Vec<String>) -> Result<BTreeMap<String, Value>> {
    let pages = names.chunks(NAMED).map(async |names| {
        // A single name is looked up by its prefix, which every version of the API knows.
        let asked = match names {
            [name] => input! { "logGroupNamePrefix" => name },
            names => input! { "logGroupIdentifiers" => names.to_vec() },
        };
        let answer = logs(aws).call_all("DescribeLogGroups", asked).await?;
        Result::<_, crate::provider::Problem>::Ok(answer.list("logGroups").to_vec())
    });
    let groups = try_join_all(pages).await?.into_iter().flatten();
    Ok(groups.filter_map(|it| Some((it.get("logGroupName").as_str()?.to_owned(), it))).collect())
}

/// The ARN as tags and the reference provider have it: without the `:*` that stands for the streams.
fn arn(group: &Value) -> Option<String> {
    let arn = group.get("logGroupArn").as_str().or_else(|| group.get("arn").as_str())?;
    Some(arn.trim_end_matches(":*").to_owned())
}

async fn read_tags(aws: &Aws, object: Tagged<'_>) -> Result<Tags> {
    let outcome = logs(aws).call("ListTagsForResource", input! { "resourceArn" => object.arn }).await;
    Ok(unless_gone(outcome, GONE)?.map(|it| it.get("tags").texts()).unwrap_or_default())
}

fn live(group: Value, tags: Tags) -> Option<Live<LogGroup>> {
    let name = group.get("logGroupName").as_str()?.to_owned();
    let attributes = LogGroup {
        name_prefix: naming::prefix_of(&name),
        name: Some(name),
        deletion_protection_enabled: Some(group.get("deletionProtectionEnabled").as_bool().unwrap_or_default()),
        log_group_class: group.text("logGroupClass").to_owned(),
        kms_key_id: group.text("kmsKeyId").to_owned(),
        retention_in_days: group.get("retentionInDays").as_int().unwrap_or_default(),
        skip_destroy: false,
        tags,
        arn: arn(&group).into(),
    };
    Some(Live { attributes, phase: Phase::Ready })
}
