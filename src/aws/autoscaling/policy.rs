use super::{PAGE, gone_is_fine};
use crate::{
    aws::{attribute::*, client::Aws, planning::Planning, resource::*},
    provider::{Id, Phase, Problem, Result},
    value::Value,
};
use aws_sdk_autoscaling::types as autoscaling;
use std::collections::BTreeMap;

mod predictive;
mod tracking;

use predictive::Predictive;
use tracking::TargetTracking;

attributes! {
    /// How much to scale by when the metric is within these bounds, relative to the alarm's threshold.
    pub(crate) struct Step {
        metric_interval_lower_bound: String [optional],
        metric_interval_upper_bound: String [optional],
        scaling_adjustment: i64,
    }

    /// How a group's size follows a metric.
    pub(crate) struct ScalingPolicy {
        name: String [force_new],
        autoscaling_group_name: String [force_new],
        adjustment_type: String [optional],
        /// Zero is no pause at all; nothing is that of the group.
        cooldown: Option<i64> [optional],
        enabled: bool [default(true)],
        /// Likewise.
        estimated_instance_warmup: Option<i64> [optional],
        metric_aggregation_type: String [computed],
        min_adjustment_magnitude: i64 [optional],
        policy_type: String [default_text("SimpleScaling")],
        predictive_scaling_configuration: Option<Predictive>,
        scaling_adjustment: i64 [optional],
        step_adjustment: Set<Step>,
        target_tracking_configuration: Option<TargetTracking>,
        arn: Computed<String>,
    }
}

impl Resource for ScalingPolicy {
    const TYPE: &str = "aws_autoscaling_policy";
    /// Putting it again does no harm.
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        self.put(aws).await?;
        Created::with_id(Some(self.name.clone()))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], _: How) -> Result<Found<Self>> {
        let mut keys: BTreeMap<(String, String), Id> = BTreeMap::new();
        for known in objects {
            keys.insert(key(known)?, known.id.clone());
        }
        let mut wanted: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (group, name) in keys.keys() {
            wanted.entry(group).or_default().push(name.clone());
        }
        let requests = wanted.into_iter().map(async |(group, names)| {
            let request = aws.autoscaling().describe_policies().auto_scaling_group_name(group);
            let names = (names.len() <= PAGE).then_some(names);
            let request = request.set_policy_names(names).max_records(PAGE as i32);
            match request.into_paginator().items().send().try_collect().await {
                Err(error) if super::is_gone(&error) => Ok(Vec::new()),
                policies => Result::<_, Problem>::Ok(policies?),
            }
        });
        let policies = futures::future::try_join_all(requests).await?.into_iter().flatten();
        let lives = policies.filter_map(|policy: autoscaling::ScalingPolicy| {
            let key = (policy.auto_scaling_group_name.clone()?, policy.policy_name.clone()?);
            Some((keys.remove(&key)?, Ok(Live { attributes: attributes(policy), phase: Phase::Ready })))
        });
        Ok(lives.collect())
    }

    /// What the configuration does not have is zero in state, which is not what it means.
    async fn update(aws: &Aws, _: &Id, change: &Change<Self>) -> Result<()> {
        let Self { cooldown, estimated_instance_warmup, .. } = change.config;
        Self { cooldown, estimated_instance_warmup, ..change.after.clone() }.put(aws).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let (group, name) = key(known)?;
        let request = aws.autoscaling().delete_policy().auto_scaling_group_name(group);
        gone_is_fine(request.policy_name(name).send().await)
    }

    async fn find(&self, aws: &Aws, _: &str) -> Result<Option<Created<Self>>> {
        let id = Id(self.name.clone());
        let known = Known { id: id.clone(), attributes: Some(self.clone()) };
        let found = Self::read(aws, &[known], How::Named).await?;
        Ok(found.contains_key(&id).then_some(Created { id, attributes: None }))
    }

    fn plan(planning: &mut Planning) -> Result<()> {
        check_kind(planning)
    }

    fn import(id: &str) -> Result<Known<Self>> {
        let Some((group, name)) = id.split_once('/') else {
            let detail = format!("{id} is not of the form auto-scaling-group-name/policy-name");
            return Err(Problem::fatal("Unexpected format of import ID", detail));
        };
        let attributes = Self { autoscaling_group_name: group.to_owned(), name: name.to_owned(), ..Self::default() };
        Ok(Known { id: Id(attributes.name.clone()), attributes: Some(attributes) })
    }
}

const SIMPLE: &str = "SimpleScaling";
const STEPS: &str = "StepScaling";
const TRACKING: &str = "TargetTrackingScaling";

