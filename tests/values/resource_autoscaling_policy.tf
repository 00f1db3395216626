resource "aws_autoscaling_policy" "v0" {
  autoscaling_group_name = "a"
  name                   = "a"
}

resource "aws_autoscaling_policy" "v1" {}

resource "aws_autoscaling_policy" "v2" {
  autoscaling_group_name = "a"
  name                   = "a"
  adjustment_type        = "a"
}

resource "aws_autoscaling_policy" "v3" {
  autoscaling_group_name = "a"
  name                   = "a"
  adjustment_type        = ""
}

resource "aws_autoscaling_policy" "v4" {
  autoscaling_group_name = "a"
  name                   = "a"
  adjustment_type        = "é"
}

resource "aws_autoscaling_policy" "v5" {
  autoscaling_group_name = ""
  name                   = "a"
}

resource "aws_autoscaling_policy" "v6" {
  autoscaling_group_name = "é"
  name                   = "a"
}

resource "aws_autoscaling_policy" "v7" {
  autoscaling_group_name = "a"
  name                   = "a"
  cooldown               = 1
}

resource "aws_autoscaling_policy" "v8" {
  autoscaling_group_name = "a"
  name                   = "a"
  cooldown               = -2
}

resource "aws_autoscaling_policy" "v9" {
  autoscaling_group_name = "a"
  name                   = "a"
  cooldown               = -1
}

resource "aws_autoscaling_policy" "v10" {
  autoscaling_group_name = "a"
  name                   = "a"
  cooldown               = 0
}

resource "aws_autoscaling_policy" "v11" {
  autoscaling_group_name = "a"
  name                   = "a"
  cooldown               = 3
}

resource "aws_autoscaling_policy" "v12" {
  autoscaling_group_name = "a"
  name                   = "a"
  cooldown               = 59
}

resource "aws_autoscaling_policy" "v13" {
  autoscaling_group_name = "a"
  name                   = "a"
  cooldown               = 101
}

resource "aws_autoscaling_policy" "v14" {
  autoscaling_group_name = "a"
  name                   = "a"
  cooldown               = 256
}

resource "aws_autoscaling_policy" "v15" {
  autoscaling_group_name = "a"
  name                   = "a"
  cooldown               = 0.5
}

resource "aws_autoscaling_policy" "v16" {
  autoscaling_group_name    = "a"
  name                      = "a"
  estimated_instance_warmup = 0.5
}

resource "aws_autoscaling_policy" "v17" {
  autoscaling_group_name = "a"
  name                   = "a"
  id                     = "a"
}

resource "aws_autoscaling_policy" "v18" {
  autoscaling_group_name = "a"
  name                   = "a"
  id                     = ""
}

resource "aws_autoscaling_policy" "v19" {
  autoscaling_group_name   = "a"
  name                     = "a"
  min_adjustment_magnitude = -2
}

resource "aws_autoscaling_policy" "v20" {
  autoscaling_group_name   = "a"
  name                     = "a"
  min_adjustment_magnitude = -1
}

resource "aws_autoscaling_policy" "v21" {
  autoscaling_group_name = "a"
  name                   = "a"
  policy_type            = "a"
}

resource "aws_autoscaling_policy" "v22" {
  autoscaling_group_name = "a"
  name                   = "a"
  policy_type            = ""
}

resource "aws_autoscaling_policy" "v23" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "a"
  }
}

resource "aws_autoscaling_policy" "v24" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "x"
  }
}

resource "aws_autoscaling_policy" "v25" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "X!"
  }
}

resource "aws_autoscaling_policy" "v26" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "a/b"
  }
}

resource "aws_autoscaling_policy" "v27" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "10.0.0.1/8"
  }
}

resource "aws_autoscaling_policy" "v28" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "10.0.0.0/8"
  }
}

resource "aws_autoscaling_policy" "v29" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "fd00::1/8"
  }
}

resource "aws_autoscaling_policy" "v30" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "10.0.0.0/33"
  }
}

resource "aws_autoscaling_policy" "v31" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "::1"
  }
}

resource "aws_autoscaling_policy" "v32" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "arn:"
  }
}

resource "aws_autoscaling_policy" "v33" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "arn:aws:iam::123456789012:role/x"
  }
}

resource "aws_autoscaling_policy" "v34" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "arn:a!:iam:zz:12:"
  }
}

resource "aws_autoscaling_policy" "v35" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "{\"a\":1,\"a\":2}"
  }
}

resource "aws_autoscaling_policy" "v36" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "{\"a\""
  }
}

resource "aws_autoscaling_policy" "v37" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "[]"
  }
}

resource "aws_autoscaling_policy" "v38" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "\"x\""
  }
}

resource "aws_autoscaling_policy" "v39" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "1h"
  }
}

resource "aws_autoscaling_policy" "v40" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "TCP"
  }
}

resource "aws_autoscaling_policy" "v41" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "a b"
  }
}

resource "aws_autoscaling_policy" "v42" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "é"
  }
}

resource "aws_autoscaling_policy" "v43" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "2020-01-01"
  }
}

resource "aws_autoscaling_policy" "v44" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "lt-A!"
  }
}

resource "aws_autoscaling_policy" "v45" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "sg-1"
  }
}

resource "aws_autoscaling_policy" "v46" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "[a"
  }
}

resource "aws_autoscaling_policy" "v47" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "aws:foo"
  }
}

resource "aws_autoscaling_policy" "v48" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "true"
  }
}

resource "aws_autoscaling_policy" "v49" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "t"
  }
}

resource "aws_autoscaling_policy" "v50" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_autoscaling_policy" "v51" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_autoscaling_policy" "v52" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "a"
  }
}

resource "aws_autoscaling_policy" "v53" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "x"
  }
}

