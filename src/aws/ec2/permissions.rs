//! The rules of security groups: what the blocks `ingress` and `egress` say, and what AWS stores.
//!
//! A block names several peers at once, AWS stores one rule for each. The unit here is one rule with one
//! peer, so that changes are small and a group of rules can be told apart from its neighbours.

use crate::{
    aws::{
        attribute::*,
        client::Aws,
        ec2::{described, routes::network},
        error::gone_is_fine,
        planning::Planning,
        resource::How,
    },
    provider::{Claim, Problem, Result},
    value::{Data, Path, PathStep, Value},
};
use aws_sdk_ec2::types as ec2;
use std::collections::{BTreeMap, BTreeSet};

attributes! {
    /// Lets traffic through between the group and some peers.
    pub(crate) struct Rule {
        protocol: String,
        from_port: i64,
        to_port: i64,
        cidr_blocks: Vec<String>,
        ipv6_cidr_blocks: Vec<String>,
        prefix_list_ids: Vec<String>,
        /// Ids, or `account/id` for a group of another account.
        security_groups: Set<String>,
        /// The group itself.
        self_: bool [optional],
        description: String [optional],
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Ingress,
    Egress,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Peer {
    Ipv4(String),
    Ipv6(String),
    PrefixList(String),
    Group(String),
}

/// One rule as AWS stores it, apart from its description.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Permission {
    pub protocol: String,
    pub from: i64,
    pub to: i64,
    pub peer: Peer,
}

/// Permissions and their descriptions.
pub(super) type Permissions = BTreeMap<Permission, String>;

/// A protocol by the name that AWS gives it back.
pub(super) fn protocol(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "all" | "-1" => "-1",
        "6" => "tcp",
        "17" => "udp",
        "1" => "icmp",
        "58" => "icmpv6",
        other => return other.to_owned(),
    }
    .to_owned()
}

/// Plans the protocols of the blocks by the names that AWS gives back, as the reference provider does.
pub(super) fn plan_protocols(planning: &mut Planning) {
    for direction in ["ingress", "egress"] {
        let Some(Value { data: Data::Set(ty, rules), marks }) = planning.planned(direction) else { continue };
        let named = rules.iter().map(|rule| match rule.get("protocol").and_then(Value::as_str).map(protocol) {
            Some(name) => with(rule, "protocol", Value::string(name)),
            None => rule.clone(),
        });
        let named = Value::set(ty.clone(), named.collect()).marked(*marks);
        planning.set(direction, named);
    }
}

/// The blocks that say the same of a group with different descriptions: AWS stores one rule with one description.
pub(super) fn contradictions(config: &Value) -> Vec<Problem> {
    let mut problems = Vec::new();
    for direction in ["ingress", "egress"] {
        let mut said = Permissions::new();
        for rule in known_rules(config, direction) {
            for it in of_rule(&rule, "") {
                let what = claimed(&it, direction);
                let Some(other) = said.insert(it, rule.description.clone()) else { continue };
                if other != rule.description {
                    let detail = format!(
                        "Two {direction} blocks set {what}: one with the description {other:?}, one with the description \
                         {:?}. AWS stores it once, with one description.",
                        rule.description
                    );
                    let problem = Problem::fatal("Security group rule set twice", detail);
                    // Which of the blocks it is, a set does not say.
                    let problem = problem.at(Path::attribute(direction).then(PathStep::Index(0)));
                    problems.push(Problem { hint: Some("Remove it from one of the two blocks.".into()), ..problem });
                }
            }
        }
    }
    problems
}

/// What the blocks of a group claim of it.
pub(super) fn claims(attributes: &Value) -> Vec<Claim> {
    let mut claims = Vec::new();
    for direction in ["ingress", "egress"] {
        let said: BTreeSet<Permission> =
            known_rules(attributes, direction).iter().flat_map(|rule| of_rule(rule, OWN)).collect();
        claims.extend(said.iter().map(|it| Claim { of: "id", by: direction, what: claimed(it, direction) }));
    }
    claims
}

/// A group as its own peer, whatever its id is.
pub(super) const OWN: &str = "itself";

/// The blocks of which all is known.
fn known_rules(object: &Value, direction: &str) -> Vec<Rule> {
    let rules = object.get(direction).and_then(Value::as_elements).unwrap_or_default();
    rules.iter().filter(|it| it.is_wholly_known()).map(Rule::decode).collect()
}

/// A permission in words.
pub(super) fn claimed(it: &Permission, direction: &str) -> String {
    let (Peer::Ipv4(peer) | Peer::Ipv6(peer) | Peer::PrefixList(peer) | Peer::Group(peer)) = &it.peer;
    let peer = if peer.is_empty() { OWN } else { peer };
    let (protocol, word) = (&it.protocol, if direction == "ingress" { "from" } else { "to" });
    format!("{direction} of protocol {protocol}, ports {} to {}, {word} {peer}", it.from, it.to)
}

