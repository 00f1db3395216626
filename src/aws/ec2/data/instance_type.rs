use super::words;
use crate::{
    aws::{attribute::*, client::Aws, resource::*},
    provider::Result,
};
use aws_sdk_ec2::types as ec2;

attributes! {
    /// What an instance type can do.
    pub(crate) struct InstanceType {
        id: Option<String> [computed],
        instance_type: String,
        auto_recovery_supported: Computed<bool>,
        bandwidth_weightings: Set<String> [read_only],
        bare_metal: Computed<bool>,
        boot_modes: Set<String> [read_only],
        burstable_performance_supported: Computed<bool>,
        current_generation: Computed<bool>,
        dedicated_hosts_supported: Computed<bool>,
        default_cores: Computed<i32>,
        default_network_card_index: Computed<i32>,
        default_threads_per_core: Computed<i32>,
        default_vcpus: Computed<i32>,
        ebs_encryption_support: Computed<String>,
        ebs_nvme_support: Computed<String>,
        ebs_optimized_support: Computed<String>,
        ebs_performance_baseline_bandwidth: Computed<i32>,
        ebs_performance_baseline_iops: Computed<i32>,
        ebs_performance_baseline_throughput: Computed<f64>,
        ebs_performance_maximum_bandwidth: Computed<i32>,
        ebs_performance_maximum_iops: Computed<i32>,
        ebs_performance_maximum_throughput: Computed<f64>,
        efa_maximum_interfaces: Computed<i32>,
        efa_supported: Computed<bool>,
        ena_srd_supported: Computed<bool>,
        ena_support: Computed<String>,
        encryption_in_transit_supported: Computed<bool>,
        fpgas: Set<Device> [as_attribute, read_only],
        free_tier_eligible: Computed<bool>,
        gpus: Set<Device> [as_attribute, read_only],
        hibernation_supported: Computed<bool>,
        hypervisor: Computed<String>,
        inference_accelerators: Set<Device> [as_attribute, read_only],
        instance_disks: Set<Disk> [as_attribute, read_only],
        instance_storage_supported: Computed<bool>,
        ipv6_supported: Computed<bool>,
        maximum_ipv4_addresses_per_interface: Computed<i32>,
        maximum_ipv6_addresses_per_interface: Computed<i32>,
        maximum_network_cards: Computed<i32>,
        maximum_network_interfaces: Computed<i32>,
        media_accelerators: Set<Device> [as_attribute, read_only],
        memory_size: Computed<i64>,
        network_cards: Set<NetworkCard> [as_attribute, read_only],
        network_performance: Computed<String>,
        neuron_devices: Set<NeuronDevice> [as_attribute, read_only],
        nitro_enclaves_support: Computed<String>,
        nitro_tpm_support: Computed<String>,
        nitro_tpm_supported_versions: Set<String> [read_only],
        phc_support: Computed<String>,
        supported_architectures: Vec<String> [read_only],
        supported_cpu_features: Set<String> [read_only],
        supported_placement_strategies: Vec<String> [read_only],
        supported_root_device_types: Vec<String> [read_only],
        supported_usages_classes: Vec<String> [read_only],
        supported_virtualization_types: Vec<String> [read_only],
        sustained_clock_speed: Computed<f64>,
        total_fpga_memory: Computed<i32>,
        total_gpu_memory: Computed<i32>,
        total_inference_memory: Computed<i32>,
        total_instance_storage: Computed<i64>,
        total_media_memory: Computed<i32>,
        total_neuron_device_memory: Computed<i32>,
        valid_cores: Vec<i32> [read_only],
        valid_threads_per_core: Vec<i32> [read_only],
    }

    /// An accelerator of any kind.
    pub(crate) struct Device {
        count: i32,
        manufacturer: String,
        memory_size: i32,
        name: String,
    }

    pub(crate) struct Disk {
        count: i32,
        size: i64,
        r#type: String,
    }

    pub(crate) struct NetworkCard {
        baseline_bandwidth: f64,
        index: i32,
        maximum_interfaces: i32,
        peak_bandwidth: f64,
        performance: String,
    }

    pub(crate) struct NeuronDevice {
        core_count: i32,
        core_version: i32,
        count: i32,
        memory_size: i32,
        name: String,
    }
}

impl DataSource for InstanceType {
    const TYPE: &str = "aws_ec2_instance_type";
    const TIMEOUTS: bool = true;

