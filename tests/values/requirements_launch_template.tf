resource "aws_launch_template" "x0" {
  instance_requirements {
    memory_mib {
      min = 1
      max = 1.5
    }
    vcpu_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x1" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    memory_gib_per_vcpu {
      max = 0
    }
  }
}

resource "aws_launch_template" "x2" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_interface_count {
      min = 2
    }
  }
}

resource "aws_launch_template" "x3" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    cpu_manufacturers = ["apple"]
  }
}

resource "aws_launch_template" "x4" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_total_memory_mib {
      min = 2
    }
  }
}

resource "aws_launch_template" "x5" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    memory_gib_per_vcpu {
      min = 986241
    }
  }
}

resource "aws_launch_template" "x6" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1.5
    }
  }
}

resource "aws_launch_template" "x7" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 2
    }
  }
}

resource "aws_launch_template" "x8" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    memory_gib_per_vcpu {
      min = -1
    }
  }
}

resource "aws_launch_template" "x9" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    local_storage_types = ["HDD"]
  }
}

resource "aws_launch_template" "x10" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    max_spot_price_as_percentage_of_optimal_on_demand_price = 2
  }
}

resource "aws_launch_template" "x11" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    baseline_ebs_bandwidth_mbps {
      min = 2
    }
  }
}

resource "aws_launch_template" "x12" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_total_memory_mib {
      min = 415849
    }
  }
}

resource "aws_launch_template" "x13" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_names = ["t4g"]
  }
}

resource "aws_launch_template" "x14" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    bare_metal = "included"
  }
}

resource "aws_launch_template" "x15" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    total_local_storage_gb {
      min = 1.5
    }
  }
}

resource "aws_launch_template" "x16" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    total_local_storage_gb {
      min = 961251
    }
  }
}

resource "aws_launch_template" "x17" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    total_local_storage_gb {
      max = 409840
    }
  }
}

resource "aws_launch_template" "x18" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_count {
      max = 0
    }
  }
}

resource "aws_launch_template" "x19" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_bandwidth_gbps {
      max = 1
    }
  }
}

resource "aws_launch_template" "x20" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    spot_max_price_percentage_over_lowest_price = 0
  }
}

resource "aws_launch_template" "x21" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    bare_metal = "excluded"
  }
}

resource "aws_launch_template" "x22" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    burstable_performance = "included "
  }
}

resource "aws_launch_template" "x23" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    cpu_manufacturers = ["INTEL"]
  }
}

resource "aws_launch_template" "x24" {
  instance_type = "a"
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x25" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_total_memory_mib {
      min = 613884
    }
  }
}

resource "aws_launch_template" "x26" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    memory_gib_per_vcpu {
      min = 0
    }
  }
}

resource "aws_launch_template" "x27" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_interface_count {
      max = 61718
    }
  }
}

resource "aws_launch_template" "x28" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    local_storage_types = ["x"]
  }
}

resource "aws_launch_template" "x29" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    on_demand_max_price_percentage_over_lowest_price = 0
  }
}

resource "aws_launch_template" "x30" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    instance_generations = ["x"]
  }
}

resource "aws_launch_template" "x31" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_total_memory_mib {
      max = 605036
    }
  }
}

resource "aws_launch_template" "x32" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_bandwidth_gbps {
      min = 517574
    }
  }
}

resource "aws_launch_template" "x33" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_count {
      min = 413902
    }
  }
}

resource "aws_launch_template" "x34" {
  instance_requirements {
    memory_mib {
      min = 1
      max = 372631
    }
    vcpu_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x35" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    max_spot_price_as_percentage_of_optimal_on_demand_price = 363761
  }
}

resource "aws_launch_template" "x36" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    memory_gib_per_vcpu {
      max = -1
    }
  }
}

resource "aws_launch_template" "x37" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 84395
    }
  }
}

resource "aws_launch_template" "x38" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_interface_count {
      min = 1.5
    }
  }
}

resource "aws_launch_template" "x39" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_names = ["x"]
  }
}

resource "aws_launch_template" "x40" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_bandwidth_gbps {
      max = 0
    }
  }
}

resource "aws_launch_template" "x41" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_interface_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x42" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_manufacturers = ["habana"]
  }
}

resource "aws_launch_template" "x43" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    bare_metal = "included "
  }
}

resource "aws_launch_template" "x44" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_manufacturers = ["amazon-web-services "]
  }
}

resource "aws_launch_template" "x45" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    baseline_ebs_bandwidth_mbps {
      max = 2
    }
  }
}

resource "aws_launch_template" "x46" {
  instance_requirements {
    memory_mib {
      min = 1
      max = 1
    }
    vcpu_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x47" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_types = ["GPU"]
  }
}

resource "aws_launch_template" "x48" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_total_memory_mib {
      max = 1
    }
  }
}

resource "aws_launch_template" "x49" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    local_storage = ""
  }
}

resource "aws_launch_template" "x50" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    instance_generations = ["current"]
  }
}

resource "aws_launch_template" "x51" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_count {
      max = 339463
    }
  }
}

resource "aws_launch_template" "x52" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_interface_count {
      min = 301294
    }
  }
}

resource "aws_launch_template" "x53" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x54" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    spot_max_price_percentage_over_lowest_price = 1.5
  }
}

resource "aws_launch_template" "x55" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_manufacturers = ["x"]
  }
}

resource "aws_launch_template" "x56" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    burstable_performance = ""
  }
}

