use super::{PAGE, gone_is_fine};
use crate::{
    aws::{attribute::*, client::Aws, naming, planning::Planning, resource::*},
    provider::{Id, Problem, Result},
    value::{Data, Type, Value},
};
use aws_sdk_autoscaling::types::AutoScalingGroup;
use std::{collections::BTreeMap, time::Duration};

mod data;
mod request;
mod response;
mod update;

pub(super) use data::AutoscalingGroup;

impl Resource for AutoscalingGroup {
    const TYPE: &str = "aws_autoscaling_group";
    const VERSION: u64 = 1;
    const TIMEOUTS: &[&str] = &["delete", "update"];
    const PATIENCE: Duration = Duration::from_secs(600);
    const DELETE_PATIENCE: Duration = Duration::from_secs(1200);
    const LINGERS: bool = true;
    const SETTLES: bool = true;
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let name = naming::name(self.name.as_deref(), self.name_prefix.as_deref(), token);
        let request = aws.autoscaling_once().create_auto_scaling_group().auto_scaling_group_name(&name);
        let request = request
            .min_size(self.min_size as i32)
            .max_size(self.max_size as i32)
            .set_desired_capacity(self.desired_capacity.map(|it| it as i32))
            .set_desired_capacity_type(given(&self.desired_capacity_type))
            .set_availability_zone_distribution(self.availability_zone_distribution.as_ref().map(request::zones))
            .set_availability_zones(some(self.availability_zones.0.iter().cloned()))
            .set_capacity_rebalance(self.capacity_rebalance.then_some(true))
            .set_capacity_reservation_specification(
                self.capacity_reservation_specification.as_ref().map(request::reservation),
            )
            .set_context(given(&self.context))
            .set_default_cooldown(self.default_cooldown.map(|it| it as i32))
            .set_default_instance_warmup(count(self.default_instance_warmup))
            .health_check_grace_period(self.health_check_grace_period as i32)
            .set_health_check_type(given(&self.health_check_type))
            .set_instance_maintenance_policy(
                self.instance_maintenance_policy
                    .is_some()
                    .then(|| request::maintenance(&self.instance_maintenance_policy)),
            )
            .set_launch_configuration_name(given(&self.launch_configuration))
            .set_launch_template(self.launch_template.as_ref().map(request::template))
            .set_lifecycle_hook_specification_list(some(self.initial_lifecycle_hook.0.iter().map(request::hook)))
            .set_load_balancer_names(some(self.load_balancers.0.iter().cloned()))
            .set_max_instance_lifetime(count(self.max_instance_lifetime))
            .set_mixed_instances_policy(self.mixed_instances_policy.as_ref().map(request::mixed))
            .new_instances_protected_from_scale_in(self.protect_from_scale_in)
            .set_placement_group(given(&self.placement_group))
            .set_service_linked_role_arn(given(&self.service_linked_role_arn))
            .set_tags(some(self.tag.0.iter().map(|it| request::tag(&name, it))))
            .set_target_group_arns(some(self.target_group_arns.0.iter().cloned()))
            .set_termination_policies(some(self.termination_policies.iter().cloned()))
            .set_traffic_sources(request::sources(self.traffic_source.0.iter()))
            .set_vpc_zone_identifier(request::subnets(&self.vpc_zone_identifier));
        request.send().await?;
        Created::with_id(Some(name))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], _: How) -> Result<Found<Self>> {
        let names: Vec<&str> = objects.iter().map(|it| it.id.0.as_str()).collect();
        let priors: BTreeMap<&Id, &Known<Self>> = objects.iter().map(|it| (&it.id, it)).collect();
        let groups = groups(aws, &names).await?;
        found(objects, groups, AutoScalingGroup::auto_scaling_group_name, |group| {
            let id = Id(group.auto_scaling_group_name.clone()?);
            let unknown = Self::default();
            let prior = priors.get(&id).and_then(|it| it.attributes.as_ref()).unwrap_or(&unknown);
            let phase = response::phase(&group, prior);
            Some((id, Live { attributes: response::group(group, prior), phase }))
        })
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        let (name, after) = (&id.0, &change.after);
        let number = |field: fn(&Self) -> &i64| change.to(field).map(|it| *it as i32);
        // Sizes go together, since AWS checks each of them against the others.
        let resized = |it: &Self| (it.min_size, it.max_size, it.desired_capacity);
        let resized = resized(&change.before) != resized(after);
        let policies = change.to(|it| &it.termination_policies).map(|it| match it.as_slice() {
            [] => vec!["Default".to_owned()],
            policies => policies.to_vec(),
        });
        let maintenance = change.to(|it| &it.instance_maintenance_policy).map(request::maintenance);
        let request = aws.autoscaling().update_auto_scaling_group().auto_scaling_group_name(name);
        let request = request
            .set_min_size(resized.then_some(after.min_size as i32))
            .set_max_size(resized.then_some(after.max_size as i32))
            .set_desired_capacity(after.desired_capacity.filter(|_| resized).map(|it| it as i32))
            .set_desired_capacity_type(change.to(|it| &it.desired_capacity_type).and_then(|it| given(it)))
            .set_availability_zone_distribution(
                change.to(|it| &it.availability_zone_distribution).and_then(Option::as_ref).map(request::zones),
            )
            .set_availability_zones(change.to(|it| &it.availability_zones).and_then(|it| some(it.0.iter().cloned())))
            .set_capacity_rebalance(change.to(|it| &it.capacity_rebalance).copied())
            .set_capacity_reservation_specification(
                change
                    .to(|it| &it.capacity_reservation_specification)
                    .and_then(Option::as_ref)
                    .map(request::reservation),
            )
            .set_context(change.to(|it| &it.context).cloned())
            .set_default_cooldown(change.to(|it| &it.default_cooldown).and_then(|it| it.map(|it| it as i32)))
            // -1 takes the setting away again.
            .set_default_instance_warmup(
                number(|it| &it.default_instance_warmup).map(|it| if it == 0 { -1 } else { it }),
            )
            .set_health_check_grace_period(number(|it| &it.health_check_grace_period))
            .set_health_check_type(change.to(|it| &it.health_check_type).and_then(|it| given(it)))
            .set_instance_maintenance_policy(maintenance)
            .set_launch_configuration_name(change.to(|it| &it.launch_configuration).and_then(|it| given(it)))
            .set_launch_template(change.to(|it| &it.launch_template).and_then(Option::as_ref).map(request::template))
            .set_max_instance_lifetime(number(|it| &it.max_instance_lifetime))
            .set_mixed_instances_policy(
                change.to(|it| &it.mixed_instances_policy).and_then(Option::as_ref).map(request::mixed),
            )
            .set_new_instances_protected_from_scale_in(change.to(|it| &it.protect_from_scale_in).copied())
            .set_placement_group(change.to(|it| &it.placement_group).cloned())
            .set_service_linked_role_arn(change.to(|it| &it.service_linked_role_arn).and_then(|it| given(it)))
            .set_termination_policies(policies)
            .set_vpc_zone_identifier(change.to(|it| &it.vpc_zone_identifier).and_then(request::subnets));
        update::tags(aws, name, change).await?;
        request.send().await?;
        update::attachments(aws, name, change).await?;
        update::metrics(aws, name, change).await?;
        update::processes(aws, name, change).await?;
        update::warm_pool(aws, name, change).await?;
        update::refresh(aws, name, change).await
    }

    /// Empties the group and deletes it; as long as instances are left, AWS says that it is in use, and the
    /// engine comes back.
    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let name = &known.id.0;
        let attributes = known.attributes.as_ref();
        let force = attributes.is_some_and(|it| it.force_delete);
        if attributes.is_some_and(|it| it.warm_pool.is_some()) {
            let request = aws.autoscaling().delete_warm_pool().auto_scaling_group_name(name);
            let force = force || attributes.is_some_and(|it| it.force_delete_warm_pool);
            gone_is_fine(request.force_delete(force).send().await)?;
        }
        if !force {
            let request = aws.autoscaling().update_auto_scaling_group().auto_scaling_group_name(name);
            gone_is_fine(request.min_size(0).max_size(0).desired_capacity(0).send().await)?;
            unprotect(aws, name).await?;
        }
        let request = aws.autoscaling().delete_auto_scaling_group().auto_scaling_group_name(name);
        gone_is_fine(request.force_delete(force).send().await)
    }

    async fn existing(&self, _: &Aws, token: &str) -> Option<String> {
        Some(naming::name(self.name.as_deref(), self.name_prefix.as_deref(), token))
    }

    /// A group of that name is taken as ours only if it is what we asked for.
    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let names = naming::names(self.name.as_deref(), self.name_prefix.as_deref(), token);
        let same = |it: &AutoScalingGroup| {
            let subnets: Set<String> =
                it.vpc_zone_identifier().into_iter().flat_map(|it| it.split(',')).filter_map(given).collect();
            it.min_size == Some(self.min_size as i32)
                && it.max_size == Some(self.max_size as i32)
                && (self.vpc_zone_identifier.0.is_empty() || subnets == self.vpc_zone_identifier)
        };
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let found = groups(aws, &names).await?.into_iter().find(same);
        found.map(|it| Created::with_id(it.auto_scaling_group_name)).transpose()
    }

    fn plan(planning: &mut Planning) -> Result<()> {
        if planning.creating() {
            return Ok(());
        }
        // Subnets decide the zones.
        if planning.changes("vpc_zone_identifier") && !planning.configured("availability_zones") {
            planning.set_unknown("availability_zones", Type::set(Type::String));
        }
        other_template_name(planning);
        Ok(())
    }
}

