resource "aws_launch_template" "v0" {}

resource "aws_launch_template" "v1" {
  default_version = 1
}

resource "aws_launch_template" "v2" {
  default_version = -2
}

resource "aws_launch_template" "v3" {
  default_version = -1
}

resource "aws_launch_template" "v4" {
  default_version = 65536
}

resource "aws_launch_template" "v5" {
  default_version = 1000000000
}

resource "aws_launch_template" "v6" {
  default_version = 0.5
}

resource "aws_launch_template" "v7" {
  default_version = 2
}

resource "aws_launch_template" "v8" {
  description = "a"
}

resource "aws_launch_template" "v9" {
  description = ""
}

resource "aws_launch_template" "v10" {
  description = "x"
}

resource "aws_launch_template" "v11" {
  description = "X!"
}

resource "aws_launch_template" "v12" {
  description = "a/b"
}

resource "aws_launch_template" "v13" {
  description = "10.0.0.1/8"
}

resource "aws_launch_template" "v14" {
  description = "10.0.0.0/8"
}

resource "aws_launch_template" "v15" {
  description = "fd00::1/8"
}

resource "aws_launch_template" "v16" {
  description = "10.0.0.0/33"
}

resource "aws_launch_template" "v17" {
  description = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_launch_template" "v18" {
  description = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_launch_template" "v19" {
  ebs_optimized = "a"
}

resource "aws_launch_template" "v20" {
  ebs_optimized = "x"
}

resource "aws_launch_template" "v21" {
  ebs_optimized = "X!"
}

resource "aws_launch_template" "v22" {
  ebs_optimized = "a/b"
}

resource "aws_launch_template" "v23" {
  ebs_optimized = "10.0.0.1/8"
}

resource "aws_launch_template" "v24" {
  ebs_optimized = "10.0.0.0/8"
}

resource "aws_launch_template" "v25" {
  ebs_optimized = "fd00::1/8"
}

resource "aws_launch_template" "v26" {
  ebs_optimized = "10.0.0.0/33"
}

resource "aws_launch_template" "v27" {
  ebs_optimized = "::1"
}

resource "aws_launch_template" "v28" {
  ebs_optimized = "arn:"
}

resource "aws_launch_template" "v29" {
  ebs_optimized = "arn:aws:iam::123456789012:role/x"
}

resource "aws_launch_template" "v30" {
  ebs_optimized = "arn:a!:iam:zz:12:"
}

resource "aws_launch_template" "v31" {
  ebs_optimized = "{\"a\":1,\"a\":2}"
}

resource "aws_launch_template" "v32" {
  ebs_optimized = "{\"a\""
}

resource "aws_launch_template" "v33" {
  ebs_optimized = "1.5"
}

resource "aws_launch_template" "v34" {
  ebs_optimized = "2020-01-01"
}

resource "aws_launch_template" "v35" {
  id = ""
}

resource "aws_launch_template" "v36" {
  instance_initiated_shutdown_behavior = "a"
}

resource "aws_launch_template" "v37" {
  name = "a"
}

resource "aws_launch_template" "v38" {
  name = "arn:"
}

resource "aws_launch_template" "v39" {
  name = "[]"
}

resource "aws_launch_template" "v40" {
  name = "lt-A!"
}

resource "aws_launch_template" "v41" {
  name_prefix = "x"
}

resource "aws_launch_template" "v42" {
  name_prefix = "fd00::1/8"
}

resource "aws_launch_template" "v43" {
  name_prefix = "arn:a!:iam:zz:12:"
}

resource "aws_launch_template" "v44" {
  name_prefix = "-1"
}

resource "aws_launch_template" "v45" {
  name_prefix = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_launch_template" "v46" {
  block_device_mappings {
    ebs {
      delete_on_termination = "X!"
    }
  }
}

resource "aws_launch_template" "v47" {
  block_device_mappings {
    ebs {
      delete_on_termination = "10.0.0.0/33"
    }
  }
}

