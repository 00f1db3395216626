//! What the description of an instance leaves out.

use crate::{
    aws::{
        client::Aws,
        ec2::{all_pages, all_pages_of, any_of, named},
        error::has_code,
        resource::How,
    },
    provider::{Problem, Result},
};
use aws_sdk_ec2::types::{self as ec2, InstanceAttributeName as Name, InstanceStateName};
use futures::future::{try_join, try_join_all};
use std::collections::BTreeMap;

/// Settings that AWS reads one by one.
#[derive(Default)]
pub(super) struct Settings {
    pub user_data: Option<String>,
    pub disable_api_stop: bool,
    pub disable_api_termination: bool,
    pub shutdown_behavior: Option<String>,
    /// What the administrator of Windows logs in with, encrypted; empty until the instance has made it. Only where it was asked for.
    pub password_data: Option<String>,
}

/// What tells of an instance, and belongs to others.
pub(super) struct Around<'a> {
    /// Those of the instance.
    pub volumes: &'a [&'a ec2::Volume],
    /// Where the type of the instance has credits.
    pub credits: Option<String>,
    pub in_default_vpc: bool,
}

/// The instances that match, with their owner. AWS shows a terminated one for about an hour.
pub(super) async fn instances(aws: &Aws, filters: Vec<ec2::Filter>) -> Result<Vec<(String, ec2::Instance)>> {
    let reservations: Vec<ec2::Reservation> = {
        let requests = filters.into_iter().map(async |filter| {
            let mut pages = aws.ec2().describe_instances().filters(filter).max_results(1000).into_paginator().send();
            let mut reservations = Vec::new();
            while let Some(page) = pages.next().await {
                reservations.extend(page?.reservations.unwrap_or_default());
            }
            Result::<_, Problem>::Ok(reservations)
        });
        futures::future::try_join_all(requests).await?.into_iter().flatten().collect()
    };
    Ok(alive(reservations))
}

/// Those of these ids.
pub(super) async fn named_instances(aws: &Aws, ids: Vec<String>) -> Result<Vec<(String, ec2::Instance)>> {
    let reservations = named(ids, |ids| async {
        let mut pages = aws.ec2().describe_instances().set_instance_ids(Some(ids)).into_paginator().send();
        let mut reservations = Vec::new();
        while let Some(page) = pages.next().await {
            reservations.extend(page?.reservations.unwrap_or_default());
        }
        Ok(reservations)
    });
    Ok(alive(reservations.await?))
}

fn alive(reservations: Vec<ec2::Reservation>) -> Vec<(String, ec2::Instance)> {
    let instances = reservations.into_iter().flat_map(|it| {
        let owner = it.owner_id.unwrap_or_default();
        it.instances.into_iter().flatten().map(move |it| (owner.clone(), it))
    });
    instances.filter(|(_, it)| state(it) != Some(&InstanceStateName::Terminated)).collect()
}

pub(super) fn state(it: &ec2::Instance) -> Option<&InstanceStateName> {
    it.state.as_ref().and_then(|it| it.name.as_ref())
}

/// The volumes of instances.
pub(super) async fn volumes(aws: &Aws, instances: &[(String, ec2::Instance)], how: How) -> Result<Vec<ec2::Volume>> {
    if how == How::Listed {
        let ids = instances.iter().filter_map(|(_, it)| it.instance_id());
        return Ok(all_pages_of!(500, aws.ec2().describe_volumes(), any_of("attachment.instance-id", ids)));
    }
    let devices = instances.iter().flat_map(|(_, it)| it.block_device_mappings());
    let ids = devices.filter_map(|it| it.ebs()?.volume_id.clone()).collect();
    named(ids, |ids| async {
        Ok(aws.ec2().describe_volumes().set_volume_ids(Some(ids)).into_paginator().items().send().try_collect().await?)
    })
    .await
}

pub(super) async fn settings(aws: &Aws, id: &str, wants_password: bool) -> Result<Settings> {
    let attribute = async |name: Name| -> Result<_> {
        Ok(aws.ec2().describe_instance_attribute().instance_id(id).attribute(name).send().await?)
    };
    let protection = try_join(attribute(Name::DisableApiStop), attribute(Name::DisableApiTermination));
    let launch = try_join(attribute(Name::UserData), attribute(Name::InstanceInitiatedShutdownBehavior));
    let password = async {
        match wants_password {
            true => {
                Ok(aws.ec2().get_password_data().instance_id(id).send().await?.password_data.or(Some(String::new())))
            }
            false => Ok(None),
        }
    };
    let (((stop, termination), (data, shutdown)), password_data) =
        try_join(try_join(protection, launch), password).await?;
    Ok(Settings {
        user_data: data.user_data.and_then(|it| it.value),
        disable_api_stop: stop.disable_api_stop.and_then(|it| it.value).unwrap_or_default(),
        disable_api_termination: termination.disable_api_termination.and_then(|it| it.value).unwrap_or_default(),
        shutdown_behavior: shutdown.instance_initiated_shutdown_behavior.and_then(|it| it.value),
        password_data: password_data.map(|it| it.trim().to_owned()),
    })
}

/// How many instances one request for credits may name.
const CREDITS: usize = 1000;

/// What the instances of types with credits do without any left, by id. AWS refuses the question for other types, and
/// some partitions refuse it as a whole.
pub(super) async fn credits(aws: &Aws, instances: &[(String, ec2::Instance)]) -> Result<BTreeMap<String, String>> {
    let burstable = instances.iter().filter(|(_, it)| it.instance_type.as_ref().is_some_and(has_credits));
    let ids: Vec<String> = burstable.filter_map(|(_, it)| it.instance_id.clone()).collect();
    let requests = ids.chunks(CREDITS).map(async |ids| {
        let request = aws.ec2().describe_instance_credit_specifications().set_instance_ids(Some(ids.to_vec()));
        match request.send().await {
            Err(error) if has_code(&error, &["UnsupportedOperation"]) => Ok(Vec::new()),
            answer => Result::<_, Problem>::Ok(answer?.instance_credit_specifications.unwrap_or_default()),
        }
    });
    let answers = try_join_all(requests).await?.into_iter().flatten();
    Ok(answers.filter_map(|it| Some((it.instance_id?, it.cpu_credits?))).collect())
}

/// `t2.micro`, `t4g.large`: the families called t from the second generation on.
fn has_credits(kind: &ec2::InstanceType) -> bool {
    let mut letters = kind.as_str().chars();
    letters.next() == Some('t') && letters.next().is_some_and(|it| ('2'..='9').contains(&it))
}

/// The default network of the region, if it has one; asked only where there are instances.
pub(super) async fn default_vpc(aws: &Aws, instances: &[(String, ec2::Instance)]) -> Result<Option<String>> {
    if instances.is_empty() {
        return Ok(None);
    }
    let vpcs: Vec<ec2::Vpc> = all_pages!(aws.ec2().describe_vpcs(), any_of("is-default", ["true"]));
    Ok(vpcs.into_iter().find(|it| it.is_default == Some(true)).and_then(|it| it.vpc_id))
}

/// The name of an image's root device, which is needed to describe its volume.
pub(super) async fn root_device(aws: &Aws, image: &str) -> Result<Option<String>> {
    let images: Vec<ec2::Image> = all_pages!(aws.ec2().describe_images(), any_of("image-id", [image]));
    Ok(images.into_iter().next().and_then(|it| it.root_device_name))
}
