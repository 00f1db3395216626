use super::{ids, retag, tagged, tags};
use crate::{
    aws::{
        attribute::*,
        client::Aws,
        error::{gone_is_fine, has_code},
        naming,
        planning::Planning,
        resource::*,
    },
    provider::{Id, Phase, Problem, Result},
    value::{Type, Value},
};
use aws_sdk_ec2::types as ec2;
use futures::future::{try_join, try_join_all};
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
    const LISTED: bool = true;
    /// By its name, which is unique, and what it has had from the beginning. A tag of ours could not be taken off again
    /// on every API.
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let name = self.name_for(token);
        let request = aws.ec2_once().create_launch_template().client_token(token).launch_template_name(name);
        let request = request
            .set_version_description(given(&self.description))
            .launch_template_data(request::data(self))
            .set_tag_specifications(tagged(ec2::ResourceType::LaunchTemplate, &self.tags));
        Created::with_id(request.send().await?.launch_template.and_then(|it| it.launch_template_id))
    }

    /// All templates and all latest versions in one paginated request each: AWS has no filter by id, and an id
    /// list fails if one of them is gone.
    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let account = aws.account_id().await?;
        let (templates, versions) = match (how, objects) {
            (How::Listed, [_, _, ..]) => all_templates(aws).await?,
            _ => named_templates(aws, ids(objects)).await?,
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
            let request = aws.ec2().create_launch_template_version().launch_template_id(&id.0);
            let request = request.client_token(version_token(id, latest, after));
            let request = request.set_version_description(given(&after.description));
            let answer = request.launch_template_data(request::data(after)).send().await?;
            let version = answer.launch_template_version.and_then(|it| it.version_number);
            latest = version.ok_or_else(nameless)?;
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
        let Some(template) = named(aws, &self.name_for(token)).await? else { return Ok(None) };
        let same = template.latest_version_number == Some(1) && tags(template.tags) == self.tags;
        if same { Created::with_id(template.launch_template_id).map(Some) } else { Ok(None) }
    }

    async fn existing(&self, aws: &Aws, token: &str) -> Option<String> {
        named(aws, &self.name_for(token)).await.ok()??.launch_template_id
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
}

impl LaunchTemplate {
    fn name_for(&self, token: &str) -> String {
        naming::name(self.name.as_deref(), self.name_prefix.as_deref(), token)
    }
}

/// The same for every attempt to make the version that follows `latest`, also in a later run.
fn version_token(id: &Id, latest: i64, after: &LaunchTemplate) -> String {
    let said = format!("{} {latest} {} {:?}", id.0, after.description, request::data(after));
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, said.as_bytes()).to_string()
}

/// The template of that name.
async fn named(aws: &Aws, name: &str) -> Result<Option<ec2::LaunchTemplate>> {
    match aws.ec2().describe_launch_templates().launch_template_names(name).send().await {
        Err(error) if has_code(&error, GONE) => Ok(None),
        answer => Ok(answer?.launch_templates.into_iter().flatten().find(|it| it.launch_template_name() == Some(name))),
    }
}

const GONE: &[&str] = &["InvalidLaunchTemplateId.NotFound", "InvalidLaunchTemplateName.NotFoundException"];

type Replies = (Vec<ec2::LaunchTemplate>, Vec<ec2::LaunchTemplateVersion>);

/// Those of these ids. AWS tells the versions of one template at a time.
async fn named_templates(aws: &Aws, ids: Vec<String>) -> Result<Replies> {
    let templates: Vec<ec2::LaunchTemplate> = super::named(ids, |ids| async {
        let request = aws.ec2().describe_launch_templates().set_launch_template_ids(Some(ids));
        Ok(request.into_paginator().items().send().try_collect().await?)
    })
    .await?;
    let versions = templates.iter().filter_map(|it| it.launch_template_id()).map(async |id| {
        let request = aws.ec2().describe_launch_template_versions().launch_template_id(id).versions(LATEST);
        match request.send().await {
            Err(error) if has_code(&error, GONE) => Ok(Vec::new()),
            answer => Result::<_, Problem>::Ok(answer?.launch_template_versions.unwrap_or_default()),
        }
    });
    let versions = try_join_all(versions).await?.into_iter().flatten().collect();
    Ok((templates, versions))
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