    async fn read(self, aws: &Aws) -> Result<Self> {
        let name = ec2::InstanceType::from(self.instance_type.as_str());
        let answer = aws.ec2().describe_instance_types().instance_types(name).send().await?;
        let info = answer.instance_types.into_iter().flatten().next().ok_or_else(malformed)?;
        let found = Self { id: Some(self.instance_type.clone()), ..self };
        Ok(found.network(&info).storage(&info).devices(&info).general(info))
    }
}

/// The accelerators of a list that may be missing.
macro_rules! accelerators {
    ($list:expr) => {
        $list
            .unwrap_or_default()
            .iter()
            .map(|it| Device {
                count: it.count.unwrap_or_default(),
                manufacturer: it.manufacturer.clone().unwrap_or_default(),
                memory_size: it.memory_info.as_ref().and_then(|it| it.size_in_mib).unwrap_or_default(),
                name: it.name.clone().unwrap_or_default(),
            })
            .collect()
    };
}

fn word<T: ToString>(it: Option<T>) -> Computed<String> {
    it.map(|it| it.to_string()).into()
}

impl InstanceType {
    fn general(self, info: ec2::InstanceTypeInfo) -> Self {
        let cpu = info.v_cpu_info;
        let processor = info.processor_info;
        let strategies = info.placement_group_info.and_then(|it| it.supported_strategies);
        let features = processor.as_ref().and_then(|it| it.supported_features.clone());
        Self {
            auto_recovery_supported: info.auto_recovery_supported.into(),
            bare_metal: info.bare_metal.into(),
            boot_modes: Set(words(info.supported_boot_modes)),
            burstable_performance_supported: info.burstable_performance_supported.into(),
            current_generation: info.current_generation.into(),
            dedicated_hosts_supported: info.dedicated_hosts_supported.into(),
            default_cores: cpu.as_ref().and_then(|it| it.default_cores).into(),
            default_threads_per_core: cpu.as_ref().and_then(|it| it.default_threads_per_core).into(),
            default_vcpus: cpu.as_ref().and_then(|it| it.default_v_cpus).into(),
            free_tier_eligible: info.free_tier_eligible.into(),
            hibernation_supported: info.hibernation_supported.into(),
            hypervisor: word(info.hypervisor),
            memory_size: info.memory_info.and_then(|it| it.size_in_mib).into(),
            nitro_enclaves_support: word(info.nitro_enclaves_support),
            nitro_tpm_support: word(info.nitro_tpm_support),
            nitro_tpm_supported_versions: Set(words(info.nitro_tpm_info.and_then(|it| it.supported_versions))),
            phc_support: word(info.phc_support),
            supported_architectures: words(processor.as_ref().and_then(|it| it.supported_architectures.clone())),
            supported_cpu_features: Set(words(features)),
            supported_placement_strategies: words(strategies),
            supported_root_device_types: words(info.supported_root_device_types),
            supported_usages_classes: words(info.supported_usage_classes),
            supported_virtualization_types: words(info.supported_virtualization_types),
            sustained_clock_speed: processor.and_then(|it| it.sustained_clock_speed_in_ghz).into(),
            valid_cores: cpu.as_ref().and_then(|it| it.valid_cores.clone()).unwrap_or_default(),
            valid_threads_per_core: cpu.and_then(|it| it.valid_threads_per_core).unwrap_or_default(),
            ..self
        }
    }

    fn network(self, info: &ec2::InstanceTypeInfo) -> Self {
        let Some(network) = &info.network_info else { return self };
        let card = |it: &ec2::NetworkCardInfo| NetworkCard {
            baseline_bandwidth: it.baseline_bandwidth_in_gbps.unwrap_or_default(),
            index: it.network_card_index.unwrap_or_default(),
            maximum_interfaces: it.maximum_network_interfaces.unwrap_or_default(),
            peak_bandwidth: it.peak_bandwidth_in_gbps.unwrap_or_default(),
            performance: it.network_performance.clone().unwrap_or_default(),
        };
        Self {
            bandwidth_weightings: Set(words(network.bandwidth_weightings.clone())),
            default_network_card_index: network.default_network_card_index.into(),
            efa_maximum_interfaces: network.efa_info.as_ref().and_then(|it| it.maximum_efa_interfaces).into(),
            efa_supported: network.efa_supported.into(),
            ena_srd_supported: network.ena_srd_supported.into(),
            ena_support: word(network.ena_support.clone()),
            encryption_in_transit_supported: network.encryption_in_transit_supported.into(),
            ipv6_supported: network.ipv6_supported.into(),
            maximum_ipv4_addresses_per_interface: network.ipv4_addresses_per_interface.into(),
            maximum_ipv6_addresses_per_interface: network.ipv6_addresses_per_interface.into(),
            maximum_network_cards: network.maximum_network_cards.into(),
            maximum_network_interfaces: network.maximum_network_interfaces.into(),
            network_cards: network.network_cards().iter().map(card).collect(),
            network_performance: network.network_performance.clone().into(),
            ..self
        }
    }

