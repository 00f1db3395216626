use super::{any_of, created_with, ids, retag, tagged, the_created};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, planning::Planning, resource::*},
    provider::{Id, Phase, Result},
    value::{Type, Value},
};
use aws_sdk_ec2::types::{self as ec2, InstanceStateName as State};
use futures::future::{try_join, try_join_all};
use std::{collections::BTreeMap, time::Duration};

mod data;
mod read;
mod request;
mod response;
mod update;

pub(super) use data::Instance;

impl Resource for Instance {
    const TYPE: &str = "aws_instance";
    const VERSION: u64 = 1;
    const TIMEOUTS: &[&str] = &["create", "read", "update", "delete"];
    const PATIENCE: Duration = Duration::from_secs(600);
    const DELETE_PATIENCE: Duration = Duration::from_secs(1200);
    const LINGERS: bool = true;
    const SETTLES: bool = true;
    const LISTED: bool = true;
    const FIND: Find = Find::Tag;

    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let root = match (&self.root_block_device, &self.ami) {
            (Some(_), Some(image)) => read::root_device(aws, image).await?,
            _ => None,
        };
        let interfaces = request::interfaces(self);
        // Described by an interface, these must not be said twice.
        let alone = interfaces.is_none();
        let tags = tagged(ec2::ResourceType::Instance, &self.tags).into_iter();
        let volume_tags = aws.with_default_tags(&self.volume_tags);
        let tags = tags.chain(tagged(ec2::ResourceType::Volume, &volume_tags)).flatten();
        let request = aws.ec2().run_instances().client_token(token).min_count(1).max_count(1);
        let request = request
            .set_block_device_mappings(request::block_devices(self, root))
            .set_capacity_reservation_specification(
                self.capacity_reservation_specification.as_ref().map(request::reservation),
            )
            .set_cpu_options(request::cpu(self))
            .set_credit_specification(
                self.credit_specification.as_ref().map(|it| {
                    ec2::CreditSpecificationRequest::builder().set_cpu_credits(given(&it.cpu_credits)).build()
                }),
            )
            .set_disable_api_stop(self.disable_api_stop)
            .set_disable_api_termination(self.disable_api_termination)
            .set_ebs_optimized(self.ebs_optimized)
            .set_enclave_options(
                self.enclave_options
                    .as_ref()
                    .map(|it| ec2::EnclaveOptionsRequest::builder().enabled(it.enabled).build()),
            )
            .set_hibernation_options(
                self.hibernation.then(|| ec2::HibernationOptionsRequest::builder().configured(true).build()),
            )
            .set_iam_instance_profile(request::profile(&self.iam_instance_profile))
            .set_image_id(self.ami.clone())
            .set_instance_initiated_shutdown_behavior(
                self.instance_initiated_shutdown_behavior.as_deref().map(Into::into),
            )
            .set_instance_market_options(self.instance_market_options.as_ref().map(request::market))
            .set_instance_type(self.instance_type.as_deref().map(Into::into))
            .set_key_name(given(&self.key_name))
            .set_launch_template(self.launch_template.as_ref().map(request::template))
            .set_maintenance_options(self.maintenance_options.as_ref().map(|it| {
                ec2::InstanceMaintenanceOptionsRequest::builder()
                    .set_auto_recovery(given(&it.auto_recovery).map(|it| it.as_str().into()))
                    .build()
            }))
            .set_metadata_options(self.metadata_options.as_ref().map(request::metadata))
            .set_monitoring(self.monitoring.map(|it| ec2::RunInstancesMonitoringEnabled::builder().enabled(it).build()))
            .set_placement(request::placement(self))
            .set_private_dns_name_options(self.private_dns_name_options.as_ref().map(request::dns))
            .set_tag_specifications(some(tags))
            .set_user_data(request::user_data(self))
            .set_network_interfaces(interfaces);
        let request = if alone {
            request
                .set_ipv6_address_count(count(self.ipv6_address_count))
                .set_ipv6_addresses(request::ipv6_addresses(self))
                .set_private_ip_address(self.private_ip.clone())
                .set_security_group_ids(texts(&self.vpc_security_group_ids))
                .set_security_groups(texts(&self.security_groups))
                .set_subnet_id(given(&self.subnet_id))
        } else {
            request
        };
        let instance = request.send().await?.instances.and_then(|it| it.into_iter().next());
        Created::with_id(instance.and_then(|it| it.instance_id))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let unknown = Self::default();
        let priors: BTreeMap<&str, &Self> =
            objects.iter().map(|it| (it.id.0.as_str(), it.attributes.as_ref().unwrap_or(&unknown))).collect();
        let prior = |it: &ec2::Instance| priors.get(it.instance_id().unwrap_or_default()).copied().unwrap_or(&unknown);
        let mut instances = match how {
            How::Listed => read::instances(aws, any_of("instance-id", priors.keys().copied())).await?,
            How::Named => read::named_instances(aws, ids(objects)).await?,
        };
        instances.retain(|(_, it)| it.instance_id().is_some_and(|it| priors.contains_key(it)));
        let volumes = read::volumes(aws, &instances, how);
        let settings = instances
            .iter()
            .map(|(_, it)| read::settings(aws, it.instance_id().unwrap_or_default(), prior(it).get_password_data));
        let around = try_join(read::credits(aws, &instances), read::default_vpc(aws, &instances));
        let (volumes, (settings, (credits, default_vpc))) =
            try_join(volumes, try_join(try_join_all(settings), around)).await?;
        let mut of_instance: BTreeMap<String, Vec<&ec2::Volume>> = BTreeMap::new();
        for volume in &volumes {
            for instance in volume.attachments().iter().filter_map(|it| it.instance_id.clone()) {
                of_instance.entry(instance).or_default().push(volume);
            }
        }
        let replies = instances.into_iter().zip(settings).collect();
        type Reply = ((String, ec2::Instance), read::Settings);
        let live = |((owner, instance), settings): Reply| {
            let id = instance.instance_id.clone()?;
            let (phase, prior) = (phase(&instance, &settings)?, prior(&instance));
            let volumes = of_instance.get(&id).map(Vec::as_slice).unwrap_or_default();
            let in_default_vpc = instance.vpc_id.is_some() && instance.vpc_id == default_vpc;
            let around = read::Around { volumes, credits: credits.get(&id).cloned(), in_default_vpc };
            let attributes = response::instance(aws, &owner, instance, settings, around, prior);
            Some((Id(id), Live { attributes, phase }))
        };
        found(objects, replies, |it: &Reply| it.0.1.instance_id(), live)
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        retag(aws, id, change, |it| &it.tags).await?;
        update::settings(aws, id, change).await?;
        update::network(aws, id, change).await?;
        update::volumes(aws, id, change).await?;
        update::stopped(aws, id, change).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        if known.attributes.as_ref().is_some_and(|it| it.force_destroy) {
            update::unprotect(aws, &known.id).await?;
        }
        let outcome = aws.ec2().terminate_instances().instance_ids(&known.id.0).send().await;
        gone_is_fine(outcome, &["InvalidInstanceID.NotFound"])
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let mut instances = read::instances(aws, vec![created_with(token)]).await?;
        instances.retain(|(_, it)| read::state(it) != Some(&State::ShuttingDown));
        the_created(token, instances, |(_, it)| it.tags()).map(|(_, it)| Created::with_id(it.instance_id)).transpose()
    }

    fn plan(planning: &mut Planning) -> Result<()> {
        let replaces = planning.planned("user_data_replace_on_change").and_then(Value::as_bool) == Some(true);
        let restarted = ["instance_type", "user_data", "user_data_base64"].map(|it| (it, planning.changes(it)));
        for (name, _) in restarted.iter().filter(|(name, changes)| *changes && replaces && *name != "instance_type") {
            planning.replace(name);
        }
        // A stopped instance gives its public address back.
        if restarted.iter().any(|(_, changes)| *changes) {
            planning.set_unknown("public_ip", Type::String);
            planning.set_unknown("public_dns", Type::String);
        }
        if planning.changes("get_password_data") {
            planning.set_unknown("password_data", Type::String);
        }
        // State has the groups by name too in a default network.
        if planning.changes("vpc_security_group_ids") && !planning.configured("security_groups") {
            planning.set_unknown("security_groups", Type::set(Type::String));
        }
        Ok(())
    }
}

fn phase(it: &ec2::Instance, settings: &read::Settings) -> Option<Phase> {
    Some(match read::state(it)? {
        State::Pending | State::Stopping | State::ShuttingDown => Phase::Pending,
        State::Running if settings.password_data.as_deref() == Some("") => Phase::Pending,
        _ => Phase::Ready,
    })
}
