use super::{
    GONE, PAGE, attached, date, document, inline, name, prefix_of, retagging, role_details, settling, tags, to_iam,
};
use crate::{
    aws::{
        attribute::*,
        client::Aws,
        error::{gone_is_fine, has_code, unless_gone},
        resource::*,
    },
    provider::{Id, Phase, Problem, Result},
};
use aws_sdk_iam::types as iam;
use std::collections::BTreeMap;

attributes! {
    /// A policy that is part of the role.
    pub(crate) struct InlinePolicy {
        name: String [default_text("")],
        policy: String [default_text(""), policy, spelled_as_policy],
    }

    /// An identity that AWS services, or other accounts, can take on.
    pub(crate) struct Role {
        name: Option<String> [computed, force_new],
        name_prefix: String [computed, force_new],
        path: String [default_text("/"), force_new],
        assume_role_policy: String [policy, spelled_as_json],
        description: String [optional],
        /// Seconds.
        max_session_duration: i64 [default(3600_i64)],
        permissions_boundary: String [optional],
        force_detach_policies: bool [default(false), config_only],
        managed_policy_arns: Set<String> [computed, deprecated("Use aws_iam_role_policy_attachment instead.")],
        inline_policy: Set<InlinePolicy> [computed],
        tags: Tags,
        arn: Computed<String>,
        create_date: Computed<String>,
        unique_id: Computed<String>,
    }
}

impl Resource for Role {
    const TYPE: &str = "aws_iam_role";
    const GLOBAL: bool = true;
    const LISTED: bool = true;
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let request = aws
            .iam_once()
            .create_role()
            .role_name(name(self.name.as_deref(), Some(&self.name_prefix), token))
            .path(&self.path)
            .assume_role_policy_document(&self.assume_role_policy)
            .max_session_duration(self.max_session_duration as i32)
            .set_description(given(&self.description))
            .set_permissions_boundary(given(&self.permissions_boundary))
            .set_tags(to_iam(&self.tags));
        let answer = request.send().await.map_err(|it| settling(it.into()))?;
        Created::with_id(answer.role.map(|it| it.role_name))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        if how == How::Named {
            return each(objects, async |known| read_one(aws, &known).await).await;
        }
        let details = async { role_details(aws).await };
        let roles = async {
            let pages = aws.iam().list_roles().max_items(PAGE).into_paginator().items().send();
            let roles: Vec<iam::Role> = pages.try_collect().await?;
            Result::<_, Problem>::Ok(roles)
        };
        let (mut details, roles) = futures::future::try_join(details, roles).await?;
        let mut roles: BTreeMap<String, iam::Role> = roles.into_iter().map(|it| (it.role_name.clone(), it)).collect();
        let lives = objects.iter().filter_map(|known| {
            let name = &known.id.0;
            let (mut role, details) = (roles.remove(name)?, details.remove(name)?);
            (role.permissions_boundary, role.tags) = (details.permissions_boundary, details.tags);
            let inline = details.role_policy_list.into_iter().flatten().map(|it| InlinePolicy {
                policy: document(it.policy_document.as_deref()),
                name: it.policy_name.unwrap_or_default(),
            });
            let attached = details.attached_managed_policies.into_iter().flatten().filter_map(|it| it.policy_arn);
            let stated = known.attributes.as_ref().map(|it| &it.inline_policy);
            Some((known.id.clone(), Ok(live(role, attached.collect(), inline.collect(), stated))))
        });
        Ok(lives.collect())
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        let role = &id.0;
        if let Some(policy) = change.to(|it| &it.assume_role_policy) {
            let request = aws.iam().update_assume_role_policy().role_name(role).policy_document(policy);
            request.send().await.map_err(|it| settling(it.into()))?;
        }
        let after = &change.after;
        if change.to(|it| &it.description).is_some() || change.to(|it| &it.max_session_duration).is_some() {
            let request = aws.iam().update_role().role_name(role).description(&after.description);
            request.max_session_duration(after.max_session_duration as i32).send().await?;
        }
        match change.to(|it| &it.permissions_boundary).map(String::as_str) {
            Some("") => drop(aws.iam().delete_role_permissions_boundary().role_name(role).send().await?),
            Some(arn) => {
                let request = aws.iam().put_role_permissions_boundary().role_name(role).permissions_boundary(arn);
                request.send().await?;
            }
            None => {}
        }
        move_policies(aws, role, change).await?;
        let (stale, fresh) = retagging(&change.before.tags, &after.tags);
        if stale.is_some() {
            aws.iam().untag_role().role_name(role).set_tag_keys(stale).send().await?;
        }
        if fresh.is_some() {
            aws.iam().tag_role().role_name(role).set_tags(fresh).send().await?;
        }
        Ok(())
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let name = &known.id.0;
        let delete = || aws.iam().delete_role().role_name(name).send();
        match delete().await {
            Err(error) if has_code(&error, &["DeleteConflict"]) => {
                release(aws, name, known.attributes.as_ref()).await?;
                gone_is_fine(delete().await, GONE)
            }
            outcome => gone_is_fine(outcome, GONE),
        }
    }

    async fn existing(&self, _: &Aws, token: &str) -> Option<String> {
        Some(name(self.name.as_deref(), Some(&self.name_prefix), token))
    }

    /// A role of that name is taken as ours only if it is what we asked for.
    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let name = name(self.name.as_deref(), Some(&self.name_prefix), token);
        let outcome = aws.iam().get_role().role_name(&name).send().await;
        let Some(answer) = unless_gone(outcome, GONE)? else { return Ok(None) };
        let role = answer.role.ok_or_else(malformed)?;
        let same = role.path == self.path && role.description.unwrap_or_default() == self.description;
        if same { Created::with_id(Some(name)).map(Some) } else { Ok(None) }
    }
}

