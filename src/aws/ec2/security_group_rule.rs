use super::permissions::{self, Direction, Permissions, Rule, protocol};
use crate::{
    aws::{attribute::*, client::Aws, planning::Planning, resource::*},
    provider::{Claim, Id, Phase, Problem, Result},
    value::{Text, Value},
};
use aws_sdk_ec2::types as ec2;
use std::{collections::BTreeMap, time::Duration};

attributes! {
    /// Rules of a security group that share direction, protocol, ports and description.
    pub(crate) struct SecurityGroupRule {
        security_group_id: String [force_new],
        /// `ingress` or `egress`
        r#type: String [force_new],
        protocol: String [force_new],
        from_port: i64 [force_new],
        to_port: i64 [force_new],
        cidr_blocks: Option<Vec<String>> [force_new],
        ipv6_cidr_blocks: Option<Vec<String>> [force_new],
        prefix_list_ids: Option<Vec<String>> [force_new],
        self_: bool [default(false), force_new],
        source_security_group_id: Option<String> [computed, force_new],
        description: Option<String>,
        security_group_rule_id: Computed<String>,
    }
}

impl Resource for SecurityGroupRule {
    const TYPE: &str = "aws_security_group_rule";
    const VERSION: u64 = 2;
    const TIMEOUTS: &[&str] = &["create"];
    const PATIENCE: Duration = Duration::from_secs(300);
    const LISTED: bool = true;
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        let (group, direction) = (&self.security_group_id, self.direction());
        let rule = permissions::add(aws, group, direction, &self.permissions()).await?;
        let told = Self { security_group_rule_id: rule.into(), ..Self::default() };
        Ok(Created { id: Id(self.id()), attributes: Some(told) })
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let rules: Vec<&Self> = objects.iter().filter_map(|it| it.attributes.as_ref()).collect();
        let groups = Groups::of(aws, &rules, how).await?;
        let lives = objects.iter().filter_map(|known| {
            let rule = known.attributes.as_ref()?;
            let live = groups.live(rule)?;
            Some((known.id.clone(), Ok(Live { attributes: live, phase: Phase::Ready })))
        });
        Ok(lives.collect())
    }

    /// Everything but the description is replaced.
    async fn update(aws: &Aws, _: &Id, change: &Change<Self>) -> Result<()> {
        let after = &change.after;
        let (before, wanted) = (change.before.permissions(), after.permissions());
        permissions::change(aws, &after.security_group_id, after.direction(), &before, &wanted).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let Some(rule) = &known.attributes else { return Ok(()) };
        let none = Permissions::new();
        permissions::change(aws, &rule.security_group_id, rule.direction(), &rule.permissions(), &none).await
    }

    async fn find(&self, aws: &Aws, _: &str) -> Result<Option<Created<Self>>> {
        let live = Groups::of(aws, &[self], How::Named).await?.live(self);
        Ok(live.map(|it| Created { id: Id(self.id()), attributes: Some(it) }))
    }

    fn plan(planning: &mut Planning) -> Result<()> {
        // State has the name that AWS gives back, as with the reference provider.
        if let Some(name) = planning.planned("protocol").and_then(Value::as_str).map(protocol) {
            planning.set("protocol", Value::string(name));
        }
        Ok(())
    }

    fn claims(attributes: &Value) -> Vec<Claim> {
        // Which group it is may be unknown as yet; what computed attributes are does not matter.
        let said = attributes.as_entries().into_iter().flatten().filter(|(name, _)| {
            !["id", "security_group_id", "security_group_rule_id", "description", "region"].contains(&&***name)
        });
        let is_open = |(name, it): (&Text, &Value)| !it.is_wholly_known() && &**name != "source_security_group_id";
        if said.into_iter().any(is_open) {
            return Vec::new();
        }
        let rule = Self { security_group_id: permissions::OWN.into(), ..Self::decode(attributes) };
        let permissions = rule.permissions().into_keys();
        let what = permissions.map(|it| permissions::claimed(&it, &rule.r#type));
        what.map(|what| Claim { of: "security_group_id", by: "security_group_id", what }).collect()
    }

    /// `sg-1_ingress_tcp_8000_8000_10.0.3.0/24`; several sources follow each other.
    fn import(id: &str) -> Result<Known<Self>> {
        let wrong = || {
            let detail = format!(
                "unexpected format of import string ({id}), \
                 expected SECURITYGROUPID_TYPE_PROTOCOL_FROMPORT_TOPORT_SOURCE[_SOURCE]*"
            );
            Problem::fatal("Invalid import id", detail)
        };
        let parts: Vec<&str> = id.split('_').collect();
        let [group, direction, name, from, to, sources @ ..] = parts.as_slice() else { return Err(wrong()) };
        let port = |it: &str| if it == "all" { Ok(0) } else { it.parse().map_err(|_| wrong()) };
        let mut rule = Self {
            security_group_id: (*group).to_owned(),
            r#type: (*direction).to_owned(),
            protocol: (*name).to_owned(),
            from_port: port(from)?,
            to_port: port(to)?,
            ..Self::default()
        };
        for source in sources {
            let (source, list) = ((*source).to_owned(), |it: &mut Option<Vec<String>>, source| {
                it.get_or_insert_default().push(source);
            });
            match source.as_str() {
                "self" => rule.self_ = true,
                it if it.starts_with("pl-") => list(&mut rule.prefix_list_ids, source),
                it if it.contains(':') => list(&mut rule.ipv6_cidr_blocks, source),
                it if it.contains("sg-") => rule.source_security_group_id = Some(source),
                _ => list(&mut rule.cidr_blocks, source),
            }
        }
        if sources.is_empty() {
            return Err(wrong());
        }
        Ok(Known { id: Id(rule.id()), attributes: Some(rule) })
    }
}

impl SecurityGroupRule {
    fn direction(&self) -> Direction {
        if self.r#type == "egress" { Direction::Egress } else { Direction::Ingress }
    }

    fn permissions(&self) -> Permissions {
        let rule = Rule {
            protocol: self.protocol.clone(),
            from_port: self.from_port,
            to_port: self.to_port,
            cidr_blocks: self.cidr_blocks.clone().unwrap_or_default(),
            ipv6_cidr_blocks: self.ipv6_cidr_blocks.clone().unwrap_or_default(),
            prefix_list_ids: self.prefix_list_ids.clone().unwrap_or_default(),
            security_groups: self.source_security_group_id.iter().cloned().collect(),
            self_: self.self_,
            description: self.description.clone().unwrap_or_default(),
        };
        permissions::of_rules(&Set(vec![rule]), &self.security_group_id)
    }

    /// The id of the reference provider, a checksum of what the rule says: AWS has none for several rules.
    fn id(&self) -> String {
        let name = protocol(&self.protocol);
        let group = &self.security_group_id;
        let mut text = format!("{group}-");
        for port in [self.from_port, self.to_port].into_iter().filter(|it| name != "-1" && *it > 0) {
            text += &format!("{port}-");
        }
        text += &format!("{name}-{}-", self.r#type);
        for list in [&self.cidr_blocks, &self.ipv6_cidr_blocks, &self.prefix_list_ids] {
            let mut sorted = list.clone().unwrap_or_default();
            sorted.sort();
            sorted.iter().for_each(|it| text += &format!("{it}-"));
        }
        let source = self.source_security_group_id.as_deref().map(|it| it.rsplit('/').next().unwrap_or(it));
        let mut groups: Vec<&str> = source.into_iter().chain(self.self_.then_some(group.as_str())).collect();
        groups.sort_unstable();
        groups.iter().for_each(|it| text += &format!("{it}--"));
        let mut hash = flate2::Crc::new();
        hash.update(text.as_bytes());
        format!("sgrule-{}", hash.sum())
    }
}

/// The live rules of the groups that some rules belong to.
struct Groups(BTreeMap<String, (Permissions, Permissions)>);

impl Groups {
    async fn of(aws: &Aws, rules: &[&SecurityGroupRule], how: How) -> Result<Self> {
        let ids = rules.iter().map(|it| it.security_group_id.clone()).collect();
        let groups = permissions::groups(aws, ids, how).await?;
        let of = |it: ec2::SecurityGroup| {
            let owner = it.owner_id.unwrap_or_default();
            let ingress = permissions::of_aws(it.ip_permissions, &owner);
            Some((it.group_id?, (ingress, permissions::of_aws(it.ip_permissions_egress, &owner))))
        };
        Ok(Self(groups.into_iter().filter_map(of).collect()))
    }

    /// The rule as it is, or `None` if AWS no longer has all of it.
    fn live(&self, rule: &SecurityGroupRule) -> Option<SecurityGroupRule> {
        let (ingress, egress) = self.0.get(&rule.security_group_id)?;
        let live = if rule.direction() == Direction::Egress { egress } else { ingress };
        let mut descriptions = rule.permissions().into_keys().map(|it| live.get(&it)).collect::<Option<Vec<_>>>()?;
        descriptions.dedup();
        let description = descriptions.first().filter(|it| !it.is_empty()).map(|it| (*it).clone());
        Some(SecurityGroupRule { protocol: protocol(&rule.protocol), description, ..rule.clone() })
    }
}
