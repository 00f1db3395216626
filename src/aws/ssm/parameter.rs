use crate::{
    aws::{
        attribute::*,
        client::Aws,
        error::{gone_is_fine, unless_gone},
        planning::Planning,
        resource::*,
        tagging::{Tagged, tags_of},
        tags::difference,
    },
    provider::{Id, Phase, Problem, Result},
    value::{Type, Value},
};
use aws_sdk_ssm::types as ssm;
use futures::future::{try_join, try_join_all};
use std::collections::BTreeMap;

attributes! {
    /// A named value.
    pub(crate) struct Parameter {
        name: String [force_new],
        /// `String`, `StringList` or `SecureString`.
        r#type: String,
        value: Option<String> [computed, sensitive],
        /// The value where it is no secret; shown in plans.
        insecure_value: Option<String> [computed],
        value_wo: Option<String> [sensitive, write_only],
        /// A change of this number sends `value_wo` again.
        value_wo_version: Option<i64> [config_only],
        has_value_wo: Computed<bool>,
        description: String [optional],
        allowed_pattern: String [optional],
        data_type: String [computed, force_new],
        key_id: String [computed],
        tier: String [computed],
        overwrite: Option<bool> [config_only],
        tags: Tags,
        arn: String [computed],
        version: Computed<i64>,
    }
}

/// The most names that GetParameters and DescribeParameters take.
const VALUES: usize = 10;
const DESCRIPTIONS: usize = 50;
pub(super) const GONE: &[&str] = &["ParameterNotFound", "InvalidResourceId"];

impl Resource for Parameter {
    const TYPE: &str = "aws_ssm_parameter";
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        let overwrite = self.overwrite == Some(true);
        // AWS refuses tags where it may overwrite; they are set by the update that follows.
        let tags = to_ssm(&self.tags).filter(|_| !overwrite);
        let request = self.put(aws.ssm_once().put_parameter()).overwrite(overwrite).set_tags(tags);
        request.send().await?;
        Created::with_id(Some(self.name.clone()))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], _: How) -> Result<Found<Self>> {
        let names: Vec<String> = objects.iter().map(|it| it.id.0.clone()).collect();
        let values = try_join_all(names.chunks(VALUES).map(|names| values(aws, names)));
        let descriptions = try_join_all(names.chunks(DESCRIPTIONS).map(|names| descriptions(aws, names)));
        let (values, descriptions) = try_join(values, descriptions).await?;
        let mut values: BTreeMap<String, ssm::Parameter> = values.into_iter().flatten().collect();
        let mut descriptions: BTreeMap<String, ssm::ParameterMetadata> = descriptions.into_iter().flatten().collect();
        let tagged = objects.iter().filter_map(|known| {
            let known_tags = known.attributes.as_ref().map(|it| &it.tags);
            Some(Tagged { id: &known.id, arn: values.get(&known.id.0)?.arn.clone()?, known: known_tags })
        });
        let mut tags = tags_of(aws, tagged.collect(), |it| read_tags(aws, it)).await?;
        let lives = objects.iter().filter_map(|known| {
            let (value, description) = (values.remove(&known.id.0)?, descriptions.remove(&known.id.0)?);
            let tags = tags.remove(&known.id).unwrap_or_default();
            Some((known.id.clone(), Ok(live(known, value, description, tags))))
        });
        Ok(lives.collect())
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        let put = |it: &Parameter| {
            // A write-only value says by its version that it is another one.
            let value = it.value.clone().or_else(|| it.insecure_value.clone());
            let content = (it.r#type.clone(), value, it.description.clone(), it.value_wo_version);
            (content, it.allowed_pattern.clone(), it.key_id.clone(), it.tier.clone(), it.data_type.clone())
        };
        if put(&change.before) != put(&change.after) {
            change.after.put(aws.ssm().put_parameter()).overwrite(true).send().await?;
        }
        retag(aws, id, &change.before.tags, &change.after.tags).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        gone_is_fine(aws.ssm().delete_parameter().name(&known.id.0).send().await, GONE)
    }

    /// A parameter of that name is taken as ours only if it holds what we would have put. After a crash nobody knows a
    /// write-only value any more; then one that was never changed since it was made must do.
    async fn find(&self, aws: &Aws, _: &str) -> Result<Option<Created<Self>>> {
        let found = values(aws, std::slice::from_ref(&self.name)).await?;
        let content = self.content();
        let forgotten = content.is_none() && self.value_wo_version.is_some();
        let mut same = found.into_values().filter(|it| it.value == content || (forgotten && it.version == 1));
        same.next().map(|_| Created::with_id(Some(self.name.clone()))).transpose()
    }

    async fn existing(&self, _: &Aws, _: &str) -> Option<String> {
        Some(self.name.clone())
    }

    /// The value stands in one attribute and is repeated in the other, which follows it; a secret only in `value`.
    /// A standard parameter can become an advanced one, but not the other way round.
    fn plan(planning: &mut Planning) -> Result<()> {
        let moved = ["value", "insecure_value", "type"].iter().any(|it| planning.changes(it));
        if planning.creating() || moved {
            for name in ["value", "insecure_value"] {
                if !planning.configured(name) {
                    planning.set_unknown(name, Type::String);
                }
            }
        }
        // Whatever is put makes a version, and tags are not put.
        if planning.any_changes(|it| !matches!(it, "tags" | "tags_all" | "overwrite" | "has_value_wo")) {
            planning.set_unknown("version", Type::Number);
        }
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        if text(planning.prior("tier")) == "Advanced" && text(planning.planned("tier")) == "Standard" {
            planning.replace("tier");
        }
        Ok(())
    }
}