resource "aws_launch_template" "v48" {
  block_device_mappings {
    ebs {
      delete_on_termination = "{\"a\":1,\"a\":2}"
    }
  }
}

resource "aws_launch_template" "v49" {
  block_device_mappings {
    ebs {
      delete_on_termination = "0"
    }
  }
}

resource "aws_launch_template" "v50" {
  block_device_mappings {
    ebs {
      delete_on_termination = "é"
    }
  }
}

resource "aws_launch_template" "v51" {
  block_device_mappings {
    ebs {
      delete_on_termination = "aws:foo"
    }
  }
}

resource "aws_launch_template" "v52" {
  block_device_mappings {
    ebs {
      encrypted = "a"
    }
  }
}

resource "aws_launch_template" "v53" {
  block_device_mappings {
    ebs {
      encrypted = "10.0.0.1/8"
    }
  }
}

resource "aws_launch_template" "v54" {
  block_device_mappings {
    ebs {
      encrypted = "arn:"
    }
  }
}

resource "aws_launch_template" "v55" {
  block_device_mappings {
    ebs {
      encrypted = "[]"
    }
  }
}

resource "aws_launch_template" "v56" {
  block_device_mappings {
    ebs {
      encrypted = "1h"
    }
  }
}

resource "aws_launch_template" "v57" {
  block_device_mappings {
    ebs {
      encrypted = "lt-A!"
    }
  }
}

resource "aws_launch_template" "v58" {
  block_device_mappings {
    ebs {
      encrypted = "t"
    }
  }
}

resource "aws_launch_template" "v59" {
  block_device_mappings {
    ebs {
      iops = 0.5
    }
  }
}

resource "aws_launch_template" "v60" {
  block_device_mappings {
    ebs {
      kms_key_id = "a/b"
    }
  }
}

resource "aws_launch_template" "v61" {
  block_device_mappings {
    ebs {
      kms_key_id = "::1"
    }
  }
}

resource "aws_launch_template" "v62" {
  block_device_mappings {
    ebs {
      throughput = -2
    }
  }
}

resource "aws_launch_template" "v63" {
  block_device_mappings {
    ebs {
      volume_initialization_rate = 0
    }
  }
}

resource "aws_launch_template" "v64" {
  block_device_mappings {
    ebs {
      volume_type = "x"
    }
  }
}

resource "aws_launch_template" "v65" {
  capacity_reservation_specification {
    capacity_reservation_preference = "a"
  }
}

resource "aws_launch_template" "v66" {
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arn = "X!"
    }
  }
}

resource "aws_launch_template" "v67" {
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arn = "10.0.0.0/33"
    }
  }
}

resource "aws_launch_template" "v68" {
  credit_specification {
    cpu_credits = ""
  }
}

resource "aws_launch_template" "v69" {
  elastic_gpu_specifications {
    type = "ingress"
  }
}

resource "aws_launch_template" "v70" {
  iam_instance_profile {
    arn = "10.0.0.1/8"
  }
}

resource "aws_launch_template" "v71" {
  iam_instance_profile {
    arn = "arn:"
  }
}

resource "aws_launch_template" "v72" {
  iam_instance_profile {
    arn = "[]"
  }
}

resource "aws_launch_template" "v73" {
  instance_market_options {
    market_type = ""
  }
}

resource "aws_launch_template" "v74" {
  instance_market_options {
    spot_options {
      block_duration_minutes = 1
    }
  }
}

resource "aws_launch_template" "v75" {
  instance_market_options {
    spot_options {
      block_duration_minutes = 65536
    }
  }
}

resource "aws_launch_template" "v76" {
  instance_market_options {
    spot_options {
      instance_interruption_behavior = "x"
    }
  }
}

resource "aws_launch_template" "v77" {
  instance_market_options {
    spot_options {
      spot_instance_type = ""
    }
  }
}

