resource "aws_autoscaling_policy" "subject" {
  name                   = "autoscaling-policy-subject-2"
  autoscaling_group_name = aws_autoscaling_group.support.name
  adjustment_type        = "ExactCapacity"
  scaling_adjustment     = 2
}
