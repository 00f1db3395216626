use super::{any_of, created_with, ids, named, retag, tagged, tags, the_created};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, planning::Planning, resource::*},
    provider::{Id, Phase, Result},
};
use aws_sdk_ec2::types::{self as ec2, AddressAttributeName, DomainType};
use std::{collections::BTreeMap, time::Duration};

attributes! {
    /// A public IPv4 address that stays the same.
    pub(crate) struct Eip {
        address: Option<String> [force_new, config_only],
        associate_with_private_ip: Option<String> [config_only],
        customer_owned_ipv4_pool: String [optional],
        domain: String [computed, force_new],
        /// The instance that the address belongs to.
        instance: String [computed],
        ipam_pool_id: Option<String> [computed, force_new, config_only],
        network_border_group: String [computed, force_new],
        network_interface: String [computed],
        public_ipv4_pool: String [computed, force_new],
        tags: Tags,
        vpc: bool [computed, force_new, deprecated("vpc is deprecated. Use domain instead.")],
        allocation_id: Computed<String>,
        arn: Computed<String>,
        association_id: String [read_only],
        carrier_ip: String [read_only],
        customer_owned_ip: String [read_only],
        private_dns: Computed<String>,
        private_ip: String [read_only],
        ptr_record: String [read_only],
        public_dns: Computed<String>,
        public_ip: Computed<String>,
    }
}

impl Resource for Eip {
    const TYPE: &str = "aws_eip";
    const TIMEOUTS: &[&str] = &["read", "update", "delete"];
    const PATIENCE: Duration = Duration::from_secs(900);
    const DELETE_PATIENCE: Duration = Duration::from_secs(180);
    const LISTED: bool = true;
    const FIND: Find = Find::Tag;
    const DOUBLES: bool = true;
    const DELETED_AFTER: &[&str] = &["aws_eip_association", "aws_instance", "aws_nat_gateway"];

    /// Associating is left to `update`.
    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        let request = aws.ec2_once().allocate_address().domain(DomainType::Vpc);
        let request = request
            .set_address(self.address.clone())
            .set_customer_owned_ipv4_pool(given(&self.customer_owned_ipv4_pool))
            .set_ipam_pool_id(self.ipam_pool_id.clone())
            .set_network_border_group(given(&self.network_border_group))
            .set_public_ipv4_pool(given(&self.public_ipv4_pool))
            .set_tag_specifications(tagged(ec2::ResourceType::ElasticIp, &self.tags));
        Created::with_id(request.send().await?.allocation_id)
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let addresses = match how {
            How::Listed => addresses(aws, any_of("allocation-id", objects.iter().map(|it| it.id.0.as_str()))).await?,
            How::Named => allocations(aws, ids(objects)).await?,
        };
        let names = if addresses.is_empty() { BTreeMap::new() } else { reverse_names(aws).await };
        let account = aws.account_id().await?;
        found(objects, addresses, ec2::Address::allocation_id, |it| live(aws, it, &account, &names))
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        let owner =
            |it: &Self| (it.instance.clone(), it.network_interface.clone(), it.associate_with_private_ip.clone());
        // Of the two ways to say it the configured one counts: AWS fills in the other.
        let wanted = &change.config;
        let configured = !wanted.instance.is_empty() || !wanted.network_interface.is_empty();
        if configured && owner(&change.before) != owner(&change.after) {
            disassociate(aws, &change.before.association_id).await?;
            let request = aws.ec2().associate_address().allocation_id(&id.0).allow_reassociation(true);
            let request = request
                .set_instance_id(given(&wanted.instance))
                .set_network_interface_id(given(&wanted.network_interface).filter(|_| wanted.instance.is_empty()))
                .set_private_ip_address(change.after.associate_with_private_ip.clone());
            request.send().await?;
        }
        retag(aws, id, change, |it| &it.tags).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let address = known.attributes.clone().unwrap_or_default();
        if !address.instance.is_empty() || !address.network_interface.is_empty() {
            disassociate(aws, &address.association_id).await?;
        }
        let request = aws.ec2().release_address().allocation_id(&known.id.0);
        let request = request.set_network_border_group(given(&address.network_border_group));
        gone_is_fine(request.send().await, &["InvalidAllocationID.NotFound", "InvalidAddress.NotFound"])
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let found = the_created(token, addresses(aws, vec![created_with(token)]).await?, ec2::Address::tags);
        found.map(|it| Created::with_id(it.allocation_id)).transpose()
    }

    fn plan(planning: &mut Planning) -> Result<()> {
        let moved = ["instance", "network_interface", "associate_with_private_ip"];
        if moved.iter().any(|name| planning.changes(name)) {
            for name in ["association_id", "private_ip", "private_dns"] {
                planning.set_unknown(name, crate::value::Type::String);
            }
            for name in
                ["instance", "network_interface"].into_iter().filter(|it| !planning.configured(it)).collect::<Vec<_>>()
            {
                planning.set_unknown(name, crate::value::Type::String);
            }
        }
        Ok(())
    }
}