/// What policies of some kinds may not have, and others must. The reference provider says it when it applies, and only the first.
fn check_kind(planning: &Planning) -> Result<()> {
    let Some(kind) = planning.planned("policy_type").and_then(Value::as_str) else { return Ok(()) };
    let known = |name: &str| planning.config(name).filter(|it| it.is_wholly_known());
    // Zero stands where nothing is meant, but is an adjustment.
    let is_set = |name: &str| known(name).is_some_and(|it| !it.is_null() && !it.is_zero());
    let is_absent = |name: &str| known(name).is_some_and(|it| it.is_null() || it.length() == Some(0));
    for (name, kinds, required) in [
        ("cooldown", &[SIMPLE][..], false),
        ("estimated_instance_warmup", &[STEPS, TRACKING], false),
        ("scaling_adjustment", &[SIMPLE], true),
        ("step_adjustment", &[STEPS], true),
        ("target_tracking_configuration", &[TRACKING], true),
    ] {
        let summary = match kinds.contains(&kind) {
            true if required && is_absent(name) => format!("{name} is required for policy type {kind}"),
            false if is_set(name) => format!("{name} is only supported for policy type {}", kinds.join(" and ")),
            _ => continue,
        };
        return Err(Problem::fatal(summary, ""));
    }
    Ok(())
}

impl ScalingPolicy {
    /// Each kind of policy has arguments of its own. Some of another kind a plan refuses; others are not sent, as the reference
    /// provider does not send them.
    async fn put(&self, aws: &Aws) -> Result<()> {
        let kind = self.policy_type.as_str();
        let simple = kind == SIMPLE;
        let steps = kind == STEPS;
        let request = aws.autoscaling().put_scaling_policy();
        let request = request
            .auto_scaling_group_name(&self.autoscaling_group_name)
            .policy_name(&self.name)
            .policy_type(kind)
            .enabled(self.enabled)
            .set_adjustment_type(given(&self.adjustment_type).filter(|_| simple || steps))
            .set_cooldown(self.cooldown.map(|it| it as i32))
            .set_estimated_instance_warmup(self.estimated_instance_warmup.map(|it| it as i32))
            .set_metric_aggregation_type(given(&self.metric_aggregation_type).filter(|_| steps))
            .set_min_adjustment_magnitude(count(self.min_adjustment_magnitude).filter(|_| simple || steps))
            .set_predictive_scaling_configuration(
                self.predictive_scaling_configuration.as_ref().map(predictive::request),
            )
            .set_scaling_adjustment(simple.then_some(self.scaling_adjustment as i32))
            .set_step_adjustments(some(self.step_adjustment.0.iter().map(step)))
            .set_target_tracking_configuration(self.target_tracking_configuration.as_ref().map(tracking::request));
        request.send().await?;
        Ok(())
    }
}

fn step(it: &Step) -> autoscaling::StepAdjustment {
    autoscaling::StepAdjustment::builder()
        .set_metric_interval_lower_bound(it.metric_interval_lower_bound.parse().ok())
        .set_metric_interval_upper_bound(it.metric_interval_upper_bound.parse().ok())
        .scaling_adjustment(it.scaling_adjustment as i32)
        .build()
}

/// Group and name.
fn key(known: &Known<ScalingPolicy>) -> Result<(String, String)> {
    let attributes = known.attributes.as_ref().ok_or_else(malformed)?;
    Ok((attributes.autoscaling_group_name.clone(), known.id.0.clone()))
}

fn attributes(policy: autoscaling::ScalingPolicy) -> ScalingPolicy {
    let bound = |it: Option<f64>| it.map(|it| it.to_string()).unwrap_or_default();
    ScalingPolicy {
        name: policy.policy_name.unwrap_or_default(),
        autoscaling_group_name: policy.auto_scaling_group_name.unwrap_or_default(),
        adjustment_type: policy.adjustment_type.unwrap_or_default(),
        cooldown: Some(number(policy.cooldown)),
        enabled: policy.enabled.unwrap_or(true),
        estimated_instance_warmup: Some(number(policy.estimated_instance_warmup)),
        metric_aggregation_type: policy.metric_aggregation_type.unwrap_or_default(),
        min_adjustment_magnitude: number(policy.min_adjustment_magnitude),
        policy_type: policy.policy_type.unwrap_or_else(|| "SimpleScaling".to_owned()),
        predictive_scaling_configuration: policy.predictive_scaling_configuration.map(predictive::response),
        scaling_adjustment: number(policy.scaling_adjustment),
        step_adjustment: policy
            .step_adjustments
            .into_iter()
            .flatten()
            .map(|it| Step {
                metric_interval_lower_bound: bound(it.metric_interval_lower_bound),
                metric_interval_upper_bound: bound(it.metric_interval_upper_bound),
                scaling_adjustment: number(it.scaling_adjustment),
            })
            .collect(),
        target_tracking_configuration: policy.target_tracking_configuration.map(tracking::response),
        arn: policy.policy_arn.into(),
    }
}
