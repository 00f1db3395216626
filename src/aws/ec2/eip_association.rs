use super::{
    any_of,
    eip::{addresses, allocations, disassociate},
};
use crate::{
    aws::{attribute::*, client::Aws, resource::*},
    provider::{Id, Phase, Result},
};
use aws_sdk_ec2::types as ec2;
use std::time::Duration;

attributes! {
    /// The use of a static address by an instance or a network interface.
    pub(crate) struct EipAssociation {
        allocation_id: Option<String> [computed, force_new],
        allow_reassociation: Option<bool> [force_new, config_only],
        instance_id: String [computed, force_new],
        network_interface_id: String [computed, force_new],
        private_ip_address: String [computed, force_new],
        public_ip: Option<String> [computed, force_new],
    }
}

impl Resource for EipAssociation {
    const TYPE: &str = "aws_eip_association";
    const PATIENCE: Duration = Duration::from_secs(300);
    const LISTED: bool = true;
    const FIND: Find = Find::Key;

    /// AWS takes the same association twice as one.
    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        let request = aws.ec2().associate_address().set_allocation_id(self.allocation_id.clone());
        let request = request
            .set_public_ip(self.public_ip.clone().filter(|_| self.allocation_id.is_none()))
            .set_allow_reassociation(self.allow_reassociation)
            .set_instance_id(given(&self.instance_id))
            .set_network_interface_id(given(&self.network_interface_id))
            .set_private_ip_address(given(&self.private_ip_address));
        Created::with_id(request.send().await?.association_id)
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        // An association has no read of its own, but the address that it is of has.
        let allocation = |it: &Known<Self>| it.attributes.as_ref().and_then(|it| it.allocation_id.clone());
        let allocated: Option<Vec<String>> = objects.iter().map(allocation).collect();
        let mut addresses = match (how, allocated) {
            (How::Named, Some(ids)) => allocations(aws, ids).await?,
            _ => addresses(aws, any_of("association-id", objects.iter().map(|it| it.id.0.as_str()))).await?,
        };
        addresses.retain(|it| it.association_id.is_some());
        found(objects, addresses, ec2::Address::association_id, live)
    }

    /// Every change replaces it.
    async fn update(_: &Aws, _: &Id, _: &Change<Self>) -> Result<()> {
        Ok(())
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        disassociate(aws, &known.id.0).await
    }

    async fn find(&self, aws: &Aws, _: &str) -> Result<Option<Created<Self>>> {
        let filters = match &self.allocation_id {
            Some(id) => any_of("allocation-id", [id.as_str()]),
            None => any_of("public-ip", self.public_ip.as_deref()),
        };
        let address = addresses(aws, filters).await?.into_iter().next();
        let own = |it: &ec2::Address| {
            let is = |wanted: &str, live: Option<&str>| wanted.is_empty() || live == Some(wanted);
            is(&self.instance_id, it.instance_id()) && is(&self.network_interface_id, it.network_interface_id())
        };
        let association = address.filter(own).and_then(|it| it.association_id);
        association.map(|it| Created::with_id(Some(it))).transpose()
    }
}

fn live(address: ec2::Address) -> Option<(Id, Live<EipAssociation>)> {
    let attributes = EipAssociation {
        allocation_id: address.allocation_id,
        allow_reassociation: None,
        instance_id: address.instance_id.unwrap_or_default(),
        network_interface_id: address.network_interface_id.unwrap_or_default(),
        private_ip_address: address.private_ip_address.unwrap_or_default(),
        public_ip: address.public_ip,
    };
    Some((Id(address.association_id?), Live { attributes, phase: Phase::Ready }))
}