/// Policies that the block itself holds, for configurations that do not use the resource types for them.
async fn move_policies(aws: &Aws, role: &str, change: &Change<Role>) -> Result<()> {
    let (before, after) = (&change.before, &change.after);
    for arn in before.managed_policy_arns.without(&after.managed_policy_arns) {
        aws.iam().detach_role_policy().role_name(role).policy_arn(arn).send().await?;
    }
    for arn in after.managed_policy_arns.without(&before.managed_policy_arns) {
        aws.iam().attach_role_policy().role_name(role).policy_arn(arn).send().await?;
    }
    for policy in before.inline_policy.without(&after.inline_policy) {
        if !after.inline_policy.0.iter().any(|it| it.name == policy.name) {
            aws.iam().delete_role_policy().role_name(role).policy_name(&policy.name).send().await?;
        }
    }
    for policy in after.inline_policy.without(&before.inline_policy).filter(|it| !it.policy.is_empty()) {
        let request = aws.iam().put_role_policy().role_name(role).policy_name(&policy.name);
        request.policy_document(&policy.policy).send().await?;
    }
    Ok(())
}

/// Takes away what keeps a role from being deleted: always its instance profiles, its policies only where the
/// block says so or holds them itself.
async fn release(aws: &Aws, role: &str, attributes: Option<&Role>) -> Result<()> {
    let profiles = aws.iam().list_instance_profiles_for_role().role_name(role).max_items(PAGE);
    let profiles: Vec<iam::InstanceProfile> = profiles.into_paginator().items().send().try_collect().await?;
    for profile in profiles {
        let name = profile.instance_profile_name;
        let outcome =
            aws.iam().remove_role_from_instance_profile().role_name(role).instance_profile_name(name).send().await;
        gone_is_fine(outcome, GONE)?;
    }
    if !attributes.is_some_and(|it| it.force_detach_policies) {
        return Ok(());
    }
    let attached = aws.iam().list_attached_role_policies().role_name(role).into_paginator().items().send();
    let attached: Vec<iam::AttachedPolicy> = attached.try_collect().await?;
    for policy in attached {
        let request = aws.iam().detach_role_policy().role_name(role).set_policy_arn(policy.policy_arn);
        gone_is_fine(request.send().await, GONE)?;
    }
    let inline = aws.iam().list_role_policies().role_name(role).into_paginator().items().send();
    let inline: Vec<String> = inline.try_collect().await?;
    for policy in inline {
        gone_is_fine(aws.iam().delete_role_policy().role_name(role).policy_name(policy).send().await, GONE)?;
    }
    Ok(())
}

/// A role as its own reads tell it.
async fn read_one(aws: &Aws, known: &Known<Role>) -> Result<Option<Live<Role>>> {
    let name = &known.id.0;
    let role = match aws.iam().get_role().role_name(name).send().await {
        Err(error) if has_code(&error, GONE) => return Ok(None),
        answer => answer?.role.ok_or_else(malformed)?,
    };
    let names = aws.iam().list_role_policies().role_name(name).into_paginator().items().send();
    let names = async { Result::<Vec<String>, Problem>::Ok(names.try_collect().await?) };
    let (attached, names) = futures::future::try_join(attached(aws, name), names).await?;
    let policies = names.into_iter().map(async |policy| {
        let text = inline(aws, name, &policy).await?;
        Result::<_, Problem>::Ok(text.map(|text| InlinePolicy { name: policy, policy: text }))
    });
    let policies = futures::future::try_join_all(policies).await?.into_iter().flatten().collect();
    let stated = known.attributes.as_ref().map(|it| &it.inline_policy);
    Ok(attached.map(|attached| live(role, attached.into_iter().collect(), policies, stated)))
}

/// `stated` are the policies that state, or the plan, has.
fn live(
    role: iam::Role,
    managed_policy_arns: Set<String>,
    inline: Set<InlinePolicy>,
    stated: Option<&Set<InlinePolicy>>,
) -> Live<Role> {
    // `inline_policy {}` says that there are to be none, and stays in state.
    let none = |it: &&Set<InlinePolicy>| it.0.iter().all(|it| *it == InlinePolicy::default());
    let inline_policy = stated.filter(none).filter(|_| inline.0.is_empty()).cloned().unwrap_or(inline);
    let boundary = role.permissions_boundary.and_then(|it| it.permissions_boundary_arn);
    let attributes = Role {
        name_prefix: prefix_of(&role.role_name),
        name: Some(role.role_name),
        path: role.path,
        assume_role_policy: document(role.assume_role_policy_document.as_deref()),
        description: role.description.unwrap_or_default(),
        max_session_duration: role.max_session_duration.map_or(3600, i64::from),
        permissions_boundary: boundary.unwrap_or_default(),
        force_detach_policies: false,
        managed_policy_arns,
        inline_policy,
        tags: tags(role.tags.as_deref().unwrap_or_default()),
        // A role that was just made can show its unique id in place of its ARN for a moment.
        arn: role.arn.clone().into(),
        create_date: date(&role.create_date).into(),
        unique_id: role.role_id.into(),
    };
    Live { attributes, phase: if role.arn.starts_with("arn:") { Phase::Ready } else { Phase::Pending } }
}