impl Permission {
    pub(super) fn new(name: &str, from: i64, to: i64, peer: Peer) -> Self {
        let protocol = protocol(name);
        // Ports mean nothing where all protocols are meant.
        let (from, to) = if protocol == "-1" { (0, 0) } else { (from, to) };
        Self { protocol, from, to, peer }
    }

    fn to_aws(&self, description: &str) -> ec2::IpPermission {
        let ports = (self.protocol != "-1").then_some((self.from as i32, self.to as i32));
        let description = given(description);
        let permission = ec2::IpPermission::builder()
            .ip_protocol(&self.protocol)
            .set_from_port(ports.map(|it| it.0))
            .set_to_port(ports.map(|it| it.1));
        match &self.peer {
            Peer::Ipv4(range) => {
                permission.ip_ranges(ec2::IpRange::builder().cidr_ip(range).set_description(description).build())
            }
            Peer::Ipv6(range) => {
                permission.ipv6_ranges(ec2::Ipv6Range::builder().cidr_ipv6(range).set_description(description).build())
            }
            Peer::PrefixList(id) => permission
                .prefix_list_ids(ec2::PrefixListId::builder().prefix_list_id(id).set_description(description).build()),
            Peer::Group(id) => {
                let (account, id) = id.split_once('/').map_or((None, id.as_str()), |(account, id)| (Some(account), id));
                let pair = ec2::UserIdGroupPair::builder().group_id(id).set_user_id(account.map(str::to_owned));
                permission.user_id_group_pairs(pair.set_description(description).build())
            }
        }
        .build()
    }
}

/// What the blocks of `group` say.
pub(super) fn of_rules(rules: &Set<Rule>, group: &str) -> Permissions {
    rules.0.iter().flat_map(|rule| of_rule(rule, group).into_iter().map(|it| (it, rule.description.clone()))).collect()
}

fn of_rule(rule: &Rule, group: &str) -> Vec<Permission> {
    let ipv4 = rule.cidr_blocks.iter().map(|it| Peer::Ipv4(network(it)));
    let ipv6 = rule.ipv6_cidr_blocks.iter().map(|it| Peer::Ipv6(network(it)));
    let lists = rule.prefix_list_ids.iter().cloned().map(Peer::PrefixList);
    let groups = rule.security_groups.0.iter().cloned().map(Peer::Group);
    let own = rule.self_.then(|| Peer::Group(group.to_owned()));
    let peers = ipv4.chain(ipv6).chain(lists).chain(groups).chain(own);
    peers.map(|peer| Permission::new(&rule.protocol, rule.from_port, rule.to_port, peer)).collect()
}

/// What AWS stores for a group of `owner`.
pub(super) fn of_aws(permissions: Option<Vec<ec2::IpPermission>>, owner: &str) -> Permissions {
    permissions.into_iter().flatten().flat_map(|it| of_permission(it, owner)).collect()
}

fn of_permission(it: ec2::IpPermission, owner: &str) -> Vec<(Permission, String)> {
    let name = it.ip_protocol.unwrap_or_default();
    let (from, to) = (it.from_port.map_or(0, i64::from), it.to_port.map_or(0, i64::from));
    let ipv4 = it.ip_ranges.into_iter().flatten().filter_map(|it| Some((Peer::Ipv4(it.cidr_ip?), it.description)));
    let ipv6 = it.ipv6_ranges.into_iter().flatten().filter_map(|it| Some((Peer::Ipv6(it.cidr_ipv6?), it.description)));
    let lists = it.prefix_list_ids.into_iter().flatten();
    let lists = lists.filter_map(|it| Some((Peer::PrefixList(it.prefix_list_id?), it.description)));
    let groups = it.user_id_group_pairs.into_iter().flatten().filter_map(|it| {
        let foreign = it.user_id.filter(|it| it != owner && !it.is_empty());
        let id = it.group_id?;
        Some((Peer::Group(foreign.map_or_else(|| id.clone(), |account| format!("{account}/{id}"))), it.description))
    });
    let peers = ipv4.chain(ipv6).chain(lists).chain(groups);
    peers.map(|(peer, text)| (Permission::new(&name, from, to, peer), text.unwrap_or_default())).collect()
}

/// `live` as blocks: as `prior` has grouped them as far as that still holds, the rest by ports and description.
pub(super) fn to_rules(live: Permissions, prior: &Set<Rule>, group: &str) -> Set<Rule> {
    let mut rules = Vec::new();
    let mut taken: BTreeSet<Permission> = BTreeSet::new();
    for rule in &prior.0 {
        let permissions = of_rule(rule, group);
        let holds = |it: &Permission| live.get(it) == Some(&rule.description);
        if !permissions.is_empty() && permissions.iter().all(holds) {
            rules.push(Rule { protocol: protocol(&rule.protocol), ..rule.clone() });
            taken.extend(permissions);
        }
    }
    let mut rest: BTreeMap<(String, i64, i64, String), Rule> = BTreeMap::new();
    for (it, description) in live.into_iter().filter(|(it, _)| !taken.contains(it)) {
        let key = (it.protocol.clone(), it.from, it.to, description.clone());
        let rule = rest.entry(key).or_insert_with(|| Rule {
            protocol: it.protocol,
            from_port: it.from,
            to_port: it.to,
            description,
            ..Rule::default()
        });
        match it.peer {
            Peer::Ipv4(range) => rule.cidr_blocks.push(range),
            Peer::Ipv6(range) => rule.ipv6_cidr_blocks.push(range),
            Peer::PrefixList(id) => rule.prefix_list_ids.push(id),
            Peer::Group(id) if id == group => rule.self_ = true,
            Peer::Group(id) => rule.security_groups.0.push(id),
        }
    }
    rules.extend(rest.into_values());
    Set(rules)
}