/// DescribeAddresses has no pages.
pub(super) async fn addresses(aws: &Aws, filters: Vec<ec2::Filter>) -> Result<Vec<ec2::Address>> {
    let requests = filters.into_iter().map(async |filter| -> Result<Vec<ec2::Address>> {
        Ok(aws.ec2().describe_addresses().filters(filter).send().await?.addresses.unwrap_or_default())
    });
    Ok(futures::future::try_join_all(requests).await?.into_iter().flatten().collect())
}

/// The addresses of these allocations.
pub(super) async fn allocations(aws: &Aws, ids: Vec<String>) -> Result<Vec<ec2::Address>> {
    named(ids, |ids| async {
        Ok(aws.ec2().describe_addresses().set_allocation_ids(Some(ids)).send().await?.addresses.unwrap_or_default())
    })
    .await
}

/// The reverse DNS names of all addresses, by allocation. One who may not ask sees none.
async fn reverse_names(aws: &Aws) -> BTreeMap<String, String> {
    let request = aws.ec2().describe_addresses_attribute().attribute(AddressAttributeName::DomainName);
    let answer = request.send().await.ok().and_then(|it| it.addresses).unwrap_or_default();
    answer.into_iter().filter_map(|it| Some((it.allocation_id?, it.ptr_record?))).collect()
}

pub(super) async fn disassociate(aws: &Aws, association: &str) -> Result<()> {
    if association.is_empty() {
        return Ok(());
    }
    let outcome = aws.ec2().disassociate_address().association_id(association).send().await;
    gone_is_fine(outcome, &["InvalidAssociationID.NotFound"])
}

/// The name that AWS gives an address of either kind, `ec2-…` or `ip-…`.
fn dns(aws: &Aws, address: &str, public: bool) -> String {
    let dashed = address.replace('.', "-");
    let suffix = crate::aws::client::partition(&aws.region).dns_suffix;
    match (public, aws.region.as_str()) {
        (true, "us-east-1") => format!("ec2-{dashed}.compute-1.{suffix}"),
        (true, region) => format!("ec2-{dashed}.{region}.compute.{suffix}"),
        (false, "us-east-1") => format!("ip-{dashed}.ec2.internal"),
        (false, region) => format!("ip-{dashed}.{region}.compute.internal"),
    }
}

fn live(aws: &Aws, it: ec2::Address, account: &str, names: &BTreeMap<String, String>) -> Option<(Id, Live<Eip>)> {
    let id = it.allocation_id?;
    let domain = it.domain.map(|it| it.to_string()).unwrap_or_default();
    let attributes = Eip {
        address: None,
        associate_with_private_ip: None,
        customer_owned_ipv4_pool: it.customer_owned_ipv4_pool.unwrap_or_default(),
        vpc: domain == "vpc",
        domain,
        instance: it.instance_id.unwrap_or_default(),
        ipam_pool_id: None,
        network_border_group: it.network_border_group.unwrap_or_default(),
        network_interface: it.network_interface_id.unwrap_or_default(),
        public_ipv4_pool: it.public_ipv4_pool.unwrap_or_default(),
        tags: tags(it.tags),
        arn: aws.arn("ec2", account, &format!("elastic-ip/{id}")).into(),
        association_id: it.association_id.unwrap_or_default(),
        carrier_ip: it.carrier_ip.unwrap_or_default(),
        customer_owned_ip: it.customer_owned_ip.unwrap_or_default(),
        private_dns: it.private_ip_address.as_deref().filter(|it| !it.is_empty()).map(|it| dns(aws, it, false)).into(),
        private_ip: it.private_ip_address.unwrap_or_default(),
        ptr_record: names.get(&id).cloned().unwrap_or_default(),
        public_dns: it.public_ip.as_deref().map(|it| dns(aws, it, true)).into(),
        public_ip: it.public_ip.into(),
        allocation_id: Some(id.clone()).into(),
    };
    Some((Id(id), Live { attributes, phase: Phase::Ready }))
}
