resource "aws_instance" "v0" {
  ami           = "ami-1"
  instance_type = "t3.micro"
}

resource "aws_instance" "v1" {}

resource "aws_instance" "v2" {
  ami           = "a"
  instance_type = "t3.micro"
}

resource "aws_instance" "v3" {
  ami           = ""
  instance_type = "t3.micro"
}

resource "aws_instance" "v4" {
  ami           = "é"
  instance_type = "t3.micro"
}

resource "aws_instance" "v5" {
  ami                         = "ami-1"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
}

resource "aws_instance" "v6" {
  ami               = "ami-1"
  instance_type     = "t3.micro"
  availability_zone = "a"
}

resource "aws_instance" "v7" {
  ami               = "ami-1"
  instance_type     = "t3.micro"
  availability_zone = ""
}

resource "aws_instance" "v8" {
  ami               = "ami-1"
  instance_type     = "t3.micro"
  availability_zone = "é"
}

resource "aws_instance" "v9" {
  ami            = "ami-1"
  instance_type  = "t3.micro"
  cpu_core_count = 1
}

resource "aws_instance" "v10" {
  ami            = "ami-1"
  instance_type  = "t3.micro"
  cpu_core_count = -2
}

resource "aws_instance" "v11" {
  ami            = "ami-1"
  instance_type  = "t3.micro"
  cpu_core_count = 0.5
}

resource "aws_instance" "v12" {
  ami                  = "ami-1"
  instance_type        = "t3.micro"
  cpu_threads_per_core = 1
}

resource "aws_instance" "v13" {
  ami                  = "ami-1"
  instance_type        = "t3.micro"
  cpu_threads_per_core = -2
}

resource "aws_instance" "v14" {
  ami                  = "ami-1"
  instance_type        = "t3.micro"
  cpu_threads_per_core = 0.5
}

resource "aws_instance" "v15" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  disable_api_stop = true
}

resource "aws_instance" "v16" {
  ami                     = "ami-1"
  instance_type           = "t3.micro"
  disable_api_termination = true
}

resource "aws_instance" "v17" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  ebs_optimized = true
}

resource "aws_instance" "v18" {
  ami                 = "ami-1"
  instance_type       = "t3.micro"
  enable_primary_ipv6 = true
}

resource "aws_instance" "v19" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  hibernation   = true
}

resource "aws_instance" "v20" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  host_id       = "a"
}

resource "aws_instance" "v21" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  id            = "a"
}

resource "aws_instance" "v22" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  id            = ""
}

resource "aws_instance" "v23" {
  ami                = "ami-1"
  instance_type      = "t3.micro"
  ipv6_address_count = 0.5
}

resource "aws_instance" "v24" {
  ami            = "ami-1"
  instance_type  = "t3.micro"
  ipv6_addresses = ["a"]
}

resource "aws_instance" "v25" {
  ami            = "ami-1"
  instance_type  = "t3.micro"
  ipv6_addresses = [""]
}

resource "aws_instance" "v26" {
  ami                        = "ami-1"
  instance_type              = "t3.micro"
  placement_partition_number = 0.5
}

resource "aws_instance" "v27" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  private_ip    = "a"
}

resource "aws_instance" "v28" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  private_ip    = ""
}

resource "aws_instance" "v29" {
  ami                   = "ami-1"
  instance_type         = "t3.micro"
  secondary_private_ips = ["a"]
}

resource "aws_instance" "v30" {
  ami                   = "ami-1"
  instance_type         = "t3.micro"
  secondary_private_ips = [""]
}

resource "aws_instance" "v31" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  tenancy       = "a"
}

resource "aws_instance" "v32" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  tenancy       = ""
}

resource "aws_instance" "v33" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "a"
}

resource "aws_instance" "v34" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "x"
}

resource "aws_instance" "v35" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "X!"
}

resource "aws_instance" "v36" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "a/b"
}

resource "aws_instance" "v37" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "10.0.0.1/8"
}

resource "aws_instance" "v38" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "10.0.0.0/8"
}

resource "aws_instance" "v39" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "fd00::1/8"
}

resource "aws_instance" "v40" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "10.0.0.0/33"
}

resource "aws_instance" "v41" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "::1"
}

resource "aws_instance" "v42" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "arn:"
}

resource "aws_instance" "v43" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "arn:aws:iam::123456789012:role/x"
}

