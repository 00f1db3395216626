resource "aws_autoscaling_group" "v0" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
}

resource "aws_autoscaling_group" "v1" {
  max_size = 1
  min_size = 1
}

resource "aws_autoscaling_group" "v2" {}

resource "aws_autoscaling_group" "v3" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  availability_zones = ["a"]
}

resource "aws_autoscaling_group" "v4" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  availability_zones = [""]
}

resource "aws_autoscaling_group" "v5" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  availability_zones = ["é"]
}

resource "aws_autoscaling_group" "v6" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  capacity_rebalance = true
}

resource "aws_autoscaling_group" "v7" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  context = "a"
}

resource "aws_autoscaling_group" "v8" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  context = ""
}

resource "aws_autoscaling_group" "v9" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  context = "é"
}

resource "aws_autoscaling_group" "v10" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  default_cooldown = 1
}

resource "aws_autoscaling_group" "v11" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  default_cooldown = -2
}

resource "aws_autoscaling_group" "v12" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  default_cooldown = -1
}

resource "aws_autoscaling_group" "v13" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  default_cooldown = 0
}

resource "aws_autoscaling_group" "v14" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  default_cooldown = 256
}

resource "aws_autoscaling_group" "v15" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  default_cooldown = 65536
}

resource "aws_autoscaling_group" "v16" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  default_cooldown = 0.5
}

resource "aws_autoscaling_group" "v17" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  default_instance_warmup = 0.5
}

resource "aws_autoscaling_group" "v18" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  desired_capacity_type = "a"
}

resource "aws_autoscaling_group" "v19" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  desired_capacity_type = ""
}

resource "aws_autoscaling_group" "v20" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  id = "a"
}

resource "aws_autoscaling_group" "v21" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  id = ""
}

resource "aws_autoscaling_group" "v22" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  launch_configuration = "a"
}

resource "aws_autoscaling_group" "v23" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  launch_configuration = ""
}

resource "aws_autoscaling_group" "v24" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_autoscaling_group" "v25" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_autoscaling_group" "v26" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  name_prefix = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_autoscaling_group" "v27" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  name_prefix = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_autoscaling_group" "v28" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "a"
}

resource "aws_autoscaling_group" "v29" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = ""
}

resource "aws_autoscaling_group" "v30" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "x"
}

resource "aws_autoscaling_group" "v31" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "X!"
}

resource "aws_autoscaling_group" "v32" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "a/b"
}

resource "aws_autoscaling_group" "v33" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "10.0.0.1/8"
}

resource "aws_autoscaling_group" "v34" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "10.0.0.0/8"
}

resource "aws_autoscaling_group" "v35" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "fd00::1/8"
}

resource "aws_autoscaling_group" "v36" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "10.0.0.0/33"
}

resource "aws_autoscaling_group" "v37" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "::1"
}

resource "aws_autoscaling_group" "v38" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "arn:"
}

resource "aws_autoscaling_group" "v39" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "arn:aws:iam::123456789012:role/x"
}

resource "aws_autoscaling_group" "v40" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "arn:a!:iam:zz:12:"
}

resource "aws_autoscaling_group" "v41" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "{\"a\":1,\"a\":2}"
}

resource "aws_autoscaling_group" "v42" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "{\"a\""
}

resource "aws_autoscaling_group" "v43" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "[]"
}

resource "aws_autoscaling_group" "v44" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "\"x\""
}

resource "aws_autoscaling_group" "v45" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "-1"
}

resource "aws_autoscaling_group" "v46" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "1.5"
}

resource "aws_autoscaling_group" "v47" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "TCP"
}

resource "aws_autoscaling_group" "v48" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "a b"
}

resource "aws_autoscaling_group" "v49" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "é"
}

resource "aws_autoscaling_group" "v50" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "2020-01-01"
}

resource "aws_autoscaling_group" "v51" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "lt-A!"
}

resource "aws_autoscaling_group" "v52" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "sg-1"
}

resource "aws_autoscaling_group" "v53" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "[a"
}

