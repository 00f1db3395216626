resource "aws_autoscaling_policy" "subject" {
  name                   = "autoscaling-policy-subject"
  autoscaling_group_name = aws_autoscaling_group.support.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