resource "aws_instance" "v44" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "arn:a!:iam:zz:12:"
}

resource "aws_instance" "v45" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "{\"a\":1,\"a\":2}"
}

resource "aws_instance" "v46" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "{\"a\""
}

resource "aws_instance" "v47" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "[]"
}

resource "aws_instance" "v48" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "\"x\""
}

resource "aws_instance" "v49" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "-1"
}

resource "aws_instance" "v50" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "0"
}

resource "aws_instance" "v51" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "1.5"
}

resource "aws_instance" "v52" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "1h"
}

resource "aws_instance" "v53" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "TCP"
}

resource "aws_instance" "v54" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "a b"
}

resource "aws_instance" "v55" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "é"
}

resource "aws_instance" "v56" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "2020-01-01"
}

resource "aws_instance" "v57" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "lt-A!"
}

resource "aws_instance" "v58" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "sg-1"
}

resource "aws_instance" "v59" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "[a"
}

resource "aws_instance" "v60" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "aws:foo"
}

resource "aws_instance" "v61" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "t"
}

resource "aws_instance" "v62" {
  ami              = "ami-1"
  instance_type    = "t3.micro"
  user_data_base64 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_instance" "v63" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  capacity_reservation_specification {}
}

resource "aws_instance" "v64" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  capacity_reservation_specification {
    capacity_reservation_preference = "a"
  }
}

resource "aws_instance" "v65" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  capacity_reservation_specification {
    capacity_reservation_preference = ""
  }
}

resource "aws_instance" "v66" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arn = "a"
    }
  }
}

resource "aws_instance" "v67" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arn = "x"
    }
  }
}

resource "aws_instance" "v68" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arn = "arn:"
    }
  }
}

resource "aws_instance" "v69" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arn = "arn:a!:iam:zz:12:"
    }
  }
}

resource "aws_instance" "v70" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  cpu_options {
    amd_sev_snp = "a"
  }
}

resource "aws_instance" "v71" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  cpu_options {
    amd_sev_snp = ""
  }
}

resource "aws_instance" "v72" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  credit_specification {
    cpu_credits = "a"
  }
}

resource "aws_instance" "v73" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  credit_specification {
    cpu_credits = ""
  }
}

resource "aws_instance" "v74" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  ebs_block_device {
    device_name = "a"
    volume_type = "a"
  }
}

resource "aws_instance" "v75" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  ebs_block_device {
    device_name = "a"
    volume_type = ""
  }
}

resource "aws_instance" "v76" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  instance_market_options {
    market_type = "a"
  }
}

resource "aws_instance" "v77" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  instance_market_options {
    market_type = ""
  }
}

resource "aws_instance" "v78" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  instance_market_options {
    spot_options {
      instance_interruption_behavior = "a"
    }
  }
}

resource "aws_instance" "v79" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  instance_market_options {
    spot_options {
      instance_interruption_behavior = ""
    }
  }
}

resource "aws_instance" "v80" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  instance_market_options {
    spot_options {
      spot_instance_type = "a"
    }
  }
}

resource "aws_instance" "v81" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  instance_market_options {
    spot_options {
      spot_instance_type = ""
    }
  }
}

resource "aws_instance" "v82" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  instance_market_options {
    spot_options {
      valid_until = "a"
    }
  }
}

resource "aws_instance" "v83" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  instance_market_options {
    spot_options {
      valid_until = ""
    }
  }
}

resource "aws_instance" "v84" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {}
}

resource "aws_instance" "v85" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "a"
  }
}

resource "aws_instance" "v86" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = ""
  }
}

resource "aws_instance" "v87" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "x"
  }
}

resource "aws_instance" "v88" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "X!"
  }
}

resource "aws_instance" "v89" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "a/b"
  }
}

resource "aws_instance" "v90" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "10.0.0.1/8"
  }
}

resource "aws_instance" "v91" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "10.0.0.0/8"
  }
}

resource "aws_instance" "v92" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "fd00::1/8"
  }
}

resource "aws_instance" "v93" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "10.0.0.0/33"
  }
}

resource "aws_instance" "v94" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "::1"
  }
}

resource "aws_instance" "v95" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "arn:"
  }
}

resource "aws_instance" "v96" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "arn:aws:iam::123456789012:role/x"
  }
}

