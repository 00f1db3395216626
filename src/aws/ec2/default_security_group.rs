use super::{
    ids, is,
    permissions::{self, Direction, Rule},
    retag,
    security_group::change_rules,
    tags,
};
use crate::{
    aws::{attribute::*, client::Aws, planning::Planning, resource::*},
    provider::{Claim, Class, Id, Phase, Problem, Result},
    value::Value,
};
use aws_sdk_ec2::types as ec2;

attributes! {
    /// The security group that came with a VPC: adopted, never made or deleted.
    pub(crate) struct DefaultSecurityGroup {
        /// The VPC whose group it is; the default VPC if not set.
        vpc_id: Option<String> [computed, force_new],
        ingress: Set<Rule> [as_attribute, computed],
        egress: Set<Rule> [as_attribute, computed],
        revoke_rules_on_delete: bool [default(false), config_only],
        tags: Tags,
        arn: Computed<String>,
        description: Computed<String>,
        name: Computed<String>,
        name_prefix: Computed<String>,
        owner_id: Computed<String>,
    }
}

impl Resource for DefaultSecurityGroup {
    const TYPE: &str = "aws_default_security_group";
    const VERSION: u64 = 1;
    const LISTED: bool = true;
    const FIND: Find = Find::Key;

    /// Adopts, and makes the rules those of the configuration, even if it says none.
    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        let vpc = match &self.vpc_id {
            Some(vpc) => vpc.clone(),
            None => default_vpc(aws).await?,
        };
        let request = aws.ec2().describe_security_groups().filters(is("group-name", "default"));
        let groups = request.filters(is("vpc-id", &vpc)).max_results(5).send().await?.security_groups;
        let own = |it: &ec2::SecurityGroup| it.group_name() == Some("default") && it.vpc_id() == Some(&vpc);
        let group = groups.into_iter().flatten().find(own);
        // Every VPC has one, so that it can only be that it is not shown yet.
        let detail = format!("{vpc} has no default security group.");
        let missing = || Problem::new(Class::NotYetVisible, "No default security group", detail);
        let group = group.ok_or_else(missing)?;
        let (id, owner) = (group.group_id.ok_or_else(malformed)?, group.owner_id.unwrap_or_default());
        for (direction, live, wanted) in [
            (Direction::Ingress, group.ip_permissions, &self.ingress),
            (Direction::Egress, group.ip_permissions_egress, &self.egress),
        ] {
            let (live, wanted) = (permissions::of_aws(live, &owner), permissions::of_rules(wanted, &id));
            permissions::change(aws, &id, direction, &live, &wanted).await?;
        }
        Created::with_id(Some(id))
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

    /// AWS deletes the group with its VPC.
    async fn delete(_: &Aws, _: &Known<Self>) -> Result<()> {
        Ok(())
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        self.create(aws, token).await.map(Some)
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
}

async fn default_vpc(aws: &Aws) -> Result<String> {
    let vpcs = aws.ec2().describe_vpcs().filters(is("is-default", "true")).max_results(5).send().await?.vpcs;
    let vpc = vpcs.into_iter().flatten().find(|it| it.is_default() == Some(true)).and_then(|it| it.vpc_id);
    let missing = || Problem::fatal("No default VPC", "The region has no default VPC; set `vpc_id`.");
    vpc.ok_or_else(missing)
}

fn live(
    aws: &Aws,
    group: ec2::SecurityGroup,
    prior: &DefaultSecurityGroup,
) -> Option<(Id, Live<DefaultSecurityGroup>)> {
    let id = group.group_id?;
    let owner = group.owner_id.unwrap_or_default();
    let rules = |live, prior| permissions::to_rules(permissions::of_aws(live, &owner), prior, &id);
    let attributes = DefaultSecurityGroup {
        vpc_id: group.vpc_id,
        ingress: rules(group.ip_permissions, &prior.ingress),
        egress: rules(group.ip_permissions_egress, &prior.egress),
        revoke_rules_on_delete: false,
        tags: tags(group.tags),
        arn: aws.arn("ec2", &owner, &format!("security-group/{id}")).into(),
        description: group.description.into(),
        name: group.group_name.into(),
        name_prefix: "".into(),
        owner_id: owner.clone().into(),
    };
    Some((Id(id.clone()), Live { attributes, phase: Phase::Ready }))
}