impl Parameter {
    fn content(&self) -> Option<String> {
        self.value_wo.clone().or_else(|| self.value.clone()).or_else(|| self.insecure_value.clone())
    }

    fn put(&self, request: PutParameter) -> PutParameter {
        request
            .name(&self.name)
            .r#type(ssm::ParameterType::from(self.r#type.as_str()))
            .set_value(self.content())
            .set_description(given(&self.description))
            .set_allowed_pattern(given(&self.allowed_pattern))
            .set_data_type(given(&self.data_type))
            .set_key_id(given(&self.key_id).filter(|_| self.r#type == "SecureString"))
            .set_tier(given(&self.tier).map(|it| ssm::ParameterTier::from(it.as_str())))
    }
}

type PutParameter = aws_sdk_ssm::operation::put_parameter::builders::PutParameterFluentBuilder;

async fn values(aws: &Aws, names: &[String]) -> Result<BTreeMap<String, ssm::Parameter>> {
    let request = aws.ssm().get_parameters().set_names(Some(names.to_vec())).with_decryption(true);
    let parameters = request.send().await?.parameters.into_iter().flatten();
    Ok(parameters.filter_map(|it| Some((it.name.clone()?, it))).collect())
}

async fn descriptions(aws: &Aws, names: &[String]) -> Result<BTreeMap<String, ssm::ParameterMetadata>> {
    let filter = ssm::ParameterStringFilter::builder().key("Name").option("Equals").set_values(Some(names.to_vec()));
    let filter = filter.build().map_err(|error| Problem::fatal("Invalid filter", error.to_string()))?;
    let request = aws.ssm().describe_parameters().parameter_filters(filter).max_results(DESCRIPTIONS as i32);
    let mut pages = request.into_paginator().send();
    let mut found = BTreeMap::new();
    while let Some(page) = pages.next().await {
        let parameters = page?.parameters.into_iter().flatten();
        found.extend(parameters.filter_map(|it| Some((it.name.clone()?, it))));
    }
    Ok(found)
}

async fn read_tags(aws: &Aws, object: Tagged<'_>) -> Result<Tags> {
    let request = aws.ssm().list_tags_for_resource().resource_type(ssm::ResourceTypeForTagging::Parameter);
    let answer = unless_gone(request.resource_id(&object.id.0).send().await, GONE)?;
    let tags = answer.and_then(|it| it.tag_list).into_iter().flatten();
    Ok(tags.map(|it| (it.key, it.value)).collect())
}

/// None if there are none.
fn to_ssm(tags: &Tags) -> Option<Vec<ssm::Tag>> {
    let tags = tags.iter().filter_map(|(key, value)| ssm::Tag::builder().key(key).value(value).build().ok());
    Some(tags.collect::<Vec<_>>()).filter(|it| !it.is_empty())
}

async fn retag(aws: &Aws, id: &Id, before: &Tags, after: &Tags) -> Result<()> {
    let kind = ssm::ResourceTypeForTagging::Parameter;
    let (stale, fresh) = difference(before, after);
    if !stale.is_empty() {
        let request = aws.ssm().remove_tags_from_resource().resource_type(kind.clone()).resource_id(&id.0);
        request.set_tag_keys(Some(stale)).send().await?;
    }
    if let Some(fresh) = to_ssm(&fresh) {
        let request = aws.ssm().add_tags_to_resource().resource_type(kind).resource_id(&id.0);
        request.set_tags(Some(fresh)).send().await?;
    }
    Ok(())
}

fn live(
    known: &Known<Parameter>,
    value: ssm::Parameter,
    description: ssm::ParameterMetadata,
    tags: Tags,
) -> Live<Parameter> {
    let kind = value.r#type.map(|it| it.to_string()).unwrap_or_default();
    let has_value_wo = known.attributes.as_ref().is_some_and(|it| it.value_wo_version.is_some());
    let secret = kind == "SecureString";
    // The value stands in the attribute that the configuration used.
    let insecure = !secret && known.attributes.as_ref().is_some_and(|it| it.insecure_value.is_some());
    let attributes = Parameter {
        name: known.id.0.clone(),
        value: value.value.clone().filter(|_| !has_value_wo && !insecure),
        insecure_value: value.value.filter(|_| insecure),
        value_wo: None,
        value_wo_version: None,
        has_value_wo: has_value_wo.then_some(true).into(),
        description: description.description.unwrap_or_default(),
        allowed_pattern: description.allowed_pattern.unwrap_or_default(),
        data_type: value.data_type.unwrap_or_else(|| "text".into()),
        key_id: description.key_id.unwrap_or_default(),
        tier: description.tier.map_or_else(|| "Standard".into(), |it| it.to_string()),
        overwrite: None,
        tags,
        arn: value.arn.unwrap_or_default(),
        version: Some(value.version).into(),
        r#type: kind,
    };
    Live { attributes, phase: Phase::Ready }
}
