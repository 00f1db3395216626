//! Scaling ahead of a forecast.

use super::tracking::{Metric, from_metric, metric};
use crate::aws::attribute::*;
use aws_sdk_autoscaling::types as autoscaling;

attributes! {
    pub(crate) struct Predictive {
        max_capacity_breach_behavior: String [default_text("HonorMaxCapacity")],
        max_capacity_buffer: String [optional],
        mode: String [default_text("ForecastOnly")],
        scheduling_buffer_time: String [optional],
        metric_specification: Option<Forecast> [min(1)],
    }

    pub(crate) struct Forecast {
        target_value: f64,
        customized_capacity_metric_specification: Option<Queries>,
        customized_load_metric_specification: Option<Queries>,
        customized_scaling_metric_specification: Option<Queries>,
        predefined_load_metric_specification: Option<Predefined>,
        predefined_metric_pair_specification: Option<Predefined>,
        predefined_scaling_metric_specification: Option<Predefined>,
    }

    pub(crate) struct Predefined {
        predefined_metric_type: String,
        resource_label: String [optional],
    }

    pub(crate) struct Queries {
        metric_data_queries: Vec<Query> [min(1), max(10)],
    }

    pub(crate) struct Query {
        id: String,
        expression: String [optional],
        label: String [optional],
        metric_stat: Option<Statistic>,
        return_data: bool [default(true)],
    }

    pub(crate) struct Statistic {
        metric: Option<Metric> [min(1)],
        stat: String,
        unit: String [optional],
    }
}

pub(super) fn request(it: &Predictive) -> autoscaling::PredictiveScalingConfiguration {
    autoscaling::PredictiveScalingConfiguration::builder()
        .set_max_capacity_breach_behavior(given(&it.max_capacity_breach_behavior).map(|it| it.as_str().into()))
        .set_max_capacity_buffer(it.max_capacity_buffer.parse().ok())
        .set_metric_specifications(some(it.metric_specification.iter().map(forecast)))
        .set_mode(given(&it.mode).map(|it| it.as_str().into()))
        .set_scheduling_buffer_time(it.scheduling_buffer_time.parse().ok())
        .build()
}

fn forecast(it: &Forecast) -> autoscaling::PredictiveScalingMetricSpecification {
    macro_rules! customized {
        ($field:ident, $type:ident) => {
            it.$field.as_ref().map(|it| autoscaling::$type::builder().set_metric_data_queries(queries(it)).build())
        };
    }
    macro_rules! predefined {
        ($field:ident, $type:ident) => {
            it.$field.as_ref().map(|it| {
                autoscaling::$type::builder()
                    .predefined_metric_type(it.predefined_metric_type.as_str().into())
                    .set_resource_label(given(&it.resource_label))
                    .build()
            })
        };
    }
    autoscaling::PredictiveScalingMetricSpecification::builder()
        .target_value(it.target_value)
        .set_customized_capacity_metric_specification(customized!(
            customized_capacity_metric_specification,
            PredictiveScalingCustomizedCapacityMetric
        ))
        .set_customized_load_metric_specification(customized!(
            customized_load_metric_specification,
            PredictiveScalingCustomizedLoadMetric
        ))
        .set_customized_scaling_metric_specification(customized!(
            customized_scaling_metric_specification,
            PredictiveScalingCustomizedScalingMetric
        ))
        .set_predefined_load_metric_specification(predefined!(
            predefined_load_metric_specification,
            PredictiveScalingPredefinedLoadMetric
        ))
        .set_predefined_metric_pair_specification(predefined!(
            predefined_metric_pair_specification,
            PredictiveScalingPredefinedMetricPair
        ))
        .set_predefined_scaling_metric_specification(predefined!(
            predefined_scaling_metric_specification,
            PredictiveScalingPredefinedScalingMetric
        ))
        .build()
}

fn queries(it: &Queries) -> Option<Vec<autoscaling::MetricDataQuery>> {
    let statistic = |it: &Statistic| {
        autoscaling::MetricStat::builder()
            .set_metric(it.metric.as_ref().map(metric))
            .stat(&it.stat)
            .set_unit(given(&it.unit))
            .build()
    };
    some(it.metric_data_queries.iter().map(|it| {
        autoscaling::MetricDataQuery::builder()
            .id(&it.id)
            .set_expression(given(&it.expression))
            .set_label(given(&it.label))
            .set_metric_stat(it.metric_stat.as_ref().map(statistic))
            .return_data(it.return_data)
            .build()
    }))
}

pub(super) fn response(it: autoscaling::PredictiveScalingConfiguration) -> Predictive {
    Predictive {
        max_capacity_breach_behavior: text(it.max_capacity_breach_behavior),
        max_capacity_buffer: text(it.max_capacity_buffer),
        metric_specification: it.metric_specifications.into_iter().flatten().next().map(from_forecast),
        mode: text(it.mode),
        scheduling_buffer_time: text(it.scheduling_buffer_time),
    }
}

fn from_forecast(it: autoscaling::PredictiveScalingMetricSpecification) -> Forecast {
    macro_rules! customized {
        ($field:ident) => {
            it.$field.map(|it| from_queries(it.metric_data_queries))
        };
    }
    macro_rules! predefined {
        ($field:ident) => {
            it.$field.map(|it| Predefined {
                predefined_metric_type: text(it.predefined_metric_type),
                resource_label: it.resource_label.unwrap_or_default(),
            })
        };
    }
    Forecast {
        target_value: it.target_value.unwrap_or_default(),
        customized_capacity_metric_specification: customized!(customized_capacity_metric_specification),
        customized_load_metric_specification: customized!(customized_load_metric_specification),
        customized_scaling_metric_specification: customized!(customized_scaling_metric_specification),
        predefined_load_metric_specification: predefined!(predefined_load_metric_specification),
        predefined_metric_pair_specification: predefined!(predefined_metric_pair_specification),
        predefined_scaling_metric_specification: predefined!(predefined_scaling_metric_specification),
    }
}

fn from_queries(queries: Option<Vec<autoscaling::MetricDataQuery>>) -> Queries {
    let query = |it: autoscaling::MetricDataQuery| Query {
        id: it.id.unwrap_or_default(),
        expression: it.expression.unwrap_or_default(),
        label: it.label.unwrap_or_default(),
        metric_stat: it.metric_stat.map(|it| Statistic {
            metric: it.metric.map(from_metric),
            stat: it.stat.unwrap_or_default(),
            unit: it.unit.unwrap_or_default(),
        }),
        return_data: it.return_data.unwrap_or(true),
    };
    Queries { metric_data_queries: queries.into_iter().flatten().map(query).collect() }
}
