use super::{PAGE, gone_is_fine};
use crate::{
    aws::{attribute::*, client::Aws, resource::*},
    provider::{Id, Phase, Problem, Result},
    value::Value,
};
use aws_sdk_autoscaling::types::ScheduledUpdateGroupAction;
use aws_smithy_types::{DateTime, date_time::Format};
use std::{collections::BTreeMap, time::SystemTime};

attributes! {
    /// Changes the size of a group at a time, once or again and again.
    pub(crate) struct Schedule {
        scheduled_action_name: String [force_new],
        autoscaling_group_name: String [force_new],
        desired_capacity: Option<i64> [computed],
        max_size: Option<i64> [computed],
        min_size: Option<i64> [computed],
        /// RFC 3339, UTC: `2099-01-31T06:00:00Z`.
        start_time: Option<String> [computed],
        end_time: Option<String> [computed],
        /// As in crontab.
        recurrence: String [computed],
        time_zone: String [computed],
        arn: String [read_only],
    }
}

/// A size that AWS leaves as it is.
const UNCHANGED: i64 = -1;

impl Resource for Schedule {
    const TYPE: &str = "aws_autoscaling_schedule";
    /// Putting it again does no harm.
    const FIND: Find = Find::Key;

    /// The id is the name, which is unique within the group only.
    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        self.put(aws).await?;
        Created::with_id(Some(self.id()))
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
            let request = aws.autoscaling().describe_scheduled_actions().auto_scaling_group_name(group);
            let names = (names.len() <= PAGE).then_some(names);
            let request = request.set_scheduled_action_names(names).max_records(PAGE as i32);
            match request.into_paginator().items().send().try_collect().await {
                Err(error) if super::is_gone(&error) => Ok(Vec::new()),
                actions => Result::<_, Problem>::Ok(actions?),
            }
        });
        let actions = futures::future::try_join_all(requests).await?.into_iter().flatten();
        let lives = actions.filter_map(|action: ScheduledUpdateGroupAction| {
            let key = (action.auto_scaling_group_name.clone()?, action.scheduled_action_name.clone()?);
            Some((keys.remove(&key)?, Ok(Live { attributes: attributes(action), phase: Phase::Ready })))
        });
        Ok(lives.collect())
    }

    async fn update(aws: &Aws, _: &Id, change: &Change<Self>) -> Result<()> {
        change.after.put(aws).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let (group, name) = key(known)?;
        let request = aws.autoscaling().delete_scheduled_action().auto_scaling_group_name(group);
        gone_is_fine(request.scheduled_action_name(name).send().await)
    }

    async fn find(&self, aws: &Aws, _: &str) -> Result<Option<Created<Self>>> {
        let id = Id(self.id());
        let known = Known { id: id.clone(), attributes: Some(self.clone()) };
        let found = Self::read(aws, &[known], How::Named).await?;
        Ok(found.contains_key(&id).then_some(Created { id, attributes: None }))
    }

    /// AWS refuses a start that has passed. Only a change is checked: what exists may well have started.
    fn plan(planning: &mut crate::aws::planning::Planning) -> Result<()> {
        let changes = planning.creating() || planning.changes("start_time");
        let start = planning.config("start_time").and_then(Value::as_str).filter(|_| changes);
        let passed = start.and_then(time).is_some_and(|it| it < DateTime::from(SystemTime::now()));
        if !passed {
            return Ok(());
        }
        let detail = format!("start_time is {}, which has passed; AWS refuses that.", start.unwrap_or_default());
        let hint = "Set a time in the future, or leave start_time out of a schedule with a recurrence.";
        Err(Problem { hint: Some(hint.into()), ..Problem::fatal("Start time in the past", detail) })
    }

    fn import(id: &str) -> Result<Known<Self>> {
        let Some((group, name)) = id.split_once('/') else {
            let detail = format!("{id} is not of the form auto-scaling-group-name/scheduled-action-name");
            return Err(Problem::fatal("Unexpected format of import ID", detail));
        };
        let attributes = Self {
            autoscaling_group_name: group.to_owned(),
            scheduled_action_name: name.to_owned(),
            ..Self::default()
        };
        Ok(Known { id: Id(attributes.id()), attributes: Some(attributes) })
    }
}

impl Schedule {
    fn id(&self) -> String {
        self.scheduled_action_name.clone()
    }

    async fn put(&self, aws: &Aws) -> Result<()> {
        let size = |size: Option<i64>| size.filter(|it| *it != UNCHANGED).map(|it| it as i32);
        let request = aws.autoscaling().put_scheduled_update_group_action();
        let request = request
            .auto_scaling_group_name(&self.autoscaling_group_name)
            .scheduled_action_name(&self.scheduled_action_name)
            .set_desired_capacity(size(self.desired_capacity))
            .set_max_size(size(self.max_size))
            .set_min_size(size(self.min_size))
            .set_start_time(self.start_time.as_deref().and_then(time))
            .set_end_time(self.end_time.as_deref().and_then(time))
            .set_recurrence(given(&self.recurrence))
            .set_time_zone(given(&self.time_zone));
        request.send().await?;
        Ok(())
    }
}

/// Group and name.
fn key(known: &Known<Schedule>) -> Result<(String, String)> {
    let attributes = known.attributes.as_ref().ok_or_else(malformed)?;
    Ok((attributes.autoscaling_group_name.clone(), known.id.0.clone()))
}

fn time(text: &str) -> Option<DateTime> {
    given(text).and_then(|it| DateTime::from_str(&it, Format::DateTimeWithOffset).ok())
}

fn attributes(action: ScheduledUpdateGroupAction) -> Schedule {
    let size = |size: Option<i32>| Some(size.map_or(UNCHANGED, i64::from));
    let text = |time: Option<DateTime>| time.and_then(|it| DateTime::from_secs(it.secs()).fmt(Format::DateTime).ok());
    Schedule {
        scheduled_action_name: action.scheduled_action_name.unwrap_or_default(),
        autoscaling_group_name: action.auto_scaling_group_name.unwrap_or_default(),
        desired_capacity: size(action.desired_capacity),
        max_size: size(action.max_size),
        min_size: size(action.min_size),
        start_time: text(action.start_time),
        end_time: text(action.end_time),
        recurrence: action.recurrence.unwrap_or_default(),
        time_zone: action.time_zone.unwrap_or_default(),
        arn: action.scheduled_action_arn.unwrap_or_default(),
    }
}
