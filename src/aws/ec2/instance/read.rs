//! What the description of an instance leaves out.

use super::Instance;
use crate::{
    aws::{
        client::Aws,
        ec2::{all_pages, all_pages_of, any_of},
    },
    provider::{Problem, Result},
};
use aws_sdk_ec2::types::{self as ec2, InstanceAttributeName as Name, InstanceStateName};
use futures::future::try_join;

/// Settings that AWS reads one by one.
#[derive(Default)]
pub(super) struct Settings {
    pub user_data: Option<String>,
    pub disable_api_stop: bool,
    pub disable_api_termination: bool,
    pub shutdown_behavior: Option<String>,
    pub credits: Option<String>,
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
    let instances = reservations.into_iter().flat_map(|it| {
        let owner = it.owner_id.unwrap_or_default();
        it.instances.into_iter().flatten().map(move |it| (owner.clone(), it))
    });
    Ok(instances.filter(|(_, it)| state(it) != Some(&InstanceStateName::Terminated)).collect())
}

pub(super) fn state(it: &ec2::Instance) -> Option<&InstanceStateName> {
    it.state.as_ref().and_then(|it| it.name.as_ref())
}

pub(super) async fn volumes<'a>(aws: &Aws, instances: impl Iterator<Item = &'a str>) -> Result<Vec<ec2::Volume>> {
    Ok(all_pages_of!(500, aws.ec2().describe_volumes(), any_of("attachment.instance-id", instances)))
}

pub(super) async fn settings(aws: &Aws, id: &str, prior: &Instance) -> Result<Settings> {
    let attribute = async |name: Name| -> Result<_> {
        Ok(aws.ec2().describe_instance_attribute().instance_id(id).attribute(name).send().await?)
    };
    let protection = try_join(attribute(Name::DisableApiStop), attribute(Name::DisableApiTermination));
    let launch = try_join(attribute(Name::UserData), attribute(Name::InstanceInitiatedShutdownBehavior));
    let credits = async {
        if prior.credit_specification.is_none() {
            return Ok(None);
        }
        let answer = aws.ec2().describe_instance_credit_specifications().instance_ids(id).send().await?;
        let credits = answer.instance_credit_specifications.unwrap_or_default().into_iter().next();
        Result::<_, Problem>::Ok(credits.and_then(|it| it.cpu_credits))
    };
    let ((stop, termination), ((data, shutdown), credits)) = try_join(protection, try_join(launch, credits)).await?;
    Ok(Settings {
        user_data: data.user_data.and_then(|it| it.value),
        disable_api_stop: stop.disable_api_stop.and_then(|it| it.value).unwrap_or_default(),
        disable_api_termination: termination.disable_api_termination.and_then(|it| it.value).unwrap_or_default(),
        shutdown_behavior: shutdown.instance_initiated_shutdown_behavior.and_then(|it| it.value),
        credits,
    })
}

/// The name of an image's root device, which is needed to describe its volume.
pub(super) async fn root_device(aws: &Aws, image: &str) -> Result<Option<String>> {
    let images: Vec<ec2::Image> = all_pages!(aws.ec2().describe_images(), any_of("image-id", [image]));
    Ok(images.into_iter().next().and_then(|it| it.root_device_name))
}
