provider "aws" {
  region = "eu-central-1"
}

data "aws_ami" "support" {
  most_recent = true
  owners      = ["099720109477"]
  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*"]
  }
}

resource "aws_launch_template" "plain" {
  name          = "plain"
  image_id      = data.aws_ami.support.id
  instance_type = "t3.micro"
}

resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }

resource "aws_subnet" "s" {
  vpc_id     = aws_vpc.v.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_autoscaling_group" "g" {
  name                = "g"
  min_size            = 0
  max_size            = 0
  vpc_zone_identifier = [aws_subnet.s.id]
  launch_template {
    id = aws_launch_template.plain.id
  }
}

resource "aws_autoscaling_policy" "pred" {
  name                   = "pred"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    mode                         = "ForecastAndScale"
    scheduling_buffer_time       = 10
    max_capacity_breach_behavior = "IncreaseMaxCapacity"
    max_capacity_buffer          = 10
    metric_specification {
      target_value = 10
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
        resource_label         = "app/a/b/targetgroup/c/d"
      }
    }
  }
}

resource "aws_autoscaling_policy" "pred2" {
  name                   = "pred2"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    metric_specification {
      target_value = 10.5
      predefined_load_metric_specification {
        predefined_metric_type = "ASGTotalCPUUtilization"
      }
      customized_scaling_metric_specification {
        metric_data_queries {
          id          = "scaling"
          return_data = true
          label       = "l"
          metric_stat {
            metric {
              metric_name = "CPUUtilization"
              namespace   = "AWS/EC2"
              dimensions {
                name  = "AutoScalingGroupName"
                value = "g"
              }
            }
            stat = "Average"
            unit = "Percent"
          }
        }
      }
    }
  }
}

resource "aws_autoscaling_policy" "pred3" {
  name                   = "pred3"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    max_capacity_buffer    = "0"
    scheduling_buffer_time = "0"
    metric_specification {
      target_value = 1
      customized_load_metric_specification {
        metric_data_queries {
          id         = "load"
          expression = "SUM(SEARCH('{AWS/EC2,AutoScalingGroupName} MetricName=\"CPUUtilization\" g', 'Sum', 3600))"
        }
      }
      customized_capacity_metric_specification {
        metric_data_queries {
          id          = "c1"
          expression  = "SUM(SEARCH('x', 'Average', 300))"
          return_data = false
        }
        metric_data_queries {
          id         = "c2"
          expression = "c1 / 1"
        }
      }
      predefined_scaling_metric_specification {
        predefined_metric_type = "ASGAverageCPUUtilization"
      }
    }
  }
}

resource "aws_autoscaling_policy" "adjustment_type-SimpleScaling" {
  name                   = "adjustment_type-SimpleScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "SimpleScaling"
  scaling_adjustment     = 3
  adjustment_type        = "ChangeInCapacity"
}

resource "aws_autoscaling_policy" "cooldown-SimpleScaling" {
  name                   = "cooldown-SimpleScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "SimpleScaling"
  scaling_adjustment     = 3
  cooldown               = 60
}

resource "aws_autoscaling_policy" "magnitude-SimpleScaling" {
  name                     = "magnitude-SimpleScaling"
  autoscaling_group_name   = aws_autoscaling_group.g.name
  policy_type              = "SimpleScaling"
  scaling_adjustment       = 3
  min_adjustment_magnitude = 2
}

resource "aws_autoscaling_policy" "predictive-SimpleScaling" {
  name                   = "predictive-SimpleScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "SimpleScaling"
  scaling_adjustment     = 3
  predictive_scaling_configuration {
    metric_specification {
      target_value = 10
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
      }
    }
  }
}

resource "aws_autoscaling_policy" "adjustment_type-StepScaling" {
  name                   = "adjustment_type-StepScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "StepScaling"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
  }
  adjustment_type = "ChangeInCapacity"
}

resource "aws_autoscaling_policy" "warmup-StepScaling" {
  name                   = "warmup-StepScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "StepScaling"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
  }
  estimated_instance_warmup = 70
}

resource "aws_autoscaling_policy" "aggregation-StepScaling" {
  name                   = "aggregation-StepScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "StepScaling"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
  }
  metric_aggregation_type = "Average"
}

resource "aws_autoscaling_policy" "magnitude-StepScaling" {
  name                   = "magnitude-StepScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "StepScaling"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
  }
  min_adjustment_magnitude = 2
}

resource "aws_autoscaling_policy" "predictive-StepScaling" {
  name                   = "predictive-StepScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "StepScaling"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
  }
  predictive_scaling_configuration {
    metric_specification {
      target_value = 10
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
      }
    }
  }
}

resource "aws_autoscaling_policy" "warmup-TargetTrackingScaling" {
  name                   = "warmup-TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 1
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
  estimated_instance_warmup = 70
}

resource "aws_autoscaling_policy" "predictive-TargetTrackingScaling" {
  name                   = "predictive-TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 1
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
  predictive_scaling_configuration {
    metric_specification {
      target_value = 10
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
      }
    }
  }
}

# Without a pause, which is not the pause of the group.
resource "aws_autoscaling_policy" "zero" {
  name                   = "zero"
  autoscaling_group_name = aws_autoscaling_group.g.name
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
  cooldown               = 0
}