resource "aws_launch_template" "v78" {
  instance_market_options {
    spot_options {
      valid_until = "a"
    }
  }
}

resource "aws_launch_template" "v79" {
  instance_market_options {
    spot_options {
      valid_until = "10.0.0.1/8"
    }
  }
}

resource "aws_launch_template" "v80" {
  license_specification {
    license_configuration_arn = "10.0.0.0/8"
  }
}

resource "aws_launch_template" "v81" {
  license_specification {
    license_configuration_arn = "\"x\""
  }
}

resource "aws_launch_template" "v82" {
  maintenance_options {
    auto_recovery = "x"
  }
}

resource "aws_launch_template" "v83" {
  metadata_options {
    http_endpoint = "a"
  }
}

resource "aws_launch_template" "v84" {
  metadata_options {
    http_put_response_hop_limit = 0
  }
}

resource "aws_launch_template" "v85" {
  metadata_options {
    http_tokens = "a"
  }
}

resource "aws_launch_template" "v86" {
  network_interfaces {
    associate_carrier_ip_address = "10.0.0.0/8"
  }
}

resource "aws_launch_template" "v87" {
  network_interfaces {
    associate_carrier_ip_address = "arn:aws:iam::123456789012:role/x"
  }
}

resource "aws_launch_template" "v88" {
  network_interfaces {
    associate_carrier_ip_address = "\"x\""
  }
}

resource "aws_launch_template" "v89" {
  network_interfaces {
    associate_carrier_ip_address = "TCP"
  }
}

resource "aws_launch_template" "v90" {
  network_interfaces {
    associate_carrier_ip_address = "sg-1"
  }
}

resource "aws_launch_template" "v91" {
  network_interfaces {
    associate_carrier_ip_address = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_launch_template" "v92" {
  network_interfaces {
    associate_public_ip_address = "X!"
  }
}

resource "aws_launch_template" "v93" {
  network_interfaces {
    associate_public_ip_address = "10.0.0.0/33"
  }
}

resource "aws_launch_template" "v94" {
  network_interfaces {
    associate_public_ip_address = "{\"a\":1,\"a\":2}"
  }
}

resource "aws_launch_template" "v95" {
  network_interfaces {
    associate_public_ip_address = "0"
  }
}

resource "aws_launch_template" "v96" {
  network_interfaces {
    associate_public_ip_address = "é"
  }
}

resource "aws_launch_template" "v97" {
  network_interfaces {
    associate_public_ip_address = "aws:foo"
  }
}

resource "aws_launch_template" "v98" {
  network_interfaces {
    delete_on_termination = "a"
  }
}

resource "aws_launch_template" "v99" {
  network_interfaces {
    delete_on_termination = "10.0.0.1/8"
  }
}

resource "aws_launch_template" "v100" {
  network_interfaces {
    delete_on_termination = "arn:"
  }
}

resource "aws_launch_template" "v101" {
  network_interfaces {
    delete_on_termination = "[]"
  }
}

resource "aws_launch_template" "v102" {
  network_interfaces {
    delete_on_termination = "1h"
  }
}

resource "aws_launch_template" "v103" {
  network_interfaces {
    delete_on_termination = "lt-A!"
  }
}

resource "aws_launch_template" "v104" {
  network_interfaces {
    delete_on_termination = "t"
  }
}

resource "aws_launch_template" "v105" {
  network_interfaces {
    ipv4_addresses = ["a"]
  }
}

resource "aws_launch_template" "v106" {
  network_interfaces {
    ipv4_addresses = ["10.0.0.1/8"]
  }
}

resource "aws_launch_template" "v107" {
  network_interfaces {
    ipv4_prefixes = ["a/b"]
  }
}

resource "aws_launch_template" "v108" {
  network_interfaces {
    ipv4_prefixes = ["::1"]
  }
}

resource "aws_launch_template" "v109" {
  network_interfaces {
    ipv4_prefixes = ["{\"a\""]
  }
}

resource "aws_launch_template" "v110" {
  network_interfaces {
    ipv4_prefixes = ["1.5"]
  }
}

resource "aws_launch_template" "v111" {
  network_interfaces {
    ipv4_prefixes = ["2020-01-01"]
  }
}

resource "aws_launch_template" "v112" {
  network_interfaces {
    ipv4_prefixes = ["true"]
  }
}

resource "aws_launch_template" "v113" {
  network_interfaces {
    ipv6_addresses = ["X!"]
  }
}

resource "aws_launch_template" "v114" {
  network_interfaces {
    ipv6_addresses = ["10.0.0.0/33"]
  }
}

resource "aws_launch_template" "v115" {
  network_interfaces {
    ipv6_prefixes = ["x"]
  }
}

resource "aws_launch_template" "v116" {
  network_interfaces {
    ipv6_prefixes = ["fd00::1/8"]
  }
}

resource "aws_launch_template" "v117" {
  network_interfaces {
    ipv6_prefixes = ["arn:a!:iam:zz:12:"]
  }
}

resource "aws_launch_template" "v118" {
  network_interfaces {
    ipv6_prefixes = ["-1"]
  }
}

resource "aws_launch_template" "v119" {
  network_interfaces {
    ipv6_prefixes = ["a b"]
  }
}

resource "aws_launch_template" "v120" {
  network_interfaces {
    ipv6_prefixes = ["[a"]
  }
}

resource "aws_launch_template" "v121" {
  network_interfaces {
    ipv6_prefixes = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]
  }
}

