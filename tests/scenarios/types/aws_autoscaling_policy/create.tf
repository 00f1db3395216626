resource "aws_autoscaling_policy" "subject" {
  name                   = "autoscaling-policy-subject"
  autoscaling_group_name = aws_autoscaling_group.support.name
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
  cooldown               = 60
}
