use super::{created_with, retag, tagged, tags};
use crate::{
    aws::{
        attribute::*,
        client::Aws,
        error::{gone_is_fine, unless_gone},
        naming,
        planning::Planning,
        resource::*,
    },
    provider::{Id, Phase, Problem, Result},
    value::{Type, Value},
};
use aws_sdk_ec2::types as ec2;
use futures::future::try_join;
use std::collections::BTreeMap;

mod data;
mod request;
mod response;

pub(super) use data::LaunchTemplate;

/// The most templates and versions that a page can hold.
const PAGE: i32 = 200;

const LATEST: &str = "$Latest";

/// Attributes that are not part of a version's data.
const OF_THE_TEMPLATE: &[&str] = &[
    "arn",
    "default_version",
    "id",
    "latest_version",
    "name",
    "name_prefix",
    "region",
    "tags",
    "tags_all",
    "update_default_version",
];

impl Resource for LaunchTemplate {
    const TYPE: &str = "aws_launch_template";
    const FIND: Find = Find::Tag;

    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let name = naming::name(self.name.as_deref(), self.name_prefix.as_deref(), token);
        let request = aws.ec2().create_launch_template().client_token(token).launch_template_name(name);
        let request = request
            .set_version_description(given(&self.description))
            .launch_template_data(request::data(self))
            .set_tag_specifications(tagged(ec2::ResourceType::LaunchTemplate, &self.tags));
        Created::with_id(request.send().await?.launch_template.and_then(|it| it.launch_template_id))
    }

    /// All templates and all latest versions in one paginated request each: AWS has no filter by id, and an id
    /// list fails if one of them is gone.
    async fn read(aws: &Aws, objects: &[Known<Self>]) -> Result<Found<Self>> {
        let account = aws.account_id().await?;
        let (templates, versions) = match objects {
            [one] => one_template(aws, &one.id.0).await?,
            _ => all_templates(aws).await?,
        };
        let mut versions: BTreeMap<String, ec2::LaunchTemplateVersion> =
            versions.into_iter().filter_map(|it| Some((it.launch_template_id.clone()?, it))).collect();
        let mut templates: BTreeMap<String, ec2::LaunchTemplate> =
            templates.into_iter().filter_map(|it| Some((it.launch_template_id.clone()?, it))).collect();
        let lives = objects.iter().filter_map(|known| {
            let template = templates.remove(&known.id.0)?;
            // A template without version was deleted, or made, between the two requests.
            let version = versions.remove(&known.id.0)?;
            Some((known.id.clone(), live(aws, &account, template, version).ok_or_else(malformed)))
        });
        Ok(lives.collect())
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        let (before, after) = (&change.before, &change.after);
        let mut latest = before.latest_version.0.unwrap_or(1);
        if before.description != after.description || request::data(before) != request::data(after) {
            let request = aws.ec2_once().create_launch_template_version().launch_template_id(&id.0);
            let request = request.set_version_description(given(&after.description));
            let answer = request.launch_template_data(request::data(after)).send().await?;
            let version = answer.launch_template_version.and_then(|it| it.version_number);
            latest = version.ok_or_else(malformed)?;
        }
        let default = match after.default_version {
            _ if after.update_default_version == Some(true) => Some(latest),
            default => default,
        };
        if let Some(default) = default.filter(|it| before.default_version != Some(*it)) {
            let request = aws.ec2().modify_launch_template().launch_template_id(&id.0);
            request.default_version(default.to_string()).send().await?;
        }
        retag(aws, id, change, |it| &it.tags).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let outcome = aws.ec2().delete_launch_template().launch_template_id(&known.id.0).send().await;
        gone_is_fine(outcome, GONE)
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let templates = super::all_pages_of!(PAGE, aws.ec2().describe_launch_templates(), [created_with(token)]);
        templates.into_iter().next().map(|it: ec2::LaunchTemplate| Created::with_id(it.launch_template_id)).transpose()
    }

    /// A change of the data makes a version, whose number AWS gives.
    fn plan(planning: &mut Planning) -> Result<()> {
        let data = |name: &str| !OF_THE_TEMPLATE.contains(&name);
        if planning.creating() || !planning.any_changes(data) {
            return Ok(());
        }
        planning.set_unknown("latest_version", Type::Number);
        let moves = planning.planned("update_default_version").and_then(Value::as_bool) == Some(true);
        if moves {
            planning.set_unknown("default_version", Type::Number);
        }
        Ok(())
    }

    fn validate(config: &Value) -> Vec<Problem> {
        crate::aws::requirements::unsupported(config.get("instance_requirements")).into_iter().collect()
    }
}

const GONE: &[&str] = &["InvalidLaunchTemplateId.NotFound", "InvalidLaunchTemplateName.NotFoundException"];

type Replies = (Vec<ec2::LaunchTemplate>, Vec<ec2::LaunchTemplateVersion>);

async fn one_template(aws: &Aws, id: &str) -> Result<Replies> {
    let templates = aws.ec2().describe_launch_templates().launch_template_ids(id).send().await;
    let Some(templates) = unless_gone(templates, GONE)? else { return Ok(Replies::default()) };
    let versions = aws.ec2().describe_launch_template_versions().launch_template_id(id).versions(LATEST).send().await;
    let Some(versions) = unless_gone(versions, GONE)? else { return Ok(Replies::default()) };
    Ok((templates.launch_templates.unwrap_or_default(), versions.launch_template_versions.unwrap_or_default()))
}

async fn all_templates(aws: &Aws) -> Result<Replies> {
    let templates = async {
        let pages = aws.ec2().describe_launch_templates().max_results(PAGE).into_paginator().items().send();
        let templates: Vec<ec2::LaunchTemplate> = pages.try_collect().await?;
        Result::<_, Problem>::Ok(templates)
    };
    let versions = async {
        let request = aws.ec2().describe_launch_template_versions().versions(LATEST).max_results(PAGE);
        let versions: Vec<ec2::LaunchTemplateVersion> = request.into_paginator().items().send().try_collect().await?;
        Result::<_, Problem>::Ok(versions)
    };
    try_join(templates, versions).await
}

fn live(
    aws: &Aws,
    account: &str,
    template: ec2::LaunchTemplate,
    version: ec2::LaunchTemplateVersion,
) -> Option<Live<LaunchTemplate>> {
    let id = template.launch_template_id?;
    let attributes = LaunchTemplate {
        name_prefix: template.launch_template_name.as_deref().map(naming::prefix_of),
        name: template.launch_template_name,
        description: version.version_description.unwrap_or_default(),
        default_version: template.default_version_number,
        tags: tags(template.tags),
        arn: aws.arn("ec2", account, &format!("launch-template/{id}")).into(),
        latest_version: template.latest_version_number.into(),
        ..response::blocks(version.launch_template_data?)
    };
    Some(Live { attributes, phase: Phase::Ready })
}