resource "aws_autoscaling_group" "v54" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "aws:foo"
}

resource "aws_autoscaling_group" "v55" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "true"
}

resource "aws_autoscaling_group" "v56" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "t"
}

resource "aws_autoscaling_group" "v57" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_autoscaling_group" "v58" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  wait_for_capacity_timeout = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_autoscaling_group" "v59" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  availability_zone_distribution {
    capacity_distribution_strategy = "a"
  }
}

resource "aws_autoscaling_group" "v60" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  availability_zone_distribution {
    capacity_distribution_strategy = ""
  }
}

resource "aws_autoscaling_group" "v61" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  capacity_reservation_specification {
    capacity_reservation_preference = "a"
  }
}

resource "aws_autoscaling_group" "v62" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  capacity_reservation_specification {
    capacity_reservation_preference = ""
  }
}

resource "aws_autoscaling_group" "v63" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arns = ["a"]
    }
  }
}

resource "aws_autoscaling_group" "v64" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arns = ["x"]
    }
  }
}

resource "aws_autoscaling_group" "v65" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arns = ["arn:"]
    }
  }
}

resource "aws_autoscaling_group" "v66" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arns = ["arn:a!:iam:zz:12:"]
    }
  }
}

resource "aws_autoscaling_group" "v67" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "a"
  }
}

resource "aws_autoscaling_group" "v68" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "a"
    default_result       = "a"
  }
}

resource "aws_autoscaling_group" "v69" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "a"
    default_result       = ""
  }
}

resource "aws_autoscaling_group" "v70" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "a"
    default_result       = "ABANDON"
  }
}

resource "aws_autoscaling_group" "v71" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "a"
    heartbeat_timeout    = 1
  }
}

resource "aws_autoscaling_group" "v72" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "a"
    heartbeat_timeout    = -2
  }
}

resource "aws_autoscaling_group" "v73" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = ""
  }
}

resource "aws_autoscaling_group" "v74" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "[]"
  }
}

resource "aws_autoscaling_group" "v75" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "é"
  }
}

resource "aws_autoscaling_group" "v76" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_autoscaling_group" "v77" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_autoscaling_group" "v78" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition    = "a"
    name                    = "a"
    notification_target_arn = "a"
  }
}

resource "aws_autoscaling_group" "v79" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition    = "a"
    name                    = "a"
    notification_target_arn = "x"
  }
}

resource "aws_autoscaling_group" "v80" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition    = "a"
    name                    = "a"
    notification_target_arn = "arn:"
  }
}

resource "aws_autoscaling_group" "v81" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition    = "a"
    name                    = "a"
    notification_target_arn = "arn:a!:iam:zz:12:"
  }
}

resource "aws_autoscaling_group" "v82" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "a"
    role_arn             = "a"
  }
}

resource "aws_autoscaling_group" "v83" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "a"
    role_arn             = "x"
  }
}

resource "aws_autoscaling_group" "v84" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "a"
    role_arn             = "arn:"
  }
}

resource "aws_autoscaling_group" "v85" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  initial_lifecycle_hook {
    lifecycle_transition = "a"
    name                 = "a"
    role_arn             = "arn:a!:iam:zz:12:"
  }
}

resource "aws_autoscaling_group" "v86" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_maintenance_policy {
    max_healthy_percentage = 1
    min_healthy_percentage = 1
  }
}

resource "aws_autoscaling_group" "v87" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_maintenance_policy {
    max_healthy_percentage = -2
    min_healthy_percentage = 1
  }
}

resource "aws_autoscaling_group" "v88" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_maintenance_policy {
    max_healthy_percentage = 1
    min_healthy_percentage = -2
  }
}

resource "aws_autoscaling_group" "v89" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_maintenance_policy {
    max_healthy_percentage = 1
    min_healthy_percentage = 1000000000
  }
}

resource "aws_autoscaling_group" "v90" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_maintenance_policy {
    max_healthy_percentage = 1
    min_healthy_percentage = 0.5
  }
}

