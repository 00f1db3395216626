//! `aws_vpc_security_group_ingress_rule` and `…_egress_rule`: one rule of a security group, with an id of its
//! own. They differ in nothing but the direction.

use super::{
    all_pages, created_with, described, ids,
    permissions::{self, Direction, Peer, Permission, protocol},
    retag, tagged, tags, the_created,
};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, planning::Planning, resource::*},
    provider::{Claim, Id, Phase, Result},
    value::Value,
};
use aws_sdk_ec2::types as ec2;

/// The peers a rule can name: exactly one of them. Another address of the same kind is a change in place.
const PEERS: &[&str] = &["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];

/// Declares one of the two types.
macro_rules! rule {
    ($name:ident, $type_name:literal, $direction:expr, $authorize:ident, $revoke:ident) => {
        attributes! {
            /// One rule of a security group.
            pub(crate) struct $name {
                security_group_id: String [force_new],
                ip_protocol: String,
                from_port: Option<i64>,
                to_port: Option<i64>,
                cidr_ipv4: Option<String>,
                cidr_ipv6: Option<String>,
                prefix_list_id: Option<String>,
                referenced_security_group_id: Option<String>,
                description: Option<String>,
                tags: Tags,
                arn: Computed<String>,
                security_group_rule_id: Computed<String>,
            }
        }

        impl $name {
            fn permission(&self) -> ec2::IpPermission {
                let text = self.description.clone();
                let permission = ec2::IpPermission::builder()
                    .ip_protocol(&self.ip_protocol)
                    .set_from_port(self.from_port.map(|it| it as i32))
                    .set_to_port(self.to_port.map(|it| it as i32));
                if let Some(range) = &self.cidr_ipv4 {
                    permission.ip_ranges(ec2::IpRange::builder().cidr_ip(range).set_description(text).build())
                } else if let Some(range) = &self.cidr_ipv6 {
                    permission.ipv6_ranges(ec2::Ipv6Range::builder().cidr_ipv6(range).set_description(text).build())
                } else if let Some(id) = &self.prefix_list_id {
                    let list = ec2::PrefixListId::builder().prefix_list_id(id).set_description(text);
                    permission.prefix_list_ids(list.build())
                } else {
                    let (account, id) = self.group();
                    let pair = ec2::UserIdGroupPair::builder().set_user_id(account).set_group_id(id);
                    permission.user_id_group_pairs(pair.set_description(text).build())
                }
                .build()
            }

            /// The account, if it is another one, and the id of the group that the rule refers to.
            fn group(&self) -> (Option<String>, Option<String>) {
                match self.referenced_security_group_id.as_deref().map(|it| it.split_once('/')) {
                    Some(Some((account, id))) => (Some(account.to_owned()), Some(id.to_owned())),
                    _ => (None, self.referenced_security_group_id.clone()),
                }
            }

            fn request(&self) -> ec2::SecurityGroupRuleRequest {
                ec2::SecurityGroupRuleRequest::builder()
                    .ip_protocol(&self.ip_protocol)
                    .set_from_port(self.from_port.map(|it| it as i32))
                    .set_to_port(self.to_port.map(|it| it as i32))
                    .set_cidr_ipv4(self.cidr_ipv4.clone())
                    .set_cidr_ipv6(self.cidr_ipv6.clone())
                    .set_prefix_list_id(self.prefix_list_id.clone())
                    .set_referenced_group_id(self.group().1)
                    .set_description(self.description.clone())
                    .build()
            }

            fn live(
                aws: &Aws,
                rule: ec2::SecurityGroupRule,
                account: &str,
                prior: Option<&Self>,
            ) -> Option<(Id, Live<Self>)> {
                let id = rule.security_group_rule_id?;
                let owner = rule.group_owner_id.unwrap_or_else(|| account.to_owned());
                let live_protocol = rule.ip_protocol?;
                // AWS says -1 for ports that mean nothing; state keeps what the configuration has said.
                let port = |live: Option<i32>, prior: Option<i64>| match live {
                    Some(-1) | None => prior,
                    Some(port) => Some(i64::from(port)),
                };
                let peer = rule.referenced_group_info.and_then(|it| {
                    let foreign = it.user_id.filter(|it| *it != owner && !owner.is_empty());
                    let id = it.group_id?;
                    Some(foreign.map_or_else(|| id.clone(), |account| format!("{account}/{id}")))
                });
                let same = |it: &&Self| protocol(&it.ip_protocol) == protocol(&live_protocol);
                let attributes = Self {
                    security_group_id: rule.group_id?,
                    ip_protocol: prior.filter(same).map_or(live_protocol.clone(), |it| it.ip_protocol.clone()),
                    from_port: port(rule.from_port, prior.and_then(|it| it.from_port)),
                    to_port: port(rule.to_port, prior.and_then(|it| it.to_port)),
                    cidr_ipv4: rule.cidr_ipv4,
                    cidr_ipv6: rule.cidr_ipv6,
                    prefix_list_id: rule.prefix_list_id,
                    referenced_security_group_id: peer,
                    description: rule.description.filter(|it| !it.is_empty()),
                    tags: tags(rule.tags),
                    arn: aws.arn("ec2", &owner, &format!("security-group-rule/{id}")).into(),
                    security_group_rule_id: Some(id.clone()).into(),
                };
                Some((Id(id), Live { attributes, phase: Phase::Ready }))
            }
        }

        impl Resource for $name {
            const TYPE: &str = $type_name;
            const LISTED: bool = true;
            const FIND: Find = Find::Tag;
            const FRAMEWORK: bool = true;

            async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
                let request = aws.ec2_once().$authorize().group_id(&self.security_group_id);
                let request = request
                    .ip_permissions(self.permission())
                    .set_tag_specifications(tagged(ec2::ResourceType::SecurityGroupRule, &self.tags));
                let rules = request.send().await?.security_group_rules;
                Created::with_id(rules.into_iter().flatten().next().and_then(|it| it.security_group_rule_id))
            }

            async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
                let (request, ids) = (|| aws.ec2().describe_security_group_rules(), ids(objects));
                let rules: Vec<ec2::SecurityGroupRule> =
                    described!(how, 1000, request(), set_security_group_rule_ids, "security-group-rule-id", ids);
                let told = rules.iter().all(|it| it.group_owner_id.is_some());
                let account = if told { String::new() } else { aws.account_id().await? };
                let prior = by_id(objects);
                found(objects, rules, ec2::SecurityGroupRule::security_group_rule_id, |rule| {
                    let known = prior.get(rule.security_group_rule_id()?).copied();
                    Self::live(aws, rule, &account, known)
                })
            }

            async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
                let stored = |it: &Self| (it.request(), it.security_group_id.clone());
                if stored(&change.before) != stored(&change.after) {
                    let rule = ec2::SecurityGroupRuleUpdate::builder()
                        .security_group_rule_id(&id.0)
                        .security_group_rule(change.after.request())
                        .build();
                    let request = aws.ec2().modify_security_group_rules();
                    request.group_id(&change.after.security_group_id).security_group_rules(rule).send().await?;
                }
                retag(aws, id, change, |it| &it.tags).await
            }

            async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
                let group = known.attributes.as_ref().map(|it| it.security_group_id.clone());
                let request = aws.ec2().$revoke().set_group_id(group).security_group_rule_ids(&known.id.0);
                gone_is_fine(request.send().await, GONE)
            }

            async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
                let mut rules: Vec<ec2::SecurityGroupRule> =
                    all_pages!(aws.ec2().describe_security_group_rules(), [created_with(token)]);
                let egress = $direction == Direction::Egress;
                rules.retain(|it| it.is_egress() == Some(egress));
                let rule = the_created(token, rules, ec2::SecurityGroupRule::tags);
                rule.map(|it| Created::with_id(it.security_group_rule_id)).transpose()
            }

            fn plan(planning: &mut Planning) -> Result<()> {
                plan(planning);
                Ok(())
            }

            fn claims(attributes: &Value) -> Vec<Claim> {
                claims(attributes, $direction)
            }
        }
    };
}