/// Moves the rules of `group` from `before` to `after`, with as few requests as there are kinds of change.
pub(super) async fn change(
    aws: &Aws,
    group: &str,
    direction: Direction,
    before: &Permissions,
    after: &Permissions,
) -> Result<()> {
    let convert = |(it, text): (&Permission, &String)| it.to_aws(text);
    let stale = before.iter().filter(|(it, _)| !after.contains_key(*it)).map(convert).collect();
    let fresh = after.iter().filter(|(it, _)| !before.contains_key(*it)).map(convert).collect();
    let told = after.iter().filter(|(it, text)| before.get(*it).is_some_and(|old| old != *text)).map(convert).collect();
    revoke(aws, group, direction, stale).await?;
    describe(aws, group, direction, told).await?;
    authorize(aws, group, direction, fresh).await
}

async fn revoke(aws: &Aws, group: &str, direction: Direction, stale: Vec<ec2::IpPermission>) -> Result<()> {
    if stale.is_empty() {
        return Ok(());
    }
    let gone = &["InvalidPermission.NotFound", "InvalidGroup.NotFound"];
    match direction {
        Direction::Ingress => {
            let request = aws.ec2().revoke_security_group_ingress().group_id(group).set_ip_permissions(Some(stale));
            gone_is_fine(request.send().await, gone)
        }
        Direction::Egress => {
            let request = aws.ec2().revoke_security_group_egress().group_id(group).set_ip_permissions(Some(stale));
            gone_is_fine(request.send().await, gone)
        }
    }
}

/// The groups of these ids.
pub(super) async fn groups(aws: &Aws, ids: Vec<String>, how: How) -> Result<Vec<ec2::SecurityGroup>> {
    Ok(described!(how, 1000, aws.ec2().describe_security_groups(), set_group_ids, "group-id", ids))
}

/// Revokes an outgoing permission that may not be there.
pub(super) async fn revoke_default(aws: &Aws, group: &str, permission: &Permission) -> Result<()> {
    let request = aws.ec2().revoke_security_group_egress().group_id(group);
    let outcome = request.ip_permissions(permission.to_aws("")).send().await;
    let ipv6_unknown = matches!(permission.peer, Peer::Ipv6(_)).then_some("InvalidParameterValue");
    let absent: Vec<&str> = ["InvalidPermission.NotFound"].into_iter().chain(ipv6_unknown).collect();
    gone_is_fine(outcome, &absent)
}

async fn authorize(aws: &Aws, group: &str, direction: Direction, fresh: Vec<ec2::IpPermission>) -> Result<()> {
    if fresh.is_empty() {
        return Ok(());
    }
    // One duplicate would reject the whole request, so it must not be sent twice.
    let ec2 = aws.ec2_once();
    match direction {
        Direction::Ingress => {
            ec2.authorize_security_group_ingress().group_id(group).set_ip_permissions(Some(fresh)).send().await?;
        }
        Direction::Egress => {
            ec2.authorize_security_group_egress().group_id(group).set_ip_permissions(Some(fresh)).send().await?;
        }
    }
    Ok(())
}

async fn describe(aws: &Aws, group: &str, direction: Direction, told: Vec<ec2::IpPermission>) -> Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    match direction {
        Direction::Ingress => {
            let request = aws.ec2().update_security_group_rule_descriptions_ingress();
            request.group_id(group).set_ip_permissions(Some(told)).send().await?;
        }
        Direction::Egress => {
            let request = aws.ec2().update_security_group_rule_descriptions_egress();
            request.group_id(group).set_ip_permissions(Some(told)).send().await?;
        }
    }
    Ok(())
}

/// Adds one permission and gives the id of the rule.
pub(super) async fn add(aws: &Aws, group: &str, direction: Direction, wanted: &Permissions) -> Result<Option<String>> {
    let permissions = Some(wanted.iter().map(|(it, text)| it.to_aws(text)).collect());
    let ec2 = aws.ec2_once();
    let rules = match direction {
        Direction::Ingress => {
            let request = ec2.authorize_security_group_ingress().group_id(group).set_ip_permissions(permissions);
            request.send().await?.security_group_rules
        }
        Direction::Egress => {
            let request = ec2.authorize_security_group_egress().group_id(group).set_ip_permissions(permissions);
            request.send().await?.security_group_rules
        }
    };
    let mut ids = rules.into_iter().flatten().filter_map(|it| it.security_group_rule_id);
    // Several rules have no one id.
    Ok(ids.next().filter(|_| ids.next().is_none()))
}
