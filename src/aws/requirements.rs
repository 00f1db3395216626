//! Attributes that an instance type must have, where a launch template or a group names no type itself.

use crate::{aws::attribute::*, provider::Problem, value::Value};

attributes! {
    pub(crate) struct Range {
        min: i64 [optional],
        max: i64 [optional],
    }

    pub(crate) struct Least {
        min: i64,
        max: i64 [optional],
    }

    pub(crate) struct Fractions {
        min: f64 [optional],
        max: f64 [optional],
    }
}

/// `attributes!` of all requirements, with the two that launch templates insist on and the overrides of groups do not.
macro_rules! requirements {
    ($(#[$($doc:tt)*])* $name:ident, $least:ident $(, $min:tt)?) => {
        attributes! {
            $(#[$($doc)*])*
            pub(crate) struct $name {
                accelerator_count: Option<Range>,
                accelerator_manufacturers: Set<String>,
                accelerator_names: Set<String>,
                accelerator_total_memory_mib: Option<Range>,
                accelerator_types: Set<String>,
                allowed_instance_types: Set<String>,
                bare_metal: String [optional],
                baseline_ebs_bandwidth_mbps: Option<Range>,
                burstable_performance: String [optional],
                cpu_manufacturers: Set<String>,
                excluded_instance_types: Set<String>,
                instance_generations: Set<String>,
                local_storage: String [optional],
                local_storage_types: Set<String>,
                max_spot_price_as_percentage_of_optimal_on_demand_price: i64 [optional],
                memory_gib_per_vcpu: Option<Fractions>,
                memory_mib: Option<$least> $($min)?,
                network_bandwidth_gbps: Option<Fractions>,
                network_interface_count: Option<Range>,
                on_demand_max_price_percentage_over_lowest_price: i64 [optional],
                require_hibernate_support: bool [optional],
                spot_max_price_percentage_over_lowest_price: i64 [optional],
                total_local_storage_gb: Option<Fractions>,
                vcpu_count: Option<$least> $($min)?,
            }
        }
    };
}

requirements! {
    /// What an instance type must have to be chosen.
    InstanceRequirements, Least, [min(1)]
}
requirements! {
    /// The same of one override of a group, where nothing has to be set.
    OverrideRequirements, Range
}

/// The block is known but cannot be sent yet, which is better said than passed over.
pub(super) fn unsupported(block: Option<&Value>) -> Option<Problem> {
    let set = block.is_some_and(|it| it.as_elements().is_some_and(|it| !it.is_empty()));
    set.then(|| {
        let problem = Problem::fatal("Unsupported block", "instance_requirements cannot be sent to AWS yet.");
        Problem { hint: Some("Name an instance type instead.".into()), ..problem }
    })
}