    fn storage(self, info: &ec2::InstanceTypeInfo) -> Self {
        let ebs = info.ebs_info.as_ref();
        let speed = ebs.and_then(|it| it.ebs_optimized_info.as_ref());
        let disks = info.instance_storage_info.as_ref();
        let disk = |it: &ec2::DiskInfo| Disk {
            count: it.count.unwrap_or_default(),
            size: it.size_in_gb.unwrap_or_default(),
            r#type: it.r#type.as_ref().map(|it| it.to_string()).unwrap_or_default(),
        };
        Self {
            ebs_encryption_support: word(ebs.and_then(|it| it.encryption_support.clone())),
            ebs_nvme_support: word(ebs.and_then(|it| it.nvme_support.clone())),
            ebs_optimized_support: word(ebs.and_then(|it| it.ebs_optimized_support.clone())),
            ebs_performance_baseline_bandwidth: speed.and_then(|it| it.baseline_bandwidth_in_mbps).into(),
            ebs_performance_baseline_iops: speed.and_then(|it| it.baseline_iops).into(),
            ebs_performance_baseline_throughput: speed.and_then(|it| it.baseline_throughput_in_m_bps).into(),
            ebs_performance_maximum_bandwidth: speed.and_then(|it| it.maximum_bandwidth_in_mbps).into(),
            ebs_performance_maximum_iops: speed.and_then(|it| it.maximum_iops).into(),
            ebs_performance_maximum_throughput: speed.and_then(|it| it.maximum_throughput_in_m_bps).into(),
            instance_disks: disks.map(|it| it.disks().iter().map(disk).collect()).unwrap_or_default(),
            instance_storage_supported: info.instance_storage_supported.into(),
            total_instance_storage: disks.and_then(|it| it.total_size_in_gb).into(),
            ..self
        }
    }

    fn devices(self, info: &ec2::InstanceTypeInfo) -> Self {
        let (fpga, gpu) = (info.fpga_info.as_ref(), info.gpu_info.as_ref());
        let (inference, media) = (info.inference_accelerator_info.as_ref(), info.media_accelerator_info.as_ref());
        let neuron = info.neuron_info.as_ref();
        let neuron_device = |it: &ec2::NeuronDeviceInfo| NeuronDevice {
            core_count: it.core_info.as_ref().and_then(|it| it.count).unwrap_or_default(),
            core_version: it.core_info.as_ref().and_then(|it| it.version).unwrap_or_default(),
            count: it.count.unwrap_or_default(),
            memory_size: it.memory_info.as_ref().and_then(|it| it.size_in_mib).unwrap_or_default(),
            name: it.name.clone().unwrap_or_default(),
        };
        Self {
            fpgas: accelerators!(fpga.map(|it| it.fpgas())),
            gpus: accelerators!(gpu.map(|it| it.gpus())),
            inference_accelerators: accelerators!(inference.map(|it| it.accelerators())),
            media_accelerators: accelerators!(media.map(|it| it.accelerators())),
            neuron_devices: neuron
                .map(|it| it.neuron_devices().iter().map(neuron_device).collect())
                .unwrap_or_default(),
            total_fpga_memory: fpga.and_then(|it| it.total_fpga_memory_in_mib).into(),
            total_gpu_memory: gpu.and_then(|it| it.total_gpu_memory_in_mib).into(),
            total_inference_memory: inference.and_then(|it| it.total_inference_memory_in_mib).into(),
            total_media_memory: media.and_then(|it| it.total_media_memory_in_mib).into(),
            total_neuron_device_memory: neuron.and_then(|it| it.total_neuron_device_memory_in_mib).into(),
            ..self
        }
    }
}