resource "aws_autoscaling_group" "v91" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
  }
}

resource "aws_autoscaling_group" "v92" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = ""
  }
}

resource "aws_autoscaling_group" "v93" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["a"]
  }
}

resource "aws_autoscaling_group" "v94" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = [""]
  }
}

resource "aws_autoscaling_group" "v95" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["x"]
  }
}

resource "aws_autoscaling_group" "v96" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["X!"]
  }
}

resource "aws_autoscaling_group" "v97" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["a/b"]
  }
}

resource "aws_autoscaling_group" "v98" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["10.0.0.1/8"]
  }
}

resource "aws_autoscaling_group" "v99" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["10.0.0.0/8"]
  }
}

resource "aws_autoscaling_group" "v100" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["fd00::1/8"]
  }
}

resource "aws_autoscaling_group" "v101" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["10.0.0.0/33"]
  }
}

resource "aws_autoscaling_group" "v102" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["::1"]
  }
}

resource "aws_autoscaling_group" "v103" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["arn:"]
  }
}

resource "aws_autoscaling_group" "v104" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["arn:aws:iam::123456789012:role/x"]
  }
}

resource "aws_autoscaling_group" "v105" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["arn:a!:iam:zz:12:"]
  }
}

resource "aws_autoscaling_group" "v106" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["{\"a\":1,\"a\":2}"]
  }
}

resource "aws_autoscaling_group" "v107" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["{\"a\""]
  }
}

resource "aws_autoscaling_group" "v108" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["[]"]
  }
}

resource "aws_autoscaling_group" "v109" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["\"x\""]
  }
}

resource "aws_autoscaling_group" "v110" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["-1"]
  }
}

resource "aws_autoscaling_group" "v111" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["0"]
  }
}

resource "aws_autoscaling_group" "v112" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["1.5"]
  }
}

resource "aws_autoscaling_group" "v113" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["1h"]
  }
}

resource "aws_autoscaling_group" "v114" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["TCP"]
  }
}

resource "aws_autoscaling_group" "v115" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["a b"]
  }
}

resource "aws_autoscaling_group" "v116" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["é"]
  }
}

resource "aws_autoscaling_group" "v117" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["2020-01-01"]
  }
}

resource "aws_autoscaling_group" "v118" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["lt-A!"]
  }
}

resource "aws_autoscaling_group" "v119" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["sg-1"]
  }
}

resource "aws_autoscaling_group" "v120" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["[a"]
  }
}

resource "aws_autoscaling_group" "v121" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["aws:foo"]
  }
}

resource "aws_autoscaling_group" "v122" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["true"]
  }
}

resource "aws_autoscaling_group" "v123" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["t"]
  }
}

resource "aws_autoscaling_group" "v124" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]
  }
}

resource "aws_autoscaling_group" "v125" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    triggers = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]
  }
}

resource "aws_autoscaling_group" "v126" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "a"
    }
  }
}

resource "aws_autoscaling_group" "v127" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "x"
    }
  }
}

resource "aws_autoscaling_group" "v128" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "X!"
    }
  }
}

resource "aws_autoscaling_group" "v129" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "a/b"
    }
  }
}

resource "aws_autoscaling_group" "v130" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "10.0.0.1/8"
    }
  }
}

resource "aws_autoscaling_group" "v131" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "10.0.0.0/8"
    }
  }
}

resource "aws_autoscaling_group" "v132" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "fd00::1/8"
    }
  }
}

resource "aws_autoscaling_group" "v133" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "10.0.0.0/33"
    }
  }
}

resource "aws_autoscaling_group" "v134" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "::1"
    }
  }
}

resource "aws_autoscaling_group" "v135" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "arn:"
    }
  }
}

resource "aws_autoscaling_group" "v136" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "arn:aws:iam::123456789012:role/x"
    }
  }
}

resource "aws_autoscaling_group" "v137" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "arn:a!:iam:zz:12:"
    }
  }
}

