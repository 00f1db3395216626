resource "aws_autoscaling_schedule" "v0" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
}

resource "aws_autoscaling_schedule" "v1" {}

resource "aws_autoscaling_schedule" "v2" {
  autoscaling_group_name = ""
  scheduled_action_name  = "a"
}

resource "aws_autoscaling_schedule" "v3" {
  autoscaling_group_name = "é"
  scheduled_action_name  = "a"
}

resource "aws_autoscaling_schedule" "v4" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  desired_capacity       = 1
}

resource "aws_autoscaling_schedule" "v5" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  desired_capacity       = -2
}

resource "aws_autoscaling_schedule" "v6" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  desired_capacity       = -1
}

resource "aws_autoscaling_schedule" "v7" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  desired_capacity       = 0
}

resource "aws_autoscaling_schedule" "v8" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  desired_capacity       = 3
}

resource "aws_autoscaling_schedule" "v9" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  desired_capacity       = 59
}

resource "aws_autoscaling_schedule" "v10" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  desired_capacity       = 101
}

resource "aws_autoscaling_schedule" "v11" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  desired_capacity       = 256
}

resource "aws_autoscaling_schedule" "v12" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  desired_capacity       = 65536
}

resource "aws_autoscaling_schedule" "v13" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  desired_capacity       = 1000000000
}

resource "aws_autoscaling_schedule" "v14" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  desired_capacity       = 0.5
}

resource "aws_autoscaling_schedule" "v15" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "a"
}

resource "aws_autoscaling_schedule" "v16" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = ""
}

resource "aws_autoscaling_schedule" "v17" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "x"
}

resource "aws_autoscaling_schedule" "v18" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "X!"
}

resource "aws_autoscaling_schedule" "v19" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "a/b"
}

resource "aws_autoscaling_schedule" "v20" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "10.0.0.1/8"
}

resource "aws_autoscaling_schedule" "v21" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "10.0.0.0/8"
}

resource "aws_autoscaling_schedule" "v22" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "fd00::1/8"
}

resource "aws_autoscaling_schedule" "v23" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "10.0.0.0/33"
}

resource "aws_autoscaling_schedule" "v24" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "::1"
}

resource "aws_autoscaling_schedule" "v25" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "arn:"
}

resource "aws_autoscaling_schedule" "v26" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "arn:aws:iam::123456789012:role/x"
}

resource "aws_autoscaling_schedule" "v27" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "arn:a!:iam:zz:12:"
}

resource "aws_autoscaling_schedule" "v28" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "{\"a\":1,\"a\":2}"
}

resource "aws_autoscaling_schedule" "v29" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "{\"a\""
}

resource "aws_autoscaling_schedule" "v30" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "[]"
}

resource "aws_autoscaling_schedule" "v31" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "\"x\""
}

resource "aws_autoscaling_schedule" "v32" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "-1"
}

resource "aws_autoscaling_schedule" "v33" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "0"
}

resource "aws_autoscaling_schedule" "v34" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "1.5"
}

resource "aws_autoscaling_schedule" "v35" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "1h"
}

resource "aws_autoscaling_schedule" "v36" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "TCP"
}

resource "aws_autoscaling_schedule" "v37" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "a b"
}

resource "aws_autoscaling_schedule" "v38" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "é"
}

resource "aws_autoscaling_schedule" "v39" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "2020-01-01"
}

resource "aws_autoscaling_schedule" "v40" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "lt-A!"
}

resource "aws_autoscaling_schedule" "v41" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "sg-1"
}

resource "aws_autoscaling_schedule" "v42" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "[a"
}

resource "aws_autoscaling_schedule" "v43" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "aws:foo"
}

resource "aws_autoscaling_schedule" "v44" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "true"
}

resource "aws_autoscaling_schedule" "v45" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "t"
}

resource "aws_autoscaling_schedule" "v46" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_autoscaling_schedule" "v47" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  end_time               = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_autoscaling_schedule" "v48" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  id                     = "a"
}

resource "aws_autoscaling_schedule" "v49" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  id                     = ""
}

resource "aws_autoscaling_schedule" "v50" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  max_size               = 1
}

resource "aws_autoscaling_schedule" "v51" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  max_size               = 0.5
}

resource "aws_autoscaling_schedule" "v52" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = ""
}

resource "aws_autoscaling_schedule" "v53" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "x"
}

resource "aws_autoscaling_schedule" "v54" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "X!"
}

resource "aws_autoscaling_schedule" "v55" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "a/b"
}

resource "aws_autoscaling_schedule" "v56" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "10.0.0.1/8"
}

resource "aws_autoscaling_schedule" "v57" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "10.0.0.0/8"
}

resource "aws_autoscaling_schedule" "v58" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "fd00::1/8"
}

resource "aws_autoscaling_schedule" "v59" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "10.0.0.0/33"
}

resource "aws_autoscaling_schedule" "v60" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "::1"
}

resource "aws_autoscaling_schedule" "v61" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "arn:"
}

resource "aws_autoscaling_schedule" "v62" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "arn:aws:iam::123456789012:role/x"
}

resource "aws_autoscaling_schedule" "v63" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "arn:a!:iam:zz:12:"
}

resource "aws_autoscaling_schedule" "v64" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "{\"a\":1,\"a\":2}"
}

resource "aws_autoscaling_schedule" "v65" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "{\"a\""
}

resource "aws_autoscaling_schedule" "v66" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "[]"
}

resource "aws_autoscaling_schedule" "v67" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "\"x\""
}

resource "aws_autoscaling_schedule" "v68" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "-1"
}

resource "aws_autoscaling_schedule" "v69" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "0"
}

resource "aws_autoscaling_schedule" "v70" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "1.5"
}

resource "aws_autoscaling_schedule" "v71" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "1h"
}

resource "aws_autoscaling_schedule" "v72" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "TCP"
}

resource "aws_autoscaling_schedule" "v73" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "a b"
}

resource "aws_autoscaling_schedule" "v74" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "é"
}

resource "aws_autoscaling_schedule" "v75" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "2020-01-01"
}

resource "aws_autoscaling_schedule" "v76" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "lt-A!"
}

resource "aws_autoscaling_schedule" "v77" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "sg-1"
}

resource "aws_autoscaling_schedule" "v78" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "[a"
}

resource "aws_autoscaling_schedule" "v79" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "aws:foo"
}

resource "aws_autoscaling_schedule" "v80" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "true"
}

resource "aws_autoscaling_schedule" "v81" {
  autoscaling_group_name = "a"
  scheduled_action_name  = "a"
  start_time             = "t"
}