const GONE: &[&str] = &["InvalidGroup.NotFound", "InvalidSecurityGroupRuleId.NotFound", "InvalidPermission.NotFound"];

fn claims(attributes: &Value, direction: Direction) -> Vec<Claim> {
    let said = ["ip_protocol", "from_port", "to_port"].into_iter().chain(PEERS.iter().copied());
    if said.into_iter().any(|name| attributes.get(name).is_some_and(|it| !it.is_known())) {
        return Vec::new();
    }
    let text = |name: &str| attributes.get(name).and_then(Value::as_str).map(str::to_owned);
    let port = |name: &str| take::<i64>(attributes, name);
    let own = text("security_group_id");
    let group = |it: String| if Some(&it) == own.as_ref() { permissions::OWN.to_owned() } else { it };
    let peer = text("cidr_ipv4").map(Peer::Ipv4).or_else(|| text("cidr_ipv6").map(Peer::Ipv6));
    let peer = peer.or_else(|| text("prefix_list_id").map(Peer::PrefixList));
    let peer = peer.or_else(|| text("referenced_security_group_id").map(|it| Peer::Group(group(it))));
    let (Some(peer), Some(protocol)) = (peer, text("ip_protocol")) else { return Vec::new() };
    let permission = Permission::new(&protocol, port("from_port"), port("to_port"), peer);
    let word = if direction == Direction::Ingress { "ingress" } else { "egress" };
    vec![Claim { of: "security_group_id", by: "security_group_id", what: permissions::claimed(&permission, word) }]
}

fn plan(planning: &mut Planning) {
    let absent = |it: Option<&Value>| it.is_none_or(Value::is_null);
    for peer in PEERS {
        if !planning.creating() && absent(planning.prior(peer)) != absent(planning.planned(peer)) {
            planning.replace(peer);
        }
    }
    let text = |it: Option<&Value>| it.and_then(Value::as_str).map(protocol);
    let (before, after) = (text(planning.prior("ip_protocol")), text(planning.planned("ip_protocol")));
    if before.is_some() && before == after {
        planning.keep("ip_protocol");
    }
}

rule!(
    IngressRule,
    "aws_vpc_security_group_ingress_rule",
    Direction::Ingress,
    authorize_security_group_ingress,
    revoke_security_group_ingress
);

rule!(
    EgressRule,
    "aws_vpc_security_group_egress_rule",
    Direction::Egress,
    authorize_security_group_egress,
    revoke_security_group_egress
);