resource "aws_autoscaling_policy" "v54" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "X!"
  }
}

resource "aws_autoscaling_policy" "v55" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "a/b"
  }
}

resource "aws_autoscaling_policy" "v56" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "10.0.0.1/8"
  }
}

resource "aws_autoscaling_policy" "v57" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "10.0.0.0/8"
  }
}

resource "aws_autoscaling_policy" "v58" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "fd00::1/8"
  }
}

resource "aws_autoscaling_policy" "v59" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "10.0.0.0/33"
  }
}

resource "aws_autoscaling_policy" "v60" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "::1"
  }
}

resource "aws_autoscaling_policy" "v61" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "arn:"
  }
}

resource "aws_autoscaling_policy" "v62" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "arn:aws:iam::123456789012:role/x"
  }
}

resource "aws_autoscaling_policy" "v63" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "arn:a!:iam:zz:12:"
  }
}

resource "aws_autoscaling_policy" "v64" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "{\"a\":1,\"a\":2}"
  }
}

resource "aws_autoscaling_policy" "v65" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "{\"a\""
  }
}

resource "aws_autoscaling_policy" "v66" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "[]"
  }
}

resource "aws_autoscaling_policy" "v67" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "\"x\""
  }
}

resource "aws_autoscaling_policy" "v68" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "1h"
  }
}

resource "aws_autoscaling_policy" "v69" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "TCP"
  }
}

resource "aws_autoscaling_policy" "v70" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "a b"
  }
}

resource "aws_autoscaling_policy" "v71" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "é"
  }
}

resource "aws_autoscaling_policy" "v72" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "2020-01-01"
  }
}

resource "aws_autoscaling_policy" "v73" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "lt-A!"
  }
}

resource "aws_autoscaling_policy" "v74" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "sg-1"
  }
}

resource "aws_autoscaling_policy" "v75" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "[a"
  }
}

resource "aws_autoscaling_policy" "v76" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "aws:foo"
  }
}

resource "aws_autoscaling_policy" "v77" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "true"
  }
}

resource "aws_autoscaling_policy" "v78" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "t"
  }
}

resource "aws_autoscaling_policy" "v79" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_autoscaling_policy" "v80" {
  autoscaling_group_name = "a"
  name                   = "a"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_upper_bound = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
}

resource "aws_autoscaling_policy" "v81" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      period = 1
    }
  }
}

resource "aws_autoscaling_policy" "v82" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      period = -2
    }
  }
}

resource "aws_autoscaling_policy" "v83" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id         = "a"
        expression = ""
      }
    }
  }
}

resource "aws_autoscaling_policy" "v84" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id         = "a"
        expression = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      }
    }
  }
}

resource "aws_autoscaling_policy" "v85" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id = ""
      }
    }
  }
}

resource "aws_autoscaling_policy" "v86" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      }
    }
  }
}

resource "aws_autoscaling_policy" "v87" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id    = "a"
        label = ""
      }
    }
  }
}

resource "aws_autoscaling_policy" "v88" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id    = "a"
        label = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      }
    }
  }
}

resource "aws_autoscaling_policy" "v89" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id = "a"
        metric_stat {
          stat = "a"
          metric {
            metric_name = "a"
            namespace   = "a"
          }
          period = 1
        }
      }
    }
  }
}

resource "aws_autoscaling_policy" "v90" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id = "a"
        metric_stat {
          stat = "a"
          metric {
            metric_name = "a"
            namespace   = "a"
          }
          period = -2
        }
      }
    }
  }
}

resource "aws_autoscaling_policy" "v91" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id = "a"
        metric_stat {
          stat = ""
          metric {
            metric_name = "a"
            namespace   = "a"
          }
        }
      }
    }
  }
}

resource "aws_autoscaling_policy" "v92" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id = "a"
        metric_stat {
          stat = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
          metric {
            metric_name = "a"
            namespace   = "a"
          }
        }
      }
    }
  }
}

resource "aws_autoscaling_policy" "v93" {
  autoscaling_group_name = "a"
  name                   = "a"
  scaling_adjustment     = 1
  step_adjustment {
    scaling_adjustment = 1
  }
}

resource "aws_autoscaling_policy" "v94" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {}
    predefined_metric_specification {
      predefined_metric_type = "a"
    }
  }
}

resource "aws_autoscaling_policy" "v95" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metric_dimension {
        name  = "a"
        value = "a"
      }
      metrics {
        id = "a"
      }
    }
  }
}

resource "aws_autoscaling_policy" "v96" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metric_dimension {
        name  = "a"
        value = "a"
      }
    }
    predefined_metric_specification {
      predefined_metric_type = "a"
    }
  }
}

resource "aws_autoscaling_policy" "v97" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metric_name = "a"
      metrics {
        id = "a"
      }
    }
  }
}

resource "aws_autoscaling_policy" "v98" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id = "a"
      }
      namespace = "a"
    }
  }
}

resource "aws_autoscaling_policy" "v99" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id = "a"
      }
      statistic = "a"
    }
  }
}

resource "aws_autoscaling_policy" "v100" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
    customized_metric_specification {
      metrics {
        id = "a"
      }
      unit = "a"
    }
  }
}

resource "aws_autoscaling_policy" "v101" {
  autoscaling_group_name = "a"
  name                   = "a"
  predictive_scaling_configuration {
    metric_specification {
      target_value = 1
    }
  }
  predictive_scaling_configuration {
    metric_specification {
      target_value = 1
    }
  }
}

resource "aws_autoscaling_policy" "v102" {
  autoscaling_group_name = "a"
  name                   = "a"
  target_tracking_configuration {
    target_value = 1
  }
  target_tracking_configuration {
    target_value = 1
  }
}