resource "aws_autoscaling_group" "v138" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "{\"a\":1,\"a\":2}"
    }
  }
}

resource "aws_autoscaling_group" "v139" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "{\"a\""
    }
  }
}

resource "aws_autoscaling_group" "v140" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "[]"
    }
  }
}

resource "aws_autoscaling_group" "v141" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "\"x\""
    }
  }
}

resource "aws_autoscaling_group" "v142" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "-1"
    }
  }
}

resource "aws_autoscaling_group" "v143" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "1.5"
    }
  }
}

resource "aws_autoscaling_group" "v144" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "1h"
    }
  }
}

resource "aws_autoscaling_group" "v145" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "TCP"
    }
  }
}

resource "aws_autoscaling_group" "v146" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "a b"
    }
  }
}

resource "aws_autoscaling_group" "v147" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "é"
    }
  }
}

resource "aws_autoscaling_group" "v148" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "2020-01-01"
    }
  }
}

resource "aws_autoscaling_group" "v149" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "lt-A!"
    }
  }
}

resource "aws_autoscaling_group" "v150" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "sg-1"
    }
  }
}

resource "aws_autoscaling_group" "v151" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "[a"
    }
  }
}

resource "aws_autoscaling_group" "v152" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "aws:foo"
    }
  }
}

resource "aws_autoscaling_group" "v153" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "true"
    }
  }
}

resource "aws_autoscaling_group" "v154" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "t"
    }
  }
}

resource "aws_autoscaling_group" "v155" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_delay = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    }
  }
}

resource "aws_autoscaling_group" "v156" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      checkpoint_percentages = [0.5]
    }
  }
}

resource "aws_autoscaling_group" "v157" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "a"
    }
  }
}

resource "aws_autoscaling_group" "v158" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "x"
    }
  }
}

resource "aws_autoscaling_group" "v159" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "X!"
    }
  }
}

resource "aws_autoscaling_group" "v160" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "a/b"
    }
  }
}

resource "aws_autoscaling_group" "v161" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "10.0.0.1/8"
    }
  }
}

resource "aws_autoscaling_group" "v162" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "10.0.0.0/8"
    }
  }
}

resource "aws_autoscaling_group" "v163" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "fd00::1/8"
    }
  }
}

resource "aws_autoscaling_group" "v164" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "10.0.0.0/33"
    }
  }
}

resource "aws_autoscaling_group" "v165" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "::1"
    }
  }
}

resource "aws_autoscaling_group" "v166" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "arn:"
    }
  }
}

resource "aws_autoscaling_group" "v167" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "arn:aws:iam::123456789012:role/x"
    }
  }
}

resource "aws_autoscaling_group" "v168" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "arn:a!:iam:zz:12:"
    }
  }
}

resource "aws_autoscaling_group" "v169" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "{\"a\":1,\"a\":2}"
    }
  }
}

resource "aws_autoscaling_group" "v170" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "{\"a\""
    }
  }
}

resource "aws_autoscaling_group" "v171" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "[]"
    }
  }
}

resource "aws_autoscaling_group" "v172" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "\"x\""
    }
  }
}

resource "aws_autoscaling_group" "v173" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "-1"
    }
  }
}

resource "aws_autoscaling_group" "v174" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "1.5"
    }
  }
}

resource "aws_autoscaling_group" "v175" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "1h"
    }
  }
}

resource "aws_autoscaling_group" "v176" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "TCP"
    }
  }
}

resource "aws_autoscaling_group" "v177" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "a b"
    }
  }
}

resource "aws_autoscaling_group" "v178" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "é"
    }
  }
}

resource "aws_autoscaling_group" "v179" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "2020-01-01"
    }
  }
}

resource "aws_autoscaling_group" "v180" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "lt-A!"
    }
  }
}

resource "aws_autoscaling_group" "v181" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "sg-1"
    }
  }
}

resource "aws_autoscaling_group" "v182" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "[a"
    }
  }
}

resource "aws_autoscaling_group" "v183" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "aws:foo"
    }
  }
}

