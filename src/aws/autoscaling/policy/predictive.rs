//! Scaling ahead of a forecast. The schema only: AWS is not sent it yet.

use super::tracking::Metric;
use crate::aws::attribute::*;

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
