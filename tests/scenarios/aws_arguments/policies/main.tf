provider "aws" {
  region = "eu-central-1"
}

resource "aws_autoscaling_policy" "without" {
  for_each               = toset(["SimpleScaling", "StepScaling", "TargetTrackingScaling", "PredictiveScaling"])
  name                   = each.key
  autoscaling_group_name = "g"
  policy_type            = each.key
}

resource "aws_autoscaling_policy" "warmup-SimpleScaling" {
  name                      = "warmup-SimpleScaling"
  autoscaling_group_name    = "g"
  policy_type               = "SimpleScaling"
  scaling_adjustment        = 3
  estimated_instance_warmup = 70
}

resource "aws_autoscaling_policy" "tracking-SimpleScaling" {
  name                   = "tracking-SimpleScaling"
  autoscaling_group_name = "g"
  policy_type            = "SimpleScaling"
  scaling_adjustment     = 3
  target_tracking_configuration {
    target_value = 1
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_policy" "cooldown-StepScaling" {
  name                   = "cooldown-StepScaling"
  autoscaling_group_name = "g"
  policy_type            = "StepScaling"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
  }
  cooldown = 60
}

resource "aws_autoscaling_policy" "tracking-StepScaling" {
  name                   = "tracking-StepScaling"
  autoscaling_group_name = "g"
  policy_type            = "StepScaling"
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
  }
  target_tracking_configuration {
    target_value = 1
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_policy" "cooldown-TargetTrackingScaling" {
  name                   = "cooldown-TargetTrackingScaling"
  autoscaling_group_name = "g"
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 1
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
  cooldown = 60
}

resource "aws_autoscaling_policy" "step-TargetTrackingScaling" {
  name                   = "step-TargetTrackingScaling"
  autoscaling_group_name = "g"
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 1
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
  }
}

resource "aws_autoscaling_policy" "cooldown-PredictiveScaling" {
  name                   = "cooldown-PredictiveScaling"
  autoscaling_group_name = "g"
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    metric_specification {
      target_value = 10
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
      }
    }
  }
  cooldown = 60
}

resource "aws_autoscaling_policy" "warmup-PredictiveScaling" {
  name                   = "warmup-PredictiveScaling"
  autoscaling_group_name = "g"
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    metric_specification {
      target_value = 10
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
      }
    }
  }
  estimated_instance_warmup = 70
}

resource "aws_autoscaling_policy" "step-PredictiveScaling" {
  name                   = "step-PredictiveScaling"
  autoscaling_group_name = "g"
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    metric_specification {
      target_value = 10
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
      }
    }
  }
  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
  }
}

resource "aws_autoscaling_policy" "tracking-PredictiveScaling" {
  name                   = "tracking-PredictiveScaling"
  autoscaling_group_name = "g"
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    metric_specification {
      target_value = 10
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
      }
    }
  }
  target_tracking_configuration {
    target_value = 1
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