resource "aws_autoscaling_group" "v184" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "true"
    }
  }
}

resource "aws_autoscaling_group" "v185" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "t"
    }
  }
}

resource "aws_autoscaling_group" "v186" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      instance_warmup = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    }
  }
}

resource "aws_autoscaling_group" "v187" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      max_healthy_percentage = 1
    }
  }
}

resource "aws_autoscaling_group" "v188" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      min_healthy_percentage = -2
    }
  }
}

resource "aws_autoscaling_group" "v189" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      scale_in_protected_instances = "a"
    }
  }
}

resource "aws_autoscaling_group" "v190" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
    preferences {
      standby_instances = "a"
    }
  }
}

resource "aws_autoscaling_group" "v191" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "a"
  }
}

resource "aws_autoscaling_group" "v192" {
  max_size = 1
  min_size = 1
  launch_template {
    id = ""
  }
}

resource "aws_autoscaling_group" "v193" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "x"
  }
}

resource "aws_autoscaling_group" "v194" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "X!"
  }
}

resource "aws_autoscaling_group" "v195" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "a/b"
  }
}

resource "aws_autoscaling_group" "v196" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "10.0.0.1/8"
  }
}

resource "aws_autoscaling_group" "v197" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "10.0.0.0/8"
  }
}

resource "aws_autoscaling_group" "v198" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "fd00::1/8"
  }
}

resource "aws_autoscaling_group" "v199" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "10.0.0.0/33"
  }
}

resource "aws_autoscaling_group" "v200" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "::1"
  }
}

resource "aws_autoscaling_group" "v201" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "arn:"
  }
}

resource "aws_autoscaling_group" "v202" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "arn:aws:iam::123456789012:role/x"
  }
}

resource "aws_autoscaling_group" "v203" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "arn:a!:iam:zz:12:"
  }
}

resource "aws_autoscaling_group" "v204" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "{\"a\":1,\"a\":2}"
  }
}

resource "aws_autoscaling_group" "v205" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "{\"a\""
  }
}

resource "aws_autoscaling_group" "v206" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "[]"
  }
}

resource "aws_autoscaling_group" "v207" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "\"x\""
  }
}

resource "aws_autoscaling_group" "v208" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "-1"
  }
}

resource "aws_autoscaling_group" "v209" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "0"
  }
}

resource "aws_autoscaling_group" "v210" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "1.5"
  }
}

resource "aws_autoscaling_group" "v211" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "1h"
  }
}

resource "aws_autoscaling_group" "v212" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "TCP"
  }
}

resource "aws_autoscaling_group" "v213" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "a b"
  }
}

resource "aws_autoscaling_group" "v214" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "é"
  }
}

resource "aws_autoscaling_group" "v215" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "2020-01-01"
  }
}

resource "aws_autoscaling_group" "v216" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-A!"
  }
}

resource "aws_autoscaling_group" "v217" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "sg-1"
  }
}

resource "aws_autoscaling_group" "v218" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "[a"
  }
}

resource "aws_autoscaling_group" "v219" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "aws:foo"
  }
}

resource "aws_autoscaling_group" "v220" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "true"
  }
}

resource "aws_autoscaling_group" "v221" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "t"
  }
}

resource "aws_autoscaling_group" "v222" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_autoscaling_group" "v223" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_autoscaling_group" "v224" {
  max_size = 1
  min_size = 1
  launch_template {
    id   = "lt-0123"
    name = "a"
  }
}

resource "aws_autoscaling_group" "v225" {
  max_size = 1
  min_size = 1
  launch_template {
    id      = "lt-0123"
    version = ""
  }
}

resource "aws_autoscaling_group" "v226" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  mixed_instances_policy {
    launch_template {
      launch_template_specification {}
    }
  }
}

resource "aws_autoscaling_group" "v227" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  traffic_source {
    identifier = ""
  }
}

resource "aws_autoscaling_group" "v228" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  traffic_source {
    identifier = "a"
    type       = ""
  }
}