resource "aws_instance" "v97" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "arn:a!:iam:zz:12:"
  }
}

resource "aws_instance" "v98" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "{\"a\":1,\"a\":2}"
  }
}

resource "aws_instance" "v99" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "{\"a\""
  }
}

resource "aws_instance" "v100" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "[]"
  }
}

resource "aws_instance" "v101" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "\"x\""
  }
}

resource "aws_instance" "v102" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "-1"
  }
}

resource "aws_instance" "v103" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "0"
  }
}

resource "aws_instance" "v104" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "1.5"
  }
}

resource "aws_instance" "v105" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "1h"
  }
}

resource "aws_instance" "v106" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "TCP"
  }
}

resource "aws_instance" "v107" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "a b"
  }
}

resource "aws_instance" "v108" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "é"
  }
}

resource "aws_instance" "v109" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "2020-01-01"
  }
}

resource "aws_instance" "v110" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "lt-A!"
  }
}

resource "aws_instance" "v111" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "sg-1"
  }
}

resource "aws_instance" "v112" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "[a"
  }
}

resource "aws_instance" "v113" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "aws:foo"
  }
}

resource "aws_instance" "v114" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "true"
  }
}

resource "aws_instance" "v115" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "t"
  }
}

resource "aws_instance" "v116" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_instance" "v117" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    id = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_instance" "v118" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    name = "a"
  }
}

resource "aws_instance" "v119" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    name = ""
  }
}

resource "aws_instance" "v120" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    name = "fd00::1/8"
  }
}

resource "aws_instance" "v121" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    name = "::1"
  }
}

resource "aws_instance" "v122" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_instance" "v123" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    version = "a"
  }
}

resource "aws_instance" "v124" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    version = ""
  }
}

resource "aws_instance" "v125" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {
    version = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_instance" "v126" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  maintenance_options {
    auto_recovery = "a"
  }
}

resource "aws_instance" "v127" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  maintenance_options {
    auto_recovery = ""
  }
}

resource "aws_instance" "v128" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {
    http_endpoint = "a"
  }
}

resource "aws_instance" "v129" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {
    http_endpoint = ""
  }
}

resource "aws_instance" "v130" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {
    http_protocol_ipv6 = "a"
  }
}

resource "aws_instance" "v131" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {
    http_protocol_ipv6 = ""
  }
}

resource "aws_instance" "v132" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {
    http_put_response_hop_limit = -2
  }
}

resource "aws_instance" "v133" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {
    http_put_response_hop_limit = -1
  }
}

resource "aws_instance" "v134" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens = "a"
  }
}

resource "aws_instance" "v135" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens = ""
  }
}

resource "aws_instance" "v136" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {
    instance_metadata_tags = "a"
  }
}

resource "aws_instance" "v137" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {
    instance_metadata_tags = ""
  }
}

resource "aws_instance" "v138" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  private_dns_name_options {
    hostname_type = "a"
  }
}

resource "aws_instance" "v139" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  private_dns_name_options {
    hostname_type = ""
  }
}

resource "aws_instance" "v140" {
  ami            = "a"
  cpu_core_count = 1
}

resource "aws_instance" "v141" {
  ami                  = "a"
  cpu_threads_per_core = 1
}

resource "aws_instance" "v142" {
  ami                     = "a"
  host_resource_group_arn = "a"
}

resource "aws_instance" "v143" {
  ami                = "a"
  ipv6_address_count = 1
}

resource "aws_instance" "v144" {
  ami            = "a"
  ipv6_addresses = ["a"]
}

resource "aws_instance" "v145" {
  ami              = "a"
  user_data_base64 = "a"
}

resource "aws_instance" "v146" {
  capacity_reservation_specification {
    capacity_reservation_preference = "a"
    capacity_reservation_target {}
  }
}

resource "aws_instance" "v147" {
  capacity_reservation_specification {
    capacity_reservation_preference = "a"
    capacity_reservation_target {
      capacity_reservation_id = "a"
    }
  }
}

resource "aws_instance" "v148" {
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_id = "a"
    }
  }
}

resource "aws_instance" "v149" {
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arn = "a"
    }
  }
}

resource "aws_instance" "v150" {
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_id                 = "a"
      capacity_reservation_resource_group_arn = "a"
    }
  }
}

resource "aws_instance" "v151" {
  cpu_core_count       = 1
  cpu_threads_per_core = 1
}

