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

resource "aws_autoscaling_policy" "aggregation-SimpleScaling" {
  name                    = "aggregation-SimpleScaling"
  autoscaling_group_name  = aws_autoscaling_group.g.name
  policy_type             = "SimpleScaling"
  scaling_adjustment      = 3
  metric_aggregation_type = "Average"
}

resource "aws_autoscaling_policy" "adjustment_type-TargetTrackingScaling" {
  name                   = "adjustment_type-TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 1
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
  adjustment_type = "ChangeInCapacity"
}

resource "aws_autoscaling_policy" "aggregation-TargetTrackingScaling" {
  name                   = "aggregation-TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 1
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
  metric_aggregation_type = "Average"
}

resource "aws_autoscaling_policy" "magnitude-TargetTrackingScaling" {
  name                   = "magnitude-TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 1
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
  min_adjustment_magnitude = 2
}

resource "aws_autoscaling_policy" "scaling-TargetTrackingScaling" {
  name                   = "scaling-TargetTrackingScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 1
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
  scaling_adjustment = 0
}

resource "aws_autoscaling_policy" "adjustment_type-PredictiveScaling" {
  name                   = "adjustment_type-PredictiveScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    metric_specification {
      target_value = 10
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
      }
    }
  }
  adjustment_type = "ChangeInCapacity"
}

resource "aws_autoscaling_policy" "aggregation-PredictiveScaling" {
  name                   = "aggregation-PredictiveScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    metric_specification {
      target_value = 10
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
      }
    }
  }
  metric_aggregation_type = "Average"
}

resource "aws_autoscaling_policy" "magnitude-PredictiveScaling" {
  name                   = "magnitude-PredictiveScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    metric_specification {
      target_value = 10
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
      }
    }
  }
  min_adjustment_magnitude = 2
}

resource "aws_autoscaling_policy" "scaling-PredictiveScaling" {
  name                   = "scaling-PredictiveScaling"
  autoscaling_group_name = aws_autoscaling_group.g.name
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    metric_specification {
      target_value = 10
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
      }
    }
  }
  scaling_adjustment = 0
}