/// When the template's id changes its name does too, and the other way round, unless both are configured.
fn other_template_name(planning: &mut Planning) {
    let first = |value: Option<&Value>| value.and_then(Value::as_elements).and_then(<[Value]>::first).cloned();
    let (Some(prior), Some(planned)) =
        (first(planning.prior("launch_template")), first(planning.planned("launch_template")))
    else {
        return;
    };
    let config = first(planning.config("launch_template"));
    let configured = |name: &str| config.as_ref().and_then(|it| it.get(name)).is_some_and(|it| !it.is_null());
    let mut block = planned.clone();
    for (one, other) in [("id", "name"), ("name", "id")] {
        if prior.get(one) != planned.get(one) && !configured(other) {
            block = with(&block, other, Value::unknown(Type::String));
        }
    }
    if block != planned {
        let Some(Data::List(ty, _)) = planning.planned("launch_template").map(|it| it.data.clone()) else { return };
        planning.set("launch_template", Value::list(ty, vec![block]));
    }
}

async fn groups(aws: &Aws, names: &[&str]) -> Result<Vec<AutoScalingGroup>> {
    let requests = names.chunks(PAGE).map(async |names| {
        let names = names.iter().map(|it| (*it).to_owned()).collect();
        let request = aws.autoscaling().describe_auto_scaling_groups().set_auto_scaling_group_names(Some(names));
        let groups: Vec<_> = request.max_records(PAGE as i32).into_paginator().items().send().try_collect().await?;
        Result::<_, Problem>::Ok(groups)
    });
    Ok(futures::future::try_join_all(requests).await?.into_iter().flatten().collect())
}

/// Scale-in leaves protected instances alone, so that the group would never be empty.
async fn unprotect(aws: &Aws, name: &str) -> Result<()> {
    /// The most instances that one call takes.
    const INSTANCES: usize = 50;
    let groups = groups(aws, &[name]).await?;
    let protected = groups.iter().flat_map(|it| it.instances()).filter(|it| it.protected_from_scale_in == Some(true));
    let ids: Vec<String> = protected.filter_map(|it| it.instance_id.clone()).collect();
    for ids in ids.chunks(INSTANCES) {
        let request = aws.autoscaling().set_instance_protection().auto_scaling_group_name(name);
        let outcome = request.set_instance_ids(Some(ids.to_vec())).protected_from_scale_in(false).send().await;
        // One may have left in the meantime.
        outcome.map(drop).or_else(|error| {
            let left = error
                .as_service_error()
                .and_then(|it| it.meta().message())
                .is_some_and(|it| it.contains("not part of"));
            if left { Ok(()) } else { Err(Problem::from(error)) }
        })?;
    }
    Ok(())
}