resource "aws_instance" "v152" {
  cpu_core_count          = 1
  host_resource_group_arn = "a"
}

resource "aws_instance" "v153" {
  cpu_core_count = 1
  instance_type  = "a"
}

resource "aws_instance" "v154" {
  cpu_core_count     = 1
  ipv6_address_count = 1
}

resource "aws_instance" "v155" {
  cpu_core_count = 1
  ipv6_addresses = ["a"]
}

resource "aws_instance" "v156" {
  cpu_core_count = 1
  launch_template {}
}

resource "aws_instance" "v157" {
  cpu_core_count   = 1
  user_data_base64 = "a"
}

resource "aws_instance" "v158" {
  cpu_threads_per_core    = 1
  host_resource_group_arn = "a"
}

resource "aws_instance" "v159" {
  cpu_threads_per_core = 1
  instance_type        = "a"
}

resource "aws_instance" "v160" {
  cpu_threads_per_core = 1
  ipv6_address_count   = 1
}

resource "aws_instance" "v161" {
  cpu_threads_per_core = 1
  ipv6_addresses       = ["a"]
}

resource "aws_instance" "v162" {
  cpu_threads_per_core = 1
  launch_template {}
}

resource "aws_instance" "v163" {
  cpu_threads_per_core = 1
  user_data_base64     = "a"
}

resource "aws_instance" "v164" {
  host_resource_group_arn = "a"
  instance_type           = "a"
}

resource "aws_instance" "v165" {
  host_resource_group_arn = "a"
  ipv6_addresses          = ["a"]
}

resource "aws_instance" "v166" {
  host_resource_group_arn = "a"
  placement_group         = "a"
}

resource "aws_instance" "v167" {
  host_resource_group_arn = "a"
  user_data_base64        = "a"
}

resource "aws_instance" "v168" {
  instance_type  = "a"
  ipv6_addresses = ["a"]
}

resource "aws_instance" "v169" {
  instance_type    = "a"
  user_data_base64 = "a"
}

resource "aws_instance" "v170" {
  ipv6_address_count = 1
  ipv6_addresses     = ["a"]
}

resource "aws_instance" "v171" {
  ipv6_address_count = 1
  network_interface {
    device_index         = 1
    network_interface_id = "a"
  }
}

resource "aws_instance" "v172" {
  ipv6_addresses = ["a"]
  launch_template {}
}

resource "aws_instance" "v173" {
  ipv6_addresses = ["a"]
  network_interface {
    device_index         = 1
    network_interface_id = "a"
  }
}

resource "aws_instance" "v174" {
  ipv6_addresses   = ["a"]
  user_data_base64 = "a"
}

resource "aws_instance" "v175" {
  launch_template {}
  user_data_base64 = "a"
}

resource "aws_instance" "v176" {
  launch_template {
    id   = "a"
    name = "a"
  }
}

resource "aws_instance" "v177" {
  user_data        = "a"
  user_data_base64 = "a"
}

resource "aws_instance" "v178" {
  ami                     = "a"
  cpu_core_count          = 1
  cpu_threads_per_core    = 1
  host_resource_group_arn = "a"
  instance_type           = "a"
  ipv6_address_count      = 1
  ipv6_addresses          = ["a"]
  launch_template {}
  network_interface {
    device_index         = 1
    network_interface_id = "a"
  }
  placement_group  = "a"
  user_data        = "a"
  user_data_base64 = "a"
}

resource "aws_instance" "v179" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  capacity_reservation_specification {}
  capacity_reservation_specification {}
}

resource "aws_instance" "v180" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  cpu_options {}
  cpu_options {}
}

resource "aws_instance" "v181" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  credit_specification {}
  credit_specification {}
}

resource "aws_instance" "v182" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  enclave_options {}
  enclave_options {}
}

resource "aws_instance" "v183" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  instance_market_options {}
  instance_market_options {}
}

resource "aws_instance" "v184" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  launch_template {}
  launch_template {}
}

resource "aws_instance" "v185" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  maintenance_options {}
  maintenance_options {}
}

resource "aws_instance" "v186" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  metadata_options {}
  metadata_options {}
}

resource "aws_instance" "v187" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  private_dns_name_options {}
  private_dns_name_options {}
}

resource "aws_instance" "v188" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  root_block_device {}
  root_block_device {}
}
