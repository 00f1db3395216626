use super::{
    all_pages, created_with, ids, interfaces_in, is,
    permissions::{self, Direction, Peer, Permission, Rule},
    retag, tagged, tags, the_created,
};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, naming, planning::Planning, resource::*},
    provider::{Claim, Class, Id, Phase, Problem, Result},
    value::Value,
};
use aws_sdk_ec2::types as ec2;
use std::time::Duration;

attributes! {
    /// Says which traffic reaches, and leaves, the network interfaces that belong to it.
    pub(crate) struct SecurityGroup {
        name: Option<String> [computed, force_new],
        name_prefix: Option<String> [computed, force_new],
        description: String [default_text("Managed by Terraform"), force_new],
        vpc_id: Option<String> [computed, force_new],
        ingress: Set<Rule> [as_attribute, computed],
        egress: Set<Rule> [as_attribute, computed],
        revoke_rules_on_delete: bool [default(false), config_only],
        tags: Tags,
        arn: Computed<String>,
        owner_id: Computed<String>,
    }
}

pub(super) const NOT_FOUND: &[&str] = &["InvalidGroup.NotFound", "InvalidSecurityGroupID.NotFound"];

impl Resource for SecurityGroup {
    const TYPE: &str = "aws_security_group";
    const VERSION: u64 = 1;
    const TIMEOUTS: &[&str] = &["create", "delete"];
    const DELETE_PATIENCE: Duration = Duration::from_secs(900);
    const LISTED: bool = true;
    const FIND: Find = Find::Tag;
    const DELETED_AFTER: &[&str] = &["aws_autoscaling_group", "aws_instance"];

    /// Rules are left to `update`, except that the one which AWS gives every new group is removed here: nothing
    /// in the configuration says that it should go.
    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let request = aws.ec2_once().create_security_group().group_name(self.name_for(token));
        let request = request.description(&self.description);
        let request = request
            .set_vpc_id(self.vpc_id.clone())
            .set_tag_specifications(tagged(ec2::ResourceType::SecurityGroup, &self.tags));
        let created: Created<Self> = Created::with_id(request.send().await?.group_id)?;
        if let Err(problem) = self.close(aws, &created.id).await {
            // A group that lets out more than was asked for must not stay; nothing uses it yet.
            let deleted = aws.ec2().delete_security_group().group_id(&created.id.0).send().await;
            // One that stays all the same must be found again.
            let class = gone_is_fine(deleted, NOT_FOUND).map_or(Class::OutcomeUnknown, |()| problem.class);
            return Err(Problem { class, ..problem });
        }
        Ok(created)
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let prior = by_id(objects);
        let none = Self::default();
        let groups = permissions::groups(aws, ids(objects), how).await?;
        found(objects, groups, ec2::SecurityGroup::group_id, |group| {
            let prior = prior.get(group.group_id()?).copied().unwrap_or(&none);
            live(aws, group, prior)
        })
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        let (before, after) = (&change.before, &change.after);
        change_rules(aws, id, Direction::Ingress, &before.ingress, &after.ingress).await?;
        change_rules(aws, id, Direction::Egress, &before.egress, &after.egress).await?;
        retag(aws, id, change, |it| &it.tags).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        if let Some(group) = known.attributes.as_ref().filter(|it| it.revoke_rules_on_delete) {
            let none = Set::default();
            change_rules(aws, &known.id, Direction::Ingress, &group.ingress, &none).await?;
            change_rules(aws, &known.id, Direction::Egress, &group.egress, &none).await?;
        }
        gone_is_fine(aws.ec2().delete_security_group().group_id(&known.id.0).send().await, NOT_FOUND)
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let groups = all_pages!(aws.ec2().describe_security_groups(), [created_with(token)]);
        let Some(group) = the_created(token, groups, ec2::SecurityGroup::tags) else { return Ok(None) };
        let created: Created<Self> = Created::with_id(group.group_id)?;
        self.close(aws, &created.id).await?;
        Ok(Some(created))
    }

    async fn existing(&self, aws: &Aws, token: &str) -> Option<String> {
        let mut filters = vec![is("group-name", &self.name_for(token))];
        filters.extend(self.vpc_id.as_deref().map(|vpc| is("vpc-id", vpc)));
        let request = aws.ec2().describe_security_groups().set_filters(Some(filters));
        request.send().await.ok()?.security_groups?.into_iter().next()?.group_id
    }

    fn claims(attributes: &Value) -> Vec<Claim> {
        permissions::claims(attributes)
    }

    fn plan(planning: &mut Planning) -> Result<()> {
        permissions::plan_protocols(planning);
        Ok(())
    }

    fn validate(config: &Value) -> Vec<Problem> {
        permissions::contradictions(config)
    }

    async fn blockers(aws: &Aws, id: &Id) -> Vec<String> {
        interfaces_in(aws, is("group-id", &id.0)).await
    }
}

impl SecurityGroup {
    fn name_for(&self, token: &str) -> String {
        naming::name(self.name.as_deref(), self.name_prefix.as_deref(), token)
    }

    /// Takes away the traffic out that AWS allows every new group, unless the configuration allows it too.
    async fn close(&self, aws: &Aws, id: &Id) -> Result<()> {
        let wanted = permissions::of_rules(&self.egress, &id.0);
        let everywhere = [Peer::Ipv4("0.0.0.0/0".into()), Peer::Ipv6("::/0".into())];
        for peer in everywhere {
            let permission = Permission::new("-1", 0, 0, peer);
            if !wanted.contains_key(&permission) {
                // The IPv6 rule exists only where the VPC has an IPv6 range, hence one request each.
                permissions::revoke_default(aws, &id.0, &permission).await?;
            }
        }
        Ok(())
    }
}

pub(super) async fn change_rules(
    aws: &Aws,
    id: &Id,
    direction: Direction,
    before: &Set<Rule>,
    after: &Set<Rule>,
) -> Result<()> {
    let of = |rules| permissions::of_rules(rules, &id.0);
    permissions::change(aws, &id.0, direction, &of(before), &of(after)).await
}

fn live(aws: &Aws, group: ec2::SecurityGroup, prior: &SecurityGroup) -> Option<(Id, Live<SecurityGroup>)> {
    let id = group.group_id?;
    let owner = group.owner_id.unwrap_or_default();
    let rules = |live, prior| permissions::to_rules(permissions::of_aws(live, &owner), prior, &id);
    let attributes = SecurityGroup {
        name_prefix: Some(naming::prefix_of(group.group_name.as_deref()?)),
        name: group.group_name,
        description: group.description.unwrap_or_default(),
        vpc_id: group.vpc_id,
        ingress: rules(group.ip_permissions, &prior.ingress),
        egress: rules(group.ip_permissions_egress, &prior.egress),
        revoke_rules_on_delete: false,
        tags: tags(group.tags),
        arn: aws.arn("ec2", &owner, &format!("security-group/{id}")).into(),
        owner_id: owner.clone().into(),
    };
    Some((Id(id.clone()), Live { attributes, phase: Phase::Ready }))
}