resource "aws_autoscaling_group" "v229" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  warm_pool {
    max_group_prepared_capacity = -2
  }
}

resource "aws_autoscaling_group" "v230" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  warm_pool {
    min_size = -2
  }
}

resource "aws_autoscaling_group" "v231" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  warm_pool {
    pool_state = "a"
  }
}

resource "aws_autoscaling_group" "v232" {
  max_size           = 1
  min_size           = 1
  availability_zones = ["a"]
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arns = ["a"]
    }
  }
}

resource "aws_autoscaling_group" "v233" {
  max_size           = 1
  min_size           = 1
  availability_zones = ["a"]
  launch_template {
    name = "a"
  }
}

resource "aws_autoscaling_group" "v234" {
  max_size            = 1
  min_size            = 1
  availability_zones  = ["a"]
  vpc_zone_identifier = ["a"]
}

resource "aws_autoscaling_group" "v235" {
  max_size = 1
  min_size = 1
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_ids                 = ["a"]
      capacity_reservation_resource_group_arns = ["a"]
    }
  }
}

resource "aws_autoscaling_group" "v236" {
  max_size = 1
  min_size = 1
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arns = ["a"]
    }
  }
  launch_template {
    id = "a"
  }
}

resource "aws_autoscaling_group" "v237" {
  max_size = 1
  min_size = 1
  capacity_reservation_specification {
    capacity_reservation_target {
      capacity_reservation_resource_group_arns = ["a"]
    }
  }
  launch_template {
    name = "a"
  }
}

resource "aws_autoscaling_group" "v238" {
  max_size             = 1
  min_size             = 1
  launch_configuration = "a"
  mixed_instances_policy {
    launch_template {
      launch_template_specification {}
    }
  }
}

resource "aws_autoscaling_group" "v239" {
  max_size       = 1
  min_size       = 1
  load_balancers = ["a"]
  traffic_source {
    identifier = "a"
  }
}

resource "aws_autoscaling_group" "v240" {
  max_size    = 1
  min_size    = 1
  name        = "a"
  name_prefix = "a"
}

resource "aws_autoscaling_group" "v241" {
  max_size          = 1
  min_size          = 1
  target_group_arns = ["a"]
  traffic_source {
    identifier = "a"
  }
}

resource "aws_autoscaling_group" "v242" {
  max_size             = 1
  min_size             = 1
  availability_zones   = ["a"]
  launch_configuration = "a"
  launch_template {}
  load_balancers = ["a"]
  mixed_instances_policy {
    launch_template {
      launch_template_specification {}
    }
  }
  name              = "a"
  name_prefix       = "a"
  target_group_arns = ["a"]
  traffic_source {
    identifier = "a"
  }
  vpc_zone_identifier = ["a"]
}

resource "aws_autoscaling_group" "v243" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  availability_zone_distribution {}
  availability_zone_distribution {}
}

resource "aws_autoscaling_group" "v244" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  capacity_reservation_specification {}
  capacity_reservation_specification {}
}

resource "aws_autoscaling_group" "v245" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_maintenance_policy {
    max_healthy_percentage = 1
    min_healthy_percentage = 1
  }
  instance_maintenance_policy {
    max_healthy_percentage = 1
    min_healthy_percentage = 1
  }
}

resource "aws_autoscaling_group" "v246" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  instance_refresh {
    strategy = "a"
  }
  instance_refresh {
    strategy = "a"
  }
}

resource "aws_autoscaling_group" "v247" {
  max_size = 1
  min_size = 1
  launch_template {}
  launch_template {}
}

resource "aws_autoscaling_group" "v248" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  mixed_instances_policy {
    launch_template {
      launch_template_specification {}
    }
  }
  mixed_instances_policy {
    launch_template {
      launch_template_specification {}
    }
  }
}

resource "aws_autoscaling_group" "v249" {
  max_size = 1
  min_size = 1
  launch_template {
    id = "lt-0123"
  }
  warm_pool {}
  warm_pool {}
}
