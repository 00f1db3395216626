//! Keeping a metric at a target.

use crate::aws::attribute::*;
use aws_sdk_autoscaling::types as autoscaling;

attributes! {
    pub(crate) struct TargetTracking {
        target_value: f64,
        disable_scale_in: bool [default(false)],
        predefined_metric_specification: Option<PredefinedMetric>,
        customized_metric_specification: Option<CustomizedMetric>,
    }

    pub(crate) struct PredefinedMetric {
        predefined_metric_type: String,
        resource_label: String [optional],
    }

    /// One metric, or several and an expression over them.
    pub(crate) struct CustomizedMetric {
        metric_dimension: Vec<Dimension>,
        metric_name: String [optional],
        namespace: String [optional],
        period: i64 [optional],
        statistic: String [optional],
        unit: String [optional],
        metrics: Set<MetricQuery>,
    }

    pub(crate) struct Dimension {
        name: String,
        value: String,
    }

    pub(crate) struct MetricQuery {
        id: String,
        expression: String [optional],
        label: String [optional],
        metric_stat: Option<MetricStatistic>,
        return_data: bool [default(true)],
    }

    pub(crate) struct MetricStatistic {
        metric: Option<Metric> [min(1)],
        period: i64 [optional],
        stat: String,
        unit: String [optional],
    }

    pub(crate) struct Metric {
        dimensions: Set<Dimension>,
        metric_name: String,
        namespace: String,
    }
}

pub(super) fn request(it: &TargetTracking) -> autoscaling::TargetTrackingConfiguration {
    autoscaling::TargetTrackingConfiguration::builder()
        .target_value(it.target_value)
        .disable_scale_in(it.disable_scale_in)
        .set_predefined_metric_specification(it.predefined_metric_specification.as_ref().map(|it| {
            autoscaling::PredefinedMetricSpecification::builder()
                .predefined_metric_type(it.predefined_metric_type.as_str().into())
                .set_resource_label(given(&it.resource_label))
                .build()
        }))
        .set_customized_metric_specification(it.customized_metric_specification.as_ref().map(customized))
        .build()
}

fn customized(it: &CustomizedMetric) -> autoscaling::CustomizedMetricSpecification {
    autoscaling::CustomizedMetricSpecification::builder()
        .set_dimensions(dimensions(&it.metric_dimension))
        .set_metric_name(given(&it.metric_name))
        .set_namespace(given(&it.namespace))
        .set_period(count(it.period))
        .set_statistic(given(&it.statistic).map(|it| it.as_str().into()))
        .set_unit(given(&it.unit))
        .set_metrics(some(it.metrics.0.iter().map(query)))
        .build()
}

fn dimensions(dimensions: &[Dimension]) -> Option<Vec<autoscaling::MetricDimension>> {
    let dimension = |it: &Dimension| autoscaling::MetricDimension::builder().name(&it.name).value(&it.value).build();
    some(dimensions.iter().map(dimension))
}

pub(super) fn metric(it: &Metric) -> autoscaling::Metric {
    autoscaling::Metric::builder()
        .set_dimensions(dimensions(&it.dimensions.0))
        .metric_name(&it.metric_name)
        .namespace(&it.namespace)
        .build()
}

fn query(it: &MetricQuery) -> autoscaling::TargetTrackingMetricDataQuery {
    autoscaling::TargetTrackingMetricDataQuery::builder()
        .id(&it.id)
        .set_expression(given(&it.expression))
        .set_label(given(&it.label))
        .set_metric_stat(it.metric_stat.as_ref().map(|it| {
            autoscaling::TargetTrackingMetricStat::builder()
                .set_metric(it.metric.as_ref().map(metric))
                .set_period(count(it.period))
                .stat(&it.stat)
                .set_unit(given(&it.unit))
                .build()
        }))
        .return_data(it.return_data)
        .build()
}

pub(super) fn response(it: autoscaling::TargetTrackingConfiguration) -> TargetTracking {
    TargetTracking {
        target_value: it.target_value.unwrap_or_default(),
        disable_scale_in: it.disable_scale_in.unwrap_or_default(),
        predefined_metric_specification: it.predefined_metric_specification.map(|it| PredefinedMetric {
            predefined_metric_type: text(it.predefined_metric_type),
            resource_label: it.resource_label.unwrap_or_default(),
        }),
        customized_metric_specification: it.customized_metric_specification.map(|it| CustomizedMetric {
            metric_dimension: from_dimensions(it.dimensions),
            metric_name: it.metric_name.unwrap_or_default(),
            namespace: it.namespace.unwrap_or_default(),
            period: number(it.period),
            statistic: text(it.statistic),
            unit: it.unit.unwrap_or_default(),
            metrics: it.metrics.into_iter().flatten().map(from_query).collect(),
        }),
    }
}

fn from_dimensions(dimensions: Option<Vec<autoscaling::MetricDimension>>) -> Vec<Dimension> {
    let dimension = |it: autoscaling::MetricDimension| Dimension {
        name: it.name.unwrap_or_default(),
        value: it.value.unwrap_or_default(),
    };
    dimensions.into_iter().flatten().map(dimension).collect()
}

pub(super) fn from_metric(it: autoscaling::Metric) -> Metric {
    Metric {
        dimensions: from_dimensions(it.dimensions).into(),
        metric_name: it.metric_name.unwrap_or_default(),
        namespace: it.namespace.unwrap_or_default(),
    }
}

fn from_query(it: autoscaling::TargetTrackingMetricDataQuery) -> MetricQuery {
    MetricQuery {
        id: it.id.unwrap_or_default(),
        expression: it.expression.unwrap_or_default(),
        label: it.label.unwrap_or_default(),
        metric_stat: it.metric_stat.map(|it| MetricStatistic {
            metric: it.metric.map(from_metric),
            period: number(it.period),
            stat: it.stat.unwrap_or_default(),
            unit: it.unit.unwrap_or_default(),
        }),
        return_data: it.return_data.unwrap_or(true),
    }
}
