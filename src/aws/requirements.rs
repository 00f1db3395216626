//! Attributes that an instance type must have, where a launch template or a group names no type itself.

use crate::aws::attribute::*;
use aws_sdk_autoscaling::types as autoscaling;
use aws_sdk_ec2::types as ec2;

attributes! {
    /// Zero is a number of accelerators too.
    pub(crate) struct Limits {
        min: Option<i64> [optional],
        max: Option<i64> [optional],
    }

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
                accelerator_count: Option<Limits>,
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

/// A range as AWS takes it: the least is always said, and the most where it is not below that. Without either nothing is.
trait Bounds {
    type Number;
    fn bounds(&self) -> Option<(Self::Number, Option<Self::Number>)>;
}

fn whole(min: i64, max: i64) -> Option<(i32, Option<i32>)> {
    Some((i32::try_from(min).ok()?, i32::try_from(max).ok().filter(|_| max >= min)))
}

impl Bounds for Limits {
    type Number = i32;
    fn bounds(&self) -> Option<(i32, Option<i32>)> {
        self.min.or(self.max).and_then(|_| whole(self.min.unwrap_or_default(), self.max.unwrap_or_default()))
    }
}

impl Bounds for Range {
    type Number = i32;
    fn bounds(&self) -> Option<(i32, Option<i32>)> {
        whole(self.min, self.max).filter(|_| self.min != 0 || self.max != 0)
    }
}

impl Bounds for Least {
    type Number = i32;
    fn bounds(&self) -> Option<(i32, Option<i32>)> {
        whole(self.min, self.max)
    }
}

impl Bounds for Fractions {
    type Number = f64;
    fn bounds(&self) -> Option<(f64, Option<f64>)> {
        (self.min != 0.0 || self.max != 0.0).then_some((self.min, Some(self.max).filter(|max| *max >= self.min)))
    }
}

/// Declares how requirements are sent and read: both services have the same members, each in types of its own.
macro_rules! conversions {
    ($name:ident, $least:ident, $request:ident -> $sdk:ident::$sent:ident ($vcpu:ident), $response:ident <- $read:ident) => {
        /// The requirements as AWS takes them.
        pub(crate) fn $request(it: &$name) -> $sdk::$sent {
            macro_rules! range {
                ($field:ident, $type:ident) => {
                    it.$field
                        .as_ref()
                        .and_then(Bounds::bounds)
                        .map(|(min, max)| $sdk::$type::builder().min(min).set_max(max).build())
                };
            }
            macro_rules! words {
                ($field:ident) => {
                    some(it.$field.0.iter().map(|it| it.as_str().into()))
                };
            }
            $sdk::$sent::builder()
                .set_accelerator_count(range!(accelerator_count, AcceleratorCountRequest))
                .set_accelerator_manufacturers(words!(accelerator_manufacturers))
                .set_accelerator_names(words!(accelerator_names))
                .set_accelerator_total_memory_mib(range!(
                    accelerator_total_memory_mib,
                    AcceleratorTotalMemoryMiBRequest
                ))
                .set_accelerator_types(words!(accelerator_types))
                .set_allowed_instance_types(texts(&it.allowed_instance_types))
                .set_bare_metal(given(&it.bare_metal).map(|it| it.as_str().into()))
                .set_baseline_ebs_bandwidth_mbps(range!(baseline_ebs_bandwidth_mbps, BaselineEbsBandwidthMbpsRequest))
                .set_burstable_performance(given(&it.burstable_performance).map(|it| it.as_str().into()))
                .set_cpu_manufacturers(words!(cpu_manufacturers))
                .set_excluded_instance_types(texts(&it.excluded_instance_types))
                .set_instance_generations(words!(instance_generations))
                .set_local_storage(given(&it.local_storage).map(|it| it.as_str().into()))
                .set_local_storage_types(words!(local_storage_types))
                .set_max_spot_price_as_percentage_of_optimal_on_demand_price(count(
                    it.max_spot_price_as_percentage_of_optimal_on_demand_price,
                ))
                .set_memory_gib_per_v_cpu(range!(memory_gib_per_vcpu, MemoryGiBPerVCpuRequest))
                .set_memory_mib(range!(memory_mib, MemoryMiBRequest))
                .set_network_bandwidth_gbps(range!(network_bandwidth_gbps, NetworkBandwidthGbpsRequest))
                .set_network_interface_count(range!(network_interface_count, NetworkInterfaceCountRequest))
                .set_on_demand_max_price_percentage_over_lowest_price(count(
                    it.on_demand_max_price_percentage_over_lowest_price,
                ))
                .set_require_hibernate_support(it.require_hibernate_support.then_some(true))
                .set_spot_max_price_percentage_over_lowest_price(count(it.spot_max_price_percentage_over_lowest_price))
                .set_total_local_storage_gb(range!(total_local_storage_gb, TotalLocalStorageGbRequest))
                .set_v_cpu_count(range!(vcpu_count, $vcpu))
                .build()
        }

        /// The requirements as AWS returns them.
        pub(crate) fn $response(it: $sdk::$read) -> $name {
            macro_rules! words {
                ($field:ident) => {
                    it.$field.into_iter().flatten().map(|it| it.to_string()).collect()
                };
            }
            macro_rules! whole {
                ($field:ident, $type:ident) => {
                    it.$field.map(|it| $type { min: number(it.min), max: number(it.max) })
                };
            }
            macro_rules! fractions {
                ($field:ident) => {
                    it.$field.map(|it| Fractions { min: it.min.unwrap_or_default(), max: it.max.unwrap_or_default() })
                };
            }
            let limit = |it: Option<i32>| Some(number(it));
            $name {
                accelerator_count: it.accelerator_count.map(|it| Limits { min: limit(it.min), max: limit(it.max) }),
                accelerator_manufacturers: words!(accelerator_manufacturers),
                accelerator_names: words!(accelerator_names),
                accelerator_total_memory_mib: whole!(accelerator_total_memory_mib, Range),
                accelerator_types: words!(accelerator_types),
                allowed_instance_types: words!(allowed_instance_types),
                bare_metal: text(it.bare_metal),
                baseline_ebs_bandwidth_mbps: whole!(baseline_ebs_bandwidth_mbps, Range),
                burstable_performance: text(it.burstable_performance),
                cpu_manufacturers: words!(cpu_manufacturers),
                excluded_instance_types: words!(excluded_instance_types),
                instance_generations: words!(instance_generations),
                local_storage: text(it.local_storage),
                local_storage_types: words!(local_storage_types),
                max_spot_price_as_percentage_of_optimal_on_demand_price: number(
                    it.max_spot_price_as_percentage_of_optimal_on_demand_price,
                ),
                memory_gib_per_vcpu: fractions!(memory_gib_per_v_cpu),
                memory_mib: whole!(memory_mib, $least),
                network_bandwidth_gbps: fractions!(network_bandwidth_gbps),
                network_interface_count: whole!(network_interface_count, Range),
                on_demand_max_price_percentage_over_lowest_price: number(
                    it.on_demand_max_price_percentage_over_lowest_price,
                ),
                require_hibernate_support: it.require_hibernate_support.unwrap_or_default(),
                spot_max_price_percentage_over_lowest_price: number(it.spot_max_price_percentage_over_lowest_price),
                total_local_storage_gb: fractions!(total_local_storage_gb),
                vcpu_count: whole!(v_cpu_count, $least),
            }
        }
    };
}

conversions!(
    InstanceRequirements,
    Least,
    request -> ec2::InstanceRequirementsRequest (VCpuCountRangeRequest),
    response <- InstanceRequirements
);
conversions!(
    OverrideRequirements,
    Range,
    override_request -> autoscaling::InstanceRequirements (VCpuCountRequest),
    override_response <- InstanceRequirements
);