resource "aws_launch_template" "x57" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_count {
      min = 158076
    }
  }
}

resource "aws_launch_template" "x58" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    spot_max_price_percentage_over_lowest_price = 417125
  }
}

resource "aws_launch_template" "x59" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    instance_generations = ["CURRENT"]
  }
}

resource "aws_launch_template" "x60" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    total_local_storage_gb {
      max = 1
    }
  }
}

resource "aws_launch_template" "x61" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x62" {
  instance_requirements {
    memory_mib {
      min = 1
      max = 0
    }
    vcpu_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x63" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_interface_count {
      max = 228707
    }
  }
}

resource "aws_launch_template" "x64" {
  instance_requirements {
    memory_mib {
      min = 0
    }
    vcpu_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x65" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_interface_count {
      max = 1
    }
  }
}

resource "aws_launch_template" "x66" {
  instance_requirements {
    memory_mib {
      min = 640495
    }
    vcpu_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x67" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    on_demand_max_price_percentage_over_lowest_price = 2
  }
}

resource "aws_launch_template" "x68" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    on_demand_max_price_percentage_over_lowest_price = 1
  }
}

resource "aws_launch_template" "x69" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_types = ["x"]
  }
}

resource "aws_launch_template" "x70" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    instance_generations = ["previous"]
  }
}

resource "aws_launch_template" "x71" {
  instance_requirements {
    memory_mib {
      min = 2
    }
    vcpu_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x72" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    baseline_ebs_bandwidth_mbps {
      min = 1.5
    }
  }
}

resource "aws_launch_template" "x73" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_interface_count {
      max = 2
    }
  }
}

resource "aws_launch_template" "x74" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_manufacturers = ["amazon-web-services"]
  }
}

resource "aws_launch_template" "x75" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    baseline_ebs_bandwidth_mbps {
      min = 557449
    }
  }
}

resource "aws_launch_template" "x76" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    total_local_storage_gb {
      max = 1.5
    }
  }
}

resource "aws_launch_template" "x77" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    baseline_ebs_bandwidth_mbps {
      min = 713351
    }
  }
}

resource "aws_launch_template" "x78" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    max_spot_price_as_percentage_of_optimal_on_demand_price = 701033
  }
}

resource "aws_launch_template" "x79" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_types = ["gpu"]
  }
}

resource "aws_launch_template" "x80" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_count {
      min = 2
    }
  }
}

resource "aws_launch_template" "x81" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_manufacturers = [""]
  }
}

resource "aws_launch_template" "x82" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    total_local_storage_gb {
      max = 0
    }
  }
}

resource "aws_launch_template" "x83" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_types = [""]
  }
}

resource "aws_launch_template" "x84" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_total_memory_mib {
      min = 0
    }
  }
}

resource "aws_launch_template" "x85" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    max_spot_price_as_percentage_of_optimal_on_demand_price = 1.5
  }
}

resource "aws_launch_template" "x86" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    local_storage = "x"
  }
}

resource "aws_launch_template" "x87" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_names = ["a100"]
  }
}

resource "aws_launch_template" "x88" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    burstable_performance = "INCLUDED"
  }
}

resource "aws_launch_template" "x89" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_count {
      max = -1
    }
  }
}

resource "aws_launch_template" "x90" {
  instance_requirements {
    memory_mib {
      min = 1
      max = 2
    }
    vcpu_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x91" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    spot_max_price_percentage_over_lowest_price = 259542
  }
}

resource "aws_launch_template" "x92" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    memory_gib_per_vcpu {
      max = 23558
    }
  }
}

resource "aws_launch_template" "x93" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    max_spot_price_as_percentage_of_optimal_on_demand_price = 0
  }
}

resource "aws_launch_template" "x94" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    burstable_performance = "x"
  }
}

resource "aws_launch_template" "x95" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_interface_count {
      min = 805450
    }
  }
}

resource "aws_launch_template" "x96" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    local_storage = "INCLUDED"
  }
}

resource "aws_launch_template" "x97" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    total_local_storage_gb {
      min = -1
    }
  }
}

resource "aws_launch_template" "x98" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_count {
      min = 1.5
    }
  }
}

resource "aws_launch_template" "x99" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    local_storage_types = ["hdd "]
  }
}

resource "aws_launch_template" "x100" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    local_storage_types = ["ssd"]
  }
}

resource "aws_launch_template" "x101" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    local_storage = "required"
  }
}

resource "aws_launch_template" "x102" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    total_local_storage_gb {
      min = 1
    }
  }
}

resource "aws_launch_template" "x103" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    total_local_storage_gb {
      min = 0
    }
  }
}

resource "aws_launch_template" "x104" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_bandwidth_gbps {
      min = 0
    }
  }
}

resource "aws_launch_template" "x105" {
  instance_requirements {
    memory_mib {
      min = 176111
    }
    vcpu_count {
      min = 1
    }
  }
}

resource "aws_launch_template" "x106" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    local_storage = "included"
  }
}

resource "aws_launch_template" "x107" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    burstable_performance = "excluded"
  }
}

resource "aws_launch_template" "x108" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    accelerator_types = ["gpu "]
  }
}

resource "aws_launch_template" "x109" {
  instance_requirements {
    memory_mib {
      min = 1
    }
    vcpu_count {
      min = 1
    }
    network_bandwidth_gbps {
      max = -1
    }
  }
}