resource "aws_launch_template" "v122" {
  network_interfaces {
    primary_ipv6 = "10.0.0.0/8"
  }
}

resource "aws_launch_template" "v123" {
  network_interfaces {
    primary_ipv6 = "arn:aws:iam::123456789012:role/x"
  }
}

resource "aws_launch_template" "v124" {
  network_interfaces {
    primary_ipv6 = "\"x\""
  }
}

resource "aws_launch_template" "v125" {
  network_interfaces {
    primary_ipv6 = "TCP"
  }
}

resource "aws_launch_template" "v126" {
  network_interfaces {
    primary_ipv6 = "sg-1"
  }
}

resource "aws_launch_template" "v127" {
  network_interfaces {
    primary_ipv6 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_launch_template" "v128" {
  network_interfaces {
    private_ip_address = "X!"
  }
}

resource "aws_launch_template" "v129" {
  network_interfaces {
    private_ip_address = "10.0.0.0/33"
  }
}

resource "aws_launch_template" "v130" {
  network_interfaces {
    connection_tracking_specification {
      tcp_established_timeout = 1
    }
  }
}

resource "aws_launch_template" "v131" {
  network_interfaces {
    connection_tracking_specification {
      udp_stream_timeout = -1
    }
  }
}

resource "aws_launch_template" "v132" {
  network_interfaces {
    connection_tracking_specification {
      udp_stream_timeout = 181
    }
  }
}

resource "aws_launch_template" "v133" {
  placement {
    host_resource_group_arn = "a"
  }
}

resource "aws_launch_template" "v134" {
  placement {
    host_resource_group_arn = "10.0.0.1/8"
  }
}

resource "aws_launch_template" "v135" {
  placement {
    host_resource_group_arn = "arn:"
  }
}

resource "aws_launch_template" "v136" {
  private_dns_name_options {
    hostname_type = "x"
  }
}

resource "aws_launch_template" "v137" {
  tag_specifications {
    resource_type = "a"
  }
}

resource "aws_launch_template" "v138" {
  security_group_names   = ["a"]
  vpc_security_group_ids = ["a"]
}

resource "aws_launch_template" "v139" {
  credit_specification {}
  credit_specification {}
}

resource "aws_launch_template" "v140" {
  iam_instance_profile {}
  iam_instance_profile {}
}

resource "aws_launch_template" "v141" {
  metadata_options {}
  metadata_options {}
}
